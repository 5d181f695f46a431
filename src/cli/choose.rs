//! What `choose` prints: the settings that meet every requirement, best first, and the nearest that do not.

use std::io::{self, Write};

use serde::Serialize;

use super::table::{Look, table};
use crate::metrics::{Key, Metrics};
use crate::scenario::Scenario;
use crate::study::bad_release::{with_bad_release, with_healthy_release};
use crate::study::choose::{Candidate, Choice, Need, ReleaseKind};
use crate::text::study as words;

/// So many of those that do not meet all requirements are shown.
const NEAREST: usize = 5;

/// Each figure that is asked about, of which release, once.
fn columns(needs: &[Need], minimize: Key) -> Vec<(ReleaseKind, Key)> {
    let asked = needs.iter().map(|need| (need.release, need.requirement.key));
    let mut columns = vec![(ReleaseKind::Healthy, minimize)];
    for column in asked.chain([(ReleaseKind::Healthy, Key::Duration), (ReleaseKind::Healthy, Key::MinCapacity)]) {
        if !columns.contains(&column) {
            columns.push(column);
        }
    }
    columns
}

/// Sentences and tables for people.
pub(super) fn print(out: &mut dyn Write, choice: &Choice, needs: &[Need], minimize: Key, most: usize) -> io::Result<()> {
    for line in words::choice(choice, needs, minimize) {
        writeln!(out, "{line}")?;
    }
    let columns = columns(needs, minimize);
    let heading = || {
        let names = columns.iter().map(|(release, key)| match release {
            ReleaseKind::Healthy => words::figure(*key),
            ReleaseKind::Bad => words::figure_if_bad(*key),
        });
        std::iter::once(words::strategy().to_owned()).chain(names)
    };
    let row = |candidate: &Candidate| {
        let values = columns.iter().map(|(release, key)| words::value(*key, candidate.figures(*release).get(*key)));
        std::iter::once(words::settings(&candidate.strategy)).chain(values).collect::<Vec<String>>()
    };
    if !choice.suitable.is_empty() {
        let rows = choice.suitable.iter().take(most).map(row).collect();
        writeln!(out, "\n{}", table(Look::Plain, heading().collect(), rows))?;
    }
    if !choice.others.is_empty() {
        let rows = choice.others.iter().take(NEAREST).map(|other| {
            let mut row = row(other);
            let misses = other.misses.iter().map(|miss| format!("{} (+{})", words::need(&miss.need), words::missed(miss)));
            row.push(misses.collect::<Vec<_>>().join(", "));
            row
        });
        let heading = heading().chain([words::misses().to_owned()]).collect();
        writeln!(out, "\n{}\n{}", words::nearest(), table(Look::Plain, heading, rows.collect()))?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Json {
    require: Vec<String>,
    minimize: &'static str,
    tried: usize,
    suitable: Vec<JsonCandidate>,
    others: Vec<JsonCandidate>,
}

#[derive(Serialize)]
struct JsonCandidate {
    strategy: String,
    figures: Metrics,
    bad_release: Metrics,
    misses: Vec<JsonMiss>,
}

#[derive(Serialize)]
struct JsonMiss {
    require: String,
    by: Option<f64>,
}

/// One JSON object with every setting that was tried.
pub(super) fn json(out: &mut dyn Write, choice: &Choice, scenario: &Scenario, needs: &[Need], minimize: Key) -> io::Result<()> {
    let candidate = |candidate: &Candidate| {
        let with = Scenario { strategy: candidate.strategy.clone(), ..scenario.clone() };
        let metrics = |scenario: Scenario, figures| Metrics::of(&scenario, scenario.seed, figures);
        let misses = candidate.misses.iter();
        JsonCandidate {
            strategy: words::settings(&candidate.strategy),
            figures: metrics(with_healthy_release(&with), &candidate.healthy),
            bad_release: metrics(with_bad_release(&with), &candidate.bad),
            misses: misses.map(|miss| JsonMiss { require: miss.need.to_string(), by: Some(miss.by).filter(|by| by.is_finite()) }).collect(),
        }
    };
    let json = Json {
        require: needs.iter().map(ToString::to_string).collect(),
        minimize: minimize.name(),
        tried: choice.suitable.len() + choice.others.len(),
        suitable: choice.suitable.iter().map(candidate).collect(),
        others: choice.others.iter().map(candidate).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &json)?;
    writeln!(out)
}

/// A header, and a row a setting: whether it meets all, and every figure with a healthy and with a bad release.
pub(super) fn csv(out: &mut dyn Write, choice: &Choice) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(out);
    let mut header = vec!["strategy".to_owned(), "suitable".to_owned()];
    header.extend(Key::ALL.iter().map(|key| key.name().to_owned()));
    header.extend(Key::ALL.iter().map(|key| format!("bad.{}", key.name())));
    rows.write_record(header)?;
    for candidate in choice.suitable.iter().chain(&choice.others) {
        let mut row = vec![words::settings(&candidate.strategy), candidate.misses.is_empty().to_string()];
        for figures in [&candidate.healthy, &candidate.bad] {
            row.extend(Key::ALL.iter().map(|key| figures.get(*key).map(|value| value.to_string()).unwrap_or_default()));
        }
        rows.write_record(row)?;
    }
    rows.flush()
}
