//! The engine: a discrete-event simulation that runs any plan on a fleet. It knows no strategy by name.
//!
//! Everything that happens at one time is applied first; then the current step of the plan decides what to do next. So
//! a reactive loop (a sliding window, Kubernetes' passes) sees the whole of a moment, as a controller would.

mod clock;
mod queue;
pub(crate) mod random;

use clock::{Boots, Clock};
use queue::{Event, Queue};

use crate::plan::{Leaving, Phase, Plan, Step};
use crate::scenario::{Scenario, limits};
use crate::timeline::{Detail, Instances, Moment, Note, Outcome, Recorder, State, Timeline, Times, Version};
use crate::units::{Duration, Time};

/// The run would take longer than [`limits::MAX_RUN`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the deployment would take longer than a hundred years; make the batches larger or the times shorter")]
pub struct TooLong;

/// Runs a plan on the scenario's fleet.
///
/// # Errors
/// [`TooLong`] where simulated time would pass [`limits::MAX_RUN`].
pub fn run(scenario: &Scenario, plan: &Plan, detail: Detail) -> Result<Timeline, TooLong> {
    Engine::new(scenario, plan, detail).run()
}

/// What the current step still waits for.
#[derive(Clone, Copy, Debug)]
enum Waiting {
    /// Nothing is under way: the next step may begin.
    Nothing,
    /// So many instances have to be in service and settled, or gone.
    For(u32),
    /// A time has to pass.
    Timer,
    /// A loop decides anew at every event.
    Loop(Loop),
}

#[derive(Clone, Copy, Debug)]
enum Loop {
    Window { at_a_time: u32 },
    Replace { desired: u32, max_total: u32, min_available: u32 },
}

/// The number of instances, by what they are.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    existing_old: u32,
    existing_new: u32,
    in_service_old: u32,
    in_service_new: u32,
    /// Of those of the new version, the ones that were launched.
    in_service_launched: u32,
    /// In service and settled.
    available_old: u32,
    available_new: u32,
    /// Taken out of service, and not back or gone yet; for old ones that leave for good.
    leaving_old: u32,
}

struct Engine<'a> {
    fleet: u32,
    drain: Duration,
    settle: Duration,
    clock: Clock,
    steps: Vec<(&'a Phase, usize)>,
    next_step: usize,
    waiting: Waiting,
    now: Time,
    queue: Queue,
    counts: Counts,
    /// The next existing instance that nothing was done with.
    next_existing: u32,
    /// How many were launched, and how many of those were told to leave.
    launched: u32,
    launched_left: u32,
    /// Since when the youngest launched instance is in service.
    launched_since: Time,
    /// Clients still follow the last shift.
    following: bool,
    failed: Option<Note>,
    recorder: Recorder,
}

