//! What happens when it goes wrong, worked out by hand from the rules and from what the platforms publish.
//!
//! Unless a test says otherwise there are 10 instances of 100 requests per second, of which 700 are asked for. An instance
//! takes 100 s in place (20 drain + 30 install + 20 startup + 3 × 10 checks) and 140 s when it is new (60 boot + 30 + 20 +
//! 30). A dead one is noticed after 5 × 10 = 50 s; one that is not healthy after 600 s has failed; a request takes 2 s.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

use deployscope::metrics::Metrics;
use deployscope::plan::PhaseLabel;
use deployscope::scenario::{Metric, Scenario};
use deployscope::simulate;
use deployscope::timeline::{Death, Instances, LogEntry, Moment, Note, State, Timeline, Why};
use deployscope::units::Time;

/// What becomes of a scenario of these fields; the fleet is ten instances unless it says otherwise.
fn run(ron: &str) -> (Timeline, Metrics) {
    let fleet = if ron.contains("fleet: ") { "" } else { "fleet: (instances: 10), " };
    let scenario = Scenario::from_ron(&format!("({fleet}{ron})"), "test").unwrap();
    let timeline = simulate(&scenario).unwrap();
    let metrics = Metrics::new(&scenario, &timeline);
    (timeline, metrics)
}

fn s(seconds: u64) -> Time {
    Time::from_us(seconds * 1_000_000)
}

/// Outcome, duration in seconds, and what is left: old, new, failed.
fn end(m: &Metrics) -> (&'static str, f64, [u32; 3]) {
    (m.outcome, m.duration_s, [m.instances_left_old, m.instances_left_new, m.instances_left_failed])
}

/// The last reason why it failed.
fn why(timeline: &Timeline) -> Why {
    let reasons = timeline.log().iter().rev().find_map(|entry| match entry.note {
        Note::Failed(why) => Some(why),
        _ => None,
    });
    reasons.unwrap()
}

/// When it was decided that the deployment has failed, in seconds.
fn failed_at(timeline: &Timeline) -> f64 {
    timeline.failed_at().unwrap().as_secs_f64()
}

fn failed(m: &Metrics, cause: &str) -> f64 {
    m.requests_failed_by_cause.get(cause).copied().unwrap_or(0.0)
}

#[track_caller]
fn close(value: f64, expected: f64) {
    assert!((value - expected).abs() < 1e-6 * expected.abs().max(1.0), "{value} instead of {expected}");
}

mod codedeploy_instance_health {
    //! Source: CodeDeploy's user guide, "Instance health" and "Deployment configurations". The platform's minimum is M;
    //! a failed host is one that is not healthy 600 s after work on it began.
    use super::*;

    fn in_place(hosts: u32, minimum: &str, release: &str) -> (Timeline, Metrics) {
        run(&format!("fleet: (instances: {hosts}), strategy: InPlace(minimum_healthy: {minimum}), release: ({release})"))
    }

    #[test]
    fn nine_of_ten_any_failure_but_the_last_fails_it() {
        // M = 9: one at a time. Two take 200 s; the third is worked on from 200 to 800. 9 are healthy, which is M.
        let (timeline, m) = in_place(10, "Count(9)", "startup_failure_of: Place(3)");
        assert_eq!(end(&m), ("failed", 800.0, [7, 2, 1]));
        assert_eq!(why(&timeline), Why::MinimumReached { minimum: 9, healthy: 9, pending: 7 });
        assert_eq!(m.next_step, "redeploy_old_version");
        // The last one's failure does not: nine take 900 s, the tenth its 600.
        let (_, m) = in_place(10, "Count(9)", "startup_failure_of: Last(1)");
        assert_eq!(end(&m), ("succeeded", 1_500.0, [0, 9, 1]));
        assert_eq!(m.next_step, "mend_instances");
    }

    #[test]
    fn eight_of_ten_bears_one_failure() {
        // M = 8: two at a time. The third is worked on from 100 to 700 and takes one of the two places; the other one
        // takes 4 to 9 by then (6 × 100 s from 100 on), and the tenth from 700 to 800.
        let (_, m) = in_place(10, "Count(8)", "startup_failure_of: Place(3)");
        assert_eq!(end(&m), ("succeeded", 800.0, [0, 9, 1]));
    }

    #[test]
    fn eight_of_ten_fails_at_the_second_failure_unless_it_is_the_last_instance() {
        // The eighth is worked on from 300 to 900, the ninth from 400 (the seventh is done) to 1,000: two have failed,
        // 8 are healthy, the tenth is never tried.
        let (timeline, m) = in_place(10, "Count(8)", "startup_failure_of: Last(3)");
        assert_eq!(end(&m), ("failed", 1_000.0, [1, 7, 2]));
        assert_eq!(why(&timeline), Why::MinimumReached { minimum: 8, healthy: 8, pending: 1 });
        // The ninth and the tenth begin together at 400 and fail together: no one is left to try.
        let (_, m) = in_place(10, "Count(8)", "startup_failure_of: Last(2)");
        assert_eq!(end(&m), ("succeeded", 1_000.0, [0, 8, 2]));
    }

    #[test]
    fn a_minimum_of_nothing_fails_only_where_all_fail() {
        // AllAtOnce of 9: M = 0. One success is enough; none is not.
        let (_, m) = in_place(9, "Count(0)", "startup_failure_of: Last(8)");
        assert_eq!(end(&m), ("succeeded", 600.0, [0, 1, 8]));
        let (timeline, m) = in_place(9, "Count(0)", "startup_failure: 1.0");
        assert_eq!(end(&m), ("failed", 600.0, [0, 0, 9]));
        assert_eq!(why(&timeline), Why::NoneSucceeded);
        // M = 0 of 10.
        assert_eq!(in_place(10, "Count(0)", "startup_failure_of: Last(9)").1.outcome, "succeeded");
        assert_eq!(in_place(10, "Count(0)", "startup_failure_of: Last(10)").1.outcome, "failed");
    }

    #[test]
    fn half_at_a_time_of_nine_needs_five() {
        // M = ⌈4.5⌉ = 5: four at a time. 1 to 4 are done at 100; of 5 to 8 the fifth is done at 200, then the ninth begins;
        // 6 to 8 fail at 700, the ninth at 800: 5 are healthy.
        let (_, m) = in_place(9, "Percent(50)", "startup_failure_of: Last(4)");
        assert_eq!(end(&m), ("succeeded", 800.0, [0, 5, 4]));
        // With the fifth failing too, 5 to 8 fail at 700: 5 are healthy (the four new and the ninth), and the ninth is
        // not tried.
        let (_, m) = in_place(9, "Percent(50)", "startup_failure_of: Last(5)");
        assert_eq!(end(&m), ("failed", 700.0, [1, 4, 4]));
    }

    #[test]
    fn one_at_a_time_of_nine_needs_the_first_eight() {
        // 8 × 100 + 600.
        let (_, m) = in_place(9, "Count(8)", "startup_failure_of: Last(1)");
        assert_eq!(end(&m), ("succeeded", 1_400.0, [0, 8, 1]));
        // 7 × 100 + 600.
        let (_, m) = in_place(9, "Count(8)", "startup_failure_of: Place(8)");
        assert_eq!(end(&m), ("failed", 1_300.0, [1, 7, 1]));
    }

    #[test]
    fn eighty_five_percent_of_ten_is_nine() {
        // ⌈8.5⌉ = 9: one failed host is enough.
        let (timeline, m) = in_place(10, "Percent(85)", "startup_failure_of: Place(1)");
        assert_eq!(end(&m), ("failed", 600.0, [9, 0, 1]));
        assert_eq!(why(&timeline), Why::MinimumReached { minimum: 9, healthy: 9, pending: 9 });
    }

    #[test]
    fn ninety_five_percent_of_ten_is_ten_and_fails_at_once() {
        let (timeline, m) = in_place(10, "Percent(95)", "");
        assert_eq!(end(&m), ("failed", 0.0, [10, 0, 0]));
        assert_eq!(why(&timeline), Why::NoRoom { minimum: 10, healthy: 10 });
    }

    #[test]
    fn a_single_host_that_fails_fails_it() {
        let (timeline, m) = in_place(1, "Count(0)", "startup_failure: 1.0");
        assert_eq!((end(&m), why(&timeline)), (("failed", 600.0, [0, 0, 1]), Why::NoneSucceeded));
    }

