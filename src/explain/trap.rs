//! Settings that hold a trap, the worst first, each with its figures and with the change that avoids it.
//!
//! What cannot work or is of doubtful use follows from the settings alone ([`verdict`]); the rest also happened in the run.

use crate::metrics::{Metrics, cause_key};
use crate::scenario::{Event, Metric, Part, Scenario, Strategy, StrategyKind, Traffic};
use crate::strategy::{RefreshBounds, Severity, TaskBounds, Verdict, batch_size, fenceposts, verdict};
use crate::timeline::Cause;
use crate::units::{Duration, Share};

/// What is wrong, with its figures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Trap {
    /// It cannot work, or what watches over it cannot see.
    Verdict(Verdict),
    /// More is asked for than the whole fleet can serve, deployment or not.
    FleetTooSmall {
        /// Requests per second that it can serve.
        serves_rps: f64,
        /// Requests per second that are asked for at most.
        asked_rps: f64,
        /// So many instances are enough.
        needed: u32,
    },
    /// The only instance is updated in place, and nothing serves meanwhile.
    OneInstance {
        /// How long.
        downtime: Duration,
    },
    /// So many are out of service at a time that the rest cannot serve what is asked for.
    TooFewLeft {
        /// Instances that are out at a time.
        out: u32,
        /// Instances of the fleet.
        of: u32,
        /// Requests per second that the rest can serve.
        left_rps: f64,
        /// Requests per second that are asked for at most.
        asked_rps: f64,
    },
    /// Instances stop before their last requests are done.
    DrainTooShort {
        /// How long they drain.
        drain: Duration,
        /// How long it takes until the last request is done: the load balancer's delay, and a request.
        needed: Duration,
        /// Requests that failed of it.
        lost: f64,
    },
}

/// The change that avoids a trap.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Remedy {
    /// So many instances.
    Instances(u32),
    /// So large a batch.
    Batch(Part),
    /// So many stay in service.
    Minimum(Part),
    /// So many may be missing.
    Unavailable(Part),
    /// Another strategy.
    Strategy(StrategyKind),
    /// Drain for so long.
    Drain(Duration),
    /// So long from one step of the traffic to the next.
    StepTime(Duration),
    /// So many instances may exist at once.
    Quota(u32),
    /// An alarm on the new version's own requests.
    WatchNewVersion,
}

/// A trap, and the way out where there is one.
#[derive(Clone, Debug, PartialEq)]
pub struct Advice {
    /// What is wrong.
    pub trap: Trap,
    /// The change, and the scenario with it.
    pub way_out: Option<(Remedy, Box<Scenario>)>,
}

impl Trap {
    /// Whether the deployment cannot succeed.
    pub fn cannot_work(&self) -> bool {
        matches!(self, Trap::Verdict(verdict) if verdict.severity() == Severity::CannotWork)
    }
}

/// What the settings of a scenario hold, the worst first. `metrics` are the figures of its run.
pub fn traps(scenario: &Scenario, metrics: &Metrics) -> Vec<Advice> {
    let verdict = verdict(scenario);
    let (cannot_work, doubtful) = match verdict {
        Some(verdict) if verdict.severity() == Severity::CannotWork => (Some(verdict), None),
        doubtful => (None, doubtful),
    };
    // What never goes right goes wrong in no other way worth telling.
    let happened = if cannot_work.is_some() {
        Vec::new()
    } else {
        let too_few =
            fleet_too_small(scenario, metrics).or_else(|| one_instance(scenario, metrics)).or_else(|| too_few_left(scenario, metrics));
        too_few.into_iter().chain(drain_too_short(scenario, metrics)).collect()
    };
    let all = cannot_work.map(Trap::Verdict).into_iter().chain(happened).chain(doubtful.map(Trap::Verdict));
    all.map(|trap| Advice { trap, way_out: way_out(scenario, &trap) }).collect()
}

fn fleet_too_small(scenario: &Scenario, metrics: &Metrics) -> Option<Trap> {
    let (serves_rps, asked_rps) = (scenario.fleet.capacity_rps_total(), most_asked(scenario, metrics));
    (serves_rps < asked_rps && metrics.degraded_s > 0.0).then(|| Trap::FleetTooSmall {
        serves_rps,
        asked_rps,
        needed: needed(scenario, asked_rps),
    })
}

