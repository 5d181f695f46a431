//! The lanes and the plots' time axis, operated by role and name as a person or a screen reader does.
#![cfg(feature = "gui")]
#![expect(clippy::unwrap_used, reason = "a test may stop")]

mod room;

use deployscope::app::lanes::{Lanes, LanesState};
use deployscope::app::plots::{Curves, Plots, TimeAxis};
use deployscope::app::theme::Theme;
use deployscope::app::{Opened, theme};
use deployscope::scenario::{Part, Scenario, Strategy, StrategyKind};
use deployscope::timeline::Timeline;
use deployscope::units::Time;
use eframe::egui::accesskit::Role;
use eframe::egui::{self, Color32, Key, Modifiers, PointerButton, Pos2, Rect, Shape, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use room::{Room, room, room_of, said};

/// The reference deployment lasts 400 s: 4 batches of 100 s, in each 20 s draining, 30 s installing, 20 s starting and 30 s
/// checking. Batches are 01 to 03, 04 to 06, 07 to 09, and 10.
const END_S: f32 = 400.0;

/// The names of all nodes with a role.
fn names(room: &Room, role: Role) -> Vec<String> {
    room.harness.query_all_by_role(role).map(|node| said(&node.accesskit_node())).collect()
}

/// What the pinned row says; the log has options too, which begin with a time.
fn pinned(room: &Room) -> Vec<String> {
    names(room, Role::ListBoxOption).into_iter().filter(|name| name.split(' ').next().is_some_and(|first| first.ends_with(':'))).collect()
}

fn lanes(room: &Room) -> Rect {
    room.harness.get_by_role(Role::ListBox).rect()
}

/// Where a moment stands across: the ribbon has the same axis.
fn x_of(room: &Room, seconds: f32) -> f32 {
    let ribbon = room.node(Role::Slider, "Time").rect();
    ribbon.left() + ribbon.width() * seconds / END_S
}

/// The middle of the row of an instance, counted from 1, among ten.
fn y_of(room: &Room, instance: f32) -> f32 {
    // Rows begin under the switch (40), the times (16) and the heading (20), and end 8 above the narration, which takes 76:
    // the rows have the rest, whole points each.
    let all = lanes(room);
    let height = ((all.height() - 40.0 - 16.0 - 20.0 - 8.0 - 76.0) / 10.0).floor().min(28.0);
    all.top() + 76.0 + height * (instance - 0.5)
}

fn plot(room: &Room, title: &str) -> Rect {
    room.harness.get_by(|node| node.role() == Role::Figure && said(node).starts_with(title)).rect()
}

fn hover(room: &mut Room, at: Pos2) {
    room.harness.hover_at(at);
    // A tooltip waits until the pointer stands still.
    room.run();
    room.harness.run_steps(10);
}

fn drag(room: &mut Room, button: PointerButton, modifiers: Modifiers, from: Pos2, to: Pos2) {
    room.harness.event(egui::Event::ModifiersChanged(modifiers));
    let press = |pos, pressed| egui::Event::PointerButton { pos, button, pressed, modifiers };
    for (at, event) in [(from, press(from, true)), (from.lerp(to, 0.5), egui::Event::PointerMoved(from.lerp(to, 0.5)))] {
        room.harness.event(egui::Event::PointerMoved(at));
        room.harness.event(event);
        room.run();
    }
    room.harness.event(egui::Event::PointerMoved(to));
    room.run();
    room.harness.event(press(to, false));
    room.harness.event(egui::Event::ModifiersChanged(Modifiers::NONE));
    room.run();
}

fn click(room: &mut Room, at: Pos2, times: usize) {
    let press = |pressed| egui::Event::PointerButton { pos: at, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE };
    room.harness.event(egui::Event::PointerMoved(at));
    for _ in 0..times {
        room.harness.event(press(true));
        room.harness.step();
        room.harness.event(press(false));
        room.harness.step();
    }
    room.run();
}

#[test]
fn one_key_or_a_switch_shows_the_fleet_the_other_way() {
    let mut room = room();
    assert!(room.stage().starts_with("Stage: Batch 1 of 4"));
    room.keys(&[Key::L]);
    let list = names(&room, Role::ListBox);
    assert!(list[0].starts_with("Lanes: Batch 1 of 4: draining 01, 02 and 03. 7 of 10 in service"), "{list:?}");
    assert!(names(&room, Role::Figure).iter().all(|name| !name.starts_with("Stage")));
    assert!(room.node(Role::Tab, "Lanes").accesskit_node().is_selected().unwrap());
    room.keys(&[Key::L]);
    assert!(room.stage().starts_with("Stage: "));
    room.click(Role::Tab, "Lanes");
    assert_eq!(names(&room, Role::ListBox).len(), 1);
    room.click(Role::Tab, "Stage");
    assert!(room.stage().starts_with("Stage: "));
}

#[test]
fn a_row_tells_what_its_instance_does_at_the_moment_under_the_pointer() {
    let mut room = room();
    room.keys(&[Key::L]);
    let at = pos2(x_of(&room, 30.0), y_of(&room, 1.0));
    hover(&mut room, at);
    // Draining 0 to 20 s, installing 20 to 50.
    assert!(room.has("0:30 · 01, new version") && room.has("installing since 0:20, 10 s of 30 s"));
    let at = pos2(x_of(&room, 85.0), y_of(&room, 3.0));
    hover(&mut room, at);
    assert!(room.has("1:25 · 03, new version") && room.has("checking since 1:10, 15 s of 30 s"));
    let at = pos2(x_of(&room, 110.0), y_of(&room, 4.0));
    hover(&mut room, at);
    assert!(room.has("1:50 · 04, old version") && room.has("draining since 1:40, 10 s of 20 s"));
    let at = pos2(x_of(&room, 150.0), y_of(&room, 10.0));
    hover(&mut room, at);
    assert!(room.has("2:30 · 10, old version") && room.has("in service since 0:00, 2 min 30 s of 5 min"));
}

#[test]
fn dragging_on_the_lanes_or_a_plot_moves_the_one_playhead() {
    let mut room = room();
    room.keys(&[Key::L]);
    let (from, to) = (pos2(x_of(&room, 40.0), y_of(&room, 2.0)), pos2(x_of(&room, 100.0), y_of(&room, 5.0)));
    drag(&mut room, PointerButton::Primary, Modifiers::NONE, from, to);
    // A point is 400 s over some 660 of them.
    assert!(room.t().abs_diff(100_000) < 700, "{}", room.t());
    let middle = plot(&room, "Traffic by version").center().y;
    let (from, to) = (pos2(x_of(&room, 100.0), middle), pos2(x_of(&room, 300.0), middle));
    drag(&mut room, PointerButton::Primary, Modifiers::NONE, from, to);
    assert!(room.t().abs_diff(300_000) < 700, "{}", room.t());
}

#[test]
fn a_click_pins_a_row_and_its_life_is_told() {
    let mut room = room();
    room.keys(&[Key::L]);
    assert_eq!(pinned(&room), Vec::<String>::new());
    let at = pos2(x_of(&room, 30.0), y_of(&room, 4.0));
    click(&mut room, at, 1);
    assert_eq!(
        pinned(&room),
        ["04: in service 0:00 to 1:40, 1 min 40 s; draining 1:40 to 2:00, 20 s; installing 2:00 to 2:30, 30 s; \
          starting 2:30 to 2:50, 20 s; checking 2:50 to 3:20, 30 s; in service from 3:20"]
    );
    // The playhead stays where it was.
    assert_eq!(room.t(), 0);
    click(&mut room, at, 1);
    assert_eq!(pinned(&room), Vec::<String>::new());
}

#[test]
fn the_keyboard_goes_from_row_to_row_and_along_the_time() {
    let mut room = room();
    room.keys(&[Key::L]);
    room.harness.get_by_role(Role::ListBox).focus();
    room.run();
    let begins = |room: &Room, name: &str| {
        let rows = pinned(room);
        assert!(rows.len() == 1 && rows[0].starts_with(name), "{rows:?}");
    };
    room.keys(&[Key::ArrowDown]);
    begins(&room, "01: draining 0:00 to 0:20");
    room.keys(&[Key::ArrowDown, Key::ArrowDown]);
    begins(&room, "03: ");
    room.keys(&[Key::ArrowUp]);
    begins(&room, "02: ");
    room.keys(&[Key::PageDown]);
    begins(&room, "10: in service 0:00 to 5:00");
    // A sixtieth of what is shown, 400 / 60 s.
    room.keys(&[Key::ArrowRight]);
    assert_eq!(room.t(), 6_666);
    // Space plays and stops as it does elsewhere.
    room.harness.key_press(Key::Space);
    room.harness.run_steps(2);
    assert!(room.harness.state().model().clock.is_playing());
    room.keys(&[Key::Space]);
    room.keys(&[Key::Escape]);
    assert_eq!(pinned(&room), Vec::<String>::new());
}

/// The moment that a plot's readout names in its middle.
fn middle_says(room: &mut Room, clock: &str) -> bool {
    let at = pos2(x_of(room, 200.0), plot(room, "Traffic by version").center().y);
    hover(room, at);
    room.has(clock)
}

#[test]
fn a_part_of_the_time_is_shown_larger_by_mouse_and_all_of_it_by_a_double_click() {
    let mut room = room();
    assert!(middle_says(&mut room, "3:20"));
    let y = plot(&room, "Capacity against demand").center().y;
    let (from, to) = (pos2(x_of(&room, 100.0), y), pos2(x_of(&room, 200.0), y));
    drag(&mut room, PointerButton::Primary, Modifiers::SHIFT, from, to);
    // From 100 s to 200 s: the middle is 150. The playhead has not moved.
    assert!(middle_says(&mut room, "2:30") && room.t() == 0);
    assert!(room.has("Double click: the whole time again"));
    // The lanes show the same part.
    room.keys(&[Key::L]);
    let at = pos2(x_of(&room, 200.0), y_of(&room, 4.0));
    hover(&mut room, at);
    assert!(room.has("2:30 · 04, new version"));
    let at = pos2(x_of(&room, 200.0), plot(&room, "Traffic by version").center().y);
    click(&mut room, at, 2);
    assert!(middle_says(&mut room, "3:20") && room.has("Shift+drag: zoom in"));
    // The second button does as shift does.
    let (from, to) = (pos2(x_of(&room, 300.0), y), pos2(x_of(&room, 200.0), y));
    drag(&mut room, PointerButton::Secondary, Modifiers::NONE, from, to);
    assert!(middle_says(&mut room, "4:10"));
}

#[test]
fn a_part_of_the_time_is_shown_larger_by_keyboard() {
    let mut room = room();
    room.node(Role::Slider, "Time").set_value_accesskit(0.5);
    room.run();
    room.harness.get_by(|node| node.role() == Role::Figure && said(node).starts_with("Capacity against demand")).focus();
    room.run();
    room.keys(&[Key::Plus]);
    // Half of it about the playhead at 200 s: 100 to 300. A sixtieth of that is 3.3 s.
    room.keys(&[Key::ArrowRight]);
    assert_eq!(room.t(), 203_333);
    room.keys(&[Key::Plus, Key::Plus]);
    room.keys(&[Key::ArrowLeft]);
    // An eighth of 400 s, 50 s: a sixtieth is 0.8 s.
    assert_eq!(room.t(), 202_500);
    room.keys(&[Key::Minus]);
    room.keys(&[Key::ArrowRight]);
    // 100 / 60 = 1.667.
    assert_eq!(room.t(), 204_166);
    // Nothing else is chosen by it.
    room.keys(&[Key::Num0]);
    assert_eq!(room.scenario().strategy, Strategy::Rolling { batch: Part::Count(3) });
    assert!(middle_says(&mut room, "3:20"));
}

#[test]
fn what_happened_is_named_on_the_axis() {
    let mut room = room();
    let below = plot(&room, "Requests failed").bottom() + 8.0;
    let at = pos2(x_of(&room, 50.0) + 2.0, below);
    hover(&mut room, at);
    assert!(room.has("0:50") && room.has("Batch 1 starting"));
}

#[test]
fn another_scenario_is_shown_as_a_whole_with_nothing_pinned() {
    let mut room = room();
    room.keys(&[Key::L]);
    let at = pos2(x_of(&room, 30.0), y_of(&room, 4.0));
    click(&mut room, at, 1);
    assert_eq!(pinned(&room).len(), 1);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("other.ron");
    std::fs::write(&path, "(fleet: (instances: 10), strategy: Immutable)").unwrap();
    room.answer(deployscope::app::files::Choice::Path(path));
    room.chord(Modifiers::COMMAND, Key::O);
    room.run();
    assert_eq!(room.scenario().strategy, Strategy::Immutable);
    assert_eq!(pinned(&room), Vec::<String>::new());
}

#[test]
fn a_large_fleet_is_told_by_its_rows() {
    let mut opened = Opened::named("rolling").unwrap();
    opened.scenario.fleet.instances = 900;
    opened.scenario.traffic = None;
    let mut room = room_of(opened, vec2(1280.0, 800.0), 1.0);
    room.keys(&[Key::L]);
    let all = lanes(&room);
    hover(&mut room, pos2(all.center().x, all.center().y));
    let told = room.harness.get_by(|node| said(node).contains(", one of "));
    let told = said(&told.accesskit_node());
    assert!(told.ends_with(" in this row"), "{told}");
}

/// All that is drawn in the colours of what happens, as (from x, to x).
fn drawn(shapes: &[egui::epaint::ClippedShape], colours: &[Color32]) -> Vec<(f32, f32)> {
    fn add(shape: &Shape, clip: Rect, colours: &[Color32], found: &mut Vec<(f32, f32)>) {
        let mut keep = |rect: Rect| {
            let seen = rect.intersect(clip);
            if seen.is_positive() {
                found.push((seen.left(), seen.right()));
            }
        };
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| add(shape, clip, colours, found)),
            Shape::Mesh(mesh) => {
                for corners in mesh.indices.chunks(3) {
                    let vertices = [0, 1, 2].map(|i| mesh.vertices[corners[i] as usize]);
                    if vertices.iter().any(|vertex| colours.contains(&vertex.color)) {
                        keep(Rect::from_points(&vertices.map(|vertex| vertex.pos)));
                    }
                }
            }
            Shape::Rect(rect) if colours.contains(&rect.fill) => keep(rect.rect),
            Shape::LineSegment { points, stroke } if colours.contains(&stroke.color) => keep(Rect::from_points(points).expand(0.5)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    for egui::epaint::ClippedShape { clip_rect, shape, .. } in shapes {
        add(shape, *clip_rect, colours, &mut found);
    }
    found
}

/// A deployment in which much goes wrong: an instance is killed at 150 s, and the new version fails half of its requests
/// from 250 s on.
fn troubled() -> Timeline {
    let text = r#"(
        fleet: (instances: 10),
        strategy: Rolling(batch: Count(3)),
        failures: (events: [Kill(at: "150s", instances: 1), TurnBad(at: "250s", error_rate: 0.5)]),
    )"#;
    let scenario = Scenario::from_ron(text, "troubled.ron").unwrap();
    deployscope::simulate(&scenario).unwrap()
}

/// What is drawn, and where the pictures are that have a role.
fn picture(role: Role, show: impl FnMut(&mut egui::Ui) + 'static) -> (Vec<egui::epaint::ClippedShape>, Vec<Rect>) {
    let mut harness = Harness::builder().with_size(vec2(800.0, 400.0)).with_context_setup(theme::install).build_ui(show);
    harness.run();
    let places = harness.query_all_by_role(role).map(|node| node.rect()).collect();
    (harness.output().shapes.clone(), places)
}

/// The colours of everything that the future could be told by.
fn colours() -> Vec<Color32> {
    let t = Theme::of_ctx(&egui::Context::default());
    vec![
        t.version_old,
        t.version_old_soft,
        t.version_new,
        t.version_new_soft,
        t.failed,
        t.failed_soft,
        t.warning,
        t.demand_line,
        t.cause_dead_target,
        t.cause_new_version_error,
        t.cause_overload,
        t.text_faint,
    ]
}

#[test]
fn up_to_a_moment_nothing_of_what_is_to_come_is_drawn() {
    let middle = Time::from_us(200_000_000);
    for up_to in [None, Some(middle)] {
        let (timeline, mut axis) = (troubled(), TimeAxis::default());
        let end_s = timeline.end().as_secs_f64();
        let curves = Curves::new(&timeline);
        let (shapes, places) = picture(Role::Figure, move |ui| {
            Plots::new(&timeline, &curves, middle).up_to(up_to).ghost(Some(&curves)).show(ui, &mut axis);
        });
        assert_eq!(places.len(), 3);
        // The legends stand between them. Under the last one are the ticks of what happened.
        let inside = |y: f32| places.iter().any(|place| place.y_range().expand(1.0).contains(y)) || y > places[2].bottom();
        check(&shapes, inside, end_s, up_to, "plots");

        let (timeline, mut axis, mut state, mut selection) = (troubled(), TimeAxis::default(), LanesState::default(), Some(9));
        let (shapes, places) = picture(Role::ListBox, move |ui| {
            let lanes = Lanes::new(&timeline, StrategyKind::Rolling, middle, 0).up_to(up_to);
            lanes.show(ui, &mut state, &mut axis, &mut selection);
        });
        // The legend stands above the rows.
        check(&shapes, |y| y > places[0].top() + 40.0, end_s, up_to, "lanes");
    }
}

/// Of 800 points 8 at each side are left free; the axis goes from 56 after that to 28 before it.
#[expect(clippy::cast_possible_truncation, reason = "a place on the screen")]
fn check(shapes: &[egui::epaint::ClippedShape], inside: impl Fn(f32) -> bool, end_s: f64, up_to: Option<Time>, what: &str) {
    let seen = |clipped: &&egui::epaint::ClippedShape| inside(clipped.shape.visual_bounding_rect().center().y);
    let shapes: Vec<_> = shapes.iter().filter(seen).cloned().collect();
    let right = drawn(&shapes, &colours()).iter().map(|(_, to)| *to).fold(0.0, f32::max);
    let (first, last) = (8.0 + 56.0, 792.0 - 28.0);
    let x = |t_s: f64| first + (last - first) * (t_s / end_s) as f32;
    let Some(t) = up_to else {
        assert!((right - last).abs() < 2.0, "{what}: all of it ends at {right}");
        return;
    };
    let playhead = x(t.as_secs_f64());
    assert!((right - playhead).abs() < 2.5, "{what}: it ends at {right}, the playhead is at {playhead}");
}
