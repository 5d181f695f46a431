//! The engine: a discrete-event simulation that runs any plan on a fleet. It knows no strategy by name.
//!
//! Everything that happens at one time is applied first; then the current step of the plan decides what to do next. So
//! a reactive loop (a sliding window, Kubernetes' passes) sees the whole of a moment, as a controller would.

pub(crate) mod binomial;
pub(crate) mod clock;
mod controllers;
mod faults;
mod fleet;
mod going_back;
mod instances;
pub(crate) mod monitor;
mod queue;
pub(crate) mod random;

use clock::{Boots, Clock};
use fleet::Fleet;
use monitor::Monitor;
use queue::{Event, Queue};

use crate::plan::{Controller, Follow, Leaving, Phase, PhaseLabel, Plan, Step};
use crate::scenario::{Alarm, Scenario, limits};
use crate::timeline::{Detail, Group, Instances, Moment, Note, Outcome, Recorder, Timeline, Trouble, Version, Way, Why};
use crate::units::{Duration, Share, Time};

/// The run would take longer than [`limits::MAX_RUN`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the deployment would take longer than a hundred years; make the batches larger or the times shorter")]
pub struct TooLong;

/// Runs a plan on the scenario's fleet.
///
/// # Errors
/// [`TooLong`] where simulated time would pass [`limits::MAX_RUN`].
pub fn run(scenario: &Scenario, plan: &Plan, detail: Detail) -> Result<Timeline, TooLong> {
    let mut memory = Memory::new(scenario, plan, detail);
    memory.run(scenario, plan, scenario.seed)?;
    Ok(memory.recorder.into_timeline())
}

/// What a run needs, made once for a scenario and its plan, and used again for the next seed.
pub(crate) struct Memory {
    clock: Clock,
    planned: Vec<Begun>,
    steps: Vec<Begun>,
    queue: Queue,
    fleet: Fleet,
    launched: Vec<Instances>,
    taken: Vec<Instances>,
    stopping: Vec<Stopping>,
    happening: Vec<u32>,
    recorder: Recorder,
}

impl Memory {
    pub(crate) fn new(scenario: &Scenario, plan: &Plan, detail: Detail) -> Memory {
        Memory {
            clock: Clock::new(scenario, plan.places(scenario.fleet.instances)),
            planned: plan.phases.iter().flat_map(with_phase).collect(),
            steps: Vec::new(),
            queue: Queue::default(),
            fleet: Fleet::new(scenario.fleet.instances),
            launched: Vec::new(),
            taken: Vec::new(),
            stopping: Vec::new(),
            happening: Vec::new(),
            recorder: Recorder::new(scenario, detail),
        }
    }

    /// Runs the scenario that it was made for with a seed. What became of it is [`Memory::timeline`].
    pub(crate) fn run(&mut self, scenario: &Scenario, plan: &Plan, seed: u64) -> Result<(), TooLong> {
        self.clock.begin_again(seed);
        self.steps.clear();
        self.steps.extend_from_slice(&self.planned);
        self.queue.clear();
        self.fleet.begin_again();
        self.launched.clear();
        self.recorder.begin_again();
        Engine::new(scenario, plan, seed, self).run()
    }

    /// The last run.
    pub(crate) fn timeline(&self) -> &Timeline {
        self.recorder.timeline()
    }
}

/// Instances of a kind that came into service at the same time and stop together, and how many.
type Stopping = (Group, Version, Time, u32);

/// What the current step still waits for.
#[derive(Clone, Copy, Debug)]
enum Waiting {
    /// Nothing is under way: the next step may begin.
    Nothing,
    /// So many of its instances have to be in service and settled, or gone; so many more could not be launched yet.
    For { left: u32, of: u32, unlaunched: u32 },
    /// A time has to pass.
    Timer,
    /// A person has to approve.
    Approval,
    /// A loop decides anew at every event.
    Loop(Loop),
    /// What is under way has to come to its end.
    Quiet,
}

#[derive(Clone, Copy, Debug)]
enum Loop {
    Window { minimum: u32 },
    Replace { goal: u32, max_total: u32, min_available: u32, controller: Controller },
}

