//! Keeps unsaved work where a crash cannot take it: a file for each window in a folder of their own, and beside it one that
//! is locked as long as the window lives. What nobody holds any more was left behind, and is offered to the next window.

use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::{EXTENSION, SaveError, save};

/// The extension of the file that is locked.
const LOCK: &str = "lock";

/// Unsaved work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    /// What the scenario is called.
    pub title: String,
    /// The file that it is saved to.
    pub path: Option<String>,
    /// What that file said when it was last read or written.
    pub on_disk: Option<String>,
    /// The scenario.
    pub text: String,
    /// What is typed beside the stage and is no scenario yet.
    pub draft: Option<String>,
}

/// The work, and when it was written.
#[derive(Serialize, Deserialize)]
struct Kept {
    at_s: u64,
    work: Work,
}

/// Makes the work's text, which takes a while and need not be done where the window is drawn.
type Make = Box<dyn FnOnce() -> Work + Send>;

enum Message {
    Keep(Make),
    Now(Option<Sender<()>>),
    Clear,
}

/// Keeps one window's work.
pub struct Recovery {
    /// None only while it ends.
    to: Option<Sender<Message>>,
    writing: Option<JoinHandle<()>>,
    trouble: Receiver<SaveError>,
}

impl Recovery {
    /// In this folder, writing at most once in every `pause`.
    pub fn in_folder(folder: PathBuf, pause: Duration) -> Recovery {
        let (to, messages) = channel();
        let (tell, trouble) = channel();
        let writing = std::thread::spawn(move || Writer { folder, pause, tell, own: None, waiting: None, last: None }.run(&messages));
        Recovery { to: Some(to), writing: Some(writing), trouble }
    }

    /// This is the work now: written soon.
    pub fn keep(&self, make: impl FnOnce() -> Work + Send + 'static) {
        self.send(Message::Keep(Box::new(make)));
    }

    /// What waits to be written is written at once.
    pub fn hurry(&self) {
        self.send(Message::Now(None));
    }

    /// The same, and stays until it is done.
    pub fn settle(&self) {
        let (done, wait) = channel();
        self.send(Message::Now(Some(done)));
        // Nobody answers where the writer has ended.
        let _ = wait.recv();
    }

    /// Nothing is unsaved: nothing is kept.
    pub fn clear(&self) {
        self.send(Message::Clear);
    }

    /// Why work could not be written, once. In words here and not where it is written: a thread speaks a language.
    pub fn trouble(&self) -> Option<String> {
        self.trouble.try_recv().ok().map(|error| error.why())
    }

    fn send(&self, message: Message) {
        if let Some(to) = &self.to {
            let _ = to.send(message);
        }
    }
}

impl Drop for Recovery {
    /// The window ends, perhaps because the program does: what waits is written first.
    fn drop(&mut self) {
        self.to = None;
        if let Some(writing) = self.writing.take() {
            let _ = writing.join();
        }
    }
}

struct Writer {
    folder: PathBuf,
    pause: Duration,
    tell: Sender<SaveError>,
    own: Option<Own>,
    waiting: Option<Make>,
    last: Option<Instant>,
}

impl Writer {
    fn run(mut self, messages: &Receiver<Message>) {
        loop {
            let message = if self.waiting.is_some() {
                let since = self.last.map_or(Duration::MAX, |last| last.elapsed());
                messages.recv_timeout(self.pause.saturating_sub(since))
            } else {
                messages.recv().map_err(|_| RecvTimeoutError::Disconnected)
            };
            match message {
                Ok(Message::Keep(make)) => self.waiting = Some(make),
                Ok(Message::Now(done)) => {
                    self.write();
                    if let Some(done) = done {
                        let _ = done.send(());
                    }
                }
                Ok(Message::Clear) => {
                    self.waiting = None;
                    if let Some(own) = self.own.take() {
                        own.remove();
                    }
                }
                Err(RecvTimeoutError::Timeout) => self.write(),
                Err(RecvTimeoutError::Disconnected) => {
                    self.write();
                    return;
                }
            }
        }
    }

    fn write(&mut self) {
        let Some(make) = self.waiting.take() else { return };
        self.last = Some(Instant::now());
        if let Err(why) = self.try_to_write(make()) {
            let _ = self.tell.send(why);
        }
    }

    fn try_to_write(&mut self, work: Work) -> Result<(), SaveError> {
        let own = match self.own.take() {
            Some(own) => own,
            None => Own::new(&self.folder).map_err(SaveError::Other)?,
        };
        let at_s = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        let text = ron::ser::to_string_pretty(&Kept { at_s, work }, ron::ser::PrettyConfig::default());
        let text = text.map_err(|error| SaveError::Other(std::io::Error::other(error)));
        let written = text.and_then(|text| save(&own.file, &text));
        self.own = Some(own);
        written
    }
}

/// The window's own file.
struct Own {
    file: PathBuf,
    lock: PathBuf,
    /// Held as long as the window lives.
    _held: File,
}

impl Own {
    fn new(folder: &Path) -> std::io::Result<Own> {
        fs::create_dir_all(folder)?;
        // No two windows begin in the same moment with the same number; another machine on the same folder may have it.
        let since = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
        let file = folder.join(format!("{}-{since}.{EXTENSION}", std::process::id()));
        let lock = file.with_extension(LOCK);
        let held = OpenOptions::new().write(true).create_new(true).open(&lock)?;
        held.lock()?;
        Ok(Own { file, lock, _held: held })
    }

