//! Odds: a deployment run thousands to millions of times with other seeds, and how its figures are distributed.
//!
//! Everything that is counted is a whole number or a fixed-point sum and is joined without regard to order, so the same
//! seeds give the same bytes on one thread and on many, in one program and in parts that are joined.

mod distribution;
pub mod interval;
pub mod judgement;
pub mod part;
mod report;

use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

pub use distribution::{Bar, Distribution, MAX_VALUES, SKETCH_ERROR};
pub use report::{FigureReport, Probability, Report};

use super::Runner;
use super::require::{Requirement, Side};
use crate::engine::TooLong;
use crate::metrics::{Better, Figures, Key};
use crate::scenario::Scenario;
use crate::timeline::Outcome;

/// What is run, and what is asked of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// The first run's seed; the others' follow it.
    pub first_seed: u64,
    /// How many runs.
    pub runs: u64,
    /// On so many threads; 0 is as many as the machine has cores.
    pub threads: usize,
    /// What a run should meet.
    pub require: Vec<Requirement>,
}

impl Default for Options {
    fn default() -> Options {
        Options { first_seed: crate::scenario::limits::DEFAULT_SEED, runs: 10_000, threads: 0, require: Vec::new() }
    }
}

/// Why there are no odds.
#[derive(Debug, thiserror::Error)]
pub enum OddsError {
    /// A run would take too long.
    #[error("with the seed {seed} {error}")]
    TooLong {
        /// The run's seed.
        seed: u64,
        /// What is said of it.
        error: TooLong,
    },
    /// There are no seeds beyond the last one.
    #[error("there are not so many seeds: the last one is {}", u64::MAX)]
    NoSeeds,
    /// The machine refused the threads.
    #[error("the threads could not be started: {0}")]
    Threads(#[from] rayon::ThreadPoolBuildError),
}

/// How often something happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hits {
    /// In so many runs.
    pub runs: u64,
    /// The least seed of those, to watch one.
    pub seed: Option<u64>,
}

impl Hits {
    fn count(&mut self, happened: bool, seed: u64) {
        if happened {
            self.add(Hits { runs: 1, seed: Some(seed) });
        }
    }

    fn add(&mut self, other: Hits) {
        self.runs += other.runs;
        self.seed = self.seed.into_iter().chain(other.seed).min();
    }
}

/// What is counted of many runs of one scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Tally {
    /// Their seeds: ranges in order that do not touch.
    seeds: Vec<Range<u64>>,
    require: Vec<Requirement>,
    /// By outcome: succeeded, rolled back, failed.
    outcomes: [Hits; 3],
    downtime: Hits,
    failed_requests: Hits,
    /// Runs that miss each requirement, and that miss any.
    missed: Vec<Hits>,
    missed_any: Hits,
    /// By [`Key::ALL`].
    figures: Vec<Distribution>,
}

impl Tally {
    /// Nothing yet.
    pub fn new(require: &[Requirement]) -> Tally {
        Tally {
            seeds: Vec::new(),
            require: require.to_vec(),
            outcomes: [Hits::default(); 3],
            downtime: Hits::default(),
            failed_requests: Hits::default(),
            missed: vec![Hits::default(); require.len()],
            missed_any: Hits::default(),
            figures: Key::ALL.iter().map(|key| Distribution::new(is_from_one(*key))).collect(),
        }
    }

    /// How many runs were counted.
    pub fn runs(&self) -> u64 {
        self.seeds.iter().map(|seeds| seeds.end - seeds.start).sum()
    }

    /// The seeds of the runs: ranges in order that do not touch.
    pub fn seeds(&self) -> &[Range<u64>] {
        &self.seeds
    }

    /// How a figure is distributed.
    pub fn distribution(&self, key: Key) -> Option<&Distribution> {
        Key::ALL.iter().zip(&self.figures).find(|(of, _)| **of == key).map(|(_, figure)| figure)
    }

