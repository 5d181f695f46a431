//! One outcome of the scorecard: what it is, how it differs from before, what it came to.

use eframe::egui::{Align2, Rect, Response, Role, Sense, Stroke, Ui, Widget, WidgetInfo, pos2, vec2};

use super::OVERHANG;
use crate::app::theme::{CONTROL_HEIGHT, RADIUS, Text, Theme, Tone};

/// One row of the scorecard.
pub struct ScoreRow<'a> {
    label: &'a str,
    value: &'a str,
    delta: Option<(&'a str, Tone)>,
    hover: Option<&'a str>,
    flash: f32,
}

impl<'a> ScoreRow<'a> {
    /// A row that reads `label` ... `value`.
    pub fn new(label: &'a str, value: &'a str) -> Self {
        ScoreRow { label, value, delta: None, hover: None, flash: 0.0 }
    }

    /// A small text before the value, coloured by what it means.
    pub fn delta(mut self, text: &'a str, tone: Tone) -> Self {
        self.delta = Some((text, tone));
        self
    }

    /// How the figure is meant, shown on hovering.
    pub fn hover(mut self, text: &'a str) -> Self {
        self.hover = Some(text);
        self
    }

    /// How strongly the row is lit because it has just changed, 0 to 1.
    pub fn flash(mut self, strength: f32) -> Self {
        self.flash = strength.clamp(0.0, 1.0);
        self
    }
}

impl Widget for ScoreRow<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let (rect, mut response) = ui.allocate_exact_size(vec2(ui.available_width(), CONTROL_HEIGHT), Sense::hover());
        response.widget_info(|| {
            let text = match self.delta {
                Some((delta, _)) => format!("{}: {}, {delta}", self.label, self.value),
                None => format!("{}: {}", self.label, self.value),
            };
            WidgetInfo::labeled(Role::Label, true, text)
        });
        if ui.is_rect_visible(rect) {
            let theme = Theme::of(ui);
            let painter = ui.painter();
            if self.flash > 0.0 {
                let lit = rect.expand2(vec2(OVERHANG, 0.0));
                painter.rect_filled(lit, RADIUS, theme.accent_soft.gamma_multiply(self.flash));
            }
            let value = Text::Strong.paint(painter, rect, Align2::RIGHT_CENTER, self.value, theme.text).rect;
            let mut right = value.left() - 8.0;
            if let Some((delta, tone)) = self.delta {
                let room = Rect::from_min_max(rect.min, pos2(right, rect.bottom()));
                right = Text::Section.paint(painter, room, Align2::RIGHT_CENTER, delta, theme.tone(tone)).rect.left() - 8.0;
            }
            let room = Rect::from_min_max(rect.min, pos2(right, rect.bottom()));
            Text::Body.paint(painter, room, Align2::LEFT_CENTER, self.label, theme.text);
            let y = painter.round_to_pixel_center(rect.bottom() - 0.5);
            painter.hline(rect.x_range(), y, Stroke::new(1.0, theme.line));
        }
        if let Some(hover) = self.hover {
            response = response.on_hover_text(hover);
        }
        response
    }
}
