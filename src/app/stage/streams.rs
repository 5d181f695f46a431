//! The streams: how many requests go where, as bands whose width is their rate. The dots move on them.
//!
//! A group has a lane for each of its rows, as far as they are few: a stream comes to each lane that has instances in
//! service, one for each version. What changed a moment ago is on its way: the widths are those of the last short while
//! on average. Where all of the traffic is switched from one group to the other, its streams move across.

use eframe::egui::{Color32, Mesh, Painter, Pos2, Shape, Stroke, pos2, vec2};

use super::layout::{Group, Layout};
use super::motion::{Pace, smooth};
use crate::app::theme::Theme;
use crate::timeline::{Instances, Moment, Rates, Route, State, Timeline, Version};
use crate::units::{Duration, Time};

/// The width of the stream of the largest demand there ever is.
const WIDEST: f32 = 28.0;
/// A change on its way is the average of so many moments.
const MOMENTS: u32 = 10;
/// Of a lane at most so many instances are looked at.
const LOOKED_AT: u32 = 32;
/// How much of its colour a band has.
const FAINT: f32 = 0.26;
/// A stream thinner than this is drawn so wide: it is there.
const THINNEST: f32 = 1.5;

/// Which requests a stream is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    /// The old version's.
    Old,
    /// The new version's, served or failed.
    New,
    /// Those to instances that do not answer, or to an environment that has ended.
    Lost,
}

const ALL: [Of; 3] = [Of::New, Of::Old, Of::Lost];

/// A stream from the load balancer to a lane of a group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Band {
    pub(super) group: usize,
    pub(super) lane: u32,
    pub(super) of: Of,
    /// Its width.
    pub(super) width: f32,
    /// The height of its middle where it begins and where it ends.
    pub(super) from_y: f32,
    pub(super) to_y: f32,
}

/// All streams at one moment.
pub(super) struct Streams {
    /// Of the requests that come, and of those that are refused.
    pub(super) incoming: f32,
    pub(super) refused: f32,
    pub(super) bands: Vec<Band>,
    /// While all traffic moves from one group to the other: how far it has come, and the bands that it leaves.
    crossing: Option<(f32, Vec<Band>)>,
}

/// The rate to each lane of each group, by what it is of.
struct Flow {
    demand: f64,
    refused: f64,
    lanes: Vec<[f64; 3]>,
}

impl Flow {
    fn at(timeline: &Timeline, layout: &Layout, t: Time) -> Flow {
        let moment = timeline.at(t);
        let rates = timeline.rates_of(moment, t);
        let share_new = timeline.route(moment).share_new(t);
        let mut lanes = Vec::new();
        let mut totals = [0.0; 3];
        for group in &layout.groups {
            let here = lanes_of(timeline, group, t);
            let count: f64 = here.iter().flatten().sum();
            // Where the traffic is split, a group's instances have its share together.
            let each = share_new.map_or(1.0, |new| {
                let share = if group.holds == Version::New { new } else { 1.0 - new };
                if count > 0.0 { share / count } else { 0.0 }
            });
            for lane in here {
                let weights = lane.map(|n| n * each);
                for (total, weight) in totals.iter_mut().zip(weights) {
                    *total += weight;
                }
                lanes.push(weights);
            }
        }
        let lost = rates.dead_target + rates.stale_dns;
        let answered = [rates.answered_new, rates.answered_old, lost];
        for (i, (rps, total)) in answered.into_iter().zip(totals).enumerate() {
            if total > 0.0 {
                for lane in &mut lanes {
                    lane[i] *= rps / total;
                }
            } else if rps > 0.0 {
                // Nothing of it was found among those that were looked at: it goes to all lanes of where it must be.
                spread(layout, &mut lanes, moment, i, rps);
            }
        }
        Flow { demand: rates.demand, refused: rates.no_capacity + rates.overload, lanes }
    }
}

