//! Scenarios as text: what is read, what is refused and where, what is written, and what `--set` changes.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop")]

mod random_scenario;

use std::fmt::Write as _;
use std::path::Path;

use deployscope::scenario::{
    Alarm, AllUnhealthy, CircuitBreaker, Event, Failures, Fleet, Group, HealthCheck, Late, LoadBalancer, Metric, NewSet, OnFailure, Part,
    Places, Recovery, Release, Scenario, ScenarioError, Source, Spread, Step, Strategy, StrategyKind, Switch, Threshold, Timings, Traffic,
    limits,
};
use deployscope::units::{Duration, Share};
use proptest::prelude::*;
use proptest::strategy::Strategy as _;

/// The example of the documentation.
const EXAMPLE: &str = r#"(
    name: "Rolling, three at a time",
    description: "Ten instances behind a load balancer, three updated at a time.",
    fleet: (instances: 10, capacity_rps: 100.0),
    traffic: Constant(700.0),
    timings: (boot: "60s", install: "30s", startup: "20s"),
    load_balancer: (
        deregistration_delay: "20s",
        health_check: (interval: "10s", healthy_threshold: 3, unhealthy_threshold: 5),
    ),
    strategy: Rolling(batch: Count(3)),
)
"#;

fn read(text: &str) -> Result<Scenario, ScenarioError> {
    Scenario::from_ron(text, "test.ron")
}

#[track_caller]
fn ok(text: &str) -> Scenario {
    read(text).unwrap_or_else(|error| panic!("{error}"))
}

/// A scenario of ten instances with further fields.
#[track_caller]
fn with(fields: &str) -> Scenario {
    ok(&format!("(fleet: (instances: 10), strategy: AllAtOnce, {fields})"))
}

#[track_caller]
fn strategy(ron: &str) -> Strategy {
    ok(&format!("(fleet: (instances: 10), strategy: {ron})")).strategy
}

/// The one problem of a text: its line, its column, and a part of what is said.
#[track_caller]
fn refused(text: &str, line: usize, column: usize, gist: &str) {
    let error = read(text).expect_err("this is accepted");
    let [problem] = error.problems() else { panic!("not one problem:\n{error}") };
    let said = format!("{}\n{}", problem.message, problem.help.as_deref().unwrap_or_default());
    assert!(said.contains(gist), "`{gist}` is not in:\n{error}");
    assert_eq!((problem.line, problem.column), (line, column), "{error}");
    // What is printed has the place too.
    assert!(error.to_string().contains(&format!("test.ron:{line}:{column}")), "{error}");
}

/// The same for one line of a scenario: `fields` begin at line 2, column 1.
#[track_caller]
fn refused_field(fields: &str, column: usize, gist: &str) {
    refused(&format!("(fleet: (instances: 10), strategy: AllAtOnce,\n{fields}\n)"), 2, column, gist);
}

/// The same for a strategy, which begins at line 2, column 1.
#[track_caller]
fn refused_strategy(ron: &str, column: usize, gist: &str) {
    refused(&format!("(fleet: (instances: 10), strategy:\n{ron}\n)"), 2, column, gist);
}

