//! Settings that cannot work, and those that are unlikely to help, told before anything runs.
//!
//! Everything here follows from the scenario's numbers alone, with each strategy's own rounding.

use super::{TaskBounds, batch_size, fenceposts, plan};
use crate::plan::{self, Leaving, Plan};
use crate::scenario::{Alarm, Event, Metric, Part, Scenario, Step, Strategy, Traffic};
use crate::units::{Duration, Share};

/// What is wrong with the settings of a scenario, with its numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Verdict {
    /// An in-place deployment's minimum is the whole fleet: it fails at once (CodeDeploy's guide, "Instance health": 95 %
    /// of 10 instances is 10).
    NothingMayStop {
        /// What was asked for.
        asked: Part,
        /// Instances that must stay healthy: the same, rounded up.
        minimum: u32,
        /// Of so many.
        of: u32,
        /// The nearest minimum that works, said in the same way.
        works: Part,
    },
    /// A service's tasks may neither start nor stop: its deployment waits for ever (Amazon ECS' developer guide, "Service
    /// definition parameters").
    NothingMayMove {
        /// The least and the most tasks.
        bounds: TaskBounds,
        /// As many are desired.
        desired: u32,
        /// The nearest minimum that works.
        minimum_works: Share,
        /// The nearest maximum that works.
        maximum_works: Share,
    },
    /// The strategy cannot do without more instances at once than the quota has.
    NoRoom {
        /// The smallest quota that works.
        needed: u32,
        /// What there is.
        quota: u32,
    },
    /// A plan waits for more approvals than are ever given.
    NoApproval {
        /// Steps that wait for one.
        asked: u32,
        /// Approvals among the events.
        given: u32,
    },
    /// The next step of the traffic comes before the alarm can have gone off.
    StepTooShort {
        /// The new version's share in the step.
        share: Share,
        /// How long the step lasts.
        lasts: Duration,
        /// The alarm's period.
        period: Duration,
        /// Periods in a row that it takes.
        periods: u32,
    },
    /// The new version's share is so small that its failures cannot move an alarm over all requests (Google's SRE
    /// workbook, "Canarying releases": 5 % of the traffic with 20 % errors is 1 % of all).
    AlarmIsBlind {
        /// The new version's share in the step: the most of all requests that it can fail.
        share: Share,
        /// What the alarm goes off above, as a fraction of all requests.
        threshold: f64,
    },
    /// The new version gets too few requests in one measurement to tell a bad version by; see [`requests_to_judge`].
    TooFewRequests {
        /// The new version's share in the step.
        share: Share,
        /// Requests to it that are expected in one measurement.
        expected: f64,
        /// So many are needed.
        needed: f64,
        /// The time of one measurement.
        over: Duration,
        /// The error rate that is to be seen.
        threshold: f64,
    },
}

/// How bad a verdict is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The deployment cannot succeed.
    CannotWork,
    /// It can, and what watches over it cannot see what it is there for.
    Doubtful,
}

impl Verdict {
    /// How bad it is.
    pub fn severity(&self) -> Severity {
        match self {
            Verdict::NothingMayStop { .. } | Verdict::NothingMayMove { .. } | Verdict::NoRoom { .. } | Verdict::NoApproval { .. } => {
                Severity::CannotWork
            }
            Verdict::StepTooShort { .. } | Verdict::AlarmIsBlind { .. } | Verdict::TooFewRequests { .. } => Severity::Doubtful,
        }
    }
}

/// The worst that can be said of a scenario's settings before it runs; none where nothing is to be said.
pub fn verdict(scenario: &Scenario) -> Option<Verdict> {
    nothing_may_move(scenario).or_else(|| no_room(scenario)).or_else(|| no_approval(scenario)).or_else(|| doubtful(scenario))
}

/// Requests to the new version that it takes to see at least one failure with 95 % certainty where it fails a share of
/// `threshold`, above 0.
///
/// Source: the rule of three (Hanley and Lippman-Hand, "If nothing goes wrong, is everything all right?", 1983): with no
/// failure among n, the rate is below 3 / n with 95 % confidence.
pub fn requests_to_judge(threshold: f64) -> f64 {
    3.0 / threshold
}

