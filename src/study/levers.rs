//! Which lever moves it: for every setting, what a small step each way does to each figure, found by simulating.

use super::batch;
use super::progress::{Cancelled, Progress};
use crate::engine::TooLong;
use crate::metrics::{Figures, Key};
use crate::scenario::{Part, Scenario, Spread, Strategy, Switch};
use crate::units::{Duration, Share};

/// Times are stepped by this part of them, at least by a second.
const TIME_STEP: f64 = 0.1;
/// Percentages are stepped by so many points.
const PERCENT_STEP: Share = Share::from_percent(5);

/// A setting and what a step of it does.
#[derive(Clone, Debug)]
pub struct Lever {
    /// The setting's path in a scenario.
    pub path: &'static str,
    /// Its value now.
    pub value: String,
    /// A step down; none where the platform or the scenario allows none.
    pub down: Option<Step>,
    /// A step up.
    pub up: Option<Step>,
}

/// A step of a setting.
#[derive(Clone, Debug)]
pub struct Step {
    /// The value after it.
    pub value: String,
    /// The scenario after it.
    pub scenario: Scenario,
    /// What becomes of that.
    pub figures: Figures,
}

impl Lever {
    /// How far its steps move a figure: the larger of the two differences to what it is `now`.
    pub fn moves(&self, key: Key, now: &Figures) -> f64 {
        let value = |figures: &Figures| figures.get(key).unwrap_or(0.0);
        let moved = |step: &Option<Step>| step.as_ref().map_or(0.0, |step| (value(&step.figures) - value(now)).abs());
        // Two infinite times are no difference.
        [moved(&self.down), moved(&self.up)].into_iter().filter(|moved| !moved.is_nan()).fold(0.0, f64::max)
    }
}

/// The levers of a scenario.
#[derive(Clone, Debug)]
pub struct Levers {
    /// What the scenario comes to as it is.
    pub now: Figures,
    /// Its settings, in the order of a scenario's fields.
    pub levers: Vec<Lever>,
}

impl Levers {
    /// Those that move a figure, the farthest first.
    pub fn of(&self, key: Key) -> Vec<&Lever> {
        let mut moving: Vec<&Lever> = self.levers.iter().filter(|lever| lever.moves(key, &self.now) > 0.0).collect();
        moving.sort_by(|a, b| b.moves(key, &self.now).total_cmp(&a.moves(key, &self.now)));
        moving
    }
}

/// Why there are no levers.
#[derive(Debug, thiserror::Error)]
pub enum LeversError {
    /// Nobody waits for them any more.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// The scenario itself would hardly end.
    #[error(transparent)]
    TooLong(#[from] TooLong),
}

/// Steps every setting of a scenario down and up.
///
/// # Errors
/// [`LeversError`].
pub fn levers(scenario: &Scenario, progress: &Progress) -> Result<Levers, LeversError> {
    let settings = settings(scenario);
    let mut scenarios = vec![scenario.clone()];
    scenarios.extend(settings.iter().flat_map(|setting| [&setting.down, &setting.up]).flatten().map(|(_, stepped)| stepped.clone()));
    let mut figures = batch::figures(&scenarios, progress)?.into_iter();
    let mut next = || figures.next().unwrap_or(Err(TooLong));
    let now = next()?;
    let mut step = |stepped: Option<(String, Scenario)>| {
        let (value, scenario) = stepped?;
        next().ok().map(|figures| Step { value, scenario, figures })
    };
    let levers = settings.into_iter().map(|setting| {
        let (down, up) = (step(setting.down), step(setting.up));
        Lever { path: setting.path, value: setting.value, down, up }
    });
    Ok(Levers { now, levers: levers.collect() })
}

/// A setting, and the scenario a step down and up.
struct Setting {
    path: &'static str,
    value: String,
    down: Option<(String, Scenario)>,
    up: Option<(String, Scenario)>,
}

/// Which way a setting is stepped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Down,
    Up,
}

/// Collects the settings of one scenario.
struct Collector<'a> {
    scenario: &'a Scenario,
    settings: Vec<Setting>,
}

