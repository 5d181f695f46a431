//! A button that shows an icon: plain, or the one round primary button.

use eframe::egui::{Response, Role, Sense, Stroke, StrokeKind, Ui, Widget, WidgetInfo, vec2};

use super::{Icon, focus};
use crate::app::theme::{CONTROL_HEIGHT, RADIUS, Theme};

/// A button with an icon instead of words. Its name is what assistive technology reads, and its tooltip.
pub struct IconButton<'a> {
    icon: Icon,
    name: &'a str,
    look: Look,
}

enum Look {
    Plain,
    Outlined,
    Primary,
}

impl<'a> IconButton<'a> {
    /// A button named `name`.
    pub fn new(icon: Icon, name: &'a str) -> Self {
        IconButton { icon, name, look: Look::Plain }
    }

    /// With an outline, as the buttons of the top bar.
    pub fn outlined(mut self) -> Self {
        self.look = Look::Outlined;
        self
    }

    /// Round, larger, in the accent: play and pause.
    pub fn primary(mut self) -> Self {
        self.look = Look::Primary;
        self
    }
}

impl Widget for IconButton<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let side = match self.look {
            Look::Plain | Look::Outlined => CONTROL_HEIGHT,
            Look::Primary => 36.0,
        };
        let (rect, response) = ui.allocate_exact_size(vec2(side, side), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), self.name));

        if ui.is_rect_visible(rect) {
            let theme = Theme::of(ui);
            let hot = response.hovered() && ui.is_enabled();
            let pressed = response.is_pointer_button_down_on();
            let painter = ui.painter();
            match self.look {
                Look::Plain | Look::Outlined => {
                    if pressed || hot {
                        painter.rect_filled(rect, RADIUS, if pressed { theme.tile } else { theme.hover });
                    }
                    if matches!(self.look, Look::Outlined) {
                        let line = if hot { theme.line_strong } else { theme.line };
                        painter.rect_stroke(rect, RADIUS, Stroke::new(1.0, line), StrokeKind::Inside);
                    }
                    let colour = if hot { theme.text } else { theme.text_dim };
                    self.icon.paint(painter, rect.shrink(7.0), colour, 1.5);
                    focus::ring(ui, &response, rect, RADIUS);
                }
                Look::Primary => {
                    let fill = if pressed || hot { theme.accent.lerp_to_gamma(theme.text, 0.12) } else { theme.accent };
                    painter.circle_filled(rect.center(), side / 2.0, fill);
                    self.icon.paint(painter, rect.shrink(9.0), theme.on_accent, 2.0);
                    if response.has_focus() {
                        painter.circle_stroke(rect.center(), side / 2.0 - 3.0, Stroke::new(2.0, theme.on_accent));
                        painter.circle_stroke(rect.center(), side / 2.0 - 1.0, Stroke::new(2.0, theme.focus));
                    }
                }
            }
        }
        response.on_hover_text(self.name)
    }
}
