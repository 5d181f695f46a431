//! What is worth varying in a scenario, each over a sensible range around what is set.

use super::vary::Kind;
use crate::scenario::{Event, Part, Scenario, Spread, Strategy, Switch, Traffic};
use crate::units::{Duration, Share};

/// A field that can be varied.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// What is varied.
    pub field: Field,
    /// What its values are.
    pub kind: Kind,
    /// The first value, in the numbers of the kind.
    pub from: f64,
    /// The last.
    pub to: f64,
    /// From one to the next.
    pub step: f64,
    /// What is set now; none where nothing is.
    pub now: Option<f64>,
}

/// What an offer varies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    /// The field at a path.
    Path(String),
    /// When the new version turns bad: an event that the scenario does not have yet.
    TurnsBadAt,
    /// When an instance dies: an event that the scenario does not have yet.
    DiesAt,
}

/// A version that turns bad in a sweep fails this share of its requests.
const TURNS_BAD: f64 = 0.3;
/// About so many values an offer has.
const VALUES: f64 = 40.0;

impl Offer {
    /// The path that is varied, and the scenario in which it is: the given one, with the event where it lacks it.
    pub fn applied_to(&self, scenario: &Scenario) -> (String, Scenario) {
        let mut scenario = scenario.clone();
        let event = match &self.field {
            Field::Path(path) => return (path.clone(), scenario),
            Field::TurnsBadAt => Event::TurnBad { at: Duration::ZERO, error_rate: TURNS_BAD },
            Field::DiesAt => Event::Kill { at: Duration::ZERO, instances: 1 },
        };
        scenario.failures.events.push(event);
        (format!("failures.events[{}].at", scenario.failures.events.len() - 1), scenario)
    }
}

/// What can be varied in a scenario whose deployment takes `duration`, the strategy's own settings first.
pub fn offers(scenario: &Scenario, duration: Duration) -> Vec<Offer> {
    let mut all = Collector { n: scenario.fleet.instances, offers: Vec::new() };
    match &scenario.strategy {
        Strategy::AllAtOnce | Strategy::Immutable | Strategy::Steps(_) => {}
        Strategy::InPlace { minimum_healthy } => all.part("strategy.minimum_healthy", *minimum_healthy, 0),
        Strategy::Rolling { batch } | Strategy::RollingWithAdditionalBatch { batch } => all.part("strategy.batch", *batch, 1),
        Strategy::TrafficSplitting { new_version, evaluation_time } => {
            all.percent("strategy.new_version_percent", *new_version, 1.0, 50.0);
            all.time("strategy.evaluation_time", *evaluation_time);
        }
        Strategy::BlueGreen { switch, bake } => {
            all.time("strategy.bake", *bake);
            if let Switch::Dns { ttl, .. } = switch {
                all.time("strategy.switch.ttl", *ttl);
            }
        }
        Strategy::Canary { percent, interval, .. } => {
            all.percent("strategy.percent", *percent, 1.0, 50.0);
            all.time("strategy.interval", *interval);
        }
        Strategy::Linear { percent, interval, .. } => {
            all.percent("strategy.percent", *percent, 5.0, 50.0);
            all.time("strategy.interval", *interval);
        }
        Strategy::RollingUpdate { max_surge, max_unavailable, .. } => {
            all.part("strategy.max_surge", *max_surge, 0);
            all.part("strategy.max_unavailable", *max_unavailable, 0);
        }
        Strategy::EcsRolling { minimum_healthy, maximum, .. } => {
            all.percent("strategy.minimum_percent", *minimum_healthy, 0.0, 100.0);
            all.percent("strategy.maximum_percent", *maximum, 100.0, 200.0);
        }
        Strategy::InstanceRefresh { minimum_healthy, maximum_healthy, bake, .. } => {
            all.percent("strategy.minimum_healthy_percent", *minimum_healthy, 0.0, 100.0);
            all.percent("strategy.maximum_healthy_percent", *maximum_healthy, 100.0, 200.0);
            all.time("strategy.bake", *bake);
        }
    }
    let fleet = &scenario.fleet;
    all.number("fleet.instances", f64::from(fleet.instances), 1.0, f64::from(fleet.instances.saturating_mul(2).min(1_000)));
    all.number("fleet.capacity_rps", fleet.capacity_rps, fleet.capacity_rps * 0.5, fleet.capacity_rps * 2.0);
    if let Traffic::Constant(rps) = scenario.traffic() {
        all.number("traffic", rps, 0.0, fleet.capacity_rps_total() * 1.5);
    }
    all.spread("timings.boot", scenario.timings.boot);
    all.spread("timings.install", scenario.timings.install);
    all.spread("timings.startup", scenario.timings.startup);
    all.time("timings.settle", scenario.timings.settle);
    let balancer = &scenario.load_balancer;
    all.time("load_balancer.deregistration_delay", balancer.deregistration_delay);
    all.time("load_balancer.health_check.interval", balancer.health_check.interval);
    all.number("load_balancer.health_check.healthy_threshold", f64::from(balancer.health_check.healthy_threshold), 1.0, 10.0);
    all.number("load_balancer.health_check.unhealthy_threshold", f64::from(balancer.health_check.unhealthy_threshold), 1.0, 10.0);
    all.time("load_balancer.in_flight", balancer.in_flight);
    all.time("load_balancer.propagation", balancer.propagation);
    all.number("release.error_rate", scenario.release.error_rate, 0.0, 1.0);
    all.number("release.startup_failure", scenario.release.startup_failure, 0.0, 1.0);
    all.number("release.capacity_factor", scenario.release.capacity_factor, 0.5, 1.5);
    if let Some(alarm) = &scenario.alarm {
        all.number("alarm.threshold", alarm.threshold, 0.0, 1.0);
        all.time("alarm.period", alarm.period);
    }
    let whole = duration.as_secs_f64();
    for (i, event) in scenario.failures.events.iter().enumerate() {
        all.moment(Field::Path(format!("failures.events[{i}].at")), whole, Some(event.at()));
    }
    all.moment(Field::TurnsBadAt, whole, None);
    all.moment(Field::DiesAt, whole, None);
    all.offers
}

