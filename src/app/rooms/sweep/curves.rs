//! Curves: one field over a range of values and what becomes of each figure, or two fields and one figure.

use eframe::egui::{Align2, Context, Ui};

use super::field::{self, Varied};
use super::kept::Kept;
use super::table::{Row, Table};
use super::{figure_value, heat, multiples, settings};
use crate::app::command::Command;
use crate::app::model::Model;
use crate::app::theme::{Text, Theme};
use crate::app::watch;
use crate::app::widgets::{ChoiceRow, Section};
use crate::metrics::Key;
use crate::scenario::{Scenario, Source};
use crate::study::offers::{Field, Offer, offers};
use crate::study::progress::Progress;
use crate::study::sweep::{Point, Sweep, SweepError};
use crate::study::vary::Axis;
use crate::text::{study, sweep as words};
use crate::units::Time;

/// The figures that are looked at.
pub(super) const FIGURES: [Key; 6] = [Key::Duration, Key::MinCapacity, Key::Failed, Key::Exposed, Key::ExtraInstance, Key::Downtime];

/// What is run.
#[derive(Clone, PartialEq)]
struct Question {
    scenario: Scenario,
    varied: Vec<Varied>,
}

/// What the view keeps.
#[derive(Default)]
pub(super) struct Curves {
    /// The fields that are varied, one or two.
    varied: Vec<Varied>,
    offers: Vec<Offer>,
    /// Which of the model's states the offers are of.
    revision: Option<u64>,
    /// The heat map's figure, of [`FIGURES`].
    figure: usize,
    kept: Kept<Question, Result<Sweep, String>>,
}

impl Curves {
    /// Has the sweep run, unless it was.
    pub(super) fn ask(&mut self, ctx: &Context, model: &Model) {
        self.follow(model);
        let question = Question { scenario: model.simulated().clone(), varied: self.varied.clone() };
        let asked = question.clone();
        self.kept.ask(ctx, &question, move |progress| run(&asked, progress));
    }

    /// The scenario is another: so are the fields that can be varied.
    fn follow(&mut self, model: &Model) {
        if self.revision.replace(model.revision()) == Some(model.revision()) {
            return;
        }
        let scenario = model.simulated();
        let before = std::mem::replace(&mut self.offers, offers(scenario, model.end().since(Time::ZERO)));
        // One of its points was chosen: it is still the same sweep. An event that it added is there now.
        let same = match self.kept.answered() {
            Some((question, Ok(sweep))) if question.varied == self.varied => place_of(sweep, scenario).is_some(),
            Some(_) | None => false,
        };
        if same && let Some(Ok(sweep)) = self.kept.answer() {
            for (varied, axis) in self.varied.iter_mut().zip(&sweep.axes) {
                varied.field = Field::Path(axis.path.clone());
            }
            let question = Question { scenario: scenario.clone(), varied: self.varied.clone() };
            self.kept.answers_too(question);
        } else {
            self.varied = self.varied.iter().filter_map(|varied| varied.followed(&self.offers, &before)).collect();
        }
        if self.varied.is_empty() {
            self.varied.extend(self.offers.first().map(Varied::new));
        }
    }

    /// How far it is.
    pub(super) fn status(&mut self, ui: &mut Ui) {
        if let Some(Ok(sweep)) = self.kept.answer() {
            ui.label(Text::Small.rich(words::points(sweep.points.len())).color(Theme::of(ui).text_dim));
        }
        self.kept.status(ui);
    }

    /// Shows the view.
    pub(super) fn show(&mut self, ui: &mut Ui, model: &Model, as_table: bool, commands: &mut Vec<Command>) {
        let rest = settings(ui, super::SETTINGS, |ui| self.fields(ui, model.simulated()));
        let theme = Theme::of(ui);
        let (question, sweep) = match self.kept.answered() {
            Some((question, Ok(sweep))) => (question, sweep),
            Some((_, Err(why))) => {
                Text::Body.paint(ui.painter(), rest, Align2::CENTER_CENTER, why, theme.failed);
                return;
            }
            None => {
                self.kept.say_working(ui, rest);
                return;
            }
        };
        let names: Vec<String> = question.varied.iter().map(|varied| words::field(&varied.field, &question.scenario)).collect();
        let now = place_of(sweep, model.simulated());
        let mut area = watch::area(ui, "points", rest);
        let chosen = if as_table {
            table(&mut area, sweep, &question.varied, &names, now)
        } else {
            match (question.varied.as_slice(), names.as_slice()) {
                ([varied], [name]) => multiples::show(&mut area, &multiples::Shown { sweep, varied, name, now }),
                ([a, b], [name_a, name_b]) => {
                    let key = FIGURES.get(self.figure).copied().unwrap_or(Key::Duration);
                    heat::show(&mut area, &heat::Shown { sweep, kinds: (a.kind, b.kind), names: (name_a, name_b), key, now })
                }
                _ => None,
            }
        };
        if let Some(Point { outcome: Ok(ran), .. }) = chosen.and_then(|i| sweep.points.get(i)) {
            commands.push(Command::WatchAlone(Box::new(ran.scenario.clone())));
        }
    }

