//! Writes a scenario as a person would: short structs on one line, defaults left out.

use super::{Alarm, AllUnhealthy, CircuitBreaker, Event, Failures, Fleet, Group, HealthCheck, Late, LoadBalancer, Metric, NewSet};
use super::{OnFailure, Part, Places, Recovery, Release, Scenario, Spread, Step, Strategy, Switch, Threshold, Timings, Traffic, limits};
use crate::units::Duration;

/// A struct or a list that would pass this column is broken over several lines.
const WIDTH: usize = 100;
const INDENT: usize = 4;

/// A value on its way to text.
enum Doc {
    Word(String),
    /// `name(field: value, ...)`; the name may be empty.
    Struct(&'static str, Vec<(&'static str, Doc)>),
    /// `name(value, ...)`; the name may be empty.
    Tuple(&'static str, Vec<Doc>),
    List(Vec<Doc>),
}

impl Scenario {
    /// The scenario as RON. It reads back as the same scenario.
    pub fn to_ron(&self) -> String {
        let mut fields = Vec::new();
        let mut put = |name: &'static str, doc: Option<Doc>| fields.extend(doc.map(|doc| (name, doc)));
        put("name", text(&self.name));
        put("description", text(&self.description));
        put("fleet", Some(fleet(&self.fleet)));
        put("traffic", self.traffic.as_ref().map(traffic));
        put("timings", some_of(timings(&self.timings)));
        put("load_balancer", some_of(load_balancer(&self.load_balancer)));
        put("strategy", Some(strategy(&self.strategy)));
        put("release", some_of(release(&self.release)));
        put("failures", some_of(failures(&self.failures)));
        put("alarm", self.alarm.as_ref().map(alarm));
        put("on_failure", self.on_failure.map(on_failure));
        put("timeout", unless(self.timeout, limits::DEFAULT_TIMEOUT, duration));
        put("seed", unless(self.seed, limits::DEFAULT_SEED, word));
        let mut ron = String::new();
        Doc::Struct("", fields).write_broken(&mut ron, 0);
        ron.push('\n');
        ron
    }
}

impl Strategy {
    /// The strategy as RON on one line, as it stands in a scenario.
    pub fn to_ron(&self) -> String {
        strategy(self).on_one_line()
    }
}

impl Doc {
    /// Writes the value, which begins at a column of the line and is followed by a comma.
    fn write(&self, ron: &mut String, depth: usize, column: usize) {
        let line = self.on_one_line();
        if column + line.chars().count() < WIDTH || matches!(self, Doc::Word(_)) {
            ron.push_str(&line);
        } else {
            self.write_broken(ron, depth);
        }
    }

    fn on_one_line(&self) -> String {
        let joined = |docs: &[Doc]| docs.iter().map(Doc::on_one_line).collect::<Vec<_>>().join(", ");
        match self {
            Doc::Word(word) => word.clone(),
            Doc::Struct(name, fields) => {
                let fields: Vec<String> = fields.iter().map(|(name, value)| format!("{name}: {}", value.on_one_line())).collect();
                format!("{name}({})", fields.join(", "))
            }
            Doc::Tuple(name, items) => format!("{name}({})", joined(items)),
            Doc::List(items) => format!("[{}]", joined(items)),
        }
    }

