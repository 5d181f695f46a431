//! What the window shows: a scenario, what becomes of it, the playhead, and how it came to be.

mod written;

use std::path::PathBuf;
use std::sync::Arc;

use super::clock::Clock;
use super::plots::Curves;
use super::presenter;
use super::theme::Tone;
use super::widgets::{Icon, Mark, Phase, PhaseLook};
use crate::engine::TooLong;
use crate::metrics::{Metrics, cause_key};
use crate::plan::PhaseLabel;
use crate::presets;
use crate::scenario::{Scenario, Strategy, StrategyKind};
use crate::text::language::{Language, spoken};
use crate::text::{controls as words, scorecard, story};
use crate::timeline::{Cause, Death, Note, PhaseSpan, Timeline, Way, Why};
use crate::units::{Duration, Time};
use written::Written;

/// So many changes can be undone.
const MOST_UNDO: usize = 200;

/// Why a change was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// It would hardly end.
    #[error(transparent)]
    TooLong(#[from] TooLong),
    /// A plan written by hand does not go with this fleet.
    #[error("{0}")]
    Plan(String),
}

/// A scenario as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// What it says.
    pub scenario: Scenario,
    /// The file that `Save` writes; none for a preset.
    pub path: Option<PathBuf>,
    /// Its text, whose comments are kept.
    pub text: Option<String>,
}

/// What becomes of a scenario, with all that is drawn from it.
#[derive(Clone, Debug)]
pub struct Run {
    /// The record.
    pub timeline: Arc<Timeline>,
    /// The figures in words.
    pub rows: Vec<scorecard::Row>,
    /// The plots' curves.
    pub curves: Curves,
    /// The ribbon's phases.
    pub phases: Vec<Phase>,
    /// The ribbon's marks, in the order of time.
    pub marks: Vec<Mark>,
    /// The figures.
    pub metrics: Metrics,
    /// The language of the words in it.
    told_in: Language,
}

/// Where more instances died, each alone is not worth a mark.
const MOST_DEATHS: usize = 12;

impl Run {
    /// Simulates.
    ///
    /// # Errors
    /// [`TooLong`] where it would hardly end.
    pub fn of(scenario: &Scenario) -> Result<Run, TooLong> {
        let timeline = crate::simulate(scenario)?;
        let metrics = Metrics::new(scenario, &timeline);
        Ok(Run {
            rows: scorecard::rows(&metrics),
            curves: Curves::new(&timeline),
            phases: phases(&timeline),
            marks: marks(&timeline),
            metrics,
            told_in: spoken(),
            timeline: Arc::new(timeline),
        })
    }

    /// Its words once more where they are in another language than the one that is spoken. Whether they were.
    pub fn retell(&mut self) -> bool {
        let other = self.told_in != spoken();
        if other {
            self.rows = scorecard::rows(&self.metrics);
            self.phases = phases(&self.timeline);
            self.marks = marks(&self.timeline);
            self.told_in = spoken();
        }
        other
    }

    /// Requests that were cut off in flight.
    pub fn cut_off(&self) -> f64 {
        self.metrics.requests_failed_by_cause.get(cause_key(Cause::CutOff)).copied().unwrap_or(0.0)
    }
}

/// The seconds that are the ribbon's whole width.
fn end_s(timeline: &Timeline) -> f64 {
    timeline.end().as_secs_f64().max(1e-6)
}

fn phases(timeline: &Timeline) -> Vec<Phase> {
    let end_s = end_s(timeline);
    let phases = timeline.phases().iter();
    // A step that takes no time has no place on the ribbon.
    let phases = phases.filter(|phase| phase.to > phase.from).map(|phase| Phase {
        label: story::phase_short(phase.label),
        from: phase.from.as_secs_f64() / end_s,
        to: phase.to.as_secs_f64() / end_s,
        look: look(phase),
    });
    phases.collect()
}

