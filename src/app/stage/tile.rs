//! One instance: its version by colour, its state by mark and fill.
//!
//! What gets requests is a full tile, what gets none is a hollow one. What is wrong is in the colour of failure and has
//! a mark of its own: an instance that does not answer is cracked, one that is out of service is crossed out, and one
//! whose version fails a share of its requests has a corner cut off.

use eframe::egui::{Align2, Color32, CornerRadius, Painter, Rect, Shape, Stroke, StrokeKind, pos2, vec2};

use super::layout::TileDetail;
use crate::app::theme::{Text, Theme};
use crate::app::widgets::{Icon, paint_pips};
use crate::text::{numbers, pictures as words};
use crate::timeline::{Presence, State, Timeline};
use crate::units::Time;

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
#[expect(clippy::cast_possible_truncation, reason = "a share of 0 to 1")]
fn progress(presence: Presence, t: Time) -> f32 {
    let Some(until) = presence.until else { return 0.0 };
    let whole = until.since(presence.since).as_secs_f64();
    if whole > 0.0 { (t.since(presence.since).as_secs_f64() / whole) as f32 } else { 1.0 }
}

/// Draws the tiles of one group at one moment.
pub(super) struct Tiler<'a> {
    pub(super) painter: &'a Painter,
    pub(super) theme: &'a Theme,
    pub(super) timeline: &'a Timeline,
    pub(super) t: Time,
    pub(super) detail: TileDetail,
    /// The share of its requests that the new version fails.
    pub(super) error_rate: f64,
    /// Checks that an instance has to pass in a row.
    pub(super) checks: u32,
}

impl Tiler<'_> {
    pub(super) fn paint(&self, rect: Rect, number: u32, presence: Presence) {
        if presence.state == State::Gone {
            return;
        }
        let radius = CornerRadius::same(match rect.width() {
            w if w >= 40.0 => 8,
            w if w >= 15.0 => 3,
            _ => 1,
        });
        let checks = checks(self.timeline, number, presence, self.checks);
        let on = match (self.fill(rect, radius, presence), checks) {
            (_, Some(Checks::InVain)) => self.theme.failed,
            (on, Some(Checks::Passes | Checks::Interrupted) | None) => on,
        };
        match self.detail {
            TileDetail::Words => self.words(rect, number, presence, on, checks),
            TileDetail::Row => self.row(rect, number, presence, on, checks),
            TileDetail::Mark => {
                if let Some(icon) = mark(presence.state) {
                    let size = (rect.width().min(rect.height()) * 0.6).min(20.0);
                    icon.paint(self.painter, Rect::from_center_size(rect.center(), vec2(size, size)), on, (size / 9.0).clamp(1.0, 2.0));
                }
            }
            TileDetail::Plain | TileDetail::Cells => self.bare_mark(rect, presence.state, on),
        }
        if presence.state == State::InService && presence.is_new && self.error_rate > 0.0 {
            self.failing(rect, radius);
        }
    }

    /// Fills the tile. The colour of what stands on it.
    fn fill(&self, rect: Rect, radius: CornerRadius, presence: Presence) -> Color32 {
        let (painter, theme) = (self.painter, self.theme);
        let c = colours(theme, presence.is_new);
        let passed = progress(presence, self.t);
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
                theme.on_failed
            }
            State::Failed => {
                painter.rect_filled(rect, radius, theme.failed_soft);
                outline(painter, rect, radius, theme.failed, Line::Solid);
                theme.failed
            }
        }
    }

    fn words(&self, rect: Rect, number: u32, presence: Presence, on: Color32, checks: Option<Checks>) {
        let number_at = rect.min + vec2(8.0, 12.0);
        let text = self.text_on(presence.state, on);
        Text::Label.paint_at(self.painter, number_at, Align2::LEFT_CENTER, &numbers::instance(number), faded(text, 0.85));
        let middle = rect.center() + vec2(0.0, -1.0);
        let mark_size = (rect.width() * 0.36).min(rect.height() * 0.33).clamp(16.0, 32.0);
        if checks == Some(Checks::Passes) {
            self.pips(Rect::from_center_size(middle, vec2(rect.width() - 12.0, 16.0)), presence);
        } else if let Some(icon) = mark(presence.state) {
            icon.paint(self.painter, Rect::from_center_size(middle, vec2(mark_size, mark_size)), on, mark_size / 10.0);
        }
        let foot = Rect::from_min_max(pos2(rect.left() + 2.0, rect.bottom() - 24.0), rect.max - vec2(2.0, 6.0));
        Text::Label.paint(self.painter, foot, Align2::CENTER_CENTER, word(presence, checks), text);
    }

    fn row(&self, rect: Rect, number: u32, presence: Presence, on: Color32, checks: Option<Checks>) {
        let y = rect.center().y;
        let text = self.text_on(presence.state, on);
        Text::Label.paint_at(self.painter, pos2(rect.left() + 8.0, y), Align2::LEFT_CENTER, &numbers::instance(number), faded(text, 0.85));
        let middle = pos2(rect.left() + rect.width() * 0.42, y);
        if checks == Some(Checks::Passes) {
            self.pips(Rect::from_center_size(middle, vec2(26.0, 16.0)), presence);
        } else if let Some(icon) = mark(presence.state) {
            icon.paint(self.painter, Rect::from_center_size(middle, vec2(16.0, 16.0)), on, 1.8);
        }
        let word = Rect::from_min_max(pos2(middle.x + 12.0, rect.top()), rect.max - vec2(6.0, 0.0));
        Text::Label.paint(self.painter, word, Align2::RIGHT_CENTER, self::word(presence, checks), text);
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
        let interval = self.timeline.check_interval().as_us().max(1);
        let checks_in = |from: Time, to: Time| u32::try_from(to.since(from).as_us() / interval).unwrap_or(u32::MAX);
        let needed = presence.until.map_or(0, |until| checks_in(presence.since, until));
        paint_pips(self.painter, rect, self.theme.text, checks_in(presence.since, self.t), needed);
    }

    /// Where there is no room for an icon, what is wrong is still crossed: one stroke where it does not answer, two where
    /// it is out of service.
    fn bare_mark(&self, rect: Rect, state: State, on: Color32) {
        let strokes = match state {
            State::Dead => 1,
            State::Failed => 2,
            State::InService
            | State::Draining
            | State::Launching
            | State::Installing
            | State::Starting
            | State::Checking
            | State::Terminating
            | State::Gone => return,
        };
        if rect.width().min(rect.height()) < 4.0 {
            return;
        }
        let inner = rect.shrink(1.0);
        let diagonals = [[inner.left_top(), inner.right_bottom()], [inner.left_bottom(), inner.right_top()]];
        for points in diagonals.into_iter().take(strokes) {
            self.painter.line_segment(points, Stroke::new(1.0, on));
        }
    }

    /// A corner that is cut off: it serves, and fails a share of what it gets. With room, that share stands there.
    fn failing(&self, rect: Rect, radius: CornerRadius) {
        let (painter, theme) = (self.painter, self.theme);
        if self.detail == TileDetail::Words {
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

fn faded(colour: Color32, part: f32) -> Color32 {
    colour.gamma_multiply(part)
}
