//! The Odds room: the deployment run again and again with other random numbers, how its figures are distributed, and how
//! likely each outcome is.

mod chance;
mod histogram;
mod probabilities;
mod settings;
mod study;

use std::sync::Arc;

use eframe::egui::{Align, Align2, Context, Frame, Layout, Panel, Rect, ScrollArea, Sense, Ui, UiBuilder, vec2};

use super::job::Job;
use crate::app::command::Command;
use crate::app::model::Model;
use crate::app::theme::{Text, Theme};
use crate::app::watch;
use crate::app::widgets::TextButton;
use crate::metrics::Key;
use crate::scenario::Scenario;
use crate::study::odds::judgement::{Asked, Judgement, judgement};
use crate::study::odds::{FigureReport, Report};
use crate::text::{chances as words, rooms};
use settings::Settings;
use study::{Study, Wish};

/// The figures that are drawn where they vary.
const PICTURED: [Key; 6] = [Key::Duration, Key::MinCapacity, Key::Failed, Key::Downtime, Key::Exposed, Key::Rollback];
/// The last so many studies are kept: a change taken back finds its runs again.
const KEPT: usize = 4;

/// What the room keeps.
#[derive(Default)]
pub struct Odds {
    settings: Settings,
    /// The present one is the last.
    studies: Vec<Study>,
    alarm: Alarm,
}

/// What an alarm can tell, which may take a moment to work out.
#[derive(Default)]
struct Alarm {
    of: Option<(Scenario, Asked)>,
    told: Option<Judgement>,
    job: Option<Job<Option<Judgement>>>,
}

impl Alarm {
    fn look(&mut self, ctx: &Context, scenario: &Scenario, asked: Asked) {
        let sampled = scenario.alarm.as_ref().is_some_and(|alarm| alarm.sampled);
        if !sampled {
            *self = Alarm::default();
            return;
        }
        if let Some(answer) = self.job.as_ref().and_then(|job| job.poll(ctx)) {
            self.job = None;
            self.told = answer.ok().flatten();
        }
        let same = self.of.as_ref().is_some_and(|(of, then)| *then == asked && of.alarm == scenario.alarm && of == scenario);
        if !same {
            self.of = Some((scenario.clone(), asked));
            let scenario = scenario.clone();
            self.job = Some(Job::start(ctx, move |_| judgement(&scenario, asked)));
        }
    }
}

impl Odds {
    /// Sees to it that the present scenario is run, and takes what there is of it.
    fn look(&mut self, ctx: &Context, scenario: &Scenario) {
        let Settings { first_seed, targets, .. } = &self.settings;
        match self.studies.iter().position(|study| study.wish.is(scenario, *first_seed, targets)) {
            Some(place) if place + 1 < self.studies.len() => {
                let study = self.studies.remove(place);
                self.studies.push(study);
            }
            Some(_) => {}
            None => self.studies.push(Study::new(Wish::new(scenario, *first_seed, targets))),
        }
        let last = self.studies.len() - 1;
        self.studies.iter().take(last).for_each(Study::pause);
        self.studies.drain(..self.studies.len().saturating_sub(KEPT));
        if let Some(study) = self.studies.last_mut() {
            study.look(ctx, self.settings.runs());
        }
    }

    /// Shows the room.
    pub fn show(&mut self, ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
        let scenario = model.scenario();
        let theme = Theme::of(ui);
        ui.painter().rect_filled(ui.max_rect(), 0, theme.background);
        let varies = chance::varies(scenario);
        if varies {
            self.look(ui.ctx(), scenario);
        }
        self.alarm.look(ui.ctx(), scenario, self.settings.asked);
        let report = self.studies.last().filter(|_| varies).and_then(Study::report);
        let error_rate = self.alarm.told.map(|told| told.error_rate);
        let panel = Panel::left("asked").exact_size(264.0).resizable(false);
        panel.frame(Frame::new().fill(theme.panel)).show(ui, |ui| {
            ScrollArea::vertical().auto_shrink(false).content_margin(watch::CONTENT).show(ui, |ui| {
                self.settings.show(ui, report.as_deref(), error_rate);
            });
        });
        let whole = ui.available_rect_before_wrap().shrink2(vec2(16.0, 8.0));
        if !varies {
            let mut area = watch::area(ui, "calm", whole);
            chance::nothing_varies(&mut area, scenario, commands);
            return;
        }
        let (bar, rest) = whole.split_top_bottom_at_y(whole.top() + 36.0);
        let mut area = watch::area(ui, "bar", bar);
        self.bar(&mut area, report.as_deref());
        let Some(report) = report.filter(|report| report.runs > 0) else {
            let wrong = self.studies.last().and_then(|study| study.wrong.as_deref());
            let colour = if wrong.is_some() { theme.failed } else { theme.text_dim };
            Text::Body.paint(ui.painter(), rest, Align2::CENTER_CENTER, wrong.unwrap_or(rooms::working()), colour);
            return;
        };
        let targets = self.studies.last().map_or(&[][..], |study| &study.wish.require);
        let mut area = watch::area(ui, "answers", rest);
        let seed = answers(&mut area, &report, targets, self.alarm.told.as_ref());
        if let Some(seed) = seed {
            commands.push(Command::WatchAlone(Box::new(Scenario { seed, ..scenario.clone() })));
        }
    }