fn look(phase: &PhaseSpan) -> PhaseLook {
    match (phase.label, phase.way) {
        (PhaseLabel::Stopped | PhaseLabel::Person, _) => PhaseLook::Halted,
        (PhaseLabel::GoBack, _) | (_, Way::Back) => PhaseLook::Back,
        (_, Way::Forward) => PhaseLook::Forward,
    }
}

/// What went wrong and what was done about it, where it happened.
fn marks(timeline: &Timeline) -> Vec<Mark> {
    let end_s = end_s(timeline);
    let log = timeline.log();
    let deaths = log.iter().filter(|entry| matches!(entry.note, Note::Died(..))).take(MOST_DEATHS + 1).count();
    let mut marks: Vec<Mark> = Vec::new();
    for entry in log {
        let (tone, icon) = match entry.note {
            Note::Failed(Why::Alarm { .. }) => (Tone::Bad, Some(Icon::Bell)),
            Note::Failed(_) | Note::NotProgressing => (Tone::Bad, Some(Icon::Cross)),
            Note::GoingBack { .. } => (Tone::Warning, Some(Icon::Back)),
            Note::Died(_, Death::Killed | Death::Failure | Death::Crash) if deaths <= MOST_DEATHS => (Tone::Bad, None),
            Note::NoQuota { .. } | Note::TurnedBad(_) => (Tone::Warning, None),
            Note::TurnedGood => (Tone::Good, None),
            Note::Died(..)
            | Note::Launching(_)
            | Note::Draining(_)
            | Note::Interrupted(_)
            | Note::Installing(_)
            | Note::Starting(_)
            | Note::Checking(_)
            | Note::InService(_)
            | Note::Shifted(_)
            | Note::Moving { .. }
            | Note::Waiting(_)
            | Note::Adopted
            | Note::Terminating(_)
            | Note::Gone(_)
            | Note::TakenOut(_)
            | Note::Recovering(_)
            | Note::NotHealthy(_)
            | Note::Replacing(_)
            | Note::Demand(_)
            | Note::Checked { .. }
            | Note::WaitingForApproval
            | Note::Approved
            | Note::Person(_)
            | Note::GoingOn
            | Note::Succeeded
            | Note::RolledBack
            | Note::Stopped => continue,
        };
        let (at, line) = (entry.at.as_secs_f64() / end_s, story::log_line(timeline, entry));
        match marks.last_mut() {
            // Of what happens at one moment the first is what made the others happen.
            Some(last) if last.at == at => last.label = format!("{}; {line}", last.label),
            Some(_) | None => marks.push(Mark { label: words::ribbon_mark(entry.at, &line), at, tone, icon }),
        }
    }
    marks
}

/// Whether the person still holds what was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gesture {
    /// A change is a new one.
    None,
    /// A change belongs to the one before it.
    Held,
}

/// Everything the window is about.
pub struct Model {
    scenario: Scenario,
    run: Run,
    /// The playhead.
    pub clock: Clock,
    saved: Scenario,
    path: Option<PathBuf>,
    written: Written,
    /// The figures before the last change, and the same in words.
    before: Option<(Metrics, Vec<scorecard::Row>)>,
    /// When each figure last changed, in the window's time.
    changed_at: Vec<f64>,
    gesture: Gesture,
    holding: bool,
    undo: Vec<Scenario>,
    redo: Vec<Scenario>,
    /// Every strategy as it was last set, in the order of [`StrategyKind::ALL`].
    strategies: Vec<Strategy>,
    revision: u64,
    opened_before: u64,
    /// Whether it stops before each phase and hides what is to come.
    pub asks_next: bool,
}

