//! The Compare room: two to nine deployments side by side on one clock, and their figures in a table.

mod cards;
mod table;

use std::path::Path;
use std::sync::Arc;

use eframe::egui::{Context, Panel, ScrollArea, Ui, vec2};

use super::job::Job;
use crate::app::command::Command;
use crate::app::knobs::SharedKnobs;
use crate::app::model::Model;
use crate::app::plots::Curves;
use crate::app::stage::Motion;
use crate::app::theme::{Text, Theme, Tone};
use crate::app::watch;
use crate::app::widgets::{Chip, Mark, TextButton};
use crate::metrics::Figures;
use crate::presets::{self, BUILT_IN, Preset};
use crate::scenario::{Scenario, StrategyKind};
use crate::study::bad_release::with_bad_release;
use crate::study::compare::{Column, Comparison, MOST, all_strategies};
use crate::study::progress::{Cancelled, Progress};
use crate::text::{rooms as words, strategy_name};
use crate::timeline::Timeline;
use crate::units::Time;

/// The cards' height, of the room's.
const CARDS: f32 = 0.47;

/// What the room keeps.
#[derive(Default)]
pub struct Compare {
    entries: Vec<Entry>,
    /// Which of them the others are compared with.
    baseline: Option<usize>,
    /// What was run, and what came of it.
    done: Option<Done>,
    job: Option<Job<Result<Done, Cancelled>>>,
    /// The shared settings as the entries have them.
    shared: Option<Scenario>,
    knobs: Option<SharedKnobs>,
    /// Grows with every change of the entries: what is running is of this one.
    wish: u64,
}

/// One of the compared.
#[derive(Clone, Debug, PartialEq)]
struct Entry {
    called: Called,
    scenario: Scenario,
}

/// What an entry is called.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Called {
    /// A strategy on the present fleet.
    Strategy(StrategyKind),
    /// A built-in preset, by its place in the list.
    Preset(usize),
    /// What a file says, by its name or that of the file.
    File(String),
    /// As it was before the last change.
    Before,
    /// As it is now.
    Now,
}

impl Called {
    fn words(&self) -> String {
        match self {
            Called::Strategy(kind) => strategy_name(*kind).to_owned(),
            Called::Preset(place) => presets::shown(*place).map_or("", |(name, _)| name).to_owned(),
            Called::File(name) => name.clone(),
            Called::Before => words::before().to_owned(),
            Called::Now => words::now().to_owned(),
        }
    }
}

/// A column that was run.
struct Ran {
    entry: Entry,
    timeline: Arc<Timeline>,
    curves: Curves,
    figures: Figures,
    bad: Figures,
}

/// All columns of one wish. Those that would hardly end are left out.
struct Done {
    wish: u64,
    ran: Vec<Ran>,
}

impl Done {
    fn of(wish: u64, entries: Vec<Entry>, progress: &Progress) -> Result<Done, Cancelled> {
        progress.expect(entries.len() as u64);
        let mut ran = Vec::new();
        for entry in entries {
            if progress.is_cancelled() {
                return Err(Cancelled);
            }
            let bad = crate::simulate(&with_bad_release(&entry.scenario));
            if let (Ok(timeline), Ok(bad)) = (crate::simulate(&entry.scenario), bad) {
                let figures = Figures::new(&timeline);
                let curves = Curves::new(&timeline);
                ran.push(Ran { entry, timeline: Arc::new(timeline), curves, figures, bad: Figures::new(&bad) });
            }
            progress.add(1);
        }
        Ok(Done { wish, ran })
    }

    /// The last of their ends.
    fn end(&self) -> Time {
        self.ran.iter().map(|ran| ran.timeline.end()).max().unwrap_or(Time::ZERO)
    }

    fn comparison(&self) -> Comparison {
        let column =
            |ran: &Ran| Column { name: ran.entry.called.words(), scenario: ran.entry.scenario.clone(), figures: ran.figures, bad: ran.bad };
        Comparison { columns: self.ran.iter().map(column).collect() }
    }
}

impl Compare {
    /// When the last of the compared ends; none while nothing is compared.
    pub fn end(&self) -> Option<Time> {
        self.done.as_ref().filter(|done| !done.ran.is_empty()).map(Done::end)
    }

