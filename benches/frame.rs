//! What a frame of the Watch room costs the processor: layout and painting to meshes, without the graphics card. Beside
//! it, in the same run, a frame of an empty window: quote the ratio, not the time.

#![expect(clippy::expect_used, reason = "a benchmark may stop")]

use std::sync::mpsc::{Receiver, channel};

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use deployscope::app::files::{Choice, Chooser, Purpose};
use deployscope::app::{App, Model, Opened, theme};
use eframe::egui::{Context, Key, vec2};
use egui_kittest::Harness;

/// Nobody answers.
struct Nobody;

impl Chooser for Nobody {
    fn choose(&mut self, _: Purpose, _: &str, _: &Context) -> Receiver<Choice> {
        channel().1
    }
}

/// One frame, its shapes turned into meshes.
fn frame<State>(harness: &mut Harness<'_, State>) {
    harness.step();
    let shapes = harness.output().shapes.clone();
    std::hint::black_box(harness.ctx.tessellate(shapes, 1.0));
}

fn frames(c: &mut Criterion) {
    let mut group = c.benchmark_group("frame");
    let mut empty = Harness::builder().with_size(vec2(1280.0, 800.0)).with_context_setup(theme::install).build_ui(|ui| {
        ui.label("nothing");
    });
    empty.run();
    group.bench_function("empty window", |b| b.iter(|| frame(&mut empty)));
    for instances in [10_u32, 300, 1_000, 10_000] {
        let mut opened = Opened::named("rolling").expect("a preset");
        opened.scenario.fleet.instances = instances;
        opened.scenario.traffic = None;
        let mut room = Harness::builder()
            .with_size(vec2(1280.0, 800.0))
            .with_context_setup(theme::install)
            .build_eframe(move |_| App::new(Model::new(opened).expect("it ends"), Box::new(Nobody)));
        room.key_press(Key::Space);
        room.run_steps(3);
        group.bench_function(BenchmarkId::new("watch room", instances), |b| b.iter(|| frame(&mut room)));
    }
    group.finish();
}

criterion_group!(benches, frames);
criterion_main!(benches);
