//! The words that commands print.

use super::numbers::{rate, seconds, whole};
use super::strategy_name;
use crate::scenario::Scenario;
use crate::timeline::{Outcome, Timeline};

/// Where output goes when no file is named.
pub const STANDARD_OUTPUT: &str = "the standard output";

/// Over the picture of the capacity.
pub const PICTURE: &str = "capacity in service, requests per second";

/// Under the picture of the capacity.
pub fn picture_legend(old: char, new: char, demand: char) -> String {
    format!("{old} old version  {new} new version  {demand} demand that is not met")
}

/// What is said of fields that the simulation does not act on.
pub fn not_simulated(paths: &[&str]) -> String {
    format!("not simulated yet, and left out of these figures: {}", paths.join(", "))
}

/// What is simulated, under its name.
pub fn what(strategy: &str, scenario: &Scenario, timeline: &Timeline) -> String {
    format!(
        "{strategy} on {} of {} each, {} asked for at the start",
        instances(scenario.fleet.instances),
        rate(scenario.fleet.capacity_rps),
        rate(timeline.demand(crate::units::Time::ZERO))
    )
}

/// What is said of a scenario in which nothing is wrong.
pub fn checked(scenario: &Scenario, timeline: &Timeline) -> String {
    let outcome = match timeline.outcome() {
        Outcome::Succeeded => format!("takes {}", seconds(timeline.end().as_secs_f64())),
        Outcome::Failed => "fails before it begins".to_owned(),
    };
    format!("ok, {} on {}, {outcome}", strategy_name(scenario.strategy.kind()), instances(scenario.fleet.instances))
}

fn instances(n: u32) -> String {
    if n == 1 { "1 instance".into() } else { format!("{} instances", whole(u64::from(n))) }
}
