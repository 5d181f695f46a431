//! The Watch room, operated by role and name as a person or a screen reader does.
#![cfg(feature = "gui")]
#![expect(clippy::unwrap_used, reason = "a test may stop")]

mod room;

use std::path::{Path, PathBuf};

use deployscope::app::files::Choice;
use deployscope::app::{App, Model, Opened, theme};
use deployscope::scenario::{Part, Scenario, Strategy};
use deployscope::units::{Duration, Time};
use eframe::egui::accesskit::{Role, Toggled};
use eframe::egui::{Event, Key, Modifiers, ViewportCommand, ViewportEvent, ViewportId, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use room::{Answers, Room, room, room_of, said};

#[test]
fn it_opens_playing_and_stops_at_the_end() {
    let opened = Opened::named("rolling").unwrap();
    let mut harness = Harness::builder()
        .with_size(vec2(1280.0, 800.0))
        .with_step_dt(0.1)
        .with_context_setup(theme::install)
        .build_eframe(move |_| App::new(Model::new(opened).unwrap(), Box::new(Answers::default())));
    let t = |harness: &Harness<'_, App>| harness.state().model().clock.t();
    let before = t(&harness);
    harness.run_steps(10);
    // 0.1 s at 20 times are 2 s a step.
    assert_eq!(t(&harness).since(before), Duration::from_secs(20));
    harness.get_by_role_and_label(Role::Button, "Pause");
    harness.run_steps(200);
    assert_eq!(t(&harness), Time::ZERO + Duration::from_secs(400));
    harness.get_by_role_and_label(Role::Button, "Play");
    // Nothing moves any more: nothing is drawn any more.
    assert_eq!(harness.run(), 1);
}

#[test]
fn every_strategy_is_chosen_and_shows_what_it_comes_to() {
    // The reference deployment: in place 20 + 30 + 20 + 3 × 10 = 100 s, new 60 + 30 + 20 + 30 = 140 s.
    let strategies = [
        // 100 - 20: nothing drains.
        ("All at once", Key::Num1, "1 min 20 s"),
        // At least 8 stay healthy, 2 at a time: 5 × 100.
        ("In-place", Key::Num2, "8 min 20 s"),
        // 4 × 100.
        ("Rolling", Key::Num3, "6 min 40 s"),
        // 140 + 4 × 100 + 20.
        ("Rolling, extra batch", Key::Num4, "9 min 20 s"),
        // 140 + 140 + 20.
        ("Immutable", Key::Num5, "5 min"),
        // 140 + 300 + 20, three times.
        ("Traffic splitting", Key::Num6, "7 min 40 s"),
        ("Blue/Green", Key::Num7, "7 min 40 s"),
        ("Canary", Key::Num8, "7 min 40 s"),
        // 140 + 9 × 60 + 20.
        ("Linear", Key::Num9, "11 min 40 s"),
        // 140 + 140 + 20.
        ("Kubernetes rolling", Key::Num0, "5 min"),
    ];
    let mut room = room();
    for (name, _, duration) in strategies {
        room.choose(name);
        assert_eq!(room.node(Role::RadioButton, name).accesskit_node().toggled(), Some(Toggled::True), "{name}");
        let score = room.score("Duration");
        assert!(score.starts_with(&format!("Duration: {duration}")), "{name}: {score}");
        // The list says the same before it is chosen.
        let listed = room.node(Role::RadioButton, name).value().unwrap();
        let (minutes, seconds) = listed.split_once(':').unwrap();
        let listed_s = minutes.parse::<u32>().unwrap() * 60 + seconds.parse::<u32>().unwrap();
        assert_eq!(f64::from(listed_s), room.harness.state().model().end().as_secs_f64(), "{name}");
    }
    for (name, key, _) in strategies {
        room.keys(&[key]);
        assert_eq!(room.node(Role::RadioButton, name).accesskit_node().toggled(), Some(Toggled::True), "{name}");
    }
    room.choose("Own steps");
    assert!(room.has("Steps are edited in the scenario's file."));
}

#[test]
fn the_batch_is_set_and_its_outcome_shown_in_the_same_moment() {
    let mut room = room();
    assert!(room.has("3 of 10 instances, 4 batches"));
    room.node(Role::Slider, "Batch").set_value_accesskit(5.0);
    room.run();
    // 2 batches of 100 s instead of 4.
    assert!(room.has("5 of 10 instances, 2 batches"));
    assert_eq!(room.score("Duration"), "Duration: 3 min 20 s, −3 min 20 s");
    assert_eq!(room.score("Lowest capacity"), "Lowest capacity: 50 %, −20 %");
    assert!(room.has("Scenario: Rolling, three at a time, edited"));
}

#[test]
fn a_drag_is_compared_with_what_was_before_it_and_undone_at_once() {
    let mut room = room();
    let slider = room.node(Role::Slider, "Batch").rect();
    let at = |share: f32| slider.left_center() + vec2(slider.width() * share, 0.0);
    room.harness.drag_at(at(0.25));
    room.run();
    for share in [0.3, 0.5, 0.7, 1.1] {
        room.harness.hover_at(at(share));
        room.run();
        // The number beside it follows.
        let slid = room.node(Role::Slider, "Batch").accesskit_node().numeric_value();
        assert_eq!(room.node(Role::SpinButton, "Batch").accesskit_node().numeric_value(), slid);
    }
    room.harness.drop_at(at(1.1));
    room.run();
    assert!(room.has("10 of 10 instances, 1 batch"));
    // One batch of 100 s; it began with 400 s.
    assert_eq!(room.score("Duration"), "Duration: 1 min 40 s, −5 min");
    room.chord(Modifiers::COMMAND, Key::Z);
    assert!(room.has("3 of 10 instances, 4 batches"));
    room.chord(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert!(room.has("10 of 10 instances, 1 batch"));
}

#[test]
fn a_batch_counted_in_percent_is_the_same_batch() {
    let mut room = room();
    room.click(Role::ComboBox, "Counted in");
    room.harness.get_by_label("percent").click();
    room.run();
    assert!(room.has("30 % of 10 = 3 instances, 4 batches"));
    assert_eq!(room.scenario().strategy, Strategy::Rolling { batch: Part::Percent(deployscope::units::Share::from_percent(30)) });
}

#[test]
fn what_others_come_to_is_said() {
    let mut room = room();
    room.choose("In-place");
    assert!(room.has("75 % of 10 = 8 stay healthy, 2 at a time"));
    room.choose("Kubernetes rolling");
    assert!(room.has("25 % = 3 above, 2 below"));
}

#[test]
fn a_timing_is_typed_in_the_files_notation() {
    let mut room = room();
    room.click(Role::DisclosureTriangle, "Timings");
    room.node(Role::TextInput, "Install").set_text_value_accesskit("20s..40s");
    room.run();
    assert_eq!(room.scenario().timings.install.to_string(), "20s..40s");
    room.node(Role::TextInput, "Install").set_text_value_accesskit("40s..20s");
    room.run();
    assert!(room.has("the range ends before it begins; write 20s..40s"));
    assert_eq!(room.scenario().timings.install.to_string(), "20s..40s");
}

#[test]
fn what_was_typed_wrong_is_gone_with_its_scenario() {
    let mut room = room();
    room.click(Role::DisclosureTriangle, "Timings");
    room.node(Role::TextInput, "Boot").set_text_value_accesskit("30");
    room.run();
    assert_eq!(room.node(Role::TextInput, "Boot").value().as_deref(), Some("30"));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("other.ron");
    std::fs::write(&path, "(fleet: (instances: 10), strategy: Immutable)").unwrap();
    room.answer(Choice::Path(path));
    room.chord(Modifiers::COMMAND, Key::O);
    room.run();
    assert_eq!(room.scenario().strategy, Strategy::Immutable);
    assert_eq!(room.node(Role::TextInput, "Boot").value().as_deref(), Some("60s"));
}

#[test]
fn the_clock_plays_pauses_steps_and_jumps() {
    let mut room = room();
    assert_eq!(room.t(), 0);
    room.harness.key_press(Key::Space);
    room.harness.run_steps(5);
    assert!(room.t() >= 6_000, "{}", room.t());
    room.keys(&[Key::Space]);
    let stood = room.t();
    room.run();
    assert_eq!(room.t(), stood);

    room.keys(&[Key::Home]);
    // Draining from 0 s, installing from 20 s, starting from 50 s.
    room.keys(&[Key::ArrowRight]);
    assert_eq!(room.t(), 20_000);
    room.keys(&[Key::ArrowRight]);
    assert_eq!(room.t(), 50_000);
    room.keys(&[Key::ArrowLeft]);
    assert_eq!(room.t(), 20_000);
    room.chord(Modifiers::SHIFT, Key::ArrowRight);
    assert_eq!(room.t(), 30_000);
    room.chord(Modifiers::SHIFT, Key::ArrowLeft);
    assert_eq!(room.t(), 20_000);
    room.keys(&[Key::End]);
    assert_eq!(room.t(), 400_000);
    room.click(Role::Button, "Previous event");
    room.click(Role::Button, "To the start");
    assert_eq!(room.t(), 0);
    room.click(Role::Button, "Next event");
    assert_eq!(room.t(), 20_000);
    room.click(Role::Button, "To the end");
    assert_eq!(room.t(), 400_000);
    room.keys(&[Key::ArrowRight]);
    assert_eq!(room.t(), 400_000);
}

#[test]
fn the_speed_is_chosen_by_keys_and_from_its_menu() {
    let mut room = room();
    room.keys(&[Key::ArrowUp]);
    assert!(room.has("Speed: 50×"));
    room.keys(&[Key::ArrowDown, Key::ArrowDown]);
    room.click(Role::Button, "Speed: 10×");
    // 400 s at 100 times
    room.harness.get_by_label("100×, all of it in 4 s").click();
    room.run();
    assert!(room.has("Speed: 100×"));
}

#[test]
fn the_ribbon_and_the_log_move_the_playhead() {
    let mut room = room();
    room.click(Role::Slider, "Time");
    assert_eq!(room.t(), 200_000);
    assert_eq!(room.node(Role::Slider, "Time").value().as_deref(), Some("3:20 of 6:40"));
    // Two things happened at 3:20; the later one is the latest.
    let row = room.node(Role::ListBoxOption, "3:20 Batch 3 draining");
    assert_eq!(row.accesskit_node().is_selected(), Some(true));
    room.click(Role::ListBoxOption, "2:30 Batch 2 starting");
    assert_eq!(room.t(), 150_000);
    // 50 s into the batch: drained 20 s, installed 30 s.
    assert!(room.stage().contains("Batch 2 of 4: starting the new version on 04, 05 and 06"), "{}", room.stage());
}

#[test]
fn a_moment_looks_the_same_from_both_sides() {
    let mut room = room();
    let mut forwards = Vec::new();
    while room.t() < 400_000 {
        forwards.push((room.t(), room.stage()));
        room.keys(&[Key::ArrowRight]);
    }
    // 4 batches: draining, installing, starting, checking, in service; a batch drains when the last one is in service.
    assert_eq!(forwards.len(), 4 * 4);
    for (t, stage) in forwards.into_iter().rev() {
        room.keys(&[Key::ArrowLeft]);
        assert_eq!((room.t(), room.stage()), (t, stage));
    }
}

#[test]
fn a_strategy_keeps_the_playhead_as_far_as_it_goes() {
    let mut room = room();
    room.click(Role::Slider, "Time");
    room.choose("Canary");
    assert_eq!(room.t(), 200_000);
    room.choose("All at once");
    assert_eq!(room.t(), 80_000);
}

#[test]
fn a_key_belongs_to_what_has_the_keyboard_first() {
    let mut room = room();
    room.node(Role::Slider, "Batch").focus();
    room.run();
    room.keys(&[Key::ArrowRight]);
    assert_eq!((room.t(), &room.scenario().strategy), (0, &Strategy::Rolling { batch: Part::Count(4) }));
    room.keys(&[Key::Home]);
    assert_eq!(&room.scenario().strategy, &Strategy::Rolling { batch: Part::Count(1) });
    room.keys(&[Key::Escape, Key::ArrowRight]);
    assert_eq!(room.t(), 20_000);

    room.click(Role::DisclosureTriangle, "Timings");
    room.node(Role::TextInput, "Boot").focus();
    room.run();
    room.harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    room.harness.key_press(Key::Num5);
    room.harness.event(Event::Text("5s".into()));
    room.run();
    assert_eq!(room.node(Role::TextInput, "Boot").value().as_deref(), Some("5s"));
    assert_eq!(room.node(Role::RadioButton, "Rolling").accesskit_node().toggled(), Some(Toggled::True));
    room.keys(&[Key::Space, Key::Home]);
    assert_eq!(room.t(), 20_000);
}

#[test]
fn the_keys_are_shown_and_do_nothing_meanwhile() {
    let mut room = room();
    room.keys(&[Key::Questionmark]);
    assert!(room.has("Choose a strategy, in the order of the list"));
    room.keys(&[Key::ArrowRight, Key::Num1]);
    assert_eq!(room.t(), 0);
    assert_eq!(room.node(Role::RadioButton, "Rolling").accesskit_node().toggled(), Some(Toggled::True));
    room.keys(&[Key::Escape]);
    assert!(!room.has("Choose a strategy, in the order of the list"));
}

fn broken_file(folder: &Path) -> PathBuf {
    let path = folder.join("broken.ron");
    std::fs::write(&path, "(\n    fleet: (instances: 10),\n    strategy: Roling(batch: Count(3)),\n)\n").unwrap();
    path
}

#[test]
fn a_broken_file_is_shown_with_its_place_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = broken_file(folder.path());
    let mut room = room();
    room.answer(Choice::Path(path.clone()));
    room.chord(Modifiers::COMMAND, Key::O);
    room.run();
    assert!(room.has("This scenario cannot be opened"));
    // `Roling` stands after 4 spaces and `strategy: `, 10 characters.
    assert!(room.has(&format!("{}, line 3, column 15", path.display())));
    room.click(Role::Button, "Close");
    assert!(!room.has("This scenario cannot be opened"));
    assert!(room.has("Scenario: Rolling, three at a time"));
}

#[test]
fn what_is_saved_opens_again_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine");
    let mut room = room();
    room.choose("Canary");
    room.answer(Choice::Path(path.clone()));
    room.chord(Modifiers::COMMAND, Key::S);
    room.run();
    assert!(room.has("Scenario: Rolling, three at a time"), "nothing is unsaved");
    assert!(room.has("saved"));
    let saved = room.scenario().clone();
    room.answer(Choice::Path(path.with_extension("ron")));
    room.keys(&[Key::Num1]);
    // Saved without asking: it has its file now.
    room.chord(Modifiers::COMMAND, Key::S);
    room.chord(Modifiers::COMMAND, Key::Z);
    assert_eq!(room.scenario(), &saved);
    room.chord(Modifiers::COMMAND, Key::S);
    room.chord(Modifiers::COMMAND, Key::O);
    room.run();
    assert_eq!(room.scenario(), &saved);
    assert_eq!(Scenario::read_file(&path.with_extension("ron")).unwrap(), saved);
}

