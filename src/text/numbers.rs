//! Numbers as a person reads them: with units, thousands apart, and no more digits than tell something.

use super::language::word;
use crate::units::{Duration, Time};

/// A duration in words: `6 min 40 s`, `1 h 5 min`, `0.5 s`.
pub fn duration(d: Duration) -> String {
    seconds(d.as_secs_f64())
}

/// Seconds in words, to the second above ten of them: `6 min 40 s`, `1 h 5 min`, `2.5 s`.
pub fn seconds(s: f64) -> String {
    if s > 0.0 && s < 0.0995 {
        let ms = s * 1e3;
        return if ms < 0.995 { "under 1 ms".into() } else { format!("{ms:.0} ms") };
    }
    if s < 9.95 {
        let tenths = format!("{s:.1}");
        return format!("{} s", tenths.strip_suffix(".0").unwrap_or(&tenths));
    }
    let whole = whole_seconds(s);
    let (days, hours, minutes, rest) = (whole / 86_400, whole / 3_600 % 24, whole / 60 % 60, whole % 60);
    let parts = [(days, "d"), (hours, "h"), (minutes, "min"), (rest, "s")];
    // The two largest units tell enough.
    let first = parts.iter().position(|(n, _)| *n > 0).unwrap_or(3);
    let shown: Vec<String> = parts[first..].iter().take(2).filter(|(n, _)| *n > 0).map(|(n, unit)| format!("{n} {unit}")).collect();
    shown.join(" ")
}

/// A moment as a clock shows it, to the nearest second as durations are: `2:14`, `1:02:14`; days from a hundred hours on.
pub fn clock(t: Time) -> String {
    let s = whole_seconds(t.as_secs_f64());
    if s >= 360_000 {
        return format!("{} d {} h", whole(s / 86_400), s / 3_600 % 24);
    }
    if s >= 3_600 { format!("{}:{:02}:{:02}", s / 3_600, s / 60 % 60, s % 60) } else { format!("{}:{:02}", s / 60, s % 60) }
}

/// A whole number with its thousands apart: `30,000`.
pub fn whole(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A count of requests or a rate, rounded to the whole, or to a tenth below ten: `30,000`, `2.5`.
pub fn amount(x: f64) -> String {
    if x.abs() < 9.95 && (x - x.round()).abs() > 0.049 {
        return format!("{x:.1}");
    }
    let digits = whole(round(x.abs()));
    if x < -0.5 { format!("−{digits}") } else { digits }
}

/// An amount for a narrow place: as [`amount`], from a million on with a unit's prefix: `200 M`, `1.25 G`.
pub fn short(x: f64) -> String {
    let prefixed = [(1e15, 'P'), (1e12, 'T'), (1e9, 'G'), (1e6, 'M')].into_iter().find(|(least, _)| x.abs() >= *least);
    let Some((unit, prefix)) = prefixed else { return amount(x) };
    let digits = format!("{:.2}", x / unit);
    format!("{} {prefix}", digits.trim_end_matches('0').trim_end_matches('.'))
}

/// A fraction as a percentage with at most two decimals, and no more certain than it is: 99.999 % is not 100 %.
pub fn percent(fraction: f64) -> String {
    let percent = fraction * 100.0;
    let text = if percent > 99.0 && percent < 100.0 {
        // Rounded down: only nothing failed is 100 %.
        format!("{:.2}", (percent * 100.0).floor() / 100.0)
    } else if percent < 10.0 {
        format!("{percent:.1}")
    } else {
        format!("{percent:.0}")
    };
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    format!("{text} %")
}

/// A rate: `800 req/s`.
pub fn rate(rps: f64) -> String {
    format!("{} req/s", amount(rps))
}

/// Instance-hours: `0.5 h`.
pub fn instance_hours(instance_seconds: f64) -> String {
    let hours = instance_seconds / 3_600.0;
    if hours > 0.0 && hours < 9.95 { format!("{hours:.2} h") } else { format!("{} h", amount(hours)) }
}

/// A text in which numbers stay on one line with their units.
pub fn unbroken(text: &str) -> String {
    fn units() -> [&'static str; 9] {
        [
            word("numbers-units-"),
            word("numbers-units-ms"),
            word("numbers-units-s"),
            word("numbers-units-min"),
            word("numbers-units-h"),
            word("numbers-units-d"),
            word("numbers-units-req-s"),
            word("numbers-units-m"),
            word("numbers-units-g"),
        ]
    }
    let mut words = text.split(' ').peekable();
    let mut out = String::with_capacity(text.len() + 16);
    while let Some(word) = words.next() {
        out.push_str(word);
        let Some(next) = words.peek() else { break };
        let unit = next.trim_end_matches([',', '.', ';', ':', ')']);
        let kept = word.ends_with(|c: char| c.is_ascii_digit()) && units().contains(&unit);
        out.push(if kept { '\u{a0}' } else { ' ' });
    }
    out
}

/// An instance's number as it stands on its tile: counted from 1, at least two digits.
pub fn instance(number: u32) -> String {
    format!("{:02}", u64::from(number) + 1)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a float to integer cast saturates")]
fn round(x: f64) -> u64 {
    x.round() as u64
}

fn whole_seconds(s: f64) -> u64 {
    round(s)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_as_words() {
        for (s, words) in [
            (0.0, "0 s"),
            (0.000_4, "under 1 ms"),
            (0.025, "25 ms"),
            (0.25, "0.2 s"),
            (2.5, "2.5 s"),
            (9.97, "10 s"),
            (59.6, "1 min"),
            (200.0, "3 min 20 s"),
            (300.0, "5 min"),
            (3_900.0, "1 h 5 min"),
            (3_605.0, "1 h"),
            (90_000.0, "1 d 1 h"),
        ] {
            assert_eq!(seconds(s), words);
        }
        assert_eq!(clock(Time::from_us(134_400_000)), "2:14");
        assert_eq!(clock(Time::from_us(3_734_000_000)), "1:02:14");
        // 14,285,800 s are 165 days and 8 hours.
        assert_eq!(clock(Time::ZERO + Duration::from_secs(14_285_800)), "165 d 8 h");
    }

    #[test]
    fn a_number_stays_with_its_unit() {
        assert_eq!(unbroken("It fails 20 % of them for 4 min 30 s."), "It fails 20\u{a0}% of them for 4\u{a0}min 30\u{a0}s.");
        assert_eq!(unbroken("Batch 2 waits: 3 instances"), "Batch 2 waits: 3 instances");
    }

    #[test]
    fn amounts_have_their_thousands_apart() {
        for (x, text) in [(0.0, "0"), (2.5, "2.5"), (3.0, "3"), (999.6, "1,000"), (1_234_567.0, "1,234,567"), (-40.0, "−40")] {
            assert_eq!(amount(x), text);
        }
    }

    #[test]
    fn large_amounts_fit_a_narrow_place() {
        for (x, text) in [(0.0, "0"), (999_999.0, "999,999"), (1e6, "1 M"), (2e8, "200 M"), (1.25e9, "1.25 G"), (2e15, "2 P")] {
            assert_eq!(short(x), text);
        }
    }

    #[test]
    fn a_percentage_never_says_all_or_nothing_by_rounding() {
        for (x, text) in
            [(1.0, "100 %"), (0.999_999, "99.99 %"), (0.7, "70 %"), (0.094, "9.4 %"), (0.05, "5 %"), (0.0, "0 %"), (2.0, "200 %")]
        {
            assert_eq!(percent(x), text);
        }
    }
}
