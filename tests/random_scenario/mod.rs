//! Random scenarios for property tests: every field, every strategy, all of them valid.

use std::ops::RangeInclusive;

use deployscope::scenario::{
    Alarm, AllUnhealthy, CircuitBreaker, Event, Failures, Fleet, Group, HealthCheck, Late, LoadBalancer, Metric, NewSet, OnFailure, Part,
    Places, Recovery, Release, Scenario, Spread, Step, Strategy, Switch, Threshold, Timings, Traffic, limits,
};
use deployscope::units::{Duration, Share};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::strategy::Strategy as _;

/// Any valid scenario of so many instances.
pub fn scenario(instances: RangeInclusive<u32>) -> impl proptest::strategy::Strategy<Value = Scenario> {
    instances.prop_flat_map(|instances| {
        // Boxed: the types of all these would not fit on a test's stack.
        let texts = (text(), text()).boxed();
        let service = (fleet(instances).boxed(), option::of(traffic().boxed()), timings().boxed(), load_balancer().boxed());
        let answers = (option::of(alarm()), option::of(on_failure()), some_time(), any::<u64>()).boxed();
        let trouble = (release().boxed(), failures().boxed(), answers);
        (texts, service, strategy(instances).boxed(), trouble).prop_map(|(texts, service, strategy, trouble)| {
            let (name, description) = texts;
            let (fleet, traffic, timings, load_balancer) = service;
            let (release, failures, (alarm, on_failure, timeout, seed)) = trouble;
            Scenario {
                name,
                description,
                fleet,
                traffic,
                timings,
                load_balancer,
                strategy,
                release,
                failures,
                alarm,
                on_failure,
                timeout,
                seed,
            }
        })
    })
}

fn text() -> impl proptest::strategy::Strategy<Value = String> {
    prop_oneof![Just(String::new()), vec(any::<char>(), 0..40).prop_map(String::from_iter)]
}

/// Round ones and odd ones, 0 too.
fn duration() -> impl proptest::strategy::Strategy<Value = Duration> {
    prop_oneof![(0_u64..=600).prop_map(Duration::from_secs), (0..=limits::MAX_DURATION.as_us()).prop_map(Duration::from_us)]
}

fn some_time() -> impl proptest::strategy::Strategy<Value = Duration> {
    duration().prop_map(|d| d.max(Duration::from_us(1)))
}

fn spread() -> impl proptest::strategy::Strategy<Value = Spread> {
    prop_oneof![
        duration().prop_map(Spread::Fixed),
        (duration(), duration()).prop_map(|(a, b)| Spread::Uniform { from: a.min(b), to: a.max(b) }),
        (duration(), duration()).prop_map(|(mean, deviation)| Spread::Normal { mean, deviation }),
        (some_time(), some_time()).prop_map(|(a, b)| Spread::LogNormal { median: a.min(b), p95: a.max(b) }),
    ]
}

fn rps() -> impl proptest::strategy::Strategy<Value = f64> {
    prop_oneof![(0_u32..2_000).prop_map(f64::from), 0.0..=limits::MAX_RPS]
}

fn fraction() -> impl proptest::strategy::Strategy<Value = f64> {
    0.0..=1.0
}

fn share(least_ppm: u32) -> impl proptest::strategy::Strategy<Value = Share> {
    prop_oneof![(1_u32..=100).prop_map(Share::from_percent), (least_ppm..=1_000_000).prop_map(Share::from_ppm)]
}

/// A part that may be nothing.
fn part() -> impl proptest::strategy::Strategy<Value = Part> {
    prop_oneof![(0..=20_u32).prop_map(Part::Count), share(0).prop_map(Part::Percent)]
}

/// A part that is something.
fn batch() -> impl proptest::strategy::Strategy<Value = Part> {
    prop_oneof![(1..=20_u32).prop_map(Part::Count), share(1).prop_map(Part::Percent)]
}

fn fleet(instances: u32) -> impl proptest::strategy::Strategy<Value = Fleet> {
    (prop_oneof![Just(100.0), 0.001..=limits::MAX_RPS], option::of(instances..=instances.saturating_mul(3)))
        .prop_map(move |(capacity_rps, quota)| Fleet { instances, capacity_rps, quota })
}

