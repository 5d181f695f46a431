//! The rooms: each answers another question about the same scenario. Watch is one deployment; the others run many.

pub mod compare;
mod job;

use crate::text::rooms as words;

/// Which room is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Room {
    /// What happens during this deployment?
    #[default]
    Watch,
    /// Which policy suits me?
    Compare,
}

impl Room {
    /// All of them, in the order of the tabs.
    pub const ALL: [Room; 2] = [Room::Watch, Room::Compare];

    /// What its tab says.
    pub fn name(self) -> &'static str {
        match self {
            Room::Watch => words::watch(),
            Room::Compare => words::compare(),
        }
    }

    /// The question it answers.
    pub fn question(self) -> &'static str {
        match self {
            Room::Watch => words::watch_question(),
            Room::Compare => words::compare_question(),
        }
    }
}
