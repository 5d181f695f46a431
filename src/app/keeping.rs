//! What the window keeps outside of itself: the recent files, unsaved work for the case of a crash, and an eye on the
//! scenario's file, which other programs may change.

use std::path::{Path, PathBuf};
use std::time::Duration;

use etcetera::BaseStrategy as _;

use super::files::{FileWatcher, Found, NoWatcher, Recent, Recovery, Watcher, Work};
use crate::scenario::Source;
use crate::text::PROGRAM;

/// Unsaved work is written at most once in this time.
const PAUSE: Duration = Duration::from_secs(3);

/// What is kept, and where.
pub struct Keeping {
    /// The files that were open last.
    pub recent: Recent,
    recovery: Option<Recovery>,
    left: Vec<Found>,
    watcher: Box<dyn Watcher>,
    /// The file that is looked at.
    watched: Option<PathBuf>,
    /// What it said when it was last read or written here.
    on_disk: Option<String>,
    /// Which work was kept last.
    kept: Option<Version>,
}

/// Which work: the scenario's text, what is typed beside the stage, and whether any of it is unsaved.
pub type Version = ((u64, u64), u64, bool);

impl Keeping {
    /// Nothing is kept, and nothing is looked at.
    pub fn nothing() -> Keeping {
        Keeping {
            recent: Recent::default(),
            recovery: None,
            left: Vec::new(),
            watcher: Box::new(NoWatcher),
            watched: None,
            on_disk: None,
            kept: None,
        }
    }

    /// Recent files in the folder `config`, unsaved work in the folder `data`.
    pub fn in_folders(config: &Path, data: &Path, watcher: Box<dyn Watcher>) -> Keeping {
        let folder = data.join("recovery");
        Keeping {
            recent: Recent::kept_in(config.join("recent.ron")),
            left: Found::all_in(&folder),
            recovery: Some(Recovery::in_folder(folder, PAUSE)),
            watcher,
            ..Keeping::nothing()
        }
    }

    /// In this platform's folders. `wake` is called from another thread when there is something to see.
    pub fn of_platform<W: Fn() + Send + Clone + 'static>(wake: W) -> Keeping {
        let watcher = Box::new(FileWatcher::new(wake));
        match etcetera::choose_base_strategy() {
            Ok(base) => Keeping::in_folders(&base.config_dir().join(PROGRAM), &base.data_dir().join(PROGRAM), watcher),
            Err(_) => Keeping { watcher, ..Keeping::nothing() },
        }
    }

    /// Work that an earlier window left behind, the latest first, each once.
    pub fn next_left(&mut self) -> Option<Found> {
        (!self.left.is_empty()).then(|| self.left.remove(0))
    }

    /// The scenario is of this file now, which says `text`.
    pub fn is_in(&mut self, path: Option<&Path>, text: Option<String>) {
        let path = path.and_then(|path| std::path::absolute(path).ok());
        if let Some(path) = &path {
            self.recent.add(path);
        }
        if path != self.watched {
            self.watcher.watch(path.as_deref());
            self.watched = path;
        }
        self.on_disk = text.filter(|_| self.watched.is_some());
    }

    /// Whether the file may have been changed by another program.
    pub fn may_have_changed(&mut self) -> bool {
        self.watcher.changed()
    }

    /// What the file said when it was last read or written here.
    pub fn on_disk(&self) -> Option<&String> {
        self.on_disk.as_ref()
    }

    /// What another program wrote is known.
    pub fn knows(&mut self, text: &str) {
        self.on_disk = Some(text.to_owned());
    }

    /// Whether saving to `path` would replace what another program wrote and nobody here has seen.
    pub fn would_replace(&self, path: &Path) -> bool {
        let same = std::path::absolute(path).ok() == self.watched && self.watched.is_some();
        let says = || Source::from_file(path).ok().map(|source| source.text().to_owned());
        same && says().is_some_and(|says| self.on_disk.as_ref() != Some(&says))
    }

    /// Keeps the work, where it is not kept already.
    pub fn keep(&mut self, version: Version, work: impl FnOnce() -> Box<dyn FnOnce() -> Work + Send>) {
        let Some(recovery) = &self.recovery else { return };
        if self.kept == Some(version) {
            return;
        }
        match version {
            (_, _, true) => recovery.keep(work()),
            (_, _, false) => recovery.clear(),
        }
        self.kept = Some(version);
    }

    /// What waits to be written is written now: the window goes out of sight.
    pub fn hurry(&self) {
        if let Some(recovery) = &self.recovery {
            recovery.hurry();
        }
    }

    /// The same, and stays until it is done.
    pub fn settle(&self) {
        if let Some(recovery) = &self.recovery {
            recovery.settle();
        }
    }

    /// The person has given up what is unsaved.
    pub fn clear(&self) {
        if let Some(recovery) = &self.recovery {
            recovery.clear();
        }
    }

    /// Why work could not be kept, once.
    pub fn trouble(&self) -> Option<String> {
        self.recovery.as_ref().and_then(Recovery::trouble)
    }
}
