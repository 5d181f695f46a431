//! The left panel: everything about a scenario that can be set here. Whatever is changed is simulated at once.

mod bounds;
mod events;
mod faults;
mod fleet;
pub(super) mod outlines;
mod part;
mod strategies;
mod strategy;

use std::ops::RangeInclusive;

use eframe::egui::{Sense, Ui, vec2};

use super::command::Command;
use super::model::Model;
use super::theme::{Text, Theme};
use super::widgets::{ChoiceRow, Section, TextRow};
use super::worker::Threads;
use crate::scenario::Scenario;
use crate::text::{controls as words, faults as fault_words};
use crate::units::Duration;
use events::{Events, Now};
pub use faults::{count, fraction};
pub use fleet::rps;
use outlines::Outlines;

/// What the panel keeps from frame to frame.
pub struct Knobs {
    outlines: Outlines,
    fleet: bool,
    timings: bool,
    load_balancer: bool,
    chance: bool,
    new_version: bool,
    failures: bool,
    events: Events,
    alarm: bool,
    when_it_fails: bool,
}

impl Knobs {
    /// The strategy and the fleet are open, the rest is folded away.
    pub fn new() -> Knobs {
        Knobs {
            outlines: Outlines::new(),
            fleet: true,
            timings: false,
            load_balancer: false,
            chance: false,
            new_version: false,
            failures: false,
            events: Events::default(),
            alarm: false,
            when_it_fails: false,
        }
    }

    /// From now on the small pictures of large fleets are worked out beside the window.
    pub fn beside(&mut self) {
        self.outlines.set_worker(Box::new(Threads::new()));
    }

    /// Opens the table of events and gives it the keyboard, or unfolds one of them.
    pub fn show_events(&mut self, event: Option<usize>) {
        self.events.ask(event);
    }

    /// Shows all settings, one under the other.
    pub fn show(&mut self, ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
        self.outlines.refresh(ui.ctx(), model);
        strategies::show(ui, model, &self.outlines, commands);
        let mut edited = model.scenario().clone();
        // What was typed and not taken belongs to the scenario it was typed for.
        ui.push_id(model.opened_before(), |ui| self.settings(ui, &mut edited, now(model)));
        if edited != *model.scenario() {
            commands.push(Command::Edit(Box::new(edited)));
        }
    }

    fn settings(&mut self, ui: &mut Ui, scenario: &mut Scenario, now: Now) {
        rule(ui);
        Section::new(crate::text::strategy_name(scenario.strategy.kind())).show(ui, |ui| strategy::show(ui, scenario));
        rule(ui);
        self.shared(ui, scenario, now);
    }

    fn shared(&mut self, ui: &mut Ui, scenario: &mut Scenario, now: Now) {
        Section::collapsible(words::fleet_and_traffic(), &mut self.fleet).show(ui, |ui| fleet::fleet(ui, scenario));
        rule(ui);
        Section::collapsible(words::timings(), &mut self.timings).show(ui, |ui| fleet::timings(ui, scenario));
        rule(ui);
        Section::collapsible(words::load_balancer(), &mut self.load_balancer).show(ui, |ui| fleet::load_balancer(ui, scenario));
        rule(ui);
        Section::collapsible(fault_words::new_version(), &mut self.new_version)
            .show(ui, |ui| faults::new_version(ui, &mut scenario.release));
        rule(ui);
        Section::collapsible(fault_words::failures(), &mut self.failures).show(ui, |ui| faults::failures(ui, &mut scenario.failures));
        rule(ui);
        self.events.show(ui, &mut scenario.failures.events, now);
        rule(ui);
        Section::collapsible(fault_words::alarm(), &mut self.alarm).show(ui, |ui| faults::alarm(ui, &mut scenario.alarm));
        rule(ui);
        Section::collapsible(fault_words::when_it_fails(), &mut self.when_it_fails).show(ui, |ui| faults::when_it_fails(ui, scenario));
        rule(ui);
        Section::collapsible(words::chance(), &mut self.chance).show(ui, |ui| seed(ui, scenario));
    }
}

/// The moment that an event added now would be at.
fn now(model: &Model) -> Now {
    let t = model.clock.t();
    Now { t, end: model.end(), demand: model.timeline().demand(t) }
}

/// The settings that several deployments share: the fleet, its traffic, its timings and what goes wrong.
pub struct SharedKnobs(Knobs);

impl SharedKnobs {
    /// The fleet is open, the rest is folded away.
    pub fn new() -> SharedKnobs {
        SharedKnobs(Knobs::new())
    }

    /// Shows them, one under the other.
    pub fn show(&mut self, ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
        let mut edited = model.scenario().clone();
        ui.push_id(model.opened_before(), |ui| self.0.shared(ui, &mut edited, now(model)));
        if edited != *model.scenario() {
            commands.push(Command::Edit(Box::new(edited)));
        }
    }
}

fn seed(ui: &mut Ui, scenario: &mut Scenario) {
    let text = scenario.seed.to_string();
    let (label, hover) = words::seed();
    let read = |text: &str| text.trim().parse::<u64>().map_err(|_| words::no_seed().to_owned());
    if let Some(seed) = TextRow::new(label, &text).hover(hover).show(ui, read).value {
        scenario.seed = seed;
    }
}

/// A line between two sections, over the panel's whole width.
fn rule(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 13.0), Sense::hover());
    let y = ui.painter().round_to_pixel_center(rect.center().y);
    ui.painter().hline(rect.expand2(vec2(16.0, 0.0)).x_range(), y, (1.0, Theme::of(ui).line));
}

/// A line that explains, under a setting.
fn note(ui: &mut Ui, text: &str) {
    let colour = Theme::of(ui).text_dim;
    ui.label(Text::Small.rich(text).color(colour));
}

/// One of several; which one, where another was chosen.
fn choice(ui: &mut Ui, (label, hover): words::Setting, now: usize, options: &[&str]) -> Option<usize> {
    let mut chosen = now;
    ui.add(ChoiceRow::new(label, &mut chosen, options).hover(hover));
    (chosen != now).then_some(chosen)
}

/// A duration that is typed. At least `least`.
fn duration(ui: &mut Ui, (label, hover): words::Setting, value: &mut Duration, range: RangeInclusive<Duration>) {
    let text = value.to_string();
    let read = |text: &str| match Duration::parse(text).map_err(|wrong| words::without_quotes(&wrong))? {
        short if short < *range.start() => Err(words::at_least(*range.start())),
        long if long > *range.end() => Err(words::at_most(*range.end())),
        read => Ok(read),
    };
    if let Some(read) = TextRow::new(label, &text).hover(hover).show(ui, read).value {
        *value = read;
    }
}
