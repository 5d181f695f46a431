//! Each strategy on several fleets and settings, worked out by hand from the timing rules.
//!
//! Unless a test says otherwise an instance takes 100 s in place (20 drain + 30 install + 20 startup + 3 × 10 checks),
//! 80 s without the drain, and 140 s when it is new (60 boot + 30 + 20 + 30); demand is 70 % of the fleet's capacity.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

use deployscope::metrics::Metrics;
use deployscope::scenario::{Group, NewSet, Part, Scenario, Spread, Step, Strategy, Switch, Traffic};
use deployscope::simulate;
use deployscope::strategy::{batch_size, schedule};
use deployscope::timeline::{Moment, Note, Timeline, Why};
use deployscope::units::{Duration, Share, Time};

const fn count(n: u32) -> Part {
    Part::Count(n)
}

const fn percent(n: u32) -> Part {
    Part::Percent(Share::from_percent(n))
}

const fn share(n: u32) -> Share {
    Share::from_percent(n)
}

const fn secs(n: u64) -> Duration {
    Duration::from_secs(n)
}

fn run(scenario: &Scenario) -> (Timeline, Metrics) {
    let timeline = simulate(scenario).unwrap();
    let metrics = Metrics::new(scenario, &timeline);
    (timeline, metrics)
}

fn figures(instances: u32, strategy: Strategy) -> Metrics {
    run(&Scenario::new(instances, strategy)).1
}

/// Duration, least in service, most instances, seconds without any in service.
fn outline(instances: u32, strategy: Strategy) -> (f64, u32, u32, f64) {
    let (timeline, m) = run(&Scenario::new(instances, strategy));
    assert_eq!(m.outcome, "succeeded");
    let least = timeline.moments().iter().map(Moment::in_service).min().unwrap();
    assert_eq!(m.min_capacity_fraction, f64::from(least) / f64::from(instances));
    (m.duration_s, least, m.max_instances, m.downtime_s)
}

#[test]
fn all_at_once_is_down_for_one_update_whatever_the_fleet() {
    for n in [1, 2, 7, 10, 1_000] {
        // No drain: 30 + 20 + 30 = 80 s, and nothing serves meanwhile.
        assert_eq!(outline(n, Strategy::AllAtOnce), (80.0, 0, n, 80.0), "{n} instances");
    }
}

#[test]
fn all_at_once_cuts_what_is_in_flight() {
    // 3 instances, 210 rps asked for, a request takes 5 s: 1,050 are in flight when everything stops.
    let mut scenario = Scenario::new(3, Strategy::AllAtOnce);
    scenario.traffic = Some(Traffic::Constant(210.0));
    scenario.load_balancer.in_flight = secs(5);
    let (_, m) = run(&scenario);
    assert_eq!(m.requests_failed_by_cause["cut_off"], 1_050.0);
    assert_eq!(m.requests_failed_by_cause["no_capacity"], 210.0 * 80.0);
}

#[test]
fn in_place_keeps_the_minimum_and_slides() {
    // (fleet, minimum healthy, at a time, duration): ⌈fleet / at a time⌉ × 100 s, since all take the same time.
    // CodeDeploy's guide, "Instance health": 9 hosts with HOST_COUNT 6: three at a time; 9 with 40 %: ⌈3.6⌉ = 4 must
    // stay, five at a time; HalfAtATime of 9: ⌈4.5⌉ = 5 stay, four at a time; 99 % of 100: one at a time.
    for (n, minimum, at_a_time, duration) in [
        (9, count(6), 3, 300.0),
        (9, percent(40), 5, 200.0),
        (9, percent(50), 4, 300.0),
        (10, count(9), 1, 1_000.0),
        (10, percent(85), 1, 1_000.0),
        (10, count(8), 2, 500.0),
        (7, percent(30), 4, 200.0),
        (100, percent(99), 1, 10_000.0),
        (1, count(0), 1, 100.0),
        (10, count(0), 10, 100.0),
        (1_000, percent(75), 250, 400.0),
    ] {
        let down = if at_a_time == n { 80.0 + 20.0 } else { 0.0 };
        assert_eq!(
            outline(n, Strategy::InPlace { minimum_healthy: minimum }),
            (duration, n - at_a_time, n, down),
            "{n} instances, minimum {minimum:?}"
        );
    }
}