/// How many instances of each lane get requests, by [`ALL`]: in parts of the lane, whose instances are looked at here and there.
fn lanes_of(timeline: &Timeline, group: &Group, t: Time) -> Vec<[f64; 3]> {
    let tile = |i: u32| group.instances.first + group.tiles.instance(i);
    (0..group.lanes())
        .map(|lane| {
            let tiles = group.lane(lane);
            let end = if tiles.end >= group.tiles.count() { group.instances.first + group.instances.count } else { tile(tiles.end) };
            let all = Instances { first: tile(tiles.start), count: end.saturating_sub(tile(tiles.start)) };
            let step = all.count.div_ceil(LOOKED_AT).max(1);
            let mut counts = [0.0; 3];
            for number in all.numbers().step_by(step as usize) {
                let Some(presence) = timeline.life(number).at(t) else { continue };
                match (presence.state, presence.is_new) {
                    (State::InService, true) => counts[0] += f64::from(step),
                    (State::InService, false) => counts[1] += f64::from(step),
                    (State::Dead, _) => counts[2] += f64::from(step),
                    (
                        State::Draining
                        | State::Launching
                        | State::Installing
                        | State::Starting
                        | State::Checking
                        | State::Terminating
                        | State::Gone
                        | State::Failed,
                        _,
                    ) => {}
                }
            }
            counts
        })
        .collect()
}

fn spread(layout: &Layout, lanes: &mut [[f64; 3]], moment: &Moment, of: usize, rps: f64) {
    let launched = moment.in_service_launched;
    let serves = |group: &Group| match group.holds {
        Version::New => launched > 0,
        Version::Old => moment.in_service() > launched,
    };
    // Requests that are lost go to where nothing is in service.
    let wanted = |group: &Group| serves(group) == (of != ALL.len() - 1);
    let any = layout.groups.iter().any(wanted);
    let number: u32 = layout.groups.iter().filter(|group| !any || wanted(group)).map(Group::lanes).sum();
    let mut at = 0;
    for group in &layout.groups {
        for _ in 0..group.lanes() {
            if (!any || wanted(group))
                && let Some(lane) = lanes.get_mut(at)
            {
                lane[of] = rps / f64::from(number.max(1));
            }
            at += 1;
        }
    }
}

impl Streams {
    pub(super) fn new(timeline: &Timeline, layout: &Layout, t: Time, peak_demand: f64, pace: Pace) -> Streams {
        let steady = |t| Streams::steady(layout, &[Flow::at(timeline, layout, t)], peak_demand);
        if let Some((at, passed)) = switched(timeline, t, pace) {
            return Streams { crossing: Some((passed, steady(t).bands)), ..steady(at) };
        }
        let moves = timeline.at(t + pace.route).at != timeline.at(t).at;
        let flows: Vec<Flow> = if moves && !pace.route.is_zero() {
            let from_now = |i: u32| Duration::from_us(pace.route.as_us() / u64::from(MOMENTS) * u64::from(i));
            (0..MOMENTS).map(|i| Flow::at(timeline, layout, t + from_now(i))).collect()
        } else {
            vec![Flow::at(timeline, layout, t)]
        };
        Streams::steady(layout, &flows, peak_demand)
    }