fn s(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

// What is read.

#[test]
fn the_example_of_the_documentation_is_read() {
    let scenario = ok(EXAMPLE);
    assert_eq!(scenario.name, "Rolling, three at a time");
    assert_eq!(scenario.fleet, Fleet { instances: 10, capacity_rps: 100.0, quota: None });
    assert_eq!(scenario.traffic, Some(Traffic::Constant(700.0)));
    assert_eq!(scenario.strategy, Strategy::Rolling { batch: Part::Count(3) });
    assert_eq!(scenario.load_balancer.health_check.time_to_healthy(), s(30));
}

#[test]
fn all_but_the_fleet_and_the_strategy_has_a_default() {
    let scenario = ok("(fleet: (instances: 12), strategy: Immutable)");
    assert_eq!(scenario, Scenario::new(12, Strategy::Immutable));
    // 70 % of 12 × 100
    assert_eq!(scenario.traffic(), Traffic::Constant(840.0));
}

#[test]
fn every_field_is_read() {
    let scenario = ok(r#"(
        version: 1,
        name: "n", description: "d",
        fleet: (instances: 5, capacity_rps: 20, quota: 8),
        traffic: Ramp(from: 100, to: 200.5, over: "5m"),
        timings: (boot: "40s..80s", install: "60s ± 10s", startup: "median 60s, p95 120s", settle: "2m"),
        load_balancer: (
            deregistration_delay: "1m 30s",
            health_check: (interval: "250ms", healthy_threshold: 2, unhealthy_threshold: 4),
            in_flight: "1.5s", propagation: "7us", all_unhealthy: Refuse,
        ),
        strategy: AllAtOnce,
        release: (error_rate: 0.25, startup_failure: 1, startup_failure_of: Place(7), crash_after: "1h", capacity_factor: 0.5),
        failures: (
            instance_mtbf: "2d",
            events: [
                Kill(at: "3m", instances: 2), Kill(at: "3m", instance: 5), TurnBad(at: "4m", error_rate: 0.3), TurnGood(at: "9m"),
                Demand(at: "5m", rps: 900.0), Abort(at: "6m"), Approve(at: "7m"),
            ],
            recovery: Replace,
        ),
        alarm: (metric: NewVersionErrorRate, threshold: 0.05, period: "30s", periods: 3, bake: "15m"),
        on_failure: Redeploy(after: "10m"),
        timeout: "15m",
        seed: 18446744073709551615,
    )"#);
    let expected = Scenario {
        name: "n".to_owned(),
        description: "d".to_owned(),
        fleet: Fleet { instances: 5, capacity_rps: 20.0, quota: Some(8) },
        traffic: Some(Traffic::Ramp { from: 100.0, to: 200.5, over: s(300) }),
        timings: Timings {
            boot: Spread::Uniform { from: s(40), to: s(80) },
            install: Spread::Normal { mean: s(60), deviation: s(10) },
            startup: Spread::LogNormal { median: s(60), p95: s(120) },
            settle: s(120),
        },
        load_balancer: LoadBalancer {
            deregistration_delay: s(90),
            health_check: HealthCheck { interval: Duration::from_us(250_000), healthy_threshold: 2, unhealthy_threshold: 4 },
            in_flight: Duration::from_us(1_500_000),
            propagation: Duration::from_us(7),
            all_unhealthy: AllUnhealthy::Refuse,
        },
        strategy: Strategy::AllAtOnce,
        release: Release {
            error_rate: 0.25,
            startup_failure: 1.0,
            startup_failure_of: Some(Places::Place(7)),
            crash_after: Some(Spread::Fixed(s(3600))),
            capacity_factor: 0.5,
        },
        failures: Failures {
            instance_mtbf: Some(s(2 * 86_400)),
            events: vec![
                Event::Kill { at: s(180), instances: 2 },
                Event::KillInstance { at: s(180), instance: 5 },
                Event::TurnBad { at: s(240), error_rate: 0.3 },
                Event::TurnGood { at: s(540) },
                Event::Demand { at: s(300), rps: 900.0 },
                Event::Abort { at: s(360) },
                Event::Approve { at: s(420) },
            ],
            recovery: Some(Recovery::Replace),
        },
        alarm: Some(Alarm {
            metric: Metric::NewVersionErrorRate,
            threshold: 0.05,
            period: s(30),
            periods: 3,
            bake: s(900),
            sampled: false,
            base_error_rate: 0.0,
        }),
        on_failure: Some(OnFailure::Redeploy { after: s(600) }),
        timeout: s(900),
        seed: u64::MAX,
    };
    assert_eq!(scenario, expected);
}

#[test]
fn every_strategy_is_read() {
    let percent = |p| Part::Percent(Share::from_percent(p));
    assert_eq!(strategy("AllAtOnce"), Strategy::AllAtOnce);
    assert_eq!(strategy("InPlace(minimum_healthy: Percent(75))"), Strategy::InPlace { minimum_healthy: percent(75) });
    assert_eq!(strategy("InPlace(minimum_healthy: Count(0))"), Strategy::InPlace { minimum_healthy: Part::Count(0) });
    assert_eq!(strategy("Rolling(batch: Percent(12.5))"), Strategy::Rolling { batch: Part::Percent(Share::from_ppm(125_000)) });
    assert_eq!(strategy("Rolling(batch: Percent(33.3333))"), Strategy::Rolling { batch: Part::Percent(Share::from_ppm(333_333)) });
    assert_eq!(strategy("RollingWithAdditionalBatch(batch: Count(99))"), Strategy::RollingWithAdditionalBatch { batch: Part::Count(99) });
    assert_eq!(strategy("Immutable"), Strategy::Immutable);
    assert_eq!(
        strategy("TrafficSplitting(new_version_percent: 20, evaluation_time: \"3m\")"),
        Strategy::TrafficSplitting { new_version: Share::from_percent(20), evaluation_time: s(180) }
    );
    assert_eq!(
        strategy("BlueGreen(switch: Dns(ttl: \"60s\"), bake: \"5m\")"),
        Strategy::BlueGreen { switch: Switch::Dns { ttl: s(60), late: None }, bake: s(300) }
    );
    let late = Some(Late { share: Share::from_percent(5), over: s(600) });
    assert_eq!(
        strategy("BlueGreen(switch: Dns(ttl: \"60s\", late_percent: 5, late_ttl: \"10m\"), bake: \"5m\")"),
        Strategy::BlueGreen { switch: Switch::Dns { ttl: s(60), late }, bake: s(300) }
    );
    assert_eq!(strategy("BlueGreen(switch: LoadBalancer, bake: \"0s\")"), Strategy::BlueGreen { switch: Switch::LoadBalancer, bake: s(0) });
    assert_eq!(
        strategy("Canary(percent: 0.1, interval: \"5m\", capacity: Proportional)"),
        Strategy::Canary { percent: Share::from_ppm(1_000), interval: s(300), capacity: NewSet::Proportional }
    );
    assert_eq!(
        strategy("Linear(percent: 25, interval: \"0s\", capacity: Full)"),
        Strategy::Linear { percent: Share::from_percent(25), interval: s(0), capacity: NewSet::Full }
    );
    assert_eq!(
        strategy("RollingUpdate(max_surge: Count(0), max_unavailable: Percent(0), progress_deadline: \"1m\")"),
        Strategy::RollingUpdate { max_surge: Part::Count(0), max_unavailable: percent(0), progress_deadline: s(60) }
    );
    assert_eq!(
        strategy("Steps([Launch(group: New), Shift(to_percent: 5), Wait(\"10m\"), Shift(to_percent: 100), Terminate(group: Old)])"),
        Strategy::Steps(vec![
            Step::Launch { instances: percent(100) },
            Step::Shift { to: Share::from_percent(5) },
            Step::Wait(s(600)),
            Step::Shift { to: Share::WHOLE },
            Step::Terminate { group: Group::Old },
        ])
    );
    assert_eq!(
        strategy(
            "Steps([Launch(instances: Count(3)), Update(instances: Percent(50)), Update(instances: Count(9)), Terminate(group: New)])"
        ),
        Strategy::Steps(vec![
            Step::Launch { instances: Part::Count(3) },
            Step::Update { instances: percent(50) },
            Step::Update { instances: Part::Count(9) },
            Step::Terminate { group: Group::New },
        ])
    );
}

#[test]
fn the_strategies_of_ecs_and_auto_scaling_are_read() {
    let ecs = |breaker: &str| strategy(&format!("EcsRolling(minimum_percent: 50, maximum_percent: 150, circuit_breaker: {breaker})"));
    let with = |circuit_breaker| Strategy::EcsRolling {
        minimum_healthy: Share::from_percent(50),
        maximum: Share::from_percent(150),
        circuit_breaker,
    };
    let breaker = |threshold, rollback| with(Some(CircuitBreaker { threshold, rollback }));
    assert_eq!(ecs("None"), with(None));
    assert_eq!(ecs("(rollback: false)"), breaker(Threshold::DEFAULT, false));
    assert_eq!(ecs("(threshold: BoundedPercent(25), rollback: true)"), breaker(Threshold::BoundedPercent(Share::from_percent(25)), true));
    assert_eq!(
        ecs("(threshold: UnboundedPercent(0.5), rollback: true)"),
        breaker(Threshold::UnboundedPercent(Share::from_ppm(5_000)), true)
    );
    assert_eq!(ecs("(threshold: Count(5), rollback: true)"), breaker(Threshold::Count(5), true));
    // The service has no breaker unless it is asked for (Amazon ECS' API); the minimum and the maximum have defaults.
    let bare = Strategy::EcsRolling { minimum_healthy: Share::WHOLE, maximum: Share::from_percent(200), circuit_breaker: None };
    assert_eq!(strategy("EcsRolling"), bare);
    assert_eq!(
        strategy(
            "InstanceRefresh(minimum_healthy_percent: 80, maximum_healthy_percent: 120, checkpoints: [20, 50], \
             checkpoint_delay: \"15m\", bake: \"1m\", auto_rollback: true)"
        ),
        Strategy::InstanceRefresh {
            minimum_healthy: Share::from_percent(80),
            maximum_healthy: Share::from_percent(120),
            checkpoints: vec![Share::from_percent(20), Share::from_percent(50)],
            checkpoint_delay: s(900),
            bake: s(60),
            auto_rollback: true,
        }
    );
}

#[test]
fn waiting_checking_and_replacing_steps_are_read() {
    let percent = |p| Part::Percent(Share::from_percent(p));
    assert_eq!(
        strategy(
            "Steps([Replace(to: Percent(20), max_surge: Percent(0), max_unavailable: Count(1)), Approve, \
             Check(metric: NewVersionErrorRate, threshold: 0.05, over: \"1m\", failures: 3), \
             Check(metric: CapacityFraction, threshold: 0.8, over: \"1s\"), Replace(to: Count(10))])"
        ),
        Strategy::Steps(vec![
            Step::Replace { to: percent(20), max_surge: percent(0), max_unavailable: Part::Count(1) },
            Step::Approve,
            Step::Check { metric: Metric::NewVersionErrorRate, threshold: 0.05, over: s(60), failures: 3 },
            Step::Check { metric: Metric::CapacityFraction, threshold: 0.8, over: s(1), failures: 1 },
            // Argo Rollouts' defaults: 25 % and 25 %.
            Step::Replace { to: Part::Count(10), max_surge: percent(25), max_unavailable: percent(25) },
        ])
    );
}

#[test]
fn a_strategy_by_its_name_alone_has_its_defaults() {
    // The window offers Amazon ECS' circuit breaker; a file has to ask for it.
    for kind in StrategyKind::ALL.into_iter().filter(|kind| *kind != StrategyKind::EcsRolling) {
        assert_eq!(strategy(kind.ron_name()), kind.with_defaults());
        assert_eq!(strategy(&format!("{}()", kind.ron_name())), kind.with_defaults());
    }
    assert_eq!(
        strategy("Canary(percent: 20)"),
        Strategy::Canary { percent: Share::from_percent(20), interval: s(300), capacity: NewSet::Full }
    );
}

#[test]
fn every_kind_of_traffic_and_of_reaction_is_read() {
    assert_eq!(with("traffic: Constant(0)").traffic, Some(Traffic::Constant(0.0)));
    assert_eq!(
        with("traffic: Steps([(\"0s\", 500.0), (\"5m\", 900)])").traffic,
        Some(Traffic::Steps(vec![(s(0), 500.0), (s(300), 900.0)]))
    );
    assert_eq!(
        with("traffic: Wave(mean: 700, amplitude: 700, period: \"10s\")").traffic,
        Some(Traffic::Wave { mean: 700.0, amplitude: 700.0, period: s(10) })
    );
    assert_eq!(with("on_failure: Rollback").on_failure, Some(OnFailure::Rollback));
    assert_eq!(with("on_failure: Stop").on_failure, Some(OnFailure::Stop));
    assert_eq!(with("on_failure: Ignore").on_failure, Some(OnFailure::Ignore));
    assert_eq!(with("release: (startup_failure_of: Last(1))").release.startup_failure_of, Some(Places::Last(1)));
    assert_eq!(with("load_balancer: (all_unhealthy: FailOpen)").load_balancer, LoadBalancer::default());
    assert_eq!(with("failures: (recovery: Restart)").failures.recovery, Some(Recovery::Restart));
    let alarm = |metric| {
        Some(Alarm {
            metric,
            threshold: 0.5,
            period: limits::DEFAULT_ALARM_PERIOD,
            periods: 1,
            bake: s(0),
            sampled: false,
            base_error_rate: 0.0,
        })
    };
    assert_eq!(with("alarm: (metric: ErrorRate, threshold: 0.5)").alarm, alarm(Metric::ErrorRate));
    assert_eq!(with("alarm: (metric: CapacityFraction, threshold: 0.5)").alarm, alarm(Metric::CapacityFraction));
}

#[test]
fn what_may_be_left_out_may_be_some_or_none() {
    assert_eq!(ok("(fleet: (instances: 1, quota: Some(5)), strategy: AllAtOnce)").fleet.quota, Some(5));
    assert_eq!(ok("(fleet: (instances: 1, quota: None), strategy: AllAtOnce)").fleet.quota, None);
    assert_eq!(with("traffic: Some(Constant(5))").traffic, Some(Traffic::Constant(5.0)));
    assert_eq!(with("alarm: None, on_failure: Some(Stop)").on_failure, Some(OnFailure::Stop));
    let alarm = with("alarm: Some((metric: ErrorRate, threshold: 0.5))").alarm;
    assert_eq!(alarm.map(|alarm| alarm.threshold), Some(0.5));
}

#[test]
fn comments_names_of_types_and_the_attribute_are_forgiven() {
    let text = "\u{feff}#![enable(implicit_some)]\r\n// about it\r\nScenario(\r\n  fleet: /* ten */ Fleet(instances: 1_0 /* of them */),\r\n  \
                strategy: Rolling /* (batch: 5) */ ( batch: Count(3), ), // a few\r\n)\r\n// end";
    let scenario = ok(text);
    assert_eq!(scenario, Scenario::new(10, Strategy::Rolling { batch: Part::Count(3) }));
    assert_eq!(with("name: r#\"a \"raw\" string\"#").name, "a \"raw\" string");
}

// What is refused, and where.

#[test]
fn files_that_are_no_scenario_are_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, content: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    };
    let large = folder.path().join("large.ron");
    std::fs::File::create(&large).unwrap().set_len(50_000_000).unwrap();
    let cases = [
        (folder.path().join("none.ron"), "there is no file"),
        (folder.path().to_owned(), "is a folder"),
        (file("empty.ron", b""), "is empty"),
        (file("binary.ron", b"\x7fELF\x00\x01\xff\xfe"), "is not a text file"),
        (file("zeros.ron", b"(\0\0)"), "is not a text file"),
        (large, "too large"),
    ];
    for (path, gist) in cases {
        let name = path.display().to_string();
        for error in [Scenario::read_file(&path).unwrap_err(), Source::from_file(&path).unwrap_err()] {
            let [problem] = error.problems() else { panic!("{error}") };
            assert!(problem.message.contains(gist) && problem.message.contains(&name), "{error}");
            assert!(problem.help.is_some(), "{error}");
            assert_eq!((problem.line, problem.column), (0, 0));
            assert!(error.to_string().contains(&name), "{error}");
        }
    }
    let good = file("good.ron", EXAMPLE.as_bytes());
    assert_eq!(Scenario::read_file(&good), Ok(ok(EXAMPLE)));
    let bad = file("bad.ron", b"(fleet: (instances: 0), strategy: AllAtOnce)");
    assert!(Scenario::read_file(&bad).unwrap_err().to_string().contains("bad.ron:1:21"));
}

