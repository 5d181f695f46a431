//! What `simulate --breakdown` prints: where the time goes, by work and by phase.

use std::io::{self, Write};

use serde::Serialize;

use super::table::{Look, table};
use crate::explain::{Work, breakdown};
use crate::scenario::Scenario;
use crate::text::numbers::{duration, percent};
use crate::text::story::phase_name;
use crate::text::study as words;
use crate::timeline::Timeline;
use crate::units::Duration;

/// A breakdown in JSON.
#[derive(Serialize)]
pub(super) struct Json {
    duration_s: f64,
    parts: Vec<JsonPart>,
    phases: Vec<JsonPhase>,
}

#[derive(Serialize)]
struct JsonPart {
    work: &'static str,
    seconds: f64,
}

#[derive(Serialize)]
struct JsonPhase {
    phase: String,
    from_s: f64,
    to_s: f64,
    parts: Vec<JsonPart>,
}

fn json_parts(parts: Vec<(Work, Duration)>) -> Vec<JsonPart> {
    parts.into_iter().map(|(work, takes)| JsonPart { work: work.key(), seconds: takes.as_secs_f64() }).collect()
}

/// The breakdown as it stands in the JSON object.
pub(super) fn json(scenario: &Scenario, timeline: &Timeline) -> Json {
    let breakdown = breakdown(scenario, timeline);
    let phases = timeline.phases().iter().enumerate().map(|(i, phase)| JsonPhase {
        phase: phase_name(phase.label, phase.way),
        from_s: phase.from.as_secs_f64(),
        to_s: phase.to.as_secs_f64(),
        parts: json_parts(breakdown.of_phase(i)),
    });
    Json { duration_s: timeline.end().as_secs_f64(), parts: json_parts(breakdown.by_work()), phases: phases.collect() }
}

/// Under the table: a row a kind of work with its share of the whole, and a column a phase where there are few.
pub(super) fn print(out: &mut dyn Write, scenario: &Scenario, timeline: &Timeline) -> io::Result<()> {
    /// More phases are not set side by side.
    const MOST_PHASES: usize = 6;
    let breakdown = breakdown(scenario, timeline);
    let whole = timeline.end().as_secs_f64();
    let share = |takes: Duration| percent(if whole > 0.0 { takes.as_secs_f64() / whole } else { 0.0 });
    let phases: Vec<usize> = (0..timeline.phases().len()).filter(|i| !breakdown.of_phase(*i).is_empty()).collect();
    let phases = if phases.len() > MOST_PHASES { Vec::new() } else { phases };
    let mut heading = vec![words::where_time_goes().to_owned(), String::new(), String::new()];
    heading.extend(phases.iter().filter_map(|i| timeline.phases().get(*i)).map(|phase| phase_name(phase.label, phase.way)));
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (work, takes) in breakdown.by_work() {
        let mut row = vec![words::work(work).to_owned(), duration(takes), share(takes)];
        for phase in &phases {
            let of_phase = breakdown.of_phase(*phase).into_iter().find(|(of, _)| *of == work);
            row.push(of_phase.map(|(_, takes)| duration(takes)).unwrap_or_default());
        }
        rows.push(row);
    }
    let mut total = vec![words::total().to_owned(), crate::text::numbers::seconds(whole), percent(1.0)];
    total.extend(phases.iter().filter_map(|i| timeline.phases().get(*i)).map(|phase| duration(phase.to.since(phase.from))));
    rows.push(total);
    writeln!(out, "\n{}", table(Look::Plain, heading, rows))
}
