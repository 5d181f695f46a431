//! What each strategy would do on the present fleet: a small picture and a duration for the list.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use eframe::egui::Context;

use crate::app::model::Model;
use crate::app::plots::Curves;
use crate::engine;
use crate::scenario::{Scenario, Strategy, StrategyKind};
use crate::strategy;
use crate::text::language::{Language, speak, spoken};
use crate::text::{controls as words, numbers};
use crate::timeline::{Detail, Outcome, Timeline};

/// In one frame so much time goes into outlines at most, and one of them at least; the rest follows in the next frames.
const FRAME_SHARE: Duration = Duration::from_millis(5);

/// The outlines of a larger fleet are worked out beside the window.
const LARGE: u32 = 5_000;

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
            Outcome::RolledBack => words::goes_back().to_owned(),
            Outcome::Failed => words::fails().to_owned(),
        };
        Outline { steps, duration, words: picture }
    }

    /// What `strategy` would do on the fleet of `scenario`.
    pub fn of_strategy(scenario: &Scenario, strategy: &Strategy) -> Outline {
        let scenario = Scenario { strategy: strategy.clone(), ..scenario.clone() };
        match engine::run(&scenario, &strategy::plan(&scenario), Detail::Outline) {
            Ok(timeline) => Outline::of(&timeline),
            Err(engine::TooLong) => Outline { duration: words::never_ends().to_owned(), ..Outline::default() },
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
    /// The revision and the language they are up to date with.
    seen: Option<(u64, Language)>,
    pending: Vec<StrategyKind>,
    beside: Option<Beside>,
    /// Grows with every change: what was given away before it is not wanted any more.
    job: u64,
}

impl Outlines {
    /// None is known yet.
    pub fn new() -> Outlines {
        let all = StrategyKind::ALL.len();
        Outlines {
            of: vec![Outline::default(); all],
            made_of: vec![None; all],
            fleet: None,
            seen: None,
            pending: Vec::new(),
            beside: None,
            job: 0,
        }
    }

    /// One strategy's; an older one while the new one is worked out.
    pub fn of(&self, kind: StrategyKind) -> &Outline {
        &self.of[kind as usize]
    }

    /// Works out what has changed.
    pub fn refresh(&mut self, ctx: &Context, model: &Model) {
        let seen = (model.revision(), spoken());
        let changed = self.seen != Some(seen);
        if changed {
            // They hold words.
            if self.seen.is_some_and(|(_, language)| language != seen.1) {
                self.made_of.fill(None);
            }
            self.seen = Some(seen);
            self.look_at(model);
        }
        if model.scenario().fleet.instances > LARGE {
            if changed && !self.pending.is_empty() {
                self.give_away(ctx, model);
            }
            self.take_back();
            return;
        }
        let began = Instant::now();
        while let Some(kind) = self.pending.pop() {
            self.keep(Outline::of_strategy(model.scenario(), model.strategy(kind)), model.strategy(kind));
            if began.elapsed() >= FRAME_SHARE {
                break;
            }
        }
        if !self.pending.is_empty() {
            ctx.request_repaint();
        }
    }

    fn look_at(&mut self, model: &Model) {
        // What was given away before is of another scenario.
        self.job += 1;
        let fleet = Scenario { strategy: Strategy::AllAtOnce, name: String::new(), description: String::new(), ..model.scenario().clone() };
        if self.fleet.as_ref() != Some(&fleet) {
            self.fleet = Some(fleet);
            self.made_of.fill(None);
        }
        self.keep(Outline::of(model.timeline()), &model.scenario().strategy);
        let known = |kind: StrategyKind| self.made_of[kind as usize].as_ref() == Some(model.strategy(kind));
        // Taken from the end: the list fills from the top.
        self.pending = StrategyKind::ALL.into_iter().rev().filter(|kind| !known(*kind)).collect();
    }

    /// Lets what is pending be worked out beside the window.
    fn give_away(&mut self, ctx: &Context, model: &Model) {
        let left = self.pending.iter().map(|kind| model.strategy(*kind).clone()).collect();
        let job = Job { number: self.job, scenario: model.scenario().clone(), left, language: spoken(), window: ctx.clone() };
        let beside = self.beside.get_or_insert_with(Beside::new);
        // Where the system gives no thread the older pictures stay.
        let _ = beside.jobs.send(job);
    }

    /// Takes what has been worked out beside the window.
    fn take_back(&mut self) {
        while let Some((number, strategy, outline)) = self.beside.as_ref().and_then(|beside| beside.done.try_recv().ok()) {
            self.take(number, &strategy, outline);
        }
    }

    fn take(&mut self, number: u64, strategy: &Strategy, outline: Outline) {
        if number == self.job {
            self.pending.retain(|kind| *kind != strategy.kind());
            self.keep(outline, strategy);
        }
    }

    fn keep(&mut self, outline: Outline, strategy: &Strategy) {
        let place = strategy.kind() as usize;
        self.of[place] = outline;
        self.made_of[place] = Some(strategy.clone());
    }
}

/// Strategies to be tried on a scenario, the last one first.
struct Job {
    number: u64,
    scenario: Scenario,
    left: Vec<Strategy>,
    language: Language,
    window: Context,
}

/// A thread that works on the newest job, one strategy at a time.
struct Beside {
    jobs: Sender<Job>,
    done: Receiver<(u64, Strategy, Outline)>,
}

impl Beside {
    fn new() -> Beside {
        let (jobs, waiting) = channel::<Job>();
        let (tell, done) = channel();
        let work = move || {
            while let Ok(mut job) = waiting.recv() {
                loop {
                    // Only the newest counts.
                    while let Ok(newer) = waiting.try_recv() {
                        job = newer;
                    }
                    let Some(strategy) = job.left.pop() else { break };
                    // A thread begins with English.
                    speak(job.language);
                    let outline = Outline::of_strategy(&job.scenario, &strategy);
                    if tell.send((job.number, strategy, outline)).is_err() {
                        // The window is gone.
                        return;
                    }
                    job.window.request_repaint();
                }
            }
        };
        let _ = thread::Builder::new().name("outlines".to_owned()).spawn(work);
        Beside { jobs, done }
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
        assert_eq!(outlines.of(StrategyKind::Rolling).duration, "16:40");
        model.open(opened(Strategy::AllAtOnce)).unwrap();
        for _ in StrategyKind::ALL {
            outlines.refresh(&ctx, &model);
        }
        model.choose(StrategyKind::Rolling, 0.0).unwrap();
        let chosen = numbers::clock(model.end());
        assert_ne!(chosen, "16:40");
        assert_eq!(outlines.of(StrategyKind::Rolling).duration, chosen);
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
        assert_eq!((duration(&outlines, StrategyKind::AllAtOnce), duration(&outlines, StrategyKind::Immutable)), ("1:20", "5:00"));
        let steps = outlines.of(StrategyKind::AllAtOnce).steps.clone();
        let mut change = |to: &dyn Fn(&mut Scenario)| {
            let mut scenario = model.scenario().clone();
            to(&mut scenario);
            model.edit(scenario, 0.0).unwrap();
            all(&mut outlines, &model);
            let list = [StrategyKind::AllAtOnce, StrategyKind::Immutable].map(|kind| duration(&outlines, kind).to_owned());
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

    fn duration(outlines: &Outlines, kind: StrategyKind) -> &str {
        &outlines.of(kind).duration
    }

    #[test]
    fn a_large_fleet_is_worked_out_beside_the_window_and_only_the_newest_counts() {
        let ctx = Context::default();
        let mut outlines = Outlines::new();
        let large = |instances| Opened {
            scenario: Scenario::new(instances, Strategy::Rolling { batch: Part::Count(instances / 2) }),
            path: None,
            text: None,
        };
        let mut model = Model::new(large(6_000)).unwrap();
        outlines.refresh(&ctx, &model);
        // The chosen one is there at once: 2 batches of 100 s.
        assert_eq!(duration(&outlines, StrategyKind::Rolling), "3:20");
        // Another one overtakes it.
        model.open(large(8_000)).unwrap();
        outlines.refresh(&ctx, &model);
        while !outlines.pending.is_empty() {
            let (number, strategy, outline) = outlines.beside.as_ref().unwrap().done.recv().unwrap();
            outlines.take(number, &strategy, outline);
        }
        assert_eq!(outlines.job, 2);
        assert_eq!(duration(&outlines, StrategyKind::AllAtOnce), "1:20");
        assert!(StrategyKind::ALL.into_iter().all(|kind| !outlines.of(kind).duration.is_empty()));
        // What is up to date is not worked out again.
        outlines.refresh(&ctx, &model);
        assert_eq!(outlines.job, 2);
    }
}
