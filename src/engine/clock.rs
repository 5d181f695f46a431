//! When one instance goes through install, start-up and health checks: the timing rules of a deployment.

use super::random::{Draw, Purpose};
use crate::scenario::Scenario;
use crate::timeline::Times;
use crate::units::{Duration, Time};

/// Whether an instance has to boot before its install.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Boots {
    /// It is a new one.
    First,
    /// It runs already and is updated in place.
    Already,
}

/// Draws the times of each instance from the seed.
pub(super) struct Clock {
    boot: Draw,
    install: Draw,
    startup: Draw,
    to_healthy: Duration,
    fixed: bool,
}

impl Clock {
    pub(super) fn new(scenario: &Scenario) -> Clock {
        let timings = &scenario.timings;
        let draw = |spread, purpose| Draw::new(spread, scenario.seed, purpose);
        Clock {
            boot: draw(timings.boot, Purpose::Boot),
            install: draw(timings.install, Purpose::Install),
            startup: draw(timings.startup, Purpose::Startup),
            to_healthy: scenario.load_balancer.health_check.time_to_healthy(),
            fixed: timings.is_fixed(),
        }
    }

    /// Whether every instance takes the same time.
    pub(super) fn is_fixed(&self) -> bool {
        self.fixed
    }

    /// The times of `instance`, which begins to boot or to install at `from`.
    pub(super) fn times(&self, instance: u32, from: Time, boots: Boots) -> Times {
        let install = match boots {
            Boots::First => from + self.boot.of(instance),
            Boots::Already => from,
        };
        let startup = install + self.install.of(instance);
        let check = startup + self.startup.of(instance);
        Times { install, startup, check, in_service: check + self.to_healthy }
    }
}
