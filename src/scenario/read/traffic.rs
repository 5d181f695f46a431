//! How the demand is read.

use super::super::limits;
use super::super::traffic::Traffic;
use super::reader::{At, Body, Reader};
use crate::units::Duration;

/// The demand over time.
pub(super) fn traffic<'a>(r: &mut Reader<'a>, at: At<'a>) -> Option<Traffic> {
    r.one_of(at, &[("Constant", constant), ("Steps", levels), ("Wave", wave), ("Ramp", ramp)])
}

fn constant<'a>(r: &mut Reader<'a>, body: Body<'a>) -> Option<Traffic> {
    let at = r.only(body, "Constant(700.0)")?;
    r.rps(&at).map(Traffic::Constant)
}

fn levels<'a>(r: &mut Reader<'a>, body: Body<'a>) -> Option<Traffic> {
    let list = r.only(body, "Steps([(\"0s\", 500.0), (\"5m\", 900.0)])")?;
    let nodes = r.list(&list)?;
    if nodes.is_empty() {
        r.problem(list.node.span(), "the demand needs at least one level", "such as `(\"0s\", 500.0)`");
        return None;
    }
    let mut levels: Vec<(Duration, f64)> = Vec::new();
    let mut last: Option<Duration> = None;
    for (i, node) in nodes.into_iter().enumerate() {
        let Some((time_node, level_node)) = r.pair(node, "(\"5m\", 900.0)") else { continue };
        let time = r.duration(&At { label: "time", path: None, node: time_node });
        let rps = r.rps(&At { label: "level", path: None, node: level_node });
        let Some(time) = time else { continue };
        match last {
            None if i == 0 && !time.is_zero() => {
                r.problem(time_node.span(), "the first level begins at the start", "write `\"0s\"`");
            }
            Some(before) if time <= before => {
                r.problem(time_node.span(), "the times of the levels must rise", format!("later than `\"{before}\"`"));
            }
            _ => {}
        }
        last = Some(time);
        levels.extend(rps.map(|rps| (time, rps)));
    }
    Some(Traffic::Steps(levels))
}

fn wave<'a>(r: &mut Reader<'a>, body: Body<'a>) -> Option<Traffic> {
    let mut f = r.fields(body, "Wave(mean: 700.0, amplitude: 200.0, period: \"10m\")");
    let mean = r.required(&mut f, "mean", "mean: 700.0", |r, at| r.rps(&at));
    let mut amplitude_span = None;
    let amplitude = r.required(&mut f, "amplitude", "amplitude: 200.0", |r, at| {
        amplitude_span = Some(at.node.span());
        r.rps(&at)
    });
    let period = r.required(&mut f, "period", "period: \"10m\"", |r, at| r.duration_from(&at, limits::MIN_WAVE_PERIOD));
    r.close(f);
    let (mean, amplitude) = (mean?, amplitude?);
    if let Some(span) = amplitude_span.filter(|_| amplitude > mean) {
        r.broken_rule(span, "`amplitude` is above `mean`: the demand would be negative", format!("at most {mean}"));
    }
    Some(Traffic::Wave { mean, amplitude, period: period? })
}

fn ramp<'a>(r: &mut Reader<'a>, body: Body<'a>) -> Option<Traffic> {
    let mut f = r.fields(body, "Ramp(from: 300.0, to: 900.0, over: \"10m\")");
    let from = r.required(&mut f, "from", "from: 300.0", |r, at| r.rps(&at));
    let to = r.required(&mut f, "to", "to: 900.0", |r, at| r.rps(&at));
    let over = r.required(&mut f, "over", "over: \"10m\"", |r, at| r.some_time(&at));
    r.close(f);
    Some(Traffic::Ramp { from: from?, to: to?, over: over? })
}
