//! The words of studies: figures by their names, their values and differences, and what a choice comes to.

use super::cause_name;
use super::language::{say, setting, word};
use super::numbers::{amount, instance_hours, percent, seconds};
use crate::explain::Work;
use crate::metrics::{Better, Key, Unit};
use crate::scenario::Strategy;
use crate::study::choose::{Candidate, Choice, Miss, Need, ReleaseKind};
use crate::study::compare::Mark;

/// A figure's name.
pub fn figure(key: Key) -> String {
    match key {
        Key::FailedBy(cause) => say!("study-figure-failed-by", cause = cause_name(cause)),
        key => name_and_meaning(key).0.to_owned(),
    }
}

/// What a figure means, in one sentence.
pub fn meaning(key: Key, of_bad_release: bool) -> String {
    let (_, meaning) = name_and_meaning(key);
    if of_bad_release { say!("study-of-bad-release", meaning = meaning) } else { meaning.to_owned() }
}

fn name_and_meaning(key: Key) -> (&'static str, &'static str) {
    match key {
        Key::Duration => setting("study-figure-duration"),
        Key::Downtime => setting("study-figure-downtime"),
        Key::Degraded => setting("study-figure-degraded"),
        Key::MixedVersions => setting("study-figure-mixed-versions"),
        Key::MinCapacity => setting("study-figure-min-capacity"),
        Key::MaxInstances => setting("study-figure-max-instances"),
        Key::ExtraInstance => setting("study-figure-extra-instance"),
        Key::Requests => setting("study-figure-requests"),
        Key::Failed | Key::FailedBy(_) => setting("study-figure-failed"),
        Key::FailedShare => setting("study-figure-failed-share"),
        Key::Availability => setting("study-figure-availability"),
        Key::Exposed => setting("study-figure-exposed"),
        Key::ExposedShare => setting("study-figure-exposed-share"),
        Key::Rollback => setting("study-figure-rollback"),
        Key::TimeToNotice => setting("study-figure-time-to-notice"),
        Key::BackToGood => setting("study-figure-back-to-good"),
        Key::LeftOld => setting("study-figure-left-old"),
        Key::LeftNew => setting("study-figure-left-new"),
        Key::LeftFailed => setting("study-figure-left-failed"),
        Key::LeftMixed => setting("study-figure-left-mixed"),
    }
}

/// A figure's name where it is that of the bad release.
pub fn figure_if_bad(key: Key) -> String {
    say!("study-if-bad", figure = figure(key))
}

/// A figure's value with its unit: `6 min 40 s`, `70 %`, `none`, `never`.
pub fn value(key: Key, value: Option<f64>) -> String {
    match value {
        None => word("study-none").to_owned(),
        Some(value) if value.is_infinite() => word("study-never").to_owned(),
        Some(value) if value == 0.0 && key.better() == Some(Better::Less) => word("study-none").to_owned(),
        Some(value) => size(key, value),
    }
}

/// How much more or less a value is than another: `+40 s`; none where they read alike.
pub fn difference(key: Key, value: Option<f64>, before: Option<f64>) -> Option<String> {
    let (value, before) = (value.unwrap_or(0.0), before.unwrap_or(0.0));
    let change = value - before;
    let text = size(key, change.abs());
    (change.is_finite() && text != size(key, 0.0)).then(|| format!("{}{text}", if change > 0.0 { '+' } else { '−' }))
}

fn size(key: Key, value: f64) -> String {
    match key.unit() {
        Unit::Seconds => seconds(value),
        Unit::Fraction => percent(value),
        Unit::Requests | Unit::Instances => amount(value),
        Unit::InstanceSeconds => instance_hours(value),
    }
}

/// How a value stands in its row.
pub fn mark(mark: Mark) -> &'static str {
    match mark {
        Mark::Best => word("study-best"),
        Mark::Worst => word("study-worst"),
    }
}

/// The one that others are compared with.
pub fn baseline() -> &'static str {
    word("study-baseline")
}

/// What is set now.
pub fn now() -> &'static str {
    word("study-now")
}

/// Instead of figures where a value cannot be run.
pub fn refused(why: &str) -> String {
    say!("study-refused", why = why)
}

/// The heading over those that do not meet all requirements.
pub fn nearest() -> &'static str {
    word("study-nearest")
}

