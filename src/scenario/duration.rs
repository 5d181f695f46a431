//! Durations and spreads from text: the notation of scenario files, of the window's fields and of `--set`.

use super::{Spread, limits};
use crate::units::Duration;

/// The units, the longest first, with what else they may be called.
const UNITS: [(&[&str], u64); 6] = [
    (&["d"], 86_400_000_000),
    (&["h"], 3_600_000_000),
    (&["m", "min"], 60_000_000),
    (&["s"], 1_000_000),
    (&["ms"], 1_000),
    (&["us", "µs", "μs"], 1),
];
/// What a duration looks like, for messages.
pub(super) const DURATION_IS: &str = "a duration has units, such as `\"90s\"` or `\"1m 30s\"`: d, h, m, s, ms, us";
/// What a spread looks like, for messages.
pub(super) const SPREAD_IS: &str =
    "a duration such as `\"60s\"`, or one that varies: `\"40s..80s\"`, `\"60s ± 10s\"`, `\"median 60s, p95 120s\"`";

/// What is wrong with a notation, and what would be right.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct BadNotation {
    pub wrong: String,
    pub right: String,
}

impl BadNotation {
    fn new(wrong: impl Into<String>, right: impl Into<String>) -> BadNotation {
        BadNotation { wrong: wrong.into(), right: right.into() }
    }

    fn into_sentence(self) -> String {
        format!("{}; {}", self.wrong, self.right)
    }
}

impl Duration {
    /// A duration as a scenario writes it: numbers with units (d, h, m, s, ms, us), the longest unit first, such as
    /// `90s`, `1m 30s`, `250ms`, `1.5s`.
    ///
    /// # Errors
    /// One sentence that says what is wrong and what would be right: no unit, an unknown one, units out of order, a
    /// part of a microsecond, more than [`limits::MAX_DURATION`].
    pub fn parse(text: &str) -> Result<Duration, String> {
        duration(text).map_err(BadNotation::into_sentence)
    }
}

impl Spread {
    /// A duration that may vary, as a scenario writes it: `60s`, `40s..80s`, `60s ± 10s` (or `60s +- 10s`),
    /// `median 60s, p95 120s`.
    ///
    /// # Errors
    /// One sentence that says what is wrong and what would be right: what [`Duration::parse`] refuses, a range that
    /// ends before it begins, a median of 0, a p95 below the median.
    pub fn parse(text: &str) -> Result<Spread, String> {
        spread(text).map_err(BadNotation::into_sentence)
    }
}

/// See [`Duration::parse`].
pub(super) fn duration(text: &str) -> Result<Duration, BadNotation> {
    let mut rest = text.trim();
    if rest.is_empty() {
        return Err(BadNotation::new("a duration is missing", DURATION_IS));
    }
    if rest.starts_with('-') {
        return Err(BadNotation::new("a duration cannot be negative", DURATION_IS));
    }
    let mut total_us: u64 = 0;
    let mut longer_unit_us = u64::MAX;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let (number, after) = rest.split_at(digits);
        if number.is_empty() {
            return Err(BadNotation::new("this is not a duration", DURATION_IS));
        }
        let after = after.trim_start();
        let letters = after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len());
        let (name, next) = after.split_at(letters);
        if name.is_empty() {
            let fixed = if next.is_empty() && total_us == 0 { format!("write `\"{number}s\"`: ") } else { String::new() };
            return Err(BadNotation::new("a duration needs a unit", format!("{fixed}{DURATION_IS}")));
        }
        let Some((_, unit_us)) = UNITS.iter().find(|(names, _)| names.contains(&name)) else {
            return Err(BadNotation::new(format!("{} is not a unit", super::error::quoted(name)), DURATION_IS));
        };
        if *unit_us >= longer_unit_us {
            return Err(BadNotation::new("the units are out of order", "the longest unit comes first and each one once: `\"1m 30s\"`"));
        }
        longer_unit_us = *unit_us;
        total_us =
            total_us.checked_add(whole_us(number, *unit_us)?).filter(|us| *us <= limits::MAX_DURATION.as_us()).ok_or_else(too_long)?;
        rest = next.trim_start();
    }
    Ok(Duration::from_us(total_us))
}

