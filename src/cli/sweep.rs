//! What `sweep` prints: a row a value.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::table::{Look, table};
use crate::metrics::{Key, Metrics};
use crate::scenario::Scenario;
use crate::study::sweep::{Point, Sweep};
use crate::study::vary::Value;
use crate::text::study as words;

/// The figures that a table shows unless others are asked for.
pub(super) const USUAL: [Key; 7] =
    [Key::Duration, Key::Downtime, Key::MinCapacity, Key::Failed, Key::Exposed, Key::MaxInstances, Key::ExtraInstance];

fn values<'a>(sweep: &'a Sweep, point: &'a Point) -> impl Iterator<Item = (&'a str, &'a Value)> {
    let of_axis = |(axis, i): (&'a crate::study::vary::Axis, &usize)| Some((axis.path.as_str(), axis.values.get(*i)?));
    sweep.axes.iter().zip(&point.at).filter_map(of_axis)
}

/// A table for people. The present setting is marked, as is what cannot be run.
pub(super) fn print(out: &mut dyn Write, sweep: &Sweep, present: &Scenario, keys: &[Key]) -> io::Result<()> {
    let mut heading: Vec<String> = sweep.axes.iter().map(|axis| axis.path.clone()).collect();
    heading.extend(keys.iter().map(|key| words::figure(*key)));
    heading.push(String::new());
    let rows = sweep.points.iter().map(|point| {
        let mut row: Vec<String> = values(sweep, point).map(|(_, value)| value.ron.trim_matches('"').to_owned()).collect();
        match &point.outcome {
            Ok(ran) => {
                row.extend(keys.iter().map(|key| words::value(*key, ran.figures.get(*key))));
                row.push(if ran.scenario == *present { words::now().to_owned() } else { String::new() });
            }
            Err(why) => {
                row.extend(keys.iter().map(|_| String::new()));
                row.push(words::refused(why));
            }
        }
        row
    });
    writeln!(out, "{}", table(Look::Plain, heading, rows.collect()))
}

#[derive(Serialize)]
struct Json {
    vary: Vec<JsonAxis>,
    points: Vec<JsonPoint>,
}

#[derive(Serialize)]
struct JsonAxis {
    path: String,
    values: Vec<f64>,
}

#[derive(Serialize)]
struct JsonPoint {
    at: BTreeMap<String, f64>,
    figures: Option<Metrics>,
    refused: Option<String>,
}

/// One JSON object; the values of durations are seconds.
pub(super) fn json(out: &mut dyn Write, sweep: &Sweep) -> io::Result<()> {
    let axis = |axis: &crate::study::vary::Axis| JsonAxis {
        path: axis.path.clone(),
        values: axis.values.iter().map(|value| value.number).collect(),
    };
    let points = sweep.points.iter().map(|point| {
        let figures = point.outcome.as_ref().ok().map(|ran| Metrics::of(&ran.scenario, ran.scenario.seed, &ran.figures));
        let at = values(sweep, point).map(|(path, value)| (path.to_owned(), value.number)).collect();
        JsonPoint { at, figures, refused: point.outcome.as_ref().err().cloned() }
    });
    let json = Json { vary: sweep.axes.iter().map(axis).collect(), points: points.collect() };
    serde_json::to_writer_pretty(&mut *out, &json)?;
    writeln!(out)
}

/// A header, and a row a point: the values as numbers, the outcome, and every figure. What cannot be run says why in the
/// last column.
pub(super) fn csv(out: &mut dyn Write, sweep: &Sweep) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(out);
    let mut header: Vec<String> = sweep.axes.iter().map(|axis| axis.path.clone()).collect();
    header.push("outcome".to_owned());
    header.extend(Key::ALL.iter().map(|key| key.name().to_owned()));
    header.push("refused".to_owned());
    rows.write_record(header)?;
    for point in &sweep.points {
        let mut row: Vec<String> = values(sweep, point).map(|(_, value)| value.number.to_string()).collect();
        match &point.outcome {
            Ok(ran) => {
                row.push(crate::metrics::outcome_key(ran.figures.outcome).to_owned());
                row.extend(Key::ALL.iter().map(|key| ran.figures.get(*key).map(|value| value.to_string()).unwrap_or_default()));
                row.push(String::new());
            }
            Err(why) => {
                row.extend(std::iter::repeat_n(String::new(), Key::ALL.len() + 1));
                row.push(why.clone());
            }
        }
        rows.write_record(row)?;
    }
    rows.flush()
}
