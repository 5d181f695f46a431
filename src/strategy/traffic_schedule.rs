//! What Canary and Linear share: a new set gets the traffic in steps, then the old set ends.

use super::phase;
use crate::plan::{Follow, Leaving, Phase, PhaseLabel, Step};
use crate::scenario::NewSet;
use crate::units::{Duration, Share};

/// The shares of the traffic that the new version gets, one after another, in equal steps of `percent`; the last is
/// all of it, and its step is what is left.
///
/// Source: CodeDeploy's API, `TimeBasedLinear`: each increment's share moves when the increment begins.
pub fn schedule(percent: Share) -> Vec<Share> {
    let step = percent.as_ppm().max(1);
    (1..=Share::WHOLE.as_ppm().div_ceil(step)).map(|i| Share::from_ppm((i * step).min(Share::WHOLE.as_ppm()))).collect()
}

/// The phases of a deployment that shifts traffic to each of `shares` in turn, `interval` apart; the last is all of it.
pub(super) fn phases(n: u32, shares: &[Share], interval: Duration, new_set: NewSet) -> Vec<Phase> {
    let at_once = |to| Step::Shift { to, follow: Follow::AT_ONCE };
    let mut phases = Vec::new();
    let mut launched = 0;
    for (i, &to) in shares.iter().enumerate() {
        let wanted = match new_set {
            NewSet::Full => n,
            NewSet::Proportional => to.of_rounded_up(n),
        };
        if wanted > launched {
            let launch = Step::Launch { instances: wanted - launched };
            phases.push(match launched {
                0 => phase(PhaseLabel::NewSet, vec![at_once(Share::NONE), launch]),
                _ => phase(PhaseLabel::RestOfSet, vec![launch]),
            });
            launched = wanted;
        }
        let is_last = i + 1 == shares.len();
        phases.push(if is_last {
            phase(PhaseLabel::OldSetEnds, vec![at_once(to), Step::Terminate(Leaving::Old)])
        } else {
            phase(PhaseLabel::Traffic { to }, vec![at_once(to), Step::Wait(interval)])
        });
    }
    phases
}
