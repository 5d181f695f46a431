//! Rows of settings: a label on the left, tied to an editor on the right.

use std::ops::RangeInclusive;

use eframe::egui::emath::Numeric;
use eframe::egui::{
    Align, Align2, Button, Color32, ComboBox, DragValue, Layout, Rect, Response, Role, Sense, Stroke, Ui, UiBuilder, Widget, WidgetInfo,
    pos2, vec2,
};

use super::Icon;
use crate::app::theme::{CONTROL_HEIGHT, Text, Theme};

/// The height of an editor inside its row.
pub(super) const EDITOR_HEIGHT: f32 = 24.0;

/// Lays out one row: the editor at the right end, the label before it and its name.
pub(super) fn row(ui: &mut Ui, label: &str, hover: Option<&str>, editor: impl FnOnce(&mut Ui) -> Response) -> Response {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), CONTROL_HEIGHT), Sense::hover());
    let layout = Layout::right_to_left(Align::Center);
    let mut right = ui.new_child(UiBuilder::new().id_salt(label).max_rect(rect).layout(layout));
    right.spacing_mut().interact_size.y = EDITOR_HEIGHT;
    let mut response = editor(&mut right);
    let room = Rect::from_min_max(rect.min, pos2(right.min_rect().left() - 8.0, rect.bottom()));
    let mut words = ui.interact(room, right.scope_id().with("label"), Sense::hover());
    words.widget_info(|| WidgetInfo::labeled(Role::Label, ui.is_enabled(), label));
    let theme = Theme::of(ui);
    let colour = if ui.is_enabled() { theme.text } else { theme.text_dim };
    Text::Body.paint(ui.painter(), room, Align2::LEFT_CENTER, label, colour);
    if let Some(hover) = hover {
        words = words.on_hover_text(hover);
        response = response.on_hover_text(hover);
    }
    // Last, and once: the label is the name, not the tooltip.
    response.labelled_by(words.id)
}

/// Fields are a quiet fill at rest, outlined under the pointer and ringed with the keyboard.
pub(super) fn quiet(ui: &mut Ui) {
    let theme = Theme::of(ui);
    let visuals = ui.visuals_mut();
    visuals.widgets.inactive.weak_bg_fill = theme.tile;
    visuals.widgets.inactive.bg_stroke = Stroke::new(1.0, Color32::TRANSPARENT);
    visuals.widgets.hovered.weak_bg_fill = theme.tile;
    visuals.widgets.open.weak_bg_fill = theme.tile;
}

/// A number with a unit, dragged, typed, or stepped with the up and down keys.
pub struct NumberRow<'a, N> {
    label: &'a str,
    value: &'a mut N,
    range: RangeInclusive<N>,
    unit: &'a str,
    step: f64,
    drag: f64,
    decimals: usize,
    hover: Option<&'a str>,
    words: Option<Words<'a>>,
}

/// How a number is written and read.
struct Words<'a> {
    write: &'a dyn Fn(f64) -> String,
    read: &'a dyn Fn(&str) -> Option<f64>,
}

impl<'a, N: Numeric> NumberRow<'a, N> {
    /// A row for `value`, kept in `range`.
    pub fn new(label: &'a str, value: &'a mut N, range: RangeInclusive<N>) -> Self {
        NumberRow { label, value, range, unit: "", step: 1.0, drag: 0.2, decimals: 0, hover: None, words: None }
    }

    /// The unit after the number.
    pub fn unit(mut self, unit: &'a str) -> Self {
        self.unit = unit;
        self
    }

    /// The digits after the point, at most.
    pub fn decimals(mut self, decimals: usize) -> Self {
        self.decimals = decimals;
        self
    }

    /// How far an arrow key goes, and how far one point of dragging does.
    pub fn steps(mut self, step: f64, drag: f64) -> Self {
        (self.step, self.drag) = (step, drag);
        self
    }

    /// What it means, on hovering.
    pub fn hover(mut self, text: &'a str) -> Self {
        self.hover = Some(text);
        self
    }

    /// How the number is written (grouped digits, a language's decimal sign) and read back.
    pub fn words(mut self, write: &'a dyn Fn(f64) -> String, read: &'a dyn Fn(&str) -> Option<f64>) -> Self {
        self.words = Some(Words { write, read });
        self
    }
}

impl<N: Numeric> Widget for NumberRow<'_, N> {
    fn ui(self, ui: &mut Ui) -> Response {
        row(ui, self.label, self.hover, |ui| {
            quiet(ui);
            let theme = Theme::of(ui);
            // egui has one speed for keys and for dragging.
            let dragged = ui.ctx().is_being_dragged(ui.next_auto_id());
            let mut field = DragValue::new(self.value)
                .range(self.range)
                .speed(if dragged { self.drag } else { self.step })
                .max_decimals(self.decimals)
                .update_while_editing(false)
                .min_size(vec2(40.0, EDITOR_HEIGHT));
            if !self.unit.is_empty() {
                field = field.suffix(Text::Body.rich(format!(" {}", self.unit)).color(theme.text_dim));
            }
            if let Some(words) = self.words {
                field = field.custom_formatter(|value, _| (words.write)(value)).custom_parser(|text| (words.read)(text));
            }
            ui.add(field)
        })
    }
}

/// One of several, picked from a menu.
pub struct ChoiceRow<'a> {
    label: &'a str,
    chosen: &'a mut usize,
    options: &'a [&'a str],
    hover: Option<&'a str>,
}

impl<'a> ChoiceRow<'a> {
    /// A row for `chosen`, an index into `options`.
    pub fn new(label: &'a str, chosen: &'a mut usize, options: &'a [&'a str]) -> Self {
        ChoiceRow { label, chosen, options, hover: None }
    }

    /// What it means, on hovering.
    pub fn hover(mut self, text: &'a str) -> Self {
        self.hover = Some(text);
        self
    }
}

impl Widget for ChoiceRow<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        row(ui, self.label, self.hover, |ui| {
            quiet(ui);
            let before = *self.chosen;
            let shown = self.options.get(before).copied().unwrap_or_default();
            let mut response = ComboBox::from_id_salt("choice")
                .selected_text(Text::Strong.rich(shown))
                .icon(|ui, rect, visuals, _| Icon::ChevronDown.paint(ui.painter(), rect.shrink(1.0), visuals.text_color(), 1.5))
                .show_ui(ui, |ui| {
                    for (i, option) in self.options.iter().enumerate() {
                        if ui.add(Button::selectable(i == before, *option)).clicked() {
                            *self.chosen = i;
                        }
                    }
                })
                .response;
            if *self.chosen != before {
                response.mark_changed();
            }
            response
        })
    }
}
