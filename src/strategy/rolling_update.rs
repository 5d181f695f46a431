//! Rolling update: what a Kubernetes Deployment does, in passes between two fenceposts.
//!
//! Source: `pkg/controller/deployment/util` (`ResolveFenceposts`): surge rounds up, unavailable rounds down, and where
//! both come to 0, unavailable becomes 1. The passes themselves are the engine's `Replace`.

use super::phase;
use crate::plan::{Controller, Phase, PhaseLabel, Step};
use crate::scenario::Part;
use crate::units::Duration;

/// The bounds of a rolling update, in instances.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fenceposts {
    /// The most above the desired number.
    pub surge: u32,
    /// The most below the desired number; at most that number.
    pub unavailable: u32,
}

/// The bounds for a fleet of `n`.
pub fn fenceposts(n: u32, max_surge: Part, max_unavailable: Part) -> Fenceposts {
    let surge = max_surge.of_rounded_up(n);
    let unavailable = max_unavailable.of_rounded_down(n).min(n);
    Fenceposts { surge, unavailable: if surge == 0 && unavailable == 0 { 1 } else { unavailable } }
}

/// The step that replaces until `goal` of a fleet of `n` run the new version.
pub(super) fn replace(n: u32, goal: u32, posts: Fenceposts, progress_deadline: Duration) -> Step {
    let Fenceposts { surge, unavailable } = posts;
    let controller = Controller::Kubernetes { progress_deadline };
    Step::Replace { goal, max_total: n.saturating_add(surge), min_available: n.saturating_sub(unavailable), controller }
}

pub(super) fn phases(n: u32, posts: Fenceposts, progress_deadline: Duration) -> Vec<Phase> {
    vec![phase(PhaseLabel::RollingUpdate, vec![replace(n, n, posts, progress_deadline)])]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Share;

    #[test]
    fn fenceposts_are_those_of_the_controller() {
        // `pkg/controller/deployment/util`, `ResolveFenceposts`: surge up, unavailable down, not both 0.
        let percent = |p| Part::Percent(Share::from_percent(p));
        let posts = |n, surge, unavailable| {
            let Fenceposts { surge, unavailable } = fenceposts(n, surge, unavailable);
            (surge, unavailable)
        };
        // 25 % of 10 is 2.5: 3 above, 2 below. Of 4: 1 and 1. Of 3, 0.75: 1 and 0. Of 1, 0.25: 1 and 0.
        assert_eq!([10, 4, 3, 1].map(|n| posts(n, percent(25), percent(25))), [(3, 2), (1, 1), (1, 0), (1, 0)]);
        // Both come to 0: 0 %, and 25 % of 3 rounded down. Then one may be unavailable.
        assert_eq!(posts(3, percent(0), percent(25)), (0, 1));
        assert_eq!(posts(10, Part::Count(0), Part::Count(0)), (0, 1));
        // Counts are what they say, and no more than all may be unavailable.
        assert_eq!(posts(4, Part::Count(9), Part::Count(9)), (9, 4));
    }
}
