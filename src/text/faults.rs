//! The words on the controls for what goes wrong, what watches over it, and what is done about it.

use super::controls::Setting;
use super::numbers::{clock, percent, rate, whole};
use crate::scenario::{AllUnhealthy, CircuitBreaker, Event, Metric, OnFailure, Places, Recovery, Threshold};
use crate::strategy::{RefreshBounds, TaskBounds};
use crate::units::{Duration, Time};

/// A section of settings.
pub const NEW_VERSION: &str = "New version";
/// A section of settings.
pub const FAILURES: &str = "Failures";
/// A section of settings.
pub const ALARM: &str = "Alarm";
/// A section of settings.
pub const WHEN_IT_FAILS: &str = "When it fails";

/// See [`Setting`].
pub const ERROR_RATE: Setting = ("Error rate", "The share of its own requests that the new version fails.");
/// See [`Setting`].
pub const STARTUP_FAILURE: Setting =
    ("Startup failure", "The chance that an instance with the new version never passes its health checks.");
/// See [`Setting`].
pub const PLACES: Setting =
    ("Certain failure", "Which instances never pass their checks, in the order in which the new version comes to them.");
/// Which instances never pass.
pub const PLACES_KINDS: [&str; 3] = ["none", "the last", "at a place"];
/// See [`Setting`].
pub const LAST: Setting = ("The last", "So many of those that get the new version last never pass their checks.");
/// See [`Setting`].
pub const PLACE: Setting = ("Place", "The one that gets the new version at this place, counted from 1, never passes its checks.");
/// See [`Setting`].
pub const CRASHES: Setting = ("Crashes", "Whether an instance with the new version passes its checks and dies later.");
/// Whether it crashes.
pub const CRASHES_KINDS: [&str; 2] = ["never", "after a time"];
/// See [`Setting`].
pub const CRASH_AFTER: Setting = ("Crash after", "From the moment it is in service. Such as 5m, or varying: 4m..8m, 5m ± 1m.");
/// See [`Setting`].
pub const CAPACITY: Setting = ("Capacity", "What one instance with the new version serves, of what one with the old version does.");

/// See [`Setting`].
pub const DEATHS: Setting = ("Instances die", "Whether instances of either version in service die at random times.");
/// Whether they die.
pub const DEATHS_KINDS: [&str; 2] = ["never", "at random"];
/// See [`Setting`].
pub const MTBF: Setting = ("Mean time", "The mean time in service until one instance dies (mean time between failures).");
/// See [`Setting`].
pub const RECOVERY: Setting = ("A dead one", "What becomes of a dead instance when the load balancer has noticed.");
/// What becomes of it.
pub const RECOVERIES: [&str; 3] = ["stays dead", "is restarted", "is replaced"];
/// Under the events of a scenario.
pub const EVENTS_HINT: &str = "Events are edited in the scenario's file.";

/// See [`Setting`].
pub const ALARM_SET: Setting = ("Alarm is", "Whether a metric is watched during the deployment.");
/// Whether there is one.
pub const OFF_ON: [&str; 2] = ["off", "on"];
/// See [`Setting`].
pub const METRIC: Setting =
    ("Watches", "Failed requests of all, failed requests of those sent to the new version, or capacity in service.");
/// What is watched: in the menu, beside [`METRIC`].
pub const METRICS: [&str; 3] = ["all requests", "new version", "capacity"];
/// See [`Setting`].
pub const ABOVE: Setting = ("Above", "A period with more than this share of failed requests breaches.");
/// See [`Setting`].
pub const BELOW: Setting = ("Below", "A period with less than this share of the fleet's capacity, in the mean, breaches.");
/// See [`Setting`].
pub const MEASURED_OVER: Setting = ("Measured over", "The time of one period: its value is known at its end.");
/// See [`Setting`].
pub const PERIODS: Setting = ("In a row", "So many periods in a row must breach until the alarm goes off.");
/// See [`Setting`].
pub const KEEP_WATCHING: Setting = ("Keep watching", "How long the alarm still watches when everything else is done.");

/// See [`Setting`].
pub const ON_FAILURE: Setting = ("Then", "What follows when an instance does not get healthy, or the alarm goes off.");
/// What follows.
pub const ON_FAILURES: [&str; 5] = ["as documented", "it goes back", "it stops", "it goes on", "redeployed by hand"];
/// See [`Setting`].
pub const REDEPLOY_AFTER: Setting = ("Redeploy after", "How long a person takes to notice and to deploy the old version again.");
/// See [`Setting`].
pub const TIMEOUT: Setting = ("Timeout", "An instance that is not healthy so long after work on it began has failed.");

