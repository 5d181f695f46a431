//! How strategies and the steps of a hand-written plan are read.

use std::ops::Range;

use super::super::limits;
use super::super::strategy::{CircuitBreaker, Group, Late, NewSet, Part, Step, Strategy, StrategyKind, Switch, Threshold};
use super::failures::metric;
use super::reader::{At, Body, Fields, Reader, Variant};
use super::values::Nothing;
use crate::units::{Duration, Share};

/// A strategy, and where each step of a hand-written plan stands; none where a step could not be read.
pub(super) struct ReadStrategy {
    pub strategy: Strategy,
    pub steps: Option<Vec<Range<usize>>>,
}

/// A whole strategy.
pub(super) fn strategy<'a>(r: &mut Reader<'a>, at: At<'a>) -> Option<ReadStrategy> {
    let variants = StrategyKind::ALL.map(|kind| -> Variant<'a, ReadStrategy> { (kind.ron_name(), told) });
    r.one_of(at, &variants)
}

/// A strategy with what it is told, over its defaults.
fn told<'a>(r: &mut Reader<'a>, body: Body<'a>) -> Option<ReadStrategy> {
    let kind = StrategyKind::ALL.into_iter().find(|kind| kind.ron_name() == body.name)?;
    let mut strategy = kind.with_defaults();
    let example = match kind {
        StrategyKind::AllAtOnce | StrategyKind::Immutable => return r.bare(&body, ReadStrategy { strategy, steps: None }),
        StrategyKind::Steps => return steps(r, body),
        StrategyKind::InPlace => "InPlace(minimum_healthy: Percent(75))",
        StrategyKind::Rolling => "Rolling(batch: Count(3))",
        StrategyKind::RollingWithAdditionalBatch => "RollingWithAdditionalBatch(batch: Count(3))",
        StrategyKind::TrafficSplitting => "TrafficSplitting(new_version_percent: 10, evaluation_time: \"5m\")",
        StrategyKind::BlueGreen => "BlueGreen(switch: LoadBalancer, bake: \"5m\")",
        StrategyKind::Canary => "Canary(percent: 10, interval: \"5m\")",
        StrategyKind::Linear => "Linear(percent: 10, interval: \"1m\")",
        StrategyKind::RollingUpdate => "RollingUpdate(max_surge: Percent(25), max_unavailable: Percent(25))",
        StrategyKind::EcsRolling => "EcsRolling(minimum_percent: 100, maximum_percent: 200)",
        StrategyKind::InstanceRefresh => "InstanceRefresh(minimum_healthy_percent: 90)",
    };
    let mut f = r.fields(body, example);
    match &mut strategy {
        Strategy::AllAtOnce | Strategy::Immutable | Strategy::Steps(_) => {}
        Strategy::InPlace { minimum_healthy } => r.read(&mut f, "minimum_healthy", minimum_healthy, |r, at| r.part(at, Nothing::Allowed)),
        Strategy::Rolling { batch } | Strategy::RollingWithAdditionalBatch { batch } => {
            r.read(&mut f, "batch", batch, |r, at| r.part(at, Nothing::Refused));
        }
        Strategy::TrafficSplitting { new_version, evaluation_time } => {
            r.read(&mut f, "new_version_percent", new_version, |r, at| r.percent(&at, Share::from_percent(1)..=Share::WHOLE));
            r.read(&mut f, "evaluation_time", evaluation_time, |r, at| r.some_time(&at));
        }
        Strategy::BlueGreen { switch, bake } => {
            r.read(&mut f, "switch", switch, |r, at| {
                r.one_of(at, &[("LoadBalancer", |r, body| r.bare(&body, Switch::LoadBalancer)), ("Dns", dns)])
            });
            r.read(&mut f, "bake", bake, |r, at| r.duration(&at));
        }
        Strategy::Canary { percent, interval, capacity } | Strategy::Linear { percent, interval, capacity } => {
            r.read(&mut f, "percent", percent, |r, at| r.percent(&at, Share::from_ppm(limits::MIN_STEP_PPM)..=Share::WHOLE));
            r.read(&mut f, "interval", interval, |r, at| r.duration(&at));
            r.read(&mut f, "capacity", capacity, |r, at| {
                r.one_of(
                    at,
                    &[("Full", |r, body| r.bare(&body, NewSet::Full)), ("Proportional", |r, body| r.bare(&body, NewSet::Proportional))],
                )
            });
        }
        Strategy::RollingUpdate { max_surge, max_unavailable, progress_deadline } => {
            r.read(&mut f, "max_surge", max_surge, |r, at| r.part(at, Nothing::Allowed));
            r.read(&mut f, "max_unavailable", max_unavailable, |r, at| r.part(at, Nothing::Allowed));
            r.read(&mut f, "progress_deadline", progress_deadline, |r, at| r.some_time(&at));
        }
        Strategy::EcsRolling { minimum_healthy, maximum, circuit_breaker: breaker } => {
            r.read(&mut f, "minimum_percent", minimum_healthy, |r, at| r.percent(&at, Share::NONE..=Share::WHOLE));
            r.read(&mut f, "maximum_percent", maximum, |r, at| r.percent(&at, Share::WHOLE..=TWICE));
            // A service has no breaker unless it asks for one; the window offers one.
            *breaker = r.optional(&mut f, "circuit_breaker", circuit_breaker);
        }
        Strategy::InstanceRefresh { minimum_healthy, maximum_healthy, checkpoints, checkpoint_delay, bake, auto_rollback } => {
            r.read(&mut f, "minimum_healthy_percent", minimum_healthy, |r, at| r.percent(&at, Share::NONE..=Share::WHOLE));
            let mut maximum_span = None;
            r.read(&mut f, "maximum_healthy_percent", maximum_healthy, |r, at| {
                maximum_span = Some(at.node.span());
                r.percent(&at, Share::WHOLE..=TWICE)
            });
            let most = Share::from_ppm(minimum_healthy.as_ppm() + Share::WHOLE.as_ppm());
            if let Some(span) = maximum_span.filter(|_| *maximum_healthy > most) {
                let wrong = "`maximum_healthy_percent` is more than 100 above `minimum_healthy_percent`";
                r.broken_rule(span, wrong, format!("at most {most}, or a higher minimum"));
            }
            r.read(&mut f, "checkpoints", checkpoints, |r, at| checkpoint_list(r, &at));
            r.read(&mut f, "checkpoint_delay", checkpoint_delay, |r, at| r.duration(&at));
            r.read(&mut f, "bake", bake, |r, at| r.duration(&at));
            r.read(&mut f, "auto_rollback", auto_rollback, |r, at| r.truth(&at));
        }
    }
    r.close(f);
    Some(ReadStrategy { strategy, steps: None })
}

