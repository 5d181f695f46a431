//! The words that commands print. English alone, and no messages: what a terminal shows and scripts read does not change with
//! a system's language. What commands share with the window comes from there; a command never speaks another language.

use super::numbers::{clock, rate, seconds, whole};
use super::story::failure;
use super::strategy_name;
use crate::scenario::Scenario;
use crate::timeline::{Outcome, Timeline, Why};
use crate::units::Time;

/// Where output goes when no file is named.
pub fn standard_output() -> &'static str {
    "the standard output"
}

/// Over the picture of the capacity.
pub fn picture() -> &'static str {
    "capacity in service, requests per second"
}

/// Under the picture of the capacity.
pub fn picture_legend(old: char, new: char, demand: char) -> String {
    format!("{old} old version  {new} new version  {demand} demand that is not met")
}

/// What is simulated, under its name.
pub fn what(strategy: &str, scenario: &Scenario, timeline: &Timeline) -> String {
    format!(
        "{strategy} on {} of {} each, {} asked for at the start",
        instances(scenario.fleet.instances),
        rate(scenario.fleet.capacity_rps),
        rate(timeline.demand(Time::ZERO))
    )
}

/// What is said of a scenario in which nothing is wrong.
pub fn checked(scenario: &Scenario, timeline: &Timeline) -> String {
    let outcome = match timeline.outcome() {
        Outcome::Succeeded => format!("takes {}", seconds(timeline.end().as_secs_f64())),
        Outcome::RolledBack => format!("goes wrong, and is rolled back after {}", seconds(timeline.end().as_secs_f64())),
        Outcome::Failed if timeline.end() == Time::ZERO => "fails before it begins".to_owned(),
        Outcome::Failed => format!("fails after {}", seconds(timeline.end().as_secs_f64())),
    };
    format!("ok, {} on {}, {outcome}", strategy_name(scenario.strategy.kind()), instances(scenario.fleet.instances))
}

/// What went wrong, over the figures.
pub fn went_wrong(outcome: Outcome, at: Time, why: Why) -> String {
    let why = failure(why);
    match outcome {
        Outcome::Failed if at == Time::ZERO => why,
        Outcome::Failed => format!("Failed at {}. {why}", clock(at)),
        Outcome::RolledBack => format!("Rolled back, failed at {}. {why}", clock(at)),
        Outcome::Succeeded => format!("{}: {why}", clock(at)),
    }
}

/// The heading of what happened, under the table.
pub fn explain_outcome() -> &'static str {
    "What happened"
}
/// The heading of the failed requests' causes, under the table.
pub fn explain_failed() -> &'static str {
    "Why requests failed"
}
/// The heading of the downtime's causes, under the table.
pub fn explain_downtime() -> &'static str {
    "Why there was downtime"
}
/// The heading of what the settings come to, under the table.
pub fn explain_settings() -> &'static str {
    "What the settings come to"
}

/// The heading of a moment that is asked about.
pub fn explain_at(t: Time, end: Time) -> String {
    if t > end { format!("At {}, when all is over", clock(t)) } else { format!("At {} of {}", clock(t), clock(end)) }
}

/// Why a time cannot be asked about.
pub fn no_time(why: &str) -> String {
    format!("a time is written as in a scenario, such as 3m20s: {why}")
}

/// Explanations go with the table alone.
pub fn explain_is_for_the_table() -> &'static str {
    "`--explain` and `--explain-at` are for people: they go with `--format table` alone"
}

fn instances(n: u32) -> String {
    if n == 1 { "1 instance".into() } else { format!("{} instances", whole(u64::from(n))) }
}
