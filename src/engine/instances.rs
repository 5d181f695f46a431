//! What happens to instances: they are launched, updated, checked, come into service, drain and are gone.

use super::fleet::{Status, Unit, join};
use super::queue::{Chain, Event};
use super::random::One;
use super::{Boots, Engine, Waiting};
use crate::plan::Controller;
use crate::timeline::{Group, Instances, Note, State, Times, Version};
use crate::units::{Duration, Time};

impl Engine<'_> {
    pub(super) fn next_chain(&mut self) -> Chain {
        self.chains += 1;
        self.chains
    }

    /// The most instances that may exist.
    pub(super) fn quota(&self) -> u32 {
        self.scenario.fleet.quota.unwrap_or(u32::MAX)
    }

    /// How many more the quota lets exist.
    pub(super) fn quota_room(&self) -> u32 {
        self.quota().saturating_sub(self.fleet.counts.existing.iter().sum())
    }

    /// Says once for a step that the quota refuses launches.
    pub(super) fn refuse(&mut self, refused: u32) {
        if self.refused == 0 && refused > 0 {
            self.recorder.note(self.now, Note::NoQuota { quota: self.quota(), refused });
        }
        self.refused = refused;
    }

    /// Launches what of a step's instances the quota has room for. Whether any.
    pub(super) fn launch_more(&mut self) -> bool {
        let Waiting::For { left, of, unlaunched } = self.waiting else { return false };
        let some = unlaunched.min(self.quota_room());
        let refused = unlaunched - some;
        if refused > 0 && left == 0 && some < unlaunched && self.refused == 0 {
            self.queue.push(self.step_began + self.scenario.timeout, Event::NoRoomInTime(self.step));
        }
        self.refuse(refused);
        self.waiting = Waiting::For { left: left + some, of, unlaunched: refused };
        self.launch(some, self.target_group());
        some > 0
    }

    pub(super) fn launch(&mut self, count: u32, group: Group) {
        if count == 0 {
            return;
        }
        let unit = Unit {
            chain: 0,
            awaited: 0,
            place: 0,
            starts: 0,
            // Until it is started, which is at once.
            status: Status::Healthy,
            version: self.target(),
            brings: self.target(),
            group,
            serves: false,
            pending: false,
            recovers: false,
            began: self.now,
            since: self.now,
        };
        let instances = self.fleet.add(count, unit);
        join(self.launched, instances);
        self.recorder.note(self.now, Note::Launching(instances));
        self.recorder.add_instances(instances);
        self.recorder.change(instances, self.now, State::Launching, unit.version);
        self.start(instances, self.now, Boots::First);
    }

    /// Takes the next `count` instances out of service and updates them in place.
    pub(super) fn update(&mut self, count: u32, drains: bool) {
        let drain = if drains { self.scenario.load_balancer.deregistration_delay } else { Duration::ZERO };
        let mut taken = std::mem::take(self.taken);
        self.fleet.take(count, &mut taken);
        for &instances in &taken {
            self.touched |= instances.first < self.scenario.fleet.instances;
            let (target, now, chain) = (self.target(), self.now, self.next_chain());
            self.deregister(instances, drain, |unit| {
                unit.chain = chain;
                unit.status = Status::Starting;
                unit.recovers = false;
                unit.began = now;
                unit.brings = target;
            });
            self.recorder.note(self.now, if drains { Note::Draining(instances) } else { Note::Interrupted(instances) });
            if drain.is_zero() {
                self.begin_install(instances, chain);
            } else {
                self.record_state(instances, State::Draining, self.now);
                self.queue.push(self.now + drain, Event::Installing(instances, chain));
            }
            self.start_with(instances, self.now + drain, Boots::Already, chain);
        }
        *self.taken = taken;
    }

    /// Writes down a state of instances; those of a version together.
    pub(super) fn record_state(&mut self, instances: Instances, state: State, at: Time) {
        if !self.recorder.keeps_lives() {
            return;
        }
        let mut kind = Instances { first: instances.first, count: 0 };
        let mut version = self.fleet.unit(instances.first).version;
        for i in instances.numbers() {
            let of = self.fleet.unit(i).version;
            if of != version {
                self.recorder.change(kind, at, state, version);
                kind = Instances { first: i, count: 0 };
                version = of;
            }
            kind.count += 1;
        }
        self.recorder.change(kind, at, state, version);
    }

    /// The load balancer is told that instances leave; they stop `drain` later. It goes on using them until it has learned.
    /// What else becomes of each of them is `change`.
    pub(super) fn deregister(&mut self, instances: Instances, drain: Duration, change: impl Fn(&mut Unit)) {
        let propagation = self.scenario.load_balancer.propagation;
        let (answering, stopped) = (propagation.min(drain), propagation > drain);
        // Those of a kind, that came into service at the same time, stop together.
        if self.recorder.keeps_lives() {
            // What was written down for later does not come.
            for i in instances.numbers() {
                if matches!(self.fleet.unit(i).status, Status::Starting | Status::InVain) {
                    self.recorder.void(i, self.now);
                }
            }
        }
        let mut stops = std::mem::take(self.stopping);
        self.fleet.change_all(instances, |unit| {
            change(unit);
            if !unit.serves {
                return;
            }
            unit.serves = false;
            match stops.last_mut() {
                Some((group, version, since, count)) if (*group, *version, *since) == (unit.group, unit.version, unit.since) => *count += 1,
                _ => stops.push((unit.group, unit.version, unit.since, 1)),
            }
        });
        for &(group, version, since, count) in &stops {
            self.recorder.stop(self.now + answering, drain - answering, count, group, version, since);
            if propagation.is_zero() {
                continue;
            }
            let by_kind = if answering.is_zero() { &mut self.lingering_dead } else { &mut self.lingering };
            by_kind[group as usize][version as usize] += count;
            self.following += 1;
            match (stopped, answering.is_zero()) {
                (false, _) => self.queue.push(self.now + propagation, Event::LearnedInTime(group, version, count)),
                (true, false) => {
                    self.queue.push(self.now + drain, Event::StoppedTooEarly(group, version, count));
                    self.queue.push(self.now + propagation, Event::LearnedTooLate(group, version, count));
                }
                (true, true) => self.queue.push(self.now + propagation, Event::LearnedTooLate(group, version, count)),
            }
        }
        stops.clear();
        *self.stopping = stops;
    }

    /// Starts instances from the beginning: each begins to boot, to install or to start at `from`.
    pub(super) fn start(&mut self, instances: Instances, from: Time, boots: Boots) {
        let chain = self.next_chain();
        self.start_with(instances, from, boots, chain);
    }

    /// Works out when each of `instances` goes through its parts.
    fn start_with(&mut self, instances: Instances, from: Time, boots: Boots, chain: Chain) {
        let version = self.target();
        let mut first = Times::LATEST;
        let mut next = instances.first;
        while next < instances.first + instances.count {
            let place = self.place_of(next);
            let one = One { instance: next, starts: self.fleet.unit(next).starts };
            let in_vain = self.clock.never_passes(one, place, version);
            self.prepare(next, chain, in_vain);
            let mut group = Instances { first: next, count: 1 };
            next += 1;
            // Where all take the same time they stay together: one event is for all of them.
            while self.clock.is_fixed() && next < instances.first + instances.count {
                let place = self.place_of(next);
                let one = One { instance: next, starts: self.fleet.unit(next).starts };
                if self.clock.never_passes(one, place, version) != in_vain {
                    break;
                }
                self.prepare(next, chain, in_vain);
                group.count += 1;
                next += 1;
            }
            let times = self.clock.times(one, from, boots);
            first = first.earliest(times);
            self.expect(group, times, chain, version, in_vain);
        }
        self.queue.take_in();
        self.recorder.note_ahead(first.install, Note::Installing(instances));
        self.recorder.note_ahead(first.startup, Note::Starting(instances));
        self.recorder.note_ahead(first.check, Note::Checking(instances));
    }

    /// Its place in the order in which the new version comes to instances; the same again where it is started anew.
    fn place_of(&mut self, i: u32) -> u32 {
        match self.fleet.unit(i).place {
            0 => {
                self.places += 1;
                let place = self.places;
                self.fleet.set_place(i, place);
                place
            }
            place => place,
        }
    }

    fn prepare(&mut self, i: u32, chain: Chain, in_vain: bool) {
        let step = self.step;
        if !in_vain && self.fleet.start_again(i, chain, step) {
            return;
        }
        self.fleet.change(i, |unit| {
            unit.chain = chain;
            unit.awaited = step;
            unit.starts += 1;
            unit.recovers = false;
            unit.status = if in_vain { Status::InVain } else { Status::Starting };
        });
    }

    /// Puts what becomes of instances that were started into the queue.
    fn expect(&mut self, group: Instances, times: Times, chain: Chain, version: Version, in_vain: bool) {
        let used = Times { in_service: times.in_service + self.scenario.load_balancer.propagation, ..times };
        if in_vain {
            self.recorder.start_in_vain(group, used, version);
        } else {
            self.recorder.start(group, used, version);
        }
        let began = self.fleet.unit(group.first).began;
        match self.controller() {
            // A pod that is not ready stays as it is.
            Some(Controller::Kubernetes { .. }) => {}
            Some(Controller::Ecs { .. } | Controller::AutoScaling) => {
                if in_vain {
                    let check = &self.scenario.load_balancer.health_check;
                    self.queue.push(times.check + check.interval.times(check.unhealthy_threshold), Event::Unhealthy(group, chain));
                }
            }
            None => {
                let time_up = began + self.scenario.timeout;
                if in_vain || times.in_service > time_up {
                    self.queue.push(time_up, Event::TimeUp(group, self.step));
                }
            }
        }
        if !in_vain {
            self.queue.collect(times.in_service, Event::Passed(group, chain));
        }
    }

    pub(super) fn begin_install(&mut self, instances: Instances, chain: Chain) {
        self.fleet.change_all(instances, |unit| {
            if unit.chain == chain {
                unit.version = unit.brings;
            }
        });
    }

    pub(super) fn passed(&mut self, instances: Instances, chain: Chain) {
        if !instances.numbers().any(|i| self.fleet.is_of(i, chain)) {
            return;
        }
        let propagation = self.scenario.load_balancer.propagation;
        let settle = self.scenario.timings.settle;
        if !propagation.is_zero() {
            self.following += 1;
            self.queue.push(self.now + propagation, Event::Registered(instances, chain));
        }
        if !settle.is_zero() {
            self.queue.push(self.now + settle, Event::Settled(instances, chain));
        }
        self.advance(instances, chain, propagation.is_zero(), settle.is_zero());
    }

    pub(super) fn registered(&mut self, instances: Instances, chain: Chain) {
        self.advance(instances, chain, true, false);
    }

    pub(super) fn settled(&mut self, instances: Instances, chain: Chain) {
        self.advance(instances, chain, false, true);
    }

    /// Instances that have passed their checks come into service, or have stayed healthy long enough, or both.
    fn advance(&mut self, instances: Instances, chain: Chain, serves: bool, settles: bool) {
        let (now, step) = (self.now, self.step);
        let mut came = Instances { first: instances.first, count: 0 };
        let mut done = 0;
        for i in instances.numbers() {
            if !self.fleet.is_of(i, chain) {
                continue;
            }
            done += u32::from(settles && self.fleet.unit(i).awaited == step);
            self.fleet.change(i, |unit| {
                if serves {
                    unit.serves = true;
                    unit.since = now;
                }
                if settles {
                    unit.status = Status::Settled;
                    unit.awaited = 0;
                } else if unit.status != Status::Settled {
                    unit.status = Status::Healthy;
                }
            });
            if !serves {
                continue;
            }
            if self.clock.is_mortal() {
                self.expect_death(i);
            }
            if came.first + came.count != i {
                self.note_in_service(came);
                came = Instances { first: i, count: 0 };
            }
            came.count += 1;
        }
        self.note_in_service(came);
        if done > 0 {
            self.succeeded += done;
            self.failures_in_a_row = 0;
            self.progress = now;
            self.done_with(done);
        }
    }

    fn note_in_service(&mut self, came: Instances) {
        if came.count > 0 {
            self.recorder.note_joined(self.now, Note::InService(came));
        }
    }

    /// Ends instances: those that serve drain, the others end at once. How many.
    pub(super) fn terminate(&mut self, all: &[Instances]) -> u32 {
        let mut count = 0;
        for &instances in all {
            let mut serving: Vec<Instances> = Vec::new();
            let mut idle: Vec<Instances> = Vec::new();
            for i in instances.numbers() {
                let unit = self.fleet.unit(i);
                match unit.status {
                    Status::Leaving | Status::Gone => continue,
                    _ if unit.serves || matches!(unit.status, Status::Healthy | Status::Settled | Status::Dead { .. }) => {
                        join(&mut serving, Instances { first: i, count: 1 });
                    }
                    _ => join(&mut idle, Instances { first: i, count: 1 }),
                }
                self.touched |= i < self.scenario.fleet.instances;
            }
            for (list, drain) in [(serving, self.scenario.load_balancer.deregistration_delay), (idle, Duration::ZERO)] {
                for instances in list {
                    count += instances.count;
                    self.leave(instances, drain);
                }
            }
        }
        count
    }

    fn leave(&mut self, instances: Instances, drain: Duration) {
        let (chain, step) = (self.next_chain(), self.step);
        self.deregister(instances, drain, |unit| {
            unit.chain = chain;
            unit.status = Status::Leaving;
            unit.awaited = step;
        });
        self.recorder.note(self.now, Note::Terminating(instances));
        self.record_state(instances, State::Terminating, self.now);
        self.record_state(instances, State::Gone, self.now + drain);
        self.queue.push(self.now + drain, Event::Gone(instances, chain));
    }

    pub(super) fn gone(&mut self, instances: Instances, chain: Chain) {
        let (mut awaited, step) = (0, self.step);
        self.fleet.change_all(instances, |unit| {
            if unit.chain == chain {
                awaited += u32::from(unit.awaited == step);
                unit.status = Status::Gone;
            }
        });
        self.recorder.note(self.now, Note::Gone(instances));
        self.done_with(awaited);
    }

    pub(super) fn done_with(&mut self, count: u32) {
        if let Waiting::For { left, .. } = &mut self.waiting {
            *left -= count.min(*left);
        }
    }

    /// Who decides at present, where the step is a loop that replaces instances.
    pub(super) fn controller(&self) -> Option<Controller> {
        match self.waiting {
            Waiting::Loop(super::Loop::Replace { controller, .. }) => Some(controller),
            Waiting::Loop(super::Loop::Window { .. })
            | Waiting::Nothing
            | Waiting::For { .. }
            | Waiting::Timer
            | Waiting::Approval
            | Waiting::Quiet => None,
        }
    }
}
