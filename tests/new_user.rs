//! What stopped someone who used the window for the first time, by keyboard alone.
#![cfg(feature = "gui")]
#![expect(clippy::unwrap_used, reason = "a test may stop")]

mod room;

use deployscope::app::Opened;
use deployscope::app::settings::Store;
use deployscope::text::language::Language;
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers, vec2};
use egui_kittest::Node;
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};
use room::{room, room_of, room_remembering, said};

#[test]
fn one_key_leads_to_the_fleet_where_arrows_choose_and_enter_pins() {
    let mut room = room();
    let pinned = |room: &room::Room| {
        room.harness.query_all_by_role(Role::Heading).map(|node| said(&node.accesskit_node())).find(|said| said.starts_with("Pinned"))
    };
    room.keys(&[Key::F, Key::ArrowRight, Key::Enter]);
    assert!(pinned(&room).unwrap().starts_with("Pinned: instance 02"));
    // Escape lets the instance go, and then the stage: the space bar is the clock's again.
    room.keys(&[Key::Escape, Key::Escape]);
    assert_eq!(pinned(&room), None);
    assert!(room.harness.query_by(|node| node.is_focused() && node.role() != Role::Window).is_none());
    room.keys(&[Key::L, Key::F]);
    assert!(room.harness.get_by(|node| node.role() == Role::ListBox && said(node).starts_with("Lanes")).is_focused());
}

#[test]
fn a_language_is_found_by_its_english_name() {
    let mut room = room();
    room.chord(Modifiers::COMMAND, Key::K);
    room.harness.get_by(|node| node.is_focused() && node.role() != Role::Window).type_text("japanese");
    room.run();
    room.keys(&[Key::Enter]);
    assert_eq!(room.harness.state().language(), Language::Japanese);
}

#[test]
fn nothing_in_the_bar_at_the_top_overlaps_at_any_width() {
    for width in [600.0, 640.0, 760.0, 800.0, 853.0, 900.0, 1000.0, 1100.0, 1280.0] {
        let room = room_of(Opened::named("rolling").unwrap(), vec2(width, 700.0), 1.0);
        let in_bar = |node: &Node<'_>| {
            matches!(node.accesskit_node().role(), Role::Button | Role::Tab | Role::RadioButton) && node.rect().bottom() <= 44.0
        };
        let bar: Vec<_> = room
            .harness
            .query_all(By::new().predicate(|node| node.role() != Role::Window))
            .filter(in_bar)
            .map(|node| (said(&node.accesskit_node()), node.rect()))
            .collect();
        assert!(bar.len() >= 6, "{width}: {bar:?}");
        for (i, (one, rect)) in bar.iter().enumerate() {
            for (other, before) in &bar[..i] {
                assert!(!rect.shrink(0.5).intersects(before.shrink(0.5)), "{width}: {one} {rect:?} over {other} {before:?}");
            }
        }
    }
}

#[test]
fn escape_puts_the_first_steps_away_when_nothing_else_is_open() {
    let folder = tempfile::tempdir().unwrap();
    let mut room = room_remembering(Store::at(folder.path().join("window.ron")), vec2(1280.0, 800.0));
    room.keys(&[Key::W, Key::Escape]);
    assert!(room.has("Got it"), "the first one closes the panel of reasons");
    room.keys(&[Key::Escape]);
    assert!(!room.has("Got it"));
}

#[test]
fn the_text_of_the_scenario_is_asked_for_in_compare_and_shown_in_watch() {
    let mut room = room();
    room.chord(Modifiers::COMMAND, Key::Num2);
    assert!(room.harness.query_by_role_and_label(Role::Button, "RON").is_none());
    room.chord(Modifiers::COMMAND, Key::E);
    assert!(room.stage().starts_with("Stage"));
    assert!(room.has("Scenario as RON"));
}
