//! What is wrong: with the new version, with instances, and what is done about it.

use super::Spread;
use crate::units::Duration;

/// What is wrong with the new version. The default is a healthy one.
#[derive(Clone, Debug, PartialEq)]
pub struct Release {
    /// The share of its own requests that it fails, 0 to 1.
    pub error_rate: f64,
    /// The probability that an instance running it never passes its checks, 0 to 1.
    pub startup_failure: f64,
    /// Which instances never pass their checks, whatever the chance is; none: it is left to chance.
    pub startup_failure_of: Option<Places>,
    /// It passes its checks, then dies after this time.
    pub crash_after: Option<Spread>,
    /// It serves this share of the old version's requests per second; above 0, at most 100.
    pub capacity_factor: f64,
}

impl Default for Release {
    fn default() -> Self {
        Release { error_rate: 0.0, startup_failure: 0.0, startup_failure_of: None, crash_after: None, capacity_factor: 1.0 }
    }
}

/// Instances by the order in which the new version comes to them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Places {
    /// The last so many.
    Last(u32),
    /// The one at this place, counted from 1.
    Place(u32),
}

/// What happens to instances of either version. The default is nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Failures {
    /// Mean time between failures of one instance in service; at least [`MIN_MTBF`](super::limits::MIN_MTBF).
    pub instance_mtbf: Option<Duration>,
    /// What happens, each at its time.
    pub events: Vec<Event>,
    /// How a dead instance comes back; none: it does not.
    pub recovery: Option<Recovery>,
}

/// Something that happens at a time after the deployment's start.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// Instances in service die, so many of them, whichever the seed says.
    Kill {
        /// When.
        at: Duration,
        /// How many.
        instances: u32,
    },
    /// One instance dies, if it is in service then. A text says `Kill` of it too, with `instance` in place of `instances`.
    KillInstance {
        /// When.
        at: Duration,
        /// Its number, counted from 1: those of the start first, then in order of launch.
        instance: u32,
    },
    /// The new version begins to fail requests.
    TurnBad {
        /// When.
        at: Duration,
        /// The share of its requests that fail, 0 to 1.
        error_rate: f64,
    },
    /// The new version is well again.
    TurnGood {
        /// When.
        at: Duration,
    },
    /// The demand changes.
    Demand {
        /// When.
        at: Duration,
        /// Requests per second from then on.
        rps: f64,
    },
    /// A person aborts the deployment.
    Abort {
        /// When.
        at: Duration,
    },
    /// A person approves where the plan waits for one.
    Approve {
        /// When.
        at: Duration,
    },
}

impl Event {
    /// When it happens.
    pub fn at(&self) -> Duration {
        let (Event::Kill { at, .. }
        | Event::KillInstance { at, .. }
        | Event::TurnBad { at, .. }
        | Event::TurnGood { at }
        | Event::Demand { at, .. }
        | Event::Abort { at }
        | Event::Approve { at }) = *self;
        at
    }

    /// The same at another time.
    pub fn set_at(&mut self, when: Duration) {
        let (Event::Kill { at, .. }
        | Event::KillInstance { at, .. }
        | Event::TurnBad { at, .. }
        | Event::TurnGood { at }
        | Event::Demand { at, .. }
        | Event::Abort { at }
        | Event::Approve { at }) = self;
        *at = when;
    }
}

/// How a dead instance comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recovery {
    /// It is started again in place once the load balancer has noticed: start-up and checks.
    Restart,
    /// A new instance takes its place once the load balancer has noticed: boot, install, start-up and checks.
    Replace,
}

/// What is watched during the deployment.
#[derive(Clone, Debug, PartialEq)]
pub struct Alarm {
    /// What is measured.
    pub metric: Metric,
    /// Above it (below it, for capacity) a period breaches; 0 to 1.
    pub threshold: f64,
    /// The time over which the metric is taken.
    pub period: Duration,
    /// Breaching periods in a row until the alarm goes off; at least 1.
    pub periods: u32,
    /// How long it still watches when everything else is done; the deployment ends after it.
    pub bake: Duration,
    /// Whether it sees what a monitor would: of the requests of its period a random number has failed, binomially
    /// distributed. So one over few requests can miss a bad release, and go off over a healthy one.
    pub sampled: bool,
    /// The share of all requests that fail whatever is deployed, 0 to 1. Only the alarm sees them: they are not the
    /// deployment's, and not among its figures.
    pub base_error_rate: f64,
}

/// What an alarm measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metric {
    /// Failed over all requests of the period.
    ErrorRate,
    /// Failed over those sent to the new version.
    NewVersionErrorRate,
    /// Capacity over desired capacity, going below the threshold.
    CapacityFraction,
}

impl Metric {
    /// Whether a value is on the wrong side of a threshold: above it, or below it for capacity.
    pub fn is_bad(self, value: f64, threshold: f64) -> bool {
        match self {
            Metric::ErrorRate | Metric::NewVersionErrorRate => value > threshold,
            Metric::CapacityFraction => value < threshold,
        }
    }
}

/// What follows a failed deployment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnFailure {
    /// The platform goes back by itself.
    Rollback,
    /// Everything stays as it is.
    Stop,
    /// The deployment goes on with the next batch (Elastic Beanstalk's `IgnoreHealthCheck`).
    Ignore,
    /// A person notices and redeploys the old version after this time.
    Redeploy {
        /// How long the person takes.
        after: Duration,
    },
}
