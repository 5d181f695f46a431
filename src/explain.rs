//! What is going on at a moment, what it waits for and why requests fail, as data: the sentences are made of it.
//!
//! Everything is read off the timeline; the scenario only says what was asked for.

mod breakdown;
mod figure;
mod instances;
mod reason;
mod traffic;
mod trap;
mod waiting;

pub use breakdown::{Breakdown, Stretch, Work, breakdown};
pub use figure::{Figure, Figured, why_figure, why_outcome};
pub use instances::{AtWork, Who, at_work, worked_on_for};
pub use reason::{Lost, Reason, failure, why};
pub use traffic::{AlarmPeriod, Judged, StepTraffic, Weights, WholePeriods, weights};
pub use trap::{Advice, Remedy, Trap, traps};
pub use waiting::{Afford, On, Stage, Then, Waiting, waiting};

use crate::plan::PhaseLabel;
use crate::scenario::Metric;
use crate::timeline::{LogEntry, Note, Outcome, Rates, State, Timeline, Version, Way, Why};
use crate::units::{Duration, Time};

/// So many notes before and after a moment tell what is going on.
const LOOKED_AT: usize = 10_000;

/// What is going on at a moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Situation {
    /// The phase under way; none where nothing was begun.
    pub phase: Option<PhaseLabel>,
    /// Which way it goes.
    pub way: Way,
    /// What is being done.
    pub doing: Doing,
    /// Instances in service.
    pub in_service: u32,
    /// Those of them that run the old version.
    pub old: u32,
    /// Those of them that run the new version.
    pub new: u32,
    /// Instances that are out of service because they failed.
    pub failed: u32,
    /// Instances that get requests and do not answer.
    pub dead: u32,
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
    /// The plan measures.
    Measuring {
        /// What.
        metric: Metric,
        /// For so much longer.
        left: Duration,
    },
    /// The plan waits for a person to approve.
    Approval,
    /// It went wrong, and a person will notice.
    Person {
        /// In so long.
        left: Duration,
    },
    /// All is done, and clients still follow their DNS answers.
    Following {
        /// For so much longer.
        left: Duration,
    },
    /// The quota leaves no room for a launch.
    NoQuota {
        /// The most instances that may exist.
        quota: u32,
    },
    /// Instances are in service and have to stay healthy before the plan goes on.
    Settling,
    /// It is over.
    Ended(Ended),
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ended {
    /// The outcome.
    pub outcome: Outcome,
    /// What went wrong, where something did.
    pub why: Option<Why>,
}

impl Doing {
    /// The most instances that are named one by one.
    pub const NAMED: usize = 5;
}

/// When anything happened last until `t`: the fleet changed, a phase began, something was noted, or it ended.
pub fn since(timeline: &Timeline, t: Time) -> Time {
    if t >= timeline.end() {
        return timeline.end();
    }
    let noted = timeline.log_until(t).checked_sub(1).and_then(|last| timeline.log().get(last)).map(|entry| entry.at);
    let phase = timeline.phase_at(t).and_then(|i| timeline.phases().get(i)).map(|span| span.from);
    [noted, phase].into_iter().flatten().fold(timeline.at(t).at, Time::max)
}

/// When anything happens next after `t`, which is before the end.
pub fn until(timeline: &Timeline, t: Time) -> Time {
    let noted = timeline.next_event(t);
    let phase = timeline.phase_at(t).and_then(|i| timeline.phases().get(i)).map(|span| span.to).filter(|to| *to > t);
    let moments = timeline.moments();
    let moment = moments.get(moments.partition_point(|moment| moment.at <= t)).map(|moment| moment.at);
    [noted, phase, moment].into_iter().flatten().fold(timeline.end(), Time::min)
}

/// What is going on at `t`.
pub fn situation(timeline: &Timeline, t: Time) -> Situation {
    let moment = timeline.at(t);
    let trouble = timeline.trouble(moment);
    let span = timeline.phase_at(t).map(|i| timeline.phases()[i]);
    Situation {
        phase: span.map(|span| span.label),
        way: span.map_or(Way::Forward, |span| span.way),
        doing: doing(timeline, t),
        in_service: moment.in_service(),
        old: moment.in_service_of(Version::Old),
        new: moment.in_service_of(Version::New),
        failed: trouble.failed(),
        dead: trouble.dead(),
        desired: timeline.desired(),
        rates: timeline.rates(t),
    }
}

