//! What each strategy would do on the present fleet: a small picture and a duration for the list.

use std::time::{Duration, Instant};

use eframe::egui::Context;

use crate::app::model::Model;
use crate::app::plots::Curves;
use crate::engine;
use crate::scenario::{Scenario, Strategy, StrategyKind};
use crate::strategy;
use crate::text::{controls as words, numbers};
use crate::timeline::{Detail, Outcome, Timeline};

/// In one frame so much time goes into outlines at most, and one of them at least; the rest follows in the next frames.
const FRAME_SHARE: Duration = Duration::from_millis(5);

/// One strategy's.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// The capacity over time, as a picture.
    pub steps: Vec<(f32, f32)>,
    /// How long it takes.
    pub duration: String,
    /// What the picture shows, in words.
    pub words: String,
}

impl Outline {
    fn of(timeline: &Timeline) -> Outline {
        let steps = Curves::picture(timeline);
        let capacities = || timeline.moments().iter().map(|moment| f64::from(moment.in_service()) / f64::from(timeline.desired()));
        let picture = words::picture(capacities().fold(f64::INFINITY, f64::min), capacities().fold(0.0, f64::max));
        let duration = match timeline.outcome() {
            Outcome::Succeeded => numbers::clock(timeline.end()),
            Outcome::Failed => words::FAILS.to_owned(),
        };
        Outline { steps, duration, words: picture }
    }

    fn of_strategy(scenario: &Scenario, strategy: &Strategy) -> Outline {
        let scenario = Scenario { strategy: strategy.clone(), ..scenario.clone() };
        match engine::run(&scenario, &strategy::plan(&scenario), Detail::Outline) {
            Ok(timeline) => Outline::of(&timeline),
            Err(engine::TooLong) => Outline { duration: words::NEVER_ENDS.to_owned(), ..Outline::default() },
        }
    }
}

/// All of them, in the order of [`StrategyKind::ALL`].
pub struct Outlines {
    of: Vec<Outline>,
    /// The scenario they belong to, whatever its strategy and its name.
    fleet: Option<Scenario>,
    revision: Option<u64>,
    pending: Vec<StrategyKind>,
}

impl Outlines {
    /// None is known yet.
    pub fn new() -> Outlines {
        Outlines { of: vec![Outline::default(); StrategyKind::ALL.len()], fleet: None, revision: None, pending: Vec::new() }
    }

    /// One strategy's; an older one while the new one is worked out.
    pub fn of(&self, kind: StrategyKind) -> &Outline {
        &self.of[kind as usize]
    }

    /// Works out what has changed.
    pub fn refresh(&mut self, ctx: &Context, model: &Model) {
        if self.revision != Some(model.revision()) {
            self.revision = Some(model.revision());
            self.look_at(model);
        }
        let began = Instant::now();
        while let Some(kind) = self.pending.pop() {
            self.of[kind as usize] = Outline::of_strategy(model.scenario(), model.strategy(kind));
            if began.elapsed() >= FRAME_SHARE {
                break;
            }
        }
        if !self.pending.is_empty() {
            ctx.request_repaint();
        }
    }

    fn look_at(&mut self, model: &Model) {
        let chosen = model.scenario().strategy.kind();
        self.of[chosen as usize] = Outline::of(model.timeline());
        let fleet = Scenario { strategy: Strategy::AllAtOnce, name: String::new(), description: String::new(), ..model.scenario().clone() };
        if self.fleet.as_ref() == Some(&fleet) {
            self.pending.retain(|kind| *kind != chosen);
        } else {
            self.fleet = Some(fleet);
            // Taken from the end: the list fills from the top.
            self.pending = StrategyKind::ALL.into_iter().rev().filter(|kind| *kind != chosen).collect();
        }
    }
}