#[test]
fn in_place_fails_at_once_where_the_minimum_leaves_no_room() {
    // CodeDeploy's guide: 10 instances at 95 %: ⌈9.5⌉ = 10 must stay healthy: nothing is deployed. 67 % of 3 is 3.
    for (n, minimum) in [(10, percent(95)), (3, percent(67)), (1, percent(75)), (4, count(4)), (4, count(5))] {
        let (timeline, m) = run(&Scenario::new(n, Strategy::InPlace { minimum_healthy: minimum }));
        assert_eq!((m.outcome, m.duration_s, m.requests_total, m.availability), ("failed", 0.0, 0.0, 1.0));
        assert!(timeline.log().iter().any(|entry| matches!(entry.note, Note::Failed(Why::NoRoom { healthy, .. }) if healthy == n)));
        assert_eq!(timeline.at(Time::ZERO).in_service_old(), n);
    }
}

#[test]
fn a_sliding_window_is_not_a_batch() {
    // Three instances, two at a time, installs of 10 to 50 s: the third starts when the first of the two is done, not
    // when both are.
    let mut scenario = Scenario::new(3, Strategy::InPlace { minimum_healthy: count(1) });
    scenario.timings.install = Spread::Uniform { from: secs(10), to: secs(50) };
    let timeline = simulate(&scenario).unwrap();
    let in_service = |i| timeline.life(i).presences().last().unwrap().since;
    let third_leaves = timeline.life(2).presences().nth(1).unwrap().since;
    assert_eq!(third_leaves, in_service(0).min(in_service(1)));
    assert_ne!(in_service(0), in_service(1), "the two take different times with this seed");
}

#[test]
fn rolling_takes_a_batch_after_another() {
    // (fleet, batch, its size, batches): ⌈fleet / size⌉ × 100 s. Percentages round up, to at least one instance.
    for (n, batch, size, batches) in [
        (4, count(1), 1, 4),
        (5, count(5), 5, 1),
        (12, count(5), 5, 3),
        (5, count(7), 5, 1),
        (1, count(1), 1, 1),
        (1, percent(30), 1, 1),
        (8, percent(25), 2, 4),
        (7, percent(50), 4, 2),
        (10, percent(33), 4, 3),
        (4, percent(10), 1, 4),
        (6, percent(75), 5, 2),
        (1_000, percent(30), 300, 4),
        (1_000, count(7), 7, 143),
    ] {
        assert_eq!(batch_size(n, batch), size);
        let down = if size == n { 100.0 } else { 0.0 };
        assert_eq!(
            outline(n, Strategy::Rolling { batch }),
            (100.0 * f64::from(batches), n - size, n, down),
            "{n} instances, batch {batch:?}"
        );
    }
}

#[test]
fn rolling_on_a_busy_day_refuses_what_is_beyond_the_capacity() {
    // 10 instances of 100 rps, 800 asked for, batches of 3, 3, 3 and 1. While three are out 700 are served: 100 rps fail
    // for 300 s. The last batch leaves 900: nothing fails.
    let mut scenario = Scenario::new(10, Strategy::Rolling { batch: count(3) });
    scenario.traffic = Some(Traffic::Constant(800.0));
    let (_, m) = run(&scenario);
    assert_eq!((m.degraded_s, m.downtime_s), (300.0, 0.0));
    assert_eq!(m.requests_failed_by_cause["overload"], 30_000.0);
    assert_eq!(m.availability, 1.0 - 30_000.0 / 320_000.0);
    // 3 of 7 serve 300 rps, 6 of 7 serve 600, then 9 new ones serve all 800: 30,000 + 60,000 + 80,000.
    assert_eq!(m.exposed_requests, 170_000.0);
}

#[test]
fn a_batch_waits_until_it_has_settled() {
    // 2 minutes of staying healthy (Elastic Beanstalk's enhanced health, web tier) after each batch's 100 s, with the
    // batch in service meanwhile: 2 × 220 s, of which 2 × 100 s at half capacity.
    let mut scenario = Scenario::new(4, Strategy::Rolling { batch: count(2) });
    scenario.timings.settle = secs(120);
    scenario.traffic = Some(Traffic::Constant(300.0));
    let (_, m) = run(&scenario);
    assert_eq!((m.duration_s, m.degraded_s), (440.0, 200.0));
}