fn traffic() -> impl proptest::strategy::Strategy<Value = Traffic> {
    prop_oneof![
        rps().prop_map(Traffic::Constant),
        (rps(), vec((some_time(), rps()), 0..8)).prop_map(|(first, mut later)| {
            later.sort_by_key(|(at, _)| *at);
            later.dedup_by_key(|(at, _)| *at);
            Traffic::Steps([(Duration::ZERO, first)].into_iter().chain(later).collect())
        }),
        (rps(), fraction(), duration()).prop_map(|(mean, part, period)| Traffic::Wave {
            mean,
            amplitude: mean * part,
            period: period.max(limits::MIN_WAVE_PERIOD)
        }),
        (rps(), rps(), some_time()).prop_map(|(from, to, over)| Traffic::Ramp { from, to, over }),
    ]
}

fn timings() -> impl proptest::strategy::Strategy<Value = Timings> {
    (spread(), spread(), spread(), duration()).prop_map(|(boot, install, startup, settle)| Timings { boot, install, startup, settle })
}

fn load_balancer() -> impl proptest::strategy::Strategy<Value = LoadBalancer> {
    let threshold = || prop_oneof![1_u32..=5, 1..=limits::MAX_THRESHOLD];
    let check = (duration(), threshold(), threshold()).prop_map(|(interval, healthy_threshold, unhealthy_threshold)| HealthCheck {
        interval: interval.max(limits::MIN_CHECK_INTERVAL),
        healthy_threshold,
        unhealthy_threshold,
    });
    let all_unhealthy = prop_oneof![Just(AllUnhealthy::FailOpen), Just(AllUnhealthy::Refuse)];
    let propagation = prop_oneof![Just(Duration::ZERO), duration()];
    (duration(), check, duration(), propagation, all_unhealthy).prop_map(
        |(deregistration_delay, health_check, in_flight, propagation, all_unhealthy)| LoadBalancer {
            deregistration_delay,
            health_check,
            in_flight: in_flight.min(limits::MAX_IN_FLIGHT),
            propagation,
            all_unhealthy,
        },
    )
}

fn strategy(instances: u32) -> impl proptest::strategy::Strategy<Value = Strategy> {
    let new_set = || prop_oneof![Just(NewSet::Full), Just(NewSet::Proportional)];
    let ttl = || duration().prop_map(|ttl| ttl.min(limits::MAX_TTL));
    let late = (share(1), ttl()).prop_map(|(share, over)| Late { share, over });
    let dns = (ttl(), option::of(late))
        .prop_map(|(ttl, late)| Switch::Dns { ttl, late: late.map(|late| Late { over: late.over.max(ttl), ..late }) });
    let switch = prop_oneof![Just(Switch::LoadBalancer), dns];
    prop_oneof![
        Just(Strategy::AllAtOnce),
        part().prop_map(|minimum_healthy| Strategy::InPlace { minimum_healthy }),
        batch().prop_map(|batch| Strategy::Rolling { batch }),
        batch().prop_map(|batch| Strategy::RollingWithAdditionalBatch { batch }),
        Just(Strategy::Immutable),
        (share(10_000), some_time()).prop_map(|(new_version, evaluation_time)| Strategy::TrafficSplitting { new_version, evaluation_time }),
        (switch, duration()).prop_map(|(switch, bake)| Strategy::BlueGreen { switch, bake }),
        (share(limits::MIN_STEP_PPM), duration(), new_set()).prop_map(|(percent, interval, capacity)| Strategy::Canary {
            percent,
            interval,
            capacity
        }),
        (share(limits::MIN_STEP_PPM), duration(), new_set()).prop_map(|(percent, interval, capacity)| Strategy::Linear {
            percent,
            interval,
            capacity
        }),
        (part(), part(), some_time()).prop_map(|(max_surge, max_unavailable, progress_deadline)| Strategy::RollingUpdate {
            max_surge,
            max_unavailable,
            progress_deadline
        }),
        ecs_rolling(),
        instance_refresh(),
        steps(instances).prop_map(Strategy::Steps),
    ]
}