#[test]
fn texts_without_a_scenario_are_refused() {
    refused("", 1, 1, "there is no scenario");
    refused("  // nothing here\n", 1, 1, "there is no scenario");
    refused("5", 1, 1, "named fields");
    refused("[]", 1, 1, "named fields");
    refused("Fleet(instances: 5)", 1, 1, "named fields");
    let large = format!("({}", " ".repeat(1_000_001));
    refused(&large, 1, 1, "too large");
}

#[test]
fn a_syntax_error_is_told_in_plain_words() {
    refused("(fleet: (instances: 10) strategy: AllAtOnce)", 1, 25, "expected `,`");
    refused("(\n    fleet: (instances: 10),\n    strategy AllAtOnce,\n)", 3, 14, "expected `:`");
    refused("(fleet: (instances: 10),\n strategy: AllAtOnce\n\n", 2, 21, "ends too early");
    refused("(fleet: (instances: 10), strategy: AllAtOnce))", 1, 46, "more text after the end");
    refused("(name: \"ä\", fleet: (instances: ?))", 1, 32, "expected a value");
    refused("(name: \"open)", 1, 9, "not closed");
    refused("(name: \"a\\qb\")", 1, 10, "escape");
    refused("(5: 3)", 1, 3, "expected");
    refused("/* open", 1, 8, "comment is not closed");
    refused("#![enable(unwrap_newtypes)]\n(fleet: (instances: 10), strategy: AllAtOnce)", 1, 11, "`unwrap_newtypes` is not for scenarios");
    refused("#![enable(magic)]\n()", 1, 16, "extension is not known");
}

