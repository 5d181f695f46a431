//! The words of the Odds room.

use super::language::{say, setting, word};
use super::numbers::{amount, list, seconds, unbroken, whole};
use super::{odds, study};
use crate::metrics::{Key, Unit};
use crate::scenario::Spread;
use crate::study::odds::interval::Interval;
use crate::study::odds::{Bar, FigureReport};
use crate::study::require::{Requirement, Side};

/// The room.
pub fn odds() -> &'static str {
    word("chances-odds")
}

/// The question it answers.
pub fn odds_question() -> &'static str {
    word("chances-odds-question")
}

/// A heading.
pub fn runs() -> &'static str {
    word("chances-runs")
}

/// A setting and what it means.
pub fn number() -> (&'static str, &'static str) {
    setting("chances-number")
}

/// A setting and what it means.
pub fn first_seed() -> (&'static str, &'static str) {
    setting("chances-first-seed")
}

/// A heading.
pub fn targets() -> &'static str {
    word("chances-targets")
}

/// What targets are for.
pub fn targets_meaning() -> &'static str {
    word("chances-targets-meaning")
}

/// A button.
pub fn add_target() -> &'static str {
    word("chances-add-target")
}

/// A choice.
pub fn figure() -> &'static str {
    word("chances-figure")
}

/// A choice.
pub fn side() -> &'static str {
    word("chances-side")
}

/// What it is between.
pub fn sides() -> [&'static str; 2] {
    [word("chances-at-most"), word("chances-at-least")]
}

/// A field.
pub fn value() -> &'static str {
    word("chances-value")
}

/// A button.
pub fn remove_target(n: usize) -> String {
    say!("chances-remove-target", n = n)
}

/// Why a limit of this figure cannot be read.
pub fn not_a_limit(key: Key) -> &'static str {
    match key.unit() {
        Unit::Seconds => word("chances-no-duration"),
        Unit::Fraction => word("chances-no-percentage"),
        Unit::Requests | Unit::Instances | Unit::InstanceSeconds => word("chances-no-number"),
    }
}

/// Instead of pictures, and why.
pub fn nothing_varies() -> [&'static str; 2] {
    [word("chances-nothing-varies"), word("chances-nothing-varies-why")]
}

/// A button.
pub fn let_install_vary(spread: &Spread) -> String {
    say!("chances-let-install", spread = spread.to_string())
}

/// A button.
pub fn let_startup_vary(spread: &Spread) -> String {
    say!("chances-let-startup", spread = spread.to_string())
}

/// A button.
pub fn stop() -> &'static str {
    word("chances-stop")
}

/// A button.
pub fn go_on() -> &'static str {
    word("chances-go-on")
}

/// What the pictures are of.
pub fn made(runs: u64, first: u64, last: u64) -> String {
    say!("chances-made", runs = runs, first = first.to_string(), last = last.to_string())
}

/// What the pictures are of, where fewer runs were made than were asked for.
pub fn stopped(runs: u64, all: u64) -> String {
    say!("chances-stopped", runs = runs, all = all)
}

/// How far it is: so many of all, of which so many were made in so many seconds.
pub fn progress(done: u64, all: u64, made: u64, took_s: f64) -> String {
    let rate = if took_s > 0.0 { made as f64 / took_s } else { 0.0 };
    let left = if rate > 0.0 { seconds((all.saturating_sub(done) as f64 / rate).ceil()) } else { "–".to_owned() };
    say!("odds-progress", done = whole(done), runs = whole(all), rate = amount(rate), left = left)
}

/// How sure a probability is.
pub fn interval(interval: Interval) -> String {
    say!("chances-interval", between = odds::between(interval))
}

/// How probable something is, in one sentence.
pub fn chance(what: &str, probability: f64, interval: Interval) -> String {
    say!("chances-chance", what = what, share = odds::share(probability), between = odds::between(interval))
}

/// What a click on a probability does.
pub fn watch_one() -> &'static str {
    word("chances-watch-one")
}

/// What a click on a target does.
pub fn watch_miss() -> &'static str {
    word("chances-watch-miss")
}

/// A target: `Duration at most 15 min`.
pub fn kept(target: &Requirement) -> String {
    let (figure, value) = (study::figure(target.key), study::value(target.key, Some(target.limit)));
    match target.side {
        Side::AtMost | Side::Below => say!("chances-kept-at-most", figure = figure, value = value),
        Side::AtLeast | Side::Above => say!("chances-kept-at-least", figure = figure, value = value),
    }
}

