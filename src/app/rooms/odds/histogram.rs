//! How a figure is distributed, as bars; each of them leads to a run that fell into it.

use eframe::egui::{
    Align2, CornerRadius, EventFilter, Key, Modifiers, Painter, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use crate::app::theme::{RADIUS, Text, Theme};
use crate::app::widgets::ring;
use crate::study::odds::{Bar, FigureReport};
use crate::text::{chances as words, study};

/// A picture is at least so high.
pub(super) const LEAST: f32 = 212.0;

const TITLE: f32 = 20.0;
/// The sentence below the title.
const SENTENCE: f32 = 36.0;
/// The names of the marks, in two rows.
const NAME: f32 = 14.0;
const TICKS: f32 = 18.0;

/// Draws a figure of so many runs into `rect`. The seed of a run that should be watched.
pub(super) fn show(ui: &mut Ui, rect: Rect, figure: &FigureReport, all: u64) -> Option<u64> {
    let theme = Theme::of(ui);
    let id = ui.scope_id().with(("histogram", figure.figure));
    let whole = ui.interact(rect, id, Sense::focusable_noninteractive());
    whole.widget_info(|| WidgetInfo::labeled(Role::Figure, true, words::picture(figure)));
    ui.ctx().accesskit_node_builder(id, |node| node.set_description(words::picture_hint()));
    ui.painter().rect(rect, CornerRadius::same(12), theme.panel, Stroke::new(1.0, theme.line), StrokeKind::Inside);
    ring(ui, &whole, rect, RADIUS);

    let inner = rect.shrink2(vec2(14.0, 12.0));
    let plot = Rect::from_min_max(
        pos2(inner.left(), inner.top() + TITLE + SENTENCE + 2.0 * NAME + 4.0),
        pos2(inner.right(), inner.bottom() - TICKS),
    );
    let bars = &figure.histogram;
    let most = bars.iter().map(|bar| bar.runs).max().unwrap_or(1).max(1);
    let span = figure.max - figure.min;
    #[expect(clippy::cast_possible_truncation, reason = "places on the screen")]
    let x = |value: f64| if span > 0.0 { plot.left() + plot.width() * ((value - figure.min) / span) as f32 } else { plot.center().x };

    let mut asked = None;
    let mut spoken = keys(ui, id, whole.has_focus(), bars, &mut asked);
    let mut columns = Vec::new();
    for (i, bar) in bars.iter().enumerate().filter(|(_, bar)| bar.runs > 0) {
        let column = Rect::from_min_max(pos2(x(bar.from), plot.top()), pos2(x(bar.to), plot.bottom()));
        // The picture has the keyboard as a whole, so that a bar is not one of many stops.
        let part = ui.interact(column, id.with(i), Sense::CLICK);
        part.widget_info(|| WidgetInfo::labeled(Role::Button, true, words::bar_of(figure.key, bar, all)));
        if part.clicked() {
            asked = bar.seed;
        }
        if part.hovered() {
            spoken = Some(i);
        }
        columns.push((i, column));
    }
    for (i, column) in columns {
        let runs = bars.get(i).map_or(0, |bar| bar.runs);
        #[expect(clippy::cast_possible_truncation, reason = "a place on the screen")]
        let height = (plot.height() * (runs as f64 / most as f64) as f32).max(2.0);
        let gap = if column.width() > 4.0 { 0.5 } else { 0.0 };
        let shown = Rect::from_min_max(pos2(column.left() + gap, column.bottom() - height), pos2(column.right() - gap, column.bottom()));
        ui.painter().rect_filled(shown, 1, if spoken == Some(i) { theme.accent } else { theme.passed });
    }
    let painter = ui.painter();
    painter.hline(plot.x_range(), plot.bottom() + 0.5, Stroke::new(1.0, theme.line_strong));
    marks(painter, theme, plot, figure, &x);
    ticks(painter, theme, plot, figure);

    let title = inner.with_max_y(inner.top() + TITLE);
    let name = Text::Strong.paint(painter, title, Align2::LEFT_CENTER, &study::figure(figure.key), theme.text).rect;
    let beside = title.with_min_x(name.right() + 12.0);
    let below = Rect::from_min_size(title.left_bottom(), vec2(inner.width(), SENTENCE));
    match spoken.and_then(|i| bars.get(i)) {
        // It takes the sentence's place, where there is room for all of it.
        Some(bar) => {
            let words = Text::SmallStrong.two_lines(painter, &words::bar(figure.key, bar, all), theme.accent, below.width());
            painter.galley(below.min, words, theme.accent);
        }
        None if figure.runs < all => {
            Text::Small.paint(painter, beside, Align2::RIGHT_CENTER, &words::some(figure.runs, all), theme.text_dim);
        }
        None => {
            let share = most as f64 / all.max(1) as f64;
            Text::Small.paint(painter, beside, Align2::RIGHT_CENTER, &words::peak(share), theme.text_faint);
        }
    }
    if spoken.is_none() {
        let lines = Text::Small.two_lines(painter, &words::quantiles_in_short(figure), theme.text_dim, below.width());
        painter.galley(below.min, lines, theme.text_dim);
    }
    ui.interact(below, id.with("sentence"), Sense::hover()).on_hover_text(words::quantiles_meaning());
    asked
}

/// The arrows go from bar to bar, Enter asks for a run. The bar that the keyboard is on.
fn keys(ui: &Ui, id: eframe::egui::Id, focused: bool, bars: &[Bar], asked: &mut Option<u64>) -> Option<usize> {
    if !focused {
        return None;
    }
    let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let filled: Vec<usize> = bars.iter().enumerate().filter(|(_, bar)| bar.runs > 0).map(|(i, _)| i).collect();
    let kept: Option<usize> = ui.data(|data| data.get_temp(id));
    let highest = || bars.iter().enumerate().max_by_key(|(_, bar)| bar.runs).map(|(i, _)| i);
    let at = kept.or_else(highest)?;
    let place = filled.iter().position(|bar| *bar >= at).unwrap_or(filled.len().saturating_sub(1));
    let pressed = |key| ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key));
    let (back, on) = (pressed(Key::ArrowLeft), pressed(Key::ArrowRight));
    let to = (place + on).saturating_sub(back).min(filled.len().saturating_sub(1));
    let at = *filled.get(to)?;
    ui.data_mut(|data| data.insert_temp(id, at));
    if pressed(Key::Enter) > 0 {
        *asked = bars.get(at).and_then(|bar| bar.seed);
    }
    Some(at)
}

