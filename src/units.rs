//! The units everything is counted in: time in whole microseconds, parts of a whole in millionths.
//!
//! Simulated time is an integer so that a result is the same on every machine; shares of traffic are
//! integers too, so that ten steps of 10 % are exactly 100 %.

use std::fmt;
use std::ops::{Add, Sub};

/// Microseconds in one second.
const SECOND_US: u64 = 1_000_000;

/// A moment of simulated time: microseconds since the deployment's start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(u64);

/// A length of simulated time in microseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Duration(u64);

impl Time {
    /// The deployment's start.
    pub const ZERO: Time = Time(0);

    /// The moment `us` microseconds after the start.
    pub const fn from_us(us: u64) -> Time {
        Time(us)
    }

    /// The moment `seconds` after the start, rounded to the microsecond; a negative number or NaN is the start.
    pub fn from_secs_f64(seconds: f64) -> Time {
        Time(us_of_seconds(seconds))
    }

    /// Microseconds since the start.
    pub const fn as_us(self) -> u64 {
        self.0
    }

    /// Seconds since the start.
    pub fn as_secs_f64(self) -> f64 {
        self.0 as f64 / SECOND_US as f64
    }

    /// The time from `earlier` to this moment; none where `earlier` is later.
    pub fn since(self, earlier: Time) -> Duration {
        Duration(self.0.saturating_sub(earlier.0))
    }
}

impl Duration {
    /// No time at all.
    pub const ZERO: Duration = Duration(0);

    /// A duration of `us` microseconds.
    pub const fn from_us(us: u64) -> Duration {
        Duration(us)
    }

    /// A duration of whole seconds.
    pub const fn from_secs(seconds: u64) -> Duration {
        Duration(seconds * SECOND_US)
    }

    /// A duration of whole minutes.
    pub const fn from_mins(minutes: u64) -> Duration {
        Duration::from_secs(minutes * 60)
    }

    /// A duration of `seconds`, rounded to the microsecond; a negative number or NaN is no time.
    pub fn from_secs_f64(seconds: f64) -> Duration {
        Duration(us_of_seconds(seconds))
    }

    /// In microseconds.
    pub const fn as_us(self) -> u64 {
        self.0
    }

    /// In seconds.
    pub fn as_secs_f64(self) -> f64 {
        self.0 as f64 / SECOND_US as f64
    }

    /// Whether this is no time at all.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// This many times the duration; stops at the largest that can be held.
    #[must_use]
    pub const fn times(self, n: u32) -> Duration {
        Duration(self.0.saturating_mul(n as u64))
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a float to integer cast saturates, and NaN is 0")]
fn us_of_seconds(seconds: f64) -> u64 {
    (seconds * SECOND_US as f64).round() as u64
}

impl Add<Duration> for Time {
    type Output = Time;
    fn add(self, d: Duration) -> Time {
        Time(self.0.saturating_add(d.0))
    }
}

impl Sub<Duration> for Time {
    type Output = Time;
    /// So much earlier, or the start where that is later.
    fn sub(self, d: Duration) -> Time {
        Time(self.0.saturating_sub(d.0))
    }
}

impl Add for Duration {
    type Output = Duration;
    fn add(self, d: Duration) -> Duration {
        Duration(self.0.saturating_add(d.0))
    }
}

impl Sub for Duration {
    type Output = Duration;
    /// The difference, or no time where `d` is longer.
    fn sub(self, d: Duration) -> Duration {
        Duration(self.0.saturating_sub(d.0))
    }
}

/// As a scenario writes it: `1h 2m 3s`, `1.5s` only below the second as `500ms` and `20us`.
impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const UNITS: [(u64, &str); 6] =
            [(86_400 * SECOND_US, "d"), (3_600 * SECOND_US, "h"), (60 * SECOND_US, "m"), (SECOND_US, "s"), (1_000, "ms"), (1, "us")];
        if self.0 == 0 {
            return f.write_str("0s");
        }
        // Whole seconds up to two minutes read best as seconds: the field says "90s", not "1m 30s".
        if self.0 < 120 * SECOND_US && self.0.is_multiple_of(SECOND_US) {
            return write!(f, "{}s", self.0 / SECOND_US);
        }
        let mut rest = self.0;
        let mut gap = "";
        for (us, name) in UNITS {
            if rest >= us {
                write!(f, "{gap}{}{name}", rest / us)?;
                rest %= us;
                gap = " ";
            }
        }
        Ok(())
    }
}