    #[test]
    fn its_rollback_is_a_deployment_under_the_same_minimum() {
        // "Redeploy and roll back a deployment": a new deployment of the last good revision. The third fails at 800; then
        // the failed one first (nothing else may leave), the nine others one at a time: 10 × 100 s.
        let ron = "strategy: InPlace(minimum_healthy: Count(9)), release: (startup_failure_of: Place(3)), on_failure: Rollback";
        let (timeline, m) = run(ron);
        assert_eq!(end(&m), ("rolled_back", 1_800.0, [10, 0, 0]));
        assert_eq!(m.rollback_s, Some(1_000.0));
        assert_eq!(m.next_step, "deploy_again");
        assert!(timeline.moments().iter().all(|moment| moment.in_service() >= 8), "the failed one and the one that is worked on");
    }
}

mod elastic_beanstalk {
    //! Source: Elastic Beanstalk's guide, "Deployment policies and settings" and "Deploying application versions" (the
    //! table of deployment methods).
    use super::*;

    #[test]
    fn a_failed_first_batch_stays_out_and_nothing_goes_back() {
        // 6 instances, 50 %: the batch of three is worked on from 0 to 600. 3 serve 300 of the 420 asked for.
        let (timeline, m) = run("fleet: (instances: 6), strategy: Rolling(batch: Percent(50)), release: (startup_failure: 1.0)");
        assert_eq!(end(&m), ("failed", 600.0, [3, 0, 3]));
        assert_eq!(why(&timeline), Why::NotHealthy { failed: 3, of: 3 });
        close(failed(&m, "overload"), 120.0 * 600.0);
        assert_eq!((m.rollback_s, m.next_step), (None, "redeploy_old_version"));
    }

    #[test]
    fn a_later_batch_leaves_three_kinds() {
        // Batch 2 (4 to 6) begins at 100; 4 and 6 are in service at 200, 5 fails at 700. 7 to 10 keep the old version.
        let (timeline, m) = run("strategy: Rolling(batch: Count(3)), release: (startup_failure_of: Place(5))");
        assert_eq!(end(&m), ("failed", 700.0, [4, 5, 1]));
        assert_eq!(why(&timeline), Why::NotHealthy { failed: 1, of: 3 });
    }

    #[test]
    fn the_last_batch_leaves_the_new_version() {
        // Batches of 3, 3, 3 and 1: the tenth begins at 300 and fails at 900.
        let (_, m) = run("strategy: Rolling(batch: Count(3)), release: (startup_failure_of: Last(1))");
        assert_eq!(end(&m), ("failed", 900.0, [0, 9, 1]));
    }

    #[test]
    fn ignored_health_checks_go_on_to_the_last_batch() {
        // 8 instances, batches of 2, the third one fails: 0, 100 and 200 s; the fifth instance's time is up at 800, then
        // batch 4 until 900.
        let ron = "fleet: (instances: 8), strategy: Rolling(batch: Count(2)), release: (startup_failure_of: Place(5)), on_failure: Ignore";
        let (timeline, m) = run(ron);
        assert_eq!(end(&m), ("succeeded", 900.0, [0, 7, 1]));
        assert!(timeline.phases().iter().any(|phase| phase.label == PhaseLabel::Batch { number: 4, of: 4 }));
        assert_eq!(m.next_step, "mend_instances");
    }

    #[test]
    fn a_person_redeploys_the_old_version_in_a_whole_deployment() {
        // The batch fails at 600, a person acts at 1,200, then 4 batches of 100 s, the failed ones first.
        let ron = "strategy: Rolling(batch: Count(3)), release: (startup_failure: 1.0), on_failure: Redeploy(after: \"10m\")";
        let (_, m) = run(ron);
        assert_eq!(end(&m), ("rolled_back", 1_600.0, [10, 0, 0]));
        assert_eq!((m.rollback_s, m.min_capacity_fraction), (Some(400.0), 0.7));
    }

    #[test]
    fn a_failed_additional_batch_touches_nothing() {
        // Three are launched and are not healthy at 600; they end at once, since they serve nothing.
        let (_, m) = run("strategy: RollingWithAdditionalBatch(batch: Count(3)), release: (startup_failure: 1.0)");
        assert_eq!((m.duration_s, m.max_instances, m.min_capacity_fraction), (600.0, 13, 1.0));
        assert_eq!([m.instances_left_old, m.instances_left_new, m.instances_left_failed], [10, 0, 0]);
        close(m.requests_failed, 0.0);
        close(m.extra_instance_s, 3.0 * 600.0);
    }

    #[test]
    fn an_additional_batch_fails_later_as_rolling_does() {
        // Three new ones serve at 140. Batch 1 (places 4 to 6) begins then; the fifth fails at 740. Seven are old.
        let (_, m) = run("strategy: RollingWithAdditionalBatch(batch: Count(3)), release: (startup_failure_of: Place(5))");
        assert_eq!(end(&m), ("failed", 740.0, [7, 5, 1]));
        assert_eq!(m.min_capacity_fraction, 1.0);
    }

    #[test]
    fn an_immutable_first_instance_that_fails_ends_alone() {
        let (_, m) = run("strategy: Immutable, release: (startup_failure: 1.0)");
        assert_eq!(end(&m), ("rolled_back", 600.0, [10, 0, 0]));
        assert_eq!((m.max_instances, m.requests_failed, m.min_capacity_fraction), (11, 0.0, 1.0));
        assert_eq!(m.next_step, "deploy_again");
    }

    #[test]
    fn an_immutable_last_instance_ends_the_whole_new_set() {
        // The first serves at 140, eight of the other nine at 280, the last one's time is up at 140 + 600; the nine drain
        // for 20 s. One of eleven serves the new version for 140 s, then nine of nineteen for 460 s.
        let (timeline, m) = run("strategy: Immutable, release: (startup_failure_of: Last(1))");
        assert_eq!(end(&m), ("rolled_back", 760.0, [10, 0, 0]));
        assert_eq!(why(&timeline), Why::NotHealthy { failed: 1, of: 9 });
        close(m.exposed_requests, 700.0 * (140.0 / 11.0 + 460.0 * 9.0 / 19.0));
        assert_eq!((m.min_capacity_fraction, m.rollback_s), (1.0, Some(0.0)));
    }

    #[test]
    fn traffic_splitting_goes_back_at_once() {
        // 10 % at 140; the minute from 120 to 180 is bad: 40 s × 70 requests, a fifth of which fail. The new set drains.
        let ron = "strategy: TrafficSplitting(new_version_percent: 10, evaluation_time: \"5m\"), release: (error_rate: 0.2), \
                   alarm: (metric: NewVersionErrorRate, threshold: 0.05)";
        let (timeline, m) = run(ron);
        assert_eq!(end(&m), ("rolled_back", 200.0, [10, 0, 0]));
        assert_eq!(failed_at(&timeline), 180.0);
        close(failed(&m, "new_version_error"), 40.0 * 70.0 * 0.2);
        close(m.exposed_requests, 40.0 * 70.0);
        assert_eq!((m.time_to_notice_s, m.rollback_s, m.min_capacity_fraction), (Some(40.0), Some(0.0), 1.0));
    }

    #[test]
    fn blue_green_swaps_back_in_one_step() {
        // All 700 from 140 on; noticed at 180.
        let ron = "strategy: BlueGreen(switch: LoadBalancer, bake: \"5m\"), release: (error_rate: 0.2), \
                   alarm: (metric: ErrorRate, threshold: 0.05)";
        let (_, m) = run(ron);
        assert_eq!(end(&m), ("rolled_back", 200.0, [10, 0, 0]));
        close(m.requests_failed, 40.0 * 700.0 * 0.2);
        assert_eq!(m.rollback_s, Some(0.0));
    }

    #[test]
    fn clients_of_dns_come_back_over_the_ttl() {
        // "Blue/Green deployments with Elastic Beanstalk": DNS both ways. From 140 on they follow over 60 s; at 180 two
        // thirds have: 40 × 2/3 / 2 = 13⅓ s of all requests. Back from two thirds over 60 s: 20 s of all requests. A fifth
        // of 700 fails. The new set ends at 240 and drains for 20 s.
        let ron = "strategy: BlueGreen(switch: Dns(ttl: \"60s\"), bake: \"5m\"), release: (error_rate: 0.2), \
                   alarm: (metric: NewVersionErrorRate, threshold: 0.05)";
        let (_, m) = run(ron);
        assert_eq!(end(&m), ("rolled_back", 260.0, [10, 0, 0]));
        close(m.requests_failed, (40.0 / 3.0 + 20.0) * 140.0);
        assert_eq!(m.rollback_s, Some(60.0));
    }

