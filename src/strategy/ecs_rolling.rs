//! Amazon ECS' rolling update: new tasks start while the most allows it, old ones stop while the least allows it.
//!
//! Source: Amazon ECS' developer guide, "Rolling update" (`minimumHealthyPercent`, `maximumPercent`): the least is
//! rounded up, the most is rounded down. Where nothing may start and nothing may stop, the deployment waits for ever.

use super::phase;
use crate::plan::{Controller, Phase, PhaseLabel, Step};
use crate::scenario::CircuitBreaker;
use crate::units::Share;

/// The bounds of a service's tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaskBounds {
    /// The least that run.
    pub least: u32,
    /// The most that there are.
    pub most: u32,
}

impl TaskBounds {
    /// Those of a service of `desired` tasks.
    pub fn of(desired: u32, minimum_healthy: Share, maximum: Share) -> TaskBounds {
        TaskBounds { least: minimum_healthy.of_rounded_up(desired), most: maximum.of_rounded_down(desired) }
    }

    /// How many may start before any has stopped.
    pub fn may_start(self, desired: u32) -> u32 {
        self.most.saturating_sub(desired)
    }

    /// How many may stop before any has started.
    pub fn may_stop(self, desired: u32) -> u32 {
        desired.saturating_sub(self.least)
    }
}

pub(super) fn phases(n: u32, minimum_healthy: Share, maximum: Share, breaker: Option<CircuitBreaker>) -> Vec<Phase> {
    let TaskBounds { least, most } = TaskBounds::of(n, minimum_healthy, maximum);
    let controller = Controller::Ecs { breaker: breaker.map(|breaker| breaker.threshold) };
    vec![phase(PhaseLabel::RollingUpdate, vec![Step::Replace { goal: n, max_total: most, min_available: least, controller }])]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Threshold;

    /// How many may start and how many may stop first.
    fn moves(desired: u32, minimum: u32, maximum: u32) -> (u32, u32) {
        let bounds = TaskBounds::of(desired, Share::from_percent(minimum), Share::from_percent(maximum));
        (bounds.may_start(desired), bounds.may_stop(desired))
    }

    #[test]
    fn bounds_are_those_of_the_guide() {
        // Amazon ECS' developer guide, "Rolling update" and "Service definition parameters":
        // 50 % of 4 is 2: two may stop before two start.
        assert_eq!(moves(4, 50, 100), (0, 2));
        // 75 % of 2 is 1.5, rounded up 2: none may stop.
        assert_eq!(moves(2, 75, 100), (0, 0));
        // 200 % of 4 is 8: four may start before four stop.
        assert_eq!(moves(4, 100, 200), (4, 0));
        // 125 % of 3 is 3.75, rounded down 3: none may start.
        assert_eq!(moves(3, 100, 125), (0, 0));
    }

    #[test]
    fn the_breaker_counts_to_half_of_the_tasks_within_its_bounds() {
        // Amazon ECS' developer guide, "Deployment circuit breaker": half of the tasks, rounded up, 3 to 200.
        let tasks = [1, 5, 7, 25, 101, 400, 401];
        // 0.5 → 1 → 3; 2.5 → 3; 3.5 → 4; 12.5 → 13; 50.5 → 51; 200; 200.5 → 201 → 200
        assert_eq!(tasks.map(|n| Threshold::DEFAULT.of(n)), [3, 3, 4, 13, 51, 200, 200]);
        // Without bounds: 0.5 → 1; 200.5 → 201.
        let half = Threshold::UnboundedPercent(Share::from_percent(50));
        assert_eq!((half.of(1), half.of(401)), (1, 201));
        assert_eq!(Threshold::Count(5).of(400), 5);
    }
}
