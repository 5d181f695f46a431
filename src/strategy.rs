//! Strategies: small pure functions, scenario in, plan out. One file each.

mod additional_batch;
mod all_at_once;
mod blue_green;
mod canary;
mod ecs_rolling;
mod immutable;
mod in_place;
mod instance_refresh;
mod linear;
mod rolling;
mod rolling_update;
mod steps;
mod traffic_schedule;
mod traffic_splitting;
mod verdict;

use crate::plan::{Follow, Phase, PhaseLabel, Plan, Step};
use crate::scenario::{OnFailure, Scenario, Strategy};

pub use ecs_rolling::TaskBounds;
pub use instance_refresh::{RefreshBounds, stops};
pub use rolling::batch_size;
pub use rolling_update::{Fenceposts, fenceposts};
pub use traffic_schedule::schedule;
pub use verdict::{Severity, Verdict, requests_to_judge, verdict};
pub(crate) use verdict::{first_split, usual_rps};

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
        Strategy::RollingUpdate { max_surge, max_unavailable, progress_deadline } => {
            rolling_update::phases(n, fenceposts(n, *max_surge, *max_unavailable), *progress_deadline)
        }
        Strategy::EcsRolling { minimum_healthy, maximum, circuit_breaker } => {
            ecs_rolling::phases(n, *minimum_healthy, *maximum, *circuit_breaker)
        }
        Strategy::InstanceRefresh { minimum_healthy, maximum_healthy, checkpoints, checkpoint_delay, bake, auto_rollback: _ } => {
            let bounds = RefreshBounds::of(n, *minimum_healthy, *maximum_healthy);
            instance_refresh::phases(n, bounds, checkpoints, *checkpoint_delay, *bake)
        }
        Strategy::Steps(steps) => steps::phases(n, steps, scenario.timeout),
    };
    Plan {
        phases,
        on_failure: scenario.on_failure.unwrap_or_else(|| documented_on_failure(&scenario.strategy)),
        back_over: back_over(&scenario.strategy),
    }
}

/// What the platform does about a failure unless the scenario says otherwise.
///
/// Sources: Elastic Beanstalk's guide, "Deploying application versions" (all at once, rolling and the additional batch
/// are redeployed by hand; immutable and traffic splitting end the new instances; a CNAME is swapped again); CodeDeploy's
/// guide, "Redeploy and roll back" (off unless asked for in place; a traffic shift goes back); Kubernetes' Deployment
/// (never by itself); Amazon ECS' circuit breaker and Auto Scaling's `AutoRollback` (as each is told). A plan written by
/// hand goes back, as Argo Rollouts and Flagger do.
pub fn documented_on_failure(strategy: &Strategy) -> OnFailure {
    match strategy {
        Strategy::AllAtOnce
        | Strategy::InPlace { .. }
        | Strategy::Rolling { .. }
        | Strategy::RollingWithAdditionalBatch { .. }
        | Strategy::RollingUpdate { .. } => OnFailure::Stop,
        Strategy::EcsRolling { circuit_breaker, .. } => match circuit_breaker {
            Some(breaker) if breaker.rollback => OnFailure::Rollback,
            Some(_) | None => OnFailure::Stop,
        },
        Strategy::InstanceRefresh { auto_rollback, .. } => {
            if *auto_rollback {
                OnFailure::Rollback
            } else {
                OnFailure::Stop
            }
        }
        Strategy::Immutable
        | Strategy::TrafficSplitting { .. }
        | Strategy::BlueGreen { .. }
        | Strategy::Canary { .. }
        | Strategy::Linear { .. }
        | Strategy::Steps(_) => OnFailure::Rollback,
    }
}

/// How clients follow when the traffic goes back.
fn back_over(strategy: &Strategy) -> Follow {
    match strategy {
        Strategy::BlueGreen { switch, .. } => blue_green::follow(*switch),
        Strategy::AllAtOnce
        | Strategy::InPlace { .. }
        | Strategy::Rolling { .. }
        | Strategy::RollingWithAdditionalBatch { .. }
        | Strategy::Immutable
        | Strategy::TrafficSplitting { .. }
        | Strategy::Canary { .. }
        | Strategy::Linear { .. }
        | Strategy::RollingUpdate { .. }
        | Strategy::EcsRolling { .. }
        | Strategy::InstanceRefresh { .. }
        | Strategy::Steps(_) => Follow::AT_ONCE,
    }
}

/// A phase with its steps.
fn phase(label: PhaseLabel, steps: Vec<Step>) -> Phase {
    Phase { label, steps }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{CircuitBreaker, Late, StrategyKind, Switch, Threshold};
    use crate::units::{Duration, Share};

    fn plan_of(strategy: Strategy) -> Plan {
        plan(&Scenario::new(10, strategy))
    }

    #[test]
    fn what_follows_a_failure_is_the_platforms_unless_it_is_told() {
        let follows = |kind: StrategyKind| plan_of(kind.with_defaults()).on_failure;
        let back: Vec<_> = StrategyKind::ALL.into_iter().filter(|kind| follows(*kind) == OnFailure::Rollback).collect();
        // With what the window offers: an ECS breaker that rolls back, an instance refresh that does not.
        let expected = [
            StrategyKind::Immutable,
            StrategyKind::TrafficSplitting,
            StrategyKind::BlueGreen,
            StrategyKind::Canary,
            StrategyKind::Linear,
            StrategyKind::EcsRolling,
            StrategyKind::Steps,
        ];
        assert_eq!(back, expected);

        let ecs =
            |circuit_breaker| Strategy::EcsRolling { minimum_healthy: Share::WHOLE, maximum: Share::from_percent(200), circuit_breaker };
        assert_eq!(plan_of(ecs(None)).on_failure, OnFailure::Stop);
        assert_eq!(plan_of(ecs(Some(CircuitBreaker { threshold: Threshold::DEFAULT, rollback: false }))).on_failure, OnFailure::Stop);

        let told = Scenario { on_failure: Some(OnFailure::Ignore), ..Scenario::new(10, Strategy::Immutable) };
        assert_eq!(plan(&told).on_failure, OnFailure::Ignore);
    }

    #[test]
    fn clients_follow_back_as_they_followed() {
        let late = Late { share: Share::from_percent(5), over: Duration::from_mins(10) };
        let switch = Switch::Dns { ttl: Duration::from_secs(60), late: Some(late) };
        let plan = plan_of(Strategy::BlueGreen { switch, bake: Duration::ZERO });
        let follow = Follow { over: Duration::from_secs(60), late: Share::from_percent(5), late_over: Duration::from_mins(10) };
        assert_eq!(plan.back_over, follow);
        assert_eq!(plan.phases[1].steps[0], Step::Shift { to: Share::WHOLE, follow });
    }
}
