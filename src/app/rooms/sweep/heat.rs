//! Two fields over their values: a field of cells, coloured by what becomes of one figure.

use eframe::egui::{Align2, Color32, CursorIcon, Mesh, Rect, Role, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::figure_value;
use crate::app::theme::{Text, Theme};
use crate::metrics::{Better, Key};
use crate::study::sweep::{Point, Sweep};
use crate::study::vary::Kind;
use crate::text::{study, sweep as words};

/// What is shown.
pub(super) struct Shown<'a> {
    pub(super) sweep: &'a Sweep,
    pub(super) kinds: (Kind, Kind),
    pub(super) names: (&'a str, &'a str),
    pub(super) key: Key,
    /// The point that is set now.
    pub(super) now: Option<usize>,
}

const LEFT: f32 = 72.0;
const BOTTOM: f32 = 44.0;
const TOP: f32 = 28.0;
const LEGEND: f32 = 108.0;

impl Shown<'_> {
    fn figure(&self, i: usize) -> Option<f64> {
        self.sweep.points.get(i)?.outcome.as_ref().ok()?.figures.get(self.key).filter(|value| value.is_finite())
    }

    fn size(&self) -> (usize, usize) {
        let of = |i: usize| self.sweep.axes.get(i).map_or(1, |axis| axis.values.len()).max(1);
        (of(0), of(1))
    }

    fn value(&self, axis: usize, i: usize) -> String {
        let kind = if axis == 0 { self.kinds.0 } else { self.kinds.1 };
        let value = self.sweep.axes.get(axis).and_then(|axis| axis.values.get(i));
        value.map(|value| words::value(kind, value.number)).unwrap_or_default()
    }
}

/// From good to bad by way of a pale middle.
fn colour(theme: &Theme, part: f64) -> Color32 {
    #[expect(clippy::cast_possible_truncation, reason = "a part of a colour")]
    let part = part.clamp(0.0, 1.0) as f32;
    let (good, middle, bad) = (theme.version_new, theme.warning_soft, theme.failed);
    if part < 0.5 { good.lerp_to_gamma(middle, part * 2.0) } else { middle.lerp_to_gamma(bad, part * 2.0 - 1.0) }
}

/// Shows the map. The point that was chosen.
pub(super) fn show(ui: &mut Ui, shown: &Shown<'_>) -> Option<usize> {
    let theme = Theme::of(ui);
    let whole = ui.max_rect();
    ui.painter().rect_filled(whole, 8, theme.panel);
    let inner = whole.shrink(12.0);
    let frame = Rect::from_min_max(inner.min + vec2(LEFT, TOP), inner.max - vec2(LEGEND, BOTTOM));
    let (columns, rows) = shown.size();
    let known = || (0..shown.sweep.points.len()).filter_map(|i| shown.figure(i));
    let (least, most) = (known().fold(f64::INFINITY, f64::min), known().fold(f64::NEG_INFINITY, f64::max));
    let less_is_better = shown.key.better() != Some(Better::More);
    let bad = |value: f64| {
        let part = if most > least { (value - least) / (most - least) } else { 0.0 };
        if less_is_better { part } else { 1.0 - part }
    };
    #[expect(clippy::cast_precision_loss, reason = "places on the screen")]
    let cell = |i: usize| {
        let size = vec2(frame.width() / columns as f32, frame.height() / rows as f32);
        // The second field rises upwards.
        let corner = pos2(frame.left() + (i / rows) as f32 * size.x, frame.bottom() - ((i % rows) + 1) as f32 * size.y);
        Rect::from_min_size(corner, size)
    };
    let mut mesh = Mesh::default();
    for i in 0..shown.sweep.points.len() {
        let colour = shown.figure(i).map_or(theme.tile, |value| colour(theme, bad(value)));
        mesh.add_colored_rect(cell(i), colour);
    }
    ui.painter().add(Shape::mesh(mesh));
    labels(ui, shown, frame, inner);
    if least.is_finite() {
        legend(ui, shown, Rect::from_min_max(pos2(frame.right() + 16.0, frame.top()), pos2(inner.right(), frame.bottom())), (least, most));
    }
    if let Some(now) = shown.now {
        let at = cell(now);
        ui.painter().rect_stroke(at.expand(1.0), 0, Stroke::new(2.0, theme.playhead), StrokeKind::Outside);
    }
    let mut response = ui.interact(frame, ui.scope_id().with("heat"), Sense::click());
    let figure = study::figure(shown.key);
    let ends = (figure_value(shown.key, Some(least)), figure_value(shown.key, Some(most)));
    let said = words::heat(&figure, shown.names, (&ends.0, &ends.1));
    response.widget_info(|| WidgetInfo::labeled(Role::Figure, true, &said));
    let over = response.hover_pos().and_then(|at| (0..shown.sweep.points.len()).find(|i| cell(*i).contains(at)));
    let over = over?;
    ui.painter().rect_stroke(cell(over), 0, Stroke::new(1.5, theme.text), StrokeKind::Inside);
    let point = shown.sweep.points.get(over)?;
    response = response.on_hover_cursor(CursorIcon::PointingHand);
    let clicked = response.clicked() && point.outcome.is_ok();
    response.on_hover_ui_at_pointer(|ui| {
        let [a, b] = [point.at.first(), point.at.get(1)].map(|at| at.copied().unwrap_or(0));
        ui.label(Text::SmallStrong.rich(words::at(shown.names.0, &shown.value(0, a))));
        ui.label(Text::SmallStrong.rich(words::at(shown.names.1, &shown.value(1, b))));
        match point {
            Point { outcome: Ok(ran), .. } => {
                let value = figure_value(shown.key, ran.figures.get(shown.key));
                ui.label(Text::Small.rich(words::figure_is(&figure, &value)));
                ui.label(Text::Small.rich(words::click_watches()).color(theme.text_dim));
            }
            Point { outcome: Err(why), .. } => {
                ui.label(Text::Small.rich(study::refused(why)).color(theme.failed));
            }
        }
    });
    clicked.then_some(over)
}

