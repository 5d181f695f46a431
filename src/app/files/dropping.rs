//! While a file is held over the window: that it may be dropped.

use eframe::egui::{Align2, Area, Context, Frame, Id, LayerId, Margin, Order, Stroke, StrokeKind};

use crate::app::theme::{RADIUS, Text, Theme};
use crate::text::files as words;

/// Shows, over everything, that the file held over the window may be dropped.
pub fn show_dropping(ctx: &Context) {
    let held = ctx.input(|input| input.raw.hovered_files.first().cloned());
    let Some(held) = held else { return };
    let theme = Theme::of_ctx(ctx);
    let name = held.path.as_ref().and_then(|path| path.file_name()).map(|name| name.to_string_lossy().into_owned());
    let painter = ctx.layer_painter(LayerId::new(Order::Foreground, Id::unique("dropping light")));
    let whole = ctx.content_rect();
    painter.rect_filled(whole, 0, theme.background.gamma_multiply(0.7));
    painter.rect_stroke(whole.shrink(8.0), RADIUS, Stroke::new(3.0, theme.accent), StrokeKind::Inside);
    Area::new(Id::unique("dropping")).order(Order::Tooltip).anchor(Align2::CENTER_CENTER, [0.0, 0.0]).interactable(false).show(ctx, |ui| {
        let frame =
            Frame::new().fill(theme.panel).stroke(Stroke::new(2.0, theme.accent)).corner_radius(12).inner_margin(Margin::symmetric(24, 16));
        frame.show(ui, |ui| ui.label(Text::Narration.rich(words::drop(name.as_deref())).color(theme.text)));
    });
}