fn one_instance(scenario: &Scenario, metrics: &Metrics) -> Option<Trap> {
    let all_out = least_in_service(scenario) == Some(0) || scenario.strategy == Strategy::AllAtOnce;
    let alone = scenario.fleet.instances == 1 && all_out && metrics.downtime_s > 0.0;
    alone.then(|| Trap::OneInstance { downtime: Duration::from_secs_f64(metrics.downtime_s) })
}

fn too_few_left(scenario: &Scenario, metrics: &Metrics) -> Option<Trap> {
    let left = least_in_service(scenario)?;
    let of = scenario.fleet.instances;
    let (left_rps, asked_rps) = (f64::from(left) * scenario.fleet.capacity_rps, most_asked(scenario, metrics));
    (left_rps < asked_rps && metrics.degraded_s > 0.0).then_some(Trap::TooFewLeft { out: of - left, of, left_rps, asked_rps })
}

fn drain_too_short(scenario: &Scenario, metrics: &Metrics) -> Option<Trap> {
    let balancer = &scenario.load_balancer;
    let (drain, needed) = (balancer.deregistration_delay, balancer.propagation + balancer.in_flight);
    let failed = |cause| metrics.requests_failed_by_cause.get(cause_key(cause)).copied().unwrap_or(0.0);
    let lost = failed(Cause::CutOff) + failed(Cause::DeadTarget);
    // All at once drains nothing, however long it is told to.
    let drains = scenario.strategy != Strategy::AllAtOnce;
    (drains && drain < needed && lost > 0.0).then_some(Trap::DrainTooShort { drain, needed, lost })
}

/// How many instances a strategy that takes the existing ones out leaves in service while it does; none for those that
/// bring new ones first.
fn least_in_service(scenario: &Scenario) -> Option<u32> {
    let n = scenario.fleet.instances;
    let least = match &scenario.strategy {
        Strategy::Rolling { batch } => n - batch_size(n, *batch).min(n),
        Strategy::InPlace { minimum_healthy } => minimum_healthy.of_rounded_up(n),
        Strategy::RollingUpdate { max_surge, max_unavailable, .. } => n - fenceposts(n, *max_surge, *max_unavailable).unavailable,
        Strategy::EcsRolling { minimum_healthy, maximum, .. } => TaskBounds::of(n, *minimum_healthy, *maximum).least,
        Strategy::InstanceRefresh { minimum_healthy, maximum_healthy, .. } => {
            RefreshBounds::of(n, *minimum_healthy, *maximum_healthy).least
        }
        // It takes out all there is, and says so.
        Strategy::AllAtOnce
        | Strategy::RollingWithAdditionalBatch { .. }
        | Strategy::Immutable
        | Strategy::TrafficSplitting { .. }
        | Strategy::BlueGreen { .. }
        | Strategy::Canary { .. }
        | Strategy::Linear { .. }
        | Strategy::Steps(_) => return None,
    };
    Some(least.min(n))
}

/// The most that is asked for while it lasts, in requests per second.
fn most_asked(scenario: &Scenario, metrics: &Metrics) -> f64 {
    let end = Duration::from_secs_f64(metrics.duration_s);
    let usual = match scenario.traffic() {
        Traffic::Constant(rps) => rps,
        Traffic::Steps(levels) => levels.iter().filter(|(at, _)| *at <= end).map(|(_, rps)| *rps).fold(0.0, f64::max),
        Traffic::Wave { mean, amplitude, .. } => mean + amplitude,
        Traffic::Ramp { from, to, .. } => from.max(to),
    };
    let events = scenario.failures.events.iter().filter(|event| event.at() <= end);
    let changed = events.filter_map(|event| if let Event::Demand { rps, .. } = event { Some(*rps) } else { None });
    changed.fold(usual, f64::max)
}

/// Instances that it takes to serve `rps`.
fn needed(scenario: &Scenario, rps: f64) -> u32 {
    // 700 of 100 each are 7, whatever is left of the division.
    let exact = rps / scenario.fleet.capacity_rps;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a float to integer cast saturates")]
    let whole = (exact - 1e-9).ceil().max(1.0) as u32;
    whole
}

