//! A small picture of the capacity over a whole deployment, with the full capacity as a dotted line.

use eframe::egui::emath::GuiRounding as _;
use eframe::egui::{Painter, Rect, Response, Role, Sense, Stroke, Ui, Vec2, Widget, WidgetInfo, pos2, vec2};

use crate::app::theme::Theme;

/// The capacity as steps: each point is (when, 0 to 1 of the whole time; capacity, 1 is full) and holds until the next.
pub struct CapacityPicture<'a> {
    steps: &'a [(f32, f32)],
    name: &'a str,
    chosen: bool,
}

impl<'a> CapacityPicture<'a> {
    /// The picture's size in points.
    pub const SIZE: Vec2 = vec2(48.0, 20.0);

    /// What the full height of the picture stands for.
    const TOP: f32 = 2.2;

    /// A picture named `name`. `steps` are in the order of time.
    pub fn new(steps: &'a [(f32, f32)], name: &'a str) -> Self {
        CapacityPicture { steps, name, chosen: false }
    }

    /// In the colours of a chosen row.
    pub fn chosen(mut self, chosen: bool) -> Self {
        self.chosen = chosen;
        self
    }

    /// Draws the steps in `rect`.
    pub fn paint(painter: &Painter, rect: Rect, theme: &Theme, steps: &[(f32, f32)], chosen: bool) {
        let scale = painter.pixels_per_point();
        let rect = rect.round_to_pixels(scale);
        let fill = if chosen { theme.picture_chosen } else { theme.picture };
        let y = |capacity: f32| rect.bottom() - rect.height() * (capacity / Self::TOP).clamp(0.0, 1.0);
        let draw = |from: f32, to: f32, capacity: f32| {
            let block = Rect::from_min_max(pos2(from, y(capacity)), pos2(to, rect.bottom())).round_to_pixels(scale);
            if block.is_positive() {
                painter.rect_filled(block, 0, fill);
            }
        };
        // One column a pixel at most; a column shows the lowest of its capacities, so that no dip is lost.
        let pixel = 1.0 / scale;
        let mut column: Option<(f32, f32, f32)> = None;
        for (i, &(at, capacity)) in steps.iter().enumerate() {
            let end = steps.get(i + 1).map_or(1.0, |next| next.0);
            let from = rect.left() + rect.width() * at.clamp(0.0, 1.0);
            let to = rect.left() + rect.width() * end.clamp(0.0, 1.0);
            column = match column {
                Some((start, _, low)) if to - start < pixel => Some((start, to, low.min(capacity))),
                Some((start, stop, low)) if stop - start < pixel => Some((start, to, low.min(capacity))),
                Some((start, stop, low)) => {
                    draw(start, stop, low);
                    Some((from, to, capacity))
                }
                None => Some((from, to, capacity)),
            };
        }
        if let Some((start, stop, low)) = column {
            draw(start, stop, low);
        }
        let full = painter.round_to_pixel_center(y(1.0));
        let mut x = rect.left();
        while x + 1.0 < rect.right() {
            painter.hline(x..=x + 2.0, full, Stroke::new(1.0, theme.text_dim));
            x += 4.0;
        }
    }
}

impl Widget for CapacityPicture<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let (rect, response) = ui.allocate_exact_size(Self::SIZE, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, self.name));
        if ui.is_rect_visible(rect) {
            Self::paint(ui.painter(), rect, Theme::of(ui), self.steps, self.chosen);
        }
        response
    }
}
