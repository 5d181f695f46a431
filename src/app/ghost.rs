//! The outcome that the present one is compared with: a pale line on plots and ribbon, a difference in the scorecard.

use std::sync::Arc;

use super::model::Run;

/// An outcome of before.
#[derive(Clone, Debug)]
pub struct Ghost {
    /// What became of the scenario then.
    pub run: Arc<Run>,
    /// Whether a person kept it: later changes are compared with this one too.
    pub kept: bool,
}

impl Ghost {
    /// The outcome before a change, which makes way for the next one.
    pub fn before(run: Arc<Run>) -> Ghost {
        Ghost { run, kept: false }
    }
}
