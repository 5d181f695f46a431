//! Random numbers by counter: a draw depends on the seed, the instance and what it is for, and on nothing else, so one
//! instance's draw never moves another's.
//!
//! Each purpose is a SplitMix64 stream (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014)
//! whose start is a hash of the seed and the purpose, read at the position of the instance. Logarithms and the like are
//! `libm`'s, not the platform's, so the bytes are the same on every machine.

use std::f64::consts::TAU;

use crate::scenario::{Spread, limits};
use crate::units::Duration;

/// What a draw is for. The numbers are part of what a seed means: never change one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    Boot = 1,
    Install = 2,
    Startup = 3,
    StartupFailure = 4,
    Failure = 5,
    Crash = 6,
    Kill = 7,
    Alarm = 8,
    Calm = 9,
}

/// SplitMix64's step between two positions of a stream.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// SplitMix64's output function.
pub(crate) fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// What all streams of a seed begin with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seed(u64);

impl Seed {
    pub(super) fn new(seed: u64) -> Seed {
        Seed(mix(seed.wrapping_add(GOLDEN)))
    }
}

/// One purpose's stream.
#[derive(Clone, Copy, Debug)]
struct Stream(u64);

impl Stream {
    fn new(seed: Seed, purpose: u64) -> Stream {
        Stream(mix(seed.0 ^ purpose.wrapping_mul(GOLDEN)))
    }

    fn bits(self, one: One) -> u64 {
        mix(self.0.wrapping_add(GOLDEN.wrapping_mul(one.position() + 1)))
    }

    /// Evenly in (0, 1): never 0, so that its logarithm is finite.
    fn unit(self, one: One) -> f64 {
        ((self.bits(one) >> 11) as f64 + 0.5) / (1u64 << 53) as f64
    }
}

/// Whose draw it is: an instance, and how often it was started before.
#[derive(Clone, Copy, Debug)]
pub(super) struct One {
    pub(super) instance: u32,
    pub(super) starts: u32,
}

impl One {
    fn position(self) -> u64 {
        u64::from(self.starts) << 32 | u64::from(self.instance)
    }
}

/// Chances: of one thing, for each instance.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chance(Stream);

impl Chance {
    pub(super) fn new(seed: Seed, purpose: Purpose) -> Chance {
        Chance(Stream::new(seed, (purpose as u64) << 8))
    }

    /// Whether it happens, with this probability.
    pub(super) fn happens(self, one: One, probability: f64) -> bool {
        self.0.unit(one) < probability
    }

    /// How long it takes until it happens, where it happens once in `mean` (an exponential distribution).
    pub(super) fn time_until(self, one: One, mean: Duration) -> Duration {
        Duration::from_secs_f64(-libm::log(self.0.unit(one)) * mean.as_secs_f64()).min(limits::MAX_RUN)
    }

    /// A number evenly in (0, 1).
    pub(super) fn unit(self, one: One) -> f64 {
        self.0.unit(one)
    }

    /// A number by which to choose some of many.
    pub(super) fn rank(self, one: One) -> u64 {
        self.0.bits(one)
    }
}

/// Draws a spread for each instance.
#[derive(Clone, Copy, Debug)]
pub(super) struct Draw {
    shape: Shape,
    first: Stream,
    second: Stream,
}

/// A spread with what of it is the same for every draw.
#[derive(Clone, Copy, Debug)]
enum Shape {
    Fixed(Duration),
    Uniform { from: Duration, choices: u64 },
    Normal { mean_s: f64, deviation_s: f64 },
    LogNormal { median_s: f64, sigma: f64 },
}

impl Draw {
    pub(super) fn new(spread: Spread, seed: Seed, purpose: Purpose) -> Draw {
        let shape = match spread {
            Spread::Fixed(duration) => Shape::Fixed(duration),
            Spread::Uniform { from, to } => Shape::Uniform { from, choices: (to - from).as_us().saturating_add(1) },
            Spread::Normal { mean, deviation } => Shape::Normal { mean_s: mean.as_secs_f64(), deviation_s: deviation.as_secs_f64() },
            Spread::LogNormal { median, p95 } => {
                // 1.645 standard deviations above the median are 95 % of a normal distribution.
                const NORMAL_P95: f64 = 1.644_853_626_951_472_2;
                let sigma = libm::log(p95.as_secs_f64() / median.as_secs_f64()) / NORMAL_P95;
                Shape::LogNormal { median_s: median.as_secs_f64(), sigma }
            }
        };
        let mut draw = Draw { shape, first: Stream(0), second: Stream(0) };
        draw.begin_again(seed, purpose);
        draw
    }

    /// The same spread with another seed.
    pub(super) fn begin_again(&mut self, seed: Seed, purpose: Purpose) {
        let lane = (purpose as u64) << 8;
        match self.shape {
            Shape::Fixed(_) => {}
            Shape::Uniform { .. } => self.first = Stream::new(seed, lane),
            Shape::Normal { .. } | Shape::LogNormal { .. } => {
                self.first = Stream::new(seed, lane);
                self.second = Stream::new(seed, lane | 1);
            }
        }
    }

