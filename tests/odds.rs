//! Many runs: the figures of a run without its timeline, and distributions against what is known in closed form.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

mod random_scenario;

use deployscope::metrics::{Key, Metrics};
use deployscope::scenario::{Alarm, Metric, NewSet, OnFailure, Part, Scenario, Spread, Strategy, Traffic};
use deployscope::simulate;
use deployscope::study::Runner;
use deployscope::study::odds::judgement::Asked;
use deployscope::study::odds::part::{Part as File, PartError};
use deployscope::study::odds::{self, Options, Progress, Report, Tally};
use deployscope::units::{Duration, Share};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_runner_gives_the_figures_of_the_whole_timeline(scenario in random_scenario::scenario(1..=30), others in proptest::collection::vec(any::<u64>(), 1)) {
        let mut runner = Runner::new(&scenario);
        // Its memory is used again: what a run before it left must not show.
        for seed in others.into_iter().chain([scenario.seed]) {
            let scenario = Scenario { seed, ..scenario.clone() };
            let whole = simulate(&scenario).map(|timeline| Metrics::new(&scenario, &timeline));
            prop_assert_eq!(runner.metrics(seed), whole);
        }
    }
}

fn uniform(from: u64, to: u64) -> Spread {
    Spread::Uniform { from: Duration::from_secs(from), to: Duration::from_secs(to) }
}

/// Twenty instances in batches of five, with varying install and start-up.
fn rolling() -> Scenario {
    let mut scenario = Scenario::new(20, Strategy::Rolling { batch: Part::Count(5) });
    scenario.timings.install = uniform(20, 40);
    scenario.timings.startup = uniform(10, 30);
    scenario
}

fn tally(scenario: &Scenario, first_seed: u64, runs: u64, threads: usize) -> Tally {
    let require = ["duration_s<=440", "requests_failed<=0"].map(|text| text.parse().unwrap()).to_vec();
    odds::run(scenario, &Options { first_seed, runs, threads, require }, &Progress::default()).unwrap()
}

fn report(scenario: &Scenario, runs: u64) -> Report {
    tally(scenario, 1, runs, 0).report(scenario, Asked::default())
}

fn probability(report: &Report, of: &str) -> f64 {
    report.probabilities.iter().find(|probability| probability.of == of).unwrap().probability
}

#[test]
fn one_batch_takes_as_long_as_its_slowest_instance() {
    // All twenty at once, an install of 20 to 40 s: 20 + 20 × 20 / 21 s is the mean of the longest, then 20 s of start-up and
    // 3 × 10 s of checks.
    let mut scenario = Scenario::new(20, Strategy::AllAtOnce);
    scenario.timings.install = uniform(20, 40);
    let report = report(&scenario, 20_000);
    let duration = report.figures.iter().find(|figure| figure.key == Key::Duration).unwrap();
    let expected = 20.0 + 20.0 * 20.0 / 21.0 + 20.0 + 30.0;
    // The deviation of the longest of n is 20 √(n / ((n + 1)² (n + 2))) = 0.908 s; five standard errors of 20,000 are 0.032 s.
    assert!((duration.mean - expected).abs() < 0.032, "{} is not {expected}", duration.mean);
    // Its median is 20 + 20 × 0.5^(1/20); five standard errors of a median, 5 × √(0.25 / 20,000) of the probability, are 0.025 s.
    let median = 70.0 + 20.0 * 0.5_f64.powf(1.0 / 20.0);
    assert!((duration.median - median).abs() < 0.035, "{} is not {median}", duration.median);
    // It is down from the start to the first one in service, in every run.
    assert_eq!(probability(&report, "downtime"), 1.0);
}

#[test]
fn it_goes_back_where_one_of_ten_never_gets_healthy() {
    let mut scenario = Scenario::new(10, Strategy::Immutable);
    scenario.release.startup_failure = 0.05;
    scenario.on_failure = Some(OnFailure::Rollback);
    let report = report(&scenario, 20_000);
    // All ten get healthy with 0.95¹⁰ = 0.5987; five standard errors are 5 × √(0.24 / 20,000) = 0.0174.
    let expected = 1.0 - 0.95_f64.powi(10);
    let rolled_back = report.probabilities.iter().find(|probability| probability.of == "rolled_back").unwrap();
    assert!((rolled_back.probability - expected).abs() < 0.0174, "{rolled_back:?}");
    assert!(rolled_back.interval.low < expected && expected < rolled_back.interval.high, "{rolled_back:?}");
}

/// The sum of the binomial formula from `k` on, by logarithms of factorials.
fn tail(n: u64, p: f64, k: u64) -> f64 {
    let ln_factorial = |n: u64| (1..=n).map(|i| (i as f64).ln()).sum::<f64>();
    let part = |k: u64| ln_factorial(n) - ln_factorial(k) - ln_factorial(n - k) + k as f64 * p.ln() + (n - k) as f64 * (1.0 - p).ln();
    (k..=n).map(|k| part(k).exp()).sum()
}