fn open_sale_day(room: &mut Room) {
    room.harness.get_by(|node| said(node).starts_with("Scenario: ")).click();
    room.run();
    let name = Opened::named("sale-day").unwrap().scenario.name;
    room.harness.get_by_label(&name).scroll_to_me();
    room.run();
    room.harness.get_by_label(&name).click();
    room.run();
}

#[test]
fn a_preset_is_opened_from_the_menu() {
    let mut room = room();
    open_sale_day(&mut room);
    assert_eq!(room.scenario(), &Opened::named("sale-day").unwrap().scenario);
}

#[test]
fn unsaved_changes_are_asked_about() {
    let mut room = room();
    room.choose("Canary");
    let edited = room.scenario().clone();
    open_sale_day(&mut room);
    assert!(room.has("Save the changes?"));
    room.click(Role::Button, "Cancel");
    assert_eq!(room.scenario(), &edited);

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.ron");
    open_sale_day(&mut room);
    room.answer(Choice::GivenUp);
    let save_in_dialog = |room: &mut Room| {
        // The question is drawn after the top bar.
        room.harness.get_all_by_role_and_label(Role::Button, "Save").last().unwrap().click();
        room.run();
        room.run();
    };
    save_in_dialog(&mut room);
    assert_eq!(room.scenario(), &edited, "giving up saving gives up opening");

    open_sale_day(&mut room);
    room.answer(Choice::Path(path.clone()));
    save_in_dialog(&mut room);
    assert_eq!(Scenario::read_file(&path).unwrap(), edited);
    assert_eq!(room.scenario(), &Opened::named("sale-day").unwrap().scenario);

    room.choose("Canary");
    open_sale_day(&mut room);
    room.click(Role::Button, "Discard");
    assert_eq!(room.scenario(), &Opened::named("sale-day").unwrap().scenario);
}

