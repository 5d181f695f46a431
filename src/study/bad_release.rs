//! The same deployment with a release that is bad: what a strategy is worth when it is needed.

use crate::scenario::{Alarm, Metric, OnFailure, Release, Scenario, limits};
use crate::strategy::documented_on_failure;
use crate::units::Duration;

/// A bad release fails this share of its requests, unless the scenario says what is wrong with it.
pub const ERROR_RATE: f64 = 0.2;
/// A watched service notices above this share.
const THRESHOLD: f64 = 0.05;
/// How long it is watched when all is done, and how long a person takes where the platform does not go back.
const BAKE: Duration = Duration::from_mins(5);
const PERSON: Duration = Duration::from_mins(10);

/// The scenario with a bad release: its own faults, or [`ERROR_RATE`] of its requests; an alarm on the new version's
/// errors where none is set; and a person who redeploys where the platform would leave it as it is. The built-in presets
/// `failing-NAME` are made alike.
pub fn with_bad_release(scenario: &Scenario) -> Scenario {
    let mut bad = scenario.clone();
    if bad.release == Release::default() {
        bad.release.error_rate = ERROR_RATE;
    }
    bad.alarm.get_or_insert(Alarm {
        metric: Metric::NewVersionErrorRate,
        threshold: THRESHOLD,
        period: limits::DEFAULT_ALARM_PERIOD,
        periods: limits::DEFAULT_ALARM_PERIODS,
        bake: BAKE,
        sampled: false,
        base_error_rate: 0.0,
    });
    if bad.on_failure.is_none() && documented_on_failure(&bad.strategy) == OnFailure::Stop {
        bad.on_failure = Some(OnFailure::Redeploy { after: PERSON });
    }
    bad
}

/// The scenario with a release that has nothing wrong.
pub fn with_healthy_release(scenario: &Scenario) -> Scenario {
    Scenario { release: Release::default(), ..scenario.clone() }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;
    use crate::presets::{BUILT_IN, FOR_STRATEGIES};

    #[test]
    fn the_failing_presets_are_made_alike() {
        for preset in &BUILT_IN[..FOR_STRATEGIES] {
            let failing = BUILT_IN.iter().find(|other| other.name == format!("failing-{}", preset.name)).unwrap().scenario().unwrap();
            // A plan written by hand has its own checks.
            if failing.alarm.is_some() {
                let bad = with_bad_release(&preset.scenario().unwrap());
                assert_eq!((&bad.release, &bad.on_failure), (&failing.release, &failing.on_failure), "{}", preset.name);
            }
        }
    }
}
