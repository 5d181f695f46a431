//! What `--explain` and `--explain-at` print: chains of causes, a sentence each.

use std::io::{self, Write};

use crate::explain::{self, Figure};
use crate::metrics::Metrics;
use crate::scenario::Scenario;
use crate::text::{command as words, story, why};
use crate::timeline::Timeline;
use crate::units::Time;

/// Lines are no longer than this where words allow.
const WIDTH: usize = 79;

/// Under the table: why it ended as it did, why requests failed, and why there was downtime.
pub(super) fn run(out: &mut dyn Write, scenario: &Scenario, timeline: &Timeline, metrics: &Metrics) -> io::Result<()> {
    let figure = |figure| why::sentences(&explain::why_figure(scenario, timeline, metrics, figure));
    section(out, words::EXPLAIN_OUTCOME, &why::sentences(&explain::why_outcome(scenario, timeline, metrics)))?;
    if metrics.requests_failed > 0.0 {
        section(out, words::EXPLAIN_FAILED, &figure(Figure::Failed))?;
    }
    if metrics.downtime_s > 0.0 {
        section(out, words::EXPLAIN_DOWNTIME, &figure(Figure::Downtime))?;
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
    section(out, why::WAITING, &waits.unwrap_or_else(|| vec![why::WAITS_FOR_NOTHING.to_owned()]))?;
    let reasons = why::sentences(&explain::why(scenario, timeline, t));
    section(out, why::WHY_FAILING, &if reasons.is_empty() { vec![why::NOTHING_FAILS.to_owned()] } else { reasons })
}

fn section(out: &mut dyn Write, heading: &str, lines: &[String]) -> io::Result<()> {
    writeln!(out, "\n{heading}")?;
    lines.iter().try_for_each(|line| paragraph(out, line))
}

/// A line, broken between words where it is too long; what follows is indented further.
fn paragraph(out: &mut dyn Write, text: &str) -> io::Result<()> {
    let mut line = String::from(" ");
    for word in text.split(' ') {
        if line.chars().count() + 1 + word.chars().count() > WIDTH && !line.trim().is_empty() {
            writeln!(out, "{line}")?;
            line = String::from("   ");
        }
        line.push(' ');
        line.push_str(word);
    }
    writeln!(out, "{line}")
}
