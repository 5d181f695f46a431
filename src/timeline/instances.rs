//! The life of each instance: the states it went through.

use super::{Instances, Version};
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
    /// What it runs, or is being given.
    pub(super) version: Version,
}

/// A change in eight bytes: the time, and below it one bit for the version and four for the state. There may be millions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Packed(u64);

impl Packed {
    const STATES: [State; 10] = [
        State::InService,
        State::Draining,
        State::Launching,
        State::Installing,
        State::Starting,
        State::Checking,
        State::Terminating,
        State::Gone,
        State::Dead,
        State::Failed,
    ];

    fn new(change: Change) -> Packed {
        // A run is at most a hundred years long: five bits are free at the top.
        debug_assert!(change.at.as_us() < 1 << 59);
        Packed(change.at.as_us() << 5 | (change.version as u64) << 4 | change.state as u64)
    }

    fn at(self) -> Time {
        Time::from_us(self.0 >> 5)
    }

    fn state(self) -> State {
        Packed::STATES.get((self.0 & 15) as usize).copied().unwrap_or(State::Gone)
    }

    fn is_new(self) -> bool {
        self.0 & 16 != 0
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
    Start(Times, Version),
    /// Install where there is one, start-up and checks that are never passed.
    StartInVain(Times, Version),
    /// Start-up, checks and in service, of what was installed before.
    Restart(Times, Version),
}

impl Written {
    /// How many changes of a state it is.
    fn count(&self) -> u32 {
        match self {
            Written::Change(_) => 1,
            Written::StartInVain(..) | Written::Restart(..) => 3,
            Written::Start(..) => 4,
        }
    }

    /// The changes, as many as it counts.
    fn changes(&self) -> [Packed; 4] {
        let packed = |at, state, version| Packed::new(Change { at, state, version });
        match *self {
            Written::Change(change) => [Packed::new(change); 4],
            Written::Start(times, version) | Written::StartInVain(times, version) => [
                packed(times.install, State::Installing, version),
                packed(times.startup, State::Starting, version),
                packed(times.check, State::Checking, version),
                packed(times.in_service, State::InService, version),
            ],
            Written::Restart(times, version) => {
                let in_service = packed(times.in_service, State::InService, version);
                [packed(times.startup, State::Starting, version), packed(times.check, State::Checking, version), in_service, in_service]
            }
        }
    }
}

/// The states of one instance in time order. Two are equal where the instances did the same at the same times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
        Presence {
            state: change.state(),
            since: change.at(),
            until: self.changes.get(i + 1).map(|next| next.at()),
            is_new: change.is_new(),
        }
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

    /// Sorts what was written for many instances at a time into one life after another: a counting sort. Each instance's
    /// own changes were written as they were known, some before their time: what was written later overrules what was to
    /// come by then.
    pub(super) fn collect(initial: u32, count: u32, written: &[(Instances, Written)]) -> Lives {
        if written.is_empty() {
            return Lives { initial, count, offsets: Vec::new(), changes: Vec::new() };
        }
        let mut offsets = vec![0_u32; count as usize + 1];
        for (instances, written) in written {
            for instance in instances.numbers() {
                offsets[instance as usize + 1] += written.count();
            }
        }
        for i in 1..offsets.len() {
            offsets[i] += offsets[i - 1];
        }
        let mut next = offsets.clone();
        let total = offsets.last().copied().unwrap_or(0);
        let mut changes = vec![Packed(0); total as usize];
        let mut overruled = false;
        for (instances, written) in written {
            let (all, count) = (written.changes(), written.count());
            let some = &all[..count as usize];
            for instance in instances.numbers() {
                let first = offsets[instance as usize];
                let place = &mut next[instance as usize];
                while *place > first && changes[*place as usize - 1].at() > some[0].at() {
                    *place -= 1;
                    overruled = true;
                }
                changes[*place as usize..(*place + count) as usize].copy_from_slice(some);
                *place += count;
            }
        }
        if overruled {
            Lives::close_gaps(&mut offsets, &next, &mut changes);
        }
        Lives { initial, count, offsets, changes }
    }

    /// Moves each life up to the one before it; `ends` says where each one's changes end.
    fn close_gaps(offsets: &mut [u32], ends: &[u32], changes: &mut Vec<Packed>) {
        let mut to = 0;
        for i in 0..offsets.len().saturating_sub(1) {
            let (from, end) = (offsets[i] as usize, ends[i] as usize);
            changes.copy_within(from..end, to);
            offsets[i] = u32::try_from(to).unwrap_or(u32::MAX);
            to += end - from;
        }
        if let Some(last) = offsets.last_mut() {
            *last = u32::try_from(to).unwrap_or(u32::MAX);
        }
        changes.truncate(to);
    }
}
