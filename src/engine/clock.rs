//! When one instance goes through install, start-up and health checks: the timing rules of a deployment.

use super::random::{Draw, Purpose};
use crate::scenario::Scenario;
use crate::units::{Duration, Time};

/// Whether an instance has to boot before its install.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Boots {
    /// It is a new one.
    First,
    /// It runs already and is updated in place.
    Already,
}

/// When an instance goes through its parts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Times {
    pub(crate) install: Time,
    pub(crate) startup: Time,
    pub(crate) check: Time,
    pub(crate) in_service: Time,
}

impl Times {
    /// Later than any other.
    pub(super) const LATEST: Times = {
        let never = Time::from_us(u64::MAX);
        Times { install: never, startup: never, check: never, in_service: never }
    };

    /// The earlier of each.
    pub(super) fn earliest(self, other: Times) -> Times {
        Times {
            install: self.install.min(other.install),
            startup: self.startup.min(other.startup),
            check: self.check.min(other.check),
            in_service: self.in_service.min(other.in_service),
        }
    }
}

/// Draws the times of each instance from the seed.
pub(super) struct Clock {
    boot: Draw,
    install: Draw,
    startup: Draw,
    to_healthy: Duration,
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
        }
    }

    /// Whether every instance takes the same time.
    pub(super) fn is_fixed(&self) -> bool {
        self.boot.is_fixed() && self.install.is_fixed() && self.startup.is_fixed()
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
