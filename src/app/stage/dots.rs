//! The traffic as moving dots: their density follows the rate, their colour is the version that serves them, and those
//! that are refused leave the load balancer upwards in red.
//!
//! A dot is not remembered from frame to frame. Each of a fixed number of slots sends one dot after another; where it
//! is, whether it is there at all and what became of it follow from the time alone.

use eframe::egui::{Painter, Pos2, Shape, Vec2, pos2, vec2};

use super::layout::{Group, Layout};
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

/// What becomes of a dot behind the load balancer.
enum Fate {
    Served(Version),
    Refused,
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "places on the screen, and counts from 0 up")]
pub(super) fn paint(painter: &Painter, layout: &Layout, theme: &Theme, timeline: &Timeline, t: Time, peak_demand: f64) {
    if peak_demand <= 0.0 || timeline.end() == Time::ZERO {
        return;
    }
    let way_s = timeline.end().as_secs_f64() / WAYS_PER_DEPLOYMENT;
    let mut shapes = Vec::with_capacity(SLOTS as usize);
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
        let wobble = vec2(0.0, (die(3) as f32 - 0.5) * 12.0);
        if passed < AT_BALANCER {
            let from = layout.users + vec2(26.0, 0.0);
            let to = layout.balancer.left_center() + vec2(-6.0, 0.0);
            shapes.push(dot(from + (to - from) * (passed / AT_BALANCER) as f32 + wobble, theme.traffic));
            continue;
        }
        let onward = ((passed - AT_BALANCER) / (1.0 - AT_BALANCER)) as f32;
        match fate(&rates, die(4)) {
            Fate::Refused => {
                let from = layout.balancer.center_top() + vec2((die(5) as f32 - 0.5) * 26.0, -6.0);
                let rise = layout.balancer.top() - layout.refused_top;
                let colour = theme.failed.gamma_multiply(1.0 - 0.6 * onward);
                shapes.push(dot(from + vec2(0.0, -rise * onward), colour));
            }
            Fate::Served(version) => {
                let met = Time::from_secs_f64(met_s.max(0.0));
                if let Some(goal) = goal(layout, timeline, moment.as_ref(), version, met, die(6)) {
                    let from = layout.balancer.right_center() + vec2(6.0, 0.0);
                    let colour = match version {
                        Version::Old => theme.version_old,
                        Version::New => theme.version_new,
                    };
                    shapes.push(dot(curve(from, goal, onward) + wobble * (1.0 - onward) * 0.6, colour));
                }
            }
        }
    }
    painter.extend(shapes);
}

fn dot(at: Pos2, colour: eframe::egui::Color32) -> Shape {
    Shape::circle_filled(at, RADIUS, colour)
}

/// What held when a dot came to the load balancer. Before the deployment the whole old fleet served.
fn met(timeline: &Timeline, seconds: f64) -> (Option<Moment>, Rates) {
    if seconds >= 0.0 {
        let t = Time::from_secs_f64(seconds);
        let moment = *timeline.at(t);
        return (Some(moment), timeline.rates_of(&moment, t));
    }
    let demand = timeline.demand(Time::ZERO);
    let served_old = demand.min(f64::from(timeline.desired()) * timeline.capacity_rps());
    (None, Rates { demand, served_old, overload: demand - served_old, ..Rates::default() })
}

fn fate(rates: &Rates, die: f64) -> Fate {
    let at = die * rates.demand;
    if at < rates.served_old {
        Fate::Served(Version::Old)
    } else if at < rates.served() {
        Fate::Served(Version::New)
    } else {
        Fate::Refused
    }
}

/// Where a dot enters its group: at the height of an instance that serves its version.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a count")]
fn goal(layout: &Layout, timeline: &Timeline, moment: Option<&Moment>, version: Version, met: Time, die: f64) -> Option<Pos2> {
    let serves = |group: &Group, i: u32| {
        let instance = group.instances.first + group.tiles.instance(i);
        match moment {
            None => group.holds == Version::Old,
            Some(_) => {
                timeline.life(instance).at(met).is_some_and(|p| p.state == State::InService && p.is_new == (version == Version::New))
            }
        }
    };
    // From a random place on, the first that serves: a few looks instead of a list.
    let all: u32 = layout.groups.iter().map(|group| group.tiles.count()).sum();
    let start = (die * f64::from(all)) as u32;
    for offset in 0..all {
        let mut i = (start + offset) % all;
        for group in &layout.groups {
            if i < group.tiles.count() {
                if serves(group, i) {
                    let y = group.tiles.rect(i).center().y;
                    return Some(pos2(group.rect.left(), y.min(group.rect.bottom() - 8.0)));
                }
                break;
            }
            i -= group.tiles.count();
        }
    }
    None
}

/// A way that leaves and arrives level.
fn curve(from: Pos2, to: Pos2, passed: f32) -> Pos2 {
    let Vec2 { x, y } = to - from;
    from + vec2(x * passed, y * passed * passed * (3.0 - 2.0 * passed))
}

/// A fixed pattern that looks random, 0 to 1: a picture's, never a result's.
fn random(slot: u32, round: u64, purpose: u64) -> f64 {
    let z = (u64::from(slot) << 32 | purpose).wrapping_add(round.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    (mix(z) >> 11) as f64 / (1u64 << 53) as f64
}
