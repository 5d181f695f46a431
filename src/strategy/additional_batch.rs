//! Rolling with an additional batch: a batch of new instances first, so that capacity never falls; then rolling over
//! all existing ones; then as many end as were added.
//!
//! Source: Elastic Beanstalk's guide, "Rolling with additional batch". It does not say which instances end; those that
//! were launched, by the literal text. Capacity and versions are the same either way.

use super::{phase, rolling};
use crate::plan::{Leaving, Phase, PhaseLabel, Step};
use crate::scenario::Part;

pub(super) fn phases(n: u32, batch: Part) -> Vec<Phase> {
    let size = rolling::batch_size(n, batch);
    let mut phases = vec![phase(PhaseLabel::AdditionalBatch, vec![Step::Launch { instances: size }])];
    phases.extend(rolling::phases(n, batch));
    phases.push(phase(PhaseLabel::ReturnToSize, vec![Step::Terminate(Leaving::Launched(size))]));
    phases
}