#[test]
fn the_window_does_not_close_over_unsaved_changes() {
    let closes = |room: &mut Room| {
        let events = &mut room.harness.input_mut().viewports.entry(ViewportId::ROOT).or_default().events;
        events.push(ViewportEvent::Close);
        room.harness.step();
        room.harness.input_mut().viewports.entry(ViewportId::ROOT).or_default().events.clear();
        let commands = room.harness.output().viewport_output[&ViewportId::ROOT].commands.clone();
        !commands.contains(&ViewportCommand::CancelClose)
    };
    let mut room = room();
    assert!(closes(&mut room));
    room.choose("Canary");
    assert!(!closes(&mut room));
    room.run();
    room.click(Role::Button, "Cancel");
    assert!(!closes(&mut room));
    room.run();
    room.node(Role::Button, "Discard").click();
    room.harness.step();
    assert!(room.harness.state().is_leaving());
    assert!(closes(&mut room), "what was answered is not asked again");
}

#[test]
fn the_key_that_closes_the_window_asks_as_well() {
    let mut room = room();
    room.choose("Canary");
    room.chord(Modifiers::COMMAND, Key::Q);
    assert!(room.has("Save the changes?"));
    room.click(Role::Button, "Cancel");
    assert!(!room.harness.state().is_leaving());
    room.chord(Modifiers::COMMAND, Key::Z);
    room.harness.key_press_modifiers(Modifiers::COMMAND, Key::Q);
    room.harness.step();
    assert!(room.harness.state().is_leaving(), "with the change taken back there is nothing to ask");
}