    fn remove(self) {
        remove(&self.file, &self.lock);
    }
}

/// The lock last: what has a file and no lock would be offered to nobody.
fn remove(file: &Path, lock: &Path) {
    let _ = fs::remove_file(file);
    let _ = fs::remove_file(lock);
}

/// Work that a window left behind. It is held while this lives: no other window finds it meanwhile.
#[derive(Debug)]
pub struct Found {
    /// The work.
    pub work: Work,
    at_s: u64,
    file: PathBuf,
    lock: PathBuf,
    _held: File,
}

impl Found {
    /// All that was left in `folder`, the latest first. What a living window keeps, and what cannot be read, is left alone.
    pub fn all_in(folder: &Path) -> Vec<Found> {
        let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
        let files = entries.filter_map(|entry| Some(entry.ok()?.path()));
        let mut found: Vec<Found> =
            files.filter(|path| path.extension().is_some_and(|extension| extension == EXTENSION)).filter_map(Found::at).collect();
        found.sort_by_key(|found| std::cmp::Reverse(found.at_s));
        found
    }

    fn at(file: PathBuf) -> Option<Found> {
        let lock = file.with_extension(LOCK);
        // Made where it is missing: somebody has tidied up too much.
        let held = OpenOptions::new().write(true).create(true).truncate(false).open(&lock).ok()?;
        held.try_lock().ok()?;
        let Kept { at_s, work } = ron::from_str(&fs::read_to_string(&file).ok()?).ok()?;
        Some(Found { work, at_s, file, lock, _held: held })
    }

    /// How long ago it was written.
    pub fn age(&self) -> Duration {
        let written = UNIX_EPOCH + Duration::from_secs(self.at_s);
        SystemTime::now().duration_since(written).unwrap_or_default()
    }

    /// It is not needed any more.
    pub fn forget(self) {
        remove(&self.file, &self.lock);
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;

    fn work(title: &str) -> Work {
        Work { title: title.into(), path: Some("/a/b.ron".into()), on_disk: None, text: "(\n)".into(), draft: Some("(".into()) }
    }

    fn keep(recovery: &Recovery, title: &str) {
        let work = work(title);
        recovery.keep(move || work);
    }

    fn left(folder: &Path) -> Vec<String> {
        Found::all_in(folder).into_iter().map(|found| found.work.title).collect()
    }

    /// Longer than a test ever takes.
    const NEVER: Duration = Duration::from_secs(3600);

    #[test]
    fn what_a_window_left_behind_is_found_with_everything_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let recovery = Recovery::in_folder(folder.path().join("recovery"), NEVER);
        keep(&recovery, "one");
        // The program ends here without having cleared anything, as it does when it crashes.
        drop(recovery);
        let found = Found::all_in(&folder.path().join("recovery"));
        assert_eq!(found.iter().map(|found| found.work.clone()).collect::<Vec<_>>(), [work("one")]);
        assert!(found[0].age() < NEVER);
    }

    #[test]
    fn a_living_windows_work_is_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let (one, two) = (Recovery::in_folder(folder.path().into(), NEVER), Recovery::in_folder(folder.path().into(), NEVER));
        keep(&one, "one");
        keep(&two, "two");
        one.settle();
        two.settle();
        assert_eq!(left(folder.path()), Vec::<String>::new());
        drop(one);
        assert_eq!(left(folder.path()), ["one"]);
        // What one window is asking about is not asked about in another.
        let found = Found::all_in(folder.path());
        assert_eq!(left(folder.path()), Vec::<String>::new());
        drop(found);
        assert_eq!(left(folder.path()), ["one"], "later is not never");
        Found::all_in(folder.path()).into_iter().for_each(Found::forget);
        drop(two);
        assert_eq!(left(folder.path()), ["two"]);
    }

    #[test]
    fn nothing_is_left_of_work_that_is_saved() {
        let folder = tempfile::tempdir().unwrap();
        let recovery = Recovery::in_folder(folder.path().into(), NEVER);
        keep(&recovery, "one");
        recovery.settle();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
        keep(&recovery, "two");
        recovery.clear();
        recovery.settle();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        drop(recovery);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn it_is_written_at_once_then_only_after_the_pause_and_the_last_state_counts() {
        let folder = tempfile::tempdir().unwrap();
        let recovery = Recovery::in_folder(folder.path().into(), NEVER);
        let (made, written) = channel();
        for number in 0..5 {
            let made = made.clone();
            recovery.keep(move || {
                made.send(number).unwrap();
                work(&number.to_string())
            });
            if number == 0 {
                assert_eq!(written.recv(), Ok(0));
            }
        }
        recovery.settle();
        // Of the five, the first and, when it was asked for, the last one.
        assert_eq!(written.try_iter().collect::<Vec<_>>(), [4]);
    }

    #[test]
    fn what_cannot_be_written_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let in_the_way = folder.path().join("recovery");
        fs::write(&in_the_way, "a file").unwrap();
        let recovery = Recovery::in_folder(in_the_way, Duration::ZERO);
        keep(&recovery, "one");
        recovery.settle();
        assert!(recovery.trouble().is_some());
        assert!(recovery.trouble().is_none());
    }

    #[test]
    fn what_cannot_be_read_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("1-2.ron"), "(at_s: 1").unwrap();
        assert!(Found::all_in(folder.path()).is_empty());
        assert!(folder.path().join("1-2.ron").exists());
    }
}
