//! One field over its values: a small picture a figure, all with the same values along their foot. What can only be
//! whole is drawn as steps, and a jump as a jump.

use eframe::egui::{Align2, CursorIcon, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};
use egui_plot::{AxisHints, Line, PlotPoint, PlotPoints, PlotTransform, PlotUi, Points, Span};

use super::curves::FIGURES;
use super::field::Varied;
use super::{axes, figure_value};
use crate::app::plots::still;
use crate::app::theme::{Text, Theme};
use crate::app::watch;
use crate::metrics::Key;
use crate::study::sweep::{Point, Sweep};
use crate::study::vary::Kind;
use crate::text::{study, sweep as words};

/// The labels of the vertical axes.
const LABELS: f32 = 58.0;
const TITLE: f32 = 24.0;
/// At the right, where the last value's label stands.
const MARGIN: f32 = 14.0;
const GAP: f32 = 12.0;
/// So many values have a dot each.
const DOTS: usize = 30;

/// What is shown.
pub(super) struct Shown<'a> {
    pub(super) sweep: &'a Sweep,
    pub(super) varied: &'a Varied,
    /// What the field is called.
    pub(super) name: &'a str,
    /// The point that is set now.
    pub(super) now: Option<usize>,
}

/// Shows the pictures. The point that was chosen.
pub(super) fn show(ui: &mut Ui, shown: &Shown<'_>) -> Option<usize> {
    let theme = Theme::of(ui);
    let whole = ui.max_rect();
    let columns: usize = if whole.width() >= 680.0 { 3 } else { 2 };
    let rows = FIGURES.len().div_ceil(columns);
    #[expect(clippy::cast_precision_loss, reason = "a handful of pictures")]
    let size =
        vec2((whole.width() - GAP * (columns - 1) as f32) / columns as f32, (whole.height() - GAP * (rows - 1) as f32) / rows as f32);
    let (mut hovered, mut chosen) = (None, None);
    let mut pictures = Vec::new();
    for (i, key) in FIGURES.into_iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "a handful of pictures")]
        let corner = vec2((i % columns) as f32 * (size.x + GAP), (i / columns) as f32 * (size.y + GAP));
        let card = Rect::from_min_size(whole.min + corner, size);
        let (response, transform) = picture(ui, card, key, shown);
        let over = response.hover_pos().and_then(|at| nearest(shown.sweep, transform.value_from_position(at).x));
        if let Some(over) = over {
            hovered = Some(over);
            if response.clicked() && shown.sweep.points.get(over).is_some_and(|point| point.outcome.is_ok()) {
                chosen = Some(over);
            }
            let on = response.on_hover_cursor(CursorIcon::PointingHand);
            on.on_hover_ui_at_pointer(|ui| readout(ui, shown, key, over));
        }
        pictures.push((key, transform));
    }
    for (key, transform) in pictures {
        let at = |i: usize| {
            let point = shown.sweep.points.get(i)?;
            let x = transform.position_from_point(&PlotPoint::new(number(shown.sweep, i)?, 0.0)).x;
            let y = point.outcome.as_ref().ok().and_then(|ran| ran.figures.get(key));
            Some((x, y.map(|y| transform.position_from_point(&PlotPoint::new(0.0, y)).y)))
        };
        let frame = *transform.frame();
        let painter = ui.painter().with_clip_rect(frame.expand(6.0));
        if let Some((x, y)) = shown.now.and_then(at) {
            painter.vline(painter.round_to_pixel_center(x), frame.y_range(), Stroke::new(1.5, theme.playhead));
            // At the top, unless the curve runs there.
            let high = y.is_some_and(|y| y < frame.top() + 20.0);
            let at = if high { frame.bottom() - 10.0 } else { frame.top() + 8.0 };
            let (beside, align) = if x > frame.right() - 40.0 { (-6.0, Align2::RIGHT_CENTER) } else { (6.0, Align2::LEFT_CENTER) };
            Text::Label.paint_at(&painter, pos2(x + beside, at), align, words::now(), theme.text);
            if let Some(y) = y {
                painter.circle(pos2(x, y), 4.5, theme.playhead, Stroke::new(1.5, theme.panel));
            }
        }
        if let Some((x, y)) = hovered.and_then(at) {
            painter.vline(painter.round_to_pixel_center(x), frame.y_range(), Stroke::new(1.0, theme.line_strong));
            if let Some(y) = y {
                painter.circle_filled(pos2(x, y), 4.0, theme.accent);
            }
        }
    }
    chosen
}