impl<'a> Engine<'a> {
    fn new(scenario: &Scenario, plan: &'a Plan, detail: Detail) -> Engine<'a> {
        let fleet = scenario.fleet.instances;
        Engine {
            fleet,
            drain: scenario.load_balancer.deregistration_delay,
            settle: scenario.timings.settle,
            clock: Clock::new(scenario),
            steps: plan.phases.iter().flat_map(|phase| (0..phase.steps.len()).map(move |i| (phase, i))).collect(),
            next_step: 0,
            waiting: Waiting::Nothing,
            now: Time::ZERO,
            queue: Queue::default(),
            counts: Counts { existing_old: fleet, in_service_old: fleet, available_old: fleet, ..Counts::default() },
            next_existing: 0,
            launched: 0,
            launched_left: 0,
            launched_since: Time::ZERO,
            following: false,
            failed: None,
            recorder: Recorder::new(scenario, detail),
        }
    }

    fn run(mut self) -> Result<Timeline, TooLong> {
        loop {
            let done = self.work();
            self.record_moment();
            if done && !self.following {
                break;
            }
            // A step that waits has always put an event in the queue; without one nothing could ever happen again.
            let Some(next) = self.queue.next_time() else { break };
            if next.since(Time::ZERO) > limits::MAX_RUN {
                return Err(TooLong);
            }
            debug_assert!(next >= self.now, "time never runs backwards");
            self.now = next;
            while let Some(event) = self.queue.pop_due(next) {
                self.apply(event);
            }
            self.check_invariants();
        }
        let (outcome, note) = match self.failed {
            Some(note) => (Outcome::Failed, note),
            None => (Outcome::Succeeded, Note::Succeeded),
        };
        self.recorder.note(self.now, note);
        Ok(self.recorder.finish(self.now, outcome))
    }

    /// Does all that can be done at this time. Whether nothing is left to do.
    fn work(&mut self) -> bool {
        loop {
            match self.waiting {
                Waiting::Nothing | Waiting::For(0) => {
                    self.waiting = Waiting::Nothing;
                    let Some(&(phase, i)) = self.steps.get(self.next_step) else { return true };
                    self.next_step += 1;
                    if i == 0 {
                        self.recorder.begin_phase(self.now, phase.label);
                    }
                    self.begin(phase.steps[i]);
                    if self.failed.is_some() {
                        return true;
                    }
                }
                Waiting::For(_) | Waiting::Timer => return false,
                Waiting::Loop(Loop::Window { at_a_time }) => {
                    if !self.pass_window(at_a_time) {
                        return false;
                    }
                }
                Waiting::Loop(Loop::Replace { desired, max_total, min_available }) => {
                    if !self.pass_replace(desired, max_total, min_available) {
                        return false;
                    }
                }
            }
        }
    }

    fn begin(&mut self, step: Step) {
        match step {
            Step::Launch { instances } => {
                self.launch(instances);
                self.waiting = Waiting::For(instances);
            }
            Step::Update { instances, drain } => {
                let instances = instances.min(self.existing_left());
                self.update(instances, if drain { self.drain } else { Duration::ZERO }, drain);
                self.waiting = Waiting::For(instances);
            }
            Step::UpdateWindow { minimum_healthy } => {
                let healthy = self.counts.in_service_old + self.counts.in_service_new;
                if minimum_healthy >= healthy {
                    self.failed = Some(Note::NoRoom { minimum: minimum_healthy, healthy });
                } else {
                    self.waiting = Waiting::Loop(Loop::Window { at_a_time: healthy - minimum_healthy });
                }
            }
            Step::Replace { desired, max_total, min_available } => {
                self.waiting = Waiting::Loop(Loop::Replace { desired, max_total, min_available });
            }
            Step::Shift { to, over } => {
                self.recorder.shift(self.now, to, over);
                if !over.is_zero() {
                    self.following = true;
                    self.queue.push(self.now + over, Event::Followed);
                }
            }
            Step::Wait(duration) => {
                if !duration.is_zero() {
                    self.recorder.note(self.now, Note::Waiting(duration));
                    self.queue.push(self.now + duration, Event::WaitOver);
                    self.waiting = Waiting::Timer;
                }
            }
            Step::Adopt => self.recorder.note(self.now, Note::Adopted),
            Step::Terminate(leaving) => {
                let leaving = match leaving {
                    Leaving::Old => self.terminate_old(self.existing_left()),
                    Leaving::New => self.terminate_launched(self.launched - self.launched_left),
                    Leaving::Launched(count) => self.terminate_launched(count.min(self.launched - self.launched_left)),
                };
                self.waiting = Waiting::For(leaving);
            }
        }
    }

    /// Existing instances that nothing was done with yet.
    fn existing_left(&self) -> u32 {
        self.fleet - self.next_existing
    }

    /// One decision of a sliding window. Whether to look again.
    fn pass_window(&mut self, at_a_time: u32) -> bool {
        let left = self.existing_left();
        let updated = self.next_existing;
        let under_way = updated - self.counts.available_new;
        if left == 0 && under_way == 0 {
            self.waiting = Waiting::Nothing;
            return true;
        }
        let room = at_a_time.saturating_sub(under_way).min(left);
        if room > 0 {
            self.update(room, self.drain, true);
        }
        false
    }

    /// One pass of a rolling update (`rolloutRolling` in Kubernetes' deployment controller): scale up the new set where
    /// there is room; only if not, scale down old ones. Whether to look again.
    fn pass_replace(&mut self, desired: u32, max_total: u32, min_available: u32) -> bool {
        let old = self.counts.existing_old - self.counts.leaving_old;
        let new = self.counts.existing_new;
        if new == desired && self.counts.available_new == desired && self.counts.existing_old == 0 {
            self.waiting = Waiting::Nothing;
            return true;
        }
        // reconcileNewReplicaSet: up to the total that the surge allows, and never beyond the desired number.
        let room = max_total.saturating_sub(old + new).min(desired - new);
        if room > 0 {
            self.launch(room);
            return true;
        }
        // reconcileOldReplicaSets: keep the minimum, and count new ones that are not available yet as missing.
        let new_unavailable = new - self.counts.available_new;
        let may_leave = (old + new).saturating_sub(min_available).saturating_sub(new_unavailable);
        let available = self.counts.available_old + self.counts.available_new;
        let scale_down = may_leave.min(available.saturating_sub(min_available)).min(old);
        if scale_down > 0 {
            self.terminate_old(scale_down);
            return true;
        }
        false
    }

    fn launch(&mut self, count: u32) {
        if count == 0 {
            return;
        }
        let instances = Instances { first: self.fleet + self.launched, count };
        self.launched += count;
        self.counts.existing_new += count;
        self.recorder.note(self.now, Note::Launching(instances));
        self.recorder.add_instances(instances);
        self.recorder.change(instances, self.now, State::Launching);
        self.start(instances, self.now, self.now, Boots::First);
    }

    /// Takes the next `count` existing instances out of service and updates them in place.
    fn update(&mut self, count: u32, drain: Duration, deregister: bool) {
        if count == 0 {
            return;
        }
        let instances = self.take_existing(count);
        self.recorder.stop(self.now, drain, instances, Version::Old, Time::ZERO);
        self.recorder.note(self.now, if deregister { Note::Draining(instances) } else { Note::Interrupted(instances) });
        if drain.is_zero() {
            self.begin_install(instances);
        } else {
            self.recorder.change(instances, self.now, State::Draining);
            self.queue.push(self.now + drain, Event::Installing(instances));
        }
        self.start(instances, self.now, self.now + drain, Boots::Already);
    }

    /// Works out when each of `instances` goes through install, start-up and checks, from `from` on.
    fn start(&mut self, instances: Instances, began: Time, from: Time, boots: Boots) {
        let mut first = Times::LATEST;
        let mut last = Time::ZERO;
        // Where all take the same time they stay together: one event is for all of them.
        let together = if self.clock.is_fixed() { instances.count } else { 1 };
        let mut next = instances.first;
        while next < instances.first + instances.count {
            let group = Instances { first: next, count: together };
            let times = self.clock.times(next, from, boots);
            self.recorder.start(group, times);
            self.queue.push(times.in_service, Event::InService(group));
            first = first.earliest(times);
            last = last.max(times.in_service);
            next += together;
        }
        self.recorder.note(first.install, Note::Installing(instances));
        self.recorder.note(first.startup, Note::Starting(instances));
        self.recorder.note(first.check, Note::Checking(instances));
        self.recorder.took(last.since(began));
    }

    /// Takes existing instances out of service, in the order of their numbers.
    fn take_existing(&mut self, count: u32) -> Instances {
        let instances = Instances { first: self.next_existing, count };
        self.next_existing += count;
        self.counts.in_service_old -= count;
        self.counts.available_old -= count;
        instances
    }

    fn begin_install(&mut self, instances: Instances) {
        self.counts.existing_old -= instances.count;
        self.counts.existing_new += instances.count;
    }

    fn terminate_old(&mut self, count: u32) -> u32 {
        if count > 0 {
            let instances = self.take_existing(count);
            self.counts.leaving_old += count;
            self.leave(instances, Version::Old, Time::ZERO);
        }
        count
    }

    fn terminate_launched(&mut self, count: u32) -> u32 {
        if count > 0 {
            let instances = Instances { first: self.fleet + self.launched_left, count };
            self.launched_left += count;
            self.counts.in_service_new -= count;
            self.counts.in_service_launched -= count;
            self.counts.available_new -= count;
            self.leave(instances, Version::New, self.launched_since);
        }
        count
    }

    /// Instances that are out of service drain for good.
    fn leave(&mut self, instances: Instances, version: Version, since: Time) {
        self.recorder.stop(self.now, self.drain, instances, version, since);
        self.recorder.note(self.now, Note::Terminating(instances));
        self.recorder.change(instances, self.now, State::Terminating);
        self.recorder.change(instances, self.now + self.drain, State::Gone);
        self.queue.push(self.now + self.drain, Event::Gone(instances));
    }

    fn apply(&mut self, event: Event) {
        match event {
            Event::Installing(instances) => self.begin_install(instances),
            Event::InService(instances) => {
                self.counts.in_service_new += instances.count;
                if instances.first >= self.fleet {
                    self.counts.in_service_launched += instances.count;
                    self.launched_since = self.now;
                }
                self.recorder.in_service(self.now, instances);
                if self.settle.is_zero() {
                    self.settled(instances.count);
                } else {
                    self.queue.push(self.now + self.settle, Event::Settled(instances.count));
                }
            }
            Event::Settled(count) => self.settled(count),
            Event::Gone(instances) => {
                if instances.first < self.fleet {
                    self.counts.existing_old -= instances.count;
                    self.counts.leaving_old -= instances.count;
                } else {
                    self.counts.existing_new -= instances.count;
                }
                self.recorder.note(self.now, Note::Gone(instances));
                self.done_with(instances.count);
            }
            Event::WaitOver => self.waiting = Waiting::Nothing,
            Event::Followed => self.following = false,
        }
    }

    fn settled(&mut self, count: u32) {
        self.counts.available_new += count;
        self.done_with(count);
    }

    fn done_with(&mut self, count: u32) {
        if let Waiting::For(left) = &mut self.waiting {
            *left -= count;
        }
    }

    fn record_moment(&mut self) {
        let c = self.counts;
        self.recorder.moment(Moment {
            at: self.now,
            in_service_old: c.in_service_old,
            in_service_new: c.in_service_new,
            in_service_launched: c.in_service_launched,
            existing_old: c.existing_old,
            existing_new: c.existing_new,
            route: 0,
        });
    }

    /// Instances are never lost or doubled.
    fn check_invariants(&self) {
        let c = &self.counts;
        debug_assert!(c.available_old <= c.in_service_old && c.available_new <= c.in_service_new);
        debug_assert!(c.in_service_old + c.leaving_old <= c.existing_old);
        debug_assert!(c.in_service_new <= c.existing_new);
        debug_assert!(c.existing_old + c.existing_new <= self.fleet + self.launched);
    }
}
