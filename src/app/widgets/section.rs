//! A section of a panel: a small heading, and what stands under it, which may be folded away.

use eframe::egui::{Align2, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{Icon, focus};
use crate::app::theme::{RADIUS, Text, Theme};

/// A small dim heading with content under it.
pub struct Section<'a> {
    title: &'a str,
    open: Option<&'a mut bool>,
}

const HEIGHT: f32 = 24.0;

impl<'a> Section<'a> {
    /// A section that is always open.
    pub fn new(title: &'a str) -> Self {
        Section { title, open: None }
    }

    /// A section whose heading folds it, kept in `open`.
    pub fn collapsible(title: &'a str, open: &'a mut bool) -> Self {
        Section { title, open: Some(open) }
    }

    /// Shows the heading, then the content unless it is folded away.
    pub fn show<R>(self, ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> Option<R> {
        let theme = Theme::of(ui);
        let sense = if self.open.is_some() { Sense::click() } else { Sense::hover() };
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), sense);
        let is_open = match self.open {
            None => {
                response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, self.title));
                true
            }
            Some(open) => {
                if response.clicked() {
                    *open = !*open;
                }
                let is_open = *open;
                response.widget_info(|| WidgetInfo::labeled(Role::DisclosureTriangle, ui.is_enabled(), self.title));
                ui.ctx().accesskit_node_builder(response.id, |node| node.set_expanded(is_open));
                let chevron = Rect::from_center_size(pos2(rect.right() - 8.0, rect.center().y), vec2(12.0, 12.0));
                let icon = if is_open { Icon::ChevronDown } else { Icon::ChevronRight };
                icon.paint(ui.painter(), chevron, theme.text_dim, 1.5);
                focus::ring(ui, &response, rect.expand2(vec2(4.0, 0.0)), RADIUS);
                is_open
            }
        };
        let colour = if response.hovered() && response.sense.senses_click() { theme.text } else { theme.text_dim };
        let room = Rect::from_min_max(rect.min, pos2(rect.right() - 20.0, rect.bottom()));
        Text::Section.paint(ui.painter(), room, Align2::LEFT_CENTER, self.title, colour);
        is_open.then(|| content(ui))
    }
}
