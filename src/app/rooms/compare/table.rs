//! The figures of the compared, a row a figure and a column a deployment; the best and the worst of each row are marked.

use eframe::egui::{Align2, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::app::theme::{Text, Theme};
use crate::study::compare::{Comparison, Mark, Row};
use crate::text::study as words;

const ROW: f32 = 28.0;
const LABELS: f32 = 176.0;

pub(super) fn show(ui: &mut Ui, comparison: &Comparison, baseline: Option<usize>) {
    let theme = Theme::of(ui);
    let whole = ui.max_rect();
    ui.painter().rect_filled(whole, 8, theme.panel);
    let inner = whole.shrink2(vec2(12.0, 4.0));
    let columns = comparison.columns.len().max(1);
    let labels = LABELS.min(inner.width() * 0.25);
    #[expect(clippy::cast_precision_loss, reason = "a handful of columns")]
    let cell = |i: usize, top: f32| {
        let width = (inner.width() - labels) / columns as f32;
        Rect::from_min_size(pos2(inner.left() + labels + width * i as f32, top), vec2(width - 4.0, ROW))
    };
    // All in smaller letters where one would be cut.
    let cut = |name: &str| Text::SmallStrong.line(ui.painter(), name, theme.text_dim, cell(0, 0.0).width()).elided;
    let text = if comparison.columns.iter().any(|column| cut(&column.name)) { Text::Label } else { Text::SmallStrong };
    for (i, column) in comparison.columns.iter().enumerate() {
        text.paint(ui.painter(), cell(i, inner.top()), Align2::RIGHT_CENTER, &column.name, theme.text_dim);
    }
    let body = inner.with_min_y(inner.top() + ROW);
    let mut area = crate::app::watch::area(ui, "rows", body);
    ScrollArea::vertical().auto_shrink(false).show(&mut area, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for row in comparison.rows() {
            let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
            let name = name(&row);
            let values: Vec<String> = row.values.iter().map(|value| words::value(row.key, *value)).collect();
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, said(&name, comparison, &row, &values)));
            if !ui.is_rect_visible(rect) {
                continue;
            }
            let painter = ui.painter();
            painter.hline(rect.x_range(), rect.top() + 0.5, (1.0, theme.line));
            let label = Rect::from_min_size(rect.min, vec2(labels - 8.0, ROW));
            Text::Body.paint(painter, label, Align2::LEFT_CENTER, &name, theme.text_dim);
            for (i, (value, mark)) in values.iter().zip(&row.marks).enumerate() {
                let cell = cell(i, rect.top());
                let colour = match mark {
                    Some(Mark::Best) => theme.good,
                    Some(Mark::Worst) => theme.failed,
                    None => theme.text,
                };
                let text = if mark.is_some() { Text::Strong } else { Text::Body };
                let mut left = text.paint(painter, cell, Align2::RIGHT_CENTER, value, colour).rect.left();
                let beside = |words: &str, colour, left: f32| {
                    let room = cell.with_max_x(left - 4.0);
                    let wide = Text::Label.line(painter, words, colour, f32::INFINITY).size().x;
                    if wide <= room.width() {
                        Text::Label.paint(painter, room, Align2::RIGHT_CENTER, words, colour).rect.left()
                    } else {
                        left
                    }
                };
                if let Some(mark) = mark {
                    left = beside(words::mark(*mark), colour, left);
                }
                if let Some(difference) = difference(&row, baseline, i) {
                    beside(&difference, theme.text_faint, left);
                }
            }
            response.on_hover_text(words::meaning(row.key, row.of_bad_release));
        }
    });
}

fn name(row: &Row) -> String {
    if row.of_bad_release { words::figure_if_bad(row.key) } else { words::figure(row.key) }
}

fn difference(row: &Row, baseline: Option<usize>, i: usize) -> Option<String> {
    let before = row.values.get(baseline.filter(|baseline| *baseline != i)?)?;
    words::difference(row.key, *row.values.get(i)?, *before)
}

/// A row for those who cannot see it: every value with whose it is, the best and the worst in words.
fn said(name: &str, comparison: &Comparison, row: &Row, values: &[String]) -> String {
    let cells = comparison.columns.iter().zip(values).zip(&row.marks).map(|((column, value), mark)| match mark {
        Some(mark) => format!("{} {value} ({})", column.name, words::mark(*mark)),
        None => format!("{} {value}", column.name),
    });
    format!("{name}: {}", cells.collect::<Vec<_>>().join(", "))
}