#[test]
fn deep_nesting_is_refused_and_not_followed() {
    let open = "(".repeat(100_000);
    let error = read(&open).unwrap_err();
    assert!(error.to_string().contains("nested too deeply"), "{error}");
    assert_eq!(error.problems()[0].line, 1);
    let deep = format!("(name: {}{})", "[".repeat(10_000), "]".repeat(10_000));
    assert!(read(&deep).unwrap_err().to_string().contains("nested too deeply"));
    let some = format!("#![enable(implicit_some)](name: {})", "Some ".repeat(100_000));
    assert!(read(&some).is_err());
    let comments = format!("{}()", "/*".repeat(100_000));
    assert!(read(&comments).is_err());
}

#[test]
fn unknown_names_find_the_nearest_known_one() {
    refused("(fleet: (\n  instnces: 10), strategy: AllAtOnce)", 2, 3, "`fleet` has no field `instnces`");
    let error = read("(fleet: (instances: 1, capacity: 5), strategy: AllAtOnce)").unwrap_err();
    assert_eq!(error.problems()[0].help.as_deref(), Some("did you mean `capacity_rps`? `fleet` has `instances`, `capacity_rps`, `quota`"));
    refused_field("colour: 5", 1, "`scenario` has no field `colour`");
    refused_strategy("Roling(batch: Count(3))", 1, "did you mean `Rolling`?");
    refused_strategy("Instantly", 1, "one of `AllAtOnce`, `InPlace`, `Rolling`");
    refused_strategy("Rolling(batches: Count(3))", 9, "did you mean `batch`?");
    refused_strategy("Rolling(batch: Counts(3))", 16, "did you mean `Count`?");
    refused_strategy("\"Rolling\"", 1, "write `Rolling` without quotes");
    refused_field("alarm: (metric: ErrorRates, threshold: 0.5)", 17, "did you mean `ErrorRate`?");
}

#[test]
fn missing_fields_are_told_where_they_belong() {
    refused("(\n    strategy: AllAtOnce,\n)", 1, 1, "add `fleet: (instances: 10)`");
    refused("(\n    fleet: (quota: 5),\n    strategy: AllAtOnce,\n)", 2, 12, "add `instances: 10`");
    refused("(fleet: (instances: 10))", 1, 1, "needs the field `strategy`");
    refused_field("traffic: Wave(mean: 5, period: \"5m\")", 10, "needs the field `amplitude`");
    refused_field("alarm: (metric: ErrorRate)", 8, "needs the field `threshold`");
    refused_field("failures: (events: [Kill(instances: 5)])", 21, "needs the field `at`");
    refused_field("failures: (events: [Kill(at: \"3m\")])", 21, "needs the field `instances`");
    refused_strategy("BlueGreen(switch: Dns)", 19, "needs the field `ttl`");
}

#[test]
fn who_dies_is_either_so_many_or_the_one_that_is_named() {
    let kill = |what: &str| format!("failures: (events: [Kill(at: \"3m\", {what})])");
    refused_field(&kill("instance: 5, instances: 2"), 60, "takes either `instances` or `instance`, not both");
    refused_field(&kill("instance: 0"), 46, "from 1 to 100,000,000");
    refused_field(&kill("instance: 5.5"), 46, "`instance` must be a whole number");
    refused_field(&kill("instanc: 5"), 36, "did you mean `instance`?");
}

#[test]
fn a_field_given_twice_is_told_at_the_second() {
    refused("(fleet: (instances: 10,\n instances: 11), strategy: AllAtOnce)", 2, 2, "`instances` is given twice");
}

#[test]
fn counts_say_their_range() {
    let instances = |value: &str, gist: &str| refused(&format!("(strategy: AllAtOnce, fleet: (\n  instances: {value}))"), 2, 14, gist);
    for value in ["-3", "0", "1000001", "1000000000000", "1e30", "2.5", "NaN", "99999999999999999999999999"] {
        instances(value, "must be a whole number from 1 to 1,000,000");
    }
    instances("-3", "cannot be negative");
    instances("-2.5", "cannot be negative");
    instances("0", "too small");
    instances("1000000000000", "too large");
    instances("1e400", "too large");
    instances("2.5", "is not a whole number");
    instances("10.0", "write `10`");
    instances("\"ten\"", "must be a whole number from 1 to 1,000,000, not a string");
    instances("[10]", "not a list");
    instances("1..5", "is not a number");
    instances("true", "not true or false");
    instances("'a'", "not a character");
    refused_field("seed: -1", 7, "cannot be negative");
    refused_field("seed: 18446744073709551616", 7, "from 0 to 18,446,744,073,709,551,615");
    refused_field("version: 2", 10, "this program reads version 1");
    refused_field("load_balancer: (health_check: (healthy_threshold: 0))", 51, "from 1 to 1,000");
}

#[test]
fn a_quota_below_the_fleet_is_told_at_the_quota() {
    refused("(fleet: (instances: 10, quota: 9), strategy: AllAtOnce)", 1, 32, "at least 10");
    refused("(fleet: (instances: 10, quota: 0), strategy: AllAtOnce)", 1, 32, "too small");
}

#[test]
fn numbers_say_their_range() {
    refused_field("release: (error_rate: 1.5)", 23, "a number from 0 to 1");
    refused_field("release: (error_rate: -0.1)", 23, "cannot be negative");
    refused_field("release: (error_rate: NaN)", 23, "is not a number");
    refused_field("release: (error_rate: 1e400)", 23, "too large for any number");
    refused_field("release: (error_rate: inf)", 23, "too large for any number");
    refused_field("release: (error_rate: -inf)", 23, "cannot be negative");
    refused_field("release: (error_rate: \"30 %\")", 23, "30 % is `0.3`");
    refused_field("release: (capacity_factor: 0.0)", 28, "above 0 and at most 100");
    refused_field("release: (capacity_factor: 101)", 28, "too large");
    refused_field("traffic: Constant(1e10)", 19, "too large");
    refused_field("traffic: Constant(-1)", 19, "cannot be negative");
    refused("(fleet: (instances: 1, capacity_rps: 0), strategy: AllAtOnce)", 1, 38, "above 0");
}

