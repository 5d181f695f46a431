//! All at once: every existing instance is interrupted at the same time, without draining.
//!
//! Source: Elastic Beanstalk's guide, "Deployment policies and settings": all instances are out of service for a short
//! time while the deployment occurs. No draining is described, so requests in flight are cut.

use super::phase;
use crate::plan::{Phase, PhaseLabel, Step};

pub(super) fn phases(n: u32) -> Vec<Phase> {
    vec![phase(PhaseLabel::WholeFleet, vec![Step::Update { instances: n, drain: false }])]
}