struct Collector {
    n: u32,
    offers: Vec<Offer>,
}

impl Collector {
    fn add(&mut self, path: &str, kind: Kind, now: f64, from: f64, to: f64, step: f64) {
        if to > from {
            self.offers.push(Offer { field: Field::Path(path.to_owned()), kind, from, to, step, now: Some(now) });
        }
    }

    fn part(&mut self, path: &str, part: Part, least: u32) {
        match part {
            Part::Count(count) => {
                let most = f64::from(self.n);
                self.add(path, Kind::Count, f64::from(count), f64::from(least), most, (most / VALUES).ceil().max(1.0));
            }
            Part::Percent(share) => self.percent(path, share, f64::from(least) * 5.0, 100.0),
        }
    }

    fn percent(&mut self, path: &str, share: Share, from: f64, to: f64) {
        let step = if to <= 50.0 { 1.0 } else { 5.0 };
        self.add(path, Kind::Percent, share.as_percent(), from, to, step);
    }

    fn number(&mut self, path: &str, now: f64, from: f64, to: f64) {
        let whole = now.fract() == 0.0 && to - from > 2.0;
        let step = (to - from) / VALUES;
        self.add(path, Kind::Number, now, from, to, if whole { step.ceil().max(1.0) } else { step });
    }

    /// From nothing to three times what is set, in steps that a person would choose.
    fn time(&mut self, path: &str, now: Duration) {
        let most = (now.as_secs_f64() * 3.0).max(60.0);
        let step = nice(most / VALUES);
        self.add(path, Kind::Duration, now.as_secs_f64(), step, most, step);
    }

    fn spread(&mut self, path: &str, now: Spread) {
        match now {
            Spread::Fixed(d) => self.time(path, d),
            Spread::Uniform { from, to } => self.time(path, Duration::from_us(from.as_us().midpoint(to.as_us()))),
            Spread::Normal { mean, .. } => self.time(path, mean),
            Spread::LogNormal { median, .. } => self.time(path, median),
        }
    }

    fn moment(&mut self, field: Field, whole: f64, now: Option<Duration>) {
        let step = nice(whole / (2.0 * VALUES));
        if whole > step {
            let now = now.map(Duration::as_secs_f64);
            self.offers.push(Offer { field, kind: Kind::Duration, from: 0.0, to: whole, step, now });
        }
    }
}

/// The next step that a person would choose: 1, 2, 5, 10, 20, 30, 60, 120, 300 s and so on.
fn nice(seconds: f64) -> f64 {
    const STEPS: [f64; 11] = [1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1_800.0];
    STEPS.into_iter().find(|step| *step >= seconds).unwrap_or_else(|| (seconds / 3_600.0).ceil() * 3_600.0)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;
    use crate::presets::BUILT_IN;
    use crate::scenario::Source;
    use crate::study::vary::{Axis, MAX_VALUES};

    #[test]
    fn every_offer_of_every_preset_can_be_varied() {
        for preset in BUILT_IN {
            let scenario = preset.scenario().unwrap();
            let duration = crate::simulate(&scenario).unwrap().end().since(crate::units::Time::ZERO);
            for offer in offers(&scenario, duration) {
                let (path, scenario) = offer.applied_to(&scenario);
                let source = Source::new(scenario.to_ron(), "test");
                let axis = Axis::new(&path, offer.kind, offer.from, offer.to, offer.step, &source);
                let axis = axis.unwrap_or_else(|error| panic!("{}: {path}: {error}", preset.name));
                assert!((2..=MAX_VALUES).contains(&axis.values.len()), "{}: {path}", preset.name);
                // At least one of its values can be run.
                let runs = axis.values.iter().any(|value| axis.set(value, &source).is_ok_and(|set| set.read().is_ok()));
                assert!(runs, "{}: {path}", preset.name);
            }
        }
    }

    #[test]
    fn the_batch_goes_from_one_to_the_fleet() {
        let scenario = Scenario::new(10, Strategy::Rolling { batch: Part::Count(3) });
        let first = &offers(&scenario, Duration::from_secs(400))[0];
        assert_eq!((first.from, first.to, first.step, first.now), (1.0, 10.0, 1.0, Some(3.0)));
        assert_eq!(first.field, Field::Path("strategy.batch".to_owned()));
    }
}
