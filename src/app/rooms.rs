//! The rooms: each answers another question about the same scenario. Watch is one deployment; the others run many.

pub mod compare;
mod job;
pub mod odds;

use crate::text::{chances, rooms as words};

/// Which room is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Room {
    /// What happens during this deployment?
    #[default]
    Watch,
    /// Which policy suits me?
    Compare,
    /// How sure is that, with jitter and failures?
    Odds,
}

impl Room {
    /// All of them, in the order of the tabs.
    pub const ALL: [Room; 3] = [Room::Watch, Room::Compare, Room::Odds];

    /// What its tab says.
    pub fn name(self) -> &'static str {
        match self {
            Room::Watch => words::watch(),
            Room::Compare => words::compare(),
            Room::Odds => chances::odds(),
        }
    }

    /// The question it answers.
    pub fn question(self) -> &'static str {
        match self {
            Room::Watch => words::watch_question(),
            Room::Compare => words::compare_question(),
            Room::Odds => chances::odds_question(),
        }
    }
}
