//! The words of poking at a deployment: what can be let happen, the table of events, what is compared, what is waited for.

use super::controls::Setting;
use super::language::{say, setting, word};
use super::numbers::{clock, instance, percent, rate};
use crate::scenario::Event;
use crate::units::{Duration, Time};

/// The button that opens the menu of what can be let happen.
pub fn poke() -> &'static str {
    word("poke-poke")
}
/// What that is, on hovering.
pub fn meaning() -> &'static str {
    word("poke-poke-meaning")
}
/// The menu's heading: at which moment it would happen.
pub fn at(t: Time) -> String {
    say!("poke-at", time = clock(t))
}
/// One in service dies.
pub fn kill_any() -> &'static str {
    word("poke-kill-any")
}
/// This one dies, by its number from 0.
pub fn kill(number: u32) -> String {
    say!("poke-kill", instance = instance(number))
}
/// The new version begins to fail.
pub fn turn_bad(share: f64) -> String {
    say!("poke-turn-bad", share = percent(share))
}
/// The same, by the usual share.
pub fn turns_bad() -> &'static str {
    word("poke-turns-bad")
}
/// The new version is well again.
pub fn turn_good() -> &'static str {
    word("poke-turn-good")
}
/// A person aborts.
pub fn abort() -> &'static str {
    word("poke-abort")
}
/// A person approves.
pub fn approve() -> &'static str {
    word("poke-approve")
}
/// The share of requests that the new version fails.
pub fn share() -> Setting {
    setting("poke-share")
}
/// The demand from the moment on.
pub fn demand() -> Setting {
    setting("poke-demand")
}
/// Opens the table of events.
pub fn show_events() -> &'static str {
    word("poke-show-events")
}

/// Why nothing would come of it.
pub fn over() -> &'static str {
    word("poke-in-vain-over")
}
/// See [`over`].
pub fn not_in_service() -> &'static str {
    word("poke-in-vain-not-in-service")
}
/// See [`over`].
pub fn same_share() -> &'static str {
    word("poke-in-vain-same-share")
}
/// See [`over`].
pub fn well() -> &'static str {
    word("poke-in-vain-well")
}
/// See [`over`].
pub fn has_failed() -> &'static str {
    word("poke-in-vain-has-failed")
}
/// See [`over`].
pub fn nothing_to_approve() -> &'static str {
    word("poke-in-vain-nothing-to-approve")
}

/// An event inside a sentence: `kill 05 at 1:30`.
pub fn event(event: &Event) -> String {
    let time = clock(Time::ZERO + event.at());
    match *event {
        Event::Kill { instances, .. } => say!("poke-event-kill", time = time, n = instances),
        Event::KillInstance { instance: number, .. } => {
            say!("poke-event-kill-instance", time = time, instance = instance(number.saturating_sub(1)))
        }
        Event::TurnBad { error_rate, .. } => say!("poke-event-turn-bad", time = time, share = percent(error_rate)),
        Event::TurnGood { .. } => say!("poke-event-turn-good", time = time),
        Event::Demand { rps, .. } => say!("poke-event-demand", time = time, rate = rate(rps)),
        Event::Abort { .. } => say!("poke-event-abort", time = time),
        Event::Approve { .. } => say!("poke-event-approve", time = time),
    }
}

/// The table's heading, with how many there are.
pub fn events(n: usize) -> String {
    say!("poke-events", n = u32::try_from(n).unwrap_or(u32::MAX))
}
/// What the table says where there are none.
pub fn no_events() -> &'static str {
    word("poke-no-events")
}
/// Adds one at the playhead.
pub fn add_event() -> &'static str {
    word("poke-add-event")
}
/// Removes one.
pub fn remove(event: &str) -> String {
    say!("poke-remove", event = event)
}
/// When it happens.
pub fn when() -> Setting {
    setting("poke-when")
}
/// What happens.
pub fn what() -> Setting {
    setting("poke-what")
}
/// What can happen, in the order of [`kind`].
pub fn kinds() -> [&'static str; 7] {
    [
        word("poke-kinds-kill"),
        word("poke-kinds-kill-instance"),
        word("poke-kinds-turn-bad"),
        word("poke-kinds-turn-good"),
        word("poke-kinds-demand"),
        word("poke-kinds-abort"),
        word("poke-kinds-approve"),
    ]
}
/// Which of [`kinds`] it is.
pub fn kind(event: &Event) -> usize {
    match event {
        Event::Kill { .. } => 0,
        Event::KillInstance { .. } => 1,
        Event::TurnBad { .. } => 2,
        Event::TurnGood { .. } => 3,
        Event::Demand { .. } => 4,
        Event::Abort { .. } => 5,
        Event::Approve { .. } => 6,
    }
}
/// What happens and how much, for a line that says when beside it.
pub fn kind_and_value(event: &Event) -> String {
    match *event {
        Event::Kill { instances, .. } => say!("poke-line-kill", n = instances),
        Event::KillInstance { instance: number, .. } => say!("poke-line-kill-instance", instance = instance(number.saturating_sub(1))),
        Event::TurnBad { error_rate, .. } => say!("poke-line-turn-bad", share = percent(error_rate)),
        Event::Demand { rps, .. } => say!("poke-line-demand", rate = rate(rps)),
        Event::TurnGood { .. } | Event::Abort { .. } | Event::Approve { .. } => {
            kinds().get(kind(event)).copied().unwrap_or_default().to_owned()
        }
    }
}
/// How many die.
pub fn how_many() -> Setting {
    setting("poke-how-many")
}
/// Which one dies.
pub fn which() -> Setting {
    setting("poke-which")
}
/// That it comes after the deployment's end.
pub fn after_the_end() -> &'static str {
    word("poke-after-the-end")
}
/// A mark of an event on the ribbon.
pub fn mark(event: &str) -> String {
    say!("poke-mark", event = event)
}
/// How far an event was moved, as its value reads.
pub fn moved(at: Duration) -> String {
    clock(Time::ZERO + at)
}

/// That figures are compared with those before the last change.
pub fn compared() -> &'static str {
    word("poke-compared")
}
/// That figures are compared with those that a person kept.
pub fn compared_with_kept() -> &'static str {
    word("poke-compared-with-kept")
}
/// Keeps what is compared with.
pub fn keep() -> &'static str {
    word("poke-keep")
}
/// What that does, on hovering.
pub fn keep_meaning() -> &'static str {
    word("poke-keep-meaning")
}
/// Ends the comparison.
pub fn dismiss() -> &'static str {
    word("poke-dismiss")
}

/// That the picture is still the one before: the new one is being worked out.
pub fn simulating() -> &'static str {
    word("poke-simulating")
}

/// That a picture does not come.
pub fn lost() -> &'static str {
    word("poke-lost")
}

/// The lines of the help about keys.
pub mod keys {
    use super::word;

    /// A key.
    pub fn kill() -> &'static str {
        word("poke-keys-kill")
    }
    /// A key.
    pub fn turn() -> &'static str {
        word("poke-keys-turn")
    }
    /// A key.
    pub fn answer() -> &'static str {
        word("poke-keys-answer")
    }
    /// A key.
    pub fn events() -> &'static str {
        word("poke-keys-events")
    }
    /// A key.
    pub fn compare() -> &'static str {
        word("poke-keys-compare")
    }
}
