//! Why a figure of the scorecard is what it is: the stretch or the phase that makes it, with its numbers.

use super::instances;
use super::reason::{self, Reason, failure, last_lost, shorten, stretch_around, why};
use crate::metrics::Metrics;
use crate::plan::PhaseLabel;
use crate::scenario::{Metric, Scenario};
use crate::timeline::{Cause, Moment, Note, Outcome, PhaseSpan, State, Timeline, Version, Way};
use crate::units::{Duration, Time};

/// Between two changes of the fleet a demand that varies is looked at so often.
const LOOKS: u32 = 1_000;

/// A phase that takes less of the whole than this is not worth a sentence of its own.
const WORTH_TELLING: f64 = 0.2;

/// The figures of the scorecard, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each is the scorecard's row of the same name")]
pub enum Figure {
    Duration,
    Downtime,
    BelowDemand,
    LowestCapacity,
    MixedVersions,
    Failed,
    Availability,
    Exposed,
    MostInstances,
    ExtraCost,
    TimeToNotice,
    Rollback,
    StateLeft,
    NextStep,
}

impl Figure {
    /// All of them.
    pub const ALL: [Figure; 14] = [
        Figure::Duration,
        Figure::Downtime,
        Figure::BelowDemand,
        Figure::LowestCapacity,
        Figure::MixedVersions,
        Figure::Failed,
        Figure::Availability,
        Figure::Exposed,
        Figure::MostInstances,
        Figure::ExtraCost,
        Figure::TimeToNotice,
        Figure::Rollback,
        Figure::StateLeft,
        Figure::NextStep,
    ];
}

/// What a figure is made of.
#[derive(Clone, Debug, PartialEq)]
pub enum Figured {
    /// There is nothing of it.
    Nothing(Figure),
    /// Phases of one kind take this part of the whole.
    Phases {
        /// One of them, the longest.
        phase: PhaseLabel,
        /// Which way they go.
        way: Way,
        /// How many there are.
        count: usize,
        /// How long they take together.
        total: Duration,
        /// Of the whole duration.
        of: Duration,
    },
    /// What the instance that takes longest goes through in it.
    Parts {
        /// Its number.
        instance: u32,
        /// What it does for how long, in order.
        parts: Vec<(State, Duration)>,
    },
    /// From a failure on it goes back.
    WayBack {
        /// Since when.
        from: Time,
        /// Until when.
        to: Time,
        /// Whether another deployment brings the old version back.
        redeploy: bool,
    },
    /// It is made of stretches of time.
    Stretches {
        /// What holds in them.
        figure: Figure,
        /// How many there are.
        count: usize,
        /// The longest one's begin and end.
        longest: (Time, Time),
        /// The phase in which that begins.
        phase: Option<(PhaseLabel, Way)>,
    },
    /// The moment with the least capacity.
    Lowest {
        /// Since when, and until when it stays so.
        from: Time,
        /// See `from`.
        to: Time,
        /// Instances in service.
        in_service: u32,
        /// The desired number.
        desired: u32,
    },
    /// What the failed requests failed of, the most first.
    Causes(Vec<(Cause, f64)>),
    /// Failed and all requests.
    Share {
        /// Failed requests.
        failed: f64,
        /// All requests.
        of: f64,
    },
    /// Requests were cut off when instances stopped.
    Cut {
        /// How many.
        requests: f64,
        /// How long instances drain.
        drain: Duration,
        /// How long a request takes.
        takes: Duration,
        /// Whether instances were stopped without draining.
        interrupted: bool,
    },
    /// Most requests fail at this moment.
    Worst {
        /// When.
        at: Time,
    },
    /// The phases of one kind in which the new version got most.
    Exposed {
        /// One of them.
        phase: PhaseLabel,
        /// Which way they go.
        way: Way,
        /// How many there are.
        count: usize,
        /// How long they take together.
        time: Duration,
        /// Requests that came to the new version in them.
        requests: f64,
    },
    /// Of those it failed some.
    FailedOfExposed {
        /// How many.
        requests: f64,
    },
    /// The moment with the most instances.
    Most {
        /// Since when, and until when it stays so.
        from: Time,
        /// See `from`.
        to: Time,
        /// Those of the old version.
        old: u32,
        /// Those of the new version.
        new: u32,
    },
    /// The first moment at which something was wrong.
    WrongSince(Time),
    /// Nothing showed since a phase began.
    NothingShowed {
        /// When it began.
        since: Time,
        /// Which.
        phase: PhaseLabel,
    },
    /// The instances that are left.
    Left {
        /// In service with the old version.
        old: u32,
        /// In service with the new version.
        new: u32,
        /// Out of service because they failed.
        failed: u32,
        /// They get requests and do not answer.
        dead: u32,
        /// There, and neither: they never passed their checks, or had not when it ended.
        not_ready: u32,
        /// Whether it is what a deployment should leave.
        well: bool,
    },
}

