//! The Watch room: settings at the left, stage and plots in the middle, figures and log at the right.

use eframe::egui::{CentralPanel, Frame, Margin, Panel, Rangef, Rect, ScrollArea, Stroke, Ui, UiBuilder, vec2};

use super::command::Command;
use super::event_log::EventLog;
use super::hint::Hint;
use super::knobs::Knobs;
use super::lanes::{InLanes, Lanes, LanesState};
use super::model::Model;
use super::pending;
use super::plots::{self, Asked, Plots, TimeAxis};
use super::poke::menu::InstanceMenu;
use super::presenter;
use super::scorecard;
use super::settings::Panels;
use super::stage::{self, Motion, Stage};
use super::theme::{Text, Theme};
use super::why::Why;
use super::widgets::Segmented;
use crate::text::{lanes as words, story};
use crate::timeline::{Note, Outcome};

/// Below this width figures and log stand under the settings, so that the stage keeps some room.
const NARROW: f32 = 900.0;
/// The same while the scenario's text stands beside the stage.
const NARROW_BESIDE: f32 = 1560.0;

/// Below this height the right panel scrolls as a whole.
const LOW: f32 = 480.0;

/// The log's height where it stands among other things that scroll.
const LOG_HEIGHT: f32 = 200.0;

/// Below this height stage and plots scroll instead of sharing it.
const CRAMPED: f32 = 420.0;
const CRAMPED_PRESENTED: f32 = 340.0;
/// Their heights then.
const STAGE_HEIGHT: f32 = 280.0;
const PLOTS_HEIGHT: f32 = 220.0;

/// The plots' height at first, at most, and when a person drags it, at least; and what is left to the stage.
const PLOTS_MOST: f32 = 296.0;
const PLOTS_LEAST: f32 = 140.0;
const STAGE_LEAST: f32 = 200.0;
/// With all of their axes.
const PLOTS_PRESENTED: f32 = 176.0;

/// What the room keeps from frame to frame.
pub struct Watch {
    knobs: Knobs,
    log: EventLog,
    /// The panel of reasons.
    pub why: Why,
    /// Whether the scenario's text stands beside the stage.
    pub beside: bool,
    /// The menu of an instance.
    menu: InstanceMenu,
    view: View,
    lanes: LanesState,
    /// The time axis of plots and lanes.
    axis: TimeAxis,
    /// What is looked at on the stage; the instance that is pinned there is the one of the lanes too.
    pub stage: stage::Kept,
    /// Whether changes are eased and traffic moves.
    pub motion: Motion,
    /// How wide the panels are, and which are folded away.
    pub panels: Panels,
    hint: Hint,
    /// Which scenario the axis and the selection belong to.
    opened_before: u64,
}

/// How the fleet is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum View {
    #[default]
    Stage,
    Lanes,
}

impl Watch {
    /// The room as it is first seen.
    pub fn new() -> Watch {
        Watch {
            knobs: Knobs::new(),
            log: EventLog::default(),
            why: Why::default(),
            menu: InstanceMenu::default(),
            view: View::default(),
            lanes: LanesState::default(),
            axis: TimeAxis::default(),
            beside: false,
            stage: stage::Kept::default(),
            motion: Motion::Full,
            opened_before: 0,
            panels: Panels::default(),
            hint: Hint::default(),
        }
    }

    /// From now on what takes longer than a frame is worked out beside the window.
    pub fn beside(&mut self) {
        self.knobs.beside();
    }

    /// The pinned instance.
    pub fn chosen(&self) -> Option<u32> {
        self.stage.selection.selected
    }

    /// Opens the table of events and gives it the keyboard, or unfolds one of them.
    pub fn show_events(&mut self, event: Option<usize>) {
        self.knobs.show_events(event);
    }

    /// Shows the fleet the other way.
    pub fn switch_view(&mut self) {
        self.view = match self.view {
            View::Stage => View::Lanes,
            View::Lanes => View::Stage,
        };
    }

    /// Gives the keyboard to the fleet: it is a long way there by tab.
    pub fn take_keyboard(&mut self) {
        match self.view {
            View::Stage => self.stage.takes_keyboard = true,
            View::Lanes => self.lanes.takes_keyboard = true,
        }
    }

    /// Shows the settings, and takes their room from `ui`.
    pub fn settings(&mut self, ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
        if self.panels.settings_folded {
            return;
        }
        let narrow = self.is_narrow(ui);
        let widths = if narrow { Rangef::new(200.0, 280.0) } else { Rangef::new(240.0, 400.0) };
        let id = if narrow { "settings and figures" } else { "settings" };
        let usual = if narrow { 236.0 } else { self.panels.settings.unwrap_or(264.0) };
        let panel = Panel::left(id).default_size(usual).size_range(widths);
        let shown = panel.frame(side(ui)).show(ui, |ui| {
            ScrollArea::vertical().auto_shrink(false).content_margin(CONTENT).show(ui, |ui| {
                self.knobs.show(ui, model, commands);
                if narrow {
                    ui.add_space(16.0);
                    scorecard::show(ui, model, self.why.question(), commands);
                    ui.add_space(12.0);
                    self.log(ui, LOG_HEIGHT, model, commands);
                }
            });
        });
        if !narrow {
            self.panels.settings = Some(shown.response.rect.width().round());
        }
    }