/// What becomes of the deployment.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Course {
    /// It is carried out.
    Planned,
    /// It has failed, and nothing new is begun.
    Failed,
    /// It goes back.
    Back,
}

/// A step of the plan, with the phase it begins.
type Begun = (Option<PhaseLabel>, Step);

struct Engine<'a> {
    scenario: &'a Scenario,
    plan: &'a Plan,
    seed: u64,
    clock: &'a Clock,
    steps: &'a mut Vec<Begun>,
    next_step: usize,
    waiting: Waiting,
    course: Course,
    now: Time,
    queue: &'a mut Queue,
    fleet: &'a mut Fleet,
    /// The number of the current step, from 1; instances that it waits for carry it.
    step: u32,
    step_began: Time,
    /// The measurement that the current step takes.
    check: Option<Step>,
    bad_checks: u32,
    /// When a person last approved.
    approved_at: Option<Time>,
    /// Chains so far.
    chains: u32,
    /// What this deployment has launched.
    launched: &'a mut Vec<Instances>,
    /// Instances that were given the new version so far.
    places: u32,
    /// Instances of the current step that did not get healthy.
    failed_in_step: u32,
    /// Instances that this deployment has brought to health.
    succeeded: u32,
    /// Instances that failed without one that succeeded.
    failures_in_a_row: u32,
    /// Launches that the quota refuses at present.
    refused: u32,
    /// The last time the current loop made progress.
    progress: Time,
    /// The rollout was marked as not progressing.
    marked: bool,
    /// Since when nothing has been under way.
    quiet_since: Option<Time>,
    /// How often traffic was shifted, and how many changes clients or the load balancer have yet to follow.
    shifts: u32,
    following: u32,
    /// Where late clients of the last shift go, and over which time.
    late: (Share, Duration),
    /// The alarm, while it is watched, and how many periods in a row were bad.
    alarm: Option<&'a Alarm>,
    bad_periods: u32,
    monitor: Monitor,
    error_rate: f64,
    /// Requests that the load balancer still sends to instances that were deregistered.
    lingering: [[u32; 2]; 2],
    lingering_dead: [[u32; 2]; 2],
    /// An instance of the start was taken out of service.
    touched: bool,
    events: u64,
    /// It ends here, for this reason.
    over: Option<Why>,
    /// Lists that are empty between their uses.
    taken: &'a mut Vec<Instances>,
    stopping: &'a mut Vec<Stopping>,
    happening: &'a mut Vec<u32>,
    recorder: &'a mut Recorder,
}

