//! One event of the log: when, and what, in two smaller lines where one is not enough. A click goes there.

use eframe::egui::{Align2, Response, Role, Sense, Ui, Widget, WidgetInfo, vec2};

use super::{OVERHANG, focus};
use crate::app::theme::{RADIUS, Text, Theme, Tone};

/// One row of the event log. Its light reaches [`OVERHANG`] beyond it on both sides.
pub struct LogRow<'a> {
    time: &'a str,
    text: &'a str,
    tone: Tone,
    current: bool,
}

impl<'a> LogRow<'a> {
    /// The row's height in points, for [`eframe::egui::ScrollArea::show_rows`].
    pub const HEIGHT: f32 = 28.0;

    const TIME_WIDTH: f32 = 52.0;

    /// A row that reads `time` `text`.
    pub fn new(time: &'a str, text: &'a str) -> Self {
        LogRow { time, text, tone: Tone::Neutral, current: false }
    }

    /// What the event means; failures stand out.
    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }

    /// Whether it is the latest event at the playhead.
    pub fn current(mut self, current: bool) -> Self {
        self.current = current;
        self
    }
}

impl Widget for LogRow<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let (rect, mut response) = ui.allocate_exact_size(vec2(ui.available_width(), Self::HEIGHT), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::ListBoxOption, ui.is_enabled(), format!("{} {}", self.time, self.text)));
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_selected(self.current));
        if ui.is_rect_visible(rect) {
            let theme = Theme::of(ui);
            let painter = ui.painter();
            let lit = rect.expand2(vec2(OVERHANG, 0.0));
            if self.current {
                painter.rect_filled(lit, RADIUS, theme.accent_soft);
            } else if response.hovered() {
                painter.rect_filled(lit, RADIUS, theme.hover);
            }
            let time_colour = if self.current || response.hovered() { theme.text_dim } else { theme.text_faint };
            let colour = match self.tone {
                Tone::Neutral => theme.text,
                tone @ (Tone::Good | Tone::Warning | Tone::Bad) => theme.tone(tone),
            };
            let time = Text::Small.paint(painter, rect, Align2::LEFT_CENTER, self.time, time_colour).rect;
            let left = time.right().max(rect.left() + Self::TIME_WIDTH - 8.0) + 8.0;
            let room = rect.with_min_x(left);
            let line = Text::Small.line(painter, self.text, colour, room.width());
            let line = if line.elided { Text::Label.two_lines(painter, self.text, colour, room.width()) } else { line };
            let elided = line.elided;
            painter.galley(Align2::LEFT_CENTER.align_size_within_rect(line.size(), room).min, line, colour);
            focus::ring(ui, &response, lit, RADIUS);
            if elided {
                response = response.on_hover_text(self.text);
            }
        }
        response
    }
}