fn way_out(scenario: &Scenario, trap: &Trap) -> Option<(Remedy, Box<Scenario>)> {
    let mut better = scenario.clone();
    let remedy = match *trap {
        Trap::Verdict(verdict) => of_verdict(&mut better, verdict)?,
        Trap::FleetTooSmall { needed, .. } => {
            if needed > crate::scenario::limits::MAX_INSTANCES {
                return None;
            }
            better.fleet.instances = needed;
            Remedy::Instances(needed)
        }
        Trap::OneInstance { .. } => {
            better.strategy = Strategy::Immutable;
            Remedy::Strategy(StrategyKind::Immutable)
        }
        Trap::TooFewLeft { of, asked_rps, .. } => keep(&mut better.strategy, of, needed(scenario, asked_rps))?,
        Trap::DrainTooShort { needed, .. } => {
            better.load_balancer.deregistration_delay = needed;
            Remedy::Drain(needed)
        }
    };
    // A way out into what cannot work is none.
    let works = verdict(&better).is_none_or(|verdict| verdict.severity() != Severity::CannotWork);
    works.then(|| (remedy, Box::new(better)))
}

fn of_verdict(better: &mut Scenario, verdict: Verdict) -> Option<Remedy> {
    match verdict {
        Verdict::NothingMayStop { works, .. } => {
            better.strategy = Strategy::InPlace { minimum_healthy: works };
            Some(Remedy::Minimum(works))
        }
        Verdict::NothingMayMove { minimum_works, .. } => {
            let Strategy::EcsRolling { minimum_healthy, .. } = &mut better.strategy else { return None };
            *minimum_healthy = minimum_works;
            Some(Remedy::Minimum(Part::Percent(minimum_works)))
        }
        Verdict::NoRoom { needed, .. } => {
            better.fleet.quota = Some(needed);
            Some(Remedy::Quota(needed))
        }
        Verdict::StepTooShort { period, periods, .. } => {
            let time = period.times(periods);
            match &mut better.strategy {
                Strategy::Canary { interval, .. } | Strategy::Linear { interval, .. } => *interval = time,
                Strategy::TrafficSplitting { evaluation_time, .. } => *evaluation_time = time,
                Strategy::AllAtOnce
                | Strategy::InPlace { .. }
                | Strategy::Rolling { .. }
                | Strategy::RollingWithAdditionalBatch { .. }
                | Strategy::Immutable
                | Strategy::BlueGreen { .. }
                | Strategy::RollingUpdate { .. }
                | Strategy::EcsRolling { .. }
                | Strategy::InstanceRefresh { .. }
                | Strategy::Steps(_) => return None,
            }
            Some(Remedy::StepTime(time))
        }
        Verdict::AlarmIsBlind { .. } => {
            better.alarm.as_mut()?.metric = Metric::NewVersionErrorRate;
            Some(Remedy::WatchNewVersion)
        }
        // When a person approves, and how long is long enough, is theirs to say.
        Verdict::NoApproval { .. } | Verdict::TooFewRequests { .. } => None,
    }
}