    fn count(&mut self, seed: u64, figures: &Figures) {
        for (key, distribution) in Key::ALL.iter().zip(&mut self.figures) {
            // What never comes, such as the way back to good from a bad version that stays, has no length.
            if let Some(value) = figures.get(*key).filter(|value| value.is_finite()) {
                distribution.add(value, seed);
            }
        }
        let outcome = match figures.outcome {
            Outcome::Succeeded => 0,
            Outcome::RolledBack => 1,
            Outcome::Failed => 2,
        };
        self.outcomes[outcome].count(true, seed);
        self.downtime.count(figures.downtime_s > 0.0, seed);
        self.failed_requests.count(figures.requests_failed > 0.0, seed);
        let mut any = false;
        for (requirement, missed) in self.require.iter().zip(&mut self.missed) {
            let misses = !requirement.is_met(figures);
            missed.count(misses, seed);
            any |= misses;
        }
        self.missed_any.count(any, seed);
    }

    /// Adds seeds that were counted.
    fn add_seeds(&mut self, seeds: Range<u64>) {
        if seeds.is_empty() {
            return;
        }
        let place = self.seeds.partition_point(|range| range.start < seeds.start);
        self.seeds.insert(place, seeds);
        // Neighbours become one.
        self.seeds.dedup_by(|later, first| {
            let touch = first.end == later.start;
            if touch {
                first.end = later.end;
            }
            touch
        });
    }

    /// Whether the two have a seed in common.
    pub fn overlaps(&self, other: &Tally) -> Option<Range<u64>> {
        let all = || self.seeds.iter().flat_map(|a| other.seeds.iter().map(move |b| a.start.max(b.start)..a.end.min(b.end)));
        all().find(|common| !common.is_empty())
    }

    /// Takes in other runs of the same scenario, with the same requirements and other seeds.
    pub fn merge(&mut self, other: &Tally) {
        other.seeds.iter().for_each(|seeds| self.add_seeds(seeds.clone()));
        let hits = |tally: &mut Tally, add: &Tally| {
            for (mine, theirs) in tally.outcomes.iter_mut().zip(add.outcomes) {
                mine.add(theirs);
            }
            for (mine, theirs) in tally.missed.iter_mut().zip(&add.missed) {
                mine.add(*theirs);
            }
            tally.downtime.add(add.downtime);
            tally.failed_requests.add(add.failed_requests);
            tally.missed_any.add(add.missed_any);
        };
        hits(self, other);
        for (mine, theirs) in self.figures.iter_mut().zip(&other.figures) {
            mine.merge(theirs);
        }
    }

    /// Brings it into its one form.
    fn settle(&mut self) {
        self.figures.iter_mut().for_each(Distribution::settle);
    }
}

/// Of the availability the part that is missing to 1 tells.
fn is_from_one(key: Key) -> bool {
    key == Key::Availability
}

/// What is going on while runs are made: others look at it, and can put an end to it.
#[derive(Debug, Default)]
pub struct Progress {
    /// How far it is, and whether it is still wanted.
    run: super::progress::Progress,
    /// One for each thread.
    slots: Mutex<Vec<Arc<Slot>>>,
}

/// Where a thread puts what it has so far, when it is asked.
#[derive(Debug, Default)]
struct Slot {
    asked: AtomicBool,
    tally: Mutex<Option<Tally>>,
}

impl Progress {
    /// How many runs are done.
    pub fn done(&self) -> u64 {
        self.run.runs().0
    }

    /// Makes it end after the runs that are being made: what is counted by then is its result.
    pub fn cancel(&self) {
        self.run.cancel();
    }

    /// Whether it was told to end.
    pub fn is_cancelled(&self) -> bool {
        self.run.is_cancelled()
    }