    /// Shows the rest: presented to a room only stage and plots. Where the
    /// time axis is.
    pub fn show(&mut self, ui: &mut Ui, model: &Model, presents: bool, commands: &mut Vec<Command>) -> Rangef {
        if self.opened_before != model.opened_before() {
            self.opened_before = model.opened_before();
            (self.axis, self.stage.selection.selected) = (TimeAxis::default(), None);
        }
        self.axis.begin();
        if !presents && !self.is_narrow(ui) && !self.panels.figures_folded {
            let panel = Panel::right("figures").default_size(self.panels.figures.unwrap_or(272.0)).size_range(220.0..=420.0);
            let shown = panel.frame(side(ui)).show(ui, |ui| self.figures(ui, model, commands));
            self.panels.figures = Some(shown.response.rect.width().round());
        }
        let middle = ui.available_rect_before_wrap();
        ui.painter().rect_filled(middle, 0, Theme::of(ui).background);
        // What is to come is hidden, and so is what would tell it.
        self.hint.show(ui, model, presents || model.shown_until().is_some(), commands);
        let asked = self.why.question().is_some();
        let why = self.why.height();
        let height = ui.available_height();
        if height < if presents { CRAMPED_PRESENTED } else { CRAMPED } + why {
            ui.spacing_mut().item_spacing.y = 0.0;
            ScrollArea::vertical().id_salt("middle").auto_shrink(false).show(ui, |ui| {
                let parts = [(STAGE_HEIGHT, Part::Stage), (why, Part::Why), (PLOTS_HEIGHT, Part::Plots)];
                for (height, part) in parts.into_iter().filter(|(_, part)| asked || *part != Part::Why) {
                    let rect = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), height));
                    ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| self.part(part, ui, model, commands));
                }
            });
        } else {
            let frame = Frame::new().fill(Theme::of(ui).background);
            // While reasons are shown there is less room, and what was set without them is kept for later.
            let (id, height) = match (presents, asked) {
                (true, _) => ("plots presented", height - why),
                (false, true) => ("plots beside why", height - why),
                (false, false) => ("plots", height),
            };
            let usual = (height * 0.43).min(PLOTS_MOST.max(height / 3.0));
            let remembered = self.panels.plots.filter(|_| id == "plots");
            // What was given to the plots at one scale is too much or too little at another.
            let scale = (ui.ctx().zoom_factor() * 100.0).round();
            let plots = Panel::bottom(format!("{id} at {scale}")).frame(frame).resizable(!presents);
            let range = PLOTS_LEAST..=(height - STAGE_LEAST).max(PLOTS_LEAST);
            let plots = if presents {
                // The stage comes first in a room.
                plots.exact_size((height * 0.38).max(PLOTS_PRESENTED))
            } else {
                // Some 300 points are enough on a usual screen; a very large one gives them a third.
                plots.default_size(remembered.unwrap_or(usual)).size_range(range)
            };
            let shown = plots.show(ui, |ui| {
                // A panel takes the height of its content: that is all there is.
                ui.set_min_height(ui.available_height());
                self.part(Part::Plots, ui, model, commands);
            });
            // As high as a person dragged it; otherwise it goes with the window.
            let rect = shown.response.rect;
            if id == "plots" && (remembered.is_some() || (rect.height() - usual).abs() > 2.0) && ui.input(|input| input.pointer.any_down())
            {
                self.panels.plots = Some(rect.height().round());
            }
            if asked {
                let panel = Panel::bottom("why").frame(Frame::new()).exact_size(why).resizable(false).show_separator_line(false);
                panel.show(ui, |ui| self.part(Part::Why, ui, model, commands));
            }
            CentralPanel::no_frame().show(ui, |ui| self.part(Part::Stage, ui, model, commands));
        }
        self.axis.end(ui);
        pending::show(ui, middle, model);
        self.menu.show(ui, model, commands);
        Rangef::new(middle.left() + plots::AXIS, middle.right() - plots::MARGIN)
    }

    fn is_narrow(&self, ui: &Ui) -> bool {
        ui.ctx().content_rect().width() < if self.beside { NARROW_BESIDE } else { NARROW }
    }

    fn figures(&mut self, ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
        if ui.available_height() < LOW {
            ScrollArea::vertical().auto_shrink(false).content_margin(CONTENT).show(ui, |ui| {
                scorecard::show(ui, model, self.why.question(), commands);
                ui.add_space(12.0);
                self.log(ui, LOG_HEIGHT, model, commands);
            });
            return;
        }
        Frame::new().inner_margin(CONTENT).show(ui, |ui| {
            scorecard::show(ui, model, self.why.question(), commands);
            ui.add_space(12.0);
            let height = ui.available_height();
            self.log(ui, height, model, commands);
        });
    }

    fn log(&mut self, ui: &mut Ui, height: f32, model: &Model, commands: &mut Vec<Command>) {
        let before = ui.cursor().top();
        let timeline = model.timeline();
        let failed = match timeline.outcome() {
            // It may not be known yet.
            _ if model.shown_until().is_some() => None,
            Outcome::Failed | Outcome::RolledBack => timeline.log().iter().rev().find(|entry| matches!(entry.note, Note::Failed(_))),
            Outcome::Succeeded => None,
        };
        // What the log says too is left out where that would hardly have room.
        if let Some(failed) = failed.filter(|_| height >= LOG_HEIGHT) {
            let colour = Theme::of(ui).failed;
            ui.label(Text::Small.rich(story::log_line(timeline, failed)).color(colour));
            ui.add_space(8.0);
        }
        let height = height - (ui.cursor().top() - before);
        self.log.show(ui, height, model, commands);
    }

    fn part(&mut self, part: Part, ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
        let (timeline, t, until, run) = (model.timeline(), model.seen(), model.shown_until(), model.run());
        match part {
            Part::Stage => {
                let now = self.why.now(model);
                let kind = model.simulated().strategy.kind();
                let checks = model.simulated().load_balancer.health_check.healthy_threshold;
                let rect = ui.available_rect_before_wrap();
                match self.view {
                    View::Stage => {
                        let motion = if model.holds_back() { Motion::Reduced } else { self.motion };
                        let stage = Stage::new(timeline, kind, t, run.curves.peak_demand);
                        let stage = stage.checks(checks).waits(now.waits.as_deref()).weights(now.weights).up_to(until).motion(motion);
                        self.stage.follow(ui.ctx(), &run.timeline, model.revision());
                        let shown = stage.show(ui, &mut self.stage);
                        match shown.asked {
                            Some(stage::Asked::PlayOrPause) => commands.push(Command::PlayOrPause),
                            Some(stage::Asked::MoveTo(t)) => commands.push(Command::MoveTo(t)),
                            Some(stage::Asked::Menu { instance, at }) => self.menu.open(ui.ctx(), instance, at),
                            None => {}
                        }
                    }
                    View::Lanes => {
                        let lanes = Lanes::new(timeline, kind, t, model.revision()).waits(now.waits.as_deref());
                        let lanes = lanes.checks(checks).downtime(&run.curves.downtime).up_to(until);
                        match lanes.show(ui, &mut self.lanes, &mut self.axis, &mut self.stage.selection.selected) {
                            Some(InLanes::Menu { instance, at }) => self.menu.open(ui.ctx(), instance, at),
                            Some(InLanes::Time(asked)) => commands.push(command(asked)),
                            None => {}
                        }
                    }
                }
                self.view_switch(ui, rect);
                if model.is_asking() {
                    presenter::question(ui.ctx(), rect, commands);
                }
            }
            Part::Why => self.why.show(ui, model, commands),
            Part::Plots => {
                let ghost = model.ghost().map(|ghost| &ghost.run.curves);
                let plots = Plots::new(timeline, &run.curves, model.clock.t()).cut_off(run.cut_off()).up_to(until).ghost(ghost);
                let plots = plots.demand_handle(model.clock.t() < timeline.end() && until.is_none());
                commands.extend(plots.show(ui, &mut self.axis).map(command));
            }
        }
    }

    /// At the top left of the fleet: how it is shown.
    fn view_switch(&mut self, ui: &mut Ui, fleet: Rect) {
        let place = Rect::from_min_size(fleet.min + vec2(12.0, 8.0), vec2(160.0, 24.0));
        let mut corner = area(ui, "view", place);
        let mut chosen = self.view as usize;
        let switch = Segmented::new(words::view()).small();
        let switch = switch.tab_with_hover(words::stage(), words::stage_means()).tab_with_hover(words::lanes(), words::lanes_means());
        if switch.show(&mut corner, &mut chosen).changed() {
            self.switch_view();
        }
    }
}

/// What is done about what a person asked of plots or lanes.
fn command(asked: Asked) -> Command {
    match asked {
        Asked::MoveTo(t) => Command::MoveTo(t),
        Asked::Why(t) => Command::WhyAt(t),
        Asked::PlayOrPause => Command::PlayOrPause,
        Asked::Demand(rps) => Command::DragDemand(rps),
    }
}

/// What stands in the middle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Stage,
    Why,
    Plots,
}

/// Around what stands in a side panel. As wide as its rows' light, and more.
pub const CONTENT: Margin = Margin { left: 16, right: 16, top: 12, bottom: 12 };

fn side(ui: &Ui) -> Frame {
    Frame::new().fill(Theme::of(ui).panel)
}

/// A part of the window for `ui` to be shown in.
pub fn area(ui: &mut Ui, salt: &str, rect: Rect) -> Ui {
    let mut area = ui.new_child(UiBuilder::new().id_salt(salt).max_rect(rect));
    area.set_clip_rect(rect.intersect(ui.clip_rect()));
    area.visuals_mut().widgets.noninteractive.bg_stroke = Stroke::new(1.0, Theme::of(ui).line);
    area
}
