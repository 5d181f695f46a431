//! A look at what each instance is doing.

use super::Doing;
use crate::timeline::{Instances, LogEntry, Note, Presence, State, Timeline};
use crate::units::{Duration, Time};

/// Beyond so many instances their states are not looked at one by one.
const LOOKED_AT: u32 = 2_000;

/// So many of the last notes name the few that are busy in a large fleet.
const NOTES: usize = 32;

/// The states in which an instance does not serve, in the order in which it goes through them.
const BUSY: [State; 6] = [State::Draining, State::Launching, State::Installing, State::Starting, State::Checking, State::Terminating];

/// Some instances.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// Their numbers, at most [`Doing::NAMED`] of them.
    pub named: Vec<u32>,
    /// How many they are.
    pub count: u32,
    /// Whether they were counted, or estimated from some of a large fleet.
    pub counted: bool,
}

impl Who {
    /// Those of some numbers, in order.
    pub(super) fn of(mut numbers: Vec<u32>) -> Who {
        let count = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
        numbers.truncate(Doing::NAMED);
        Who { named: numbers, count, counted: true }
    }

    /// Neighbours.
    pub(super) fn neighbours(instances: Instances) -> Who {
        Who { named: instances.numbers().take(Doing::NAMED).collect(), count: instances.count, counted: true }
    }

    /// Adds some with lower numbers.
    pub(super) fn put_before(&mut self, numbers: Vec<u32>) {
        let before = Who::of(numbers);
        self.count += before.count;
        self.named.splice(0..0, before.named);
        self.named.truncate(Doing::NAMED);
    }
}

/// For how many instances of a large fleet one is looked at.
fn stands_for(timeline: &Timeline) -> u32 {
    timeline.instances().div_ceil(LOOKED_AT).max(1)
}

/// The state that most of the busy instances are in.
pub(super) fn busy(timeline: &Timeline, t: Time) -> Option<Doing> {
    let mut found: [(u32, Vec<u32>); BUSY.len()] = Default::default();
    // Of a large fleet every so-many-th instance stands for its neighbours.
    let stands_for = stands_for(timeline);
    for instance in (0..timeline.instances()).step_by(stands_for as usize) {
        let Some(presence) = timeline.life(instance).at(t) else { continue };
        if let Some(i) = BUSY.iter().position(|&state| state == presence.state) {
            let (count, named) = &mut found[i];
            *count += stands_for;
            if named.len() < Doing::NAMED {
                named.push(instance);
            }
        }
    }
    // Of as many, what comes first: it holds the others up.
    let most = (0..BUSY.len()).rev().max_by_key(|&i| found[i].0).filter(|&i| found[i].0 > 0)?;
    let (count, instances) = std::mem::take(&mut found[most]);
    Some(Doing::Busy { state: BUSY[most], instances, count, counted: stands_for == 1 })
}

/// A batch that lies between those looked at: what was noted last names it.
pub(super) fn noted(timeline: &Timeline, past: &[LogEntry], t: Time) -> Option<Doing> {
    let (group, state) = noted_group(timeline, past, t)?;
    let states = group.numbers().filter_map(|i| Some((i, timeline.life(i).at(t)?.state)));
    let all: Vec<u32> = states.filter(|(_, other)| *other == state).map(|(i, _)| i).collect();
    let count = u32::try_from(all.len()).unwrap_or(u32::MAX);
    Some(Doing::Busy { state, instances: all.into_iter().take(Doing::NAMED).collect(), count, counted: true })
}

fn noted_group(timeline: &Timeline, past: &[LogEntry], t: Time) -> Option<(Instances, State)> {
    let small = |group: &Instances| group.count < stands_for(timeline);
    past.iter().rev().take(NOTES).filter_map(|entry| instances_of(entry.note)).filter(small).find_map(|group| {
        let states = group.numbers().filter_map(|i| Some(timeline.life(i).at(t)?.state));
        Some((group, states.into_iter().find(|state| BUSY.contains(state))?))
    })
}

/// The instances that are busy at `t`, each with what it is doing and for how many it stands.
pub(super) fn busy_ones(timeline: &Timeline, past: &[LogEntry], t: Time) -> Vec<(u32, Presence, u32)> {
    let stands_for = stands_for(timeline);
    let found: Vec<_> = (0..timeline.instances()).step_by(stands_for as usize).filter_map(|i| look(timeline, i, stands_for, t)).collect();
    if !found.is_empty() || stands_for == 1 {
        return found;
    }
    let group = noted_group(timeline, past, t).map(|(group, _)| group);
    group.into_iter().flat_map(Instances::numbers).filter_map(|i| look(timeline, i, 1, t)).collect()
}

/// The instances that are busy at `t` and named by what comes next, each once.
pub(super) fn named_next<'a>(timeline: &Timeline, to_come: impl Iterator<Item = &'a LogEntry>, t: Time) -> Vec<(u32, Presence, u32)> {
    // Larger groups would have been among those that were looked at.
    let groups = to_come.filter_map(|entry| instances_of(entry.note)).filter(|group| group.count <= stands_for(timeline));
    let mut numbers: Vec<u32> = groups.take(LOOKED_AT as usize).flat_map(Instances::numbers).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.into_iter().filter_map(|i| look(timeline, i, 1, t)).collect()
}

