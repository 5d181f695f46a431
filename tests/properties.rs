//! What holds of every deployment, tried on random scenarios.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

#[path = "random_scenario/mod.rs"]
mod random_scenario;

use deployscope::engine::run;
use deployscope::metrics::Metrics;
use deployscope::scenario::{Failures, OnFailure, Release, Scenario, Step, Strategy};
use deployscope::strategy::{batch_size, fenceposts, plan};
use deployscope::timeline::{Cause, Detail, Moment, Note, Outcome, State, Timeline, Way};
use deployscope::units::{Duration, Time};
use deployscope::{engine, simulate};
use proptest::prelude::*;

const FLEETS: std::ops::RangeInclusive<u32> = 1..=30;

/// The least instances in service that a strategy promises while nothing fails.
fn promised(scenario: &Scenario) -> u32 {
    let n = scenario.fleet.instances;
    match &scenario.strategy {
        Strategy::AllAtOnce | Strategy::Steps(_) => 0,
        Strategy::InPlace { minimum_healthy } => minimum_healthy.of_rounded_up(n).min(n),
        Strategy::Rolling { batch } => n - batch_size(n, *batch),
        Strategy::RollingUpdate { max_surge, max_unavailable, .. } => n - fenceposts(n, *max_surge, *max_unavailable).unavailable,
        Strategy::RollingWithAdditionalBatch { .. }
        | Strategy::Immutable
        | Strategy::TrafficSplitting { .. }
        | Strategy::BlueGreen { .. }
        | Strategy::Canary { .. }
        | Strategy::Linear { .. } => n,
        Strategy::EcsRolling { minimum_healthy, .. } => minimum_healthy.of_rounded_up(n).min(n),
        // One at a time even where 100 % are to stay.
        Strategy::InstanceRefresh { minimum_healthy, maximum_healthy, .. } => {
            let least = minimum_healthy.of_rounded_up(n);
            if maximum_healthy.of_rounded_down(n) > n { least.min(n) } else { least.min(n - 1) }
        }
    }
}

/// The same scenario where nothing goes wrong: a healthy release, no failures, no alarm, room and time enough.
fn well(mut scenario: Scenario) -> Scenario {
    scenario.release = Release::default();
    scenario.failures = Failures::default();
    scenario.alarm = None;
    scenario.fleet.quota = None;
    scenario.on_failure = None;
    scenario.timeout = Duration::from_us(u64::MAX / 8);
    scenario
}

/// Whether a plan written by hand waits for a person, who may not come, or measures where no request may come.
fn waits_for_others(scenario: &Scenario) -> bool {
    let Strategy::Steps(steps) = &scenario.strategy else { return false };
    steps.iter().any(|step| matches!(step, Step::Approve | Step::Check { .. }))
}

/// Whether every instance is to run the new version in the end: a refresh may end at its last checkpoint.
fn brings_all(scenario: &Scenario) -> bool {
    match &scenario.strategy {
        Strategy::InstanceRefresh { checkpoints, .. } => {
            checkpoints.last().is_none_or(|last| last.of_rounded_up(scenario.fleet.instances) == scenario.fleet.instances)
        }
        _ => true,
    }
}

/// Whether nothing but the release is wrong: no instance dies and no demand changes of itself.
fn only_the_release(mut scenario: Scenario) -> Scenario {
    scenario.failures = Failures::default();
    scenario.fleet.quota = None;
    scenario
}

/// The deployment, unless it would take too long.
fn simulated(scenario: &Scenario) -> Result<Timeline, TestCaseError> {
    simulate(scenario).map_err(|engine::TooLong| TestCaseError::reject("takes longer than a hundred years"))
}