/// From 100 % to 200 %.
fn up_to_twice() -> impl proptest::strategy::Strategy<Value = Share> {
    prop_oneof![(100_u32..=200).prop_map(Share::from_percent), (1_000_000_u32..=2_000_000).prop_map(Share::from_ppm)]
}

fn ecs_rolling() -> impl proptest::strategy::Strategy<Value = Strategy> {
    let threshold = prop_oneof![
        Just(Threshold::DEFAULT),
        share(1).prop_map(Threshold::BoundedPercent),
        share(1).prop_map(Threshold::UnboundedPercent),
        (1_u32..=20).prop_map(Threshold::Count),
    ];
    let breaker = (threshold, any::<bool>()).prop_map(|(threshold, rollback)| CircuitBreaker { threshold, rollback });
    (share(0), up_to_twice(), option::of(breaker)).prop_map(|(minimum_healthy, maximum, circuit_breaker)| Strategy::EcsRolling {
        minimum_healthy,
        maximum,
        circuit_breaker,
    })
}

fn instance_refresh() -> impl proptest::strategy::Strategy<Value = Strategy> {
    let maximum = prop_oneof![Just(Share::WHOLE), up_to_twice()];
    let checkpoints = vec(share(10_000), 0..4).prop_map(|mut shares| {
        shares.sort();
        shares.dedup();
        shares
    });
    (share(0), maximum, checkpoints, duration(), duration(), any::<bool>()).prop_map(
        |(minimum_healthy, maximum, checkpoints, checkpoint_delay, bake, auto_rollback)| Strategy::InstanceRefresh {
            minimum_healthy,
            // No more than 100 % above the minimum.
            maximum_healthy: maximum.min(Share::from_ppm(minimum_healthy.as_ppm() + 1_000_000)),
            checkpoints,
            checkpoint_delay,
            bake,
            auto_rollback,
        },
    )
}

/// Plans that bring the whole fleet to the new version, in each of the ways there are.
fn steps(instances: u32) -> impl proptest::strategy::Strategy<Value = Vec<Step>> {
    const END_OLD: Step = Step::Terminate { group: Group::Old };
    const END_NEW: Step = Step::Terminate { group: Group::New };
    let launch = |n: u32| Step::Launch { instances: Part::Count(n) };
    let all = Step::Launch { instances: Part::Percent(Share::WHOLE) };
    let all_again = all.clone();
    let updates = move || {
        (1_u32..=5, duration()).prop_map(move |(batches, pause)| {
            let batch = instances.div_ceil(batches);
            let update = Step::Update { instances: Part::Count(batch) };
            // As many as it takes: fewer than asked for where rounding up makes them larger.
            vec![[update, Step::Wait(pause)]; instances.div_ceil(batch) as usize].concat()
        })
    };
    prop_oneof![
        updates(),
        (1_u32..=20, updates()).prop_map(move |(extra, updates)| [vec![launch(extra)], updates, vec![END_NEW]].concat()),
        (1..=instances).prop_map(move |first| {
            let rest = instances - first;
            let launches = [first, rest].into_iter().filter(|n| *n > 0).map(launch);
            launches.chain([END_OLD]).collect()
        }),
        shifts().prop_map(move |shifts| [vec![all.clone()], shifts, vec![Step::Shift { to: Share::WHOLE }, END_OLD]].concat()),
        (shifts(), updates()).prop_map(move |(shifts, updates)| {
            [vec![all_again.clone()], shifts, updates, vec![Step::Shift { to: Share::NONE }, END_NEW]].concat()
        }),
        replacements(instances),
    ]
}

/// A step after which nothing of the fleet has changed.
fn pause() -> impl proptest::strategy::Strategy<Value = Step> {
    let check = (metric(), fraction(), period(), 1_u32..=5).prop_map(|(metric, threshold, over, failures)| Step::Check {
        metric,
        threshold,
        over,
        failures,
    });
    prop_oneof![4 => duration().prop_map(Step::Wait), 2 => check, 1 => Just(Step::Approve)]
}

fn shifts() -> impl proptest::strategy::Strategy<Value = Vec<Step>> {
    vec((share(0), pause()), 0..6).prop_map(|shifts| shifts.into_iter().flat_map(|(to, pause)| [Step::Shift { to }, pause]).collect())
}

