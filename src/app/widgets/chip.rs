//! A button that shows a value and opens a menu of others.

use eframe::egui::{Align2, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, Widget, WidgetInfo, pos2, vec2};

use super::{Icon, focus};
use crate::app::theme::{CONTROL_HEIGHT, RADIUS, Text, Theme};

/// An outlined button with a text and, where a menu opens, a chevron.
pub struct Chip<'a> {
    text: &'a str,
    name: &'a str,
    widest: f32,
    menu: bool,
    dim: bool,
}

const PADDING: f32 = 10.0;
const CHEVRON: f32 = 10.0;

impl<'a> Chip<'a> {
    /// A chip that reads `text` and is named `name` for assistive technology.
    pub fn new(text: &'a str, name: &'a str) -> Self {
        Chip { text, name, widest: f32::INFINITY, menu: false, dim: false }
    }

    /// At most so many points wide; a longer text is elided, and whole on hovering.
    pub fn widest(mut self, points: f32) -> Self {
        self.widest = points;
        self
    }

    /// With the chevron of a menu.
    pub fn menu(mut self) -> Self {
        self.menu = true;
        self
    }

    /// In a colour that stands back.
    pub fn dim(mut self) -> Self {
        self.dim = true;
        self
    }
}

impl Widget for Chip<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let theme = Theme::of(ui);
        let colour = if self.dim { theme.text_dim } else { theme.text };
        let around = 2.0 * PADDING + if self.menu { CHEVRON + 6.0 } else { 0.0 };
        let room = self.widest.min(ui.available_width()) - around;
        let line = Text::Body.line(ui.painter(), self.text, colour, room);
        let size = vec2((line.size().x + around).ceil(), CONTROL_HEIGHT);
        let (rect, mut response) = ui.allocate_exact_size(size, Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), self.name));
        if ui.is_rect_visible(rect) {
            let hot = response.hovered() && ui.is_enabled();
            let fill = if hot || response.is_pointer_button_down_on() { theme.hover } else { theme.panel };
            let outline = if hot { theme.line_strong } else { theme.line };
            ui.painter().rect(rect, RADIUS, fill, Stroke::new(1.0, outline), StrokeKind::Inside);
            let words = Align2::LEFT_CENTER.align_size_within_rect(line.size(), rect.shrink2(vec2(PADDING, 0.0)));
            let elided = line.elided;
            ui.painter().galley(words.min, line, colour);
            if self.menu {
                let at = pos2(rect.right() - PADDING - CHEVRON / 2.0, rect.center().y);
                Icon::ChevronDown.paint(ui.painter(), Rect::from_center_size(at, vec2(CHEVRON, CHEVRON)), theme.text_dim, 1.5);
            }
            focus::ring(ui, &response, rect, RADIUS);
            if elided {
                response = response.on_hover_text(self.text);
            }
        }
        response
    }
}