    /// The streams of the average of some flows.
    #[expect(clippy::cast_possible_truncation, reason = "widths on the screen")]
    fn steady(layout: &Layout, flows: &[Flow], peak_demand: f64) -> Streams {
        let scale = if peak_demand > 0.0 { f64::from(WIDEST * layout.scale) / peak_demand / flows.len() as f64 } else { 0.0 };
        let width = |of: &dyn Fn(&Flow) -> f64| (flows.iter().map(of).sum::<f64>() * scale) as f32;
        let mut bands = Vec::new();
        let mut place = 0;
        for (at, group) in layout.groups.iter().enumerate() {
            for lane in 0..group.lanes() {
                let widths: Vec<(Of, f32)> = (0..ALL.len())
                    .map(|of| (ALL[of], width(&|flow| flow.lanes.get(place).map_or(0.0, |lane| lane[of]))))
                    .filter(|(_, width)| *width > 0.01)
                    .collect();
                // What comes to a lane comes to its middle, side by side.
                let together: f32 = widths.iter().map(|(_, width)| width).sum();
                let mut y = group.lane_y(lane) - together / 2.0;
                for (of, width) in widths {
                    bands.push(Band { group: at, lane, of, width, from_y: 0.0, to_y: y + width / 2.0 });
                    y += width;
                }
                place += 1;
            }
        }
        // At the load balancer they lie one beside another in the order of where they go: no two cross.
        bands.sort_by(|a, b| a.to_y.total_cmp(&b.to_y));
        let together: f32 = bands.iter().map(|band| band.width).sum();
        let mut y = layout.outgoing().y - together / 2.0;
        for band in &mut bands {
            band.from_y = y + band.width / 2.0;
            y += band.width;
        }
        Streams { incoming: width(&|flow| flow.demand), refused: width(&|flow| flow.refused), bands, crossing: None }
    }

    /// The stream that comes to a lane.
    pub(super) fn band(&self, group: usize, lane: u32, of: Of) -> Option<&Band> {
        self.bands.iter().find(|band| (band.group, band.lane, band.of) == (group, lane, of))
    }

    pub(super) fn paint(&self, painter: &Painter, layout: &Layout, theme: &Theme, rates: &Rates) {
        let mut mesh = Mesh::default();
        let (from, to) = layout.incoming();
        if self.incoming > 0.0 {
            ribbon(&mut mesh, from, to, self.incoming, self.incoming, faint(theme.traffic));
        }
        if self.refused > 0.0 {
            rise(&mut mesh, layout, self.refused, faint(theme.failed));
        }
        let failing = if rates.answered_new > 0.0 { rates.new_version_error / rates.answered_new } else { 0.0 };
        match &self.crossing {
            None => {
                for band in &self.bands {
                    add(&mut mesh, layout, theme, band, band.to_y, 1.0, failing);
                }
            }
            Some((passed, before)) => {
                // Each stream of the one group is on its way to where it would be in the other, and turns into that.
                for band in before {
                    let to = across(layout, band).map_or(band.to_y, |to| band.to_y + (to - band.to_y) * passed);
                    add(&mut mesh, layout, theme, band, to, 1.0 - passed * passed, failing);
                }
                for band in &self.bands {
                    let from = across(layout, band).map_or(band.to_y, |from| from + (band.to_y - from) * passed);
                    add(&mut mesh, layout, theme, band, from, passed * (2.0 - passed), failing);
                }
            }
        }
        painter.add(Shape::mesh(mesh));
        self.paint_idle(painter, layout, theme);
    }

    /// The way to a group that is there and gets nothing.
    fn paint_idle(&self, painter: &Painter, layout: &Layout, theme: &Theme) {
        if layout.groups.len() < 2 || self.crossing.is_some() {
            return;
        }
        for (at, group) in layout.groups.iter().enumerate() {
            if self.bands.iter().all(|band| band.group != at) {
                let (from, to) = (layout.outgoing(), pos2(group.rect.left() - 4.0, group.rect.center().y));
                let way: Vec<Pos2> = (0..=24).map(|i| curve(from, to, i as f32 / 24.0)).collect();
                painter.extend(Shape::dashed_line(&way, Stroke::new(1.0, theme.line_strong), 3.0, 5.0));
            }
        }
    }
}

/// When all of the traffic will go to the other group, and how much of that is shown; none where nothing is about to be
/// switched.
fn switched(timeline: &Timeline, t: Time, pace: Pace) -> Option<(Time, f32)> {
    let before = timeline.route(timeline.at(t)).share_new(t)?;
    let Route::Split { to, began, over, .. } = *timeline.route(timeline.at(t + pace.route)) else { return None };
    let all = (before - to.as_fraction()).abs() >= 1.0;
    (all && over.is_zero() && began > t).then(|| (began, Pace::shown(began, pace.route, t)))
}

