//! A button that is only a word, or the one that stands out in a question.

use eframe::egui::{Align2, Response, Role, Sense, Ui, Widget, WidgetInfo, vec2};

use super::focus;
use crate::app::theme::{CONTROL_HEIGHT, RADIUS, Text, Theme};

/// A button with a word on it.
pub struct TextButton<'a> {
    text: &'a str,
    name: &'a str,
    look: Look,
}

enum Look {
    Quiet,
    Filled,
    Primary,
}

impl Look {
    fn text(&self) -> (Text, f32) {
        match self {
            Look::Quiet => (Text::Body, PADDING),
            Look::Filled => (Text::Body, 2.0 * PADDING),
            Look::Primary => (Text::Strong, 2.0 * PADDING),
        }
    }
}

const PADDING: f32 = 8.0;

impl<'a> TextButton<'a> {
    /// A word that lights up under the pointer.
    pub fn new(text: &'a str) -> Self {
        TextButton { text, name: text, look: Look::Quiet }
    }

    /// Named so for assistive technology, where the text is only a sign.
    pub fn named(mut self, name: &'a str) -> Self {
        self.name = name;
        self
    }

    /// On a neutral fill: the other answers to a question.
    pub fn filled(mut self) -> Self {
        self.look = Look::Filled;
        self
    }

    /// As wide as this.
    pub fn width(&self, ui: &Ui) -> f32 {
        let (text, padding) = self.look.text();
        text.line(ui.painter(), self.text, Theme::of(ui).text, f32::INFINITY).size().x.ceil() + 2.0 * padding
    }

    /// In the accent: the answer that is likely wanted.
    pub fn primary(mut self) -> Self {
        self.look = Look::Primary;
        self
    }
}

impl Widget for TextButton<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let theme = Theme::of(ui);
        let (text, _) = self.look.text();
        let width = self.width(ui);
        let (rect, response) = ui.allocate_exact_size(vec2(width, CONTROL_HEIGHT), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), self.name));
        if ui.is_rect_visible(rect) {
            let hot = ui.is_enabled() && (response.hovered() || response.is_pointer_button_down_on());
            let (fill, colour) = match self.look {
                Look::Quiet => (hot.then_some(theme.hover), if hot { theme.text } else { theme.text_dim }),
                Look::Filled => (Some(if hot { theme.hover } else { theme.tile }), theme.text),
                Look::Primary => (Some(if hot { theme.accent.lerp_to_gamma(theme.text, 0.12) } else { theme.accent }), theme.on_accent),
            };
            if let Some(fill) = fill {
                ui.painter().rect_filled(rect, RADIUS, fill);
            }
            let colour = if ui.is_enabled() { colour } else { theme.text_dim.gamma_multiply(0.55) };
            text.paint(ui.painter(), rect, Align2::CENTER_CENTER, self.text, colour);
            // Around the accent the ring needs a gap, or it could not be seen.
            let ring = if matches!(self.look, Look::Primary) { rect.expand(4.0) } else { rect };
            focus::ring(ui, &response, ring, RADIUS);
        }
        response
    }
}
