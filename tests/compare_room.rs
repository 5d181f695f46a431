//! The Compare room, operated by role and name.
#![cfg(feature = "gui")]
#![expect(clippy::unwrap_used, reason = "a test may stop")]

mod room;

use deployscope::app::files::Choice;
use deployscope::scenario::{Part, Strategy};
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use room::{Room, room, said};

/// Steps until the simulations beside the window are there.
fn wait(room: &mut Room) {
    for _ in 0..100_000 {
        room.harness.step();
        let busy = room.has("Simulating…") || room.harness.query_by_label_contains("Simulating ").is_some();
        if !busy {
            return;
        }
        std::thread::yield_now();
    }
    panic!("nothing was simulated");
}

fn compare() -> Room {
    let mut room = room();
    room.chord(Modifiers::COMMAND, Key::Num2);
    wait(&mut room);
    room
}

/// A row of the table, as it is read out.
fn row(room: &Room, figure: &str) -> String {
    let start = format!("{figure}: ");
    let row = room.harness.get_by(|node| node.role() == Role::Label && said(node).starts_with(&start));
    said(&row.accesskit_node())
}

/// How many cards there are.
fn cards(room: &Room) -> usize {
    room.harness.query_all_by_role(Role::Button).filter(|node| said(&node.accesskit_node()).starts_with("Remove ")).count()
}

#[test]
fn all_strategies_stand_side_by_side() {
    let room = compare();
    let duration = row(&room, "Duration");
    // The reference deployments: 80 s all at once; 4 × 100 s in batches; 140 + 9 × 60 + 20 s in equal steps.
    assert!(duration.contains("All at once 1 min 20 s (best)"), "{duration}");
    assert!(duration.contains("Rolling 6 min 40 s, "), "{duration}");
    assert!(duration.contains("Linear 11 min 40 s (worst)"), "{duration}");
    let downtime = row(&room, "Downtime");
    assert!(downtime.contains("All at once 1 min 20 s (worst)") && downtime.contains("Rolling none (best)"), "{downtime}");
    assert_eq!(cards(&room), 9);
}

#[test]
fn one_playhead_runs_to_the_last_end_and_each_says_when_it_is_done() {
    let mut room = compare();
    room.keys(&[Key::End]);
    // Linear is the last: 700 s.
    assert_eq!(room.t(), 700_000);
    let done = |room: &Room, card: &str| room.harness.query_by_label_contains(card).is_some();
    assert!(done(&room, "All at once, done at 1:20") && done(&room, "Rolling, baseline, done at 6:40"));
    // Back in the Watch room the playhead is no later than that deployment's end.
    room.chord(Modifiers::COMMAND, Key::Num1);
    assert_eq!(room.t(), 400_000);
}

#[test]
fn a_card_is_watched_alone_and_the_change_can_be_undone() {
    let mut room = compare();
    let card = room.harness.get_by(|node| node.role() == Role::Button && said(node).starts_with("All at once, "));
    card.click();
    room.run();
    assert_eq!(room.scenario().strategy, Strategy::AllAtOnce);
    assert!(room.stage().starts_with("Stage"));
    room.chord(Modifiers::COMMAND, Key::Z);
    assert_eq!(room.scenario().strategy, Strategy::Rolling { batch: Part::Count(3) });
}

#[test]
fn a_shared_setting_changes_all_of_them() {
    let mut room = compare();
    room.click(Role::Button, "Shared settings");
    for _ in 0..3 {
        room.node(Role::SpinButton, "Instances").increment_accesskit();
        room.run();
    }
    wait(&mut room);
    let duration = row(&room, "Duration");
    // 13 instances in batches of three are five batches of 100 s; all at once takes as long as before.
    assert!(duration.contains("All at once 1 min 20 s") && duration.contains("Rolling 8 min 20 s"), "{duration}");
    let most = row(&room, "Most instances");
    assert!(most.contains("All at once 13") && most.contains("Immutable 26"), "{most}");
}

#[test]
fn columns_are_removed_and_the_baseline_is_chosen() {
    let mut room = compare();
    room.click(Role::Button, "Remove Linear");
    wait(&mut room);
    assert_eq!(cards(&room), 8);
    assert!(!row(&room, "Duration").contains("Linear"));
    room.click(Role::Button, "Compare the others with Canary");
    assert!(room.harness.query_by_label_contains("Canary, baseline, ").is_some());
}

#[test]
fn before_and_after_a_change_are_compared_by_one_click() {
    let mut room = room();
    room.choose("All at once");
    room.chord(Modifiers::COMMAND, Key::Num2);
    wait(&mut room);
    room.click(Role::Button, "With what it was before");
    wait(&mut room);
    assert_eq!(cards(&room), 2);
    let duration = row(&room, "Duration");
    assert!(duration.contains("Before the change 6 min 40 s (worst)") && duration.contains("As it is now 1 min 20 s (best)"), "{duration}");
}

#[test]
fn a_paused_room_is_not_drawn_again() {
    let mut room = compare();
    room.run();
    // Nothing moves: one frame, and none is asked for after it.
    assert_eq!(room.harness.run(), 1);
}

#[test]
fn presets_and_files_are_added() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.ron");
    // Two batches of five: 200 s.
    std::fs::write(&path, "(fleet: (instances: 10), strategy: Rolling(batch: Count(5)))").unwrap();
    let mut room = compare();
    room.click(Role::Button, "Remove Linear");
    room.answer(Choice::Path(path));
    room.click(Role::Button, "Add");
    room.click(Role::Button, "A file…");
    wait(&mut room);
    assert!(row(&room, "Duration").contains("mine 3 min 20 s"), "{}", row(&room, "Duration"));
    // There is room for nine.
    assert!(room.node(Role::Button, "Add").accesskit_node().is_disabled());
    room.click(Role::Button, "Remove mine");
    room.click(Role::Button, "Add");
    room.click(Role::Button, "Steps of one's own");
    wait(&mut room);
    assert_eq!(cards(&room), 9);
}

#[test]
fn what_is_presented_is_one_deployment() {
    let mut room = compare();
    room.keys(&[Key::P]);
    assert!(room.stage().starts_with("Stage"));
    room.keys(&[Key::P]);
    room.chord(Modifiers::COMMAND, Key::Num2);
    room.keys(&[Key::N]);
    assert!(room.harness.state().model().asks_next);
    room.chord(Modifiers::COMMAND, Key::Num2);
    // Nothing is hidden among several.
    assert!(!room.harness.state().model().asks_next);
}
