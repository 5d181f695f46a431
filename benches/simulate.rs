//! What a run costs: Rolling on fleets of several sizes, with and without varying durations, and a look at a time.

#![expect(clippy::expect_used, reason = "a benchmark may stop")]

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use deployscope::engine::run;
use deployscope::scenario::{Part, Scenario, Spread, Strategy};
use deployscope::timeline::Detail;
use deployscope::units::{Duration, Share, Time};
use deployscope::{simulate, strategy};

fn rolling(instances: u32, varying: bool) -> Scenario {
    let mut scenario = Scenario::new(instances, Strategy::Rolling { batch: Part::Percent(Share::from_percent(25)) });
    if varying {
        let uniform = |from, to| Spread::Uniform { from: Duration::from_secs(from), to: Duration::from_secs(to) };
        scenario.timings.install = uniform(20, 40);
        scenario.timings.startup = uniform(10, 30);
    }
    scenario
}

fn simulating(c: &mut Criterion) {
    let mut group = c.benchmark_group("simulate rolling");
    for instances in [10, 20, 1_000, 10_000, 100_000] {
        for (durations, varying) in [("fixed", false), ("varying", true)] {
            let scenario = rolling(instances, varying);
            let plan = strategy::plan(&scenario);
            group.bench_function(BenchmarkId::new(format!("{durations}, full"), instances), |b| {
                b.iter(|| run(black_box(&scenario), &plan, Detail::Full));
            });
            group.bench_function(BenchmarkId::new(format!("{durations}, outline"), instances), |b| {
                b.iter(|| run(black_box(&scenario), &plan, Detail::Outline));
            });
        }
    }
    group.finish();
}

fn asking(c: &mut Criterion) {
    let mut group = c.benchmark_group("ask a timeline of 100,000 instances");
    let timeline = simulate(&rolling(100_000, true)).expect("the deployment ends");
    let middle = Time::from_us(timeline.end().as_us() / 2);
    group.bench_function("rates at t", |b| b.iter(|| timeline.rates(black_box(middle))));
    group.bench_function("state of an instance at t", |b| b.iter(|| timeline.life(black_box(70_000)).at(middle)));
    group.bench_function("totals", |b| b.iter(|| timeline.totals()));
    group.finish();
}

criterion_group!(benches, simulating, asking);
criterion_main!(benches);