fn nothing_may_move(scenario: &Scenario) -> Option<Verdict> {
    let n = scenario.fleet.instances;
    match &scenario.strategy {
        Strategy::InPlace { minimum_healthy } => {
            let minimum = minimum_healthy.of_rounded_up(n);
            (minimum >= n).then(|| Verdict::NothingMayStop { asked: *minimum_healthy, minimum, of: n, works: below(*minimum_healthy, n) })
        }
        Strategy::EcsRolling { minimum_healthy, maximum, circuit_breaker: _ } => {
            let bounds = TaskBounds::of(n, *minimum_healthy, *maximum);
            (bounds.may_start(n) == 0 && bounds.may_stop(n) == 0).then(|| Verdict::NothingMayMove {
                bounds,
                desired: n,
                minimum_works: share_below(*minimum_healthy, n),
                maximum_works: Share::from_percent(whole(percents(n.saturating_add(1), n))),
            })
        }
        Strategy::AllAtOnce
        | Strategy::Rolling { .. }
        | Strategy::RollingWithAdditionalBatch { .. }
        | Strategy::Immutable
        | Strategy::TrafficSplitting { .. }
        | Strategy::BlueGreen { .. }
        | Strategy::Canary { .. }
        | Strategy::Linear { .. }
        | Strategy::RollingUpdate { .. }
        | Strategy::InstanceRefresh { .. }
        | Strategy::Steps(_) => None,
    }
}

/// The largest minimum that leaves one of `n` out, said as `asked` is.
fn below(asked: Part, n: u32) -> Part {
    match asked {
        Part::Count(_) => Part::Count(n.saturating_sub(1)),
        Part::Percent(share) => Part::Percent(share_below(share, n)),
    }
}

/// The largest share of `n` that comes to less than `n`: in whole percents where `asked` is in whole percents.
fn share_below(asked: Share, n: u32) -> Share {
    let one_less = u64::from(n.saturating_sub(1));
    let n = u64::from(n.max(1));
    let is_whole = asked.as_ppm().is_multiple_of(Share::from_percent(1).as_ppm());
    if is_whole { Share::from_percent(whole(one_less * 100 / n)) } else { Share::from_ppm(whole(one_less * 1_000_000 / n)) }
}

/// `part` of `n` in percents, rounded up.
fn percents(part: u32, n: u32) -> u64 {
    (u64::from(part) * 100).div_ceil(u64::from(n.max(1)))
}

fn whole(n: u64) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn no_room(scenario: &Scenario) -> Option<Verdict> {
    let quota = scenario.fleet.quota?;
    let needed = instances_needed(scenario);
    (needed > quota).then_some(Verdict::NoRoom { needed, quota })
}

/// The least number of instances that must be able to exist at once for the strategy to succeed.
fn instances_needed(scenario: &Scenario) -> u32 {
    let n = scenario.fleet.instances;
    // A rolling replacement that may stop one first needs no room; one that may not, needs it for one.
    let one_more_unless = |may_stop: u32| if may_stop > 0 { n } else { n.saturating_add(1) };
    match &scenario.strategy {
        Strategy::AllAtOnce | Strategy::InPlace { .. } | Strategy::Rolling { .. } => n,
        Strategy::RollingWithAdditionalBatch { batch } => n.saturating_add(batch_size(n, *batch)),
        Strategy::RollingUpdate { max_surge, max_unavailable, .. } => {
            one_more_unless(fenceposts(n, *max_surge, *max_unavailable).unavailable)
        }
        Strategy::EcsRolling { minimum_healthy, maximum, .. } => one_more_unless(TaskBounds::of(n, *minimum_healthy, *maximum).may_stop(n)),
        Strategy::InstanceRefresh { minimum_healthy, maximum_healthy, .. } => {
            one_more_unless(n - super::RefreshBounds::of(n, *minimum_healthy, *maximum_healthy).least)
        }
        Strategy::Immutable
        | Strategy::TrafficSplitting { .. }
        | Strategy::BlueGreen { .. }
        | Strategy::Canary { .. }
        | Strategy::Linear { .. }
        | Strategy::Steps(_) => most_at_once(n, &plan(scenario)),
    }
}

/// The most instances at once that a plan of launches asks for.
fn most_at_once(n: u32, plan: &Plan) -> u32 {
    let (mut old, mut new, mut most) = (n, 0_u32, n);
    for step in plan.phases.iter().flat_map(|phase| &phase.steps) {
        match step {
            plan::Step::Launch { instances } => {
                new = new.saturating_add(*instances);
                most = most.max(old.saturating_add(new));
            }
            plan::Step::Replace { min_available, .. } if *min_available >= n => most = most.max(n.saturating_add(1)),
            plan::Step::Terminate(Leaving::Old) => old = 0,
            plan::Step::Terminate(Leaving::New) => new = 0,
            plan::Step::Terminate(Leaving::Launched(count)) => new = new.saturating_sub(*count),
            plan::Step::Update { .. }
            | plan::Step::UpdateWindow { .. }
            | plan::Step::Replace { .. }
            | plan::Step::Shift { .. }
            | plan::Step::Wait(_)
            | plan::Step::Approve
            | plan::Step::Check { .. }
            | plan::Step::Adopt => {}
        }
    }
    most
}