impl<'a> Engine<'a> {
    fn new(scenario: &'a Scenario, plan: &'a Plan, seed: u64, memory: &'a mut Memory) -> Engine<'a> {
        let Memory { clock, planned: _, steps, queue, fleet, launched, taken, stopping, happening, recorder } = memory;
        let mut engine = Engine {
            scenario,
            plan,
            seed,
            clock,
            steps,
            next_step: 0,
            waiting: Waiting::Nothing,
            course: Course::Planned,
            now: Time::ZERO,
            queue,
            fleet,
            step: 0,
            step_began: Time::ZERO,
            check: None,
            bad_checks: 0,
            approved_at: None,
            chains: 0,
            launched,
            places: 0,
            failed_in_step: 0,
            succeeded: 0,
            failures_in_a_row: 0,
            refused: 0,
            progress: Time::ZERO,
            marked: false,
            quiet_since: None,
            shifts: 0,
            following: 0,
            late: (Share::NONE, Duration::ZERO),
            alarm: scenario.alarm.as_ref(),
            bad_periods: 0,
            monitor: Monitor::new(seed),
            error_rate: scenario.release.error_rate,
            lingering: [[0; 2]; 2],
            lingering_dead: [[0; 2]; 2],
            touched: false,
            events: 0,
            over: None,
            taken,
            stopping,
            happening,
            recorder,
        };
        engine.expect_faults();
        engine
    }

    fn run(mut self) -> Result<(), TooLong> {
        let most_events = limits::MAX_EVENTS + limits::MAX_EVENTS_PER_INSTANCE * u64::from(self.scenario.fleet.instances);
        loop {
            let done = self.work();
            self.record_moment();
            if self.over.is_some() || done && self.following == 0 && self.has_watched() {
                break;
            }
            if self.is_stuck() {
                self.fail(self.why_stuck());
                continue;
            }
            // Where nothing can happen any more, it is over.
            let Some(next) = self.queue.next_time() else { break };
            if next.since(Time::ZERO) > limits::MAX_RUN {
                return Err(TooLong);
            }
            debug_assert!(next >= self.now, "time never runs backwards");
            self.now = next;
            while let Some(event) = self.queue.pop_due(next) {
                self.events += 1;
                match event {
                    // What a scenario lets happen comes after everything else of that time.
                    Event::Happens(i) => self.happening.push(i),
                    other => self.apply(other),
                }
            }
            if !self.happening.is_empty() {
                let mut happening = std::mem::take(self.happening);
                for i in happening.drain(..) {
                    self.happens(i);
                }
                *self.happening = happening;
            }
            if self.events > most_events {
                self.end(Why::TooManyEvents);
            }
            self.check_invariants();
        }
        // Each for itself, once: what was missed on the way is missed still.
        debug_assert_eq!(self.fleet.counts, self.fleet.counted());
        let (outcome, note) = self.outcome();
        self.recorder.note(self.now, note);
        self.recorder.finish(self.now, outcome);
        Ok(())
    }

    fn outcome(&self) -> (Outcome, Note) {
        match self.course {
            _ if self.over.is_some() => (Outcome::Failed, Note::Stopped),
            Course::Planned => (Outcome::Succeeded, Note::Succeeded),
            Course::Failed => (Outcome::Failed, Note::Stopped),
            Course::Back => (Outcome::RolledBack, Note::RolledBack),
        }
    }

    fn way(&self) -> Way {
        match self.course {
            Course::Planned | Course::Failed => Way::Forward,
            Course::Back => Way::Back,
        }
    }

    /// The version that the deployment brings.
    fn target(&self) -> Version {
        match self.way() {
            Way::Forward => Version::New,
            Way::Back => Version::Old,
        }
    }

    /// The group that launched instances join.
    fn target_group(&self) -> Group {
        match self.way() {
            Way::Forward => Group::New,
            Way::Back => Group::Original,
        }
    }

    /// The alarm's last watch, when all else is done. Whether it is over, or there is none.
    fn has_watched(&mut self) -> bool {
        let Some(bake) = self.alarm.map(|alarm| alarm.bake).filter(|bake| !bake.is_zero()) else { return true };
        if self.course != Course::Planned || self.steps.last().is_some_and(|(label, _)| *label == Some(PhaseLabel::Watch)) {
            return true;
        }
        self.steps.push((Some(PhaseLabel::Watch), Step::Wait(bake)));
        self.work();
        false
    }

    /// Does all that can be done at this time. Whether nothing is left to do.
    fn work(&mut self) -> bool {
        self.judge_step();
        loop {
            if self.over.is_some() {
                return true;
            }
            match self.waiting {
                Waiting::Nothing | Waiting::For { left: 0, unlaunched: 0, .. } => {
                    self.waiting = Waiting::Nothing;
                    let Some(&(label, step)) = self.steps.get(self.next_step) else { return true };
                    self.next_step += 1;
                    if let Some(label) = label {
                        self.recorder.begin_phase(self.now, label, self.way());
                    }
                    self.begin(step);
                }
                Waiting::For { unlaunched, .. } => {
                    if unlaunched == 0 || !self.launch_more() {
                        return false;
                    }
                }
                Waiting::Timer | Waiting::Approval => return false,
                Waiting::Loop(Loop::Window { minimum }) => {
                    if !self.pass_window(minimum) {
                        return false;
                    }
                }
                Waiting::Loop(Loop::Replace { goal, max_total, min_available, controller }) => {
                    if !self.pass_replace(goal, max_total, min_available, controller) {
                        return false;
                    }
                }
                Waiting::Quiet => {
                    if self.fleet.counts.under_way > 0 {
                        return false;
                    }
                    self.waiting = Waiting::Nothing;
                }
            }
        }
    }

    fn begin(&mut self, step: Step) {
        self.step += 1;
        self.step_began = self.now;
        self.failed_in_step = 0;
        match step {
            Step::Launch { instances } => {
                self.waiting = Waiting::For { left: 0, of: instances, unlaunched: instances };
                self.launch_more();
            }
            Step::Update { instances, drain } => {
                let instances = instances.min(self.fleet.pending());
                self.waiting = Waiting::For { left: instances, of: instances, unlaunched: 0 };
                self.update(instances, drain);
            }
            Step::UpdateWindow { minimum_healthy } => {
                let healthy = self.healthy();
                if minimum_healthy >= healthy && self.fleet.ailing() == 0 {
                    self.fail(Why::NoRoom { minimum: minimum_healthy, healthy });
                } else {
                    self.waiting = Waiting::Loop(Loop::Window { minimum: minimum_healthy });
                }
            }
            Step::Replace { goal, max_total, min_available, controller } => self.begin_replace(goal, max_total, min_available, controller),
            Step::Shift { to, follow } => self.shift(to, follow),
            Step::Wait(duration) => {
                if !duration.is_zero() {
                    self.recorder.note(self.now, Note::Waiting(duration));
                    self.queue.push(self.now + duration, Event::WaitOver(self.step));
                    self.waiting = Waiting::Timer;
                }
            }
            Step::Approve => {
                self.recorder.note(self.now, Note::WaitingForApproval);
                if self.approved_at == Some(self.now) {
                    self.recorder.note(self.now, Note::Approved);
                } else {
                    self.waiting = Waiting::Approval;
                }
            }
            Step::Check { over, .. } => {
                self.check = Some(step);
                self.queue.push(self.now + over, Event::Measured(self.step));
                self.waiting = Waiting::Timer;
            }
            Step::Adopt => self.recorder.note(self.now, Note::Adopted),
            Step::Terminate(leaving) => {
                let mut taken = std::mem::take(self.taken);
                match leaving {
                    Leaving::Old => self.fleet.take(self.fleet.pending(), &mut taken),
                    Leaving::New => {
                        taken.clear();
                        taken.append(self.launched);
                    }
                    Leaving::Launched(count) => taken = self.take_launched(count),
                }
                let count = self.terminate(&taken);
                *self.taken = taken;
                self.waiting = Waiting::For { left: count, of: count, unlaunched: 0 };
            }
        }
    }

    /// The first so many of those that were launched.
    fn take_launched(&mut self, count: u32) -> Vec<Instances> {
        let (mut taken, mut left) = (Vec::new(), count);
        self.launched.retain_mut(|launched| {
            let some = launched.count.min(left);
            fleet::join(&mut taken, Instances { first: launched.first, count: some });
            launched.first += some;
            launched.count -= some;
            left -= some;
            launched.count > 0
        });
        taken
    }

    fn shift(&mut self, to: Share, follow: Follow) {
        let to = match self.way() {
            Way::Forward => to,
            Way::Back => Share::from_ppm(Share::WHOLE.as_ppm() - to.as_ppm()),
        };
        // A deployment the other way round begins with what users get by then: nobody is sent to the new version first.
        if self.way() == Way::Back && to == Share::WHOLE && self.recorder.is_split() {
            return;
        }
        let had = self.recorder.share_new(self.now);
        self.shifts += 1;
        // Where nothing moves nobody notices: the service is only split into two groups.
        let moves = had != to;
        if !moves || follow.over.is_zero() && follow.late == Share::NONE {
            self.recorder.shift(self.now, to, Duration::ZERO);
            if moves {
                self.recorder.note(self.now, Note::Shifted(to));
            }
            return;
        }
        let late = if follow.late == Share::NONE { Duration::ZERO } else { follow.late_over - follow.over };
        self.following += 1;
        self.recorder.note(self.now, Note::Moving { to, over: follow.over + late });
        if late.is_zero() {
            self.recorder.shift(self.now, to, follow.over);
            self.queue.push(self.now + follow.over, Event::Followed);
            return;
        }
        // When the punctual ones have followed, the late ones have come as far as that time is of theirs.
        let late_then = follow.late.as_fraction() * (1.0 - follow.over.as_us() as f64 / follow.late_over.as_us() as f64);
        let (had, all) = (had.as_fraction(), to.as_fraction());
        self.recorder.shift(self.now, Share::from_fraction(all - (all - had) * late_then), follow.over);
        self.queue.push(self.now + follow.over, Event::Late(self.shifts));
        self.late = (to, late);
    }

    fn apply(&mut self, event: Event) {
        match event {
            Event::Installing(instances, chain) => self.begin_install(instances, chain),
            Event::Passed(instances, chain) => self.passed(instances, chain),
            Event::Registered(instances, chain) => {
                self.following -= 1;
                self.registered(instances, chain);
            }
            Event::Settled(instances, chain) => self.settled(instances, chain),
            Event::Gone(instances, chain) => self.gone(instances, chain),
            Event::TimeUp(instances, step) => self.time_up(instances, step),
            Event::Unhealthy(instances, chain) => self.unhealthy(instances, chain),
            Event::Dies(instance, chain, death) => self.dies(instance, chain, death),
            Event::Noticed(instances, chain) => self.noticed(instances, chain),
            Event::LearnedInTime(group, version, count) => {
                self.following -= 1;
                self.lingering[group as usize][version as usize] -= count;
            }
            Event::StoppedTooEarly(group, version, count) => {
                self.lingering[group as usize][version as usize] -= count;
                self.lingering_dead[group as usize][version as usize] += count;
            }
            Event::LearnedTooLate(group, version, count) => {
                self.following -= 1;
                self.lingering_dead[group as usize][version as usize] -= count;
            }
            Event::WaitOver(step) => {
                if step == self.step {
                    self.waiting = Waiting::Nothing;
                }
            }
            Event::Measured(step) => {
                if step == self.step {
                    self.measured();
                }
            }
            Event::NoRoomInTime(step) => {
                if step == self.step
                    && let Waiting::For { unlaunched, .. } = self.waiting
                    && unlaunched > 0
                {
                    self.fail(Why::NoQuota { quota: self.quota(), refused: unlaunched });
                }
            }
            Event::Progress(step) => {
                if step == self.step {
                    self.look_for_progress();
                }
            }
            Event::Person => self.go_back(),
            Event::Late(shift) => {
                let (to, over) = self.late;
                // Where it has turned round since, they follow that.
                if shift == self.shifts {
                    self.recorder.shift(self.now, to, over);
                    self.queue.push(self.now + over, Event::Followed);
                } else {
                    self.following -= 1;
                }
            }
            Event::Followed => self.following -= 1,
            Event::Period => self.period_over(),
            // Whether that is so is looked at after every event.
            Event::QuietForLong => {}
            Event::Happens(i) => self.happens(i),
        }
    }

    fn record_moment(&mut self) {
        let c = &self.fleet.counts;
        let sum = |a: &[[u32; 2]; 2], b: &[[u32; 2]; 2]| [[a[0][0] + b[0][0], a[0][1] + b[0][1]], [a[1][0] + b[1][0], a[1][1] + b[1][1]]];
        let [existing_old, existing_new] = c.existing;
        let moment = Moment {
            at: self.now,
            in_service: sum(&c.serving, &self.lingering),
            in_service_launched: c.serving_launched,
            existing_old,
            existing_new,
            route: 0,
            trouble: 0,
        };
        let trouble = Trouble { dead: sum(&c.dead, &self.lingering_dead), failed: c.failed, error_rate: self.error_rate };
        self.recorder.moment(moment, trouble);
    }

    /// Instances are never lost or doubled.
    fn check_invariants(&self) {
        let c = &self.fleet.counts;
        debug_assert!(c.standing.iter().zip(&c.existing).all(|(standing, existing)| standing <= existing));
        debug_assert!(c.available.iter().zip(&c.standing).all(|(available, standing)| available <= standing));
        let of = |by_group: &[[u32; 2]; 2], v: usize| by_group[0][v] + by_group[1][v];
        debug_assert!((0..2).all(|v| of(&c.serving, v) + of(&c.dead, v) + of(&c.failed, v) <= c.standing[v]));
        debug_assert!(c.existing.iter().sum::<u32>() <= self.fleet.len());
    }
}

/// The steps of a phase; the first one begins it.
fn with_phase(phase: &Phase) -> impl Iterator<Item = Begun> + use<'_> {
    phase.steps.iter().enumerate().map(|(i, step)| ((i == 0).then_some(phase.label), *step))
}
