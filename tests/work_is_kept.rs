//! Work is never lost: every way of losing it, tried as a person would, by role and name.
#![cfg(feature = "gui")]
#![expect(clippy::unwrap_used, reason = "a test may stop")]

mod room;

use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use deployscope::app::files::{Choice, FileWatcher, Watcher};
use deployscope::app::{Keeping, Opened};
use deployscope::scenario::{Part, Scenario, Strategy};
use eframe::egui::accesskit::Role;
use eframe::egui::{DroppedFile, Event, HoveredFile, Key, Modifiers, Vec2, ViewportCommand, ViewportEvent, ViewportId, vec2};
use egui_kittest::kittest::Queryable as _;
use room::{Room, room, room_keeping, said};
use tempfile::TempDir;

const WINDOW: Vec2 = vec2(1280.0, 800.0);

const TEXT: &str = "// mine\n(\n    fleet: (instances: 10), // ten\n    strategy: Rolling(batch: Count(3)),\n)\n";

/// A watcher that says what the test tells it.
#[derive(Clone, Default)]
struct Told(Rc<Cell<bool>>);

impl Watcher for Told {
    fn watch(&mut self, _: Option<&Path>) {}

    fn changed(&mut self) -> bool {
        self.0.take()
    }
}

/// A person's folders, with a scenario in one of them.
struct Home {
    folder: TempDir,
    told: Told,
}

