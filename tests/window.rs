//! The window around its rooms, operated by role and name: the palette, what is remembered, presenter mode, the pause
//! before each phase, the first steps, the presets' browser, the hints.
#![cfg(feature = "gui")]
#![expect(clippy::unwrap_used, reason = "a test may stop")]

mod room;

use deployscope::app::Opened;
use deployscope::app::settings::{Scale, Settings, Store};
use deployscope::scenario::{Part, Scenario, Strategy, StrategyKind};
use eframe::egui::accesskit::Role;
use eframe::egui::{Event, Key, Modifiers, Order, Theme, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use room::{Room, room, room_of, room_remembering, said};

const WINDOW: eframe::egui::Vec2 = vec2(1280.0, 800.0);

fn typed(room: &mut Room, text: &str) {
    room.harness.event(Event::Text(text.to_owned()));
    room.run();
}

/// The options of the list that is open, the chosen one first.
fn options(room: &Room) -> Vec<String> {
    let mut options: Vec<(bool, String)> = room
        .harness
        .query_all_by_role(Role::ListBoxOption)
        // Not the lines of the log, which begin with their time.
        .filter(|node| !said(&node.accesskit_node()).split(' ').next().is_some_and(|time| time.contains(':')))
        .map(|node| (!node.accesskit_node().is_selected().unwrap_or(false), said(&node.accesskit_node())))
        .collect();
    options.sort_by_key(|(other, _)| *other);
    options.into_iter().map(|(_, name)| name).collect()
}

#[test]
fn the_palette_finds_and_runs_a_command_and_teaches_its_key() {
    let mut room = room();
    room.chord(Modifiers::COMMAND, Key::K);
    // The field has the keyboard, and tells which line the arrows have chosen.
    room.node(Role::TextInput, "Search commands, presets and strategies");
    assert!(room.node(Role::ListBoxOption, "Play or pause").is_focused());
    assert_eq!(options(&room)[0], "Play or pause");
    room.keys(&[Key::ArrowDown, Key::ArrowDown]);
    assert_eq!(options(&room)[0], "Next event");
    typed(&mut room, "to the end");
    assert_eq!(options(&room)[0], "To the end");
    assert_eq!(room.node(Role::ListBoxOption, "To the end").value().as_deref(), Some("End"));
    room.keys(&[Key::Enter]);
    assert_eq!(room.t(), 400_000);
    assert!(options(&room).is_empty(), "it closes");
}

#[test]
fn the_palette_chooses_strategies_presets_and_scales_and_says_when_there_is_nothing() {
    let mut room = room();
    room.chord(Modifiers::COMMAND, Key::K);
    typed(&mut room, "blgr");
    assert_eq!(options(&room)[0], "Blue/Green");
    room.keys(&[Key::Enter]);
    assert_eq!(room.scenario().strategy.kind(), StrategyKind::BlueGreen);
    room.chord(Modifiers::COMMAND, Key::Z);

    room.chord(Modifiers::COMMAND, Key::K);
    typed(&mut room, "sale day");
    room.harness.get_by_role_and_label(Role::ListBoxOption, "A shop on a sale day").click();
    room.run();
    assert!(room.has("Scenario: A shop on a sale day"));

    room.chord(Modifiers::COMMAND, Key::K);
    typed(&mut room, "scale 150");
    room.keys(&[Key::Enter]);
    assert_eq!(room.harness.ctx.zoom_factor(), 1.5);

    room.chord(Modifiers::COMMAND, Key::K);
    typed(&mut room, "qqqq");
    assert!(options(&room).is_empty());
    assert!(room.has("Nothing is called so. Try another word, or fewer letters."));
    room.keys(&[Key::Enter]);
    assert!(room.has("Nothing is called so. Try another word, or fewer letters."), "enter takes nothing");
    room.keys(&[Key::Escape]);
    assert!(!room.has("Nothing is called so. Try another word, or fewer letters."));
}

#[test]
fn every_command_with_a_key_is_in_the_palette_with_it() {
    let mut room = room();
    room.keys(&[Key::F1]);
    let help: Vec<String> = room.harness.query_all_by_role(Role::Label).map(|node| said(&node.accesskit_node())).collect();
    assert!(help.contains(&"Ctrl+K".to_owned()) && help.contains(&"Presenter mode and back".to_owned()), "{help:?}");
    room.keys(&[Key::Escape]);
    room.chord(Modifiers::COMMAND, Key::K);
    for (name, keys) in [("Undo", "Ctrl+Z"), ("Presenter mode", "P"), ("Stop before each phase: what happens next?", "N")] {
        typed(&mut room, name.split(':').next().unwrap());
        if name != "Undo" {
            assert_eq!(room.node(Role::ListBoxOption, name).value().as_deref(), Some(keys), "{name}");
        }
        room.chord(Modifiers::COMMAND, Key::A);
        room.keys(&[Key::Delete]);
    }
}

#[test]
fn the_window_is_as_it_was_left() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("window.ron");
    let mut room = room_remembering(Store::at(path.clone()), WINDOW);
    room.chord(Modifiers::COMMAND, Key::Plus);
    room.chord(Modifiers::COMMAND, Key::Plus);
    assert_eq!(room.harness.ctx.zoom_factor(), 1.25);
    room.keys(&[Key::ArrowUp]);
    room.click(Role::Button, "Settings");
    room.harness.get_by_label("Dark").click();
    room.run();
    room.keys(&[Key::Escape]);
    room.chord(Modifiers::COMMAND, Key::G);
    assert!(!room.has("What it meant"), "folded away");
    let left = room.harness.state().settings().clone();
    eframe::App::on_exit(room.harness.state_mut());
    drop(room);

    assert_eq!(*Store::at(path.clone()).kept(), left);
    let room = room_remembering(Store::at(path), WINDOW);
    assert_eq!(room.harness.ctx.zoom_factor(), 1.25);
    assert_eq!(room.harness.ctx.theme(), Theme::Dark);
    // One up from 20 times.
    assert!(room.has("Speed: 50×"));
    assert!(!room.has("What it meant") && room.has("Fleet and traffic"));
}

