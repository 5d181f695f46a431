//! The strip under the plots: the times, and a tick at each moment at which something happened.

use eframe::egui::{Align2, Painter, Rect, Stroke, Ui, pos2};

use super::axis::Scale;
use crate::app::theme::{Text, Theme};
use crate::text::{lanes as words, numbers, story};
use crate::timeline::Timeline;
use crate::units::Time;

/// How far a tick reaches down from the axis.
const TICK: f32 = 4.0;
/// Between two ticks.
const CLOSEST: f32 = 2.0;
/// So much that happened at one moment is named.
const MOST_NAMED: usize = 4;

/// Draws it; a tick for each few points of the screen at most, and none after `horizon`.
pub(super) fn paint(painter: &Painter, theme: &Theme, timeline: &Timeline, strip: Rect, scale: Scale, horizon: Time) {
    for seconds in marks(scale.shown) {
        let at = pos2(scale.x(seconds), strip.top() + TICK + 2.0);
        Text::Label.paint_at(painter, at, Align2::CENTER_TOP, &numbers::clock(Time::from_secs_f64(seconds)), theme.text_dim);
    }
    let log = timeline.log();
    let mut next = log.partition_point(|entry| entry.at.as_secs_f64() < scale.shown.0);
    let mut ticks = Vec::new();
    while let Some(entry) = log.get(next).filter(|entry| entry.at <= horizon && entry.at.as_secs_f64() <= scale.shown.1) {
        let x = painter.round_to_pixel_center(scale.x(entry.at.as_secs_f64()));
        ticks.push(x);
        // The next one that is told apart from this one.
        let beyond = scale.seconds(x + CLOSEST).max(entry.at.as_secs_f64());
        next += log[next..].partition_point(|entry| entry.at.as_secs_f64() <= beyond);
    }
    for x in ticks {
        painter.vline(x, strip.top() + 1.0..=strip.top() + 1.0 + TICK, Stroke::new(1.0, theme.text_faint));
    }
}

/// The moment nearest to `x` at which something happened, no further than `near`.
pub(super) fn near(timeline: &Timeline, scale: Scale, x: f32, near: f32) -> Option<Time> {
    let log = timeline.log();
    let after = log.partition_point(|entry| entry.at.as_secs_f64() < scale.seconds(x));
    let beside = [after.checked_sub(1), Some(after)].into_iter().flatten().filter_map(|i| log.get(i));
    let far = |at: Time| (scale.x(at.as_secs_f64()) - x).abs();
    beside.map(|entry| entry.at).filter(|at| far(*at) <= near).min_by(|a, b| far(*a).total_cmp(&far(*b)))
}

/// Names what happened at a moment.
pub(super) fn tell(ui: &mut Ui, timeline: &Timeline, at: Time) {
    let log = timeline.log();
    let from = log.partition_point(|entry| entry.at < at);
    let to = timeline.log_until(at);
    let entries = log.get(from..to).unwrap_or_default();
    for entry in entries.iter().take(MOST_NAMED) {
        ui.label(Text::Small.rich(story::log_line(timeline, entry)));
    }
    if entries.len() > MOST_NAMED {
        ui.label(Text::Small.rich(words::more(entries.len() - MOST_NAMED)));
    }
}

/// At most eight round times between two, in seconds.
pub(in crate::app) fn marks((from_s, to_s): (f64, f64)) -> Vec<f64> {
    const STEPS: [f64; 20] = [
        1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1_200.0, 1_800.0, 3_600.0, 7_200.0, 14_400.0, 21_600.0, 43_200.0,
        86_400.0, 172_800.0, 604_800.0,
    ];
    let length = to_s - from_s;
    let step = STEPS.into_iter().find(|step| length / step <= 7.0).unwrap_or_else(|| (length / 7.0 / 604_800.0).ceil() * 604_800.0);
    let mut marks = Vec::new();
    let mut value = (from_s / step).ceil() * step;
    while value <= to_s {
        marks.push(value);
        value += step;
    }
    marks
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use eframe::egui::Rangef;

    use super::*;
    use crate::scenario::{Part, Scenario, Strategy};
    use crate::simulate;

    #[test]
    fn the_time_axis_has_a_few_round_times() {
        assert_eq!(marks((0.0, 400.0)), [0.0, 60.0, 120.0, 180.0, 240.0, 300.0, 360.0]);
        assert_eq!(marks((0.0, 80.0)), [0.0, 20.0, 40.0, 60.0, 80.0]);
        // A part of 50 s: every 10 s.
        assert_eq!(marks((95.0, 145.0)), [100.0, 110.0, 120.0, 130.0, 140.0]);
        assert!(marks((0.0, 1e9)).len() <= 8);
    }

    #[test]
    fn a_moment_is_named_by_the_pointer_near_its_tick() {
        let timeline = simulate(&Scenario::new(10, Strategy::Rolling { batch: Part::Count(3) })).unwrap();
        let scale = Scale { shown: (0.0, 400.0), across: Rangef::new(0.0, 800.0) };
        // 2 points a second. Installing begins at 20 s, starting at 50 s.
        assert_eq!(near(&timeline, scale, 43.0, 4.0), Some(Time::from_us(20_000_000)));
        assert_eq!(near(&timeline, scale, 97.0, 4.0), Some(Time::from_us(50_000_000)));
        assert_eq!(near(&timeline, scale, 70.0, 4.0), None);
    }
}
