//! The bar at the top: which scenario this is, presets and files, light and dark, help.

use std::path::PathBuf;

use eframe::egui::{Align, Button, Layout, Popup, Rect, Response, ScrollArea, ThemePreference, Ui, UiBuilder};

use super::command::Command;
use super::model::Model;
use super::theme::{Text, Theme};
use super::widgets::{Chip, Icon, IconButton, TextButton};
use crate::presets::{self, BUILT_IN, FOR_STRATEGIES, SITUATIONS};
use crate::text::language::{Language, spoken};
use crate::text::{PROGRAM, controls as words};

/// The bar's height in points.
pub const HEIGHT: f32 = 44.0;

/// What the bar keeps.
#[derive(Debug, Default)]
pub struct TopBar {
    /// The person's own, as they were when the menu was opened.
    own: Vec<(String, PathBuf)>,
    menu_was_open: bool,
}

impl TopBar {
    /// Draws the bar into `rect`.
    pub fn show(&mut self, ui: &mut Ui, rect: Rect, model: &Model, commands: &mut Vec<Command>) {
        let theme = Theme::of(ui);
        ui.painter().rect_filled(rect, 0, theme.panel);
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, (1.0, theme.line));
        let inner = rect.shrink2(eframe::egui::vec2(16.0, 0.0));
        let left = UiBuilder::new().id_salt("top left").max_rect(inner).layout(Layout::left_to_right(Align::Center));
        let right = UiBuilder::new().id_salt("top right").max_rect(inner).layout(Layout::right_to_left(Align::Center));
        ui.scope_builder(left, |ui| self.left(ui, model, commands));
        ui.scope_builder(right, |ui| right_end(ui, commands));
    }

    fn left(&mut self, ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
        let theme = Theme::of(ui);
        // On a narrow window the scenario's name matters more than ours.
        let wide = ui.available_width() >= 760.0;
        if wide {
            ui.label(Text::Title.rich(PROGRAM).color(theme.text));
            ui.add_space(6.0);
        }
        let (title, edited) = (model.title(), model.is_edited());
        let room = (ui.available_width() - 420.0).clamp(120.0, 320.0);
        let chip = ui.add(Chip::new(&title, &words::scenario_menu(&title, edited)).menu().widest(room));
        self.menu(&chip, commands);
        let state = match (edited, model.is_just_saved()) {
            (true, _) => Some(words::edited()),
            (false, true) => Some(words::saved()),
            (false, false) => None,
        };
        if let Some(state) = state {
            ui.label(Text::Small.rich(state).color(theme.text_dim));
        }
        ui.add_space(4.0);
        ui.spacing_mut().item_spacing.x = 2.0;
        for (text, command) in [(words::open(), Command::Open), (words::save(), Command::Save), (words::save_as(), Command::SaveAs)] {
            if ui.add(TextButton::new(text)).clicked() {
                commands.push(command);
            }
        }
        ui.add_space(8.0);
        let steps = [(words::undo(), model.undo_name(), Command::Undo), (words::redo(), model.redo_name(), Command::Redo)];
        for (text, name, command) in steps {
            let mut button = ui.add_enabled(name.is_some(), TextButton::new(text).named(name.as_deref().unwrap_or(text)));
            if let Some(name) = name {
                button = button.on_hover_text(name);
            }
            if button.clicked() {
                commands.push(command);
            }
        }
    }

    fn menu(&mut self, chip: &Response, commands: &mut Vec<Command>) {
        let popup = Popup::menu(chip).gap(4.0);
        let open = popup.is_open();
        if open && !self.menu_was_open {
            self.own = presets::own();
        }
        self.menu_was_open = open;
        popup.show(|ui| {
            let tallest = ui.ctx().content_rect().height() - HEIGHT - 40.0;
            ui.set_max_width(320.0);
            ui.spacing_mut().item_spacing.y = 0.0;
            // As tall as its entries, as far as the window goes.
            ScrollArea::vertical().max_height(tallest.max(120.0)).min_scrolled_height(tallest.max(120.0)).show(ui, |ui| {
                let situations = FOR_STRATEGIES + SITUATIONS;
                let parts = [
                    (words::presets_for_strategies(), 0..FOR_STRATEGIES),
                    (words::presets_situations(), FOR_STRATEGIES..situations),
                    (words::presets_failing(), situations..BUILT_IN.len()),
                ];
                for (heading, places) in parts {
                    menu_heading(ui, heading);
                    for place in places {
                        let Some((name, description)) = presets::shown(place) else { continue };
                        let response = ui.add(Button::selectable(false, name).truncate());
                        if response.on_hover_text(description).clicked() {
                            commands.push(Command::OpenPreset(place));
                        }
                    }
                }
                if !self.own.is_empty() {
                    menu_heading(ui, words::presets_own());
                }
                for (name, path) in &self.own {
                    if ui.add(Button::selectable(false, name.as_str()).truncate()).clicked() {
                        commands.push(Command::OpenFile(path.clone()));
                    }
                }
            });
        });
    }
}

fn menu_heading(ui: &mut Ui, text: &str) {
    let colour = Theme::of(ui).text_dim;
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        ui.add_space(2.0);
        ui.label(Text::Section.rich(text).color(colour));
    });
}

fn right_end(ui: &mut Ui, commands: &mut Vec<Command>) {
    if ui.add(IconButton::new(Icon::Question, words::help()).outlined()).clicked() {
        commands.push(Command::Help);
    }
    let button = ui.add(IconButton::new(Icon::HalfCircle, words::theme()).outlined());
    let language = spoken();
    let chip = ui.add(Chip::new(&language.code().to_uppercase(), &words::language_menu(language.name())).menu());
    Popup::menu(&chip).gap(4.0).show(|ui| {
        for other in Language::ALL {
            // Each in its own words: whoever looks for it may read nothing else.
            if ui.add(Button::selectable(other == language, other.name())).clicked() {
                commands.push(Command::SetLanguage(other));
            }
        }
    });
    let present = ui.ctx().options(|options| options.theme_preference);
    Popup::menu(&button).gap(4.0).show(|ui| {
        let themes = [ThemePreference::System, ThemePreference::Light, ThemePreference::Dark];
        for (name, theme) in words::themes().into_iter().zip(themes) {
            if ui.add(Button::selectable(theme == present, name)).clicked() {
                commands.push(Command::SetTheme(theme));
            }
        }
    });
}
