//! What a tally comes to: quantiles, probabilities and how sure they are.

use std::ops::Range;

use serde::Serialize;

use super::interval::{CONFIDENCE, Interval, wilson};
use super::judgement::{Asked, Judgement, judgement};
use super::{Bar, Hits, Tally, worse_side};
use crate::metrics::Key;
use crate::scenario::Scenario;
use crate::study::require::Side;

/// How many bars a histogram has.
const BARS: u32 = 40;

/// Everything that is said of many runs. Field names are the keys of the JSON output.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// The scenario's name.
    pub scenario: String,
    /// The strategy's RON name.
    pub strategy: &'static str,
    /// How many runs.
    pub runs: u64,
    /// Their seeds: each range's first, and the first after it.
    pub seeds: Vec<Range<u64>>,
    /// The confidence of all intervals, and their kind.
    pub confidence: f64,
    /// Always `wilson`.
    pub interval: &'static str,
    /// How probable each thing is.
    pub probabilities: Vec<Probability>,
    /// How each figure is distributed; those that no run has are left out.
    pub figures: Vec<FigureReport>,
    /// What the alarm can see of the first step; none where there is no alarm over requests, or no step.
    pub judgement: Option<Judgement>,
}

/// How probable something is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Probability {
    /// What: `succeeded`, `rolled_back`, `failed`, `downtime`, `failed_requests`, `all_met`, or a requirement that is met.
    pub of: String,
    /// In so many runs.
    pub runs: u64,
    /// Those over all runs.
    pub probability: f64,
    /// Between these, with the report's confidence.
    #[serde(flatten)]
    pub interval: Interval,
    /// The least seed of a run in which it was so.
    pub seed: Option<u64>,
    /// The least seed of a run in which a requirement was missed.
    pub missed_seed: Option<u64>,
}

/// How a figure is distributed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FigureReport {
    /// The figure's key.
    pub figure: &'static str,
    /// Which figure it is.
    #[serde(skip)]
    pub key: Key,
    /// How many runs have it.
    pub runs: u64,
    /// Whether quantiles are exact; otherwise they are off by at most [`SKETCH_ERROR`](super::SKETCH_ERROR) of themselves.
    pub exact: bool,
    /// The mean.
    pub mean: f64,
    /// The lowest value.
    pub min: f64,
    /// 1 % of the runs have no more than this.
    pub p1: f64,
    /// 5 % of the runs.
    pub p5: f64,
    /// 10 % of the runs.
    pub p10: f64,
    /// Half of the runs.
    pub median: f64,
    /// 90 % of the runs.
    pub p90: f64,
    /// 95 % of the runs.
    pub p95: f64,
    /// 99 % of the runs.
    pub p99: f64,
    /// The highest value.
    pub max: f64,
    /// The worst of the two.
    pub worst: f64,
    /// The least seed of a run with the worst value.
    pub worst_seed: u64,
    /// The runs in bars of one width.
    pub histogram: Vec<Bar>,
}

impl FigureReport {
    /// The median, and what 90, 95 and 99 % of the runs are no worse than, and the worst.
    pub fn no_worse(&self) -> [f64; 5] {
        match worse_side(self.key) {
            Side::Above | Side::AtLeast => [self.median, self.p90, self.p95, self.p99, self.worst],
            Side::Below | Side::AtMost => [self.median, self.p10, self.p5, self.p1, self.worst],
        }
    }
}

impl Tally {
    /// What it comes to; it is of runs of this scenario, whose alarm is asked something.
    pub fn report(&self, scenario: &Scenario, asked: Asked) -> Report {
        let runs = self.runs();
        let probability = |of: &str, hits: Hits| Probability {
            of: of.to_owned(),
            runs: hits.runs,
            probability: if runs > 0 { hits.runs as f64 / runs as f64 } else { 0.0 },
            interval: wilson(hits.runs, runs),
            seed: hits.seed,
            missed_seed: None,
        };
        let met = |of: &str, missed: Hits| {
            let met = Hits { runs: runs - missed.runs, seed: None };
            Probability { missed_seed: missed.seed, ..probability(of, met) }
        };
        let [succeeded, rolled_back, failed] = self.outcomes;
        let mut probabilities = vec![
            probability("succeeded", succeeded),
            probability("rolled_back", rolled_back),
            probability("failed", failed),
            probability("downtime", self.downtime),
            probability("failed_requests", self.failed_requests),
        ];
        if !self.require.is_empty() {
            probabilities.push(met("all_met", self.missed_any));
        }
        probabilities.extend(self.require.iter().zip(&self.missed).map(|(requirement, missed)| met(&requirement.to_string(), *missed)));
        Report {
            scenario: scenario.name.clone(),
            strategy: scenario.strategy.kind().ron_name(),
            runs,
            seeds: self.seeds.clone(),
            confidence: CONFIDENCE,
            interval: "wilson",
            probabilities,
            figures: Key::ALL.into_iter().filter_map(|key| self.figure(key)).collect(),
            judgement: judgement(scenario, asked),
        }
    }

    fn figure(&self, key: Key) -> Option<FigureReport> {
        let distribution = self.distribution(key)?;
        let [lowest, highest] = distribution.extremes()?;
        let quantile = |per_mille| distribution.quantile(per_mille);
        let (worst, worst_seed) = match worse_side(key) {
            Side::Above | Side::AtLeast => highest,
            Side::Below | Side::AtMost => lowest,
        };
        Some(FigureReport {
            figure: key.name(),
            key,
            runs: distribution.runs(),
            exact: distribution.is_exact(),
            mean: distribution.mean()?,
            min: lowest.0,
            p1: quantile(10)?,
            p5: quantile(50)?,
            p10: quantile(100)?,
            median: quantile(500)?,
            p90: quantile(900)?,
            p95: quantile(950)?,
            p99: quantile(990)?,
            max: highest.0,
            worst,
            worst_seed,
            histogram: distribution.histogram(BARS),
        })
    }
}
