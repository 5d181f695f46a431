//! The scenario's text beside the stage: what is set shows up in it, and what is typed in it is set.
//!
//! What is typed and is no scenario yet is a draft. It stays as it is, whatever happens elsewhere, until it is right, or the
//! person gives it up.

mod code;

use eframe::egui::text::{CCursor, CCursorRange};
use eframe::egui::text_edit::TextEditState;
use eframe::egui::{
    Align, Color32, Frame, Id, Layout, Margin, Panel, Rangef, Rect, ScrollArea, Shape, Stroke, StrokeKind, TextEdit, Ui, UiBuilder, pos2,
    vec2,
};

use super::command::Command;
use super::model::Model;
use super::theme::{CONTROL_HEIGHT, Text, Theme};
use super::widgets::{Icon, IconButton, Notice, NoticeKind, TextButton};
use crate::scenario::{Problem, ScenarioError, Source};
use crate::text::{controls, files as words};
use code::{Code, LINE_HEIGHT};

/// The pane's width, and how far it can be dragged.
const WIDTH: f32 = 380.0;
const WIDTHS: Rangef = Rangef { min: 260.0, max: 720.0 };

/// Right of the line numbers.
const GAP: f32 = 8.0;
/// Left of the line numbers: room for the mark of a line that is wrong.
const MARKS: f32 = 20.0;
/// Below the last line and right of the longest.
const AFTER: f32 = 16.0;

/// Of what is wrong, so much is shown under the text; the rest comes when that is right.
const MOST_PROBLEMS: usize = 3;

/// Why what is typed is not what is set.
#[derive(Debug)]
enum Wrong {
    /// It is no scenario.
    Text(ScenarioError),
    /// It cannot be simulated.
    Run(String),
}

/// What the pane keeps.
pub struct RonPane {
    open: bool,
    text: String,
    /// Which text of the model that is, or was when the draft was begun.
    shown: Option<(u64, u64)>,
    wrong: Option<Wrong>,
    /// The settings were changed while there was a draft.
    behind: bool,
    /// Grows with everything that is typed.
    version: u64,
    code: Code,
    go_to: Option<(usize, usize)>,
    take_focus: bool,
}

fn field() -> Id {
    Id::unique("text of the scenario")
}

impl RonPane {
    /// The pane, closed.
    pub fn new() -> RonPane {
        RonPane {
            open: false,
            text: String::new(),
            shown: None,
            wrong: None,
            behind: false,
            version: 0,
            code: Code::default(),
            go_to: None,
            take_focus: false,
        }
    }

    /// Whether it is shown.
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// Shows it, with the keyboard in it, or closes it. A draft is kept.
    pub fn toggle(&mut self) {
        self.open = !self.open;
        self.take_focus = self.open;
    }

    /// Shows it where there is a draft in it: what is asked about is seen.
    pub fn reveal_draft(&mut self) {
        self.open |= self.wrong.is_some();
    }

    /// What is typed and is not set.
    pub fn draft(&self) -> Option<&str> {
        self.wrong.as_ref().map(|_| self.text.as_str())
    }

    /// Another one after everything that was typed.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The draft is given up: another scenario comes in its place.
    pub fn forget_draft(&mut self) {
        (self.shown, self.wrong, self.behind) = (None, None, false);
        self.version += 1;
    }

    /// A draft that was found after a crash.
    pub fn restore(&mut self, draft: String, model: &Model) {
        self.open = true;
        self.wrong = Source::new(draft.as_str(), words::ron_title()).read().err().map(Wrong::Text);
        // One that is right all the same is shown as long as nothing is typed.
        self.shown = Some(model.text_version());
        self.text = draft;
        self.version += 1;
    }

    /// What was typed is what is set now.
    pub fn taken(&mut self, model: &Model) {
        self.shown = Some(model.text_version());
        (self.wrong, self.behind) = (None, false);
    }

    /// What was typed cannot be set.
    pub fn refused(&mut self, why: String) {
        self.wrong = Some(Wrong::Run(why));
    }

