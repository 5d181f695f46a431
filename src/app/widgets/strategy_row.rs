//! A strategy to choose: its name, the capacity it would leave, how long it would take.

use eframe::egui::{Align2, Rect, Response, Role, Sense, Ui, Widget, WidgetInfo, pos2, vec2};

use super::{CapacityPicture, OVERHANG, focus};
use crate::app::theme::{CONTROL_HEIGHT, RADIUS, Text, Theme};

/// One row of the list of strategies. Its light reaches [`OVERHANG`] beyond it on both sides.
pub struct StrategyRow<'a> {
    name: &'a str,
    steps: &'a [(f32, f32)],
    duration: &'a str,
    describes: &'a str,
    chosen: bool,
}

const DURATION_WIDTH: f32 = 48.0;

impl<'a> StrategyRow<'a> {
    /// A row named `name`, with the steps of [`CapacityPicture`] and the duration as it reads.
    pub fn new(name: &'a str, steps: &'a [(f32, f32)], duration: &'a str) -> Self {
        StrategyRow { name, steps, duration, describes: "", chosen: false }
    }

    /// What the picture shows, in words.
    pub fn describe(mut self, words: &'a str) -> Self {
        self.describes = words;
        self
    }

    /// Whether it is the one chosen.
    pub fn chosen(mut self, chosen: bool) -> Self {
        self.chosen = chosen;
        self
    }
}

impl Widget for StrategyRow<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let (rect, mut response) = ui.allocate_exact_size(vec2(ui.available_width(), CONTROL_HEIGHT), Sense::click());
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), self.chosen, self.name));
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_value(self.duration);
            if !self.describes.is_empty() {
                node.set_description(self.describes);
            }
        });
        if !ui.is_rect_visible(rect) {
            return response;
        }

        let theme = Theme::of(ui);
        let painter = ui.painter();
        let lit = rect.expand2(vec2(OVERHANG, 0.0));
        if self.chosen {
            painter.rect_filled(lit, RADIUS, theme.accent_soft);
        } else if response.hovered() {
            painter.rect_filled(lit, RADIUS, theme.hover);
        }
        let duration = Rect::from_min_max(pos2(rect.right() - DURATION_WIDTH, rect.top()), rect.max);
        let picture = Rect::from_min_size(
            pos2(duration.left() - CapacityPicture::SIZE.x - 4.0, rect.center().y - CapacityPicture::SIZE.y / 2.0),
            CapacityPicture::SIZE,
        );
        let name = Rect::from_min_max(rect.min, pos2(picture.left() - 8.0, rect.bottom()));
        let text = if self.chosen { Text::Strong } else { Text::Body };
        let elided = text.paint(painter, name, Align2::LEFT_CENTER, self.name, theme.text).elided;
        CapacityPicture::paint(painter, picture, theme, self.steps, self.chosen);
        Text::Small.paint(painter, duration, Align2::RIGHT_CENTER, self.duration, theme.text_dim);
        focus::ring(ui, &response, lit, RADIUS);
        if elided {
            response = response.on_hover_text(self.name);
        }
        response
    }
}
