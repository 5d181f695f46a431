//! Our widgets, operated by role and name: with the pointer, from the keyboard, and by assistive technology.
#![cfg(feature = "gui")]

use deployscope::app::theme::{self, Tone};
use deployscope::app::widgets::{
    CapacityPicture, ChoiceRow, Icon, IconButton, KnobSlider, LogRow, Mark, Notice, NoticeKind, NumberRow, Phase, PhaseLook, Ribbon,
    ScoreRow, Section, Segmented, StrategyRow, TextRow,
};
use eframe::egui::accesskit::{Role, Toggled};
use eframe::egui::{Event, Key, Modifiers, Pos2, Ui, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::{Harness, Node};

fn shown<'a, State>(state: State, ui: impl FnMut(&mut Ui, &mut State) + 'a) -> Harness<'a, State> {
    let mut harness = Harness::builder().with_size(vec2(400.0, 300.0)).with_context_setup(theme::install).build_ui_state(ui, state);
    harness.run();
    harness
}

fn node<'t, State>(harness: &'t Harness<'_, State>, role: Role, name: &'t str) -> Node<'t> {
    harness.get_by_role_and_label(role, name)
}

fn focus<State>(harness: &mut Harness<'_, State>, role: Role, name: &str) {
    node(harness, role, name).focus();
    harness.run();
    assert!(node(harness, role, name).is_focused(), "{name} takes the keyboard");
}

fn keys<State>(harness: &mut Harness<'_, State>, keys: &[Key]) {
    for &key in keys {
        harness.key_press(key);
        harness.run();
    }
}

/// Types over what is selected in the focused field.
fn type_over<State>(harness: &mut Harness<'_, State>, text: &str) {
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.event(Event::Text(text.to_owned()));
    harness.run();
}

#[test]
fn an_icon_button_is_clicked_and_pressed_by_its_name() {
    let mut harness = shown(0, |ui, clicks| {
        if ui.add(IconButton::new(Icon::Play, "Play").primary()).clicked() {
            *clicks += 1;
        }
    });
    node(&harness, Role::Button, "Play").click();
    harness.run();
    assert_eq!(*harness.state(), 1);
    focus(&mut harness, Role::Button, "Play");
    keys(&mut harness, &[Key::Space, Key::Enter]);
    assert_eq!(*harness.state(), 3);
    node(&harness, Role::Button, "Play").click_accesskit();
    harness.run();
    assert_eq!(*harness.state(), 4);
}

#[test]
fn tabs_are_chosen_and_a_disabled_one_is_not() {
    let mut harness = shown((0, 0), |ui, (chosen, changes)| {
        let tabs = Segmented::new("Rooms").tab("Watch").tab("Compare").disabled_tab("Odds", "No failures are set");
        if tabs.show(ui, chosen).changed() {
            *changes += 1;
        }
    });
    assert_eq!(node(&harness, Role::Tab, "Watch").accesskit_node().is_selected(), Some(true));
    node(&harness, Role::Tab, "Compare").click();
    harness.run();
    assert_eq!(*harness.state(), (1, 1));
    assert_eq!(node(&harness, Role::Tab, "Watch").accesskit_node().is_selected(), Some(false));
    node(&harness, Role::Tab, "Odds").click();
    harness.run();
    assert_eq!(*harness.state(), (1, 1));
    assert!(node(&harness, Role::Tab, "Odds").accesskit_node().is_disabled());
    focus(&mut harness, Role::Tab, "Compare");
    keys(&mut harness, &[Key::ArrowLeft, Key::Enter]);
    assert_eq!(*harness.state(), (0, 2));
}

#[test]
fn a_section_folds_away() {
    let mut harness = shown(true, |ui, open| {
        Section::new("Strategy").show(ui, |_| ());
        Section::collapsible("Timings", open).show(ui, |ui| ui.label("inside"));
    });
    node(&harness, Role::Heading, "Strategy");
    assert_eq!(node(&harness, Role::DisclosureTriangle, "Timings").accesskit_node().data().is_expanded(), Some(true));
    harness.get_by_label("inside");
    node(&harness, Role::DisclosureTriangle, "Timings").click();
    harness.run();
    assert!(harness.query_by_label("inside").is_none());
    focus(&mut harness, Role::DisclosureTriangle, "Timings");
    keys(&mut harness, &[Key::Space]);
    harness.get_by_label("inside");
}