    /// What was typed had been set, and could not be worked out.
    pub fn taken_back(&mut self, model: &Model, why: String) {
        self.shown = Some(model.text_version());
        self.version += 1;
        if self.wrong.is_none() {
            self.refused(why);
        }
    }

    /// Shows the pane, where it is open, and takes its room from `ui`.
    pub fn show(&mut self, ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
        self.follow(model);
        if !self.open {
            return;
        }
        let widest = (ui.available_width() * 0.5).max(WIDTHS.min);
        let panel = Panel::left("ron").default_size(WIDTH.min(widest)).size_range(Rangef::new(WIDTHS.min, WIDTHS.max.min(widest)));
        panel.frame(Frame::new().fill(Theme::of(ui).panel)).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let title = self.heading(ui, commands);
            if self.wrong.is_some() {
                let frame = Frame::new().fill(Theme::of(ui).panel).inner_margin(Margin::symmetric(12, 8));
                Panel::bottom("ron problems").frame(frame).resizable(false).show(ui, |ui| self.problems(ui));
            }
            self.editor(ui, title, commands);
        });
    }

    /// What was changed elsewhere shows up, unless a draft would be lost by it.
    fn follow(&mut self, model: &Model) {
        let present = model.text_version();
        if self.shown == Some(present) {
            return;
        }
        if self.wrong.is_some() {
            self.behind = true;
        } else if self.open {
            self.text = model.text();
        } else {
            // Looked at again when it is opened.
            self.shown = None;
            return;
        }
        self.shown = Some(present);
    }

    fn heading(&mut self, ui: &mut Ui, commands: &mut Vec<Command>) -> Id {
        let theme = Theme::of(ui);
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), CONTROL_HEIGHT + 12.0), eframe::egui::Sense::hover());
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, (1.0, theme.line));
        let inner = rect.shrink2(vec2(12.0, 4.0));
        let left = UiBuilder::new().id_salt("title").max_rect(inner).layout(Layout::left_to_right(Align::Center));
        let title = ui.scope_builder(left, |ui| ui.label(Text::Section.rich(words::ron_title()).color(theme.text_dim)).id).inner;
        let right = UiBuilder::new().id_salt("buttons").max_rect(inner).layout(Layout::right_to_left(Align::Center));
        ui.scope_builder(right, |ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            if ui.add(IconButton::new(Icon::Cross, words::close_ron())).clicked() {
                commands.push(Command::RonPane);
            }
            if ui.add(TextButton::new(words::copy())).clicked() {
                commands.push(Command::CopyRon);
            }
        });
        title
    }

    /// What is wrong, where, and what would be right, under the text.
    fn problems(&mut self, ui: &mut Ui) {
        let theme = Theme::of(ui);
        ui.spacing_mut().item_spacing.y = 4.0;
        match &self.wrong {
            Some(Wrong::Text(error)) => {
                let tallest = (ui.ctx().content_rect().height() * 0.3).max(80.0);
                ScrollArea::vertical().max_height(tallest).auto_shrink([false, true]).show(ui, |ui| {
                    for problem in error.problems().iter().take(MOST_PROBLEMS) {
                        if one_problem(ui, problem) {
                            self.go_to = Some((problem.line, problem.column));
                        }
                    }
                });
            }
            Some(Wrong::Run(why)) => {
                ui.label(Text::Strong.rich(controls::change_refused(why)).color(theme.failed));
            }
            None => {}
        }
        if self.behind {
            ui.add_space(4.0);
            Notice::new(NoticeKind::Warning, words::behind()).lines(3).show(ui);
            if ui.add(TextButton::new(words::show_settings()).filled()).clicked() {
                self.forget_draft();
                ui.ctx().request_repaint();
            }
        }
    }

    fn editor(&mut self, ui: &mut Ui, title: Id, commands: &mut Vec<Command>) {
        let theme = Theme::of(ui);
        let lines = self.text.matches('\n').count() + 1;
        let digits = lines.to_string().len().max(2);
        let digit = Text::Code.line(ui.painter(), "0", theme.text, f32::INFINITY).size().x;
        #[expect(clippy::cast_precision_loss, reason = "a handful of digits")]
        let gutter = (MARKS + digit * digits as f32 + GAP).ceil();
        let visible = ui.available_rect_before_wrap();
        ScrollArea::vertical().id_salt("ron text").auto_shrink(false).show(ui, |ui| {
            let behind = ui.painter().add(Shape::Noop);
            #[expect(clippy::cast_possible_truncation, reason = "a margin of some fifty points")]
            let margin = Margin { left: (gutter + GAP) as i8, right: AFTER as i8, top: 8, bottom: AFTER as i8 };
            let code = &mut self.code;
            let mut layouter = |ui: &Ui, buffer: &dyn eframe::egui::TextBuffer, width: f32| code.galley(ui, buffer.as_str(), width);
            let output = TextEdit::multiline(&mut self.text)
                .id(field())
                .frame(Frame::new().inner_margin(margin))
                .desired_width(f32::INFINITY)
                .min_size(vec2(0.0, visible.height()))
                .cursor_at_end(false)
                .layouter(&mut layouter)
                .show(ui);
            let rows = Rows { galley: &output.galley, at: output.galley_pos };
            let response = output.response.response.clone().labelled_by(title);
            if self.take_focus {
                response.request_focus();
                self.take_focus = false;
            }
            if response.changed() {
                self.typed(commands);
            }
            self.paint(ui, behind, &rows, visible, gutter);
            if response.has_focus() {
                ui.painter().rect_stroke(visible, 0, Stroke::new(2.0, theme.focus), StrokeKind::Inside);
            }
            if let Some((line, column)) = self.go_to.take() {
                self.move_to(ui, line, column);
                if let Some(row) = rows.line(line) {
                    ui.scroll_to_rect(row.expand2(vec2(0.0, 3.0 * LINE_HEIGHT)), None);
                }
            }
        });
    }

    /// What is typed is set at once, where it is right.
    fn typed(&mut self, commands: &mut Vec<Command>) {
        self.version += 1;
        match Source::new(self.text.as_str(), words::ron_title()).read() {
            Ok(scenario) => {
                self.wrong = None;
                commands.push(Command::WriteRon(self.text.clone(), Box::new(scenario)));
            }
            Err(error) => self.wrong = Some(Wrong::Text(error)),
        }
    }

    /// Line numbers, and marks at what is wrong.
    fn paint(&self, ui: &Ui, behind: eframe::egui::layers::ShapeIdx, rows: &Rows<'_>, visible: Rect, gutter: f32) {
        let theme = Theme::of(ui);
        let clip = visible;
        let problems: &[Problem] = match &self.wrong {
            Some(Wrong::Text(error)) => error.problems(),
            Some(Wrong::Run(_)) | None => &[],
        };
        let wrong = |line: usize| problems.iter().any(|problem| problem.line == line);
        let across = |row: Rect| Rect::from_x_y_ranges(clip.x_range(), row.y_range());
        let tints =
            problems.iter().filter_map(|problem| rows.line(problem.line)).map(|row| Shape::rect_filled(across(row), 0, theme.failed_soft));
        ui.painter().set(behind, Shape::Vec(tints.collect()));
        for problem in problems {
            for (from, to, bottom) in rows.marked(problem) {
                squiggle(ui, from, to, bottom, theme.failed);
            }
        }
        let strip = Rect::from_min_max(clip.min, pos2(clip.left() + gutter, clip.bottom()));
        ui.painter().vline(strip.right(), strip.y_range(), (1.0, theme.line));
        for (line, row) in rows.all().filter(|(_, row)| row.bottom() >= clip.top() && row.top() <= clip.bottom()) {
            let colour = if wrong(line) { theme.failed } else { theme.text_faint };
            let at = Rect::from_min_size(pos2(clip.left(), row.top()), vec2(gutter - GAP / 2.0 - 2.0, LINE_HEIGHT));
            Text::Code.paint(ui.painter(), at, eframe::egui::Align2::RIGHT_CENTER, &line.to_string(), colour);
            if wrong(line) {
                let mark = Rect::from_center_size(pos2(clip.left() + MARKS / 2.0, at.center().y), vec2(12.0, 12.0));
                Icon::Exclamation.paint(ui.painter(), mark, theme.failed, 1.5);
            }
        }
    }

    /// Puts the cursor there.
    fn move_to(&self, ui: &Ui, line: usize, column: usize) {
        let before: usize = self.text.split_inclusive('\n').take(line.saturating_sub(1)).map(|line| line.chars().count()).sum();
        let cursor = CCursor::new(before + column.saturating_sub(1));
        let mut state = TextEditState::load(ui.ctx(), field()).unwrap_or_default();
        state.cursor.set_char_range(Some(CCursorRange::one(cursor)));
        state.store(ui.ctx(), field());
        ui.memory_mut(|memory| memory.request_focus(field()));
    }
}

