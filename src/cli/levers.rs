//! What `levers` prints: the settings that move a figure, the farthest first.

use std::io::{self, Write};

use serde::Serialize;

use super::table::{Look, table};
use crate::metrics::Key;
use crate::study::levers::{Lever, Levers, Step};
use crate::text::study as words;

/// A table for people.
pub(super) fn print(out: &mut dyn Write, levers: &Levers, key: Key) -> io::Result<()> {
    writeln!(out, "{}: {}", words::figure(key), words::value(key, levers.now.get(key)))?;
    let moving = levers.of(key);
    if moving.is_empty() {
        return writeln!(out, "{}", words::no_lever());
    }
    let step = |step: &Option<Step>| {
        let moved = |step: &Step| words::difference(key, step.figures.get(key), levers.now.get(key)).unwrap_or_else(|| "±0".to_owned());
        step.as_ref().map(|step| format!("{}: {}", step.value, moved(step))).unwrap_or_default()
    };
    let row = |lever: &&Lever| vec![lever.path.to_owned(), lever.value.clone(), step(&lever.down), step(&lever.up)];
    let rows = moving.iter().map(row).collect();
    writeln!(out, "\n{}", table(Look::Plain, words::lever_headings().map(str::to_owned).to_vec(), rows))
}

#[derive(Serialize)]
struct Json {
    figure: &'static str,
    now: Option<f64>,
    levers: Vec<JsonLever>,
}

#[derive(Serialize)]
struct JsonLever {
    setting: &'static str,
    value: String,
    down: Option<JsonStep>,
    up: Option<JsonStep>,
}

#[derive(Serialize)]
struct JsonStep {
    value: String,
    figure: Option<f64>,
}

/// One JSON object.
pub(super) fn json(out: &mut dyn Write, levers: &Levers, key: Key) -> io::Result<()> {
    let step = |step: &Option<Step>| step.as_ref().map(|step| JsonStep { value: step.value.clone(), figure: step.figures.get(key) });
    let lever =
        |lever: &&Lever| JsonLever { setting: lever.path, value: lever.value.clone(), down: step(&lever.down), up: step(&lever.up) };
    let json = Json { figure: key.name(), now: levers.now.get(key), levers: levers.of(key).iter().map(lever).collect() };
    serde_json::to_writer_pretty(&mut *out, &json)?;
    writeln!(out)
}

/// A header, and a row a setting.
pub(super) fn csv(out: &mut dyn Write, levers: &Levers, key: Key) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(out);
    rows.write_record(["setting", "value", "down", "down_figure", "up", "up_figure"])?;
    let step = |step: &Option<Step>| {
        let figure = |step: &Step| step.figures.get(key).map(|value| value.to_string()).unwrap_or_default();
        step.as_ref().map(|step| [step.value.clone(), figure(step)]).unwrap_or_default()
    };
    for lever in levers.of(key) {
        let row = [lever.path.to_owned(), lever.value.clone()].into_iter().chain(step(&lever.down)).chain(step(&lever.up));
        rows.write_record(row)?;
    }
    rows.flush()
}
