//! The figures that are numbers, each by its key: what studies vary, compare, bound and minimise.

use crate::timeline::Cause;

/// Which figure: those that are numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each is the figure of the JSON key that `name` gives")]
pub enum Key {
    Duration,
    Downtime,
    Degraded,
    MixedVersions,
    MinCapacity,
    MaxInstances,
    ExtraInstance,
    Requests,
    Failed,
    /// Failed requests of one cause.
    FailedBy(Cause),
    /// Failed requests, of all.
    FailedShare,
    Availability,
    Exposed,
    /// Requests that the new version got before it was fully rolled out, of all.
    ExposedShare,
    Rollback,
    TimeToNotice,
    /// From the first trouble until the old version serves everything again; infinite where a bad version stays.
    BackToGood,
    LeftOld,
    LeftNew,
    LeftFailed,
    /// The fewer of the two versions' instances at the end.
    LeftMixed,
}

impl Key {
    /// All of them, in the order of the JSON output; those worked out from others follow what they are of.
    pub const ALL: [Key; 26] = [
        Key::Duration,
        Key::Downtime,
        Key::Degraded,
        Key::MixedVersions,
        Key::MinCapacity,
        Key::MaxInstances,
        Key::ExtraInstance,
        Key::Requests,
        Key::Failed,
        Key::FailedBy(Cause::NoCapacity),
        Key::FailedBy(Cause::Overload),
        Key::FailedBy(Cause::CutOff),
        Key::FailedBy(Cause::StaleDns),
        Key::FailedBy(Cause::NewVersionError),
        Key::FailedBy(Cause::DeadTarget),
        Key::FailedShare,
        Key::Availability,
        Key::Exposed,
        Key::ExposedShare,
        Key::Rollback,
        Key::TimeToNotice,
        Key::BackToGood,
        Key::LeftOld,
        Key::LeftNew,
        Key::LeftFailed,
        Key::LeftMixed,
    ];

    /// Its name in the JSON output.
    pub fn name(self) -> &'static str {
        match self {
            Key::Duration => "duration_s",
            Key::Downtime => "downtime_s",
            Key::Degraded => "degraded_s",
            Key::MixedVersions => "mixed_versions_s",
            Key::MinCapacity => "min_capacity_fraction",
            Key::MaxInstances => "max_instances",
            Key::ExtraInstance => "extra_instance_s",
            Key::Requests => "requests_total",
            Key::Failed => "requests_failed",
            Key::FailedBy(Cause::NoCapacity) => "requests_failed_by_cause.no_capacity",
            Key::FailedBy(Cause::Overload) => "requests_failed_by_cause.overload",
            Key::FailedBy(Cause::CutOff) => "requests_failed_by_cause.cut_off",
            Key::FailedBy(Cause::StaleDns) => "requests_failed_by_cause.stale_dns",
            Key::FailedBy(Cause::NewVersionError) => "requests_failed_by_cause.new_version_error",
            Key::FailedBy(Cause::DeadTarget) => "requests_failed_by_cause.dead_target",
            Key::FailedShare => "failed_share",
            Key::Availability => "availability",
            Key::Exposed => "exposed_requests",
            Key::ExposedShare => "exposed_share",
            Key::Rollback => "rollback_s",
            Key::TimeToNotice => "time_to_notice_s",
            Key::BackToGood => "back_to_good_s",
            Key::LeftOld => "instances_left_old",
            Key::LeftNew => "instances_left_new",
            Key::LeftFailed => "instances_left_failed",
            Key::LeftMixed => "instances_left_mixed",
        }
    }

    /// The figure of a name.
    pub fn of_name(name: &str) -> Option<Key> {
        Key::ALL.into_iter().find(|key| key.name() == name)
    }

    /// What it counts.
    pub fn unit(self) -> Unit {
        match self {
            Key::Duration | Key::Downtime | Key::Degraded | Key::MixedVersions | Key::Rollback | Key::TimeToNotice | Key::BackToGood => {
                Unit::Seconds
            }
            Key::MinCapacity | Key::Availability | Key::FailedShare | Key::ExposedShare => Unit::Fraction,
            Key::Requests | Key::Failed | Key::FailedBy(_) | Key::Exposed => Unit::Requests,
            Key::MaxInstances | Key::LeftOld | Key::LeftNew | Key::LeftFailed | Key::LeftMixed => Unit::Instances,
            Key::ExtraInstance => Unit::InstanceSeconds,
        }
    }

    /// Which way it gets better; none where neither is better.
    pub fn better(self) -> Option<Better> {
        match self {
            Key::Duration
            | Key::Downtime
            | Key::Degraded
            | Key::MixedVersions
            | Key::MaxInstances
            | Key::ExtraInstance
            | Key::Failed
            | Key::FailedBy(_)
            | Key::FailedShare
            | Key::Exposed
            | Key::ExposedShare
            | Key::Rollback
            | Key::TimeToNotice
            | Key::BackToGood
            | Key::LeftFailed
            | Key::LeftMixed => Some(Better::Less),
            Key::MinCapacity | Key::Availability => Some(Better::More),
            Key::Requests | Key::LeftOld | Key::LeftNew => None,
        }
    }
}

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Seconds.
    Seconds,
    /// A part of a whole, 0 to 1; a capacity may be more.
    Fraction,
    /// Requests.
    Requests,
    /// Instances.
    Instances,
    /// Instance-seconds.
    InstanceSeconds,
}

/// Which way a figure gets better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// Less is better.
    Less,
    /// More is better.
    More,
}
