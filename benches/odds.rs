//! What a run costs where thousands are made: Rolling on 20 instances with varying install and start-up, beside drawing the
//! same random numbers and nothing else.

#![expect(clippy::expect_used, reason = "a benchmark may stop")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use deployscope::scenario::{Part, Scenario, Spread, Strategy};
use deployscope::study::Runner;
use deployscope::study::odds::{self, Options, Progress};
use deployscope::units::Duration;

const INSTANCES: u32 = 20;

fn rolling(install: Spread, startup: Spread) -> Scenario {
    let mut scenario = Scenario::new(INSTANCES, Strategy::Rolling { batch: Part::Count(5) });
    scenario.timings.install = install;
    scenario.timings.startup = startup;
    scenario
}

fn uniform(from: u64, to: u64) -> Spread {
    Spread::Uniform { from: Duration::from_secs(from), to: Duration::from_secs(to) }
}

fn log_normal(median: u64, p95: u64) -> Spread {
    Spread::LogNormal { median: Duration::from_secs(median), p95: Duration::from_secs(p95) }
}

fn runs(c: &mut Criterion) {
    let mut group = c.benchmark_group("one run of 20");
    for (name, scenario) in
        [("uniform", rolling(uniform(20, 40), uniform(10, 30))), ("log-normal", rolling(log_normal(30, 60), log_normal(20, 40)))]
    {
        let mut seed = 0_u64;
        group.bench_function(format!("{name}, drawn and nothing else"), |b| {
            let mut draws = deployscope::study::Draws::new(&scenario);
            b.iter(|| {
                seed += 1;
                draws.sum(black_box(seed))
            });
        });
        group.bench_function(format!("{name}, figures"), |b| {
            let mut runner = Runner::new(&scenario);
            b.iter(|| {
                seed += 1;
                runner.figures(black_box(seed)).expect("the deployment ends")
            });
        });
    }
    group.finish();
}

fn many(c: &mut Criterion) {
    let mut group = c.benchmark_group("100,000 runs of 20");
    group.sample_size(10).throughput(Throughput::Elements(100_000));
    let scenario = rolling(uniform(20, 40), uniform(10, 30));
    for threads in [1, 2] {
        group.bench_function(format!("{threads} threads"), |b| {
            let options = Options { runs: 100_000, threads, ..Options::default() };
            b.iter(|| odds::run(&scenario, &options, &Progress::default()).expect("the deployment ends"));
        });
    }
    group.finish();
}

criterion_group!(benches, runs, many);
criterion_main!(benches);
