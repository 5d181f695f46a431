//! One instance: its version by colour, its state by mark and fill.
//!
//! What gets requests is a full tile, what gets none is a hollow one. What is wrong is in the colour of failure and has
//! a mark of its own: an instance that does not answer is cracked, one that is out of service is crossed out, and one
//! whose version fails a share of its requests has a corner cut off.
//!
//! A state turns into the next: the new look comes over the old one. A launched instance slides in, one that ends shrinks
//! away.

use eframe::egui::{Align2, Color32, CornerRadius, Painter, Rect, Shape, Stroke, StrokeKind, pos2, vec2};

use super::layout::TileDetail;
use super::motion::{Motion, Pace, share};
use crate::app::theme::{Text, Theme};
use crate::app::widgets::Icon;
use crate::text::{numbers, pictures as words};
use crate::timeline::{Presence, State, Timeline};
use crate::units::{Duration, Time};

/// The marks of the states, in the order in which an instance goes through them.
pub(super) const MARKS: [(State, Icon); 9] = [
    (State::InService, Icon::Check),
    (State::Draining, Icon::Drain),
    (State::Launching, Icon::Plus),
    (State::Installing, Icon::ArrowDown),
    (State::Starting, Icon::Start),
    (State::Checking, Icon::Heartbeat),
    (State::Terminating, Icon::Minus),
    (State::Dead, Icon::Crack),
    (State::Failed, Icon::Cross),
];

/// A tile narrower than this has no room for an icon, and its mark is drawn from edge to edge.
const MARKED: f32 = 13.0;

/// What becomes of an instance that is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum Checks {
    /// It passes them all.
    Passes,
    /// It never passes one.
    InVain,
    /// It is taken away before that is known.
    Interrupted,
}

/// What becomes of an instance that is checked, or none where it is not. `needed` are the checks that it has to pass.
pub(in crate::app) fn checks(timeline: &Timeline, number: u32, presence: Presence, needed: u32) -> Option<Checks> {
    if presence.state != State::Checking {
        return None;
    }
    let Some(until) = presence.until else { return Some(Checks::InVain) };
    let time_enough = until.since(presence.since) >= timeline.check_interval().times(needed);
    Some(match timeline.life(number).at(until).map(|next| next.state) {
        Some(State::InService) => Checks::Passes,
        Some(State::Terminating | State::Gone) if !time_enough => Checks::Interrupted,
        Some(
            State::Terminating
            | State::Gone
            | State::Failed
            | State::Dead
            | State::Launching
            | State::Draining
            | State::Installing
            | State::Starting
            | State::Checking,
        )
        | None => Checks::InVain,
    })
}

/// A version's colours.
struct Colours {
    full: Color32,
    soft: Color32,
    on_full: Color32,
}

fn colours(theme: &Theme, is_new: bool) -> Colours {
    if is_new {
        Colours { full: theme.version_new, soft: theme.version_new_soft, on_full: theme.on_version_new }
    } else {
        Colours { full: theme.version_old, soft: theme.version_old_soft, on_full: theme.on_version_old }
    }
}

/// How far an instance is through its state at `t`, 0 to 1.
pub(super) fn progress(presence: Presence, t: Time, motion: Motion) -> f32 {
    match (motion, presence.until) {
        // Without motion nothing changes while a state lasts: half of it is drawn.
        (Motion::Reduced, _) => 0.5,
        (Motion::Full, None) => 0.0,
        (Motion::Full, Some(until)) => share(t.since(presence.since), until.since(presence.since)),
    }
}

/// Draws the tiles of one group at one moment.
pub(super) struct Tiler<'a> {
    pub(super) painter: Painter,
    pub(super) theme: &'a Theme,
    pub(super) timeline: &'a Timeline,
    pub(super) t: Time,
    pub(super) detail: TileDetail,
    /// The share of its requests that the new version fails.
    pub(super) error_rate: f64,
    /// Checks that an instance has to pass in a row.
    pub(super) checks: u32,
    /// Whether what becomes of an instance may be told.
    pub(super) foretells: bool,
    pub(super) pace: Pace,
}