/// The most that ECS and Auto Scaling may run, of the desired number.
const TWICE: Share = Share::from_percent(200);

fn circuit_breaker<'a>(r: &mut Reader<'a>, at: At<'a>) -> Option<CircuitBreaker> {
    let mut f = r.open(at);
    let mut threshold = Threshold::DEFAULT;
    r.read(&mut f, "threshold", &mut threshold, |r, at| {
        r.one_of(
            at,
            &[
                ("BoundedPercent", |r, body| some_percent(r, body, "BoundedPercent(50)").map(Threshold::BoundedPercent)),
                ("UnboundedPercent", |r, body| some_percent(r, body, "UnboundedPercent(50)").map(Threshold::UnboundedPercent)),
                ("Count", |r, body| {
                    let at = r.only(body, "Count(5)")?;
                    r.count(&at, 1..=limits::MAX_INSTANCES).map(Threshold::Count)
                }),
            ],
        )
    });
    let rollback = r.required(&mut f, "rollback", "rollback: true", |r, at| r.truth(&at));
    r.close(f);
    Some(CircuitBreaker { threshold, rollback: rollback? })
}

fn some_percent<'a>(r: &mut Reader<'a>, body: Body<'a>, example: &str) -> Option<Share> {
    let at = r.only(body, example)?;
    r.percent(&at, Share::from_ppm(1)..=Share::WHOLE)
}

