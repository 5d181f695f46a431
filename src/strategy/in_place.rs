//! In-place: a sliding window of existing instances that keeps the minimum healthy hosts.
//!
//! Source: CodeDeploy's guide, "Instance health": a percentage is converted at the start with fractions rounded up; at
//! most `n - minimum` instances are worked on at a time, the next starts as soon as the rule allows; a minimum that is
//! not below the healthy instances fails at once.

use super::phase;
use crate::plan::{Phase, PhaseLabel, Step};
use crate::scenario::Part;

pub(super) fn phases(n: u32, minimum_healthy: Part) -> Vec<Phase> {
    vec![phase(PhaseLabel::Window, vec![Step::UpdateWindow { minimum_healthy: minimum_healthy.of_rounded_up(n) }])]
}