/// See [`Setting`].
pub const QUOTA: Setting = ("Quota", "Whether there is a limit to how many instances exist at once.");
/// Whether there is one.
pub const QUOTAS: [&str; 2] = ["none", "limited"];
/// See [`Setting`].
pub const MOST_AT_ONCE: Setting = ("Most at once", "The most instances that may exist at once; a launch beyond it waits for room.");
/// See [`Setting`].
pub const PROPAGATION: Setting =
    ("Learns after", "So long it goes on sending requests to an instance that was taken out, and waits before it uses a new one.");
/// See [`Setting`].
pub const UNHEALTHY_THRESHOLD: Setting = ("Unhealthy after", "Failed checks in a row until an instance is taken out.");
/// See [`Setting`].
pub const ALL_UNHEALTHY: Setting = ("All unhealthy", "What it does while every instance of a group is unhealthy.");
/// What it does.
pub const ALL_UNHEALTHY_KINDS: [&str; 2] = ["sends to all", "refuses"];

/// See [`Setting`].
pub const LATE: Setting = ("Late clients", "Whether some clients hold on to a DNS answer for longer than its time to live.");
/// Whether there are any.
pub const LATE_KINDS: [&str; 2] = ["none", "some"];
/// See [`Setting`].
pub const LATE_SHARE: Setting = ("Their share", "How many of all clients hold on for longer.");
/// See [`Setting`].
pub const LATE_TTL: Setting = ("They follow over", "How long they keep the old answer; they follow evenly over this time.");

/// See [`Setting`].
pub const TASKS_MINIMUM: Setting = ("Minimum running", "The least tasks that run (minimumHealthyPercent). Rounded up.");
/// See [`Setting`].
pub const TASKS_MAXIMUM: Setting = ("Maximum", "The most tasks that there are (maximumPercent). Rounded down.");
/// See [`Setting`].
pub const BREAKER: Setting = ("Circuit breaker", "What happens when too many tasks of the new version have failed.");
/// What it does.
pub const BREAKERS: [&str; 3] = ["off", "stops", "goes back"];
/// See [`Setting`].
pub const BREAKER_THRESHOLD: Setting =
    ("Counts to", "A share of the tasks, at least 3 and at most 200; a share without those bounds; or a number.");
/// How it counts.
pub const BREAKER_THRESHOLDS: [&str; 3] = ["percent, 3 to 200", "percent", "a number"];
/// See [`Setting`].
pub const FAILED_TASKS: Setting = ("Failed tasks", "So many failed tasks fail the deployment.");

/// See [`Setting`].
pub const REFRESH_MINIMUM: Setting = ("Minimum healthy", "The least healthy instances (MinHealthyPercentage). Rounded up.");
/// See [`Setting`].
pub const REFRESH_MAXIMUM: Setting =
    ("Maximum healthy", "Above 100 %, replacements start before old instances end (MaxHealthyPercentage). Rounded down.");
/// See [`Setting`].
pub const CHECKPOINTS: Setting = ("Checkpoints", "Where it pauses: rising percentages, such as 20, 50, 100. It ends at the last one.");
/// See [`Setting`].
pub const CHECKPOINT_DELAY: Setting = ("Pause", "How long it pauses at a checkpoint.");
/// See [`Setting`].
pub const REFRESH_BAKE: Setting = ("Bake", "How long it waits when all are replaced.");
/// See [`Setting`].
pub const AUTO_ROLLBACK: Setting = ("Auto rollback", "Whether a failure replaces the new instances by old ones again.");

/// The unit of periods.
pub const PERIODS_UNIT: &str = "periods";
/// The unit of tasks.
pub const TASKS_UNIT: &str = "tasks";
/// What is said of checkpoints that cannot be read.
pub const NO_CHECKPOINTS: &str = "rising percentages from 1 to 100, such as 20, 50, 100";

/// Which of [`PLACES_KINDS`].
pub fn places_index(places: Option<Places>) -> usize {
    match places {
        None => 0,
        Some(Places::Last(_)) => 1,
        Some(Places::Place(_)) => 2,
    }
}

/// Which of [`RECOVERIES`].
pub fn recovery_index(recovery: Option<Recovery>) -> usize {
    match recovery {
        None => 0,
        Some(Recovery::Restart) => 1,
        Some(Recovery::Replace) => 2,
    }
}

/// Which of [`METRICS`].
pub fn metric_index(metric: Metric) -> usize {
    match metric {
        Metric::ErrorRate => 0,
        Metric::NewVersionErrorRate => 1,
        Metric::CapacityFraction => 2,
    }
}

/// What is measured, in a sentence.
pub fn metric_name(metric: Metric) -> &'static str {
    match metric {
        Metric::ErrorRate => "error rate",
        Metric::NewVersionErrorRate => "new version's error rate",
        Metric::CapacityFraction => "capacity",
    }
}