#[test]
fn the_scale_goes_from_80_to_250_percent_and_back_to_usual() {
    let mut room = room();
    for _ in 0..12 {
        room.chord(Modifiers::COMMAND, Key::Minus);
    }
    assert_eq!(room.harness.ctx.zoom_factor(), 0.8);
    for _ in 0..12 {
        room.chord(Modifiers::COMMAND, Key::Equals);
    }
    assert_eq!(room.harness.ctx.zoom_factor(), 2.5);
    // 512 × 320 points are left of the window: the clock's buttons and the stage are there.
    let (play, stage) = (room.node(Role::Button, "Play").rect(), room.stage());
    assert!(play.max.x <= 512.0 && play.max.y <= 320.0 && stage.starts_with("Stage"), "{play}");
    room.chord(Modifiers::COMMAND, Key::Num0);
    assert_eq!(room.harness.ctx.zoom_factor(), 1.0);
}

#[test]
fn what_it_remembers_may_be_broken() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("window.ron");
    for text in ["", "(scale: (", "(scale: 9999, look: Pink, speed: Some(0), panels: (settings: Some(-1e30), plots: Some(1e9)))"] {
        std::fs::write(&path, text).unwrap();
        let room = room_remembering(Store::at(path.clone()), WINDOW);
        assert!(room.stage().starts_with("Stage"), "{text:?}");
        assert!(room.has("Got it"), "{text:?}: as at the first start");
    }
}

#[test]
fn presented_only_stage_plots_and_clock_are_left_and_large() {
    let mut room = room();
    room.keys(&[Key::P]);
    // 1.6 times as large.
    assert_eq!(room.harness.ctx.zoom_factor(), 1.6);
    for gone in ["Fleet and traffic", "What it meant", "What happened", "Open", "Help"] {
        assert!(!room.has(gone), "{gone}");
    }
    assert!(room.stage().starts_with("Stage: Batch 1 of 4"));
    room.harness.get_by(|node| node.role() == Role::Figure && said(node).starts_with("Capacity"));
    // Everything by keys: the next event, another strategy, and out.
    room.keys(&[Key::ArrowRight]);
    assert_eq!(room.t(), 20_000);
    room.keys(&[Key::Num5]);
    assert_eq!(room.scenario().strategy.kind(), StrategyKind::Immutable);
    room.keys(&[Key::Escape]);
    assert_eq!(room.harness.ctx.zoom_factor(), 1.0);
    assert!(room.has("What it meant"));
    room.keys(&[Key::P, Key::P]);
    assert!(room.has("What it meant"), "the same key goes back");
    room.keys(&[Key::P]);
    room.click(Role::Button, "Leave presenter mode");
    assert!(room.has("What it meant"));
}

