//! Notices that another program has changed the scenario's file.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

/// An editor writes in several steps. So long after the last one it is done.
const QUIET: Duration = Duration::from_millis(60);

/// Looks at one file.
pub trait Watcher {
    /// Looks at this file from now on, and at none where there is none.
    fn watch(&mut self, path: Option<&Path>);

    /// Whether the file may have been changed since this was last asked.
    fn changed(&mut self) -> bool;
}

/// Looks at nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoWatcher;

impl Watcher for NoWatcher {
    fn watch(&mut self, _: Option<&Path>) {}

    fn changed(&mut self) -> bool {
        false
    }
}

/// Has the system tell, so that nothing is done while nothing happens. Looks at the folder and not at the file: many
/// editors save by putting a new file in the old one's place, and then the old one is never changed.
pub struct FileWatcher {
    wake: Box<dyn Fn() -> Box<dyn Fn() + Send>>,
    /// None where nothing is looked at, or the system cannot.
    watching: Option<RecommendedWatcher>,
    changed: Option<Receiver<()>>,
}

impl FileWatcher {
    /// Looks at nothing yet. `wake` makes what is called, from another thread, after a change.
    pub fn new<W: Fn() + Send + Clone + 'static>(wake: W) -> FileWatcher {
        FileWatcher { wake: Box::new(move || Box::new(wake.clone())), watching: None, changed: None }
    }

    fn start(&mut self, path: &Path) -> notify::Result<()> {
        let places = places(path);
        let names: BTreeSet<OsString> = places.iter().filter_map(|place| place.file_name().map(OsString::from)).collect();
        let (event, events) = channel();
        let mut watching = notify::recommended_watcher(move |told: notify::Result<Event>| {
            if concerns(&told, &names) {
                let _ = event.send(());
            }
        })?;
        let folders: BTreeSet<&Path> = places.iter().filter_map(|place| place.parent()).collect();
        for folder in folders {
            watching.watch(folder, RecursiveMode::NonRecursive)?;
        }
        let (tell, changed) = channel();
        let wake = (self.wake)();
        std::thread::spawn(move || gather(&events, &tell, QUIET, &*wake));
        (self.watching, self.changed) = (Some(watching), Some(changed));
        Ok(())
    }

    #[cfg(test)]
    fn wait(&self, at_most: Duration) -> bool {
        self.changed.as_ref().is_some_and(|changed| changed.recv_timeout(at_most).is_ok())
    }
}

impl Watcher for FileWatcher {
    fn watch(&mut self, path: Option<&Path>) {
        (self.watching, self.changed) = (None, None);
        if let Some(path) = path.and_then(|path| std::path::absolute(path).ok()) {
            // A folder that cannot be looked at is one that nobody tells of: reload by opening the file again.
            let _ = self.start(&path);
        }
    }

    fn changed(&mut self) -> bool {
        self.changed.as_ref().is_some_and(|changed| changed.try_iter().count() > 0)
    }
}

/// Whether what the system tells of a folder may be about a file of one of these names.
fn concerns(told: &notify::Result<Event>, names: &BTreeSet<OsString>) -> bool {
    match told {
        Ok(told) => may_change(told.kind) && told.paths.iter().any(|path| path.file_name().is_some_and(|name| names.contains(name))),
        // Where something was missed, it may have been this file.
        Err(_) => true,
    }
}

fn may_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Any | EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_) | EventKind::Other => true,
        // Reading it is an access too; so is the end of writing, of which the writing was told.
        EventKind::Access(_) => false,
    }
}

/// The file itself and, where it is a link, what it points to.
fn places(path: &Path) -> Vec<PathBuf> {
    let mut places = vec![path.to_owned()];
    places.extend(path.canonicalize().ok().filter(|real| real != path));
    places
}

