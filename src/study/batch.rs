//! Many scenarios at once, on all cores, in the order they were given.

use rayon::prelude::*;

use super::Runner;
use super::progress::{Cancelled, Progress};
use crate::engine::TooLong;
use crate::metrics::Figures;
use crate::scenario::Scenario;

/// The figures of each scenario, run with its own seed.
///
/// # Errors
/// [`Cancelled`] where nobody waits for them any more.
pub fn figures(scenarios: &[Scenario], progress: &Progress) -> Result<Vec<Result<Figures, TooLong>>, Cancelled> {
    progress.expect(scenarios.len() as u64);
    scenarios
        .par_iter()
        .map(|scenario| {
            if progress.is_cancelled() {
                return Err(Cancelled);
            }
            let figures = Runner::new(scenario).figures(scenario.seed);
            progress.add(1);
            Ok(figures)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Part, Strategy};

    #[test]
    fn each_has_its_place_and_a_cancelled_one_has_none() {
        let scenarios: Vec<Scenario> = (1..=10).map(|batch| Scenario::new(10, Strategy::Rolling { batch: Part::Count(batch) })).collect();
        let progress = Progress::new();
        let durations = figures(&scenarios, &progress).map(|all| all.into_iter().map(|f| f.map(|f| f.duration_s)).collect::<Vec<_>>());
        // ceil(10 / batch) × 100 s
        let expected = [1000.0, 500.0, 400.0, 300.0, 200.0, 200.0, 200.0, 200.0, 200.0, 100.0].map(Ok);
        assert_eq!(durations, Ok(expected.to_vec()));
        assert_eq!(progress.runs(), (10, 10));
        progress.cancel();
        assert_eq!(figures(&scenarios, &progress), Err(Cancelled));
    }
}