/// The value of a point.
fn number(sweep: &Sweep, i: usize) -> Option<f64> {
    sweep.axes.first()?.values.get(i).map(|value| value.number)
}

/// The point whose value is nearest to `x`.
fn nearest(sweep: &Sweep, x: f64) -> Option<usize> {
    let values = &sweep.axes.first()?.values;
    let after = values.partition_point(|value| value.number < x);
    let candidates = [after.checked_sub(1), Some(after)].into_iter().flatten();
    let near = candidates.filter_map(|i| Some((i, (values.get(i)?.number - x).abs())));
    near.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(i, _)| i)
}

fn figure_at(sweep: &Sweep, i: usize, key: Key) -> Option<f64> {
    sweep.points.get(i)?.outcome.as_ref().ok()?.figures.get(key).filter(|value| value.is_finite())
}

fn readout(ui: &mut Ui, shown: &Shown<'_>, key: Key, i: usize) {
    let value = number(shown.sweep, i).map(|number| words::value(shown.varied.kind, number)).unwrap_or_default();
    ui.label(Text::SmallStrong.rich(words::at(shown.name, &value)));
    match shown.sweep.points.get(i) {
        Some(Point { outcome: Ok(ran), .. }) => {
            let figure = figure_value(key, ran.figures.get(key));
            ui.label(Text::Small.rich(words::figure_is(&study::figure(key), &figure)));
            ui.label(Text::Small.rich(words::click_watches()).color(Theme::of(ui).text_dim));
        }
        Some(Point { outcome: Err(why), .. }) => {
            ui.label(Text::Small.rich(study::refused(why)).color(Theme::of(ui).failed));
        }
        None => {}
    }
}

/// A card with one figure.
fn picture(ui: &mut Ui, card: Rect, key: Key, shown: &Shown<'_>) -> (Response, PlotTransform) {
    let theme = Theme::of(ui);
    ui.painter().rect_filled(card, 8, theme.panel);
    let inner = card.shrink2(vec2(12.0, 8.0));
    let title = inner.with_max_y(inner.top() + TITLE);
    let name = study::figure(key);
    if let Some(i) = shown.now.or_else(|| (shown.sweep.points.len() == 1).then_some(0)) {
        let now = words::now_at(&figure_value(key, figure_at(shown.sweep, i, key)));
        Text::Label.paint(ui.painter(), title, Align2::RIGHT_CENTER, &now, theme.text_dim);
    }
    Text::Section.paint(ui.painter(), title, Align2::LEFT_CENTER, &name, theme.text);
    let mut area =
        watch::area(ui, key.name(), Rect::from_min_max(pos2(inner.left() - 4.0, title.bottom()), pos2(card.right() - 2.0, inner.bottom())));
    let numbers: Vec<f64> = shown.sweep.axes.first().map(|axis| axis.values.iter().map(|value| value.number).collect()).unwrap_or_default();
    let (from, to) = (numbers.first().copied().unwrap_or(0.0), numbers.last().copied().unwrap_or(1.0));
    let half = numbers.windows(2).next().map_or(0.5, |pair| (pair[1] - pair[0]) / 2.0);
    let peak = (0..numbers.len()).filter_map(|i| figure_at(shown.sweep, i, key)).fold(0.0, f64::max);
    let (top, marks) = axes::of_figure(key, peak);
    let kind = shown.varied.kind;
    let label = if kind == Kind::Duration { 72.0 } else { 44.0 };
    let most = f64::from(((area.available_width() - LABELS) / label).floor().max(2.0));
    let plot = still::plot(("sweep", key.name()), theme)
        .width(area.available_width() - MARGIN)
        .height(area.available_height())
        .sense(Sense::click())
        .show_grid([false, true])
        .x_grid_spacer(move |_| axes::grid(&axes::of_values(kind, from, to, most)))
        .y_grid_spacer(move |_| axes::grid(&marks))
        .custom_x_axes(vec![axes::quiet(AxisHints::new_x(), theme).formatter(move |mark, _| words::value(kind, mark.value))])
        .custom_y_axes(vec![
            axes::quiet(AxisHints::new_y(), theme).min_thickness(LABELS).formatter(move |mark, _| axes::label(key, mark.value)),
        ]);
    let plotted = plot.show(&mut area, |plot| {
        plot.set_plot_bounds_x(from - half..=to + half);
        // A line along the foot or the top is seen whole.
        plot.set_plot_bounds_y(-top * 0.03..=top * 1.03);
        draw(plot, theme, key, shown, &numbers, half);
    });
    let summary = summary(key, &name, shown, &numbers);
    plotted.response.widget_info(|| WidgetInfo::labeled(Role::Figure, true, &summary));
    (plotted.response, plotted.transform)
}

