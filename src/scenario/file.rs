//! Scenario files: what is no text, or far too much of it, is refused before it is read.

use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::path::Path;

use super::error::ScenarioError;
use super::read::LEAST;
use super::{Scenario, limits};

const PATH_NEEDED: &str = "give the path of a scenario file (RON)";

impl Scenario {
    /// Reads a scenario file of at most [`limits::MAX_FILE_BYTES`].
    ///
    /// # Errors
    /// What [`Scenario::from_ron`] refuses, and a file that cannot be read: none of this name, a folder, no text, empty,
    /// too large.
    pub fn read_file(path: &Path) -> Result<Scenario, ScenarioError> {
        Scenario::from_ron(&text_of_file(path)?, &path.display().to_string())
    }
}

/// The text of a scenario file.
pub(super) fn text_of_file(path: &Path) -> Result<String, ScenarioError> {
    let name = path.display().to_string();
    let refused = |wrong: String, right: &str| Err(ScenarioError::of_file(&name, wrong, right));
    let too_large = || {
        let right = format!("a scenario file has at most {} MB", limits::MAX_FILE_BYTES / 1_000_000);
        ScenarioError::of_file(&name, format!("`{name}` is too large for a scenario"), right)
    };
    let about = match std::fs::metadata(path) {
        Ok(about) => about,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return refused(format!("there is no file `{name}`"), PATH_NEEDED);
        }
        Err(error) => return refused(format!("`{name}` cannot be read: {error}"), PATH_NEEDED),
    };
    if about.is_dir() {
        return refused(format!("`{name}` is a folder"), "give the path of a scenario file in it");
    }
    if about.len() > limits::MAX_FILE_BYTES {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    // What is no ordinary file may have more than it says.
    if let Err(error) = File::open(path).and_then(|file| file.take(limits::MAX_FILE_BYTES + 1).read_to_end(&mut bytes)) {
        return refused(format!("`{name}` cannot be read: {error}"), PATH_NEEDED);
    }
    if bytes.len() as u64 > limits::MAX_FILE_BYTES {
        return Err(too_large());
    }
    if bytes.is_empty() {
        return refused(format!("`{name}` is empty"), LEAST);
    }
    match String::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => Ok(text),
        _ => refused(format!("`{name}` is not a text file"), "a scenario is a RON text in UTF-8"),
    }
}