/// Times to look at: every change, and in the middle between two.
fn looks(timeline: &Timeline) -> Vec<Time> {
    let changes: Vec<Time> = timeline.moments().iter().map(|m| m.at).chain([timeline.end()]).collect();
    let middles = changes.windows(2).map(|pair| Time::from_us(pair[0].as_us().midpoint(pair[1].as_us())));
    middles.chain(changes.iter().copied()).collect()
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, max_global_rejects: u32::MAX, ..ProptestConfig::default() })]

    #[test]
    fn instances_are_never_lost_or_doubled(scenario in random_scenario::scenario(FLEETS)) {
        // A load balancer that learns late goes on using instances that drain: then being in service is not a state.
        let mut scenario = scenario;
        scenario.load_balancer.propagation = Duration::ZERO;
        let timeline = simulated(&scenario)?;
        for t in looks(&timeline) {
            let moment = timeline.at(t);
            let mut counted = [0; 7];
            for i in 0..timeline.instances() {
                let Some(presence) = timeline.life(i).at(t) else { continue };
                let in_service = presence.state == State::InService;
                counted[0] += u32::from(in_service && !presence.is_new);
                counted[1] += u32::from(in_service && presence.is_new);
                counted[2] += u32::from(in_service && i >= timeline.desired());
                counted[3] += u32::from(presence.state != State::Gone && !presence.is_new);
                counted[4] += u32::from(presence.state != State::Gone && presence.is_new);
                counted[5] += u32::from(presence.state == State::Dead);
                counted[6] += u32::from(presence.state == State::Failed);
            }
            let recorded = [moment.in_service_old(), moment.in_service_new(), moment.in_service_launched, moment.existing_old, moment.existing_new, timeline.trouble(moment).dead(), timeline.trouble(moment).failed()];
            prop_assert_eq!(counted, recorded, "at {:?}", t);
        }
    }

    #[test]
    fn where_nothing_goes_wrong_it_ends_with_the_desired_number_all_new(scenario in random_scenario::scenario(FLEETS)) {
        let scenario = well(scenario);
        prop_assume!(!waits_for_others(&scenario) && brings_all(&scenario));
        let timeline = simulated(&scenario)?;
        let (first, last) = (timeline.at(Time::ZERO), timeline.at(timeline.end()));
        match timeline.outcome() {
            Outcome::Succeeded => {
                prop_assert_eq!((last.in_service_new(), last.in_service_old()), (scenario.fleet.instances, 0));
                prop_assert_eq!(last.existing(), scenario.fleet.instances);
                prop_assert!(timeline.rolled_out().is_some_and(|t| t <= timeline.end()));
            }
            // Only one whose bounds leave no room fails, and it touches nothing.
            Outcome::Failed => {
                prop_assert!(matches!(&scenario.strategy, Strategy::InPlace { .. } | Strategy::EcsRolling { .. }), "{:?}", scenario.strategy);
                prop_assert_eq!((first, timeline.end()), (last, Time::ZERO));
            }
            Outcome::RolledBack => prop_assert!(false, "nothing went wrong: {:?} {:?}", scenario.strategy, timeline.log().iter().filter(|e| matches!(e.note, Note::Failed(_) | Note::NoQuota { .. })).collect::<Vec<_>>()),
        }
    }

    #[test]
    fn it_ends_in_one_of_three_ways_and_adds_up(scenario in random_scenario::scenario(FLEETS)) {
        let timeline = simulated(&scenario)?;
        let last = timeline.at(timeline.end());
        let new_share = timeline.shares(last, timeline.end()).1;
        match timeline.outcome() {
            Outcome::Succeeded => {
                prop_assert!(timeline.went_back().is_none());
                if brings_all(&scenario) && scenario.on_failure != Some(OnFailure::Ignore) && scenario.failures == Failures::default() && scenario.release.crash_after.is_none()
                    && !matches!(scenario.strategy, Strategy::InPlace { .. })
                {
                    prop_assert_eq!(last.in_service_old(), 0);
                    prop_assert_eq!(last.existing_new, scenario.fleet.instances);
                }
            }
            // All traffic is on the version that was there before.
            Outcome::RolledBack => {
                prop_assert!(timeline.went_back().is_some());
                prop_assert!(timeline.phases().iter().any(|phase| phase.way == Way::Back));
                prop_assert!(new_share < 1e-9, "{new_share} still goes to the new version");
                prop_assert_eq!(last.in_service_new(), 0);
            }
            Outcome::Failed => {
                prop_assert!(timeline.log().iter().any(|entry| matches!(entry.note, Note::Failed(_))), "it says why");
            }
        }
        prop_assert!(timeline.failed_at().is_some() || timeline.outcome() == Outcome::Succeeded);
        let metrics = Metrics::new(&scenario, &timeline);
        let by_cause: f64 = metrics.requests_failed_by_cause.values().sum();
        prop_assert!(close(by_cause, metrics.requests_failed));
        prop_assert_eq!(metrics.instances_left_old + metrics.instances_left_new + metrics.instances_left_failed, last.existing());
    }

    #[test]
    fn a_new_set_that_fails_never_touches_the_old_one(scenario in random_scenario::scenario(FLEETS), strategy in 0_usize..5) {
        let mut scenario = only_the_release(scenario);
        use deployscope::scenario::StrategyKind as Kind;
        scenario.strategy = [Kind::Immutable, Kind::TrafficSplitting, Kind::BlueGreen, Kind::Canary, Kind::Linear][strategy].with_defaults();
        scenario.release.crash_after = None;
        scenario.on_failure = None;
        let timeline = simulated(&scenario)?;
        if timeline.outcome() == Outcome::RolledBack && timeline.phases().iter().all(|phase| phase.label != deployscope::plan::PhaseLabel::OldSetEnds) {
            let least = timeline.moments().iter().map(Moment::in_service_old).min();
            prop_assert_eq!(least, Some(scenario.fleet.instances));
            // And nobody but the share that was promised met the new version.
            let promised = match &scenario.strategy {
                Strategy::TrafficSplitting { new_version, .. } => new_version.as_fraction(),
                Strategy::Canary { percent, .. } => percent.as_fraction(),
                _ => 1.0,
            };
            let totals = timeline.totals();
            prop_assert!(totals.exposed <= totals.requests * promised * (1.0 + 1e-9) + 1e-6, "{totals:?}");
            if matches!(scenario.strategy, Strategy::TrafficSplitting { .. } | Strategy::Canary { .. }) {
                prop_assert!(totals.failed[Cause::NewVersionError as usize] <= totals.exposed * (1.0 + 1e-9));
            }
        }
    }

    #[test]
    fn capacity_never_falls_below_what_the_strategy_promises(scenario in random_scenario::scenario(FLEETS)) {
        let scenario = well(scenario);
        prop_assume!(!waits_for_others(&scenario));
        let mut scenario = scenario;
        // With a load balancer that learns late the platform keeps its promise, and the balancer does not.
        scenario.load_balancer.propagation = Duration::ZERO;
        let timeline = simulated(&scenario)?;
        let least = timeline.moments().iter().map(Moment::in_service).min();
        prop_assert!(least >= Some(promised(&scenario)), "{:?} in service, {} promised", least, promised(&scenario));
    }

    #[test]
    fn shares_sum_to_one_or_nothing_is_served(scenario in random_scenario::scenario(FLEETS)) {
        let timeline = simulated(&scenario)?;
        for t in looks(&timeline) {
            let moment = timeline.at(t);
            let (old, new) = timeline.shares(moment, t);
            let nothing = (old, new) == (0.0, 0.0);
            prop_assert!(nothing || close(old + new, 1.0), "{old} and {new} at {t:?}");
            // Something in service is served, unless every client goes to a group that is dead or has ended.
            let trouble = timeline.trouble(moment);
            let elsewhere = timeline.route(moment).is_moving(t) || trouble.dead() + trouble.failed() > 0;
            let split = timeline.route(moment).share_new(t).is_some() && (scenario.failures != Failures::default() || scenario.release != Release::default());
            prop_assert!(!nothing || moment.in_service() == 0 || elsewhere || split, "nothing is served at {t:?}");
        }
    }

    #[test]
    fn requests_are_served_or_fail(scenario in random_scenario::scenario(FLEETS)) {
        let timeline = simulated(&scenario)?;
        let totals = timeline.totals();
        prop_assert!(close(totals.served + totals.failed_total(), totals.requests), "{totals:?}");
        prop_assert!(totals.served >= -1e-9 * totals.requests && totals.failed.iter().all(|f| *f >= -1e-9 * totals.requests), "{totals:?}");
        for t in looks(&timeline) {
            let rates = timeline.rates(t);
            prop_assert!(close(rates.served() + rates.failed(), rates.demand), "{rates:?}");
            prop_assert!(rates.served() <= rates.capacity * (1.0 + 1e-9) + 1e-9, "{rates:?}");
        }
        let seconds = timeline.end().as_secs_f64() * (1.0 + 1e-9);
        prop_assert!(totals.downtime_s <= totals.degraded_s * (1.0 + 1e-9) + 1e-9 && totals.degraded_s <= seconds + 1e-9);
        prop_assert!(totals.mixed_versions_s <= seconds);
        let availability = Metrics::new(&scenario, &timeline).availability;
        prop_assert!((0.0..=1.0).contains(&availability), "{availability}");
    }

    #[test]
    fn phases_fill_the_whole_deployment(scenario in random_scenario::scenario(FLEETS)) {
        let timeline = simulated(&scenario)?;
        let phases = timeline.phases();
        prop_assert_eq!(phases[0].from, Time::ZERO);
        prop_assert!(phases.windows(2).all(|pair| pair[0].to == pair[1].from));
        let sum = phases.iter().fold(Duration::ZERO, |sum, phase| sum + phase.to.since(phase.from));
        prop_assert_eq!(sum, timeline.end().since(Time::ZERO));
        prop_assert!(timeline.log().windows(2).all(|pair| pair[0].at <= pair[1].at));
        prop_assert!(timeline.moments().windows(2).all(|pair| pair[0].at < pair[1].at));
        prop_assert_eq!(timeline.log().last().map(|entry| entry.at), Some(timeline.end()));
    }

    #[test]
    fn the_same_seed_gives_the_same_bytes_on_any_thread(scenario in random_scenario::scenario(FLEETS)) {
        let timeline = simulated(&scenario)?;
        let json = |timeline: &Timeline| serde_json::to_string(&Metrics::new(&scenario, timeline)).unwrap();
        let first = json(&timeline);
        std::thread::scope(|scope| {
            let others: Vec<_> = (0..2).map(|_| scope.spawn(|| simulate(&scenario).unwrap())).collect();
            for other in others {
                let other = other.join().unwrap();
                prop_assert_eq!(&other, &timeline);
                prop_assert_eq!(json(&other), first.clone());
            }
            Ok(())
        })?;
        // Keeping less changes no figure.
        let outline = run(&scenario, &plan(&scenario), Detail::Outline).unwrap();
        prop_assert_eq!(outline.totals(), timeline.totals());
        prop_assert_eq!(outline.end(), timeline.end());
    }

    #[test]
    fn exact_totals_agree_with_sums_over_many_looks(scenario in random_scenario::scenario(1..=8)) {
        // Where the demand is constant and clients switch at once, every stretch is constant: a look in its middle
        // tells all of it.
        let mut scenario = scenario;
        scenario.traffic = None;
        scenario.failures.events.retain(|event| !matches!(event, deployscope::scenario::Event::Demand { .. }));
        if let Strategy::BlueGreen { switch, .. } = &mut scenario.strategy {
            *switch = deployscope::scenario::Switch::LoadBalancer;
        }
        let timeline = simulated(&scenario)?;
        let changes: Vec<Time> = timeline.moments().iter().map(|m| m.at).chain([timeline.end()]).collect();
        let (mut requests, mut failed, mut down) = (0.0, 0.0, 0.0);
        for pair in changes.windows(2) {
            let seconds = pair[1].since(pair[0]).as_secs_f64();
            let rates = timeline.rates(Time::from_us(pair[0].as_us().midpoint(pair[1].as_us())));
            requests += rates.demand * seconds;
            failed += rates.failed() * seconds;
            down += if rates.capacity == 0.0 { seconds } else { 0.0 };
        }
        let totals = timeline.totals();
        let cut = totals.failed[deployscope::timeline::Cause::CutOff as usize];
        prop_assert!(close(totals.failed_total() - cut, failed), "{} is not {failed}", totals.failed_total() - cut);
        prop_assert!(totals.requests >= requests * (1.0 - 1e-9));
        prop_assert!(close(totals.downtime_s, down));
    }
}
