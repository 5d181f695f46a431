//! All rows as one picture: made when the deployment, the size or what is shown of the time changes, and not each frame.

use std::sync::Arc;

use eframe::egui::{Color32, Context, Mesh, Rangef, Rect, Shape, TextureHandle, pos2};

use super::dense;
use super::layout::{Detail, Layout};
use super::pattern::Pen;
use crate::app::plots::Scale;
use crate::app::stage::{self, Checks};
use crate::app::theme::Theme;
use crate::timeline::{Presence, State, Timeline};
use crate::units::Time;

/// What the picture was made of.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Key {
    pub(super) revision: u64,
    pub(super) layout: Layout,
    pub(super) scale: Scale,
    pub(super) dark: bool,
    pub(super) pixels_per_point: f32,
    /// The checks that an instance has to pass; none where it is not told which are in vain.
    pub(super) needed: Option<u32>,
}

/// The rows as they were last drawn.
pub(super) struct Picture {
    pub(super) key: Key,
    spans: Arc<Mesh>,
    /// Where rows stand for several instances: the picture of each group, and where it stands.
    texture: Option<TextureHandle>,
    dense: Vec<(Rect, Rect)>,
    /// Spans with room for words.
    pub(super) words: Vec<Span>,
    /// The states that occur, in the order of a life.
    pub(super) states: Vec<State>,
    /// From when to when the new version fails a share of its requests, in seconds.
    pub(super) bad: Vec<(f64, f64)>,
    /// Whether an instance of the new version ever serves while it fails a share of its requests.
    pub(super) fails_a_share: bool,
}

/// What an instance does for some time, and where that stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Span {
    pub(super) rect: Rect,
    pub(super) presence: Presence,
    /// Whether it is checked and never passes.
    pub(super) in_vain: bool,
}

/// The order of the states in a legend.
pub(super) const STATES: [State; 9] = [
    State::InService,
    State::Draining,
    State::Launching,
    State::Installing,
    State::Starting,
    State::Checking,
    State::Terminating,
    State::Dead,
    State::Failed,
];

impl Picture {
    /// The picture for `key`; `before` is the one it takes the place of.
    pub(super) fn new(ctx: &Context, theme: &Theme, timeline: &Timeline, key: Key, before: Option<Picture>) -> Picture {
        let mut pen = Pen::new(theme, key.pixels_per_point);
        // Of one deployment it is found out once.
        let bad = before.filter(|before| before.key.revision == key.revision).map_or_else(|| bad_spans(timeline), |before| before.bad);
        let mut picture = Picture {
            spans: Arc::default(),
            texture: None,
            dense: Vec::new(),
            words: Vec::new(),
            states: Vec::new(),
            fails_a_share: false,
            bad: Vec::new(),
            key,
        };
        let mut seen = [false; STATES.len()];
        let mut see = |state: State| {
            if let Some(seen) = STATES.iter().position(|known| *known == state).and_then(|i| seen.get_mut(i)) {
                *seen = true;
            }
        };
        match picture.key.layout.detail {
            Detail::Words | Detail::Thin => {
                let layout = picture.key.layout.clone();
                for lanes in &layout.lanes {
                    for i in 0..lanes.count {
                        let across = lanes.across(i);
                        // A little ground between the rows, as far as there is room.
                        let gap = if across.span() >= 14.0 { 3.0 } else { 1.0 };
                        let across = Rangef::new(across.min, across.max - gap);
                        let number = lanes.first_of(i);
                        let words = layout.detail == Detail::Words;
                        for span in spans(timeline, number, picture.key.needed, picture.key.scale, across) {
                            see(span.presence.state);
                            picture.fails_a_share |= draw(&mut pen, timeline, picture.key.scale, &bad, span, words);
                            if words {
                                picture.words.push(span);
                            }
                        }
                    }
                }
            }
            Detail::Dense => {
                let made = dense::image(ctx, theme, timeline, &picture.key, &bad);
                made.states.iter().for_each(|state| see(*state));
                picture.fails_a_share = made.fails_a_share;
                picture.texture = Some(made.texture);
                picture.dense = made.places;
                dense::marks(&mut pen, timeline, &picture.key);
            }
        }
        picture.states = STATES.into_iter().zip(seen).filter(|(_, seen)| *seen).map(|(state, _)| state).collect();
        picture.spans = Arc::new(pen.mesh);
        picture.bad = bad;
        picture
    }

