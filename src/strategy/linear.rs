//! Linear: a new set gets equal shares of the traffic at equal intervals, the first at once.
//!
//! Source: CodeDeploy's guide, "Deployment configurations" (`TimeBasedLinear`): 10 % every minute is 100 % after nine.

use super::traffic_schedule;
use crate::plan::Phase;
use crate::scenario::NewSet;
use crate::units::{Duration, Share};

pub(super) fn phases(n: u32, percent: Share, interval: Duration, new_set: NewSet) -> Vec<Phase> {
    traffic_schedule::phases(n, &traffic_schedule::schedule(percent), interval, new_set)
}
