//! Traffic splitting: a full new set gets a share of the traffic for the evaluation time, then all of it.
//!
//! Source: Elastic Beanstalk's guide, "Traffic-splitting deployments": the temporary group is as large as the original
//! and launched in one go; after the evaluation the rest of the traffic moves, the new instances join the original
//! group, the old ones end.

use super::phase;
use crate::plan::{Follow, Leaving, Phase, PhaseLabel, Step};
use crate::units::{Duration, Share};

pub(super) fn phases(n: u32, new_version: Share, evaluation_time: Duration) -> Vec<Phase> {
    let at_once = |to| Step::Shift { to, follow: Follow::AT_ONCE };
    vec![
        phase(PhaseLabel::NewSet, vec![at_once(Share::NONE), Step::Launch { instances: n }]),
        phase(PhaseLabel::Traffic { to: new_version }, vec![at_once(new_version), Step::Wait(evaluation_time)]),
        phase(PhaseLabel::OldSetEnds, vec![at_once(Share::WHOLE), Step::Adopt, Step::Terminate(Leaving::Old)]),
    ]
}
