//! The command line: what it is told, and what it does.

mod args;
mod breakdown;
mod choose;
mod compare;
mod explain;
mod levers;
mod odds;
mod output;
mod sweep;
mod table;

use std::io::{IsTerminal, Write as _};
use std::path::Path;

use clap::{CommandFactory, Parser};

pub use args::{Args, Command, Format};
use args::{CompareFormat, StudyFormat};
use table::Look;

use crate::metrics::Metrics;
use crate::presets::{self, OpenError};
use crate::scenario::{Scenario, ScenarioError, Source};
use crate::strategy;
use crate::study;
use crate::study::progress::Progress;
use crate::text::language::Language;
use crate::text::{command as words, verdict as verdict_words};
use crate::timeline::Timeline;

/// What the command line asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// The command is done; the program ends with this status.
    Done(u8),
    /// The window.
    Window {
        /// On this scenario, if there is one.
        scenario: Option<String>,
        /// In this language, if one was asked for.
        language: Option<Language>,
    },
}

/// Why a command was refused: one message, exit status 1.
#[derive(Debug, thiserror::Error)]
enum Refusal {
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
    #[error("{name}: {error}")]
    TooLong { name: String, error: crate::engine::TooLong },
    #[error(transparent)]
    Odds(odds::OddsRefusal),
    #[error(transparent)]
    Output(#[from] output::OutputError),
    #[error(transparent)]
    Vary(#[from] study::vary::VaryError),
    #[error(transparent)]
    Sweep(#[from] study::sweep::SweepError),
    #[error(transparent)]
    Compare(#[from] study::compare::CompareError),
    #[error(transparent)]
    Levers(#[from] study::levers::LeversError),
    #[error(transparent)]
    Cancelled(#[from] study::progress::Cancelled),
    #[error("none of the compared is called `{name}`: they are {known}")]
    NoBaseline { name: String, known: String },
}

impl Refusal {
    fn render(&self, colour: bool) -> String {
        match self {
            Refusal::Open(OpenError::Unreadable(error))
            | Refusal::Scenario(error)
            | Refusal::Vary(study::vary::VaryError::Scenario(error)) => error.render(colour),
            Refusal::Open(OpenError::Unknown { .. })
            | Refusal::TooLong { .. }
            | Refusal::Odds(_)
            | Refusal::Output(_)
            | Refusal::Vary(_)
            | Refusal::Sweep(_)
            | Refusal::Compare(_)
            | Refusal::Levers(_)
            | Refusal::Cancelled(_)
            | Refusal::NoBaseline { .. } => format!("error: {self}"),
        }
    }
}

/// Does what the command line asks for. Bad usage ends the program with exit status 2.
pub fn run() -> Request {
    let args = Args::parse();
    let Some(command) = args.command else { return Request::Window { scenario: args.scenario, language: args.language } };
    let result = match command {
        Command::Presets => output::list_presets().map(|()| 0).map_err(Refusal::from),
        Command::Simulate(simulate) => self::simulate(&simulate),
        Command::Compare(compare) => self::compare(&compare),
        Command::Sweep(sweep) => self::sweep(&sweep),
        Command::Choose(choose) => self::choose(&choose),
        Command::Levers(levers) => self::levers(&levers),
        Command::Odds(odds) => self::odds::odds(&odds),
        Command::Check { files } => check(&files),
    };
    Request::Done(result.unwrap_or_else(|refusal| match refusal {
        // Whoever reads has seen enough: nothing is wrong.
        Refusal::Output(output::OutputError::ClosedPipe) => 0,
        refusal => {
            complain(&refusal);
            1
        }
    }))
}

fn complain(refusal: &Refusal) {
    say(&refusal.render(std::io::stderr().is_terminal()));
}

/// A line on the standard error. Where nobody can read it there is nobody to tell: `eprintln!` would panic.
pub fn say(message: &str) {
    let _ = writeln!(std::io::stderr(), "{}", message.trim_end());
}

fn simulate(args: &args::Simulate) -> Result<u8, Refusal> {
    if (args.explain || args.explain_at.is_some()) && args.format != Format::Table {
        Args::command().error(clap::error::ErrorKind::ArgumentConflict, words::explain_is_for_the_table()).exit();
    }
    let source = opened(&args.scenario, &args.set, args.seed)?;
    let (scenario, timeline) = simulated(&source, &args.scenario)?;
    let metrics = Metrics::new(&scenario, &timeline);
    output::write(args.out.as_deref().map(Path::new), |out| match args.format {
        Format::Table => match args.explain_at {
            Some(t) => explain::at(out, &scenario, &timeline, t),
            None => {
                output::table(out, &scenario, &timeline, &metrics)?;
                if args.breakdown {
                    breakdown::print(out, &scenario, &timeline)?;
                }
                if args.explain { explain::run(out, &scenario, &timeline, &metrics) } else { Ok(()) }
            }
        },
        Format::Json => output::json(out, &metrics, args.breakdown.then(|| breakdown::json(&scenario, &timeline))),
        Format::Csv => output::csv(out, &timeline),
        Format::Events => output::events(out, &timeline),
    })?;
    Ok(0)
}

/// A scenario's text with what was set.
fn opened(name: &str, set: &[args::Setting], seed: Option<u64>) -> Result<Source, Refusal> {
    let mut source = presets::open(name)?;
    for setting in set {
        source.set(&setting.path, &setting.value)?;
    }
    if let Some(seed) = seed {
        source.set("seed", &seed.to_string())?;
    }
    Ok(source)
}

fn compare(args: &args::Compare) -> Result<u8, Refusal> {
    let usage = |message: &str| Args::command().error(clap::error::ErrorKind::WrongNumberOfValues, message).exit();
    let read = |name: &String| opened(name, &args.study.set, args.study.seed)?.read().map_err(Refusal::from);
    let named = match (args.strategies, args.scenarios.as_slice()) {
        (true, [one]) => {
            let all = study::compare::all_strategies(&read(one)?);
            all.into_iter().map(|scenario| (scenario.strategy.kind().ron_name().to_owned(), scenario)).collect()
        }
        (true, _) => usage("`--strategies` compares the strategies on the fleet of one scenario"),
        (false, [_]) => usage("name a second scenario to compare with, or `--strategies` for all on this one's fleet"),
        (false, several) => several.iter().map(|name| Ok((name.clone(), read(name)?))).collect::<Result<Vec<_>, Refusal>>()?,
    };
    let comparison = study::compare::Comparison::run(named, &Progress::new())?;
    let names = || comparison.columns.iter().map(|column| column.name.as_str());
    let baseline = args.baseline.as_ref().map(|name| {
        let known = || names().collect::<Vec<_>>().join(", ");
        names().position(|of| of == name).ok_or_else(|| Refusal::NoBaseline { name: name.clone(), known: known() })
    });
    let baseline = baseline.transpose()?;
    output::write(args.study.out.as_deref().map(Path::new), |out| match args.format {
        CompareFormat::Table => compare::print(out, &comparison, baseline, Look::Plain),
        CompareFormat::Markdown => compare::print(out, &comparison, baseline, Look::Markdown),
        CompareFormat::Json => compare::json(out, &comparison, baseline),
        CompareFormat::Csv => compare::csv(out, &comparison),
    })?;
    Ok(0)
}

fn sweep(args: &args::Sweep) -> Result<u8, Refusal> {
    if args.vary.len() > 2 {
        Args::command().error(clap::error::ErrorKind::TooManyValues, "one or two fields can be varied").exit();
    }
    let source = opened(&args.scenario, &args.study.set, args.study.seed)?;
    let present = source.read()?;
    let axes = args.vary.iter().map(|axis| study::vary::Axis::parse(axis, &source)).collect::<Result<_, _>>()?;
    let sweep = study::sweep::Sweep::run(axes, &source, &Progress::new())?;
    let keys = if args.figure.is_empty() { sweep::USUAL.to_vec() } else { args.figure.clone() };
    output::write(args.study.out.as_deref().map(Path::new), |out| match args.format {
        StudyFormat::Table => sweep::print(out, &sweep, &present, &keys),
        StudyFormat::Json => sweep::json(out, &sweep),
        StudyFormat::Csv => sweep::csv(out, &sweep),
    })?;
    Ok(0)
}

fn choose(args: &args::Choose) -> Result<u8, Refusal> {
    let scenario = opened(&args.scenario, &args.study.set, args.study.seed)?.read()?;
    let tried = study::choose::try_all(&scenario, &Progress::new())?;
    let choice = study::choose::choose(&tried, &args.require, args.minimize);
    output::write(args.study.out.as_deref().map(Path::new), |out| match args.format {
        StudyFormat::Table => choose::print(out, &choice, &args.require, args.minimize, args.most),
        StudyFormat::Json => choose::json(out, &choice, &scenario, &args.require, args.minimize),
        StudyFormat::Csv => choose::csv(out, &choice),
    })?;
    Ok(0)
}

fn levers(args: &args::Levers) -> Result<u8, Refusal> {
    let scenario = opened(&args.scenario, &args.study.set, args.study.seed)?.read()?;
    let levers = study::levers::levers(&scenario, &Progress::new())?;
    output::write(args.study.out.as_deref().map(Path::new), |out| match args.format {
        StudyFormat::Table => levers::print(out, &levers, args.figure),
        StudyFormat::Json => levers::json(out, &levers, args.figure),
        StudyFormat::Csv => levers::csv(out, &levers, args.figure),
    })?;
    Ok(0)
}

fn simulated(source: &Source, name: &str) -> Result<(Scenario, Timeline), Refusal> {
    let scenario = source.read()?;
    match crate::simulate(&scenario) {
        Ok(timeline) => Ok((scenario, timeline)),
        Err(error) => Err(Refusal::TooLong { name: name.to_owned(), error }),
    }
}

/// Checks every file, whatever is wrong with the others.
fn check(files: &[String]) -> Result<u8, Refusal> {
    let mut status = 0;
    for file in files {
        let checked = presets::open(file).map_err(Refusal::from).and_then(|source| simulated(&source, file));
        match checked {
            Ok((scenario, timeline)) => {
                let verdict = strategy::verdict(&scenario).map(|verdict| verdict_words::verdict(&verdict));
                output::write(None, |out| {
                    writeln!(out, "{file}: {}", words::checked(&scenario, &timeline))?;
                    verdict.map_or(Ok(()), |verdict| writeln!(out, "{file}: {verdict}"))
                })?;
            }
            Err(refusal) => {
                complain(&refusal);
                status = 1;
            }
        }
    }
    Ok(status)
}