impl Tiler<'_> {
    /// An instance as it is, or on its way to what it is next: to another state, here, or away.
    pub(super) fn paint(&mut self, rect: Rect, number: u32) {
        let life = self.timeline.life(number);
        let now = life.at(self.t).filter(|presence| presence.state != State::Gone);
        let Some(presence) = now else {
            // It is about to be launched.
            if let Some(first) = life.presences().find(|presence| presence.since > self.t && presence.state != State::Gone) {
                let shown = Pace::shown(first.since, self.pace.change, self.t);
                if shown > 0.0 {
                    let from_aside = shrunk(rect, shown).translate(vec2((1.0 - shown) * rect.width().min(24.0), 0.0));
                    self.faint(shown, |tiler| tiler.still(from_aside, number, first));
                }
            }
            return;
        };
        let Some(until) = presence.until else { return self.still(rect, number, presence) };
        // A state that is short is still seen as itself at first.
        let over = self.pace.change.min(Duration::from_us(until.since(presence.since).as_us() / 2));
        let shown = Pace::shown(until, over, self.t);
        match life.at(until) {
            _ if shown <= 0.0 => self.still(rect, number, presence),
            None => self.still(rect, number, presence),
            Some(next) if next.state == State::Gone => {
                self.faint(1.0 - shown, |tiler| tiler.still(shrunk(rect, 1.0 - shown), number, presence));
            }
            Some(next) => {
                let (before, after) = (self.body(rect, presence), next);
                let on = self.painter.opacity();
                self.painter.multiply_opacity(shown);
                let t = std::mem::replace(&mut self.t, until);
                let on_after = self.body(rect, after);
                self.t = t;
                self.painter.set_opacity(on);
                self.name(rect, number, self.text_on(presence.state, before).lerp_to_gamma(self.text_on(next.state, on_after), shown));
                // One says what it is until half way, then the other.
                self.faint((1.0 - 2.0 * shown).max(0.0), |tiler| tiler.content(rect, number, presence, before));
                let t = std::mem::replace(&mut self.t, until);
                self.faint((2.0 * shown - 1.0).max(0.0), |tiler| tiler.content(rect, number, next, on_after));
                self.t = t;
            }
        }
    }

    fn faint(&mut self, opacity: f32, paint: impl FnOnce(&mut Self)) {
        let before = self.painter.opacity();
        self.painter.multiply_opacity(opacity);
        paint(self);
        self.painter.set_opacity(before);
    }

    fn still(&self, rect: Rect, number: u32, presence: Presence) {
        let on = self.body(rect, presence);
        self.name(rect, number, self.text_on(presence.state, on));
        self.content(rect, number, presence, on);
    }

    /// The tile itself. The colour of what stands on it.
    fn body(&self, rect: Rect, presence: Presence) -> Color32 {
        let radius = CornerRadius::same(match rect.width() {
            w if w >= 40.0 => 8,
            w if w >= 15.0 => 3,
            _ => 1,
        });
        let on = self.fill(rect, radius, presence);
        if presence.state == State::InService && presence.is_new && self.error_rate > 0.0 {
            self.failing(rect, radius);
        }
        on
    }

    /// Its number.
    fn name(&self, rect: Rect, number: u32, colour: Color32) {
        let (size, at) = match self.detail {
            TileDetail::Words => {
                let (size, inset) = self.words_size(rect);
                (size, rect.min + vec2(inset, inset + 4.0))
            }
            TileDetail::Compact => (Text::Label, pos2(rect.left() + 6.0, upper_line(rect))),
            TileDetail::Row => (Text::Label, pos2(rect.left() + 8.0, rect.center().y)),
            TileDetail::Mark | TileDetail::Plain | TileDetail::Cells => return,
        };
        size.paint_at(&self.painter, at, Align2::LEFT_CENTER, &numbers::instance(number), faded(colour, 0.85));
    }

    /// What stands on it: the state's mark and word.
    fn content(&self, rect: Rect, number: u32, presence: Presence, on: Color32) {
        let checks = checks(self.timeline, number, presence, self.checks);
        // While what is to come is hidden, checks look as if they were passed.
        let checks = if self.foretells { checks } else { checks.map(|_| Checks::Passes) };
        let on = if checks == Some(Checks::InVain) { self.theme.failed } else { on };
        match self.detail {
            TileDetail::Words => self.words(rect, presence, on, checks),
            TileDetail::Compact => self.compact(rect, number, presence, on, checks),
            TileDetail::Row => self.row(rect, presence, on, checks),
            TileDetail::Mark | TileDetail::Plain | TileDetail::Cells => {
                let size = (rect.width().min(rect.height()) * 0.6).min(20.0);
                self.mark(Rect::from_center_size(rect.center(), vec2(size, size)), presence.state, on, (size / 9.0).clamp(1.0, 2.0));
            }
        }
    }

    /// On a large tile words are larger too: a back row reads them. The size, and how far from the edge they stand.
    fn words_size(&self, rect: Rect) -> (Text, f32) {
        if rect.width() >= 92.0 && rect.height() >= 84.0 { (Text::Body, 10.0) } else { (Text::Label, 8.0) }
    }

    /// The state's mark. That of a failure is as large as there is room: it is seen from afar, and without colour.
    fn mark(&self, rect: Rect, state: State, on: Color32, width: f32) {
        let Some(icon) = mark(state) else { return };
        let (rect, width) = match state {
            State::Dead | State::Failed => (rect.scale_from_center(1.4), width * 1.4),
            State::InService
            | State::Draining
            | State::Launching
            | State::Installing
            | State::Starting
            | State::Checking
            | State::Terminating
            | State::Gone => (rect, width),
        };
        icon.paint(&self.painter, rect, on, width);
    }

    /// Fills the tile. The colour of what stands on it.
    fn fill(&self, rect: Rect, radius: CornerRadius, presence: Presence) -> Color32 {
        let (painter, theme) = (&self.painter, self.theme);
        let c = colours(theme, presence.is_new);
        let passed = progress(presence, self.t, self.pace.motion);
        // What is being built fills from below in its version's colour; what leaves empties.
        match presence.state {
            State::Gone => theme.text,
            State::InService => {
                painter.rect_filled(rect, radius, c.full);
                c.on_full
            }
            State::Draining | State::Terminating => {
                painter.rect_filled(rect, radius, theme.tile);
                fill_from_below(painter, rect, radius, 1.0 - passed, c.soft);
                outline(painter, rect, radius, c.full, Line::Solid);
                theme.text
            }
            State::Launching => {
                painter.rect_filled(rect, radius, theme.tile);
                outline(painter, rect, radius, c.full, Line::Dashed);
                theme.text
            }
            State::Installing => {
                painter.rect_filled(rect, radius, theme.tile);
                fill_from_below(painter, rect, radius, passed, c.soft);
                outline(painter, rect, radius, c.full, Line::Dashed);
                theme.text
            }
            State::Starting | State::Checking => {
                painter.rect_filled(rect, radius, c.soft);
                outline(painter, rect, radius, c.full, Line::Dashed);
                theme.text
            }
            State::Dead => {
                painter.rect_filled(rect, radius, theme.failed);
                // It is broken in two: the group's ground shows between the pieces.
                let x = |part: f32| rect.left() + rect.width() * part;
                let y = |part: f32| rect.top() + rect.height() * part;
                let gap = (rect.width() / 14.0).clamp(1.5, 5.0);
                let crack = [(0.6, 0.0), (0.46, 0.3), (0.56, 0.5), (0.4, 0.72), (0.5, 1.0)].map(|(px, py)| pos2(x(px), y(py)));
                painter.line(crack.to_vec(), Stroke::new(gap, theme.panel));
                theme.on_failed
            }
            State::Failed => {
                painter.rect_filled(rect, radius, theme.failed_soft);
                painter.rect_stroke(rect, radius, Stroke::new((rect.width() / 18.0).clamp(1.0, 2.5), theme.failed), StrokeKind::Inside);
                theme.failed
            }
        }
    }

    fn words(&self, rect: Rect, presence: Presence, on: Color32, checks: Option<Checks>) {
        let (size, inset) = self.words_size(rect);
        let text = self.text_on(presence.state, on);
        let middle = rect.center() + vec2(0.0, -1.0);
        let mark_size = (rect.width() * 0.36).min(rect.height() * 0.33).clamp(16.0, 40.0);
        if checks == Some(Checks::Passes) {
            self.pips(Rect::from_center_size(middle, vec2(rect.width() - 12.0, 16.0)), presence);
        } else if presence.state != State::Dead {
            // One that is broken is its own mark.
            self.mark(Rect::from_center_size(middle, vec2(mark_size, mark_size)), presence.state, on, mark_size / 10.0);
        }
        let foot = Rect::from_min_max(pos2(rect.left() + 2.0, rect.bottom() - 2.0 * inset - 8.0), rect.max - vec2(2.0, 6.0));
        self.word(size, foot, Align2::CENTER_CENTER, presence, checks, text);
    }

    /// The word of its state. On the pieces of a broken tile it has a ground of its own.
    fn word(&self, size: Text, rect: Rect, align: Align2, presence: Presence, checks: Option<Checks>, colour: Color32) {
        let word = word(presence, checks);
        if presence.state == State::Dead {
            let line = size.line(&self.painter, word, colour, rect.width());
            let ground = align.align_size_within_rect(line.size(), rect).expand2(vec2(3.0, 0.0));
            self.painter.rect_filled(ground, 2, self.theme.failed);
        }
        size.paint(&self.painter, rect, align, word, colour);
    }

    fn compact(&self, rect: Rect, number: u32, presence: Presence, on: Color32, checks: Option<Checks>) {
        let text = self.text_on(presence.state, on);
        let y = upper_line(rect);
        let wide = Text::Label.line(&self.painter, &numbers::instance(number), text, f32::INFINITY).size().x;
        let room = Rect::from_min_max(pos2(rect.left() + 10.0 + wide, y - 8.0), pos2(rect.right() - 6.0, y + 8.0));
        if checks == Some(Checks::Passes) {
            self.pips(room, presence);
        } else if room.width() >= 12.0 && presence.state != State::Dead {
            let at = Rect::from_center_size(pos2(room.right() - 7.0, y), vec2(14.0, 14.0));
            self.mark(at, presence.state, on, 1.6);
        }
        let foot = Rect::from_min_max(pos2(rect.left() + 2.0, rect.bottom() - 18.0), rect.max - vec2(2.0, 2.0));
        self.word(Text::Label, foot, Align2::CENTER_CENTER, presence, checks, text);
    }

    fn row(&self, rect: Rect, presence: Presence, on: Color32, checks: Option<Checks>) {
        let y = rect.center().y;
        let text = self.text_on(presence.state, on);
        let middle = pos2(rect.left() + rect.width() * 0.42, y);
        if checks == Some(Checks::Passes) {
            self.pips(Rect::from_center_size(middle, vec2(26.0, 16.0)), presence);
        } else if presence.state != State::Dead {
            self.mark(Rect::from_center_size(middle, vec2(16.0, 16.0)), presence.state, on, 1.8);
        }
        let place = Rect::from_min_max(pos2(middle.x + 12.0, rect.top()), rect.max - vec2(6.0, 0.0));
        self.word(Text::Label, place, Align2::RIGHT_CENTER, presence, checks, text);
    }

    /// Words on a hollow tile are in the colour of text: its mark is the alarm, they are not.
    fn text_on(&self, state: State, on: Color32) -> Color32 {
        match state {
            State::Failed | State::Checking => self.theme.text,
            State::InService
            | State::Draining
            | State::Launching
            | State::Installing
            | State::Starting
            | State::Terminating
            | State::Dead
            | State::Gone => on,
        }
    }

    /// The checks that an instance has to pass in a row, ticked off one by one.
    fn pips(&self, rect: Rect, presence: Presence) {
        let interval = self.timeline.check_interval();
        let us = interval.as_us().max(1);
        let checks_in = |from: Time, to: Time| u32::try_from(to.since(from).as_us() / us).unwrap_or(u32::MAX);
        let needed = presence.until.map_or(0, |until| checks_in(presence.since, until));
        // One that is about to be passed is on its way.
        let over = self.pace.change.min(Duration::from_us(us / 2));
        let done = checks_in(presence.since, self.t).min(needed);
        let step = (rect.width() / needed.max(1) as f32).min(if rect.width() >= 80.0 { 14.0 } else { 9.0 });
        let (painter, colour) = (&self.painter, self.theme.text);
        if step < 7.0 {
            let bar = Rect::from_center_size(rect.center(), vec2(rect.width(), 4.0));
            painter.rect_filled(bar, 2, colour.gamma_multiply(0.3));
            painter.rect_filled(bar.with_max_x(bar.left() + bar.width() * done as f32 / needed.max(1) as f32), 2, colour);
            return;
        }
        let radius = (step * 0.3).min(4.0);
        for i in 0..needed {
            let at = pos2(rect.center().x + (i as f32 - (needed as f32 - 1.0) / 2.0) * step, rect.center().y);
            painter.circle_stroke(at, radius - 0.5, Stroke::new(1.0, colour));
            let shown = Pace::shown(presence.since + interval.times(i + 1), over, self.t);
            if shown > 0.0 {
                painter.circle_filled(at, radius * shown, colour);
            }
        }
    }

    /// A corner that is cut off: it serves, and fails a share of what it gets. With room, that share stands there.
    fn failing(&self, rect: Rect, radius: CornerRadius) {
        let (painter, theme) = (&self.painter, self.theme);
        if matches!(self.detail, TileDetail::Words | TileDetail::Compact) {
            let words = Text::Label.line(painter, &numbers::percent(self.error_rate), theme.on_failed, f32::INFINITY);
            let size = words.size() + vec2(8.0, 1.0);
            if size.x + 24.0 <= rect.width() {
                let badge = Rect::from_min_size(rect.right_top() + vec2(2.0 - size.x, -2.0), size);
                painter.rect(badge, 4, theme.failed, Stroke::new(1.5, theme.panel), StrokeKind::Outside);
                painter.galley(badge.min + vec2(4.0, 0.5), words, theme.on_failed);
                return;
            }
        }
        cut_corner(painter, theme, rect);
        if rect.width() >= MARKED {
            painter.rect_stroke(rect, CornerRadius { ne: 0, ..radius }, Stroke::new(1.5, theme.failed), StrokeKind::Inside);
        }
    }
}

