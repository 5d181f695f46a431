//! A line with a handle for a whole number between two others.

use std::ops::RangeInclusive;

use eframe::egui::{CursorIcon, Rect, Response, Sense, Stroke, Ui, Widget, WidgetInfo, pos2, vec2};

use super::slide::{self, Arrows, Ask};
use crate::app::theme::Theme;

/// A slider as wide as there is room.
pub struct KnobSlider<'a> {
    name: &'a str,
    value: &'a mut u32,
    range: RangeInclusive<u32>,
    step: u32,
    value_text: &'a str,
}

const HEIGHT: f32 = 20.0;
const HANDLE: f32 = 7.0;

impl<'a> KnobSlider<'a> {
    /// A slider named `name` for `value`, which it keeps in `range`.
    pub fn new(name: &'a str, value: &'a mut u32, range: RangeInclusive<u32>) -> Self {
        KnobSlider { name, value, range, step: 1, value_text: "" }
    }

    /// How far one arrow key goes, and the multiples dragging stops at (counted from the least value). At least 1.
    pub fn step(mut self, step: u32) -> Self {
        self.step = step.max(1);
        self
    }

    /// How the value reads, with its unit.
    pub fn value_text(mut self, text: &'a str) -> Self {
        self.value_text = text;
        self
    }

    fn nearest(&self, value: f64) -> u32 {
        let (least, most) = (*self.range.start(), *self.range.end());
        let step = f64::from(self.step);
        let stepped = f64::from(least) + ((value - f64::from(least)) / step).round() * step;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped between two u32")]
        let nearest = stepped.clamp(f64::from(least), f64::from(most.max(least))) as u32;
        nearest
    }
}

impl Widget for KnobSlider<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let (least, most) = (f64::from(*self.range.start()), f64::from((*self.range.end()).max(*self.range.start())));
        let (rect, mut response) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::click_and_drag());
        let track = Rect::from_center_size(rect.center(), vec2(rect.width() - 2.0 * HANDLE, 4.0));

        let before = *self.value;
        let mut value = before;
        if let Some(pointer) = slide::held_at(&response) {
            let share = f64::from((pointer.x - track.left()) / track.width().max(1.0)).clamp(0.0, 1.0);
            value = self.nearest(least + share * (most - least));
        }
        for ask in slide::asks(ui, &response, Arrows::All) {
            let (now, step) = (f64::from(value), f64::from(self.step));
            value = match ask {
                Ask::Steps(steps) => self.nearest(now + step * f64::from(steps)),
                Ask::Pages(pages) => self.nearest(now + f64::from(pages) * ((most - least) / 10.0).max(step)),
                Ask::Start => self.nearest(least),
                Ask::End => *self.range.end(),
                Ask::Value(wanted) => self.nearest(wanted),
            };
        }
        if value != before {
            *self.value = value;
            response.mark_changed();
        }

        response.widget_info(|| WidgetInfo::slider(ui.is_enabled(), f64::from(value), self.name));
        slide::tell(ui, &response, (least, most), f64::from(self.step), self.value_text);

        if ui.is_rect_visible(rect) {
            let theme = Theme::of(ui);
            let painter = ui.painter();
            let share = if most > least { ((f64::from(value) - least) / (most - least)).clamp(0.0, 1.0) } else { 0.0 };
            #[expect(clippy::cast_possible_truncation, reason = "a share of 0 to 1")]
            let x = track.left() + track.width() * share as f32;
            let whole = track.expand2(vec2(HANDLE, 0.0));
            painter.rect_filled(whole, 2, theme.tile);
            painter.rect_filled(whole.with_max_x(x), 2, theme.accent);
            let centre = pos2(x, track.center().y);
            let hot = response.hovered() || response.dragged();
            painter.circle(centre, HANDLE - 1.0, theme.panel, Stroke::new(if hot { 3.0 } else { 2.0 }, theme.accent));
            if response.has_focus() {
                painter.circle_stroke(centre, HANDLE + 2.0, Stroke::new(2.0, theme.focus.gamma_multiply(0.5)));
            }
        }
        response.on_hover_and_drag_cursor(CursorIcon::ResizeHorizontal)
    }
}
