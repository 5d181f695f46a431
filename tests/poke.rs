//! The window while a person pokes at the deployment: what is let happen, moved, taken back, compared.
#![cfg(feature = "gui")]
#![expect(clippy::unwrap_used, reason = "a test may stop")]

#[path = "room/mod.rs"]
mod room;

use deployscope::scenario::{Event, Scenario};
use deployscope::units::Duration;
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use room::{Room, room, room_of};

const S: fn(u64) -> Duration = Duration::from_secs;

/// The reference deployment, paused at a second of it.
fn room_at(second: u64) -> Room {
    let mut room = room();
    for _ in 0..second / 10 {
        room.chord(Modifiers::SHIFT, Key::ArrowRight);
    }
    assert_eq!(room.t(), second * 1_000);
    room
}

fn events(room: &Room) -> Vec<Event> {
    room.scenario().failures.events.clone()
}

#[test]
fn a_key_kills_and_undo_says_what_it_takes_back() {
    let mut room = room_at(50);
    room.keys(&[Key::K]);
    assert_eq!(events(&room), [Event::Kill { at: S(50), instances: 1 }]);
    assert_eq!(room.t(), 50_000, "the playhead stays");
    // One of the seven in service is dead.
    assert!(room.score("Lowest capacity").starts_with("Lowest capacity: "));
    room.click(Role::Button, "Undo kill 1 instance at 0:50");
    assert_eq!(events(&room), []);
    room.click(Role::Button, "Redo kill 1 instance at 0:50");
    assert_eq!(events(&room).len(), 1);
}

#[test]
fn the_new_version_turns_bad_and_good_at_the_playhead() {
    let mut room = room_at(150);
    room.keys(&[Key::B]);
    room.chord(Modifiers::SHIFT, Key::ArrowRight);
    room.keys(&[Key::G]);
    assert_eq!(events(&room), [Event::TurnBad { at: S(150), error_rate: 0.3 }, Event::TurnGood { at: S(160) }]);
    // Three of seven in service are new: 3/7 of 700 requests per second for 10 s, of which 30 % fail.
    // 300 × 10 × 0.3 = 900
    assert!(room.score("Requests failed").starts_with("Requests failed: 900"), "{}", room.score("Requests failed"));
}

#[test]
fn what_would_come_to_nothing_is_said_and_changes_nothing() {
    let mut room = room_at(50);
    room.keys(&[Key::A]);
    assert_eq!(events(&room), []);
    let told = "No plan waits for a person at this moment.";
    assert!(room.harness.query_by_label_contains(told).is_some());
    room.keys(&[Key::K]);
    assert!(room.harness.query_by_label_contains(told).is_none(), "until a change can be made");
}

#[test]
fn the_menu_aborts_and_offers_only_what_can_be() {
    let mut room = room_at(50);
    room.click(Role::Button, "Poke");
    assert!(room.node(Role::Button, "Approve now").accesskit_node().is_disabled());
    assert!(room.node(Role::Button, "The new version turns good").accesskit_node().is_disabled());
    room.click(Role::Button, "Abort the deployment");
    assert_eq!(events(&room), [Event::Abort { at: S(50) }]);
    assert!(!room.has("Abort the deployment"), "the menu is closed");
    room.click(Role::Button, "Poke");
    assert!(room.node(Role::Button, "Abort the deployment").accesskit_node().is_disabled());
}

