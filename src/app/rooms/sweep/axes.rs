//! Where a picture's axes have their marks, and what stands there.

use egui_plot::{AxisHints, GridMark};

use crate::app::theme::{Text, Theme};
use crate::metrics::{Key, Unit};
use crate::study::vary::Kind;
use crate::text::numbers::{instance_hours, percent, seconds, short};

/// Steps of a time axis that a person would choose, in seconds.
const TIMES: [f64; 22] = [
    1.0,
    2.0,
    5.0,
    10.0,
    20.0,
    30.0,
    60.0,
    120.0,
    300.0,
    600.0,
    1_200.0,
    1_800.0,
    3_600.0,
    7_200.0,
    14_400.0,
    21_600.0,
    43_200.0,
    86_400.0,
    172_800.0,
    432_000.0,
    864_000.0,
    2_592_000.0,
];

/// The next step of a time axis at or above `least`.
fn time_step(least: f64) -> f64 {
    TIMES.into_iter().find(|step| *step >= least).unwrap_or_else(|| plain_step(least))
}

/// 1, 2 or 5 times a power of ten, at or above `least`.
fn plain_step(least: f64) -> f64 {
    if !(least > 0.0 && least.is_finite()) {
        return 1.0;
    }
    let power = 10_f64.powf(least.log10().floor());
    [1.0, 2.0, 5.0, 10.0].into_iter().map(|factor| factor * power).find(|step| *step >= least * (1.0 - 1e-9)).unwrap_or(least)
}

/// The multiples of `step` from `from` to `to`.
fn multiples(from: f64, to: f64, step: f64) -> Vec<f64> {
    let mut marks = Vec::new();
    let mut i = (from / step - 1e-9).ceil();
    while i * step <= to + step * 1e-9 && marks.len() < 100 {
        marks.push(i * step);
        i += 1.0;
    }
    marks
}

/// Marks for a plot: all of them are equally strong.
pub(super) fn grid(marks: &[f64]) -> Vec<GridMark> {
    let apart = marks.windows(2).map(|pair| pair[1] - pair[0]).fold(f64::INFINITY, f64::min);
    let step_size = if apart.is_finite() { apart } else { f64::MAX };
    marks.iter().map(|&value| GridMark { value, step_size }).collect()
}

/// Small labels that stand back.
pub(super) fn quiet<'a>(axis: AxisHints<'a>, theme: &Theme) -> AxisHints<'a> {
    // The marks are chosen so that their labels have room: none of them fades.
    axis.tick_label_font(Text::Label.font()).tick_label_color(theme.text_dim).label_spacing(1.0..=2.0)
}

/// At most `most` marks of a field's values.
pub(super) fn of_values(kind: Kind, from: f64, to: f64, most: f64) -> Vec<f64> {
    let least = (to - from) / most;
    let step = match kind {
        Kind::Duration => time_step(least),
        Kind::Count => plain_step(least).max(1.0),
        Kind::Number | Kind::Percent => plain_step(least),
    };
    multiples(from, to, step)
}

/// The top of a figure's axis that has to reach `peak`, and its marks from 0 on.
pub(super) fn of_figure(key: Key, peak: f64) -> (f64, Vec<f64>) {
    const MARKS: f64 = 4.0;
    if peak <= 0.0 {
        return (1.0, vec![0.0]);
    }
    let step = match key.unit() {
        Unit::Seconds => time_step(peak / MARKS),
        Unit::Fraction | Unit::Requests | Unit::Instances => plain_step(peak / MARKS),
        Unit::InstanceSeconds => plain_step(peak / 3_600.0 / MARKS) * 3_600.0,
    };
    let top = if key.unit() == Unit::Fraction && peak > 0.5 && peak <= 1.0 { 1.0 } else { (peak / step - 1e-9).ceil() * step };
    let marks = if top == 1.0 && key.unit() == Unit::Fraction { vec![0.0, 0.5, 1.0] } else { multiples(0.0, top, step) };
    (top, marks)
}

/// What stands at a mark of a figure's axis.
pub(super) fn label(key: Key, value: f64) -> String {
    match key.unit() {
        // The zero of every unit is one.
        _ if value == 0.0 => "0".to_owned(),
        Unit::Seconds => seconds(value),
        Unit::Fraction => percent(value),
        Unit::Requests | Unit::Instances => short(value),
        Unit::InstanceSeconds => instance_hours(value),
    }
}

/// The marks of an axis of durations that goes by powers: places are decimal logarithms of seconds.
pub(super) fn of_durations(from: f64, to: f64) -> Vec<f64> {
    const ROUND: [f64; 19] = [
        1.0,
        10.0,
        30.0,
        60.0,
        120.0,
        300.0,
        600.0,
        1_200.0,
        3_600.0,
        7_200.0,
        18_000.0,
        36_000.0,
        86_400.0,
        172_800.0,
        432_000.0,
        864_000.0,
        2_592_000.0,
        8_640_000.0,
        31_536_000.0,
    ];
    ROUND.into_iter().map(f64::log10).filter(|mark| (from..=to).contains(mark)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_round() {
        assert_eq!(of_values(Kind::Count, 1.0, 10.0, 5.0), [2.0, 4.0, 6.0, 8.0, 10.0]);
        assert_eq!(of_values(Kind::Duration, 5.0, 180.0, 4.0), [60.0, 120.0, 180.0]);
        // 1,000 s are above 3 steps of 5 min.
        assert_eq!(of_figure(Key::Duration, 1_000.0), (1_200.0, vec![0.0, 300.0, 600.0, 900.0, 1_200.0]));
        assert_eq!(of_figure(Key::MinCapacity, 0.9), (1.0, vec![0.0, 0.5, 1.0]));
        assert_eq!(of_figure(Key::Failed, 0.0), (1.0, vec![0.0]));
        assert_eq!(of_figure(Key::Failed, 56_000.0), (60_000.0, vec![0.0, 20_000.0, 40_000.0, 60_000.0]));
        assert_eq!(of_durations(2.0, 3.0), [120.0, 300.0, 600.0].map(f64::log10));
    }
}
