//! What commands print: tables for people, JSON and CSV for scripts.

mod picture;

use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::Path;

use super::breakdown;
use crate::explain::failure;
use crate::metrics::{Metrics, cause_key};
use crate::presets::{self, BUILT_IN};
use crate::scenario::Scenario;
use crate::text::numbers::{amount, clock};
use crate::text::{cause_name, command as words, scorecard, story, strategy_name};
use crate::timeline::{Cause, Outcome, Timeline};

/// Why something could not be written.
#[derive(Debug, thiserror::Error)]
pub(super) enum OutputError {
    /// Whoever read the output has gone.
    #[error("the reader has gone")]
    ClosedPipe,
    #[error("cannot write to {to}: {error}")]
    Failed { to: String, error: io::Error },
}

/// Lets `print` write to a file, or to the standard output.
pub(super) fn write(file: Option<&Path>, print: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), OutputError> {
    let result = match file {
        Some(path) => std::fs::File::create(path).and_then(|file| {
            let mut out = BufWriter::new(file);
            print(&mut out)?;
            out.flush()
        }),
        None => {
            let mut out = BufWriter::new(io::stdout().lock());
            print(&mut out).and_then(|()| out.flush())
        }
    };
    result.map_err(|error| match (error.kind(), file) {
        (ErrorKind::BrokenPipe, None) => OutputError::ClosedPipe,
        (_, Some(path)) => OutputError::Failed { to: path.display().to_string(), error },
        (_, None) => OutputError::Failed { to: words::standard_output().to_owned(), error },
    })
}

/// The presets, a line each: name, title.
pub(super) fn list_presets() -> Result<(), OutputError> {
    let own = presets::own();
    write(None, |out| {
        let names = BUILT_IN.iter().map(|preset| preset.name).chain(own.iter().map(|(name, _)| name.as_str()));
        let width = names.map(|name| name.chars().count()).max().unwrap_or(0);
        for preset in BUILT_IN {
            let title = preset.scenario().map(|scenario| scenario.name).unwrap_or_default();
            writeln!(out, "{:width$}  {title}", preset.name)?;
        }
        for (name, path) in &own {
            writeln!(out, "{name:width$}  {}", path.display())?;
        }
        Ok(())
    })
}

/// One JSON object, with a breakdown where there is one.
pub(super) fn json(out: &mut dyn Write, metrics: &Metrics, breakdown: Option<breakdown::Json>) -> io::Result<()> {
    #[derive(serde::Serialize)]
    struct Json<'a> {
        #[serde(flatten)]
        metrics: &'a Metrics,
        #[serde(skip_serializing_if = "Option::is_none")]
        breakdown: Option<breakdown::Json>,
    }
    serde_json::to_writer_pretty(&mut *out, &Json { metrics, breakdown })?;
    writeln!(out)
}

/// A header, and a row at every change; while a rate varies all the time, rows between them.
pub(super) fn csv(out: &mut dyn Write, timeline: &Timeline) -> io::Result<()> {
    /// The most rows between changes.
    const MOST_BETWEEN: u32 = 10_000;
    let mut rows = csv::Writer::from_writer(out);
    rows.write_record([
        "time_s",
        "demand_rps",
        "capacity_rps",
        "capacity_fraction",
        "in_service_old",
        "in_service_new",
        "instances",
        "instances_old",
        "instances_new",
        "traffic_old",
        "traffic_new",
        "served_rps",
        "failed_rps",
    ])?;
    for t in timeline.looks(MOST_BETWEEN) {
        let moment = timeline.at(t);
        let rates = timeline.rates_of(moment, t);
        let (old, new) = timeline.shares(moment, t);
        rows.serialize((
            t.as_secs_f64(),
            rates.demand,
            rates.capacity,
            timeline.capacity_fraction(moment),
            (moment.in_service_old(), moment.in_service_new()),
            (moment.existing(), moment.existing_old, moment.existing_new),
            (old, new),
            (rates.served(), rates.failed()),
        ))?;
    }
    rows.flush()
}

/// What happened, a line each.
pub(super) fn events(out: &mut dyn Write, timeline: &Timeline) -> io::Result<()> {
    let width = clock(timeline.end()).len();
    for entry in timeline.log() {
        writeln!(out, "{:>width$}  {}", clock(entry.at), story::log_line(timeline, entry))?;
    }
    Ok(())
}

/// The figures for a person, with a picture of the capacity.
pub(super) fn table(out: &mut dyn Write, scenario: &Scenario, timeline: &Timeline, metrics: &Metrics) -> io::Result<()> {
    // A name is a person's text: on a terminal it is a line and nothing else.
    let name: String = scenario.name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if !name.is_empty() {
        writeln!(out, "{name}")?;
    }
    writeln!(out, "{}\n", words::what(strategy_name(scenario.strategy.kind()), scenario, timeline))?;
    if timeline.outcome() != Outcome::Succeeded
        && let Some((at, why)) = failure(timeline)
    {
        writeln!(out, "{}\n", words::went_wrong(timeline.outcome(), at, why))?;
    }
    let mut rows: Vec<(&str, String)> = scorecard::rows(metrics).into_iter().map(|row| (row.label, row.value)).collect();
    let failed_at = rows.iter().position(|(label, _)| *label == scorecard::failed()).map_or(rows.len(), |i| i + 1);
    let causes = Cause::ALL.into_iter().filter_map(|cause| {
        let requests = metrics.requests_failed_by_cause.get(cause_key(cause))?;
        Some((cause_name(cause), amount(*requests)))
    });
    let causes: Vec<(&str, String)> = causes.collect();
    let is_cause = |label: &str| causes.iter().any(|(cause, _)| *cause == label);
    let width = rows.iter().map(|(label, _)| label.len()).chain(causes.iter().map(|(label, _)| label.len() + 2)).max().unwrap_or(0);
    for (i, cause) in causes.iter().enumerate() {
        rows.insert(failed_at + i, cause.clone());
    }
    let value_width = rows.iter().map(|(_, value)| value.chars().count()).max().unwrap_or(0).max(16);
    for (label, value) in &rows {
        let indent = if is_cause(label) { 2 } else { 0 };
        writeln!(out, "{:indent$}{label:pad$}  {value:>value_width$}", "", pad = width - indent)?;
    }
    writeln!(out)?;
    picture::draw(out, timeline)
}
