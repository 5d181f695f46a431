//! What a person lets happen, on the ribbon: a pin that is dragged or moved with the arrow keys.

use eframe::egui::{CursorIcon, Id, Key, Modifiers, Rect, Response, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::slide::{self, Arrows, Ask};
use crate::app::theme::Theme;

/// An event of the scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct EventMark {
    /// What happens.
    pub label: String,
    /// When, as a share of the whole, 0 to 1.
    pub at: f64,
    /// How that reads.
    pub value_text: String,
}

/// What a person wants of an event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum EventAsk {
    /// It is moved by this share of the whole.
    MoveBy(f64),
    /// It is moved to this share of the whole.
    MoveTo(f64),
    /// The playhead goes there.
    Visit,
    /// It is to be edited.
    Edit,
    /// It is taken away.
    Remove,
}

/// The pin's size, and what is grabbed.
const PIN: f32 = 5.0;
const GRAB: f32 = 14.0;

/// Shows a pin whose head is at `x` and `y`, and whose needle reaches down to `foot`. An arrow key moves it by `step`,
/// a page by `page`; a point of dragging is `point` of the whole.
pub(super) fn show(
    ui: &Ui,
    id: Id,
    mark: &EventMark,
    (x, y, foot): (f32, f32, f32),
    (step, page, point): (f64, f64, f64),
) -> Option<EventAsk> {
    let rect = Rect::from_center_size(pos2(x, y), vec2(GRAB, GRAB));
    let response = ui.interact(rect, id, Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::slider(ui.is_enabled(), mark.at, &mark.label));
    slide::tell(ui, &response, (0.0, 1.0), step, &mark.value_text);
    let mut asked = None;
    if response.dragged() && response.drag_delta().x != 0.0 {
        asked = Some(EventAsk::MoveBy(f64::from(response.drag_delta().x) * point));
    } else if response.secondary_clicked() || response.double_clicked() {
        asked = Some(EventAsk::Edit);
    } else if response.clicked() {
        asked = Some(EventAsk::Visit);
    }
    for ask in slide::asks(ui, &response, Arrows::Horizontal) {
        asked = Some(match ask {
            Ask::Steps(steps) => EventAsk::MoveBy(step * f64::from(steps)),
            Ask::Pages(pages) => EventAsk::MoveBy(page * f64::from(pages)),
            Ask::Start => EventAsk::MoveTo(0.0),
            Ask::End => EventAsk::MoveTo(1.0),
            Ask::Value(wanted) => EventAsk::MoveTo(wanted.clamp(0.0, 1.0)),
        });
    }
    if response.has_focus() {
        let remove = [Key::Delete, Key::Backspace].map(|key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)));
        if remove.contains(&true) {
            asked = Some(EventAsk::Remove);
        }
    }
    if ui.is_rect_visible(rect) {
        paint(ui, &response, (x, y, foot));
    }
    response.on_hover_and_drag_cursor(CursorIcon::ResizeHorizontal).on_hover_text(&mark.label);
    asked
}

fn paint(ui: &Ui, response: &Response, (x, y, foot): (f32, f32, f32)) {
    let theme = Theme::of(ui);
    let painter = ui.painter();
    let hot = response.hovered() || response.dragged() || response.has_focus();
    let x = painter.round_to_pixel_center(x);
    if hot {
        painter.vline(x, y..=foot, Stroke::new(1.0, theme.accent));
    }
    let head = vec![pos2(x - PIN, y - PIN), pos2(x + PIN, y - PIN), pos2(x + PIN, y), pos2(x, y + PIN), pos2(x - PIN, y)];
    painter.add(Shape::convex_polygon(head, theme.accent, Stroke::new(1.0, theme.panel)));
    if response.has_focus() {
        painter.circle_stroke(pos2(x, y), GRAB / 2.0 + 1.0, Stroke::new(2.0, theme.focus));
    }
}