/// Tells of several events in a row once, when they are over. Ends with the watcher that sends them.
fn gather(events: &Receiver<()>, tell: &Sender<()>, quiet: Duration, wake: &dyn Fn()) {
    while events.recv().is_ok() {
        loop {
            match events.recv_timeout(quiet) {
                Ok(()) => {}
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
        if tell.send(()).is_err() {
            return;
        }
        wake();
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use std::fs;

    use super::*;

    /// Far longer than any system takes, so that only a watcher that does not see it fails.
    const PATIENCE: Duration = Duration::from_secs(20);

    fn watcher_of(path: &Path) -> FileWatcher {
        let mut watcher = FileWatcher::new(|| {});
        watcher.watch(Some(path));
        watcher
    }

    #[test]
    fn a_file_that_is_written_to_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mine.ron");
        fs::write(&path, "one").unwrap();
        let mut watcher = watcher_of(&path);
        assert!(!watcher.changed());
        fs::write(&path, "two").unwrap();
        assert!(watcher.wait(PATIENCE));
    }

    #[test]
    fn an_editor_that_saves_by_renaming_is_noticed_every_time() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mine.ron");
        fs::write(&path, "one").unwrap();
        let watcher = watcher_of(&path);
        for text in ["two", "three"] {
            fs::write(folder.path().join("mine.ron~"), text).unwrap();
            fs::rename(folder.path().join("mine.ron~"), &path).unwrap();
            assert!(watcher.wait(PATIENCE), "{text}");
        }
        fs::remove_file(&path).unwrap();
        assert!(watcher.wait(PATIENCE), "gone");
    }

    #[cfg(unix)]
    #[test]
    fn what_a_link_points_to_is_noticed() {
        let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let real = elsewhere.path().join("real.ron");
        fs::write(&real, "one").unwrap();
        let link = folder.path().join("link.ron");
        std::os::unix::fs::symlink(&real, &link).unwrap();
        let watcher = watcher_of(&link);
        fs::write(&real, "two").unwrap();
        assert!(watcher.wait(PATIENCE));
    }

    #[test]
    fn a_file_beside_it_and_mere_reading_are_no_concern() {
        use notify::event::{AccessKind, DataChange, ModifyKind};
        let names = BTreeSet::from([OsString::from("mine.ron")]);
        let told = |kind: EventKind, path: &str| Ok(Event::new(kind).add_path(path.into()));
        let written = EventKind::Modify(ModifyKind::Data(DataChange::Any));
        assert!(concerns(&told(written, "/a/mine.ron"), &names));
        assert!(!concerns(&told(written, "/a/other.ron"), &names));
        assert!(!concerns(&told(EventKind::Access(AccessKind::Any), "/a/mine.ron"), &names));
        assert!(concerns(&Err(notify::Error::generic("too many")), &names));
    }

    #[test]
    fn a_file_that_is_no_longer_looked_at_tells_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mine = folder.path().join("mine.ron");
        fs::write(&mine, "one").unwrap();
        let mut watcher = watcher_of(&mine);
        fs::write(&mine, "two").unwrap();
        assert!(watcher.wait(PATIENCE));
        watcher.watch(None);
        fs::write(&mine, "three").unwrap();
        assert!(!watcher.changed());
    }

    #[test]
    fn the_window_is_woken_from_the_other_thread() {
        let folder = tempfile::tempdir().unwrap();
        let mine = folder.path().join("mine.ron");
        fs::write(&mine, "one").unwrap();
        let (wake, woken) = channel();
        let mut watcher = FileWatcher::new(move || {
            let _ = wake.send(());
        });
        watcher.watch(Some(&mine));
        fs::write(&mine, "two").unwrap();
        assert!(woken.recv_timeout(PATIENCE).is_ok());
        assert!(watcher.changed());
    }

    #[test]
    fn many_steps_of_one_saving_are_told_once() {
        let (event, events) = channel();
        for _ in 0..5 {
            event.send(()).unwrap();
        }
        let (tell, told) = channel();
        let gathering = std::thread::spawn(move || gather(&events, &tell, QUIET, &|| {}));
        assert!(told.recv_timeout(PATIENCE).is_ok());
        drop(event);
        gathering.join().unwrap();
        assert_eq!(told.try_iter().count(), 0);
    }

    #[test]
    fn a_folder_that_is_not_there_is_no_reason_to_fail() {
        let mut watcher = watcher_of(Path::new("/no/such/folder/mine.ron"));
        assert!(!watcher.changed());
    }
}