#[test]
fn it_stops_before_each_phase_and_shows_nothing_of_it() {
    let mut room = room();
    room.keys(&[Key::N]);
    let asked = |room: &Room| room.has("What happens next?");
    // 4 batches of 100 s.
    for (at, begun) in [(0, 0), (100, 1), (200, 2), (300, 3)] {
        assert_eq!(room.t(), at * 1_000);
        assert!(asked(&room), "{at}");
        assert!(!room.harness.state().model().clock.is_playing());
        // Nothing of the next batch is said: on the stage, in the log, beside the clock, in the figures.
        let next = format!("Batch {} of 4", begun + 1);
        assert!(at == 0 || !room.stage().contains(&next), "{}", room.stage());
        let told = room.harness.query_all_by(|node| said(node).contains(&format!("Batch {} draining", begun + 1))).count();
        assert!(at == 0 || told == 0, "the log goes on beyond {at}");
        assert!(!room.harness.query_all_by(|node| said(node).contains("6:40") || said(node).contains("6 min 40 s")).any(|node| {
            // The list of strategies says the duration of others.
            node.accesskit_node().role() != Role::RadioButton
        }));
        assert!(room.has("Hidden until the deployment is over."));
        // Space or the right arrow goes on.
        room.harness.key_press(if begun % 2 == 0 { Key::Space } else { Key::ArrowRight });
        room.harness.step();
        room.harness.step();
        assert!(!asked(&room) && room.harness.state().model().clock.is_playing(), "{at}");
        // 100 s at 20 times are 5 s of watching: 50 frames.
        room.harness.run_steps(55);
    }
    assert_eq!(room.t(), 400_000);
    assert!(!asked(&room));
    assert!(room.score("Duration").starts_with("Duration: 6 min 40 s"));
}

#[test]
fn what_is_to_come_cannot_be_jumped_to_while_it_is_asked() {
    let mut room = room();
    room.keys(&[Key::N]);
    room.keys(&[Key::End]);
    assert_eq!(room.t(), 0);
    room.harness.key_press(Key::Space);
    room.harness.run_steps(3);
    // Within a phase one may go to its end, and is asked there.
    room.keys(&[Key::End]);
    assert_eq!(room.t(), 100_000);
    assert!(room.has("What happens next?"));
    room.keys(&[Key::N]);
    assert!(!room.has("What happens next?"));
    room.keys(&[Key::End]);
    assert_eq!(room.t(), 400_000);
}

#[test]
fn the_first_steps_go_when_they_are_put_away_and_never_return() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("window.ron");
    let mut room = room_remembering(Store::at(path.clone()), WINDOW);
    assert!(room.has("1. Drag the batch, and see what it costs"));
    room.choose("Canary");
    assert!(room.has("Pick another strategy: done"));
    room.click(Role::Button, "Got it");
    assert!(!room.has("Got it"));
    eframe::App::on_exit(room.harness.state_mut());
    drop(room);
    let room = room_remembering(Store::at(path), WINDOW);
    assert!(!room.has("Got it") && !room.has("1. Drag the batch, and see what it costs"));
}

#[test]
fn the_first_steps_are_over_when_all_three_are_made() {
    let folder = tempfile::tempdir().unwrap();
    let mut room = room_remembering(Store::at(folder.path().join("window.ron")), WINDOW);
    room.node(Role::Slider, "Batch").set_value_accesskit(5.0);
    room.run();
    assert!(room.has("Drag the batch, and see what it costs: done"));
    room.node(Role::Slider, "Time").set_value_accesskit(0.5);
    room.run();
    assert!(room.has("Got it"));
    room.choose("Canary");
    assert!(!room.has("Got it"));
}

