//! The new version's part of the traffic: what was asked for and what it gets, and whether it is enough to judge by.

use super::Here;
use crate::plan::PhaseLabel;
use crate::scenario::{Alarm, Metric, Part, Scenario, Step, Strategy};
use crate::strategy::requests_to_judge;
use crate::timeline::{Route, Timeline, Way};
use crate::units::{Duration, Share, Time};

/// A share of the traffic that was asked for, and the one that users get, where traffic goes by the number of instances.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights {
    /// What the plan asks for.
    pub asked: Share,
    /// The new version's share of what is answered, 0 to 1.
    pub got: f64,
    /// Instances in service that run the new version.
    pub new: u32,
    /// Instances in service.
    pub of: u32,
}

/// What a hand-written plan asks for by its last `Replace`, and what users get at `t`. None where traffic is split by
/// weight, or nothing was asked for.
pub fn weights(scenario: &Scenario, timeline: &Timeline, t: Time) -> Option<Weights> {
    let Strategy::Steps(steps) = &scenario.strategy else { return None };
    let span = timeline.phases()[..=timeline.phase_at(t)?].iter().rev().find(|span| span.way == Way::Forward)?;
    let PhaseLabel::Written { number, .. } = span.label else { return None };
    let moment = timeline.at(t);
    if timeline.route(moment) != &Route::Shared {
        return None;
    }
    let begun = steps.get(..number as usize)?;
    let asked = begun.iter().rev().find_map(|step| if let Step::Replace { to, .. } = step { Some(*to) } else { None })?;
    let asked = match asked {
        Part::Percent(share) => share,
        Part::Count(count) => Share::from_ppm(u32::try_from(u64::from(count) * 1_000_000 / u64::from(timeline.desired())).ok()?),
    };
    Some(Weights { asked, got: timeline.shares(moment, t).1, new: moment.in_service_new(), of: moment.in_service() })
}

/// A stretch of the plan in which both versions get traffic so that the new one can be judged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepTraffic {
    /// The new version's share of the traffic, 0 to 1.
    pub share: f64,
    /// When it began.
    pub from: Time,
    /// How long it takes as planned; none where a person decides.
    pub takes: Option<Duration>,
    /// The requests that the new version is expected to get in it; none where a person decides.
    pub requests: Option<f64>,
    /// Whether they are enough.
    pub judged: Judged,
    /// The alarm's periods that lie wholly in it; none without an alarm, and where a person decides.
    pub periods: Option<WholePeriods>,
}

/// Whether the requests of a step are enough to judge the new version by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Judged {
    /// Nothing watches it.
    ByNothing,
    /// What watches it does not look at errors.
    ByCapacity,
    /// What watches it cannot see the new version: were it to fail all it gets, it would not reach the threshold.
    Blind {
        /// The threshold over all requests.
        threshold: f64,
    },
    /// Too few come.
    TooFew {
        /// As many would do.
        needed: f64,
        /// From this error rate of the new version on, the threshold is passed.
        sees_from: f64,
    },
    /// Enough come.
    Enough {
        /// From this error rate of the new version on, the threshold is passed.
        sees_from: f64,
    },
}

/// The alarm's periods in a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WholePeriods {
    /// How many lie wholly in it.
    pub whole: u64,
    /// How many in a row have to be bad.
    pub needed: u32,
    /// How long one is.
    pub period: Duration,
}

/// The alarm's period under way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AlarmPeriod {
    /// What is measured.
    pub metric: Metric,
    /// What it is measured against.
    pub threshold: f64,
    /// How long a period is.
    pub period: Duration,
    /// Until the period's value is known.
    pub left: Duration,
    /// The value until now; none where no request came.
    pub value: Option<f64>,
    /// Bad periods in a row before this one.
    pub bad: u32,
    /// How many it takes.
    pub needed: u32,
}

/// The step of the plan under way, if it is one in which the new version can be judged.
pub(super) fn step_traffic(scenario: &Scenario, here: &Here<'_>, t: Time) -> Option<StepTraffic> {
    let timeline = here.timeline;
    if here.way() == Way::Back || timeline.went_back().is_some_and(|at| at <= t) {
        return None;
    }
    let moment = timeline.at(t);
    let (_, share) = timeline.shares(moment, t);
    if share <= 0.0 || share >= 1.0 {
        return None;
    }
    let check = written(scenario, here)
        .and_then(|step| if let Step::Check { metric, threshold, over, .. } = step { Some((*metric, *threshold, *over)) } else { None });
    let (from, takes) = match (here.wait(t), check) {
        (Some((from, takes)), _) => (from, Some(takes)),
        (None, Some((_, _, over))) => (measured_since(here), Some(over)),
        (None, None) if here.waits_for_approval() => (here.begins_at(), None),
        (None, None) => return None,
    };
    let requests = takes.map(|takes| share * expected(timeline, from, from + takes));
    let watching = check.map(|(metric, threshold, _)| (metric, threshold));
    let watching = watching.or_else(|| scenario.alarm.as_ref().map(|alarm| (alarm.metric, alarm.threshold)));
    let judged = match watching {
        None if has_checks(scenario) => Judged::Enough { sees_from: 0.0 },
        None => Judged::ByNothing,
        Some((metric, threshold)) => judged(metric, threshold, share, requests),
    };
    let alarm = if check.is_some() { None } else { scenario.alarm.as_ref() };
    let periods = alarm.zip(takes).map(|(alarm, takes)| WholePeriods {
        whole: whole_periods(alarm.period, from, from + takes),
        needed: alarm.periods,
        period: alarm.period,
    });
    Some(StepTraffic { share, from, takes, requests, judged, periods })
}

