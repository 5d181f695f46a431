//! One instance: its version by colour, its state by mark and fill.

use eframe::egui::{Align2, Color32, CornerRadius, Painter, Rect, Shape, Stroke, StrokeKind, pos2, vec2};

use super::layout::TileDetail;
use crate::app::theme::{Text, Theme};
use crate::app::widgets::{Icon, paint_pips};
use crate::text::{numbers, pictures as words};
use crate::timeline::{Presence, State, Timeline};
use crate::units::Time;

/// The marks of the states, in the order in which an instance goes through them.
pub(super) const MARKS: [(State, Icon); 7] = [
    (State::InService, Icon::Check),
    (State::Draining, Icon::Drain),
    (State::Launching, Icon::Plus),
    (State::Installing, Icon::ArrowDown),
    (State::Starting, Icon::Start),
    (State::Checking, Icon::Heartbeat),
    (State::Terminating, Icon::Minus),
];

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

#[expect(clippy::too_many_arguments, reason = "a drawing function of plain values")]
pub(super) fn paint(
    painter: &Painter,
    theme: &Theme,
    rect: Rect,
    detail: TileDetail,
    number: u32,
    presence: Presence,
    timeline: &Timeline,
    t: Time,
) {
    let c = colours(theme, presence.is_new);
    let passed = progress(presence, t);
    let radius = CornerRadius::same(match rect.width() {
        w if w >= 40.0 => 8,
        w if w >= 15.0 => 3,
        _ => 1,
    });
    // What is being built fills from below in the new version's colour; what leaves empties in its own.
    let on = match presence.state {
        State::Gone => return,
        State::InService => {
            painter.rect_filled(rect, radius, c.full);
            c.on_full
        }
        State::Draining | State::Terminating => {
            painter.rect_filled(rect, radius, theme.tile);
            fill_from_below(painter, rect, radius, 1.0 - passed, c.soft);
            outline(painter, rect, radius, c.full, false);
            theme.text
        }
        State::Launching => {
            painter.rect_filled(rect, radius, theme.tile);
            outline(painter, rect, radius, theme.version_new, true);
            theme.text
        }
        State::Installing => {
            painter.rect_filled(rect, radius, theme.tile);
            fill_from_below(painter, rect, radius, passed, theme.version_new_soft);
            outline(painter, rect, radius, theme.version_new, true);
            theme.text
        }
        State::Starting | State::Checking => {
            painter.rect_filled(rect, radius, theme.version_new_soft);
            outline(painter, rect, radius, theme.version_new, true);
            theme.text
        }
    };
    let mark = MARKS.iter().find(|(state, _)| *state == presence.state).map(|(_, icon)| *icon);
    match detail {
        TileDetail::Words => {
            let number_at = rect.min + vec2(8.0, 12.0);
            Text::Label.paint_at(painter, number_at, Align2::LEFT_CENTER, &numbers::instance(number), faded(on, 0.85));
            let middle = rect.center() + vec2(0.0, -1.0);
            let mark_size = (rect.width() * 0.36).min(rect.height() * 0.33).clamp(16.0, 32.0);
            if presence.state == State::Checking {
                paint_checks(painter, Rect::from_center_size(middle, vec2(rect.width() - 12.0, 16.0)), theme, timeline, presence, t);
            } else if let Some(icon) = mark {
                icon.paint(painter, Rect::from_center_size(middle, vec2(mark_size, mark_size)), on, mark_size / 10.0);
            }
            let foot = Rect::from_min_max(pos2(rect.left() + 2.0, rect.bottom() - 24.0), rect.max - vec2(2.0, 6.0));
            Text::Label.paint(painter, foot, Align2::CENTER_CENTER, words::tile_word(presence), on);
        }
        TileDetail::Row => {
            let y = rect.center().y;
            Text::Label.paint_at(painter, pos2(rect.left() + 8.0, y), Align2::LEFT_CENTER, &numbers::instance(number), faded(on, 0.85));
            let middle = pos2(rect.left() + rect.width() * 0.42, y);
            if presence.state == State::Checking {
                paint_checks(painter, Rect::from_center_size(middle, vec2(26.0, 16.0)), theme, timeline, presence, t);
            } else if let Some(icon) = mark {
                icon.paint(painter, Rect::from_center_size(middle, vec2(16.0, 16.0)), on, 1.8);
            }
            let word = Rect::from_min_max(pos2(middle.x + 12.0, rect.top()), rect.max - vec2(6.0, 0.0));
            Text::Label.paint(painter, word, Align2::RIGHT_CENTER, words::tile_word(presence), on);
        }
        TileDetail::Mark => {
            if let Some(icon) = mark {
                let size = (rect.width().min(rect.height()) * 0.6).min(20.0);
                icon.paint(painter, Rect::from_center_size(rect.center(), vec2(size, size)), on, (size / 9.0).clamp(1.0, 2.0));
            }
        }
        TileDetail::Plain | TileDetail::Cells => {}
    }
}

/// The checks that an instance has to pass in a row, ticked off one by one.
fn paint_checks(painter: &Painter, rect: Rect, theme: &Theme, timeline: &Timeline, presence: Presence, t: Time) {
    let interval = timeline.check_interval().as_us().max(1);
    let checks_in = |from: Time, to: Time| u32::try_from(to.since(from).as_us() / interval).unwrap_or(u32::MAX);
    let needed = presence.until.map_or(0, |until| checks_in(presence.since, until));
    paint_pips(painter, rect, theme.text, checks_in(presence.since, t), needed);
}

fn fill_from_below(painter: &Painter, rect: Rect, radius: CornerRadius, part: f32, colour: Color32) {
    if part > 0.0 {
        // Clipped, so that the corners stay round whatever the height.
        let clip = Rect::from_min_max(pos2(rect.left(), rect.bottom() - rect.height() * part.min(1.0)), rect.max);
        painter.with_clip_rect(clip.intersect(painter.clip_rect())).rect_filled(rect, radius, colour);
    }
}

fn outline(painter: &Painter, rect: Rect, radius: CornerRadius, colour: Color32, dashed: bool) {
    let stroke = Stroke::new(if rect.width() >= 13.0 { 1.5 } else { 1.0 }, colour);
    if !dashed || rect.width() < 13.0 {
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
