//! The words of the lanes, and of what is done on the time axis.

use super::language::{say, word};
use super::numbers::{clock, duration, instance, whole};
use super::state_word;
use crate::timeline::{Life, Presence, State};
use crate::units::Time;

/// What the switch between the two pictures of the fleet is called.
pub fn view() -> &'static str {
    word("lanes-view")
}
/// One of them: the stage.
pub fn stage() -> &'static str {
    word("lanes-view-stage")
}
/// The other: the lanes.
pub fn lanes() -> &'static str {
    word("lanes-view-lanes")
}
/// What the stage shows.
pub fn stage_means() -> &'static str {
    word("lanes-view-stage-means")
}
/// What the lanes show.
pub fn lanes_means() -> &'static str {
    word("lanes-view-lanes-means")
}
/// The key that changes between them, in the help.
pub fn key() -> &'static str {
    word("lanes-key")
}
/// The key that gives the keyboard to the fleet, in the help.
pub fn key_fleet() -> &'static str {
    word("lanes-key-fleet")
}
/// The same, where it stands alone.
pub fn to_fleet() -> &'static str {
    word("lanes-to-fleet")
}
/// What a person can do with a row, where none is pinned.
pub fn pin() -> &'static str {
    word("lanes-pin")
}
/// What a person can do with the time axis.
pub fn zoom() -> &'static str {
    word("lanes-zoom")
}
/// The same where a part of it is shown.
pub fn zoomed() -> &'static str {
    word("lanes-zoomed")
}
/// Over the plots where a part of the time is shown: which, and how to see all of it.
pub fn part_shown(from: &str, to: &str) -> String {
    format!("{} · {}", say!("lanes-part-shown", from = from, to = to), zoomed())
}
/// A span in which the capacity is below the demand.
pub fn degraded() -> &'static str {
    word("lanes-degraded")
}
/// In a legend: an instance of the new version that fails a share of its requests.
pub fn fails_a_share() -> &'static str {
    word("lanes-fails-a-share")
}
/// In a legend: another run, to compare with.
pub fn ghost() -> &'static str {
    word("lanes-ghost")
}
/// An instance that is not there at a moment.
pub fn not_there() -> &'static str {
    word("lanes-not-there")
}

/// Where a row stands for several instances.
pub fn row_stands_for(instances: u32) -> String {
    say!("lanes-row-stands-for", count = instances)
}

/// Things that happened at a moment and are not named.
pub fn more(count: usize) -> String {
    say!("lanes-more", count = u32::try_from(count).unwrap_or(u32::MAX))
}

/// Where a row stands for several: which one is told of.
pub fn one_of(number: u32, of: u32) -> String {
    say!("lanes-one-of", instance = instance(number), count = of)
}

/// A row's name, and all that its instance does up to `until`.
pub fn life(number: u32, life: Life<'_>, until: Time) -> String {
    let parts: Vec<String> = life
        .presences()
        .filter(|presence| presence.since <= until && presence.until != Some(presence.since) && presence.state != State::Gone)
        .map(|presence| part(presence, until))
        .collect();
    let told = if parts.is_empty() { not_there().to_owned() } else { parts.join("; ") };
    say!("lanes-life", instance = instance(number), life = told)
}

fn part(presence: Presence, until: Time) -> String {
    let state = state_word(presence.state);
    match presence.until.filter(|end| *end <= until) {
        Some(end) => {
            say!("lanes-part", state = state, from = clock(presence.since), to = clock(end), length = duration(end.since(presence.since)))
        }
        None => say!("lanes-part-lasting", state = state, from = clock(presence.since)),
    }
}

/// The names of a group, and how many of its instances are in service.
pub fn in_service(in_service: u32, of: u32) -> String {
    say!("lanes-in-service", count = whole(u64::from(in_service)), of = whole(u64::from(of)))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;
    use crate::scenario::{Part, Scenario, Strategy};
    use crate::simulate;

    #[test]
    fn a_life_is_told_with_its_durations() {
        let timeline = simulate(&Scenario::new(10, Strategy::Rolling { batch: Part::Count(3) })).unwrap();
        // The first batch of four: draining 0 to 20 s, installing to 50, starting to 70, checking to 100.
        assert_eq!(
            life(0, timeline.life(0), timeline.end()),
            "01: draining 0:00 to 0:20, 20 s; installing 0:20 to 0:50, 30 s; starting 0:50 to 1:10, 20 s; checking 1:10 to 1:40, 30 s; \
             in service from 1:40"
        );
        // What is still to come is not told.
        assert_eq!(life(0, timeline.life(0), Time::from_us(30_000_000)), "01: draining 0:00 to 0:20, 20 s; installing from 0:20");
        // The last one is in service for three batches.
        assert!(life(9, timeline.life(9), timeline.end()).starts_with("10: in service 0:00 to 5:00, 5 min; draining 5:00 to 5:20, 20 s;"));
    }
}