fn too_long() -> BadNotation {
    BadNotation::new("the duration is too long", format!("at most `\"{}\"`", limits::MAX_DURATION))
}

/// Exactly `number` units in microseconds: no floating point.
fn whole_us(number: &str, unit_us: u64) -> Result<u64, BadNotation> {
    let (whole, decimals) = number.split_once('.').unwrap_or((number, "0"));
    let decimals = decimals.trim_end_matches('0');
    if whole.is_empty() || decimals.contains('.') {
        return Err(BadNotation::new("this is not a duration", DURATION_IS));
    }
    let whole: u64 = whole.parse().map_err(|_| too_long())?;
    let too_fine = || BadNotation::new("the duration is too exact", "a microsecond (us) is the shortest part of a duration");
    let part_us = if decimals.is_empty() {
        0
    } else {
        // A unit of 86 400 000 000 us has parts down to 11 decimals; finer ones are refused before they could overflow.
        let digits = u32::try_from(decimals.len()).ok().filter(|digits| *digits <= 11).ok_or_else(too_fine)?;
        let scale = 10_u128.pow(digits);
        let scaled = decimals.parse::<u128>().map_err(|_| too_fine())? * u128::from(unit_us);
        if scaled % scale != 0 {
            return Err(too_fine());
        }
        u64::try_from(scaled / scale).map_err(|_| too_long())?
    };
    whole.checked_mul(unit_us).and_then(|us| us.checked_add(part_us)).ok_or_else(too_long)
}