/// Why a figure of `metrics`, which are those of `timeline`, is what it is: reasons for one to four sentences.
pub fn why_figure(scenario: &Scenario, timeline: &Timeline, metrics: &Metrics, figure: Figure) -> Vec<Reason> {
    let asked = Asked { scenario, timeline, metrics };
    let mut reasons = match figure {
        Figure::Duration => asked.duration(),
        Figure::Downtime => asked.stretches(figure, |moment, _| moment.in_service() == 0),
        Figure::BelowDemand => asked.stretches(figure, |moment, t| timeline.capacity(moment) < timeline.demand(t)),
        Figure::LowestCapacity => asked.lowest_capacity(),
        Figure::MixedVersions => asked.stretches(figure, |moment, t| {
            let (old, new) = timeline.shares(moment, t);
            old > 0.0 && new > 0.0
        }),
        Figure::Failed => asked.failed(),
        Figure::Availability => asked.availability(),
        Figure::Exposed => asked.exposed(),
        Figure::MostInstances => asked.most_instances(),
        Figure::ExtraCost => asked.stretches(figure, |moment, _| moment.existing() > timeline.desired()),
        Figure::TimeToNotice => asked.time_to_notice(),
        Figure::Rollback => asked.rollback(),
        Figure::StateLeft => asked.state_left(),
        Figure::NextStep => asked.next_step(),
    };
    if reasons.is_empty() {
        reasons.push(Reason::Figured(Figured::Nothing(figure)));
    }
    shorten(&mut reasons);
    reasons
}

/// Why it ended as it did: what was wrong, when it was noticed, how it went back, what is left.
pub fn why_outcome(scenario: &Scenario, timeline: &Timeline, metrics: &Metrics) -> Vec<Reason> {
    let asked = Asked { scenario, timeline, metrics };
    let mut reasons = asked.time_to_notice();
    reasons.extend(asked.way_back());
    reasons.push(asked.left());
    reasons.extend(asked.lost());
    shorten(&mut reasons);
    reasons
}

/// A figure tells of the whole deployment: how long one moment's trouble lasts is left out.
fn without_time(reasons: Vec<Reason>) -> impl Iterator<Item = Reason> {
    let past = reasons.into_iter().map(|reason| {
        // Seen from the end it is over.
        if let Reason::Noticed { at, why, over: _ } = reason { Reason::Noticed { at, why, over: true } } else { reason }
    });
    past.filter(|reason| !matches!(reason, Reason::Lasts { .. }))
}

struct Asked<'a> {
    scenario: &'a Scenario,
    timeline: &'a Timeline,
    metrics: &'a Metrics,
}

/// Phases of one kind that go one way.
struct Kind {
    longest: PhaseSpan,
    spans: Vec<PhaseSpan>,
}

impl Kind {
    fn total(&self) -> Duration {
        self.spans.iter().fold(Duration::ZERO, |sum, span| sum + length(span))
    }
}

fn length(span: &PhaseSpan) -> Duration {
    span.to.since(span.from)
}

