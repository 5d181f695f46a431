//! What the keyboard and assistive technology ask of a slider, and what a slider tells them.

use eframe::egui::accesskit::{Action, ActionData, Orientation};
use eframe::egui::{EventFilter, Id, Key, Modifiers, Pos2, Response, Ui};

/// A wish to move a slider's handle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Ask {
    /// By so many steps.
    Steps(i32),
    /// By so many pages.
    Pages(i32),
    /// To the least value.
    Start,
    /// To the greatest value.
    End,
    /// To a value.
    Value(f64),
}

/// Which arrows move the handle; the others are left to the rest of the window.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Arrows {
    /// Left and right.
    Horizontal,
    /// All four.
    All,
}

/// Where the pointer holds the slider, from pressing it to letting go.
pub(super) fn held_at(response: &Response) -> Option<Pos2> {
    let held = response.is_pointer_button_down_on() || response.clicked() || response.drag_stopped();
    response.interact_pointer_pos().filter(|_| held)
}

/// Takes the wishes of this frame. Keys count while `response` has the keyboard and no modifier is held.
pub(super) fn asks(ui: &Ui, response: &Response, arrows: Arrows) -> Vec<Ask> {
    let mut asks = Vec::new();
    if !ui.is_enabled() {
        return asks;
    }
    let all = arrows == Arrows::All;
    if response.has_focus() {
        let filter = EventFilter { horizontal_arrows: true, vertical_arrows: all, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        ui.input_mut(|input| {
            if !input.modifiers.is_none() {
                return;
            }
            let mut take = |key, ask| (0..input.count_and_consume_key(Modifiers::NONE, key)).for_each(|_| asks.push(ask));
            take(Key::ArrowLeft, Ask::Steps(-1));
            take(Key::ArrowRight, Ask::Steps(1));
            if all {
                take(Key::ArrowDown, Ask::Steps(-1));
                take(Key::ArrowUp, Ask::Steps(1));
            }
            take(Key::PageDown, Ask::Pages(-1));
            take(Key::PageUp, Ask::Pages(1));
            take(Key::Home, Ask::Start);
            take(Key::End, Ask::End);
        });
    }
    ui.input(|input| {
        let id: Id = response.id;
        asks.extend((0..input.num_accesskit_action_requests(id, Action::Increment)).map(|_| Ask::Steps(1)));
        asks.extend((0..input.num_accesskit_action_requests(id, Action::Decrement)).map(|_| Ask::Steps(-1)));
        asks.extend(input.accesskit_action_requests(id, Action::SetValue).filter_map(|request| match request.data {
            Some(ActionData::NumericValue(value)) if value.is_finite() => Some(Ask::Value(value)),
            Some(_) | None => None,
        }));
    });
    asks
}

/// Tells assistive technology a slider's range, step, and how its value reads.
pub(super) fn tell(ui: &Ui, response: &Response, range: (f64, f64), step: f64, value_text: &str) {
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_orientation(Orientation::Horizontal);
        node.set_min_numeric_value(range.0);
        node.set_max_numeric_value(range.1);
        node.set_numeric_value_step(step);
        if !value_text.is_empty() {
            node.set_value(value_text);
        }
        for action in [Action::SetValue, Action::Increment, Action::Decrement] {
            node.add_action(action);
        }
    });
}
