//! How many instances of a large group are in which state at a time, for any part of it: exact, without a look at every
//! instance.
//!
//! A group is cut into blocks of neighbours. Of each block the changes of its counts are kept in the order of time, and
//! every so often the counts themselves: the counts at a time are the last ones kept before it and the few changes since.
//! It is made once for a timeline. Neighbours with the same life change together and are one change.

use super::layout::MOST_TILES;
use crate::timeline::{Instances, Presence, State, Timeline, Version};
use crate::units::Time;

/// So many instances are looked at one by one in a frame.
const WALKED: u32 = 20_000;
/// The fewest instances of a block, and the most blocks, about.
const LEAST_BLOCK: u32 = 128;
const BLOCKS: u32 = 2_048;
/// After so many changes the counts are kept.
const KEPT_EVERY: usize = 32;
/// Of a cell whose counts are not known yet so many instances stand for all.
const LOOKED_AT: u32 = 12;

/// What a large picture tells apart, in the order in which it is stacked from below.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// It does not answer.
    Dead,
    /// It is out of service because it failed.
    Failed,
    /// In service with the new version.
    ServesNew,
    /// Worked on, or leaving, with the new version.
    BusyNew,
    /// Worked on, or leaving, with the old version.
    BusyOld,
    /// In service with the old version.
    ServesOld,
    /// Not there: not yet, or no more.
    Absent,
}

impl Kind {
    pub(super) const ALL: [Kind; 7] =
        [Kind::Dead, Kind::Failed, Kind::ServesNew, Kind::BusyNew, Kind::BusyOld, Kind::ServesOld, Kind::Absent];

    pub(super) fn of(presence: Option<Presence>) -> Kind {
        let Some(presence) = presence else { return Kind::Absent };
        match (presence.state, presence.is_new) {
            (State::Dead, _) => Kind::Dead,
            (State::Failed, _) => Kind::Failed,
            (State::Gone, _) => Kind::Absent,
            (State::InService, true) => Kind::ServesNew,
            (State::InService, false) => Kind::ServesOld,
            (State::Draining | State::Launching | State::Installing | State::Starting | State::Checking | State::Terminating, is_new) => {
                if is_new {
                    Kind::BusyNew
                } else {
                    Kind::BusyOld
                }
            }
        }
    }
}

/// How many instances are of which kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Mix([u32; 7]);

impl Mix {
    pub(super) fn count(&self, kind: Kind) -> u32 {
        self.0[kind as usize]
    }

    pub(super) fn total(&self) -> u32 {
        self.0.iter().sum()
    }

    fn add(&mut self, kind: Kind, count: u32) {
        self.0[kind as usize] += count;
    }

    fn add_all(&mut self, other: Mix) {
        for (mine, theirs) in self.0.iter_mut().zip(other.0) {
            *mine += theirs;
        }
    }

    fn apply(&mut self, change: &Change) {
        let from = &mut self.0[change.from as usize];
        *from = from.saturating_sub(change.count);
        self.0[change.to as usize] += change.count;
    }

    /// Of instances looked at one by one.
    fn walk(timeline: &Timeline, instances: Instances, step: u32, t: Time) -> Mix {
        let mut mix = Mix::default();
        for number in instances.numbers().step_by(step as usize) {
            mix.add(Kind::of(timeline.life(number).at(t)), 1);
        }
        mix
    }
}

/// Instances of a block that change together.
#[derive(Clone, Copy, Debug)]
struct Change {
    at: Time,
    count: u32,
    from: Kind,
    to: Kind,
}

/// The census of one group.
#[derive(Debug)]
struct Blocks {
    all: Instances,
    size: u32,
    /// Where each block's changes and kept counts begin, and one more for the end.
    begins: Vec<(usize, usize)>,
    changes: Vec<Change>,
    kept: Vec<Mix>,
}