#[test]
fn parts_and_percents_say_their_range() {
    refused_strategy("Rolling(batch: Count(0))", 22, "too small");
    refused_strategy("Rolling(batch: Percent(0))", 24, "above 0");
    refused_strategy("Rolling(batch: Percent(150))", 24, "above 100 %");
    refused_strategy("Rolling(batch: Percent(-5))", 24, "cannot be negative");
    refused_strategy("Rolling(batch: Percent(33.33333))", 24, "more than four decimals");
    refused_strategy("Rolling(batch: Percent(1e1))", 24, "not a plain number");
    refused_strategy("Rolling(batch: Percent(\"30\"))", 24, "not a string");
    refused_strategy("Rolling(batch: 3)", 16, "write `Count(3)` for instances or `Percent(3)`");
    refused_strategy("Rolling(batch: Count)", 16, "write `Count(3)`");
    refused_strategy("Rolling(batch: Count(1, 2))", 16, "takes one value");
    refused_strategy("Rolling(Count(3))", 9, "write `Rolling(batch: Count(3))`");
    refused_strategy("AllAtOnce(batch: 3)", 1, "takes nothing in brackets");
    refused_strategy("InPlace(minimum_healthy: Percent(101))", 34, "above 100 %");
    refused_strategy("TrafficSplitting(new_version_percent: 0.5)", 39, "from 1 to 100");
    refused_strategy("Canary(percent: 0.05)", 17, "from 0.1 to 100");
    refused_strategy("TrafficSplitting(evaluation_time: \"0s\")", 35, "must be above 0");
}

#[test]
fn durations_need_a_unit_and_an_end() {
    refused_field("timeout: \"90\"", 10, "write `\"90s\"`");
    refused_field("timeout: 90", 10, "write `\"90s\"`");
    refused_field("timeout: \"90 parsecs\"", 10, "`parsecs` is not a unit");
    refused_field("timeout: \"31d\"", 10, "at most `\"30d\"`");
    refused_field("timeout: \"0s\"", 10, "must be above 0");
    refused_field("timeout: Soon", 10, "must be a duration, not `Soon`");
    refused_field("timings: (boot: \"80s..40s\")", 17, "write `\"40s..80s\"`");
    refused_field("timings: (boot: 60)", 17, "write `\"60s\"`");
    refused_field("load_balancer: (health_check: (interval: \"500us\"))", 42, "at least `\"1ms\"`");
}

#[test]
fn traffic_keeps_its_rules() {
    refused_field("traffic: Steps([])", 16, "at least one level");
    refused_field("traffic: Steps([(\"1s\", 500.0)])", 18, "write `\"0s\"`");
    refused_field("traffic: Steps([(\"0s\", 500.0), (\"5m\", 1.0), (\"5m\", 2.0)])", 46, "must rise");
    refused_field("traffic: Steps([\"0s\"])", 17, "write `(\"5m\", 900.0)`");
    refused_field("traffic: Wave(mean: 100, amplitude: 101, period: \"5m\")", 37, "at most 100");
    refused_field("traffic: Wave(mean: 100, amplitude: 5, period: \"0.5s\")", 48, "at least `\"10s\"`");
    refused_field("traffic: Ramp(from: 1, to: 2, over: \"0s\")", 37, "must be above 0");
    let many = "(\"0s\", 1.0),".repeat(limits::MAX_LIST + 1);
    refused_field(&format!("traffic: Steps([{many}])"), 16, "at most 10000");
}

#[test]
fn failures_and_alarms_keep_their_ranges() {
    refused_field("release: (startup_failure_of: Last(0))", 36, "too small");
    refused_field("release: (startup_failure_of: Place(1000001))", 37, "too large");
    refused_field("release: (startup_failure_of: 3)", 31, "one of `Last`, `Place`");
    refused_field("failures: (instance_mtbf: \"999ms\")", 27, "at least `\"1s\"`");
    refused_field("alarm: (metric: ErrorRate, threshold: 0.05, period: \"0.5s\")", 53, "at least `\"1s\"`");
    refused_field("alarm: (metric: ErrorRate, threshold: 0.05, bake: \"31d\")", 51, "at most `\"30d\"`");
    refused_field("load_balancer: (all_unhealthy: Refused)", 32, "did you mean `Refuse`?");
    refused_field("on_failure: Ignored", 13, "did you mean `Ignore`?");
}

#[test]
fn late_dns_clients_keep_their_rules() {
    let dns = |fields: &str, column: usize, gist: &str| refused_strategy(&format!("BlueGreen(switch: Dns({fields}))"), column, gist);
    dns("ttl: \"60s\", late_percent: 5", 49, "add `late_ttl");
    dns("ttl: \"60s\", late_ttl: \"10m\"", 45, "add `late_percent");
    dns("ttl: \"60s\", late_percent: 5, late_ttl: \"59s\"", 62, "at least `\"60s\"`");
    dns("ttl: \"60s\", late_percent: 0, late_ttl: \"60s\"", 49, "too small");
    dns("ttl: \"60s\", late_percent: 5, late_ttl: \"8d\"", 62, "too long");
}

#[test]
fn ecs_and_instance_refresh_keep_their_ranges() {
    refused_strategy("EcsRolling(minimum_percent: 101)", 29, "above 100 %");
    refused_strategy("EcsRolling(maximum_percent: 99)", 29, "from 100 to 200");
    refused_strategy("EcsRolling(circuit_breaker: (threshold: Count(5)))", 29, "add `rollback: true`");
    refused_strategy("EcsRolling(circuit_breaker: (threshold: Count(0), rollback: true))", 47, "too small");
    refused_strategy("EcsRolling(circuit_breaker: (rollback: Yes))", 40, "must be `true` or `false`");
    refused_strategy("InstanceRefresh(maximum_healthy_percent: 201)", 42, "above 200 %");
    // 200 - 90 is more than 100 (the API's rule).
    refused_strategy("InstanceRefresh(maximum_healthy_percent: 200)", 42, "at most 190");
    refused_strategy("InstanceRefresh(checkpoints: [20, 50, 50])", 39, "above 50");
    refused_strategy("InstanceRefresh(checkpoints: [0.5])", 31, "from 1 to 100");
    refused_strategy("InstanceRefresh(checkpoints: 50)", 30, "must be a list");
}

#[test]
fn a_hand_written_plan_is_checked_at_the_step() {
    let steps = |steps: &str, column: usize, gist: &str| refused_strategy(&format!("Steps([{steps}])"), column, gist);
    steps("", 7, "at least one step");
    steps("Shift(to_percent: 5), Launch()", 8, "put a `Launch` before");
    steps("Launch(group: Old), Shift(to_percent: 100), Terminate(group: Old)", 22, "only the new group");
    steps("Launch(), Shift(to_percent: 101)", 36, "above 100 %");
    steps("Launch(), Shift(to_percent: 50), Replace(to: Percent(100))", 41, "`Replace` launches, ends and shares");
    steps("Launch(), Shift(to_percent: 50), Update(instances: Count(1)), Shift(to_percent: 0), Terminate(group: New)", 92, "update 9 more");
    steps("Replace(to: Percent(20)), Replace(to: Count(11))", 34, "not so many instances");
    steps("Replace(to: Percent(100), max_surge: Count(0), max_unavailable: Percent(0))", 8, "nothing may start");
    steps("Check(metric: ErrorRate, threshold: 0.05)", 8, "needs the field `over`");
    steps("Check(metric: ErrorRate, threshold: 0.05, over: \"900ms\")", 56, "at least `\"1s\"`");
    steps("Update(instances: Count(10)), Check(metric: ErrorRate, threshold: 0.05, over: \"1m\", failures: 0)", 102, "too small");
    steps("Approve(\"1m\")", 8, "takes nothing in brackets");
    steps("Launch(), Terminate(group: Old), Terminate(group: New)", 41, "still goes to the new group");
    steps("Update(instances: Count(4))", 8, "update 6 more");
    steps("Wait(10)", 13, "write `\"10s\"`");
    // The rules hold for this fleet: nine launched are enough for nine, not for ten.
    let plan = "Steps([Launch(instances: Count(9)), Shift(to_percent: 100), Terminate(group: Old)])";
    assert!(read(&format!("(fleet: (instances: 9), strategy: {plan})")).is_ok());
    refused_strategy(plan, 61, "launch 1 more");
}