fn judged(metric: Metric, threshold: f64, share: f64, requests: Option<f64>) -> Judged {
    let sees_from = match metric {
        Metric::CapacityFraction => return Judged::ByCapacity,
        Metric::NewVersionErrorRate => threshold,
        // The old version's requests dilute it: 5 % of the traffic that fail by 20 % are 1 % of all.
        Metric::ErrorRate => threshold / share,
    };
    if sees_from >= 1.0 {
        return Judged::Blind { threshold };
    }
    let needed = requests_to_judge(sees_from);
    match requests {
        Some(requests) if requests < needed => Judged::TooFew { needed, sees_from },
        Some(_) | None => Judged::Enough { sees_from },
    }
}

/// The requests that come between two times: as they came, and beyond the timeline's end as they came last.
fn expected(timeline: &Timeline, from: Time, to: Time) -> f64 {
    let end = timeline.end().max(from);
    let until = to.min(end);
    let came = timeline.measure(Metric::ErrorRate, from, until).map_or(0.0, |measure| measure.of);
    came + timeline.demand(end) * to.since(until).as_secs_f64()
}

/// Periods count from the deployment's start.
fn whole_periods(period: Duration, from: Time, to: Time) -> u64 {
    let period = period.as_us().max(1);
    (to.as_us() / period).saturating_sub(from.as_us().div_ceil(period))
}

/// The step of a hand-written plan that is under way.
pub(super) fn written<'a>(scenario: &'a Scenario, here: &Here<'_>) -> Option<&'a Step> {
    let (Strategy::Steps(steps), Some(PhaseLabel::Written { number, .. })) = (&scenario.strategy, here.label()) else { return None };
    steps.get((number as usize).checked_sub(1)?)
}

pub(super) fn has_checks(scenario: &Scenario) -> bool {
    matches!(&scenario.strategy, Strategy::Steps(steps) if steps.iter().any(|step| matches!(step, Step::Check { .. })))
}

/// Since when the check under way measures.
pub(super) fn measured_since(here: &Here<'_>) -> Time {
    let last = here.noted().find(|entry| matches!(entry.note, crate::timeline::Note::Checked { .. }));
    last.map_or(here.begins_at(), |entry| entry.at)
}

/// The alarm's period under way at `t`; none without an alarm, and once it is not watched any more.
pub(super) fn alarm_period(scenario: &Scenario, timeline: &Timeline, t: Time) -> Option<AlarmPeriod> {
    let Alarm { metric, threshold, period, periods, .. } = *scenario.alarm.as_ref()?;
    if timeline.failed_at().is_some_and(|at| at <= t) {
        return None;
    }
    let us = period.as_us().max(1);
    let from = Time::from_us(t.as_us() / us * us);
    let value = |from, to| timeline.measure(metric, from, to).map(|measure| measure.value);
    let mut bad = 0;
    let mut begin = from;
    while bad + 1 < periods && begin > Time::ZERO {
        let before = Time::from_us(begin.as_us() - us);
        if !value(before, begin).is_some_and(|value| metric.is_bad(value, threshold)) {
            break;
        }
        bad += 1;
        begin = before;
    }
    Some(AlarmPeriod { metric, threshold, period, left: (from + period).since(t), value: value(from, t), bad, needed: periods })
}

/// The share of the clients that still have to follow a shift at `t`, and how long the last ones take.
pub(super) fn following(timeline: &Timeline, t: Time) -> Option<(f64, Duration)> {
    let Route::Split { from, to, began, over } = *timeline.route(timeline.at(t)) else { return None };
    let left = (began + over).since(t);
    let way = (to.as_fraction() - from.as_fraction()).abs();
    (!left.is_zero()).then(|| (way * left.as_secs_f64() / over.as_secs_f64(), left))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_count_from_the_start() {
        let at = |s: u64| Time::ZERO + Duration::from_secs(s);
        // From 140 s to 440 s: 180, 240, 300, 360, 420 are the bounds of 60 s, 4 periods between them.
        assert_eq!(whole_periods(Duration::from_secs(60), at(140), at(440)), 4);
        // From 140 s to 200 s lies only the bound of 180 s.
        assert_eq!(whole_periods(Duration::from_secs(60), at(140), at(200)), 0);
        assert_eq!(whole_periods(Duration::from_secs(60), at(120), at(180)), 1);
    }

    #[test]
    fn an_alarm_over_all_requests_is_diluted() {
        // 10 % of the traffic: 5 % of all are 50 % of its own; 3 / 0.5 = 6 requests are enough.
        assert_eq!(judged(Metric::ErrorRate, 0.05, 0.1, Some(7.0)), Judged::Enough { sees_from: 0.5 });
        // 5 % of the traffic that fail altogether are 5 % of all, which is not above 5 %.
        assert_eq!(judged(Metric::ErrorRate, 0.05, 0.05, Some(1e6)), Judged::Blind { threshold: 0.05 });
        // Its own requests: 3 / 0.05 = 60.
        assert_eq!(judged(Metric::NewVersionErrorRate, 0.05, 0.1, Some(59.0)), Judged::TooFew { needed: 60.0, sees_from: 0.05 });
        assert_eq!(judged(Metric::NewVersionErrorRate, 0.05, 0.1, Some(61.0)), Judged::Enough { sees_from: 0.05 });
        assert_eq!(judged(Metric::CapacityFraction, 0.9, 0.1, Some(100.0)), Judged::ByCapacity);
    }
}
