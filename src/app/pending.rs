//! A calm mark while a new picture is worked out beside the window: what is seen is still the one before.

use std::time::Duration;

use eframe::egui::{Align2, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::model::Model;
use super::theme::{RADIUS, Text, Theme};
use crate::text::poke as words;

/// What is there sooner needs no mark.
const PATIENCE_S: f64 = 0.15;

/// The mark's height.
const HEIGHT: f32 = 24.0;

/// Shows the mark at the top of `rect`, once it has taken a while.
pub fn show(ui: &Ui, rect: Rect, model: &Model) {
    let Some(since_s) = model.pending_since() else { return };
    let waited_s = ui.input(|input| input.time) - since_s;
    if waited_s < PATIENCE_S {
        // A little later than that, so that it is not a moment too early.
        ui.ctx().request_repaint_after(Duration::from_secs_f64(PATIENCE_S - waited_s + 0.01));
        return;
    }
    let theme = Theme::of(ui);
    let width = Text::Small.line(ui.painter(), words::simulating(), theme.text, f32::INFINITY).size().x + 24.0;
    let pill = Rect::from_min_size(pos2(rect.center().x - width / 2.0, rect.top() + 8.0), vec2(width, HEIGHT));
    let response = ui.interact(pill, ui.scope_id().with("simulating"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Status, true, words::simulating()));
    ui.painter().rect_filled(pill, RADIUS, theme.accent_soft);
    Text::Small.paint(ui.painter(), pill, Align2::CENTER_CENTER, words::simulating(), theme.text);
}
