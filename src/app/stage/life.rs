//! The whole life of one instance as a strip: its states side by side with how long they last, the version by colour, and
//! the playhead on it.

use eframe::egui::{Align2, CornerRadius, Painter, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::tile::MARKS;
use crate::app::theme::{Text, Theme};
use crate::text::{numbers::duration, stage as words};
use crate::timeline::{Presence, State, Timeline};
use crate::units::{Duration, Time};

/// The height of the strip itself and of the durations under it.
const STRIP: f32 = 20.0;
const DURATIONS: f32 = 16.0;
/// A state is at least so wide, so that its mark has room; what is left is shared by how long they last.
const LEAST: f32 = 16.0;

/// The strip's states: what, and from where to where.
pub(super) struct Strip {
    parts: Vec<(Presence, Time, f32, f32)>,
    rect: Rect,
}

impl Strip {
    pub(super) const HEIGHT: f32 = STRIP + DURATIONS;

    /// The strip of an instance in a part of the screen of [`Strip::HEIGHT`].
    #[expect(clippy::cast_possible_truncation, reason = "a share of 0 to 1")]
    pub(super) fn new(timeline: &Timeline, life: &[Presence], rect: Rect) -> Strip {
        let presences: Vec<(Presence, Time)> = life
            .iter()
            .copied()
            .map(|presence| (presence, presence.until.unwrap_or(timeline.end()).max(presence.since)))
            .filter(|(presence, until)| presence.state != State::Gone && *until > presence.since)
            .collect();
        let whole: Duration = presences.iter().fold(Duration::ZERO, |whole, (presence, until)| whole + until.since(presence.since));
        let least = LEAST.min(rect.width() / presences.len().max(1) as f32);
        let shared = rect.width() - least * presences.len() as f32;
        let mut x = rect.left();
        let parts = presences
            .into_iter()
            .map(|(presence, until)| {
                let share = until.since(presence.since).as_secs_f64() / whole.as_secs_f64().max(1e-9);
                let from = x;
                x += least + shared * share as f32;
                (presence, until, from, x)
            })
            .collect();
        Strip { parts, rect }
    }

    /// Where a time is on the strip; none before and after the life.
    #[expect(clippy::cast_possible_truncation, reason = "a share of 0 to 1")]
    fn x_of(&self, t: Time) -> Option<f32> {
        let last = self.parts.len().checked_sub(1)?;
        self.parts.iter().enumerate().find_map(|(i, (presence, until, from, to))| {
            let inside = presence.since <= t && (t < *until || (i == last && t == *until));
            let whole = until.since(presence.since).as_secs_f64();
            let share = if whole > 0.0 { t.since(presence.since).as_secs_f64() / whole } else { 0.0 };
            inside.then_some(from + (to - from) * share as f32)
        })
    }

    /// The time at a place on the strip.
    pub(super) fn time_at(&self, x: f32) -> Option<Time> {
        let (presence, until, from, to) = self.parts.iter().find(|(_, _, from, to)| (*from..=*to).contains(&x))?;
        let share = f64::from((x - from) / (to - from).max(1.0));
        Some(presence.since + Duration::from_secs_f64(until.since(presence.since).as_secs_f64() * share))
    }

    pub(super) fn paint(&self, painter: &Painter, theme: &Theme, t: Time) {
        let strip = self.rect.with_max_y(self.rect.top() + STRIP);
        for (presence, until, from, to) in &self.parts {
            let part = Rect::from_min_max(pos2(*from + 0.5, strip.top()), pos2(*to - 0.5, strip.bottom()));
            let (full, soft, on_full) = if presence.is_new {
                (theme.version_new, theme.version_new_soft, theme.on_version_new)
            } else {
                (theme.version_old, theme.version_old_soft, theme.on_version_old)
            };
            let radius = CornerRadius::same(2);
            let on = match presence.state {
                State::InService => {
                    painter.rect_filled(part, radius, full);
                    on_full
                }
                State::Dead => {
                    painter.rect_filled(part, radius, theme.failed);
                    theme.on_failed
                }
                State::Failed => {
                    painter.rect(part, radius, theme.failed_soft, Stroke::new(1.5, theme.failed), StrokeKind::Inside);
                    theme.failed
                }
                State::Draining
                | State::Launching
                | State::Installing
                | State::Starting
                | State::Checking
                | State::Terminating
                | State::Gone => {
                    painter.rect(part, radius, soft, Stroke::new(1.0, full), StrokeKind::Inside);
                    theme.text
                }
            };
            if part.width() >= 12.0
                && let Some((_, icon)) = MARKS.iter().find(|(state, _)| *state == presence.state)
            {
                icon.paint(painter, Rect::from_center_size(part.center(), vec2(11.0, 11.0)), on, 1.4);
            }
            let lasts = duration(until.since(presence.since));
            let line = Text::Label.line(painter, &lasts, theme.text_dim, f32::INFINITY);
            if line.size().x <= part.width() + 2.0 {
                let at = pos2(part.center().x - line.size().x / 2.0, strip.bottom() + 2.0);
                painter.galley(at, line, theme.text_dim);
            }
        }
        if let Some(x) = self.x_of(t) {
            painter.line_segment([pos2(x, strip.top() - 3.0), pos2(x, strip.bottom() + 2.0)], Stroke::new(2.0, theme.playhead));
            painter.circle_filled(pos2(x, strip.top() - 3.0), 3.0, theme.playhead);
        }
    }
}

/// A life, or where what is to come is hidden, what was of it until a moment.
fn known(timeline: &Timeline, number: u32, up_to: Option<Time>) -> Vec<Presence> {
    let presences = timeline.life(number).presences();
    let Some(last) = up_to else { return presences.collect() };
    let begun = presences.take_while(|presence| presence.since <= last);
    begun.map(|presence| Presence { until: Some(presence.until.map_or(last, |until| until.min(last))), ..presence }).collect()
}

/// The strip as a part of a panel, in all of its width; at a moment, and until when it is told.
pub(super) fn show(ui: &mut Ui, timeline: &Timeline, number: u32, (t, up_to): (Time, Option<Time>), sense: Sense) -> (Response, Strip) {
    let life = known(timeline, number, up_to);
    // The playhead stands out above it.
    ui.add_space(4.0);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), Strip::HEIGHT), sense);
    response.widget_info(|| WidgetInfo::labeled(Role::Figure, true, words::life(&life)));
    let strip = Strip::new(timeline, &life, rect);
    strip.paint(ui.painter(), Theme::of(ui), t);
    (response, strip)
}

