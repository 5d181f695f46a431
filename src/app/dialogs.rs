//! What stands before everything else: a broken file, unsaved changes, what a crash left, a path to type, the keys.

use std::path::PathBuf;

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{Align, Button, Context, Frame, Grid, Id, Key, Layout, Margin, Modal, ScrollArea, Stroke, TextEdit, Ui, vec2};

use super::document::name;
use super::files::{Found, Listing, Purpose, with_extension};
use super::keys;
use super::theme::{CONTROL_HEIGHT, Text, Theme};
use super::widgets::TextButton;
use crate::scenario::{Problem, ScenarioError};
use crate::text::{controls as words, files as file_words};

/// The keys in two columns are so wide.
const HELP_WIDE: f32 = 1040.0;

/// One of them.
#[derive(Debug)]
pub enum Dialog {
    /// This file is no scenario.
    Problem(ScenarioError),
    /// What was pasted is no scenario.
    CannotPaste(ScenarioError),
    /// Another program wrote this file, and saving would replace that.
    Overwrite(PathBuf),
    /// A window left this behind when it crashed.
    Recover(Box<Found>),
    /// The scenario of this name was changed and would be lost.
    Unsaved(String),
    /// Type a path.
    Path(TypedPath),
    /// The keys.
    Keys,
}

/// A path as it is typed.
#[derive(Debug)]
pub struct TypedPath {
    purpose: Purpose,
    text: String,
    listing: Listing,
}

impl TypedPath {
    /// For `purpose`, beginning with `suggested`.
    pub fn new(purpose: Purpose, suggested: String) -> TypedPath {
        TypedPath { purpose, text: suggested, listing: Listing::default() }
    }

    fn path(&self) -> PathBuf {
        let path = PathBuf::from(self.text.trim());
        match self.purpose {
            Purpose::Open | Purpose::Compare => path,
            Purpose::Save => with_extension(path),
        }
    }
}

/// What a person answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Go back.
    Close,
    /// Save first, or all the same.
    Save,
    /// Save to another file.
    SaveAs,
    /// Go on with what a crash left.
    Recover,
    /// Lose the changes.
    Discard,
    /// This file.
    Path(Purpose, PathBuf),
}

impl Dialog {
    /// Whether what becomes of the scenario depends on the answer.
    pub fn is_question(&self) -> bool {
        match self {
            Dialog::Unsaved(_) | Dialog::Path(_) | Dialog::Overwrite(_) | Dialog::Recover(_) => true,
            Dialog::Problem(_) | Dialog::CannotPaste(_) | Dialog::Keys => false,
        }
    }

    /// Shows it over everything. The answer, once there is one.
    pub fn show(&mut self, ctx: &Context) -> Option<Answer> {
        let frame = Frame::window(&ctx.global_style()).inner_margin(Margin::same(20));
        let shown = Modal::new(Id::unique("dialog")).frame(frame).show(ctx, |ui| {
            let most = if matches!(self, Dialog::Keys) { HELP_WIDE } else { 560.0 };
            let widest = (ctx.content_rect().width() - 60.0).min(most);
            ui.set_max_width(widest);
            ui.spacing_mut().item_spacing.y = 8.0;
            match self {
                Dialog::Problem(error) => problem(ui, &words::cannot_open(error.problems().len()), None, error),
                Dialog::CannotPaste(error) => {
                    problem(ui, &file_words::cannot_paste(error.problems().len()), Some(file_words::nothing_changed()), error)
                }
                Dialog::Overwrite(path) => overwrite(ui, path),
                Dialog::Recover(found) => recover(ui, found),
                Dialog::Unsaved(name) => unsaved(ui, name),
                Dialog::Path(typed) => path(ui, typed),
                Dialog::Keys => help(ui),
            }
        });
        let close = shown.should_close().then_some(Answer::Close);
        shown.inner.or(close)
    }
}

fn title(ui: &mut Ui, text: &str) {
    let colour = Theme::of(ui).text;
    ui.label(Text::Title.rich(text).color(colour));
}

/// Answers at the right, the likely one last.
fn answers<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    ui.add_space(8.0);
    // As high as a button: what is left of the dialog that was open before is not taken.
    let size = vec2(ui.available_width(), CONTROL_HEIGHT);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), add).inner
}

