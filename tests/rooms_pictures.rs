//! The rooms beside Watch as pictures, when all that they simulate is there.
#![cfg(feature = "gui")]
#![expect(clippy::unwrap_used, reason = "a test may stop")]

use std::sync::mpsc::{Receiver, channel};

use deployscope::app::files::{Choice, Chooser, Purpose};
use deployscope::app::{App, Model, Opened, theme};
use deployscope::text::language::Language;
use eframe::egui::{Context, Key, Modifiers, Theme, vec2};
use egui_kittest::kittest::Queryable as _;
use egui_kittest::{Harness, SnapshotResults};

struct NobodyChooses;

impl Chooser for NobodyChooses {
    fn choose(&mut self, _: Purpose, _: &str, _: &Context) -> Receiver<Choice> {
        channel().1
    }
}

/// The room of a key, paused, once no job runs any more and `there` is seen.
fn picture(results: &mut SnapshotResults, name: &str, preset: &str, theme: Theme, language: Language, key: Key, there: &str) {
    let opened = Opened::named(preset).unwrap();
    let mut harness: Harness<'static, App> = Harness::builder()
        .with_size(vec2(1280.0, 800.0))
        .with_theme(theme)
        .with_step_dt(0.1)
        .with_max_steps(20)
        .with_context_setup(theme::install)
        .with_render_cursor(false)
        .wgpu()
        .build_eframe(move |_| App::new(Model::new(opened).unwrap(), Box::new(NobodyChooses)));
    harness.state_mut().set_language(language);
    harness.key_press(Key::Space);
    harness.key_press(Key::Home);
    harness.step();
    harness.key_press_modifiers(Modifiers::COMMAND, key);
    let mut quiet = 0;
    for _ in 0..1_000_000 {
        harness.step();
        std::thread::yield_now();
        // A job that runs is looked at again and again; nothing asks for another frame when none does.
        let is_there = harness.query_all_by_label_contains(there).next().is_some();
        quiet = if is_there && !harness.ctx.has_requested_repaint() { quiet + 1 } else { 0 };
        if quiet > 3 {
            harness.snapshot(format!("rooms/{name}"));
            results.extend_harness(&mut harness);
            return;
        }
    }
    panic!("{name}: `{there}` never came, or it never came to rest");
}

#[test]
fn compare() {
    let mut results = SnapshotResults::new();
    picture(&mut results, "compare-light", "rolling", Theme::Light, Language::English, Key::Num2, "best");
    picture(&mut results, "compare-dark-ja", "rolling", Theme::Dark, Language::Japanese, Key::Num2, "最良");
}

#[test]
fn sweep() {
    let mut results = SnapshotResults::new();
    picture(&mut results, "sweep-light", "rolling", Theme::Light, Language::English, Key::Num3, "Lowest capacity");
    picture(&mut results, "sweep-dark-ja", "rolling", Theme::Dark, Language::Japanese, Key::Num3, "最低処理能力");
}

#[test]
fn odds() {
    let mut results = SnapshotResults::new();
    picture(&mut results, "odds-light", "slow-java-service", Theme::Light, Language::English, Key::Num4, "Median");
    picture(&mut results, "odds-dark-ja", "slow-java-service", Theme::Dark, Language::Japanese, Key::Num4, "中央値");
}
