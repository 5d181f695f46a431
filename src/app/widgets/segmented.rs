//! A row of tabs of which one is chosen.

use eframe::egui::{Align2, Rect, Response, Role, Sense, Shadow, Ui, WidgetInfo, pos2, vec2};

use super::focus;
use crate::app::theme::{RADIUS, Text, Theme};

/// Tabs side by side in one bed, the chosen one raised.
pub struct Segmented<'a> {
    name: &'a str,
    height: f32,
    tabs: Vec<Tab<'a>>,
}

struct Tab<'a> {
    label: &'a str,
    hover: Option<&'a str>,
    /// Why it cannot be chosen.
    off: Option<&'a str>,
}

const PADDING: f32 = 4.0;
const HEIGHT: f32 = 32.0;
const SMALL: f32 = 24.0;

impl<'a> Segmented<'a> {
    /// No tabs yet; `name` says what they choose.
    pub fn new(name: &'a str) -> Self {
        Segmented { name, height: HEIGHT, tabs: Vec::new() }
    }

    /// Lower, and with less around it: for a corner of a picture.
    pub fn small(mut self) -> Self {
        self.height = SMALL;
        self
    }

    /// One more tab.
    pub fn tab(mut self, label: &'a str) -> Self {
        self.tabs.push(Tab { label, hover: None, off: None });
        self
    }

    /// One more tab with a hover text.
    pub fn tab_with_hover(mut self, label: &'a str, hover: &'a str) -> Self {
        self.tabs.push(Tab { label, hover: Some(hover), off: None });
        self
    }

    /// One more tab that cannot be chosen now; hovering it says why.
    pub fn disabled_tab(mut self, label: &'a str, why: &'a str) -> Self {
        self.tabs.push(Tab { label, hover: None, off: Some(why) });
        self
    }

    /// How wide it is.
    pub fn width(&self, ui: &Ui) -> f32 {
        self.widths(ui).iter().sum::<f32>() + 2.0 * self.padding()
    }

    fn is_low(&self) -> bool {
        self.height < HEIGHT
    }

    fn padding(&self) -> f32 {
        if self.is_low() { PADDING / 2.0 } else { PADDING }
    }

    /// Room for the bold text, so that choosing moves nothing.
    fn widths(&self, ui: &Ui) -> Vec<f32> {
        let (strong, around) = if self.is_low() { (Text::SmallStrong, 20.0) } else { (Text::Strong, 28.0) };
        let colour = Theme::of(ui).text;
        self.tabs.iter().map(|t| strong.line(ui.painter(), t.label, colour, f32::INFINITY).size().x.ceil() + around).collect()
    }

    /// Shows the tabs; a click, or Enter or Space on the focused tab, changes `chosen` (an index) and marks the response changed.
    pub fn show(self, ui: &mut Ui, chosen: &mut usize) -> Response {
        let theme = Theme::of(ui);
        let padding = self.padding();
        let (strong, body) = if self.is_low() { (Text::SmallStrong, Text::Small) } else { (Text::Strong, Text::Body) };
        let widths = self.widths(ui);
        let width = widths.iter().sum::<f32>() + 2.0 * padding;
        let (bed, mut response) = ui.allocate_exact_size(vec2(width, self.height), Sense::hover());
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_role(eframe::egui::accesskit::Role::TabList);
            node.set_label(self.name);
        });
        ui.painter().rect_filled(bed, RADIUS + 2, theme.tile);

        let mut x = bed.left() + padding;
        for (i, (tab, width)) in self.tabs.iter().zip(widths).enumerate() {
            let rect = Rect::from_min_size(pos2(x, bed.top() + padding), vec2(width, self.height - 2.0 * padding));
            x += width;
            let on = tab.off.is_none();
            let sense = if on { Sense::click() } else { Sense::hover() };
            let mut part = ui.interact(rect, response.id.with(i), sense);
            if part.clicked() && *chosen != i {
                *chosen = i;
                response.mark_changed();
            }
            let selected = *chosen == i;
            part.widget_info(|| WidgetInfo::labeled(Role::Tab, ui.is_enabled() && on, tab.label));
            ui.ctx().accesskit_node_builder(part.id, |node| node.set_selected(selected));

            let text = if selected { strong } else { body };
            let colour = if !on {
                theme.text_dim.gamma_multiply(0.55)
            } else if selected || part.hovered() {
                theme.text
            } else {
                theme.text_dim
            };
            if selected {
                let shadow = Shadow { offset: [0, 1], blur: 3, spread: 0, color: theme.shadow };
                ui.painter().add(shadow.as_shape(rect, RADIUS));
                ui.painter().rect_filled(rect, RADIUS, theme.panel);
            }
            text.paint(ui.painter(), rect, Align2::CENTER_CENTER, tab.label, colour);
            focus::ring(ui, &part, rect, RADIUS);
            if let Some(hover) = tab.off.or(tab.hover) {
                part = part.on_hover_text(hover);
            }
            drop(part);
        }
        response
    }
}
