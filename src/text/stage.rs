//! The words of things on the stage that are pointed at.

use super::language::{say, word};
use super::numbers::{amount, duration, instance, percent, whole};
use super::state_word;
use crate::timeline::{Instances, Presence, State};

/// Under a picture whose cells stand for several instances each, counted or in part.
pub fn cell_stands_for(n: u32, exact: bool) -> String {
    let key = if exact { "stage-cell-stands-for" } else { "stage-cell-stands-for-about" };
    say!(key, n = n)
}

/// Which instances of a group are shown.
pub fn shown_of(shown: Instances, of: u32) -> String {
    say!("stage-shown-of", from = instance(shown.first), to = instance(shown.first + shown.count - 1), of = of)
}

/// A button that shows a whole group again.
pub fn show_all() -> &'static str {
    word("stage-show-all")
}
/// The button that lets a pinned instance go.
pub fn unpin(number: u32) -> String {
    say!("stage-unpin", name = instance(number))
}

/// The card of the pinned instance.
pub fn pinned(number: u32) -> String {
    say!("stage-pinned", name = instance(number))
}

/// An instance.
pub fn one_instance(number: u32) -> String {
    say!("stage-instance", name = instance(number))
}

/// Neighbouring instances.
pub fn instances(of: Instances) -> String {
    say!("stage-instances", from = instance(of.first), to = instance(of.first + of.count.saturating_sub(1)))
}

/// Which version an instance is being given; none where it runs the one that it has.
pub fn becomes(presence: Presence) -> Option<&'static str> {
    match (presence.state, presence.is_new) {
        (State::Launching | State::Installing, true) => Some(word("stage-becomes-new")),
        (State::Launching | State::Installing, false) => Some(word("stage-becomes-old")),
        (
            State::InService
            | State::Draining
            | State::Starting
            | State::Checking
            | State::Terminating
            | State::Gone
            | State::Dead
            | State::Failed,
            _,
        ) => None,
    }
}

/// A whole life in one sentence, for those who cannot see its strip.
pub fn life(life: &[Presence]) -> String {
    const MOST: usize = 24;
    let presences = life.iter().copied().filter(|presence| is_told(*presence));
    let parts: Vec<String> = presences.take(MOST).map(life_part).collect();
    say!("stage-life", life = parts.join(", "))
}

/// Whether a state is worth telling: it is there, and lasts.
pub fn is_told(presence: Presence) -> bool {
    presence.state != State::Gone && presence.until != Some(presence.since)
}

/// A part of a life: its state and how long that lasts.
pub fn life_part(presence: Presence) -> String {
    let state = state_word(presence.state);
    match presence.until {
        Some(until) => say!("stage-life-part", state = state, for = duration(until.since(presence.since))),
        None => say!("stage-life-since", state = state),
    }
}

/// Those who send requests.
pub fn users() -> &'static str {
    word("stage-users")
}
/// How many requests come, and how many at most.
pub fn users_now(rps: f64, peak: f64) -> String {
    say!("stage-users-now", rps = amount(rps), peak = amount(peak))
}
/// The load balancer.
pub fn balancer() -> &'static str {
    word("stage-balancer")
}
/// What a load balancer does.
pub fn balancer_does() -> &'static str {
    word("stage-balancer-does")
}
/// How many instances it sends requests to.
pub fn balancer_to(n: u32) -> String {
    say!("stage-balancer-to", n = n)
}
/// How much of the demand is served.
pub fn served(rps: f64, demand: f64) -> String {
    say!("stage-served", rps = amount(rps), demand = amount(demand))
}
/// How much of it is refused.
pub fn refused(rps: f64) -> String {
    say!("stage-refused", rps = amount(rps))
}
/// How much of it fails behind the load balancer.
pub fn failed_there(rps: f64) -> String {
    say!("stage-failed-there", rps = amount(rps))
}
/// The traffic to the instances.
pub fn stream() -> &'static str {
    word("stage-stream")
}
/// A version's part of it.
pub fn stream_of(version: &str, rps: f64, share: f64) -> String {
    say!("stage-stream-of", version = version, rps = amount(rps), share = percent(share))
}
/// What comes to one instance.
pub fn stream_each(rps: f64, most: f64) -> String {
    say!("stage-stream-each", rps = amount(rps), most = amount(most))
}
/// Where there is no traffic.
pub fn nothing_flows() -> &'static str {
    word("stage-nothing-flows")
}
/// How many instances a group has.
pub fn group_of(n: u32) -> String {
    say!("stage-group-of", n = n)
}
/// How many of them are in a state.
pub fn count(n: u32, state: &str, counted: bool) -> String {
    let key = if counted { "stage-count" } else { "stage-about-count" };
    say!(key, n = whole(u64::from(n)), state = state)
}
/// A group's share of the traffic.
pub fn share(share: f64) -> String {
    say!("stage-share", share = percent(share))
}
