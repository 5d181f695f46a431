//! Numbers as a person reads them: with units, thousands apart, and no more digits than tell something; in the forms of
//! the language that is spoken.

use super::language::{Language, say, spoken, word};
use crate::units::{Duration, Share, Time};

/// A duration in words: `6 min 40 s`, `1 h 5 min`, `0.5 s`; `6分40秒`.
pub fn duration(d: Duration) -> String {
    seconds(d.as_secs_f64())
}

/// Seconds in words, to the second above ten of them: `6 min 40 s`, `1 h 5 min`, `2.5 s`; `6分40秒`.
pub fn seconds(s: f64) -> String {
    if s > 0.0 && s < 0.0995 {
        let ms = s * 1e3;
        return if ms < 0.995 { word("numbers-under-a-ms").into() } else { say!("numbers-ms", ms = format!("{ms:.0}")) };
    }
    if s < 9.95 {
        let tenths = format!("{s:.1}");
        return say!("numbers-s", s = tenths.strip_suffix(".0").unwrap_or(&tenths));
    }
    let s = whole_seconds(s);
    // The two largest units tell enough.
    match (s / 86_400, s / 3_600 % 24, s / 60 % 60, s % 60) {
        (0, 0, 0, s) => say!("numbers-s", s = whole(s)),
        (0, 0, min, 0) => say!("numbers-min", min = whole(min)),
        (0, 0, min, s) => say!("numbers-min-s", min = whole(min), s = whole(s)),
        (0, h, 0, _) => say!("numbers-h", h = whole(h)),
        (0, h, min, _) => say!("numbers-h-min", h = whole(h), min = whole(min)),
        (d, 0, ..) => say!("numbers-d", d = d.to_string()),
        (d, h, ..) => say!("numbers-d-h", d = d.to_string(), h = whole(h)),
    }
}

/// A moment as a clock shows it, to the nearest second as durations are: `2:14`, `1:02:14`; days from a hundred hours on.
pub fn clock(t: Time) -> String {
    let s = whole_seconds(t.as_secs_f64());
    if s >= 360_000 {
        return say!("numbers-d-h", d = whole(s / 86_400), h = whole(s / 3_600 % 24));
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

/// An amount for a narrow place: as [`amount`], from a million on with the name of a power of ten: `200 M`, `1.25 G`;
/// `2億`, `12.5億`.
pub fn short(x: f64) -> String {
    // Which powers have a name is the language's own.
    let powers: &[(f64, &str)] = match spoken() {
        Language::English => &[(1e15, " P"), (1e12, " T"), (1e9, " G"), (1e6, " M")],
        Language::Japanese => &[(1e12, "兆"), (1e8, "億"), (1e4, "万")],
    };
    let power = powers.iter().find(|(least, _)| x.abs() >= *least);
    let Some((unit, name)) = power.filter(|_| x.abs() >= 1e6) else { return amount(x) };
    let (whole_part, digits) = ((x / unit).abs(), format!("{:.2}", x / unit));
    let digits = if whole_part >= 1e3 { amount(x / unit) } else { digits.trim_end_matches('0').trim_end_matches('.').to_owned() };
    format!("{digits}{name}")
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
    say!("numbers-percent", digits = text)
}

/// A rate: `800 req/s`, `800件/秒`.
pub fn rate(rps: f64) -> String {
    say!("numbers-rate", n = rps)
}

/// So many requests, where it is plain that they are: `30,000`, `30,000件`.
pub fn requests(n: f64) -> String {
    say!("numbers-requests", n = n)
}

/// So many instances, where it is plain that they are: `10`, `10台`.
pub fn instances(n: f64) -> String {
    say!("numbers-instances", n = n)
}

/// Instance-hours: `0.5 h`.
pub fn instance_hours(instance_seconds: f64) -> String {
    let hours = instance_seconds / 3_600.0;
    say!("numbers-h", h = if hours > 0.0 && hours < 9.95 { format!("{hours:.2}") } else { amount(hours) })
}

/// A text in which numbers stay on one line with the units that stand apart from them.
pub fn unbroken(text: &str) -> String {
    const UNITS: [&str; 9] = ["%", "ms", "s", "min", "h", "d", "req/s", "M", "G"];
    let mut words = text.split(' ').peekable();
    let mut out = String::with_capacity(text.len() + 16);
    while let Some(word) = words.next() {
        out.push_str(word);
        let Some(next) = words.peek() else { break };
        let unit = next.trim_end_matches([',', '.', ';', ':', ')']);
        let kept = word.ends_with(|c: char| c.is_ascii_digit()) && UNITS.contains(&unit);
        out.push(if kept { '\u{a0}' } else { ' ' });
    }
    out
}

/// A share as it was set, to its last digit: `12.5 %`.
pub(super) fn share_exactly(share: Share) -> String {
    say!("numbers-percent", digits = share.to_string())
}

/// One after another: `2 failed, 1 dead`. None where there is nothing.
pub fn list(parts: impl IntoIterator<Item = String>) -> Option<String> {
    parts.into_iter().reduce(|before, next| say!("numbers-list", before = before, next = next))
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

    /// What is said in Japanese.
    fn in_japanese(say: impl FnOnce()) {
        crate::text::language::speak(Language::Japanese);
        say();
        crate::text::language::speak(Language::English);
    }

    #[test]
    fn durations_read_as_japanese_words() {
        in_japanese(|| {
            for (s, words) in [
                (0.0, "0秒"),
                (0.000_4, "1ミリ秒未満"),
                (0.025, "25ミリ秒"),
                (2.5, "2.5秒"),
                // 6 × 60 + 40
                (400.0, "6分40秒"),
                (300.0, "5分"),
                // 3,600 + 5 × 60
                (3_900.0, "1時間5分"),
                (3_605.0, "1時間"),
                // 86,400 + 3,600
                (90_000.0, "1日1時間"),
                (172_800.0, "2日"),
            ] {
                assert_eq!(seconds(s), words);
            }
            assert_eq!(clock(Time::from_us(134_400_000)), "2:14");
            assert_eq!(clock(Time::ZERO + Duration::from_secs(14_285_800)), "165日8時間");
        });
    }

    #[test]
    fn amounts_have_japanese_units() {
        in_japanese(|| {
            assert_eq!(rate(800.0), "800件/秒");
            assert_eq!(requests(30_000.0), "30,000件");
            assert_eq!(instances(10.0), "10台");
            assert_eq!(percent(0.7), "70%");
            assert_eq!(percent(0.999_999), "99.99%");
            // Half an hour of one instance.
            assert_eq!(instance_hours(1_800.0), "0.50時間");
            for (x, text) in [
                (999_999.0, "999,999"),
                // 100 × 10⁴, 123.4567 × 10⁴, 2 × 10⁸, 12.5 × 10⁸, 2,000 × 10¹²
                (1e6, "100万"),
                (1_234_567.0, "123.46万"),
                (2e8, "2億"),
                (1.25e9, "12.5億"),
                (2e15, "2,000兆"),
            ] {
                assert_eq!(short(x), text);
            }
        });
    }
}
