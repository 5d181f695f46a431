//! From one deployment to many: what thousands of runs of a scenario come to.

pub mod bad_release;
pub mod batch;
pub mod choose;
pub mod compare;
pub mod levers;
pub mod offers;
pub mod pareto;
pub mod progress;
pub mod require;
pub mod space;
pub mod sweep;
pub mod vary;

use crate::engine::TooLong;
use crate::metrics::{Figures, Metrics};
use crate::plan::Plan;
use crate::scenario::Scenario;
use crate::timeline::Detail;
use crate::{engine, strategy};

/// Runs one scenario again and again with other seeds. What is planned is planned once, and memory is used again.
pub struct Runner {
    scenario: Scenario,
    plan: Plan,
}

impl Runner {
    /// For runs of this scenario.
    pub fn new(scenario: &Scenario) -> Runner {
        Runner { scenario: scenario.clone(), plan: strategy::plan(scenario) }
    }

    /// What is run.
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// The figures of the run with this seed as plain numbers: those that the whole timeline gives.
    ///
    /// # Errors
    /// [`TooLong`] where it would take longer than [`limits::MAX_RUN`](crate::scenario::limits::MAX_RUN).
    pub fn figures(&mut self, seed: u64) -> Result<Figures, TooLong> {
        self.scenario.seed = seed;
        engine::run(&self.scenario, &self.plan, Detail::Outline).map(|timeline| Figures::new(&timeline))
    }

    /// The figures of the run with this seed under their names.
    ///
    /// # Errors
    /// As [`Runner::figures`].
    pub fn metrics(&mut self, seed: u64) -> Result<Metrics, TooLong> {
        let figures = self.figures(seed)?;
        Ok(Metrics::of(&self.scenario, seed, &figures))
    }
}
