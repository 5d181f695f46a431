//! From the start of the process to its first frame: the window beside an empty one, in turn, each a process of its own on
//! the screen that `DISPLAY` names. Twice: until the first frame is ready for the graphics card, and until it was shown,
//! which is drawing by software where there is no card. Quote the ratios of the medians, not the times.
//!
//! `xvfb-run -s '-screen 0 1280x800x24' cargo bench --bench start`

#![expect(clippy::expect_used, reason = "a benchmark may stop")]

use std::process::Command;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use deployscope::app::files::{Choice, Chooser, Purpose};
use deployscope::app::{App, Model, first_scenario, theme};
use eframe::egui::{Context, Ui, ViewportBuilder};

/// So often each is started.
const TIMES: usize = 15;

struct Nobody;

impl Chooser for Nobody {
    fn choose(&mut self, _: Purpose, _: &str, _: &Context) -> Receiver<Choice> {
        channel().1
    }
}

/// An app that says when its first frame was ready and when it was shown, and closes.
struct Once<A> {
    app: A,
    began: Instant,
    ready: Option<Duration>,
}

impl<A: eframe::App> eframe::App for Once<A> {
    fn ui(&mut self, ui: &mut Ui, frame: &mut eframe::Frame) {
        if let Some(ready) = self.ready {
            println!("{} {}", ready.as_micros(), self.began.elapsed().as_micros());
            std::process::exit(0);
        }
        self.app.ui(ui, frame);
        self.ready = Some(self.began.elapsed());
        ui.ctx().request_repaint();
    }
}

/// Nothing.
struct Empty;

impl eframe::App for Empty {
    fn ui(&mut self, _: &mut Ui, _: &mut eframe::Frame) {}
}

fn show<A: eframe::App + 'static>(app: impl FnOnce(&Context) -> A + 'static) {
    let began = Instant::now();
    let viewport = ViewportBuilder::default().with_inner_size([1280.0, 800.0]);
    let options = eframe::NativeOptions { viewport, ..eframe::NativeOptions::default() };
    let creator: eframe::AppCreator<'_> = Box::new(move |creation| Ok(Box::new(Once { app: app(&creation.egui_ctx), began, ready: None })));
    eframe::run_native("start", options, creator).expect("a window");
}

/// Until the first frame is ready and until it is shown, in microseconds.
fn started(what: &str) -> [u64; 2] {
    let program = std::env::current_exe().expect("this program");
    let output = Command::new(program).arg(what).output().expect("this program again");
    let said = String::from_utf8(output.stdout).expect("two numbers");
    let mut numbers = said.split_whitespace().map(|number| number.parse().expect("a number"));
    [numbers.next().expect("a first frame"), numbers.next().expect("a first frame that is shown")]
}

#[expect(clippy::cast_precision_loss, reason = "microseconds of a start")]
fn median(mut times: Vec<u64>) -> f64 {
    times.sort_unstable();
    times[times.len() / 2] as f64
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
            for (i, until) in ["ready", "shown"].into_iter().enumerate() {
                let [empty, ours] = [&empty, &ours].map(|times| median(times.iter().map(|times| times[i]).collect()));
                println!("first frame {until}: an empty window {empty} us, deployscope {ours} us, {:.2} times", ours / empty);
            }
        }
        _ => println!("nothing is measured: run it with cargo bench, on a screen"),
    }
}
