//! One outcome of the scorecard: what it is, how it differs from before, what it came to. A click asks why.

use eframe::egui::{Align2, CursorIcon, Rect, Response, Role, Sense, Stroke, Ui, Widget, WidgetInfo, pos2, vec2};

use super::{OVERHANG, focus};
use crate::app::theme::{CONTROL_HEIGHT, RADIUS, Text, Theme, Tone};

/// One row of the scorecard. Its light reaches [`OVERHANG`] beyond it on both sides.
pub struct ScoreRow<'a> {
    label: &'a str,
    value: &'a str,
    delta: Option<(&'a str, Tone)>,
    hover: Option<&'a str>,
    flash: f32,
    asked: bool,
}

/// Between what stands side by side.
const GAP: f32 = 8.0;
/// The height of a second line, where the value does not fit beside its label.
const SECOND_LINE: f32 = 18.0;

impl<'a> ScoreRow<'a> {
    /// A row that reads `label` ... `value`.
    pub fn new(label: &'a str, value: &'a str) -> Self {
        ScoreRow { label, value, delta: None, hover: None, flash: 0.0, asked: false }
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

    /// Whether it is the one whose reasons are shown.
    pub fn asked(mut self, asked: bool) -> Self {
        self.asked = asked;
        self
    }
}

impl Widget for ScoreRow<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let theme = Theme::of(ui);
        let width = ui.available_width();
        let needs = |text: Text, words: &str| text.line(ui.painter(), words, theme.text, f32::INFINITY).size().x;
        let delta_needs = self.delta.map_or(0.0, |(delta, _)| needs(Text::Section, delta) + GAP);
        // Words that do not fit beside their label stand under it.
        let beside = needs(Text::Body, self.label) + GAP + delta_needs + needs(Text::Strong, self.value) <= width;
        let height = if beside { CONTROL_HEIGHT } else { CONTROL_HEIGHT + SECOND_LINE };
        let (rect, mut response) = ui.allocate_exact_size(vec2(width, height), Sense::click());
        response.widget_info(|| {
            let text = match self.delta {
                Some((delta, _)) => format!("{}: {}, {delta}", self.label, self.value),
                None => format!("{}: {}", self.label, self.value),
            };
            WidgetInfo::selected(Role::Button, ui.is_enabled(), self.asked, text)
        });
        if ui.is_rect_visible(rect) {
            let painter = ui.painter();
            let lit = rect.expand2(vec2(OVERHANG, 0.0));
            if self.asked {
                painter.rect_filled(lit, RADIUS, theme.accent_soft);
            } else if response.hovered() {
                painter.rect_filled(lit, RADIUS, theme.hover);
            }
            if self.flash > 0.0 {
                painter.rect_filled(lit, RADIUS, theme.accent_soft.gamma_multiply(self.flash));
            }
            let (first, value) = if beside {
                (rect, rect)
            } else {
                let split = rect.top() + CONTROL_HEIGHT - 4.0;
                (Rect::from_min_max(rect.min, pos2(rect.right(), split)), Rect::from_min_max(pos2(rect.left(), split - 4.0), rect.max))
            };
            let painted = Text::Strong.paint(painter, value, Align2::RIGHT_CENTER, self.value, theme.text);
            let mut right = if beside { painted.rect.left() - GAP } else { rect.right() };
            if let Some((delta, tone)) = self.delta {
                let room = Rect::from_min_max(first.min, pos2(right, first.bottom()));
                right = Text::Section.paint(painter, room, Align2::RIGHT_CENTER, delta, theme.tone(tone)).rect.left() - GAP;
            }
            let room = Rect::from_min_max(first.min, pos2(right, first.bottom()));
            Text::Body.paint(painter, room, Align2::LEFT_CENTER, self.label, theme.text);
            let y = painter.round_to_pixel_center(rect.bottom() - 0.5);
            painter.hline(rect.x_range(), y, Stroke::new(1.0, theme.line));
            focus::ring(ui, &response, lit, RADIUS);
            if painted.elided {
                response = response.on_hover_text(self.value);
            }
        }
        if let Some(hover) = self.hover {
            response = response.on_hover_text(hover);
        }
        response.on_hover_cursor(CursorIcon::PointingHand)
    }
}
