//! Tables of several columns, for people and for Markdown.

use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table, TableStyle, presets};

/// How a table looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// Columns apart, a line under the heading.
    Plain,
    /// A table of GitHub's Markdown.
    Markdown,
}

/// A table with a heading; all columns but the first are aligned to the right.
pub(super) fn table(look: Look, heading: Vec<String>, rows: Vec<Vec<String>>) -> String {
    let mut table = Table::new();
    let columns = heading.len();
    table.set_content_arrangement(ContentArrangement::Disabled).set_header(heading);
    table.load_style(match look {
        Look::Plain => TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─')),
        Look::Markdown => presets::ASCII_MARKDOWN,
    });
    for row in rows {
        table.add_row(row);
    }
    for column in 1..columns {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table.trim_fmt()
}
