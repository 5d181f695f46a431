//! The words on the controls for what goes wrong, what watches over it, and what is done about it.

use super::controls::Setting;
use super::language::{say, setting, word};
use crate::scenario::{AllUnhealthy, CircuitBreaker, Metric, OnFailure, Places, Recovery, Threshold};
use crate::strategy::{RefreshBounds, TaskBounds};

/// A section of settings.
pub fn new_version() -> &'static str {
    word("faults-new-version")
}
/// A section of settings.
pub fn failures() -> &'static str {
    word("faults-failures")
}
/// A section of settings.
pub fn alarm() -> &'static str {
    word("faults-alarm")
}
/// A section of settings.
pub fn when_it_fails() -> &'static str {
    word("faults-when-it-fails")
}

/// See [`Setting`].
pub fn error_rate() -> Setting {
    setting("faults-error-rate")
}
/// See [`Setting`].
pub fn startup_failure() -> Setting {
    setting("faults-startup-failure")
}
/// See [`Setting`].
pub fn places() -> Setting {
    setting("faults-places")
}
/// Which instances never pass.
pub fn places_kinds() -> [&'static str; 3] {
    [word("faults-places-kinds-none"), word("faults-places-kinds-the-last"), word("faults-places-kinds-at-a-place")]
}
/// See [`Setting`].
pub fn last() -> Setting {
    setting("faults-last")
}
/// See [`Setting`].
pub fn place() -> Setting {
    setting("faults-place")
}
/// See [`Setting`].
pub fn crashes() -> Setting {
    setting("faults-crashes")
}
/// Whether it crashes.
pub fn crashes_kinds() -> [&'static str; 2] {
    [word("faults-crashes-kinds-never"), word("faults-crashes-kinds-after-a-time")]
}
/// See [`Setting`].
pub fn crash_after() -> Setting {
    setting("faults-crash-after")
}
/// See [`Setting`].
pub fn capacity() -> Setting {
    setting("faults-capacity")
}

/// See [`Setting`].
pub fn deaths() -> Setting {
    setting("faults-deaths")
}
/// Whether they die.
pub fn deaths_kinds() -> [&'static str; 2] {
    [word("faults-deaths-kinds-never"), word("faults-deaths-kinds-at-random")]
}
/// See [`Setting`].
pub fn mtbf() -> Setting {
    setting("faults-mtbf")
}
/// See [`Setting`].
pub fn recovery() -> Setting {
    setting("faults-recovery")
}
/// What becomes of it.
pub fn recoveries() -> [&'static str; 3] {
    [word("faults-recoveries-stays-dead"), word("faults-recoveries-is-restarted"), word("faults-recoveries-is-replaced")]
}

/// See [`Setting`].
pub fn alarm_set() -> Setting {
    setting("faults-alarm-set")
}
/// Whether there is one.
pub fn off_on() -> [&'static str; 2] {
    [word("faults-off-on-off"), word("faults-off-on-on")]
}
/// See [`Setting`].
pub fn metric() -> Setting {
    setting("faults-metric")
}
/// What is watched: in the menu, beside [`metric()`].
pub fn metrics() -> [&'static str; 3] {
    [word("faults-metrics-all-requests"), word("faults-metrics-new-version"), word("faults-metrics-capacity")]
}
/// See [`Setting`].
pub fn above() -> Setting {
    setting("faults-above")
}
/// See [`Setting`].
pub fn below() -> Setting {
    setting("faults-below")
}
/// See [`Setting`].
pub fn measured_over() -> Setting {
    setting("faults-measured-over")
}
/// See [`Setting`].
pub fn periods() -> Setting {
    setting("faults-periods")
}
/// See [`Setting`].
pub fn keep_watching() -> Setting {
    setting("faults-keep-watching")
}

/// See [`Setting`].
pub fn on_failure() -> Setting {
    setting("faults-on-failure")
}
/// What follows.
pub fn on_failures() -> [&'static str; 5] {
    [
        word("faults-on-failures-as-documented"),
        word("faults-on-failures-it-goes-back"),
        word("faults-on-failures-it-stops"),
        word("faults-on-failures-it-goes-on"),
        word("faults-on-failures-redeployed-by-hand"),
    ]
}
/// See [`Setting`].
pub fn redeploy_after() -> Setting {
    setting("faults-redeploy-after")
}
/// See [`Setting`].
pub fn timeout() -> Setting {
    setting("faults-timeout")
}

/// See [`Setting`].
pub fn quota() -> Setting {
    setting("faults-quota")
}
/// Whether there is one.
pub fn quotas() -> [&'static str; 2] {
    [word("faults-quotas-none"), word("faults-quotas-limited")]
}
/// See [`Setting`].
pub fn most_at_once() -> Setting {
    setting("faults-most-at-once")
}
/// See [`Setting`].
pub fn propagation() -> Setting {
    setting("faults-propagation")
}
/// See [`Setting`].
pub fn unhealthy_threshold() -> Setting {
    setting("faults-unhealthy-threshold")
}
/// See [`Setting`].
pub fn all_unhealthy() -> Setting {
    setting("faults-all-unhealthy")
}
/// What it does.
pub fn all_unhealthy_kinds() -> [&'static str; 2] {
    [word("faults-all-unhealthy-kinds-sends-to-all"), word("faults-all-unhealthy-kinds-refuses")]
}