    #[test]
    fn late_clients_meet_an_environment_that_is_gone() {
        // One in ten follows over 1,800 s from 140 on. The old environment takes nothing new from 440 on, 300 s later:
        // 10 % × 1,500/1,800 are still there, and get fewer until 1,800: 700 × 10 % × 1,500² / (2 × 1,800) = 43,750.
        let ron = "strategy: BlueGreen(switch: Dns(ttl: \"60s\", late_percent: 10, late_ttl: \"30m\"), bake: \"5m\")";
        let (_, m) = run(ron);
        assert_eq!(end(&m), ("succeeded", 1_940.0, [0, 10, 0]));
        assert!((failed(&m, "stale_dns") - 43_750.0).abs() < 1.0, "shares are kept in millionths: {}", failed(&m, "stale_dns"));
        close(m.requests_failed, failed(&m, "stale_dns"));
    }

    #[test]
    fn the_additional_batch_serves_until_the_old_version_is_back() {
        // Three new ones at 140, three more at 240, the alarm between them at 180. A person acts at 780: four batches, the
        // three new ones first, while the additional three go on; they leave at 1,180 and are gone at 1,200.
        let ron = "strategy: RollingWithAdditionalBatch(batch: Count(3)), release: (error_rate: 0.2), \
                   alarm: (metric: NewVersionErrorRate, threshold: 0.05), on_failure: Redeploy(after: \"10m\")";
        let (_, m) = run(ron);
        assert_eq!(end(&m), ("rolled_back", 1_200.0, [10, 0, 0]));
        assert_eq!((m.rollback_s, m.max_instances, m.min_capacity_fraction), (Some(400.0), 13, 1.0));
        // 3 of 10 for 100 s, 6 of 13 for 540 s, 3 of 10 for three batches, 3 of 12 for the last one, of one instance.
        close(m.exposed_requests, 700.0 * (100.0 * 0.3 + 540.0 * 6.0 / 13.0 + 300.0 * 0.3 + 100.0 * 0.25));
    }

    #[test]
    fn a_person_only_ends_an_additional_batch_that_failed() {
        // Failed at 600, ended at 1,200: no old instance was touched, so there is nothing to deploy.
        let ron =
            "strategy: RollingWithAdditionalBatch(batch: Count(3)), release: (startup_failure: 1.0), on_failure: Redeploy(after: \"10m\")";
        let (_, m) = run(ron);
        assert_eq!((m.outcome, m.duration_s, m.min_capacity_fraction, m.instances_left_old), ("rolled_back", 1_200.0, 1.0, 10));
    }
}

mod kubernetes {
    //! Source: `pkg/controller/deployment` (`ResolveFenceposts`, `rolling.go`, `progress.go`). Pods that never get ready.
    use super::*;

    #[test]
    fn stuck_counts() {
        // (replicas, surge, unavailable, old left, new there). Old = replicas - unavailable (rounded down); new fills up to
        // replicas + surge (rounded up), at most the replicas.
        for (n, surge, unavailable, old, new) in [
            // 2.5 → 3 above, 2 below: 8 old, and 13 - 8 = 5 new.
            (10, "Percent(25)", "Percent(25)", 8, 5),
            // 0 and 20 % of 1 both come to 0: one may be unavailable.
            (1, "Count(0)", "Percent(20)", 0, 1),
            // 4 and 4: 12 - 4 = 8.
            (8, "Percent(50)", "Percent(50)", 4, 8),
            // 1 and 2: 11 - 8 = 3.
            (10, "Count(1)", "Percent(25)", 8, 3),
            // 1.98 → 2, and 2: 8 - 4 = 4.
            (6, "Percent(33)", "Count(2)", 4, 4),
            // 33 and 30: 133 - 70 = 63.
            (100, "Percent(33)", "Percent(30)", 70, 63),
            // 2 and 3: 5 - 0, at most 3.
            (3, "Count(2)", "Percent(100)", 0, 3),
            // 0.8 → 1, and 0: 5 - 4 = 1.
            (4, "Percent(20)", "Percent(0)", 4, 1),
            // 0.8 → 1, and 1.32 → 1: 5 - 3 = 2.
            (4, "Percent(20)", "Percent(33)", 3, 2),
        ] {
            let ron = format!(
                "fleet: (instances: {n}), strategy: RollingUpdate(max_surge: {surge}, max_unavailable: {unavailable}), \
                 release: (startup_failure: 1.0)"
            );
            let (timeline, m) = run(&ron);
            let last = timeline.at(timeline.end());
            assert_eq!((last.in_service_old(), last.existing_old, last.existing_new), (old, old, new), "{n} {surge} {unavailable}");
            assert_eq!(last.in_service_new(), 0);
            close(m.min_capacity_fraction, f64::from(old) / f64::from(n));
            // All that it could do it did at once; it is marked after 600 s, and nothing will ever happen.
            assert_eq!((m.outcome, failed_at(&timeline), m.rollback_s), ("failed", 600.0, None), "{n} {surge} {unavailable}");
            assert!(matches!(why(&timeline), Why::NotProgressing(_)));
            assert_eq!(m.next_step, "redeploy_old_version");
        }
    }

    #[test]
    fn a_mark_changes_nothing() {
        // Pods are ready after 140 s; without progress for 100 s it is marked, at 100. It goes on all the same: see the
        // preset of the same bounds, which takes 300 s.
        let (timeline, m) =
            run("strategy: RollingUpdate(max_surge: Percent(25), max_unavailable: Percent(25), progress_deadline: \"100s\")");
        assert_eq!(end(&m), ("succeeded", 300.0, [0, 10, 0]));
        let marks = timeline.log().iter().filter(|entry| entry.note == Note::NotProgressing).map(|entry| entry.at);
        assert_eq!(marks.min(), Some(s(100)));
    }

    #[test]
    fn the_undo_is_a_rolling_update_backwards() {
        // Marked at 600 with 8 old and 5 new; a person undoes it at 1,200: the five never served and end at once, two old
        // ones are launched: 140 s.
        let ron = "strategy: RollingUpdate(max_surge: Percent(25), max_unavailable: Percent(25)), release: (startup_failure: 1.0), \
                   on_failure: Redeploy(after: \"10m\")";
        let (_, m) = run(ron);
        assert_eq!(end(&m), ("rolled_back", 1_340.0, [10, 0, 0]));
        assert_eq!((m.time_to_notice_s, m.rollback_s), (Some(600.0), Some(140.0)));
    }

    #[test]
    fn a_pod_that_stops_before_the_proxies_know_fails_requests() {
        // 8 pods, 2 above, none below; a pod is ready 5 + 15 + 20 + 10 = 50 s after its launch: 4 passes of two pods. Each
        // time two of eight stop at once and get their 200 / 8 requests per second for 5 s more: 4 × 2 × 25 × 5. What they
        // had in flight is cut: 4 × 2 × 25 × 1.
        let ron = |delay| {
            format!(
                "fleet: (instances: 8, capacity_rps: 50.0), traffic: Constant(200.0), timings: (boot: \"5s\", install: \"15s\", startup: \"20s\"), \
                 load_balancer: (deregistration_delay: \"{delay}\", health_check: (interval: \"10s\", healthy_threshold: 1), \
                 in_flight: \"1s\", propagation: \"5s\"), \
                 strategy: RollingUpdate(max_surge: Percent(25), max_unavailable: Percent(0))"
            )
        };
        let (_, m) = run(&ron("0s"));
        close(failed(&m, "cut_off"), 200.0);
        close(failed(&m, "dead_target"), 1_000.0);
        // A preStop wait of 10 s covers the 5 s and the second that a request takes.
        let (_, m) = run(&ron("10s"));
        close(m.requests_failed, 0.0);
    }

    #[test]
    fn an_undo_half_way() {
        // At 140 five new pods serve, five old ones leave and five more new ones are launched. An alarm goes off at 180; a
        // person undoes it at 780, when 3 old and 10 new serve: five leave and five old ones are launched; at 920 eight old
        // serve, the other five leave, two are launched: 1,060.
        let ron = "strategy: RollingUpdate(max_surge: Percent(25), max_unavailable: Percent(25)), release: (error_rate: 0.2), \
                   alarm: (metric: NewVersionErrorRate, threshold: 0.05), on_failure: Redeploy(after: \"10m\")";
        let (timeline, m) = run(ron);
        let at = |t: u64| (timeline.at(s(t)).in_service_old(), timeline.at(s(t)).in_service_new());
        assert_eq!([at(0), at(140), at(280), at(780), at(920), at(1_059)], [(8, 0), (3, 5), (3, 10), (3, 5), (8, 0), (8, 0)]);
        assert_eq!((failed_at(&timeline), end(&m)), (180.0, ("rolled_back", 1_060.0, [10, 0, 0])));
        assert_eq!(m.rollback_s, Some(280.0));
        // 5 of 8 for 140 s, 10 of 13 for 500 s, 5 of 8 for 140 s.
        close(m.exposed_requests, 700.0 * (140.0 * 5.0 / 8.0 + 500.0 * 10.0 / 13.0 + 140.0 * 5.0 / 8.0));
    }
}

