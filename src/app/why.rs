//! Why? The chain of causes behind failed requests or a figure, and what the deployment waits for, in a panel of its own
//! that follows the playhead.

use eframe::egui::accesskit::Live;
use eframe::egui::{Align, Frame, Layout, Margin, Rect, Role, ScrollArea, Ui, UiBuilder, WidgetInfo, vec2};

use super::command::Command;
use super::model::Model;
use super::theme::{Text, Theme};
use super::widgets::{Icon, IconButton};
use crate::explain::{self, Figure, Weights};
use crate::text::{controls, numbers, scorecard, why as words};
use crate::units::Time;

/// What a person asks about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// What happens at the playhead.
    Moment,
    /// A figure of the scorecard.
    Figure(Figure),
}

/// A heading and the sentences under it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    heading: String,
    lines: Vec<String>,
}

/// What an answer was worked out for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Asked {
    question: Question,
    revision: u64,
    t: Time,
}

/// What the panel keeps from frame to frame.
#[derive(Debug, Default)]
pub struct Why {
    question: Option<Question>,
    /// Worked out once for each question and moment.
    answer: Option<(Asked, Vec<Part>)>,
    /// The same for the line under the stage's sentence.
    now: Option<((u64, Time), Now)>,
}

/// What is said of every moment without being asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Now {
    /// What the deployment waits for.
    pub waits: Option<String>,
    /// The shares of the traffic that were asked for and that users get, where those differ.
    pub weights: Option<Weights>,
}

/// Around what stands in the panel.
const MARGIN: Margin = Margin { left: 16, right: 16, top: 8, bottom: 8 };
/// Between two parts side by side.
const BETWEEN: f32 = 24.0;
/// From this width on two parts stand side by side.
const TWO_COLUMNS: f32 = 620.0;

impl Why {
    /// The panel's height in points: the same for every moment, so that nothing moves while it plays.
    pub fn height(&self) -> f32 {
        match self.question {
            None => 0.0,
            Some(Question::Moment) => 172.0,
            Some(Question::Figure(_)) => 136.0,
        }
    }

    /// Asks, or closes the panel where the same was asked.
    pub fn ask(&mut self, question: Question) {
        self.question = if self.question == Some(question) { None } else { Some(question) };
    }

    /// Asks, whether the same was asked before or not.
    pub fn open(&mut self, question: Question) {
        self.question = Some(question);
    }

    /// Closes the panel.
    pub fn close(&mut self) {
        self.question = None;
    }

    /// What is asked, if something is.
    pub fn question(&self) -> Option<Question> {
        self.question
    }

    /// What is said of the moment at the playhead.
    pub fn now(&mut self, model: &Model) -> &Now {
        let asked = (model.revision(), model.seen());
        if self.now.as_ref().is_none_or(|(known, _)| *known != asked) {
            self.now = None;
        }
        &self.now.get_or_insert_with(|| (asked, now(model))).1
    }

    /// Shows the answer into all the space that is left.
    pub fn show(&mut self, ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
        let Some(question) = self.question else { return };
        let asked = Asked { question, revision: model.revision(), t: model.seen() };
        if self.answer.as_ref().is_none_or(|(known, _)| *known != asked) {
            self.answer = None;
        }
        let (_, parts) = self.answer.get_or_insert_with(|| (asked, answer(model, question)));
        let theme = Theme::of(ui);
        let area = ui.available_rect_before_wrap();
        ui.painter().rect_filled(area, 0, theme.panel);
        ui.painter().hline(area.x_range(), area.top() + 0.5, (1.0, theme.line));
        let corner = Rect::from_min_size(area.right_top() + vec2(-40.0, 4.0), vec2(32.0, 32.0));
        let mut close = ui.new_child(UiBuilder::new().id_salt("close").max_rect(corner).layout(Layout::right_to_left(Align::Min)));
        if close.add(IconButton::new(Icon::Cross, controls::close_why())).clicked() {
            commands.push(Command::CloseWhy);
        }
        Frame::new().inner_margin(MARGIN).show(ui, |ui| {
            // Not under the button that closes it.
            ui.set_max_width(ui.available_width() - 24.0);
            ScrollArea::vertical().id_salt("why").auto_shrink(false).show(ui, |ui| {
                let side_by_side = parts.len() > 1 && ui.available_width() >= TWO_COLUMNS;
                #[expect(clippy::cast_precision_loss, reason = "one or two")]
                let columns = if side_by_side { parts.len() as f32 } else { 1.0 };
                let width = (ui.available_width() - BETWEEN * (columns - 1.0)) / columns;
                let layout = if side_by_side { Layout::left_to_right(Align::Min) } else { Layout::top_down(Align::Min) };
                ui.spacing_mut().item_spacing = vec2(BETWEEN, 8.0);
                ui.with_layout(layout, |ui| {
                    for one in parts.iter() {
                        ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Min), |ui| part(ui, one));
                    }
                });
            });
        });
        ui.expand_to_include_rect(area);
    }
}

fn part(ui: &mut Ui, part: &Part) {
    let theme = Theme::of(ui);
    ui.set_width(ui.available_width());
    ui.spacing_mut().item_spacing.y = 4.0;
    let heading = ui.label(Text::Section.rich(&part.heading).color(theme.text_dim));
    ui.ctx().accesskit_node_builder(heading.id, |node| node.set_live(Live::Polite));
    for line in &part.lines {
        let shown = ui.label(Text::Body.rich(numbers::unbroken(line)).color(theme.text));
        // Read as it is written, and not as it is laid out.
        shown.widget_info(|| WidgetInfo::labeled(Role::Label, true, line));
    }
}

fn now(model: &Model) -> Now {
    let (scenario, timeline, t) = (model.simulated(), model.timeline(), model.seen());
    // That a person redeploys is what is going on, too, and nothing is said twice.
    let waiting = explain::waiting(scenario, timeline, t).filter(|waiting| !matches!(waiting.on, explain::On::Person { .. }));
    Now { waits: waiting.map(|waiting| words::waits_for(&waiting)), weights: explain::weights(scenario, timeline, t) }
}

fn answer(model: &Model, question: Question) -> Vec<Part> {
    let (scenario, timeline, t) = (model.simulated(), model.timeline(), model.seen());
    let metrics = &model.run().metrics;
    match question {
        Question::Moment => {
            let waiting = if t >= timeline.end() {
                let lines = words::sentences(&explain::why_outcome(scenario, timeline, metrics));
                Part { heading: controls::how_it_ended().to_owned(), lines }
            } else {
                let lines = explain::waiting(scenario, timeline, t).map(|waiting| words::waiting(&waiting));
                let lines = lines.unwrap_or_else(|| vec![words::waits_for_nothing().to_owned()]);
                Part { heading: words::waiting_heading().to_owned(), lines }
            };
            let lines = words::sentences(&explain::why(scenario, timeline, t));
            let lines = if lines.is_empty() { vec![words::nothing_fails().to_owned()] } else { lines };
            vec![Part { heading: words::why_failing().to_owned(), lines }, waiting]
        }
        Question::Figure(figure) => {
            let row = model.run().rows.iter().find(|row| row.figure == figure);
            let value = row.map(|row| row.value.as_str()).unwrap_or_default();
            let lines = words::sentences(&explain::why_figure(scenario, timeline, metrics, figure));
            vec![Part { heading: controls::why_figure(scorecard::label(figure), value), lines }]
        }
    }
}