impl Model {
    /// The window on a scenario, playing.
    ///
    /// # Errors
    /// [`TooLong`] where it would hardly end.
    pub fn new(opened: Opened) -> Result<Model, TooLong> {
        let run = Run::of(&opened.scenario)?;
        let strategies = StrategyKind::ALL.map(StrategyKind::with_defaults).to_vec();
        let mut model = Model {
            clock: Clock::playing_from_start(run.timeline.end().since(Time::ZERO)),
            changed_at: vec![f64::NEG_INFINITY; run.rows.len()],
            saved: opened.scenario.clone(),
            scenario: opened.scenario,
            path: opened.path,
            written: Written::opened(opened.text),
            run,
            before: None,
            gesture: Gesture::None,
            holding: false,
            undo: Vec::new(),
            redo: Vec::new(),
            strategies,
            revision: 0,
            opened_before: 0,
            asks_next: false,
        };
        model.remember_strategy();
        Ok(model)
    }

    /// Another scenario in its place.
    ///
    /// # Errors
    /// [`TooLong`]; nothing has changed then.
    pub fn open(&mut self, opened: Opened) -> Result<(), TooLong> {
        let (revision, opened_before, asks_next) = (self.revision + 1, self.opened_before + 1, self.asks_next);
        *self = Model { revision, opened_before, asks_next, ..Model::new(opened)? };
        Ok(())
    }

    /// The scenario.
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// What becomes of it.
    pub fn run(&self) -> &Run {
        &self.run
    }

    /// The record of it.
    pub fn timeline(&self) -> &Timeline {
        &self.run.timeline
    }

    /// When it ends.
    pub fn end(&self) -> Time {
        self.run.timeline.end()
    }

    /// At the beginning of a frame: all its words in the language that is spoken.
    pub fn retell(&mut self) {
        if self.run.retell() {
            self.before = self.before.take().map(|(metrics, _)| {
                let rows = scorecard::rows(&metrics);
                (metrics, rows)
            });
            // What others keep in words belongs to a revision.
            self.revision += 1;
        }
    }

    /// Whether it stands where a phase begins and waits for a person to say what happens next.
    pub fn is_asking(&self) -> bool {
        let t = self.clock.t();
        let stands = self.asks_next && !self.clock.is_playing() && t < self.end();
        stands && presenter::beginnings(self.timeline()).any(|from| from == t)
    }

    /// The moment that is seen: the playhead's. Where it is asked what happens next, that has not begun.
    pub fn seen(&self) -> Time {
        let t = self.clock.t();
        if self.is_asking() { t - Duration::from_us(1) } else { t }
    }

    /// Whether a phase is about to begin that may not be seen coming: what is eased into it is then not.
    pub fn holds_back(&self) -> bool {
        // Longer than any change takes to be shown.
        let close = Duration::from_us(self.end().as_us() / 30);
        let next = || presenter::next_beginning(self.timeline(), self.clock.t());
        self.asks_next && (self.is_asking() || next().is_some_and(|next| next.since(self.clock.t()) <= close))
    }

    /// Until when things are shown, where what is to come is hidden.
    pub fn shown_until(&self) -> Option<Time> {
        (self.asks_next && self.clock.t() < self.end()).then(|| self.seen())
    }

    /// The figures before the last change, to compare with.
    pub fn before(&self) -> Option<&[scorecard::Row]> {
        self.before.as_ref().map(|(_, rows)| rows.as_slice())
    }

    /// When each figure last changed, in the window's time.
    pub fn changed_at(&self) -> &[f64] {
        &self.changed_at
    }

    /// Grows with every change of the scenario.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// How many scenarios were open before this one.
    pub fn opened_before(&self) -> u64 {
        self.opened_before
    }

    /// The file that it is saved to.
    pub fn path(&self) -> Option<&PathBuf> {
        self.path.as_ref()
    }

    /// What it is called in the window: a built-in preset's name in the language that is spoken, and else as it is written.
    pub fn title(&self) -> String {
        let preset = self.path.is_none().then(|| presets::shown_of(&self.scenario.name)).flatten();
        preset.map_or_else(|| self.written_title(), |(name, _)| name.to_owned())
    }

