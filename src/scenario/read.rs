//! Reads a scenario from its text: the syntax is ron's, the fields, ranges and rules are told here.
//!
//! Nothing stops at the first problem, and every field that is asked for makes its path known to `--set`.

mod failures;
mod plan;
mod reader;
mod strategy;
mod traffic;
mod values;

use std::collections::BTreeMap;

pub(super) use reader::Place;
use reader::{Fields, Reader};
use values::Least;

use super::error::{Finding, ScenarioError};
use super::node::{self, Node};
use super::{AllUnhealthy, Fleet, HealthCheck, LoadBalancer, Scenario, Strategy, Timings, limits};

/// The one version of the format so far.
const VERSION: u64 = 1;
/// What a scenario needs at least, for messages.
pub(super) const LEAST: &str = "a scenario is at least `(fleet: (instances: 10), strategy: Rolling)`";

/// What a text holds.
pub(super) struct Reading {
    /// Whole where nothing was found.
    pub scenario: Option<Scenario>,
    pub findings: Vec<Finding>,
    /// Every known path, and where its value stands; empty where the syntax is wrong.
    pub places: BTreeMap<String, Place>,
}

impl Scenario {
    /// Reads a scenario. `file_name` is what problems call the text.
    ///
    /// # Errors
    /// Every problem of the text: its syntax, or all fields that are unknown, missing, of the wrong kind or out of
    /// range, and rules across fields.
    pub fn from_ron(source: &str, file_name: &str) -> Result<Scenario, ScenarioError> {
        let source = without_mark(source);
        whole(read(source)).map_err(|findings| ScenarioError::of_text(file_name, source, findings))
    }
}

/// The scenario of a reading, or what is wrong with it.
pub(super) fn whole(reading: Reading) -> Result<Scenario, Vec<Finding>> {
    match reading.scenario {
        Some(scenario) if reading.findings.is_empty() => Ok(scenario),
        _ if reading.findings.is_empty() => Err(vec![Finding::new(0..0, "this is not a scenario", LEAST)]),
        _ => Err(reading.findings),
    }
}

/// The text without the byte order mark that some editors put before it.
pub(super) fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// Reads a text to its end, whatever is wrong with it.
pub(super) fn read(source: &str) -> Reading {
    let failed = |finding| Reading { scenario: None, findings: vec![finding], places: BTreeMap::new() };
    if source.len() as u64 > limits::MAX_FILE_BYTES {
        let right = format!("at most {} MB", limits::MAX_FILE_BYTES / 1_000_000);
        return failed(Finding::new(0..0, "the text is too large for a scenario", right));
    }
    if node::skip_space(source).is_empty() {
        return failed(Finding::new(0..0, "there is no scenario in this text", LEAST));
    }
    match node::parse(source) {
        Ok(root) => {
            let mut r = Reader::default();
            let scenario = scenario(&mut r, root);
            Reading { scenario, findings: r.findings, places: r.places }
        }
        Err(finding) => failed(finding),
    }
}

fn scenario<'a>(r: &mut Reader<'a>, root: Node<'a>) -> Option<Scenario> {
    let mut f = r.root(root);
    if let Some(at) = r.find(&mut f, "version")
        && r.whole(&at, 0..=u64::MAX).is_some_and(|version| version != VERSION)
    {
        r.problem(at.node.span(), format!("this program reads version {VERSION}"), format!("write `version: {VERSION}`, or leave it out"));
    }
    let (mut name, mut description) = (String::new(), String::new());
    r.read(&mut f, "name", &mut name, |r, at| r.text(&at));
    r.read(&mut f, "description", &mut description, |r, at| r.text(&at));

    let before_fleet = r.findings.len();
    let section = r.section(&mut f, "fleet");
    if section.is_absent() {
        r.missing(&f, "fleet", "fleet: (instances: 10)");
    }
    let fleet = fleet(r, section);
    let fleet_is_fine = r.findings.len() == before_fleet;

    let traffic = r.optional(&mut f, "traffic", traffic::traffic);
    let section = r.section(&mut f, "timings");
    let timings = timings(r, section);
    let section = r.section(&mut f, "load_balancer");
    let load_balancer = load_balancer(r, section);
    let strategy = r.required(&mut f, "strategy", "strategy: Rolling(batch: Count(3))", strategy::strategy);
    let section = r.section(&mut f, "release");
    let release = failures::release(r, section);
    let section = r.section(&mut f, "failures");
    let failures = failures::failures(r, section);
    let alarm = r.optional(&mut f, "alarm", failures::alarm);
    let on_failure = r.optional(&mut f, "on_failure", failures::on_failure);
    let (mut timeout, mut seed) = (limits::DEFAULT_TIMEOUT, limits::DEFAULT_SEED);
    r.read(&mut f, "timeout", &mut timeout, |r, at| r.some_time(&at));
    r.read(&mut f, "seed", &mut seed, |r, at| r.whole(&at, 0..=u64::MAX));
    r.close(f);

    let strategy = strategy?;
    if let (Strategy::Steps(steps), Some(spans)) = (&strategy.strategy, strategy.steps)
        && fleet_is_fine
        && let Err(broken) = plan::check(steps, fleet.instances)
    {
        r.broken_rule(spans.get(broken.step).cloned().unwrap_or(root.span()), broken.wrong, broken.right);
    }
    let strategy = strategy.strategy;
    Some(Scenario {
        name,
        description,
        fleet,
        traffic,
        timings,
        load_balancer,
        strategy,
        release,
        failures,
        alarm,
        on_failure,
        timeout,
        seed,
    })
}

