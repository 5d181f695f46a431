//! What holds of every deployment, tried on random scenarios.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

#[path = "random_scenario/mod.rs"]
mod random_scenario;

use deployscope::engine::run;
use deployscope::metrics::Metrics;
use deployscope::scenario::{Scenario, Strategy};
use deployscope::strategy::{batch_size, fenceposts, plan};
use deployscope::timeline::{Detail, Moment, Outcome, State, Timeline};
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
    }
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
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn instances_are_never_lost_or_doubled(scenario in random_scenario::scenario(FLEETS)) {
        let timeline = simulated(&scenario)?;
        for t in looks(&timeline) {
            let moment = timeline.at(t);
            let mut counted = [0; 5];
            for i in 0..timeline.instances() {
                let Some(presence) = timeline.life(i).at(t) else { continue };
                let in_service = presence.state == State::InService;
                counted[0] += u32::from(in_service && !presence.is_new);
                counted[1] += u32::from(in_service && presence.is_new);
                counted[2] += u32::from(in_service && i >= timeline.desired());
                counted[3] += u32::from(presence.state != State::Gone && !presence.is_new);
                counted[4] += u32::from(presence.state != State::Gone && presence.is_new);
            }
            let recorded = [moment.in_service_old, moment.in_service_new, moment.in_service_launched, moment.existing_old, moment.existing_new];
            prop_assert_eq!(counted, recorded, "at {:?}", t);
        }
    }

    #[test]
    fn a_success_ends_with_the_desired_number_all_new(scenario in random_scenario::scenario(FLEETS)) {
        let timeline = simulated(&scenario)?;
        let (first, last) = (timeline.at(Time::ZERO), timeline.at(timeline.end()));
        match timeline.outcome() {
            Outcome::Succeeded => {
                prop_assert_eq!((last.in_service_new, last.in_service_old), (scenario.fleet.instances, 0));
                prop_assert_eq!(last.existing(), scenario.fleet.instances);
                prop_assert!(timeline.rolled_out().is_some_and(|t| t <= timeline.end()));
            }
            // Only an in-place deployment whose minimum leaves no room fails, and it touches nothing.
            Outcome::Failed => {
                prop_assert!(matches!(&scenario.strategy, Strategy::InPlace { .. }), "{:?}", scenario.strategy);
                prop_assert_eq!((first, timeline.end()), (last, Time::ZERO));
            }
        }
    }

    #[test]
    fn capacity_never_falls_below_what_the_strategy_promises(scenario in random_scenario::scenario(FLEETS)) {
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
            // Something in service is served, unless every client still goes to an environment that has ended.
            let stale = timeline.route(moment).is_moving(t);
            prop_assert!(!nothing || moment.in_service() == 0 || stale, "nothing is served at {t:?}");
        }
    }

    #[test]
    fn requests_are_served_or_fail(scenario in random_scenario::scenario(FLEETS)) {
        let timeline = simulated(&scenario)?;
        let totals = timeline.totals();
        prop_assert!(close(totals.served + totals.failed_total(), totals.requests), "{totals:?}");
        prop_assert!(totals.served >= -1e-9 * totals.requests && totals.failed.iter().all(|f| *f >= 0.0), "{totals:?}");
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
