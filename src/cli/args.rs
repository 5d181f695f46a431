//! What the program can be told on the command line.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand, ValueEnum};

use crate::text::command as words;
use crate::text::language::Language;
use crate::units::{Duration, Time};

/// Shows what a software deployment does to a running service.
#[derive(Debug, Parser)]
#[command(
    name = "deployscope",
    version,
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "\
Examples:
  deployscope                                    open the window
  deployscope rolling                            open the window on a preset
  deployscope my-service.ron                     open the window on a file
  deployscope simulate rolling                   print what happens, as a table
  deployscope simulate rolling --set 'strategy.batch=Percent(50)' --format json
  deployscope check my-service.ron               say everything that is wrong with a file"
)]
pub struct Args {
    /// A scenario to open the window on: a file, or the name of a preset
    pub scenario: Option<String>,
    /// The window's language, instead of the system's
    #[arg(long, value_name = "LANGUAGE", value_parser = language())]
    pub language: Option<Language>,
    /// What to do instead of opening the window
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What to do instead of opening the window.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List the presets, a line each
    Presets,
    /// Simulate a deployment and print what happens
    Simulate(Simulate),
    /// Check scenarios and say everything that is wrong with them
    #[command(after_help = "\
Examples:
  deployscope check my-service.ron
  deployscope check services/*.ron && echo all well")]
    Check {
        /// Files, or names of presets
        #[arg(required = true)]
        files: Vec<String>,
    },
}

/// Simulate a deployment and print what happens.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  deployscope simulate rolling
  deployscope simulate rolling --set fleet.instances=12 --set 'strategy=Rolling(batch: Count(4))'
  deployscope simulate sale-day --set traffic='Constant(2900.0)' --format json
  deployscope simulate slow-java-service --seed 7 --format csv --out run.csv
  deployscope simulate rolling --set 'timings.install=\"40s..80s\"' --format events
  deployscope simulate sale-day --explain        say why its requests fail
  deployscope simulate sale-day --explain-at 2m30s")]
pub struct Simulate {
    /// A file, or the name of a preset
    pub scenario: String,
    /// Set any field, as often as you like; the value is RON
    #[arg(long, value_name = "PATH=RON", value_parser = Setting::parse)]
    pub set: Vec<Setting>,
    /// Draw other random numbers
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// What to print: a table for people, one JSON object, a CSV row at every change, or what happened in words
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
    /// After the table say why it ended as it did, why requests failed and why there was downtime
    #[arg(long)]
    pub explain: bool,
    /// Instead of the table say what is going on at a time, what it waits for and why requests fail then
    #[arg(long, value_name = "TIME", value_parser = time, conflicts_with = "explain")]
    pub explain_at: Option<Time>,
    /// Write to a file instead of the standard output
    #[arg(long, value_name = "FILE")]
    pub out: Option<String>,
}

/// A language by its code.
fn language() -> impl TypedValueParser<Value = Language> {
    PossibleValuesParser::new(Language::ALL.map(Language::code)).map(|code| Language::of_locale(&code))
}

/// A time after the deployment's start, written as a duration is.
fn time(text: &str) -> Result<Time, String> {
    Duration::parse(text).map(|since_start| Time::ZERO + since_start).map_err(|why| words::no_time(&why))
}

/// A field and its new value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Which field: names with dots between them.
    pub path: String,
    /// Its value in RON.
    pub value: String,
}

impl Setting {
    fn parse(text: &str) -> Result<Setting, String> {
        match text.split_once('=') {
            Some((path, value)) if !path.trim().is_empty() && !value.trim().is_empty() => {
                Ok(Setting { path: path.trim().to_owned(), value: value.trim().to_owned() })
            }
            _ => Err("write a field, an equals sign and a value: fleet.instances=12".to_owned()),
        }
    }
}

/// How results are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Aligned, with units and a picture of the capacity.
    Table,
    /// One object.
    Json,
    /// A header and a row at every change.
    Csv,
    /// What happened, in words.
    Events,
}
