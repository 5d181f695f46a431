//! The words of the rooms beside Watch.

use super::language::{say, word};
use super::numbers::clock;
use crate::units::Time;

/// The row of tabs, for those who cannot see it.
pub fn rooms() -> &'static str {
    word("rooms-rooms")
}

/// A room.
pub fn watch() -> &'static str {
    word("rooms-watch")
}

/// The question it answers.
pub fn watch_question() -> &'static str {
    word("rooms-watch-question")
}

/// A room.
pub fn compare() -> &'static str {
    word("rooms-compare")
}

/// The question it answers.
pub fn compare_question() -> &'static str {
    word("rooms-compare-question")
}

/// A scenario as it was.
pub fn before() -> &'static str {
    word("rooms-before")
}

/// A scenario as it is.
pub fn now() -> &'static str {
    word("rooms-now")
}

/// While there is nothing to show yet.
pub fn working() -> &'static str {
    word("rooms-working")
}

/// How far a study is.
pub fn running(done: u64, all: u64) -> String {
    say!("rooms-running", done = done, all = all)
}

/// A button.
pub fn all_strategies() -> &'static str {
    word("rooms-all-strategies")
}

/// A button.
pub fn with_before() -> &'static str {
    word("rooms-with-before")
}

/// A button with a menu of what can be compared.
pub fn add() -> &'static str {
    word("rooms-add")
}

/// A button.
pub fn show_shared() -> &'static str {
    word("rooms-show-shared")
}

/// A button.
pub fn hide_shared() -> &'static str {
    word("rooms-hide-shared")
}

/// What the shared settings are.
pub fn shared_meaning() -> &'static str {
    word("rooms-shared-meaning")
}

/// On a card whose deployment is over.
pub fn done_at(end: Time) -> String {
    say!("rooms-done-at", at = clock(end))
}

/// A card, for those who cannot see it.
pub fn card(name: &str, state: &str, is_baseline: bool) -> String {
    if is_baseline { say!("rooms-card-baseline", name = name, state = state) } else { say!("rooms-card", name = name, state = state) }
}

/// What a click on a card does.
pub fn card_hint() -> &'static str {
    word("rooms-card-hint")
}

/// A button of a card.
pub fn remove(name: &str) -> String {
    say!("rooms-remove", name = name)
}

/// A button of a card.
pub fn make_baseline(name: &str) -> String {
    say!("rooms-make-baseline", name = name)
}

/// Where one of the compared ends.
pub fn ends(name: &str) -> String {
    say!("rooms-ends", name = name)
}

/// What the keys of the rooms do.
pub fn keys_rooms() -> &'static str {
    word("rooms-keys-rooms")
}

/// An entry of the menu of what can be compared.
pub fn a_file() -> &'static str {
    word("rooms-a-file")
}