#[test]
fn a_number_is_typed_stepped_and_set_and_stays_in_its_range() {
    let mut harness = shown(10_u32, |ui, value| {
        ui.add(NumberRow::new("Instances", value, 1..=100).unit("pieces"));
    });
    focus(&mut harness, Role::SpinButton, "Instances");
    keys(&mut harness, &[Key::ArrowUp, Key::ArrowUp, Key::ArrowDown]);
    assert_eq!(*harness.state(), 11);
    type_over(&mut harness, "42");
    assert_eq!(*harness.state(), 11, "a number half typed is not taken");
    keys(&mut harness, &[Key::Enter]);
    assert_eq!(*harness.state(), 42);
    node(&harness, Role::SpinButton, "Instances").increment_accesskit();
    harness.run();
    assert_eq!(*harness.state(), 43);
    node(&harness, Role::SpinButton, "Instances").set_value_accesskit(1000.0);
    harness.run();
    assert_eq!(*harness.state(), 100);

    let value = node(&harness, Role::SpinButton, "Instances").rect().center();
    harness.drag_at(value);
    harness.run();
    harness.hover_at(value - vec2(50.0, 0.0));
    harness.run();
    harness.drop_at(value - vec2(50.0, 0.0));
    harness.run();
    // 50 points of 0.2 each: 100 - 10
    assert_eq!(*harness.state(), 90);
}

#[test]
fn a_choice_is_made_from_a_menu() {
    let mut harness = shown(0_usize, |ui, chosen| {
        ui.add(ChoiceRow::new("Counted in", chosen, &["instances", "per cent"]));
    });
    assert_eq!(node(&harness, Role::ComboBox, "Counted in").value().as_deref(), Some("instances"));
    node(&harness, Role::ComboBox, "Counted in").click();
    harness.run();
    harness.get_by_label("per cent").click();
    harness.run();
    assert_eq!(*harness.state(), 1);
    assert_eq!(node(&harness, Role::ComboBox, "Counted in").value().as_deref(), Some("per cent"));
}

/// Seconds, as a person would type them here: `20 s`.
fn seconds(text: &str) -> Result<u32, String> {
    text.trim().trim_end_matches('s').trim().parse().map_err(|_| format!("`{text}` is not a time like 20 s"))
}

fn drain_row(ui: &mut Ui, drain_s: &mut u32) {
    let text = format!("{drain_s} s");
    if let Some(value) = TextRow::new("Drain", &text).show(ui, seconds).value {
        *drain_s = value;
    }
}

#[test]
fn a_text_is_taken_when_it_can_be_read_and_otherwise_the_fault_is_said() {
    let mut harness = shown(20, drain_row);
    let fault = "`soon` is not a time like 20 s";
    focus(&mut harness, Role::TextInput, "Drain");
    type_over(&mut harness, "soon");
    assert!(harness.query_by_label(fault).is_none(), "nothing is said while typing");
    keys(&mut harness, &[Key::Enter]);
    harness.get_by_label(fault);
    assert_eq!(*harness.state(), 20, "the last good value stays");
    assert_eq!(node(&harness, Role::TextInput, "Drain").accesskit_node().data().description(), Some(fault));

    focus(&mut harness, Role::TextInput, "Drain");
    type_over(&mut harness, "35");
    assert!(harness.query_by_label(fault).is_none(), "what is put right is no longer said");
    keys(&mut harness, &[Key::Enter]);
    assert_eq!(*harness.state(), 35);
    assert_eq!(node(&harness, Role::TextInput, "Drain").value().as_deref(), Some("35 s"));
}

