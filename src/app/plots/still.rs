//! A plot that only shows: egui_plot's own ways of moving and reading it are off, because the window has its own.

use eframe::egui::{AsIdSalt, Vec2};
use egui_plot::Plot;

use crate::app::theme::Theme;

/// Such a plot, with our grid. Its bounds, axes and marks are set by the one who draws it.
pub(in crate::app) fn plot<'a>(salt: impl AsIdSalt, theme: &Theme) -> Plot<'a> {
    Plot::new(salt)
        .allow_drag(false)
        .allow_zoom(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_axis_zoom_drag(false)
        .allow_double_click_reset(false)
        .show_x(false)
        .show_y(false)
        .show_crosshair(false)
        .show_background(false)
        .set_margin_fraction(Vec2::ZERO)
        .grid_color(theme.line)
        .grid_fade(0.0)
        .label_formatter(|_| None)
}