#[test]
fn without_a_file_dialog_the_path_is_typed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("typed.ron");
    let mut room = room();
    room.answer(Choice::NoDialog);
    room.chord(Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
    room.run();
    assert_eq!(room.node(Role::TextInput, "File").value().as_deref(), Some("rolling-three-at-a-time.ron"));
    assert!(room.node(Role::TextInput, "File").is_focused());
    room.harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    room.harness.event(Event::Text(path.display().to_string()));
    room.run();
    room.keys(&[Key::Enter]);
    assert_eq!(Scenario::read_file(&path).unwrap(), *room.scenario());
}

#[test]
fn a_file_that_cannot_be_written_is_told_and_the_work_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("none").join("mine.ron");
    let mut room = room();
    room.choose("Canary");
    room.answer(Choice::Path(path.clone()));
    room.chord(Modifiers::COMMAND, Key::S);
    room.run();
    let start = format!("Not saved to {}: ", path.display());
    room.harness.get_by(|node| node.role() == Role::Alert && said(node).starts_with(&start));
    assert!(room.has("Scenario: Rolling, three at a time, edited"));
    room.click(Role::Button, "Close");
    assert!(room.harness.query_all_by_role(Role::Alert).next().is_none());
}

#[test]
fn a_change_that_would_hardly_end_is_told_and_not_taken() {
    let mut scenario = Scenario::new(1_000, Strategy::Rolling { batch: Part::Count(500) });
    // 2 batches of 30 days; 1,000 batches of one would be 82 years, and with the rest over a hundred.
    scenario.load_balancer.deregistration_delay = Duration::from_secs(30 * 86_400);
    scenario.timings.settle = Duration::from_secs(30 * 86_400);
    // No instance is given up before it is drained.
    scenario.timeout = Duration::from_secs(31 * 86_400);
    let mut room = room_of(Opened { scenario: scenario.clone(), path: None, text: None }, vec2(1280.0, 800.0), 1.0);
    room.node(Role::Slider, "Batch").set_value_accesskit(1.0);
    room.run();
    assert_eq!(room.scenario(), &scenario);
    room.harness.get_by(|node| node.role() == Role::Status && said(node).starts_with("The change was not taken"));
}

