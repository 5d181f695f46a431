//! The life of each instance: the states it went through.

use super::Instances;
use crate::units::Time;

/// What an instance is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It serves requests.
    InService,
    /// It finishes what it has and takes nothing new; it will be back.
    Draining,
    /// It boots.
    Launching,
    /// The new version is installed.
    Installing,
    /// The application starts.
    Starting,
    /// It passes health checks, one after another.
    Checking,
    /// It finishes what it has and takes nothing new; it will be gone.
    Terminating,
    /// It does not exist any more.
    Gone,
    /// It has stopped answering and the load balancer has not noticed: it still gets requests, and fails them.
    Dead,
    /// It is out of service because it failed: it died, or it did not get healthy in time.
    Failed,
}

/// A change of one instance's state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) at: Time,
    pub(super) state: State,
}

/// A change in eight bytes: the time, and the state in its lowest three bits. There may be millions of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Packed(u64);

impl Packed {
    const STATES: [State; 8] = [
        State::InService,
        State::Draining,
        State::Launching,
        State::Installing,
        State::Starting,
        State::Checking,
        State::Terminating,
        State::Gone,
    ];

    fn new(change: Change) -> Packed {
        // A run is at most a hundred years long: three bits are free at the top.
        debug_assert!(change.at.as_us() < 1 << 61);
        Packed(change.at.as_us() << 3 | change.state as u64)
    }

    fn at(self) -> Time {
        Time::from_us(self.0 >> 3)
    }

    fn state(self) -> State {
        Packed::STATES[(self.0 & 7) as usize]
    }
}

/// When an instance goes through its parts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Times {
    pub(crate) install: Time,
    pub(crate) startup: Time,
    pub(crate) check: Time,
    pub(crate) in_service: Time,
}

impl Times {
    /// Later than any other.
    pub(crate) const LATEST: Times = {
        let never = Time::from_us(u64::MAX);
        Times { install: never, startup: never, check: never, in_service: never }
    };

    /// The earlier of each.
    pub(crate) fn earliest(self, other: Times) -> Times {
        Times {
            install: self.install.min(other.install),
            startup: self.startup.min(other.startup),
            check: self.check.min(other.check),
            in_service: self.in_service.min(other.in_service),
        }
    }
}

/// What the engine writes down for instances.
#[derive(Clone, Copy, Debug)]
pub(super) enum Written {
    Change(Change),
    /// Install, start-up, checks and in service.
    Start(Times),
}

impl Written {
    fn changes(&self) -> u32 {
        match self {
            Written::Change(_) => 1,
            Written::Start(_) => 4,
        }
    }

    /// Writes its changes to a place of just that many.
    fn write(&self, place: &mut [Packed]) {
        let packed = |at, state| Packed::new(Change { at, state });
        match self {
            Written::Change(change) => place.copy_from_slice(&[Packed::new(*change)]),
            Written::Start(times) => place.copy_from_slice(&[
                packed(times.install, State::Installing),
                packed(times.startup, State::Starting),
                packed(times.check, State::Checking),
                packed(times.in_service, State::InService),
            ]),
        }
    }
}

/// The states of one instance in time order.
#[derive(Clone, Copy, Debug)]
pub struct Life<'a> {
    changes: &'a [Packed],
    was_there: bool,
}

/// What an instance is doing at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Presence {
    /// The state.
    pub state: State,
    /// Since when; the start for instances that were there.
    pub since: Time,
    /// Until when; none where it lasts.
    pub until: Option<Time>,
    /// Whether it runs (or is being given) the new version.
    pub is_new: bool,
}

impl<'a> Life<'a> {
    /// What the instance is doing at `t`; none before it is launched.
    pub fn at(&self, t: Time) -> Option<Presence> {
        let after = self.changes.partition_point(|change| change.at() <= t);
        let until = self.changes.get(after).map(|change| change.at());
        match after.checked_sub(1) {
            Some(i) => Some(self.presence(i)),
            None => self.was_there.then_some(Presence { state: State::InService, since: Time::ZERO, until, is_new: false }),
        }
    }

    /// Everything the instance did, in time order.
    pub fn presences(self) -> impl Iterator<Item = Presence> + use<'a> {
        let first_until = self.changes.first().map(|change| change.at());
        let first = self.was_there.then_some(Presence { state: State::InService, since: Time::ZERO, until: first_until, is_new: false });
        first.into_iter().chain((0..self.changes.len()).map(move |i| self.presence(i)))
    }

    fn presence(&self, i: usize) -> Presence {
        let change = self.changes[i];
        // An instance that was there runs the old version until its install begins; one that leaves keeps what it ran.
        let is_new = !self.was_there || self.changes[..=i].iter().any(|c| c.state() == State::Installing);
        Presence { state: change.state(), since: change.at(), until: self.changes.get(i + 1).map(|next| next.at()), is_new }
    }
}

/// The lives of all instances, side by side in one block of memory.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Lives {
    initial: u32,
    count: u32,
    /// Where each instance's changes begin, and one more for the end; empty where no lives were kept.
    offsets: Vec<u32>,
    changes: Vec<Packed>,
}

impl Lives {
    pub(super) fn count(&self) -> u32 {
        self.count
    }

    pub(super) fn life(&self, instance: u32) -> Life<'_> {
        let was_there = instance < self.initial;
        let i = instance as usize;
        let changes = match (self.offsets.get(i), self.offsets.get(i + 1)) {
            (Some(&from), Some(&to)) => &self.changes[from as usize..to as usize],
            _ => &[],
        };
        Life { changes, was_there }
    }

    /// Sorts what was written for many instances at a time into one life after another. Each instance's own changes were
    /// written in time order, and keep it: this is a counting sort.
    pub(super) fn collect(initial: u32, count: u32, written: &[(Instances, Written)]) -> Lives {
        if written.is_empty() {
            return Lives { initial, count, offsets: Vec::new(), changes: Vec::new() };
        }
        let mut offsets = vec![0_u32; count as usize + 1];
        for (instances, written) in written {
            for instance in instances.numbers() {
                offsets[instance as usize + 1] += written.changes();
            }
        }
        for i in 1..offsets.len() {
            offsets[i] += offsets[i - 1];
        }
        let mut next = offsets.clone();
        let total = offsets.last().copied().unwrap_or(0);
        let mut changes = vec![Packed(0); total as usize];
        for (instances, written) in written {
            for instance in instances.numbers() {
                let from = next[instance as usize];
                let to = from + written.changes();
                next[instance as usize] = to;
                written.write(&mut changes[from as usize..to as usize]);
            }
        }
        Lives { initial, count, offsets, changes }
    }
}