impl Blocks {
    fn new(timeline: &Timeline, all: Instances) -> Blocks {
        let size = Census::block(all.count);
        let mut blocks = Blocks { all, size, begins: vec![(0, 0)], changes: Vec::new(), kept: Vec::new() };
        let mut block = Vec::new();
        for first in all.numbers().step_by(size as usize) {
            let of_block = Instances { first, count: size.min(all.first + all.count - first) };
            block.clear();
            let mut mix = collect(timeline, of_block, &mut block);
            block.sort_unstable_by_key(|change: &Change| change.at);
            blocks.kept.push(mix);
            for (i, change) in block.iter().enumerate() {
                mix.apply(change);
                if (i + 1).is_multiple_of(KEPT_EVERY) {
                    blocks.kept.push(mix);
                }
            }
            blocks.changes.extend_from_slice(&block);
            blocks.begins.push((blocks.changes.len(), blocks.kept.len()));
        }
        blocks
    }

    fn block(&self, block: usize, t: Time) -> Mix {
        let (Some(&(from, kept)), Some(&(to, _))) = (self.begins.get(block), self.begins.get(block + 1)) else {
            return Mix::default();
        };
        let changes = self.changes.get(from..to).unwrap_or_default();
        let passed = changes.partition_point(|change| change.at <= t);
        let known = passed / KEPT_EVERY;
        let mut mix = self.kept.get(kept + known).copied().unwrap_or_default();
        for change in changes.get(known * KEPT_EVERY..passed).unwrap_or_default() {
            mix.apply(change);
        }
        mix
    }

    /// The counts of instances that begin with a block and end with one, or none where they do not.
    fn mix(&self, instances: Instances, t: Time) -> Option<Mix> {
        let (first, end) = (instances.first.checked_sub(self.all.first)?, instances.first + instances.count - self.all.first);
        if !first.is_multiple_of(self.size) || !(end.is_multiple_of(self.size) || end == self.all.count) {
            return None;
        }
        let mut mix = Mix::default();
        for block in first / self.size..end.div_ceil(self.size) {
            mix.add_all(self.block(block as usize, t));
        }
        Some(mix)
    }
}

/// What the instances of a block are at the start, and how that changes.
fn collect(timeline: &Timeline, instances: Instances, changes: &mut Vec<Change>) -> Mix {
    let mut mix = Mix::default();
    let mut first = instances.first;
    let end = instances.first + instances.count;
    while first < end {
        let life = timeline.life(first);
        let alike = (first + 1..end).find(|&number| timeline.life(number) != life).unwrap_or(end);
        let count = alike - first;
        let mut before = None;
        for presence in life.presences() {
            let to = Kind::of(Some(presence));
            let from = before.unwrap_or(if timeline.desired() > first { Kind::ServesOld } else { Kind::Absent });
            if from != to {
                changes.push(Change { at: presence.since, count, from, to });
            }
            before = Some(to);
        }
        mix.add(if timeline.desired() > first { Kind::ServesOld } else { Kind::Absent }, count);
        first = alike;
    }
    mix
}

/// The census of a timeline's two groups, as far as they are large.
#[derive(Debug, Default)]
pub struct Census {
    groups: [Option<Blocks>; 2],
}

impl Census {
    /// Whether a timeline has groups so large that they need one.
    pub(super) fn is_needed(timeline: &Timeline) -> bool {
        timeline.instances() > WALKED
    }

    /// Counts.
    pub(super) fn new(timeline: &Timeline) -> Census {
        let desired = timeline.desired();
        let groups =
            [Instances { first: 0, count: desired }, Instances { first: desired, count: timeline.instances().saturating_sub(desired) }];
        Census { groups: groups.map(|all| (all.count > WALKED).then(|| Blocks::new(timeline, all))) }
    }

    /// How many instances a block of a group has.
    fn block(of: u32) -> u32 {
        (of / BLOCKS).next_power_of_two().max(LEAST_BLOCK)
    }