/// A part of a whole, in millionths: 10 % is 100 000. It may be more than the whole where a field says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Share(u32);

impl Share {
    /// Nothing of it.
    pub const NONE: Share = Share(0);
    /// All of it: 100 %.
    pub const WHOLE: Share = Share(1_000_000);

    /// A share of `ppm` millionths.
    pub const fn from_ppm(ppm: u32) -> Share {
        Share(ppm)
    }

    /// A share of whole percents.
    pub const fn from_percent(percent: u32) -> Share {
        Share(percent * 10_000)
    }

    /// The share nearest to a fraction; below 0 and NaN are nothing.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a float to integer cast saturates, and NaN is 0")]
    pub fn from_fraction(fraction: f64) -> Share {
        Share((fraction * 1e6).round() as u32)
    }

    /// In millionths.
    pub const fn as_ppm(self) -> u32 {
        self.0
    }

    /// As a fraction: 10 % is 0.1.
    pub fn as_fraction(self) -> f64 {
        f64::from(self.0) / 1e6
    }

    /// As percents: 10 % is 10.0.
    pub fn as_percent(self) -> f64 {
        f64::from(self.0) / 1e4
    }

    /// This share of `n`, fractions rounded up. Exact: no floating point.
    pub fn of_rounded_up(self, n: u32) -> u32 {
        u32::try_from((u64::from(n) * u64::from(self.0)).div_ceil(1_000_000)).unwrap_or(u32::MAX)
    }

    /// This share of `n`, fractions rounded down. Exact: no floating point.
    pub fn of_rounded_down(self, n: u32) -> u32 {
        u32::try_from(u64::from(n) * u64::from(self.0) / 1_000_000).unwrap_or(u32::MAX)
    }
}

/// In percents with as many decimals as it has: `10`, `12.5`.
impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.as_percent())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_written_as_a_person_writes_it() {
        let written = |d: Duration| d.to_string();
        assert_eq!(written(Duration::ZERO), "0s");
        assert_eq!(written(Duration::from_secs(90)), "90s");
        assert_eq!(written(Duration::from_secs(200)), "3m 20s");
        assert_eq!(written(Duration::from_mins(60)), "1h");
        assert_eq!(written(Duration::from_us(250_000)), "250ms");
        assert_eq!(written(Duration::from_us(1_500_020)), "1s 500ms 20us");
    }

    #[test]
    fn shares_of_a_fleet_are_exact() {
        // 30 % of 10 is 3 and not 4, though 0.3 has no exact binary form.
        assert_eq!(Share::from_percent(30).of_rounded_up(10), 3);
        assert_eq!(Share::from_percent(33).of_rounded_up(10), 4);
        assert_eq!(Share::from_percent(33).of_rounded_down(10), 3);
        assert_eq!(Share::from_ppm(125_000).of_rounded_up(8), 1);
        assert_eq!(Share::WHOLE.of_rounded_up(1_000_000), 1_000_000);
    }

    #[test]
    fn arithmetic_stops_at_the_ends() {
        assert_eq!(Time::ZERO.since(Time::from_us(5)), Duration::ZERO);
        assert_eq!(Time::from_us(5) - Duration::from_us(7), Time::ZERO);
        assert_eq!(Duration::from_us(u64::MAX) + Duration::from_secs(1), Duration::from_us(u64::MAX));
        assert_eq!(Time::from_secs_f64(f64::NAN), Time::ZERO);
        assert_eq!(Duration::from_secs_f64(-1.0), Duration::ZERO);
    }
}
