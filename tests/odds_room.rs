//! The Odds room, operated by role and name.
#![cfg(feature = "gui")]
#![expect(clippy::unwrap_used, reason = "a test may stop")]

mod room;

use deployscope::app::Opened;
use deployscope::scenario::{Scenario, Spread, Strategy};
use deployscope::units::Duration;
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers, Vec2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use room::{Room, room_of, said};

const SIZE: Vec2 = vec2(1280.0, 800.0);
const ROOM: Key = Key::Num4;

/// One instance, all at once: 20 s of draining, 20 to 40 s of install, 20 s of start-up, 10 s of checks. So the deployment
/// takes 70 s and what is drawn evenly from 0 to 20 s: the median is 80 s, 90 % are done within 88 s.
fn one_instance() -> Scenario {
    let mut scenario = Scenario::new(1, Strategy::AllAtOnce);
    scenario.timings.install = Spread::Uniform { from: Duration::from_secs(20), to: Duration::from_secs(40) };
    scenario
}

fn open(scenario: &Scenario) -> Room {
    let mut room = room_of(Opened { scenario: scenario.clone(), path: None, text: None }, SIZE, 1.0);
    room.chord(Modifiers::COMMAND, ROOM);
    room
}

/// Steps until it is so.
fn until(room: &mut Room, what: &str, is_so: impl Fn(&Room) -> bool) {
    for _ in 0..20_000 {
        room.harness.step();
        if is_so(room) {
            return;
        }
        std::thread::yield_now();
    }
    panic!("{what} never came");
}

fn ran(runs: &str) -> impl Fn(&Room) -> bool {
    let made = format!("{runs} runs with the seeds ");
    move |room| room.harness.query_by_label_contains(&made).is_some()
}

/// The one node of a role that begins so.
fn begins(room: &Room, role: Role, start: &str) -> String {
    let node = room.harness.get_by(|node| node.role() == role && said(node).starts_with(start));
    said(&node.accesskit_node())
}

/// `1 min 20 s` in seconds.
fn seconds(text: &str) -> f64 {
    let (minutes, rest) = text.split_once(" min").map_or(("0", text), |(minutes, rest)| (minutes, rest));
    let rest = rest.trim().trim_end_matches('s').trim();
    minutes.trim().parse::<f64>().unwrap() * 60.0 + if rest.is_empty() { 0.0 } else { rest.parse::<f64>().unwrap() }
}

/// The bars of the duration's picture: their names, from where to where, and how many runs.
fn bars(room: &Room) -> Vec<(String, [f64; 2], u32)> {
    let nodes = room.harness.query_all_by_role(Role::Button).map(|node| said(&node.accesskit_node()));
    let bars = nodes.filter(|name| name.starts_with("Duration ") && !name.contains("at most"));
    let read = |name: String| {
        let (range, rest) = name.strip_prefix("Duration ").unwrap().split_once(": ").unwrap();
        let (from, to) = range.split_once(" to ").unwrap();
        let runs = if rest.starts_with("one run") { 1 } else { rest.split_once(" run").unwrap().0.replace(',', "").parse().unwrap() };
        let range = [seconds(from), seconds(to)];
        (name, range, runs)
    };
    bars.map(read).collect()
}

#[test]
fn the_median_is_the_one_worked_out_by_hand_and_a_bar_leads_to_a_run_in_it() {
    let mut room = open(&one_instance());
    until(&mut room, "the result", ran("1,000"));
    let picture = begins(&room, Role::Figure, "Duration. ");
    let value = |before: &str| {
        let rest = picture.split_once(before).unwrap().1;
        seconds(rest.split_once(',').unwrap().0)
    };
    // Of 1,000 even draws over 20 s the median is within 20 × 0.5 / √1,000 = 0.32 s (one standard deviation), the 90 %
    // within 20 × 0.3 / √1,000 = 0.19 s: five of them, and the second that is shown in whole.
    assert!((value("Median ") - 80.0).abs() <= 2.0, "{picture}");
    assert!((value("no worse than ") - 88.0).abs() <= 1.5, "{picture}");
    let all = bars(&room);
    // 40 bars over 20 s; every run is in one.
    assert_eq!((all.len(), all.iter().map(|(_, _, runs)| runs).sum::<u32>()), (40, 1_000));
    let (name, [from, to], _) = all.get(30).unwrap().clone();
    room.click(Role::Button, &name);
    assert!(room.stage().starts_with("Stage"), "it is watched");
    let end = room.harness.state().model().end().as_secs_f64();
    assert!(from - 0.05 <= end && end <= to + 0.05, "{end} is not in {name}");
    assert!(room.scenario().seed >= 1 && room.scenario().seed <= 1_000);
    // What was run is still there: the seed alone changes no odds.
    room.chord(Modifiers::COMMAND, ROOM);
    assert!(ran("1,000")(&room));
}

