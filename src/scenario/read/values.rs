//! How single values are read: numbers, shares, durations, texts and parts of the fleet, each within its range.

use std::ops::RangeInclusive;

use super::super::duration::{self, BadNotation, DURATION_IS, SPREAD_IS};
use super::super::limits;
use super::super::node::Shape;
use super::super::{Part, Spread};
use super::reader::{At, Body, Reader};
use crate::units::{Duration, Share};

/// The least that a number may be.
#[derive(Clone, Copy)]
pub(super) enum Least {
    From(f64),
    Above(f64),
}

/// Whether nothing is a part of the fleet too.
#[derive(Clone, Copy)]
pub(super) enum Nothing {
    Allowed,
    Refused,
}

impl<'a> Reader<'a> {
    /// A whole number.
    pub fn whole(&mut self, at: &At<'a>, range: RangeInclusive<u64>) -> Option<u64> {
        let must = format!("a whole number from {} to {}", grouped(*range.start()), grouped(*range.end()));
        let Shape::Number = self.shape(&at.node)? else {
            self.wrong_kind(at, &must);
            return None;
        };
        let text = at.node.text;
        let label = at.label;
        let right = format!("`{label}` must be {must}");
        let (wrong, right) = match ron::from_str::<u64>(text) {
            Ok(n) if range.contains(&n) => return Some(n),
            Ok(n) if n < *range.start() => (format!("`{label}` is too small"), right),
            Ok(_) => (format!("`{label}` is too large"), right),
            Err(_) => match ron::from_str::<f64>(text) {
                Ok(n) if n.is_nan() => (format!("`{label}` is not a number"), right),
                Ok(n) if n < 0.0 => (format!("`{label}` cannot be negative"), right),
                // The largest u64 rounds up to 2^64, which is none.
                Ok(n) if n > *range.end() as f64 || n >= u64::MAX as f64 => (format!("`{label}` is too large"), right),
                Ok(n) if n.fract() == 0.0 => (format!("`{label}` is a whole number, without decimals"), format!("write `{n:.0}`")),
                Ok(_) => (format!("`{label}` is not a whole number"), right),
                Err(_) => (format!("`{label}` is not a number"), right),
            },
        };
        self.problem(at.node.span(), wrong, right);
        None
    }

    /// A whole number that counts something.
    pub fn count(&mut self, at: &At<'a>, range: RangeInclusive<u32>) -> Option<u32> {
        self.whole(at, u64::from(*range.start())..=u64::from(*range.end())).and_then(|n| u32::try_from(n).ok())
    }

    /// A number that may have decimals.
    pub fn number(&mut self, at: &At<'a>, least: Least, most: f64, hint: &str) -> Option<f64> {
        let must = match least {
            Least::From(least) => format!("a number from {least} to {most}{hint}"),
            Least::Above(least) => format!("a number above {least} and at most {most}{hint}"),
        };
        let Shape::Number = self.shape(&at.node)? else {
            self.wrong_kind(at, &must);
            return None;
        };
        let label = at.label;
        let too_small = |n: f64| match least {
            Least::From(least) => n < least,
            Least::Above(least) => n <= least,
        };
        let wrong = match ron::from_str::<f64>(at.node.text) {
            Ok(n) if n.is_nan() => format!("`{label}` is not a number"),
            Ok(n) if n < 0.0 => format!("`{label}` cannot be negative"),
            Ok(n) if n.is_infinite() => format!("`{label}` is too large for any number"),
            Ok(n) if too_small(n) => format!("`{label}` is too small"),
            Ok(n) if n > most => format!("`{label}` is too large"),
            // -0.0 is 0.
            Ok(n) => return Some(n + 0.0),
            Err(_) => format!("`{label}` is not a number"),
        };
        self.problem(at.node.span(), wrong, format!("`{label}` must be {must}"));
        None
    }

    /// Requests per second, 0 allowed.
    pub fn rps(&mut self, at: &At<'a>) -> Option<f64> {
        self.number(at, Least::From(0.0), limits::MAX_RPS, " requests per second")
    }