#[test]
fn escape_and_a_change_from_elsewhere_drop_what_was_typed() {
    let mut harness = shown(20, drain_row);
    focus(&mut harness, Role::TextInput, "Drain");
    type_over(&mut harness, "99");
    keys(&mut harness, &[Key::Escape]);
    assert_eq!(*harness.state(), 20);
    assert_eq!(node(&harness, Role::TextInput, "Drain").value().as_deref(), Some("20 s"));

    node(&harness, Role::TextInput, "Drain").set_text_value_accesskit("soon");
    harness.run();
    assert_eq!(node(&harness, Role::TextInput, "Drain").value().as_deref(), Some("soon"));
    *harness.state_mut() = 30;
    harness.run();
    assert_eq!(node(&harness, Role::TextInput, "Drain").value().as_deref(), Some("30 s"));

    node(&harness, Role::TextInput, "Drain").set_text_value_accesskit("45 s");
    harness.run();
    assert_eq!(*harness.state(), 45);
}

#[test]
fn a_slider_follows_keys_values_and_the_pointer() {
    let mut harness = shown(3_u32, |ui, value| {
        ui.add(KnobSlider::new("Batch size", value, 1..=11).value_text("three"));
    });
    let slider = node(&harness, Role::Slider, "Batch size");
    let data = slider.accesskit_node();
    assert_eq!((data.numeric_value(), data.min_numeric_value(), data.max_numeric_value()), (Some(3.0), Some(1.0), Some(11.0)));
    assert_eq!(slider.value().as_deref(), Some("three"));

    focus(&mut harness, Role::Slider, "Batch size");
    keys(&mut harness, &[Key::ArrowRight, Key::ArrowUp, Key::ArrowLeft]);
    assert_eq!(*harness.state(), 4);
    keys(&mut harness, &[Key::Home]);
    assert_eq!(*harness.state(), 1);
    keys(&mut harness, &[Key::ArrowLeft]);
    assert_eq!(*harness.state(), 1);
    keys(&mut harness, &[Key::End]);
    assert_eq!(*harness.state(), 11);

    node(&harness, Role::Slider, "Batch size").set_value_accesskit(1e9);
    harness.run();
    assert_eq!(*harness.state(), 11);
    node(&harness, Role::Slider, "Batch size").set_value_accesskit(7.4);
    harness.run();
    assert_eq!(*harness.state(), 7);
    node(&harness, Role::Slider, "Batch size").decrement_accesskit();
    harness.run();
    assert_eq!(*harness.state(), 6);

    // The middle of the line is the middle of 1 to 11.
    keys(&mut harness, &[Key::Home]);
    node(&harness, Role::Slider, "Batch size").click();
    harness.run();
    assert_eq!(*harness.state(), 6);
}

#[test]
fn a_slider_stops_at_its_steps_and_bears_an_empty_range() {
    let mut harness = shown((0_u32, 5_u32), |ui, (stepped, only)| {
        ui.add(KnobSlider::new("Share", stepped, 0..=100).step(25));
        ui.add(KnobSlider::new("Only", only, 5..=5));
    });
    node(&harness, Role::Slider, "Share").set_value_accesskit(60.0);
    harness.run();
    // 60 / 25 = 2.4, so the nearest stop is 2 × 25
    assert_eq!(harness.state().0, 50);
    focus(&mut harness, Role::Slider, "Only");
    keys(&mut harness, &[Key::ArrowRight, Key::Home, Key::End]);
    assert_eq!(harness.state().1, 5);
}

#[test]
fn a_strategy_is_chosen_and_says_how_long_it_takes() {
    let steps = [(0.0, 0.7), (0.75, 0.9)];
    let mut harness = shown(0, |ui, chosen| {
        for (i, name) in ["Rolling", "Canary"].into_iter().enumerate() {
            if ui.add(StrategyRow::new(name, &steps, "6:40").describe("falls to 70 %").chosen(*chosen == i)).clicked() {
                *chosen = i;
            }
        }
    });
    let canary = node(&harness, Role::RadioButton, "Canary");
    assert_eq!(canary.accesskit_node().toggled(), Some(Toggled::False));
    assert_eq!(canary.value().as_deref(), Some("6:40"));
    assert_eq!(canary.accesskit_node().data().description(), Some("falls to 70 %"));
    canary.click();
    harness.run();
    assert_eq!(node(&harness, Role::RadioButton, "Canary").accesskit_node().toggled(), Some(Toggled::True));
    focus(&mut harness, Role::RadioButton, "Canary");
    keys(&mut harness, &[Key::ArrowUp, Key::Space]);
    assert_eq!(*harness.state(), 0);
}

