//! Why requests fail at a moment: a chain of causes, read off the timeline.

use super::Here;
use super::instances::{self, Who};
use super::traffic;
use crate::plan::PhaseLabel;
use crate::scenario::{Metric, OnFailure, Scenario};
use crate::timeline::{Cause, Death, Instances, LogEntry, Moment, Note, Rates, Route, State, Timeline, Version, Way, Why};
use crate::units::{Duration, Time};

use super::figure::Figured;

/// So many sentences tell enough.
const MOST: usize = 4;

/// So many moments are walked to find how long something lasts.
const WALKED: usize = 100_000;

/// One link of a chain of causes.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// Requests fail.
    Failing {
        /// Of what, and how many per second, the most first.
        causes: Vec<(Cause, f64)>,
        /// Of so many requests per second.
        demand: f64,
    },
    /// What the instances that get the requests can serve.
    Capacity {
        /// How many they are.
        instances: u32,
        /// Requests per second.
        capacity: f64,
    },
    /// A part of the traffic goes to a group that can serve less.
    GroupCapacity {
        /// Which group: the one that was there, or the new one.
        group: Version,
        /// Its share of the traffic, 0 to 1.
        share: f64,
        /// What that is in requests per second.
        gets: f64,
        /// Its instances in service.
        instances: u32,
        /// Requests per second that they can serve.
        capacity: f64,
    },
    /// An instance of the new version serves less than one of the old version.
    Slower {
        /// By this factor.
        factor: f64,
    },
    /// Nothing is in service.
    NothingInService,
    /// A part of the traffic goes to a group of which nothing is in service.
    GroupEmpty {
        /// Which group.
        group: Version,
        /// Its share of the traffic, 0 to 1.
        share: f64,
    },
    /// Clients still follow a DNS answer that names an environment which has ended.
    Stale {
        /// Their share, 0 to 1.
        share: f64,
        /// When it ended.
        ended: Option<Time>,
        /// When the last ones will have followed.
        until: Time,
    },
    /// The new version fails a share of what it answers.
    Errors {
        /// Requests per second that it answers.
        answers: f64,
        /// The new version's share of all requests, 0 to 1.
        share: f64,
        /// The share that it fails, 0 to 1.
        rate: f64,
        /// Since when, where it turned bad.
        since: Option<Time>,
    },
    /// Instances that died still get their share.
    Dead {
        /// Which ones.
        who: Who,
        /// What the last of them died of, and when.
        died: Option<(Death, Time)>,
        /// When the load balancer will have noticed.
        noticed: Option<Time>,
        /// Failed checks in a row that it takes, and the time between two.
        checks: (u32, Duration),
    },
    /// Instances that have stopped still get their share: the load balancer learns late that they were deregistered.
    NotLearned {
        /// How many.
        count: u32,
        /// How late it learns.
        propagation: Duration,
    },
    /// All that is registered is unhealthy, and the load balancer sends requests there all the same.
    FailsOpen {
        /// How many are registered.
        failed: u32,
    },
    /// Instances are not in service because something is being done with them.
    Out {
        /// How many.
        count: u32,
        /// For which phase.
        phase: PhaseLabel,
        /// Which way it goes.
        way: Way,
    },
    /// Instances are not in service because they failed.
    Lost {
        /// How many failed.
        count: u32,
        /// How the last of them did.
        how: Lost,
        /// When.
        at: Time,
        /// Which those were.
        who: Who,
    },
    /// All instances are in service, and more is asked for than they serve.
    TooMuch {
        /// How many.
        instances: u32,
    },
    /// A phase brought the new version its share of the traffic.
    Shifted {
        /// When.
        at: Time,
        /// In which phase.
        phase: PhaseLabel,
    },
    /// Instances of the new version came into service and got their share.
    Came {
        /// When.
        at: Time,
        /// Which.
        who: Who,
    },
    /// It lasts.
    Lasts {
        /// Since when.
        from: Time,
        /// Until when.
        to: Time,
        /// Requests that fail in that time.
        requests: f64,
    },
    /// It was noticed, or will be.
    Noticed {
        /// When.
        at: Time,
        /// What was.
        why: Why,
        /// Whether that is over at the moment that is asked about.
        over: bool,
    },
    /// Nothing watches for it.
    NotWatched,
    /// The alarm does not go off: what it measures is on the right side of its threshold.
    AlarmSilent {
        /// What it measures.
        metric: Metric,
        /// Its value at the moment.
        value: f64,
        /// The threshold.
        threshold: f64,
    },
    /// What a figure is made of.
    Figured(Figured),
}