    /// A share from 0 to 1.
    pub fn fraction(&mut self, at: &At<'a>) -> Option<f64> {
        self.number(at, Least::From(0.0), 1.0, "; 30 % is `0.3`")
    }

    /// A share in percents, exact to the millionth.
    pub fn percent(&mut self, at: &At<'a>, range: RangeInclusive<Share>) -> Option<Share> {
        let must = if *range.start() == Share::from_ppm(1) {
            format!("a number above 0 and at most {}, in percent", range.end())
        } else {
            format!("a number from {} to {}, in percent", range.start(), range.end())
        };
        let Shape::Number = self.shape(&at.node)? else {
            self.wrong_kind(at, &must);
            return None;
        };
        let label = at.label;
        let wrong = match Percent::of(at.node.text) {
            Percent::Exact(ppm) => match u32::try_from(ppm).map(Share::from_ppm) {
                Ok(share) if range.contains(&share) => return Some(share),
                Ok(share) if share < *range.start() => format!("`{label}` is too small"),
                Ok(_) | Err(_) => format!("`{label}` is above {} %", range.end()),
            },
            Percent::Negative => format!("`{label}` cannot be negative"),
            Percent::TooFine => format!("`{label}` has more than four decimals"),
            Percent::NotPlain => format!("`{label}` is not a plain number"),
        };
        self.problem(at.node.span(), wrong, format!("`{label}` must be {must}, such as `10` or `12.5`"));
        None
    }

    /// A number of instances or a share of the fleet.
    pub fn part(&mut self, at: At<'a>, nothing: Nothing) -> Option<Part> {
        if let Shape::Number = self.shape(&at.node)? {
            let n = at.node.text;
            let wrong = format!("`{}` does not say what the number counts", at.label);
            self.problem(at.node.span(), wrong, format!("write `Count({n})` for instances or `Percent({n})` for a share of the fleet"));
            return None;
        }
        match nothing {
            Nothing::Allowed => {
                self.one_of(at, &[("Count", |r, body| counted(r, body, 0)), ("Percent", |r, body| share(r, body, Share::NONE))])
            }
            Nothing::Refused => {
                self.one_of(at, &[("Count", |r, body| counted(r, body, 1)), ("Percent", |r, body| share(r, body, Share::from_ppm(1)))])
            }
        }
    }

    /// A duration, 0 allowed.
    pub fn duration(&mut self, at: &At<'a>) -> Option<Duration> {
        self.notation(at, "a duration", DURATION_IS, duration::duration)
    }

    /// A duration of at most `most`.
    pub fn duration_to(&mut self, at: &At<'a>, most: Duration) -> Option<Duration> {
        let duration = self.duration(at)?;
        if duration > most {
            self.problem(at.node.span(), format!("`{}` is too long", at.label), format!("at most `\"{most}\"`"));
            return None;
        }
        Some(duration)
    }

    /// A duration of at least `least`.
    pub fn duration_from(&mut self, at: &At<'a>, least: Duration) -> Option<Duration> {
        let duration = self.duration(at)?;
        if duration < least {
            let right = if least == Duration::from_us(1) { "it must be above 0".to_owned() } else { format!("at least `\"{least}\"`") };
            self.problem(at.node.span(), format!("`{}` is too short", at.label), right);
            return None;
        }
        Some(duration)
    }

    /// A duration above 0.
    pub fn some_time(&mut self, at: &At<'a>) -> Option<Duration> {
        self.duration_from(at, Duration::from_us(1))
    }

    /// A duration that may vary.
    pub fn spread(&mut self, at: &At<'a>) -> Option<Spread> {
        self.notation(at, "a duration", SPREAD_IS, duration::spread)
    }