    /// How far it is, and what ends it or makes it go on.
    fn bar(&mut self, ui: &mut Ui, report: Option<&Report>) {
        let theme = Theme::of(ui);
        let Some(study) = self.studies.last_mut() else { return };
        let whole = ui.max_rect();
        let said = match (study.how_far(), report) {
            (Some(far), _) => {
                let line = Rect::from_min_max(whole.left_bottom() - vec2(0.0, 6.0), whole.right_bottom() - vec2(0.0, 3.0));
                ui.painter().rect_filled(line, 1, theme.tile);
                #[expect(clippy::cast_possible_truncation, reason = "a place on the screen")]
                let part = (far.done as f64 / far.all.max(1) as f64).min(1.0) as f32;
                ui.painter().rect_filled(line.with_max_x(line.left() + line.width() * part), 1, theme.accent);
                words::progress(far.done, far.all, far.made, far.took_s)
            }
            (None, Some(report)) if study.is_stopped() => words::stopped(report.runs, self.settings.runs()),
            (None, Some(report)) => {
                let (first, end) = (report.seeds.first().map_or(0, |seeds| seeds.start), report.seeds.last().map_or(0, |seeds| seeds.end));
                words::made(report.runs, first, end.saturating_sub(1))
            }
            (None, None) => String::new(),
        };
        let at = whole.with_max_y(whole.bottom() - 8.0);
        let at = UiBuilder::new().id_salt("line").max_rect(at).layout(Layout::left_to_right(Align::Center));
        ui.scope_builder(at, |ui| {
            ui.spacing_mut().item_spacing.x = 12.0;
            ui.label(Text::Strong.rich(said).color(theme.text));
            if study.how_far().is_some() {
                if ui.add(TextButton::new(words::stop()).filled()).clicked() {
                    study.stop();
                }
            } else if study.is_stopped() && ui.add(TextButton::new(words::go_on()).filled()).clicked() {
                study.go_on();
                ui.ctx().request_repaint();
            }
        });
    }
}

/// What the runs come to. The seed of one that should be watched.
fn answers(ui: &mut Ui, report: &Arc<Report>, targets: &[crate::study::require::Requirement], judged: Option<&Judgement>) -> Option<u64> {
    let theme = Theme::of(ui);
    let height = ui.available_height();
    ScrollArea::vertical()
        .auto_shrink(false)
        .show(ui, |ui| {
            let top = ui.next_widget_position().y;
            let mut asked = probabilities::show(ui, report, targets, judged);
            let of = |key: Key| report.figures.iter().find(|figure| figure.key == key);
            let (mut vary, mut same): (Vec<&FigureReport>, Vec<(Key, Option<f64>)>) = (Vec::new(), Vec::new());
            for key in PICTURED {
                match of(key) {
                    Some(figure) if figure.max > figure.min || figure.runs < report.runs => vary.push(figure),
                    figure => same.push((key, figure.map(|figure| figure.median))),
                }
            }
            let same = words::same(&same);
            let below = if same.is_some() { 44.0 } else { 12.0 };
            ui.add_space(12.0);
            let left = height - (ui.next_widget_position().y - top) - below;
            asked = pictures(ui, &vary, report.runs, left).or(asked);
            if let Some(same) = same {
                ui.add_space(8.0);
                ui.label(Text::Small.rich(same).color(theme.text_dim));
            }
            asked
        })
        .inner
}

/// The figures that vary, side by side and below each other, as high as there is room.
fn pictures(ui: &mut Ui, figures: &[&FigureReport], all: u64, height: f32) -> Option<u64> {
    const GAP: f32 = probabilities::GAP;
    if figures.is_empty() {
        return None;
    }
    let width = ui.available_width();
    let columns = match figures.len() {
        1 => 1,
        2 | 4 => 2,
        _ if width < 900.0 => 2,
        _ => 3,
    };
    let rows = figures.len().div_ceil(columns);
    #[expect(clippy::cast_precision_loss, reason = "a handful of pictures")]
    let (columns_f, rows_f) = (columns as f32, rows as f32);
    let each = vec2((width - GAP * (columns_f - 1.0)) / columns_f, ((height - GAP * (rows_f - 1.0)) / rows_f).max(histogram::LEAST));
    let (whole, _) = ui.allocate_exact_size(vec2(width, each.y * rows_f + GAP * (rows_f - 1.0)), Sense::hover());
    let mut asked = None;
    for (i, figure) in figures.iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "a handful of pictures")]
        let corner = vec2((i % columns) as f32 * (each.x + GAP), (i / columns) as f32 * (each.y + GAP));
        asked = histogram::show(ui, Rect::from_min_size(whole.min + corner, each), figure, all).or(asked);
    }
    asked
}