mod amazon_ecs {
    //! Source: Amazon ECS' developer guide, "Deployment circuit breaker" and "Rolling update". A task fails its checks
    //! 60 + 30 + 20 + 5 × 10 = 160 s after it was launched.
    use super::*;

    fn service(tasks: u32, strategy: &str) -> (Timeline, Metrics) {
        run(&format!("fleet: (instances: {tasks}), strategy: EcsRolling({strategy}), release: (startup_failure: 1.0)"))
    }

    #[test]
    fn the_breaker_counts_failed_tasks() {
        let breaker = |threshold: &str| format!("circuit_breaker: (threshold: {threshold}, rollback: true)");
        // One task: 0.5, at least 3. It fails at 160, 320 and 480.
        let (timeline, m) = service(1, &breaker("BoundedPercent(50)"));
        assert_eq!(why(&timeline), Why::CircuitBreaker { failed: 3, threshold: 3 });
        assert_eq!(end(&m), ("rolled_back", 480.0, [1, 0, 0]));
        // Ten at once, of which five are enough.
        let (timeline, m) = service(10, &breaker("BoundedPercent(50)"));
        assert!(matches!(why(&timeline), Why::CircuitBreaker { threshold: 5, .. }));
        assert_eq!((end(&m), m.requests_failed), (("rolled_back", 160.0, [10, 0, 0]), 0.0));
        // 25 tasks: 12.5 → 13, the guide's example. At most 104 %: 26, so one at a time: 13 × 160.
        let (timeline, m) = service(25, &format!("maximum_percent: 104, {}", breaker("BoundedPercent(50)")));
        assert_eq!(why(&timeline), Why::CircuitBreaker { failed: 13, threshold: 13 });
        assert_eq!(end(&m), ("rolled_back", 2_080.0, [25, 0, 0]));
        // A count is what it says; a share without bounds is at least 1.
        assert_eq!(failed_at(&service(1, &breaker("Count(5)")).0), 800.0);
        assert_eq!(failed_at(&service(1, &breaker("UnboundedPercent(50)")).0), 160.0);
    }

    #[test]
    fn without_rollback_it_only_stops() {
        let (_, m) = service(10, "circuit_breaker: (threshold: BoundedPercent(50), rollback: false)");
        assert_eq!((m.outcome, m.instances_left_old, m.instances_left_failed), ("failed", 10, 10));
    }

    #[test]
    fn without_a_breaker_it_would_never_end() {
        // Ten fail every 160 s; the program stops at 1,000 in a row: after 100 rounds.
        let (timeline, m) = service(10, "");
        assert_eq!(failed_at(&timeline), 16_000.0);
        assert_eq!(why(&timeline), Why::WouldNeverEnd { failed: 1_000 });
        assert_eq!((m.outcome, m.instances_left_old, m.requests_failed), ("failed", 10, 0.0));
    }

    #[test]
    fn a_task_that_becomes_healthy_resets_the_count() {
        // Three tasks, at most six. Two serve at 140; the first fails at 160, 320 and 480: three in a row, the threshold.
        // Two of the old ones have left at 140. Back: two old ones are launched at 480, the two new ones leave at 620.
        let ron = "fleet: (instances: 3), release: (startup_failure_of: Place(1)), \
                   strategy: EcsRolling(circuit_breaker: (threshold: BoundedPercent(50), rollback: true))";
        let (timeline, m) = run(ron);
        assert_eq!(failed_at(&timeline), 480.0);
        assert_eq!(end(&m), ("rolled_back", 640.0, [3, 0, 0]));
        assert_eq!(m.min_capacity_fraction, 1.0);
    }

    #[test]
    fn a_deployment_that_can_neither_start_nor_stop_says_so() {
        // 125 % of 3 is 3.75 → 3, and 100 % is 3. 75 % of 2 is 1.5 → 2, and 100 % is 2.
        for (tasks, bounds, minimum) in [(3, "maximum_percent: 125", 3), (2, "minimum_percent: 75, maximum_percent: 100", 2)] {
            let (timeline, m) = run(&format!("fleet: (instances: {tasks}), strategy: EcsRolling({bounds})"));
            assert_eq!(why(&timeline), Why::NoMove { minimum, maximum: tasks, desired: tasks });
            assert_eq!((m.outcome, m.duration_s), ("failed", 0.0));
        }
    }

    #[test]
    fn an_alarm_deploys_the_last_version_again() {
        // Ten new ones serve at 140, the old ten leave and are gone at 160. Noticed at 180; ten old ones serve at 320, the
        // new ones are gone at 340. From 140 to 320 all requests meet the new version.
        let ron = "strategy: EcsRolling(circuit_breaker: (threshold: BoundedPercent(50), rollback: true)), release: (error_rate: 0.2), \
                   alarm: (metric: NewVersionErrorRate, threshold: 0.05, bake: \"5m\")";
        let (_, m) = run(ron);
        assert_eq!(end(&m), ("rolled_back", 340.0, [10, 0, 0]));
        close(m.requests_failed, 180.0 * 140.0);
        assert_eq!((m.time_to_notice_s, m.rollback_s), (Some(40.0), Some(140.0)));
    }

    #[test]
    fn tasks_stay_within_their_bounds() {
        // The guide's and the same arithmetic for others: (tasks, least %, most %, least, most): 50 % of 4 is 2, 200 % is 8;
        // 33 % of 7 is 2.31 → 3, 120 % is 8.4 → 8; 60 % of 5 is 3, 133 % is 6.65 → 6; 66 % of 9 is 5.94 → 6, 133 % is
        // 11.97 → 11; 95 % of 20 is 19, 104 % is 20.8 → 20; 0 % of 1 is 0.
        for (tasks, minimum, maximum, least, most) in [
            (4, 50, 200, 2, 8),
            (4, 100, 200, 4, 8),
            (7, 33, 120, 3, 8),
            (5, 60, 133, 3, 6),
            (9, 66, 133, 6, 11),
            (6, 100, 150, 6, 9),
            (20, 95, 104, 19, 20),
            (1, 0, 100, 0, 1),
            (1, 100, 200, 1, 2),
        ] {
            // Without draining a stopped task is gone at once.
            let (timeline, m) = run(&format!(
                "fleet: (instances: {tasks}), load_balancer: (deregistration_delay: \"0s\"), \
                 strategy: EcsRolling(minimum_percent: {minimum}, maximum_percent: {maximum})"
            ));
            let lowest = timeline.moments().iter().map(Moment::in_service).min().unwrap();
            assert_eq!((m.outcome, lowest), ("succeeded", least), "{tasks} {minimum} {maximum}");
            assert!(m.max_instances <= most, "{tasks} {minimum} {maximum}: {}", m.max_instances);
        }
    }
}

mod instance_refresh {
    //! Source: EC2 Auto Scaling's user guide, "Instance refresh" and "Add checkpoints to an instance refresh".
    use super::*;

    #[test]
    fn the_documented_timeline() {
        // 10 instances, at least 80 %, checkpoints 20 and 50 %, 15 min delay, 10 min warm-up: 0:00 two are replaced, 0:10
        // warm, 0:25 two, 0:35 warm and one, 0:45 warm. Here an instance has passed its one check 10 s after its launch,
        // and is warm 590 s later.
        let ron = "strategy: InstanceRefresh(minimum_healthy_percent: 80, checkpoints: [20, 50], checkpoint_delay: \"15m\"), \
                   timings: (boot: \"0s\", install: \"0s\", startup: \"0s\", settle: \"590s\"), \
                   load_balancer: (deregistration_delay: \"0s\", health_check: (interval: \"10s\", healthy_threshold: 1))";
        let (timeline, m) = run(ron);
        let phases: Vec<_> = timeline.phases().iter().map(|phase| (phase.label, phase.from.as_secs_f64() / 60.0)).collect();
        let expected = [
            (PhaseLabel::Refresh { to: 2 }, 0.0),
            (PhaseLabel::Checkpoint { at: 2 }, 10.0),
            (PhaseLabel::Refresh { to: 4 }, 25.0),
            (PhaseLabel::Refresh { to: 5 }, 35.0),
        ];
        assert_eq!(phases, expected);
        assert_eq!(end(&m), ("succeeded", 45.0 * 60.0, [5, 5, 0]));
        assert_eq!(m.min_capacity_fraction, 0.8);
    }

