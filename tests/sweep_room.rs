//! The Sweep room, operated by role and name: curves, trade-off, levers, choice.
#![cfg(feature = "gui")]
#![expect(clippy::unwrap_used, reason = "a test may stop")]

mod room;

use std::time::{Duration, Instant};

use deployscope::scenario::{Part, Strategy};
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use room::{Room, room, said};

/// Frame by frame until `there`: what is worked out beside the window takes its time.
fn until(room: &mut Room, what: &str, there: impl Fn(&Room) -> bool) {
    const PATIENCE: Duration = Duration::from_secs(120);
    let start = Instant::now();
    while !there(room) {
        assert!(start.elapsed() < PATIENCE, "{what} never came");
        room.harness.step();
        std::thread::yield_now();
    }
    room.harness.step();
}

/// Everything that is named so or begins so, of a role.
fn all(room: &Room, role: Role, start: &str) -> Vec<String> {
    let found = room.harness.query_all_by_role(role).map(|node| said(&node.accesskit_node()));
    found.filter(|name| name.starts_with(start)).collect()
}

fn until_there(room: &mut Room, role: Role, start: &str) {
    until(room, start, |room| !all(room, role, start).is_empty());
}

/// The room on the reference deployment: ten instances, three at a time.
fn sweep() -> Room {
    let mut room = room();
    room.harness.key_press_modifiers(Modifiers::COMMAND, Key::Num3);
    room.harness.step();
    room
}

fn view(room: &mut Room, name: &str) {
    room.node(Role::Tab, name).click();
    room.harness.step();
    room.harness.step();
}

/// Clicks the first thing of a role that begins so.
fn click(room: &mut Room, role: Role, start: &str) {
    let is = |node: &egui_kittest::Node<'_>| said(&node.accesskit_node()).starts_with(start);
    room.harness.query_all_by_role(role).find(is).unwrap_or_else(|| panic!("no {start}")).click();
    room.harness.step();
    room.harness.step();
}

#[test]
fn a_batch_from_one_to_ten_is_drawn_and_listed_and_a_row_is_watched() {
    let mut room = sweep();
    until_there(&mut room, Role::Figure, "Duration by Batch");
    // ceil(10 / batch) × 100 s: ten batches of one, and one of ten; four of three.
    assert_eq!(
        all(&room, Role::Figure, "Duration by Batch"),
        ["Duration by Batch: 16 min 40 s at 1 to 1 min 40 s at 10; least 1 min 40 s, most 16 min 40 s; now 3: 6 min 40 s"]
    );
    // Of ten instances all but the batch serve.
    assert_eq!(
        all(&room, Role::Figure, "Lowest capacity by Batch"),
        ["Lowest capacity by Batch: 90 % at 1 to 0 % at 10; least 0 %, most 90 %; now 3: 70 %"]
    );
    click(&mut room, Role::Button, "As a table");
    let rows = all(&room, Role::Button, "1,");
    assert!(rows[0].starts_with("1, Duration 16 min 40 s, Lowest capacity 90 %"), "{rows:?}");
    assert!(all(&room, Role::Button, "3, Duration 6 min 40 s")[0].ends_with(", now"));
    click(&mut room, Role::Button, "5, Duration 3 min 20 s");
    // It is set, and watched.
    assert_eq!(room.scenario().strategy, Strategy::Rolling { batch: Part::Count(5) });
    room.run();
    assert_eq!(room.score("Duration"), "Duration: 3 min 20 s, −3 min 20 s");

    // Back there it is the same sweep with another present setting: nothing is run again.
    room.harness.key_press_modifiers(Modifiers::COMMAND, Key::Num3);
    room.harness.step();
    room.harness.step();
    assert!(all(&room, Role::ProgressIndicator, "").is_empty());
    assert!(all(&room, Role::Button, "5, Duration 3 min 20 s")[0].ends_with(", now"));
}

#[test]
fn the_moment_of_a_failure_is_varied_too() {
    let mut room = sweep();
    until_there(&mut room, Role::Figure, "Duration by Batch");
    click(&mut room, Role::Button, "Vary: Batch");
    // The menu is searched by typing.
    room.node(Role::TextInput, "Search").type_text("turns bad");
    room.harness.step();
    room.harness.step();
    assert!(all(&room, Role::Button, "Install").is_empty());
    click(&mut room, Role::Button, "It turns bad at");
    until_there(&mut room, Role::Figure, "Requests failed by It turns bad at");
    // At the very end nothing of the deployment is left to fail.
    let said = &all(&room, Role::Figure, "Requests failed by It turns bad at")[0];
    assert!(said.contains("to none at 6 min 40 s"), "{said}");
}

