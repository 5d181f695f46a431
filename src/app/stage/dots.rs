//! The traffic as moving dots on its streams: their density follows the rate, their colour is the version that serves
//! them. Those that are refused leave the load balancer upwards as red crosses; those that an instance fails reach it like
//! any other, and bounce off it as red crosses.
//!
//! A dot is not remembered from frame to frame. Each of a fixed number of slots sends one dot after another; where it
//! is, whether it is there at all and what became of it follow from the time alone.

use eframe::egui::{Painter, Pos2, Shape, Stroke, Vec2, pos2, vec2};

use super::layout::{Group, Layout};
use super::streams::{Of, Streams, curve};
use crate::app::theme::Theme;
use crate::engine::random::mix;
use crate::timeline::{Moment, Rates, State, Timeline, Version};
use crate::units::Time;

/// The most dots on their way at once.
const SLOTS: u32 = 140;
/// The part of its way after which a dot reaches the load balancer.
const AT_BALANCER: f64 = 0.42;
/// A dot's way takes this part of the whole deployment: some two seconds where that is played in half a minute.
const WAYS_PER_DEPLOYMENT: f64 = 14.0;
const RADIUS: f32 = 2.6;
/// The part of the way behind the load balancer after which a dot that fails has come to its instance.
const AT_INSTANCE: f32 = 0.62;
/// How far a failed dot bounces back.
const BOUNCE: Vec2 = vec2(-34.0, 10.0);

/// For a dot's goal at most so many instances are looked at.
const LOOKS: u32 = 64;

/// What becomes of a dot behind the load balancer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Served(Version),
    Refused,
    /// Something that it is sent to fails it.
    FailedBy(By),
}

/// What fails a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    /// The new version.
    NewVersion,
    /// An instance that does not answer.
    Dead,
    /// An environment that has ended.
    Ended,
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "places on the screen, and counts from 0 up")]
pub(super) fn paint(painter: &Painter, layout: &Layout, theme: &Theme, timeline: &Timeline, t: Time, peak_demand: f64, streams: &Streams) {
    if peak_demand <= 0.0 || timeline.end() == Time::ZERO {
        return;
    }
    let way_s = timeline.end().as_secs_f64() / WAYS_PER_DEPLOYMENT;
    let radius = RADIUS * layout.scale.sqrt();
    let mut shapes = Vec::with_capacity(SLOTS as usize);
    let mut crosses = Vec::new();
    for slot in 0..SLOTS {
        let ways = t.as_secs_f64() / way_s + f64::from(slot) / f64::from(SLOTS) + random(slot, 0, 1) / f64::from(SLOTS);
        let (round, passed) = (ways.floor(), ways.fract());
        let die = |purpose| random(slot, round as u64, purpose);
        // What it met at the load balancer is what held when it came there.
        let met_s = t.as_secs_f64() + (AT_BALANCER - passed) * way_s;
        let (moment, rates) = met(timeline, met_s);
        if die(2) * peak_demand >= rates.demand {
            continue;
        }
        // Where across its stream it is.
        let aside = (die(3) as f32 - 0.5) * 0.9;
        if passed < AT_BALANCER {
            let (from, to) = layout.incoming();
            let wobble = vec2(0.0, aside * streams.incoming.max(4.0));
            shapes.push(dot(from + (to - from) * (passed / AT_BALANCER) as f32 + wobble, radius, theme.traffic));
            continue;
        }
        let onward = ((passed - AT_BALANCER) / (1.0 - AT_BALANCER)) as f32;
        match fate(&rates, die(4)) {
            Fate::Refused => {
                let from = layout.balancer.center_top() + vec2((die(5) as f32 - 0.5) * streams.refused.max(12.0), -6.0);
                let rise = layout.balancer.top() - layout.refused_top;
                let colour = theme.failed.gamma_multiply(1.0 - 0.6 * onward);
                cross(&mut crosses, from + vec2(0.0, -rise * onward), layout.scale, colour);
            }
            Fate::Served(version) => {
                let met = Time::from_secs_f64(met_s.max(0.0));
                let (of, colour) = match version {
                    Version::Old => (Of::Old, theme.version_old),
                    Version::New => (Of::New, theme.version_new),
                };
                let goal = goal(layout, timeline, moment.as_ref(), version, met, die(6)).or_else(|| any_goal(streams, of));
                if let Some(goal) = goal {
                    shapes.push(dot(on_stream(layout, streams, goal, of, aside, onward), radius, colour));
                }
            }
            Fate::FailedBy(by) => {
                let met = Time::from_secs_f64(met_s.max(0.0));
                let goal = match by {
                    By::NewVersion => goal(layout, timeline, moment.as_ref(), Version::New, met, die(6)),
                    By::Dead => dead_goal(layout, timeline, met, die(6)),
                    By::Ended => ended_goal(layout, moment.as_ref()),
                };
                let (of, colour) = match by {
                    By::NewVersion => (Of::New, theme.version_new),
                    By::Dead | By::Ended => (Of::Lost, theme.traffic),
                };
                let Some(goal) = goal.or_else(|| any_goal(streams, of)) else { continue };
                if onward < AT_INSTANCE {
                    let at = on_stream(layout, streams, goal, of, aside, onward / AT_INSTANCE);
                    shapes.push(dot(at, radius, colour));
                } else {
                    let off = (onward - AT_INSTANCE) / (1.0 - AT_INSTANCE);
                    let at = on_stream(layout, streams, goal, of, aside, 1.0) + vec2(-4.0, 0.0) + BOUNCE * off * layout.scale;
                    cross(&mut crosses, at, layout.scale, theme.failed.gamma_multiply(1.0 - 0.6 * off * off));
                }
            }
        }
    }
    // What fails is never under what goes well.
    painter.extend(shapes);
    painter.extend(crosses);
}

