//! The menu of settings that are about the window and not about the scenario: look, scale, language, movement.

use eframe::egui::{Button, Popup, PopupCloseBehavior, Response, ThemePreference, Ui};

use super::command::Command;
use super::settings::{Scale, Settings};
use super::stage::Motion;
use super::theme::{Text, Theme};
use super::widgets::TextButton;
use crate::text::language::{Language, spoken};
use crate::text::{controls, window as words};

/// Shows the menu under `button` while it is open.
pub fn show(button: &Response, settings: &Settings, commands: &mut Vec<Command>) {
    let (scale, panels) = (settings.scale, &settings.panels);
    let theme = button.ctx.options(|options| options.theme_preference);
    // It stays open: light and dark are compared by trying both.
    Popup::menu(button).gap(4.0).close_behavior(PopupCloseBehavior::CloseOnClickOutside).show(|ui| {
        ui.set_min_width(200.0);
        heading(ui, controls::theme());
        let themes = [ThemePreference::System, ThemePreference::Light, ThemePreference::Dark];
        for (name, choice) in controls::themes().into_iter().zip(themes) {
            if ui.add(Button::selectable(choice == theme, name)).clicked() {
                commands.push(Command::SetTheme(choice));
            }
        }
        heading(ui, words::language());
        languages(ui, commands);
        heading(ui, words::scale());
        ui.horizontal(|ui| {
            let change = [("−", words::smaller(), Command::Smaller), ("+", words::larger(), Command::Larger)];
            let [smaller, larger] = change;
            step(ui, smaller, scale > Scale::of(0), commands);
            let percent = words::scale_of(scale.percent());
            if ui.add(TextButton::new(&percent)).on_hover_text(words::usual_scale()).clicked() {
                commands.push(Command::SetScale(Scale::USUAL));
            }
            step(ui, larger, scale < Scale::of(u16::MAX), commands);
        });
        let mut reduced = settings.reduced_motion == Some(true);
        if ui.checkbox(&mut reduced, words::motion()).changed() {
            commands.push(Command::SetMotion(if reduced { Motion::Reduced } else { Motion::Full }));
        }
        heading(ui, words::panels());
        let both = [
            (panels.settings_folded, words::panel_settings(), Command::FoldSettings),
            (panels.figures_folded, controls::scorecard(), Command::FoldFigures),
        ];
        for (folded, name, command) in both {
            let mut shown = !folded;
            if ui.checkbox(&mut shown, name).changed() {
                commands.push(command);
            }
        }
    });
}

/// The languages, each in its own words: whoever looks for one may read nothing else.
pub fn languages(ui: &mut Ui, commands: &mut Vec<Command>) {
    let spoken = spoken();
    for language in Language::ALL {
        if ui.add(Button::selectable(language == spoken, language.name())).clicked() {
            commands.push(Command::SetLanguage(language));
        }
    }
}

fn step(ui: &mut Ui, (sign, name, command): (&str, &'static str, Command), can: bool, commands: &mut Vec<Command>) {
    let button = ui.add_enabled(can, TextButton::new(sign).filled().named(name)).on_hover_text(name);
    if button.clicked() {
        commands.push(command);
    }
}

fn heading(ui: &mut Ui, text: &str) {
    let colour = Theme::of(ui).text_dim;
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        ui.add_space(2.0);
        ui.label(Text::Section.rich(text).color(colour));
    });
}
