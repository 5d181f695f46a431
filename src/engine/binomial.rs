//! The binomial distribution: how many of so many requests fail where each fails with a probability.

use std::f64::consts::PI;

/// Up to this variance every part is added up; beyond, there are thousands.
const MAX_VARIANCE: f64 = 1e6;

/// How many of `n` happen, where each does with the probability `p`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Binomial {
    n: u64,
    p: f64,
}

impl Binomial {
    /// `p` from 0 to 1.
    pub(crate) fn new(n: u64, p: f64) -> Binomial {
        Binomial { n, p: p.clamp(0.0, 1.0) }
    }

    /// The probability that exactly `k` happen.
    ///
    /// Source: Loader, "Fast and accurate computation of binomial probabilities", 2000: the saddle point, which loses nothing to
    /// differences of large logarithms.
    pub(crate) fn exactly(&self, k: u64) -> f64 {
        let Binomial { n, p } = *self;
        if k > n {
            return 0.0;
        }
        if p == 0.0 || p == 1.0 {
            return if (k == 0 && p == 0.0) || (k == n && p == 1.0) { 1.0 } else { 0.0 };
        }
        let (all, some, rest) = (n as f64, k as f64, (n - k) as f64);
        if k == 0 {
            return libm::exp(all * libm::log1p(-p));
        }
        if k == n {
            return libm::exp(all * libm::log(p));
        }
        let exponent =
            stirling_error(n) - stirling_error(k) - stirling_error(n - k) - deviance(some, all * p) - deviance(rest, all * (1.0 - p));
        libm::exp(exponent) * (all / (2.0 * PI * some * rest)).sqrt()
    }

    /// The probability that at least `k` happen.
    pub(crate) fn at_least(&self, k: u64) -> f64 {
        if k == 0 {
            return 1.0;
        }
        if k > self.n {
            return 0.0;
        }
        if self.is_wide() {
            return self.nearly_at_least(k);
        }
        let sum = if k as f64 > self.n as f64 * self.p { self.sum_up(k) } else { 1.0 - self.sum_down(k - 1) };
        sum.clamp(0.0, 1.0)
    }

    /// Whether it is so wide that its parts are too many to add up.
    fn is_wide(&self) -> bool {
        self.variance() > MAX_VARIANCE
    }

    fn variance(&self) -> f64 {
        self.n as f64 * self.p * (1.0 - self.p)
    }

    /// A wide one is the normal distribution but for its skewness (Edgeworth's first correction): the probability is within
    /// 1 / variance, a millionth.
    fn nearly_at_least(&self, k: u64) -> f64 {
        let deviation = self.variance().sqrt();
        let z = (k as f64 - 0.5 - self.n as f64 * self.p) / deviation;
        let density = libm::exp(-z * z / 2.0) / (2.0 * PI).sqrt();
        let skewness = (1.0 - 2.0 * self.p) / deviation;
        (libm::erfc(z / std::f64::consts::SQRT_2) / 2.0 + skewness / 6.0 * (z * z - 1.0) * density).clamp(0.0, 1.0)
    }

    /// The sum from `k` upwards, beyond the mean: each part is smaller than the one before it.
    fn sum_up(&self, k: u64) -> f64 {
        let (mut part, odds) = (self.exactly(k), self.odds());
        let mut sum = part;
        for i in k..self.n {
            part *= (self.n - i) as f64 / (i + 1) as f64 * odds;
            sum += part;
            if part <= sum * 1e-17 {
                break;
            }
        }
        sum
    }

    /// The sum from `k` downwards, up to the mean.
    fn sum_down(&self, k: u64) -> f64 {
        let (mut part, odds) = (self.exactly(k), self.odds());
        let mut sum = part;
        for i in (1..=k).rev() {
            part *= i as f64 / (self.n - i + 1) as f64 / odds;
            sum += part;
            if part <= sum * 1e-17 {
                break;
            }
        }
        sum
    }

    fn odds(&self) -> f64 {
        self.p / (1.0 - self.p)
    }

    /// The number that a random one evenly in (0, 1) stands for: the least of which no more happen with at least that
    /// probability.
    ///
    /// Source: Devroye, "Non-uniform random variate generation", 1986, chapter X.4.2: inversion by a search that starts at the
    /// most probable number. It takes one random number, and some √n steps; it is exact up to a variance of a million.
    pub(crate) fn invert(&self, random: f64) -> u64 {
        let Binomial { n, p } = *self;
        if p == 0.0 || n == 0 {
            return 0;
        }
        if p == 1.0 {
            return n;
        }
        if self.is_wide() {
            // By halving: the least of which no more happen with at least that probability.
            let (mut low, mut high) = (0, n);
            while low < high {
                let middle = low + (high - low) / 2;
                if 1.0 - self.nearly_at_least(middle + 1) >= random { high = middle } else { low = middle + 1 }
            }
            return low;
        }
        let odds = self.odds();
        let mut k = most_probable(n, p);
        let (mut part, mut sum) = (self.exactly(k), 1.0 - self.at_least(k + 1));
        if random <= sum {
            while k > 0 && random <= sum - part {
                sum -= part;
                part *= k as f64 / (n - k + 1) as f64 / odds;
                k -= 1;
            }
        } else {
            // Where the last parts no longer count, rounding has brought it there.
            while k < n && random > sum && part > 1e-300 {
                part *= (n - k) as f64 / (k + 1) as f64 * odds;
                k += 1;
                sum += part;
            }
        }
        k
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is from 0 to n")]
fn most_probable(n: u64, p: f64) -> u64 {
    (((n as f64 + 1.0) * p) as u64).min(n)
}

/// `ln n!` less Stirling's formula: `ln n! - ((n + ½) ln n - n + ½ ln 2π)`.
fn stirling_error(n: u64) -> f64 {
    let x = n as f64;
    if n < 16 {
        let factorial: f64 = (1..=n).map(|i| i as f64).product();
        return if n == 0 { 0.0 } else { libm::log(factorial) - (x + 0.5) * libm::log(x) + x - 0.5 * libm::log(2.0 * PI) };
    }
    let y = x * x;
    (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1_260.0 - (1.0 / 1_680.0 - 1.0 / 1_188.0 / y) / y) / y) / y) / x
}

