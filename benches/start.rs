//! From the start of the process to its first frame: the window beside an empty one, in turn, each a process of its own on
//! the screen that `DISPLAY` names. Quote the ratio of the two medians, not the times.
//!
//! `xvfb-run -s '-screen 0 1280x800x24' cargo bench --bench start`

#![expect(clippy::expect_used, reason = "a benchmark may stop")]

use std::process::Command;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use deployscope::app::files::{Choice, Chooser, Purpose};
use deployscope::app::{App, Model, first_scenario, theme};
use eframe::egui::{Context, Ui, ViewportBuilder, ViewportCommand};

/// So often each is started.
const TIMES: usize = 15;

struct Nobody;

impl Chooser for Nobody {
    fn choose(&mut self, _: Purpose, _: &str, _: &Context) -> Receiver<Choice> {
        channel().1
    }
}

/// An app that closes after its first frame was shown: the second one begins.
struct Once<A> {
    app: A,
    frames: u32,
}

impl<A: eframe::App> eframe::App for Once<A> {
    fn ui(&mut self, ui: &mut Ui, frame: &mut eframe::Frame) {
        if self.frames > 0 {
            ui.ctx().send_viewport_cmd(ViewportCommand::Close);
        }
        self.frames += 1;
        self.app.ui(ui, frame);
        ui.ctx().request_repaint();
    }
}

/// Nothing.
struct Empty;

impl eframe::App for Empty {
    fn ui(&mut self, _: &mut Ui, _: &mut eframe::Frame) {}
}

fn show<A: eframe::App + 'static>(app: impl FnOnce(&Context) -> A + 'static) {
    let viewport = ViewportBuilder::default().with_inner_size([1280.0, 800.0]);
    let options = eframe::NativeOptions { viewport, ..eframe::NativeOptions::default() };
    let creator: eframe::AppCreator<'_> = Box::new(|creation| Ok(Box::new(Once { app: app(&creation.egui_ctx), frames: 0 })));
    eframe::run_native("start", options, creator).expect("a window");
}

fn started(what: &str) -> Duration {
    let program = std::env::current_exe().expect("this program");
    let began = Instant::now();
    let status = Command::new(program).arg(what).status().expect("this program again");
    assert!(status.success(), "{what}: {status}");
    began.elapsed()
}

fn main() {
    match std::env::args().nth(1).as_deref() {
        Some("empty") => show(|_| Empty),
        Some("deployscope") => show(|ctx| {
            theme::install(ctx);
            App::new(Model::new(first_scenario().expect("a preset")).expect("a deployment"), Box::new(Nobody))
        }),
        // Cargo passes `--bench`; `cargo test --benches` passes nothing, and measures nothing.
        Some("--bench") if std::env::var_os("DISPLAY").is_some() => {
            let (mut empty, mut ours) = (Vec::new(), Vec::new());
            for _ in 0..TIMES {
                empty.push(started("empty"));
                ours.push(started("deployscope"));
            }
            empty.sort();
            ours.sort();
            let (empty, ours) = (empty[TIMES / 2], ours[TIMES / 2]);
            println!("an empty window {empty:?}, deployscope {ours:?}: {:.2} times", ours.as_secs_f64() / empty.as_secs_f64());
        }
        _ => println!("nothing is measured: run it with cargo bench, on a screen"),
    }
}