    /// What the first of some shown instances, and their number, has to be a multiple of.
    pub(super) fn aligned(of: u32, shown: u32) -> u32 {
        if of > WALKED && shown > WALKED { Census::block(of) } else { 1 }
    }

    /// How many instances one cell stands for, where so many of a group are shown in about so many cells.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of cells, at least one")]
    pub(super) fn cell(of: u32, shown: u32, cells: f32) -> u32 {
        shown.div_ceil((cells as u32).max(1)).next_multiple_of(Census::aligned(of, shown)).max(1)
    }

    /// The counts of instances of a group, and whether they are exact.
    pub(super) fn mix(&self, timeline: &Timeline, holds: Version, instances: Instances, shown: u32, t: Time) -> (Mix, bool) {
        if let Some(mix) = self.groups[holds as usize].as_ref().and_then(|blocks| blocks.mix(instances, t)) {
            return (mix, true);
        }
        let step = if shown <= WALKED.max(MOST_TILES) { 1 } else { instances.count.div_ceil(LOOKED_AT).max(1) };
        (Mix::walk(timeline, instances, step, t), step == 1)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;
    use crate::scenario::{Part, Scenario, Spread, Strategy};
    use crate::units::Duration;

    fn at(seconds: u64) -> Time {
        Time::ZERO + Duration::from_secs(seconds)
    }

    #[test]
    fn the_counts_of_a_hand_made_case() {
        // 30,000 instances in blocks of 128, four batches of 7,500: 58.6 blocks, so that the 59th, 7,424 to 7,551, is of both
        // of the first two. Batch 1 drains until 20 s, is installed until 50 s, starts until 70 s and is checked until 100 s.
        let timeline = crate::simulate(&Scenario::new(30_000, Strategy::Rolling { batch: Part::Count(7_500) })).unwrap();
        let census = Census::new(&timeline);
        assert_eq!(Census::block(30_000), 128);
        let cell = |first, seconds| census.mix(&timeline, Version::Old, Instances { first, count: 128 }, 30_000, at(seconds));
        let mix = |serves_new, busy_new, busy_old, serves_old| Mix([0, 0, serves_new, busy_new, busy_old, serves_old, 0]);
        assert_eq!(cell(0, 10), (mix(0, 0, 128, 0), true));
        assert_eq!(cell(0, 60), (mix(0, 128, 0, 0), true));
        assert_eq!(cell(0, 100), (mix(128, 0, 0, 0), true));
        // 7,500 - 7,424 = 76 of batch 1, and 52 of batch 2 that drain from 100 s on.
        assert_eq!(cell(7_424, 60), (mix(0, 76, 0, 52), true));
        assert_eq!(cell(7_424, 110), (mix(76, 0, 52, 0), true));
        let all = census.mix(&timeline, Version::Old, Instances { first: 0, count: 30_000 }, 30_000, at(110)).0;
        assert_eq!(all, mix(7_500, 0, 7_500, 15_000));
    }

    #[test]
    fn the_counts_are_those_of_every_instance_looked_at() {
        // Every instance takes its own time, and some die.
        let mut scenario = Scenario::new(21_000, Strategy::Immutable);
        scenario.timings.startup = Spread::Uniform { from: Duration::from_secs(10), to: Duration::from_secs(60) };
        scenario.failures.events.push(crate::scenario::Event::Kill { at: Duration::from_secs(150), instances: 700 });
        let timeline = crate::simulate(&scenario).unwrap();
        let census = Census::new(&timeline);
        for seconds in [0, 60, 130, 150, 155, 200, 300, 1_000] {
            for (holds, group) in [(Version::Old, 0), (Version::New, timeline.desired())] {
                for first in [0, 128, 20_480] {
                    let instances = Instances { first: group + first, count: 256 };
                    let walked = Mix::walk(&timeline, instances, 1, at(seconds));
                    assert_eq!(census.mix(&timeline, holds, instances, 21_000, at(seconds)), (walked, true), "{first} at {seconds} s");
                }
            }
        }
    }
}