/// A rolling replacement that pauses on its way.
fn replacements(instances: u32) -> impl proptest::strategy::Strategy<Value = Vec<Step>> {
    let bounds = prop_oneof![(batch(), part()), (part(), batch())];
    (vec((1..=instances, pause()), 0..4), bounds).prop_map(move |(mut stops, (max_surge, max_unavailable))| {
        stops.sort_by_key(|(to, _)| *to);
        stops.dedup_by_key(|(to, _)| *to);
        stops.retain(|(to, _)| *to < instances);
        let replace = |to: u32| Step::Replace { to: Part::Count(to), max_surge, max_unavailable };
        stops.into_iter().flat_map(|(to, pause)| [replace(to), pause]).chain([replace(instances)]).collect()
    })
}

fn release() -> impl proptest::strategy::Strategy<Value = Release> {
    let healthy_or = |share: BoxedStrategy<f64>| prop_oneof![Just(0.0), share];
    let factor = prop_oneof![Just(1.0), 0.001..=limits::MAX_CAPACITY_FACTOR];
    let places = prop_oneof![1 => (1_u32..=20).prop_map(Places::Last), 1 => (1_u32..=20).prop_map(Places::Place)];
    (healthy_or(fraction().boxed()), healthy_or(fraction().boxed()), option::of(places), option::of(spread()), factor).prop_map(
        |(error_rate, startup_failure, startup_failure_of, crash_after, capacity_factor)| Release {
            error_rate,
            startup_failure,
            startup_failure_of,
            crash_after,
            capacity_factor,
        },
    )
}

fn failures() -> impl proptest::strategy::Strategy<Value = Failures> {
    let event = prop_oneof![
        (duration(), 1..=limits::MAX_INSTANCES).prop_map(|(at, instances)| Event::Kill { at, instances }),
        (duration(), 1..=60_u32).prop_map(|(at, instance)| Event::KillInstance { at, instance }),
        (duration(), fraction()).prop_map(|(at, error_rate)| Event::TurnBad { at, error_rate }),
        duration().prop_map(|at| Event::TurnGood { at }),
        (duration(), rps()).prop_map(|(at, rps)| Event::Demand { at, rps }),
        duration().prop_map(|at| Event::Abort { at }),
        duration().prop_map(|at| Event::Approve { at }),
    ];
    let recovery = prop_oneof![Just(Recovery::Restart), Just(Recovery::Replace)];
    // Mostly days: an instance that dies every minute of a run of months is for the one test that looks for the limits.
    let mtbf = prop_oneof![1 => Just(limits::MIN_MTBF.times(60)), 30 => (43_200_u64..=2_592_000).prop_map(Duration::from_secs)];
    (option::of(mtbf), vec(event, 0..6), option::of(recovery)).prop_map(|(instance_mtbf, events, recovery)| Failures {
        instance_mtbf,
        events,
        recovery,
    })
}

fn metric() -> impl proptest::strategy::Strategy<Value = Metric> {
    prop_oneof![Just(Metric::ErrorRate), Just(Metric::NewVersionErrorRate), Just(Metric::CapacityFraction)]
}

/// The time of one measurement.
fn period() -> impl proptest::strategy::Strategy<Value = Duration> {
    duration().prop_map(|d| d.max(limits::MIN_ALARM_PERIOD))
}

fn alarm() -> impl proptest::strategy::Strategy<Value = Alarm> {
    let periods = prop_oneof![1_u32..=3, 1..=limits::MAX_THRESHOLD];
    let bake = prop_oneof![Just(Duration::ZERO), duration()];
    let base = prop_oneof![Just(0.0), fraction()];
    (metric(), fraction(), period(), periods, bake, any::<bool>(), base).prop_map(
        |(metric, threshold, period, periods, bake, sampled, base_error_rate)| Alarm {
            metric,
            threshold,
            period,
            periods,
            bake,
            sampled,
            base_error_rate,
        },
    )
}

fn on_failure() -> impl proptest::strategy::Strategy<Value = OnFailure> {
    prop_oneof![
        Just(OnFailure::Rollback),
        Just(OnFailure::Stop),
        Just(OnFailure::Ignore),
        duration().prop_map(|after| OnFailure::Redeploy { after })
    ]
}