fn dot(at: Pos2, radius: f32, colour: eframe::egui::Color32) -> Shape {
    Shape::circle_filled(at, radius, colour)
}

fn cross(shapes: &mut Vec<Shape>, at: Pos2, scale: f32, colour: eframe::egui::Color32) {
    let arm = 3.6 * scale.sqrt();
    let stroke = Stroke::new(2.0, colour);
    shapes.push(Shape::line_segment([at - vec2(arm, arm), at + vec2(arm, arm)], stroke));
    shapes.push(Shape::line_segment([at - vec2(arm, -arm), at + vec2(arm, -arm)], stroke));
}

/// Where a dot is that has come so far to its goal: on its stream where there still is one, or on a way of its own.
fn on_stream(layout: &Layout, streams: &Streams, goal: Goal, of: Of, aside: f32, passed: f32) -> Pos2 {
    let x = layout.groups.get(goal.group).map_or(layout.outgoing().x, |group| group.rect.left());
    match streams.band(goal.group, goal.lane, of) {
        Some(band) => {
            let aside = aside * band.width.max(2.0);
            curve(pos2(layout.outgoing().x, band.from_y + aside), pos2(x, band.to_y + aside), passed)
        }
        None => {
            let y = layout.groups.get(goal.group).map_or(layout.outgoing().y, |group| group.lane_y(goal.lane));
            curve(layout.outgoing() + vec2(0.0, aside * 8.0), pos2(x, y + aside * 4.0), passed)
        }
    }
}

/// Where a dot comes to: a lane of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Goal {
    group: usize,
    lane: u32,
}

/// What held when a dot came to the load balancer. Before the deployment the whole old fleet served.
fn met(timeline: &Timeline, seconds: f64) -> (Option<Moment>, Rates) {
    if seconds >= 0.0 {
        let t = Time::from_secs_f64(seconds);
        let moment = *timeline.at(t);
        return (Some(moment), timeline.rates_of(&moment, t));
    }
    let demand = timeline.demand(Time::ZERO);
    let answered_old = demand.min(f64::from(timeline.desired()) * timeline.capacity_rps());
    (None, Rates { demand, answered_old, overload: demand - answered_old, ..Rates::default() })
}

