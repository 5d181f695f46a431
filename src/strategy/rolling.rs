//! Rolling: existing instances are drained, updated and put back, batch by batch.
//!
//! Source: Elastic Beanstalk's guide, "Rolling deployments": the next batch begins when all instances of this one are
//! healthy; the last batch takes what is left. How a percentage is rounded is not documented; up, as the guide rounds
//! `MaxBatchSize`, and at least one instance.

use super::phase;
use crate::plan::{Phase, PhaseLabel, Step};
use crate::scenario::Part;

/// Instances in one batch of a fleet of `n`: 1 to `n`.
pub fn batch_size(n: u32, batch: Part) -> u32 {
    batch.of_rounded_up(n).clamp(1, n.max(1))
}

pub(super) fn phases(n: u32, batch: Part) -> Vec<Phase> {
    let size = batch_size(n, batch);
    let of = n.div_ceil(size);
    // The last batch is what is left: the engine never updates more than that.
    (1..=of).map(|number| phase(PhaseLabel::Batch { number, of }, vec![Step::Update { instances: size, drain: true }])).collect()
}
