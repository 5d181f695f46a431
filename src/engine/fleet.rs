//! The instances as the engine knows them: what each is doing, and how many do what.

use std::collections::{BTreeSet, VecDeque};

use super::queue::Chain;
use crate::timeline::{Group, Instances, Version};
use crate::units::Time;

/// What an instance is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    /// It has passed its checks.
    Healthy,
    /// It has stayed healthy long enough: the plan counts on it.
    Settled,
    /// It drains to come back, boots, is installed, starts or is checked.
    Starting,
    /// It does, but it will never pass its checks.
    InVain,
    /// It does not answer; the load balancer has not noticed.
    Dead {
        /// Whether the plan still counts on it.
        settled: bool,
    },
    /// It failed and is out of service.
    Failed,
    /// It drains for good.
    Leaving,
    /// It does not exist any more.
    Gone,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    /// What events have to name to be about it.
    pub(super) chain: Chain,
    /// The step that waits for it; 0 where none does.
    pub(super) awaited: u32,
    /// Its place in the order in which the new version came to instances, from 1; 0 where it never did.
    pub(super) place: u32,
    /// How often it was started.
    pub(super) starts: u32,
    pub(super) status: Status,
    pub(super) version: Version,
    /// What it runs once its install has begun.
    pub(super) brings: Version,
    pub(super) group: Group,
    /// Whether the load balancer sends it requests, which it answers.
    pub(super) serves: bool,
    /// Whether nothing was done with it in this deployment.
    pub(super) pending: bool,
    /// Whether it comes back after it died, by itself.
    pub(super) recovers: bool,
    /// When work on it began.
    pub(super) began: Time,
    /// Since when it serves.
    pub(super) since: Time,
}

/// How many instances do what; where there are two numbers, by version.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    pub(super) existing: [u32; 2],
    /// Of those, not draining for good.
    pub(super) standing: [u32; 2],
    /// The plan counts on them.
    pub(super) available: [u32; 2],
    /// They get requests and answer them, by group and version.
    pub(super) serving: [[u32; 2]; 2],
    pub(super) serving_launched: u32,
    /// They get requests and do not answer.
    pub(super) dead: [[u32; 2]; 2],
    pub(super) failed: [[u32; 2]; 2],
    /// The plan has begun something with them that comes to an end.
    pub(super) under_way: u32,
}

/// All instances, and which of them the deployment has still to come to.
pub(super) struct Fleet {
    units: Vec<Unit>,
    pub(super) counts: Counts,
    /// How many were there at the start.
    size: u32,
    /// Pending ones, in order; some may have been taken before their turn.
    line: VecDeque<Instances>,
    pending: u32,
    /// Pending ones that failed: they come first.
    ailing: BTreeSet<u32>,
}

impl Fleet {
    pub(super) fn new(size: u32) -> Fleet {
        let unit = Unit {
            chain: 0,
            awaited: 0,
            place: 0,
            starts: 0,
            status: Status::Settled,
            version: Version::Old,
            brings: Version::Old,
            group: Group::Original,
            serves: true,
            pending: true,
            recovers: false,
            began: Time::ZERO,
            since: Time::ZERO,
        };
        let all = |n| [n, 0];
        Fleet {
            units: vec![unit; size as usize],
            counts: Counts {
                existing: all(size),
                standing: all(size),
                available: all(size),
                serving: [all(size), [0, 0]],
                ..Counts::default()
            },
            size,
            line: VecDeque::from([Instances { first: 0, count: size }]),
            pending: size,
            ailing: BTreeSet::new(),
        }
    }

    pub(super) fn unit(&self, i: u32) -> &Unit {
        &self.units[i as usize]
    }

    pub(super) fn len(&self) -> u32 {
        u32::try_from(self.units.len()).unwrap_or(u32::MAX)
    }

    /// All that exist or existed.
    pub(super) fn units(&self) -> impl Iterator<Item = (u32, &Unit)> {
        (0..).zip(&self.units)
    }

    /// Whether an event of `chain` is about this instance.
    pub(super) fn is_of(&self, i: u32, chain: Chain) -> bool {
        self.units[i as usize].chain == chain
    }

    /// Changes an instance; the numbers follow.
    #[inline]
    pub(super) fn change(&mut self, i: u32, change: impl FnOnce(&mut Unit)) {
        let mut unit = self.units[i as usize];
        // One less, as numbers wrap.
        self.count(i, unit, u32::MAX);
        change(&mut unit);
        self.count(i, unit, 1);
        self.units[i as usize] = unit;
    }

    /// Its place in the order in which the new version came to instances. No number depends on it.
    pub(super) fn set_place(&mut self, i: u32, place: u32) {
        self.units[i as usize].place = place;
    }