/// See [`Spread::parse`].
pub(super) fn spread(text: &str) -> Result<Spread, BadNotation> {
    let text = text.trim();
    if text.is_empty() {
        return Err(BadNotation::new("a duration is missing", SPREAD_IS));
    }
    if let Some(rest) = text.strip_prefix("median") {
        let parts = rest.split_once(',').and_then(|(median, p95)| Some((median, p95.trim().strip_prefix("p95")?)));
        let Some((median, p95)) = parts else {
            return Err(BadNotation::new("a median needs its p95", "write `\"median 60s, p95 120s\"`"));
        };
        let (median, p95) = (duration(median)?, duration(p95)?);
        if median.is_zero() {
            return Err(BadNotation::new("the median must be above 0", "write `\"median 60s, p95 120s\"`"));
        }
        if p95 < median {
            return Err(BadNotation::new("the p95 is below the median", format!("the p95 must be at least {median}")));
        }
        return Ok(Spread::LogNormal { median, p95 });
    }
    if let Some((from, to)) = text.split_once("..") {
        let (from, to) = (duration(from)?, duration(to)?);
        if to < from {
            return Err(BadNotation::new("the range ends before it begins", format!("write `\"{to}..{from}\"`")));
        }
        return Ok(Spread::Uniform { from, to });
    }
    if let Some((mean, deviation)) = text.split_once('±').or_else(|| text.split_once("+-")) {
        return Ok(Spread::Normal { mean: duration(mean)?, deviation: duration(deviation)? });
    }
    match duration(text) {
        // Words are no duration at all: then the other notations are worth naming too.
        Err(bad) if bad.wrong == "this is not a duration" => Err(BadNotation::new(bad.wrong, SPREAD_IS)),
        other => other.map(Spread::Fixed),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;

    #[test]
    fn a_duration_reads_as_a_person_writes_it() {
        let us = |text: &str| Duration::parse(text).map(Duration::as_us);
        assert_eq!(us("90s"), Ok(90_000_000));
        assert_eq!(us("1m 30s"), Ok(90_000_000));
        assert_eq!(us("1m30s"), Ok(90_000_000));
        assert_eq!(us(" 1 min 30 s "), Ok(90_000_000));
        assert_eq!(us("1h"), Ok(3_600_000_000));
        assert_eq!(us("250ms"), Ok(250_000));
        assert_eq!(us("1.5s"), Ok(1_500_000));
        assert_eq!(us("0.000001s"), Ok(1));
        assert_eq!(us("7us"), Ok(7));
        assert_eq!(us("7µs"), Ok(7));
        assert_eq!(us("0s"), Ok(0));
        // 1 day, 2 hours, 3 minutes: 86400 + 7200 + 180 = 93780 s
        assert_eq!(us("1d 2h 3m"), Ok(93_780_000_000));
        assert_eq!(us("30d"), Ok(30 * 86_400_000_000));
    }

    #[test]
    fn what_is_no_duration_says_why() {
        let wrong = |text: &str| duration(text).map_err(|bad| bad.wrong);
        let refused = |message: &str| Err(message.to_owned());
        assert_eq!(wrong("90"), refused("a duration needs a unit"));
        assert_eq!(wrong("1m 30"), refused("a duration needs a unit"));
        assert_eq!(wrong(""), refused("a duration is missing"));
        assert_eq!(wrong("-5s"), refused("a duration cannot be negative"));
        assert_eq!(wrong("5 weeks"), refused("`weeks` is not a unit"));
        assert_eq!(wrong("30s 1m"), refused("the units are out of order"));
        assert_eq!(wrong("1s 1s"), refused("the units are out of order"));
        assert_eq!(wrong("1.5us"), refused("the duration is too exact"));
        assert_eq!(wrong("0.0000001s"), refused("the duration is too exact"));
        assert_eq!(wrong("0.00000000000000000000000000000000000000000001s"), refused("the duration is too exact"));
        assert_eq!(wrong("31d"), refused("the duration is too long"));
        assert_eq!(wrong("99999999999999999999999d"), refused("the duration is too long"));
        assert_eq!(wrong("1.2.3s"), refused("this is not a duration"));
        assert_eq!(wrong(".5s"), refused("this is not a duration"));
        assert_eq!(wrong("soon"), refused("this is not a duration"));
        assert!(duration("90").unwrap_err().right.contains("`\"90s\"`"));
    }

    #[test]
    fn a_spread_reads_in_its_four_notations() {
        let s = Duration::from_secs;
        assert_eq!(Spread::parse("60s"), Ok(Spread::Fixed(s(60))));
        assert_eq!(Spread::parse("40s..80s"), Ok(Spread::Uniform { from: s(40), to: s(80) }));
        assert_eq!(Spread::parse("1.5s .. 1m"), Ok(Spread::Uniform { from: Duration::from_us(1_500_000), to: s(60) }));
        assert_eq!(Spread::parse("60s ± 10s"), Ok(Spread::Normal { mean: s(60), deviation: s(10) }));
        assert_eq!(Spread::parse("60s +- 10s"), Ok(Spread::Normal { mean: s(60), deviation: s(10) }));
        assert_eq!(Spread::parse("median 60s, p95 120s"), Ok(Spread::LogNormal { median: s(60), p95: s(120) }));
    }

    #[test]
    fn what_is_no_spread_says_why() {
        let wrong = |text: &str| spread(text).map_err(|bad| bad.wrong);
        let refused = |message: &str| Err(message.to_owned());
        assert_eq!(wrong("80s..40s"), refused("the range ends before it begins"));
        assert_eq!(wrong("40..80s"), refused("a duration needs a unit"));
        assert_eq!(wrong("60s ± 10"), refused("a duration needs a unit"));
        assert_eq!(wrong("median 60s"), refused("a median needs its p95"));
        assert_eq!(wrong("median 0s, p95 5s"), refused("the median must be above 0"));
        assert_eq!(wrong("median 60s, p95 5s"), refused("the p95 is below the median"));
        assert_eq!(wrong("about a minute"), refused("this is not a duration"));
    }
}
