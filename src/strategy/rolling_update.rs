//! Rolling update: what a Kubernetes Deployment does, in passes between two fenceposts.
//!
//! Source: `pkg/controller/deployment/util` (`ResolveFenceposts`): surge rounds up, unavailable rounds down, and where
//! both come to 0, unavailable becomes 1. The passes themselves are the engine's `Replace`.

use super::phase;
use crate::plan::{Phase, PhaseLabel, Step};
use crate::scenario::Part;

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

pub(super) fn phases(n: u32, max_surge: Part, max_unavailable: Part) -> Vec<Phase> {
    let Fenceposts { surge, unavailable } = fenceposts(n, max_surge, max_unavailable);
    let replace = Step::Replace { desired: n, max_total: n.saturating_add(surge), min_available: n - unavailable };
    vec![phase(PhaseLabel::RollingUpdate, vec![replace])]
}
