//! The scorecard: the figures of one deployment, under the names that scripts rely on.

mod measure;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::scenario::Scenario;
use crate::timeline::{Cause, Outcome, Timeline, Version};
use crate::units::Duration;

pub use measure::{Better, Measure, Unit};

/// The figures of one deployment. Field names are the keys of the JSON output; units are at their ends.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Metrics {
    /// The scenario's name.
    pub scenario: String,
    /// The strategy's RON name.
    pub strategy: &'static str,
    /// The random numbers' seed.
    pub seed: u64,
    /// `succeeded`, `rolled_back` or `failed`.
    pub outcome: &'static str,
    /// From the start until nothing is left to do, in seconds.
    pub duration_s: f64,
    /// With no instance in service, in seconds.
    pub downtime_s: f64,
    /// With capacity below demand, downtime included, in seconds.
    pub degraded_s: f64,
    /// With both versions getting traffic, in seconds.
    pub mixed_versions_s: f64,
    /// The lowest in-service capacity over the desired capacity.
    pub min_capacity_fraction: f64,
    /// The most instances that existed at once.
    pub max_instances: u32,
    /// Instance-seconds beyond the desired size.
    pub extra_instance_s: f64,
    /// Requests that came during the deployment, and those in flight at its start that it cut.
    pub requests_total: f64,
    /// Requests that failed.
    pub requests_failed: f64,
    /// Requests that failed, by cause; those that occurred.
    pub requests_failed_by_cause: BTreeMap<&'static str, f64>,
    /// The share of requests that were served, 0 to 1; 1 where none came.
    pub availability: f64,
    /// Requests that the new version got before it was fully rolled out.
    pub exposed_requests: f64,
    /// From the decision to go back until all is well again, in seconds; none where there was none.
    pub rollback_s: Option<f64>,
    /// From the first trouble until it was noticed that the deployment goes wrong, in seconds; none where it never was.
    pub time_to_notice_s: Option<f64>,
    /// Instances that run the old version at the end, those that failed not among them.
    pub instances_left_old: u32,
    /// Instances that run the new version at the end, those that failed not among them.
    pub instances_left_new: u32,
    /// Instances that do not serve at the end because they died or failed.
    pub instances_left_failed: u32,
    /// What a person has to do next: `nothing`, `deploy_again`, `redeploy_old_version` or `mend_instances`.
    pub next_step: &'static str,
}

/// A cause's key in the JSON output.
pub fn cause_key(cause: Cause) -> &'static str {
    match cause {
        Cause::NoCapacity => "no_capacity",
        Cause::Overload => "overload",
        Cause::CutOff => "cut_off",
        Cause::StaleDns => "stale_dns",
        Cause::NewVersionError => "new_version_error",
        Cause::DeadTarget => "dead_target",
    }
}

impl Metrics {
    /// The figures of `timeline`, which is what became of `scenario`.
    pub fn new(scenario: &Scenario, timeline: &Timeline) -> Metrics {
        let totals = timeline.totals();
        let failed = totals.failed_total();
        let left = Left::new(timeline);
        let by_cause = Cause::ALL.map(|cause| (cause_key(cause), totals.failed[cause as usize]));
        Metrics {
            scenario: scenario.name.clone(),
            strategy: scenario.strategy.kind().ron_name(),
            seed: scenario.seed,
            outcome: match timeline.outcome() {
                Outcome::Succeeded => "succeeded",
                Outcome::RolledBack => "rolled_back",
                Outcome::Failed => "failed",
            },
            duration_s: timeline.end().as_secs_f64(),
            downtime_s: totals.downtime_s,
            degraded_s: totals.degraded_s,
            mixed_versions_s: totals.mixed_versions_s,
            min_capacity_fraction: totals.min_capacity_fraction,
            max_instances: totals.max_instances,
            extra_instance_s: totals.extra_instance_s,
            requests_total: totals.requests,
            requests_failed: failed,
            requests_failed_by_cause: by_cause.into_iter().filter(|&(_, requests)| requests > 0.0).collect(),
            // Where all failed, rounding may have the sum of the causes a hair above the requests.
            availability: if totals.requests > 0.0 { (1.0 - failed / totals.requests).clamp(0.0, 1.0) } else { 1.0 },
            exposed_requests: totals.exposed,
            rollback_s: timeline.rollback().map(Duration::as_secs_f64),
            time_to_notice_s: timeline.time_to_notice().map(Duration::as_secs_f64),
            instances_left_old: left.of(Version::Old),
            instances_left_new: left.of(Version::New),
            instances_left_failed: left.failed,
            next_step: next_step(timeline.outcome(), &left),
        }
    }
}

/// What is there at the end.
struct Left {
    existing: [u32; 2],
    failed_of: [u32; 2],
    failed: u32,
}

impl Left {
    fn new(timeline: &Timeline) -> Left {
        let moment = timeline.at(timeline.end());
        let trouble = timeline.trouble(moment);
        let existing = [moment.existing_old, moment.existing_new];
        // Where a run is broken off, the balancer may still count on some that are gone already.
        let failed_of = [Version::Old, Version::New].map(|version| {
            let failed = trouble.failed_of(version) + trouble.dead_of(version);
            failed.min(existing[version as usize])
        });
        Left { existing, failed_of, failed: failed_of.iter().sum() }
    }

    fn of(&self, version: Version) -> u32 {
        self.existing[version as usize].saturating_sub(self.failed_of[version as usize])
    }
}

fn next_step(outcome: Outcome, left: &Left) -> &'static str {
    match outcome {
        Outcome::Succeeded | Outcome::RolledBack if left.failed > 0 => "mend_instances",
        Outcome::Succeeded => "nothing",
        Outcome::Failed if left.existing[Version::New as usize] > 0 => "redeploy_old_version",
        // The release, or the settings, are mended first; the service is well.
        Outcome::RolledBack | Outcome::Failed => "deploy_again",
    }
}