    #[test]
    fn it_retries_for_an_hour() {
        // The first one drains for 20 s, its replacement is launched then, and others after it for an hour.
        let (timeline, m) = run("strategy: InstanceRefresh, release: (startup_failure: 1.0)");
        assert_eq!((m.outcome, failed_at(&timeline)), ("failed", 3_620.0));
        assert!(matches!(why(&timeline), Why::RetriedFor(_)));
        assert_eq!((m.instances_left_old, m.min_capacity_fraction, m.rollback_s), (9, 0.9, None));
    }

    #[test]
    fn its_rollback_replaces_what_was_replaced() {
        // The first one is gone at 20 and replaced at 160; the second one is gone at 180, when the alarm goes off. Its old
        // version is launched at 180 and serves at 320; then the replacement drains for 20 s and another is launched: 480.
        let ron = "strategy: InstanceRefresh(auto_rollback: true), release: (error_rate: 0.2), \
                   alarm: (metric: NewVersionErrorRate, threshold: 0.05)";
        let (timeline, m) = run(ron);
        assert_eq!(failed_at(&timeline), 180.0);
        assert_eq!(end(&m), ("rolled_back", 480.0, [10, 0, 0]));
        assert_eq!(m.rollback_s, Some(300.0));
        // 9 serve from 160 to 320, one of them new: 700 / 9 × 160.
        close(m.exposed_requests, 700.0 / 9.0 * 160.0);
    }

    #[test]
    fn a_group_of_one_is_down_meanwhile() {
        // 90 % of 1 is 1, which would leave nothing to replace. It drains for 20 s and serves 140 s later.
        let (_, m) = run("fleet: (instances: 1), strategy: InstanceRefresh");
        assert_eq!((end(&m), m.downtime_s), (("succeeded", 160.0, [0, 1, 0]), 160.0));
    }

    #[test]
    fn a_refresh_stays_within_its_bounds() {
        // (instances, least %, most %, lowest in service, most): the guide's one at a time at 90 %; 75 % of 8 is 6; 50 % of
        // 10; 50 % of 7 is 3.5 → 4; launching first, 110 and 150 % of 10.
        for (n, minimum, maximum, lowest, most) in [
            (10, 90, 100, 9, 10),
            (8, 75, 100, 6, 8),
            (10, 50, 100, 5, 10),
            (7, 50, 100, 4, 7),
            (10, 100, 100, 9, 10),
            (10, 100, 110, 10, 11),
            (10, 100, 150, 10, 15),
        ] {
            let (timeline, m) = run(&format!(
                "fleet: (instances: {n}), strategy: InstanceRefresh(minimum_healthy_percent: {minimum}, maximum_healthy_percent: {maximum})"
            ));
            let least = timeline.moments().iter().map(Moment::in_service).min().unwrap();
            assert_eq!((m.outcome, least, m.max_instances), ("succeeded", lowest, most), "{n} {minimum} {maximum}");
        }
    }

    #[test]
    fn without_rollback_it_leaves_what_was_replaced() {
        // At the alarm (180) one is replaced and a second one is just gone.
        let (timeline, m) =
            run("strategy: InstanceRefresh, release: (error_rate: 0.2), alarm: (metric: NewVersionErrorRate, threshold: 0.05)");
        assert_eq!((failed_at(&timeline), end(&m)), (180.0, ("failed", 180.0, [8, 1, 0])));
        assert_eq!(m.next_step, "redeploy_old_version");
    }
}

mod controllers_with_a_plan {
    //! Flagger's `scheduler.go` and "Deployment strategies", Argo Rollouts' "Canary" and "BlueGreen", as plans.
    use super::*;

    fn steps(steps: &str, rest: &str) -> (Timeline, Metrics) {
        run(&format!("strategy: Steps([{steps}]), {rest}"))
    }

    /// A set of ten, and each share followed by a check of a minute that bears `failures` bad ones.
    fn ladder(shares: impl Iterator<Item = u32>, failures: u32) -> String {
        let check = format!("Check(metric: NewVersionErrorRate, threshold: 0.05, over: \"1m\", failures: {failures})");
        let shifts: String = shares.map(|share| format!("Shift(to_percent: {share}), {check}, ")).collect();
        format!("Launch(group: New, instances: Percent(100)), {shifts}")
    }

    #[test]
    fn flagger_rolls_back_after_interval_times_threshold() {
        // 10 % at 140 s; five bad minutes: 300 s. A fifth of 70 fails all the time. Then the new set drains.
        let plan = ladder((10..=50).step_by(10), 5) + "Shift(to_percent: 100), Terminate(group: Old)";
        let (timeline, m) = steps(&plan, "release: (error_rate: 0.2)");
        assert_eq!((failed_at(&timeline), end(&m)), (440.0, ("rolled_back", 460.0, [10, 0, 0])));
        close(m.requests_failed, 300.0 * 70.0 * 0.2);
        assert!(matches!(why(&timeline), Why::Check { metric: Metric::NewVersionErrorRate, .. }));
    }

    #[test]
    fn flagger_validates_in_interval_times_weights() {
        // 2 % to 50 % by 2 %, a minute each: 25 min from 140 s on, then all of it and 20 s of draining.
        let plan = ladder((2..=50).step_by(2), 5) + "Shift(to_percent: 100), Terminate(group: Old)";
        let (_, m) = steps(&plan, "");
        assert_eq!(end(&m), ("succeeded", 140.0 + 25.0 * 60.0 + 20.0, [0, 10, 0]));
    }

    #[test]
    fn a_bad_check_is_taken_again() {
        // Bad from 200 to 260 s only: the first check (140 to 200) is well; the second (20 %) is bad for the first time at
        // 260 and well at 320. A bad one costs a minute, no more.
        let plan = ladder([10, 20].into_iter(), 2) + "Shift(to_percent: 100), Terminate(group: Old)";
        let (_, m) = steps(&plan, "failures: (events: [TurnBad(at: \"200s\", error_rate: 0.2), TurnGood(at: \"260s\")])");
        assert_eq!(end(&m), ("succeeded", 340.0, [0, 10, 0]));
        close(m.requests_failed, 60.0 * 140.0 * 0.2);
    }

    #[test]
    fn argo_without_a_router_gives_users_the_share_of_pods() {
        // 15 % of 10 is 1.5 → 2 pods: users get 20 %. Two old pods leave at once, since eight are enough; the two new ones
        // serve at 140. The check is bad at 200: 60 s of a fifth of the requests, a fifth of which fail. Back: two old
        // pods are launched at 200 (10 + 2 are within 13) and serve at 340, and two new ones leave as far as eight remain.
        let quarter = "max_surge: Percent(25), max_unavailable: Percent(25)";
        let check = "Check(metric: NewVersionErrorRate, threshold: 0.05, over: \"1m\")";
        let plan = format!("Replace(to: Percent(15), {quarter}), {check}, Replace(to: Percent(100), {quarter})");
        let (timeline, m) = steps(&plan, "release: (error_rate: 0.2)");
        let moment = timeline.at(s(150));
        assert_eq!((moment.in_service_old(), moment.in_service_new()), (8, 2));
        let (_, share_new) = timeline.shares(moment, s(150));
        close(share_new, 0.2);
        assert_eq!((failed_at(&timeline), end(&m)), (200.0, ("rolled_back", 340.0, [10, 0, 0])));
        close(m.requests_failed, 60.0 * 140.0 * 0.2);
    }

    #[test]
    fn a_plan_waits_for_a_person() {
        let plan =
            "Launch(group: New, instances: Percent(100)), Shift(to_percent: 10), Approve, Shift(to_percent: 100), Terminate(group: Old)";
        let (_, m) = steps(plan, "failures: (events: [Approve(at: \"500s\")])");
        assert_eq!(end(&m), ("succeeded", 520.0, [0, 10, 0]));
        // At the very moment at which the wait begins: the new set is there at 60 + 30 + 20 + 3 × 10 = 140.
        let (_, m) = steps(plan, "failures: (events: [Approve(at: \"140s\")])");
        assert_eq!(end(&m), ("succeeded", 160.0, [0, 10, 0]));
        // Where no one ever does, it stays as it is (Argo Rollouts: a pause without duration waits for a person).
        let (timeline, m) = steps(plan, "");
        assert_eq!((m.outcome, m.instances_left_old, m.instances_left_new), ("failed", 10, 10));
        assert_eq!(why(&timeline), Why::Stuck);
    }