#[test]
fn a_preset_is_opened_by_the_keyboard_alone() {
    let mut room = room();
    room.chord(Modifiers::COMMAND, Key::P);
    assert_eq!(options(&room)[0], "All at once");
    assert!(room.has("By strategy"));
    let found = |room: &Room| {
        let count = room.harness.get_by(|node| said(node).contains(" preset") && said(node).starts_with(|c: char| c.is_ascii_digit()));
        said(&count.accesskit_node())
    };
    let all = found(&room);
    // Three cards in a row: down and right is the fifth, back up the second.
    room.keys(&[Key::ArrowDown, Key::ArrowRight]);
    assert_eq!(options(&room)[0], "Immutable");
    room.keys(&[Key::ArrowUp]);
    assert_eq!(options(&room)[0], "In-place, two at a time");
    typed(&mut room, "never");
    assert_ne!(found(&room), all);
    room.chord(Modifiers::COMMAND, Key::A);
    typed(&mut room, "sale");
    assert_eq!(options(&room)[0], "A shop on a sale day");
    room.keys(&[Key::Enter]);
    assert!(room.has("Scenario: A shop on a sale day"));
    assert!(options(&room).is_empty(), "it closes");
}

#[test]
fn a_card_has_a_picture_and_is_clicked() {
    let mut room = room();
    room.click(Role::Button, "Scenario: Rolling, three at a time");
    room.harness.run_steps(20);
    let card = room.node(Role::ListBoxOption, "Canary");
    // 140 + 300 + 20 s, at 100 % to 200 %.
    let about = card.accesskit_node().description().unwrap();
    assert!(about.contains("7:40") && about.contains("200 %"), "{about}");
    room.click(Role::ListBoxOption, "Canary");
    assert_eq!(room.scenario().strategy.kind(), StrategyKind::Canary);

    room.chord(Modifiers::COMMAND, Key::P);
    typed(&mut room, "qqqq");
    assert!(room.harness.query_all_by(|node| said(node).starts_with("No preset is called so.")).next().is_some());
    room.keys(&[Key::Escape]);
    assert!(options(&room).is_empty());
}

#[test]
fn a_trap_is_told_and_avoided_and_the_change_is_undone() {
    let scenario = Scenario::new(10, Strategy::Rolling { batch: Part::Count(4) });
    let mut room = room_of(Opened { scenario, path: None, text: None }, WINDOW, 1.0);
    // 6 of 100 requests per second each are left, and 70 % of 1,000 are asked for.
    let hint = "With 4 of 10 out at a time the rest serves 600 req/s, and up to 700 are asked for.";
    assert_eq!(room.harness.query_all_by_role(Role::Status).map(|node| said(&node.accesskit_node())).collect::<Vec<_>>(), [hint]);
    room.click(Role::Button, "Batch of 3");
    assert_eq!(room.scenario().strategy, Strategy::Rolling { batch: Part::Count(3) });
    assert!(!room.has(hint));
    room.chord(Modifiers::COMMAND, Key::Z);
    assert!(room.has(hint));
    room.click(Role::Button, "Hide this hint");
    assert!(!room.has(hint));
}

#[test]
fn every_number_outside_the_stage_says_what_it_means() {
    let mut room = room();
    let numbers: Vec<(String, eframe::egui::Rect)> = room
        .harness
        .query_all_by(|node| {
            let text = format!("{}{}", said(node), node.value().unwrap_or_default());
            let leaf = node.child_ids().next().is_none();
            leaf && text.chars().any(|c| c.is_ascii_digit()) && !matches!(node.role(), Role::TextRun | Role::Figure)
        })
        .map(|node| (said(&node.accesskit_node()), node.rect()))
        .collect();
    assert!(numbers.len() > 20, "{numbers:?}");
    let mut silent = Vec::new();
    for (name, rect) in numbers {
        // What is scrolled out of sight is looked at where it is in sight.
        if !eframe::egui::Rect::from_min_size(eframe::egui::Pos2::ZERO, WINDOW).contains_rect(rect)
            || rect.top() > 660.0 && rect.left() < 264.0
        {
            continue;
        }
        room.harness.hover_at(rect.center());
        room.harness.run_steps(8);
        let shown = room.harness.ctx.memory(|memory| memory.areas().visible_layer_ids().iter().any(|layer| layer.order == Order::Tooltip));
        if !shown {
            silent.push(name);
        }
        room.harness.hover_at(eframe::egui::pos2(640.0, 20.0));
        room.harness.run_steps(2);
    }
    // Rows of the log say all they mean; a note under a setting explains it; a popup's own text is whole.
    silent.retain(|name| !name.contains(':') || name.starts_with("Speed") || name.starts_with("Duration"));
    assert_eq!(silent, Vec::<String>::new());
}

