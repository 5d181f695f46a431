//! deployscope shows what a software deployment does to a running service, before anyone runs it.
//!
//! Simulate first, then look: a [`Scenario`] is plain data; a [`strategy`] makes a [`plan`] of it; the [`engine`] runs
//! the plan; the [`Timeline`] is the complete record, and everything else is a function of it.
//!
//! ```
//! use deployscope::metrics::Metrics;
//! use deployscope::scenario::Scenario;
//! use deployscope::units::{Duration, Time};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let scenario = Scenario::from_ron(
//!     r#"(
//!         fleet: (instances: 10, capacity_rps: 100.0),
//!         traffic: Constant(800.0),
//!         strategy: Rolling(batch: Count(3)),
//!     )"#,
//!     "my-service.ron",
//! )?;
//! let timeline = deployscope::simulate(&scenario)?;
//!
//! // Four batches (3, 3, 3, 1), each 20 s drain + 30 s install + 20 s startup + 3 × 10 s checks = 100 s.
//! assert_eq!(timeline.end(), Time::ZERO + Duration::from_secs(400));
//!
//! // While three are out, 700 of the 800 requests per second are served: 100 fail for 300 s.
//! let metrics = Metrics::new(&scenario, &timeline);
//! assert_eq!(metrics.min_capacity_fraction, 0.7);
//! assert_eq!(metrics.requests_failed, 30_000.0);
//!
//! // Any moment can be asked for: at 2 min 30 s the second batch is being started.
//! let moment = timeline.at(Time::ZERO + Duration::from_secs(150));
//! assert_eq!((moment.in_service_old(), moment.in_service_new()), (4, 3));
//! # Ok(())
//! # }
//! ```

#[cfg(feature = "gui")]
pub mod app;
pub mod cli;
pub mod engine;
pub mod explain;
pub mod metrics;
pub mod plan;
pub mod presets;
pub mod scenario;
pub mod strategy;
pub mod study;
pub mod text;
pub mod timeline;
pub mod units;

use scenario::Scenario;
use timeline::Timeline;

/// Simulates the whole deployment at once.
///
/// # Errors
/// [`engine::TooLong`] where it would take longer than [`scenario::limits::MAX_RUN`].
pub fn simulate(scenario: &Scenario) -> Result<Timeline, engine::TooLong> {
    engine::run(scenario, &strategy::plan(scenario), timeline::Detail::Full)
}
