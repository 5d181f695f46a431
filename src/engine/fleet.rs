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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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

/// Which of the [`Counts`] an instance is in, one bit each; the lowest two are its version and its group.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Part(u16);

impl Part {
    const NEW_VERSION: u16 = 1;
    const NEW_GROUP: u16 = 1 << 1;
    const EXISTS: u16 = 1 << 2;
    const STANDS: u16 = 1 << 3;
    const AVAILABLE: u16 = 1 << 4;
    const SERVES: u16 = 1 << 5;
    const SERVES_LAUNCHED: u16 = 1 << 6;
    const DEAD: u16 = 1 << 7;
    const FAILED: u16 = 1 << 8;
    const UNDER_WAY: u16 = 1 << 9;
    /// It is pending and has failed.
    const AILS: u16 = 1 << 10;

    #[inline]
    fn of(unit: &Unit, launched: bool) -> Part {
        let under_way = |is: bool| if is { Part::UNDER_WAY } else { 0 };
        let standing = Part::EXISTS | Part::STANDS;
        let by_status = match unit.status {
            Status::Settled => standing | Part::AVAILABLE,
            Status::Dead { settled } => standing | Part::DEAD | if settled { Part::AVAILABLE } else { 0 },
            Status::Failed => standing | Part::FAILED | if unit.pending { Part::AILS } else { 0 },
            Status::Leaving => Part::EXISTS | Part::UNDER_WAY,
            Status::Starting => standing | under_way(!unit.recovers),
            // Where its time can be up, it is.
            Status::InVain | Status::Healthy => standing | under_way(unit.awaited > 0),
            Status::Gone => 0,
        };
        let serves = match (unit.serves, launched) {
            (false, _) => 0,
            (true, false) => Part::SERVES,
            (true, true) => Part::SERVES | Part::SERVES_LAUNCHED,
        };
        Part(unit.version as u16 | (unit.group as u16) << 1 | by_status | serves)
    }

    fn has(self, bits: u16) -> bool {
        self.0 & bits != 0
    }
}

impl Counts {
    /// Adds `by` instances of a kind to those of `bits` that it is in; taking some away is adding, as numbers wrap.
    fn add(&mut self, part: Part, bits: u16, by: u32) {
        let (v, g) = (usize::from(part.has(Part::NEW_VERSION)), usize::from(part.has(Part::NEW_GROUP)));
        let part = Part(part.0 & bits);
        let add = |n: &mut u32| *n = n.wrapping_add(by);
        if part.has(Part::EXISTS) {
            add(&mut self.existing[v]);
        }
        if part.has(Part::STANDS) {
            add(&mut self.standing[v]);
        }
        if part.has(Part::AVAILABLE) {
            add(&mut self.available[v]);
        }
        if part.has(Part::SERVES) {
            add(&mut self.serving[g][v]);
        }
        if part.has(Part::SERVES_LAUNCHED) {
            add(&mut self.serving_launched);
        }
        if part.has(Part::DEAD) {
            add(&mut self.dead[g][v]);
        }
        if part.has(Part::FAILED) {
            add(&mut self.failed[g][v]);
        }
        if part.has(Part::UNDER_WAY) {
            add(&mut self.under_way);
        }
    }

