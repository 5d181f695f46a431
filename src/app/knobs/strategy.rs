//! What the chosen strategy can be told.

use eframe::egui::Ui;

use super::part::{self, Nothing};
use super::{bounds, choice, duration, faults, note};
use crate::scenario::{Late, NewSet, Scenario, Step, Strategy, Switch, limits};
use crate::strategy::{batch_size, fenceposts};
use crate::text::{controls as words, faults as fault_words};
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
        Strategy::EcsRolling { minimum_healthy, maximum, circuit_breaker } => {
            bounds::ecs(ui, n, minimum_healthy, maximum, circuit_breaker);
        }
        Strategy::InstanceRefresh { minimum_healthy, maximum_healthy, checkpoints, checkpoint_delay, bake, auto_rollback } => {
            bounds::refresh(ui, n, minimum_healthy, maximum_healthy);
            bounds::checkpoints(ui, checkpoints, checkpoint_delay);
            duration(ui, fault_words::REFRESH_BAKE, bake, Duration::ZERO..=limits::MAX_DURATION);
            if let Some(way) = choice(ui, fault_words::AUTO_ROLLBACK, usize::from(*auto_rollback), &fault_words::OFF_ON) {
                *auto_rollback = way == 1;
            }
        }
        Strategy::Steps(steps) => listed(ui, steps),
    }
    faults::verdict(ui, scenario);
}

fn blue_green(ui: &mut Ui, switch: &mut Switch) {
    if choice(ui, words::SWITCH, words::switch_index(*switch), &words::SWITCHES).is_some() {
        *switch = match *switch {
            Switch::LoadBalancer => Switch::Dns { ttl: Duration::from_secs(60), late: None },
            Switch::Dns { .. } => Switch::LoadBalancer,
        };
    }
    match switch {
        Switch::LoadBalancer => {}
        Switch::Dns { ttl, late } => {
            duration(ui, words::TTL, ttl, Duration::ZERO..=limits::MAX_TTL);
            late_clients(ui, *ttl, late);
        }
    }
}

/// Late ones follow over the time to live at least.
fn late_clients(ui: &mut Ui, ttl: Duration, late: &mut Option<Late>) {
    if let Some(way) = choice(ui, fault_words::LATE, usize::from(late.is_some()), &fault_words::LATE_KINDS) {
        *late = (way == 1).then_some(Late { share: Share::from_percent(5), over: Duration::from_mins(10) });
    }
    if let Some(late) = late {
        late.over = late.over.max(ttl);
        part::percent(ui, fault_words::LATE_SHARE, &mut late.share, Share::from_ppm(1));
        duration(ui, fault_words::LATE_TTL, &mut late.over, ttl..=limits::MAX_TTL);
    }
}

fn new_set(ui: &mut Ui, set: &mut NewSet) {
    if choice(ui, words::NEW_SET, words::new_set_index(*set), &words::NEW_SETS).is_some() {
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
