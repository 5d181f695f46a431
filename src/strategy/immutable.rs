//! Immutable: a full new set in a temporary group beside the old one. The first new instance must pass alone.
//!
//! Source: Elastic Beanstalk's guide, "Immutable updates": one instance first, which serves beside the old ones; when
//! it passes, the rest up to the original number; when all pass they move to the original group and the old ones end.

use super::phase;
use crate::plan::{Leaving, Phase, PhaseLabel, Step};

pub(super) fn phases(n: u32) -> Vec<Phase> {
    let mut phases = vec![phase(PhaseLabel::FirstInstance, vec![Step::Launch { instances: 1 }])];
    if n > 1 {
        phases.push(phase(PhaseLabel::RestOfSet, vec![Step::Launch { instances: n - 1 }]));
    }
    phases.push(phase(PhaseLabel::OldSetEnds, vec![Step::Adopt, Step::Terminate(Leaving::Old)]));
    phases
}
