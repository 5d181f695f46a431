//! The ring around the widget that has the keyboard.

use eframe::egui::{Rect, Response, Stroke, StrokeKind, Ui};

use crate::app::theme::Theme;

/// Draws the ring just inside `rect` when `response` has the keyboard.
pub fn ring(ui: &Ui, response: &Response, rect: Rect, radius: u8) {
    if response.has_focus() {
        ui.painter().rect_stroke(rect, radius, Stroke::new(2.0, Theme::of(ui).focus), StrokeKind::Inside);
    }
}
