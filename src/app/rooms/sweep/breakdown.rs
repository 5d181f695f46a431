//! Where the time of the deployment goes: its critical path as one bar, and the sum of each kind of work.

use eframe::egui::{Align2, Color32, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::app::model::Model;
use crate::app::theme::{Text, Theme};
use crate::explain::{Breakdown, Work};
use crate::text::story::phase_name;
use crate::text::{numbers, study, sweep as words};
use crate::units::Time;

const TITLE: f32 = 24.0;
const BAR: f32 = 32.0;
const LEGEND_ROW: f32 = 20.0;

fn colour(theme: &Theme, work: Work) -> Color32 {
    match work {
        Work::Draining => theme.version_old,
        Work::Booting => theme.cause_dead_target,
        Work::Installing => theme.cause_new_version_error,
        Work::Starting => theme.cause_stale_dns,
        Work::Checking => theme.version_new,
        Work::Settling => theme.version_new.gamma_multiply(0.5),
        Work::Ending => theme.version_old.gamma_multiply(0.5),
        Work::Unnoticed => theme.failed,
        Work::Waiting => theme.traffic,
    }
}

/// Shows the bar over the whole width. How high it all is.
pub(super) fn show(ui: &mut Ui, area: Rect, breakdown: &Breakdown, model: &Model) -> f32 {
    let theme = Theme::of(ui);
    let whole = model.end().since(Time::ZERO);
    let whole_s = whole.as_secs_f64().max(1e-6);
    let parts: Vec<(Work, String)> =
        breakdown.by_work().into_iter().map(|(work, takes)| (work, words::time_part(work, takes, whole))).collect();
    let title = area.with_max_y(area.top() + TITLE);
    let heading = words::figure_is(study::where_time_goes(), &numbers::duration(whole));
    Text::Section.paint(ui.painter(), title, Align2::LEFT_CENTER, &heading, theme.text);
    let bar = Rect::from_min_size(pos2(area.left(), title.bottom()), vec2(area.width(), BAR));
    #[expect(clippy::cast_possible_truncation, reason = "a place on the screen")]
    let x = |t: Time| bar.left() + bar.width() * (t.as_secs_f64() / whole_s) as f32;
    let response = ui.interact(bar, ui.scope_id().with("breakdown"), Sense::hover());
    let said = words::breakdown(&parts.iter().map(|(_, part)| part.as_str()).collect::<Vec<_>>().join("; "));
    response.widget_info(|| WidgetInfo::labeled(Role::Figure, true, &said));
    ui.painter().rect_filled(bar, 4, theme.tile);
    for stretch in &breakdown.stretches {
        let part = Rect::from_min_max(pos2(x(stretch.from), bar.top()), pos2(x(stretch.to), bar.bottom()));
        // A hair between two, where there is room for it.
        let part = if part.width() > 4.0 { part.with_max_x(part.right() - 1.0) } else { part };
        ui.painter().rect_filled(part, 0, colour(theme, stretch.work));
    }
    if let Some(at) = response.hover_pos()
        && let Some(stretch) = breakdown.stretches.iter().find(|stretch| (x(stretch.from)..=x(stretch.to)).contains(&at.x))
    {
        let part = Rect::from_min_max(pos2(x(stretch.from), bar.top()), pos2(x(stretch.to), bar.bottom()));
        ui.painter().rect_stroke(part, 0, Stroke::new(2.0, theme.text), StrokeKind::Inside);
        response.on_hover_ui_at_pointer(|ui| {
            ui.label(Text::SmallStrong.rich(words::stretch(stretch.work, stretch.takes())));
            let from_to = format!("{} – {}", numbers::clock(stretch.from), numbers::clock(stretch.to));
            ui.label(Text::Small.rich(from_to));
            if let Some(phase) = stretch.phase.and_then(|phase| model.timeline().phases().get(phase)) {
                ui.label(Text::Small.rich(phase_name(phase.label, phase.way)));
            }
        });
    }
    let (mut left, mut top) = (area.left(), bar.bottom() + 8.0);
    for (work, part) in &parts {
        let wide = Text::Small.line(ui.painter(), part, theme.text, f32::INFINITY).size().x + 16.0;
        if left + wide > area.right() && left > area.left() {
            (left, top) = (area.left(), top + LEGEND_ROW);
        }
        let patch = Rect::from_center_size(pos2(left + 5.0, top + LEGEND_ROW / 2.0), vec2(10.0, 10.0));
        ui.painter().rect_filled(patch, 2, colour(theme, *work));
        let place = Rect::from_min_size(pos2(left + 16.0, top), vec2(wide - 16.0 + 1.0, LEGEND_ROW));
        Text::Small.paint(ui.painter(), place, Align2::LEFT_CENTER, part, theme.text);
        left += wide + 20.0;
    }
    top + LEGEND_ROW - area.top()
}