impl Home {
    fn new() -> Home {
        let home = Home { folder: tempfile::tempdir().unwrap(), told: Told::default() };
        fs::write(home.file(), TEXT).unwrap();
        home
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn file(&self) -> PathBuf {
        self.at("mine.ron")
    }

    fn keeping(&self) -> Keeping {
        Keeping::in_folders(&self.at("config"), &self.at("data"), Box::new(self.told.clone()))
    }

    /// A window on the person's file.
    fn open(&self) -> Room {
        self.window(Opened::file(&self.file()).unwrap())
    }

    /// A window on a preset.
    fn open_preset(&self) -> Room {
        self.window(Opened::named("rolling").unwrap())
    }

    /// Paused, unless it asks something first: then the keys would be an answer.
    fn window(&self, opened: Opened) -> Room {
        let mut room = room_keeping(opened, WINDOW, 1.0, self.keeping());
        room.run();
        if !room.has("Recover unsaved work?") {
            room.keys(&[Key::Space, Key::Home]);
        }
        room
    }

    /// Another program writes the file.
    fn written(&self, room: &mut Room, text: &str) {
        fs::write(self.file(), text).unwrap();
        self.told.0.set(true);
        room.run();
    }

    fn left_behind(&self) -> usize {
        fs::read_dir(self.at("data").join("recovery")).map_or(0, Iterator::count)
    }
}

fn batch(room: &Room) -> Part {
    match &room.scenario().strategy {
        Strategy::Rolling { batch } => *batch,
        other => panic!("{other:?}"),
    }
}

fn set_batch(room: &mut Room, batch: f64) {
    room.node(Role::Slider, "Batch").set_value_accesskit(batch);
    room.run();
}

fn undo(room: &mut Room) {
    room.chord(Modifiers::COMMAND, Key::Z);
}

fn paste(room: &mut Room, text: &str) {
    room.harness.event(Event::Paste(text.to_owned()));
    room.run();
}

fn drop_file(room: &mut Room, path: &Path) {
    #[derive(Debug)]
    struct Dropped(PathBuf);
    impl DroppedFile for Dropped {
        fn path(&self) -> &Path {
            &self.0
        }
        fn bytes(&self) -> Result<Vec<u8>, String> {
            fs::read(&self.0).map_err(|error| error.to_string())
        }
    }
    room.harness.input_mut().dropped_files.push(Arc::new(Dropped(path.to_owned())));
    room.run();
}

/// Whether the window closes when it is asked to.
fn closes(room: &mut Room) -> bool {
    let events = |room: &mut Room| std::mem::take(&mut room.harness.input_mut().viewports.entry(ViewportId::ROOT).or_default().events);
    room.harness.input_mut().viewports.entry(ViewportId::ROOT).or_default().events.push(ViewportEvent::Close);
    room.harness.step();
    events(room);
    let commands = room.harness.output().viewport_output[&ViewportId::ROOT].commands.clone();
    room.run();
    !commands.contains(&ViewportCommand::CancelClose)
}

fn open_text(room: &mut Room) {
    room.chord(Modifiers::COMMAND, Key::E);
}

fn shown_text(room: &Room) -> String {
    room.node(Role::MultilineTextInput, "Scenario as RON").value().unwrap()
}

fn write(room: &mut Room, text: &str) {
    room.node(Role::MultilineTextInput, "Scenario as RON").set_text_value_accesskit(text);
    room.run();
}

fn says(room: &Room, words: &str) -> bool {
    room.harness.query_all_by(|node| said(node).contains(words)).next().is_some()
}

// A crash.

#[test]
fn what_a_crash_takes_is_offered_at_the_next_start_with_its_words() {
    let home = Home::new();
    let mut room = home.open();
    set_batch(&mut room, 5.0);
    drop(room);

    let mut room = home.open_preset();
    assert!(says(&room, "Recover the unsaved work on “mine” from a moment ago?"));
    room.click(Role::Button, "Recover");
    assert_eq!(batch(&room), Part::Count(5));
    assert!(room.has("Scenario: mine, edited"), "it is in no file yet");
    // The comments are there, and it is saved to where it belongs.
    room.chord(Modifiers::COMMAND, Key::S);
    assert_eq!(fs::read_to_string(home.file()).unwrap(), TEXT.replace("Count(3)", "Count(5)"));
    assert_eq!(home.left_behind(), 0, "what is saved is not kept twice");
    drop(room);
    assert!(!says(&home.open_preset(), "Recover"));
}

#[test]
fn recovered_work_survives_the_next_crash_too() {
    let home = Home::new();
    let mut room = home.open();
    set_batch(&mut room, 5.0);
    drop(room);
    let mut room = home.open();
    room.click(Role::Button, "Recover");
    drop(room);
    let mut room = home.open();
    room.click(Role::Button, "Recover");
    assert_eq!(batch(&room), Part::Count(5));
}

#[test]
fn what_a_crash_left_can_be_given_up_and_can_wait() {
    let home = Home::new();
    let mut room = home.open();
    set_batch(&mut room, 5.0);
    drop(room);
    let mut room = home.open();
    room.keys(&[Key::Escape]);
    assert!(!says(&room, "Recover the unsaved work"));
    drop(room);
    let mut room = home.open();
    room.click(Role::Button, "Discard");
    assert_eq!(batch(&room), Part::Count(3));
    drop(room);
    assert!(!says(&home.open(), "Recover the unsaved work"));
    assert_eq!(home.left_behind(), 0);
}

#[test]
fn two_windows_do_not_take_each_others_work() {
    let home = Home::new();
    let mut one = home.open();
    set_batch(&mut one, 5.0);
    // The window goes out of sight: what waits is written.
    one.harness.event(Event::WindowFocused(false));
    one.run();
    let mut two = home.open();
    assert!(!says(&two, "Recover the unsaved work"));
    set_batch(&mut two, 4.0);
    drop(one);
    let mut three = home.open();
    three.click(Role::Button, "Recover");
    assert_eq!(batch(&three), Part::Count(5));
    assert!(!says(&three, "Recover the unsaved work"), "the second window lives");
}

#[test]
fn nothing_is_left_of_work_that_was_saved_or_given_up() {
    let home = Home::new();
    let mut room = home.open();
    set_batch(&mut room, 5.0);
    room.chord(Modifiers::COMMAND, Key::S);
    drop(room);
    assert_eq!(home.left_behind(), 0);
    let mut room = home.open();
    set_batch(&mut room, 4.0);
    assert!(!closes(&mut room));
    room.click(Role::Button, "Discard");
    assert!(room.harness.state().is_leaving());
    drop(room);
    assert_eq!(home.left_behind(), 0);
}

#[test]
fn a_text_that_is_not_right_yet_comes_back_after_a_crash() {
    let home = Home::new();
    let mut room = home.open();
    open_text(&mut room);
    let half = TEXT.replace("Count(3)", "Count(");
    write(&mut room, &half);
    drop(room);
    let mut room = home.open_preset();
    room.click(Role::Button, "Recover");
    assert_eq!(shown_text(&room), half);
    assert_eq!(batch(&room), Part::Count(3));
    // One bracket too few: the text ends behind the last line's only character.
    assert!(room.has("Line 5, column 2"), "what is wrong is told again");
}

// Another program.

#[test]
fn a_file_edited_elsewhere_is_seen_live_and_can_be_undone() {
    let home = Home::new();
    let mut room = home.open();
    home.written(&mut room, &TEXT.replace("Count(3)", "Count(2)"));
    assert_eq!(batch(&room), Part::Count(2));
    assert!(room.has("Scenario: mine"), "nothing is unsaved");
    home.written(&mut room, &TEXT.replace("Count(3)", "Count(4)"));
    assert_eq!(batch(&room), Part::Count(4));
    undo(&mut room);
    assert_eq!(batch(&room), Part::Count(2));
    assert!(room.has("Scenario: mine, edited"));
}

#[test]
fn an_editor_that_saves_by_renaming_is_seen_by_the_systems_own_watching() {
    let home = Home::new();
    let (wake, woken) = channel();
    let watcher = FileWatcher::new(move || {
        let _ = wake.send(());
    });
    let keeping = Keeping::in_folders(&home.at("config"), &home.at("data"), Box::new(watcher));
    let mut room = room_keeping(Opened::file(&home.file()).unwrap(), WINDOW, 1.0, keeping);
    room.keys(&[Key::Space, Key::Home]);
    fs::write(home.at("mine.ron.swp"), TEXT.replace("Count(3)", "Count(2)")).unwrap();
    fs::rename(home.at("mine.ron.swp"), home.file()).unwrap();
    woken.recv_timeout(Duration::from_secs(20)).unwrap();
    room.harness.step();
    room.run();
    assert_eq!(batch(&room), Part::Count(2));
}

#[test]
fn whoever_comes_back_to_the_window_sees_the_change_where_nobody_tells_of_it() {
    let home = Home::new();
    let mut room = home.open();
    fs::write(home.file(), TEXT.replace("Count(3)", "Count(2)")).unwrap();
    room.harness.event(Event::WindowFocused(true));
    room.run();
    assert_eq!(batch(&room), Part::Count(2));
}

#[test]
fn a_half_written_file_tells_its_line_and_the_old_picture_stays() {
    let home = Home::new();
    let mut room = home.open();
    home.written(&mut room, &TEXT.replace("Rolling", "Roling"));
    assert!(says(&room, "mine.ron, line 4: "));
    assert_eq!(batch(&room), Part::Count(3));
    home.written(&mut room, "");
    assert!(says(&room, "is empty"));
    assert_eq!(batch(&room), Part::Count(3));
    home.written(&mut room, &TEXT.replace("Count(3)", "Count(2)"));
    assert!(!says(&room, "is empty"));
    assert_eq!(batch(&room), Part::Count(2));
}

#[test]
fn over_unsaved_changes_a_reload_is_only_offered() {
    let home = Home::new();
    let mut room = home.open();
    set_batch(&mut room, 5.0);
    home.written(&mut room, &TEXT.replace("Count(3)", "Count(2)"));
    assert!(room.has("mine.ron was changed by another program."));
    assert_eq!(batch(&room), Part::Count(5));
    room.click(Role::Button, "Reload");
    assert_eq!(batch(&room), Part::Count(2));
    assert!(!room.has("mine.ron was changed by another program."));
    undo(&mut room);
    assert_eq!(batch(&room), Part::Count(5), "what was here before is not lost");
}

#[test]
fn what_another_program_wrote_is_replaced_only_by_who_knows_of_it() {
    let home = Home::new();
    let mut room = home.open();
    set_batch(&mut room, 5.0);
    let theirs = TEXT.replace("Count(3)", "Count(2)");
    // Nobody tells of it.
    fs::write(home.file(), &theirs).unwrap();
    room.chord(Modifiers::COMMAND, Key::S);
    assert!(room.has("Replace what another program wrote?"));
    room.click(Role::Button, "Cancel");
    assert_eq!(fs::read_to_string(home.file()).unwrap(), theirs);
    room.chord(Modifiers::COMMAND, Key::S);
    room.click(Role::Button, "Replace");
    assert_eq!(fs::read_to_string(home.file()).unwrap(), TEXT.replace("Count(3)", "Count(5)"));

    // Told, and decided: not asked again.
    set_batch(&mut room, 6.0);
    home.written(&mut room, &theirs);
    room.click(Role::Button, "Keep what is here");
    room.chord(Modifiers::COMMAND, Key::S);
    assert_eq!(fs::read_to_string(home.file()).unwrap(), TEXT.replace("Count(3)", "Count(6)"));
    // Our own saving is no change by another program.
    home.told.0.set(true);
    room.run();
    assert!(room.has("saved") && !says(&room, "another program"));
}

#[test]
fn a_file_that_is_gone_leaves_its_work_unsaved_here() {
    let home = Home::new();
    let mut room = home.open();
    fs::remove_file(home.file()).unwrap();
    home.told.0.set(true);
    room.run();
    assert!(room.has("mine.ron is gone. Save writes it again."));
    assert!(!closes(&mut room));
    room.click(Role::Button, "Cancel");
    room.chord(Modifiers::COMMAND, Key::S);
    assert_eq!(fs::read_to_string(home.file()).unwrap(), TEXT);
    assert!(!room.has("mine.ron is gone. Save writes it again."));
    assert!(closes(&mut room));
}

#[test]
fn an_editor_that_removes_and_writes_again_is_seen_live_all_the_same() {
    let home = Home::new();
    let mut room = home.open();
    fs::remove_file(home.file()).unwrap();
    home.told.0.set(true);
    room.run();
    home.written(&mut room, &TEXT.replace("Count(3)", "Count(2)"));
    assert_eq!(batch(&room), Part::Count(2));
    assert!(room.has("Scenario: mine"), "nothing is unsaved");
    fs::remove_file(home.file()).unwrap();
    home.told.0.set(true);
    room.run();
    home.written(&mut room, &TEXT.replace("Count(3)", "Count(2)"));
    assert!(room.has("Scenario: mine") && !says(&room, "is gone"));
}

// Opening something else.

#[test]
fn opening_dropping_and_a_recent_file_ask_over_unsaved_changes() {
    let home = Home::new();
    let other = home.at("other.ron");
    fs::write(&other, TEXT.replace("instances: 10", "instances: 20")).unwrap();
    let mut room = home.open();
    drop_file(&mut room, &other);
    assert_eq!(room.scenario().fleet.instances, 20, "nothing is unsaved");
    set_batch(&mut room, 5.0);

    drop_file(&mut room, &home.file());
    assert!(room.has("Save the changes?"));
    room.click(Role::Button, "Cancel");
    room.answer(Choice::Path(home.file()));
    room.chord(Modifiers::COMMAND, Key::O);
    room.run();
    assert!(room.has("Save the changes?"));
    // Another file that is dropped meanwhile does not take the question away.
    drop_file(&mut room, &home.file());
    assert!(room.has("Save the changes?"));
    room.click(Role::Button, "Cancel");
    room.click(Role::Button, "Recent files");
    room.click(Role::Button, &format!("mine.ron – {}", home.folder.path().file_name().unwrap().to_str().unwrap()));
    assert!(room.has("Save the changes?"));
    assert_eq!((room.scenario().fleet.instances, batch(&room)), (20, Part::Count(5)));
    room.click(Role::Button, "Discard");
    assert_eq!(room.scenario().fleet.instances, 10);
}

#[test]
fn recent_files_are_kept_and_one_that_is_gone_says_so_once() {
    let home = Home::new();
    let other = home.at("other.ron");
    fs::write(&other, TEXT).unwrap();
    let mut room = home.open();
    drop_file(&mut room, &other);
    drop(room);
    fs::remove_file(&other).unwrap();
    let mut room = home.open_preset();
    room.click(Role::Button, "Recent files");
    assert!(room.has("other.ron (gone)"));
    room.keys(&[Key::Escape]);
    room.click(Role::Button, "Recent files");
    assert!(!room.has("other.ron (gone)"));
    assert!(says(&room, "mine.ron – "));
}

#[test]
fn a_file_held_over_the_window_is_told_that_it_may_be_dropped() {
    let mut room = room();
    room.harness.input_mut().hovered_files.push(HoveredFile { path: Some("/a/shop.ron".into()), mime: String::new() });
    // Held over it, the window is drawn again and again: that is egui's own.
    room.harness.step();
    room.harness.step();
    assert!(room.has("Drop to open shop.ron"));
    room.harness.input_mut().hovered_files.clear();
    room.run();
    assert!(!room.has("Drop to open shop.ron"));
}

#[test]
fn without_a_dialog_of_the_system_a_file_is_chosen_from_a_list() {
    let home = Home::new();
    fs::create_dir(home.at("more")).unwrap();
    fs::write(home.at("more/shop.ron"), TEXT.replace("instances: 10", "instances: 30")).unwrap();
    let mut room = home.open();
    room.answer(Choice::NoDialog);
    room.chord(Modifiers::COMMAND, Key::O);
    room.run();
    room.click(Role::Button, "more/");
    room.click(Role::Button, "shop.ron");
    // The top bar has a button of this name too.
    room.harness.get_all_by_role_and_label(Role::Button, "Open").last().unwrap().click();
    room.run();
    assert_eq!(room.scenario().fleet.instances, 30);
}

// Saving that fails.

#[test]
fn a_save_that_fails_says_why_and_keeps_the_work() {
    let home = Home::new();
    let mut room = home.open();
    set_batch(&mut room, 5.0);
    let missing = home.at("none/mine.ron");
    let folder = home.at("folder.ron");
    fs::create_dir(&folder).unwrap();
    for (path, why) in [(&missing, "there is no folder"), (&folder, "a folder is called so")] {
        room.answer(Choice::Path(path.clone()));
        room.chord(Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
        room.run();
        assert!(says(&room, &format!("Not saved to {}: {why}", path.display())), "{why}");
        assert!(room.has("Scenario: mine, edited"));
        assert_eq!(batch(&room), Part::Count(5));
    }
    // Closing waits for it too.
    let mut permissions = fs::metadata(home.file()).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(home.file(), permissions).unwrap();
    assert!(!closes(&mut room));
    room.harness.get_all_by_role_and_label(Role::Button, "Save").last().unwrap().click();
    room.run();
    assert!(says(&room, "this file is read-only"));
    assert!(!room.harness.state().is_leaving());
    assert_eq!(fs::read_to_string(home.file()).unwrap(), TEXT);
}

// The scenario as RON.

#[test]
fn a_scenario_is_pasted_and_taken_back() {
    let mut room = room();
    let before = room.scenario().clone();
    paste(&mut room, TEXT);
    assert_eq!(room.scenario(), &Scenario::from_ron(TEXT, "").unwrap());
    undo(&mut room);
    assert_eq!(room.scenario(), &before);
}

#[test]
fn what_is_no_scenario_is_told_and_changes_nothing() {
    let mut room = room();
    let before = room.scenario().clone();
    paste(&mut room, &TEXT.replace("Rolling", "Roling"));
    assert!(room.has("What was pasted is no scenario"));
    // `Roling` stands after 4 spaces and `strategy: `, 10 characters.
    assert!(room.has("pasted text, line 4, column 15"));
    room.keys(&[Key::Escape]);
    assert_eq!(room.scenario(), &before);
    assert!(!says(&room, "edited"));
}

#[test]
fn what_is_pasted_into_a_field_is_for_the_field() {
    let mut room = room();
    let before = room.scenario().clone();
    room.click(Role::DisclosureTriangle, "Timings");
    room.node(Role::TextInput, "Boot").focus();
    room.run();
    paste(&mut room, TEXT);
    assert_eq!(room.scenario(), &before);
    assert!(!room.has("What was pasted is no scenario"));
}

#[test]
fn the_scenario_is_copied_with_its_comments() {
    let home = Home::new();
    let mut room = home.open();
    set_batch(&mut room, 5.0);
    let modifiers = Modifiers::COMMAND | Modifiers::SHIFT;
    room.harness.event(Event::Key { key: Key::C, physical_key: None, pressed: true, repeat: false, modifiers });
    room.harness.step();
    let commands = room.harness.output().platform_output.commands.clone();
    let copied = TEXT.replace("Count(3)", "Count(5)");
    assert!(
        commands.iter().any(|command| matches!(command, eframe::egui::OutputCommand::CopyText(text) if *text == copied)),
        "{commands:?}"
    );
    room.run();
    assert!(room.has("copied"));
}

#[test]
fn text_and_knobs_show_each_other() {
    let home = Home::new();
    let mut room = home.open();
    open_text(&mut room);
    assert_eq!(shown_text(&room), TEXT);
    // A knob.
    set_batch(&mut room, 5.0);
    assert_eq!(shown_text(&room), TEXT.replace("Count(3)", "Count(5)"));
    // The text, with a comment of its own.
    let typed = TEXT.replace("Count(3)", "Count(4)").replace("// ten", "// 十台、鬱");
    write(&mut room, &typed);
    assert_eq!(batch(&room), Part::Count(4));
    assert_eq!(shown_text(&room), typed, "what is typed is not touched");
    set_batch(&mut room, 2.0);
    assert_eq!(shown_text(&room), typed.replace("Count(4)", "Count(2)"));
    // The button and not the key: that undoes typing where text is typed.
    room.harness.get_by(|node| node.role() == Role::Button && said(node).starts_with("Undo")).click();
    room.run();
    assert_eq!(shown_text(&room), typed);
    room.chord(Modifiers::COMMAND, Key::S);
    assert_eq!(fs::read_to_string(home.file()).unwrap(), typed);
    // Nothing moves any more: nothing is drawn any more.
    room.click(Role::Button, "Close the text");
    assert!(room.harness.query_by_role(Role::MultilineTextInput).is_none());
    assert_eq!(room.harness.run(), 1);
}

#[test]
fn keys_are_typed_into_the_text_and_not_obeyed() {
    let home = Home::new();
    let mut room = home.open();
    open_text(&mut room);
    // The keyboard is in the text, at its beginning.
    room.harness.key_press_modifiers(Modifiers::COMMAND, Key::Home);
    room.run();
    room.harness.event(Event::Text("// 1".into()));
    room.harness.key_press(Key::Num1);
    room.harness.key_press(Key::Enter);
    room.run();
    assert_eq!(shown_text(&room), format!("// 1\n{TEXT}"));
    assert_eq!(batch(&room), Part::Count(3));
    assert!(room.has("Scenario: mine, edited"), "a comment is work too");
    room.keys(&[Key::Escape]);
    room.keys(&[Key::Num1]);
    assert_eq!(room.scenario().strategy, Strategy::AllAtOnce);
}

#[test]
fn what_is_wrong_is_told_at_its_line_and_what_is_set_stays() {
    let home = Home::new();
    let mut room = home.open();
    open_text(&mut room);
    write(&mut room, &TEXT.replace("Rolling", "Roling"));
    assert!(room.has("Line 4, column 15"));
    assert_eq!(batch(&room), Part::Count(3));
    room.click(Role::Button, "Line 4, column 15");
    // The cursor is there: the missing letter makes it right.
    for key in [Key::ArrowRight, Key::ArrowRight] {
        room.harness.key_press(key);
    }
    room.harness.event(Event::Text("l".into()));
    room.run();
    assert_eq!(shown_text(&room), TEXT);
    assert!(!room.has("Line 4, column 15"));
    // What cannot be simulated is told too: a million batches of half a day are longer than a hundred years.
    let long = TEXT
        .replace("instances: 10", "instances: 1000000")
        .replace("Count(3)),", "Count(1)),\n    load_balancer: (deregistration_delay: \"12h\"),\n    timeout: \"24h\",");
    write(&mut room, &long);
    assert!(says(&room, "The change was not taken"));
    assert_eq!(room.scenario().fleet.instances, 10);
    assert_eq!(shown_text(&room), long);
}

#[test]
fn a_draft_is_not_lost_to_a_knob_nor_to_closing_nor_to_saving() {
    let home = Home::new();
    let mut room = home.open();
    open_text(&mut room);
    let half = TEXT.replace("// ten", "// half\n    traffic: Constant(");
    write(&mut room, &half);
    set_batch(&mut room, 5.0);
    assert_eq!(shown_text(&room), half);
    assert!(says(&room, "The settings were changed meanwhile."));
    // Saved is what is right, and closing asks for the rest.
    room.chord(Modifiers::COMMAND, Key::S);
    assert!(says(&room, "was not saved"));
    assert_eq!(fs::read_to_string(home.file()).unwrap(), TEXT.replace("Count(3)", "Count(5)"));
    assert!(!closes(&mut room));
    room.click(Role::Button, "Cancel");
    drop_file(&mut room, &home.file());
    assert!(room.has("Save the changes?"));
    room.click(Role::Button, "Cancel");
    // Closed it is asked about too, and shown then.
    open_text(&mut room);
    assert!(room.harness.query_by_role(Role::MultilineTextInput).is_none());
    assert!(!closes(&mut room));
    assert_eq!(shown_text(&room), half);
    room.click(Role::Button, "Cancel");
    room.click(Role::Button, "Show the settings instead");
    assert_eq!(shown_text(&room), TEXT.replace("Count(3)", "Count(5)"));
    assert!(closes(&mut room));
}
