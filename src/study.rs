//! From one deployment to many: what thousands of runs of a scenario come to.

pub mod bad_release;
pub mod batch;
pub mod choose;
pub mod compare;
pub mod levers;
pub mod odds;
pub mod offers;
pub mod pareto;
pub mod progress;
pub mod require;
pub mod space;
pub mod sweep;
pub mod vary;

use crate::engine::clock::Clock;
use crate::engine::{Memory, TooLong};
use crate::metrics::{Figures, Metrics};
use crate::plan::Plan;
use crate::scenario::Scenario;
use crate::strategy;
use crate::timeline::Detail;

/// Runs one scenario again and again with other seeds. What is planned is planned once, and memory is used again.
pub struct Runner {
    scenario: Scenario,
    plan: Plan,
    memory: Memory,
}

impl Runner {
    /// For runs of this scenario.
    pub fn new(scenario: &Scenario) -> Runner {
        let plan = strategy::plan(scenario);
        let memory = Memory::new(scenario, &plan, Detail::Outline);
        Runner { scenario: scenario.clone(), plan, memory }
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
        self.memory.run(&self.scenario, &self.plan, seed)?;
        Ok(Figures::new(self.memory.timeline()))
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

/// The random numbers of a run in which every instance is updated in place once, and nothing else: what a run is measured
/// against.
pub struct Draws {
    clock: Clock,
    instances: u32,
}

impl Draws {
    /// Those of this scenario.
    pub fn new(scenario: &Scenario) -> Draws {
        let instances = scenario.fleet.instances;
        Draws { clock: Clock::new(scenario, instances), instances }
    }

    /// Draws them all for a seed, and adds them up so that none is left out.
    pub fn sum(&mut self, seed: u64) -> u64 {
        self.clock.begin_again(seed);
        self.clock.sum(self.instances)
    }
}
