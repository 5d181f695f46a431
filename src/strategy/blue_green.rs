//! Blue/Green: a whole second environment, a switch of all clients, and the old environment kept for the bake time.
//!
//! Sources: Elastic Beanstalk's guide, "Blue/Green deployments" (CNAME swap) and CodeDeploy's `terminationWaitTime`:
//! the wait begins with the switch. With DNS, clients follow as their answers expire, evenly over the time to live;
//! where the old environment ends before that, what still goes to it fails.

use super::phase;
use crate::plan::{Leaving, Phase, PhaseLabel, Step};
use crate::scenario::Switch;
use crate::units::{Duration, Share};

pub(super) fn phases(n: u32, switch: Switch, bake: Duration) -> Vec<Phase> {
    let over = match switch {
        Switch::LoadBalancer => Duration::ZERO,
        Switch::Dns { ttl } => ttl,
    };
    vec![
        phase(PhaseLabel::NewSet, vec![Step::Shift { to: Share::NONE, over: Duration::ZERO }, Step::Launch { instances: n }]),
        phase(PhaseLabel::Bake, vec![Step::Shift { to: Share::WHOLE, over }, Step::Wait(bake)]),
        phase(PhaseLabel::OldSetEnds, vec![Step::Terminate(Leaving::Old)]),
    ]
}
