//! The bar at the top: which scenario this is, presets and files, settings, help.

use eframe::egui::{Align, Button, Layout, Popup, Rect, Ui, UiBuilder, pos2, vec2};

use super::command::Command;
use super::files::Recent;
use super::model::Model;
use super::recent_menu::RecentMenu;
use super::rooms::Room;
use super::settings::Settings;
use super::settings_menu;
use super::theme::{Text, Theme};
use super::widgets::{Chip, Icon, IconButton, Segmented, TextButton};
use crate::text::language::spoken;
use crate::text::{PROGRAM, controls as words, files as file_words, rooms as words_of_rooms, window};

/// The bar's height in points.
pub const HEIGHT: f32 = 44.0;

/// What the bar shows of files.
pub struct Documents<'a> {
    /// The files that were open last.
    pub recent: &'a mut Recent,
    /// Their menu.
    pub menu: &'a mut RecentMenu,
    /// Whether the scenario's text stands beside the stage.
    pub ron_is_open: bool,
    /// What was done just now.
    pub told: Option<&'static str>,
}

/// Draws the bar into `rect`.
pub fn show(
    ui: &mut Ui,
    rect: Rect,
    room: Room,
    model: &Model,
    mut documents: Documents<'_>,
    settings: &Settings,
    commands: &mut Vec<Command>,
) {
    let theme = Theme::of(ui);
    ui.painter().rect_filled(rect, 0, theme.panel);
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, (1.0, theme.line));
    let inner = rect.shrink2(eframe::egui::vec2(16.0, 0.0));
    let left = UiBuilder::new().id_salt("top left").max_rect(inner).layout(Layout::left_to_right(Align::Center));
    let right = UiBuilder::new().id_salt("top right").max_rect(inner).layout(Layout::right_to_left(Align::Center));
    let ron_is_open = documents.ron_is_open;
    let left = ui.scope_builder(left, |ui| left_end(ui, model, &mut documents, commands)).response.rect;
    let right = ui.scope_builder(right, |ui| {
        right_end(ui, settings, commands);
        // The keys and the palette do the same where there is no room for it.
        // It stands beside the stage.
        if room == Room::Watch
            && ui.ctx().content_rect().width() >= 900.0
            && ui.add(Button::selectable(ron_is_open, file_words::ron())).on_hover_text(file_words::ron_meaning()).clicked()
        {
            commands.push(Command::RonPane);
        }
    });
    let right = right.response.rect;
    let between = Rect::from_min_max(pos2(left.right() + 8.0, inner.top()), pos2(right.left() - 8.0, inner.bottom()));
    tabs(ui, rect, between, room, commands);
}

/// The rooms, in the middle of the bar where nothing else stands there; a menu where they have no room.
fn tabs(ui: &mut Ui, bar: Rect, between: Rect, room: Room, commands: &mut Vec<Command>) {
    let mut tabs = Segmented::new(words_of_rooms::rooms());
    for room in Room::ALL {
        tabs = tabs.tab_with_hover(room.name(), room.question());
    }
    let width = tabs.width(ui);
    if width > between.width() {
        let at = Rect::from_min_max(pos2(between.right() - 120.0, between.top()), between.max);
        let at = UiBuilder::new().id_salt("rooms").max_rect(at).layout(Layout::right_to_left(Align::Center));
        ui.scope_builder(at, |ui| {
            let chip = ui.add(Chip::new(room.name(), words_of_rooms::rooms()).menu());
            Popup::menu(&chip).gap(4.0).show(|ui| {
                for other in Room::ALL {
                    if ui.add(Button::selectable(other == room, other.name())).on_hover_text(other.question()).clicked() {
                        commands.push(Command::OpenRoom(other));
                    }
                }
            });
        });
        return;
    }
    let left = (bar.center().x - width / 2.0).clamp(between.left(), between.right() - width);
    let at = Rect::from_min_size(pos2(left, bar.top()), vec2(width, bar.height()));
    let at = UiBuilder::new().id_salt("rooms").max_rect(at).layout(Layout::left_to_right(Align::Center));
    ui.scope_builder(at, |ui| {
        let mut chosen = Room::ALL.iter().position(|other| *other == room).unwrap_or_default();
        if tabs.show(ui, &mut chosen).changed() {
            commands.extend(Room::ALL.get(chosen).map(|room| Command::OpenRoom(*room)));
        }
    });
}