    /// What it is called: its name, or that of its file.
    pub fn written_title(&self) -> String {
        if !self.scenario.name.is_empty() {
            return self.scenario.name.clone();
        }
        let stem = self.path.as_ref().and_then(|path| path.file_stem()).map(|stem| stem.to_string_lossy().into_owned());
        stem.unwrap_or_else(|| words::untitled().to_owned())
    }

    /// At the beginning of a frame: whether the pointer or a key is held down, so that changes are one.
    pub fn hold(&mut self, holding: bool) {
        self.holding = holding;
        if !holding {
            self.gesture = Gesture::None;
        }
    }

    /// A changed scenario, simulated at once; the playhead stays.
    ///
    /// # Errors
    /// Where it cannot be simulated; nothing has changed then.
    pub fn edit(&mut self, scenario: Scenario, now_s: f64) -> Result<(), EditError> {
        if scenario == self.scenario {
            return Ok(());
        }
        check_plan(&self.scenario, &scenario)?;
        let run = Run::of(&scenario)?;
        let before = std::mem::replace(&mut self.scenario, scenario);
        if self.gesture == Gesture::None {
            self.before = Some((self.run.metrics.clone(), self.run.rows.clone()));
            self.redo.clear();
            self.undo.push(before);
            if self.undo.len() > MOST_UNDO {
                self.undo.remove(0);
            }
        }
        if self.holding {
            self.gesture = Gesture::Held;
        }
        self.replace(run, now_s);
        Ok(())
    }

    /// A strategy, with what it was last told.
    ///
    /// # Errors
    /// Where it cannot be simulated; nothing has changed then.
    pub fn choose(&mut self, kind: StrategyKind, now_s: f64) -> Result<(), EditError> {
        let strategy = self.strategy(kind).clone();
        self.edit(Scenario { strategy, ..self.scenario.clone() }, now_s)
    }

    /// A strategy as it was last set.
    pub fn strategy(&self, kind: StrategyKind) -> &Strategy {
        &self.strategies[kind as usize]
    }

    /// Whether a change can be undone.
    pub fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    /// Whether an undone change can be made again.
    pub fn can_redo(&self) -> bool {
        !self.redo.is_empty()
    }

    /// Takes the last change back.
    pub fn undo(&mut self, now_s: f64) {
        if let Some(scenario) = self.undo.pop() {
            let present = self.go_to(scenario, now_s);
            self.redo.extend(present);
        }
    }

    /// Makes the change that was taken back again.
    pub fn redo(&mut self, now_s: f64) {
        if let Some(scenario) = self.redo.pop() {
            let present = self.go_to(scenario, now_s);
            self.undo.extend(present);
        }
    }

    /// A scenario that was simulated before. The present one, where it could be left.
    fn go_to(&mut self, scenario: Scenario, now_s: f64) -> Option<Scenario> {
        let run = Run::of(&scenario).ok()?;
        self.before = Some((self.run.metrics.clone(), self.run.rows.clone()));
        self.gesture = Gesture::None;
        let present = std::mem::replace(&mut self.scenario, scenario);
        self.replace(run, now_s);
        Some(present)
    }

    fn replace(&mut self, run: Run, now_s: f64) {
        for (changed_at, (new, old)) in self.changed_at.iter_mut().zip(run.rows.iter().zip(&self.run.rows)) {
            if new.value != old.value {
                *changed_at = now_s;
            }
        }
        self.run = run;
        self.clock.fit(self.run.timeline.end());
        self.remember_strategy();
        self.written.follow(&self.scenario);
        self.revision += 1;
    }

    fn remember_strategy(&mut self) {
        self.strategies[self.scenario.strategy.kind() as usize] = self.scenario.strategy.clone();
    }
}