/// A corner in the colour of failure, cut off by the group's ground so that it is seen without colours too.
fn cut_corner(painter: &Painter, theme: &Theme, rect: Rect) {
    let side = (rect.width().min(rect.height()) * 0.45).clamp(2.0, 16.0);
    let corner = |side: f32, inset: f32| {
        let at = rect.right_top() + vec2(-inset, inset);
        vec![at + vec2(-side, 0.0), at, at + vec2(0.0, side)]
    };
    if rect.width() >= 8.0 {
        // What is cut off is the group's ground, so that the cut is seen without colours too.
        painter.add(Shape::convex_polygon(corner(side + 2.5, 0.0), theme.panel, Stroke::NONE));
    }
    painter.add(Shape::convex_polygon(corner(side, 0.0), theme.failed, Stroke::NONE));
}

/// What a tile looks like whose version fails a share of its requests, for a legend.
pub(super) fn paint_failing(painter: &Painter, theme: &Theme, rect: Rect) {
    painter.rect_filled(rect, 2, theme.version_new);
    cut_corner(painter, theme, rect);
}

/// The mark of a state.
pub(in crate::app) fn mark(state: State) -> Option<Icon> {
    MARKS.iter().find(|(marked, _)| *marked == state).map(|(_, icon)| *icon)
}

