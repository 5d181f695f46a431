//! The scorecard: the figures of one deployment, under the names that scripts rely on.

mod key;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::scenario::Scenario;
use crate::timeline::{Cause, Outcome, Timeline, Version};
use crate::units::Duration;

pub use key::{Better, Key, Unit};

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
        Metrics::of(scenario, scenario.seed, &Figures::new(timeline))
    }

    /// The figures of a run of `scenario` with a seed, under their names.
    pub fn of(scenario: &Scenario, seed: u64, figures: &Figures) -> Metrics {
        let by_cause = Cause::ALL.map(|cause| (cause_key(cause), figures.failed_by_cause[cause as usize]));
        Metrics {
            scenario: scenario.name.clone(),
            strategy: scenario.strategy.kind().ron_name(),
            seed,
            outcome: outcome_key(figures.outcome),
            duration_s: figures.duration_s,
            downtime_s: figures.downtime_s,
            degraded_s: figures.degraded_s,
            mixed_versions_s: figures.mixed_versions_s,
            min_capacity_fraction: figures.min_capacity_fraction,
            max_instances: figures.max_instances,
            extra_instance_s: figures.extra_instance_s,
            requests_total: figures.requests_total,
            requests_failed: figures.requests_failed,
            requests_failed_by_cause: by_cause.into_iter().filter(|&(_, requests)| requests > 0.0).collect(),
            availability: figures.availability,
            exposed_requests: figures.exposed_requests,
            rollback_s: figures.rollback_s,
            time_to_notice_s: figures.time_to_notice_s,
            instances_left_old: figures.instances_left_old,
            instances_left_new: figures.instances_left_new,
            instances_left_failed: figures.instances_left_failed,
            next_step: figures.next_step,
        }
    }
}

/// The same figures as plain numbers: what thousands of runs are counted by. Names and units are those of [`Metrics`].
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(missing_docs, reason = "each is the field of the same name of `Metrics`")]
pub struct Figures {
    pub outcome: Outcome,
    pub duration_s: f64,
    pub downtime_s: f64,
    pub degraded_s: f64,
    pub mixed_versions_s: f64,
    pub min_capacity_fraction: f64,
    pub max_instances: u32,
    pub extra_instance_s: f64,
    pub requests_total: f64,
    pub requests_failed: f64,
    /// By [`Cause::ALL`].
    pub failed_by_cause: [f64; 6],
    pub availability: f64,
    pub exposed_requests: f64,
    pub rollback_s: Option<f64>,
    pub time_to_notice_s: Option<f64>,
    pub instances_left_old: u32,
    pub instances_left_new: u32,
    pub instances_left_failed: u32,
    pub next_step: &'static str,
}

impl Figures {
    /// The figures of a timeline.
    pub fn new(timeline: &Timeline) -> Figures {
        let totals = timeline.totals();
        let failed = totals.failed_total();
        let left = Left::new(timeline);
        Figures {
            outcome: timeline.outcome(),
            duration_s: timeline.end().as_secs_f64(),
            downtime_s: totals.downtime_s,
            degraded_s: totals.degraded_s,
            mixed_versions_s: totals.mixed_versions_s,
            min_capacity_fraction: totals.min_capacity_fraction,
            max_instances: totals.max_instances,
            extra_instance_s: totals.extra_instance_s,
            requests_total: totals.requests,
            requests_failed: failed,
            failed_by_cause: totals.failed,
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

    /// One of the figures; none where this run has none.
    pub fn get(&self, key: Key) -> Option<f64> {
        Some(match key {
            Key::Duration => self.duration_s,
            Key::Downtime => self.downtime_s,
            Key::Degraded => self.degraded_s,
            Key::MixedVersions => self.mixed_versions_s,
            Key::MinCapacity => self.min_capacity_fraction,
            Key::MaxInstances => f64::from(self.max_instances),
            Key::ExtraInstance => self.extra_instance_s,
            Key::Requests => self.requests_total,
            Key::Failed => self.requests_failed,
            Key::FailedBy(cause) => self.failed_by_cause[cause as usize],
            Key::FailedShare => self.of_all(self.requests_failed),
            Key::Availability => self.availability,
            Key::Exposed => self.exposed_requests,
            Key::ExposedShare => self.of_all(self.exposed_requests),
            Key::Rollback => return self.rollback_s,
            Key::TimeToNotice => return self.time_to_notice_s,
            Key::BackToGood => return self.back_to_good_s(),
            Key::LeftOld => f64::from(self.instances_left_old),
            Key::LeftNew => f64::from(self.instances_left_new),
            Key::LeftFailed => f64::from(self.instances_left_failed),
            Key::LeftMixed => f64::from(self.instances_left_old.min(self.instances_left_new)),
        })
    }

    fn of_all(&self, requests: f64) -> f64 {
        if self.requests_total > 0.0 { requests / self.requests_total } else { 0.0 }
    }

    /// From the first trouble until the old version serves everything again: noticing it, and going back. Infinite where
    /// a version that fails stays; none where there was nothing to come back from.
    fn back_to_good_s(&self) -> Option<f64> {
        let new_version_stays = self.instances_left_new > 0;
        match self.outcome {
            Outcome::RolledBack => Some(self.time_to_notice_s.unwrap_or(0.0) + self.rollback_s.unwrap_or(0.0)),
            Outcome::Failed => new_version_stays.then_some(f64::INFINITY),
            Outcome::Succeeded => {
                (new_version_stays && self.failed_by_cause[Cause::NewVersionError as usize] > 0.0).then_some(f64::INFINITY)
            }
        }
    }
}

/// An outcome's name in the JSON output.
pub fn outcome_key(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Succeeded => "succeeded",
        Outcome::RolledBack => "rolled_back",
        Outcome::Failed => "failed",
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
