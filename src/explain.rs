//! What is going on at a moment, as data: the sentence under the stage and the log are made of it.

use crate::plan::PhaseLabel;
use crate::timeline::{Instances, LogEntry, Note, Outcome, Rates, State, Timeline};
use crate::units::{Duration, Time};

/// Beyond so many instances their states are not looked at one by one.
const LOOKED_AT: u32 = 2_000;

/// So many of the last notes name the few that are busy in a large fleet.
const NOTES: usize = 32;

/// What is going on at a moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Situation {
    /// The phase under way; none where nothing was begun.
    pub phase: Option<PhaseLabel>,
    /// What is being done.
    pub doing: Doing,
    /// Instances in service.
    pub in_service: u32,
    /// The desired number of instances.
    pub desired: u32,
    /// What happens to requests.
    pub rates: Rates,
}

/// What is being done.
#[derive(Clone, Debug, PartialEq)]
pub enum Doing {
    /// Instances are in a state that is not serving.
    Busy {
        /// The state that most of the busy ones are in.
        state: State,
        /// Those that are in it, by number, at most [`Doing::NAMED`] of them.
        instances: Vec<u32>,
        /// How many are in it.
        count: u32,
        /// Whether they were counted, or estimated from some of a large fleet.
        counted: bool,
    },
    /// The plan waits.
    Waiting {
        /// For so much longer.
        left: Duration,
    },
    /// Instances are in service and have to stay healthy before the plan goes on.
    Settling,
    /// It is over.
    Ended(Outcome),
}

impl Doing {
    /// The most instances that are named one by one.
    pub const NAMED: usize = 5;
}

/// What is going on at `t`.
pub fn situation(timeline: &Timeline, t: Time) -> Situation {
    let moment = timeline.at(t);
    Situation {
        phase: timeline.phase_at(t).map(|i| timeline.phases()[i].label),
        doing: doing(timeline, t),
        in_service: moment.in_service(),
        desired: timeline.desired(),
        rates: timeline.rates(t),
    }
}

fn doing(timeline: &Timeline, t: Time) -> Doing {
    if t >= timeline.end() {
        return Doing::Ended(timeline.outcome());
    }
    let past = &timeline.log()[..timeline.log_until(t)];
    // While the plan waits nothing else happens: what was noted last is the wait.
    if let Some(LogEntry { at, note: Note::Waiting(duration), .. }) = past.last() {
        return Doing::Waiting { left: (*at + *duration).since(t) };
    }
    busy(timeline, t).or_else(|| noted(timeline, past, t)).unwrap_or(Doing::Settling)
}

/// The states in which an instance does not serve, in the order in which it goes through them.
const BUSY: [State; 6] = [State::Draining, State::Launching, State::Installing, State::Starting, State::Checking, State::Terminating];

/// For how many instances of a large fleet one is looked at.
fn stands_for(timeline: &Timeline) -> u32 {
    timeline.instances().div_ceil(LOOKED_AT).max(1)
}

fn busy(timeline: &Timeline, t: Time) -> Option<Doing> {
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
fn noted(timeline: &Timeline, past: &[LogEntry], t: Time) -> Option<Doing> {
    let small = |group: &Instances| group.count < stands_for(timeline);
    past.iter().rev().take(NOTES).filter_map(|entry| instances_of(entry.note)).filter(small).find_map(|group| {
        let states = || (group.first..group.first + group.count).filter_map(|i| Some((i, timeline.life(i).at(t)?.state)));
        let (_, state) = states().find(|(_, state)| BUSY.contains(state))?;
        let all: Vec<u32> = states().filter(|(_, other)| *other == state).map(|(i, _)| i).collect();
        let count = u32::try_from(all.len()).unwrap_or(u32::MAX);
        Some(Doing::Busy { state, instances: all.into_iter().take(Doing::NAMED).collect(), count, counted: true })
    })
}

fn instances_of(note: Note) -> Option<Instances> {
    match note {
        Note::Launching(group)
        | Note::Draining(group)
        | Note::Interrupted(group)
        | Note::Installing(group)
        | Note::Starting(group)
        | Note::Checking(group)
        | Note::InService(group)
        | Note::Terminating(group)
        | Note::Gone(group) => Some(group),
        Note::Shifted(_) | Note::Moving { .. } | Note::Waiting(_) | Note::Adopted | Note::Succeeded | Note::NoRoom { .. } => None,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;
    use crate::scenario::{Part, Scenario, Strategy, StrategyKind};

    fn at(strategy: Strategy, seconds: u64) -> Situation {
        let timeline = crate::simulate(&Scenario::new(10, strategy)).unwrap();
        situation(&timeline, Time::ZERO + Duration::from_secs(seconds))
    }

    #[test]
    fn the_second_batch_is_installed() {
        // Batch 2 leaves at 100 s, drains for 20 s and is installed until 150 s.
        let now = at(Strategy::Rolling { batch: Part::Count(3) }, 134);
        assert_eq!(now.phase, Some(PhaseLabel::Batch { number: 2, of: 4 }));
        assert_eq!(now.doing, Doing::Busy { state: State::Installing, instances: vec![3, 4, 5], count: 3, counted: true });
        assert_eq!((now.in_service, now.desired), (7, 10));
    }

    #[test]
    fn a_small_batch_of_a_large_fleet_is_not_overlooked() {
        // Of 10,000 every fifth is looked at. The batch that begins at 100 s is number 1, which is none of them: it drains
        // for 20 s and is installed until 150 s.
        let timeline = crate::simulate(&Scenario::new(10_000, Strategy::Rolling { batch: Part::Count(1) })).unwrap();
        let now = situation(&timeline, Time::ZERO + Duration::from_secs(134));
        assert_eq!(now.doing, Doing::Busy { state: State::Installing, instances: vec![1], count: 1, counted: true });
    }

    #[test]
    fn a_wait_says_how_much_is_left() {
        // 10 % from 140 s on for 300 s: at 200 s there are 240 s left.
        let now = at(StrategyKind::Canary.with_defaults(), 200);
        assert_eq!(now.doing, Doing::Waiting { left: Duration::from_secs(240) });
    }

    #[test]
    fn the_end_is_the_end() {
        assert_eq!(at(Strategy::AllAtOnce, 80).doing, Doing::Ended(Outcome::Succeeded));
    }
}