/// All targets at once.
pub fn all_kept(targets: &[Requirement]) -> String {
    let together = targets.iter().map(kept).reduce(|one, other| say!("chances-and", one = one, other = other));
    together.unwrap_or_default()
}

/// How a figure is distributed, in one sentence.
pub fn quantiles(report: &FigureReport) -> String {
    let [median, p90, p95, p99, worst] = report.no_worse().map(|value| study::value(report.key, Some(value)));
    say!("chances-quantiles", median = median, p90 = p90, p95 = p95, p99 = p99, worst = worst)
}

/// How a figure is distributed, in few words; numbers stay on one line with their units.
pub fn quantiles_in_short(report: &FigureReport) -> String {
    let [median, p90, p95, p99, worst] = report.no_worse().map(|value| study::value(report.key, Some(value)));
    unbroken(&say!("chances-short", median = median, p90 = p90, p95 = p95, p99 = p99, worst = worst))
}

/// What that means.
pub fn quantiles_meaning() -> &'static str {
    word("chances-short-meaning")
}

/// What the marks in a picture are called.
pub fn marks() -> [&'static str; 5] {
    [word("odds-median"), "90 %", "95 %", "99 %", word("odds-worst")]
}

/// Where not every run has a figure.
pub fn some(some: u64, all: u64) -> String {
    say!("chances-some", some = some, all = all)
}

/// How high the highest bar is.
pub fn peak(share: f64) -> String {
    say!("chances-peak", share = odds::share(share))
}

/// A bar: from where to where, how many runs and what share of them.
pub fn bar(key: Key, bar: &Bar, all: u64) -> String {
    let narrow = key.unit() == Unit::Seconds && bar.to - bar.from < 2.0;
    let [from, to] = [bar.from, bar.to].map(|value| if narrow { with_tenths(value) } else { study::value(key, Some(value)) });
    let share = odds::share(bar.runs as f64 / all.max(1) as f64);
    if from == to {
        say!("chances-bar-of-one", value = from, runs = bar.runs, share = share)
    } else {
        say!("chances-bar", from = from, to = to, runs = bar.runs, share = share)
    }
}

/// Seconds where a second is too coarse: `1 min 20.5 s`.
fn with_tenths(s: f64) -> String {
    let tenths = (s * 10.0).round();
    let min = (tenths / 600.0).floor();
    let rest = (tenths - min * 600.0) / 10.0;
    if min < 1.0 { say!("numbers-s", s = format!("{rest:.1}")) } else { say!("numbers-min-s", min = min, s = format!("{rest:.1}")) }
}

/// A bar, and of which figure it is.
pub fn bar_of(key: Key, of: &Bar, all: u64) -> String {
    say!("chances-bar-named", figure = study::figure(key), bar = bar(key, of, all))
}

/// A picture, for those who cannot see it.
pub fn picture(report: &FigureReport) -> String {
    say!("chances-picture", figure = study::figure(report.key), quantiles = quantiles(report))
}

/// How it is used by keyboard.
pub fn picture_hint() -> &'static str {
    word("chances-picture-hint")
}

/// The figures that are the same in every run, with their values.
pub fn same(figures: &[(Key, Option<f64>)]) -> Option<String> {
    let one =
        |(key, value): &(Key, Option<f64>)| say!("chances-same-figure", figure = study::figure(*key), value = study::value(*key, *value));
    list(figures.iter().map(one)).map(|figures| say!("chances-same", figures = figures))
}

/// A heading.
pub fn alarm() -> &'static str {
    word("chances-alarm")
}

/// A probability of the alarm.
pub fn missed() -> &'static str {
    word("chances-missed")
}

/// A probability of the alarm.
pub fn false_alarm() -> &'static str {
    word("chances-false-alarm")
}

/// When the alarm is judged.
pub fn in_first_step() -> &'static str {
    word("chances-in-first-step")
}

/// A setting and what it means.
pub fn error_rate() -> (&'static str, &'static str) {
    setting("chances-error-rate")
}

/// A setting and what it means.
pub fn certainty() -> (&'static str, &'static str) {
    setting("chances-certainty")
}