/// Gives the keyboard to what is likely wanted, once, when the dialog opens.
fn focus_first(ui: &Ui, response: &eframe::egui::Response) {
    if ui.memory(|memory| memory.focused().is_none()) {
        response.request_focus();
    }
}

fn problem(ui: &mut Ui, heading: &str, below: Option<&str>, error: &ScenarioError) -> Option<Answer> {
    let problems = error.problems();
    title(ui, heading);
    if let Some(below) = below {
        let dim = Theme::of(ui).text_dim;
        ui.label(Text::Small.rich(below).color(dim));
    }
    let tallest = (ui.ctx().content_rect().height() - 220.0).max(120.0);
    ScrollArea::vertical().max_height(tallest).show(ui, |ui| {
        for problem in problems {
            one_problem(ui, problem);
            ui.add_space(8.0);
        }
    });
    answers(ui, |ui| {
        let close = ui.add(TextButton::new(words::close()).primary());
        focus_first(ui, &close);
        close.clicked().then_some(Answer::Close)
    })
}

fn one_problem(ui: &mut Ui, problem: &Problem) {
    let theme = Theme::of(ui);
    ui.label(Text::Strong.rich(&problem.message).color(theme.failed));
    ui.label(Text::Small.rich(words::place(problem.file(), problem.line, problem.column)).color(theme.text_dim));
    if let Some((line, marked)) = problem.excerpt() {
        let plain = TextFormat { font_id: Text::Body.font(), color: theme.text, ..TextFormat::default() };
        let mark = TextFormat { background: theme.failed_soft, underline: Stroke::new(2.0, theme.failed), ..plain.clone() };
        let mut job = LayoutJob::default();
        let number = TextFormat { color: theme.text_dim, ..plain.clone() };
        job.append(&format!("{}  ", problem.line), 0.0, number);
        job.append(line.get(..marked.start).unwrap_or_default(), 0.0, plain.clone());
        // Where nothing is marked, something is missing: the place itself is shown.
        let what = line.get(marked.clone()).filter(|what| !what.is_empty()).unwrap_or(" ");
        job.append(what, 0.0, mark);
        job.append(line.get(marked.end..).unwrap_or_default(), 0.0, plain);
        Frame::new().fill(theme.tile).corner_radius(6).inner_margin(Margin::symmetric(10, 6)).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            ui.label(job);
        });
    }
    if let Some(help) = &problem.help {
        ui.label(Text::Body.rich(words::advice(help)).color(theme.text));
    }
}

/// The answers as buttons, the likely one first; it gets the keyboard.
fn choices<const N: usize>(ui: &mut Ui, choices: [(&str, Answer); N]) -> Option<Answer> {
    answers(ui, |ui| {
        let mut answered = None;
        for (i, (text, answer)) in choices.into_iter().enumerate() {
            let button = TextButton::new(text);
            let response = ui.add(if i == 0 { button.primary() } else { button.filled() });
            if i == 0 {
                focus_first(ui, &response);
            }
            if response.clicked() {
                answered = Some(answer);
            }
        }
        answered
    })
}

fn overwrite(ui: &mut Ui, path: &std::path::Path) -> Option<Answer> {
    title(ui, file_words::overwrite_title());
    ui.label(file_words::overwrite(&name(path)));
    choices(ui, [(words::save_as(), Answer::SaveAs), (words::cancel(), Answer::Close), (words::replace(), Answer::Save)])
}

fn recover(ui: &mut Ui, found: &Found) -> Option<Answer> {
    let dim = Theme::of(ui).text_dim;
    title(ui, file_words::recover_title());
    ui.label(file_words::recover(&found.work.title, found.age()));
    if let Some(path) = &found.work.path {
        ui.label(Text::Small.rich(path).color(dim));
    }
    ui.label(Text::Small.rich(file_words::recover_later()).color(dim));
    choices(ui, [(file_words::recover_yes(), Answer::Recover), (words::discard(), Answer::Discard)])
}

fn unsaved(ui: &mut Ui, name: &str) -> Option<Answer> {
    title(ui, words::unsaved_title());
    ui.label(words::unsaved(name));
    choices(ui, [(words::save(), Answer::Save), (words::cancel(), Answer::Close), (words::discard(), Answer::Discard)])
}

