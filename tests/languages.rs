//! The window in every language: it changes while it runs, and no text of it is cut at the usual size.
#![cfg(feature = "gui")]
#![expect(clippy::unwrap_used, reason = "a test may stop")]

mod room;

use std::collections::BTreeSet;

use deployscope::app::Opened;
use deployscope::presets::{BUILT_IN, FOR_STRATEGIES, Preset, SITUATIONS};
use deployscope::text::language::{Language, speak};
use eframe::egui::accesskit::Role;
use eframe::egui::epaint::{ClippedShape, TextShape};
use eframe::egui::{Key, Modifiers, Rect, Shape, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use room::{Room, room, room_of, said};

/// The title that the window last asked for, from its first frame on.
fn title(room: &Room) -> Option<String> {
    use eframe::egui::{ViewportCommand, ViewportId};
    let output = room.harness.output().viewport_output.get(&ViewportId::ROOT)?;
    output.commands.iter().rev().find_map(|command| match command {
        ViewportCommand::Title(title) => Some(title.clone()),
        _ => None,
    })
}

#[test]
fn the_language_changes_while_it_runs() {
    let mut room = room();
    assert!(room.has("What it meant") && room.has("3 of 10 instances, 4 batches"));
    assert_eq!(room.score("Duration"), "Duration: 6 min 40 s");
    room.node(Role::Slider, "Batch").set_value_accesskit(5.0);
    room.run();

    room.click(Role::Button, "Language: English");
    // Each language by its own name, whichever is spoken.
    room.click(Role::Button, "日本語");
    assert_eq!(room.harness.state().language(), Language::Japanese);
    for english in ["What it meant", "What happened", "Strategy", "Batch", "Open"] {
        assert!(room.harness.query_all_by_label(english).next().is_none(), "{english}");
    }
    for japanese in ["結果", "出来事", "方式", "バッチ", "開く"] {
        assert!(room.harness.query_all_by_label(japanese).next().is_some(), "{japanese}");
    }
    // 2 batches of 100 s instead of 4: figures that were worked out before are said anew, and what they were before too.
    assert!(room.has("10台中5台、2バッチ"));
    assert_eq!(room.score("所要時間"), "所要時間: 3分20秒, −3分20秒");
    assert_eq!(room.score("最低処理能力"), "最低処理能力: 50%, −20%");
    // What was paused stays so, and the playhead where it was.
    assert_eq!(room.t(), 0);
    room.node(Role::Button, "再生");
    room.node(Role::Slider, "時間");
    // A preset's name is said in the language too.
    room.node(Role::Button, "シナリオ：ローリング、3台ずつ（変更あり）");

    room.click(Role::Button, "言語（Language）：日本語");
    room.click(Role::Button, "English");
    assert!(room.stage().starts_with("Stage: Batch 1 of 2: draining 01"), "{}", room.stage());
    assert_eq!(room.score("Duration"), "Duration: 3 min 20 s, −3 min 20 s");
    room.node(Role::Button, "Scenario: Rolling, three at a time, edited");
}

#[test]
fn the_windows_title_follows_the_language() {
    let mut room = room();
    room.click(Role::Button, "Language: English");
    room.node(Role::Button, "日本語").click();
    let mut titles = Vec::new();
    for _ in 0..4 {
        room.harness.step();
        titles.extend(title(&room));
    }
    assert_eq!(titles, ["ローリング、3台ずつ – deployscope"]);
}

#[test]
fn a_preset_is_listed_in_the_language_and_a_scenario_of_ones_own_as_written() {
    speak(Language::Japanese);
    let mut scenario = Opened::named("rolling").unwrap();
    let mut room = room_of(scenario.clone(), vec2(1280.0, 800.0), 1.0);
    room.click(Role::Button, "シナリオ：ローリング、3台ずつ");
    room.click(Role::ListBoxOption, "カナリア");
    room.node(Role::Button, "シナリオ：カナリア");
    scenario.scenario.name = "My own".to_owned();
    let room = room_of(scenario, vec2(1280.0, 800.0), 1.0);
    room.node(Role::Button, "シナリオ：My own");
}

/// A text as it was painted.
struct Painted {
    text: String,
    rect: Rect,
    clip: Rect,
    elided: bool,
}

fn texts(shapes: &[ClippedShape]) -> Vec<Painted> {
    fn of(shape: &Shape, clip: Rect, found: &mut Vec<Painted>) {
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| of(shape, clip, found)),
            Shape::Text(TextShape { pos, galley, .. }) => found.push(Painted {
                text: galley.text().to_owned(),
                rect: galley.rect.translate(pos.to_vec2()),
                clip,
                elided: galley.elided,
            }),
            _ => {}
        }
    }
    let mut found = Vec::new();
    for ClippedShape { clip_rect, shape, .. } in shapes {
        of(shape, *clip_rect, &mut found);
    }
    found
}