#[test]
fn an_additional_batch_keeps_the_capacity() {
    // (fleet, batch, size, batches): 140 s for the extra batch, batches of 100 s, 20 s for the extra ones to leave.
    // Elastic Beanstalk: 20 instances and a fixed batch of 5: 25 at most, 20 at least, 5 end.
    for (n, batch, size, batches) in [
        (20, count(5), 5, 4),
        (4, percent(50), 2, 2),
        (8, percent(25), 2, 4),
        (7, count(3), 3, 3),
        (1, percent(30), 1, 1),
        (3, count(9), 3, 1),
        (1_000, percent(33), 330, 4),
    ] {
        let duration = 140.0 + 100.0 * f64::from(batches) + 20.0;
        assert_eq!(
            outline(n, Strategy::RollingWithAdditionalBatch { batch }),
            (duration, n, n + size, 0.0),
            "{n} instances, batch {batch:?}"
        );
        let m = figures(n, Strategy::RollingWithAdditionalBatch { batch });
        assert_eq!(m.extra_instance_s, f64::from(size) * duration);
    }
}

#[test]
fn immutable_tries_one_instance_first() {
    for n in [2, 3, 10, 60, 1_000] {
        // 140 s for the first alone, 140 s for the others, 20 s to drain the old ones.
        assert_eq!(outline(n, Strategy::Immutable), (300.0, n, 2 * n, 0.0), "{n} instances");
    }
    // A single instance has no others: 140 + 20.
    assert_eq!(outline(1, Strategy::Immutable), (160.0, 1, 2, 0.0));
}

#[test]
fn traffic_splitting_evaluates_before_it_moves() {
    // (fleet, share, minutes): 140 s for the new set, the evaluation, 20 s to drain. Elastic Beanstalk's option ranges
    // are 1 to 100 % and 3 to 600 minutes.
    for (n, p, minutes) in [(10, 10, 5), (6, 50, 3), (3, 1, 600), (1, 20, 5), (1_000, 30, 10)] {
        let strategy = Strategy::TrafficSplitting { new_version: share(p), evaluation_time: Duration::from_mins(minutes) };
        let evaluation = 60.0 * minutes as f64;
        let m = figures(n, strategy.clone());
        assert_eq!(outline(n, strategy), (160.0 + evaluation, n, 2 * n, 0.0), "{n} instances");
        assert_eq!(m.mixed_versions_s, evaluation);
        let demand = 70.0 * f64::from(n);
        assert!((m.exposed_requests - demand * f64::from(p) / 100.0 * evaluation).abs() < 1e-6 * m.requests_total);
    }
}

#[test]
fn blue_green_doubles_the_fleet_and_never_mixes() {
    for (n, bake) in [(1, 0), (2, 60), (7, 300), (10, 300), (1_000, 3_600)] {
        let strategy = Strategy::BlueGreen { switch: Switch::LoadBalancer, bake: secs(bake) };
        assert_eq!(outline(n, strategy.clone()), (160.0 + bake as f64, n, 2 * n, 0.0), "{n} instances");
        let m = figures(n, strategy);
        assert_eq!((m.mixed_versions_s, m.exposed_requests, m.requests_failed), (0.0, 0.0, 0.0));
        assert_eq!(m.extra_instance_s, f64::from(n) * (160.0 + bake as f64));
    }
}

#[test]
fn clients_follow_a_dns_switch_over_its_time_to_live() {
    // 10 instances, 700 rps, a time to live of 60 s: the new share grows evenly from 0 to 1, so half of 700 × 60 s went
    // to the new version before all did. 140 + 300 bake + 20.
    let strategy = Strategy::BlueGreen { switch: Switch::Dns { ttl: secs(60), late: None }, bake: secs(300) };
    let m = figures(10, strategy);
    assert_eq!((m.duration_s, m.mixed_versions_s, m.requests_failed), (460.0, 60.0, 0.0));
    assert!((m.exposed_requests - 21_000.0).abs() < 1e-6);
}