fn path(ui: &mut Ui, typed: &mut TypedPath) -> Option<Answer> {
    let theme = Theme::of(ui);
    let (heading, go) = match typed.purpose {
        Purpose::Open | Purpose::Compare => (words::path_open_title(), words::open()),
        Purpose::Save => (words::path_save_title(), words::save()),
    };
    title(ui, heading);
    ui.label(Text::Small.rich(words::path_why()).color(theme.text_dim));
    let label = ui.label(words::path());
    let field = ui.add(TextEdit::singleline(&mut typed.text).desired_width(f32::INFINITY)).labelled_by(label.id);
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    focus_first(ui, &field);
    list(ui, typed);
    let exists = typed.purpose == Purpose::Save && typed.path().exists();
    if exists {
        ui.label(Text::Small.rich(words::path_exists()).color(theme.warning));
    }
    let ready = !typed.text.trim().is_empty();
    answers(ui, |ui| {
        let go = if exists { words::replace() } else { go };
        let pressed = ui.add_enabled_ui(ready, |ui| ui.add(TextButton::new(go).primary()).clicked()).inner;
        let cancelled = ui.add(TextButton::new(words::cancel()).filled()).clicked();
        // Enter does not replace a file: that wants the button that says so.
        if ready && (pressed || (entered && !exists)) {
            return Some(Answer::Path(typed.purpose, typed.path()));
        }
        cancelled.then_some(Answer::Close)
    })
}

/// The folder that is typed: a click on a name puts it into the field.
fn list(ui: &mut Ui, typed: &mut TypedPath) {
    let theme = Theme::of(ui);
    typed.listing.look(&typed.text);
    let Some(folder) = typed.listing.folder() else { return };
    ui.add_space(4.0);
    ui.label(Text::Small.rich(file_words::folder(&folder.display().to_string())).color(theme.text_dim));
    let mut chosen = None;
    let height = (ui.ctx().content_rect().height() - 420.0).clamp(84.0, 240.0);
    Frame::new().stroke(Stroke::new(1.0, theme.line)).corner_radius(6).inner_margin(Margin::same(4)).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical().id_salt(folder).max_height(height).min_scrolled_height(height).auto_shrink(false).show(ui, |ui| {
            for entry in typed.listing.entries() {
                let text = if entry.is_folder { Text::Strong } else { Text::Body }.rich(&entry.name);
                let width = ui.available_width();
                let button = Button::selectable(entry.path == typed.text, text).truncate().min_size(vec2(width, 24.0));
                if ui.add(button).clicked() {
                    chosen = Some(entry.path.clone());
                }
            }
        });
    });
    if let Some(chosen) = chosen {
        typed.text = chosen;
    }
}

fn help(ui: &mut Ui) -> Option<Answer> {
    let theme = Theme::of(ui);
    title(ui, words::keys_title());
    let lines = keys::help(ui.ctx());
    let tallest = (ui.ctx().content_rect().height() - 180.0).max(120.0);
    // Side by side where there is room: all of them are seen at once.
    let columns = if ui.ctx().content_rect().width() >= HELP_WIDE + 60.0 { 2 } else { 1 };
    ScrollArea::vertical().max_height(tallest).min_scrolled_height(tallest).show(ui, |ui| {
        // The button has the keyboard, and nothing else uses these keys here.
        let down = ui.input(|input| {
            [(Key::ArrowDown, 1.0), (Key::ArrowUp, -1.0), (Key::PageDown, 8.0), (Key::PageUp, -8.0)]
                .map(|(key, rows)| if input.key_pressed(key) { 24.0 * rows } else { 0.0 })
        });
        let down: f32 = down.into_iter().sum();
        if down != 0.0 {
            ui.scroll_with_delta(vec2(0.0, -down));
        }
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 40.0;
            for (i, lines) in lines.chunks(lines.len().div_ceil(columns).max(1)).enumerate() {
                Grid::new(("keys", i)).num_columns(2).min_row_height(20.0).spacing([24.0, 4.0]).show(ui, |ui| {
                    for (keys, what) in lines {
                        ui.label(Text::Strong.rich(keys).color(theme.text));
                        ui.label(Text::Body.rich(*what).color(theme.text_dim));
                        ui.end_row();
                    }
                });
            }
        });
    });
    answers(ui, |ui| {
        let close = ui.add(TextButton::new(words::close()).primary());
        focus_first(ui, &close);
        close.clicked().then_some(Answer::Close)
    })
}
