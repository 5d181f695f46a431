//! What goes wrong and how it is noticed: instances die and come back, time runs out, events happen, the alarm goes off.

use super::fleet::Status;
use super::queue::{Chain, Event};
use super::random::{Chance, One, Purpose, Seed};
use super::{Boots, Course, Engine, Loop, Waiting};
use crate::plan::Step;
use crate::scenario::{Event as Happening, OnFailure, Recovery};
use crate::timeline::{Death, Group, Instances, Note, State, Why};
use crate::units::{Duration, Share, Time};

impl Engine<'_> {
    /// Puts what can be known at the start into the queue.
    pub(super) fn expect_faults(&mut self) {
        for (i, event) in (0..).zip(&self.scenario.failures.events) {
            self.queue.push(Time::ZERO + event.at(), Event::Happens(i));
        }
        if let Some(alarm) = self.alarm {
            self.queue.push(Time::ZERO + alarm.period, Event::Period);
        }
        if self.scenario.failures.instance_mtbf.is_some() {
            for i in 0..self.scenario.fleet.instances {
                self.expect_death(i);
            }
        }
    }

    /// An instance that comes into service may die of itself.
    pub(super) fn expect_death(&mut self, i: u32) {
        let unit = *self.fleet.unit(i);
        let one = One { instance: i, starts: unit.starts };
        if let Some(at) = self.clock.fails(one, self.now) {
            self.queue.push(at, Event::Dies(i, unit.chain, Death::Failure));
        }
        if let Some(at) = self.clock.crashes(one, unit.version, self.now) {
            self.queue.push(at, Event::Dies(i, unit.chain, Death::Crash));
        }
    }

    pub(super) fn happens(&mut self, i: u32) {
        let Some(event) = self.scenario.failures.events.get(i as usize) else { return };
        match *event {
            Happening::Kill { instances, .. } => self.kill(instances, i),
            Happening::KillInstance { instance, .. } => {
                // Where there is none of that number, or it does not serve, nothing happens.
                if let Some(i) = instance.checked_sub(1).filter(|&i| i < self.fleet.len()) {
                    self.dies(i, self.fleet.unit(i).chain, Death::Killed);
                }
            }
            Happening::TurnBad { error_rate, .. } => {
                self.error_rate = error_rate;
                self.recorder.note(self.now, Note::TurnedBad(error_rate));
            }
            Happening::TurnGood { .. } => {
                self.error_rate = 0.0;
                self.recorder.note(self.now, Note::TurnedGood);
            }
            Happening::Demand { rps, .. } => self.recorder.note(self.now, Note::Demand(rps)),
            Happening::Abort { .. } => {
                if self.course == Course::Planned {
                    self.fail(Why::Aborted);
                }
            }
            Happening::Approve { .. } => {
                self.approved_at = Some(self.now);
                if matches!(self.waiting, Waiting::Approval) {
                    self.recorder.note(self.now, Note::Approved);
                    self.waiting = Waiting::Nothing;
                }
            }
        }
    }

    /// Kills so many of those in service, whichever the seed says: the draw goes by how many such kills came before, so
    /// that no other event, and none that comes later, changes who dies.
    fn kill(&mut self, count: u32, event: u32) {
        let chance = Chance::new(Seed::new(self.seed), Purpose::Kill);
        let events = &self.scenario.failures.events;
        let at = events.get(event as usize).map_or(Duration::ZERO, Happening::at);
        let before =
            |(i, other): &(u32, &Happening)| matches!(other, Happening::Kill { .. }) && (other.at() < at || other.at() == at && *i < event);
        let kills = (0..).zip(events).filter(before).fold(0, |kills, _| kills + 1);
        let mut serving: Vec<u32> = self.fleet.units().filter(|(_, unit)| unit.serves).map(|(i, _)| i).collect();
        serving.sort_by_key(|&instance| chance.rank(One { instance, starts: kills }));
        serving.truncate(count as usize);
        serving.sort_unstable();
        for i in serving {
            self.dies(i, self.fleet.unit(i).chain, Death::Killed);
        }
    }

    /// An instance stops answering. What it had in flight is cut; the load balancer has yet to notice.
    pub(super) fn dies(&mut self, i: u32, chain: Chain, death: Death) {
        let unit = *self.fleet.unit(i);
        if unit.chain != chain || !unit.serves {
            return;
        }
        let this = Instances { first: i, count: 1 };
        self.recorder.stop(self.now, Duration::ZERO, 1, unit.group, unit.version, unit.since);
        let chain = self.next_chain();
        self.fleet.change(i, |unit| {
            unit.chain = chain;
            unit.serves = false;
            unit.status = Status::Dead { settled: unit.status == Status::Settled };
        });
        self.recorder.note_joined(self.now, Note::Died(this, death));
        self.recorder.change(this, self.now, State::Dead, unit.version);
        let check = &self.scenario.load_balancer.health_check;
        self.queue.push(self.now + check.interval.times(check.unhealthy_threshold), Event::Noticed(this, chain));
        // A step that waits for it gives it its time.
        if unit.awaited == self.step && unit.awaited > 0 && self.controller().is_none() {
            self.queue.push((unit.began + self.scenario.timeout).max(self.now), Event::TimeUp(this, self.step));
        }
    }

    /// The load balancer takes dead instances out; now they can come back.
    pub(super) fn noticed(&mut self, instances: Instances, chain: Chain) {
        for i in instances.numbers() {
            if !self.fleet.is_of(i, chain) {
                continue;
            }
            let this = Instances { first: i, count: 1 };
            self.fleet.change(i, |unit| unit.status = Status::Failed);
            self.recorder.note_joined(self.now, Note::TakenOut(this));
            self.record_state(this, State::Failed, self.now);
            self.judge_new_set(i);
            match self.scenario.failures.recovery {
                Some(Recovery::Restart) => self.recover(i, Boots::Installed),
                Some(Recovery::Replace) => self.recover(i, Boots::First),
                None => {}
            }
        }
    }

    /// A new instance fails its checks while the new set is evaluated beside an untouched old one: that has failed.
    fn judge_new_set(&mut self, i: u32) {
        let unit = self.fleet.unit(i);
        let evaluated = unit.group == Group::New && unit.awaited != self.step && self.recorder.share_new(self.now) < Share::WHOLE;
        if evaluated && !self.touched && self.course == Course::Planned {
            let of = self.launched.iter().map(|launched| launched.count).sum();
            self.fail(Why::NotHealthy { failed: 1, of });
        }
    }

    fn recover(&mut self, i: u32, boots: Boots) {
        let this = Instances { first: i, count: 1 };
        let unit = *self.fleet.unit(i);
        self.recorder.note_joined(self.now, Note::Recovering(this));
        let one = One { instance: i, starts: unit.starts };
        let in_vain = boots == Boots::First && self.clock.never_passes(one, unit.place, unit.version);
        let times = self.clock.times(one, self.now, boots);
        let chain = self.next_chain();
        let awaited = unit.awaited == self.step && self.step > 0;
        self.fleet.change(i, |unit| {
            unit.chain = chain;
            unit.starts += 1;
            unit.recovers = !awaited;
            unit.status = if in_vain { Status::InVain } else { Status::Starting };
        });
        let mut used = times;
        used.in_service = times.in_service + self.scenario.load_balancer.propagation;
        match boots {
            Boots::Installed | Boots::Already => self.recorder.restart(this, used, unit.version),
            Boots::First => {
                self.record_state(this, State::Launching, self.now);
                if in_vain {
                    self.recorder.start_in_vain(this, used, unit.version);
                } else {
                    self.recorder.start(this, used, unit.version);
                }
            }
        }
        if !in_vain {
            self.queue.push(times.in_service, Event::Passed(this, chain));
        }
    }

    /// The time is up for the instances of a step: those that are not healthy have failed.
    pub(super) fn time_up(&mut self, instances: Instances, step: u32) {
        let mut failed: Vec<Instances> = Vec::new();
        for i in instances.numbers() {
            let unit = self.fleet.unit(i);
            if unit.awaited == step && !matches!(unit.status, Status::Healthy | Status::Settled | Status::Leaving | Status::Gone) {
                super::fleet::join(&mut failed, Instances { first: i, count: 1 });
            }
        }
        for instances in failed {
            self.recorder.trouble_since(self.fleet.unit(instances.first).began);
            // What a step before this one began is not this one's failure.
            self.failed_in_step += if step == self.step { instances.count } else { 0 };
            if self.plan.on_failure == OnFailure::Ignore && self.course == Course::Planned {
                // It goes on without them; those that are only slow may still get healthy.
                self.recorder.note_joined(self.now, Note::NotHealthy(instances));
                let chain = self.next_chain();
                for i in instances.numbers() {
                    let in_vain = self.fleet.unit(i).status == Status::InVain;
                    self.fleet.change(i, |unit| {
                        unit.awaited = 0;
                        if in_vain {
                            unit.chain = chain;
                            unit.status = Status::Failed;
                        }
                    });
                    if in_vain {
                        self.record_state(Instances { first: i, count: 1 }, State::Failed, self.now);
                    }
                }
            } else if instances.numbers().all(|i| matches!(self.fleet.unit(i).status, Status::Dead { .. } | Status::Failed)) {
                // It is known as dead, or will be.
                self.recorder.note_joined(self.now, Note::NotHealthy(instances));
                for i in instances.numbers() {
                    self.fleet.change(i, |unit| unit.awaited = 0);
                }
            } else {
                self.out_of_service(instances, Note::NotHealthy(instances));
            }
            if step == self.step {
                self.done_with(instances.count);
            }
        }
    }

    /// Instances of the present step did not get healthy: what the step makes of it.
    pub(super) fn judge_step(&mut self) {
        if self.failed_in_step == 0 {
            return;
        }
        // A window has its own rule, and the other loops theirs.
        let Waiting::For { of, .. } = self.waiting else { return };
        let failed = std::mem::take(&mut self.failed_in_step);
        self.fail(Why::NotHealthy { failed, of });
    }

    /// A period of the alarm is over: its value is known.
    pub(super) fn period_over(&mut self) {
        let Some(alarm) = self.alarm else { return };
        if self.course != Course::Planned {
            return;
        }
        let from = Time::from_us(self.now.as_us() - alarm.period.as_us());
        let exact = self.recorder.measure(alarm.metric, from, self.now);
        let seen = exact.and_then(|measure| self.monitor.see(alarm, measure, self.now));
        let bad = seen.filter(|seen| seen.is_bad(alarm));
        self.bad_periods = if bad.is_some() { self.bad_periods + 1 } else { 0 };
        if let Some(seen) = bad
            && self.bad_periods >= alarm.periods
        {
            let over = alarm.period.times(self.bad_periods);
            self.alarm = None;
            self.fail(Why::Alarm { metric: alarm.metric, value: seen.value(), threshold: alarm.threshold, over });
            return;
        }
        // While nothing changes, every period is like this one, but for what chance makes of it.
        let mut next = self.now + alarm.period;
        if bad.is_none() && self.recorder.is_still(from) && !self.happens_now() {
            let change = self.queue.next_time().into_iter().chain(self.recorder.next_demand_change(self.now)).min();
            if let Some(change) = change {
                let periods = (change.since(self.now).as_us() / alarm.period.as_us()).max(1);
                let periods = seen.map_or(periods, |seen| self.monitor.calm_periods(alarm, seen, self.now, periods));
                next = self.now + Duration::from_us(alarm.period.as_us() * periods);
            }
        }
        self.queue.push(next, Event::Period);
    }

    /// A measurement of the plan is complete.
    pub(super) fn measured(&mut self) {
        let Some(Step::Check { metric, threshold, over, failures }) = self.check else { return };
        let from = Time::from_us(self.now.as_us() - over.as_us());
        let value = self.recorder.measure(metric, from, self.now).map(|measure| measure.value);
        // What cannot be measured is not well.
        let bad = value.is_none_or(|value| metric.is_bad(value, threshold));
        self.bad_checks += u32::from(bad);
        self.recorder.note(self.now, Note::Checked { value, metric, threshold, bad: self.bad_checks, failures });
        if !bad {
            self.waiting = Waiting::Nothing;
        } else if self.bad_checks >= failures {
            self.waiting = Waiting::Nothing;
            self.fail(Why::Check { metric, value: value.unwrap_or(0.0), threshold });
        } else {
            self.queue.push(self.now + over, Event::Measured(self.step));
        }
    }

    /// Whether nothing that is under way can bring the plan on.
    pub(super) fn is_stuck(&mut self) -> bool {
        let waits = match self.waiting {
            Waiting::Approval | Waiting::Loop(Loop::Replace { .. } | Loop::Window { .. }) | Waiting::For { .. } => true,
            Waiting::Nothing | Waiting::Timer | Waiting::Quiet => false,
        };
        let answer_to_come =
            matches!(self.waiting, Waiting::Approval) && self.may_happen(|event| matches!(event, Happening::Approve { .. }));
        let abort_to_come = self.course == Course::Planned && self.may_happen(|event| matches!(event, Happening::Abort { .. }));
        if !waits || self.queue.is_under_way() || answer_to_come || abort_to_come {
            self.quiet_since = None;
            return false;
        }
        // An alarm may still put an end to it.
        let patience = match self.alarm {
            Some(alarm) if self.course == Course::Planned && self.recorder.may_breach(alarm, self.now) => {
                alarm.period.times(alarm.periods.saturating_add(1))
            }
            Some(_) | None => Duration::ZERO,
        };
        let since = match self.quiet_since {
            Some(since) => since,
            None => {
                // It is looked at then, whatever else happens at which time: what comes later decides nothing before it.
                self.queue.push(self.now + patience, Event::QuietForLong);
                *self.quiet_since.insert(self.now)
            }
        };
        self.now.since(since) >= patience
    }

    fn may_happen(&self, which: impl Fn(&Happening) -> bool) -> bool {
        self.scenario.failures.events.iter().any(|event| which(event) && Time::ZERO + event.at() > self.now)
    }

    /// Whether an event of the scenario happens at this time, which comes after everything else of it.
    fn happens_now(&self) -> bool {
        self.scenario.failures.events.iter().any(|event| Time::ZERO + event.at() == self.now)
    }
}