impl Asked<'_> {
    /// The phases by their kind; numbers in a label do not make it another one.
    fn kinds(&self, wanted: impl Fn(&PhaseSpan) -> bool) -> Vec<Kind> {
        let mut kinds: Vec<Kind> = Vec::new();
        for span in self.timeline.phases().iter().filter(|span| wanted(span)) {
            let same = |kind: &&mut Kind| {
                kind.longest.way == span.way && std::mem::discriminant(&kind.longest.label) == std::mem::discriminant(&span.label)
            };
            match kinds.iter_mut().find(same) {
                Some(kind) => {
                    kind.spans.push(*span);
                    if length(span) > length(&kind.longest) {
                        kind.longest = *span;
                    }
                }
                None => kinds.push(Kind { longest: *span, spans: vec![*span] }),
            }
        }
        kinds.sort_by_key(|kind| std::cmp::Reverse(kind.total()));
        kinds
    }

    fn phases(&self, kind: &Kind) -> Reason {
        Reason::Figured(Figured::Phases {
            phase: kind.longest.label,
            way: kind.longest.way,
            count: kind.spans.len(),
            total: kind.total(),
            of: self.timeline.end().since(Time::ZERO),
        })
    }

    fn duration(&self) -> Vec<Reason> {
        let kinds = self.kinds(|_| true);
        let Some(first) = kinds.first() else { return Vec::new() };
        let mut reasons = vec![self.phases(first)];
        reasons.extend(self.parts(&first.longest));
        let whole = self.timeline.end().as_secs_f64();
        let second = kinds.get(1).filter(|kind| kind.total().as_secs_f64() >= WORTH_TELLING * whole);
        reasons.extend(second.map(|kind| self.phases(kind)));
        reasons.extend(self.way_back());
        reasons
    }

    fn way_back(&self) -> Option<Reason> {
        let from = self.timeline.went_back()?;
        let redeploy = self.timeline.log().iter().any(|entry| entry.note == Note::GoingBack { redeploy: true });
        Some(Reason::Figured(Figured::WayBack { from, to: self.timeline.end(), redeploy }))
    }

    /// What the slowest instance of a phase goes through.
    fn parts(&self, span: &PhaseSpan) -> Option<Reason> {
        let timeline = self.timeline;
        let first = timeline.log().partition_point(|entry| entry.at < span.from);
        let log = timeline.log()[first..].iter().take_while(|entry| entry.at < span.to);
        let groups = log.filter_map(|entry| {
            let (Note::Launching(group) | Note::Draining(group) | Note::Interrupted(group) | Note::Terminating(group)) = entry.note else {
                return None;
            };
            Some((entry.at, group))
        });
        // Neighbours that began together take the same, or each its own time: of many the first few tell enough.
        let begun = groups.flat_map(|(at, group)| group.numbers().take(super::Doing::NAMED).map(move |i| (at, i)));
        let taking = begun.filter_map(|(at, i)| Some((instances::end_of(timeline, i, timeline.life(i).at(at)?).at()?.since(at), at, i)));
        // Of as slow ones the first.
        let (_, at, instance) = taking.max_by_key(|(time, at, i)| (*time, std::cmp::Reverse((*at, *i))))?;
        let through = timeline.life(instance).presences().skip_while(|presence| presence.since < at || presence.state == State::InService);
        let through = through.take_while(|presence| {
            !matches!(presence.state, State::InService | State::Gone | State::Failed | State::Dead) && presence.until.is_some()
        });
        let parts: Vec<(State, Duration)> =
            through.map(|presence| (presence.state, presence.until.map_or(Duration::ZERO, |until| until.since(presence.since)))).collect();
        (!parts.is_empty()).then_some(Reason::Figured(Figured::Parts { instance, parts }))
    }

    /// The stretches in which something holds, and why it does in the longest one.
    fn stretches(&self, figure: Figure, holds: impl Fn(&Moment, Time) -> bool) -> Vec<Reason> {
        let timeline = self.timeline;
        let mut stretches: Vec<(Time, Time)> = Vec::new();
        let mut open = false;
        for t in timeline.looks(LOOKS) {
            let now = t < timeline.end() && holds(timeline.at(t), t);
            match stretches.last_mut() {
                Some(last) if open => last.1 = t,
                Some(_) | None if now => stretches.push((t, t)),
                Some(_) | None => {}
            }
            open = now;
        }
        // Of as long ones the first.
        let longest = stretches.iter().rev().max_by_key(|(from, to)| to.since(*from)).copied();
        let Some(longest) = longest else { return Vec::new() };
        let span = timeline.phase_at(longest.0).map(|i| timeline.phases()[i]);
        let phase = span.map(|span| (span.label, span.way));
        let mut reasons = vec![Reason::Figured(Figured::Stretches { figure, count: stretches.len(), longest, phase })];
        match figure {
            Figure::Downtime => reasons.extend(reason::missing(self.scenario, timeline, longest.0)),
            Figure::BelowDemand => reasons.extend(without_time(why(self.scenario, timeline, longest.0))),
            Figure::Duration
            | Figure::LowestCapacity
            | Figure::MixedVersions
            | Figure::Failed
            | Figure::Availability
            | Figure::Exposed
            | Figure::MostInstances
            | Figure::ExtraCost
            | Figure::TimeToNotice
            | Figure::Rollback
            | Figure::StateLeft
            | Figure::NextStep => {}
        }
        reasons
    }

    fn lowest_capacity(&self) -> Vec<Reason> {
        let timeline = self.timeline;
        let by_fraction = |one: &&Moment, other: &&Moment| timeline.capacity_fraction(one).total_cmp(&timeline.capacity_fraction(other));
        let Some(lowest) = timeline.moments().iter().min_by(by_fraction) else { return Vec::new() };
        let fraction = timeline.capacity_fraction(lowest);
        if fraction >= 1.0 {
            return Vec::new();
        }
        let (from, to) = stretch_around(timeline, lowest.at, |moment, _| timeline.capacity_fraction(moment) <= fraction);
        let mut reasons = vec![Reason::Figured(Figured::Lowest { from, to, in_service: lowest.in_service(), desired: timeline.desired() })];
        let factor = self.scenario.release.capacity_factor;
        if factor < 1.0 && lowest.in_service_new() > 0 {
            reasons.push(Reason::Slower { factor });
        }
        reasons.extend(reason::missing(self.scenario, timeline, lowest.at));
        reasons
    }

    /// What the failed requests failed of, the most first.
    fn causes(&self) -> Vec<(Cause, f64)> {
        let of = |cause| self.metrics.requests_failed_by_cause.get(crate::metrics::cause_key(cause)).copied().unwrap_or(0.0);
        let mut causes: Vec<(Cause, f64)> = Cause::ALL.map(|cause| (cause, of(cause))).into_iter().filter(|(_, n)| *n > 0.0).collect();
        causes.sort_by(|one, other| other.1.total_cmp(&one.1));
        causes
    }

    fn failed(&self) -> Vec<Reason> {
        let causes = self.causes();
        let Some(&(cause, requests)) = causes.first() else { return Vec::new() };
        let mut reasons = vec![Reason::Figured(Figured::Causes(causes))];
        if cause == Cause::CutOff {
            reasons.push(self.cut(requests));
        } else {
            reasons.extend(self.worst(cause));
        }
        reasons
    }

    fn cut(&self, requests: f64) -> Reason {
        Reason::Figured(Figured::Cut {
            requests,
            drain: self.scenario.load_balancer.deregistration_delay,
            takes: self.scenario.load_balancer.in_flight,
            interrupted: self.timeline.log().iter().any(|entry| matches!(entry.note, Note::Interrupted(_))),
        })
    }

    /// The moment at which most requests fail of a cause, and why they do.
    fn worst(&self, cause: Cause) -> Vec<Reason> {
        let timeline = self.timeline;
        let looks = timeline.looks(LOOKS).into_iter().filter(|t| *t < timeline.end());
        let rates = looks.map(|t| (t, timeline.rates_of(timeline.at(t), t).failed_of(cause)));
        // Of as bad ones the first.
        let worst =
            rates.fold(None, |worst: Option<(Time, f64)>, now| if worst.is_none_or(|worst| now.1 > worst.1) { Some(now) } else { worst });
        let Some((at, _)) = worst else { return Vec::new() };
        let reasons = without_time(why(self.scenario, timeline, at));
        std::iter::once(Reason::Figured(Figured::Worst { at })).chain(reasons).collect()
    }

    fn availability(&self) -> Vec<Reason> {
        let failed = self.failed();
        if failed.is_empty() {
            return failed;
        }
        let share = Figured::Share { failed: self.metrics.requests_failed, of: self.metrics.requests_total };
        std::iter::once(Reason::Figured(share)).chain(failed).collect()
    }

    fn exposed(&self) -> Vec<Reason> {
        let timeline = self.timeline;
        if self.metrics.exposed_requests <= 0.0 {
            return Vec::new();
        }
        let until = timeline.rolled_out().unwrap_or(timeline.end());
        let came = |span: &PhaseSpan| {
            timeline.measure(Metric::NewVersionErrorRate, span.from, span.to.min(until)).map_or(0.0, |measure| measure.of)
        };
        let kinds = self.kinds(|span| span.from < until);
        let sums = kinds.iter().map(|kind| (kind, kind.spans.iter().map(came).sum::<f64>()));
        let Some((kind, requests)) = sums.max_by(|one, other| one.1.total_cmp(&other.1)) else { return Vec::new() };
        let time = kind.spans.iter().fold(Duration::ZERO, |sum, span| sum + span.to.min(until).since(span.from));
        let (phase, way, count) = (kind.longest.label, kind.longest.way, kind.spans.len());
        let mut reasons = vec![Reason::Figured(Figured::Exposed { phase, way, count, time, requests })];
        let failed = self.causes().into_iter().find(|(cause, _)| *cause == Cause::NewVersionError);
        reasons.extend(failed.map(|(_, requests)| Reason::Figured(Figured::FailedOfExposed { requests })));
        let noticed = failure(timeline).map(|(at, why)| Reason::Noticed { at, why, over: true });
        reasons.extend(noticed);
        reasons
    }

    fn most_instances(&self) -> Vec<Reason> {
        let timeline = self.timeline;
        let most = self.metrics.max_instances;
        let Some(moment) = timeline.moments().iter().find(|moment| moment.existing() == most) else { return Vec::new() };
        if most <= timeline.desired() {
            return Vec::new();
        }
        let (from, to) = stretch_around(timeline, moment.at, |moment, _| moment.existing() == most);
        vec![Reason::Figured(Figured::Most { from, to, old: moment.existing_old, new: moment.existing_new })]
    }

    /// What showed first, and when it was noticed.
    fn time_to_notice(&self) -> Vec<Reason> {
        let timeline = self.timeline;
        let Some((at, why)) = failure(timeline) else { return Vec::new() };
        let took = timeline.time_to_notice().unwrap_or_default();
        let since = at - took;
        let moment = timeline.at(since);
        let trouble = timeline.trouble(moment);
        // Where clients follow by and by, nothing fails at the first moment itself.
        let just_after = since + Duration::from_us(1);
        let shows = trouble.dead() + trouble.failed() > 0 || timeline.rates_of(moment, just_after).failed() > 0.0;
        let phase = timeline.phase_at(since).map(|i| timeline.phases()[i].label);
        let first = match (took.is_zero(), shows, phase) {
            (true, _, _) => None,
            (false, true, _) => Some(Figured::WrongSince(since)),
            (false, false, phase) => phase.map(|phase| Figured::NothingShowed { since, phase }),
        };
        first.into_iter().map(Reason::Figured).chain([Reason::Noticed { at, why, over: true }]).collect()
    }

    fn rollback(&self) -> Vec<Reason> {
        let Some(back) = self.way_back() else { return Vec::new() };
        let failed = failure(self.timeline).map(|(at, why)| Reason::Noticed { at, why, over: true });
        let kinds = self.kinds(|span| span.way == Way::Back || span.label == PhaseLabel::GoBack);
        let longest = kinds.first().into_iter().flat_map(|kind| [Some(self.phases(kind)), self.parts(&kind.longest)]);
        failed.into_iter().chain([back]).chain(longest.flatten()).collect()
    }

    fn left(&self) -> Reason {
        let timeline = self.timeline;
        let last = timeline.at(timeline.end());
        let (old, new) = (last.in_service_of(Version::Old), last.in_service_of(Version::New));
        let trouble = timeline.trouble(last);
        let failed = trouble.failed();
        let dead = trouble.dead();
        let not_ready = last.existing().saturating_sub(last.in_service() + failed + dead);
        let well = match timeline.outcome() {
            Outcome::Succeeded => failed + dead + not_ready + old == 0,
            Outcome::RolledBack => failed + dead + not_ready + new == 0,
            Outcome::Failed => false,
        };
        Reason::Figured(Figured::Left { old, new, failed, dead, not_ready, well })
    }

    fn state_left(&self) -> Vec<Reason> {
        let timeline = self.timeline;
        let mut reasons = vec![self.left()];
        reasons.extend(failure(timeline).map(|(at, why)| Reason::Noticed { at, why, over: true }));
        reasons.extend(self.lost());
        reasons
    }

    /// The instances that failed and are left so.
    fn lost(&self) -> Option<Reason> {
        let timeline = self.timeline;
        let trouble = timeline.trouble(timeline.at(timeline.end()));
        let count = trouble.failed() + trouble.dead();
        let (who, how, at) = last_lost(self.scenario, timeline, timeline.log(), timeline.end())?;
        let count = count.max(who.count);
        Some(Reason::Lost { count, how, at, who })
    }

    fn next_step(&self) -> Vec<Reason> {
        self.state_left()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;
    use crate::scenario::{Part, Strategy, StrategyKind, Traffic};

    fn secs(s: u64) -> Time {
        Time::ZERO + Duration::from_secs(s)
    }

    fn of(scenario: &Scenario, figure: Figure) -> Vec<Reason> {
        let timeline = crate::simulate(scenario).unwrap();
        why_figure(scenario, &timeline, &Metrics::new(scenario, &timeline), figure)
    }

    fn busy_day() -> Scenario {
        let mut scenario = Scenario::new(10, Strategy::Rolling { batch: Part::Count(3) });
        scenario.traffic = Some(Traffic::Constant(800.0));
        scenario
    }

    #[test]
    fn a_duration_is_its_longest_phases_and_what_an_instance_goes_through() {
        let span = Duration::from_secs;
        let phases = |number| PhaseLabel::Batch { number, of: 4 };
        assert_eq!(
            of(&busy_day(), Figure::Duration),
            [
                Reason::Figured(Figured::Phases { phase: phases(1), way: Way::Forward, count: 4, total: span(400), of: span(400) }),
                Reason::Figured(Figured::Parts {
                    instance: 0,
                    parts: vec![
                        (State::Draining, span(20)),
                        (State::Installing, span(30)),
                        (State::Starting, span(20)),
                        (State::Checking, span(30))
                    ]
                }),
            ]
        );
        // 140 s for the new set, 300 s of 10 %, 20 s for the old set's end.
        let canary = Scenario::new(10, StrategyKind::Canary.with_defaults());
        let reasons = of(&canary, Figure::Duration);
        let to = crate::units::Share::from_percent(10);
        let (phase, way) = (PhaseLabel::Traffic { to }, Way::Forward);
        assert_eq!(reasons[0], Reason::Figured(Figured::Phases { phase, way, count: 1, total: span(300), of: span(460) }));
        let (phase, way) = (PhaseLabel::NewSet, Way::Forward);
        assert_eq!(reasons[1], Reason::Figured(Figured::Phases { phase, way, count: 1, total: span(140), of: span(460) }));
    }

    #[test]
    fn capacity_below_demand_is_told_with_what_is_behind_it() {
        let reasons = of(&busy_day(), Figure::BelowDemand);
        let phase = Some((PhaseLabel::Batch { number: 1, of: 4 }, Way::Forward));
        let longest = (secs(0), secs(300));
        assert_eq!(reasons[0], Reason::Figured(Figured::Stretches { figure: Figure::BelowDemand, count: 1, longest, phase }));
        assert!(matches!(reasons[3], Reason::Out { count: 3, .. }), "{reasons:?}");
    }

    #[test]
    fn the_lowest_capacity_and_the_most_instances_have_their_moments() {
        let lowest = of(&busy_day(), Figure::LowestCapacity);
        assert_eq!(lowest[0], Reason::Figured(Figured::Lowest { from: secs(0), to: secs(300), in_service: 7, desired: 10 }));
        let canary = Scenario::new(10, StrategyKind::Canary.with_defaults());
        // Both sets exist from the new one's launch until the old one has drained.
        assert_eq!(of(&canary, Figure::MostInstances), [Reason::Figured(Figured::Most { from: secs(0), to: secs(460), old: 10, new: 10 })]);
        assert_eq!(of(&busy_day(), Figure::MostInstances), [Reason::Figured(Figured::Nothing(Figure::MostInstances))]);
    }

    #[test]
    fn what_is_exposed_came_in_its_steps() {
        let canary = Scenario::new(10, StrategyKind::Canary.with_defaults());
        let reasons = of(&canary, Figure::Exposed);
        // 70 requests per second for 300 s.
        let Reason::Figured(Figured::Exposed { count: 1, time, requests, .. }) = reasons[0] else { panic!("{reasons:?}") };
        assert_eq!(time, Duration::from_secs(300));
        assert!((requests - 21_000.0).abs() < 1e-6);
    }

    #[test]
    fn what_was_wrong_first_is_behind_the_time_to_notice() {
        // Clients follow from 140 s on, evenly over a minute, to a version that fails a fifth: over the period of
        // 120 s to 180 s (40 s × 33 % × 20 % of 60 s) that is 4.4 %, over the next one more than 5 %: 240 s.
        let switch = crate::scenario::Switch::Dns { ttl: Duration::from_secs(60), late: None };
        let mut scenario = Scenario::new(10, Strategy::BlueGreen { switch, bake: Duration::from_mins(5) });
        scenario.release.error_rate = 0.2;
        let (threshold, period) = (0.05, Duration::from_secs(60));
        scenario.alarm = Some(crate::scenario::Alarm {
            metric: Metric::ErrorRate,
            threshold,
            period,
            periods: 1,
            bake: Duration::ZERO,
            sampled: false,
            base_error_rate: 0.0,
        });
        let reasons = of(&scenario, Figure::TimeToNotice);
        assert_eq!(reasons[0], Reason::Figured(Figured::WrongSince(secs(140))));
        assert!(matches!(reasons[1], Reason::Noticed { at, .. } if at == secs(240)), "{reasons:?}");
        let metrics = Metrics::new(&scenario, &crate::simulate(&scenario).unwrap());
        assert_eq!(metrics.time_to_notice_s, Some(100.0));
        // A batch that never gets healthy shows nothing until its time is up.
        let mut rolling = Scenario::new(10, Strategy::Rolling { batch: Part::Count(3) });
        rolling.release.startup_failure = 1.0;
        let phase = PhaseLabel::Batch { number: 1, of: 4 };
        assert_eq!(of(&rolling, Figure::TimeToNotice)[0], Reason::Figured(Figured::NothingShowed { since: secs(0), phase }));
    }

    #[test]
    fn what_is_left_says_who_failed() {
        let mut rolling = Scenario::new(10, Strategy::Rolling { batch: Part::Count(3) });
        rolling.release.startup_failure_of = Some(crate::scenario::Places::Place(5));
        let reasons = of(&rolling, Figure::StateLeft);
        // Batch 1 and two of batch 2 are new, four were never come to.
        assert_eq!(reasons[0], Reason::Figured(Figured::Left { old: 4, new: 5, failed: 1, dead: 0, not_ready: 0, well: false }));
        let Some(Reason::Lost { count: 1, how, at, who }) = reasons.last() else { panic!("{reasons:?}") };
        assert_eq!((*how, *at), (reason::Lost::NotHealthy(Some(Duration::from_mins(10))), secs(700)));
        assert_eq!(who.named, [4]);
    }

    #[test]
    fn every_figure_of_every_strategy_has_its_reasons() {
        for kind in StrategyKind::ALL {
            for error_rate in [0.0, 0.2] {
                let mut scenario = Scenario::new(7, kind.with_defaults());
                scenario.release.error_rate = error_rate;
                scenario.release.startup_failure = error_rate;
                let timeline = crate::simulate(&scenario).unwrap();
                let metrics = Metrics::new(&scenario, &timeline);
                for figure in Figure::ALL {
                    let reasons = why_figure(&scenario, &timeline, &metrics, figure);
                    assert!((1..=4).contains(&reason::sentences(&reasons)), "{kind:?} {figure:?}: {reasons:?}");
                }
            }
        }
    }
}
