//! `odds`: many runs of a scenario with other seeds, and what they come to.

use std::io::{self, IsTerminal as _, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration as Wait, Instant};

use super::args::{self, OddsFormat};
use super::{Refusal, output};
use crate::presets;
use crate::study::odds::judgement::Asked;
use crate::study::odds::part::{Part, PartError};
use crate::study::odds::{self, FigureReport, Options, Progress, Report};
use crate::text::{odds as words, study as figures};

/// How often the progress is written.
const TELLS_EVERY: Wait = Wait::from_millis(200);

/// Why odds were refused.
#[derive(Debug, thiserror::Error)]
pub(super) enum OddsRefusal {
    #[error("{name}: {error}")]
    Run { name: String, error: odds::OddsError },
    #[error("cannot read {file}: {error}")]
    Unreadable { file: String, error: io::Error },
    #[error("{file}: {error}")]
    Part { file: String, error: PartError },
    #[error("{0}")]
    Written(#[from] serde_json::Error),
}

pub(super) fn odds(args: &args::Odds) -> Result<u8, Refusal> {
    let part = match &args.scenario {
        Some(scenario) => made(args, scenario)?,
        None => joined(&args.merge)?,
    };
    let asked = Asked { error_rate: args.catch, certainty: args.certainty };
    let report = || part.tally.report(&part.scenario, asked);
    let text = match args.format {
        OddsFormat::Json => serde_json::to_string_pretty(&report()).map_err(OddsRefusal::from)?,
        OddsFormat::Sketch => part.to_json().map_err(OddsRefusal::from)?,
        OddsFormat::Table | OddsFormat::Csv => String::new(),
    };
    output::write(args.out.as_deref().map(Path::new), |out| match args.format {
        OddsFormat::Table => table(out, &report()),
        OddsFormat::Csv => csv(out, &report()),
        OddsFormat::Json | OddsFormat::Sketch => writeln!(out, "{text}"),
    })?;
    Ok(0)
}

/// Runs a scenario.
fn made(args: &args::Odds, name: &str) -> Result<Part, Refusal> {
    let mut source = presets::open(name)?;
    for setting in &args.set {
        source.set(&setting.path, &setting.value)?;
    }
    let scenario = source.read()?;
    let options = Options {
        first_seed: args.first_seed.unwrap_or(scenario.seed),
        runs: args.runs,
        threads: args.threads.unwrap_or(0),
        require: args.require.clone(),
    };
    let progress = Progress::default();
    let is_over = AtomicBool::new(false);
    let tally = std::thread::scope(|scope| {
        let teller = io::stderr().is_terminal().then(|| scope.spawn(|| tell(&progress, args.runs, &is_over)));
        let tally = odds::run(&scenario, &options, &progress);
        is_over.store(true, Ordering::Relaxed);
        if let Some(teller) = teller {
            teller.thread().unpark();
        }
        tally
    });
    let tally = tally.map_err(|error| OddsRefusal::Run { name: name.to_owned(), error })?;
    Ok(Part::new(&scenario, tally))
}

/// Says how far it is, on one line that is written again and again.
fn tell(progress: &Progress, runs: u64, is_over: &AtomicBool) {
    let began = Instant::now();
    let mut width = 0;
    while !is_over.load(Ordering::Relaxed) {
        std::thread::park_timeout(TELLS_EVERY);
        let line = words::progress(progress.done(), runs, began.elapsed().as_secs_f64());
        let _ = write!(io::stderr(), "\r{line:width$}");
        width = line.chars().count();
    }
    // What follows begins on a clean line.
    let _ = write!(io::stderr(), "\r{:width$}\r", "");
}

/// Joins parts.
fn joined(files: &[String]) -> Result<Part, Refusal> {
    let mut all: Option<Part> = None;
    for file in files {
        let text = std::fs::read_to_string(file).map_err(|error| OddsRefusal::Unreadable { file: file.clone(), error })?;
        let refused = |error| OddsRefusal::Part { file: file.clone(), error };
        let part = Part::from_json(&text).map_err(refused)?;
        match &mut all {
            Some(all) => all.join(&part).map_err(refused)?,
            None => all = Some(part),
        }
    }
    // The command line asks for one at least.
    all.ok_or_else(|| Refusal::from(OddsRefusal::Part { file: String::new(), error: PartError::NoPart }))
}

/// The probabilities and the figures, for a person.
fn table(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let name: String = report.scenario.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if !name.is_empty() {
        writeln!(out, "{name}")?;
    }
    let seeds: Vec<(u64, u64)> = report.seeds.iter().map(|seeds| (seeds.start, seeds.end - 1)).collect();
    writeln!(out, "{}\n", words::what(report.strategy, report.runs, &seeds))?;
    if report.runs == 0 {
        return Ok(());
    }
    let mut rows = vec![[String::new(), words::probability().to_owned(), words::interval(), words::example().to_owned()]];
    for probability in &report.probabilities {
        let seed = probability.missed_seed.map(words::missed_by).or_else(|| probability.seed.map(words::seed)).unwrap_or_default();
        rows.push([words::happens(&probability.of), words::share(probability.probability), words::between(probability.interval), seed]);
    }
    write_columns(out, &rows)?;
    writeln!(out)?;
    let mut rows = vec![words::columns()];
    for figure in report.figures.iter().filter(|figure| figure.max != 0.0) {
        rows.push(row(figure));
    }
    write_columns(out, &rows)?;
    if report.figures.iter().any(|figure| !figure.exact) {
        writeln!(out, "\n{}", words::about())?;
    }
    if let Some(judgement) = &report.judgement {
        writeln!(out, "\n{}", words::judgement_heading())?;
        words::judgement(judgement).iter().try_for_each(|line| writeln!(out, "  {line}"))?;
    }
    Ok(())
}

fn row(figure: &FigureReport) -> [String; 7] {
    let [median, p90, p95, p99, worst] = figure.no_worse().map(|value| figures::value(figure.key, Some(value)));
    [figures::figure(figure.key), median, p90, p95, p99, worst, words::seed(figure.worst_seed)]
}

/// The first column on the left, the others on the right.
fn write_columns<const N: usize>(out: &mut dyn Write, rows: &[[String; N]]) -> io::Result<()> {
    let width = |i: usize| rows.iter().map(|row| row[i].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..N).map(width).collect();
    for row in rows {
        let mut line = String::new();
        for (i, (cell, &width)) in row.iter().zip(&widths).enumerate() {
            let cell = if i == 0 { format!("{cell:width$}") } else { format!("  {cell:>width$}") };
            line.push_str(&cell);
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// A row for every number: what of, which, and its value.
fn csv(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(out);
    rows.write_record(["of", "statistic", "value"])?;
    for probability in &report.probabilities {
        let of = probability.of.as_str();
        rows.serialize((of, "runs", probability.runs))?;
        rows.serialize((of, "probability", probability.probability))?;
        rows.serialize((of, "low", probability.interval.low))?;
        rows.serialize((of, "high", probability.interval.high))?;
    }
    for figure in &report.figures {
        let of = figure.figure;
        rows.serialize((of, "runs", figure.runs))?;
        for (statistic, value) in [
            ("mean", figure.mean),
            ("min", figure.min),
            ("p1", figure.p1),
            ("p5", figure.p5),
            ("p10", figure.p10),
            ("median", figure.median),
            ("p90", figure.p90),
            ("p95", figure.p95),
            ("p99", figure.p99),
            ("max", figure.max),
        ] {
            rows.serialize((of, statistic, value))?;
        }
        rows.serialize((of, "worst_seed", figure.worst_seed))?;
    }
    rows.flush()
}

impl From<OddsRefusal> for Refusal {
    fn from(refusal: OddsRefusal) -> Refusal {
        Refusal::Odds(refusal)
    }
}