/// See [`Setting`].
pub fn late() -> Setting {
    setting("faults-late")
}
/// Whether there are any.
pub fn late_kinds() -> [&'static str; 2] {
    [word("faults-late-kinds-none"), word("faults-late-kinds-some")]
}
/// See [`Setting`].
pub fn late_share() -> Setting {
    setting("faults-late-share")
}
/// See [`Setting`].
pub fn late_ttl() -> Setting {
    setting("faults-late-ttl")
}

/// See [`Setting`].
pub fn tasks_minimum() -> Setting {
    setting("faults-tasks-minimum")
}
/// See [`Setting`].
pub fn tasks_maximum() -> Setting {
    setting("faults-tasks-maximum")
}
/// See [`Setting`].
pub fn breaker() -> Setting {
    setting("faults-breaker")
}
/// What it does.
pub fn breakers() -> [&'static str; 3] {
    [word("faults-breakers-off"), word("faults-breakers-stops"), word("faults-breakers-goes-back")]
}
/// See [`Setting`].
pub fn breaker_threshold() -> Setting {
    setting("faults-breaker-threshold")
}
/// How it counts.
pub fn breaker_thresholds() -> [&'static str; 3] {
    [
        word("faults-breaker-thresholds-percent-3-to-200"),
        word("faults-breaker-thresholds-percent"),
        word("faults-breaker-thresholds-a-number"),
    ]
}
/// See [`Setting`].
pub fn failed_tasks() -> Setting {
    setting("faults-failed-tasks")
}

/// See [`Setting`].
pub fn refresh_minimum() -> Setting {
    setting("faults-refresh-minimum")
}
/// See [`Setting`].
pub fn refresh_maximum() -> Setting {
    setting("faults-refresh-maximum")
}
/// See [`Setting`].
pub fn checkpoints() -> Setting {
    setting("faults-checkpoints")
}
/// See [`Setting`].
pub fn checkpoint_delay() -> Setting {
    setting("faults-checkpoint-delay")
}
/// See [`Setting`].
pub fn refresh_bake() -> Setting {
    setting("faults-refresh-bake")
}
/// See [`Setting`].
pub fn auto_rollback() -> Setting {
    setting("faults-auto-rollback")
}

/// The unit of periods.
pub fn periods_unit() -> &'static str {
    word("faults-periods-unit")
}
/// The unit of tasks.
pub fn tasks_unit() -> &'static str {
    word("faults-tasks-unit")
}
/// What is said of checkpoints that cannot be read.
pub fn no_checkpoints() -> &'static str {
    word("faults-no-checkpoints")
}

/// Which of [`places_kinds()`].
pub fn places_index(places: Option<Places>) -> usize {
    match places {
        None => 0,
        Some(Places::Last(_)) => 1,
        Some(Places::Place(_)) => 2,
    }
}

/// Which of [`recoveries()`].
pub fn recovery_index(recovery: Option<Recovery>) -> usize {
    match recovery {
        None => 0,
        Some(Recovery::Restart) => 1,
        Some(Recovery::Replace) => 2,
    }
}

/// Which of [`metrics()`].
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
        Metric::ErrorRate => word("faults-metric-error-rate"),
        Metric::NewVersionErrorRate => word("faults-metric-new-version"),
        Metric::CapacityFraction => word("faults-metric-capacity"),
    }
}

/// Which of [`on_failures()`].
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
pub fn documented(on_failure: OnFailure) -> &'static str {
    match on_failure {
        OnFailure::Rollback => word("faults-documented-rollback"),
        OnFailure::Stop => word("faults-documented-stop"),
        OnFailure::Ignore => word("faults-documented-ignore"),
        OnFailure::Redeploy { .. } => word("faults-documented-redeploy"),
    }
}

/// Which of [`all_unhealthy_kinds()`].
pub fn all_unhealthy_index(all_unhealthy: AllUnhealthy) -> usize {
    match all_unhealthy {
        AllUnhealthy::FailOpen => 0,
        AllUnhealthy::Refuse => 1,
    }
}

/// Which of [`breakers()`].
pub fn breaker_index(breaker: Option<CircuitBreaker>) -> usize {
    match breaker {
        None => 0,
        Some(CircuitBreaker { rollback: false, .. }) => 1,
        Some(CircuitBreaker { rollback: true, .. }) => 2,
    }
}

/// Which of [`breaker_thresholds()`].
pub fn threshold_index(threshold: Threshold) -> usize {
    match threshold {
        Threshold::BoundedPercent(_) => 0,
        Threshold::UnboundedPercent(_) => 1,
        Threshold::Count(_) => 2,
    }
}

/// What a service's bounds come to: `5 to 20 tasks: 10 may start, 5 may stop first`.
pub fn tasks_come_to(bounds: TaskBounds, desired: u32) -> String {
    let (start, stop) = (bounds.may_start(desired), bounds.may_stop(desired));
    say!("faults-tasks-come-to", least = bounds.least, most = bounds.most, start = start, stop = stop)
}

/// What a breaker's threshold comes to.
pub fn breaker_comes_to(failed: u32) -> String {
    say!("faults-breaker-comes-to", failed = failed)
}

/// What an instance refresh's bounds come to: `9 to 10 instances, 1 at a time`.
pub fn refresh_comes_to(bounds: RefreshBounds) -> String {
    say!("faults-refresh-comes-to", least = bounds.least, most = bounds.most, batch = bounds.batch)
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
}
