//! A table whose rows can be chosen: what a picture shows, for those who use the keyboard or cannot see it.

use eframe::egui::{Align2, CursorIcon, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::app::theme::{Text, Theme};
use crate::app::widgets::ring;

pub(super) const ROW: f32 = 28.0;
const GAP: f32 = 12.0;

/// One row.
pub(super) struct Row {
    pub(super) cells: Vec<String>,
    /// It is what is set now.
    pub(super) now: bool,
    /// It can be chosen.
    pub(super) on: bool,
}

/// A table's shape.
pub(super) struct Table<'a> {
    pub(super) name: &'a str,
    pub(super) headings: &'a [String],
    /// How wide each column is, of the whole.
    pub(super) widths: &'a [f32],
    /// The last column is words, and not figures.
    pub(super) words_last: bool,
}

impl Table<'_> {
    /// Shows `count` rows in all the room that `ui` has. The row that was chosen.
    pub(super) fn show(&self, ui: &mut Ui, count: usize, row: impl Fn(usize) -> Row) -> Option<usize> {
        let theme = Theme::of(ui);
        let whole = ui.available_rect_before_wrap();
        let inner = whole.shrink2(vec2(12.0, 4.0));
        ui.painter().rect_filled(whole, 8, theme.panel);
        for (i, heading) in self.headings.iter().enumerate() {
            let cell = self.cell(inner.shrink2(vec2(4.0, 0.0)), i, inner.top());
            let said = Text::SmallStrong.paint(ui.painter(), cell, self.align(i), heading, theme.text_dim);
            if said.elided {
                ui.interact(cell, ui.scope_id().with((self.name, "heading", i)), Sense::hover()).on_hover_text(heading);
            }
        }
        let mut chosen = None;
        let mut area = crate::app::watch::area(ui, self.name, inner.with_min_y(inner.top() + ROW));
        area.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical().id_salt(self.name).auto_shrink(false).show_rows(&mut area, ROW, count, |ui, range| {
            for i in range {
                if self.row(ui, i, &row(i)) {
                    chosen = Some(i);
                }
            }
        });
        ui.expand_to_include_rect(whole);
        chosen
    }

    fn row(&self, ui: &mut Ui, i: usize, row: &Row) -> bool {
        let theme = Theme::of(ui);
        let sense = if row.on { Sense::click() } else { Sense::hover() };
        let id = ui.scope_id().with((self.name, i));
        let (_, rect) = ui.allocate_space(vec2(ui.available_width(), ROW));
        let mut response = ui.interact(rect, id, sense);
        let said = self.said(row);
        response.widget_info(|| WidgetInfo::selected(Role::Button, row.on, row.now, &said));
        if row.now {
            ui.painter().rect_filled(rect, 4, theme.accent_soft);
        } else if response.hovered() && row.on {
            ui.painter().rect_filled(rect, 4, theme.hover);
        }
        ui.painter().hline(rect.x_range(), rect.top() + 0.5, (1.0, theme.line));
        let mut elided = false;
        for (column, cell) in row.cells.iter().enumerate() {
            let place = self.cell(rect.shrink2(vec2(4.0, 0.0)), column, rect.top());
            let (text, colour) = match (column, row.on) {
                (_, false) => (Text::Body, theme.text_faint),
                (0, true) if row.now => (Text::Strong, theme.text),
                (_, true) => (Text::Body, theme.text),
            };
            elided |= text.paint(ui.painter(), place, self.align(column), cell, colour).elided;
        }
        ring(ui, &response, rect, 4);
        if elided {
            response = response.on_hover_text(&said);
        }
        if row.on {
            response = response.on_hover_cursor(CursorIcon::PointingHand);
        }
        row.on && response.clicked()
    }

    /// A row for those who cannot see it: the first cell, then each heading with its value.
    fn said(&self, row: &Row) -> String {
        let mut said = row.cells.first().cloned().unwrap_or_default();
        for (heading, cell) in self.headings.iter().zip(&row.cells).skip(1).filter(|(_, cell)| !cell.is_empty()) {
            let value = format!("{heading} {cell}");
            said.push_str(", ");
            said.push_str(value.trim());
        }
        if row.now {
            said.push_str(", ");
            said.push_str(crate::text::sweep::now());
        }
        said
    }

    fn align(&self, column: usize) -> Align2 {
        if column == 0 || (self.words_last && column + 1 == self.headings.len()) { Align2::LEFT_CENTER } else { Align2::RIGHT_CENTER }
    }

    fn cell(&self, row: Rect, column: usize, top: f32) -> Rect {
        let before: f32 = self.widths.iter().take(column).sum();
        let all: f32 = self.widths.iter().sum();
        let own = self.widths.get(column).copied().unwrap_or_default();
        let unit = row.width() / all.max(f32::EPSILON);
        Rect::from_min_size(pos2(row.left() + before * unit, top), vec2((own * unit - GAP).max(0.0), ROW))
    }
}
