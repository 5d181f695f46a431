//! What `compare` prints: a row a figure, a column a scenario.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::table::{Look, table};
use crate::metrics::Metrics;
use crate::study::compare::{Comparison, Mark, Row};
use crate::text::study as words;

fn name(row: &Row) -> String {
    if row.of_bad_release { words::figure_if_bad(row.key) } else { words::figure(row.key) }
}

/// A figure's key, behind `bad.` where it is that of the bad release.
fn key(row: &Row) -> String {
    if row.of_bad_release { format!("bad.{}", row.key.name()) } else { row.key.name().to_owned() }
}

/// A table for people, or for a pull request: values with their units, best and worst in words, and what is more or less
/// than in the baseline.
pub(super) fn print(out: &mut dyn Write, comparison: &Comparison, baseline: Option<usize>, look: Look) -> io::Result<()> {
    let mut heading = vec![String::new()];
    heading.extend(
        comparison
            .columns
            .iter()
            .enumerate()
            .map(|(i, column)| if Some(i) == baseline { format!("{} ({})", column.name, words::baseline()) } else { column.name.clone() }),
    );
    let rows = comparison.rows();
    let rows = rows.iter().map(|row| {
        let mut cells = vec![name(row)];
        for (i, (value, mark)) in row.values.iter().zip(&row.marks).enumerate() {
            let mut cell = words::value(row.key, *value);
            let before = baseline.filter(|baseline| *baseline != i).and_then(|baseline| row.values.get(baseline));
            if let Some(difference) = before.and_then(|before| words::difference(row.key, *value, *before)) {
                cell = format!("{cell} ({difference})");
            }
            cells.push(match (mark, look) {
                (Some(Mark::Best), Look::Markdown) => format!("**{cell}** {}", words::mark(Mark::Best)),
                (Some(mark), Look::Plain | Look::Markdown) => format!("{cell} {}", words::mark(*mark)),
                // As wide as the word, so that numbers stand under each other.
                (None, Look::Plain) => format!("{cell} {:1$}", "", words::mark(Mark::Best).len()),
                (None, Look::Markdown) => cell,
            });
        }
        cells
    });
    writeln!(out, "{}", table(look, heading, rows.collect()))
}

#[derive(Serialize)]
struct Json {
    baseline: Option<String>,
    scenarios: Vec<JsonColumn>,
    rows: Vec<JsonRow>,
}

#[derive(Serialize)]
struct JsonColumn {
    name: String,
    figures: Metrics,
    bad_release: Metrics,
}

#[derive(Serialize)]
struct JsonRow {
    figure: String,
    values: BTreeMap<String, Option<f64>>,
    best: Vec<String>,
    worst: Vec<String>,
}

/// One JSON object. A time that never comes is null.
pub(super) fn json(out: &mut dyn Write, comparison: &Comparison, baseline: Option<usize>) -> io::Result<()> {
    let names = || comparison.columns.iter().map(|column| column.name.clone());
    let marked = |row: &Row, mark| names().zip(&row.marks).filter(|(_, of)| **of == Some(mark)).map(|(name, _)| name).collect();
    let json = Json {
        baseline: baseline.and_then(|i| names().nth(i)),
        scenarios: comparison
            .columns
            .iter()
            .map(|column| JsonColumn {
                name: column.name.clone(),
                figures: Metrics::of(&column.scenario, column.scenario.seed, &column.figures),
                bad_release: Metrics::of(&column.scenario, column.scenario.seed, &column.bad),
            })
            .collect(),
        rows: comparison
            .rows()
            .iter()
            .map(|row| JsonRow {
                figure: key(row),
                values: names().zip(row.values.iter().copied()).collect(),
                best: marked(row, Mark::Best),
                worst: marked(row, Mark::Worst),
            })
            .collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &json)?;
    writeln!(out)
}

/// A header with the names, and a row a figure. A value that does not exist is empty.
pub(super) fn csv(out: &mut dyn Write, comparison: &Comparison) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(out);
    rows.write_record(["figure".to_owned()].into_iter().chain(comparison.columns.iter().map(|column| column.name.clone())))?;
    for row in comparison.rows() {
        let values = row.values.iter().map(|value| value.map(|value| value.to_string()).unwrap_or_default());
        rows.write_record([key(&row)].into_iter().chain(values))?;
    }
    rows.flush()
}
