//! The files that were open last, kept in a small file of their own.

use std::fs;
use std::path::{Path, PathBuf};

use super::save;

/// So many are kept.
const MOST: usize = 10;

/// The files that were open last, the last one first.
#[derive(Debug, Default)]
pub struct Recent {
    /// None keeps them only as long as the window is open.
    kept_in: Option<PathBuf>,
    paths: Vec<PathBuf>,
}

impl Recent {
    /// Those that are kept in this file. One that is broken or not there yet holds none.
    pub fn kept_in(file: PathBuf) -> Recent {
        let mut recent = Recent { kept_in: Some(file), paths: Vec::new() };
        recent.read();
        recent
    }

    /// The files, the last one first.
    pub fn paths(&self) -> &[PathBuf] {
        &self.paths
    }

    /// This one was open just now.
    pub fn add(&mut self, path: &Path) {
        // The same file from another folder is the same file.
        let Ok(path) = std::path::absolute(path) else { return };
        // Another window may have opened files too.
        self.read();
        self.paths.retain(|other| *other != path);
        self.paths.insert(0, path);
        self.paths.truncate(MOST);
        self.write();
    }

    /// The files and whether each is still there. One that is gone is told once, and is not kept any longer.
    pub fn look(&mut self) -> Vec<(PathBuf, bool)> {
        self.read();
        let found: Vec<(PathBuf, bool)> = self.paths.iter().map(|path| (path.clone(), path.is_file())).collect();
        if found.iter().any(|(_, there)| !there) {
            self.paths = found.iter().filter(|(_, there)| *there).map(|(path, _)| path.clone()).collect();
            self.write();
        }
        found
    }

    fn read(&mut self) {
        let Some(text) = self.kept_in.as_ref().and_then(|file| fs::read_to_string(file).ok()) else { return };
        if let Ok(paths) = ron::from_str::<Vec<String>>(&text) {
            self.paths = paths.into_iter().map(PathBuf::from).filter(|path| path.is_absolute()).take(MOST).collect();
        }
    }

    /// A list that cannot be written is no reason to stop anybody: it is kept as long as the window is open.
    fn write(&self) {
        let Some(file) = &self.kept_in else { return };
        // A path that is no text cannot be written, and is left out.
        let paths: Vec<&str> = self.paths.iter().filter_map(|path| path.to_str()).collect();
        let Ok(text) = ron::ser::to_string_pretty(&paths, ron::ser::PrettyConfig::default()) else { return };
        let folder_is_there = file.parent().is_some_and(|folder| fs::create_dir_all(folder).is_ok());
        if folder_is_there {
            let _ = save(file, &text);
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;

    #[test]
    fn the_last_ten_are_kept_each_once_and_the_last_one_first() {
        let folder = tempfile::tempdir().unwrap();
        let list = folder.path().join("in/here/recent.ron");
        let at = |number: u32| folder.path().join(format!("{number}.ron"));
        let mut recent = Recent::kept_in(list.clone());
        for number in 0..12 {
            fs::write(at(number), "").unwrap();
            recent.add(&at(number));
        }
        recent.add(&at(5));
        let expected: Vec<PathBuf> = [5, 11, 10, 9, 8, 7, 6, 4, 3, 2].map(at).to_vec();
        assert_eq!(recent.paths(), expected);
        assert_eq!(Recent::kept_in(list).paths(), expected);
    }

    #[test]
    fn two_windows_lose_nothing_of_each_other() {
        let folder = tempfile::tempdir().unwrap();
        let list = folder.path().join("recent.ron");
        let (mut one, mut two) = (Recent::kept_in(list.clone()), Recent::kept_in(list.clone()));
        one.add(&folder.path().join("a.ron"));
        two.add(&folder.path().join("b.ron"));
        assert_eq!(Recent::kept_in(list).paths(), [folder.path().join("b.ron"), folder.path().join("a.ron")]);
    }

    #[test]
    fn what_is_gone_is_told_once() {
        let folder = tempfile::tempdir().unwrap();
        let (here, gone) = (folder.path().join("here.ron"), folder.path().join("gone.ron"));
        fs::write(&here, "").unwrap();
        let list = folder.path().join("recent.ron");
        let mut recent = Recent::kept_in(list.clone());
        recent.add(&here);
        recent.add(&gone);
        assert_eq!(recent.look(), [(gone, false), (here.clone(), true)]);
        assert_eq!(recent.look(), [(here.clone(), true)]);
        assert_eq!(Recent::kept_in(list).paths(), [here]);
    }

    #[test]
    fn a_broken_list_is_an_empty_one() {
        let folder = tempfile::tempdir().unwrap();
        let list = folder.path().join("recent.ron");
        for broken in ["[\"half", "(1, 2)", "[\"relative.ron\"]", ""] {
            fs::write(&list, broken).unwrap();
            assert!(Recent::kept_in(list.clone()).paths().is_empty(), "{broken}");
        }
        let path = folder.path().join("a.ron");
        Recent::kept_in(list.clone()).add(&path);
        assert_eq!(Recent::kept_in(list).paths(), [path]);
    }
}
