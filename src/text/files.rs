//! The words about files: opening, saving, what another program did to one, what a crash left, and the scenario as RON.

use std::time::Duration;

use super::language::{say, word};

/// The menu of files that were open last.
pub fn recent() -> &'static str {
    word("files-recent")
}
/// Said in that menu where it is empty.
pub fn none_recent() -> &'static str {
    word("files-none-recent")
}
/// A recent file that is not there any more.
pub fn gone(name: &str) -> String {
    say!("files-gone", name = name)
}

/// The button of the RON pane.
pub fn ron() -> &'static str {
    word("files-ron")
}
/// The RON pane.
pub fn ron_title() -> &'static str {
    word("files-ron-title")
}
/// What the RON pane is for.
pub fn ron_meaning() -> &'static str {
    word("files-ron-meaning")
}
/// A button of the RON pane.
pub fn copy() -> &'static str {
    word("files-copy")
}
/// The scenario was copied just now.
pub fn copied() -> &'static str {
    word("files-copied")
}
/// A button of the RON pane.
pub fn close_ron() -> &'static str {
    word("files-close-ron")
}
/// Where in the text something is wrong.
pub fn line(line: usize, column: usize) -> String {
    say!("files-line", line = line, column = column)
}
/// What is typed and what is set have gone different ways.
pub fn behind() -> &'static str {
    word("files-behind")
}
/// The answer to that which gives up what is typed.
pub fn show_settings() -> &'static str {
    word("files-show-settings")
}

/// What was pasted has so many problems.
pub fn cannot_paste(problems: usize) -> String {
    say!("files-cannot-paste", n = problems)
}
/// Said with that.
pub fn nothing_changed() -> &'static str {
    word("files-nothing-changed")
}
/// What problems call a text that was pasted.
pub fn clipboard() -> &'static str {
    word("files-clipboard")
}
/// While a file is held over the window.
pub fn drop(name: Option<&str>) -> String {
    match name {
        Some(name) => say!("files-drop", name = name),
        None => word("files-drop-unnamed").to_owned(),
    }
}

/// Why a file was not written.
pub fn no_folder(folder: &str) -> String {
    say!("files-no-folder", folder = folder)
}
/// Why a file was not written.
pub fn is_folder() -> &'static str {
    word("files-is-folder")
}
/// Why a file was not written.
pub fn file_read_only() -> &'static str {
    word("files-file-read-only")
}
/// Why a file was not written.
pub fn folder_read_only(folder: &str) -> String {
    say!("files-folder-read-only", folder = folder)
}
/// Why a file was not written.
pub fn disk_full() -> &'static str {
    word("files-disk-full")
}
/// A file that was not written, and that nothing is lost by it.
pub fn not_saved(path: &str, why: &str) -> String {
    say!("files-not-saved", path = path, why = why)
}

/// Another program changed the file while there are changes here.
pub fn changed(name: &str) -> String {
    say!("files-changed", name = name)
}
/// An answer to that.
pub fn reload() -> &'static str {
    word("files-reload")
}
/// An answer to that.
pub fn keep() -> &'static str {
    word("files-keep")
}
/// Another program made the file wrong, in this line where it is known.
pub fn wrong(name: &str, line: usize, message: &str) -> String {
    match line {
        0 => say!("files-unreadable", message = message),
        line => say!("files-wrong", name = name, line = line, message = message),
    }
}
/// Another program removed the file.
pub fn vanished(name: &str) -> String {
    say!("files-vanished", name = name)
}
/// A question before saving.
pub fn overwrite_title() -> &'static str {
    word("files-overwrite-title")
}
/// What that question is about.
pub fn overwrite(name: &str) -> String {
    say!("files-overwrite", name = name)
}

/// A question at the start.
pub fn recover_title() -> &'static str {
    word("files-recover-title")
}
/// That question.
pub fn recover(title: &str, age: Duration) -> String {
    say!("files-recover", title = title, ago = ago(age))
}
/// An answer to it.
pub fn recover_yes() -> &'static str {
    word("files-recover-yes")
}
/// What happens without an answer.
pub fn recover_later() -> &'static str {
    word("files-recover-later")
}
/// Unsaved work could not be written.
pub fn not_kept(why: &str) -> String {
    say!("files-not-kept", why = why)
}
/// The text of the RON pane is wrong and was not saved.
pub fn draft_left() -> &'static str {
    word("files-draft-left")
}

/// The files that can be chosen inside the window.
pub fn folder(folder: &str) -> String {
    say!("files-folder", folder = folder)
}

/// See [the keys](super::controls::keys).
pub fn key_ron() -> &'static str {
    word("files-key-ron")
}
/// See [the keys](super::controls::keys).
pub fn key_copy() -> &'static str {
    word("files-key-copy")
}
/// See [the keys](super::controls::keys).
pub fn key_paste() -> &'static str {
    word("files-key-paste")
}

/// How long ago, in the largest whole unit.
fn ago(age: Duration) -> String {
    let minutes = age.as_secs() / 60;
    match minutes {
        0 => word("files-ago-moment").to_owned(),
        1..60 => say!("files-ago-minutes", n = minutes),
        60..1440 => say!("files-ago-hours", n = minutes / 60),
        _ => say!("files-ago-days", n = minutes / 1440),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_is_told_in_its_largest_unit() {
        for (seconds, told) in [
            (59, "a moment ago"),
            (60, "1 minute ago"),
            (3599, "59 minutes ago"),
            (3600, "1 hour ago"),
            (86_399, "23 hours ago"),
            (86_400, "1 day ago"),
            (200_000, "2 days ago"),
        ] {
            assert_eq!(ago(Duration::from_secs(seconds)), told);
        }
    }
}