#[test]
fn a_plan_that_waits_is_approved_now() {
    let ron = "(fleet: (instances: 10), strategy: Steps([Launch(instances: Percent(100)), Approve, Shift(to_percent: 100), Terminate(group: Old)]),
               failures: (events: [Approve(at: \"300s\")]))";
    let scenario = Scenario::from_ron(ron, "test").unwrap();
    let mut room = room_of(deployscope::app::Opened { scenario, path: None, text: None }, vec2(1280.0, 800.0), 1.0);
    for _ in 0..20 {
        room.chord(Modifiers::SHIFT, Key::ArrowRight);
    }
    // Launched at 140 s, waiting at 200 s; 20 s to drain the old ones.
    room.keys(&[Key::A]);
    assert_eq!(events(&room)[1], Event::Approve { at: S(200) });
    assert_eq!(room.harness.state().model().end().as_us(), 220_000_000);
}

#[test]
fn the_table_lists_edits_and_removes_events_by_keyboard() {
    let mut room = room_at(50);
    // The key opens the table, at its button.
    room.keys(&[Key::E]);
    assert!(room.node(Role::Button, "Add an event").accesskit_node().is_focused());
    room.keys(&[Key::Enter]);
    assert_eq!(events(&room), [Event::Kill { at: S(50), instances: 1 }]);
    assert!(room.has("Events (1)"));
    // It is unfolded: its fields are there.
    let at = room.harness.get_by_role_and_label(Role::TextInput, "At");
    at.focus();
    room.run();
    room.chord(Modifiers::COMMAND, Key::A);
    room.harness.get_by_role_and_label(Role::TextInput, "At").type_text("90s");
    room.keys(&[Key::Enter]);
    assert_eq!(events(&room), [Event::Kill { at: S(90), instances: 1 }]);
    room.click(Role::Button, "Remove: kill 1 instance at 1:30");
    assert_eq!(events(&room), []);
    assert!(room.has("Events"));
}

#[test]
fn an_event_is_moved_on_the_ribbon_by_its_arrow_keys() {
    let mut room = room_at(50);
    room.keys(&[Key::K]);
    let mark = "Event: kill 1 instance at 0:50";
    room.node(Role::Slider, mark).focus();
    room.run();
    let end_s = room.harness.state().model().end().as_us() / 1_000_000;
    room.keys(&[Key::ArrowRight]);
    // A hundredth of the whole, in whole seconds.
    let moved = 50 + (end_s + 50) / 100;
    assert_eq!(events(&room), [Event::Kill { at: S(moved), instances: 1 }]);
    assert_eq!(room.t(), 50_000, "the key moves the event and not the playhead");
    let said = format!("Event: kill 1 instance at 0:{moved}");
    assert!(room.node(Role::Slider, &said).accesskit_node().is_focused(), "it is still the same widget");
    room.keys(&[Key::Delete]);
    assert_eq!(events(&room), []);
}

#[test]
fn an_event_is_dragged_on_the_ribbon_in_one_step() {
    let mut room = room_at(50);
    room.keys(&[Key::K]);
    let from = room.node(Role::Slider, "Event: kill 1 instance at 0:50").rect().center();
    room.harness.drag_at(from);
    room.run();
    for x in [20.0, 40.0, 60.0] {
        room.harness.hover_at(from + vec2(x, 0.0));
        room.run();
    }
    room.harness.drop_at(from + vec2(60.0, 0.0));
    room.run();
    let [Event::Kill { at, instances: 1 }] = events(&room)[..] else { panic!("{:?}", events(&room)) };
    assert!(at > S(60) && at < S(150), "{at}");
    room.chord(Modifiers::COMMAND, Key::Z);
    assert_eq!(events(&room), [Event::Kill { at: S(50), instances: 1 }], "one drag is one step");
}

#[test]
fn the_outcome_before_is_kept_or_dismissed() {
    let mut room = room_at(50);
    assert!(!room.has("Compared with before"));
    // 4 batches of 100 s, all at once 80 s.
    room.choose("All at once");
    assert!(room.has("Compared with before") && room.score("Duration").contains("−5 min 20 s"), "{}", room.score("Duration"));
    room.click(Role::Button, "Keep");
    assert!(room.has("Compared with the baseline"));
    // 140 s for the extra batch, 4 × 100 s, 20 s to drain: 560 s, still compared with 400.
    room.choose("Rolling, extra batch");
    assert!(room.score("Duration").contains("+2 min 40 s"), "{}", room.score("Duration"));
    room.click(Role::Button, "Stop comparing");
    assert!(!room.has("Compared with the baseline") && !room.score("Duration").contains("+2 min 40 s"));
}

#[test]
fn a_poked_scenario_is_idle_when_paused() {
    let mut room = room_at(50);
    room.keys(&[Key::K]);
    // `run` stops by itself only where no repaint is asked for.
    room.harness.run();
}

#[test]
fn the_demand_is_dragged_from_the_playhead_on() {
    let mut room = room_at(150);
    let handle = "Demand from here";
    let from = room.node(Role::Slider, handle).rect().center();
    room.harness.drag_at(from);
    room.run();
    for y in [-4.0, -8.0, 12.0] {
        room.harness.hover_at(from + vec2(0.0, y));
        room.run();
    }
    room.harness.drop_at(from + vec2(0.0, 12.0));
    room.run();
    let [Event::Demand { at, rps }] = events(&room)[..] else { panic!("{:?}", events(&room)) };
    assert!(at == S(150) && rps < 700.0 && rps > 400.0, "{rps} from {at}");
    assert_eq!(rps % 10.0, 0.0, "in round steps");
    // With the keys: a step up.
    room.node(Role::Slider, handle).focus();
    room.run();
    room.keys(&[Key::ArrowUp]);
    assert_eq!(events(&room), [Event::Demand { at: S(150), rps: rps + 10.0 }]);
    room.chord(Modifiers::COMMAND, Key::Z);
    room.chord(Modifiers::COMMAND, Key::Z);
    assert_eq!(events(&room), [], "the drag was one step");
}

#[test]
fn the_playhead_waits_while_a_poke_is_chosen() {
    let mut room = room_at(50);
    room.click(Role::Button, "Play");
    room.harness.get_by_role_and_label(Role::Button, "Poke").click();
    room.harness.run_steps(2);
    let at = room.t();
    // `run` stops by itself: nothing moves.
    room.harness.run();
    assert_eq!(room.t(), at);
    room.harness.get_by_role_and_label(Role::Button, "Kill an instance").click();
    room.harness.run_steps(5);
    assert_eq!(events(&room).len(), 1);
    // In tenths of a second, at the moment that was chosen.
    assert_eq!(events(&room)[0].at().as_us(), (at * 1_000).div_ceil(100_000) * 100_000);
    assert!(room.t() > at, "it plays on");
}

#[test]
fn a_pin_is_edited_by_a_right_click() {
    let mut room = room_at(50);
    room.keys(&[Key::K]);
    assert!(!room.has("Remove: kill 1 instance at 0:50"));
    room.node(Role::Slider, "Event: kill 1 instance at 0:50").click_secondary();
    room.run();
    assert!(room.has("Remove: kill 1 instance at 0:50") && room.has("How many"));
}

/// The stage, which has the keyboard now, on its first instance and so many to the right of it.
fn on_the_stage(room: &mut Room, steps: usize) {
    room.harness.get_by(|node| node.role() == Role::Figure && room::said(node).starts_with("Stage")).focus();
    room.run();
    room.keys(&vec![Key::ArrowRight; steps]);
}

#[test]
fn an_instance_is_killed_by_its_menu_and_by_the_key_where_it_is_chosen() {
    let mut room = room_at(50);
    on_the_stage(&mut room, 4);
    room.chord(Modifiers::SHIFT, Key::F10);
    room.click(Role::Button, "Kill 05 here");
    assert_eq!(events(&room), [Event::KillInstance { at: S(50), instance: 5 }]);
    // Enter pins the one that the keyboard is on: the key kills that one.
    on_the_stage(&mut room, 1);
    room.keys(&[Key::Enter, Key::K]);
    assert_eq!(events(&room)[1..], [Event::KillInstance { at: S(50), instance: 6 }]);
    assert_eq!(room.harness.state().model().undo_name().unwrap(), "Undo kill 06 at 0:50");
}
