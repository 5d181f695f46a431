//! What goes wrong, what watches over it, what is done about it; and what is said of settings that cannot work.

use eframe::egui::Ui;

use super::{choice, duration, note};
use crate::app::widgets::{NumberRow, TextRow};
use crate::scenario::{Alarm, Failures, Metric, OnFailure, Places, Recovery, Release, Scenario, Spread, limits};
use crate::strategy::documented_on_failure;
use crate::text::{controls, faults as words};
use crate::units::Duration;

/// The least capacity that can be set, of the old version's.
const LEAST_CAPACITY: f64 = 0.001;

/// A duration that varies needs more room than one that does not.
const SPREAD_WIDTH: f32 = 150.0;

/// What is wrong with the new version.
pub fn new_version(ui: &mut Ui, release: &mut Release) {
    fraction(ui, words::error_rate(), &mut release.error_rate, 0.0, 1.0);
    fraction(ui, words::startup_failure(), &mut release.startup_failure, 0.0, 1.0);
    places(ui, &mut release.startup_failure_of);
    if let Some(way) = choice(ui, words::crashes(), usize::from(release.crash_after.is_some()), &words::crashes_kinds()) {
        release.crash_after = (way == 1).then_some(Spread::Fixed(Duration::from_mins(5)));
    }
    if let Some(after) = &mut release.crash_after {
        let (label, hover) = words::crash_after();
        let text = after.to_string();
        let read = |text: &str| Spread::parse(text).map_err(|wrong| controls::without_quotes(&wrong));
        if let Some(read) = TextRow::new(label, &text).width(SPREAD_WIDTH).hover(hover).show(ui, read).value {
            *after = read;
        }
    }
    let least = release.capacity_factor.min(LEAST_CAPACITY);
    fraction(ui, words::capacity(), &mut release.capacity_factor, least, limits::MAX_CAPACITY_FACTOR);
}

fn places(ui: &mut Ui, places: &mut Option<Places>) {
    match choice(ui, words::places(), words::places_index(*places), &words::places_kinds()) {
        Some(0) => *places = None,
        Some(1) => *places = Some(Places::Last(1)),
        Some(_) => *places = Some(Places::Place(1)),
        None => {}
    }
    match places {
        None => {}
        Some(Places::Last(n)) => {
            let unit = controls::instances_unit(*n);
            count(ui, words::last(), n, limits::MAX_INSTANCES, &unit);
        }
        Some(Places::Place(n)) => count(ui, words::place(), n, limits::MAX_INSTANCES, ""),
    }
}

/// What happens to instances of either version.
pub fn failures(ui: &mut Ui, failures: &mut Failures) {
    if let Some(way) = choice(ui, words::deaths(), usize::from(failures.instance_mtbf.is_some()), &words::deaths_kinds()) {
        failures.instance_mtbf = (way == 1).then_some(Duration::from_mins(60));
    }
    if let Some(mtbf) = &mut failures.instance_mtbf {
        duration(ui, words::mtbf(), mtbf, limits::MIN_MTBF..=limits::MAX_DURATION);
    }
    match choice(ui, words::recovery(), words::recovery_index(failures.recovery), &words::recoveries()) {
        Some(0) => failures.recovery = None,
        Some(1) => failures.recovery = Some(Recovery::Restart),
        Some(_) => failures.recovery = Some(Recovery::Replace),
        None => {}
    }
}

/// What is watched during the deployment.
pub fn alarm(ui: &mut Ui, alarm: &mut Option<Alarm>) {
    if let Some(way) = choice(ui, words::alarm_set(), usize::from(alarm.is_some()), &words::off_on()) {
        *alarm = (way == 1).then_some(Alarm {
            metric: Metric::NewVersionErrorRate,
            threshold: 0.05,
            period: limits::DEFAULT_ALARM_PERIOD,
            periods: limits::DEFAULT_ALARM_PERIODS,
            bake: Duration::ZERO,
            sampled: false,
            base_error_rate: 0.0,
        });
    }
    let Some(alarm) = alarm else { return };
    match choice(ui, words::metric(), words::metric_index(alarm.metric), &words::metrics()) {
        Some(0) => alarm.metric = Metric::ErrorRate,
        Some(1) => alarm.metric = Metric::NewVersionErrorRate,
        Some(_) => alarm.metric = Metric::CapacityFraction,
        None => {}
    }
    let threshold = match alarm.metric {
        Metric::ErrorRate | Metric::NewVersionErrorRate => words::above(),
        Metric::CapacityFraction => words::below(),
    };
    fraction(ui, threshold, &mut alarm.threshold, 0.0, 1.0);
    duration(ui, words::measured_over(), &mut alarm.period, limits::MIN_ALARM_PERIOD..=limits::MAX_DURATION);
    count(ui, words::periods(), &mut alarm.periods, limits::MAX_THRESHOLD, words::periods_unit());
    duration(ui, words::keep_watching(), &mut alarm.bake, Duration::ZERO..=limits::MAX_DURATION);
}

/// What follows a failure.
pub fn when_it_fails(ui: &mut Ui, scenario: &mut Scenario) {
    match choice(ui, words::on_failure(), words::on_failure_index(scenario.on_failure), &words::on_failures()) {
        Some(0) => scenario.on_failure = None,
        Some(1) => scenario.on_failure = Some(OnFailure::Rollback),
        Some(2) => scenario.on_failure = Some(OnFailure::Stop),
        Some(3) => scenario.on_failure = Some(OnFailure::Ignore),
        Some(_) => scenario.on_failure = Some(OnFailure::Redeploy { after: Duration::from_mins(10) }),
        None => {}
    }
    match &mut scenario.on_failure {
        None => note(ui, words::documented(documented_on_failure(&scenario.strategy))),
        Some(OnFailure::Redeploy { after }) => duration(ui, words::redeploy_after(), after, Duration::ZERO..=limits::MAX_DURATION),
        Some(OnFailure::Rollback | OnFailure::Stop | OnFailure::Ignore) => {}
    }
    duration(ui, words::timeout(), &mut scenario.timeout, Duration::from_us(1)..=limits::MAX_DURATION);
}

/// A fraction that is typed in percent.
pub fn fraction(ui: &mut Ui, (label, hover): controls::Setting, value: &mut f64, least: f64, most: f64) {
    let mut typed = *value * 100.0;
    let row = NumberRow::new(label, &mut typed, least * 100.0..=most * 100.0).unit(controls::percent_unit()).decimals(4).hover(hover);
    if ui.add(row).changed() {
        // Rounded to what can be typed: 7 % is 0.07 and not 0.07000000000000001.
        *value = ((typed * 1e4).round() / 1e6).clamp(least, most);
    }
}

/// A number of something, at least 1.
pub fn count(ui: &mut Ui, (label, hover): controls::Setting, value: &mut u32, most: u32, unit: &str) {
    let mut typed = *value;
    if ui.add(NumberRow::new(label, &mut typed, 1..=most).unit(unit).hover(hover)).changed() {
        *value = typed;
    }
}