/// The fields' names and some of their values.
fn labels(ui: &Ui, shown: &Shown<'_>, frame: Rect, inner: Rect) {
    let theme = Theme::of(ui);
    let painter = ui.painter();
    let (columns, rows) = shown.size();
    let some = |count: usize| {
        if count <= 12 {
            return (0..count).collect();
        }
        let mut places = vec![0, count / 4, count / 2, count * 3 / 4, count - 1];
        places.dedup();
        places
    };
    #[expect(clippy::cast_precision_loss, reason = "places on the screen")]
    let middle = |i: usize, count: usize| (i as f32 + 0.5) / count as f32;
    for i in some(columns) {
        let at = pos2(frame.left() + frame.width() * middle(i, columns), frame.bottom() + 12.0);
        Text::Label.paint_at(painter, at, Align2::CENTER_CENTER, &shown.value(0, i), theme.text_dim);
    }
    for i in some(rows) {
        let at = pos2(frame.left() - 8.0, frame.bottom() - frame.height() * middle(i, rows));
        Text::Label.paint_at(painter, at, Align2::RIGHT_CENTER, &shown.value(1, i), theme.text_dim);
    }
    let title = study::figure(shown.key);
    Text::Section.paint_at(painter, pos2(inner.right(), inner.top() + 8.0), Align2::RIGHT_CENTER, &title, theme.text);
    Text::Section.paint_at(
        painter,
        pos2(inner.left(), inner.top() + 8.0),
        Align2::LEFT_CENTER,
        &format!("↑ {}", shown.names.1),
        theme.text,
    );
    let foot = pos2(frame.right(), inner.bottom() - 8.0);
    Text::Section.paint_at(painter, foot, Align2::RIGHT_CENTER, &format!("{} →", shown.names.0), theme.text);
}

/// The colours with what they mean at their ends.
fn legend(ui: &Ui, shown: &Shown<'_>, rect: Rect, (least, most): (f64, f64)) {
    let theme = Theme::of(ui);
    let bar = Rect::from_min_size(rect.min, vec2(14.0, rect.height().min(220.0)));
    let less_is_better = shown.key.better() != Some(Better::More);
    let mut mesh = Mesh::default();
    // The most stands at the top.
    for (from, to, upper, lower) in [(0.0, 0.5, 1.0, 0.5), (0.5, 1.0, 0.5, 0.0)] {
        let part = |value: f64| if less_is_better { value } else { 1.0 - value };
        let (top, bottom) = (bar.top() + bar.height() * from, bar.top() + bar.height() * to);
        let first = u32::try_from(mesh.vertices.len()).unwrap_or(0);
        for (y, value) in [(top, upper), (bottom, lower)] {
            mesh.colored_vertex(pos2(bar.left(), y), colour(theme, part(value)));
            mesh.colored_vertex(pos2(bar.right(), y), colour(theme, part(value)));
        }
        mesh.add_triangle(first, first + 1, first + 2);
        mesh.add_triangle(first + 1, first + 2, first + 3);
    }
    ui.painter().add(Shape::mesh(mesh));
    for (y, align, value) in [(bar.top(), Align2::LEFT_TOP, most), (bar.bottom(), Align2::LEFT_BOTTOM, least)] {
        Text::Label.paint_at(ui.painter(), pos2(bar.right() + 8.0, y), align, &figure_value(shown.key, Some(value)), theme.text);
    }
}
