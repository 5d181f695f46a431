//! The command line: what it is told, and what it does.

mod args;
mod explain;
mod odds;
mod output;

use std::io::{IsTerminal, Write as _};
use std::path::Path;

use clap::{CommandFactory, Parser};

pub use args::{Args, Command, Format};

use crate::metrics::Metrics;
use crate::presets::{self, OpenError};
use crate::scenario::{Scenario, ScenarioError, Source};
use crate::strategy;
use crate::text::{command as words, verdict as verdict_words};
use crate::timeline::Timeline;

/// What the command line asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// The command is done; the program ends with this status.
    Done(u8),
    /// The window, on this scenario if there is one.
    Window(Option<String>),
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
}

impl Refusal {
    fn render(&self, colour: bool) -> String {
        match self {
            Refusal::Open(OpenError::Unreadable(error)) | Refusal::Scenario(error) => error.render(colour),
            Refusal::Open(OpenError::Unknown { .. }) | Refusal::TooLong { .. } | Refusal::Odds(_) | Refusal::Output(_) => {
                format!("error: {self}")
            }
        }
    }
}

/// Does what the command line asks for. Bad usage ends the program with exit status 2.
pub fn run() -> Request {
    let args = Args::parse();
    let Some(command) = args.command else { return Request::Window(args.scenario) };
    let result = match command {
        Command::Presets => output::list_presets().map(|()| 0).map_err(Refusal::from),
        Command::Simulate(simulate) => self::simulate(&simulate),
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
    let mut source = presets::open(&args.scenario)?;
    for setting in &args.set {
        source.set(&setting.path, &setting.value)?;
    }
    if let Some(seed) = args.seed {
        source.set("seed", &seed.to_string())?;
    }
    let (scenario, timeline) = simulated(&source, &args.scenario)?;
    let metrics = Metrics::new(&scenario, &timeline);
    output::write(args.out.as_deref().map(Path::new), |out| match args.format {
        Format::Table => match args.explain_at {
            Some(t) => explain::at(out, &scenario, &timeline, t),
            None => {
                output::table(out, &scenario, &timeline, &metrics)?;
                if args.explain { explain::run(out, &scenario, &timeline, &metrics) } else { Ok(()) }
            }
        },
        Format::Json => output::json(out, &metrics),
        Format::Csv => output::csv(out, &timeline),
        Format::Events => output::events(out, &timeline),
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