#[test]
fn everything_stays_inside_the_window_at_any_size_and_scale() {
    for (size, pixels_per_point) in [
        (vec2(1024.0, 700.0), 1.0),
        // 1280 × 800 pixels at 200 %
        (vec2(640.0, 400.0), 2.0),
        (vec2(3840.0, 2160.0), 1.0),
        (vec2(1920.0, 1080.0), 1.25),
    ] {
        let room = room_of(Opened::named("rolling").unwrap(), size, pixels_per_point);
        let window = eframe::egui::Rect::from_min_size(eframe::egui::Pos2::ZERO, size);
        for (role, name) in [
            (Role::Button, "Play"),
            (Role::Button, "Help"),
            // "Save as" gives way to the room's menu where it is narrow; its key and the palette stay.
            (Role::Button, "Save"),
            (Role::Slider, "Time"),
            (Role::Button, "Speed: 20×"),
        ] {
            let rect = room.node(role, name).rect();
            assert!(window.expand(0.5).contains_rect(rect), "{name} at {rect} in {size}");
        }
        assert!(room.node(Role::Slider, "Time").rect().width() >= 150.0, "{size}");
        let stage = room.harness.get_by(|node| node.role() == Role::Figure && said(node).starts_with("Stage"));
        assert!(stage.rect().width() >= 340.0 && stage.rect().height() >= 120.0, "{} in {size}", stage.rect());
    }
}