#[test]
fn clients_that_follow_too_late_find_nothing() {
    // The old environment ends 30 s after the switch, half of the clients still go there: their share falls from 1/2 to
    // 0 over 30 s: 700 × 30 / 4 requests fail. The deployment is over when the last have followed: 140 + 60.
    let strategy = Strategy::BlueGreen { switch: Switch::Dns { ttl: secs(60), late: None }, bake: secs(30) };
    let m = figures(10, strategy);
    assert!((m.requests_failed_by_cause["stale_dns"] - 5_250.0).abs() < 1e-6);
    assert_eq!(m.requests_failed_by_cause.len(), 1);
    assert_eq!(m.duration_s, 200.0);
    assert_eq!((m.downtime_s, m.mixed_versions_s), (0.0, 30.0));
}

#[test]
fn canary_shifts_twice() {
    // CodeDeploy's predefined canaries: 10 % for 5, 10, 15 or 30 minutes; Amazon ECS: 5 % for 10 minutes.
    for (n, p, minutes) in [(10, 10, 5), (10, 10, 10), (3, 10, 15), (1, 10, 30), (1_000, 5, 10)] {
        let strategy = Strategy::Canary { percent: share(p), interval: Duration::from_mins(minutes), capacity: NewSet::Full };
        let wait = 60.0 * minutes as f64;
        assert_eq!(outline(n, strategy.clone()), (160.0 + wait, n, 2 * n, 0.0), "{n} instances");
        let exposed = figures(n, strategy).exposed_requests;
        assert!((exposed - 70.0 * f64::from(n) * f64::from(p) / 100.0 * wait).abs() < 1e-6 * exposed);
    }
}

#[test]
fn a_proportional_canary_grows_with_its_share() {
    // 10 % of 10 is one new instance (140 s), 300 s at 10 %, then nine more (140 s), all traffic, 20 s to drain.
    let strategy = Strategy::Canary { percent: share(10), interval: secs(300), capacity: NewSet::Proportional };
    let m = figures(10, strategy);
    assert_eq!((m.duration_s, m.max_instances, m.min_capacity_fraction), (600.0, 20, 1.0));
    // One more for 140 + 300 s, ten more from the launch of the others on, 160 s.
    assert_eq!(m.extra_instance_s, 440.0 + 1_600.0);
    // 70 rps of 700 go to the new version until all do: 300 s of the step and 140 s of the second launch.
    assert!((m.exposed_requests - 70.0 * 440.0).abs() < 1e-6);
}

#[test]
fn a_group_too_small_for_its_share_overloads_though_the_other_is_idle() {
    // 10 % of 4, rounded up, is one instance of 100 rps; half of 400 rps is sent to it: 100 fail, though the old group
    // could serve 400.
    let mut scenario = Scenario::new(
        4,
        Strategy::Steps(vec![
            Step::Launch { instances: count(1) },
            Step::Shift { to: share(50) },
            Step::Wait(secs(60)),
            Step::Shift { to: share(0) },
            Step::Launch { instances: count(3) },
            Step::Shift { to: share(100) },
            Step::Terminate { group: Group::Old },
        ]),
    );
    scenario.traffic = Some(Traffic::Constant(400.0));
    let (_, m) = run(&scenario);
    assert_eq!(m.requests_failed_by_cause["overload"], 100.0 * 60.0);
    // 140 + 60 + 140 + 20; more than enough capacity all the time.
    assert_eq!((m.duration_s, m.degraded_s), (360.0, 0.0));
}

#[test]
fn linear_reaches_all_of_the_traffic_one_interval_before_k_intervals() {
    // CodeDeploy and Amazon ECS: (step, seconds between, shift takes). 10 % a minute: 9 minutes; 30 % every 10 minutes:
    // 30, 60, 90, 100; 12.5 % every 4 minutes: 28 minutes; 33 %: 33, 66, 99, 100.
    for (ppm, every, shift) in [
        (100_000, 60, 540),
        (100_000, 180, 1_620),
        (300_000, 600, 1_800),
        (125_000, 240, 1_680),
        (330_000, 60, 180),
        (500_000, 1_800, 1_800),
        (1_000_000, 60, 0),
    ] {
        for n in [1, 10, 1_000] {
            let strategy = Strategy::Linear { percent: Share::from_ppm(ppm), interval: secs(every), capacity: NewSet::Full };
            assert_eq!(outline(n, strategy), (160.0 + f64::from(shift), n, 2 * n, 0.0), "{ppm} millionths every {every} s, {n} instances");
        }
    }
    let shares: Vec<f64> = schedule(share(30)).into_iter().map(Share::as_percent).collect();
    assert_eq!(shares, [30.0, 60.0, 90.0, 100.0]);
}

