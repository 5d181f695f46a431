//! What the program can be told on the command line.

use clap::{Parser, Subcommand, ValueEnum};

use crate::study::require::Requirement;
use crate::text::command as words;
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
  deployscope odds slow-java-service --runs 100000   how likely is each result?
  deployscope check my-service.ron               say everything that is wrong with a file"
)]
pub struct Args {
    /// A scenario to open the window on: a file, or the name of a preset
    pub scenario: Option<String>,
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
    /// Write to a file instead of the standard output
    #[arg(long, value_name = "FILE")]
    pub out: Option<String>,
}

/// Run a deployment many times with other seeds and print how likely each result is.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  deployscope odds slow-java-service --runs 100000
  deployscope odds rolling --set 'timings.install=\"20s..60s\"' --require 'duration_s<=480' --format json
  deployscope odds rolling --runs 500000 --first-seed 1 --format sketch --out a.part
  deployscope odds rolling --runs 500000 --first-seed 500001 --format sketch --out b.part
  deployscope odds --merge a.part b.part        the same bytes as one run of 1,000,000
  deployscope odds failing-canary --catch 0.06 --certainty 0.99")]
pub struct Odds {
    /// A file, or the name of a preset
    #[arg(required_unless_present = "merge")]
    pub scenario: Option<String>,
    /// Set any field, as often as you like; the value is RON
    #[arg(long, value_name = "PATH=RON", value_parser = Setting::parse)]
    pub set: Vec<Setting>,
    /// How many runs; each has a seed of its own
    #[arg(long, value_name = "N", default_value_t = 10_000, value_parser = clap::value_parser!(u64).range(1..))]
    pub runs: u64,
    /// The first run's seed; the others' follow it. The scenario's own where none is given
    #[arg(long, value_name = "N")]
    pub first_seed: Option<u64>,
    /// On so many threads; as many as the machine has cores where none is given. The result is the same
    #[arg(long, value_name = "N", value_parser = threads)]
    pub threads: Option<usize>,
    /// What a run should meet, as often as you like: a figure of the JSON output, <=, <, >= or >, and a number
    #[arg(long, value_name = "FIGURE<=NUMBER")]
    pub require: Vec<Requirement>,
    /// Ask what the alarm needs to catch a version that fails this share of its requests, 0 to 1
    #[arg(long, value_name = "RATE", value_parser = fraction)]
    pub catch: Option<f64>,
    /// How certain that has to be, 0 to 1; 0.95 where none is given
    #[arg(long, value_name = "SHARE", value_parser = fraction)]
    pub certainty: Option<f64>,
    /// What to print: a table for people, one JSON object, a CSV row for each number, or a part that can be merged
    #[arg(long, value_enum, default_value_t = OddsFormat::Table)]
    pub format: OddsFormat,
    /// Join parts that were written with `--format sketch`, instead of running anything
    #[arg(long, value_name = "PART", num_args = 1.., conflicts_with_all = ["scenario", "set", "runs", "first_seed", "threads", "require"])]
    pub merge: Vec<String>,
    /// Write to a file instead of the standard output
    #[arg(long, value_name = "FILE")]
    pub out: Option<String>,
}

/// How odds are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OddsFormat {
    /// Aligned, with units.
    Table,
    /// One object, with histograms.
    Json,
    /// A header and a row for each number.
    Csv,
    /// A part of a larger number of runs.
    Sketch,
}

fn threads(text: &str) -> Result<usize, String> {
    let threads = text.parse().ok().filter(|threads| (1..=1_024).contains(threads));
    threads.ok_or_else(|| "a number of threads from 1 to 1024".to_owned())
}

fn fraction(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|number| (0.0..=1.0).contains(number));
    number.ok_or_else(|| "a number from 0 to 1; 5 % is 0.05".to_owned())
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