/// What is cut of the texts of a frame: shortened with an ellipsis, or beyond the sides of where it may be seen. Above and
/// below a list goes on, and is scrolled there.
fn cut(room: &Room) -> Vec<String> {
    let texts = texts(&room.harness.output().shapes);
    assert!(texts.len() > 50, "the texts of a whole window: {}", texts.len());
    let cut = texts.into_iter().filter(|text| {
        let seen = text.rect.intersects(text.clip);
        let beyond = text.rect.left() < text.clip.left() - 1.0 || text.rect.right() > text.clip.right() + 1.0;
        !text.text.trim().is_empty() && (text.elided || (seen && beyond))
    });
    cut.map(|text| text.text).collect()
}

/// A word of the window in a language.
fn word(language: Language, english: &'static str, japanese: &'static str) -> &'static str {
    match language {
        Language::English => english,
        Language::Japanese => japanese,
    }
}

/// The window on `presets` in every language, at some shares of each: `preset language text` of everything that is cut.
fn cut_in(presets: &[Preset], shares: &[f64]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for language in Language::ALL {
        speak(language);
        for preset in presets {
            let mut room = room_of(Opened::named(preset.name).unwrap(), vec2(1280.0, 800.0), 1.0);
            for share in shares {
                room.node(Role::Slider, word(language, "Time", "時間")).set_value_accesskit(*share);
                room.run();
                found.extend(cut(&room).into_iter().map(|text| format!("{} {}: {text}", preset.name, language.code())));
            }
        }
    }
    found
}

#[test]
fn no_text_is_cut_in_any_language() {
    let (strategies, others) = BUILT_IN.split_at(FOR_STRATEGIES);
    let mut found = cut_in(strategies, &[0.0, 0.25, 0.5, 0.75, 1.0]);
    found.extend(cut_in(others, &[0.3, 1.0]));
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn no_setting_is_cut_in_any_language() {
    let mut found = BTreeSet::new();
    for language in Language::ALL {
        speak(language);
        for preset in BUILT_IN.iter().take(FOR_STRATEGIES + SITUATIONS) {
            // As wide as the window usually is, and so high that every setting is seen.
            let mut room = room_of(Opened::named(preset.name).unwrap(), vec2(1280.0, 3600.0), 1.0);
            let folded = room.harness.query_all_by_role(Role::DisclosureTriangle).map(|node| node.accesskit_node());
            let folded = folded.filter(|node| node.data().is_expanded() == Some(false));
            let names: Vec<String> = folded.map(|node| said(&node)).collect();
            assert!(names.len() > 3, "{names:?}");
            for name in names {
                room.click(Role::DisclosureTriangle, &name);
            }
            found.extend(cut(&room).into_iter().map(|text| format!("{} {}: {text}", preset.name, language.code())));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn no_menu_dialog_or_reason_is_cut_in_any_language() {
    for language in Language::ALL {
        speak(language);
        let mut room = room_of(Opened::named("rolling-on-a-busy-day").unwrap(), vec2(1280.0, 800.0), 1.0);
        room.node(Role::Slider, word(language, "Time", "時間")).set_value_accesskit(0.3);
        room.keys(&[Key::W]);
        assert_eq!(cut(&room), [""; 0], "why, {}", language.code());
        room.keys(&[Key::Escape, Key::F1]);
        assert_eq!(cut(&room), [""; 0], "help, {}", language.code());
        room.click(Role::Button, word(language, "Close", "閉じる"));
        let menus =
            [("Settings", "設定"), ("Language: ", "言語（Language）："), ("Speed: ", "速度："), ("All commands", "すべてのコマンド")];
        for (english, japanese) in menus {
            let begins = word(language, english, japanese);
            room.harness.get_by(|node| node.role() == Role::Button && said(node).starts_with(begins)).click();
            room.run();
            assert_eq!(cut(&room), [""; 0], "{english}, {}", language.code());
            room.keys(&[Key::Escape]);
        }
        room.keys(&[Key::Num1]);
        room.chord(Modifiers::COMMAND, Key::Q);
        room.node(Role::Button, word(language, "Discard", "破棄"));
        assert_eq!(cut(&room), [""; 0], "unsaved, {}", language.code());
    }
}

#[test]
fn a_text_that_is_cut_is_found() {
    let mut opened = Opened::named("rolling").unwrap();
    opened.scenario.name = "A name that is far too long for the place that a window can give to the name of a scenario".to_owned();
    let mut room = room_of(opened, vec2(1280.0, 800.0), 1.0);
    room.keys(&[Key::Home]);
    assert_eq!(cut(&room).len(), 1);
}