    /// This instance's duration, at most [`limits::MAX_DURATION`].
    #[inline(always)]
    pub(super) fn of(&self, one: One) -> Duration {
        match self.shape {
            Shape::Fixed(duration) => duration,
            Shape::Uniform { from, choices } => {
                // Multiply and shift (Lemire 2019): the high word of a product is evenly below `choices`.
                let offset = (u128::from(self.first.bits(one)) * u128::from(choices)) >> 64;
                from + Duration::from_us(u64::try_from(offset).unwrap_or(u64::MAX))
            }
            Shape::Normal { mean_s, deviation_s } => {
                Duration::from_secs_f64(mean_s + deviation_s * self.normal(one)).min(limits::MAX_DURATION)
            }
            Shape::LogNormal { median_s, sigma } => {
                Duration::from_secs_f64(median_s * libm::exp(sigma * self.normal(one))).min(limits::MAX_DURATION)
            }
        }
    }

    /// A standard normal number (Box and Muller 1958).
    fn normal(&self, one: One) -> f64 {
        libm::sqrt(-2.0 * libm::log(self.first.unit(one))) * libm::cos(TAU * self.second.unit(one))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECONDS: fn(u64) -> Duration = Duration::from_secs;

    fn draws(spread: Spread, n: u32) -> Vec<f64> {
        let draw = Draw::new(spread, Seed::new(7), Purpose::Install);
        (0..n).map(|i| draw.of(One { instance: i, starts: 0 }).as_secs_f64()).collect()
    }

    #[test]
    fn the_mixing_function_is_splitmix64() {
        // The first three outputs of SplitMix64 with seed 1234567, as published with the reference implementation.
        let outputs: Vec<u64> = (1..=3u64).map(|i| mix(1_234_567u64.wrapping_add(GOLDEN.wrapping_mul(i)))).collect();
        assert_eq!(outputs, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn uniform_draws_fill_their_range_evenly() {
        let values = draws(Spread::Uniform { from: SECONDS(40), to: SECONDS(80) }, 10_000);
        assert!(values.iter().all(|v| (40.0..=80.0).contains(v)));
        let mean = values.iter().sum::<f64>() / 10_000.0;
        // The mean of 10,000 draws lies within five standard errors, 5 × 40 / √12 / 100 = 0.58, of 60.
        assert!((mean - 60.0).abs() < 0.58, "mean {mean}");
    }

    #[test]
    fn normal_draws_have_their_mean_and_never_fall_below_zero() {
        let values = draws(Spread::Normal { mean: SECONDS(60), deviation: SECONDS(10) }, 10_000);
        let mean = values.iter().sum::<f64>() / 10_000.0;
        let deviation = (values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / 10_000.0).sqrt();
        // Five standard errors: 5 × 10 / 100 = 0.5 for the mean, 5 × 10 / √20,000 = 0.35 for the deviation.
        assert!((mean - 60.0).abs() < 0.5, "mean {mean}");
        assert!((deviation - 10.0).abs() < 0.36, "deviation {deviation}");
        let wide = draws(Spread::Normal { mean: SECONDS(1), deviation: SECONDS(100) }, 1_000);
        assert!(wide.iter().all(|&v| v >= 0.0));
        assert!(wide.contains(&0.0), "half of these draws are below zero and become it");
    }

    #[test]
    fn log_normal_draws_have_their_median_and_95th_percentile() {
        let mut values = draws(Spread::LogNormal { median: SECONDS(60), p95: SECONDS(120) }, 20_000);
        values.sort_by(f64::total_cmp);
        let below = |limit: f64| values.partition_point(|&v| v < limit) as f64 / 20_000.0;
        // Five standard errors of a share of 20,000: 5 × √(0.25 / 20,000) = 0.018 and 5 × √(0.0475 / 20,000) = 0.008.
        assert!((below(60.0) - 0.5).abs() < 0.018);
        assert!((below(120.0) - 0.95).abs() < 0.008);
    }

    #[test]
    fn a_draw_depends_on_seed_instance_and_purpose() {
        let spread = Spread::Uniform { from: SECONDS(0), to: SECONDS(1_000) };
        let (five, six) = (One { instance: 5, starts: 0 }, One { instance: 6, starts: 0 });
        let base = Draw::new(spread, Seed::new(1), Purpose::Install).of(five);
        assert_eq!(base, Draw::new(spread, Seed::new(1), Purpose::Install).of(five));
        assert_ne!(base, Draw::new(spread, Seed::new(2), Purpose::Install).of(five));
        assert_ne!(base, Draw::new(spread, Seed::new(1), Purpose::Install).of(six));
        assert_ne!(base, Draw::new(spread, Seed::new(1), Purpose::Startup).of(five));
        assert_ne!(base, Draw::new(spread, Seed::new(1), Purpose::Install).of(One { starts: 1, ..five }));
    }

    #[test]
    fn a_chance_comes_as_often_as_it_says_and_a_failure_after_its_mean_time() {
        let one = |instance| One { instance, starts: 0 };
        let chance = Chance::new(Seed::new(3), Purpose::StartupFailure);
        let happened = (0..10_000).filter(|&i| chance.happens(one(i), 0.2)).count() as f64 / 10_000.0;
        // Five standard errors of a share of 10,000: 5 × √(0.2 × 0.8 / 10,000) = 0.02.
        assert!((happened - 0.2).abs() < 0.02, "{happened}");
        assert!(!chance.happens(one(0), 0.0) && chance.happens(one(0), 1.0));
        let mean = (0..10_000).map(|i| chance.time_until(one(i), SECONDS(100)).as_secs_f64()).sum::<f64>() / 10_000.0;
        // The deviation of an exponential distribution is its mean: 5 × 100 / 100 = 5.
        assert!((mean - 100.0).abs() < 5.0, "{mean}");
    }
}
