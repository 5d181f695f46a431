//! A handle on a curve: its level is dragged up and down, or changed by the arrow keys.

use eframe::egui::{CursorIcon, Id, Pos2, Rect, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::slide::{self, Arrows, Ask};
use crate::app::theme::Theme;

/// A handle at a level.
pub struct LevelHandle<'a> {
    name: &'a str,
    value: f64,
    most: f64,
    /// What a point on the screen is worth.
    per_point: f64,
    value_text: &'a str,
    hover: &'a str,
}

const RADIUS: f32 = 6.0;
const GRAB: f32 = 18.0;

/// Where a drag began.
#[derive(Clone, Copy)]
struct Began {
    value: f64,
    per_point: f64,
}

impl<'a> LevelHandle<'a> {
    /// A handle named `name` at `value`, from 0 to `most`; a point on the screen is worth `per_point`.
    pub fn new(name: &'a str, value: f64, most: f64, per_point: f64) -> Self {
        LevelHandle { name, value, most, per_point, value_text: "", hover: "" }
    }

    /// How the value reads.
    pub fn value_text(mut self, text: &'a str) -> Self {
        self.value_text = text;
        self
    }

    /// What it does, on hovering.
    pub fn hover(mut self, text: &'a str) -> Self {
        self.hover = text;
        self
    }

    /// Shows it at a place of its own, over what is there. The value that a person wants, if another one.
    pub fn show(self, ui: &Ui, id: Id, centre: Pos2) -> Option<f64> {
        let rect = Rect::from_center_size(centre, vec2(GRAB, GRAB));
        let response = ui.interact(rect, id, Sense::drag());
        let step = self.step();
        let mut value = self.value;
        if response.drag_started() {
            ui.data_mut(|data| data.insert_temp(id, Began { value: self.value, per_point: self.per_point }));
        }
        if response.dragged()
            && let Some(began) = ui.data(|data| data.get_temp::<Began>(id))
            && let Some(dragged) = response.total_drag_delta()
            && dragged.y != 0.0
        {
            // By the scale at which it began: the curve's own may change meanwhile.
            let wanted = began.value - f64::from(dragged.y) * began.per_point;
            value = (wanted / step).round() * step;
        }
        for ask in slide::asks(ui, &response, Arrows::All) {
            value = match ask {
                Ask::Steps(steps) => value + step * f64::from(steps),
                Ask::Pages(pages) => value + 10.0 * step * f64::from(pages),
                Ask::Start => 0.0,
                Ask::End => value,
                Ask::Value(wanted) => wanted,
            };
        }
        let value = value.clamp(0.0, self.most);
        response.widget_info(|| WidgetInfo::slider(ui.is_enabled(), value, self.name));
        slide::tell(ui, &response, (0.0, self.most), step, self.value_text);
        if ui.is_rect_visible(rect) {
            let theme = Theme::of(ui);
            let hot = response.hovered() || response.dragged() || response.has_focus();
            let radius = if hot { RADIUS } else { RADIUS - 1.0 };
            ui.painter().circle(centre, radius, theme.panel, Stroke::new(2.0, if hot { theme.accent } else { theme.demand_line }));
            if hot {
                for (tip, side) in [(-11.0, -7.5), (11.0, 7.5)] {
                    let arrow = [(0.0, tip), (3.5, side), (-3.5, side)].map(|(x, y)| centre + vec2(x, y));
                    ui.painter().add(Shape::convex_polygon(arrow.to_vec(), theme.accent, Stroke::NONE));
                }
            }
            if response.has_focus() {
                ui.painter().circle_stroke(pos2(centre.x, centre.y), RADIUS + 3.0, Stroke::new(2.0, theme.focus));
            }
        }
        let changed = value.to_bits() != self.value.to_bits();
        response.on_hover_and_drag_cursor(CursorIcon::ResizeVertical).on_hover_text(self.hover);
        changed.then_some(value)
    }

    /// A round step of about a point.
    fn step(&self) -> f64 {
        // From 0.45 of a point to 4.5.
        10_f64.powf((self.per_point.max(1e-3).log10() + 0.35).floor())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_round_and_about_a_point() {
        // 800 requests per second on 80 points: 10 a point; on 100 points 8, which is 10 too.
        for (per_point, step) in [(10.0, 10.0), (10.02, 10.0), (8.0, 10.0), (0.5, 1.0), (12_000.0, 10_000.0)] {
            assert_eq!(LevelHandle::new("demand", 0.0, 1.0, per_point).step(), step);
        }
    }
}
