//! What each strategy would do on the present fleet: a small picture and a duration for the list.

use std::time::{Duration, Instant};

use eframe::egui::Context;

use crate::app::model::Model;
use crate::app::plots::Curves;
use crate::app::worker::{Background, Worker, is_large};
use crate::engine;
use crate::scenario::{Scenario, Strategy, StrategyKind};
use crate::strategy;
use crate::text::{controls as words, numbers};
use crate::timeline::{Detail, Outcome, Timeline};
use crate::units::Time;

/// In one frame so much time goes into outlines at most, and one of them at least; the rest follows in the next frames.
const FRAME_SHARE: Duration = Duration::from_millis(5);

/// One strategy's.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// The capacity over time, as a picture.
    pub steps: Vec<(f32, f32)>,
    /// How it ends, where that is known.
    ends: Option<Ends>,
    /// The least and the most capacity, of what the fleet has.
    capacity: Option<(f64, f64)>,
}

/// How a deployment ends, in short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ends {
    Well(Time),
    Back,
    Failed,
    Never,
}

impl Outline {
    fn of(timeline: &Timeline) -> Outline {
        let steps = Curves::picture(timeline);
        let capacities = || timeline.moments().iter().map(|moment| f64::from(moment.in_service()) / f64::from(timeline.desired()));
        let capacity = (capacities().fold(f64::INFINITY, f64::min), capacities().fold(0.0, f64::max));
        let ends = match timeline.outcome() {
            Outcome::Succeeded => Ends::Well(timeline.end()),
            Outcome::RolledBack => Ends::Back,
            Outcome::Failed => Ends::Failed,
        };
        Outline { steps, ends: Some(ends), capacity: Some(capacity) }
    }

    /// How long it takes, or how it ends where that is not well.
    pub fn duration(&self) -> String {
        match self.ends {
            Some(Ends::Well(end)) => numbers::clock(end),
            Some(Ends::Back) => words::goes_back().to_owned(),
            Some(Ends::Failed) => words::fails().to_owned(),
            Some(Ends::Never) => words::never_ends().to_owned(),
            None => String::new(),
        }
    }

    /// What the picture shows, in words.
    pub fn words(&self) -> String {
        self.capacity.map(|(lowest, most)| words::picture(lowest, most)).unwrap_or_default()
    }

    /// What a scenario comes to.
    pub fn of_scenario(scenario: &Scenario) -> Outline {
        match engine::run(scenario, &strategy::plan(scenario), Detail::Outline) {
            Ok(timeline) => Outline::of(&timeline),
            Err(engine::TooLong) => Outline { ends: Some(Ends::Never), ..Outline::default() },
        }
    }
}

/// All of them, in the order of [`StrategyKind::ALL`].
pub struct Outlines {
    of: Vec<Outline>,
    /// What each was worked out for, where that is done: another scenario may bring the same fleet with other settings.
    made_of: Vec<Option<Strategy>>,
    /// The scenario they belong to, whatever its strategy and its name.
    fleet: Option<Scenario>,
    revision: Option<u64>,
    pending: Vec<StrategyKind>,
    /// Who works out those of large fleets; none: that is done in a frame, one at a time.
    background: Option<Background<Worked>>,
}

/// What is worked out beside the window: a strategy's outline.
pub type Worked = (Strategy, Outline);

impl Outlines {
    /// None is known yet.
    pub fn new() -> Outlines {
        let all = StrategyKind::ALL.len();
        Outlines {
            of: vec![Outline::default(); all],
            made_of: vec![None; all],
            fleet: None,
            revision: None,
            pending: Vec::new(),
            background: None,
        }
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
        self.take_over(ctx);
        let began = Instant::now();
        while let Some(&kind) = self.pending.last() {
            let strategy = model.strategy(kind);
            let scenario = Scenario { strategy: strategy.clone(), ..model.simulated().clone() };
            if let Some(background) = self.background.as_mut().filter(|_| is_large(&scenario)) {
                // One after another, and none while the deployment itself is waited for. What is finished wakes the window.
                if background.is_pending() || model.pending_since().is_some() {
                    return;
                }
                background.ask(move || {
                    let outline = Outline::of_scenario(&scenario);
                    (scenario.strategy, outline)
                });
                self.pending.pop();
                return;
            }
            self.pending.pop();
            self.keep(Outline::of_scenario(&scenario), strategy);
            if began.elapsed() >= FRAME_SHARE {
                break;
            }
        }
        if !self.pending.is_empty() {
            ctx.request_repaint();
        }
    }

    /// Takes over what was worked out beside the window.
    fn take_over(&mut self, ctx: &Context) {
        let Some(background) = &mut self.background else { return };
        background.wakes(ctx);
        if let Some((strategy, outline)) = background.finished().flatten() {
            self.keep(outline, &strategy);
        }
    }