    /// What is painted each frame: a few meshes, whatever the fleet.
    pub(super) fn shapes(&self) -> Vec<Shape> {
        let mut shapes = Vec::new();
        if let Some(texture) = &self.texture {
            for (place, part) in &self.dense {
                shapes.push(Shape::image(texture.id(), *place, *part, Color32::WHITE));
            }
        }
        shapes.push(Shape::Mesh(self.spans.clone()));
        shapes
    }
}

/// What an instance does, as far as it is shown, in a row from one height to another.
pub(super) fn spans(timeline: &Timeline, number: u32, needed: Option<u32>, scale: Scale, across: Rangef) -> impl Iterator<Item = Span> {
    let (from_s, to_s) = scale.shown;
    timeline.life(number).presences().filter_map(move |presence| {
        let since = presence.since.as_secs_f64();
        let until = presence.until.map_or(f64::INFINITY, Time::as_secs_f64);
        // What lasts no time at all is nothing to see, nor is what is gone.
        let shown = since < to_s && until > from_s && until > since && presence.state != State::Gone;
        let left = scale.x(since.max(from_s));
        let right = scale.x(until.min(to_s));
        let in_vain = shown && is_in_vain(timeline, number, presence, needed);
        shown.then_some(Span { rect: Rect::from_min_max(pos2(left, across.min), pos2(right, across.max)), presence, in_vain })
    })
}

/// Whether an instance is checked and never passes.
pub(super) fn is_in_vain(timeline: &Timeline, number: u32, presence: Presence, needed: Option<u32>) -> bool {
    needed.is_some_and(|needed| stage::checks(timeline, number, presence, needed) == Some(Checks::InVain))
}

/// Draws a span. Whether its instance fails a share of its requests at any time of it.
pub(super) fn draw(pen: &mut Pen<'_>, timeline: &Timeline, scale: Scale, bad: &[(f64, f64)], span: Span, words: bool) -> bool {
    let Span { rect, presence, in_vain } = span;
    let ticks = if presence.state == State::Checking { ticks(timeline, scale, presence) } else { Vec::new() };
    pen.span(rect, presence.state, presence.is_new, &ticks, words && rect.width() >= super::MARKED);
    if in_vain {
        pen.in_vain(rect);
    }
    if presence.state != State::InService || !presence.is_new {
        return false;
    }
    let mut fails = false;
    for (from_s, to_s) in bad {
        let foot = rect.with_min_x(rect.left().max(scale.x(*from_s))).with_max_x(rect.right().min(scale.x(*to_s)));
        if foot.width() > 0.0 {
            pen.fails_a_share(foot);
            fails = true;
        }
    }
    fails
}

/// Where an instance passes its checks; none where they would be too close to tell apart.
fn ticks(timeline: &Timeline, scale: Scale, presence: Presence) -> Vec<f32> {
    const CLOSEST: f64 = 4.0;
    let interval_s = timeline.check_interval().as_secs_f64();
    if interval_s < CLOSEST * scale.seconds_per_point() {
        return Vec::new();
    }
    let (from_s, to_s) = (presence.since.as_secs_f64(), presence.until.map_or(scale.shown.1, Time::as_secs_f64));
    // Of a check that goes on for ever what is shown is enough.
    let before = ((scale.shown.0 - from_s) / interval_s).floor().max(0.0);
    let mut at = from_s + (before + 1.0) * interval_s;
    let mut ticks = Vec::new();
    while at <= to_s.min(scale.shown.1) {
        ticks.push(scale.x(at));
        at += interval_s;
    }
    ticks
}

/// From when to when the new version fails a share of its requests, in seconds.
fn bad_spans(timeline: &Timeline) -> Vec<(f64, f64)> {
    let mut bad: Vec<(f64, f64)> = Vec::new();
    let moments = timeline.moments();
    for (i, moment) in moments.iter().enumerate() {
        if timeline.trouble(moment).error_rate <= 0.0 {
            continue;
        }
        let from = moment.at.as_secs_f64();
        let to = moments.get(i + 1).map_or(timeline.end(), |next| next.at).as_secs_f64();
        match bad.last_mut() {
            Some(last) if last.1 >= from => last.1 = to,
            Some(_) | None => bad.push((from, to)),
        }
    }
    bad
}
