//! A sweep: a scenario once for every value of one field, or for every pair of values of two.

use super::batch;
use super::progress::{Cancelled, Progress};
use super::vary::{Axis, VaryError};
use crate::engine::TooLong;
use crate::metrics::Figures;
use crate::scenario::{Scenario, Source};

/// The most points of a sweep.
pub const MAX_POINTS: usize = 40_000;

/// A sweep's answer.
#[derive(Debug)]
pub struct Sweep {
    /// What was varied: one or two.
    pub axes: Vec<Axis>,
    /// The points, the last axis' values one after another.
    pub points: Vec<Point>,
}

/// One point of a sweep.
#[derive(Debug)]
pub struct Point {
    /// The place of its value on each axis.
    pub at: Vec<usize>,
    /// What became of it.
    pub outcome: Result<Ran, String>,
}

/// A scenario that was run.
#[derive(Debug)]
pub struct Ran {
    /// What was run.
    pub scenario: Scenario,
    /// What became of it.
    pub figures: Figures,
}

/// Why there is no sweep.
#[derive(Debug, thiserror::Error)]
pub enum SweepError {
    /// Nobody waits for it any more.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// There would be too many points.
    #[error("these are {0} points, and at most {MAX_POINTS} can be run: choose larger steps")]
    TooMany(usize),
    /// No value at all is one that the scenario takes.
    #[error("no value can be run: {0}")]
    None(String),
}

impl Sweep {
    /// Runs a scenario for every value, on all cores. A value that does not go with the rest of the scenario is a point
    /// with the reason.
    ///
    /// # Errors
    /// [`SweepError`].
    pub fn run(axes: Vec<Axis>, of: &Source, progress: &Progress) -> Result<Sweep, SweepError> {
        let count = axes.iter().map(|axis| axis.values.len()).product();
        if count > MAX_POINTS {
            return Err(SweepError::TooMany(count));
        }
        let places = places(&axes);
        let mut read = Vec::with_capacity(places.len());
        for at in &places {
            if progress.is_cancelled() {
                return Err(Cancelled.into());
            }
            read.push(at_place(&axes, at, of));
        }
        let scenarios: Vec<Scenario> = read.iter().filter_map(|read| read.as_ref().ok().cloned()).collect();
        if scenarios.is_empty() {
            let why = read.into_iter().find_map(Result::err).unwrap_or_default();
            return Err(SweepError::None(why));
        }
        let mut figures = batch::figures(&scenarios, progress)?.into_iter();
        let mut next = || figures.next().unwrap_or(Err(TooLong));
        let points = places.into_iter().zip(read).map(|(at, read)| {
            let outcome = read.and_then(|scenario| match next() {
                Ok(figures) => Ok(Ran { scenario, figures }),
                Err(error) => Err(error.to_string()),
            });
            Point { at, outcome }
        });
        Ok(Sweep { points: points.collect(), axes })
    }
}

/// The places of all points.
fn places(axes: &[Axis]) -> Vec<Vec<usize>> {
    axes.iter().fold(vec![Vec::new()], |before, axis| {
        let longer =
            |at: &Vec<usize>| -> Vec<Vec<usize>> { (0..axis.values.len()).map(|i| at.iter().copied().chain([i]).collect()).collect() };
        before.iter().flat_map(longer).collect()
    })
}

fn at_place(axes: &[Axis], at: &[usize], of: &Source) -> Result<Scenario, String> {
    let mut source = of.clone();
    for (axis, i) in axes.iter().zip(at) {
        if let Some(value) = axis.values.get(*i) {
            source = axis.set(value, &source).map_err(|error| short(&error))?;
        }
    }
    source.read().map_err(|error| error.problems().first().map_or_else(|| error.to_string(), |problem| problem.message.clone()))
}

/// The problem alone: where in the text it stands is the same for all values.
fn short(error: &VaryError) -> String {
    match error {
        VaryError::Scenario(error) => error.problems().first().map_or_else(|| error.to_string(), |problem| problem.message.clone()),
        other => other.to_string(),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;

    fn sweep(axes: &[&str], scenario: &str) -> Result<Sweep, SweepError> {
        let source = Source::new(scenario, "test");
        let axes = axes.iter().map(|axis| Axis::parse(axis, &source).unwrap()).collect();
        Sweep::run(axes, &source, &Progress::new())
    }

    #[test]
    fn a_batch_takes_its_number_of_batches() {
        let swept = sweep(&["strategy.batch=1..24"], "(fleet: (instances: 24), strategy: Rolling(batch: Count(3)))").unwrap();
        for (batch, point) in (1..=24_u32).zip(&swept.points) {
            let ran = point.outcome.as_ref().unwrap();
            // ceil(N / B) batches, each 20 drain + 30 install + 20 startup + 3 × 10 checks
            assert_eq!(ran.figures.duration_s, f64::from(24_u32.div_ceil(batch)) * 100.0);
            assert_eq!(ran.figures.min_capacity_fraction, f64::from(24 - batch) / 24.0);
        }
    }

    #[test]
    fn two_axes_are_a_grid() {
        let scenario = "(fleet: (instances: 10), strategy: Rolling(batch: Count(3)))";
        let swept = sweep(&["strategy.batch=Count(1)..Count(2)", "timings.install=30s..90s..30s"], scenario).unwrap();
        let all: Vec<(Vec<usize>, f64)> =
            swept.points.iter().map(|p| (p.at.clone(), p.outcome.as_ref().unwrap().figures.duration_s)).collect();
        // 10 or 5 batches of 70 s and the install
        let expected = [(0, 0, 1000.0), (0, 1, 1300.0), (0, 2, 1600.0), (1, 0, 500.0), (1, 1, 650.0), (1, 2, 800.0)];
        assert_eq!(all, expected.map(|(a, b, s)| (vec![a, b], s)));
    }

    #[test]
    fn a_value_that_does_not_go_with_the_rest_is_a_point_with_the_reason() {
        let scenario = "(fleet: (instances: 10), release: (error_rate: 0.5), strategy: Rolling(batch: Count(3)))";
        let swept = sweep(&["release.error_rate=0.5..1.5..0.5"], scenario).unwrap();
        assert!(swept.points[1].outcome.is_ok());
        assert_eq!(swept.points[2].outcome.as_ref().unwrap_err(), "`error_rate` is too large");
    }

    #[test]
    fn it_says_when_an_event_hurts_most() {
        // The new version turns bad while ever more instances run it: from the last batch on all of them do.
        let scenario = r#"(
            fleet: (instances: 10), traffic: Constant(500.0), strategy: Rolling(batch: Count(5)),
            failures: (events: [TurnBad(at: "0s", error_rate: 0.5)]),
        )"#;
        let swept = sweep(&["failures.events[0].at=0s..200s..100s"], scenario).unwrap();
        let failed: Vec<f64> = swept.points.iter().map(|p| p.outcome.as_ref().unwrap().figures.requests_failed).collect();
        // From 100 to 200 s five instances, all of them new, serve 500 a second and fail half.
        assert_eq!(failed, [25_000.0, 25_000.0, 0.0]);
    }

    #[test]
    fn too_many_points_are_refused() {
        let scenario = "(fleet: (instances: 1000), strategy: Rolling(batch: Count(3)))";
        let refused = sweep(&["strategy.batch=1..1000..1", "timings.install=1s..1000s..1s"], scenario).unwrap_err();
        assert!(refused.to_string().contains("1000000 points"));
    }
}
