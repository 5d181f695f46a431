//! What the program can be told on the command line.

mod odds;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand, ValueEnum};

use crate::metrics::Key;
use crate::study::choose::Need;
use crate::study::require::{RequirementError, key_of};
use crate::text::command as words;
use crate::text::language::Language;
use crate::units::{Duration, Time};

pub use odds::{Odds, OddsFormat};

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
  deployscope compare rolling immutable          side by side, figure by figure
  deployscope sweep rolling --vary strategy.batch=1..10
  deployscope choose rolling --require 'downtime_s<=0' --require 'max_instances<=12'
  deployscope odds slow-java-service --runs 100000   how likely is each result?
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
    /// Compare scenarios, or all strategies on one fleet, figure by figure
    Compare(Compare),
    /// Simulate a scenario once for every value of a field, or of two
    Sweep(Sweep),
    /// State what you need, and get the strategies and settings that do it
    Choose(Choose),
    /// Which settings move a figure, and how far: a small step of each, both ways
    Levers(Levers),
    /// Run a deployment many times with other seeds and print how likely each result is
    Odds(Odds),
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
    /// Say where the time goes: the critical path by kind of work and by phase
    #[arg(long, conflicts_with_all = ["explain", "explain_at"])]
    pub breakdown: bool,
    /// Write to a file instead of the standard output
    #[arg(long, value_name = "FILE")]
    pub out: Option<String>,
}

/// A language by its code.
fn language() -> impl TypedValueParser<Value = Language> {
    PossibleValuesParser::new(Language::ALL.map(Language::code)).map(|code| Language::of_locale(&code))
}

/// Which scenario a study is about, and where its answer goes.
#[derive(Debug, clap::Args)]
pub struct Study {
    /// Set any field first, as often as you like; the value is RON
    #[arg(long, value_name = "PATH=RON", value_parser = Setting::parse)]
    pub set: Vec<Setting>,
    /// Draw other random numbers
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Write to a file instead of the standard output
    #[arg(long, value_name = "FILE")]
    pub out: Option<String>,
}

/// Compare scenarios, or all strategies on one fleet, figure by figure.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  deployscope compare rolling immutable canary
  deployscope compare rolling --strategies --baseline Rolling
  deployscope compare before.ron after.ron --baseline before.ron --format markdown")]
pub struct Compare {
    /// Files, or names of presets
    #[arg(required = true, value_name = "SCENARIO")]
    pub scenarios: Vec<String>,
    /// Every strategy on the one scenario's fleet, instead of several scenarios
    #[arg(long)]
    pub strategies: bool,
    /// The one that the others are compared with, by its name in the heading
    #[arg(long, value_name = "NAME")]
    pub baseline: Option<String>,
    /// What to print: a table for people, one JSON object, a CSV row a figure, or a Markdown table
    #[arg(long, value_enum, default_value_t = CompareFormat::Table)]
    pub format: CompareFormat,
    /// See [`Study`].
    #[command(flatten)]
    pub study: Study,
}

/// Simulate a scenario once for every value of a field, or of two.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  deployscope sweep rolling --vary strategy.batch=1..10
  deployscope sweep rolling --vary strategy.batch=10%..50%..10% --vary timings.install=30s..90s..30s
  deployscope sweep latent-crash --vary release.error_rate=0..1..0.1 --figure requests_failed
  deployscope sweep rolling --set 'failures.events=[TurnBad(at: \"0s\", error_rate: 0.3)]' \
      --vary 'failures.events[0].at=0s..400s..20s' --format csv")]
pub struct Sweep {
    /// A file, or the name of a preset
    pub scenario: String,
    /// The field to vary, from a value to a value by a step; given twice, every pair
    #[arg(long, required = true, value_name = "PATH=FROM..TO[..STEP]")]
    pub vary: Vec<String>,
    /// A figure for the table, by its JSON key; as often as you like
    #[arg(long, value_name = "KEY", value_parser = figure)]
    pub figure: Vec<Key>,
    /// What to print: a table for people, one JSON object, or a CSV row a point with every figure
    #[arg(long, value_enum, default_value_t = StudyFormat::Table)]
    pub format: StudyFormat,
    /// See [`Study`].
    #[command(flatten)]
    pub study: Study,
}

/// State what you need, and get the strategies and settings that do it.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  deployscope choose rolling --require 'downtime_s<=0' --require 'max_instances<=12'
  deployscope choose my-service.ron --require 'min_capacity_fraction>=90%' --require 'duration_s<=10m' \
      --require 'bad.exposed_share<=2%' --require 'bad.back_to_good_s<=2m' --minimize extra_instance_s")]
pub struct Choose {
    /// A file, or the name of a preset: its fleet, traffic and timings
    pub scenario: String,
    /// What must hold: a figure by its JSON key, <= or >=, and a number; behind `bad.` with a bad release
    #[arg(long, value_name = "KEY<=NUMBER", value_parser = need)]
    pub require: Vec<Need>,
    /// What is best: the figure of which the least (the most, of capacity and availability) comes first
    #[arg(long, value_name = "KEY", value_parser = figure, default_value = "duration_s")]
    pub minimize: Key,
    /// The most settings that the table shows
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub most: usize,
    /// What to print: sentences and a table for people, one JSON object, or a CSV row a setting
    #[arg(long, value_enum, default_value_t = StudyFormat::Table)]
    pub format: StudyFormat,
    /// See [`Study`].
    #[command(flatten)]
    pub study: Study,
}

/// Which settings move a figure, and how far.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  deployscope levers rolling
  deployscope levers slow-java-service --figure requests_failed --format csv")]
pub struct Levers {
    /// A file, or the name of a preset
    pub scenario: String,
    /// The figure, by its JSON key
    #[arg(long, value_name = "KEY", value_parser = figure, default_value = "duration_s")]
    pub figure: Key,
    /// What to print: a table for people, one JSON object, or a CSV row a setting
    #[arg(long, value_enum, default_value_t = StudyFormat::Table)]
    pub format: StudyFormat,
    /// See [`Study`].
    #[command(flatten)]
    pub study: Study,
}

fn figure(text: &str) -> Result<Key, String> {
    key_of(text).map_err(|error| error.to_string())
}

fn need(text: &str) -> Result<Need, String> {
    text.parse().map_err(|error: RequirementError| error.to_string())
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

/// How a study's answer is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StudyFormat {
    /// Aligned, with units.
    Table,
    /// One object.
    Json,
    /// A header and rows of numbers.
    Csv,
}

/// How a comparison is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CompareFormat {
    /// Aligned, with units.
    Table,
    /// One object.
    Json,
    /// A header and a row a figure.
    Csv,
    /// A table for a pull request.
    Markdown,
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
