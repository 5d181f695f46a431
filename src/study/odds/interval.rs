//! How sure a probability is that was found by counting.

use serde::Serialize;

/// The confidence that all intervals are stated with.
pub const CONFIDENCE: f64 = 0.95;

/// So many standard deviations on both sides hold 95 % of a normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// Between which probabilities the true one lies, with 95 % confidence.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Interval {
    /// The lower end, 0 to 1.
    pub low: f64,
    /// The upper end, 0 to 1.
    pub high: f64,
}

/// Wilson's score interval of something that happened in `hits` of `runs` runs; all there is where there are none.
///
/// Source: Wilson, "Probable inference, the law of succession, and statistical inference", 1927. Unlike the textbook's
/// `p ± 1.96 √(p (1 − p) / n)` it holds near 0 and 1: nothing of 1,000 is 0 to 0.38 %.
pub fn wilson(hits: u64, runs: u64) -> Interval {
    if runs == 0 {
        return Interval { low: 0.0, high: 1.0 };
    }
    let (n, p) = (runs as f64, hits as f64 / runs as f64);
    let z2 = Z * Z;
    let centre = p + z2 / (2.0 * n);
    let half = Z * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    let whole = 1.0 + z2 / n;
    // At the ends rounding may leave a hair of nothing.
    let low = if hits == 0 { 0.0 } else { ((centre - half) / whole).clamp(0.0, 1.0) };
    let high = if hits == runs { 1.0 } else { ((centre + half) / whole).clamp(0.0, 1.0) };
    Interval { low, high }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_wilsons() {
        // Agresti and Coull's textbook case: 0 of 10 is 0 to z² / (10 + z²) = 3.8415 / 13.8415 = 0.2775.
        let none = wilson(0, 10);
        assert!(none.low == 0.0 && (none.high - 0.277_53).abs() < 1e-5, "{none:?}");
        let all = wilson(10, 10);
        assert!(all.high == 1.0 && (all.low - 0.722_47).abs() < 1e-5, "{all:?}");
        // Half of 100: ± 1.96 × 0.5 / √(100 + 3.8415) = 0.09617 around a half.
        let half = wilson(50, 100);
        assert!((half.low - 0.403_83).abs() < 1e-5 && (half.high - 0.596_17).abs() < 1e-5, "{half:?}");
        assert_eq!(wilson(0, 0), Interval { low: 0.0, high: 1.0 });
    }
}