/// `x ln (x / m) + m - x`, which is small where `x` is near `m`: there by its series.
fn deviance(x: f64, m: f64) -> f64 {
    let difference = x - m;
    if difference.abs() >= 0.1 * (x + m) {
        return x * libm::log(x / m) + m - x;
    }
    let v = difference / (x + m);
    let mut sum = difference * v;
    let mut term = 2.0 * x * v;
    for i in 1..1_000_u32 {
        term *= v * v;
        let next = sum + term / f64::from(2 * i + 1);
        if next == sum {
            break;
        }
        sum = next;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() <= 1e-12 * b.abs().max(1e-3), "{a} is not {b}");
    }

    #[test]
    fn probabilities_are_those_of_the_formula() {
        // 10 over 3 is 120: 120 × 0.2³ × 0.8⁷ = 0.201326592.
        close(Binomial::new(10, 0.2).exactly(3), 0.201_326_592);
        // At least one of 35 at 5 %: 1 - 0.95³⁵.
        close(Binomial::new(35, 0.05).at_least(1), 1.0 - 0.95_f64.powi(35));
        // Of 5 at a half at least 4: 6 of 32.
        close(Binomial::new(5, 0.5).at_least(4), 6.0 / 32.0);
        // Symmetric: of 1,001 at a half at least 501 is a half.
        close(Binomial::new(1_001, 0.5).at_least(501), 0.5);
        // Rare ones of many are Poisson's: 1e9 × 1e-9 = 1, so e⁻¹ for none, to the 1e-9 that the two differ by.
        assert!((Binomial::new(1_000_000_000, 1e-9).exactly(0) - (-1.0_f64).exp()).abs() < 1e-9);
        assert_eq!((Binomial::new(10, 0.0).at_least(1), Binomial::new(10, 1.0).at_least(10)), (0.0, 1.0));
    }

    #[test]
    fn a_wide_one_is_no_other() {
        // On both sides of the limit: 4,000,000 at a half have a variance of a million.
        let (exact, near) = (Binomial::new(4_000_000, 0.5), Binomial::new(4_000_002, 0.5));
        assert!(!exact.is_wide() && near.is_wide());
        for k in [1_997_000, 1_999_500, 2_000_000, 2_000_900, 2_003_000] {
            let difference = exact.at_least(k) - near.at_least(k + 1);
            assert!(difference.abs() < 1e-6, "{k}: {difference}");
        }
        // A skew one: the sum agrees where it is made all the same.
        let skew = Binomial::new(200_000_000, 0.01);
        let k = 2_003_000;
        assert!((skew.at_least(k) - skew.sum_up(k)).abs() < 1e-6);
        for (random, z) in [(0.5, 0.0), (0.975, 1.959_964), (0.001, -3.090_232)] {
            let expected = 2_000_000.0 + z * (2_000_000.0_f64 * 0.99).sqrt();
            assert!((skew.invert(random) as f64 - expected).abs() < 3.0, "{random}");
        }
        // The largest that a scenario can ask for takes no time, and neither does what is too improbable to be told from 0.
        assert_eq!(Binomial::new(2_592_000_000_000_000, 1.0 - 1e-12).at_least(2_000_000_000_000_000), 1.0);
        assert!(Binomial::new(2_592_000_000_000_000, 0.3).invert(0.7) > 777_600_000_000_000);
    }

    #[test]
    fn all_of_it_is_one() {
        for (n, p) in [(1, 0.3), (20, 0.01), (300, 0.7), (5_000, 0.02)] {
            let all: f64 = (0..=n).map(|k| Binomial::new(n, p).exactly(k)).sum();
            close(all, 1.0);
        }
    }

    #[test]
    fn a_random_number_stands_for_the_least_that_reaches_it() {
        for (n, p) in [(1, 0.3), (20, 0.5), (42_000, 0.05), (1_000_000, 0.999)] {
            let binomial = Binomial::new(n, p);
            for random in [1e-12, 0.001, 0.25, 0.5, 0.77, 0.999, 1.0 - 1e-12] {
                let k = binomial.invert(random);
                // The sum to k reaches it, the sum to k - 1 does not; to what sums from two sides differ by.
                assert!(1.0 - binomial.at_least(k + 1) >= random - 1e-11, "{n} {p} {random}: {k}");
                assert!(k == 0 || 1.0 - binomial.at_least(k) < random + 1e-11, "{n} {p} {random}: {k}");
            }
        }
        assert_eq!((Binomial::new(9, 0.0).invert(0.9), Binomial::new(9, 1.0).invert(0.1)), (0, 9));
    }
}