#[test]
fn all_problems_are_told_in_one_run() {
    let error = read("(\n  nam: 5,\n  fleet: (instances: -1),\n  strategy: Rolling(batch: Count(0)),\n  timeout: \"5\",\n)").unwrap_err();
    let places: Vec<_> = error.problems().iter().map(|problem| (problem.line, problem.column)).collect();
    assert_eq!(places, [(2, 3), (3, 22), (4, 34), (5, 12)]);
    assert!(error.problems().iter().all(|problem| problem.help.is_some()));
    // There is an end to it.
    let error = with_many_problems();
    assert_eq!(error.problems().len(), limits::MAX_PROBLEMS);
}

fn with_many_problems() -> ScenarioError {
    let mut text = String::from("(fleet: (instances: 10), strategy: AllAtOnce");
    for i in 0..1_000 {
        write!(text, ", unknown_{i}: {i}").unwrap();
    }
    read(&(text + ")")).unwrap_err()
}

#[test]
fn a_problem_is_printed_with_its_line_and_a_marker() {
    let error = Scenario::from_ron("(\n    fleet: (instances: -3),\n    strategy: AllAtOnce,\n)", "demo.ron").unwrap_err();
    let expected = "\
error: `instances` cannot be negative
 --> demo.ron:2:24
  |
2 |     fleet: (instances: -3),
  |                        ^^
  |
  = help: `instances` must be a whole number from 1 to 1,000,000";
    assert_eq!(error.to_string(), expected);
    assert_eq!(error.render(false), expected);
    assert!(error.render(true).contains("\u{1b}["));
    assert!(!error.to_string().contains("\u{1b}["));
}

#[test]
fn what_is_printed_cannot_steer_a_terminal() {
    let error = read("(fleet: (instances: 10, quota: \"\u{1b}[31m\u{7}\"), strategy: AllAtOnce)").unwrap_err();
    assert!(!error.to_string().contains(['\u{1b}', '\u{7}']), "{error:?}");
    let error = Source::new(EXAMPLE, "a").set("\u{1b}[31m", "5").unwrap_err();
    assert!(!error.to_string().contains('\u{1b}'), "{error:?}");
    let error = Scenario::read_file(Path::new("\u{1b}[31m")).unwrap_err();
    assert!(!error.to_string().contains('\u{1b}'), "{error:?}");
}

// What is written.

#[test]
fn a_scenario_is_written_as_a_person_would() {
    let mut scenario = Scenario::new(10, Strategy::Rolling { batch: Part::Count(3) });
    assert_eq!(scenario.to_ron(), "(\n    fleet: (instances: 10),\n    strategy: Rolling(batch: Count(3)),\n)\n");

    scenario.name = "Rolling, three at a time".to_owned();
    scenario.traffic = Some(Traffic::Constant(700.0));
    scenario.timings.boot = Spread::Normal { mean: s(60), deviation: s(10) };
    scenario.load_balancer.deregistration_delay = s(300);
    scenario.load_balancer.health_check = HealthCheck { interval: s(5), healthy_threshold: 2, unhealthy_threshold: 4 };
    scenario.alarm = Some(Alarm {
        metric: Metric::ErrorRate,
        threshold: 0.05,
        period: s(60),
        periods: 1,
        bake: s(0),
        sampled: false,
        base_error_rate: 0.0,
    });
    let expected = r#"(
    name: "Rolling, three at a time",
    fleet: (instances: 10),
    traffic: Constant(700.0),
    timings: (boot: "60s ± 10s"),
    load_balancer: (
        deregistration_delay: "5m",
        health_check: (interval: "5s", healthy_threshold: 2, unhealthy_threshold: 4),
    ),
    strategy: Rolling(batch: Count(3)),
    alarm: (metric: ErrorRate, threshold: 0.05),
)
"#;
    assert_eq!(scenario.to_ron(), expected);
}

#[test]
fn what_is_told_to_ecs_and_auto_scaling_is_written_without_its_defaults() {
    let written = |ron: &str| {
        let text = ok(&format!("(fleet: (instances: 10), strategy: {ron})")).to_ron();
        // Long ones are broken over several lines, each with a comma.
        let without_space = |text: &str| text.replace([' ', '\n'], "").replace(",)", ")");
        assert!(without_space(&text).contains(&without_space(ron)), "{text}");
    };
    written("EcsRolling(minimum_percent: 100, maximum_percent: 200)");
    written("EcsRolling(minimum_percent: 50, maximum_percent: 100, circuit_breaker: (rollback: true))");
    written("InstanceRefresh(minimum_healthy_percent: 90, maximum_healthy_percent: 100)");
    written("BlueGreen(switch: Dns(ttl: \"60s\", late_percent: 5, late_ttl: \"10m\"), bake: \"5m\")");
}

#[test]
fn a_long_list_has_a_line_for_each_item() {
    let scenario = Scenario::new(10, StrategyKind::Steps.with_defaults());
    let expected = r#"(
    fleet: (instances: 10),
    strategy: Steps([
        Launch(instances: Percent(100)),
        Shift(to_percent: 5),
        Wait("2m"),
        Shift(to_percent: 50),
        Wait("2m"),
        Shift(to_percent: 100),
        Terminate(group: Old),
    ]),
)
"#;
    assert_eq!(scenario.to_ron(), expected);
}

// What `--set` changes.

fn set(text: &str, path: &str, value: &str) -> Result<String, ScenarioError> {
    let mut source = Source::new(text, "test.ron");
    source.set(path, value).map(|()| source.text().to_owned())
}

#[track_caller]
fn set_refused(text: &str, path: &str, value: &str, gist: &str) -> ScenarioError {
    let error = set(text, path, value).expect_err("this is accepted");
    assert!(error.to_string().contains(gist), "`{gist}` is not in:\n{error}");
    error
}

#[test]
fn a_value_is_replaced_where_it_stands() {
    let text = "( // ten\n  fleet: (instances: /* now */ 10 /* later more */), // fleet\n  strategy: Rolling(batch: Count(3)),\n)";
    assert_eq!(set(text, "fleet.instances", "12").unwrap(), text.replace("10", "12"));
    assert_eq!(set(text, "strategy.batch", "Percent(50)").unwrap(), text.replace("Count(3)", "Percent(50)"));
    assert_eq!(set(text, "strategy", "Canary(percent: 5)").unwrap(), text.replace("Rolling(batch: Count(3))", "Canary(percent: 5)"));
    // A comment around the value stays out: it could swallow what follows.
    assert_eq!(set(text, " fleet.instances ", " 12 // so many").unwrap(), text.replace("10", "12"));
}

