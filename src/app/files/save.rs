//! Writes a file without ever losing the old one.

use std::ffi::OsString;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use crate::text::files as words;

/// So many links are followed to the file that is meant; more go round in a circle.
const MOST_LINKS: usize = 40;

/// Why a file was not written. What was there before is there still.
#[derive(Debug)]
pub enum SaveError {
    /// There is no such folder.
    NoFolder(PathBuf),
    /// The path is that of a folder.
    IsFolder,
    /// The file may be read only.
    FileReadOnly,
    /// Nothing may be written into this folder.
    FolderReadOnly(PathBuf),
    /// The disk is full.
    Full,
    /// What the system says.
    Other(io::Error),
}

impl SaveError {
    /// Why, in words.
    pub fn why(&self) -> String {
        match self {
            SaveError::NoFolder(folder) => words::no_folder(&folder.display().to_string()),
            SaveError::IsFolder => words::is_folder().to_owned(),
            SaveError::FileReadOnly => words::file_read_only().to_owned(),
            SaveError::FolderReadOnly(folder) => words::folder_read_only(&folder.display().to_string()),
            SaveError::Full => words::disk_full().to_owned(),
            SaveError::Other(error) => error.to_string(),
        }
    }
}

/// Writes `text` to a new file beside the old one, which then takes its place in one step. Whatever goes wrong, one of the
/// two is there whole. What a link points to is written, and the link stays; so do the file's permissions.
///
/// # Errors
/// Why it could not be written; the old file is as it was then.
pub fn save(path: &Path, text: &str) -> Result<(), SaveError> {
    let path = behind_links(path).map_err(SaveError::Other)?;
    let name = path.file_name().ok_or(SaveError::IsFolder)?;
    // A name alone stands in the present folder.
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let old = fs::metadata(&path).ok();
    if let Some(old) = &old {
        if old.is_dir() {
            return Err(SaveError::IsFolder);
        }
        if old.permissions().readonly() {
            return Err(SaveError::FileReadOnly);
        }
    }
    if !folder.is_dir() {
        return Err(SaveError::NoFolder(folder.to_owned()));
    }
    let told = |error: io::Error| match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => SaveError::FolderReadOnly(folder.to_owned()),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => SaveError::Full,
        _ => SaveError::Other(error),
    };
    let (new, file) = new_file(folder, name).map_err(told)?;
    let written = write_all(file, text, old).and_then(|()| fs::rename(&new, &path));
    if written.is_err() {
        // Best effort: the error that counts is the first one.
        let _ = fs::remove_file(&new);
    }
    written.map_err(told)?;
    keep_name(folder);
    Ok(())
}

/// The file that a path means, where it is a link or a link to a link. It need not be there.
fn behind_links(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        match fs::read_link(&path) {
            // A link's text counts from the folder it stands in.
            Ok(target) => path = path.parent().map_or_else(|| target.clone(), |folder| folder.join(&target)),
            Err(_) => return Ok(path),
        }
    }
    Err(io::Error::from(ErrorKind::InvalidInput))
}

/// A file that was not there before, beside the one it is for.
fn new_file(folder: &Path, name: &std::ffi::OsStr) -> io::Result<(PathBuf, File)> {
    let mut number = 0;
    loop {
        let mut new_name = OsString::from(".");
        new_name.push(name);
        new_name.push(format!(".{}-{number}.new", std::process::id()));
        let new = folder.join(new_name);
        match OpenOptions::new().write(true).create_new(true).open(&new) {
            Ok(file) => return Ok((new, file)),
            // Left by a program that died while it wrote.
            Err(error) if error.kind() == ErrorKind::AlreadyExists && number < 100 => number += 1,
            Err(error) => return Err(error),
        }
    }
}

fn write_all(mut file: File, text: &str, old: Option<Metadata>) -> io::Result<()> {
    file.write_all(text.as_bytes())?;
    if let Some(old) = old {
        file.set_permissions(old.permissions())?;
    }
    file.sync_all()
}