impl Collector<'_> {
    /// A setting that `at` finds in a scenario. A step that the scenario's rules refuse is none.
    fn add<T: Clone + PartialEq>(
        &mut self,
        path: &'static str,
        at: impl Fn(&mut Scenario) -> Option<&mut T>,
        write: impl Fn(&T) -> String,
        stepped: impl Fn(&T, Way) -> Option<T>,
    ) {
        let mut present = self.scenario.clone();
        let Some(value) = at(&mut present).cloned() else { return };
        let step = |way| {
            let new = stepped(&value, way).filter(|new| *new != value)?;
            let mut scenario = self.scenario.clone();
            let written = write(&new);
            *at(&mut scenario)? = new;
            // The reader knows every range and rule.
            Scenario::from_ron(&scenario.to_ron(), "").ok().map(|scenario| (written, scenario))
        };
        let (down, up) = (step(Way::Down), step(Way::Up));
        self.settings.push(Setting { path, value: write(&value), down, up });
    }

    fn spread(&mut self, path: &'static str, at: impl Fn(&mut Scenario) -> Option<&mut Spread>) {
        self.add(path, at, ToString::to_string, |spread, way| match spread {
            Spread::Fixed(d) => step_of_time(*d, way).map(Spread::Fixed),
            Spread::Uniform { .. } | Spread::Normal { .. } | Spread::LogNormal { .. } => Some(spread.scaled(factor(way))),
        });
    }

    fn time(&mut self, path: &'static str, at: impl Fn(&mut Scenario) -> Option<&mut Duration>) {
        self.add(path, at, ToString::to_string, |d, way| step_of_time(*d, way));
    }

    fn count(&mut self, path: &'static str, at: impl Fn(&mut Scenario) -> Option<&mut u32>) {
        self.add(path, at, ToString::to_string, |n, way| step_of_count(*n, way));
    }

    fn share(&mut self, path: &'static str, at: impl Fn(&mut Scenario) -> Option<&mut Share>) {
        self.add(path, at, |share| format!("{share} %"), |share, way| step_of_share(*share, way));
    }

    fn part(&mut self, path: &'static str, at: impl Fn(&mut Scenario) -> Option<&mut Part>) {
        let n = self.scenario.fleet.instances;
        let write = |part: &Part| match part {
            Part::Count(count) => count.to_string(),
            Part::Percent(share) => format!("{share} %"),
        };
        self.add(path, at, write, |part, way| match part {
            Part::Count(count) => step_of_count(*count, way).filter(|count| *count <= n).map(Part::Count),
            Part::Percent(share) => step_of_share(*share, way).map(Part::Percent),
        });
    }
}

fn factor(way: Way) -> f64 {
    match way {
        Way::Down => 1.0 - TIME_STEP,
        Way::Up => 1.0 + TIME_STEP,
    }
}

fn step_of_time(d: Duration, way: Way) -> Option<Duration> {
    let second = Duration::from_secs(1);
    // In whole seconds where there are any: nobody sets 33.3 s.
    let step = Duration::from_secs_f64((d.as_secs_f64() * TIME_STEP).round()).max(second);
    match way {
        Way::Down => (d > step).then(|| Duration::from_us(d.as_us() - step.as_us())),
        Way::Up => Some(d + step),
    }
}

fn step_of_count(n: u32, way: Way) -> Option<u32> {
    match way {
        Way::Down => n.checked_sub(1),
        Way::Up => n.checked_add(1),
    }
}

fn step_of_share(share: Share, way: Way) -> Option<Share> {
    let ppm = match way {
        Way::Down => share.as_ppm().checked_sub(PERCENT_STEP.as_ppm()),
        Way::Up => share.as_ppm().checked_add(PERCENT_STEP.as_ppm()),
    };
    ppm.map(Share::from_ppm)
}

/// A field of the strategy, where it is of that kind.
macro_rules! of_strategy {
    ($variant:ident, $field:ident) => {
        |scenario: &mut Scenario| match &mut scenario.strategy {
            Strategy::$variant { $field, .. } => Some($field),
            _ => None,
        }
    };
}