/// Where a stream would end in the other group: as far down in it as in its own.
fn across(layout: &Layout, band: &Band) -> Option<f32> {
    let (own, other) = (layout.groups.get(band.group)?, layout.groups.get(1 - band.group.min(1))?);
    let lane = |group: &Group, part: f32| {
        let (first, last) = (group.lane_y(0), group.lane_y(group.lanes() - 1));
        first + (last - first) * part
    };
    let (first, last) = (own.lane_y(0), own.lane_y(own.lanes() - 1));
    let part = if last > first { (band.to_y - first) / (last - first) } else { 0.5 };
    Some(lane(other, part))
}

fn faint(colour: Color32) -> Color32 {
    colour.gamma_multiply(FAINT)
}

fn add(mesh: &mut Mesh, layout: &Layout, theme: &Theme, band: &Band, to_y: f32, shown: f32, failing: f64) {
    let Some(group) = layout.groups.get(band.group) else { return };
    let colour = match band.of {
        Of::Old => theme.version_old,
        Of::New => theme.version_new,
        Of::Lost => theme.failed,
    };
    let (from, to) = (pos2(layout.outgoing().x, band.from_y), pos2(group.rect.left() - 2.0, to_y));
    ribbon(mesh, from, to, band.width.max(THINNEST), band.width.max(THINNEST), faint(colour).gamma_multiply(shown));
    if band.of == Of::New && failing > 0.0 {
        // The part of it that the new version fails, along its middle.
        #[expect(clippy::cast_possible_truncation, reason = "a width on the screen")]
        let width = (band.width * failing as f32).max(THINNEST);
        ribbon(mesh, from, to, width, width, theme.failed.gamma_multiply(2.0 * FAINT * shown));
    }
}

/// A band that leaves and arrives level.
fn ribbon(mesh: &mut Mesh, from: Pos2, to: Pos2, begins: f32, ends: f32, colour: Color32) {
    const STEPS: u16 = 24;
    let first = u32::try_from(mesh.vertices.len()).unwrap_or(u32::MAX);
    // The outline is soft by a pixel.
    for i in 0..=STEPS {
        let part = f32::from(i) / f32::from(STEPS);
        let at = curve(from, to, part);
        let half = (begins + (ends - begins) * part) / 2.0;
        for (y, colour) in
            [(-half - 0.5, Color32::TRANSPARENT), (-half + 0.5, colour), (half - 0.5, colour), (half + 0.5, Color32::TRANSPARENT)]
        {
            mesh.colored_vertex(at + vec2(0.0, y), colour);
        }
        if i > 0 {
            let here = first + u32::from(i) * 4;
            for edge in 0..3 {
                let (a, b) = (here - 4 + edge, here + edge);
                mesh.add_triangle(a, a + 1, b);
                mesh.add_triangle(b, a + 1, b + 1);
            }
        }
    }
}

/// What is refused rises and fades.
fn rise(mesh: &mut Mesh, layout: &Layout, width: f32, colour: Color32) {
    let half = width.max(THINNEST) / 2.0;
    let x = layout.balancer.center().x;
    let first = u32::try_from(mesh.vertices.len()).unwrap_or(u32::MAX);
    for (y, colour) in [(layout.balancer.top() - 2.0, colour), (layout.refused_top, Color32::TRANSPARENT)] {
        for x in [x - half, x + half] {
            mesh.colored_vertex(pos2(x, y), colour);
        }
    }
    mesh.add_triangle(first, first + 1, first + 2);
    mesh.add_triangle(first + 2, first + 1, first + 3);
}

/// A way that leaves and arrives level.
pub(super) fn curve(from: Pos2, to: Pos2, passed: f32) -> Pos2 {
    from + vec2((to.x - from.x) * passed, (to.y - from.y) * smooth(passed))
}
