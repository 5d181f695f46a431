//! A plan written by hand: each step as it stands, with the primitives that every strategy uses.

use super::{phase, rolling_update};
use crate::plan::{self, Follow, Leaving, Phase, PhaseLabel};
use crate::scenario::{Group, Step};
use crate::units::{Duration, Share};

/// The phases of the steps, one each. `timeout` is how long a rolling replacement may be without progress.
pub(super) fn phases(n: u32, steps: &[Step], timeout: Duration) -> Vec<Phase> {
    let of = u32::try_from(steps.len()).unwrap_or(u32::MAX);
    let mut launched = 0;
    let mut phases: Vec<Phase> = (1..=of)
        .zip(steps)
        .map(|(number, step)| phase(PhaseLabel::Written { number, of }, vec![primitive(n, &mut launched, step, timeout)]))
        .collect();
    // A plan that shifts traffic splits the service into two groups before anything else happens.
    if steps.iter().any(|step| matches!(step, Step::Shift { .. }))
        && let Some(first) = phases.first_mut()
    {
        first.steps.insert(0, plan::Step::Shift { to: Share::NONE, follow: Follow::AT_ONCE });
    }
    phases
}

/// The primitive for a step; `launched` is how many new instances there are.
fn primitive(n: u32, launched: &mut u32, step: &Step, timeout: Duration) -> plan::Step {
    match *step {
        Step::Launch { instances } => {
            let instances = instances.to_launch(n, *launched);
            *launched += instances;
            plan::Step::Launch { instances }
        }
        Step::Update { instances } => plan::Step::Update { instances: instances.of_rounded_up(n), drain: true },
        Step::Shift { to } => plan::Step::Shift { to, follow: Follow::AT_ONCE },
        Step::Wait(duration) => plan::Step::Wait(duration),
        Step::Approve => plan::Step::Approve,
        Step::Check { metric, threshold, over, failures } => plan::Step::Check { metric, threshold, over, failures },
        Step::Replace { to, max_surge, max_unavailable } => {
            let posts = rolling_update::fenceposts(n, max_surge, max_unavailable);
            rolling_update::replace(n, to.of_rounded_up(n).min(n), posts, timeout)
        }
        Step::Terminate { group: Group::Old } => plan::Step::Terminate(Leaving::Old),
        Step::Terminate { group: Group::New } => {
            *launched = 0;
            plan::Step::Terminate(Leaving::New)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Controller;
    use crate::scenario::{Metric, Part};

    #[test]
    fn a_canary_without_a_router_is_replaced_share_by_share() {
        // Argo Rollouts, "Canary": surge rounds up and unavailable down, as a Deployment's. 25 % of 10: 3 above, 2 below;
        // 15 % of 10 is 1.5, rounded up 2.
        let quarter = Part::Percent(Share::from_percent(25));
        let to = |percent| Step::Replace { to: Part::Percent(Share::from_percent(percent)), max_surge: quarter, max_unavailable: quarter };
        let steps = [to(15), Step::Approve, to(100)];
        let timeout = Duration::from_mins(10);
        let replace = |goal| plan::Step::Replace {
            goal,
            max_total: 13,
            min_available: 8,
            controller: Controller::Kubernetes { progress_deadline: timeout },
        };
        let phases = phases(10, &steps, timeout);
        let first: Vec<_> = phases.iter().map(|phase| phase.steps.clone()).collect();
        assert_eq!(first, [vec![replace(2)], vec![plan::Step::Approve], vec![replace(10)]]);
    }

    #[test]
    fn a_plan_that_shifts_begins_with_two_groups() {
        let check = Step::Check { metric: Metric::NewVersionErrorRate, threshold: 0.05, over: Duration::from_mins(1), failures: 2 };
        let steps = [Step::Launch { instances: Part::Count(4) }, Step::Shift { to: Share::WHOLE }, check];
        let phases = phases(4, &steps, Duration::from_mins(10));
        let to = |to| plan::Step::Shift { to, follow: Follow::AT_ONCE };
        assert_eq!(phases[0].steps, [to(Share::NONE), plan::Step::Launch { instances: 4 }]);
        assert_eq!(phases[1].steps, [to(Share::WHOLE)]);
        let metric = Metric::NewVersionErrorRate;
        assert_eq!(phases[2].steps, [plan::Step::Check { metric, threshold: 0.05, over: Duration::from_mins(1), failures: 2 }]);
    }
}
