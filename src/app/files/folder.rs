//! What is in a folder, for choosing a file inside the window.

use std::cmp::Reverse;
use std::fs;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use super::EXTENSION;

/// So many entries are shown; nobody looks through more.
const MOST: usize = 500;

/// Something in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it is called; a folder's name ends with a slash.
    pub name: String,
    /// What to write into the field for it.
    pub path: String,
    /// Whether it is a folder.
    pub is_folder: bool,
}

/// The folder that a path being typed is in, with the folders and scenarios of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// None before anything was looked at.
    folder: Option<PathBuf>,
    entries: Vec<Entry>,
}

impl Listing {
    /// Looks into the folder of `typed`, unless that is what was seen last.
    pub fn look(&mut self, typed: &str) {
        let folder = folder_of(typed);
        if self.folder.as_ref() != Some(&folder) {
            self.entries = entries(&folder);
            self.folder = Some(folder);
        }
    }

    /// The folders, then the scenarios, each by name.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Which folder it is.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }
}

fn folder_of(typed: &str) -> PathBuf {
    let typed = Path::new(typed.trim());
    let folder = if typed.is_dir() { typed } else { typed.parent().unwrap_or(typed) };
    if folder.is_absolute() {
        return folder.to_owned();
    }
    std::env::current_dir().map(|present| present.join(folder)).unwrap_or_else(|_| folder.to_owned())
}

fn entries(folder: &Path) -> Vec<Entry> {
    let mut found: Vec<Entry> =
        fs::read_dir(folder).into_iter().flatten().filter_map(|entry| entry_of(&entry.ok()?.path())).take(MOST).collect();
    found.sort_by_cached_key(|entry| (Reverse(entry.is_folder), entry.name.to_lowercase()));
    if let Some(above) = folder.parent() {
        found.insert(0, Entry { name: format!("..{MAIN_SEPARATOR}"), path: with_slash(above), is_folder: true });
    }
    found
}

fn entry_of(path: &Path) -> Option<Entry> {
    let name = path.file_name()?.to_str()?;
    if name.starts_with('.') {
        return None;
    }
    if path.is_dir() {
        return Some(Entry { name: format!("{name}{MAIN_SEPARATOR}"), path: with_slash(path), is_folder: true });
    }
    let is_scenario = path.extension().is_some_and(|extension| extension == EXTENSION);
    is_scenario.then(|| Entry { name: name.to_owned(), path: path.display().to_string(), is_folder: false })
}

/// A folder as it is typed before a name in it.
pub fn with_slash(folder: &Path) -> String {
    let folder = folder.display().to_string();
    if folder.ends_with(MAIN_SEPARATOR) { folder } else { format!("{folder}{MAIN_SEPARATOR}") }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;

    #[test]
    fn folders_come_first_then_scenarios_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.ron", "A.ron", "notes.txt", ".hidden.ron"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        fs::create_dir(folder.path().join("more")).unwrap();
        let mut listing = Listing::default();
        let names = |listing: &Listing| listing.entries().iter().map(|entry| entry.name.clone()).collect::<Vec<_>>();
        // Whether the folder is typed, or the beginning of a name in it.
        listing.look(folder.path().to_str().unwrap());
        assert_eq!(names(&listing), ["../", "more/", "A.ron", "b.ron"]);
        listing.look(folder.path().join("b").to_str().unwrap());
        assert_eq!(names(&listing), ["../", "more/", "A.ron", "b.ron"]);
        listing.look(&listing.entries()[1].path.clone());
        assert_eq!(names(&listing), ["../"]);
        listing.look(&listing.entries()[0].path.clone());
        assert_eq!(listing.folder(), Some(folder.path()));
    }

    #[test]
    fn a_name_alone_is_in_the_present_folder() {
        let mut listing = Listing::default();
        listing.look("scenario.ron");
        assert_eq!(listing.folder().unwrap().canonicalize().unwrap(), std::env::current_dir().unwrap().canonicalize().unwrap());
        let typed = if cfg!(windows) { "C:\\no\\such\\thing.ron" } else { "/no/such/thing.ron" };
        listing.look(typed);
        assert!(listing.entries().iter().all(|entry| entry.is_folder));
    }
}