    /// So many instances go from one kind to another.
    #[inline]
    fn go(&mut self, from: Part, to: Part, count: u32) {
        if from == to || count == 0 {
            return;
        }
        let kind = Part::NEW_VERSION | Part::NEW_GROUP;
        let bits = if (from.0 ^ to.0) & kind == 0 { from.0 ^ to.0 } else { u16::MAX };
        self.add(from, bits, 0_u32.wrapping_sub(count));
        self.add(to, bits, count);
    }
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
        let mut fleet = Fleet {
            units: Vec::with_capacity(size as usize),
            counts: Counts::default(),
            size,
            line: VecDeque::new(),
            pending: size,
            ailing: BTreeSet::new(),
        };
        fleet.begin_again();
        fleet
    }

    /// As it is before a deployment: all in service, with the old version.
    pub(super) fn begin_again(&mut self) {
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
        let size = self.size;
        let all = |n| [n, 0];
        self.units.clear();
        self.units.resize(size as usize, unit);
        self.counts =
            Counts { existing: all(size), standing: all(size), available: all(size), serving: [all(size), [0, 0]], ..Counts::default() };
        self.line.clear();
        self.line.push_back(Instances { first: 0, count: size });
        self.pending = size;
        self.ailing.clear();
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
        let launched = i >= self.size;
        let unit = &mut self.units[i as usize];
        let before = Part::of(unit, launched);
        change(unit);
        let after = Part::of(unit, launched);
        self.counts.go(before, after, 1);
        if (before.0 ^ after.0) & Part::AILS != 0 {
            self.note_ailing(i, after);
        }
    }

    /// Changes instances; the numbers follow, for as many at a time as are alike.
    #[inline]
    pub(super) fn change_all(&mut self, instances: Instances, mut change: impl FnMut(&mut Unit)) {
        let mut alike = (Part(0), Part(0), 0);
        for i in instances.numbers() {
            let launched = i >= self.size;
            let unit = &mut self.units[i as usize];
            let before = Part::of(unit, launched);
            change(unit);
            let after = Part::of(unit, launched);
            if (alike.0, alike.1) != (before, after) {
                self.counts.go(alike.0, alike.1, alike.2);
                alike = (before, after, 0);
            }
            alike.2 += 1;
            if (before.0 ^ after.0) & Part::AILS != 0 {
                self.note_ailing(i, after);
            }
        }
        self.counts.go(alike.0, alike.1, alike.2);
    }

    /// What was prepared for a start is started: no number depends on it. Not done, and `false`, where it is anything else.
    #[inline]
    pub(super) fn start_again(&mut self, i: u32, chain: Chain, step: u32) -> bool {
        let unit = &mut self.units[i as usize];
        let prepared = unit.status == Status::Starting && !unit.recovers;
        if prepared {
            unit.chain = chain;
            unit.awaited = step;
            unit.starts += 1;
        }
        prepared
    }

    fn note_ailing(&mut self, i: u32, part: Part) {
        if part.has(Part::AILS) {
            self.ailing.insert(i);
        } else {
            self.ailing.remove(&i);
        }
    }

    /// The numbers once more, from the instances themselves.
    pub(super) fn counted(&self) -> Counts {
        let mut counts = Counts::default();
        for (i, unit) in self.units() {
            counts.add(Part::of(unit, i >= self.size), u16::MAX, 1);
        }
        counts
    }

    /// Its place in the order in which the new version came to instances. No number depends on it.
    pub(super) fn set_place(&mut self, i: u32, place: u32) {
        self.units[i as usize].place = place;
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

    /// The next so many pending ones: the ones that failed first, then by their numbers. They are put into `taken`.
    pub(super) fn take(&mut self, count: u32, taken: &mut Vec<Instances>) {
        taken.clear();
        let mut left = count.min(self.pending);
        self.pending -= left;
        while left > 0
            && let Some(i) = self.ailing.pop_first()
        {
            self.units[i as usize].pending = false;
            join(taken, Instances { first: i, count: 1 });
            left -= 1;
        }
        let in_order = taken.is_empty();
        while left > 0
            && let Some(next) = self.line.front_mut()
        {
            // As many in a row as are still pending.
            let (from, most) = (next.first as usize, next.count.min(left) as usize);
            let mut some = 0;
            for unit in &mut self.units[from..from + most] {
                if !unit.pending {
                    break;
                }
                unit.pending = false;
                some += 1;
            }
            join(taken, Instances { first: next.first, count: some });
            // One that was taken before its turn is passed over.
            let passed = u32::from(some < left && some < next.count);
            next.first += some + passed;
            next.count -= some + passed;
            if next.count == 0 {
                self.line.pop_front();
            }
            left -= some;
        }
        if !in_order {
            // Neighbours go together, whichever came first.
            taken.sort_unstable();
            let mut joined = Vec::with_capacity(taken.len());
            for &instances in &*taken {
                join(&mut joined, instances);
            }
            *taken = joined;
        }
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