    /// From now on `worker` works out the outlines of large fleets.
    pub fn set_worker(&mut self, worker: Box<dyn Worker<Worked>>) {
        self.background = Some(Background::new(worker));
    }

    fn look_at(&mut self, model: &Model) {
        if let Some(background) = &mut self.background {
            background.forget();
        }
        let fleet =
            Scenario { strategy: Strategy::AllAtOnce, name: String::new(), description: String::new(), ..model.simulated().clone() };
        if self.fleet.as_ref() != Some(&fleet) {
            self.fleet = Some(fleet);
            self.made_of.fill(None);
        }
        self.keep(Outline::of(model.timeline()), &model.simulated().strategy);
        let known = |kind: StrategyKind| self.made_of[kind as usize].as_ref() == Some(model.strategy(kind));
        // Taken from the end: the list fills from the top.
        self.pending = StrategyKind::ALL.into_iter().rev().filter(|kind| !known(*kind)).collect();
    }

    fn keep(&mut self, outline: Outline, strategy: &Strategy) {
        let place = strategy.kind() as usize;
        self.of[place] = outline;
        self.made_of[place] = Some(strategy.clone());
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;
    use crate::app::model::Opened;
    use crate::scenario::{Part, Spread};

    fn opened(strategy: Strategy) -> Opened {
        Opened { scenario: Scenario::new(10, strategy), path: None, text: None }
    }

    #[test]
    fn another_scenario_with_the_same_fleet_brings_its_own_settings() {
        let ctx = Context::default();
        let mut outlines = Outlines::new();
        // 10 batches of 100 s each.
        let mut model = Model::new(opened(Strategy::Rolling { batch: Part::Count(1) })).unwrap();
        for _ in StrategyKind::ALL {
            outlines.refresh(&ctx, &model);
        }
        assert_eq!(outlines.of(StrategyKind::Rolling).duration(), "16:40");
        model.open(opened(Strategy::AllAtOnce)).unwrap();
        for _ in StrategyKind::ALL {
            outlines.refresh(&ctx, &model);
        }
        model.choose(StrategyKind::Rolling, 0.0).unwrap();
        let chosen = numbers::clock(model.end());
        assert_ne!(chosen, "16:40");
        assert_eq!(outlines.of(StrategyKind::Rolling).duration(), chosen);
    }

    /// One change after another of a fleet's knobs, and what the list then says.
    #[test]
    fn every_knob_is_followed_at_once() {
        let ctx = Context::default();
        let mut outlines = Outlines::new();
        let mut model = Model::new(opened(Strategy::Rolling { batch: Part::Count(5) })).unwrap();
        let all = |outlines: &mut Outlines, model: &Model| {
            for _ in StrategyKind::ALL {
                outlines.refresh(&ctx, model);
            }
        };
        all(&mut outlines, &model);
        // Install 30 + startup 20 + 3 checks of 10 s, nothing drained; the same after 60 s of boot, twice, and 20 s of draining.
        assert_eq!([StrategyKind::AllAtOnce, StrategyKind::Immutable].map(|kind| duration(&outlines, kind)), ["1:20", "5:00"]);
        let steps = outlines.of(StrategyKind::AllAtOnce).steps.clone();
        let mut change = |to: &dyn Fn(&mut Scenario)| {
            let mut scenario = model.scenario().clone();
            to(&mut scenario);
            model.edit(scenario, 0.0).unwrap();
            all(&mut outlines, &model);
            let list = [StrategyKind::AllAtOnce, StrategyKind::Immutable].map(|kind| duration(&outlines, kind));
            (list, outlines.of(StrategyKind::AllAtOnce).steps != steps)
        };
        // 30 s more of startup for each instance: once, and twice.
        let (list, _) = change(&|scenario| scenario.timings.startup = Spread::Fixed(crate::units::Duration::from_secs(50)));
        assert_eq!(list, ["1:50", "6:00"]);
        // Three more checks of 10 s.
        let (list, _) = change(&|scenario| scenario.load_balancer.health_check.healthy_threshold = 6);
        assert_eq!(list, ["2:20", "7:00"]);
        let (list, other) = change(&|scenario| {
            scenario.load_balancer.health_check.healthy_threshold = 3;
            scenario.failures.events = vec![crate::scenario::Event::Demand { at: crate::units::Duration::from_secs(10), rps: 900.0 }];
        });
        assert_eq!(list, ["1:50", "6:00"]);
        assert!(!other, "it is down for the whole time, whatever the demand");
    }

    fn duration(outlines: &Outlines, kind: StrategyKind) -> String {
        outlines.of(kind).duration().to_string()
    }
}