/// Rising shares of the fleet.
fn checkpoint_list<'a>(r: &mut Reader<'a>, at: &At<'a>) -> Option<Vec<Share>> {
    let mut checkpoints: Vec<Share> = Vec::new();
    for node in r.list(at)? {
        let span = node.span();
        let Some(share) = r.percent(&At { label: "checkpoint", path: None, node }, Share::from_percent(1)..=Share::WHOLE) else { continue };
        match checkpoints.last() {
            Some(before) if share <= *before => r.problem(span, "the checkpoints must rise", format!("above {before}")),
            Some(_) | None => checkpoints.push(share),
        }
    }
    Some(checkpoints)
}

fn dns<'a>(r: &mut Reader<'a>, body: Body<'a>) -> Option<Switch> {
    let mut f = r.fields(body, "Dns(ttl: \"60s\")");
    let ttl = r.required(&mut f, "ttl", "ttl: \"60s\"", |r, at| r.duration_to(&at, limits::MAX_TTL));
    let mut spans: (Option<Range<usize>>, Option<Range<usize>>) = (None, None);
    let share = r.optional(&mut f, "late_percent", |r, at| {
        spans.0 = Some(at.node.span());
        r.percent(&at, Share::from_ppm(1)..=Share::WHOLE)
    });
    let over = r.optional(&mut f, "late_ttl", |r, at| {
        spans.1 = Some(at.node.span());
        r.duration_to(&at, limits::MAX_TTL)
    });
    r.close(f);
    match &spans {
        (Some(span), None) => r.broken_rule(span.clone(), "how long the late clients hold on is missing", "add `late_ttl: \"10m\"`"),
        (None, Some(span)) => r.broken_rule(span.clone(), "how many clients are late is missing", "add `late_percent: 5`"),
        (Some(_), Some(span)) => {
            if let (Some(ttl), Some(over)) = (ttl, over)
                && over < ttl
            {
                r.broken_rule(span.clone(), "`late_ttl` is below `ttl`: late clients would be early", format!("at least `\"{ttl}\"`"));
            }
        }
        (None, None) => {}
    }
    let late = share.zip(over).map(|(share, over)| Late { share, over });
    Some(Switch::Dns { ttl: ttl?, late })
}

/// A hand-written plan; `Steps` alone is the example plan.
fn steps<'a>(r: &mut Reader<'a>, body: Body<'a>) -> Option<ReadStrategy> {
    if body.is_bare() {
        return Some(ReadStrategy { strategy: StrategyKind::Steps.with_defaults(), steps: None });
    }
    let list = r.only(body, "Steps([Launch(instances: Percent(100)), Shift(to_percent: 100), Terminate(group: Old)])")?;
    let nodes = r.list(&list)?;
    if nodes.is_empty() {
        r.problem(list.node.span(), "a plan needs at least one step", "such as `Update(instances: Percent(100))`");
        return None;
    }
    let spans = nodes.iter().map(super::super::node::Node::span).collect();
    let read: Vec<Option<Step>> = nodes.into_iter().map(|node| step(r, At { label: "step", path: None, node })).collect();
    let steps: Option<Vec<Step>> = read.into_iter().collect();
    Some(ReadStrategy { strategy: Strategy::Steps(steps?), steps: Some(spans) })
}

fn step<'a>(r: &mut Reader<'a>, at: At<'a>) -> Option<Step> {
    r.one_of(
        at,
        &[
            ("Launch", launch),
            ("Update", update),
            ("Shift", shift),
            ("Wait", wait),
            ("Approve", |r, body| r.bare(&body, Step::Approve)),
            ("Check", check),
            ("Replace", replace),
            ("Terminate", terminate),
        ],
    )
}

