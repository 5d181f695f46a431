//! Parts of a large number of runs as files: any program may make some, and joined they are what one run gives.
//!
//! A part is one line of JSON, `{"deployscope_odds":1,"checksum":"…","part":{…}}`. The part holds the program's version, the
//! scenario as RON with the seed left out, the requirements, the seeds as ranges (the first one, and the first after the
//! range), the counts of each outcome, and for each figure either every value (the bits of the number, how many runs have
//! it, the least of their seeds) or the cells of its sketch. The checksum is the 64-bit FNV-1a hash of the part as it stands.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::distribution::{Distribution, Stored};
use super::{Hits, Tally, is_from_one};
use crate::metrics::Key;
use crate::scenario::{Scenario, limits};

/// The one version of the format so far.
const VERSION: u32 = 1;
const PROGRAM: &str = env!("CARGO_PKG_VERSION");

/// Why a part was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PartError {
    /// It is something else.
    #[error("this is no part of odds; `deployscope odds SCENARIO --format sketch` writes one")]
    NoPart,
    /// Another version of the format, or of the program, whose runs may differ.
    #[error("the part was written by {0}; this is {PROGRAM}, whose runs may differ")]
    OtherVersion(String),
    /// Its checksum does not fit, or it does not add up.
    #[error("the part is damaged: {0}")]
    Damaged(&'static str),
    /// It is of another scenario.
    #[error("the part is of another scenario than the first one")]
    OtherScenario,
    /// It was asked for other requirements.
    #[error("the part was made for other requirements than the first one (`--require`)")]
    OtherRequirements,
    /// Its runs are among those of the other parts.
    #[error("the runs with the seeds {} to {} are in another part too: each would count twice", .0.start, .0.end - 1)]
    SameSeeds(Range<u64>),
}

/// A tally, and the scenario that it is of.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The scenario, with the default seed.
    pub scenario: Scenario,
    /// What was counted.
    pub tally: Tally,
}

#[derive(Serialize, Deserialize)]
struct File {
    deployscope_odds: u32,
    checksum: String,
    part: Body,
}

#[derive(Serialize, Deserialize)]
struct Body {
    program: String,
    scenario: String,
    require: Vec<String>,
    seeds: Vec<(u64, u64)>,
    outcomes: [Hits; 3],
    downtime: Hits,
    failed_requests: Hits,
    missed: Vec<Hits>,
    missed_any: Hits,
    figures: Vec<(String, Stored)>,
}

impl Part {
    /// A tally of a scenario's runs.
    pub fn new(scenario: &Scenario, tally: Tally) -> Part {
        Part { scenario: Scenario { seed: limits::DEFAULT_SEED, ..scenario.clone() }, tally }
    }

    /// As it is written to a file.
    ///
    /// # Errors
    /// Where the JSON cannot be written, which is never seen.
    pub fn to_json(&self) -> serde_json::Result<String> {
        let tally = &self.tally;
        let body = Body {
            program: PROGRAM.to_owned(),
            scenario: self.scenario.to_ron(),
            require: tally.require.iter().map(ToString::to_string).collect(),
            seeds: tally.seeds.iter().map(|seeds| (seeds.start, seeds.end)).collect(),
            outcomes: tally.outcomes,
            downtime: tally.downtime,
            failed_requests: tally.failed_requests,
            missed: tally.missed.clone(),
            missed_any: tally.missed_any,
            figures: Key::ALL.iter().zip(&tally.figures).map(|(key, figure)| (key.name().to_owned(), figure.stored())).collect(),
        };
        let checksum = checksum(&body)?;
        serde_json::to_string(&File { deployscope_odds: VERSION, checksum, part: body })
    }

    /// Reads one.
    ///
    /// # Errors
    /// [`PartError`] where it is none, of another version, or damaged.
    pub fn from_json(text: &str) -> Result<Part, PartError> {
        #[derive(Deserialize)]
        struct Version {
            deployscope_odds: u32,
            part: Program,
        }
        #[derive(Deserialize)]
        struct Program {
            program: String,
        }
        let is_part = text.trim_start().starts_with("{\"deployscope_odds\"");
        let version: Version = serde_json::from_str(text)
            .map_err(|_| if is_part { PartError::Damaged("it is cut off, or was changed") } else { PartError::NoPart })?;
        if version.deployscope_odds != VERSION || version.part.program != PROGRAM {
            return Err(PartError::OtherVersion(version.part.program));
        }
        let changed = PartError::Damaged("it was changed since it was written");
        let file: File = serde_json::from_str(text).map_err(|_| changed.clone())?;
        if checksum(&file.part).ok().as_ref() != Some(&file.checksum) {
            return Err(changed);
        }
        file.part.read().ok_or(PartError::Damaged("it does not add up"))
    }

    /// Takes in another part.
    ///
    /// # Errors
    /// [`PartError`] where it is of another scenario or other requirements, or has runs that this one has.
    pub fn join(&mut self, other: &Part) -> Result<(), PartError> {
        if self.scenario != other.scenario {
            return Err(PartError::OtherScenario);
        }
        if self.tally.require != other.tally.require {
            return Err(PartError::OtherRequirements);
        }
        if let Some(common) = self.tally.overlaps(&other.tally) {
            return Err(PartError::SameSeeds(common));
        }
        self.tally.merge(&other.tally);
        Ok(())
    }
}

impl Body {
    /// The part; none where something in it does not add up.
    fn read(self) -> Option<Part> {
        let scenario = Scenario::from_ron(&self.scenario, "part").ok()?;
        let require = self.require.iter().map(|text| text.parse().ok()).collect::<Option<Vec<_>>>()?;
        let mut tally = Tally::new(&require);
        let seeds: Vec<Range<u64>> = self.seeds.iter().map(|&(first, end)| first..end).collect();
        let in_order = seeds.windows(2).all(|pair| pair[0].end < pair[1].start) && seeds.iter().all(|seeds| seeds.start < seeds.end);
        let named = self.figures.len() == Key::ALL.len() && Key::ALL.iter().zip(&self.figures).all(|(key, (name, _))| key.name() == name);
        if !in_order || !named || self.missed.len() != require.len() {
            return None;
        }
        tally.seeds = seeds;
        let figures = Key::ALL.iter().zip(self.figures);
        tally.figures = figures.map(|(key, (_, stored))| Distribution::of_stored(stored, is_from_one(*key))).collect::<Option<_>>()?;
        (tally.outcomes, tally.downtime, tally.failed_requests) = (self.outcomes, self.downtime, self.failed_requests);
        (tally.missed, tally.missed_any) = (self.missed, self.missed_any);
        let runs = tally.runs();
        let counted: u64 = tally.outcomes.iter().map(|hits| hits.runs).sum();
        let whole = counted == runs && tally.figures.iter().all(|figure| figure.runs() <= runs);
        whole.then_some(Part { scenario, tally })
    }
}

/// The 64-bit FNV-1a hash of what is written (Fowler, Noll and Vo).
fn checksum(body: &Body) -> serde_json::Result<String> {
    let text = serde_json::to_string(body)?;
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    Ok(format!("{hash:016x}"))
}