fn word(presence: Presence, checks: Option<Checks>) -> &'static str {
    match checks {
        Some(Checks::InVain) => words::unhealthy(),
        Some(Checks::Passes | Checks::Interrupted) | None => words::tile_word(presence),
    }
}

fn fill_from_below(painter: &Painter, rect: Rect, radius: CornerRadius, part: f32, colour: Color32) {
    if part > 0.0 {
        // Clipped, so that the corners stay round whatever the height.
        let clip = Rect::from_min_max(pos2(rect.left(), rect.bottom() - rect.height() * part.min(1.0)), rect.max);
        painter.with_clip_rect(clip.intersect(painter.clip_rect())).rect_filled(rect, radius, colour);
    }
}

/// How an outline is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    Solid,
    Dashed,
}

fn outline(painter: &Painter, rect: Rect, radius: CornerRadius, colour: Color32, line: Line) {
    let stroke = Stroke::new(if rect.width() >= MARKED { 1.5 } else { 1.0 }, colour);
    if line == Line::Solid || rect.width() < MARKED {
        painter.rect_stroke(rect, radius, stroke, StrokeKind::Inside);
        return;
    }
    let r = rect.shrink(stroke.width / 2.0);
    let corner = f32::from(radius.nw) - stroke.width / 2.0;
    painter.extend(Shape::dashed_line(&rounded_path(r, corner.max(0.0)), stroke, 4.0, 3.0));
}