    fn notation<T>(&mut self, at: &At<'a>, what: &str, right: &str, parse: fn(&str) -> Result<T, BadNotation>) -> Option<T> {
        let label = at.label;
        let span = at.node.span();
        match self.shape(&at.node)? {
            Shape::Text(text) => match parse(&text) {
                Ok(value) => Some(value),
                Err(bad) => {
                    self.problem(span, format!("`{label}`: {}", bad.wrong), bad.right);
                    None
                }
            },
            Shape::Number => {
                let n = at.node.text;
                let n = if n.bytes().all(|b| b.is_ascii_digit() || b == b'.') { n } else { "90" };
                self.problem(span, format!("`{label}` is {what} and needs a unit"), format!("write `\"{n}s\"`: {right}"));
                None
            }
            shape => {
                self.problem(span, format!("`{label}` must be {what}, not {}", shape.describe()), right);
                None
            }
        }
    }

    /// `true` or `false`.
    pub fn truth(&mut self, at: &At<'a>) -> Option<bool> {
        let Shape::Bool = self.shape(&at.node)? else {
            self.wrong_kind(at, "`true` or `false`");
            return None;
        };
        Some(at.node.text == "true")
    }

    /// A text of a person.
    pub fn text(&mut self, at: &At<'a>) -> Option<String> {
        let Shape::Text(text) = self.shape(&at.node)? else {
            self.wrong_kind(at, "a string in `\"`");
            return None;
        };
        let length = text.chars().count();
        if length > limits::MAX_TEXT {
            let wrong = format!("`{}` has {} characters", at.label, grouped(length as u64));
            self.problem(at.node.span(), wrong, format!("at most {}", grouped(limits::MAX_TEXT as u64)));
            return None;
        }
        Some(text)
    }
}

fn counted<'a>(r: &mut Reader<'a>, body: Body<'a>, least: u32) -> Option<Part> {
    let at = r.only(body, "Count(3)")?;
    r.count(&at, least..=limits::MAX_INSTANCES).map(Part::Count)
}

fn share<'a>(r: &mut Reader<'a>, body: Body<'a>, least: Share) -> Option<Part> {
    let at = r.only(body, "Percent(30)")?;
    r.percent(&at, least..=Share::WHOLE).map(Part::Percent)
}

/// A number of percents, read without floating point.
#[derive(Debug, PartialEq, Eq)]
enum Percent {
    /// In millionths of the whole.
    Exact(u64),
    Negative,
    TooFine,
    NotPlain,
}

impl Percent {
    fn of(text: &str) -> Percent {
        if text.starts_with('-') {
            return if matches!(text, "-0" | "-0.0") { Percent::Exact(0) } else { Percent::Negative };
        }
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        let decimals = decimals.trim_end_matches('0');
        if whole.is_empty() || !whole.bytes().chain(decimals.bytes()).all(|b| b.is_ascii_digit()) {
            return Percent::NotPlain;
        }
        if decimals.len() > 4 {
            return Percent::TooFine;
        }
        // Four decimals of a percent are millionths of the whole.
        let ppm = format!("{whole}{decimals:0<4}").parse();
        ppm.map_or(Percent::Exact(u64::MAX), Percent::Exact)
    }
}

/// `1000000` as `1,000,000`.
fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut grouped = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percents_are_exact() {
        assert_eq!(Percent::of("10"), Percent::Exact(100_000));
        assert_eq!(Percent::of("12.5"), Percent::Exact(125_000));
        assert_eq!(Percent::of("33.3333"), Percent::Exact(333_333));
        assert_eq!(Percent::of("0.0001"), Percent::Exact(1));
        assert_eq!(Percent::of("29.0000000"), Percent::Exact(290_000));
        assert_eq!(Percent::of("33.33333"), Percent::TooFine);
        assert_eq!(Percent::of("-5"), Percent::Negative);
        assert_eq!(Percent::of("1e2"), Percent::NotPlain);
        assert_eq!(Percent::of("NaN"), Percent::NotPlain);
        assert_eq!(Percent::of("99999999999999999999999"), Percent::Exact(u64::MAX));
    }

    #[test]
    fn large_numbers_are_grouped() {
        assert_eq!(grouped(7), "7");
        assert_eq!(grouped(1_000), "1,000");
        assert_eq!(grouped(1_000_000), "1,000,000");
    }
}