fn doing(timeline: &Timeline, t: Time) -> Doing {
    if t >= timeline.end() {
        return Doing::Ended(Ended { outcome: timeline.outcome(), why: failure(timeline).map(|(_, why)| why) });
    }
    let here = Here::at(timeline, t);
    if let Some(PhaseLabel::Person) = here.label() {
        return Doing::Person { left: here.ends_in(t) };
    }
    if let Some((from, time)) = here.wait(t) {
        return Doing::Waiting { left: (from + time).since(t) };
    }
    if here.waits_for_approval() {
        return Doing::Approval;
    }
    if let Some(PhaseLabel::Watch) = here.label() {
        return Doing::Waiting { left: here.ends_in(t) };
    }
    if let Some((at, metric)) = here.next_measurement() {
        return Doing::Measuring { metric, left: at.since(t) };
    }
    let busy = instances::busy(timeline, t).or_else(|| instances::noted(timeline, here.past, t));
    busy.or_else(|| here.quota().map(|(quota, _)| Doing::NoQuota { quota }))
        .or_else(|| here.following(t).map(|(_, left)| Doing::Following { left }))
        .unwrap_or(Doing::Settling)
}

/// Where in the deployment a moment is.
struct Here<'a> {
    timeline: &'a Timeline,
    /// The phase under way.
    phase: Option<usize>,
    /// What was noted until now.
    past: &'a [LogEntry],
}

impl<'a> Here<'a> {
    fn at(timeline: &'a Timeline, t: Time) -> Here<'a> {
        Here { timeline, phase: timeline.phase_at(t), past: &timeline.log()[..timeline.log_until(t)] }
    }

    fn label(&self) -> Option<PhaseLabel> {
        self.phase.map(|i| self.timeline.phases()[i].label)
    }

    fn way(&self) -> Way {
        self.phase.map_or(Way::Forward, |i| self.timeline.phases()[i].way)
    }

    fn begins_at(&self) -> Time {
        self.phase.map_or(Time::ZERO, |i| self.timeline.phases()[i].from)
    }

    fn ends_at(&self) -> Time {
        self.phase.map_or(Time::ZERO, |i| self.timeline.phases()[i].to)
    }

    fn ends_in(&self, t: Time) -> Duration {
        self.ends_at().since(t)
    }

    /// What was noted in the phase under way, the last first, as far as it is worth looking.
    fn noted(&self) -> impl Iterator<Item = &'a LogEntry> {
        let (phase, from) = (self.phase, self.begins_at());
        let here = self.past.iter().rev().take(LOOKED_AT).take_while(move |entry| entry.at >= from);
        here.filter(move |entry| Some(entry.phase as usize) == phase)
    }

    /// What is noted later in the phase under way, as far as it is worth looking.
    fn to_come(&self) -> impl Iterator<Item = &'a LogEntry> {
        let (phase, to) = (self.phase, self.ends_at());
        let later = self.timeline.log()[self.past.len()..].iter().take(LOOKED_AT).take_while(move |entry| entry.at <= to);
        later.filter(move |entry| Some(entry.phase as usize) == phase)
    }

    /// The wait under way: since when, and how long it is.
    fn wait(&self, t: Time) -> Option<(Time, Duration)> {
        self.noted().find_map(|entry| {
            let Note::Waiting(time) = entry.note else { return None };
            (entry.at + time > t).then_some((entry.at, time))
        })
    }

    fn waits_for_approval(&self) -> bool {
        let last = self.noted().find(|entry| matches!(entry.note, Note::WaitingForApproval | Note::Approved));
        last.is_some_and(|entry| entry.note == Note::WaitingForApproval)
    }

    /// When the measurement under way is complete, and what it measures.
    fn next_measurement(&self) -> Option<(Time, Metric)> {
        self.to_come().find_map(|entry| {
            let Note::Checked { metric, .. } = entry.note else { return None };
            Some((entry.at, metric))
        })
    }

    /// The quota that leaves no room, and how many launches it still refuses.
    fn quota(&self) -> Option<(u32, u32)> {
        let mut launched = Vec::new();
        for entry in self.noted() {
            if let Note::Launching(group) = entry.note {
                launched.push((entry.at, group.count));
            } else if let Note::NoQuota { quota, refused } = entry.note {
                // What fitted was launched at the same time and is not among those that were refused.
                let since: u32 = launched.iter().filter(|(at, _)| *at > entry.at).map(|(_, count)| count).sum();
                return Some((quota, refused.saturating_sub(since))).filter(|(_, refused)| *refused > 0);
            }
        }
        None
    }

    /// The share of the clients that still have to follow a shift, and how long that takes.
    fn following(&self, t: Time) -> Option<(f64, Duration)> {
        traffic::following(self.timeline, t)
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
        assert!(matches!(at(Strategy::AllAtOnce, 80).doing, Doing::Ended(Ended { outcome: Outcome::Succeeded, .. })));
    }
}