/// Tells a strategy on `n` instances to keep `needed` of them in service, 1 to `n`.
fn keep(strategy: &mut Strategy, n: u32, needed: u32) -> Option<Remedy> {
    let may_go = n - needed.min(n);
    // In percents where it was said in percents, as far as whole percents can say it.
    let at_most = |asked: Part, count: u32, percent: u64| match asked {
        Part::Percent(_) if percent > 0 => Part::Percent(Share::from_percent(u32::try_from(percent).unwrap_or(100))),
        Part::Percent(_) | Part::Count(_) => Part::Count(count),
    };
    let (wide, more) = (u64::from(n.max(1)), u64::from(may_go));
    // Rounded up it comes to at least what is needed.
    let minimum = Share::from_percent(u32::try_from(u64::from(needed.max(1) - 1) * 100 / wide + 1).unwrap_or(100).min(100));
    let room = Share::from_percent(u32::try_from((wide + 1).saturating_mul(100).div_ceil(wide)).unwrap_or(200));
    match strategy {
        Strategy::Rolling { batch } if may_go > 0 => {
            *batch = at_most(*batch, may_go, more * 100 / wide);
            Some(Remedy::Batch(*batch))
        }
        Strategy::Rolling { batch } => {
            *strategy = Strategy::RollingWithAdditionalBatch { batch: *batch };
            Some(Remedy::Strategy(StrategyKind::RollingWithAdditionalBatch))
        }
        Strategy::InPlace { minimum_healthy } if may_go > 0 => {
            let of_percent = minimum.of_rounded_up(n) < n;
            *minimum_healthy = match minimum_healthy {
                Part::Percent(_) if of_percent => Part::Percent(minimum),
                Part::Percent(_) | Part::Count(_) => Part::Count(needed),
            };
            Some(Remedy::Minimum(*minimum_healthy))
        }
        Strategy::InPlace { .. } => {
            *strategy = Strategy::Immutable;
            Some(Remedy::Strategy(StrategyKind::Immutable))
        }
        Strategy::RollingUpdate { max_surge, max_unavailable, .. } => {
            // Rounded down it comes to no more than may go.
            *max_unavailable = at_most(*max_unavailable, may_go, ((more + 1) * 100 - 1) / wide);
            if may_go == 0 && max_surge.of_rounded_up(n) == 0 {
                *max_surge = Part::Count(1);
            }
            Some(Remedy::Unavailable(*max_unavailable))
        }
        Strategy::EcsRolling { minimum_healthy, maximum, .. } => {
            *minimum_healthy = minimum;
            let bounds = TaskBounds::of(n, minimum, *maximum);
            if bounds.may_start(n) == 0 && bounds.may_stop(n) == 0 {
                *maximum = room;
            }
            Some(Remedy::Minimum(Part::Percent(minimum)))
        }
        Strategy::InstanceRefresh { minimum_healthy, maximum_healthy, .. } => {
            *minimum_healthy = minimum;
            if may_go == 0 && *maximum_healthy <= Share::WHOLE {
                *maximum_healthy = room;
            }
            Some(Remedy::Minimum(Part::Percent(minimum)))
        }
        Strategy::AllAtOnce
        | Strategy::RollingWithAdditionalBatch { .. }
        | Strategy::Immutable
        | Strategy::TrafficSplitting { .. }
        | Strategy::BlueGreen { .. }
        | Strategy::Canary { .. }
        | Strategy::Linear { .. }
        | Strategy::Steps(_) => None,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;
    use crate::scenario::{Alarm, NewSet};

    const fn percent(percent: u32) -> Part {
        Part::Percent(Share::from_percent(percent))
    }

    fn all(scenario: &Scenario) -> Vec<Advice> {
        traps(scenario, &Metrics::new(scenario, &crate::simulate(scenario).unwrap()))
    }

    /// The worst, and what helps; where the remedy is applied the trap must be gone.
    fn worst(scenario: &Scenario) -> Option<(Trap, Option<Remedy>)> {
        let advice = all(scenario).into_iter().next()?;
        if let Some((remedy, better)) = &advice.way_out {
            let same = |trap: &Trap| std::mem::discriminant(trap) == std::mem::discriminant(&advice.trap);
            assert!(!all(better).iter().any(|left| same(&left.trap)), "{remedy:?} does not help against {:?}", advice.trap);
        }
        Some((advice.trap, advice.way_out.map(|(remedy, _)| remedy)))
    }

    /// Ten instances of 100 requests per second each, 700 asked for.
    fn ten(strategy: Strategy) -> Scenario {
        Scenario::new(10, strategy)
    }

    #[test]
    fn a_batch_that_leaves_too_few_is_told_with_the_largest_that_does_not() {
        // Of 10 less 3 the 7 that are left serve just the 700 that are asked for.
        assert_eq!(worst(&ten(Strategy::Rolling { batch: Part::Count(3) })), None);
        // Of 10 less 4 the 6 that are left serve 600. 7 are needed, so 3 may go.
        let trap = Trap::TooFewLeft { out: 4, of: 10, left_rps: 600.0, asked_rps: 700.0 };
        assert_eq!(worst(&ten(Strategy::Rolling { batch: Part::Count(4) })), Some((trap, Some(Remedy::Batch(Part::Count(3))))));
        // 35 % of 10 is 3.5, rounded up 4; 3 of 10 are 30 %.
        assert_eq!(worst(&ten(Strategy::Rolling { batch: percent(35) })), Some((trap, Some(Remedy::Batch(percent(30))))));
        // At 950 all 10 are needed: nothing may go, and a batch comes first.
        let busy = Scenario { traffic: Some(Traffic::Constant(950.0)), ..ten(Strategy::Rolling { batch: Part::Count(1) }) };
        let trap = Trap::TooFewLeft { out: 1, of: 10, left_rps: 900.0, asked_rps: 950.0 };
        assert_eq!(worst(&busy), Some((trap, Some(Remedy::Strategy(StrategyKind::RollingWithAdditionalBatch)))));
    }

    #[test]
    fn the_others_that_take_instances_out_are_told_in_their_own_terms() {
        // 50 % of 10 stay: 5 serve 500; 7 of 10 are needed: of the percents that round up to 7, 61 % is the least.
        let trap = |out, left_rps| Trap::TooFewLeft { out, of: 10, left_rps, asked_rps: 700.0 };
        let in_place = ten(Strategy::InPlace { minimum_healthy: percent(50) });
        assert_eq!(worst(&in_place), Some((trap(5, 500.0), Some(Remedy::Minimum(percent(61))))));
        let in_place = ten(Strategy::InPlace { minimum_healthy: Part::Count(2) });
        assert_eq!(worst(&in_place), Some((trap(8, 200.0), Some(Remedy::Minimum(Part::Count(7))))));
        let refresh = Strategy::InstanceRefresh {
            minimum_healthy: Share::from_percent(60),
            maximum_healthy: Share::WHOLE,
            checkpoints: Vec::new(),
            checkpoint_delay: Duration::ZERO,
            bake: Duration::ZERO,
            auto_rollback: false,
        };
        assert_eq!(worst(&ten(refresh)), Some((trap(4, 600.0), Some(Remedy::Minimum(percent(61))))));
        // No surge, 5 below: 39 % of 10 rounded down is 3, 40 % would be 4.
        let kubernetes = |max_surge, max_unavailable| {
            ten(Strategy::RollingUpdate { max_surge, max_unavailable, progress_deadline: Duration::from_mins(10) })
        };
        assert_eq!(worst(&kubernetes(percent(0), percent(50))), Some((trap(5, 500.0), Some(Remedy::Unavailable(percent(39))))));
        assert_eq!(worst(&kubernetes(Part::Count(0), Part::Count(5))), Some((trap(5, 500.0), Some(Remedy::Unavailable(Part::Count(3))))));
        let tasks = Strategy::EcsRolling { minimum_healthy: Share::from_percent(40), maximum: Share::WHOLE, circuit_breaker: None };
        assert_eq!(worst(&ten(tasks)), Some((trap(6, 400.0), Some(Remedy::Minimum(percent(61))))));
    }

    #[test]
    fn what_lets_nothing_move_comes_first() {
        // 100 % of 3 must run and 134 % of 3 is 4.02: 4 may; with 133 % it is 3.99: 3.
        let tasks =
            |maximum| Strategy::EcsRolling { minimum_healthy: Share::WHOLE, maximum: Share::from_percent(maximum), circuit_breaker: None };
        assert_eq!(worst(&Scenario::new(3, tasks(134))), None);
        let (trap, remedy) = worst(&Scenario::new(3, tasks(133))).unwrap();
        assert!(trap.cannot_work(), "{trap:?}");
        // 2 of 3 are 66.7 %: 66 % rounds up to 2.
        assert_eq!(remedy, Some(Remedy::Minimum(percent(66))));
        let (trap, remedy) = worst(&ten(Strategy::InPlace { minimum_healthy: percent(95) })).unwrap();
        assert!(trap.cannot_work(), "{trap:?}");
        assert_eq!(remedy, Some(Remedy::Minimum(percent(90))));
    }

    #[test]
    fn a_drain_shorter_than_a_request_is_told_with_what_it_costs() {
        let mut scenario = ten(Strategy::Rolling { batch: Part::Count(3) });
        scenario.load_balancer.in_flight = Duration::from_secs(60);
        scenario.load_balancer.deregistration_delay = Duration::from_secs(10);
        let (trap, remedy) = worst(&scenario).unwrap();
        let Trap::DrainTooShort { drain, needed, lost } = trap else { panic!("{trap:?}") };
        assert_eq!((drain, needed), (Duration::from_secs(10), Duration::from_secs(60)));
        assert!(lost > 0.0);
        assert_eq!(remedy, Some(Remedy::Drain(Duration::from_secs(60))));
        // The load balancer learns of it 5 s later: those 5 s are needed too.
        scenario.load_balancer.in_flight = Duration::from_secs(2);
        scenario.load_balancer.deregistration_delay = Duration::ZERO;
        scenario.load_balancer.propagation = Duration::from_secs(5);
        assert_eq!(worst(&scenario).unwrap().1, Some(Remedy::Drain(Duration::from_secs(7))));
        // All at once drains nothing in any case.
        assert_eq!(worst(&Scenario { strategy: Strategy::AllAtOnce, ..scenario }), None);
    }

    #[test]
    fn an_alarm_that_comes_too_late_is_told_with_the_time_it_needs() {
        let linear = Strategy::Linear { percent: Share::from_percent(10), interval: Duration::from_mins(1), capacity: NewSet::Full };
        let alarm = Alarm {
            metric: Metric::ErrorRate,
            threshold: 0.05,
            period: Duration::from_mins(5),
            periods: 2,
            bake: Duration::ZERO,
            sampled: false,
            base_error_rate: 0.0,
        };
        let (trap, remedy) = worst(&Scenario { alarm: Some(alarm), ..ten(linear) }).unwrap();
        assert!(matches!(trap, Trap::Verdict(Verdict::StepTooShort { .. })), "{trap:?}");
        // 2 periods of 5 minutes. What is left then is another doubt: 10 % of the traffic against 5 % of all requests is seen.
        assert_eq!(remedy, Some(Remedy::StepTime(Duration::from_mins(10))));
    }

    #[test]
    fn one_instance_is_down_while_it_is_updated() {
        // 20 drain + 30 install + 20 startup + 3 × 10 checks, all of it without another.
        let trap = Trap::OneInstance { downtime: Duration::from_secs(100) };
        let remedy = Some(Remedy::Strategy(StrategyKind::Immutable));
        assert_eq!(worst(&Scenario::new(1, Strategy::Rolling { batch: Part::Count(1) })), Some((trap, remedy)));
        // Nothing drains.
        let trap = Trap::OneInstance { downtime: Duration::from_secs(80) };
        assert_eq!(worst(&Scenario::new(1, Strategy::AllAtOnce)), Some((trap, remedy)));
        assert_eq!(worst(&Scenario::new(1, Strategy::Immutable)), None);
        // 25 % of 1 above, rounded up, is another one first.
        let kubernetes = StrategyKind::RollingUpdate.with_defaults();
        assert_eq!(worst(&Scenario::new(1, kubernetes)), None);
        // No room for a second one: no way out.
        let mut alone = Scenario::new(1, Strategy::Rolling { batch: Part::Count(1) });
        alone.fleet.quota = Some(1);
        assert_eq!(worst(&alone).unwrap().1, None);
    }

    #[test]
    fn a_fleet_that_is_too_small_is_told_before_its_batch() {
        let scenario = Scenario { traffic: Some(Traffic::Constant(1_150.0)), ..ten(Strategy::Rolling { batch: Part::Count(3) }) };
        // 1,150 of 100 each take 12, of which 9 are left while 3 are out: that is the next trap.
        let advice = all(&scenario);
        let trap = Trap::FleetTooSmall { serves_rps: 1_000.0, asked_rps: 1_150.0, needed: 12 };
        assert_eq!((advice.len(), advice[0].trap, advice[0].way_out.as_ref().unwrap().0), (1, trap, Remedy::Instances(12)));
    }

    #[test]
    fn the_reference_deployment_of_every_strategy_holds_no_trap() {
        for kind in StrategyKind::ALL {
            assert_eq!(all(&ten(kind.with_defaults())), [], "{kind:?}");
        }
    }
}
