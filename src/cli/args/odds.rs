//! What `odds` can be told.

use clap::ValueEnum;

use super::Setting;
use crate::study::require::Requirement;

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