fn launch<'a>(r: &mut Reader<'a>, body: Body<'a>) -> Option<Step> {
    let mut f = r.fields(body, "Launch(instances: Percent(100))");
    if let Some(at) = r.find(&mut f, "group") {
        let span = at.node.span();
        if group(r, at) == Some(Group::Old) {
            r.problem(span, "only the new group can be launched", "leave `group` out, or write `group: New`");
        }
    }
    let mut instances = Part::Percent(Share::WHOLE);
    r.read(&mut f, "instances", &mut instances, |r, at| r.part(at, Nothing::Refused));
    r.close(f);
    Some(Step::Launch { instances })
}

fn update<'a>(r: &mut Reader<'a>, body: Body<'a>) -> Option<Step> {
    let mut f = r.fields(body, "Update(instances: Count(3))");
    let instances = r.required(&mut f, "instances", "instances: Count(3)", |r, at| r.part(at, Nothing::Refused));
    r.close(f);
    Some(Step::Update { instances: instances? })
}

fn shift<'a>(r: &mut Reader<'a>, body: Body<'a>) -> Option<Step> {
    let mut f = r.fields(body, "Shift(to_percent: 5)");
    let to = r.required(&mut f, "to_percent", "to_percent: 5", |r, at| r.percent(&at, Share::NONE..=Share::WHOLE));
    r.close(f);
    Some(Step::Shift { to: to? })
}

fn wait<'a>(r: &mut Reader<'a>, body: Body<'a>) -> Option<Step> {
    let at = r.only(body, "Wait(\"10m\")")?;
    r.duration(&at).map(Step::Wait)
}

fn check<'a>(r: &mut Reader<'a>, body: Body<'a>) -> Option<Step> {
    let mut f = r.fields(body, "Check(metric: NewVersionErrorRate, threshold: 0.05, over: \"1m\")");
    let metric = r.required(&mut f, "metric", "metric: NewVersionErrorRate", metric);
    let threshold = r.required(&mut f, "threshold", "threshold: 0.05", |r, at| r.fraction(&at));
    let over: Option<Duration> = r.required(&mut f, "over", "over: \"1m\"", |r, at| r.duration_from(&at, limits::MIN_ALARM_PERIOD));
    let mut failures = 1;
    r.read(&mut f, "failures", &mut failures, |r, at| r.count(&at, 1..=limits::MAX_THRESHOLD));
    r.close(f);
    Some(Step::Check { metric: metric?, threshold: threshold?, over: over?, failures })
}

/// Without its bounds it has those of a rolling update (Argo Rollouts' defaults are the same).
fn replace<'a>(r: &mut Reader<'a>, body: Body<'a>) -> Option<Step> {
    let mut f = r.fields(body, "Replace(to: Percent(20))");
    let to = r.required(&mut f, "to", "to: Percent(20)", |r, at| r.part(at, Nothing::Refused));
    let quarter = Part::Percent(Share::from_percent(25));
    let (mut max_surge, mut max_unavailable) = (quarter, quarter);
    r.read(&mut f, "max_surge", &mut max_surge, |r, at| r.part(at, Nothing::Allowed));
    r.read(&mut f, "max_unavailable", &mut max_unavailable, |r, at| r.part(at, Nothing::Allowed));
    r.close(f);
    Some(Step::Replace { to: to?, max_surge, max_unavailable })
}

fn terminate<'a>(r: &mut Reader<'a>, body: Body<'a>) -> Option<Step> {
    let mut f: Fields<'a> = r.fields(body, "Terminate(group: Old)");
    let group = r.required(&mut f, "group", "group: Old", group);
    r.close(f);
    Some(Step::Terminate { group: group? })
}

fn group<'a>(r: &mut Reader<'a>, at: At<'a>) -> Option<Group> {
    r.one_of(at, &[("New", |r, body| r.bare(&body, Group::New)), ("Old", |r, body| r.bare(&body, Group::Old))])
}
