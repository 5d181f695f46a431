//! Strategies: small pure functions, scenario in, plan out. One file each.

mod additional_batch;
mod all_at_once;
mod blue_green;
mod canary;
mod immutable;
mod in_place;
mod linear;
mod rolling;
mod rolling_update;
mod steps;
mod traffic_schedule;
mod traffic_splitting;

use crate::plan::{Phase, PhaseLabel, Plan, Step};
use crate::scenario::{Scenario, Strategy};

pub use rolling::batch_size;
pub use rolling_update::{Fenceposts, fenceposts};
pub use traffic_schedule::schedule;

/// The plan that the scenario's strategy makes for its fleet.
pub fn plan(scenario: &Scenario) -> Plan {
    let n = scenario.fleet.instances;
    let phases = match &scenario.strategy {
        Strategy::AllAtOnce => all_at_once::phases(n),
        Strategy::InPlace { minimum_healthy } => in_place::phases(n, *minimum_healthy),
        Strategy::Rolling { batch } => rolling::phases(n, *batch),
        Strategy::RollingWithAdditionalBatch { batch } => additional_batch::phases(n, *batch),
        Strategy::Immutable => immutable::phases(n),
        Strategy::TrafficSplitting { new_version, evaluation_time } => traffic_splitting::phases(n, *new_version, *evaluation_time),
        Strategy::BlueGreen { switch, bake } => blue_green::phases(n, *switch, *bake),
        Strategy::Canary { percent, interval, capacity } => canary::phases(n, *percent, *interval, *capacity),
        Strategy::Linear { percent, interval, capacity } => linear::phases(n, *percent, *interval, *capacity),
        Strategy::RollingUpdate { max_surge, max_unavailable, .. } => rolling_update::phases(n, *max_surge, *max_unavailable),
        Strategy::Steps(steps) => steps::phases(n, steps),
    };
    Plan { phases }
}

/// A phase with its steps.
fn phase(label: PhaseLabel, steps: Vec<Step>) -> Phase {
    Phase { label, steps }
}