#[test]
fn a_proportional_linear_launches_before_each_step() {
    // 50 % of 3, rounded up, is 2: 140 s, 60 s at 50 %, 140 s for the third, all traffic, 20 s to drain.
    let strategy = Strategy::Linear { percent: share(50), interval: secs(60), capacity: NewSet::Proportional };
    assert_eq!(outline(3, strategy), (360.0, 3, 6, 0.0));
}

#[test]
fn a_kubernetes_rolling_update_moves_between_its_fenceposts() {
    // (replicas, surge, unavailable, duration, least in service, most pods), 140 s until a pod is ready, 20 s to drain.
    let update =
        |max_surge, max_unavailable| Strategy::RollingUpdate { max_surge, max_unavailable, progress_deadline: Duration::from_mins(10) };
    for (n, surge, unavailable, expected) in [
        // 1 replica: 25 % is a surge of 1 (up) and 0 unavailable (down): one more, then the old one leaves: 140 + 20.
        (1, percent(25), percent(25), (160.0, 1, 2)),
        // Surge 1, none unavailable, 3 replicas: one after another, 3 × 140, and the last drain. One that drains does not
        // count for the surge: 2 old, 1 that drains, 1 ready and 1 launched.
        (3, count(1), count(0), (440.0, 3, 5)),
        // Everything may surge: all new at 140 s, then all old leave.
        (6, percent(100), percent(10), (160.0, 6, 12)),
        // Both 0: unavailable becomes 1. One leaves and one starts at once: 4 × 140 s; the last one in ends it.
        (4, count(0), count(0), (560.0, 3, 5)),
        // No surge, 2 of 5 unavailable: 2, 2, 1 in turn; those that drain still exist beside the new ones.
        (5, count(0), count(2), (420.0, 3, 7)),
        // 1,000 replicas, 25 % each: 250 launched and 250 leave at 0 s, which makes room for 250 more: 500 are ready at
        // 140 s, and the other 500 at 280 s. While 500 old drain, 250 are left and 1,000 new exist: 1,750.
        (1_000, percent(25), percent(25), (300.0, 750, 1_750)),
    ] {
        let (duration, least, most, down) = outline(n, update(surge, unavailable));
        assert_eq!((duration, least, most), expected, "{n} replicas, surge {surge:?}, unavailable {unavailable:?}");
        assert_eq!(down, 0.0);
    }
}

#[test]
fn a_kubernetes_rolling_update_counts_pods_after_min_ready_seconds() {
    // One replica, surge 1: the new pod serves from 140 s on, but the old one leaves only 30 s later: 140 + 30 + 20.
    let mut scenario = Scenario::new(
        1,
        Strategy::RollingUpdate { max_surge: count(1), max_unavailable: count(0), progress_deadline: Duration::from_mins(10) },
    );
    scenario.timings.settle = secs(30);
    let (timeline, m) = run(&scenario);
    assert_eq!((m.duration_s, m.mixed_versions_s), (190.0, 30.0));
    assert_eq!(timeline.at(Time::from_us(150_000_000)).in_service(), 2);
}

