//! The fleet, its traffic, how long its instances take, and the load balancer.

use std::ops::RangeInclusive;

use eframe::egui::Ui;

use super::{choice, duration, note};
use crate::app::widgets::{ChoiceRow, NumberRow, TextRow};
use crate::scenario::{AllUnhealthy, HealthCheck, Scenario, Spread, Traffic, limits};
use crate::text::{controls as words, faults, numbers};
use crate::units::Duration;

/// Of many levels so many are listed.
const LISTED: usize = 12;

/// The least that an instance can be set to serve.
const LEAST_CAPACITY_RPS: f64 = 0.001;

/// A duration that varies needs more room than one that does not.
const SPREAD_WIDTH: f32 = 150.0;

/// Instances, what one serves, the demand.
pub fn fleet(ui: &mut Ui, scenario: &mut Scenario) {
    let (label, hover) = words::instances_setting();
    let most = scenario.fleet.quota.unwrap_or(limits::MAX_INSTANCES).clamp(1, limits::MAX_INSTANCES);
    number(ui, label, hover, &mut scenario.fleet.instances, 1..=most);
    quota(ui, scenario);
    // One that serves nothing is no instance.
    let least = scenario.fleet.capacity_rps.min(LEAST_CAPACITY_RPS);
    rps(ui, words::one_serves(), &mut scenario.fleet.capacity_rps, least..=limits::MAX_RPS);
    let mut traffic = scenario.traffic();
    demand(ui, &mut traffic);
    // A demand that nobody set follows the fleet until somebody sets it.
    if traffic != scenario.traffic() {
        scenario.traffic = Some(traffic);
    }
}

fn quota(ui: &mut Ui, scenario: &mut Scenario) {
    let n = scenario.fleet.instances;
    let quota = &mut scenario.fleet.quota;
    if let Some(way) = choice(ui, faults::quota(), usize::from(quota.is_some()), &faults::quotas()) {
        // Enough for a whole second set: from there on it is felt.
        *quota = (way == 1).then_some(n.saturating_mul(2));
    }
    if let Some(quota) = quota {
        let (label, hover) = faults::most_at_once();
        number(ui, label, hover, quota, n..=u32::MAX);
    }
}

/// Whole numbers with their thousands apart.
fn number(ui: &mut Ui, label: &str, hover: &str, value: &mut u32, range: RangeInclusive<u32>) {
    let mut typed = *value;
    // Dragging a large fleet moves in larger steps.
    let drag = (f64::from(*value) / 100.0).max(0.2);
    let row = NumberRow::new(label, &mut typed, range).steps(1.0, drag).hover(hover).words(&written, &read);
    if ui.add(row).changed() {
        *value = typed;
    }
}

/// A rate that is typed or dragged.
pub fn rps(ui: &mut Ui, (label, hover): words::Setting, value: &mut f64, range: RangeInclusive<f64>) {
    let mut typed = *value;
    let drag = (*value / 100.0).max(0.2);
    let row = NumberRow::new(label, &mut typed, range).unit(words::rps()).decimals(3).steps(step(*value), drag).hover(hover);
    if ui.add(row.words(&written, &read)).changed() {
        *value = typed;
    }
}

/// An arrow key changes a rate by about a hundredth of it: 1, 10, 100.
fn step(rps: f64) -> f64 {
    10_f64.powf((rps.max(1.0).log10() - 2.0).ceil().max(0.0))
}

/// A number with its thousands apart and at most three decimals.
fn written(value: f64) -> String {
    let rounded = (value * 1e3).round() / 1e3;
    let text = numbers::amount(rounded.trunc());
    let part = format!("{:.3}", rounded.fract().abs());
    let decimals = part.trim_start_matches('0').trim_end_matches('0').trim_end_matches('.');
    format!("{text}{decimals}")
}

fn read(text: &str) -> Option<f64> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace() && *c != ',').collect();
    digits.trim_end_matches(words::rps()).parse::<f64>().ok().filter(|value| value.is_finite())
}

