//! Blue/Green: a whole second environment, a switch of all clients, and the old environment kept for the bake time.
//!
//! Sources: Elastic Beanstalk's guide, "Blue/Green deployments" (CNAME swap) and CodeDeploy's `terminationWaitTime`:
//! the wait begins with the switch. With DNS, clients follow as their answers expire, evenly over the time to live;
//! where the old environment ends before that, what still goes to it fails. Some clients hold on to an answer for longer
//! (the guide warns of it): their share and their time are told.

use super::phase;
use crate::plan::{Follow, Leaving, Phase, PhaseLabel, Step};
use crate::scenario::{Late, Switch};
use crate::units::{Duration, Share};

/// How clients follow the switch, there and back.
pub(super) fn follow(switch: Switch) -> Follow {
    match switch {
        Switch::LoadBalancer | Switch::Dns { ttl: Duration::ZERO, late: None } => Follow::AT_ONCE,
        Switch::Dns { ttl, late: None } => Follow { over: ttl, ..Follow::AT_ONCE },
        Switch::Dns { ttl, late: Some(Late { share, over }) } => Follow { over: ttl, late: share, late_over: over },
    }
}

pub(super) fn phases(n: u32, switch: Switch, bake: Duration) -> Vec<Phase> {
    let follow = follow(switch);
    vec![
        phase(PhaseLabel::NewSet, vec![Step::Shift { to: Share::NONE, follow: Follow::AT_ONCE }, Step::Launch { instances: n }]),
        phase(PhaseLabel::Bake, vec![Step::Shift { to: Share::WHOLE, follow }, Step::Wait(bake)]),
        phase(PhaseLabel::OldSetEnds, vec![Step::Terminate(Leaving::Old)]),
    ]
}
