//! The compared deployments as cards: a small stage, and the capacity over time, all on one scale and one clock.

use eframe::egui::{
    Align2, Color32, CornerRadius, Mesh, Painter, Rect, Role, Sense, Shape, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::Ran;
use crate::app::stage::{Motion, Stage};
use crate::app::theme::{RADIUS, Text, Theme};
use crate::app::widgets::{Icon, IconButton};
use crate::explain::situation;
use crate::text::{rooms as words, story};
use crate::units::Time;

/// What was asked of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// Watch it alone.
    Watch(usize),
    /// Compare the others with it.
    Baseline(usize),
    /// Compare it no more.
    Remove(usize),
}

const GAP: f32 = 12.0;
/// The capacity's picture, at most, and of the card.
const PLOT_MOST: f32 = 92.0;
const PLOT: f32 = 0.28;
/// Where there is less, the picture stands beside the stage.
const LOW: f32 = 110.0;
/// More than this stand in two rows.
const IN_A_ROW: usize = 6;

pub(super) fn show(ui: &mut Ui, ran: &[Ran], baseline: Option<usize>, motion: Motion, (t, end): (Time, Time)) -> Option<Asked> {
    let whole = ui.max_rect();
    let rows = if ran.len() > IN_A_ROW { 2 } else { 1 };
    let columns = ran.len().div_ceil(rows).max(1);
    #[expect(clippy::cast_precision_loss, reason = "a handful of cards")]
    let size =
        vec2((whole.width() - GAP * (columns - 1) as f32) / columns as f32, (whole.height() - GAP * (rows - 1) as f32) / rows as f32);
    let peak = ran.iter().map(|ran| ran.curves.peak).fold(1.0, f64::max);
    let mut asked = None;
    for (i, one) in ran.iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "a handful of cards")]
        let corner = vec2((i % columns) as f32 * (size.x + GAP), (i / columns) as f32 * (size.y + GAP));
        let rect = Rect::from_min_size(whole.min + corner, size);
        asked = asked.or(card(ui, rect, i, one, baseline, motion, (t, end), peak));
    }
    asked
}

#[expect(clippy::too_many_arguments, reason = "what all cards share, and what is one's own")]
fn card(
    ui: &mut Ui,
    rect: Rect,
    i: usize,
    ran: &Ran,
    baseline: Option<usize>,
    motion: Motion,
    (t, end): (Time, Time),
    peak: f64,
) -> Option<Asked> {
    let theme = Theme::of(ui);
    let is_baseline = baseline == Some(i);
    let name = ran.entry.called.words();
    let over = t >= ran.timeline.end();
    let now = situation(&ran.timeline, t.min(ran.timeline.end()));
    let state = if over { words::done_at(ran.timeline.end()) } else { story::headline(&now) };
    let mut asked = None;
    let response = ui.interact(rect, ui.scope_id().with(("card", i)), Sense::click());
    let said = words::card(&name, &state, is_baseline);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &said));
    if response.clicked() {
        asked = Some(Asked::Watch(i));
    }
    let outline = if is_baseline {
        theme.accent
    } else if response.hovered() {
        theme.line_strong
    } else {
        theme.line
    };
    ui.painter().rect(rect, CornerRadius::same(12), theme.panel, Stroke::new(1.0, outline), StrokeKind::Inside);
    crate::app::widgets::ring(ui, &response, rect, RADIUS);
    let inner = rect.shrink(12.0);
    let buttons = Rect::from_min_max(pos2(inner.right() - 56.0, inner.top() - 6.0), pos2(inner.right() + 6.0, inner.top() + 22.0));
    let mut corner = ui.new_child(
        UiBuilder::new().id_salt(("buttons", i)).max_rect(buttons).layout(eframe::egui::Layout::right_to_left(eframe::egui::Align::Center)),
    );
    corner.spacing_mut().item_spacing.x = 0.0;
    if corner.add(IconButton::new(Icon::Cross, &words::remove(&name))).clicked() {
        asked = Some(Asked::Remove(i));
    }
    if corner.add(IconButton::new(Icon::HalfCircle, &words::make_baseline(&name))).clicked() {
        asked = Some(Asked::Baseline(i));
    }
    let head = Rect::from_min_max(inner.min, pos2(buttons.left() - 4.0, inner.top() + 18.0));
    let title = Text::Strong.paint(ui.painter(), head, Align2::LEFT_CENTER, &name, theme.text).rect;
    if is_baseline {
        let rest = head.with_min_x(title.right() + 6.0);
        Text::Label.paint(ui.painter(), rest, Align2::LEFT_CENTER, crate::text::study::baseline(), theme.text_dim);
    }
    let line = Rect::from_min_max(pos2(inner.left(), head.bottom()), pos2(inner.right(), head.bottom() + 16.0));
    Text::Label.paint(ui.painter(), line, Align2::LEFT_CENTER, &state, theme.text_dim);
    // A low card has its stage beside the capacity and not above it.
    let content = inner.with_min_y(line.bottom() + 8.0);
    let (stage, plot) = if content.height() < LOW {
        let middle = content.center().x;
        (content.with_max_x(middle - 8.0), content.with_min_x(middle + 8.0))
    } else {
        let split = content.bottom() - (rect.height() * PLOT).min(PLOT_MOST);
        (content.with_max_y(split - 12.0), content.with_min_y(split))
    };
    let checks = ran.entry.scenario.load_balancer.health_check.healthy_threshold;
    Stage::new(&ran.timeline, ran.entry.scenario.strategy.kind(), t.min(ran.timeline.end()), ran.curves.peak_demand)
        .checks(checks)
        .motion(motion)
        .paint_small(&ui.painter_at(stage), stage, theme);
    paint_capacity(&ui.painter_at(plot), plot, theme, ran, (t, end), peak);
    response.on_hover_text(words::card_hint());
    asked
}