fn draw(plot: &mut PlotUi<'_>, theme: &Theme, key: Key, shown: &Shown<'_>, numbers: &[f64], half: f64) {
    for (i, x) in numbers.iter().enumerate() {
        if shown.sweep.points.get(i).is_some_and(|point| point.outcome.is_err()) {
            plot.span(Span::new("", x - half..=x + half).fill(theme.tile).border_width(0.0));
        }
    }
    let values: Vec<Option<f64>> = (0..numbers.len()).map(|i| figure_at(shown.sweep, i, key)).collect();
    let parts = if shown.varied.is_stepped() { steps(numbers, &values, half) } else { curve(numbers, &values) };
    for jump in parts.jumps {
        let line = Line::new("", PlotPoints::from(jump.to_vec())).stroke(Stroke::new(1.0, theme.accent.gamma_multiply(0.4)));
        plot.line(line.allow_hover(false).allow_band(false));
    }
    for line in parts.lines {
        plot.line(Line::new("", PlotPoints::from(line)).stroke(Stroke::new(2.0, theme.accent)).allow_hover(false).allow_band(false));
    }
    if numbers.len() <= DOTS {
        let dots: Vec<[f64; 2]> = numbers.iter().zip(&values).filter_map(|(x, y)| Some([*x, (*y)?])).collect();
        plot.points(Points::new("", PlotPoints::from(dots)).radius(2.5).color(theme.accent).allow_hover(false));
    }
}

/// A curve in parts, and where it jumps from one to the next.
#[derive(Debug, Default, PartialEq)]
struct Parts {
    lines: Vec<Vec<[f64; 2]>>,
    jumps: Vec<[[f64; 2]; 2]>,
}

/// Level from half way before each value to half way after it.
fn steps(numbers: &[f64], values: &[Option<f64>], half: f64) -> Parts {
    let mut parts = Parts::default();
    let mut before: Option<f64> = None;
    for (x, value) in numbers.iter().zip(values) {
        let (from, to) = (x - half, x + half);
        match (before, *value) {
            (_, None) => {}
            (Some(before), Some(y)) if before == y => {
                if let Some([end, _]) = parts.lines.last_mut().and_then(|line| line.last_mut()) {
                    *end = to;
                }
            }
            (before, Some(y)) => {
                parts.jumps.extend(before.map(|before| [[from, before], [from, y]]));
                parts.lines.push(vec![[from, y], [to, y]]);
            }
        }
        before = *value;
    }
    parts
}