/// The folder's entry has to reach the disk too. Not every system and not every disk can be asked for that.
fn keep_name(folder: &Path) {
    if cfg!(unix)
        && let Ok(folder) = File::open(folder)
    {
        let _ = folder.sync_all();
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn saving_takes_the_old_files_place_and_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mine.ron");
        save(&path, "one").unwrap();
        save(&path, "two").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        assert_eq!(names(folder.path()), ["mine.ron"]);
    }

    #[test]
    fn a_read_only_file_and_a_folder_and_a_missing_folder_are_told_apart_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("none");
        assert!(matches!(save(&missing.join("deeper/mine.ron"), "text"), Err(SaveError::NoFolder(told)) if told == missing.join("deeper")));
        assert!(!missing.exists());
        assert!(matches!(save(folder.path(), "text"), Err(SaveError::IsFolder)));

        let path = folder.path().join("mine.ron");
        save(&path, "old").unwrap();
        let mut permissions = fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).unwrap();
        assert!(matches!(save(&path, "new"), Err(SaveError::FileReadOnly)));
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(names(folder.path()), ["mine.ron"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_read_only_folder_keeps_what_is_in_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mine.ron");
        save(&path, "old").unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o555)).unwrap();
        // Whoever may write everywhere is not stopped by this, and then there is nothing to see.
        let may_write_anywhere = File::create(folder.path().join("probe")).is_ok();
        let saved = save(&path, "new");
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        if !may_write_anywhere {
            assert!(matches!(saved, Err(SaveError::FolderReadOnly(told)) if told == folder.path()));
            assert_eq!(fs::read_to_string(&path).unwrap(), "old");
            assert_eq!(names(folder.path()), ["mine.ron"]);
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_folder_of_the_system_takes_nothing_not_even_from_its_owner() {
        let saved = save(Path::new("/proc/deployscope.ron"), "text");
        assert!(matches!(saved, Err(SaveError::FolderReadOnly(_) | SaveError::Other(_))), "{saved:?}");
    }

    #[cfg(unix)]
    #[test]
    fn links_and_permissions_stay() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("real")).unwrap();
        save(&at("real/mine.ron"), "old").unwrap();
        fs::set_permissions(at("real/mine.ron"), fs::Permissions::from_mode(0o640)).unwrap();
        // A link by the folder it stands in, and a link to that link.
        symlink("real/mine.ron", at("link.ron")).unwrap();
        symlink("link.ron", at("further.ron")).unwrap();
        save(&at("further.ron"), "new").unwrap();
        assert_eq!(fs::read_to_string(at("real/mine.ron")).unwrap(), "new");
        assert_eq!(fs::metadata(at("real/mine.ron")).unwrap().permissions().mode() & 0o777, 0o640);
        assert_eq!(fs::read_link(at("further.ron")).unwrap(), Path::new("link.ron"));
        assert_eq!(names(folder.path()), ["further.ron", "link.ron", "real"]);

        // One that points to nothing yet: that is what is written.
        symlink("real/later.ron", at("dangling.ron")).unwrap();
        save(&at("dangling.ron"), "later").unwrap();
        assert_eq!(fs::read_to_string(at("real/later.ron")).unwrap(), "later");
        assert!(fs::read_link(at("dangling.ron")).is_ok());

        symlink("circle.ron", at("circle.ron")).unwrap();
        assert!(matches!(save(&at("circle.ron"), "text"), Err(SaveError::Other(_))));
    }

    #[test]
    fn what_a_dead_program_left_is_not_in_the_way() {
        let folder = tempfile::tempdir().unwrap();
        let left = folder.path().join(format!(".mine.ron.{}-0.new", std::process::id()));
        fs::write(&left, "half").unwrap();
        save(&folder.path().join("mine.ron"), "whole").unwrap();
        assert_eq!(fs::read_to_string(folder.path().join("mine.ron")).unwrap(), "whole");
        assert_eq!(fs::read_to_string(left).unwrap(), "half");
    }
}