impl Reason {
    /// Whether it is told in the same sentence as the one before it: what fails when it is worst, and what makes it fail.
    pub fn is_told_with(&self, before: &Reason) -> bool {
        match self {
            Reason::Failing { .. } => matches!(before, Reason::Figured(Figured::Worst { .. })),
            Reason::Capacity { .. }
            | Reason::GroupCapacity { .. }
            | Reason::NothingInService
            | Reason::GroupEmpty { .. }
            | Reason::Stale { .. }
            | Reason::Errors { .. }
            | Reason::Dead { .. }
            | Reason::NotLearned { .. }
            | Reason::FailsOpen { .. } => matches!(before, Reason::Failing { causes, .. } if causes.len() == 1),
            Reason::Slower { .. }
            | Reason::Out { .. }
            | Reason::Lost { .. }
            | Reason::TooMuch { .. }
            | Reason::Shifted { .. }
            | Reason::Came { .. }
            | Reason::Lasts { .. }
            | Reason::Noticed { .. }
            | Reason::NotWatched
            | Reason::AlarmSilent { .. }
            | Reason::Figured(_) => false,
        }
    }
}

/// How many sentences reasons take.
pub(super) fn sentences(reasons: &[Reason]) -> usize {
    let joined = reasons.windows(2).filter(|pair| matches!(pair, [before, now] if now.is_told_with(before))).count();
    reasons.len() - joined
}

/// Leaves out the last reasons beyond as many as tell enough.
pub(super) fn shorten(reasons: &mut Vec<Reason>) {
    while sentences(reasons) > MOST {
        reasons.pop();
    }
}

/// How an instance was lost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Lost {
    /// It did not get healthy in time: after so long, where that was kept.
    NotHealthy(Option<Duration>),
    /// It died.
    Died(Death),
    /// It failed its checks.
    FailedChecks,
}

/// What went wrong last, and when; none where nothing did.
pub fn failure(timeline: &Timeline) -> Option<(Time, Why)> {
    let at = timeline.failed_at()?;
    let noted = &timeline.log()[timeline.log().partition_point(|entry| entry.at < at)..];
    noted.iter().take_while(|entry| entry.at == at).filter_map(failed).last()
}

fn failed(entry: &LogEntry) -> Option<(Time, Why)> {
    if let Note::Failed(why) = entry.note { Some((entry.at, why)) } else { None }
}

/// Why requests fail at `t`: the effect, what makes it, and what is behind that. Empty where none fails.
pub fn why(scenario: &Scenario, timeline: &Timeline, t: Time) -> Vec<Reason> {
    let moment = timeline.at(t);
    let rates = timeline.rates(t);
    let mut causes: Vec<(Cause, f64)> =
        Cause::ALL.map(|cause| (cause, rates.failed_of(cause))).into_iter().filter(|(_, rps)| *rps > 0.0).collect();
    causes.sort_by(|one, other| other.1.total_cmp(&one.1));
    if causes.is_empty() {
        return Vec::new();
    }
    let asked = Asked { scenario, timeline, moment, rates, t };
    let mut reasons = vec![Reason::Failing { causes: causes.clone(), demand: rates.demand }];
    let first = causes.first().map(|(cause, _)| *cause);
    for (cause, _) in causes {
        let behind = asked.behind(cause);
        // Of a smaller cause only what makes it, not what is behind that.
        let told = if Some(cause) == first { behind.len() } else { 1 };
        reasons.extend(behind.into_iter().take(told).filter(|reason| !reasons.contains(reason)).collect::<Vec<_>>());
    }
    reasons.extend(lasts(timeline, t));
    shorten(&mut reasons);
    reasons
}

/// Why instances are not in service at `t`.
pub(super) fn missing(scenario: &Scenario, timeline: &Timeline, t: Time) -> Vec<Reason> {
    Asked { scenario, timeline, moment: timeline.at(t), rates: timeline.rates(t), t }.missing()
}

/// A moment that is asked about.
struct Asked<'a> {
    scenario: &'a Scenario,
    timeline: &'a Timeline,
    moment: &'a Moment,
    rates: Rates,
    t: Time,
}