fn fleet<'a>(r: &mut Reader<'a>, mut f: Fields<'a>) -> Fleet {
    let mut fleet = Fleet::default();
    let instances = r.required(&mut f, "instances", "instances: 10", |r, at| r.count(&at, 1..=limits::MAX_INSTANCES));
    r.read(&mut f, "capacity_rps", &mut fleet.capacity_rps, |r, at| {
        r.number(&at, Least::Above(0.0), limits::MAX_RPS, " requests per second")
    });
    let mut quota_span = None;
    fleet.quota = r.optional(&mut f, "quota", |r, at| {
        quota_span = Some(at.node.span());
        r.count(&at, 1..=u32::MAX)
    });
    r.close(f);
    if let Some(instances) = instances {
        fleet.instances = instances;
        if let (Some(quota), Some(span)) = (fleet.quota, quota_span)
            && quota < instances
        {
            r.broken_rule(span, "`quota` is below `instances`: the fleet itself would not fit", format!("at least {instances}"));
        }
    }
    fleet
}

fn timings<'a>(r: &mut Reader<'a>, mut f: Fields<'a>) -> Timings {
    let mut timings = Timings::default();
    r.read(&mut f, "boot", &mut timings.boot, |r, at| r.spread(&at));
    r.read(&mut f, "install", &mut timings.install, |r, at| r.spread(&at));
    r.read(&mut f, "startup", &mut timings.startup, |r, at| r.spread(&at));
    r.read(&mut f, "settle", &mut timings.settle, |r, at| r.duration(&at));
    r.close(f);
    timings
}

fn load_balancer<'a>(r: &mut Reader<'a>, mut f: Fields<'a>) -> LoadBalancer {
    let mut balancer = LoadBalancer::default();
    r.read(&mut f, "deregistration_delay", &mut balancer.deregistration_delay, |r, at| r.duration(&at));
    let section = r.section(&mut f, "health_check");
    balancer.health_check = health_check(r, section);
    r.read(&mut f, "in_flight", &mut balancer.in_flight, |r, at| r.duration_to(&at, limits::MAX_IN_FLIGHT));
    r.read(&mut f, "propagation", &mut balancer.propagation, |r, at| r.duration(&at));
    r.read(&mut f, "all_unhealthy", &mut balancer.all_unhealthy, |r, at| {
        r.one_of(
            at,
            &[("FailOpen", |r, body| r.bare(&body, AllUnhealthy::FailOpen)), ("Refuse", |r, body| r.bare(&body, AllUnhealthy::Refuse))],
        )
    });
    r.close(f);
    balancer
}

fn health_check<'a>(r: &mut Reader<'a>, mut f: Fields<'a>) -> HealthCheck {
    let mut check = HealthCheck::default();
    r.read(&mut f, "interval", &mut check.interval, |r, at| r.duration_from(&at, limits::MIN_CHECK_INTERVAL));
    r.read(&mut f, "healthy_threshold", &mut check.healthy_threshold, |r, at| r.count(&at, 1..=limits::MAX_THRESHOLD));
    r.read(&mut f, "unhealthy_threshold", &mut check.unhealthy_threshold, |r, at| r.count(&at, 1..=limits::MAX_THRESHOLD));
    r.close(f);
    check
}