/// Lines at the median, the quantiles and the worst, with their names where there is room.
fn marks(painter: &Painter, theme: &Theme, plot: Rect, figure: &FigureReport, x: &dyn Fn(f64) -> f32) {
    let values = figure.no_worse();
    let last = values.len() - 1;
    // How far each row of names is taken, from both sides: names go outwards from the median, so the order may be either.
    let mut taken: [Vec<Rect>; 2] = [Vec::new(), Vec::new()];
    for (i, (value, name)) in values.into_iter().zip(words::marks()).enumerate() {
        let at = painter.round_to_pixel_center(x(value).clamp(plot.left() + 0.5, plot.right() - 0.5));
        let colour = if i == last {
            theme.failed
        } else if i == 0 {
            theme.text
        } else {
            theme.text_dim
        };
        let wide = Text::Label.line(painter, name, colour, f32::INFINITY).size().x;
        let left = (at - wide / 2.0).clamp(plot.left(), plot.right() - wide);
        let free = taken.iter().position(|names| names.iter().all(|name| left > name.right() + 6.0 || left + wide < name.left() - 6.0));
        let top = match free {
            Some(row) => {
                let rows = if row == 0 { 1.0 } else { 2.0 };
                let room = Rect::from_min_size(pos2(left, plot.top() - 4.0 - rows * NAME), vec2(wide, NAME));
                Text::Label.paint_at(painter, room.left_center(), Align2::LEFT_CENTER, name, colour);
                if let Some(names) = taken.get_mut(row) {
                    names.push(room);
                }
                plot.top() - 3.0 - (rows - 1.0) * NAME
            }
            None => plot.top(),
        };
        // A line does not go through a name of the row below.
        let top =
            if taken[0].iter().any(|name| name.left() - 1.0 < at && at < name.right() + 1.0) { top.max(plot.top() - 3.0) } else { top };
        let line = [pos2(at, top), pos2(at, plot.bottom())];
        if i == 0 {
            painter.line_segment(line, Stroke::new(1.5, colour));
        } else {
            painter.extend(eframe::egui::Shape::dashed_line(&line, Stroke::new(1.0, colour), 3.0, 3.0));
        }
    }
}

/// The lowest and the highest value, and what is between them where there is room.
fn ticks(painter: &Painter, theme: &Theme, plot: Rect, figure: &FigureReport) {
    let below = Rect::from_min_size(pos2(plot.left(), plot.bottom() + 4.0), vec2(plot.width(), TICKS - 4.0));
    let value = |value: f64| study::value(figure.key, Some(value));
    let (low, middle, high) = (value(figure.min), value(f64::midpoint(figure.min, figure.max)), value(figure.max));
    Text::Label.paint(painter, below, Align2::LEFT_CENTER, &low, theme.text_dim);
    Text::Label.paint(painter, below, Align2::RIGHT_CENTER, &high, theme.text_dim);
    if middle != low && middle != high && plot.width() > 260.0 {
        Text::Label.paint(painter, below, Align2::CENTER_CENTER, &middle, theme.text_dim);
    }
}