impl Asked<'_> {
    /// What makes requests fail of a cause, and what is behind it.
    fn behind(&self, cause: Cause) -> Vec<Reason> {
        match cause {
            Cause::Overload => self.overload(),
            Cause::NoCapacity => self.no_capacity(),
            Cause::StaleDns => self.stale(),
            Cause::NewVersionError => self.errors(),
            Cause::DeadTarget => self.dead(),
            // That happens at one moment and has no rate.
            Cause::CutOff => Vec::new(),
        }
    }

    /// Both groups' shares of the traffic, the original one first, where it is split.
    fn split(&self) -> Option<[f64; 2]> {
        let new = self.timeline.route(self.moment).share_new(self.t)?;
        Some([1.0 - new, new])
    }

    fn overload(&self) -> Vec<Reason> {
        let mut reasons = Vec::new();
        match self.split() {
            Some(shares) => {
                let groups = [Version::Old, Version::New].map(|group| self.group_capacity(group, shares[group as usize]));
                let short = |reason: &(Reason, f64)| reason.1;
                if let Some((reason, _)) = groups.into_iter().max_by(|one, other| short(one).total_cmp(&short(other))) {
                    reasons.push(reason);
                }
            }
            None => reasons.push(Reason::Capacity { instances: self.moment.in_service(), capacity: self.rates.capacity }),
        }
        let factor = self.scenario.release.capacity_factor;
        if factor < 1.0 && self.moment.in_service_new() > 0 {
            reasons.push(Reason::Slower { factor });
        }
        reasons.extend(self.missing());
        if reasons.len() == 1 && self.moment.in_service() >= self.timeline.desired() && self.split().is_none() {
            reasons.push(Reason::TooMuch { instances: self.moment.in_service() });
        }
        reasons
    }

    /// What a group gets and can serve, and by how much it gets more.
    fn group_capacity(&self, group: Version, share: f64) -> (Reason, f64) {
        let [old, new] = self.moment.in_service[group as usize];
        let capacity = f64::from(old) * self.timeline.capacity_of(Version::Old) + f64::from(new) * self.timeline.capacity_of(Version::New);
        let gets = share * self.rates.demand;
        (Reason::GroupCapacity { group, share, gets, instances: old + new, capacity }, gets - capacity)
    }

    fn no_capacity(&self) -> Vec<Reason> {
        let empty = |group: Version| self.moment.in_service[group as usize] == [0, 0];
        let mut reasons = match self.split() {
            Some(shares) if self.moment.in_service() > 0 => [Version::Old, Version::New]
                .into_iter()
                .filter(|&group| empty(group) && shares[group as usize] > 0.0)
                .map(|group| Reason::GroupEmpty { group, share: shares[group as usize] })
                .collect(),
            Some(_) | None => vec![Reason::NothingInService],
        };
        reasons.extend(self.missing());
        reasons
    }

    fn stale(&self) -> Vec<Reason> {
        let Route::Split { began, over, .. } = *self.timeline.route(self.moment) else { return Vec::new() };
        let shares = self.split().unwrap_or_default();
        // The group that ended is the one of which nothing is left.
        let group = if self.moment.in_service[0] == [0, 0] { 0 } else { 1 };
        let past = &self.timeline.log()[..self.timeline.log_until(self.t)];
        let ended = past.iter().rev().find(|entry| matches!(entry.note, Note::Terminating(_)));
        vec![Reason::Stale { share: shares[group], ended: ended.map(|entry| entry.at), until: began + over }]
    }

    fn errors(&self) -> Vec<Reason> {
        let rate = self.timeline.trouble(self.moment).error_rate;
        let past = self.past();
        let turned = past.iter().rev().find(|entry| matches!(entry.note, Note::TurnedBad(_)));
        let answers = self.rates.answered_new;
        let share = if self.rates.demand > 0.0 { answers / self.rates.demand } else { 0.0 };
        let mut reasons = vec![Reason::Errors { answers, share, rate, since: turned.map(|entry| entry.at) }];
        reasons.extend(self.shifted());
        reasons.extend(self.noticed());
        reasons
    }

    fn past(&self) -> &[LogEntry] {
        &self.timeline.log()[..self.timeline.log_until(self.t)]
    }

    /// What brought the new version its share of the traffic.
    fn shifted(&self) -> Option<Reason> {
        let split = self.split().is_some();
        self.past().iter().rev().find_map(|entry| {
            let span = self.timeline.phases().get(entry.phase as usize).filter(|span| span.way == Way::Forward)?;
            if split && matches!(entry.note, Note::Shifted(_) | Note::Moving { .. }) {
                return Some(Reason::Shifted { at: entry.at, phase: span.label });
            }
            let Note::InService(group) = entry.note else { return None };
            (!split && self.is_new(group)).then(|| Reason::Came { at: entry.at, who: Who::neighbours(group) })
        })
    }

    fn is_new(&self, group: Instances) -> bool {
        self.timeline.life(group.first).at(self.t).is_some_and(|presence| presence.is_new)
    }

    /// When it was noticed, or will be.
    fn noticed(&self) -> Option<Reason> {
        match self.timeline.failed_at().and_then(|_| self.timeline.log().iter().find_map(failed)) {
            Some((at, why)) => Some(Reason::Noticed { at, why, over: at <= self.t }),
            None => self.not_noticed(),
        }
    }

    /// Why it never is.
    fn not_noticed(&self) -> Option<Reason> {
        let Some(alarm) = &self.scenario.alarm else {
            return (!traffic::has_checks(self.scenario)).then_some(Reason::NotWatched);
        };
        let value = match alarm.metric {
            Metric::ErrorRate => self.rates.failed() / self.rates.demand,
            Metric::NewVersionErrorRate => self.timeline.trouble(self.moment).error_rate,
            Metric::CapacityFraction => self.timeline.capacity_fraction(self.moment),
        };
        let silent = !alarm.metric.is_bad(value, alarm.threshold);
        silent.then_some(Reason::AlarmSilent { metric: alarm.metric, value, threshold: alarm.threshold })
    }

    fn dead(&self) -> Vec<Reason> {
        let trouble = self.timeline.trouble(self.moment);
        if trouble.dead() == 0 {
            let mut reasons = vec![Reason::FailsOpen { failed: trouble.failed() }];
            reasons.extend(self.missing());
            return reasons;
        }
        let check = &self.scenario.load_balancer.health_check;
        let checks = (check.unhealthy_threshold, check.interval);
        let is_dead = |i: u32| self.timeline.life(i).at(self.t).is_some_and(|presence| presence.state == State::Dead);
        let died = self.past().iter().rev().find_map(|entry| {
            let Note::Died(group, death) = entry.note else { return None };
            group.numbers().any(is_dead).then_some((group, death, entry.at))
        });
        let Some((group, death, at)) = died else {
            return vec![Reason::NotLearned { count: trouble.dead(), propagation: self.scenario.load_balancer.propagation }];
        };
        let noticed = self.timeline.life(group.first).at(self.t).and_then(|presence| presence.until);
        let mut who = Who::neighbours(group);
        who.count = trouble.dead();
        vec![Reason::Dead { who, died: Some((death, at)), noticed, checks }]
    }

    /// Why instances are not in service.
    fn missing(&self) -> Vec<Reason> {
        let trouble = self.timeline.trouble(self.moment);
        let lost = trouble.failed() + trouble.dead() + self.given_up();
        let mut reasons = Vec::new();
        let out = self.timeline.desired().saturating_sub(self.moment.in_service() + lost);
        let here = Here::at(self.timeline, self.t);
        if out > 0
            && let Some(phase) = here.label()
        {
            reasons.push(Reason::Out { count: out, phase, way: here.way() });
        }
        if lost > 0
            && let Some((who, how, at)) = last_lost(self.scenario, self.timeline, self.past(), self.t)
        {
            reasons.push(Reason::Lost { count: lost, how, at, who });
        }
        reasons
    }

    /// Where failures are ignored: instances that were not healthy in time and still are not.
    fn given_up(&self) -> u32 {
        if self.scenario.on_failure != Some(OnFailure::Ignore) {
            return 0;
        }
        let groups = self.past().iter().filter_map(|entry| if let Note::NotHealthy(group) = entry.note { Some(group) } else { None });
        let checked = |i: &u32| self.timeline.life(*i).at(self.t).is_some_and(|presence| presence.state == State::Checking);
        u32::try_from(groups.flat_map(Instances::numbers).filter(checked).count()).unwrap_or(u32::MAX)
    }
}