#[test]
fn two_fields_are_a_map() {
    let mut room = sweep();
    until_there(&mut room, Role::Figure, "Duration by Batch");
    click(&mut room, Role::Button, "And: none");
    click(&mut room, Role::Button, "Install");
    until_there(&mut room, Role::Figure, "Duration by Batch and Install");
    // Installs go from 5 s to 90 s: one batch of ten takes 70 s and the install, ten of one ten times that.
    assert_eq!(
        all(&room, Role::Figure, "Duration by Batch and Install"),
        ["Duration by Batch and Install: least 1 min 15 s, most 26 min 40 s"]
    );
}

#[test]
fn every_setting_of_every_strategy_is_a_dot_and_a_row() {
    let mut room = sweep();
    view(&mut room, "Trade-off");
    until_there(&mut room, Role::Figure, "Lowest capacity against duration");
    click(&mut room, Role::Button, "As a table");
    // Nothing is quicker: 30 install + 20 startup + 30 checks.
    let rows = all(&room, Role::Button, "All at once");
    assert_eq!(rows, ["All at once, Duration 1 min 20 s, Lowest capacity 0 %, beaten by none"]);
    // A whole second set is there after 60 boot + 80, and what is old has left 20 s later: nothing keeps more.
    let both = all(&room, Role::Button, "Blue/Green, load balancer, bake 0 s");
    assert_eq!(both, ["Blue/Green, load balancer, bake 0 s, Duration 2 min 40 s, Lowest capacity 100 %, beaten by none"]);
    click(&mut room, Role::Button, "All at once, Duration");
    assert_eq!(room.scenario().strategy, Strategy::AllAtOnce);
}

#[test]
fn a_lever_says_what_it_does_and_is_set_by_a_click() {
    let mut room = sweep();
    view(&mut room, "Levers");
    // Four batches, each 20 drain + 30 install + 20 startup + 3 × 10 checks.
    assert_eq!(
        all(&room, Role::Figure, "Where the time goes"),
        ["Where the time goes: draining 1 min 20 s, 20 %; install 2 min, 30 %; startup 1 min 20 s, 20 %; health checks 2 min, 30 %"]
    );
    until_there(&mut room, Role::Button, "Install 30s → 33s");
    // Four times 3 s.
    assert_eq!(all(&room, Role::Button, "Install 30s → 33s"), ["Install 30s → 33s: Duration +12 s"]);
    assert_eq!(all(&room, Role::Button, "Instances 10 → 11"), ["Instances 10 → 11: Duration no change"]);
    // Three batches instead of four.
    click(&mut room, Role::Button, "Batch 3 → 4: Duration −1 min 40 s");
    assert_eq!(room.scenario().strategy, Strategy::Rolling { batch: Part::Count(4) });
    // It stays here, and the levers are those of the new setting.
    until_there(&mut room, Role::Button, "Batch 4 → 5: Duration −1 min 40 s");
}

#[test]
fn what_is_needed_gives_what_is_suitable_best_first() {
    let mut room = sweep();
    view(&mut room, "Choose");
    until_there(&mut room, Role::Button, "Instance refresh");
    assert!(room.has("Downtime: none") && room.has("Lowest capacity at least 90 %"));
    room.node(Role::Button, "Add a limit").click();
    room.harness.step();
    room.harness.step();
    // The figure of the new limit, and its value: at most as many instances as the fleet has.
    room.node(Role::ComboBox, "Limit 1").click();
    room.harness.step();
    room.harness.step();
    click(&mut room, Role::Button, "Most instances");
    assert!(room.has("Most instances at most 10"));
    let first = |room: &Room| {
        let rows = room.harness.query_all_by_role(Role::Button).map(|node| said(&node.accesskit_node()));
        rows.filter(|row| row.contains(", Duration ")).collect::<Vec<_>>()[0].clone()
    };
    // Two batches of five take 100 s each.
    assert!(first(&room).contains("Duration 3 min 20 s"), "{}", first(&room));
    // With 90 % of ten in service one at a time is updated: ten times 100 s.
    room.node(Role::CheckBox, "Lowest capacity at least 90 %").click();
    room.harness.step();
    room.harness.step();
    assert!(first(&room).contains("Duration 16 min 40 s"), "{}", first(&room));
    click(&mut room, Role::Button, "Rolling, 1 at a time");
    assert_eq!(room.scenario().strategy, Strategy::Rolling { batch: Part::Count(1) });
}