#[test]
fn a_sampled_alarm_misses_and_errs_as_often_as_the_binomial_says() {
    // New instances take 60 + 30 + 0 + 30 = 120 s; then 10 % of 100 requests per second for a minute, which is one period of
    // the alarm: 600 requests, of which 31 or more are above 5 %. All is over 20 s later, before the next period ends.
    let canary = Strategy::Canary { percent: Share::from_percent(10), interval: Duration::from_mins(1), capacity: NewSet::Full };
    let mut scenario = Scenario::new(10, canary);
    scenario.timings.startup = Spread::Fixed(Duration::ZERO);
    scenario.traffic = Some(Traffic::Constant(100.0));
    let alarm = Alarm {
        metric: Metric::NewVersionErrorRate,
        threshold: 0.05,
        period: Duration::from_mins(1),
        periods: 1,
        bake: Duration::ZERO,
        sampled: true,
        base_error_rate: 0.0,
    };
    for (error_rate, base_error_rate) in [(0.06, 0.0), (0.0, 0.04), (0.03, 0.02)] {
        scenario.release.error_rate = error_rate;
        scenario.alarm = Some(Alarm { base_error_rate, ..alarm.clone() });
        let report = report(&scenario, 10_000);
        let expected = tail(600, error_rate + base_error_rate * (1.0 - error_rate), 31);
        // Five standard errors of 10,000 runs are at most 5 × √(0.25 / 10,000) = 0.025.
        let went_back = probability(&report, "rolled_back");
        assert!((went_back - expected).abs() < 0.025, "{error_rate}, {base_error_rate}: {went_back} is not {expected}");
        let judged = report.judgement.unwrap();
        let told = if error_rate > 0.0 { judged.catches } else { judged.false_alarm };
        assert!((told - expected).abs() < 1e-9, "{judged:?}");
    }
    // Without chance 4 % is below 5 % in every run.
    scenario.release.error_rate = 0.04;
    scenario.alarm = Some(Alarm { sampled: false, ..alarm });
    assert_eq!(probability(&report(&scenario, 100), "rolled_back"), 0.0);
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    // More runs than values are kept: some figures are sketches.
    let scenario = rolling();
    let bytes = |threads| File::new(&scenario, tally(&scenario, 7, 12_000, threads)).to_json().unwrap();
    let one = bytes(1);
    assert!(one == bytes(2) && one == bytes(5));
}

#[test]
fn parts_that_are_joined_are_one_run() {
    let scenario = rolling();
    let whole = File::new(&scenario, tally(&scenario, 1, 12_000, 0)).to_json().unwrap();
    let parts = [(1, 5_000), (5_001, 1), (5_002, 6_999)].map(|(first, runs)| {
        let text = File::new(&scenario, tally(&scenario, first, runs, 0)).to_json().unwrap();
        File::from_json(&text).unwrap()
    });
    for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2]] {
        let mut joined = parts[order[0]].clone();
        joined.join(&parts[order[1]]).unwrap();
        joined.join(&parts[order[2]]).unwrap();
        assert!(joined.to_json().unwrap() == whole, "{order:?}");
    }
}

#[test]
fn wrong_parts_are_refused() {
    let scenario = rolling();
    let part = |first, runs| File::new(&scenario, tally(&scenario, first, runs, 1));
    let mut some = part(1, 10);
    assert_eq!(some.join(&part(10, 5)), Err(PartError::SameSeeds(10..11)));
    let other = Scenario { timeout: Duration::from_mins(3), ..scenario.clone() };
    assert_eq!(some.join(&File::new(&other, tally(&other, 11, 5, 1))), Err(PartError::OtherScenario));
    let unasked = Options { first_seed: 11, runs: 5, ..Options::default() };
    let unasked = File::new(&scenario, odds::run(&scenario, &unasked, &Progress::default()).unwrap());
    assert_eq!(some.join(&unasked), Err(PartError::OtherRequirements));
    // Another seed in the scenario is not another scenario.
    assert_eq!(some.join(&File::new(&Scenario { seed: 99, ..scenario.clone() }, tally(&scenario, 11, 5, 1))), Ok(()));

    let text = some.to_json().unwrap();
    let damaged = |text: &str| matches!(File::from_json(text), Err(PartError::Damaged(_)));
    assert!(damaged(&text[..text.len() / 2]));
    assert!(damaged(&text.replacen("\"runs\":15", "\"runs\":14", 1)));
    assert_eq!(File::from_json("(fleet: (instances: 10))"), Err(PartError::NoPart));
    let newer = text.replacen("\"deployscope_odds\":1", "\"deployscope_odds\":2", 1);
    assert!(matches!(File::from_json(&newer), Err(PartError::OtherVersion(_))));
}

#[test]
fn it_can_be_watched_and_cancelled() {
    let progress = Progress::default();
    let scenario = rolling();
    let options = Options { runs: u64::MAX / 2, threads: 2, ..Options::default() };
    let tally = std::thread::scope(|scope| {
        let running = scope.spawn(|| odds::run(&scenario, &options, &progress).unwrap());
        // A thread answers after its chunk: by then there is something to see.
        let seen = loop {
            match progress.partial().filter(|partial| partial.runs() > 0) {
                Some(partial) => break partial,
                None => std::thread::yield_now(),
            }
        };
        assert!(seen.distribution(Key::Duration).unwrap().quantile(500).is_some());
        let asked = std::time::Instant::now();
        progress.cancel();
        let tally = running.join().unwrap();
        // 100 ms are promised; a busy machine of tests gets ten times that.
        assert!(asked.elapsed().as_secs_f64() < 1.0);
        assert!(tally.runs() >= seen.runs());
        tally
    });
    assert_eq!(progress.done(), tally.runs());
    assert_eq!(tally.distribution(Key::Duration).unwrap().runs(), tally.runs());
}

#[test]
fn requirements_are_counted_alone_and_together() {
    let report = report(&rolling(), 2_000);
    let of = |name: &str| report.probabilities.iter().find(|probability| probability.of == name).unwrap();
    // The default demand is 70 % and 75 % stay in service: nothing fails, so both together are the first.
    assert_eq!(of("requests_failed<=0").probability, 1.0);
    assert_eq!(of("all_met").runs, of("duration_s<=440").runs);
    let missed = of("duration_s<=440").missed_seed.unwrap();
    let run = Scenario { seed: missed, ..rolling() };
    assert!(Metrics::new(&run, &simulate(&run).unwrap()).duration_s > 440.0);
}