/// The states one below another with how long they last: the one that is now in bold.
pub(super) fn rows(ui: &mut Ui, timeline: &Timeline, number: u32, (t, up_to): (Time, Option<Time>)) {
    const MOST: usize = 9;
    let theme = Theme::of(ui);
    let all: Vec<Presence> = known(timeline, number, up_to).into_iter().filter(|presence| words::is_told(*presence)).collect();
    let now = all.iter().rposition(|presence| presence.since <= t).unwrap_or(0);
    // Of a long life what was before and what comes next.
    let first = now.saturating_sub(MOST / 2).min(all.len().saturating_sub(MOST));
    for (i, presence) in all.iter().enumerate().skip(first).take(MOST) {
        let is_now = i == now && presence.until.is_none_or(|until| t < until || up_to == Some(until));
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 16.0), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words::life_part(*presence)));
        let (text, colour) = if is_now { (Text::Section, theme.text) } else { (Text::Label, theme.text_dim) };
        let painter = ui.painter();
        if let Some((_, icon)) = MARKS.iter().find(|(state, _)| *state == presence.state) {
            icon.paint(painter, Rect::from_center_size(rect.left_center() + vec2(6.0, 0.0), vec2(11.0, 11.0)), colour, 1.4);
        }
        text.paint_at(painter, rect.left_center() + vec2(18.0, 0.0), Align2::LEFT_CENTER, crate::text::state_word(presence.state), colour);
        let lasts = duration(presence.until.unwrap_or(timeline.end()).since(presence.since));
        text.paint_at(painter, rect.right_center(), Align2::RIGHT_CENTER, &lasts, colour);
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;
    use crate::scenario::{Part, Scenario, Strategy};

    #[test]
    fn a_place_on_the_strip_is_a_time_of_the_life() {
        // Instance 3 is in batch 2: in service until 100 s, drains for 20 s, install 30 s, start 20 s, checks 30 s, and in
        // service from 200 s to the end at 400 s.
        let timeline = crate::simulate(&Scenario::new(10, Strategy::Rolling { batch: Part::Count(3) })).unwrap();
        let strip = Strip::new(&timeline, &known(&timeline, 3, None), Rect::from_min_size(pos2(10.0, 0.0), vec2(496.0, Strip::HEIGHT)));
        let seconds = |t: Time| t.as_secs_f64();
        let since: Vec<f64> = strip.parts.iter().map(|(presence, ..)| seconds(presence.since)).collect();
        assert_eq!(since, [0.0, 100.0, 120.0, 150.0, 170.0, 200.0]);
        // Six parts of at least 16 px leave 400 px for 400 s: a second is a pixel. The first part is 16 + 100 px wide.
        assert_eq!(strip.x_of(Time::ZERO + Duration::from_secs(100)), Some(126.0));
        assert_eq!(seconds(strip.time_at(126.0 + 18.0).unwrap()), 110.0);
        assert_eq!(strip.time_at(0.0), None);
        // Told until 130 s, it is being installed for 10 s so far, and nothing is known of what follows.
        let until = Time::ZERO + Duration::from_secs(130);
        let told: Vec<(f64, Option<f64>)> =
            known(&timeline, 3, Some(until)).iter().map(|presence| (seconds(presence.since), presence.until.map(seconds))).collect();
        assert_eq!(told, [(0.0, Some(100.0)), (100.0, Some(120.0)), (120.0, Some(130.0))]);
    }
}
