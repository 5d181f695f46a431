//! How the release, the failures, the alarm and what follows a failure are read.

use super::super::limits;
use super::super::release::{Alarm, Event, Failures, Metric, OnFailure, Places, Recovery, Release};
use super::reader::{At, Body, Fields, Reader};
use super::values::Least;
use crate::units::Duration;

/// What is wrong with the new version.
pub(super) fn release<'a>(r: &mut Reader<'a>, mut f: Fields<'a>) -> Release {
    let mut release = Release::default();
    r.read(&mut f, "error_rate", &mut release.error_rate, |r, at| r.fraction(&at));
    r.read(&mut f, "startup_failure", &mut release.startup_failure, |r, at| r.fraction(&at));
    release.startup_failure_of = r.optional(&mut f, "startup_failure_of", |r, at| r.one_of(at, &[("Last", last), ("Place", place)]));
    release.crash_after = r.optional(&mut f, "crash_after", |r, at| r.spread(&at));
    r.read(&mut f, "capacity_factor", &mut release.capacity_factor, |r, at| {
        r.number(&at, Least::Above(0.0), limits::MAX_CAPACITY_FACTOR, "; 1 is the old version's")
    });
    r.close(f);
    release
}

fn last<'a>(r: &mut Reader<'a>, body: Body<'a>) -> Option<Places> {
    let at = r.only(body, "Last(1)")?;
    r.count(&at, 1..=limits::MAX_INSTANCES).map(Places::Last)
}

fn place<'a>(r: &mut Reader<'a>, body: Body<'a>) -> Option<Places> {
    let at = r.only(body, "Place(7)")?;
    r.count(&at, 1..=limits::MAX_INSTANCES).map(Places::Place)
}

/// What happens to instances of either version.
pub(super) fn failures<'a>(r: &mut Reader<'a>, mut f: Fields<'a>) -> Failures {
    let instance_mtbf = r.optional(&mut f, "instance_mtbf", |r, at| r.duration_from(&at, limits::MIN_MTBF));
    let mut failures = Failures { instance_mtbf, ..Failures::default() };
    r.read(&mut f, "events", &mut failures.events, |r, at| {
        let nodes = r.list(&at)?;
        Some(nodes.into_iter().filter_map(|node| event(r, At { label: "event", path: None, node })).collect())
    });
    failures.recovery = r.optional(&mut f, "recovery", |r, at| {
        r.one_of(at, &[("Restart", |r, body| r.bare(&body, Recovery::Restart)), ("Replace", |r, body| r.bare(&body, Recovery::Replace))])
    });
    r.close(f);
    failures
}

fn event<'a>(r: &mut Reader<'a>, at: At<'a>) -> Option<Event> {
    r.one_of(
        at,
        &[
            ("Kill", |r, body| {
                let mut f = r.fields(body, "Kill(at: \"3m\", instances: 2)");
                let at = moment(r, &mut f);
                let named = r.find(&mut f, "instance");
                let event = match named {
                    None => {
                        let count = |r: &mut Reader<'a>, at: At<'a>| r.count(&at, 1..=limits::MAX_INSTANCES);
                        let instances = r.required(&mut f, "instances", "instances: 2", count);
                        at.zip(instances).map(|(at, instances)| Event::Kill { at, instances })
                    }
                    Some(named) => {
                        if let Some(both) = r.find(&mut f, "instances") {
                            let message = "`Kill` takes either `instances` or `instance`, not both";
                            let help = "`instances: 2` kills two of those in service, `instance: 5` the fifth one; leave one of them out";
                            r.problem(both.node.span(), message, help);
                        }
                        let instance = r.count(&named, 1..=limits::MAX_INSTANCE_NUMBER);
                        at.zip(instance).map(|(at, instance)| Event::KillInstance { at, instance })
                    }
                };
                r.close(f);
                event
            }),
            ("TurnBad", |r, body| {
                let mut f = r.fields(body, "TurnBad(at: \"4m\", error_rate: 0.3)");
                let at = moment(r, &mut f);
                let error_rate = r.required(&mut f, "error_rate", "error_rate: 0.3", |r, at| r.fraction(&at));
                r.close(f);
                Some(Event::TurnBad { at: at?, error_rate: error_rate? })
            }),
            ("TurnGood", |r, body| only_moment(r, body, "TurnGood(at: \"9m\")").map(|at| Event::TurnGood { at })),
            ("Demand", |r, body| {
                let mut f = r.fields(body, "Demand(at: \"5m\", rps: 900.0)");
                let at = moment(r, &mut f);
                let rps = r.required(&mut f, "rps", "rps: 900.0", |r, at| r.rps(&at));
                r.close(f);
                Some(Event::Demand { at: at?, rps: rps? })
            }),
            ("Abort", |r, body| only_moment(r, body, "Abort(at: \"6m\")").map(|at| Event::Abort { at })),
            ("Approve", |r, body| only_moment(r, body, "Approve(at: \"7m\")").map(|at| Event::Approve { at })),
        ],
    )
}