fn settings(scenario: &Scenario) -> Vec<Setting> {
    let mut all = Collector { scenario, settings: Vec::new() };
    all.part("strategy.batch", of_strategy!(Rolling, batch));
    all.part("strategy.batch", of_strategy!(RollingWithAdditionalBatch, batch));
    all.part("strategy.minimum_healthy", of_strategy!(InPlace, minimum_healthy));
    all.share("strategy.new_version_percent", of_strategy!(TrafficSplitting, new_version));
    all.time("strategy.evaluation_time", of_strategy!(TrafficSplitting, evaluation_time));
    all.time("strategy.bake", of_strategy!(BlueGreen, bake));
    all.time("strategy.switch.ttl", |scenario| match &mut scenario.strategy {
        Strategy::BlueGreen { switch: Switch::Dns { ttl, .. }, .. } => Some(ttl),
        _ => None,
    });
    all.share("strategy.percent", of_strategy!(Canary, percent));
    all.time("strategy.interval", of_strategy!(Canary, interval));
    all.share("strategy.percent", of_strategy!(Linear, percent));
    all.time("strategy.interval", of_strategy!(Linear, interval));
    all.part("strategy.max_surge", of_strategy!(RollingUpdate, max_surge));
    all.part("strategy.max_unavailable", of_strategy!(RollingUpdate, max_unavailable));
    all.share("strategy.minimum_percent", of_strategy!(EcsRolling, minimum_healthy));
    all.share("strategy.maximum_percent", of_strategy!(EcsRolling, maximum));
    all.share("strategy.minimum_healthy_percent", of_strategy!(InstanceRefresh, minimum_healthy));
    all.share("strategy.maximum_healthy_percent", of_strategy!(InstanceRefresh, maximum_healthy));
    all.time("strategy.checkpoint_delay", of_strategy!(InstanceRefresh, checkpoint_delay));
    all.time("strategy.bake", of_strategy!(InstanceRefresh, bake));
    all.count("fleet.instances", |scenario| Some(&mut scenario.fleet.instances));
    all.spread("timings.boot", |scenario| Some(&mut scenario.timings.boot));
    all.spread("timings.install", |scenario| Some(&mut scenario.timings.install));
    all.spread("timings.startup", |scenario| Some(&mut scenario.timings.startup));
    all.time("timings.settle", |scenario| Some(&mut scenario.timings.settle));
    all.time("load_balancer.deregistration_delay", |scenario| Some(&mut scenario.load_balancer.deregistration_delay));
    all.time("load_balancer.health_check.interval", |scenario| Some(&mut scenario.load_balancer.health_check.interval));
    all.count("load_balancer.health_check.healthy_threshold", |scenario| Some(&mut scenario.load_balancer.health_check.healthy_threshold));
    all.count("load_balancer.health_check.unhealthy_threshold", |scenario| {
        Some(&mut scenario.load_balancer.health_check.unhealthy_threshold)
    });
    all.time("load_balancer.in_flight", |scenario| Some(&mut scenario.load_balancer.in_flight));
    all.time("load_balancer.propagation", |scenario| Some(&mut scenario.load_balancer.propagation));
    all.time("alarm.period", |scenario| scenario.alarm.as_mut().map(|alarm| &mut alarm.period));
    all.count("alarm.periods", |scenario| scenario.alarm.as_mut().map(|alarm| &mut alarm.periods));
    all.time("alarm.bake", |scenario| scenario.alarm.as_mut().map(|alarm| &mut alarm.bake));
    all.time("timeout", |scenario| Some(&mut scenario.timeout));
    all.settings
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;
    use crate::presets::BUILT_IN;

    #[test]
    fn the_lever_that_moves_most_comes_first() {
        let scenario = Scenario::new(10, Strategy::Rolling { batch: Part::Count(3) });
        let levers = levers(&scenario, &Progress::new()).unwrap();
        let found: Vec<(&str, f64)> =
            levers.of(Key::Duration).into_iter().map(|lever| (lever.path, lever.moves(Key::Duration, &levers.now))).collect();
        // Four batches of 100 s: 2 at a time are 5 batches, 4 at a time 3: 100 s either way. 9 instances are 3 batches.
        // One check more or fewer is 10 s a batch; 3 s of the install, 2 s of drain and startup, 3 × 1 s of checks.
        let expected = [
            ("strategy.batch", 100.0),
            ("fleet.instances", 100.0),
            ("load_balancer.health_check.healthy_threshold", 40.0),
            ("timings.install", 12.0),
            ("load_balancer.health_check.interval", 12.0),
            ("timings.startup", 8.0),
            ("load_balancer.deregistration_delay", 8.0),
            // A second more of each batch; a second until the balancer has heard of the last one.
            ("timings.settle", 4.0),
            ("load_balancer.propagation", 1.0),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_step_that_the_platform_does_not_allow_is_none() {
        let scenario = Scenario::new(3, Strategy::Rolling { batch: Part::Count(1) });
        let levers = levers(&scenario, &Progress::new()).unwrap();
        let batch = levers.levers.iter().find(|lever| lever.path == "strategy.batch").unwrap();
        assert!(batch.down.is_none());
        assert_eq!(batch.up.as_ref().unwrap().value, "2");
    }

    #[test]
    fn every_path_is_one_that_can_be_set() {
        for preset in BUILT_IN {
            let source = preset.source();
            for setting in settings(&preset.scenario().unwrap()) {
                // A value that is not right for it tells that the path is known.
                let refused = source.clone().set(setting.path, "[]").unwrap_err().to_string();
                assert!(!refused.contains("there is no field"), "{}: {refused}", preset.name);
            }
        }
    }
}
