//! The rooms: each answers another question about the same scenario. Watch is one deployment; the others run many.

pub mod compare;
mod job;
pub mod sweep;

use crate::text::{rooms as words, sweep as words_of_sweep};

/// Which room is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Room {
    /// What happens during this deployment?
    #[default]
    Watch,
    /// Which policy suits me?
    Compare,
    /// How does the batch size (or any number) change the outcome?
    Sweep,
}

impl Room {
    /// All of them, in the order of the tabs.
    pub const ALL: [Room; 3] = [Room::Watch, Room::Compare, Room::Sweep];

    /// What its tab says.
    pub fn name(self) -> &'static str {
        match self {
            Room::Watch => words::watch(),
            Room::Compare => words::compare(),
            Room::Sweep => words_of_sweep::sweep(),
        }
    }

    /// The question it answers.
    pub fn question(self) -> &'static str {
        match self {
            Room::Watch => words::watch_question(),
            Room::Compare => words::compare_question(),
            Room::Sweep => words_of_sweep::question(),
        }
    }

    /// Whether what it shows goes by a clock.
    pub fn has_clock(self) -> bool {
        match self {
            Room::Watch | Room::Compare => true,
            Room::Sweep => false,
        }
    }
}
