//! What the chosen strategy can be told.

use eframe::egui::Ui;

use super::part::{self, Nothing};
use super::{duration, note};
use crate::app::widgets::ChoiceRow;
use crate::scenario::{NewSet, Scenario, Step, Strategy, Switch, limits};
use crate::strategy::{batch_size, fenceposts};
use crate::text::controls as words;
use crate::units::{Duration, Share};

/// Of a long plan so many steps are listed.
const LISTED: usize = 20;

/// The shortest duration where there must be one.
const SOME: Duration = Duration::from_us(1);

/// Shows the strategy's own settings.
pub fn show(ui: &mut Ui, scenario: &mut Scenario) {
    let n = scenario.fleet.instances;
    match &mut scenario.strategy {
        Strategy::AllAtOnce | Strategy::Immutable => note(ui, words::NO_SETTINGS),
        Strategy::InPlace { minimum_healthy } => {
            part::show(ui, words::MINIMUM_HEALTHY, minimum_healthy, n, Nothing::Allowed);
            note(ui, &words::minimum_comes_to(*minimum_healthy, n, minimum_healthy.of_rounded_up(n)));
        }
        Strategy::Rolling { batch } | Strategy::RollingWithAdditionalBatch { batch } => {
            part::show(ui, words::BATCH, batch, n, Nothing::Refused);
            note(ui, &words::batch_comes_to(*batch, n, batch_size(n, *batch)));
        }
        Strategy::TrafficSplitting { new_version, evaluation_time } => {
            part::percent(ui, words::NEW_VERSION_PERCENT, new_version, Share::from_percent(1));
            duration(ui, words::EVALUATION_TIME, evaluation_time, SOME..=limits::MAX_DURATION);
        }
        Strategy::BlueGreen { switch, bake } => {
            blue_green(ui, switch);
            duration(ui, words::BAKE, bake, Duration::ZERO..=limits::MAX_DURATION);
        }
        Strategy::Canary { percent, interval, capacity } => {
            part::percent(ui, words::FIRST_SHARE, percent, Share::from_ppm(limits::MIN_STEP_PPM));
            duration(ui, words::INTERVAL, interval, Duration::ZERO..=limits::MAX_DURATION);
            new_set(ui, capacity);
        }
        Strategy::Linear { percent, interval, capacity } => {
            part::percent(ui, words::SHARE_STEP, percent, Share::from_ppm(limits::MIN_STEP_PPM));
            duration(ui, words::INTERVAL, interval, Duration::ZERO..=limits::MAX_DURATION);
            new_set(ui, capacity);
        }
        Strategy::RollingUpdate { max_surge, max_unavailable, progress_deadline } => {
            part::show(ui, words::SURGE, max_surge, n, Nothing::Allowed);
            part::show(ui, words::UNAVAILABLE, max_unavailable, n, Nothing::Allowed);
            let posts = fenceposts(n, *max_surge, *max_unavailable);
            note(ui, &words::fenceposts_come_to(*max_surge, *max_unavailable, posts.surge, posts.unavailable));
            duration(ui, words::PROGRESS_DEADLINE, progress_deadline, SOME..=limits::MAX_DURATION);
        }
        Strategy::Steps(steps) => listed(ui, steps),
    }
}

fn blue_green(ui: &mut Ui, switch: &mut Switch) {
    let mut way = words::switch_index(*switch);
    let (label, hover) = words::SWITCH;
    if ui.add(ChoiceRow::new(label, &mut way, &words::SWITCHES).hover(hover)).changed() {
        *switch = match *switch {
            Switch::LoadBalancer => Switch::Dns { ttl: Duration::from_secs(60) },
            Switch::Dns { .. } => Switch::LoadBalancer,
        };
    }
    match switch {
        Switch::LoadBalancer => {}
        Switch::Dns { ttl } => duration(ui, words::TTL, ttl, Duration::ZERO..=limits::MAX_TTL),
    }
}

fn new_set(ui: &mut Ui, set: &mut NewSet) {
    let mut way = words::new_set_index(*set);
    let (label, hover) = words::NEW_SET;
    if ui.add(ChoiceRow::new(label, &mut way, &words::NEW_SETS).hover(hover)).changed() {
        *set = match *set {
            NewSet::Full => NewSet::Proportional,
            NewSet::Proportional => NewSet::Full,
        };
    }
}

fn listed(ui: &mut Ui, steps: &[Step]) {
    for (i, step) in steps.iter().take(LISTED).enumerate() {
        ui.label(format!("{}. {}", i + 1, words::step(step)));
    }
    if steps.len() > LISTED {
        ui.label(words::and_more(steps.len() - LISTED));
    }
    note(ui, words::STEPS_HINT);
}