    #[test]
    fn a_new_set_that_dies_while_it_is_evaluated_is_taken_back() {
        // Elastic Beanstalk's guide, "Traffic splitting": a failed check during the evaluation sends all traffic back. The
        // set is there at 140, dies at 200, and 5 checks of 10 s later the balancer sees it: 70 rps × 50 s fail, and what
        // was in flight, 70 × 2.
        for strategy in ["Canary(percent: 10, interval: \"5m\")", "TrafficSplitting(new_version_percent: 10, evaluation_time: \"5m\")"] {
            let ron = format!("fleet: (instances: 10), traffic: Constant(700.0), strategy: {strategy}, release: (crash_after: \"1m\")");
            let (timeline, m) = run(&ron);
            assert_eq!((m.outcome, failed_at(&timeline), m.instances_left_old, m.instances_left_new), ("rolled_back", 250.0, 10, 0));
            close(failed(&m, "dead_target"), 3_500.0);
            close(failed(&m, "cut_off"), 140.0);
        }
    }

    #[test]
    fn the_way_back_from_a_dns_switch_sends_nobody_to_the_new_version() {
        // Clients follow over 600 s from 140 on; the old environment ends at once, so that going back is a deployment. The
        // alarm's period ends at 180: 40 / 600 have moved. Until the old version is there again at 320 they go on:
        // 180 / 600 have moved then, on average 110 / 600 over those 140 s.
        let (timeline, m) =
            run("fleet: (instances: 10), traffic: Constant(700.0), strategy: BlueGreen(switch: Dns(ttl: \"10m\"), bake: \"0s\"), \
             release: (error_rate: 0.9), alarm: (metric: ErrorRate, threshold: 0.05, period: \"1m\")");
        assert_eq!((m.outcome, failed_at(&timeline)), ("rolled_back", 180.0));
        let at_320 = timeline.at(s(319));
        close(timeline.route(at_320).share_new(s(319)).unwrap(), 179.0 / 600.0);
    }

    #[test]
    fn flagger_that_has_not_promoted_only_shifts_back() {
        // The plan ends with the old instances being updated themselves, but at 440 none has been: all traffic goes to them
        // at once and the new set drains.
        let plan = ladder((10..=50).step_by(10), 5)
            + "Update(instances: Percent(50)), Update(instances: Percent(50)), Shift(to_percent: 0), Terminate(group: New)";
        let (timeline, m) = steps(&plan, "release: (error_rate: 0.2)");
        assert_eq!((failed_at(&timeline), end(&m)), (440.0, ("rolled_back", 460.0, [10, 0, 0])));
        assert_eq!((m.rollback_s, m.min_capacity_fraction), (Some(0.0), 1.0));
    }
}

mod alarms {
    //! An alarm's period is judged at its end, from the deployment's start on; so many in a row make it go off.
    use super::*;

    fn canary(rest: &str) -> (Timeline, Metrics) {
        run(&format!("strategy: Canary(percent: 10, interval: \"5m\"), {rest}"))
    }

    #[test]
    fn a_period_counts_at_its_end() {
        // 10 % at 140. Periods of 60 s: the one from 120 to 180 has requests of the new version, and is bad.
        let (timeline, m) = canary("release: (error_rate: 0.2), alarm: (metric: NewVersionErrorRate, threshold: 0.05)");
        assert_eq!((failed_at(&timeline), end(&m)), (180.0, ("rolled_back", 200.0, [10, 0, 0])));
        // Of 100 s: the one from 100 to 200.
        let (timeline, _) = canary("release: (error_rate: 0.2), alarm: (metric: NewVersionErrorRate, threshold: 0.05, period: \"100s\")");
        assert_eq!(failed_at(&timeline), 200.0);
        // Three in a row: 120 to 300. 160 s of a fifth of 70.
        let (timeline, m) = canary("release: (error_rate: 0.2), alarm: (metric: NewVersionErrorRate, threshold: 0.05, periods: 3)");
        assert_eq!((failed_at(&timeline), m.time_to_notice_s), (300.0, Some(160.0)));
        close(m.requests_failed, 160.0 * 14.0);
    }

    #[test]
    fn one_good_period_starts_the_count_again() {
        // Bad from 140 to 180 and from 250 on: the periods ending at 180, 300 and 360 are bad, the one ending at 240 is not.
        let events =
            "failures: (events: [TurnBad(at: \"140s\", error_rate: 0.2), TurnGood(at: \"180s\"), TurnBad(at: \"250s\", error_rate: 0.2)])";
        let (timeline, _) = canary(&format!("{events}, alarm: (metric: NewVersionErrorRate, threshold: 0.05, periods: 2)"));
        assert_eq!(failed_at(&timeline), 360.0);
    }

    #[test]
    fn five_percent_of_twenty_percent_is_one_percent() {
        // Google's SRE workbook, "Canarying releases": 5 % of the traffic × 20 % errors = 1 % of all requests, which an
        // alarm at 2 % never sees. At 740 all traffic moves, and at 760 it is over: 700 × 5 % × 20 % × 600 + 700 × 20 % × 20.
        let ron = |metric| {
            format!(
                "strategy: Canary(percent: 5, interval: \"10m\"), release: (error_rate: 0.2), alarm: (metric: {metric}, threshold: 0.02)"
            )
        };
        let (timeline, m) = run(&ron("ErrorRate"));
        close(timeline.measure(Metric::ErrorRate, s(240), s(300)).unwrap().value, 0.01);
        assert_eq!(end(&m), ("succeeded", 760.0, [0, 10, 0]));
        close(m.requests_failed, 4_200.0 + 2_800.0);
        // On the new version's own requests it is 20 %.
        let (timeline, m) = run(&ron("NewVersionErrorRate"));
        close(timeline.measure(Metric::NewVersionErrorRate, s(140), s(180)).unwrap().value, 0.2);
        assert_eq!((failed_at(&timeline), m.outcome), (180.0, "rolled_back"));
    }

    #[test]
    fn capacity_is_a_mean_over_the_period_and_bad_below_the_threshold() {
        // Three of ten are out until 100: 0.7, known at 60. What is under way ends at 100.
        let rolling = |threshold| format!("strategy: Rolling(batch: Count(3)), alarm: (metric: CapacityFraction, threshold: {threshold})");
        let (timeline, m) = run(&rolling("0.8"));
        assert_eq!((failed_at(&timeline), end(&m)), (60.0, ("failed", 100.0, [7, 3, 0])));
        assert_eq!(run(&rolling("0.65")).1.outcome, "succeeded");
        // Nothing for 80 s and everything for 20: 0.2 over 100 s.
        let whole = |threshold| {
            format!("strategy: AllAtOnce, alarm: (metric: CapacityFraction, threshold: {threshold}, period: \"100s\", bake: \"60s\")")
        };
        assert_eq!(end(&run(&whole("0.19")).1), ("succeeded", 140.0, [0, 10, 0]));
        let (timeline, _) = run(&whole("0.21"));
        close(timeline.measure(Metric::CapacityFraction, s(0), s(100)).unwrap().value, 0.2);
        assert_eq!(failed_at(&timeline), 100.0);
    }

    #[test]
    fn it_watches_after_the_end() {
        // 460 s for a canary, and five minutes more.
        let (timeline, m) = canary("alarm: (metric: ErrorRate, threshold: 0.05, bake: \"5m\")");
        assert_eq!(end(&m), ("succeeded", 760.0, [0, 10, 0]));
        assert_eq!(timeline.phases().last().unwrap().label, PhaseLabel::Watch);
        // A shift that is over (700 s) before two periods of five minutes are bad (300 to 900): with the old set gone the
        // way back is a deployment: 140 s, nine minutes, 20 s.
        let ron = "strategy: Linear(percent: 10, interval: \"1m\"), release: (error_rate: 0.2), \
                   alarm: (metric: ErrorRate, threshold: 0.05, period: \"5m\", periods: 2, bake: \"10m\")";
        let (timeline, m) = run(ron);
        assert_eq!((failed_at(&timeline), end(&m)), (900.0, ("rolled_back", 1_600.0, [10, 0, 0])));
        assert_eq!(m.rollback_s, Some(680.0));
    }

    #[test]
    fn what_follows_is_what_was_asked_for() {
        let bad = "release: (error_rate: 0.2), alarm: (metric: NewVersionErrorRate, threshold: 0.05)";
        // Everything stays as it is: both sets, 10 % on the new one.
        let (_, m) = canary(&format!("{bad}, on_failure: Stop"));
        assert_eq!(end(&m), ("failed", 180.0, [10, 10, 0]));
        // A person goes back ten minutes later; the old set is all there. 640 s of a fifth of 70.
        let (_, m) = canary(&format!("{bad}, on_failure: Redeploy(after: \"10m\")"));
        assert_eq!(end(&m), ("rolled_back", 800.0, [10, 0, 0]));
        close(m.requests_failed, 640.0 * 14.0);
        // It goes on all the same: 300 s of 14 and 20 s of 140.
        let (_, m) = canary(&format!("{bad}, on_failure: Ignore"));
        assert_eq!(end(&m), ("succeeded", 460.0, [0, 10, 0]));
        close(m.requests_failed, 300.0 * 14.0 + 20.0 * 140.0);
    }

