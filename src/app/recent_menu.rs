//! The menu of files that were open last, beside the button that opens others.

use std::path::{Path, PathBuf};

use eframe::egui::{Button, Popup, Ui};

use super::command::Command;
use super::files::Recent;
use super::theme::{Text, Theme};
use super::widgets::{Icon, IconButton};
use crate::text::files as words;

/// What the menu keeps: the files and whether they are there, as they were when it was opened.
#[derive(Debug, Default)]
pub struct RecentMenu(Option<Vec<(PathBuf, bool)>>);

impl RecentMenu {
    /// Shows the button, and the menu where it is open.
    pub fn show(&mut self, ui: &mut Ui, recent: &mut Recent, commands: &mut Vec<Command>) {
        let button = ui.add(IconButton::new(Icon::ChevronDown, words::recent()));
        let popup = Popup::menu(&button).gap(4.0);
        if !popup.is_open() {
            self.0 = None;
        } else if self.0.is_none() {
            self.0 = Some(recent.look());
        }
        let files = self.0.as_deref().unwrap_or_default();
        popup.show(|ui| {
            let dim = Theme::of(ui).text_dim;
            ui.set_max_width(360.0);
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.add_space(6.0);
            ui.horizontal(|ui| {
                ui.add_space(2.0);
                ui.label(Text::Section.rich(words::recent()).color(dim));
            });
            if files.is_empty() {
                ui.label(words::none_recent());
            }
            for (path, there) in files {
                let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                let text = if *there { in_folder(&name, path) } else { words::gone(&name) };
                let response = ui.add_enabled(*there, Button::selectable(false, text).truncate());
                let response = response.on_hover_text(path.display().to_string());
                if response.on_disabled_hover_text(path.display().to_string()).clicked() {
                    commands.push(Command::OpenFile(path.clone()));
                }
            }
        });
    }
}

/// A file's name and the folder it is in: there may be others of its name.
fn in_folder(name: &str, path: &Path) -> String {
    match path.parent().and_then(|folder| folder.file_name()) {
        Some(folder) => format!("{name} – {}", folder.to_string_lossy()),
        None => name.to_owned(),
    }
}
