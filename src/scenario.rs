//! A scenario: everything a person states about a deployment. Plain data, read from and written as RON.
//!
//! [`Scenario::from_ron`] reads one, [`Scenario::to_ron`] writes one. The numbers it may hold are in [`limits`];
//! what is wrong with a text is told by [`Problem`]s, each with its line and column.

mod duration;
mod error;
mod file;
mod fleet;
pub mod limits;
mod nearest;
mod node;
mod path;
mod read;
mod release;
mod spread;
mod strategy;
mod traffic;
mod write;

pub use error::{Problem, ScenarioError};
pub use fleet::{AllUnhealthy, Fleet, HealthCheck, LoadBalancer, Timings};
pub(crate) use nearest::nearest;
pub use path::Source;
pub use release::{Alarm, Event, Failures, Metric, OnFailure, Places, Recovery, Release};
pub use spread::Spread;
pub use strategy::{CircuitBreaker, Group, Late, NewSet, Part, Step, Strategy, StrategyKind, Switch, Threshold};
pub use traffic::Traffic;

use crate::units::Duration;

/// What a person states: a fleet, its traffic, its timings, a strategy, and what is wrong with any of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// What it is called; may be empty.
    pub name: String,
    /// What to watch for; may be empty.
    pub description: String,
    /// The instances that serve.
    pub fleet: Fleet,
    /// The demand; none is [`limits::DEFAULT_LOAD`] of the fleet's capacity.
    pub traffic: Option<Traffic>,
    /// How long an instance takes for each part of its update.
    pub timings: Timings,
    /// How requests get to instances, and when one counts as healthy.
    pub load_balancer: LoadBalancer,
    /// How the new version is brought in.
    pub strategy: Strategy,
    /// What is wrong with the new version.
    pub release: Release,
    /// What happens to instances of either version.
    pub failures: Failures,
    /// What is watched during the deployment; none watches nothing.
    pub alarm: Option<Alarm>,
    /// What follows a failure; none is the strategy's documented behaviour.
    pub on_failure: Option<OnFailure>,
    /// An instance not healthy within this time has failed (the platform's command timeout).
    pub timeout: Duration,
    /// The random numbers' seed.
    pub seed: u64,
}

impl Scenario {
    /// A scenario of `instances` instances with every default.
    pub fn new(instances: u32, strategy: Strategy) -> Scenario {
        Scenario {
            name: String::new(),
            description: String::new(),
            fleet: Fleet { instances, ..Fleet::default() },
            traffic: None,
            timings: Timings::default(),
            load_balancer: LoadBalancer::default(),
            strategy,
            release: Release::default(),
            failures: Failures::default(),
            alarm: None,
            on_failure: None,
            timeout: limits::DEFAULT_TIMEOUT,
            seed: limits::DEFAULT_SEED,
        }
    }

    /// The demand: what the scenario says, or the default load for this fleet.
    pub fn traffic(&self) -> Traffic {
        self.traffic.clone().unwrap_or_else(|| Traffic::Constant(self.fleet.capacity_rps_total() * limits::DEFAULT_LOAD))
    }
}