fn fate(rates: &Rates, die: f64) -> Fate {
    let mut left = die * rates.demand;
    let parts = [
        (rates.served_old(), Fate::Served(Version::Old)),
        (rates.served_new(), Fate::Served(Version::New)),
        (rates.new_version_error, Fate::FailedBy(By::NewVersion)),
        (rates.dead_target, Fate::FailedBy(By::Dead)),
        (rates.stale_dns, Fate::FailedBy(By::Ended)),
    ];
    for (rps, fate) in parts {
        if left < rps {
            return fate;
        }
        left -= rps;
    }
    Fate::Refused
}

/// Where a dot that is failed by an instance that does not answer comes to: at the height of one that died, or of one
/// that the load balancer has not given up though it is out of service, or of one that has stopped and still gets its
/// share.
fn dead_goal(layout: &Layout, timeline: &Timeline, met: Time, die: f64) -> Option<Goal> {
    let is = |wanted: fn(State) -> bool| {
        look(layout, die, |group, i| {
            timeline.life(group.instances.first + group.tiles.instance(i)).at(met).is_some_and(|presence| wanted(presence.state))
        })
    };
    is(|state| state == State::Dead)
        .or_else(|| is(|state| state == State::Failed))
        .or_else(|| is(|state| matches!(state, State::Draining | State::Terminating | State::Gone)))
        .or_else(|| is(|state| state != State::InService))
}

/// Where a dot comes to that is sent to an environment which has ended: to where that was.
fn ended_goal(layout: &Layout, moment: Option<&Moment>) -> Option<Goal> {
    let gone = |group: &Group| match (group.holds, moment) {
        (Version::New, Some(moment)) => moment.in_service_launched == 0,
        (Version::Old, Some(moment)) => moment.in_service() == moment.in_service_launched,
        (Version::Old | Version::New, None) => false,
    };
    let group = layout.groups.iter().position(gone)?;
    let lanes = layout.groups.get(group).map_or(1, Group::lanes);
    Some(Goal { group, lane: lanes / 2 })
}

/// Where a dot comes to: to an instance that serves its version.
fn goal(layout: &Layout, timeline: &Timeline, moment: Option<&Moment>, version: Version, met: Time, die: f64) -> Option<Goal> {
    let serves = |group: &Group, i: u32| {
        let instance = group.instances.first + group.tiles.instance(i);
        match moment {
            None => group.holds == Version::Old,
            Some(_) => {
                timeline.life(instance).at(met).is_some_and(|p| p.state == State::InService && p.is_new == (version == Version::New))
            }
        }
    };
    look(layout, die, serves)
}

/// Where a stream goes whose instances are too few to be found among many.
fn any_goal(streams: &Streams, of: Of) -> Option<Goal> {
    streams.bands.iter().find(|band| band.of == of).map(|band| Goal { group: band.group, lane: band.lane })
}

/// From a random place on, the first instance that is looked for: a few looks here and there instead of a list.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a count")]
fn look(layout: &Layout, die: f64, wanted: impl Fn(&Group, u32) -> bool) -> Option<Goal> {
    let all: u32 = layout.groups.iter().map(|group| group.tiles.count()).sum();
    let start = (die * f64::from(all)) as u32;
    // A step that meets every tile of a small fleet, and tiles from everywhere in a large one.
    let step = if all <= LOOKS { 1 } else { all / LOOKS + 1 };
    for look in 0..all.min(LOOKS) {
        let mut i = (start + look * step) % all;
        for (at, group) in layout.groups.iter().enumerate() {
            if i < group.tiles.count() {
                if wanted(group, i) {
                    return Some(Goal { group: at, lane: group.lane_of(i) });
                }
                break;
            }
            i -= group.tiles.count();
        }
    }
    None
}

/// A fixed pattern that looks random, 0 to 1: a picture's, never a result's.
fn random(slot: u32, round: u64, purpose: u64) -> f64 {
    let z = (u64::from(slot) << 32 | purpose).wrapping_add(round.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    (mix(z) >> 11) as f64 / (1u64 << 53) as f64
}