    #[test]
    fn a_person_redeploys_while_the_alarm_was_watching_the_end() {
        // All at once is done at 80; from then on a fifth fails. The minute from 60 to 120 is bad. A person acts at 720 and
        // the old version is back 80 s later. Twice 80 s without any instance; a fifth of 700 fails from 80 to 720.
        let ron = "strategy: AllAtOnce, release: (error_rate: 0.2), on_failure: Redeploy(after: \"10m\"), \
                   alarm: (metric: NewVersionErrorRate, threshold: 0.05, bake: \"5m\")";
        let (timeline, m) = run(ron);
        assert_eq!((failed_at(&timeline), end(&m)), (120.0, ("rolled_back", 800.0, [10, 0, 0])));
        assert_eq!(m.rollback_s, Some(80.0));
        close(failed(&m, "no_capacity"), 2.0 * 80.0 * 700.0);
        close(failed(&m, "new_version_error"), 640.0 * 140.0);
    }

    #[test]
    fn a_rolling_deployment_is_stopped_and_redeployed() {
        // The first three serve at 100 and the minute that ends at 120 is bad; the second batch, under way, ends at 200.
        // A person acts at 720: 4 × 100 s. New ones serve 3 of 7 for 100 s, 6 of 10 for 520 s, and 3 of 7 for 100 s more
        // (the first three go back first): 30,000 + 218,400 + 30,000 requests, a fifth of which fail.
        let ron = "strategy: Rolling(batch: Count(3)), release: (error_rate: 0.2), on_failure: Redeploy(after: \"10m\"), \
                   alarm: (metric: NewVersionErrorRate, threshold: 0.05)";
        let (_, m) = run(ron);
        assert_eq!(end(&m), ("rolled_back", 1_120.0, [10, 0, 0]));
        close(m.exposed_requests, 278_400.0);
        close(m.requests_failed, 278_400.0 / 5.0);
        assert_eq!((m.time_to_notice_s, m.rollback_s), (Some(20.0), Some(400.0)));
    }
}

mod instances_that_die {
    //! A dead instance gets its even share until the load balancer has seen five failed checks, ten seconds apart.
    use super::*;

    /// A canary of 5 min under 900 of 1,000 requests per second, with something killed at 10 s.
    fn killed(instances: u32, rest: &str) -> (Timeline, Metrics) {
        run(&format!(
            "strategy: Canary(percent: 10, interval: \"5m\"), traffic: Constant(900.0), \
             failures: (events: [Kill(at: \"10s\", instances: {instances})]{rest}"
        ))
    }

    #[test]
    fn its_share_is_lost_until_it_is_noticed() {
        // One of ten: 90 requests per second for 50 s, and 2 s of what was in flight. The nine others serve 900.
        let (timeline, m) = killed(1, ")");
        close(failed(&m, "dead_target"), 90.0 * 50.0);
        close(failed(&m, "cut_off"), 90.0 * 2.0);
        close(m.requests_failed, 90.0 * 52.0);
        let at = |t: u64| {
            (timeline.at(s(t)).in_service_old(), timeline.trouble(timeline.at(s(t))).dead(), timeline.trouble(timeline.at(s(t))).failed())
        };
        assert_eq!([at(9), at(10), at(59), at(60)], [(10, 0, 0), (9, 1, 0), (9, 1, 0), (9, 0, 1)]);
    }

    /// Rolling by three under 700 of 1,000 requests per second, with one event.
    fn rolling(event: &str) -> (Timeline, Metrics) {
        run(&format!("strategy: Rolling(batch: Count(3)), failures: (events: [{event}])"))
    }

    #[test]
    fn the_instance_that_is_named_dies_and_no_other() {
        // The tenth one dies at 50 s, while the first three of ten are updated: seven share 700 requests per second, 100
        // each, for 50 s, and 2 s of what it had in flight are cut. From 100 s on it is known as failed; six of seven are
        // left to do, and failed ones come first.
        let (timeline, m) = rolling("Kill(at: \"50s\", instance: 10)");
        let state = |i: u32, t: u64| timeline.life(i).at(s(t)).unwrap().state;
        assert_eq!((state(9, 49), state(9, 50), state(8, 50)), (State::InService, State::Dead, State::InService));
        close(failed(&m, "dead_target"), 100.0 * 50.0);
        close(failed(&m, "cut_off"), 100.0 * 2.0);
        let died: Vec<_> = timeline.log().iter().filter(|entry| matches!(entry.note, Note::Died(..))).collect();
        assert!(matches!(died[..], [LogEntry { note: Note::Died(Instances { first: 9, count: 1 }, Death::Killed), .. }]), "{died:?}");
    }

    #[test]
    fn an_instance_that_does_not_serve_or_is_not_there_cannot_be_killed() {
        let (undisturbed, _) = run("strategy: Rolling(batch: Count(3))");
        // At 50 s the first is being installed; there is never an eleventh.
        for event in ["Kill(at: \"50s\", instance: 1)", "Kill(at: \"50s\", instance: 11)"] {
            assert_eq!(rolling(event).0, undisturbed, "{event}");
        }
    }

    #[test]
    fn a_launched_one_is_counted_on_from_those_of_the_start() {
        // A canary's new set is launched in 140 s: its first is the eleventh. It gets a tenth of a tenth of 700 requests per
        // second, 7, for 50 s.
        let ron = "strategy: Canary(percent: 10, interval: \"5m\"), failures: (events: [Kill(at: \"200s\", instance: 11)])";
        let (timeline, m) = run(ron);
        assert_eq!(timeline.life(10).at(s(200)).unwrap().state, State::Dead);
        close(failed(&m, "dead_target"), 7.0 * 50.0);
    }

    #[test]
    fn the_others_are_overloaded_until_it_is_back() {
        // Two of ten: 180 per second for 50 s; then eight serve 800. Started again in place they are back at 60 + 20 + 30 =
        // 110: 50 s × 100. Replaced: 60 + 60 + 30 + 20 + 30 = 200, but from 140 on the new set takes 90: 810 are left for
        // eight, 80 s × 100 and 60 s × 10.
        let (timeline, m) = killed(2, ", recovery: Restart)");
        close(failed(&m, "dead_target"), 180.0 * 50.0);
        close(failed(&m, "overload"), 5_000.0);
        assert_eq!([s(109), s(110)].map(|t| timeline.at(t).in_service_old()), [8, 10]);
        let (timeline, m) = killed(2, ", recovery: Replace)");
        close(failed(&m, "overload"), 80.0 * 100.0 + 60.0 * 10.0);
        assert_eq!([s(199), s(200)].map(|t| timeline.at(t).in_service_old()), [8, 10]);
    }

    #[test]
    fn where_all_are_unhealthy_the_load_balancer_sends_to_all_of_them() {
        // Elastic Load Balancing's guide: fail open. All ten die at 10: 900 per second fail until 140, then 810 until all
        // traffic moves at 440. Refused, only the first 50 s are sent to dead ones.
        let all = 130.0 * 900.0 + 300.0 * 810.0;
        let (_, m) = killed(10, ")");
        close(failed(&m, "dead_target"), all);
        close(failed(&m, "no_capacity"), 0.0);
        let (_, m) = killed(10, "), load_balancer: (all_unhealthy: Refuse)");
        close(failed(&m, "dead_target"), 50.0 * 900.0);
        close(failed(&m, "no_capacity"), all - 50.0 * 900.0);
    }

    #[test]
    fn a_latent_crash_is_met_by_everyone_and_undone_in_one_step() {
        // All ten die at 140 + 600. The minute that ends at 780 is bad: 40 s of all requests, and 2 s in flight.
        let ron = "strategy: BlueGreen(switch: LoadBalancer, bake: \"30m\"), release: (crash_after: \"10m\"), \
                   alarm: (metric: ErrorRate, threshold: 0.05)";
        let (timeline, m) = run(ron);
        assert_eq!(failed_at(&timeline), 780.0);
        close(failed(&m, "dead_target"), 40.0 * 700.0);
        close(failed(&m, "cut_off"), 2.0 * 700.0);
        assert_eq!((end(&m), m.rollback_s), (("rolled_back", 800.0, [10, 0, 0]), Some(0.0)));
        assert_eq!(m.time_to_notice_s, Some(40.0));
    }

    #[test]
    fn a_crash_after_the_deployment_is_not_of_it() {
        // The old environment ends at 140 + 300 + 20 = 460; the crash would be at 740.
        let (_, m) = run("strategy: BlueGreen(switch: LoadBalancer, bake: \"5m\"), release: (crash_after: \"10m\")");
        assert_eq!((end(&m), m.requests_failed), (("succeeded", 460.0, [0, 10, 0]), 0.0));
    }