    /// Where each of the compared ends, on the ribbon.
    pub fn marks(&self) -> Vec<Mark> {
        let end_s = self.end().unwrap_or(Time::ZERO).as_secs_f64().max(1e-6);
        let mut ran: Vec<&Ran> = self.done.iter().flat_map(|done| &done.ran).collect();
        ran.sort_by_key(|ran| ran.timeline.end());
        let mark = |ran: &Ran| Mark {
            label: words::ends(&ran.entry.called.words()),
            at: ran.timeline.end().as_secs_f64() / end_s,
            tone: Tone::Neutral,
            icon: None,
        };
        ran.into_iter().map(mark).collect()
    }

    /// Every strategy on the fleet of `scenario`: the nine that stand side by side best, its own among them.
    pub fn all_strategies(&mut self, scenario: &Scenario) {
        let own = scenario.strategy.kind();
        let mut all = all_strategies(scenario);
        while all.len() > MOST {
            // From the end of the list, but never the one that is set.
            let last = all.iter().rposition(|scenario| scenario.strategy.kind() != own).unwrap_or(0);
            all.remove(last);
        }
        self.entries = all.into_iter().map(|scenario| Entry { called: Called::Strategy(scenario.strategy.kind()), scenario }).collect();
        self.baseline = self.entries.iter().position(|entry| entry.called == Called::Strategy(own));
        self.changed();
    }

    /// The scenario as it is, and as it was before the last change.
    pub fn with_before(&mut self, now: &Scenario, before: &Scenario) {
        let entry = |called, scenario: &Scenario| Entry { called, scenario: scenario.clone() };
        self.entries = vec![entry(Called::Before, before), entry(Called::Now, now)];
        self.baseline = Some(0);
        self.changed();
    }

    /// One more column, where there is room.
    fn add(&mut self, called: Called, scenario: Scenario) {
        if self.entries.len() < MOST {
            self.entries.push(Entry { called, scenario });
            self.changed();
        }
    }

    /// The scenario of a file.
    pub fn add_opened(&mut self, path: &Path, scenario: Scenario) {
        let stem = || path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let name = if scenario.name.is_empty() { stem() } else { scenario.name.clone() };
        self.add(Called::File(name), scenario);
    }

    fn add_preset(&mut self, place: usize) {
        if let Some(Ok(scenario)) = BUILT_IN.get(place).map(Preset::scenario) {
            self.add(Called::Preset(place), scenario);
        }
    }

    fn remove(&mut self, i: usize) {
        if i < self.entries.len() {
            self.entries.remove(i);
            self.baseline = match self.baseline {
                Some(baseline) if baseline == i => None,
                Some(baseline) if baseline > i => Some(baseline - 1),
                kept => kept,
            };
            self.changed();
        }
    }

    fn changed(&mut self) {
        self.wish += 1;
        self.job = None;
    }

    /// What was changed of the fleet, its traffic, its timings or the release is changed in all of them.
    fn follow(&mut self, scenario: &Scenario) {
        let Some(before) = self.shared.replace(scenario.clone()) else { return };
        if before == *scenario {
            return;
        }
        let mut changed = false;
        for entry in &mut self.entries {
            let present = entry.scenario.clone();
            let to = &mut entry.scenario;
            macro_rules! follow {
                ($($field:ident),+) => {$(
                    if before.$field != scenario.$field {
                        to.$field = scenario.$field.clone();
                    }
                )+};
            }
            follow!(fleet, traffic, timings, load_balancer, release, failures, alarm, on_failure, timeout, seed);
            let own = scenario.strategy.kind();
            if before.strategy != scenario.strategy && (entry.called == Called::Strategy(own) || entry.called == Called::Now) {
                to.strategy = scenario.strategy.clone();
            }
            changed |= *to != present;
        }
        if changed {
            self.changed();
        }
    }

    fn refresh(&mut self, ctx: &Context) {
        if let Some(answer) = self.job.as_ref().and_then(|job| job.poll(ctx)) {
            self.job = None;
            if let Ok(Ok(done)) = answer {
                self.done = Some(done);
            }
        }
        let stale = self.done.as_ref().is_none_or(|done| done.wish != self.wish);
        if stale && self.job.is_none() && !self.entries.is_empty() {
            let (wish, entries) = (self.wish, self.entries.clone());
            self.job = Some(Job::start(ctx, move |progress| Done::of(wish, entries, progress)));
        }
    }