    #[inline]
    fn count(&mut self, i: u32, unit: Unit, by: u32) {
        let (v, g) = (unit.version as usize, unit.group as usize);
        let c = &mut self.counts;
        let add = |n: &mut u32| *n = n.wrapping_add(by);
        if unit.status != Status::Gone {
            add(&mut c.existing[v]);
        }
        if !matches!(unit.status, Status::Gone | Status::Leaving) {
            add(&mut c.standing[v]);
        }
        if unit.serves {
            add(&mut c.serving[g][v]);
            if i >= self.size {
                add(&mut c.serving_launched);
            }
        }
        match unit.status {
            Status::Settled => add(&mut c.available[v]),
            Status::Dead { settled } => {
                add(&mut c.dead[g][v]);
                if settled {
                    add(&mut c.available[v]);
                }
            }
            Status::Failed => add(&mut c.failed[g][v]),
            Status::Leaving => add(&mut c.under_way),
            Status::Starting if !unit.recovers => add(&mut c.under_way),
            // Where its time can be up, it is.
            Status::InVain | Status::Healthy if unit.awaited > 0 => add(&mut c.under_way),
            Status::Starting | Status::InVain | Status::Healthy | Status::Gone => {}
        }
        let ails = unit.pending && unit.status == Status::Failed;
        match (ails, self.ailing.is_empty()) {
            (true, _) => {
                self.ailing.insert(i);
            }
            (false, false) => {
                self.ailing.remove(&i);
            }
            (false, true) => {}
        }
    }

    /// New ones.
    pub(super) fn add(&mut self, count: u32, unit: Unit) -> Instances {
        let instances = Instances { first: self.len(), count };
        self.units.resize(self.units.len() + count as usize, unit);
        let v = unit.version as usize;
        self.counts.existing[v] += count;
        self.counts.standing[v] += count;
        instances
    }

    /// How many the deployment has still to come to.
    pub(super) fn pending(&self) -> u32 {
        self.pending
    }

    /// How many of those failed.
    pub(super) fn ailing(&self) -> u32 {
        u32::try_from(self.ailing.len()).unwrap_or(u32::MAX)
    }

    /// The next so many pending ones: the ones that failed first, then by their numbers.
    pub(super) fn take(&mut self, count: u32) -> Vec<Instances> {
        let mut taken: Vec<Instances> = Vec::new();
        let mut left = count.min(self.pending);
        self.pending -= left;
        while left > 0
            && let Some(i) = self.ailing.pop_first()
        {
            self.units[i as usize].pending = false;
            join(&mut taken, Instances { first: i, count: 1 });
            left -= 1;
        }
        while left > 0
            && let Some(next) = self.line.front_mut()
        {
            // As many in a row as are still pending.
            let some = next.numbers().take(left as usize).take_while(|&i| self.units[i as usize].pending).count();
            let some = u32::try_from(some).unwrap_or(u32::MAX);
            let taking = Instances { first: next.first, count: some };
            // One that was taken before its turn is passed over.
            let passed = u32::from(some < left && some < next.count);
            next.first += some + passed;
            next.count -= some + passed;
            if next.count == 0 {
                self.line.pop_front();
            }
            for i in taking.numbers() {
                self.units[i as usize].pending = false;
            }
            left -= some;
            taken.push(taking);
        }
        // Neighbours go together, whichever came first.
        taken.sort_unstable();
        let mut joined = Vec::with_capacity(taken.len());
        for instances in taken {
            join(&mut joined, instances);
        }
        joined
    }

    /// The first so many pending ones for which something holds.
    pub(super) fn take_by(&mut self, count: u32, holds: impl Fn(&Unit) -> bool) -> Vec<Instances> {
        let mut taken = Vec::new();
        // What was taken before its turn at the begin of the line is looked at once and not again.
        while let Some(first) = self.line.front_mut()
            && !self.units[first.first as usize].pending
        {
            first.first += 1;
            first.count -= 1;
            if first.count == 0 {
                self.line.pop_front();
            }
        }
        let numbers = self.line.iter().flat_map(|range| range.numbers());
        let chosen = numbers.filter(|&i| self.units[i as usize].pending && holds(&self.units[i as usize]));
        let chosen: Vec<u32> = chosen.take(count as usize).collect();
        for i in chosen {
            self.units[i as usize].pending = false;
            self.ailing.remove(&i);
            self.pending -= 1;
            join(&mut taken, Instances { first: i, count: 1 });
        }
        taken
    }

    /// Makes these, and no others, the ones that a deployment has to come to.
    pub(super) fn line_up(&mut self, wanted: impl Fn(u32, &Unit) -> bool) {
        let mut line: Vec<Instances> = Vec::new();
        self.ailing.clear();
        self.pending = 0;
        for (i, unit) in (0_u32..).zip(&mut self.units) {
            unit.pending = !matches!(unit.status, Status::Gone | Status::Leaving) && wanted(i, unit);
            if unit.pending {
                self.pending += 1;
                join(&mut line, Instances { first: i, count: 1 });
                if unit.status == Status::Failed {
                    self.ailing.insert(i);
                }
            }
        }
        self.line = line.into();
    }
}

/// Adds instances to a list; neighbours become one entry.
pub(super) fn join(list: &mut Vec<Instances>, more: Instances) {
    if more.count == 0 {
        return;
    }
    match list.last_mut() {
        Some(last) if last.first + last.count == more.first => last.count += more.count,
        _ => list.push(more),
    }
}
