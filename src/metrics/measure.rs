//! The figures as numbers, each by its key: what studies vary, compare, bound and minimise.

use super::Metrics;

/// A figure that is a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each is the field of Metrics whose key it has")]
pub enum Measure {
    Duration,
    Downtime,
    Degraded,
    MixedVersions,
    MinCapacity,
    MaxInstances,
    ExtraInstances,
    RequestsTotal,
    RequestsFailed,
    FailedShare,
    Availability,
    ExposedRequests,
    ExposedShare,
    Rollback,
    TimeToNotice,
    LeftMixed,
    LeftFailed,
}

/// What a measure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Seconds.
    Seconds,
    /// A part of a whole, 0 to 1; capacity and instances may be more.
    Fraction,
    /// Requests.
    Requests,
    /// Instances.
    Instances,
    /// Instance-seconds.
    InstanceSeconds,
}

/// Which way a measure gets better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// Less is better.
    Less,
    /// More is better.
    More,
}

impl Measure {
    /// All of them, in the order of the scorecard.
    pub const ALL: [Measure; 17] = [
        Measure::Duration,
        Measure::Downtime,
        Measure::Degraded,
        Measure::MixedVersions,
        Measure::MinCapacity,
        Measure::MaxInstances,
        Measure::ExtraInstances,
        Measure::RequestsTotal,
        Measure::RequestsFailed,
        Measure::FailedShare,
        Measure::Availability,
        Measure::ExposedRequests,
        Measure::ExposedShare,
        Measure::Rollback,
        Measure::TimeToNotice,
        Measure::LeftMixed,
        Measure::LeftFailed,
    ];

    /// Its key on the command line and in JSON.
    pub fn key(self) -> &'static str {
        match self {
            Measure::Duration => "duration_s",
            Measure::Downtime => "downtime_s",
            Measure::Degraded => "degraded_s",
            Measure::MixedVersions => "mixed_versions_s",
            Measure::MinCapacity => "min_capacity_fraction",
            Measure::MaxInstances => "max_instances",
            Measure::ExtraInstances => "extra_instance_s",
            Measure::RequestsTotal => "requests_total",
            Measure::RequestsFailed => "requests_failed",
            Measure::FailedShare => "failed_share",
            Measure::Availability => "availability",
            Measure::ExposedRequests => "exposed_requests",
            Measure::ExposedShare => "exposed_share",
            Measure::Rollback => "rollback_s",
            Measure::TimeToNotice => "time_to_notice_s",
            Measure::LeftMixed => "left_mixed",
            Measure::LeftFailed => "left_failed",
        }
    }

    /// The measure of a key.
    pub fn of_key(key: &str) -> Option<Measure> {
        Measure::ALL.into_iter().find(|measure| measure.key() == key)
    }

    /// What it counts.
    pub fn unit(self) -> Unit {
        match self {
            Measure::Duration
            | Measure::Downtime
            | Measure::Degraded
            | Measure::MixedVersions
            | Measure::Rollback
            | Measure::TimeToNotice => Unit::Seconds,
            Measure::MinCapacity | Measure::FailedShare | Measure::Availability | Measure::ExposedShare => Unit::Fraction,
            Measure::RequestsTotal | Measure::RequestsFailed | Measure::ExposedRequests => Unit::Requests,
            Measure::MaxInstances | Measure::LeftMixed | Measure::LeftFailed => Unit::Instances,
            Measure::ExtraInstances => Unit::InstanceSeconds,
        }
    }

    /// Which way it gets better.
    pub fn better(self) -> Better {
        match self {
            Measure::MinCapacity | Measure::Availability | Measure::RequestsTotal => Better::More,
            Measure::Duration
            | Measure::Downtime
            | Measure::Degraded
            | Measure::MixedVersions
            | Measure::MaxInstances
            | Measure::ExtraInstances
            | Measure::RequestsFailed
            | Measure::FailedShare
            | Measure::ExposedRequests
            | Measure::ExposedShare
            | Measure::Rollback
            | Measure::TimeToNotice
            | Measure::LeftMixed
            | Measure::LeftFailed => Better::Less,
        }
    }

    /// Its value in a deployment's figures; none where there is none, as of a rollback that never was.
    pub fn of(self, m: &Metrics) -> Option<f64> {
        let of_all = |requests: f64| if m.requests_total > 0.0 { requests / m.requests_total } else { 0.0 };
        Some(match self {
            Measure::Duration => m.duration_s,
            Measure::Downtime => m.downtime_s,
            Measure::Degraded => m.degraded_s,
            Measure::MixedVersions => m.mixed_versions_s,
            Measure::MinCapacity => m.min_capacity_fraction,
            Measure::MaxInstances => f64::from(m.max_instances),
            Measure::ExtraInstances => m.extra_instance_s,
            Measure::RequestsTotal => m.requests_total,
            Measure::RequestsFailed => m.requests_failed,
            Measure::FailedShare => of_all(m.requests_failed),
            Measure::Availability => m.availability,
            Measure::ExposedRequests => m.exposed_requests,
            Measure::ExposedShare => of_all(m.exposed_requests),
            Measure::Rollback => return m.rollback_s,
            Measure::TimeToNotice => return m.time_to_notice_s,
            // The fewer of the two versions are the ones that are left mixed with the other.
            Measure::LeftMixed => f64::from(m.instances_left_old.min(m.instances_left_new)),
            Measure::LeftFailed => f64::from(m.instances_left_failed),
        })
    }
}