#[test]
fn a_capacity_picture_has_a_name_and_bears_any_steps() {
    let odd = [(-1.0, f32::NAN), (0.5, f32::INFINITY), (0.2, -3.0), (f32::NAN, 1.0)];
    let many: Vec<(f32, f32)> = (0..10_000).map(|i| (i as f32 / 10_000.0, (i % 2) as f32)).collect();
    let harness = shown((), |ui, ()| {
        ui.add(CapacityPicture::new(&[], "nothing"));
        ui.add(CapacityPicture::new(&odd, "odd"));
        ui.add(CapacityPicture::new(&many, "many").chosen(true));
    });
    for name in ["nothing", "odd", "many"] {
        node(&harness, Role::Image, name);
    }
}

#[test]
fn an_outcome_reads_as_one_sentence() {
    let harness = shown((), |ui, ()| {
        ui.add(ScoreRow::new("Duration", "6 min 40 s").delta("+2 min", Tone::Bad));
        ui.add(ScoreRow::new("Downtime", "none"));
    });
    harness.get_by_label("Duration: 6 min 40 s, +2 min");
    harness.get_by_label("Downtime: none");
}

#[test]
fn an_event_of_the_log_is_clicked() {
    let mut harness = shown(0, |ui, clicks| {
        if ui.add(LogRow::new("2:00", "Batch 2 installing").current(true)).clicked() {
            *clicks += 1;
        }
    });
    let row = node(&harness, Role::ListBoxOption, "2:00 Batch 2 installing");
    assert_eq!(row.accesskit_node().is_selected(), Some(true));
    row.click();
    harness.run();
    focus(&mut harness, Role::ListBoxOption, "2:00 Batch 2 installing");
    keys(&mut harness, &[Key::Enter]);
    assert_eq!(*harness.state(), 2);
}

#[test]
fn a_notice_is_read_and_closed() {
    let mut harness = shown(true, |ui, there| {
        if *there && Notice::new(NoticeKind::Error, "The service is down.").closable("Close").show(ui).closed {
            *there = false;
        }
        Notice::new(NoticeKind::Information, "Saved.").show(ui);
    });
    node(&harness, Role::Alert, "The service is down.");
    node(&harness, Role::Status, "Saved.");
    node(&harness, Role::Button, "Close").click();
    harness.run();
    assert!(harness.query_by_label("The service is down.").is_none());
}

fn ribbon_of(n: u32, at: f64) -> Harness<'static, f64> {
    let phases: Vec<Phase> = (0..n)
        .map(|i| Phase {
            label: format!("batch {i}"),
            from: f64::from(i) / f64::from(n),
            to: f64::from(i + 1) / f64::from(n),
            look: PhaseLook::Forward,
        })
        .collect();
    let marks = [Mark { label: "alarm".into(), at: 0.9, tone: Tone::Bad, icon: None }];
    shown(at, move |ui, at| {
        let ribbon = Ribbon::new("Time", &phases, *at).marks(&marks).value_text("2:14 of 6:40").steps(0.01, 0.25);
        if let Some(to) = ribbon.show(ui).moved_to {
            *at = to;
        }
    })
}

