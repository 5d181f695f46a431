//! What the chosen strategy can be told.

use eframe::egui::Ui;

use super::part::{self, Nothing};
use super::{bounds, choice, duration, note};
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
        Strategy::AllAtOnce | Strategy::Immutable => note(ui, words::no_settings()),
        Strategy::InPlace { minimum_healthy } => {
            part::show(ui, words::minimum_healthy(), minimum_healthy, n, Nothing::Allowed);
            note(ui, &words::minimum_comes_to(*minimum_healthy, n, minimum_healthy.of_rounded_up(n)));
        }
        Strategy::Rolling { batch } | Strategy::RollingWithAdditionalBatch { batch } => {
            part::show(ui, words::batch(), batch, n, Nothing::Refused);
            note(ui, &words::batch_comes_to(*batch, n, batch_size(n, *batch)));
        }
        Strategy::TrafficSplitting { new_version, evaluation_time } => {
            part::percent(ui, words::new_version_percent(), new_version, Share::from_percent(1));
            duration(ui, words::evaluation_time(), evaluation_time, SOME..=limits::MAX_DURATION);
        }
        Strategy::BlueGreen { switch, bake } => {
            blue_green(ui, switch);
            duration(ui, words::bake(), bake, Duration::ZERO..=limits::MAX_DURATION);
        }
        Strategy::Canary { percent, interval, capacity } => {
            part::percent(ui, words::first_share(), percent, Share::from_ppm(limits::MIN_STEP_PPM));
            duration(ui, words::interval(), interval, Duration::ZERO..=limits::MAX_DURATION);
            new_set(ui, capacity);
        }
        Strategy::Linear { percent, interval, capacity } => {
            part::percent(ui, words::share_step(), percent, Share::from_ppm(limits::MIN_STEP_PPM));
            duration(ui, words::interval(), interval, Duration::ZERO..=limits::MAX_DURATION);
            new_set(ui, capacity);
        }
        Strategy::RollingUpdate { max_surge, max_unavailable, progress_deadline } => {
            part::show(ui, words::surge(), max_surge, n, Nothing::Allowed);
            part::show(ui, words::unavailable(), max_unavailable, n, Nothing::Allowed);
            let posts = fenceposts(n, *max_surge, *max_unavailable);
            note(ui, &words::fenceposts_come_to(*max_surge, *max_unavailable, posts.surge, posts.unavailable));
            duration(ui, words::progress_deadline(), progress_deadline, SOME..=limits::MAX_DURATION);
        }
        Strategy::EcsRolling { minimum_healthy, maximum, circuit_breaker } => {
            bounds::ecs(ui, n, minimum_healthy, maximum, circuit_breaker);
        }
        Strategy::InstanceRefresh { minimum_healthy, maximum_healthy, checkpoints, checkpoint_delay, bake, auto_rollback } => {
            bounds::refresh(ui, n, minimum_healthy, maximum_healthy);
            bounds::checkpoints(ui, checkpoints, checkpoint_delay);
            duration(ui, fault_words::refresh_bake(), bake, Duration::ZERO..=limits::MAX_DURATION);
            if let Some(way) = choice(ui, fault_words::auto_rollback(), usize::from(*auto_rollback), &fault_words::off_on()) {
                *auto_rollback = way == 1;
            }
        }
        Strategy::Steps(steps) => listed(ui, steps),
    }
}

fn blue_green(ui: &mut Ui, switch: &mut Switch) {
    if choice(ui, words::switch(), words::switch_index(*switch), &words::switches()).is_some() {
        *switch = match *switch {
            Switch::LoadBalancer => Switch::Dns { ttl: Duration::from_secs(60), late: None },
            Switch::Dns { .. } => Switch::LoadBalancer,
        };
    }
    match switch {
        Switch::LoadBalancer => {}
        Switch::Dns { ttl, late } => {
            duration(ui, words::ttl(), ttl, Duration::ZERO..=limits::MAX_TTL);
            late_clients(ui, *ttl, late);
        }
    }
}

/// Late ones follow over the time to live at least.
fn late_clients(ui: &mut Ui, ttl: Duration, late: &mut Option<Late>) {
    if let Some(way) = choice(ui, fault_words::late(), usize::from(late.is_some()), &fault_words::late_kinds()) {
        *late = (way == 1).then_some(Late { share: Share::from_percent(5), over: Duration::from_mins(10) });
    }
    if let Some(late) = late {
        late.over = late.over.max(ttl);
        part::percent(ui, fault_words::late_share(), &mut late.share, Share::from_ppm(1));
        duration(ui, fault_words::late_ttl(), &mut late.over, ttl..=limits::MAX_TTL);
    }
}

fn new_set(ui: &mut Ui, set: &mut NewSet) {
    if choice(ui, words::new_set(), words::new_set_index(*set), &words::new_sets()).is_some() {
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
    note(ui, words::steps_hint());
}