    /// What was counted a moment ago, and asks every thread for what it has by now: a window that looks every now and then
    /// sees it grow. None before the first thread has answered.
    pub fn partial(&self) -> Option<Tally> {
        let slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let mut all: Option<Tally> = None;
        for slot in slots {
            slot.asked.store(true, Ordering::Relaxed);
            let tally = slot.tally.lock().unwrap_or_else(PoisonError::into_inner);
            match (&mut all, &*tally) {
                (Some(all), Some(tally)) => all.merge(tally),
                (None, Some(tally)) => all = Some(tally.clone()),
                (_, None) => {}
            }
        }
        all
    }

    fn slot(&self) -> Arc<Slot> {
        let slot = Arc::new(Slot::default());
        self.slots.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::clone(&slot));
        slot
    }
}

/// Runs a scenario with many seeds. Where it is cancelled, the tally is of what was done by then.
///
/// # Errors
/// [`OddsError`] where a run would take too long, or there are no such seeds or threads.
pub fn run(scenario: &Scenario, options: &Options, progress: &Progress) -> Result<Tally, OddsError> {
    let end = options.first_seed.checked_add(options.runs).ok_or(OddsError::NoSeeds)?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(options.threads).build()?;
    let threads = pool.current_num_threads() as u64;
    // Large enough that taking one costs nothing, small enough that no thread waits long for the last one.
    let work = Work {
        next: AtomicU64::new(options.first_seed),
        end,
        chunk: (options.runs / (threads * 16)).clamp(1, 4_096),
        failed: AtomicBool::new(false),
    };
    let parts = pool.broadcast(|_| work.take_part(Runner::new(scenario), &options.require, progress));
    let mut all = Tally::new(&options.require);
    let mut first_error: Option<OddsError> = None;
    for part in parts {
        match (part, &first_error) {
            (Ok(part), _) => all.merge(&part),
            (Err(OddsError::TooLong { seed, .. }), Some(OddsError::TooLong { seed: first, .. })) if *first < seed => {}
            (Err(error), _) => first_error = Some(error),
        }
    }
    all.settle();
    first_error.map_or(Ok(all), Err)
}

/// The seeds that threads share out among themselves.
struct Work {
    next: AtomicU64,
    end: u64,
    chunk: u64,
    failed: AtomicBool,
}

impl Work {
    /// What one thread does.
    fn take_part(&self, mut runner: Runner, require: &[Requirement], progress: &Progress) -> Result<Tally, OddsError> {
        /// Runs between two entries of the progress.
        const MOST_UNTOLD: u64 = 256;
        let slot = progress.slot();
        let mut tally = Tally::new(require);
        let untold = (self.chunk / 16).clamp(1, MOST_UNTOLD);
        loop {
            let taken = self.next.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |first| {
                (first < self.end).then(|| first.saturating_add(self.chunk).min(self.end))
            });
            let Ok(first) = taken else { break };
            let last = first.saturating_add(self.chunk).min(self.end);
            let mut seed = first;
            while seed < last && !progress.is_cancelled() && !self.failed.load(Ordering::Relaxed) {
                let figures = runner.figures(seed).map_err(|error| {
                    self.failed.store(true, Ordering::Relaxed);
                    OddsError::TooLong { seed, error }
                })?;
                tally.count(seed, &figures);
                seed += 1;
                if (seed - first).is_multiple_of(untold) {
                    progress.run.add(untold);
                    if slot.asked.swap(false, Ordering::Relaxed) {
                        let mut answer = tally.clone();
                        answer.add_seeds(first..seed);
                        answer.settle();
                        *slot.tally.lock().unwrap_or_else(PoisonError::into_inner) = Some(answer);
                    }
                }
            }
            progress.run.add((seed - first) % untold);
            tally.add_seeds(first..seed);
            if seed < last {
                break;
            }
        }
        tally.settle();
        Ok(tally)
    }
}

/// Which values of a figure are bad: the low ones where less of it is worse.
pub(crate) fn worse_side(key: Key) -> Side {
    match key.better() {
        Some(Better::More) => Side::Below,
        Some(Better::Less) | None => Side::Above,
    }
}
