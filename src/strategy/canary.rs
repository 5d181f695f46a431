//! Canary: a new set gets a first share of the traffic, and all of it one interval later.
//!
//! Source: CodeDeploy's guide, "Deployment configurations" (`TimeBasedCanary`): two increments only, the first at once.

use super::traffic_schedule;
use crate::plan::Phase;
use crate::scenario::NewSet;
use crate::units::{Duration, Share};

pub(super) fn phases(n: u32, percent: Share, interval: Duration, new_set: NewSet) -> Vec<Phase> {
    let both = [percent, Share::WHOLE];
    // A first share of 100 % is all of it: there is nothing to wait for.
    let shares = if percent >= Share::WHOLE { &both[1..] } else { &both[..] };
    traffic_schedule::phases(n, shares, interval, new_set)
}
