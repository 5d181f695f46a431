//! What is asked of the runs: how many, from which seed on, the targets, and what the alarm should catch.

use eframe::egui::Ui;

use super::study::RUNS;
use crate::app::theme::{Text, Theme};
use crate::app::widgets::{ChoiceRow, NumberRow, Section, TextButton, TextRow};
use crate::metrics::{Better, Key, Unit};
use crate::scenario::limits;
use crate::study::odds::Report;
use crate::study::odds::judgement::{Asked, CERTAINTY};
use crate::study::require::{Requirement, Side};
use crate::text::numbers::whole;
use crate::text::{chances as words, controls, study};
use crate::units::Duration;

/// What a target may be stated for, the likeliest first.
const FIGURES: [Key; 10] = [
    Key::Duration,
    Key::Failed,
    Key::MinCapacity,
    Key::Downtime,
    Key::FailedShare,
    Key::Availability,
    Key::Exposed,
    Key::Rollback,
    Key::BackToGood,
    Key::MaxInstances,
];
/// More are not read.
const MOST: usize = 6;

/// What is asked.
pub(super) struct Settings {
    /// Which of [`RUNS`].
    number: usize,
    pub(super) first_seed: u64,
    pub(super) targets: Vec<Requirement>,
    pub(super) asked: Asked,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { number: 0, first_seed: limits::DEFAULT_SEED, targets: Vec::new(), asked: Asked::default() }
    }
}

impl Settings {
    /// So many runs.
    pub(super) fn runs(&self) -> u64 {
        RUNS.get(self.number).copied().unwrap_or(RUNS[0])
    }

    /// The panel. A new target begins at what the runs so far come to; the alarm is asked about a bad release that fails
    /// `error_rate`, where there is an alarm by chance.
    pub(super) fn show(&mut self, ui: &mut Ui, report: Option<&Report>, error_rate: Option<f64>) {
        Section::new(words::runs()).show(ui, |ui| self.seeds(ui));
        ui.add_space(8.0);
        Section::new(words::targets()).show(ui, |ui| self.targets(ui, report));
        if let Some(rate) = error_rate {
            ui.add_space(8.0);
            Section::new(words::alarm()).show(ui, |ui| self.alarm(ui, rate));
        }
    }

    fn seeds(&mut self, ui: &mut Ui) {
        let names = RUNS.map(whole);
        let options: Vec<&str> = names.iter().map(String::as_str).collect();
        let (label, hover) = words::number();
        ui.add(ChoiceRow::new(label, &mut self.number, &options).hover(hover));
        let (label, hover) = words::first_seed();
        let read = |text: &str| text.trim().parse::<u64>().map_err(|_| controls::no_seed().to_owned());
        if let Some(seed) = TextRow::new(label, &self.first_seed.to_string()).hover(hover).show(ui, read).value {
            self.first_seed = seed;
        }
    }

    fn targets(&mut self, ui: &mut Ui, report: Option<&Report>) {
        let theme = Theme::of(ui);
        if self.targets.is_empty() {
            ui.label(Text::Small.rich(words::targets_meaning()).color(theme.text_dim));
        }
        let mut removed = None;
        for (i, target) in self.targets.iter_mut().enumerate() {
            ui.push_id(i, |ui| {
                let change = row(ui, target);
                if change.figure {
                    *target = usual(target.key, report);
                }
                if ui.add(TextButton::new(&words::remove_target(i + 1))).clicked() {
                    removed = Some(i);
                }
                ui.add_space(4.0);
            });
        }
        if let Some(i) = removed {
            self.targets.remove(i);
        }
        let next = FIGURES.into_iter().find(|key| self.targets.iter().all(|target| target.key != *key));
        if let Some(key) = next.filter(|_| self.targets.len() < MOST)
            && ui.add(TextButton::new(words::add_target()).filled()).clicked()
        {
            self.targets.push(usual(key, report));
        }
    }

    fn alarm(&mut self, ui: &mut Ui, rate: f64) {
        let mut percent = |(label, hover): (&str, &str), value: f64| {
            let mut typed = value * 100.0;
            let row = NumberRow::new(label, &mut typed, 0.01..=99.99).unit(controls::percent_unit()).decimals(2).hover(hover);
            ui.add(row).changed().then_some(typed / 100.0)
        };
        if let Some(rate) = percent(words::error_rate(), rate) {
            self.asked.error_rate = Some(rate);
        }
        if let Some(certainty) = percent(words::certainty(), self.asked.certainty.unwrap_or(CERTAINTY)) {
            self.asked.certainty = Some(certainty);
        }
    }
}

/// What was changed in a target's rows.
struct Change {
    /// It is of another figure: its limit means nothing there.
    figure: bool,
}

fn row(ui: &mut Ui, target: &mut Requirement) -> Change {
    let names = FIGURES.map(study::figure);
    let options: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut figure = FIGURES.iter().position(|key| *key == target.key).unwrap_or_default();
    let changed = ui.add(ChoiceRow::new(words::figure(), &mut figure, &options)).changed();
    if let Some(key) = FIGURES.get(figure) {
        target.key = *key;
    }
    let mut side = match target.side {
        Side::AtMost | Side::Below => 0,
        Side::AtLeast | Side::Above => 1,
    };
    if ui.add(ChoiceRow::new(words::side(), &mut side, &words::sides())).changed() {
        target.side = if side == 0 { Side::AtMost } else { Side::AtLeast };
    }
    let key = target.key;
    let read = |text: &str| {
        let read = format!("{}<={}", key.name(), text.trim()).parse::<Requirement>();
        read.map(|read| read.limit).map_err(|_| words::not_a_limit(key).to_owned())
    };
    if let Some(limit) = TextRow::new(words::value(), &written(key, target.limit)).show(ui, read).value {
        target.limit = limit;
    }
    Change { figure: changed }
}

/// A limit as it is typed.
fn written(key: Key, limit: f64) -> String {
    match key.unit() {
        Unit::Seconds => Duration::from_secs_f64(limit).to_string(),
        Unit::Fraction => format!("{}%", (limit * 1e6).round() / 1e4),
        Unit::Requests | Unit::Instances | Unit::InstanceSeconds => limit.to_string(),
    }
}

/// A target that is worth a question: about half of the runs keep it.
fn usual(key: Key, report: Option<&Report>) -> Requirement {
    let median = report.and_then(|report| report.figures.iter().find(|figure| figure.key == key)).map(|figure| figure.median);
    let (side, rounded) = match key.better() {
        Some(Better::More) => (Side::AtLeast, median.map(|value| (value * 100.0).floor() / 100.0)),
        Some(Better::Less) | None if key.unit() == Unit::Fraction => (Side::AtMost, median.map(|value| (value * 1e4).ceil() / 1e4)),
        Some(Better::Less) | None => (Side::AtMost, median.map(f64::ceil)),
    };
    Requirement { key, side, limit: rounded.unwrap_or(0.0) }
}
