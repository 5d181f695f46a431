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

    /// The same shape with every duration times `factor`, to the millisecond.
    pub fn scaled(self, factor: f64) -> Spread {
        let scaled = |d: Duration| Duration::from_secs_f64((d.as_secs_f64() * factor * 1e3).round() / 1e3);
        match self {
            Spread::Fixed(d) => Spread::Fixed(scaled(d)),
            Spread::Uniform { from, to } => Spread::Uniform { from: scaled(from), to: scaled(to) },
            Spread::Normal { mean, deviation } => Spread::Normal { mean: scaled(mean), deviation: scaled(deviation) },
            Spread::LogNormal { median, p95 } => Spread::LogNormal { median: scaled(median), p95: scaled(p95) },
        }
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
