//! What the frames cost the processor while a knob is dragged: the batch size, another one in every frame. The longest
//! frame counts, not the average. A fleet of a million is simulated beside the window, and what is seen stays meanwhile.

#![expect(clippy::expect_used, reason = "a benchmark may stop")]

use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use deployscope::app::files::{Choice, Chooser, Purpose};
use deployscope::app::{App, Model, Opened, theme};
use deployscope::scenario::{Part, Scenario, Spread, Strategy};
use deployscope::units::{Duration as Seconds, Share};
use eframe::egui::accesskit::Role;
use eframe::egui::{Context, Key, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

const FRAMES: u32 = 60;

/// Nobody answers.
struct Nobody;

impl Chooser for Nobody {
    fn choose(&mut self, _: Purpose, _: &str, _: &Context) -> Receiver<Choice> {
        channel().1
    }
}

/// One frame, its shapes turned into meshes, and how long that took.
fn frame(room: &mut Harness<'_, App>) -> Duration {
    let began = Instant::now();
    room.step();
    let shapes = room.output().shapes.clone();
    std::hint::black_box(room.ctx.tessellate(shapes, 1.0));
    began.elapsed()
}

fn rolling(instances: u32, varying: bool) -> Scenario {
    let mut scenario = Scenario::new(instances, Strategy::Rolling { batch: Part::Percent(Share::from_percent(20)) });
    if varying {
        scenario.timings.install = Spread::Uniform { from: Seconds::from_secs(20), to: Seconds::from_secs(40) };
    }
    scenario
}

fn main() {
    for (instances, varying) in [(10, false), (10_000, false), (10_000, true), (100_000, false), (1_000_000, false)] {
        let opened = Opened { scenario: rolling(instances, varying), path: None, text: None };
        let mut room = Harness::builder()
            .with_size(vec2(1280.0, 800.0))
            .with_context_setup(theme::install)
            .build_eframe(move |_| App::new(Model::new(opened).expect("it ends"), Box::new(Nobody)).beside());
        room.key_press(Key::Space);
        room.run_steps(30);
        let mut still: Vec<Duration> = (0..FRAMES).map(|_| frame(&mut room)).collect();
        let mut dragged: Vec<Duration> = Vec::new();
        for i in 0..FRAMES {
            room.get_by_role_and_label(Role::Slider, "Batch").set_value_accesskit(f64::from(10 + i % 50));
            dragged.push(frame(&mut room));
        }
        let began = Instant::now();
        while room.state().model().simulated() != room.state().model().scenario() && began.elapsed() < Duration::from_secs(60) {
            std::thread::sleep(Duration::from_millis(5));
            dragged.push(frame(&mut room));
        }
        still.sort();
        dragged.sort();
        let ms = |frames: &[Duration], at: usize| frames.get(at).map_or(0.0, |frame| frame.as_secs_f64() * 1e3);
        println!(
            "{instances:>9} instances{}: still {:6.2} ms (longest {:6.2}), dragged {:6.2} ms (longest {:6.2}), new picture {:6.0} ms later",
            if varying { ", varying" } else { "" },
            ms(&still, still.len() / 2),
            ms(&still, still.len() - 1),
            ms(&dragged, dragged.len() / 2),
            ms(&dragged, dragged.len() - 1),
            began.elapsed().as_secs_f64() * 1e3,
        );
    }
}
