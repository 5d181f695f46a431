//! The demand on the service over time.

use crate::units::Duration;

/// Demand in requests per second, from the deployment's start on.
#[derive(Clone, Debug, PartialEq)]
pub enum Traffic {
    /// Always the same.
    Constant(f64),
    /// A new level from each time on; the first is at 0 s, times rise.
    Steps(Vec<(Duration, f64)>),
    /// `mean + amplitude × sin(2π t / period)`; the amplitude is at most the mean.
    Wave {
        /// Requests per second in the middle.
        mean: f64,
        /// Requests per second above and below it.
        amplitude: f64,
        /// The time of one whole wave.
        period: Duration,
    },
    /// From one level to another in a straight line, then constant.
    Ramp {
        /// Requests per second at the start.
        from: f64,
        /// Requests per second at the end.
        to: f64,
        /// How long the change takes.
        over: Duration,
    },
}