/// Which of [`ON_FAILURES`].
pub fn on_failure_index(on_failure: Option<OnFailure>) -> usize {
    match on_failure {
        None => 0,
        Some(OnFailure::Rollback) => 1,
        Some(OnFailure::Stop) => 2,
        Some(OnFailure::Ignore) => 3,
        Some(OnFailure::Redeploy { .. }) => 4,
    }
}

/// What a strategy does unless it is told otherwise.
pub fn documented(on_failure: OnFailure) -> String {
    let does = match on_failure {
        OnFailure::Rollback => "it goes back by itself",
        OnFailure::Stop => "it stops, and everything stays as it is",
        OnFailure::Ignore => "it goes on with the next batch",
        OnFailure::Redeploy { .. } => "a person deploys the old version again",
    };
    format!("Documented of this strategy: {does}.")
}

/// Which of [`ALL_UNHEALTHY_KINDS`].
pub fn all_unhealthy_index(all_unhealthy: AllUnhealthy) -> usize {
    match all_unhealthy {
        AllUnhealthy::FailOpen => 0,
        AllUnhealthy::Refuse => 1,
    }
}

/// Which of [`BREAKERS`].
pub fn breaker_index(breaker: Option<CircuitBreaker>) -> usize {
    match breaker {
        None => 0,
        Some(CircuitBreaker { rollback: false, .. }) => 1,
        Some(CircuitBreaker { rollback: true, .. }) => 2,
    }
}

/// Which of [`BREAKER_THRESHOLDS`].
pub fn threshold_index(threshold: Threshold) -> usize {
    match threshold {
        Threshold::BoundedPercent(_) => 0,
        Threshold::UnboundedPercent(_) => 1,
        Threshold::Count(_) => 2,
    }
}

/// What a service's bounds come to: `5 to 20 tasks: 10 may start, 5 may stop first`.
pub fn tasks_come_to(bounds: TaskBounds, desired: u32) -> String {
    let n = |n: u32| whole(u64::from(n));
    let (start, stop) = (bounds.may_start(desired), bounds.may_stop(desired));
    format!("{} to {} tasks: {} may start, {} may stop first", n(bounds.least), n(bounds.most), n(start), n(stop))
}

/// What a breaker's threshold comes to.
pub fn breaker_comes_to(failed: u32) -> String {
    if failed == 1 { "1 failed task is too many".into() } else { format!("{} failed tasks are too many", whole(u64::from(failed))) }
}

/// What an instance refresh's bounds come to: `9 to 10 instances, 1 at a time`.
pub fn refresh_comes_to(bounds: RefreshBounds) -> String {
    let n = |n: u32| whole(u64::from(n));
    format!("{} to {} instances, {} at a time", n(bounds.least), n(bounds.most), n(bounds.batch))
}

/// Something that happens at a time.
pub fn event(event: &Event) -> String {
    let at = |at: Duration| clock(Time::ZERO + at);
    match *event {
        Event::Kill { at: when, instances: 1 } => format!("{}: 1 instance dies", at(when)),
        Event::Kill { at: when, instances } => format!("{}: {} instances die", at(when), whole(u64::from(instances))),
        Event::TurnBad { at: when, error_rate } => format!("{}: the new version fails {}", at(when), percent(error_rate)),
        Event::TurnGood { at: when } => format!("{}: the new version is well again", at(when)),
        Event::Demand { at: when, rps } => format!("{}: the demand is {}", at(when), rate(rps)),
        Event::Abort { at: when } => format!("{}: a person aborts", at(when)),
        Event::Approve { at: when } => format!("{}: a person approves", at(when)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Share;

    #[test]
    fn bounds_say_what_they_come_to() {
        let bounds = TaskBounds::of(10, Share::from_percent(50), Share::from_percent(200));
        assert_eq!(tasks_come_to(bounds, 10), "5 to 20 tasks: 10 may start, 5 may stop first");
        // 80 % of 10 is 8: two at a time.
        assert_eq!(refresh_comes_to(RefreshBounds::of(10, Share::from_percent(80), Share::WHOLE)), "8 to 10 instances, 2 at a time");
        assert_eq!(breaker_comes_to(13), "13 failed tasks are too many");
    }

    #[test]
    fn an_event_says_when() {
        assert_eq!(event(&Event::Kill { at: Duration::from_mins(3), instances: 2 }), "3:00: 2 instances die");
        assert_eq!(event(&Event::TurnBad { at: Duration::from_secs(30), error_rate: 0.3 }), "0:30: the new version fails 30 %");
    }
}