fn left_end(ui: &mut Ui, model: &Model, documents: &mut Documents<'_>, commands: &mut Vec<Command>) {
    let theme = Theme::of(ui);
    // On a narrow window the scenario's name matters more than ours.
    let width = ui.available_width();
    let (wide, narrow) = (width >= 1000.0, width < 560.0);
    // What the other buttons take, here and at the right end: the less room, the fewer of them.
    let (save_as, steps) = (width >= 830.0, width >= 765.0);
    let text = if ui.ctx().content_rect().width() >= 900.0 { 50.0 } else { 0.0 };
    let taken = 534.0 + text + if save_as { 65.0 } else { 0.0 } + if steps { 106.0 } else { 0.0 };
    if wide {
        ui.label(Text::Title.rich(PROGRAM).color(theme.text));
        ui.add_space(6.0);
    }
    let (title, edited) = (model.title(), model.is_edited());
    let room = if narrow { width - 370.0 } else { ui.available_width() - taken };
    let room = room.clamp(96.0, 320.0);
    let chip = ui.add(Chip::new(&title, &words::scenario_menu(&title, edited)).menu().widest(room));
    if chip.on_hover_text(window::title_meaning()).clicked() {
        commands.push(Command::Presets);
    }
    let state = match (documents.told, edited, model.is_just_saved()) {
        (Some(told), _, _) => Some(told),
        (None, true, _) => Some(words::edited()),
        (None, false, true) => Some(words::saved()),
        (None, false, false) => None,
    };
    if let Some(state) = state {
        ui.label(Text::Small.rich(state).color(theme.text_dim));
    }
    ui.add_space(4.0);
    ui.spacing_mut().item_spacing.x = 2.0;
    if ui.add(TextButton::new(words::open())).clicked() {
        commands.push(Command::Open);
    }
    documents.menu.show(ui, documents.recent, commands);
    for (text, command) in [(words::save(), Command::Save), (words::save_as(), Command::SaveAs)] {
        // The keys and the palette do the same.
        let fits = save_as || command != Command::SaveAs;
        if fits && ui.add(TextButton::new(text)).clicked() {
            commands.push(command);
        }
    }
    if !steps {
        return;
    }
    ui.add_space(8.0);
    let buttons = [(words::undo(), model.undo_name(), Command::Undo), (words::redo(), model.redo_name(), Command::Redo)];
    for (text, name, command) in buttons {
        let mut button = ui.add_enabled(name.is_some(), TextButton::new(text).named(name.as_deref().unwrap_or(text)));
        if let Some(name) = &name {
            button = button.on_hover_text(name);
        }
        if button.clicked() {
            commands.push(command);
        }
    }
}

fn right_end(ui: &mut Ui, settings: &Settings, commands: &mut Vec<Command>) {
    if ui.add(IconButton::new(Icon::Question, words::help()).outlined()).clicked() {
        commands.push(Command::Help);
    }
    let button = ui.add(IconButton::new(Icon::Sliders, window::settings()).outlined());
    settings_menu::show(&button, settings, commands);
    // It is among the settings too, where there is no room for it.
    if ui.ctx().content_rect().width() >= 640.0 {
        language_menu(ui, commands);
    }
    if ui.add(IconButton::new(Icon::Screen, window::present()).outlined()).clicked() {
        commands.push(Command::Present);
    }
    if ui.add(IconButton::new(Icon::Search, window::palette()).outlined()).clicked() {
        commands.push(Command::Palette);
    }
}

fn language_menu(ui: &mut Ui, commands: &mut Vec<Command>) {
    let language = spoken();
    let chip = ui.add(Chip::new(&language.code().to_uppercase(), &words::language_menu(language.name())).menu());
    Popup::menu(&chip).gap(4.0).show(|ui| settings_menu::languages(ui, commands));
}
