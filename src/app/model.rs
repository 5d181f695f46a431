//! What the window shows: a scenario, what becomes of it, the playhead, and how it came to be.

mod written;

use std::path::PathBuf;
use std::sync::Arc;

use super::clock::Clock;
use super::ghost::Ghost;
use super::history::History;
use super::plots::Curves;
use super::poke::{self, InVain, Poke};
use super::presenter;
use super::theme::Tone;
use super::widgets::{Icon, Mark, Phase, PhaseLook};
use super::worker::{Background, Worker, is_large};
use crate::engine::TooLong;
use crate::metrics::{Metrics, cause_key};
use crate::plan::PhaseLabel;
use crate::presets;
use crate::scenario::{Scenario, Strategy, StrategyKind};
use crate::text::language::{Language, spoken};
use crate::text::{change as change_words, controls as words, scorecard, story};
use crate::timeline::{Cause, Death, Note, PhaseSpan, Timeline, Way, Why};
use crate::units::{Duration, Time};
use written::Written;

/// Why a change was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// It would hardly end.
    #[error(transparent)]
    TooLong(#[from] TooLong),
    /// A plan written by hand does not go with this fleet.
    #[error("{0}")]
    Plan(String),
    /// The simulation was lost.
    #[error("{}", crate::text::poke::lost())]
    Lost,
    /// Nothing would come of it.
    #[error("{}", .0.words())]
    InVain(InVain),
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

    /// Whether its words are in the language that is spoken.
    pub fn is_retold(&self) -> bool {
        self.told_in == spoken()
    }

    /// Its words once more, in the language that is spoken.
    pub fn retell(&mut self) {
        self.rows = scorecard::rows(&self.metrics);
        self.phases = phases(&self.timeline);
        self.marks = marks(&self.timeline);
        self.told_in = spoken();
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

/// What is worked out beside the window: a scenario, and what becomes of it.
pub type Worked = (Scenario, Result<Run, TooLong>);

/// Everything the window is about.
pub struct Model {
    /// As it is set.
    scenario: Scenario,
    /// As it was when `run` was simulated: while a large one is worked out, what is shown is of the one before.
    simulated: Scenario,
    run: Arc<Run>,
    /// The playhead.
    pub clock: Clock,
    saved: Scenario,
    path: Option<PathBuf>,
    written: Written,
    ghost: Option<Ghost>,
    /// When each figure last changed, in the window's time.
    changed_at: Vec<f64>,
    gesture: Gesture,
    holding: bool,
    /// When the demand that is being dragged begins.
    dragged_from: Option<Time>,
    history: History,
    /// Who simulates large scenarios; none: they are simulated at once.
    background: Option<Background<Worked>>,
    /// Since when a run is waited for, in the window's time.
    pending_since: f64,
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
            simulated: opened.scenario.clone(),
            scenario: opened.scenario,
            path: opened.path,
            written: Written::opened(opened.text),
            run: Arc::new(run),
            ghost: None,
            gesture: Gesture::None,
            holding: false,
            dragged_from: None,
            history: History::default(),
            background: None,
            pending_since: 0.0,
            strategies,
            revision: 0,
            opened_before: 0,
            asks_next: false,
        };
        model.remember_strategy();
        Ok(model)
    }

    /// From now on `worker` simulates scenarios that are too large for a frame. Until then that is done at once.
    pub fn set_worker(&mut self, worker: Box<dyn Worker<Worked>>) {
        self.background = Some(Background::new(worker));
    }

    /// Another scenario in its place.
    ///
    /// # Errors
    /// [`TooLong`]; nothing has changed then.
    pub fn open(&mut self, opened: Opened) -> Result<(), TooLong> {
        let (revision, opened_before, asks_next) = (self.revision + 1, self.opened_before + 1, self.asks_next);
        let mut new = Model { revision, opened_before, asks_next, ..Model::new(opened)? };
        // What the worker is busy with is not wanted any more, and it stays the only one.
        new.background = self.background.take();
        if let Some(background) = &mut new.background {
            background.forget();
        }
        *self = new;
        Ok(())
    }

    /// The scenario as it is set. What is shown may still be of the one before: [`Model::simulated`].
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// The scenario before the last change; none where nothing was changed.
    pub fn scenario_before(&self) -> Option<&Scenario> {
        self.history.back()
    }

    /// The scenario that what is shown came of.
    pub fn simulated(&self) -> &Scenario {
        &self.simulated
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

    /// The outcome to compare with.
    pub fn ghost(&self) -> Option<&Ghost> {
        self.ghost.as_ref()
    }

    /// Its figures.
    pub fn before(&self) -> Option<&[scorecard::Row]> {
        self.ghost.as_ref().map(|ghost| ghost.run.rows.as_slice())
    }

    /// Nothing is compared any more, until the next change.
    pub fn dismiss_ghost(&mut self) {
        self.ghost = None;
    }

    /// Later changes are compared with what this one is compared with.
    pub fn keep_ghost(&mut self) {
        if let Some(ghost) = &mut self.ghost {
            ghost.kept = true;
        }
    }

    /// At the beginning of a frame: all its words in the language that is spoken.
    pub fn retell(&mut self) {
        if self.run.is_retold() {
            return;
        }
        Arc::make_mut(&mut self.run).retell();
        if let Some(ghost) = &mut self.ghost {
            Arc::make_mut(&mut ghost.run).retell();
        }
        // What others keep in words belongs to a revision.
        self.revision += 1;
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
            self.dragged_from = None;
        }
    }

    /// A changed scenario, simulated at once, or beside the window where it is large; the playhead stays.
    ///
    /// # Errors
    /// Where it cannot be simulated; nothing has changed then.
    pub fn edit(&mut self, scenario: Scenario, now_s: f64) -> Result<(), EditError> {
        if scenario == self.scenario {
            return Ok(());
        }
        check_plan(&self.scenario, &scenario)?;
        let run = if self.is_beside(&scenario) { None } else { Some(Run::of(&scenario)?) };
        let before = std::mem::replace(&mut self.scenario, scenario);
        if self.gesture == Gesture::None {
            self.look_back();
            self.history.changed(before);
        }
        if self.holding {
            self.gesture = Gesture::Held;
        }
        self.follow(run, now_s);
        Ok(())
    }

    /// Lets something happen at the playhead.
    ///
    /// # Errors
    /// Where nothing would come of it, or it cannot be simulated; nothing has changed then.
    pub fn poke(&mut self, poke: Poke, now_s: f64) -> Result<(), EditError> {
        let t = poke::moment(poke, self.clock.t(), self.end());
        poke.check(self.timeline(), t).map_err(EditError::InVain)?;
        self.edit(poke.into_scenario(&self.scenario, t), now_s)?;
        // It is seen at once, where the playhead stands still too.
        self.clock.move_to(t.max(self.clock.t()), self.run.timeline.end());
        Ok(())
    }

    /// The demand from the playhead on, while it is dragged: the moment is the one at which the drag began.
    ///
    /// # Errors
    /// See [`Model::poke`].
    pub fn drag_demand(&mut self, rps: f64, now_s: f64) -> Result<(), EditError> {
        let t = match self.dragged_from {
            Some(t) => t,
            None => {
                let t = poke::moment(Poke::Demand(rps), self.clock.t(), self.end());
                Poke::Demand(rps).check(self.timeline(), t).map_err(EditError::InVain)?;
                self.dragged_from = self.holding.then_some(t);
                t
            }
        };
        self.edit(Poke::Demand(rps).into_scenario(&self.scenario, t), now_s)
    }

    /// Whether the demand is being dragged: the playhead waits for that.
    pub fn is_dragging_demand(&self) -> bool {
        self.dragged_from.is_some()
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
        self.history.back().is_some()
    }

    /// Whether an undone change can be made again.
    pub fn can_redo(&self) -> bool {
        self.history.forward().is_some()
    }

    /// What undoing would take back, in words: `Undo batch 30 %`.
    pub fn undo_name(&self) -> Option<String> {
        self.history.back().map(|before| change_words::undo(&change_words::change(before, &self.scenario)))
    }

    /// What would be made again, in words.
    pub fn redo_name(&self) -> Option<String> {
        self.history.forward().map(|after| change_words::redo(&change_words::change(&self.scenario, after)))
    }

    /// Takes the last change back.
    pub fn undo(&mut self, now_s: f64) {
        if let Some(scenario) = self.history.undo(&self.scenario) {
            self.go_to(scenario, now_s);
        }
    }

    /// Makes the change that was taken back again.
    pub fn redo(&mut self, now_s: f64) {
        if let Some(scenario) = self.history.redo(&self.scenario) {
            self.go_to(scenario, now_s);
        }
    }

    /// A scenario that was set before.
    fn go_to(&mut self, scenario: Scenario, now_s: f64) {
        self.look_back();
        self.gesture = Gesture::None;
        // One that could be set can be simulated, or is found not to be where it is worked out beside the window.
        let run = if self.is_beside(&scenario) { None } else { Run::of(&scenario).ok() };
        self.scenario = scenario;
        self.follow(run, now_s);
    }

    /// What is shown now is what the next change is compared with, unless a person kept another.
    fn look_back(&mut self) {
        if self.ghost.as_ref().is_none_or(|ghost| !ghost.kept) {
            self.ghost = Some(Ghost::before(self.run.clone()));
        }
    }

    /// Whether a scenario is worked out beside the window.
    fn is_beside(&self, scenario: &Scenario) -> bool {
        self.background.is_some() && is_large(scenario)
    }

    /// Shows what becomes of the scenario as it is set now: `run`, or what is yet to be worked out.
    fn follow(&mut self, run: Option<Run>, now_s: f64) {
        self.remember_strategy();
        self.written.follow(&self.scenario);
        match (run, &mut self.background) {
            (Some(run), background) => {
                if let Some(background) = background {
                    background.forget();
                }
                self.simulated = self.scenario.clone();
                self.replace(run, now_s);
            }
            (None, Some(background)) => {
                if !background.is_pending() {
                    self.pending_since = now_s;
                }
                let scenario = self.scenario.clone();
                background.ask(move || {
                    let run = Run::of(&scenario);
                    (scenario, run)
                });
            }
            // One that was set before can be simulated.
            (None, None) => {}
        }
    }

    /// At the beginning of a frame: takes over what was worked out beside the window.
    ///
    /// # Errors
    /// Where it could not be: the change that asked for it is taken back.
    pub fn catch_up(&mut self, now_s: f64) -> Result<(), EditError> {
        let Some(finished) = self.background.as_mut().and_then(Background::finished) else { return Ok(()) };
        let error = match finished {
            Some((scenario, Ok(run))) => {
                self.simulated = scenario;
                self.replace(run, now_s);
                return Ok(());
            }
            Some((_, Err(error))) => EditError::TooLong(error),
            None => EditError::Lost,
        };
        if let Some(before) = self.history.refused() {
            self.scenario = before;
            self.written.follow(&self.scenario);
            self.gesture = Gesture::None;
            // What was before it may have been overtaken before it was worked out.
            if self.scenario != self.simulated {
                self.follow(None, now_s);
            }
        }
        Err(error)
    }

    /// Since when, in the window's time, a new picture is waited for; none where what is shown is what is set.
    pub fn pending_since(&self) -> Option<f64> {
        self.background.as_ref().filter(|background| background.is_pending()).map(|_| self.pending_since)
    }

    /// The window to wake when a new picture is there.
    pub fn wakes(&mut self, window: &eframe::egui::Context) {
        if let Some(background) = &mut self.background {
            background.wakes(window);
        }
    }

    fn replace(&mut self, run: Run, now_s: f64) {
        for (changed_at, (new, old)) in self.changed_at.iter_mut().zip(run.rows.iter().zip(&self.run.rows)) {
            if new.value != old.value {
                *changed_at = now_s;
            }
        }
        self.run = Arc::new(run);
        self.clock.fit(self.run.timeline.end());
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
    use crate::app::worker::tests::ByHand;
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
    fn what_is_undone_and_made_again_has_a_name() {
        let mut model = model();
        assert_eq!((model.undo_name(), model.redo_name()), (None, None));
        set_batch(&mut model, 5);
        model.clock.stop_at(Time::ZERO + Duration::from_secs(50), model.end());
        // At 50 s the first five of ten are out of service; the sixth is not.
        assert_eq!(model.poke(Poke::Kill(4), 2.0), Err(EditError::InVain(InVain::NotInService)));
        model.poke(Poke::Kill(5), 2.0).unwrap();
        assert_eq!(model.undo_name().unwrap(), "Undo kill 06 at 0:50");
        model.undo(3.0);
        let names = (model.undo_name().unwrap(), model.redo_name().unwrap());
        assert_eq!(names, ("Undo batch size 5 instances".to_owned(), "Redo kill 06 at 0:50".to_owned()));
    }

    #[test]
    fn the_outcome_before_is_compared_with_until_it_is_dismissed_or_kept() {
        let mut model = model();
        let duration = |model: &Model| model.before().map(|before| before[0].value.clone());
        assert_eq!(duration(&model), None);
        // Batches of 100 s each: 4 of three, 2 of five, 10 of one.
        set_batch(&mut model, 5);
        assert_eq!(duration(&model).unwrap(), "6 min 40 s");
        set_batch(&mut model, 1);
        assert_eq!(duration(&model).unwrap(), "3 min 20 s");
        model.keep_ghost();
        set_batch(&mut model, 3);
        model.undo(2.0);
        assert_eq!(duration(&model).unwrap(), "3 min 20 s");
        model.dismiss_ghost();
        assert_eq!(duration(&model), None);
        set_batch(&mut model, 2);
        assert_eq!(duration(&model).unwrap(), "16 min 40 s");
    }

    #[test]
    fn a_poke_is_an_event_at_a_tenth_of_a_second_and_the_past_stays() {
        let mut model = model();
        let before = model.timeline().log().to_vec();
        model.clock.stop_at(Time::from_us(150_123_456), model.end());
        model.poke(Poke::KillAny, 1.0).unwrap();
        let at = Duration::from_us(150_200_000);
        assert_eq!(model.scenario().failures.events, [crate::scenario::Event::Kill { at, instances: 1 }]);
        // It is seen at once.
        assert_eq!(model.clock.t(), Time::ZERO + at);
        let until = model.timeline().log_until(Time::from_us(150_199_999));
        assert_eq!(model.timeline().log()[..until], before[..until]);
        assert!(matches!(model.timeline().log()[until].note, Note::Died(_, Death::Killed)));
    }

    #[test]
    fn a_demand_that_is_dragged_is_one_event_and_one_change() {
        let mut model = model();
        model.clock.stop_at(Time::ZERO + Duration::from_secs(150), model.end());
        model.hold(true);
        for rps in [720.0, 800.0, 900.0] {
            model.drag_demand(rps, 1.0).unwrap();
            // The playhead may have moved on meanwhile.
            model.clock.move_to(Time::ZERO + Duration::from_secs(160), model.end());
            model.hold(true);
        }
        assert!(model.is_dragging_demand());
        model.hold(false);
        let at = Duration::from_secs(150);
        assert_eq!(model.scenario().failures.events, [crate::scenario::Event::Demand { at, rps: 900.0 }]);
        model.undo(2.0);
        assert!(model.scenario().failures.events.is_empty() && !model.can_undo());
    }

    /// A model of a million instances, and who simulates for it.
    fn million() -> (Model, ByHand<Worked>) {
        let scenario = Scenario::new(1_000_000, Strategy::AllAtOnce);
        let mut model = Model::new(Opened { scenario, path: None, text: None }).unwrap();
        let hand = ByHand::new();
        model.set_worker(Box::new(hand.clone()));
        (model, hand)
    }

    fn drain(model: &mut Model, seconds: u64, now_s: f64) {
        let mut scenario = model.scenario().clone();
        scenario.timings.boot = crate::scenario::Spread::Fixed(Duration::from_secs(1));
        scenario.load_balancer.health_check.interval = Duration::from_secs(seconds);
        model.edit(scenario, now_s).unwrap();
    }

    #[test]
    fn the_old_picture_stays_until_the_new_one_is_there() {
        let (mut model, hand) = million();
        let revision = model.revision();
        model.hold(true);
        for seconds in [11, 12, 13] {
            drain(&mut model, seconds, 1.0);
            model.hold(true);
        }
        // 30 install + 20 startup + 3 checks of 10 s; what is set is new already.
        let end = |model: &Model| model.end().as_secs_f64();
        assert_eq!((end(&model), model.revision(), model.pending_since()), (80.0, revision, Some(1.0)));
        assert_eq!(model.scenario().load_balancer.health_check.interval, Duration::from_secs(13));
        assert_eq!(model.simulated().load_balancer.health_check.interval, Duration::from_secs(10));
        hand.work();
        model.catch_up(1.2).unwrap();
        assert_eq!((end(&model), model.pending_since()), (80.0, Some(1.0)), "nobody waits for 11 s any more");
        hand.work();
        model.catch_up(1.4).unwrap();
        // 50 + 3 × 13
        assert_eq!((end(&model), model.pending_since(), hand.is_idle(), hand.most()), (89.0, None, true, 1));
        model.hold(false);
        assert_eq!(model.before().unwrap()[0].value, "1 min 20 s");
        // One drag, one change; undoing it takes the same way.
        model.undo(2.0);
        assert!(!model.can_undo());
        hand.work();
        model.catch_up(2.1).unwrap();
        assert_eq!((end(&model), model.simulated() == model.scenario()), (80.0, true));
    }

    #[test]
    fn a_large_change_that_does_not_come_is_taken_back() {
        let (mut model, hand) = million();
        drain(&mut model, 20, 1.0);
        hand.lose();
        assert_eq!(model.catch_up(1.1), Err(EditError::Lost));
        let interval = |model: &Model| model.scenario().load_balancer.health_check.interval.as_secs_f64();
        assert_eq!((interval(&model), model.can_undo(), model.pending_since()), (10.0, false, None));
        // A million batches of half a day each.
        let mut long = Scenario::new(1_000_000, Strategy::Rolling { batch: Part::Count(1) });
        long.load_balancer.deregistration_delay = Duration::from_secs(43_200);
        long.timeout = crate::scenario::limits::MAX_DURATION;
        model.edit(long, 2.0).unwrap();
        hand.work();
        assert_eq!(model.catch_up(3.0), Err(EditError::TooLong(TooLong)));
        assert_eq!((model.scenario() == model.simulated(), model.can_undo()), (true, false));
    }

    #[test]
    fn what_is_typed_for_a_large_fleet_is_there_before_its_picture_and_is_taken_back_with_its_words() {
        let (mut model, hand) = million();
        let before = model.text();
        let typed = |model: &mut Model, text: &str, now_s: f64| {
            model.hold(false);
            model.write(text.to_owned(), Scenario::from_ron(text, "").unwrap(), now_s).unwrap();
        };
        let text = format!("// mine\n{}", before.replace("strategy: AllAtOnce", "timings: (install: \"40s\"), strategy: AllAtOnce"));
        typed(&mut model, &text, 1.0);
        let version = model.text_version();
        assert_eq!(model.text(), text);
        hand.work();
        model.catch_up(1.2).unwrap();
        // The picture has come, the words are the same, and typing goes on as one change.
        assert_eq!((model.text_version(), model.is_typed()), (version, true));
        typed(&mut model, &text.replace("40s", "45s"), 1.4);
        hand.work();
        model.catch_up(1.6).unwrap();
        model.undo(2.0);
        assert_eq!((model.text(), model.can_undo()), (before.clone(), false));
        hand.work();
        model.catch_up(2.2).unwrap();

        // What does not come is taken back, words and all.
        typed(&mut model, &text, 9.0);
        assert!(model.is_typed());
        hand.lose();
        assert_eq!(model.catch_up(9.2), Err(EditError::Lost));
        assert_eq!((model.text(), model.is_typed()), (before, false));
    }

    #[test]
    fn another_scenario_makes_what_is_waited_for_void() {
        let (mut model, hand) = million();
        drain(&mut model, 20, 1.0);
        let scenario = Scenario::new(10, Strategy::AllAtOnce);
        model.open(Opened { scenario, path: None, text: None }).unwrap();
        assert_eq!(model.pending_since(), None);
        hand.work();
        model.catch_up(2.0).unwrap();
        assert_eq!((model.scenario().fleet.instances, model.timeline().desired()), (10, 10));
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
