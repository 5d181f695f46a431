//! What is said of any deployment at any moment, tried on random scenarios: never nothing where something is to be said,
//! never more than a few sentences, and always sentences.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

#[path = "random_scenario/mod.rs"]
mod random_scenario;

use deployscope::explain::{self, Figure, Reason};
use deployscope::metrics::Metrics;
use deployscope::text::{story, why as words};
use deployscope::timeline::Timeline;
use deployscope::units::{Duration, Time};
use proptest::prelude::*;

/// At most so many moments of a deployment are looked at.
const MOMENTS: usize = 60;

/// Moments of a deployment: those at which something happens, and some between them.
fn moments(timeline: &Timeline) -> Vec<Time> {
    let every = timeline.log().len().div_ceil(MOMENTS / 2).max(1);
    let happens = timeline.log().iter().step_by(every).map(|entry| entry.at);
    let between = happens.clone().map(|at| at + Duration::from_us(1_234_567));
    happens.chain(between).collect()
}

fn check(line: &str) -> Result<(), TestCaseError> {
    prop_assert!(line.ends_with('.') && !line.ends_with(".."), "{}", line);
    for wrong in ["  ", "NaN", " inf", " ,", " .", " -"] {
        prop_assert!(!line.contains(wrong), "{}", line);
    }
    let first = line.chars().next().unwrap();
    prop_assert!(first.is_uppercase() || first.is_ascii_digit(), "{}", line);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_moment_is_explained(scenario in random_scenario::scenario(1..=30)) {
        let Ok(timeline) = deployscope::simulate(&scenario) else { return Ok(()) };
        for entry in timeline.log().iter().take(1_000) {
            prop_assert!(!story::log_line(&timeline, entry).is_empty());
        }
        for t in moments(&timeline) {
            let now = explain::situation(&timeline, t);
            prop_assert!(!story::headline(&now).is_empty() && !story::figures(&now).is_empty());
            let waiting = explain::waiting(&scenario, &timeline, t);
            prop_assert_eq!(waiting.is_none(), t >= timeline.end() || timeline.phases().is_empty());
            for line in waiting.iter().flat_map(words::waiting) {
                check(&line)?;
            }
            let failed = timeline.rates(t).failed();
            let reasons = explain::why(&scenario, &timeline, t);
            prop_assert_eq!(reasons.is_empty(), failed <= 0.0, "{:?}", reasons);
            if let Some(Reason::Failing { causes, .. }) = reasons.first() {
                let sum: f64 = causes.iter().map(|(_, rps)| rps).sum();
                prop_assert!((sum - failed).abs() <= 1e-9 * failed.max(1.0));
                prop_assert!(reasons.len() > 1, "what makes it is told too: {:?}", reasons);
            }
            let lines = words::sentences(&reasons);
            prop_assert!(lines.len() <= 4, "{:?}", lines);
            for line in lines {
                check(&line)?;
            }
        }
    }

    #[test]
    fn every_figure_is_explained(scenario in random_scenario::scenario(1..=30)) {
        let Ok(timeline) = deployscope::simulate(&scenario) else { return Ok(()) };
        let metrics = Metrics::new(&scenario, &timeline);
        for figure in Figure::ALL {
            let lines = words::sentences(&explain::why_figure(&scenario, &timeline, &metrics, figure));
            prop_assert!((1..=4).contains(&lines.len()), "{:?}: {:?}", figure, lines);
            for line in lines {
                check(&line)?;
            }
        }
        for line in words::sentences(&explain::why_outcome(&scenario, &timeline, &metrics)) {
            check(&line)?;
        }
    }
}