#[test]
fn a_field_that_is_not_there_is_put_in() {
    let text = "(fleet: (instances: 10), strategy: Rolling)";
    assert_eq!(set(text, "fleet.quota", "12").unwrap(), "(fleet: (instances: 10, quota: 12), strategy: Rolling)");
    assert_eq!(set(text, "strategy.batch", "Count(4)").unwrap(), "(fleet: (instances: 10), strategy: Rolling(batch: Count(4)))");
    assert_eq!(
        set(text, "load_balancer.health_check.interval", "\"5s\"").unwrap(),
        "(fleet: (instances: 10), strategy: Rolling, load_balancer: (health_check: (interval: \"5s\")))"
    );
    assert_eq!(
        set("(fleet: (instances: 10,), strategy: Rolling /* ( */ ( /* none */ ),)", "strategy.batch", "Count(4)").unwrap(),
        "(fleet: (instances: 10,), strategy: Rolling /* ( */ (batch: Count(4) /* none */ ),)"
    );
    let lines = "(\n    fleet: (instances: 10),\n    strategy: Rolling, // a few\n    // that is all\n)\n";
    assert_eq!(set(lines, "seed", "7").unwrap(), lines.replace("that is all\n", "that is all\n    seed: 7,\n"));
    let no_comma = "(\n    fleet: (instances: 10),\n    strategy: Rolling // a few\n)\n";
    assert_eq!(set(no_comma, "seed", "7").unwrap(), "(\n    fleet: (instances: 10),\n    strategy: Rolling, // a few\n    seed: 7,\n)\n");
    assert_eq!(set("(fleet: (instances: 10))", "strategy", "AllAtOnce").unwrap(), "(fleet: (instances: 10), strategy: AllAtOnce)");
    assert_eq!(set("()", "fleet.instances", "5").unwrap(), "(fleet: (instances: 5))");
}

#[test]
fn fields_of_variants_and_of_what_may_be_left_out_have_paths() {
    let text = "(fleet: (instances: 10, quota: Some(20)), strategy: BlueGreen(switch: Dns(ttl: \"60s\")), \
                alarm: Some((metric: ErrorRate, threshold: 0.5)), traffic: Wave(mean: 5, amplitude: 1, period: \"5m\"), \
                on_failure: Redeploy(after: \"5m\"))";
    let mut source = Source::new(text, "test.ron");
    source.set("strategy.switch.ttl", "\"30s\"").unwrap();
    source.set("alarm.threshold", "0.25").unwrap();
    source.set("alarm.periods", "3").unwrap();
    source.set("traffic.mean", "6").unwrap();
    source.set("on_failure.after", "\"7m\"").unwrap();
    source.set("fleet.quota", "None").unwrap();
    source.set("name", "\"set\"").unwrap();
    source.set("description", "\"set too\"").unwrap();
    source.set("version", "1").unwrap();
    let scenario = source.read().unwrap();
    assert_eq!(scenario.strategy, Strategy::BlueGreen { switch: Switch::Dns { ttl: s(30), late: None }, bake: s(300) });
    assert_eq!(
        scenario.alarm,
        Some(Alarm {
            metric: Metric::ErrorRate,
            threshold: 0.25,
            period: s(60),
            periods: 3,
            bake: s(0),
            sampled: false,
            base_error_rate: 0.0
        })
    );
    assert_eq!(scenario.traffic, Some(Traffic::Wave { mean: 6.0, amplitude: 1.0, period: s(300) }));
    assert_eq!(scenario.on_failure, Some(OnFailure::Redeploy { after: s(420) }));
    assert_eq!(scenario.fleet.quota, None);
    assert_eq!((scenario.name.as_str(), scenario.description.as_str()), ("set", "set too"));
}

#[test]
fn a_wrong_path_finds_the_nearest_ones() {
    set_refused(EXAMPLE, "fleet.instnces", "5", "did you mean `fleet.instances`?");
    set_refused(EXAMPLE, "instances", "5", "`fleet.instances`");
    set_refused(EXAMPLE, "batch", "Count(2)", "`strategy.batch`");
    set_refused(EXAMPLE, "health_check.interval", "\"5s\"", "`load_balancer.health_check.interval`");
    set_refused(EXAMPLE, "strategy.colour", "5", "known here: strategy.batch");
    set_refused(EXAMPLE, "", "5", "there is no field");
    let error = set_refused(EXAMPLE, "zzzzzz", "5", "known here: alarm, ");
    assert_eq!(error.problems()[0].file(), "--set zzzzzz=5");
    // What is known depends on the scenario: a canary has no batches.
    set_refused(
        "(fleet: (instances: 10), strategy: Canary)",
        "strategy.batch",
        "Count(3)",
        "known here: strategy.capacity, strategy.interval",
    );
}

#[test]
fn a_wrong_value_is_told_as_the_setting() {
    let error = set_refused(EXAMPLE, "fleet.instances", "-3", "cannot be negative");
    assert_eq!(error.problems()[0].file(), "--set fleet.instances=-3");
    assert_eq!((error.problems()[0].line, error.problems()[0].column), (1, 1));
    let error = set_refused(EXAMPLE, "strategy", "Rolling(batch: Count(0))", "too small");
    assert_eq!(error.problems()[0].column, 22);
    assert!(error.to_string().contains("1 | Rolling(batch: Count(0))"), "{error}");
    set_refused(EXAMPLE, "fleet.instances", "5)", "more text after the end");
    set_refused(EXAMPLE, "fleet.instances", "", "ends too early");
    set_refused(EXAMPLE, "fleet.instances", "5, quota: 3", "more text after the end");
    set_refused(EXAMPLE, "fleet.instances", "#![enable(implicit_some)] 5", "attribute");
    // A shell takes the quotes away.
    set_refused(EXAMPLE, "timeout", "5s", "--set 'timeout=\"5s\"'");
    set_refused(EXAMPLE, "timings.boot", "40s..80s", "--set 'timings.boot=\"40s..80s\"'");
    set_refused(EXAMPLE, "name", "slow", "--set 'name=\"slow\"'");
    set_refused(EXAMPLE, "name", "very slow", "--set 'name=\"very slow\"'");
}

#[test]
fn a_refused_setting_changes_nothing() {
    let mut source = Source::new(EXAMPLE, "test.ron");
    for (path, value) in [("fleet.instances", "-3"), ("fleet.colour", "3"), ("seed", "("), ("load_balancer.in_flight", "5")] {
        source.set(path, value).unwrap_err();
        assert_eq!(source.text(), EXAMPLE);
    }
}

