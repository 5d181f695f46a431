//! The stage, looked at and operated by role and name: what is pointed at or has the keyboard tells what it is, an
//! instance is pinned, and a large fleet is looked at from nearer.
#![cfg(feature = "gui")]
#![expect(clippy::unwrap_used, reason = "a test may stop")]

mod room;

use deployscope::app::Opened;
use deployscope::app::stage::{Kept, Motion, Stage};
use deployscope::scenario::{Event, Part, Scenario, Strategy};
use deployscope::units::{Duration, Time};
use eframe::egui::accesskit::Role;
use eframe::egui::epaint::ClippedShape;
use eframe::egui::{Key, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, Shape, TouchPhase, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use room::{Room, room_of, said};

/// Ten instances, three at a time, at 134 s: batch 2, instances 04 to 06, is being installed.
fn rolling() -> Room {
    let mut room = room_of(Opened::named("rolling").unwrap(), vec2(1280.0, 800.0), 1.0);
    go_to(&mut room, 134.0);
    room
}

fn go_to(room: &mut Room, seconds: f64) {
    let share = seconds / room.harness.state().model().end().as_secs_f64();
    room.node(Role::Slider, "Time").set_value_accesskit(share);
    room.run();
}

fn focus(room: &mut Room) {
    room.harness.get_by(|node| node.role() == Role::Figure && said(node).starts_with("Stage")).focus();
    room.run();
}

/// What the stage says of the thing that the keyboard is on.
fn spot(room: &Room) -> String {
    let stage = room.harness.get_by(|node| node.role() == Role::Figure && said(node).starts_with("Stage"));
    stage.value().unwrap_or_default()
}

fn click(room: &mut Room, at: Pos2) {
    room.harness.drag_at(at);
    room.run();
    room.harness.drop_at(at);
    room.run();
}

/// Where things are in a window of 1280 × 800: from the picture.
const USERS: Pos2 = Pos2::new(320.0, 223.0);
const BALANCER: Pos2 = Pos2::new(478.0, 223.0);
const STREAM: Pos2 = Pos2::new(577.0, 218.0);
const HEADER: Pos2 = Pos2::new(786.0, 129.0);
const TILE_04: Pos2 = Pos2::new(873.0, 174.0);
const TILE_05: Pos2 = Pos2::new(934.0, 174.0);

fn point_at(room: &mut Room, at: Pos2) {
    room.harness.hover_at(at);
    // Longer than a tooltip waits.
    room.harness.run_steps(10);
}

#[test]
fn an_instance_tells_its_whole_life() {
    let mut room = rolling();
    point_at(&mut room, TILE_04);
    assert!(room.has("04, new version"));
    // Drain 20 s, install 30 s, start 20 s, 3 checks of 10 s; in service from 200 s to the end at 400 s.
    let life = room.harness.get_by(|node| node.role() == Role::Figure && said(node).starts_with("Its life"));
    let life = said(&life.accesskit_node());
    assert_eq!(
        life,
        "Its life: in service 1 min 40 s, draining 20 s, installing 30 s, starting 20 s, checking 30 s, in service to the end"
    );
    assert!(room.has("installing since 2:00, 14 s of 30 s"));
    assert!(room.has("is being given the new version"));
}

#[test]
fn users_load_balancer_traffic_and_group_tell_their_numbers() {
    let mut room = rolling();
    point_at(&mut room, USERS);
    assert!(room.has("700 requests per second now, at most 700"));
    point_at(&mut room, BALANCER);
    assert!(room.has("7 instances get requests."));
    point_at(&mut room, STREAM);
    // Three of seven in service run the new version, four the old one: 300 and 400 of 700.
    assert!(room.has("old version: 400 requests per second, 57 %"));
    assert!(room.has("new version: 300 requests per second, 43 %"));
    assert!(room.has("An instance gets 100 of the 100 requests per second that it can serve."));
    point_at(&mut room, HEADER);
    assert!(room.has("10 instances") && room.has("7 in service") && room.has("3 installing"));
}

#[test]
fn a_clicked_instance_is_pinned_while_the_playhead_moves() {
    let mut room = rolling();
    click(&mut room, TILE_05);
    let pinned = |room: &Room| {
        room.harness.query_all_by_role(Role::Heading).map(|node| said(&node.accesskit_node())).find(|said| said.starts_with("Pinned"))
    };
    assert_eq!(pinned(&room).unwrap(), "Pinned: instance 05: 05, new version, installing since 2:00, 14 s of 30 s");
    go_to(&mut room, 300.0);
    assert_eq!(pinned(&room).unwrap(), "Pinned: instance 05: 05, new version, in service since 3:20");
    room.click(Role::Button, "Unpin 05");
    assert_eq!(pinned(&room), None);
    // Escape does the same.
    click(&mut room, TILE_05);
    assert!(pinned(&room).is_some());
    room.keys(&[Key::Escape]);
    assert_eq!(pinned(&room), None);
}

#[test]
fn a_place_on_the_pinned_life_is_a_moment() {
    let mut room = rolling();
    click(&mut room, TILE_05);
    let strip = room.harness.get_by(|node| node.role() == Role::Figure && said(node).starts_with("Its life")).rect();
    click(&mut room, strip.left_top() + vec2(1.0, 8.0));
    // The life of an old instance begins at the start, and a pixel of it is a few seconds.
    assert!(room.t() < 10_000, "{}", room.t());
}

#[test]
fn the_keyboard_goes_from_thing_to_thing() {
    let mut room = rolling();
    focus(&mut room);
    assert!(spot(&room).starts_with("01, new version"), "{}", spot(&room));
    room.keys(&[Key::ArrowRight, Key::ArrowDown]);
    assert!(spot(&room).starts_with("07, old version, in service since 0:00"), "{}", spot(&room));
    // The playhead has not moved by the arrows.
    assert_eq!(room.t(), 134_000);
    room.keys(&[Key::Enter]);
    assert!(room.has("Unpin 07"));
    room.keys(&[Key::Escape]);
    assert!(!room.has("Unpin 07"));
    // From the first column to the group, to what comes to it, and to where it comes from.
    room.keys(&[Key::ArrowLeft, Key::ArrowLeft]);
    assert!(spot(&room).starts_with("fleet, 10 instances"), "{}", spot(&room));
    room.keys(&[Key::ArrowLeft]);
    assert!(spot(&room).starts_with("Traffic, "), "{}", spot(&room));
    room.keys(&[Key::ArrowLeft]);
    assert!(spot(&room).starts_with("Load balancer, "), "{}", spot(&room));
    room.keys(&[Key::ArrowLeft]);
    assert!(spot(&room).starts_with("Users, "), "{}", spot(&room));
    // Space plays here too.
    room.harness.key_press(Key::Space);
    room.harness.step();
    assert!(room.harness.state().model().clock.is_playing());
}

#[test]
fn downtime_is_said_and_nothing_gets_through() {
    let mut room = room_of(Opened::named("all-at-once").unwrap(), vec2(1280.0, 800.0), 1.0);
    go_to(&mut room, 40.0);
    assert!(room.stage().contains("Downtime: nothing is in service"), "{}", room.stage());
    point_at(&mut room, BALANCER);
    assert!(room.has("No instance gets requests.") && room.has("700 are refused here"));
}

fn large(instances: u32) -> Room {
    let mut scenario = Scenario::new(instances, Strategy::Rolling { batch: Part::Count(instances / 4) });
    scenario.name = "Large".into();
    room_of(Opened { scenario, path: None, text: None }, vec2(1280.0, 800.0), 1.0)
}

#[test]
fn a_cell_that_stands_for_many_tells_what_they_do() {
    let mut room = large(30_000);
    go_to(&mut room, 60.0);
    // Batch 1 is starting from 50 s to 70 s: all of the first cell, none of the others.
    focus(&mut room);
    assert!(spot(&room).starts_with("Instances 01 to ") && spot(&room).ends_with(" starting"), "{}", spot(&room));
    room.keys(&[
        Key::ArrowUp,
        Key::ArrowDown,
        Key::ArrowDown,
        Key::ArrowDown,
        Key::ArrowDown,
        Key::ArrowDown,
        Key::ArrowDown,
        Key::ArrowDown,
    ]);
    room.keys(&[Key::ArrowDown, Key::ArrowDown]);
    assert!(spot(&room).ends_with(" in service"), "{}", spot(&room));
}

#[test]
fn a_large_fleet_is_looked_at_from_nearer() {
    let mut room = large(30_000);
    focus(&mut room);
    assert!(spot(&room).starts_with("Instances 01 to "), "{}", spot(&room));
    // A few steps nearer each instance has its tile.
    room.keys(&[Key::Plus, Key::Plus, Key::Plus, Key::Plus, Key::Plus, Key::Plus, Key::Plus]);
    assert!(spot(&room).starts_with("01, old version"), "{}", spot(&room));
    assert!(room.has("Show all"));
    room.keys(&[Key::Num0]);
    assert!(spot(&room).starts_with("Instances 01 to "), "{}", spot(&room));
    assert!(!room.has("Show all"));
    // The same by the wheel and the button.
    point_at(&mut room, TILE_05);
    for _ in 0..9 {
        let delta = vec2(0.0, 1.0);
        let (phase, source) = (TouchPhase::Move, MouseWheelSource::Unknown);
        room.harness.event(eframe::egui::Event::MouseWheel {
            unit: MouseWheelUnit::Line,
            delta,
            phase,
            source,
            modifiers: Default::default(),
        });
        room.run();
    }
    assert!(room.has("Show all"));
    room.click(Role::Button, "Show all");
    assert!(!room.has("Show all"));
}

/// All shapes of the stage at a moment.
fn shapes(scenario: &Scenario, motion: Motion, seconds: f64) -> Vec<ClippedShape> {
    let timeline = deployscope::simulate(scenario).unwrap();
    let kind = scenario.strategy.kind();
    let mut kept = Kept::default();
    let mut harness =
        Harness::builder().with_size(vec2(744.0, 400.0)).with_context_setup(deployscope::app::theme::install).build_ui(move |ui| {
            let t = Time::from_secs_f64(seconds);
            Stage::new(&timeline, kind, t, 700.0).motion(motion).show(ui, &mut kept);
        });
    harness.step();
    harness.output().shapes.clone()
}

fn scenarios() -> Vec<Scenario> {
    let mut failing = Scenario::new(10, Strategy::Rolling { batch: Part::Count(3) });
    failing.release.error_rate = 0.2;
    failing.failures.events.push(Event::Kill { at: Duration::from_secs(130), instances: 2 });
    let blue_green = Opened::named("blue-green").unwrap().scenario;
    let large = Scenario::new(6_000, Strategy::Immutable);
    vec![failing, blue_green, large]
}

#[test]
fn the_same_moment_is_the_same_picture_forwards_and_backwards() {
    for scenario in scenarios() {
        let timeline = std::sync::Arc::new(deployscope::simulate(&scenario).unwrap());
        let kind = scenario.strategy.kind();
        let shown = std::rc::Rc::new(std::cell::Cell::new(0.0));
        let (t, mut kept) = (shown.clone(), Kept::default());
        let record = timeline.clone();
        let mut harness =
            Harness::builder().with_size(vec2(744.0, 400.0)).with_context_setup(deployscope::app::theme::install).build_ui(move |ui| {
                kept.follow(ui.ctx(), &record, 0);
                Stage::new(&record, kind, Time::from_secs_f64(t.get()), 700.0).show(ui, &mut kept);
            });
        let end = timeline.end().as_secs_f64();
        let moments: Vec<f64> = (0..=40).map(|i| end * f64::from(i) / 40.0).collect();
        let mut at = |seconds: f64| {
            shown.set(seconds);
            harness.step();
            harness.output().shapes.clone()
        };
        let forwards: Vec<_> = moments.iter().map(|&seconds| at(seconds)).collect();
        let mut backwards: Vec<_> = moments.iter().rev().map(|&seconds| at(seconds)).collect();
        backwards.reverse();
        assert!(forwards == backwards);
        assert!(forwards.windows(2).any(|pair| pair[0] != pair[1]), "something moves");
    }
}

fn is_dot(shape: &Shape) -> bool {
    matches!(shape, Shape::Circle(circle) if circle.stroke.is_empty() && circle.radius < 5.0)
}

#[test]
fn with_reduced_motion_nothing_moves_between_two_events() {
    // At 4 and 12 s batch 1 drains; nothing happens from 0 to 20 s. Figures that count down are words, not movement.
    let scenario = Scenario::new(10, Strategy::Rolling { batch: Part::Count(3) });
    let pictures = |motion| [4.0, 12.0].map(|seconds| shapes(&scenario, motion, seconds));
    let text =
        |shapes: &[ClippedShape]| shapes.iter().filter(|clipped| !matches!(clipped.shape, Shape::Text(_))).cloned().collect::<Vec<_>>();
    let dots = |shapes: &[ClippedShape]| shapes.iter().filter(|clipped| is_dot(&clipped.shape)).count();
    let [before, after] = pictures(Motion::Reduced);
    assert_eq!(dots(&before), 0);
    assert!(text(&before) == text(&after));
    let [before, after] = pictures(Motion::Full);
    assert!(dots(&before) > 50, "{}", dots(&before));
    assert!(text(&before) != text(&after));
}

#[test]
fn who_steps_to_an_event_sees_it_done() {
    // Every instance comes into service after 30 s of install, 20 s of start-up and 3 checks, at 80 s: the picture of that moment has them there, with motion as
    // without. What moves is left aside: dots, and the crosses of refused requests.
    let scenario = Scenario::new(10, Strategy::AllAtOnce);
    let still = |motion| {
        let shapes = shapes(&scenario, motion, 80.0);
        shapes
            .into_iter()
            .filter(|clipped| !is_dot(&clipped.shape))
            .filter(|clipped| !matches!(clipped.shape, Shape::LineSegment { .. }))
            .count()
    };
    assert_eq!(still(Motion::Full), still(Motion::Reduced));
}

#[test]
fn a_right_click_asks_for_what_can_be_done_there() {
    use deployscope::app::stage::Asked;
    let scenario = Scenario::new(10, Strategy::Rolling { batch: Part::Count(3) });
    let timeline = deployscope::simulate(&scenario).unwrap();
    let kind = scenario.strategy.kind();
    let asked = std::rc::Rc::new(std::cell::Cell::new(None));
    let (answer, mut kept) = (asked.clone(), Kept::default());
    let mut harness =
        Harness::builder().with_size(vec2(744.0, 400.0)).with_context_setup(deployscope::app::theme::install).build_ui(move |ui| {
            if let Some(asked) = Stage::new(&timeline, kind, Time::ZERO, 700.0).show(ui, &mut kept).asked {
                answer.set(Some(asked));
            }
        });
    harness.step();
    // The first tile is in the upper left corner of the group, which begins at 48 % of the width.
    let at = Pos2::new(744.0 * 0.48 + 16.0 + 20.0, 160.0);
    harness.hover_at(at);
    harness.step();
    for pressed in [true, false] {
        harness.event(eframe::egui::Event::PointerButton {
            pos: at,
            button: PointerButton::Secondary,
            pressed,
            modifiers: Default::default(),
        });
        harness.step();
    }
    assert!(matches!(asked.get(), Some(Asked::Menu { instance: 0, .. })), "{:?}", asked.get());
}