fn demand(ui: &mut Ui, traffic: &mut Traffic) {
    match traffic {
        Traffic::Constant(level) => rps(ui, words::demand(), level, 0.0..=limits::MAX_RPS),
        Traffic::Wave { .. } | Traffic::Ramp { .. } | Traffic::Steps(_) => {}
    }
    let kind = words::demand_kind_index(traffic);
    let mut chosen = kind;
    // Steps come from a file: they are on offer only where they are.
    let steps = matches!(traffic, Traffic::Steps(_));
    let kinds = if steps { &words::demand_kinds()[..] } else { &words::demand_kinds()[..3] };
    let (label, hover) = words::demand_kind();
    if ui.add(ChoiceRow::new(label, &mut chosen, kinds).hover(hover)).changed() && chosen != kind {
        *traffic = of_kind(traffic, chosen);
    }
    match traffic {
        Traffic::Constant(_) => {}
        Traffic::Wave { mean, amplitude, period } => {
            rps(ui, words::wave_mean(), mean, 0.0..=limits::MAX_RPS);
            *amplitude = amplitude.min(*mean);
            rps(ui, words::wave_amplitude(), amplitude, 0.0..=*mean);
            duration(ui, words::wave_period(), period, limits::MIN_WAVE_PERIOD..=limits::MAX_DURATION);
        }
        Traffic::Ramp { from, to, over } => {
            rps(ui, words::ramp_from(), from, 0.0..=limits::MAX_RPS);
            rps(ui, words::ramp_to(), to, 0.0..=limits::MAX_RPS);
            duration(ui, words::ramp_over(), over, Duration::from_us(1)..=limits::MAX_DURATION);
        }
        Traffic::Steps(levels) => {
            for (at, level) in levels.iter().take(LISTED) {
                ui.label(words::demand_level(*at, *level));
            }
            if levels.len() > LISTED {
                ui.label(words::and_more(levels.len() - LISTED));
            }
            note(ui, words::demand_steps_hint());
        }
    }
}

/// Demand of another kind around the same level.
fn of_kind(traffic: &Traffic, kind: usize) -> Traffic {
    let level = match traffic {
        Traffic::Constant(level) | Traffic::Wave { mean: level, .. } | Traffic::Ramp { from: level, .. } => *level,
        Traffic::Steps(levels) => levels.first().map_or(0.0, |(_, level)| *level),
    };
    match kind {
        1 => Traffic::Wave { mean: level, amplitude: level * 0.25, period: Duration::from_mins(5) },
        2 => Traffic::Ramp { from: level, to: (level * 1.25).min(limits::MAX_RPS), over: Duration::from_mins(5) },
        _ => Traffic::Constant(level),
    }
}

/// How long an instance takes.
pub fn timings(ui: &mut Ui, scenario: &mut Scenario) {
    let timings = &mut scenario.timings;
    let parts = [(words::boot(), &mut timings.boot), (words::install(), &mut timings.install), (words::startup(), &mut timings.startup)];
    for ((label, meaning, notation), value) in parts {
        let (text, hover) = (value.to_string(), format!("{meaning} {notation}"));
        if let Some(read) = TextRow::new(label, &text)
            .width(SPREAD_WIDTH)
            .hover(&hover)
            .show(ui, |text| Spread::parse(text).map_err(|wrong| words::without_quotes(&wrong)))
            .value
        {
            *value = read;
        }
    }
    duration(ui, words::settle(), &mut timings.settle, Duration::ZERO..=limits::MAX_DURATION);
}

/// Draining and the health check.
pub fn load_balancer(ui: &mut Ui, scenario: &mut Scenario) {
    let balancer = &mut scenario.load_balancer;
    duration(ui, words::drain(), &mut balancer.deregistration_delay, Duration::ZERO..=limits::MAX_DURATION);
    duration(ui, words::request_takes(), &mut balancer.in_flight, Duration::ZERO..=limits::MAX_IN_FLIGHT);
    duration(ui, faults::propagation(), &mut balancer.propagation, Duration::ZERO..=limits::MAX_DURATION);
    balancer.all_unhealthy = all_unhealthy(ui, balancer.all_unhealthy);
    health_check(ui, &mut balancer.health_check);
}

fn all_unhealthy(ui: &mut Ui, now: AllUnhealthy) -> AllUnhealthy {
    match choice(ui, faults::all_unhealthy(), faults::all_unhealthy_index(now), &faults::all_unhealthy_kinds()) {
        Some(0) => AllUnhealthy::FailOpen,
        Some(_) => AllUnhealthy::Refuse,
        None => now,
    }
}

fn health_check(ui: &mut Ui, check: &mut HealthCheck) {
    duration(ui, words::check_interval(), &mut check.interval, limits::MIN_CHECK_INTERVAL..=limits::MAX_DURATION);
    for ((label, hover), value) in
        [(words::healthy_threshold(), &mut check.healthy_threshold), (faults::unhealthy_threshold(), &mut check.unhealthy_threshold)]
    {
        let mut typed = *value;
        let row = NumberRow::new(label, &mut typed, 1..=limits::MAX_THRESHOLD).unit(words::checks()).hover(hover);
        if ui.add(row).changed() {
            *value = typed;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_reads_back_as_it_is_written() {
        for (value, text) in [(700.0, "700"), (1_234_567.0, "1,234,567"), (0.5, "0.5"), (12.125, "12.125"), (0.0, "0")] {
            assert_eq!(written(value), text);
            assert_eq!(read(text), Some(value));
        }
        assert_eq!(read(" 1 500 req/s"), Some(1_500.0));
        assert_eq!(read("many"), None);
        assert_eq!(read("inf"), None);
    }

    #[test]
    fn a_key_changes_a_rate_by_about_a_hundredth() {
        assert_eq!((step(5.0), step(100.0), step(700.0), step(50_000.0)), (1.0, 1.0, 10.0, 1_000.0));
    }
}