#[test]
fn a_large_fleet_is_opened_and_stepped_through() {
    let mut scenario = Scenario::new(20_000, Strategy::Rolling { batch: Part::Count(5_000) });
    scenario.name = "Large".into();
    let mut room = room_of(Opened { scenario, path: None, text: None }, vec2(1280.0, 800.0), 1.0);
    assert!(room.has("5,000 of 20,000 instances, 4 batches"));
    room.keys(&[Key::ArrowRight, Key::End]);
    assert_eq!(room.t(), 400_000);
}

/// Everything that a screen reader would find.
fn all_said(room: &Room) -> Vec<String> {
    room.harness.query_all_by(|node| !said(node).is_empty()).map(|node| said(&node.accesskit_node())).collect()
}

#[test]
fn each_failing_preset_is_taken_to_its_failure_and_explained() {
    use deployscope::presets::BUILT_IN;
    use deployscope::text::story::log_line;
    use deployscope::timeline::Note;
    let failing = BUILT_IN.iter().filter(|preset| preset.name.starts_with("failing-") || preset.name.starts_with("stuck-"));
    for preset in failing {
        let mut room = room_of(Opened::named(preset.name).unwrap(), vec2(1280.0, 800.0), 1.0);
        let timeline = deployscope::simulate(&preset.scenario().unwrap()).unwrap();
        let failed = timeline.log().iter().find(|entry| matches!(entry.note, Note::Failed(_))).unwrap();
        // The row of the log that says why goes to the moment, and that moment is explained.
        let line = log_line(&timeline, failed);
        let mut steps = 0;
        while room.t() < failed.at.as_us() / 1_000 && steps < 200 {
            room.keys(&[Key::ArrowRight]);
            steps += 1;
        }
        assert_eq!(room.t(), failed.at.as_us() / 1_000, "{}", preset.name);
        assert!(all_said(&room).iter().any(|text| text.contains(&line)), "{}: nobody says {line:?}", preset.name);
        room.keys(&[Key::W]);
        let told = all_said(&room);
        assert!(told.iter().any(|text| text.starts_with("Why ")), "{}: no explanation in {told:#?}", preset.name);
    }
}