    /// Shows the room.
    pub fn show(&mut self, ui: &mut Ui, model: &Model, motion: Motion, commands: &mut Vec<Command>) {
        if self.entries.is_empty() {
            self.all_strategies(model.scenario());
        }
        self.follow(model.scenario());
        self.refresh(ui.ctx());
        let theme = Theme::of(ui);
        ui.painter().rect_filled(ui.max_rect(), 0, theme.background);
        if let Some(knobs) = &mut self.knobs {
            let panel = Panel::left("shared settings").default_size(264.0).size_range(240.0..=400.0);
            panel.frame(eframe::egui::Frame::new().fill(theme.panel)).show(ui, |ui| {
                ScrollArea::vertical().auto_shrink(false).content_margin(watch::CONTENT).show(ui, |ui| {
                    knobs.show(ui, model, commands);
                });
            });
        }
        let whole = ui.available_rect_before_wrap().shrink2(vec2(16.0, 8.0));
        let (bar, rest) = whole.split_top_bottom_at_y(whole.top() + 36.0);
        let mut area = watch::area(ui, "bar", bar);
        self.bar(&mut area, model, commands);
        let Some(done) = &self.done else {
            Text::Body.paint(ui.painter(), rest, eframe::egui::Align2::CENTER_CENTER, words::working(), theme.text_dim);
            return;
        };
        let rest = rest.with_min_y(rest.top() + 8.0);
        let (cards, table) = rest.split_top_bottom_at_y(rest.top() + rest.height() * CARDS);
        let (t, end) = (model.clock.t(), done.end());
        let mut area = watch::area(ui, "cards", cards);
        let asked = cards::show(&mut area, &done.ran, self.baseline, motion, (t, end));
        let mut area = watch::area(ui, "table", table.with_min_y(table.top() + 12.0));
        table::show(&mut area, &done.comparison(), self.baseline);
        match asked {
            Some(cards::Asked::Watch(i)) => {
                if let Some(ran) = done.ran.get(i) {
                    commands.push(Command::WatchAlone(Box::new(ran.entry.scenario.clone())));
                }
            }
            Some(cards::Asked::Baseline(i)) => self.baseline = if self.baseline == Some(i) { None } else { Some(i) },
            Some(cards::Asked::Remove(i)) => self.remove(i),
            None => {}
        }
    }

    /// What can be compared, and what is added.
    fn bar(&mut self, ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
        ui.horizontal_centered(|ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            if ui.add(TextButton::new(words::all_strategies()).filled()).clicked() {
                self.all_strategies(model.scenario());
            }
            let before = model.scenario_before().filter(|before| *before != model.scenario());
            let with_before = ui.add_enabled(before.is_some(), TextButton::new(words::with_before()).filled());
            if with_before.clicked()
                && let Some(before) = before
            {
                self.with_before(model.scenario(), before);
            }
            let add = ui.add_enabled(self.entries.len() < MOST, Chip::new(words::add(), words::add()).menu());
            let mut chosen = None;
            eframe::egui::Popup::menu(&add).gap(4.0).show(|ui| {
                ui.set_max_width(320.0);
                let tallest = ui.ctx().content_rect().height() - 160.0;
                ScrollArea::vertical().max_height(tallest).show(ui, |ui| {
                    let present = eframe::egui::Button::selectable(false, words::now());
                    if ui.add(present).clicked() {
                        chosen = Some(None);
                    }
                    if ui.add(eframe::egui::Button::selectable(false, words::a_file())).clicked() {
                        commands.push(Command::CompareFile);
                    }
                    for place in 0..BUILT_IN.len() {
                        if ui.add(eframe::egui::Button::selectable(false, Called::Preset(place).words()).truncate()).clicked() {
                            chosen = Some(Some(place));
                        }
                    }
                });
            });
            match chosen {
                Some(Some(place)) => self.add_preset(place),
                Some(None) => self.add(Called::Now, model.scenario().clone()),
                None => {}
            }
            let open = self.knobs.is_some();
            let toggle = if open { words::hide_shared() } else { words::show_shared() };
            if ui.add(TextButton::new(toggle)).on_hover_text(words::shared_meaning()).clicked() {
                self.knobs = (!open).then(SharedKnobs::new);
            }
            if let Some(job) = &self.job {
                let (done, all) = job.progress().runs();
                let colour = Theme::of(ui).text_dim;
                ui.label(Text::Small.rich(words::running(done, all)).color(colour));
            }
        });
    }
}
