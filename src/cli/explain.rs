//! What `--explain` and `--explain-at` print: chains of causes, a sentence each.

use std::io::{self, Write};

use crate::explain::{self, Figure};
use crate::metrics::Metrics;
use crate::scenario::Scenario;
use crate::strategy;
use crate::text::{command as words, story, verdict as verdict_words, why};
use crate::timeline::Timeline;
use crate::units::Time;

/// Lines are no longer than this where words allow.
const WIDTH: usize = 79;

/// Under the table: what the settings come to, why it ended as it did, why requests failed, and why there was downtime.
pub(super) fn run(out: &mut dyn Write, scenario: &Scenario, timeline: &Timeline, metrics: &Metrics) -> io::Result<()> {
    if let Some(verdict) = strategy::verdict(scenario) {
        section(out, words::explain_settings(), &[verdict_words::verdict(&verdict)])?;
    }
    let figure = |figure| why::sentences(&explain::why_figure(scenario, timeline, metrics, figure));
    section(out, words::explain_outcome(), &why::sentences(&explain::why_outcome(scenario, timeline, metrics)))?;
    if metrics.requests_failed > 0.0 {
        section(out, words::explain_failed(), &figure(Figure::Failed))?;
    }
    if metrics.downtime_s > 0.0 {
        section(out, words::explain_downtime(), &figure(Figure::Downtime))?;
    }
    Ok(())
}

/// What is going on at a time, what it waits for, and why requests fail then.
pub(super) fn at(out: &mut dyn Write, scenario: &Scenario, timeline: &Timeline, t: Time) -> io::Result<()> {
    writeln!(out, "{}", words::explain_at(t, timeline.end()))?;
    let t = t.min(timeline.end());
    let now = explain::situation(timeline, t);
    let mut lines = vec![story::headline(&now), story::figures(&now)];
    lines.extend(explain::weights(scenario, timeline, t).map(|weights| why::weights(&weights)));
    for line in &lines {
        paragraph(out, line)?;
    }
    let waits = explain::waiting(scenario, timeline, t).map(|waiting| why::waiting(&waiting));
    section(out, why::waiting_heading(), &waits.unwrap_or_else(|| vec![why::waits_for_nothing().to_owned()]))?;
    let reasons = why::sentences(&explain::why(scenario, timeline, t));
    section(out, why::why_failing(), &if reasons.is_empty() { vec![why::nothing_fails().to_owned()] } else { reasons })
}

fn section(out: &mut dyn Write, heading: &str, lines: &[String]) -> io::Result<()> {
    writeln!(out, "\n{heading}")?;
    lines.iter().try_for_each(|line| paragraph(out, line))
}

/// A line, broken between words where it is too long; what follows is indented further.
fn paragraph(out: &mut dyn Write, text: &str) -> io::Result<()> {
    let mut line = String::from(" ");
    for word in words_of(text) {
        if line.chars().count() + 1 + word.chars().count() > WIDTH && !line.trim().is_empty() {
            writeln!(out, "{line}")?;
            line = String::from("   ");
        }
        line.push(' ');
        line.push_str(word);
    }
    writeln!(out, "{line}")
}

/// The words of a text; a number and its unit are one.
fn words_of(text: &str) -> impl Iterator<Item = &str> {
    const UNITS: [&str; 6] = ["%", "d", "h", "min", "s", "ms"];
    let is_unit = |rest: &str| {
        let word = rest.split(' ').next().unwrap_or_default();
        UNITS.contains(&word.trim_end_matches(|c: char| c.is_ascii_punctuation() && c != '%'))
    };
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let gaps = text.match_indices(' ').map(|(at, _)| at);
        let end = gaps.filter(|at| !is_unit(&text[at + 1..])).find(|at| *at > 0);
        rest = end.map(|at| &text[at + 1..]);
        Some(&text[..end.unwrap_or(text.len())])
    })
}