#[test]
fn the_arrows_go_from_bar_to_bar_and_enter_watches_one() {
    let mut room = open(&one_instance());
    until(&mut room, "the result", ran("1,000"));
    let picture = room.harness.get_by(|node| node.role() == Role::Figure && said(node).starts_with("Duration. "));
    picture.focus();
    room.run();
    // From wherever it begins to the last of 40.
    for _ in 0..40 {
        room.harness.key_press(Key::ArrowRight);
    }
    room.run();
    room.keys(&[Key::Enter]);
    let end = room.harness.state().model().end().as_secs_f64();
    // The last bar: at most 1/40 of 20 s below the longest, which is at most 90 s.
    assert!(end > 89.0 && end <= 90.0, "{end}");
}

#[test]
fn a_target_has_a_probability_with_its_interval() {
    let mut room = open(&one_instance());
    until(&mut room, "the result", ran("1,000"));
    room.click(Role::Button, "Add a target");
    until(&mut room, "the result", ran("1,000"));
    let field = room.node(Role::TextInput, "Value");
    field.focus();
    room.run();
    room.chord(Modifiers::COMMAND, Key::A);
    room.node(Role::TextInput, "Value").type_text("75s");
    room.run();
    room.keys(&[Key::Enter]);
    until(&mut room, "the result", |room| {
        ran("1,000")(room) && room.harness.query_by_label_contains("Duration at most 1 min 15 s: ").is_some()
    });
    let target = begins(&room, Role::Button, "Duration at most 1 min 15 s: ");
    // A quarter of the draws are at most 5 s of 20: 25 % with a standard deviation of 1.4 %.
    let share = |text: &str| text.trim().trim_end_matches('%').trim().parse::<f64>().unwrap();
    let (what, between) = target.rsplit_once(" (95 % sure: ").unwrap();
    let (low, high) = between.trim_end_matches(')').split_once(" to ").unwrap();
    let kept = share(what.rsplit_once(": ").unwrap().1);
    assert!((kept - 25.0).abs() < 7.0, "{target}");
    assert!(share(low) < kept && kept < share(high) && share(high) - share(low) < 6.0, "{target}");
    // A click watches one that misses it.
    room.click(Role::Button, &target);
    assert!(room.harness.state().model().end().as_secs_f64() > 75.0);
    room.chord(Modifiers::COMMAND, ROOM);
    room.click(Role::Button, "Remove target 1");
    assert!(room.harness.query_by_label_contains("Duration at most").is_none());
    // Asked before: nothing is run again.
    assert!(ran("1,000")(&room));
}

#[test]
fn many_runs_are_seen_as_they_come_and_are_stopped() {
    let mut room = open(&one_instance());
    until(&mut room, "the result", ran("1,000"));
    room.node(Role::ComboBox, "Number of runs").click();
    room.run();
    room.click(Role::Button, "1,000,000");
    let progress = |room: &Room| room.harness.query_by_label_contains("of 1,000,000 runs, ").is_some();
    until(&mut room, "the progress", progress);
    // The picture grows meanwhile.
    until(&mut room, "a partial result", |room| bars(room).iter().map(|(_, _, runs)| runs).sum::<u32>() > 1_000);
    assert!(progress(&room));
    let before = std::time::Instant::now();
    room.node(Role::Button, "Stop").click();
    until(&mut room, "the end", |room| room.harness.query_by_label_contains("Stopped after ").is_some());
    // Nothing hurries a busy machine: 100 ms is what it takes at rest.
    assert!(before.elapsed().as_secs() < 20);
    assert!(room.has("Go on") && !progress(&room));
    assert!(bars(&room).iter().map(|(_, _, runs)| runs).sum::<u32>() > 1_000, "what was counted stays");
    // Fewer were passed on the way: they are there at once.
    room.node(Role::ComboBox, "Number of runs").click();
    room.run();
    room.click(Role::Button, "1,000");
    room.run();
    assert!(ran("1,000")(&room));
}

#[test]
fn where_nothing_varies_a_change_is_offered_and_can_be_undone() {
    let mut room = open(&Scenario::new(10, Strategy::AllAtOnce));
    assert!(room.has("Nothing in this scenario is left to chance"));
    room.click(Role::Button, "Let the install vary: 20s..40s");
    assert_eq!(room.scenario().timings.install.to_string(), "20s..40s");
    until(&mut room, "the result", ran("1,000"));
    room.chord(Modifiers::COMMAND, Key::Z);
    assert!(room.has("Nothing in this scenario is left to chance"));
}

#[test]
fn a_room_at_rest_is_not_drawn_again() {
    let mut room = open(&one_instance());
    until(&mut room, "the result", ran("1,000"));
    room.run();
    assert_eq!(room.harness.run(), 1);
}