    #[test]
    fn two_checks_of_thirty_seconds() {
        // Elastic Load Balancing's defaults: out after 2 × 30 s. One of ten gets its 90 per second for a minute.
        let ron = "strategy: Canary(percent: 10, interval: \"5m\"), traffic: Constant(900.0), \
                   load_balancer: (health_check: (interval: \"30s\", healthy_threshold: 5, unhealthy_threshold: 2)), \
                   failures: (events: [Kill(at: \"10s\", instances: 1)])";
        let (timeline, m) = run(ron);
        close(failed(&m, "dead_target"), 60.0 * 90.0);
        assert_eq!([s(69), s(70)].map(|t| timeline.trouble(timeline.at(t)).failed()), [0, 1]);
    }

    #[test]
    fn a_new_one_that_dies_while_its_batch_waits_fails_the_batch() {
        // The first batch of three serves at 100 and has to stay healthy for 120 s; 20 s before that each crashes, and
        // nothing brings it back. Work on them began at 0: their time is up at 600.
        let ron = "strategy: Rolling(batch: Count(3)), timings: (settle: \"120s\"), release: (crash_after: \"100s\")";
        let (timeline, m) = run(ron);
        assert_eq!(end(&m), ("failed", 600.0, [7, 0, 3]));
        assert_eq!(why(&timeline), Why::NotHealthy { failed: 3, of: 3 });
        // 3 of 10 get their share for 50 s, and what they had in flight for 2 s is cut.
        close(failed(&m, "dead_target"), 50.0 * 210.0);
        close(failed(&m, "cut_off"), 2.0 * 210.0);
    }

    #[test]
    fn when_both_sets_die_everything_is_lost() {
        // All twenty die at 439, one second before the old set is ended. The old ones leave then and get nothing more; the
        // new ones do until it is over: all of 700 for 21 s, and 2 s of what was in flight.
        let ron = "strategy: Canary(percent: 10, interval: \"5m\"), failures: (events: [Kill(at: \"439s\", instances: 20)])";
        let (_, m) = run(ron);
        close(failed(&m, "dead_target"), 21.0 * 700.0);
        close(failed(&m, "cut_off"), 2.0 * 700.0);
    }
}

mod late_load_balancers {
    //! `propagation`: a deregistered instance goes on getting requests for so long; a registered one is used so much later.
    use super::*;

    fn rolling(delay: u32) -> (Timeline, Metrics) {
        run(&format!(
            "strategy: Rolling(batch: Count(5)), traffic: Constant(450.0), \
             load_balancer: (deregistration_delay: \"{delay}s\", in_flight: \"0s\", propagation: \"5s\")"
        ))
    }

    #[test]
    fn an_instance_that_runs_on_serves_what_still_comes() {
        // It drains for 20 s: the 5 s are served. The first five leave the balancer at 5 and are used at 105; the second
        // five leave it then.
        let (timeline, m) = rolling(20);
        assert_eq!((m.outcome, m.requests_failed), ("succeeded", 0.0));
        let at = |t: u64| (timeline.at(s(t)).in_service_old(), timeline.at(s(t)).in_service_new());
        assert_eq!([at(4), at(5), at(104), at(105)], [(10, 0), (5, 0), (5, 0), (0, 5)]);
    }

    #[test]
    fn one_that_stops_before_fails_what_still_comes() {
        // It stops after 2 s: from 2 to 5 half of 450 goes to dead ones. The first batch is healthy at 82 and used at 87;
        // the second one stops at 84 and gets all 450 until 87.
        let (_, m) = rolling(2);
        close(failed(&m, "dead_target"), 3.0 * 225.0 + 3.0 * 450.0);
        close(m.requests_failed, 2_025.0);
    }

    #[test]
    fn the_last_ones_count_too() {
        // All at once: everything stops at 0 and gets 700 for 5 s; all is healthy at 80 and used at 85.
        let (_, m) = run("strategy: AllAtOnce, load_balancer: (propagation: \"5s\")");
        close(failed(&m, "dead_target"), 5.0 * 700.0);
        close(failed(&m, "no_capacity"), 80.0 * 700.0);
        close(m.downtime_s, 85.0);
    }
}

mod limits_of_a_fleet {
    //! Quota, timeout, and what a person does.
    use super::*;

    #[test]
    fn a_launch_beyond_the_quota_waits_until_its_time_is_up() {
        // Room for five of ten: they serve nothing and drain for 20 s when the time is up.
        let (timeline, m) = run("fleet: (instances: 10, quota: 15), strategy: Canary(percent: 10, interval: \"5m\")");
        assert_eq!(why(&timeline), Why::NoQuota { quota: 15, refused: 5 });
        assert_eq!(end(&m), ("rolled_back", 620.0, [10, 0, 0]));
        assert_eq!((m.max_instances, m.requests_failed), (15, 0.0));
    }

    #[test]
    fn an_additional_batch_without_room_touches_nothing() {
        let (timeline, m) = run("fleet: (instances: 10, quota: 10), strategy: RollingWithAdditionalBatch(batch: Count(3))");
        assert_eq!(why(&timeline), Why::NoQuota { quota: 10, refused: 3 });
        assert_eq!((m.duration_s, m.max_instances, m.instances_left_old, m.instances_left_new), (600.0, 10, 10, 0));
    }

    #[test]
    fn pods_without_room_are_pending() {
        // Nothing may be unavailable and nothing more may exist: no pod ever starts, and at 600 it is marked.
        let ron = |unavailable| {
            format!("fleet: (instances: 10, quota: 10), strategy: RollingUpdate(max_surge: Percent(25), max_unavailable: {unavailable})")
        };
        let (timeline, m) = run(&ron("Count(0)"));
        assert_eq!((failed_at(&timeline), end(&m)), (600.0, ("failed", 600.0, [10, 0, 0])));
        // With two that may be, the ones that leave make room.
        let (_, m) = run(&ron("Percent(25)"));
        assert_eq!((m.outcome, m.max_instances, m.min_capacity_fraction), ("succeeded", 10, 0.8));
    }

    #[test]
    fn too_slow_is_failed() {
        // 30 s + 600 s of starting are more than 600 from the begin of the drain on; the batch is out of service.
        let (timeline, m) = run("strategy: Rolling(batch: Count(3)), timings: (startup: \"10m\")");
        assert_eq!(end(&m), ("failed", 600.0, [7, 0, 3]));
        assert_eq!(why(&timeline), Why::NotHealthy { failed: 3, of: 3 });
    }

    #[test]
    fn a_person_aborts() {
        // Rolling: the second batch is under way from 100 to 200 and ends. A canary goes back at once and drains.
        let abort = |at: &str| format!("failures: (events: [Abort(at: \"{at}\")])");
        let (timeline, m) = run(&format!("strategy: Rolling(batch: Count(3)), {}", abort("150s")));
        assert_eq!((why(&timeline), end(&m)), (Why::Aborted, ("failed", 200.0, [4, 6, 0])));
        let (_, m) = run(&format!("strategy: Canary(percent: 10, interval: \"5m\"), {}", abort("200s")));
        assert_eq!(end(&m), ("rolled_back", 220.0, [10, 0, 0]));
    }

    #[test]
    fn a_version_that_is_bad_for_a_while() {
        // A fifth of 70 for 60 s.
        let events = "failures: (events: [TurnBad(at: \"200s\", error_rate: 0.2), TurnGood(at: \"260s\")])";
        let (_, m) = run(&format!("strategy: Canary(percent: 10, interval: \"5m\"), {events}"));
        assert_eq!(m.outcome, "succeeded");
        close(failed(&m, "new_version_error"), 60.0 * 14.0);
    }

    #[test]
    fn a_demand_that_changes() {
        // 1,200 from 100 on: 200 too many for 40 s; then 10 % go to the new set and 1,080 meet 1,000 for 300 s; then all
        // go to the new set: 200 too many for 20 s.
        let events = "failures: (events: [Demand(at: \"100s\", rps: 1200.0)])";
        let (_, m) = run(&format!("strategy: Canary(percent: 10, interval: \"5m\"), {events}"));
        close(failed(&m, "overload"), 40.0 * 200.0 + 300.0 * 80.0 + 20.0 * 200.0);
    }

    #[test]
    fn a_slower_version() {
        // Half as fast: 700 meet 500 for the last 20 s.
        let (_, m) = run("strategy: Canary(percent: 10, interval: \"5m\"), release: (capacity_factor: 0.5)");
        close(failed(&m, "overload"), 20.0 * 200.0);
    }
}
