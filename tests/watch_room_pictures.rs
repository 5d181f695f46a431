//! The Watch room as a picture: every strategy at two of its moments, in both themes and both languages, on a usual and on
//! a large screen, and at twice the size.
#![cfg(feature = "gui")]
#![expect(clippy::unwrap_used, reason = "a test may stop")]

use std::sync::mpsc::{Receiver, channel};

use deployscope::app::files::{Choice, Chooser, Purpose};
use deployscope::app::{App, Model, Opened, theme};
use deployscope::scenario::{Event, OnFailure, Part, Recovery, Scenario, Strategy};
use deployscope::text::language::Language;
use deployscope::units::{Duration, Share};
use eframe::egui::accesskit::Role;
use eframe::egui::{Context, Key, Modifiers, Theme, Vec2, vec2};
use egui_kittest::kittest::Queryable as _;
use egui_kittest::{Harness, SnapshotResults};

struct NobodyChooses;

impl Chooser for NobodyChooses {
    fn choose(&mut self, _: Purpose, _: &str, _: &Context) -> Receiver<Choice> {
        channel().1
    }
}

fn room(opened: Opened, theme: Theme, size: Vec2, pixels_per_point: f32) -> Harness<'static, App> {
    let mut harness = Harness::builder()
        .with_size(size)
        .with_pixels_per_point(pixels_per_point)
        .with_theme(theme)
        .with_step_dt(0.1)
        .with_max_steps(20)
        .with_context_setup(theme::install)
        .with_render_cursor(false)
        .wgpu()
        .build_eframe(move |_| App::new(Model::new(opened).unwrap(), Box::new(NobodyChooses)));
    harness.key_press(Key::Space);
    harness.run();
    harness
}

/// Moves the playhead to `seconds`.
fn go_to(harness: &mut Harness<'_, App>, seconds: f64) {
    harness.run();
    let share = seconds / harness.state().model().end().as_secs_f64();
    let time = match harness.state().language() {
        Language::English => "Time",
        Language::Japanese => "時間",
    };
    harness.get_by_role_and_label(Role::Slider, time).set_value_accesskit(share);
    harness.run();
}

const WINDOW: Vec2 = vec2(1280.0, 800.0);

/// A large screen, and what a large screen has room for where everything is twice as large.
const LARGE: Vec2 = vec2(1920.0, 1080.0);
const TWICE: Vec2 = vec2(960.0, 540.0);

/// `moments` in seconds: each in both themes and both languages; on a large screen and at twice the size the first in
/// English and light, the second in Japanese and dark.
fn strategy(preset: &str, moments: [f64; 2]) {
    use Language::{English, Japanese};
    let mut results = SnapshotResults::new();
    let mut shot = |moment: usize, theme: Theme, language: Language, size: Vec2, pixels_per_point: f32, beside: &str| {
        let mut harness = room(Opened::named(preset).unwrap(), theme, size, pixels_per_point);
        harness.state_mut().set_language(language);
        go_to(&mut harness, moments[moment - 1]);
        let theme = if theme == Theme::Dark { "dark" } else { "light" };
        harness.snapshot(format!("watch/{preset}/{moment}-{theme}-{}{beside}", language.code()));
        results.extend_harness(&mut harness);
    };
    for moment in [1, 2] {
        for theme in [Theme::Light, Theme::Dark] {
            for language in Language::ALL {
                shot(moment, theme, language, WINDOW, 1.0, "");
            }
        }
    }
    for (moment, theme, language) in [(1, Theme::Light, English), (2, Theme::Dark, Japanese)] {
        shot(moment, theme, language, LARGE, 1.0, "-large");
        shot(moment, theme, language, TWICE, 2.0, "-twice");
    }
}

/// `moments` in seconds: the first in the light theme, the second in the dark one.
fn pictures(preset: &str, moments: [f64; 2]) {
    let mut results = SnapshotResults::new();
    for (theme, name, seconds) in [(Theme::Light, "light", moments[0]), (Theme::Dark, "dark", moments[1])] {
        let mut harness = room(Opened::named(preset).unwrap(), theme, WINDOW, 1.0);
        go_to(&mut harness, seconds);
        harness.snapshot(format!("watch/{preset}-{name}"));
        results.extend_harness(&mut harness);
    }
}