/// The outline of a rounded rectangle as a closed line.
fn rounded_path(rect: Rect, radius: f32) -> Vec<eframe::egui::Pos2> {
    use std::f32::consts::FRAC_PI_2;
    let centres = [
        (pos2(rect.right() - radius, rect.top() + radius), 3.0 * FRAC_PI_2),
        (pos2(rect.right() - radius, rect.bottom() - radius), 0.0),
        (pos2(rect.left() + radius, rect.bottom() - radius), FRAC_PI_2),
        (pos2(rect.left() + radius, rect.top() + radius), 2.0 * FRAC_PI_2),
    ];
    let mut path: Vec<_> = centres
        .iter()
        .flat_map(|&(centre, start)| {
            (0..=4).map(move |i| {
                let angle = start + FRAC_PI_2 * i as f32 / 4.0;
                centre + radius * vec2(angle.cos(), angle.sin())
            })
        })
        .collect();
    path.extend(path.first().copied());
    path
}

/// Where number and mark stand on a low tile.
fn upper_line(rect: Rect) -> f32 {
    rect.top() + (rect.height() * 0.3).max(10.0)
}

/// Smaller around its middle.
fn shrunk(rect: Rect, there: f32) -> Rect {
    rect.scale_from_center(0.7 + 0.3 * there)
}

fn faded(colour: Color32, part: f32) -> Color32 {
    colour.gamma_multiply(part)
}
