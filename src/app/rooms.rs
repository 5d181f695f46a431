//! The rooms: each answers another question about the same scenario. Watch is one deployment; the others run many.

pub mod compare;
mod job;
pub mod odds;
pub mod sweep;

use crate::text::{chances, rooms as words, sweep as words_of_sweep};

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
    /// How sure is that, with jitter and failures?
    Odds,
}

impl Room {
    /// All of them, in the order of the tabs.
    pub const ALL: [Room; 4] = [Room::Watch, Room::Compare, Room::Sweep, Room::Odds];

    /// What its tab says.
    pub fn name(self) -> &'static str {
        match self {
            Room::Watch => words::watch(),
            Room::Compare => words::compare(),
            Room::Sweep => words_of_sweep::sweep(),
            Room::Odds => chances::odds(),
        }
    }

    /// The question it answers.
    pub fn question(self) -> &'static str {
        match self {
            Room::Watch => words::watch_question(),
            Room::Compare => words::compare_question(),
            Room::Sweep => words_of_sweep::question(),
            Room::Odds => chances::odds_question(),
        }
    }

    /// Whether what it shows goes by a clock.
    pub fn has_clock(self) -> bool {
        match self {
            Room::Watch | Room::Compare => true,
            Room::Sweep | Room::Odds => false,
        }
    }
}