fn moment<'a>(r: &mut Reader<'a>, f: &mut Fields<'a>) -> Option<Duration> {
    r.required(f, "at", "at: \"3m\"", |r, at| r.duration(&at))
}

fn only_moment<'a>(r: &mut Reader<'a>, body: Body<'a>, example: &str) -> Option<Duration> {
    let mut f = r.fields(body, example);
    let at = moment(r, &mut f);
    r.close(f);
    at
}

/// What is watched during the deployment.
pub(super) fn alarm<'a>(r: &mut Reader<'a>, at: At<'a>) -> Option<Alarm> {
    let mut f = r.open(at);
    let metric = r.required(&mut f, "metric", "metric: ErrorRate", metric);
    let threshold = r.required(&mut f, "threshold", "threshold: 0.05", |r, at| r.fraction(&at));
    let (mut period, mut periods) = (limits::DEFAULT_ALARM_PERIOD, limits::DEFAULT_ALARM_PERIODS);
    let mut bake = Duration::ZERO;
    r.read(&mut f, "period", &mut period, |r, at| r.duration_from(&at, limits::MIN_ALARM_PERIOD));
    r.read(&mut f, "periods", &mut periods, |r, at| r.count(&at, 1..=limits::MAX_THRESHOLD));
    let (mut sampled, mut base_error_rate) = (false, 0.0);
    r.read(&mut f, "bake", &mut bake, |r, at| r.duration(&at));
    r.read(&mut f, "sampled", &mut sampled, |r, at| r.truth(&at));
    r.read(&mut f, "base_error_rate", &mut base_error_rate, |r, at| r.fraction(&at));
    r.close(f);
    Some(Alarm { metric: metric?, threshold: threshold?, period, periods, bake, sampled, base_error_rate })
}

/// What is measured.
pub(super) fn metric<'a>(r: &mut Reader<'a>, at: At<'a>) -> Option<Metric> {
    r.one_of(
        at,
        &[
            ("ErrorRate", |r, body| r.bare(&body, Metric::ErrorRate)),
            ("NewVersionErrorRate", |r, body| r.bare(&body, Metric::NewVersionErrorRate)),
            ("CapacityFraction", |r, body| r.bare(&body, Metric::CapacityFraction)),
        ],
    )
}

/// What follows a failed deployment.
pub(super) fn on_failure<'a>(r: &mut Reader<'a>, at: At<'a>) -> Option<OnFailure> {
    r.one_of(
        at,
        &[
            ("Rollback", |r, body| r.bare(&body, OnFailure::Rollback)),
            ("Stop", |r, body| r.bare(&body, OnFailure::Stop)),
            ("Ignore", |r, body| r.bare(&body, OnFailure::Ignore)),
            ("Redeploy", |r, body| {
                let mut f = r.fields(body, "Redeploy(after: \"10m\")");
                let after = r.required(&mut f, "after", "after: \"10m\"", |r, at| r.duration(&at));
                r.close(f);
                Some(OnFailure::Redeploy { after: after? })
            }),
        ],
    )
}