/// A plan written by hand may count instances, and then goes with one size of fleet only. The reader knows the rules.
fn check_plan(before: &Scenario, after: &Scenario) -> Result<(), EditError> {
    let same = before.fleet.instances == after.fleet.instances && before.strategy == after.strategy;
    match after.strategy {
        Strategy::Steps(_) if !same => match Scenario::from_ron(&after.to_ron(), "") {
            Ok(_) => Ok(()),
            Err(error) => Err(EditError::Plan(error.problems().first().map_or_else(String::new, |problem| problem.message.clone()))),
        },
        _ => Ok(()),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;
    use crate::scenario::Part;

    fn model() -> Model {
        let scenario = Scenario::new(10, Strategy::Rolling { batch: Part::Count(3) });
        Model::new(Opened { scenario, path: None, text: None }).unwrap()
    }

    fn set_batch(model: &mut Model, batch: u32) {
        let strategy = Strategy::Rolling { batch: Part::Count(batch) };
        let scenario = Scenario { strategy, ..model.scenario().clone() };
        model.edit(scenario, 1.0).unwrap();
    }

    #[test]
    fn one_drag_is_one_change() {
        let mut model = model();
        model.hold(true);
        for batch in [4, 5, 2] {
            set_batch(&mut model, batch);
            model.hold(true);
        }
        model.hold(false);
        // Compared with the 4 batches of 100 s before the drag: now 5 of them.
        let before = model.before().unwrap();
        assert_eq!(model.run().rows[0].difference(&before[0]).unwrap(), "+1 min 40 s");
        model.undo(2.0);
        assert_eq!(model.scenario().strategy, Strategy::Rolling { batch: Part::Count(3) });
        assert!(!model.can_undo());
        model.redo(3.0);
        assert_eq!(model.scenario().strategy, Strategy::Rolling { batch: Part::Count(2) });
    }

    #[test]
    fn a_strategy_keeps_its_settings_while_another_is_tried() {
        let mut model = model();
        set_batch(&mut model, 5);
        model.choose(StrategyKind::AllAtOnce, 1.0).unwrap();
        assert_eq!(model.end(), Time::ZERO + Duration::from_secs(80));
        model.choose(StrategyKind::Rolling, 1.0).unwrap();
        assert_eq!(model.scenario().strategy, Strategy::Rolling { batch: Part::Count(5) });
    }

    #[test]
    fn a_change_that_cannot_be_simulated_changes_nothing() {
        let mut model = model();
        // A million batches of half a day each are longer than a hundred years.
        let mut scenario = Scenario::new(1_000_000, Strategy::Rolling { batch: Part::Count(1) });
        scenario.load_balancer.deregistration_delay = Duration::from_secs(43_200);
        scenario.timeout = crate::scenario::limits::MAX_DURATION;
        assert_eq!(model.edit(scenario, 1.0), Err(EditError::TooLong(TooLong)));
        assert_eq!((model.scenario().fleet.instances, model.is_edited(), model.can_undo()), (10, false, false));
    }

    #[test]
    fn a_plan_written_by_hand_keeps_to_the_fleet_it_was_written_for() {
        let plan = Strategy::Steps(vec![crate::scenario::Step::Update { instances: Part::Count(10) }]);
        let mut model = Model::new(Opened { scenario: Scenario::new(10, plan), path: None, text: None }).unwrap();
        let larger =
            Scenario { fleet: crate::scenario::Fleet { instances: 12, ..model.scenario().fleet.clone() }, ..model.scenario().clone() };
        assert!(matches!(model.edit(larger, 1.0), Err(EditError::Plan(_))));
        assert_eq!(model.scenario().fleet.instances, 10);
    }

    #[test]
    fn only_what_changed_lights_up() {
        let mut model = model();
        set_batch(&mut model, 2);
        let lit: Vec<&str> =
            model.run().rows.iter().zip(model.changed_at()).filter(|(_, at)| **at == 1.0).map(|(row, _)| row.label).collect();
        assert!(lit.contains(&"Duration") && lit.contains(&"Lowest capacity") && !lit.contains(&"Downtime"), "{lit:?}");
    }
}