    fn write_broken(&self, ron: &mut String, depth: usize) {
        let inner = depth + INDENT;
        let begin = |ron: &mut String, indent: usize| {
            ron.push('\n');
            ron.extend(std::iter::repeat_n(' ', indent));
        };
        match self {
            Doc::Word(word) => ron.push_str(word),
            Doc::Struct(name, fields) => {
                ron.push_str(name);
                ron.push('(');
                for (name, value) in fields {
                    begin(ron, inner);
                    ron.push_str(name);
                    ron.push_str(": ");
                    value.write(ron, inner, inner + name.len() + 2);
                    ron.push(',');
                }
                begin(ron, depth);
                ron.push(')');
            }
            Doc::Tuple(name, items) => {
                // Its one value is what is long: it breaks, and the brackets stay beside it.
                ron.push_str(name);
                ron.push('(');
                for (i, item) in items.iter().enumerate() {
                    if i > 0 {
                        ron.push_str(", ");
                    }
                    item.write_broken(ron, depth);
                }
                ron.push(')');
            }
            Doc::List(items) => {
                ron.push('[');
                for item in items {
                    begin(ron, inner);
                    item.write(ron, inner, inner);
                    ron.push(',');
                }
                begin(ron, depth);
                ron.push(']');
            }
        }
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it is handed to `unless` and `map`")]
fn word(word: impl ToString) -> Doc {
    Doc::Word(word.to_string())
}

/// A number that may have decimals, with all its digits.
fn number(n: f64) -> Doc {
    Doc::Word(format!("{n:?}"))
}

/// Rust escapes a string as RON does.
fn text(text: &str) -> Option<Doc> {
    (!text.is_empty()).then(|| Doc::Word(format!("{text:?}")))
}

fn duration(d: Duration) -> Doc {
    Doc::Word(format!("\"{d}\""))
}

fn spread(s: Spread) -> Doc {
    Doc::Word(format!("\"{s}\""))
}

fn part(part: Part) -> Doc {
    match part {
        Part::Count(n) => word(format!("Count({n})")),
        Part::Percent(share) => word(format!("Percent({share})")),
    }
}

/// The value, where it is not the default.
#[expect(clippy::needless_pass_by_value, reason = "a default is made to be compared")]
fn unless<T: PartialEq>(value: T, default: T, doc: impl FnOnce(T) -> Doc) -> Option<Doc> {
    (value != default).then(|| doc(value))
}

type Fields = Vec<(&'static str, Doc)>;

/// The fields that are there.
fn fields<const N: usize>(all: [(&'static str, Option<Doc>); N]) -> Fields {
    all.into_iter().filter_map(|(name, doc)| Some((name, doc?))).collect()
}

/// A struct with any fields.
fn some_of(fields: Fields) -> Option<Doc> {
    (!fields.is_empty()).then_some(Doc::Struct("", fields))
}

fn fleet(fleet: &Fleet) -> Doc {
    Doc::Struct(
        "",
        fields([
            ("instances", Some(word(fleet.instances))),
            ("capacity_rps", unless(fleet.capacity_rps, limits::DEFAULT_CAPACITY_RPS, number)),
            ("quota", fleet.quota.map(word)),
        ]),
    )
}

fn traffic(traffic: &Traffic) -> Doc {
    match traffic {
        Traffic::Constant(rps) => Doc::Tuple("Constant", vec![number(*rps)]),
        Traffic::Steps(levels) => {
            let levels = levels.iter().map(|(at, rps)| Doc::Tuple("", vec![duration(*at), number(*rps)]));
            Doc::Tuple("Steps", vec![Doc::List(levels.collect())])
        }
        Traffic::Wave { mean, amplitude, period } => {
            Doc::Struct("Wave", vec![("mean", number(*mean)), ("amplitude", number(*amplitude)), ("period", duration(*period))])
        }
        Traffic::Ramp { from, to, over } => {
            Doc::Struct("Ramp", vec![("from", number(*from)), ("to", number(*to)), ("over", duration(*over))])
        }
    }
}

fn timings(timings: &Timings) -> Fields {
    let default = Timings::default();
    fields([
        ("boot", unless(timings.boot, default.boot, spread)),
        ("install", unless(timings.install, default.install, spread)),
        ("startup", unless(timings.startup, default.startup, spread)),
        ("settle", unless(timings.settle, default.settle, duration)),
    ])
}

fn load_balancer(balancer: &LoadBalancer) -> Fields {
    let default = LoadBalancer::default();
    fields([
        ("deregistration_delay", unless(balancer.deregistration_delay, default.deregistration_delay, duration)),
        ("health_check", some_of(health_check(&balancer.health_check))),
        ("in_flight", unless(balancer.in_flight, default.in_flight, duration)),
        ("propagation", unless(balancer.propagation, default.propagation, duration)),
        ("all_unhealthy", unless(balancer.all_unhealthy, default.all_unhealthy, all_unhealthy)),
    ])
}

fn all_unhealthy(all_unhealthy: AllUnhealthy) -> Doc {
    match all_unhealthy {
        AllUnhealthy::FailOpen => word("FailOpen"),
        AllUnhealthy::Refuse => word("Refuse"),
    }
}

fn health_check(check: &HealthCheck) -> Fields {
    let default = HealthCheck::default();
    fields([
        ("interval", unless(check.interval, default.interval, duration)),
        ("healthy_threshold", unless(check.healthy_threshold, default.healthy_threshold, word)),
        ("unhealthy_threshold", unless(check.unhealthy_threshold, default.unhealthy_threshold, word)),
    ])
}

/// What a strategy is told is always written, the defaults too: they are what a reader wants to see.
fn strategy(strategy: &Strategy) -> Doc {
    let name = strategy.kind().ron_name();
    match strategy {
        Strategy::AllAtOnce | Strategy::Immutable => word(name),
        Strategy::InPlace { minimum_healthy } => Doc::Struct(name, vec![("minimum_healthy", part(*minimum_healthy))]),
        Strategy::Rolling { batch } | Strategy::RollingWithAdditionalBatch { batch } => Doc::Struct(name, vec![("batch", part(*batch))]),
        Strategy::TrafficSplitting { new_version, evaluation_time } => {
            Doc::Struct(name, vec![("new_version_percent", word(new_version)), ("evaluation_time", duration(*evaluation_time))])
        }
        Strategy::BlueGreen { switch, bake } => {
            let switch = match switch {
                Switch::LoadBalancer => word("LoadBalancer"),
                Switch::Dns { ttl, late: None } => Doc::Struct("Dns", vec![("ttl", duration(*ttl))]),
                Switch::Dns { ttl, late: Some(Late { share, over }) } => {
                    Doc::Struct("Dns", vec![("ttl", duration(*ttl)), ("late_percent", word(share)), ("late_ttl", duration(*over))])
                }
            };
            Doc::Struct(name, vec![("switch", switch), ("bake", duration(*bake))])
        }
        Strategy::Canary { percent, interval, capacity } | Strategy::Linear { percent, interval, capacity } => {
            let capacity = match capacity {
                NewSet::Full => None,
                NewSet::Proportional => Some(word("Proportional")),
            };
            Doc::Struct(name, fields([("percent", Some(word(percent))), ("interval", Some(duration(*interval))), ("capacity", capacity)]))
        }
        Strategy::RollingUpdate { max_surge, max_unavailable, progress_deadline } => Doc::Struct(
            name,
            vec![
                ("max_surge", part(*max_surge)),
                ("max_unavailable", part(*max_unavailable)),
                ("progress_deadline", duration(*progress_deadline)),
            ],
        ),
        Strategy::EcsRolling { minimum_healthy, maximum, circuit_breaker: breaker } => Doc::Struct(
            name,
            fields([
                ("minimum_percent", Some(word(minimum_healthy))),
                ("maximum_percent", Some(word(maximum))),
                ("circuit_breaker", breaker.as_ref().map(circuit_breaker)),
            ]),
        ),
        Strategy::InstanceRefresh { minimum_healthy, maximum_healthy, checkpoints, checkpoint_delay, bake, auto_rollback } => {
            // The delay is of no use without a checkpoint.
            let without = checkpoints.is_empty();
            let delay = if without {
                unless(*checkpoint_delay, limits::DEFAULT_CHECKPOINT_DELAY, duration)
            } else {
                Some(duration(*checkpoint_delay))
            };
            Doc::Struct(
                name,
                fields([
                    ("minimum_healthy_percent", Some(word(minimum_healthy))),
                    ("maximum_healthy_percent", Some(word(maximum_healthy))),
                    ("checkpoints", (!without).then(|| Doc::List(checkpoints.iter().map(word).collect()))),
                    ("checkpoint_delay", delay),
                    ("bake", unless(*bake, Duration::ZERO, duration)),
                    ("auto_rollback", unless(*auto_rollback, false, word)),
                ]),
            )
        }
        Strategy::Steps(steps) => Doc::Tuple(name, vec![Doc::List(steps.iter().map(step).collect())]),
    }
}

fn circuit_breaker(breaker: &CircuitBreaker) -> Doc {
    let threshold = unless(breaker.threshold, Threshold::DEFAULT, |threshold| match threshold {
        Threshold::BoundedPercent(share) => Doc::Tuple("BoundedPercent", vec![word(share)]),
        Threshold::UnboundedPercent(share) => Doc::Tuple("UnboundedPercent", vec![word(share)]),
        Threshold::Count(count) => Doc::Tuple("Count", vec![word(count)]),
    });
    Doc::Struct("", fields([("threshold", threshold), ("rollback", Some(word(breaker.rollback)))]))
}

fn step(step: &Step) -> Doc {
    match step {
        Step::Launch { instances } => Doc::Struct("Launch", vec![("instances", part(*instances))]),
        Step::Update { instances } => Doc::Struct("Update", vec![("instances", part(*instances))]),
        Step::Shift { to } => Doc::Struct("Shift", vec![("to_percent", word(to))]),
        Step::Wait(time) => Doc::Tuple("Wait", vec![duration(*time)]),
        Step::Approve => word("Approve"),
        Step::Check { metric: of, threshold, over, failures } => Doc::Struct(
            "Check",
            fields([
                ("metric", Some(metric(*of))),
                ("threshold", Some(number(*threshold))),
                ("over", Some(duration(*over))),
                ("failures", unless(*failures, 1, word)),
            ]),
        ),
        Step::Replace { to, max_surge, max_unavailable } => {
            Doc::Struct("Replace", vec![("to", part(*to)), ("max_surge", part(*max_surge)), ("max_unavailable", part(*max_unavailable))])
        }
        Step::Terminate { group } => {
            let group = match group {
                Group::New => word("New"),
                Group::Old => word("Old"),
            };
            Doc::Struct("Terminate", vec![("group", group)])
        }
    }
}

fn release(release: &Release) -> Fields {
    let default = Release::default();
    fields([
        ("error_rate", unless(release.error_rate, default.error_rate, number)),
        ("startup_failure", unless(release.startup_failure, default.startup_failure, number)),
        ("startup_failure_of", release.startup_failure_of.map(places)),
        ("crash_after", release.crash_after.map(spread)),
        ("capacity_factor", unless(release.capacity_factor, default.capacity_factor, number)),
    ])
}

fn places(places: Places) -> Doc {
    match places {
        Places::Last(n) => Doc::Tuple("Last", vec![word(n)]),
        Places::Place(n) => Doc::Tuple("Place", vec![word(n)]),
    }
}

fn failures(failures: &Failures) -> Fields {
    let recovery = failures.recovery.map(|recovery| match recovery {
        Recovery::Restart => word("Restart"),
        Recovery::Replace => word("Replace"),
    });
    let events = (!failures.events.is_empty()).then(|| Doc::List(failures.events.iter().map(event).collect()));
    fields([("instance_mtbf", failures.instance_mtbf.map(duration)), ("events", events), ("recovery", recovery)])
}

fn event(event: &Event) -> Doc {
    match event {
        Event::Kill { at, instances } => Doc::Struct("Kill", vec![("at", duration(*at)), ("instances", word(instances))]),
        Event::KillInstance { at, instance } => Doc::Struct("Kill", vec![("at", duration(*at)), ("instance", word(instance))]),
        Event::TurnBad { at, error_rate } => Doc::Struct("TurnBad", vec![("at", duration(*at)), ("error_rate", number(*error_rate))]),
        Event::TurnGood { at } => Doc::Struct("TurnGood", vec![("at", duration(*at))]),
        Event::Demand { at, rps } => Doc::Struct("Demand", vec![("at", duration(*at)), ("rps", number(*rps))]),
        Event::Abort { at } => Doc::Struct("Abort", vec![("at", duration(*at))]),
        Event::Approve { at } => Doc::Struct("Approve", vec![("at", duration(*at))]),
    }
}

fn alarm(alarm: &Alarm) -> Doc {
    Doc::Struct(
        "",
        fields([
            ("metric", Some(metric(alarm.metric))),
            ("threshold", Some(number(alarm.threshold))),
            ("period", unless(alarm.period, limits::DEFAULT_ALARM_PERIOD, duration)),
            ("periods", unless(alarm.periods, limits::DEFAULT_ALARM_PERIODS, word)),
            ("bake", unless(alarm.bake, Duration::ZERO, duration)),
            ("sampled", unless(alarm.sampled, false, word)),
            ("base_error_rate", unless(alarm.base_error_rate, 0.0, number)),
        ]),
    )
}

fn metric(metric: Metric) -> Doc {
    match metric {
        Metric::ErrorRate => word("ErrorRate"),
        Metric::NewVersionErrorRate => word("NewVersionErrorRate"),
        Metric::CapacityFraction => word("CapacityFraction"),
    }
}

fn on_failure(on_failure: OnFailure) -> Doc {
    match on_failure {
        OnFailure::Rollback => word("Rollback"),
        OnFailure::Stop => word("Stop"),
        OnFailure::Ignore => word("Ignore"),
        OnFailure::Redeploy { after } => Doc::Struct("Redeploy", vec![("after", duration(after))]),
    }
}
