//! What a frame of the Watch room costs the processor: layout and painting to meshes, without the graphics card, for
//! fleets of every size at several moments. Beside it, in the same run, a plain egui frame of the same size with about as
//! many widgets: quote the ratio, not the time.

#![expect(clippy::expect_used, reason = "a benchmark may stop")]

use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use deployscope::app::files::{Choice, Chooser, Purpose};
use deployscope::app::stage::{Kept, Stage};
use deployscope::app::{App, Model, Opened, theme};
use deployscope::scenario::{Part, Strategy};
use deployscope::units::{Share, Time};
use eframe::egui::accesskit::Role;
use eframe::egui::{CentralPanel, Context, Key, Panel, ScrollArea, Slider, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

const SIZES: [u32; 5] = [10, 300, 5_000, 100_000, 1_000_000];
/// Parts of the whole deployment.
const MOMENTS: [f64; 3] = [0.1, 0.33, 0.8];
const WINDOW: Vec2 = vec2(1280.0, 800.0);

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

fn opened(instances: u32) -> Opened {
    let mut opened = Opened::named("rolling").expect("a preset");
    opened.scenario.fleet.instances = instances;
    opened.scenario.strategy = Strategy::Rolling { batch: Part::Percent(Share::from_percent(30)) };
    opened.scenario.traffic = None;
    opened
}

/// Two panels of settings and figures, a picture of buttons: nothing but egui, in our typeface.
fn plain() -> Harness<'static> {
    let mut values = [0.5_f32; 24];
    Harness::builder().with_size(WINDOW).with_context_setup(theme::install).build_ui(move |ui| {
        Panel::left("settings").show(ui, |ui| {
            ScrollArea::vertical().show(ui, |ui| {
                for (i, value) in values.iter_mut().enumerate() {
                    ui.add(Slider::new(value, 0.0..=1.0).text(format!("Setting {i}")));
                }
            });
        });
        Panel::right("figures").show(ui, |ui| {
            for i in 0..30 {
                ui.horizontal(|ui| {
                    ui.label(format!("Figure {i}"));
                    ui.strong("1,234");
                });
                ui.separator();
            }
        });
        CentralPanel::default().show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                for i in 0..100 {
                    let _ = ui.button(format!("Instance {i}"));
                }
            });
        });
    })
}

fn frames(c: &mut Criterion) {
    let mut group = c.benchmark_group("frame");
    group.sample_size(20).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2));
    let mut plain = plain();
    plain.run();
    group.bench_function("plain egui", |b| b.iter(|| frame(&mut plain)));
    for instances in SIZES {
        let opened = opened(instances);
        let mut room = Harness::builder()
            .with_size(WINDOW)
            .with_context_setup(theme::install)
            .build_eframe(move |_| App::new(Model::new(opened).expect("it ends"), Box::new(Nobody)));
        room.key_press(Key::Space);
        room.run_steps(3);
        // What is counted beside the window's thread is there by then.
        std::thread::sleep(Duration::from_secs(2));
        for moment in MOMENTS {
            room.get_by_role_and_label(Role::Slider, "Time").set_value_accesskit(moment);
            room.run_steps(3);
            group.bench_function(BenchmarkId::new(format!("watch room at {moment}"), instances), |b| b.iter(|| frame(&mut room)));
        }
    }
    group.finish();
}

/// The stage alone, playing: every frame is another moment. Each instance takes its own time, so that none are alike.
fn stages(c: &mut Criterion) {
    let mut group = c.benchmark_group("stage");
    group.sample_size(20).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2));
    for instances in SIZES {
        let mut opened = opened(instances);
        opened.scenario.timings.startup = deployscope::scenario::Spread::Uniform {
            from: deployscope::units::Duration::ZERO,
            to: deployscope::units::Duration::from_secs(60),
        };
        let model = Model::new(opened).expect("it ends");
        let (end, mut kept, mut part) = (model.end().as_us(), Kept::default(), 0_u64);
        let mut stage = Harness::builder().with_size(vec2(744.0, 400.0)).with_context_setup(theme::install).build_ui(move |ui| {
            part = (part + 1) % 600;
            kept.follow(ui.ctx(), &model.run().timeline, 0);
            let kind = model.scenario().strategy.kind();
            Stage::new(model.timeline(), kind, Time::from_us(end / 600 * part), model.run().curves.peak_demand).show(ui, &mut kept);
        });
        stage.run_steps(3);
        std::thread::sleep(Duration::from_secs(3));
        group.bench_function(BenchmarkId::new("playing", instances), |b| b.iter(|| frame(&mut stage)));
    }
    group.finish();
}

criterion_group!(benches, frames, stages);
criterion_main!(benches);