#[test]
fn written_steps_do_what_the_strategies_do() {
    let n = 10;
    let all = percent(100);
    let rolling = vec![Step::Update { instances: count(3) }; 4];
    let blue_green =
        vec![Step::Launch { instances: all }, Step::Shift { to: share(100) }, Step::Wait(secs(300)), Step::Terminate { group: Group::Old }];
    let extra = vec![Step::Launch { instances: count(3) }, Step::Update { instances: all }, Step::Terminate { group: Group::New }];
    let immutable = vec![Step::Launch { instances: count(1) }, Step::Launch { instances: count(9) }, Step::Terminate { group: Group::Old }];
    let canary = vec![
        Step::Launch { instances: all },
        Step::Shift { to: share(10) },
        Step::Wait(secs(300)),
        Step::Shift { to: share(100) },
        Step::Terminate { group: Group::Old },
    ];
    let quarters = [vec![Step::Launch { instances: percent(25) }; 4], vec![Step::Terminate { group: Group::Old }]].concat();
    // As Rolling(Count(3)); as Blue/Green; three more, all ten at once (100 s), three end; as Immutable; as Canary.
    for (steps, expected) in [
        (rolling, (400.0, 7, 10, 0.0)),
        (blue_green, (460.0, 10, 20, 0.0)),
        (extra, (260.0, 3, 13, 0.0)),
        (immutable, (300.0, 10, 20, 0.0)),
        (canary, (460.0, 10, 20, 0.0)),
        // 25 % of ten rounds up to 3: 3, 3, 3 and the last 1, 140 s each, and 20 s to drain the old ones.
        (quarters, (580.0, 10, 20, 0.0)),
    ] {
        assert_eq!(outline(n, Strategy::Steps(steps.clone())), expected, "{steps:?}");
    }
}

#[test]
fn a_drain_shorter_than_a_request_cuts_the_rest() {
    // 2 instances, 100 rps: 50 each. Requests take 30 s, the drain 20 s: what came in the last 10 s before the drain is
    // cut. The first instance at 0 s: 10 s × 50 rps, come before the deployment. The second at 100 s: the first was out
    // from 0 to 100 s, so it served 100 rps alone: 10 s × 100 rps.
    let mut scenario = Scenario::new(2, Strategy::Rolling { batch: count(1) });
    scenario.traffic = Some(Traffic::Constant(100.0));
    scenario.load_balancer.in_flight = secs(30);
    let (_, m) = run(&scenario);
    assert_eq!(m.requests_failed_by_cause["cut_off"], 500.0 + 1_000.0);
    assert_eq!(m.requests_total, 20_000.0 + 500.0);
}

#[test]
fn a_demand_that_varies_is_counted_exactly() {
    // Rolling 2 of 4 (400 rps): 200 rps are left for 200 s. A ramp from 0 to 400 rps over 200 s is above 200 in its
    // second half: a triangle of 100 s × 200 rps / 2 fails.
    let mut scenario = Scenario::new(4, Strategy::Rolling { batch: count(2) });
    scenario.traffic = Some(Traffic::Ramp { from: 0.0, to: 400.0, over: secs(200) });
    let (_, m) = run(&scenario);
    assert!((m.requests_failed - 10_000.0).abs() < 1e-6);
    assert!((m.requests_total - 40_000.0).abs() < 1e-6);
    assert!((m.degraded_s - 100.0).abs() < 1e-9);
    // Steps: 100 rps, and 300 from 150 s on: 100 rps too much for the last 50 s.
    scenario.traffic = Some(Traffic::Steps(vec![(Duration::ZERO, 100.0), (secs(150), 300.0)]));
    let (_, m) = run(&scenario);
    assert_eq!((m.requests_failed, m.degraded_s, m.requests_total), (5_000.0, 50.0, 30_000.0));
}

#[test]
fn the_same_seed_gives_the_same_times_and_one_instance_never_moves_another() {
    let mut scenario = Scenario::new(6, Strategy::Rolling { batch: count(3) });
    scenario.timings.install = Spread::Uniform { from: secs(20), to: secs(40) };
    let timeline = simulate(&scenario).unwrap();
    assert_eq!(timeline, simulate(&scenario).unwrap());
    // A larger fleet with the same batch: the first batch's instances take what they took.
    let mut larger = scenario.clone();
    larger.fleet.instances = 9;
    let larger = simulate(&larger).unwrap();
    for i in 0..3 {
        assert_eq!(timeline.life(i).presences().collect::<Vec<_>>(), larger.life(i).presences().collect::<Vec<_>>());
    }
    scenario.seed = 2;
    assert_ne!(timeline, simulate(&scenario).unwrap());
}

#[test]
fn a_run_of_more_than_a_hundred_years_is_refused() {
    // A million instances, one at a time, half a day each: 1,369 years.
    let mut scenario = Scenario::new(1_000_000, Strategy::Rolling { batch: count(1) });
    scenario.timings.install = Spread::Fixed(secs(43_200));
    scenario.timeout = secs(86_400);
    assert!(simulate(&scenario).is_err());
}