#[test]
fn all_at_once() {
    strategy("all-at-once", [30.0, 65.0]);
}

#[test]
fn in_place() {
    strategy("in-place", [85.0, 215.0]);
}

#[test]
fn rolling() {
    strategy("rolling", [134.0, 300.0]);
}

#[test]
fn rolling_with_additional_batch() {
    strategy("rolling-with-additional-batch", [100.0, 290.0]);
}

#[test]
fn immutable() {
    strategy("immutable", [200.0, 290.0]);
}

#[test]
fn traffic_splitting() {
    strategy("traffic-splitting", [70.0, 300.0]);
}

#[test]
fn blue_green() {
    strategy("blue-green", [300.0, 450.0]);
}

#[test]
fn canary() {
    strategy("canary", [250.0, 445.0]);
}

#[test]
fn linear() {
    strategy("linear", [400.0, 600.0]);
}

#[test]
fn rolling_update() {
    strategy("rolling-update", [150.0, 290.0]);
}

#[test]
fn ecs_rolling() {
    strategy("ecs-rolling", [100.0, 150.0]);
}

#[test]
fn instance_refresh() {
    strategy("instance-refresh", [85.0, 900.0]);
}

#[test]
fn own_steps() {
    strategy("steps", [200.0, 320.0]);
}

#[test]
fn refused_requests_on_a_sale_day() {
    pictures("sale-day", [150.0, 150.0]);
}

#[test]
fn a_bad_release_that_nobody_notices_and_one_that_is_taken_back() {
    pictures("failing-rolling", [300.0, 750.0]);
}

#[test]
fn a_crash_before_and_after_the_balancer_notices() {
    pictures("latent-crash", [1_280.0, 1_315.0]);
}

#[test]
fn a_batch_that_never_gets_healthy() {
    pictures("stuck-rolling", [400.0, 900.0]);
}

#[test]
fn a_swap_with_clients_that_hold_on() {
    pictures("blue-green-long-dns", [180.0, 900.0]);
}

#[test]
fn pods_that_stop_before_the_balancer_learns_of_it() {
    pictures("kubernetes-without-prestop", [154.8, 154.8]);
}

#[test]
fn a_changed_batch_lights_up() {
    let mut harness = room(Opened::named("rolling").unwrap(), Theme::Light, WINDOW, 1.0);
    go_to(&mut harness, 134.0);
    harness.get_by_role_and_label(Role::Slider, "Batch").set_value_accesskit(5.0);
    harness.run();
    harness.snapshot("watch/changed");
}

#[test]
fn the_smallest_window() {
    let mut harness = room(Opened::named("canary").unwrap(), Theme::Light, vec2(1024.0, 700.0), 1.0);
    go_to(&mut harness, 250.0);
    harness.snapshot("watch/smallest");
}

#[test]
fn at_twice_the_size() {
    let mut harness = room(Opened::named("rolling").unwrap(), Theme::Dark, vec2(640.0, 400.0), 2.0);
    go_to(&mut harness, 134.0);
    harness.snapshot("watch/twice");
}

#[test]
fn the_menu_of_presets() {
    let mut harness = room(Opened::named("rolling").unwrap(), Theme::Light, WINDOW, 1.0);
    harness.get_by_role_and_label(Role::Button, "Scenario: Rolling, three at a time").click();
    harness.run();
    harness.snapshot("watch/presets");
}

#[test]
fn the_keys() {
    let mut harness = room(Opened::named("rolling").unwrap(), Theme::Dark, WINDOW, 1.0);
    harness.key_press(Key::F1);
    harness.run();
    harness.snapshot("watch/keys");
}

#[test]
fn a_broken_file() {
    let text = "(\n    fleet: (instances: 10, capasity_rps: 100.0),\n    strategy: Roling(batch: Count(3)),\n)\n";
    let mut harness = room(Opened::named("rolling").unwrap(), Theme::Light, WINDOW, 1.0);
    harness.state_mut().show_problem(Scenario::from_ron(text, "broken.ron").unwrap_err());
    harness.run();
    harness.snapshot("watch/broken-file");
}

