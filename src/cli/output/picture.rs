//! A small picture of the in-service capacity over time, drawn in text.

use std::io::{self, Write};

use crate::text::command as words;
use crate::text::numbers::{amount, clock};
use crate::timeline::{Timeline, Version};
use crate::units::Time;

const COLUMNS: u32 = 60;
const ROWS: u32 = 6;

/// What stands in a cell.
const OLD: char = '█';
const NEW: char = '▒';
const DEMAND: char = '-';

/// Draws capacity by version, and the demand where it is above it.
pub(super) fn draw(out: &mut dyn Write, timeline: &Timeline) -> io::Result<()> {
    if timeline.end() == Time::ZERO {
        return Ok(());
    }
    let columns: Vec<Column> = (0..COLUMNS).map(|i| Column::of(timeline, i)).collect();
    let peak = columns.iter().map(|c| (c.old + c.new).max(c.demand)).fold(0.0, f64::max);
    if peak <= 0.0 {
        return Ok(());
    }
    writeln!(out, "{}", words::picture())?;
    let label_width = amount(peak).len();
    for row in (0..ROWS).rev() {
        // A cell is filled by what reaches its middle.
        let middle = (f64::from(row) + 0.5) / f64::from(ROWS) * peak;
        let cells: String = columns
            .iter()
            .map(|c| {
                if middle <= c.old {
                    OLD
                } else if middle <= c.old + c.new {
                    NEW
                } else if c.demand > c.old + c.new && row_of(c.demand / peak) == row {
                    DEMAND
                } else {
                    ' '
                }
            })
            .collect();
        let label = if row == ROWS - 1 { amount(peak) } else { String::new() };
        writeln!(out, "{label:>label_width$} │{}", cells.trim_end())?;
    }
    writeln!(out, "{:>label_width$} └{}", "0", "─".repeat(COLUMNS as usize))?;
    let end = clock(timeline.end());
    writeln!(out, "{:label_width$}  {:<gap$}{end}", "", clock(Time::ZERO), gap = COLUMNS as usize - end.len())?;
    writeln!(out, "{:label_width$}  {}", "", words::picture_legend(OLD, NEW, DEMAND))
}

/// The row that a part of the height reaches into.
fn row_of(part: f64) -> u32 {
    (0..ROWS).rev().find(|&row| part > f64::from(row) / f64::from(ROWS)).unwrap_or(0)
}

/// The least capacity in one column's stretch of time, and the demand then.
struct Column {
    old: f64,
    new: f64,
    demand: f64,
}

impl Column {
    fn of(timeline: &Timeline, i: u32) -> Column {
        let end = timeline.end().as_us();
        let at = |i: u32| u64::try_from(u128::from(end) * u128::from(i) / u128::from(COLUMNS)).unwrap_or(end);
        let (from, to) = (Time::from_us(at(i)), Time::from_us(at(i + 1)));
        let first = timeline.moments().partition_point(|m| m.at <= from).saturating_sub(1);
        let moments = timeline.moments()[first..].iter().take_while(|m| m.at < to || m.at <= from);
        let least =
            moments.min_by(|one, other| timeline.capacity(one).total_cmp(&timeline.capacity(other))).unwrap_or_else(|| timeline.at(from));
        let t = least.at.max(from);
        Column {
            old: f64::from(least.in_service_old()) * timeline.capacity_of(Version::Old),
            new: f64::from(least.in_service_new()) * timeline.capacity_of(Version::New),
            demand: timeline.demand(t),
        }
    }
}