/// A plan that a person aborts need not be approved.
fn no_approval(scenario: &Scenario) -> Option<Verdict> {
    let Strategy::Steps(steps) = &scenario.strategy else { return None };
    let events = &scenario.failures.events;
    let asked = whole(steps.iter().filter(|step| matches!(step, Step::Approve)).count() as u64);
    let given = whole(events.iter().filter(|event| matches!(event, Event::Approve { .. })).count() as u64);
    let aborted = events.iter().any(|event| matches!(event, Event::Abort { .. }));
    (asked > given && !aborted).then_some(Verdict::NoApproval { asked, given })
}

/// A stretch with the same share of the traffic.
struct TrafficStep {
    /// The new version's; neither none nor all of it.
    share: Share,
    /// Until the share changes; none where that depends on more than waiting.
    lasts: Option<Duration>,
    /// Each measurement within it: threshold and time.
    checks: Vec<(f64, Duration)>,
}

/// The stretches in which the traffic is split.
fn traffic_steps(plan: &Plan) -> Vec<TrafficStep> {
    let mut done = Vec::new();
    let mut now: Option<TrafficStep> = None;
    for step in plan.phases.iter().flat_map(|phase| &phase.steps) {
        let took = match step {
            plan::Step::Shift { to, .. } => {
                done.extend(now.take());
                let split = *to > Share::NONE && *to < Share::WHOLE;
                now = split.then(|| TrafficStep { share: *to, lasts: Some(Duration::ZERO), checks: Vec::new() });
                continue;
            }
            plan::Step::Wait(time) => Some(*time),
            plan::Step::Check { metric, threshold, over, .. } => {
                if let (Some(now), Metric::NewVersionErrorRate) = (&mut now, metric) {
                    now.checks.push((*threshold, *over));
                }
                Some(*over)
            }
            plan::Step::Adopt => Some(Duration::ZERO),
            plan::Step::Launch { .. }
            | plan::Step::Update { .. }
            | plan::Step::UpdateWindow { .. }
            | plan::Step::Replace { .. }
            | plan::Step::Approve
            | plan::Step::Terminate(_) => None,
        };
        if let Some(now) = &mut now {
            now.lasts = now.lasts.zip(took).map(|(lasts, took)| lasts + took);
        }
    }
    done
}

/// The new version's share in the first stretch in which the traffic is split, and how long that lasts; see [`TrafficStep`].
pub(crate) fn first_split(scenario: &Scenario) -> Option<(Share, Option<Duration>)> {
    traffic_steps(&plan(scenario)).first().map(|step| (step.share, step.lasts))
}

fn doubtful(scenario: &Scenario) -> Option<Verdict> {
    let steps = traffic_steps(&plan(scenario));
    let alarm = scenario.alarm.as_ref();
    let of_alarm =
        |told: fn(&TrafficStep, &Alarm) -> Option<Verdict>| alarm.and_then(|alarm| steps.iter().find_map(|step| told(step, alarm)));
    of_alarm(too_short).or_else(|| of_alarm(blind)).or_else(|| {
        let rps = usual_rps(&scenario.traffic());
        steps.iter().find_map(|step| too_few(step, alarm, rps))
    })
}

fn too_short(step: &TrafficStep, alarm: &Alarm) -> Option<Verdict> {
    let lasts = step.lasts?;
    let Alarm { period, periods, .. } = *alarm;
    (lasts < period.times(periods)).then_some(Verdict::StepTooShort { share: step.share, lasts, period, periods })
}

fn blind(step: &TrafficStep, alarm: &Alarm) -> Option<Verdict> {
    let is_over_all = alarm.metric == Metric::ErrorRate;
    let is_blind = is_over_all && step.share.as_fraction() <= alarm.threshold;
    is_blind.then_some(Verdict::AlarmIsBlind { share: step.share, threshold: alarm.threshold })
}

/// Whether one measurement of the alarm or of a check has too few requests.
fn too_few(step: &TrafficStep, alarm: Option<&Alarm>, rps: f64) -> Option<Verdict> {
    let of_alarm = alarm.filter(|alarm| alarm.metric == Metric::NewVersionErrorRate).map(|alarm| (alarm.threshold, alarm.period));
    let measured = step.checks.iter().copied().chain(of_alarm);
    measured.filter(|(threshold, _)| *threshold > 0.0).find_map(|(threshold, over)| {
        let (expected, needed) = (rps * step.share.as_fraction() * over.as_secs_f64(), requests_to_judge(threshold));
        (expected < needed).then_some(Verdict::TooFewRequests { share: step.share, expected, needed, over, threshold })
    })
}