/// Capacity by version, what of the demand it falls short of, the demand, and the playhead. All cards have one scale.
#[expect(clippy::cast_possible_truncation, reason = "places on the screen")]
fn paint_capacity(painter: &Painter, rect: Rect, theme: &Theme, ran: &Ran, (t, end): (Time, Time), peak: f64) {
    let end_s = end.as_secs_f64().max(1e-6);
    let x = |s: f64| rect.left() + rect.width() * (s / end_s).clamp(0.0, 1.0) as f32;
    let y = |rps: f64| rect.bottom() - rect.height() * (rps / peak).clamp(0.0, 1.0) as f32;
    let curves = &ran.curves;
    let mut mesh = Mesh::default();
    let mut band = |a: usize, b: usize, from: [f64; 2], to: [f64; 2], colour: Color32| {
        let first = u32::try_from(mesh.vertices.len()).unwrap_or(u32::MAX);
        let (left, right) = (x(curves.xs[a]), x(curves.xs[b]));
        for at in [pos2(left, y(from[0])), pos2(left, y(to[0])), pos2(right, y(from[1])), pos2(right, y(to[1]))] {
            mesh.colored_vertex(at, colour);
        }
        mesh.add_triangle(first, first + 1, first + 2);
        mesh.add_triangle(first + 1, first + 2, first + 3);
    };
    for a in 0..curves.xs.len().saturating_sub(1) {
        let b = a + 1;
        if curves.xs[b] <= curves.xs[a] {
            continue;
        }
        let (old, all, wanted) = (&curves.capacity_old, &curves.capacity, &curves.wanted);
        band(a, b, [0.0, 0.0], [old[a], old[b]], theme.version_old);
        band(a, b, [old[a], old[b]], [all[a], all[b]], theme.version_new);
        let short = if all[a] <= 0.0 { theme.failed } else { theme.failed_soft };
        band(a, b, [all[a], all[b]], [wanted[a], wanted[b]], short);
    }
    // What it is afterwards, while others still go on.
    let last = ran.timeline.at(ran.timeline.end());
    let after = |version| f64::from(last.in_service()) * ran.timeline.capacity_of(version);
    let rest = Rect::from_min_max(pos2(x(ran.timeline.end().as_secs_f64()), rect.top()), rect.max);
    let (colour, capacity) = if last.in_service_new() > 0 {
        (theme.version_new, after(crate::timeline::Version::New))
    } else {
        (theme.version_old, after(crate::timeline::Version::Old))
    };
    painter.add(Shape::mesh(mesh));
    if rest.width() > 1.0 {
        painter.rect_filled(rest.with_min_y(y(capacity)), 0, colour.gamma_multiply(0.35));
    }
    let demand: Vec<_> = curves.xs.iter().zip(&curves.demand).map(|(s, rps)| pos2(x(*s), y(*rps))).collect();
    painter.extend(Shape::dashed_line(&demand, Stroke::new(1.0, theme.demand_line), 4.0, 3.0));
    painter.vline(painter.round_to_pixel_center(x(t.as_secs_f64())), rect.y_range(), Stroke::new(1.5, theme.playhead));
    painter.hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, theme.line));
}