    /// What is varied.
    fn fields(&mut self, ui: &mut Ui, scenario: &Scenario) {
        let before = self.varied.clone();
        let offers = &self.offers;
        let offer_of = |field: &Field| offers.iter().find(|offer| offer.field == *field);
        Section::new(words::vary()).show(ui, |ui| {
            let first = self.varied.first().map(|varied| varied.field.clone());
            if let Some(Some(field)) = field::menu(ui, scenario, offers, first.as_ref(), false)
                && let Some(offer) = offer_of(&field)
            {
                match self.varied.first_mut() {
                    Some(first) => *first = Varied::new(offer),
                    None => self.varied.push(Varied::new(offer)),
                }
            }
            if let Some(first) = self.varied.first_mut() {
                let offer = offer_of(&first.field);
                ui.push_id("first", |ui| field::range(ui, first, offer));
            }
        });
        ui.add_space(16.0);
        Section::new(words::and()).show(ui, |ui| {
            let (first, second) = (self.varied.first(), self.varied.get(1).map(|varied| varied.field.clone()));
            let others: Vec<Offer> = offers.iter().filter(|offer| first.is_none_or(|first| first.field != offer.field)).cloned().collect();
            let picked = ui.push_id("and", |ui| field::menu(ui, scenario, &others, second.as_ref(), true)).inner;
            if let Some(picked) = picked {
                self.varied.truncate(1);
                self.varied.extend(picked.as_ref().and_then(offer_of).map(Varied::new));
            }
            if let Some(second) = self.varied.get_mut(1) {
                let offer = offer_of(&second.field);
                ui.push_id("second", |ui| field::range(ui, second, offer));
            }
        });
        // The same field twice is one.
        if self.varied.get(1).is_some_and(|second| self.varied.first().is_some_and(|first| first.field == second.field)) {
            self.varied.truncate(1);
        }
        if self.varied.len() > 1 {
            ui.add_space(16.0);
            let names = FIGURES.map(study::figure);
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            ui.add(ChoiceRow::new(words::figure(), &mut self.figure, &names));
        }
        if self.varied != before {
            // What is asked for is asked in the next frame.
            ui.ctx().request_repaint();
        }
    }
}

/// Which point of a sweep a scenario is.
fn place_of(sweep: &Sweep, scenario: &Scenario) -> Option<usize> {
    sweep.points.iter().position(|point| matches!(&point.outcome, Ok(ran) if ran.scenario == *scenario))
}

/// The sweep, or why there is none; nothing where it was cancelled.
fn run(question: &Question, progress: &Progress) -> Option<Result<Sweep, String>> {
    let mut scenario = question.scenario.clone();
    let mut paths = Vec::new();
    for varied in &question.varied {
        let offer =
            Offer { field: varied.field.clone(), kind: varied.kind, from: varied.from, to: varied.to, step: varied.step, now: None };
        let (path, with_field) = offer.applied_to(&scenario);
        paths.push(path);
        scenario = with_field;
    }
    let source = Source::new(scenario.to_ron(), "");
    let axes: Result<Vec<Axis>, _> = question
        .varied
        .iter()
        .zip(&paths)
        .map(|(varied, path)| Axis::new(path, varied.kind, varied.from, varied.to, varied.step, &source))
        .collect();
    match axes.map(|axes| Sweep::run(axes, &source, progress)) {
        Err(wrong) => Some(Err(wrong.to_string())),
        Ok(Ok(sweep)) => Some(Ok(sweep)),
        Ok(Err(SweepError::Cancelled(_))) => None,
        Ok(Err(wrong @ (SweepError::TooMany(_) | SweepError::None(_)))) => Some(Err(wrong.to_string())),
    }
}

/// The points as rows.
fn table(ui: &mut Ui, sweep: &Sweep, varied: &[Varied], names: &[String], now: Option<usize>) -> Option<usize> {
    let headings: Vec<String> = names.iter().cloned().chain(FIGURES.map(study::figure)).collect();
    let widths = vec![1.0; headings.len()];
    let table = Table { name: words::as_table(), headings: &headings, widths: &widths, words_last: false };
    table.show(ui, sweep.points.len(), |i| {
        let Some(point) = sweep.points.get(i) else { return Row { cells: Vec::new(), now: false, on: false } };
        let values = sweep.axes.iter().zip(varied).zip(&point.at);
        let mut cells: Vec<String> = values
            .map(|((axis, varied), at)| axis.values.get(*at).map(|value| words::value(varied.kind, value.number)).unwrap_or_default())
            .collect();
        match &point.outcome {
            Ok(ran) => cells.extend(FIGURES.map(|key| figure_value(key, ran.figures.get(key)))),
            Err(why) => cells.push(study::refused(why)),
        }
        Row { cells, now: now == Some(i), on: point.outcome.is_ok() }
    })
}