/// A key is pressed, or a button whose name begins so is clicked.
fn why(preset: &str, theme: Theme, seconds: f64, name: &str, ask: impl Fn(&mut Harness<'_, App>)) {
    let mut harness = room(Opened::named(preset).unwrap(), theme, WINDOW, 1.0);
    go_to(&mut harness, seconds);
    ask(&mut harness);
    harness.run();
    harness.snapshot(format!("watch/{name}"));
}

#[test]
fn why_requests_fail_and_what_it_waits_for() {
    why("failing-canary", Theme::Light, 170.0, "why-moment", |harness| harness.key_press(Key::W));
}

#[test]
fn why_a_figure_is_what_it_is() {
    why("rolling-on-a-busy-day", Theme::Dark, 130.0, "why-figure", |harness| {
        let row =
            |node: &egui_kittest::kittest::AccessKitNode<'_>| node.label().is_some_and(|label| label.starts_with("Requests failed: "));
        harness.get_by(move |node| node.role() == Role::Button && row(node)).click();
    });
}

#[test]
fn settings_that_cannot_work() {
    let strategy = Strategy::InPlace { minimum_healthy: Part::Percent(Share::from_percent(95)) };
    let mut harness = room(Opened { scenario: Scenario::new(10, strategy), path: None, text: None }, Theme::Light, WINDOW, 1.0);
    harness.snapshot("watch/cannot-work");
}

#[test]
fn many_instances_some_of_which_fail() {
    let mut results = SnapshotResults::new();
    for (instances, name) in [(60, "failing-sixty"), (900, "failing-nine-hundred"), (5_000, "failing-five-thousand")] {
        let mut scenario = Scenario::new(instances, Strategy::RollingWithAdditionalBatch { batch: Part::Percent(Share::from_percent(20)) });
        scenario.release.error_rate = 0.2;
        scenario.release.startup_failure = 0.1;
        scenario.failures.events = vec![Event::Kill { at: Duration::from_secs(240), instances: instances / 8 }];
        scenario.failures.recovery = Some(Recovery::Restart);
        scenario.on_failure = Some(OnFailure::Ignore);
        let mut harness = room(Opened { scenario, path: None, text: None }, Theme::Dark, WINDOW, 1.0);
        go_to(&mut harness, 260.0);
        harness.snapshot(format!("watch/{name}"));
        results.extend_harness(&mut harness);
    }
}

#[test]
fn a_thousand_instances() {
    let mut scenario = Scenario::new(1_000, Strategy::Rolling { batch: Part::Count(150) });
    scenario.name = "A thousand instances".into();
    let mut harness = room(Opened { scenario, path: None, text: None }, Theme::Light, WINDOW, 1.0);
    go_to(&mut harness, 250.0);
    harness.snapshot("watch/thousand");
}

/// The window after some keys, paused at `seconds`.
fn after(name: &str, preset: &str, theme: Theme, seconds: f64, keys: &[(Modifiers, Key)]) -> SnapshotResults {
    let mut harness = room(Opened::named(preset).unwrap(), theme, WINDOW, 1.0);
    go_to(&mut harness, seconds);
    for (modifiers, key) in keys {
        harness.key_press_modifiers(*modifiers, *key);
        harness.run();
    }
    harness.snapshot(format!("watch/{name}"));
    harness.take_snapshot_results()
}

#[test]
fn the_fleet_as_lanes() {
    let mut results = after("lanes-light", "rolling-update", Theme::Light, 150.0, &[(Modifiers::NONE, Key::L)]);
    results.extend(after("lanes-dark", "latent-crash", Theme::Dark, 1_315.0, &[(Modifiers::NONE, Key::L)]));
}

#[test]
fn the_palette_of_commands() {
    after("palette", "rolling", Theme::Light, 134.0, &[(Modifiers::COMMAND, Key::K)]);
}

#[test]
fn presented_to_a_room_that_is_asked_what_happens_next() {
    after("presented", "rolling", Theme::Light, 100.0, &[(Modifiers::NONE, Key::P), (Modifiers::NONE, Key::N)]);
}

#[test]
fn an_instance_is_killed_and_the_outcome_before_stays_as_a_ghost() {
    after("poked", "rolling", Theme::Dark, 134.0, &[(Modifiers::NONE, Key::K)]);
}

#[test]
fn the_scenarios_text_beside_the_stage() {
    after("text", "canary", Theme::Light, 250.0, &[(Modifiers::COMMAND, Key::E)]);
}