/// The demand to reckon with: the mean of a wave, otherwise the least there is.
pub(crate) fn usual_rps(traffic: &Traffic) -> f64 {
    match traffic {
        Traffic::Constant(rps) => *rps,
        Traffic::Steps(levels) => levels.iter().map(|(_, rps)| *rps).reduce(f64::min).unwrap_or(0.0),
        Traffic::Wave { mean, .. } => *mean,
        Traffic::Ramp { from, to, .. } => from.min(*to),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Fleet, Group, NewSet, StrategyKind, Switch};

    const fn percent(percent: u32) -> Part {
        Part::Percent(Share::from_percent(percent))
    }

    fn of(n: u32, strategy: Strategy) -> Option<Verdict> {
        verdict(&Scenario::new(n, strategy))
    }

    fn with_quota(quota: u32, strategy: Strategy) -> Option<Verdict> {
        let scenario = Scenario::new(10, strategy);
        verdict(&Scenario { fleet: Fleet { quota: Some(quota), ..scenario.fleet.clone() }, ..scenario })
    }

    /// Ten instances, 700 requests per second, 10 % first and the rest after five minutes.
    fn canary(percent: u32, alarm: Alarm) -> Option<Verdict> {
        let strategy = Strategy::Canary { percent: Share::from_percent(percent), interval: Duration::from_mins(5), capacity: NewSet::Full };
        verdict(&Scenario { alarm: Some(alarm), ..Scenario::new(10, strategy) })
    }

    fn alarm(metric: Metric, threshold: f64, seconds: u64, periods: u32) -> Alarm {
        Alarm {
            metric,
            threshold,
            period: Duration::from_secs(seconds),
            periods,
            bake: Duration::ZERO,
            sampled: false,
            base_error_rate: 0.0,
        }
    }

    #[test]
    fn what_works_gets_no_verdict() {
        for kind in StrategyKind::ALL {
            assert_eq!(of(10, kind.with_defaults()), None, "{kind:?}");
        }
    }

    #[test]
    fn a_minimum_that_is_the_fleet_leaves_nothing_to_update() {
        let in_place = |minimum_healthy| of(10, Strategy::InPlace { minimum_healthy });
        // CodeDeploy's guide, "Instance health": 95 % of 10 is 9.5, rounded up 10. 90 % is 9.
        let told = |asked, minimum, works| Some(Verdict::NothingMayStop { asked, minimum, of: 10, works });
        assert_eq!(in_place(percent(95)), told(percent(95), 10, percent(90)));
        assert_eq!(in_place(percent(90)), None);
        assert_eq!(in_place(Part::Count(10)), told(Part::Count(10), 10, Part::Count(9)));
        assert_eq!(in_place(Part::Count(12)), told(Part::Count(12), 12, Part::Count(9)));
        // 85 % is 8.5, rounded up 9: one at a time.
        assert_eq!(in_place(percent(85)), None);
        // A custom 99 % is 10 of 10; of 3, 99.5 % is 3, and two thirds are 66.6666 %.
        assert_eq!(in_place(percent(99)), told(percent(99), 10, percent(90)));
        let asked = Part::Percent(Share::from_ppm(995_000));
        let works = Part::Percent(Share::from_ppm(666_666));
        assert_eq!(of(3, Strategy::InPlace { minimum_healthy: asked }), Some(Verdict::NothingMayStop { asked, minimum: 3, of: 3, works }));
    }

    #[test]
    fn a_service_that_may_neither_start_nor_stop_is_told() {
        let ecs = |n, minimum, maximum| {
            let (minimum_healthy, maximum) = (Share::from_percent(minimum), Share::from_percent(maximum));
            of(n, Strategy::EcsRolling { minimum_healthy, maximum, circuit_breaker: None })
        };
        let told = |n, minimum, maximum| {
            Some(Verdict::NothingMayMove {
                bounds: TaskBounds { least: n, most: n },
                desired: n,
                minimum_works: Share::from_percent(minimum),
                maximum_works: Share::from_percent(maximum),
            })
        };
        // 75 % of 2 is 1.5, rounded up 2. One of 2 is 50 %; three of 2 are 150 %.
        assert_eq!(ecs(2, 75, 100), told(2, 50, 150));
        // 125 % of 3 is 3.75, rounded down 3. Two of 3 are 66.7 %, in whole percents 66; 133 % of 3 is 3.99, 134 % is 4.02.
        assert_eq!(ecs(3, 100, 125), told(3, 66, 134));
        // 50 % of 4: two may stop. 200 % of 4: four may start.
        assert_eq!((ecs(4, 50, 100), ecs(4, 100, 200)), (None, None));
    }

    #[test]
    fn a_quota_without_room_is_told() {
        let told = |needed, quota| Some(Verdict::NoRoom { needed, quota });
        // A whole second set: 10 + 10.
        let blue_green = Strategy::BlueGreen { switch: Switch::LoadBalancer, bake: Duration::ZERO };
        assert_eq!(with_quota(19, blue_green.clone()), told(20, 19));
        assert_eq!(with_quota(20, blue_green), None);
        // A set that grows with its share is whole before the old one ends.
        let interval = Duration::from_mins(1);
        let linear = Strategy::Linear { percent: Share::from_percent(20), interval, capacity: NewSet::Proportional };
        assert_eq!(with_quota(15, linear), told(20, 15));
        // 30 % of 10 more.
        assert_eq!(with_quota(12, Strategy::RollingWithAdditionalBatch { batch: percent(30) }), told(13, 12));
        // Nothing may be unavailable: one more is needed. Where one may, none is.
        let rolling = |unavailable| Strategy::RollingUpdate {
            max_surge: percent(25),
            max_unavailable: Part::Count(unavailable),
            progress_deadline: interval,
        };
        assert_eq!((with_quota(10, rolling(0)), with_quota(10, rolling(1))), (told(11, 10), None));
        assert_eq!(with_quota(10, StrategyKind::EcsRolling.with_defaults()), told(11, 10));
        // At least 90 %: one may stop first.
        assert_eq!(with_quota(10, StrategyKind::InstanceRefresh.with_defaults()), None);
        // By hand: 4 new ones end before 10 more come.
        let launch = |n| Step::Launch { instances: Part::Count(n) };
        let steps = vec![launch(4), Step::Terminate { group: Group::New }, launch(10), Step::Terminate { group: Group::Old }];
        assert_eq!(with_quota(18, Strategy::Steps(steps)), told(20, 18));
    }

    #[test]
    fn a_plan_that_nobody_approves_is_told() {
        let plan = Strategy::Steps(vec![Step::Update { instances: percent(50) }, Step::Approve, Step::Update { instances: percent(50) }]);
        let mut scenario = Scenario::new(10, plan);
        assert_eq!(verdict(&scenario), Some(Verdict::NoApproval { asked: 1, given: 0 }));
        scenario.failures.events.push(Event::Approve { at: Duration::from_mins(9) });
        assert_eq!(verdict(&scenario), None);
    }

    #[test]
    fn an_alarm_slower_than_the_steps_is_told() {
        // Ten steps, a minute apart; three periods of a minute are three minutes.
        let linear = StrategyKind::Linear.with_defaults();
        let told = |periods| {
            let alarm = Some(alarm(Metric::NewVersionErrorRate, 0.05, 60, periods));
            verdict(&Scenario { alarm, ..Scenario::new(10, linear.clone()) })
        };
        let (share, minute) = (Share::from_percent(10), Duration::from_mins(1));
        assert_eq!(told(3), Some(Verdict::StepTooShort { share, lasts: minute, period: minute, periods: 3 }));
        assert_eq!(told(1), None);
    }

    #[test]
    fn an_alarm_over_all_requests_does_not_see_a_small_share() {
        // 5 % of the requests, all failed, are 5 % of all: not above 5 %. At 4 % it can be seen.
        let blind = Verdict::AlarmIsBlind { share: Share::from_percent(5), threshold: 0.05 };
        assert_eq!(canary(5, alarm(Metric::ErrorRate, 0.05, 60, 1)), Some(blind));
        assert_eq!(canary(5, alarm(Metric::ErrorRate, 0.04, 60, 1)), None);
        // Of the new version's own requests any share can fail.
        assert_eq!(canary(5, alarm(Metric::NewVersionErrorRate, 0.05, 60, 1)), None);
    }

    #[test]
    fn too_few_requests_to_judge_by_are_told() {
        // 1 % of 700 requests per second for 5 s are 35; at 5 % it takes 3 / 0.05 = 60.
        let Some(Verdict::TooFewRequests { expected, needed, .. }) = canary(1, alarm(Metric::NewVersionErrorRate, 0.05, 5, 1)) else {
            panic!("nothing is told")
        };
        assert!((expected - 35.0).abs() < 1e-9 && (needed - 60.0).abs() < 1e-9, "{expected} of {needed}");
        // For 10 s they are 70.
        assert_eq!(canary(1, alarm(Metric::NewVersionErrorRate, 0.05, 10, 1)), None);
    }
}