/// The heading over what is missed.
pub fn misses() -> &'static str {
    word("study-misses")
}

/// The heading over strategies.
pub fn strategy() -> &'static str {
    word("study-strategy")
}

/// The last row of a breakdown.
pub fn total() -> &'static str {
    word("study-total")
}

/// The heading of a breakdown.
pub fn where_time_goes() -> &'static str {
    word("study-where-time-goes")
}

/// What takes time.
pub fn work(work: Work) -> &'static str {
    match work {
        Work::Draining => word("study-work-draining"),
        Work::Booting => word("study-work-boot"),
        Work::Installing => word("study-work-install"),
        Work::Starting => word("study-work-startup"),
        Work::Checking => word("study-work-health-checks"),
        Work::Settling => word("study-work-settling"),
        Work::Ending => word("study-work-ending"),
        Work::Unnoticed => word("study-work-unnoticed"),
        Work::Waiting => word("study-work-waiting"),
    }
}

/// The headings of the levers: the setting, its value, a step down and a step up.
pub fn lever_headings() -> [&'static str; 4] {
    [word("study-setting"), word("study-value"), word("study-step-down"), word("study-step-up")]
}

/// Where nothing moves a figure.
pub fn no_lever() -> &'static str {
    word("study-no-lever")
}

/// A strategy with its settings, as it is written in a scenario.
pub fn settings(strategy: &Strategy) -> String {
    strategy.to_ron()
}

/// A requirement as a person reads it: `Downtime ≤ none`.
pub fn need(need: &Need) -> String {
    need.to_string()
}

/// By how much a requirement is missed.
pub fn missed(miss: &Miss) -> String {
    value(miss.need.requirement.key, Some(miss.by))
}

/// What a choice comes to, in two or three sentences with numbers: how many settings meet all that is asked, which is
/// best, and what would be better but for a requirement; or what comes nearest.
pub fn choice(choice: &Choice, needs: &[Need], minimize: Key) -> Vec<String> {
    choice_called(choice, needs, minimize, settings, need)
}

/// The same with other words for a strategy with its settings and for a requirement.
pub fn choice_called(
    choice: &Choice,
    needs: &[Need],
    minimize: Key,
    settings: impl Fn(&Strategy) -> String,
    need: impl Fn(&Need) -> String,
) -> Vec<String> {
    let all = choice.suitable.len() + choice.others.len();
    let mut lines = vec![say!("study-all-settings", suitable = choice.suitable.len(), all = all, needs = needs.len())];
    let of = |candidate: &Candidate| value(minimize, candidate.figures(ReleaseKind::Healthy).get(minimize));
    let Some(best) = choice.suitable.first() else {
        let nearest = choice.others.first().and_then(|other| Some((other, other.misses.first()?)));
        lines.extend(nearest.map(|(other, miss)| {
            say!(
                "study-nearest-is",
                other = settings(&other.strategy),
                need = need(&miss.need),
                by = missed(miss),
                more = other.misses.len() - 1
            )
        }));
        return lines;
    };
    lines.push(say!("study-best-is", best = settings(&best.strategy), value = of(best), figure = figure(minimize)));
    if let Some(second) = choice.suitable.get(1) {
        lines.push(say!("study-second-is", second = settings(&second.strategy), value = of(second)));
    }
    // What would be better is what of the others is best: its misses are why it is not chosen.
    let better = choice.others.iter().filter(|other| is_better(other, best, minimize));
    let tempting = better.reduce(|a, b| if is_better(b, a, minimize) { b } else { a });
    lines.push(match tempting.and_then(|other| Some((other, other.misses.first()?))) {
        Some((other, miss)) => {
            say!("study-beyond", other = settings(&other.strategy), value = of(other), need = need(&miss.need), by = missed(miss))
        }
        None => word("study-nothing-beyond").to_owned(),
    });
    lines
}

fn is_better(a: &Candidate, b: &Candidate, minimize: Key) -> bool {
    let value = |candidate: &Candidate| candidate.healthy.get(minimize).unwrap_or(0.0);
    match minimize.better() {
        Some(Better::More) => value(a) > value(b),
        Some(Better::Less) | None => value(a) < value(b),
    }
}
