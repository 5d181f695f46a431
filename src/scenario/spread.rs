//! A duration that may vary from instance to instance.

use crate::units::Duration;

/// A duration, or how it is drawn for every instance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Spread {
    /// Always the same.
    Fixed(Duration),
    /// Evenly between two durations, both included: `"40s..80s"`.
    Uniform {
        /// The shortest.
        from: Duration,
        /// The longest.
        to: Duration,
    },
    /// Normally distributed, never below 0: `"60s ± 10s"`.
    Normal {
        /// The mean.
        mean: Duration,
        /// The standard deviation.
        deviation: Duration,
    },
    /// Log-normally distributed: `"median 60s, p95 120s"`.
    LogNormal {
        /// Half of the draws are below it.
        median: Duration,
        /// 95 % of the draws are below it.
        p95: Duration,
    },
}

impl Spread {
    /// Whether every instance gets the same.
    pub fn is_fixed(&self) -> bool {
        matches!(self, Spread::Fixed(_))
    }
}

impl std::fmt::Display for Spread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Spread::Fixed(d) => write!(f, "{d}"),
            Spread::Uniform { from, to } => write!(f, "{from}..{to}"),
            Spread::Normal { mean, deviation } => write!(f, "{mean} ± {deviation}"),
            Spread::LogNormal { median, p95 } => write!(f, "median {median}, p95 {p95}"),
        }
    }
}
