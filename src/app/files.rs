//! Scenarios from and to files: which one is chosen, and what is read.

mod dropping;
mod folder;
mod recent;
mod recovery;
mod save;
mod watcher;

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::{Duration, Instant};

use eframe::egui::Context;

use super::model::Opened;
use crate::presets::{self, OpenError, Place};
use crate::scenario::{ScenarioError, Source};
use crate::text::controls as words;

pub use dropping::show_dropping;
pub use folder::{Entry, Listing, with_slash};
pub use recent::Recent;
pub use recovery::{Found, Recovery, Work};
pub use save::{SaveError, save};
pub use watcher::{FileWatcher, NoWatcher, Watcher};

/// The extension of a scenario's file.
const EXTENSION: &str = "ron";

/// A dialog that a person gave up took longer than this; one that could not be shown did not.
const TOO_QUICK: Duration = Duration::from_millis(300);

/// What a file is chosen for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To read it.
    Open,
    /// To read it beside others.
    Compare,
    /// To write it.
    Save,
}

/// What came of a dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// This file.
    Path(PathBuf),
    /// The person gave up.
    GivenUp,
    /// This system shows no dialog.
    NoDialog,
}

/// Lets a person choose a file.
pub trait Chooser {
    /// Begins; the answer comes later, and `ctx` is told to look for it. `suggested` is a folder to read from, which may
    /// be empty, or the name or the path of a file to write.
    fn choose(&mut self, purpose: Purpose, suggested: &str, ctx: &Context) -> Receiver<Choice>;
}

/// The system's own dialogs.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemDialogs;

impl Chooser for SystemDialogs {
    fn choose(&mut self, purpose: Purpose, suggested: &str, ctx: &Context) -> Receiver<Choice> {
        let (tell, answer) = channel();
        // A thread begins with English: what is said is fetched here.
        let (suggested, ctx, kind) = (suggested.to_owned(), ctx.clone(), words::file_kind());
        // The dialog waits for the person, and the window must not.
        std::thread::spawn(move || {
            let began = Instant::now();
            let mut dialog = rfd::FileDialog::new().add_filter(kind, &[EXTENSION]);
            let suggested = Path::new(&suggested);
            let folder = if matches!(purpose, Purpose::Open | Purpose::Compare) { Some(suggested) } else { suggested.parent() };
            if let Some(folder) = folder.filter(|folder| folder.is_dir()) {
                dialog = dialog.set_directory(folder);
            }
            let path = match purpose {
                Purpose::Open | Purpose::Compare => dialog.pick_file(),
                Purpose::Save => {
                    let name = suggested.file_name().unwrap_or_default().to_string_lossy();
                    dialog.set_file_name(name).save_file()
                }
            };
            let choice = match path {
                Some(path) => Choice::Path(path),
                None if began.elapsed() < TOO_QUICK => Choice::NoDialog,
                None => Choice::GivenUp,
            };
            // Nobody listens any more where the window was closed meanwhile.
            let _ = tell.send(choice);
            ctx.request_repaint();
        });
        answer
    }
}

/// The dialog that is open, if there is one.
pub struct Files {
    chooser: Box<dyn Chooser>,
    open: Option<(Purpose, Receiver<Choice>)>,
}

impl Files {
    /// No dialog is open.
    pub fn new(chooser: Box<dyn Chooser>) -> Files {
        Files { chooser, open: None }
    }

    /// Opens a dialog, unless one is open already.
    pub fn choose(&mut self, purpose: Purpose, suggested: &str, ctx: &Context) {
        if self.open.is_none() {
            self.open = Some((purpose, self.chooser.choose(purpose, suggested, ctx)));
        }
    }

    /// What came of the dialog, once.
    pub fn answer(&mut self) -> Option<(Purpose, Choice)> {
        let (purpose, answer) = self.open.as_ref()?;
        let answered = match answer.try_recv() {
            Ok(choice) => (*purpose, choice),
            Err(TryRecvError::Empty) => return None,
            Err(TryRecvError::Disconnected) => (*purpose, Choice::NoDialog),
        };
        self.open = None;
        Some(answered)
    }
}

impl Opened {
    /// A scenario file.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn file(path: &Path) -> Result<Opened, ScenarioError> {
        let source = Source::from_file(path)?;
        Ok(Opened { scenario: source.read()?, path: Some(path.to_owned()), text: Some(source.text().to_owned()) })
    }

    /// A file, or a preset by its name, as on the command line.
    ///
    /// # Errors
    /// What is wrong with it, or that there is nothing of this name.
    pub fn named(name: &str) -> Result<Opened, OpenError> {
        let place = presets::find(name)?;
        let source = place.source()?;
        let scenario = source.read()?;
        // A preset of ours is no file that could be saved to.
        let path = match place {
            Place::File(path) => Some(path),
            Place::BuiltIn(_) => None,
        };
        Ok(Opened { scenario, path, text: Some(source.text().to_owned()) })
    }
}

/// A file's name for a scenario called `title`: lower case, words joined by `-`.
pub fn suggested_name(title: &str) -> String {
    let mut name = String::new();
    for c in title.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            name.push(c);
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
        if name.len() >= 60 {
            break;
        }
    }
    let name = name.trim_end_matches('-');
    format!("{}.{EXTENSION}", if name.is_empty() { "scenario" } else { name })
}

/// A path that a person typed or chose, with the extension it lacks.
pub fn with_extension(path: PathBuf) -> PathBuf {
    if path.extension().is_some() { path } else { path.with_extension(EXTENSION) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_for_its_scenario() {
        assert_eq!(suggested_name("Rolling, three at a time"), "rolling-three-at-a-time.ron");
        assert_eq!(suggested_name("../../Büro?"), "büro.ron");
        assert_eq!(suggested_name("···"), "scenario.ron");
        assert_eq!(with_extension("a/b".into()), PathBuf::from("a/b.ron"));
        assert_eq!(with_extension("a/b.txt".into()), PathBuf::from("a/b.txt"));
    }
}
