//! The reference deployment, strategy by strategy, worked out by hand.
//!
//! Ten instances of 100 requests per second each, 700 asked for. In place an instance takes 20 s drain + 30 s install
//! + 20 s startup + 3 × 10 s checks = 100 s, 80 s where the drain is skipped; a new one 60 + 30 + 20 + 30 = 140 s.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

use deployscope::metrics::Metrics;
use deployscope::scenario::{NewSet, Part, Scenario, Strategy, StrategyKind, Switch};
use deployscope::simulate;
use deployscope::units::{Duration, Share};

const COUNT_3: Part = Part::Count(3);

fn figures(strategy: Strategy) -> Metrics {
    let scenario = Scenario::new(10, strategy);
    Metrics::new(&scenario, &simulate(&scenario).unwrap())
}

/// Duration, lowest capacity over desired, most instances.
fn outline(m: &Metrics) -> (f64, f64, u32) {
    assert_eq!(m.outcome, "succeeded");
    (m.duration_s, m.min_capacity_fraction, m.max_instances)
}

#[test]
fn all_at_once() {
    let m = figures(Strategy::AllAtOnce);
    assert_eq!(outline(&m), (80.0, 0.0, 10));
    assert_eq!((m.downtime_s, m.degraded_s, m.mixed_versions_s), (80.0, 80.0, 0.0));
    // 80 s × 700 rps find no capacity; 700 rps × 2 s were in flight when everything stopped.
    assert_eq!(m.requests_failed_by_cause["no_capacity"], 56_000.0);
    assert_eq!(m.requests_failed_by_cause["cut_off"], 1_400.0);
    // Those in flight had come before the deployment began and are counted with the rest.
    assert_eq!((m.requests_total, m.requests_failed, m.availability), (57_400.0, 57_400.0, 0.0));
    assert_eq!(m.exposed_requests, 0.0);
}

#[test]
fn rolling() {
    let m = figures(Strategy::Rolling { batch: COUNT_3 });
    // 4 batches (3, 3, 3, 1) of 100 s.
    assert_eq!(outline(&m), (400.0, 0.7, 10));
    // 7 instances serve the 700 rps that are asked for: nothing fails.
    assert_eq!((m.downtime_s, m.degraded_s, m.requests_failed), (0.0, 0.0, 0.0));
    assert_eq!(m.requests_total, 280_000.0);
    // Both versions serve from the first batch's return at 100 s until the last old one leaves at 300 s.
    assert_eq!(m.mixed_versions_s, 200.0);
    // 3 of 7 serve for 100 s, 6 of 7 for 100 s, then all of the traffic for 100 s: 30,000 + 60,000 + 70,000.
    assert_eq!(m.exposed_requests, 160_000.0);
    assert_eq!(m.extra_instance_s, 0.0);
}

#[test]
fn rolling_with_additional_batch() {
    let m = figures(Strategy::RollingWithAdditionalBatch { batch: COUNT_3 });
    // 140 for the extra batch, 4 × 100, then 20 to drain the extra three.
    assert_eq!(outline(&m), (560.0, 1.0, 13));
    assert_eq!(m.extra_instance_s, 3.0 * 560.0);
    assert_eq!(m.requests_failed, 0.0);
}

#[test]
fn immutable() {
    let m = figures(Strategy::Immutable);
    // 140 for the first new instance alone, 140 for the other nine, 20 to drain the old.
    assert_eq!(outline(&m), (300.0, 1.0, 20));
    // One more for the first 140 s, ten more for the remaining 160 s.
    assert_eq!(m.extra_instance_s, 140.0 + 1_600.0);
    // One of eleven serves from 140 s until the others come at 280 s.
    assert!((m.exposed_requests - 140.0 * 700.0 / 11.0).abs() < 1e-6);
    assert_eq!(m.mixed_versions_s, 140.0);
}

#[test]
fn traffic_splitting() {
    let m = figures(Strategy::TrafficSplitting { new_version: Share::from_percent(10), evaluation_time: Duration::from_mins(5) });
    // 140 for the new set, 300 evaluation at 10 %, all traffic moves, 20 to drain.
    assert_eq!(outline(&m), (460.0, 1.0, 20));
    assert_eq!(m.mixed_versions_s, 300.0);
    assert_eq!(m.exposed_requests, 0.1 * 700.0 * 300.0);
}

#[test]
fn blue_green() {
    let m = figures(Strategy::BlueGreen { switch: Switch::LoadBalancer, bake: Duration::from_mins(5) });
    // 140, switch, 300 bake with the old set kept, 20 to drain it.
    assert_eq!(outline(&m), (460.0, 1.0, 20));
    assert_eq!((m.mixed_versions_s, m.exposed_requests), (0.0, 0.0));
}

#[test]
fn canary() {
    let m = figures(Strategy::Canary { percent: Share::from_percent(10), interval: Duration::from_mins(5), capacity: NewSet::Full });
    // 140, 10 % for 300 s, then all, 20 to drain.
    assert_eq!(outline(&m), (460.0, 1.0, 20));
    assert_eq!(m.exposed_requests, 21_000.0);
}

#[test]
fn linear() {
    let m = figures(Strategy::Linear { percent: Share::from_percent(10), interval: Duration::from_mins(1), capacity: NewSet::Full });
    // 140, 10 % at once and 10 % more each minute: 100 % after 9 min = 540 s, 20 to drain.
    assert_eq!(outline(&m), (700.0, 1.0, 20));
    assert_eq!(m.mixed_versions_s, 540.0);
    // 10 % + 20 % + … + 90 % of 700 rps, a minute each: 4.5 × 42,000.
    assert!((m.exposed_requests - 189_000.0).abs() < 1e-6);
}

#[test]
fn in_place() {
    // 75 % of 10 is 7.5: at least 8 stay healthy, 2 at a time: 5 × 100 s.
    assert_eq!(outline(&figures(StrategyKind::InPlace.with_defaults())), (500.0, 0.8, 10));
}

#[test]
fn rolling_update() {
    // 25 % of 10: a surge of 3 (up), 2 unavailable (down). At 0 s: 3 launched, 2 old leave, which makes room for 2 more:
    // 8 old, 5 new. At 140 s 5 new are ready: 5 more old leave, and the last 5 are launched: for the 20 s of the drain
    // 3 + 5 old and 10 new exist. At 280 s the last 3 old leave, and are gone 20 s later.
    assert_eq!(outline(&figures(StrategyKind::RollingUpdate.with_defaults())), (300.0, 0.8, 18));
}