#[test]
fn a_setting_of_the_scale_is_kept_within_what_there_is() {
    let settings = Settings { scale: Scale::of(1_000), ..Settings::default() };
    assert_eq!(settings.scale.percent(), 250);
}

#[test]
fn everything_is_reached_by_tab_in_the_order_in_which_it_stands() {
    let mut room = room();
    let mut reached: Vec<(String, Role, eframe::egui::Rect)> = Vec::new();
    for _ in 0..120 {
        room.harness.key_press(Key::Tab);
        room.harness.step();
        room.harness.step();
        let Some(node) = room.harness.query_by(|node| node.is_focused() && node.role() != Role::Window) else { continue };
        let node = (said(&node.accesskit_node()), node.accesskit_node().role(), node.rect());
        if reached.first().is_some_and(|first| first.0 == node.0 && first.1 == node.1) {
            break;
        }
        reached.push(node);
    }
    let place = |role: Role, name: &str| {
        let at = reached.iter().position(|(said, is, _)| *is == role && said.starts_with(name));
        at.unwrap_or_else(|| panic!("{name} is not reached: {reached:#?}"))
    };
    // The bar at the top, the settings from top to bottom, the figures, the clock.
    let order = [
        place(Role::Button, "Scenario: "),
        place(Role::RadioButton, "All at once"),
        place(Role::RadioButton, "Own steps"),
        place(Role::Slider, "Batch"),
        place(Role::SpinButton, "Instances"),
        place(Role::Button, "Duration: "),
        place(Role::Button, "Next step: "),
        place(Role::Button, "To the start"),
        place(Role::Button, "Speed: "),
        place(Role::Slider, "Time"),
    ];
    assert!(order.is_sorted(), "{order:?}");
    for name in ["All commands", "Presenter mode", "Settings", "Help", "Open", "Save", "Save as"] {
        place(Role::Button, name);
    }
}

#[test]
fn a_window_that_is_left_alone_draws_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut room = room_remembering(Store::at(folder.path().join("window.ron")), WINDOW);
    room.chord(Modifiers::COMMAND, Key::Plus);
    room.run();
    // One frame to see that there is nothing to do.
    assert_eq!(room.harness.run(), 1);
    room.keys(&[Key::N]);
    assert_eq!(room.harness.run(), 1, "a question waits quietly");
    room.keys(&[Key::P]);
    assert_eq!(room.harness.run(), 1, "so does what is presented");
}

#[test]
fn language_and_movement_are_remembered() {
    use deployscope::text::language::{Language, speak};
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("window.ron");
    let mut room = room_remembering(Store::at(path.clone()), WINDOW);
    for typed_name in ["reduced motion", "language 日本語"] {
        room.chord(Modifiers::COMMAND, Key::K);
        typed(&mut room, typed_name);
        room.keys(&[Key::Enter]);
    }
    assert_eq!(room.harness.state().language(), Language::Japanese);
    // In Japanese a command is still found by its English name.
    room.chord(Modifiers::COMMAND, Key::K);
    typed(&mut room, "full motion");
    assert_eq!(options(&room)[0], "動きを減らさない");
    room.keys(&[Key::Escape]);
    eframe::App::on_exit(room.harness.state_mut());
    drop(room);

    speak(Language::English);
    let room = room_remembering(Store::at(path), WINDOW);
    assert_eq!(room.harness.state().language(), Language::Japanese);
    assert_eq!(room.harness.state().settings().reduced_motion, Some(true));
    assert!(room.has("閉じる"), "the first steps are in Japanese");
}
