//! deployscope shows what a software deployment does to a running service, before anyone runs it.

pub mod cli;
pub mod engine;
pub mod explain;
pub mod metrics;
pub mod plan;
pub mod presets;
pub mod scenario;
pub mod strategy;
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
    engine::run(scenario, &strategy::plan(scenario), engine::Detail::Full)
}