/// Instances that are busy in the same state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AtWork {
    /// The state.
    pub state: State,
    /// How many are in it.
    pub count: u32,
    /// Whether they were counted, or estimated from some of a large fleet.
    pub counted: bool,
}

/// How many instances are in each state that is not serving, in the order in which they go through them; those that
/// failed are none of them.
pub fn at_work(timeline: &Timeline, t: Time) -> Vec<AtWork> {
    let busy = busy_ones(timeline, &timeline.log()[..timeline.log_until(t)], t);
    let in_state = |state: State| {
        let those = busy.iter().filter(move |(_, presence, _)| presence.state == state).map(|(.., stands_for)| *stands_for);
        AtWork { state, count: those.clone().sum(), counted: those.max().is_none_or(|most| most == 1) }
    };
    BUSY.map(in_state).into_iter().filter(|at_work| at_work.count > 0).collect()
}

/// What an instance is doing, if it is busy.
pub(super) fn look(timeline: &Timeline, i: u32, stands_for: u32, t: Time) -> Option<(u32, Presence, u32)> {
    let presence = timeline.life(i).at(t)?;
    BUSY.contains(&presence.state).then_some((i, presence, stands_for))
}

/// How an instance that is busy comes to be something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// It comes into service.
    InService(Time),
    /// It ends.
    Gone(Time),
    /// It is out of service as failed.
    Failed(Time),
    /// It fails its checks and is launched anew.
    Replaced(Time),
    /// It stays as it is.
    Never,
}

impl End {
    pub(super) fn at(self) -> Option<Time> {
        match self {
            End::InService(at) | End::Gone(at) | End::Failed(at) | End::Replaced(at) => Some(at),
            End::Never => None,
        }
    }
}

/// What becomes of an instance that is busy with `presence`.
pub(super) fn end_of(timeline: &Timeline, instance: u32, presence: Presence) -> End {
    let life = timeline.life(instance);
    let mut now = presence;
    while let Some(until) = now.until {
        let Some(next) = life.at(until) else { return End::Never };
        match next.state {
            State::InService => return End::InService(until),
            State::Gone => return End::Gone(until),
            State::Failed | State::Dead => return End::Failed(until),
            State::Launching | State::Draining => return End::Replaced(until),
            // One that ends its checks without coming into service has failed them.
            State::Installing | State::Starting if now.state == State::Checking => return End::Replaced(until),
            State::Installing | State::Starting | State::Checking | State::Terminating => now = next,
        }
    }
    End::Never
}

/// How long an instance had been worked on at `at`: since it last served or was launched. None where that was not kept.
pub fn worked_on_for(timeline: &Timeline, instance: u32, at: Time) -> Option<Duration> {
    let mut began = None;
    for presence in timeline.life(instance).presences().take_while(|presence| presence.since < at) {
        if !BUSY.contains(&presence.state) {
            began = None;
        } else if began.is_none() {
            began = Some(presence.since);
        }
    }
    began.map(|began| at.since(began))
}

/// The instances that a note is about.
pub(super) fn instances_of(note: Note) -> Option<Instances> {
    match note {
        Note::Launching(group)
        | Note::Draining(group)
        | Note::Interrupted(group)
        | Note::Installing(group)
        | Note::Starting(group)
        | Note::Checking(group)
        | Note::InService(group)
        | Note::Terminating(group)
        | Note::Gone(group)
        | Note::Died(group, _)
        | Note::TakenOut(group)
        | Note::Recovering(group)
        | Note::NotHealthy(group)
        | Note::Replacing(group) => Some(group),
        Note::Shifted(_)
        | Note::Moving { .. }
        | Note::Waiting(_)
        | Note::Adopted
        | Note::NoQuota { .. }
        | Note::TurnedBad(_)
        | Note::TurnedGood
        | Note::Demand(_)
        | Note::Checked { .. }
        | Note::WaitingForApproval
        | Note::Approved
        | Note::NotProgressing
        | Note::Failed(_)
        | Note::Person(_)
        | Note::GoingBack { .. }
        | Note::GoingOn
        | Note::Succeeded
        | Note::RolledBack
        | Note::Stopped => None,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;
    use crate::scenario::{Part, Scenario, Strategy};

    #[test]
    fn what_comes_next_names_each_instance_once() {
        // Of 20,000 every tenth is looked at. Batch 2, from 100 s on, is 3, 4 and 5: at 134 s they are being installed, and
        // three notes of theirs follow until they are in service at 200 s.
        let timeline = crate::simulate(&Scenario::new(20_000, Strategy::Rolling { batch: Part::Count(3) })).unwrap();
        let t = Time::ZERO + Duration::from_secs(134);
        let to_come = timeline.log()[timeline.log_until(t)..].iter().take(20);
        let named: Vec<(u32, State, u32)> =
            named_next(&timeline, to_come, t).into_iter().map(|(i, presence, count)| (i, presence.state, count)).collect();
        assert_eq!(named, [3, 4, 5].map(|i| (i, State::Installing, 1)));
    }
}