/// From value to value, but for jumps: where it goes much further at once than just before and just after.
fn curve(numbers: &[f64], values: &[Option<f64>]) -> Parts {
    /// A jump is at least this part of all that the curve spans, and so many times as far as what is beside it.
    const PART: f64 = 0.08;
    const TIMES: f64 = 4.0;
    let known = || values.iter().flatten();
    let span = known().copied().fold(f64::NEG_INFINITY, f64::max) - known().copied().fold(f64::INFINITY, f64::min);
    let change = |i: usize| Some((values.get(i + 1).copied()?? - values.get(i).copied()??).abs());
    let is_jump = |i: usize| {
        let beside = [i.checked_sub(1).and_then(change), change(i + 1)].into_iter().flatten().fold(0.0, f64::max);
        change(i).is_some_and(|own| own > PART * span && own > TIMES * beside)
    };
    let mut parts = Parts::default();
    let mut line: Vec<[f64; 2]> = Vec::new();
    for (i, (x, value)) in numbers.iter().zip(values).enumerate() {
        match value {
            Some(y) => line.push([*x, *y]),
            None => parts.lines.extend((!line.is_empty()).then(|| std::mem::take(&mut line))),
        }
        if let (true, Some(next), Some(y), Some(Some(then))) = (is_jump(i), numbers.get(i + 1), value, values.get(i + 1)) {
            let middle = f64::midpoint(*x, *next);
            line.push([middle, *y]);
            parts.lines.push(std::mem::take(&mut line));
            parts.jumps.push([[middle, *y], [middle, *then]]);
            line.push([middle, *then]);
        }
    }
    parts.lines.extend((!line.is_empty()).then_some(line));
    parts
}

/// A picture in words: its ends, its least and most, and what is set now.
fn summary(key: Key, name: &str, shown: &Shown<'_>, numbers: &[f64]) -> String {
    let known: Vec<(f64, f64)> = numbers.iter().enumerate().filter_map(|(i, x)| Some((*x, figure_at(shown.sweep, i, key)?))).collect();
    let (Some(first), Some(last)) = (known.first(), known.last()) else { return name.to_owned() };
    let value = |x: f64| words::value(shown.varied.kind, x);
    let figure = |y: f64| figure_value(key, Some(y));
    let least = known.iter().map(|(_, y)| *y).fold(f64::INFINITY, f64::min);
    let most = known.iter().map(|(_, y)| *y).fold(f64::NEG_INFINITY, f64::max);
    let said = words::curve(&words::Curve {
        figure: name,
        field: shown.name,
        first: (&value(first.0), &figure(first.1)),
        last: (&value(last.0), &figure(last.1)),
        between: (&figure(least), &figure(most)),
    });
    match shown.now.and_then(|i| Some((number(shown.sweep, i)?, figure_at(shown.sweep, i, key)?))) {
        Some((x, y)) => format!("{said}; {}: {}", words::now_at(&value(x)), figure(y)),
        None => said,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_values_are_steps_and_not_slanted_lines() {
        // 1 → 1,000 s, 2 → 500 s, 3 → 500 s, 4 cannot be run, 5 → 200 s.
        let values = [Some(1_000.0), Some(500.0), Some(500.0), None, Some(200.0)];
        let parts = steps(&[1.0, 2.0, 3.0, 4.0, 5.0], &values, 0.5);
        assert_eq!(
            parts.lines,
            [vec![[0.5, 1_000.0], [1.5, 1_000.0]], vec![[1.5, 500.0], [3.5, 500.0]], vec![[4.5, 200.0], [5.5, 200.0]],]
        );
        assert_eq!(parts.jumps, [[[1.5, 1_000.0], [1.5, 500.0]]]);
    }

    #[test]
    fn a_curve_breaks_where_it_jumps_and_where_it_cannot_be_run() {
        // It rises by 1, jumps by 50, and rises by 1 again.
        let values = [Some(0.0), Some(1.0), Some(51.0), Some(52.0), None, Some(53.0)];
        let parts = curve(&[0.0, 1.0, 2.0, 3.0, 4.0, 5.0], &values);
        assert_eq!(parts.jumps, [[[1.5, 1.0], [1.5, 51.0]]]);
        assert_eq!(parts.lines, [vec![[0.0, 0.0], [1.0, 1.0], [1.5, 1.0]], vec![[1.5, 51.0], [2.0, 51.0], [3.0, 52.0]], vec![[5.0, 53.0]]]);
        // A steady slope has none.
        let slope: Vec<Option<f64>> = (0..5).map(|i| Some(f64::from(i) * 10.0)).collect();
        assert!(curve(&[0.0, 1.0, 2.0, 3.0, 4.0], &slope).jumps.is_empty());
    }
}