#[test]
fn values_that_depend_on_each_other_can_be_set_one_after_another() {
    let mut source = Source::new("(fleet: (instances: 10), strategy: AllAtOnce)", "test.ron");
    source.set("fleet.quota", "4").unwrap();
    let error = source.read().unwrap_err();
    assert_eq!(error.problems()[0].file(), "--set fleet.quota=4");
    source.set("fleet.instances", "4").unwrap();
    assert_eq!(source.read().unwrap().fleet, Fleet { instances: 4, capacity_rps: 100.0, quota: Some(4) });
    // What is wrong in the file and not in a setting is told of the file; a setting may mend it.
    let mut source = Source::new("(fleet: (instances: 10), strategy: Rolling(batch: Count(0)))", "test.ron");
    source.set("seed", "2").unwrap();
    assert_eq!(source.read().unwrap_err().problems()[0].file(), "test.ron");
    source.set("strategy.batch", "Count(1)").unwrap();
    assert_eq!(source.read().unwrap().seed, 2);
}

#[test]
fn a_setting_within_a_setting_is_the_one_that_is_told() {
    let mut source = Source::new("(fleet: (instances: 10), strategy: AllAtOnce)", "test.ron");
    source.set("fleet", "(instances: 10, quota: 10)").unwrap();
    source.set("fleet.capacity_rps", "5").unwrap();
    source.set("fleet.quota", "3").unwrap();
    assert_eq!(source.text(), "(fleet: (instances: 10, quota: 3, capacity_rps: 5), strategy: AllAtOnce)");
    let error = source.read().unwrap_err();
    assert_eq!(error.problems()[0].file(), "--set fleet.quota=3");
    // Replaced as a whole: the settings within it are gone.
    source.set("fleet", "(instances: 7)").unwrap();
    assert_eq!(source.read().unwrap().fleet.instances, 7);
}

#[test]
fn a_file_that_cannot_be_read_cannot_be_set() {
    let error = set_refused("(fleet: (instances: 10)", "seed", "5", "ends too early");
    assert_eq!(error.problems()[0].file(), "test.ron");
}

// Whatever the text is.

/// Pieces of scenarios, in any order.
fn soup() -> impl proptest::strategy::Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        "\"",
        "'",
        "\\",
        "\n",
        " ",
        "//",
        "/*",
        "*/",
        "#![enable(implicit_some)]",
        "r#",
        "b'",
        "..",
        "Some",
        "None",
        "true",
        "NaN",
        "inf",
        "-",
        "5",
        "1e400",
        "0x",
        "_",
        "fleet",
        "instances",
        "strategy",
        "Rolling",
        "batch",
        "Count",
        "Percent",
        "traffic",
        "Steps",
        "Wait",
        "\"5s\"",
        "\"± \"",
        "median",
        "p95",
        "é",
        "\u{2028}",
        "\0",
    ]);
    proptest::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

/// Read whatever it is: an error has problems within the text, and can be printed.
fn check_outcome(text: &str) {
    for outcome in [Scenario::from_ron(text, "any.ron"), Source::new(text, "any.ron").read()] {
        match outcome {
            Ok(scenario) => assert_eq!(read(&scenario.to_ron()), Ok(scenario)),
            Err(error) => {
                assert!(!error.problems().is_empty());
                let lines = text.split('\n').count();
                assert!(error.problems().iter().all(|problem| (1..=lines).contains(&problem.line) && problem.column >= 1));
                assert!(!error.render(true).is_empty() && !error.to_string().is_empty());
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_written_scenario_reads_back_the_same(scenario in random_scenario::scenario(1..=limits::MAX_INSTANCES)) {
        let text = scenario.to_ron();
        prop_assert!(text.ends_with(")\n"));
        match read(&text) {
            Ok(again) => prop_assert_eq!(again, scenario),
            Err(error) => prop_assert!(false, "{}\n{}", error, text),
        }
    }

    #[test]
    fn a_set_field_changes_and_nothing_else(scenario in random_scenario::scenario(1..=20), us in 1_000..=limits::MAX_DURATION.as_us()) {
        let time = Duration::from_us(us);
        let mut source = Source::new(scenario.to_ron(), "any.ron");
        let mut expected = scenario;
        let value = format!("\"{time}\"");
        for path in ["timeout", "load_balancer.health_check.interval", "timings.settle"] {
            prop_assert!(source.set(path, &value).is_ok());
        }
        prop_assert!(source.set("seed", "5").is_ok());
        (expected.timeout, expected.load_balancer.health_check.interval, expected.timings.settle, expected.seed) = (time, time, time, 5);
        prop_assert_eq!(source.read(), Ok(expected));
    }

    #[test]
    fn any_characters_are_read_or_refused(text in proptest::collection::vec(any::<char>(), 0..60)) {
        check_outcome(&String::from_iter(text));
    }

    #[test]
    fn any_pieces_are_read_or_refused(text in soup()) {
        check_outcome(&text);
    }

    #[test]
    fn a_spoilt_scenario_is_read_or_refused(
        scenario in random_scenario::scenario(1..=20),
        cuts in proptest::collection::vec((any::<prop::sample::Index>(), 0_usize..6, soup()), 1..4),
    ) {
        let mut text: Vec<char> = scenario.to_ron().chars().collect();
        for (at, length, instead) in cuts {
            let start = at.index(text.len() + 1);
            let end = (start + length).min(text.len());
            text.splice(start..end, instead.chars().take(8));
        }
        check_outcome(&String::from_iter(text));
    }

    #[test]
    fn any_setting_is_taken_or_refused(
        scenario in random_scenario::scenario(1..=20),
        path in prop::sample::select(vec!["", ".", "fleet", "fleet.instances", "strategy", "strategy.batch", "alarm.threshold", "traffic", "name.x", "seed"]),
        value in soup(),
    ) {
        let before = scenario.to_ron();
        let mut source = Source::new(before.clone(), "any.ron");
        match source.set(path, &value) {
            Ok(()) => check_outcome(source.text()),
            Err(error) => {
                prop_assert!(!error.problems().is_empty() && !error.to_string().is_empty());
                prop_assert_eq!(source.text(), before);
            }
        }
    }
}

#[test]
fn a_changed_scenario_keeps_the_comments_of_its_text() {
    let text = "// Ours.\n(\n    fleet: (instances: 10 /* ten */, capacity_rps: 100.0),\n    // Mornings.\n    traffic: Constant(700.0),\n    strategy: Rolling(batch: Count(3)), // three\n)\n";
    let source = Source::new(text, "mine.ron");
    let scenario = source.read().unwrap();
    assert_eq!(source.updated_to(&scenario), text);
    let mut changed = scenario.clone();
    changed.fleet.instances = 12;
    changed.load_balancer.deregistration_delay = Duration::from_secs(5);
    changed.strategy = Strategy::Immutable;
    let updated = source.updated_to(&changed);
    assert_eq!(Scenario::from_ron(&updated, "mine.ron").unwrap(), changed);
    for kept in
        ["// Ours.", "/* ten */", "// Mornings.", "// three", "instances: 12", "strategy: Immutable", "deregistration_delay: \"5s\""]
    {
        assert!(updated.contains(kept), "{kept}:\n{updated}");
    }
    // What goes back to its default cannot be left out of the old text: the scenario is written anew, and is the same.
    changed.fleet.quota = Some(30);
    let with_quota = Source::new(source.updated_to(&changed), "mine.ron");
    changed.fleet.quota = None;
    assert_eq!(Scenario::from_ron(&with_quota.updated_to(&changed), "mine.ron").unwrap(), changed);
}