#[test]
fn the_ribbon_moves_by_click_drag_keys_and_value() {
    let mut harness = ribbon_of(4, 0.25);
    let ribbon = node(&harness, Role::Slider, "Time");
    assert_eq!(ribbon.value().as_deref(), Some("2:14 of 6:40"));
    assert_eq!(ribbon.accesskit_node().numeric_value(), Some(0.25));
    let rect = ribbon.rect();
    ribbon.click();
    harness.run();
    assert!((harness.state() - 0.5).abs() < 1e-6);

    let at = |share: f32| Pos2::new(rect.left() + rect.width() * share, rect.center().y);
    harness.drag_at(at(0.5));
    harness.run();
    harness.hover_at(at(0.75));
    harness.run();
    assert!((harness.state() - 0.75).abs() < 1e-6, "{}", harness.state());
    harness.drop_at(at(2.0));
    harness.run();
    assert_eq!(*harness.state(), 1.0);

    focus(&mut harness, Role::Slider, "Time");
    keys(&mut harness, &[Key::Home]);
    assert_eq!(*harness.state(), 0.0);
    keys(&mut harness, &[Key::ArrowRight, Key::ArrowRight, Key::ArrowLeft]);
    assert!((harness.state() - 0.01).abs() < 1e-12);
    keys(&mut harness, &[Key::PageUp]);
    assert!((harness.state() - 0.26).abs() < 1e-12);
    keys(&mut harness, &[Key::End]);
    assert_eq!(*harness.state(), 1.0);
    harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowLeft);
    harness.run();
    assert_eq!(*harness.state(), 1.0, "a key with shift belongs to the window");

    node(&harness, Role::Slider, "Time").set_value_accesskit(0.4);
    harness.run();
    assert_eq!(*harness.state(), 0.4);
}

#[test]
fn hovering_the_ribbon_tells_the_phase_or_the_mark() {
    let mut harness = ribbon_of(4, 0.0);
    let rect = node(&harness, Role::Slider, "Time").rect();
    harness.hover_at(rect.center() + vec2(rect.width() * 0.2, 0.0));
    harness.run_steps(8);
    harness.get_by_label("batch 2");
    // The mark has a name of its own; hovered, it is told once more.
    assert_eq!(harness.query_all_by_label("alarm").count(), 1);
    harness.hover_at(rect.center() + vec2(rect.width() * 0.4, 0.0));
    harness.run_steps(8);
    assert_eq!(harness.query_all_by_label("alarm").count(), 2);
}

#[test]
fn a_ribbon_of_very_many_phases_or_none_is_drawn_and_moved() {
    for n in [0, 1, 100_000] {
        let mut harness = ribbon_of(n, 0.0);
        node(&harness, Role::Slider, "Time").click();
        harness.run();
        assert!((harness.state() - 0.5).abs() < 1e-6);
    }
}

#[test]
fn a_figure_in_words_stands_under_its_label_where_it_does_not_fit_beside_it() {
    let mut harness = shown(0, |ui, asked| {
        ui.set_width(200.0);
        if ui.add(ScoreRow::new("Next step", "none")).clicked() {
            *asked += 1;
        }
        ui.add(ScoreRow::new("Next", "redeploy the old version and wait"));
    });
    let height = |harness: &Harness<'_, i32>, name: &str| node(harness, Role::Button, name).rect().height();
    assert!(height(&harness, "Next: redeploy the old version and wait") > height(&harness, "Next step: none"));
    node(&harness, Role::Button, "Next step: none").click();
    harness.run();
    focus(&mut harness, Role::Button, "Next step: none");
    keys(&mut harness, &[Key::Enter]);
    assert_eq!(*harness.state(), 2);
}

#[test]
fn a_long_notice_takes_the_lines_it_needs() {
    let long = "Nothing may stop and nothing may start, so the deployment never ends. ".repeat(2);
    let harness = shown((), |ui, ()| {
        Notice::new(NoticeKind::Error, "Short.").lines(3).show(ui);
        Notice::new(NoticeKind::Warning, &long).lines(3).show(ui);
    });
    assert!(node(&harness, Role::Status, &long).rect().height() > node(&harness, Role::Alert, "Short.").rect().height());
}

#[test]
fn a_mark_of_the_ribbon_is_a_button_that_goes_there() {
    let marks = [
        Mark { label: "alarm".into(), at: 0.25, tone: Tone::Bad, icon: Some(Icon::Bell) },
        Mark { label: "goes back".into(), at: 0.75, tone: Tone::Warning, icon: None },
    ];
    let mut harness = shown(0.0, |ui, at| {
        if let Some(to) = Ribbon::new("Time", &[], *at).marks(&marks).show(ui).moved_to {
            *at = to;
        }
    });
    node(&harness, Role::Button, "goes back").click();
    harness.run();
    assert_eq!(*harness.state(), 0.75);
    focus(&mut harness, Role::Button, "alarm");
    keys(&mut harness, &[Key::Enter]);
    assert_eq!(*harness.state(), 0.25);
}