/// Where the lines of the text stand on the screen.
struct Rows<'a> {
    galley: &'a eframe::egui::Galley,
    at: eframe::egui::Pos2,
}

impl Rows<'_> {
    /// Every line with its number. A long line has several rows.
    fn all(&self) -> impl Iterator<Item = (usize, Rect)> {
        let mut line = 1;
        let mut lines: Vec<(usize, Rect)> = Vec::new();
        for row in &self.galley.rows {
            let rect = row.rect().translate(self.at.to_vec2());
            match lines.last_mut() {
                Some((last, whole)) if *last == line => *whole = whole.union(rect),
                Some(_) | None => lines.push((line, rect)),
            }
            line += usize::from(row.ends_with_newline);
        }
        lines.into_iter()
    }

    fn line(&self, line: usize) -> Option<Rect> {
        self.all().find(|(number, _)| *number == line).map(|(_, rect)| rect)
    }

    /// From where to where, and at which height, a problem is underlined in each row: at least a character's width.
    fn marked(&self, problem: &Problem) -> Vec<(f32, f32, f32)> {
        let Some((text, marked)) = problem.excerpt() else { return Vec::new() };
        let length = text.get(marked).unwrap_or_default().chars().count();
        let start = problem.column.saturating_sub(1);
        let (mut line, mut column) = (1, 0);
        let mut found = Vec::new();
        for row in &self.galley.rows {
            let (first, last) = (column, column + row.char_count_excluding_newline().0);
            let touches = start <= last && start + length.max(1) > first;
            if line == problem.line && touches {
                let x = |column: usize| self.at.x + row.pos.x + row.x_offset((column.clamp(first, last) - first).into());
                let (from, to) = (x(start), x(start + length));
                found.push((from, to.max(from + 8.0), self.at.y + row.pos.y + row.size.y - 2.0));
            }
            (line, column) = if row.ends_with_newline { (line + 1, 0) } else { (line, last) };
        }
        found
    }
}

fn squiggle(ui: &Ui, from: f32, to: f32, y: f32, colour: Color32) {
    const STEP: f32 = 3.0;
    let mut points = vec![pos2(from, y)];
    let (mut x, mut up) = (from, true);
    while x < to {
        x = (x + STEP).min(to);
        points.push(pos2(x, if up { y - STEP } else { y }));
        up = !up;
    }
    ui.painter().add(Shape::line(points, Stroke::new(1.5, colour)));
}

/// Whether its place was asked for.
fn one_problem(ui: &mut Ui, problem: &Problem) -> bool {
    let theme = Theme::of(ui);
    let message = ui.label(Text::Strong.rich(&problem.message).color(theme.failed));
    ui.ctx().accesskit_node_builder(message.id, |node| node.set_live(eframe::egui::accesskit::Live::Polite));
    if let Some(help) = &problem.help {
        ui.label(Text::Body.rich(controls::advice(help)).color(theme.text));
    }
    let place = words::line(problem.line, problem.column);
    problem.line > 0 && ui.push_id((problem.line, problem.column), |ui| ui.add(TextButton::new(&place).filled()).clicked()).inner
}
