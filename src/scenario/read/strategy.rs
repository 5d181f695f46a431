//! How strategies and the steps of a hand-written plan are read.

use std::ops::Range;

use super::super::limits;
use super::super::strategy::{Group, NewSet, Part, Step, Strategy, StrategyKind, Switch};
use super::reader::{At, Body, Fields, Reader, Variant};
use super::values::Nothing;
use crate::units::Share;

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
    }
    r.close(f);
    Some(ReadStrategy { strategy, steps: None })
}

fn dns<'a>(r: &mut Reader<'a>, body: Body<'a>) -> Option<Switch> {
    let mut f = r.fields(body, "Dns(ttl: \"60s\")");
    let ttl = r.required(&mut f, "ttl", "ttl: \"60s\"", |r, at| r.duration_to(&at, limits::MAX_TTL));
    r.close(f);
    Some(Switch::Dns { ttl: ttl? })
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
    r.one_of(at, &[("Launch", launch), ("Update", update), ("Shift", shift), ("Wait", wait), ("Terminate", terminate)])
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

fn terminate<'a>(r: &mut Reader<'a>, body: Body<'a>) -> Option<Step> {
    let mut f: Fields<'a> = r.fields(body, "Terminate(group: Old)");
    let group = r.required(&mut f, "group", "group: Old", group);
    r.close(f);
    Some(Step::Terminate { group: group? })
}

fn group<'a>(r: &mut Reader<'a>, at: At<'a>) -> Option<Group> {
    r.one_of(at, &[("New", |r, body| r.bare(&body, Group::New)), ("Old", |r, body| r.bare(&body, Group::Old))])
}