/// The last instances that failed and still are out of service at `t`: which ones, how, and when.
pub(super) fn last_lost(scenario: &Scenario, timeline: &Timeline, past: &[LogEntry], t: Time) -> Option<(Who, Lost, Time)> {
    let mut last: Option<(Who, Lost, Time)> = None;
    for entry in past.iter().rev() {
        let (group, how) = if let Note::NotHealthy(group) = entry.note {
            (group, Lost::NotHealthy(instances::worked_on_for(timeline, group.first, entry.at)))
        } else if let Note::Died(group, death) = entry.note {
            (group, Lost::Died(death))
        } else if let Note::Replacing(group) = entry.note {
            (group, Lost::FailedChecks)
        } else {
            continue;
        };
        let lost: Vec<u32> = group.numbers().filter(|&i| is_lost(scenario, timeline, i, t)).collect();
        match &mut last {
            _ if lost.is_empty() => {}
            None => last = Some((Who::of(lost), how, entry.at)),
            // Those that failed at the same time of the same are told together; they were noted in order.
            Some((who, last_how, at)) if *at == entry.at && *last_how == how => who.put_before(lost),
            Some(_) => break,
        }
    }
    last
}

/// Whether an instance is out of service because it failed. Where failures are ignored, one that was not healthy in time
/// is still being checked.
fn is_lost(scenario: &Scenario, timeline: &Timeline, i: u32, t: Time) -> bool {
    let ignored = scenario.on_failure == Some(OnFailure::Ignore);
    timeline.life(i).at(t).is_some_and(|presence| match presence.state {
        State::Failed | State::Dead => true,
        State::Checking => ignored,
        State::InService | State::Draining | State::Launching | State::Installing | State::Starting | State::Terminating | State::Gone => {
            false
        }
    })
}

