//! When one instance goes through install, start-up and health checks: the timing rules of a deployment.

use super::random::{Chance, Draw, One, Purpose, Seed};
use crate::scenario::{Places, Scenario};
use crate::timeline::{Times, Version};
use crate::units::{Duration, Time};

/// Whether an instance has to boot before its install.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Boots {
    /// It is a new one.
    First,
    /// It runs already and is updated in place.
    Already,
    /// It runs already, with what was installed before.
    Installed,
}

/// Draws what each instance meets, from the seed.
pub(crate) struct Clock {
    boot: Draw,
    install: Draw,
    startup: Draw,
    to_healthy: Duration,
    fixed: bool,
    never_passes: (Chance, f64),
    never_pass: Option<Places>,
    /// How many instances the plan gives the new version.
    places: u32,
    failure: Option<(Chance, Duration)>,
    crash: Option<Draw>,
}

impl Clock {
    pub(crate) fn new(scenario: &Scenario, places: u32) -> Clock {
        let timings = &scenario.timings;
        let seed = Seed::new(scenario.seed);
        let draw = |spread, purpose| Draw::new(spread, seed, purpose);
        let chance = |purpose| Chance::new(seed, purpose);
        Clock {
            boot: draw(timings.boot, Purpose::Boot),
            install: draw(timings.install, Purpose::Install),
            startup: draw(timings.startup, Purpose::Startup),
            to_healthy: scenario.load_balancer.health_check.time_to_healthy(),
            fixed: timings.is_fixed(),
            never_passes: (chance(Purpose::StartupFailure), scenario.release.startup_failure),
            never_pass: scenario.release.startup_failure_of,
            places,
            failure: scenario.failures.instance_mtbf.map(|mean| (chance(Purpose::Failure), mean)),
            crash: scenario.release.crash_after.map(|after| draw(after, Purpose::Crash)),
        }
    }

    /// The same clock with another seed.
    pub(crate) fn begin_again(&mut self, seed: u64) {
        let seed = Seed::new(seed);
        self.boot.begin_again(seed, Purpose::Boot);
        self.install.begin_again(seed, Purpose::Install);
        self.startup.begin_again(seed, Purpose::Startup);
        if self.never_passes.1 > 0.0 {
            self.never_passes.0 = Chance::new(seed, Purpose::StartupFailure);
        }
        if let Some((chance, _)) = &mut self.failure {
            *chance = Chance::new(seed, Purpose::Failure);
        }
        if let Some(crash) = &mut self.crash {
            crash.begin_again(seed, Purpose::Crash);
        }
    }

    /// The times of so many instances that are updated in place, added up: the draws of a run without the run.
    pub(crate) fn sum(&self, instances: u32) -> u64 {
        let ends = (0..instances).map(|instance| self.times(One { instance, starts: 0 }, Time::ZERO, Boots::Already).in_service.as_us());
        ends.fold(0, u64::wrapping_add)
    }

    /// Whether every instance takes the same time.
    pub(super) fn is_fixed(&self) -> bool {
        self.fixed
    }

    /// The times of one that begins to boot, to install or to start at `from`.
    #[inline]
    pub(super) fn times(&self, one: One, from: Time, boots: Boots) -> Times {
        let install = match boots {
            Boots::First => from + self.boot.of(one),
            Boots::Already | Boots::Installed => from,
        };
        let startup = match boots {
            Boots::First | Boots::Already => install + self.install.of(one),
            Boots::Installed => install,
        };
        let check = startup + self.startup.of(one);
        Times { install, startup, check, in_service: check + self.to_healthy }
    }

    /// Whether one that runs a version, at this place of the new version's order, never passes its checks.
    pub(super) fn never_passes(&self, one: One, place: u32, version: Version) -> bool {
        let (chance, probability) = self.never_passes;
        let by_place = match self.never_pass {
            Some(Places::Last(n)) => place > self.places.saturating_sub(n),
            Some(Places::Place(n)) => place == n,
            None => false,
        };
        version == Version::New && (by_place || probability > 0.0 && chance.happens(one, probability))
    }

    /// Whether any instance may die of itself.
    pub(super) fn is_mortal(&self) -> bool {
        self.failure.is_some() || self.crash.is_some()
    }

    /// When one that comes into service at `from` fails of itself.
    pub(super) fn fails(&self, one: One, from: Time) -> Option<Time> {
        self.failure.map(|(chance, mean)| from + chance.time_until(one, mean))
    }

    /// When one that comes into service with a version crashes of it.
    pub(super) fn crashes(&self, one: One, version: Version, from: Time) -> Option<Time> {
        let crash = self.crash.filter(|_| version == Version::New)?;
        Some(from + crash.of(one))
    }
}
