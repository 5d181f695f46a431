//! What an alarm sees: the figures themselves, or what a monitor would see of them, a random number of failures among the
//! requests of its period.
//!
//! Each period has a random number of its own, by its place in time. While nothing changes periods are all alike, and the
//! number of good ones before the next bad one is drawn at once (a geometric distribution, from one number).

use super::binomial::Binomial;
use super::random::{Chance, One, Purpose, Seed};
use crate::scenario::{Alarm, Metric};
use crate::timeline::Measure;
use crate::units::{Duration, Time};

/// The eyes of the alarm.
pub(super) struct Monitor {
    failures: Chance,
    calm: Chance,
    /// A period that ends then was found to be bad before it began.
    bad_at: Option<Time>,
    /// The last probability that was worked out: requests, their failure rate, and how probable a good period is.
    known: Option<(u64, f64, f64)>,
}

/// What it sees of a period.
#[derive(Clone, Copy, Debug)]
pub(super) enum Seen {
    /// The value itself.
    Exact(f64),
    /// Of so many requests each has failed with a probability.
    Sampled {
        requests: u64,
        rate: f64,
        /// The number that stands for how many did.
        random: f64,
        /// Up to this number the period is good.
        good: f64,
        /// It is known to be bad.
        is_bad: bool,
    },
}

impl Seen {
    pub(super) fn is_bad(&self, alarm: &Alarm) -> bool {
        match *self {
            Seen::Exact(value) => alarm.metric.is_bad(value, alarm.threshold),
            Seen::Sampled { random, good, is_bad, .. } => is_bad || random > good,
        }
    }

    /// The value that is told.
    pub(super) fn value(&self) -> f64 {
        match *self {
            Seen::Exact(value) => value,
            Seen::Sampled { requests, rate, random, .. } => Binomial::new(requests, rate).invert(random) as f64 / requests as f64,
        }
    }
}

impl Monitor {
    pub(super) fn new(seed: u64) -> Monitor {
        let seed = Seed::new(seed);
        Monitor { failures: Chance::new(seed, Purpose::Alarm), calm: Chance::new(seed, Purpose::Calm), bad_at: None, known: None }
    }

    /// What is seen of the period that ends now; nothing where no whole request came.
    pub(super) fn see(&mut self, alarm: &Alarm, exact: Measure, now: Time) -> Option<Seen> {
        if alarm.metric == Metric::CapacityFraction {
            return Some(Seen::Exact(exact.value));
        }
        let rate = exact.value + alarm.base_error_rate * (1.0 - exact.value);
        if !alarm.sampled {
            return Some(Seen::Exact(rate));
        }
        let requests = whole(exact.of);
        if requests == 0 {
            return None;
        }
        let good = self.good(alarm, requests, rate);
        let random = self.failures.unit(place(now, alarm.period));
        let is_bad = self.bad_at == Some(now);
        // Of the numbers of bad periods one evenly.
        let random = if is_bad { good + (1.0 - good) * random } else { random };
        Some(Seen::Sampled { requests, rate, random, good, is_bad })
    }

    fn good(&mut self, alarm: &Alarm, requests: u64, rate: f64) -> f64 {
        match self.known {
            Some((n, p, good)) if (n, p) == (requests, rate) => good,
            _ => {
                let good = 1.0 - Binomial::new(requests, rate).at_least(least_bad(alarm, requests));
                self.known = Some((requests, rate, good));
                good
            }
        }
    }

    /// So many of the next `periods`, which are like the one that ends now, until one has to be looked at: the last of them,
    /// or the first that is bad by chance.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a float to integer cast saturates")]
    pub(super) fn calm_periods(&mut self, alarm: &Alarm, seen: Seen, now: Time, periods: u64) -> u64 {
        let Seen::Sampled { good, .. } = seen else { return periods };
        if good >= 1.0 || periods <= 1 {
            return periods;
        }
        // More than i are good with a probability of goodⁱ.
        let calm = libm::log(self.calm.unit(place(now, alarm.period))) / libm::log(good.max(f64::MIN_POSITIVE));
        let first_bad = (calm.floor() as u64).saturating_add(1);
        if first_bad >= periods {
            return periods;
        }
        self.bad_at = Some(now + Duration::from_us(alarm.period.as_us() * first_bad));
        first_bad
    }
}

/// Which period it is that ends then.
fn place(now: Time, period: Duration) -> One {
    let number = now.as_us() / period.as_us();
    let half = |n: u64| u32::try_from(n & u64::from(u32::MAX)).unwrap_or(0);
    One { instance: half(number), starts: half(number >> 32) }
}

/// The nearest whole number of requests.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a float to integer cast saturates, and requests are never below 0"
)]
pub(crate) fn whole(requests: f64) -> u64 {
    requests.round() as u64
}

/// The fewest failures of so many requests that are more than an alarm's threshold; more than there are where none are.
pub(crate) fn least_bad(alarm: &Alarm, requests: u64) -> u64 {
    let near = whole(alarm.threshold * requests as f64);
    let is_bad = |failed: &u64| alarm.metric.is_bad(*failed as f64 / requests as f64, alarm.threshold);
    (near.saturating_sub(1)..=near + 1).find(is_bad).unwrap_or(u64::MAX)
}