/// From when until when requests fail around `t`, and how many do.
fn lasts(timeline: &Timeline, t: Time) -> Option<Reason> {
    let (from, to) = stretch_around(timeline, t, |moment, t| timeline.rates_of(moment, t).failed() > 0.0);
    let measure = timeline.measure(Metric::ErrorRate, from, to)?;
    Some(Reason::Lasts { from, to, requests: measure.value * measure.of })
}

/// The stretch around `t` over which something holds, by the changes of the fleet.
pub(super) fn stretch_around(timeline: &Timeline, t: Time, holds: impl Fn(&Moment, Time) -> bool) -> (Time, Time) {
    let moments = timeline.moments();
    let here = moments.partition_point(|moment| moment.at <= t).saturating_sub(1);
    let before = moments[..here].iter().rev().take(WALKED).take_while(|moment| holds(moment, moment.at)).last();
    let starts = before.or(moments.get(here)).map_or(Time::ZERO, |moment| moment.at);
    let after = moments[here..].iter().skip(1).take(WALKED).find(|moment| !holds(moment, moment.at));
    (starts, after.map_or(timeline.end(), |moment| moment.at))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;
    use crate::scenario::{Event, Part, Strategy, StrategyKind, Traffic};

    fn secs(s: u64) -> Time {
        Time::ZERO + Duration::from_secs(s)
    }

    fn at(scenario: &Scenario, seconds: u64) -> Vec<Reason> {
        why(scenario, &crate::simulate(scenario).unwrap(), secs(seconds))
    }

    #[test]
    fn a_batch_that_is_out_is_behind_refused_requests() {
        let mut scenario = Scenario::new(10, Strategy::Rolling { batch: Part::Count(3) });
        scenario.traffic = Some(Traffic::Constant(800.0));
        assert_eq!(
            at(&scenario, 134),
            [
                Reason::Failing { causes: vec![(Cause::Overload, 100.0)], demand: 800.0 },
                Reason::Capacity { instances: 7, capacity: 700.0 },
                Reason::Out { count: 3, phase: PhaseLabel::Batch { number: 2, of: 4 }, way: Way::Forward },
                // Three batches of 100 s; with the one of the last batch out, 900 are served.
                Reason::Lasts { from: secs(0), to: secs(300), requests: 30_000.0 },
            ]
        );
        assert_eq!(at(&scenario, 350), []);
    }

    #[test]
    fn more_than_the_whole_fleet_serves_is_too_much() {
        let mut scenario = Scenario::new(10, StrategyKind::Immutable.with_defaults());
        scenario.traffic = Some(Traffic::Constant(1_200.0));
        let reasons = at(&scenario, 60);
        assert_eq!(reasons[1..3], [Reason::Capacity { instances: 10, capacity: 1_000.0 }, Reason::TooMuch { instances: 10 }]);
    }

    #[test]
    fn a_new_version_fails_a_part_of_its_share() {
        // 10 % of 700 from 140 s on, a fifth of which fails.
        let mut scenario = Scenario::new(10, StrategyKind::Canary.with_defaults());
        scenario.release.error_rate = 0.2;
        let reasons = at(&scenario, 200);
        let Reason::Failing { causes, demand } = &reasons[0] else { panic!("{reasons:?}") };
        assert!((causes[0].1 - 14.0).abs() < 1e-9 && causes[0].0 == Cause::NewVersionError && *demand == 700.0);
        assert!(matches!(reasons[1], Reason::Errors { rate: 0.2, since: None, .. }), "{reasons:?}");
        assert_eq!(reasons[2], Reason::Shifted { at: secs(140), phase: PhaseLabel::Traffic { to: crate::units::Share::from_percent(10) } });
        assert_eq!(reasons[3], Reason::NotWatched);
    }

    #[test]
    fn an_alarm_notices_what_turns_bad_at_the_end_of_its_period() {
        // Bad from 240 s on, where a period ends: the next one ends at 300 s.
        let mut scenario = Scenario::new(10, StrategyKind::Canary.with_defaults());
        scenario.failures.events = vec![Event::TurnBad { at: Duration::from_secs(240), error_rate: 0.5 }];
        let (metric, period) = (Metric::NewVersionErrorRate, Duration::from_secs(60));
        scenario.alarm = Some(crate::scenario::Alarm {
            metric,
            threshold: 0.1,
            period,
            periods: 1,
            bake: Duration::ZERO,
            sampled: false,
            base_error_rate: 0.0,
        });
        let reasons = at(&scenario, 250);
        assert!(matches!(reasons[3], Reason::Noticed { at, over: false, .. } if at == secs(300)), "{reasons:?}");
    }

    #[test]
    fn the_dead_get_their_share_until_they_are_noticed() {
        // Two of ten die at 60 s: a fifth of 700 requests per second until five checks, 10 s apart, have failed.
        let mut scenario = Scenario::new(10, StrategyKind::Immutable.with_defaults());
        scenario.failures.events = vec![Event::Kill { at: Duration::from_secs(60), instances: 2 }];
        let reasons = at(&scenario, 80);
        let Reason::Failing { causes, .. } = &reasons[0] else { panic!("{reasons:?}") };
        assert!((causes[0].1 - 140.0).abs() < 1e-9 && causes[0].0 == Cause::DeadTarget);
        let Reason::Dead { who, died, noticed, checks } = &reasons[1] else { panic!("{reasons:?}") };
        assert_eq!((who.count, *died, *noticed), (2, Some((Death::Killed, secs(60))), Some(secs(110))));
        assert_eq!(*checks, (5, Duration::from_secs(10)));
        let Some(Reason::Lasts { from, to, requests }) = reasons.last() else { panic!("{reasons:?}") };
        assert_eq!((*from, *to), (secs(60), secs(110)));
        assert!((requests - 140.0 * 50.0).abs() < 1e-6);
    }

    #[test]
    fn nothing_in_service_is_behind_downtime() {
        let scenario = Scenario::new(10, Strategy::AllAtOnce);
        let reasons = at(&scenario, 40);
        assert_eq!(reasons[1..3], [Reason::NothingInService, Reason::Out { count: 10, phase: PhaseLabel::WholeFleet, way: Way::Forward }]);
    }

    #[test]
    fn a_group_too_small_for_its_share_refuses_though_the_other_is_idle() {
        use crate::scenario::{Group, Step};
        use crate::units::Share;
        // One new instance of 100 rps gets half of 400: 200.
        let steps = vec![
            Step::Launch { instances: Part::Count(1) },
            Step::Shift { to: Share::from_percent(50) },
            Step::Wait(Duration::from_secs(60)),
            Step::Launch { instances: Part::Count(3) },
            Step::Shift { to: Share::WHOLE },
            Step::Terminate { group: Group::Old },
        ];
        let mut scenario = Scenario::new(4, Strategy::Steps(steps));
        scenario.traffic = Some(Traffic::Constant(400.0));
        let reasons = at(&scenario, 150);
        assert_eq!(
            reasons[..2],
            [
                Reason::Failing { causes: vec![(Cause::Overload, 100.0)], demand: 400.0 },
                Reason::GroupCapacity { group: Version::New, share: 0.5, gets: 200.0, instances: 1, capacity: 100.0 }
            ]
        );
    }
}
