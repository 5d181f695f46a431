//! A plan written by hand: each step as it stands, with the primitives that every strategy uses.

use super::phase;
use crate::plan::{self, Leaving, Phase, PhaseLabel};
use crate::scenario::{Group, Step};
use crate::units::{Duration, Share};

pub(super) fn phases(n: u32, steps: &[Step]) -> Vec<Phase> {
    let of = u32::try_from(steps.len()).unwrap_or(u32::MAX);
    let mut launched = 0;
    let mut phases: Vec<Phase> = (1..=of)
        .zip(steps)
        .map(|(number, step)| phase(PhaseLabel::Written { number, of }, vec![primitive(n, &mut launched, step)]))
        .collect();
    // A plan that shifts traffic splits the service into two groups before anything else happens.
    if steps.iter().any(|step| matches!(step, Step::Shift { .. }))
        && let Some(first) = phases.first_mut()
    {
        first.steps.insert(0, plan::Step::Shift { to: Share::NONE, over: Duration::ZERO });
    }
    phases
}

/// The primitive for a step; `launched` is how many new instances there are.
fn primitive(n: u32, launched: &mut u32, step: &Step) -> plan::Step {
    match *step {
        Step::Launch { instances } => {
            let instances = instances.to_launch(n, *launched);
            *launched += instances;
            plan::Step::Launch { instances }
        }
        Step::Update { instances } => plan::Step::Update { instances: instances.of_rounded_up(n), drain: true },
        Step::Shift { to } => plan::Step::Shift { to, over: Duration::ZERO },
        Step::Wait(duration) => plan::Step::Wait(duration),
        Step::Terminate { group: Group::Old } => plan::Step::Terminate(Leaving::Old),
        Step::Terminate { group: Group::New } => {
            *launched = 0;
            plan::Step::Terminate(Leaving::New)
        }
    }
}
