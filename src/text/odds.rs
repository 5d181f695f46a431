//! The words of odds: what is likely, and how sure that is.

use super::language::{say, word};
use super::numbers::{amount, percent, seconds, whole};
use crate::study::odds::interval::{CONFIDENCE, Interval};
use crate::study::odds::judgement::Judgement;

/// What was run.
pub fn what(strategy: &str, runs: u64, seeds: &[(u64, u64)]) -> String {
    let seeds: Vec<String> =
        seeds.iter().map(|(first, last)| say!("odds-seeds", first = first.to_string(), last = last.to_string())).collect();
    say!("odds-what", strategy = strategy, runs = runs as f64, seeds = seeds.join(", "))
}

/// How far it is, after so many seconds.
pub fn progress(done: u64, runs: u64, took_s: f64) -> String {
    let rate = if took_s > 0.0 { done as f64 / took_s } else { 0.0 };
    let left = if rate > 0.0 { seconds(runs.saturating_sub(done) as f64 / rate) } else { "–".to_owned() };
    say!("odds-progress", done = whole(done), runs = whole(runs), rate = amount(rate), left = left)
}

/// The heading of probabilities.
pub fn probability() -> &'static str {
    word("odds-probability")
}

/// The heading of the intervals in which they are.
pub fn interval() -> String {
    say!("odds-interval", confidence = percent(CONFIDENCE))
}

/// The heading of seeds.
pub fn example() -> &'static str {
    word("odds-example")
}

/// An interval of probabilities.
pub fn between(interval: Interval) -> String {
    say!("odds-between", low = share(interval.low), high = share(interval.high))
}

/// A run in which it was so.
pub fn seed(seed: u64) -> String {
    say!("odds-seed", seed = seed.to_string())
}

/// A run in which a requirement was missed.
pub fn missed_by(seed: u64) -> String {
    say!("odds-missed-by", seed = seed.to_string())
}

/// What a probability is of: a requirement is written as it was stated.
pub fn happens(of: &str) -> String {
    let key = match of {
        "succeeded" => "odds-succeeded",
        "rolled_back" => "odds-rolled-back",
        "failed" => "odds-fails",
        "downtime" => "odds-downtime",
        "failed_requests" => "odds-requests-fail",
        "all_met" => "odds-all-met",
        requirement => return requirement.to_owned(),
    };
    word(key).to_owned()
}

/// A probability, with as many decimals as tell it from never and always.
pub fn share(probability: f64) -> String {
    let percents = probability * 100.0;
    let from_end = percents.min(100.0 - percents);
    let decimals = [(1.0, 1), (0.1, 2), (0.01, 3)].into_iter().find(|(least, _)| from_end >= *least).map_or(4, |(_, decimals)| decimals);
    let text = format!("{percents:.decimals$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    format!("{text} %")
}

/// The headings of figures.
pub fn columns() -> [String; 7] {
    let worst = word("odds-worst");
    [String::new(), word("odds-median").to_owned(), "90 %".into(), "95 %".into(), "99 %".into(), worst.to_owned(), example().to_owned()]
}

/// Why quantiles are not exact.
pub fn about() -> &'static str {
    word("odds-about")
}

/// Over what the alarm can tell.
pub fn judgement_heading() -> &'static str {
    word("odds-judgement")
}

/// What the alarm can tell, a sentence each.
pub fn judgement(j: &Judgement) -> Vec<String> {
    let certainty = share(j.certainty);
    let sees = say!("odds-judgement-sees", share = share(j.share), requests = j.requests as f64, bad = j.least_bad as f64);
    let catches = say!("odds-judgement-catches", rate = share(j.error_rate), catches = share(j.catches), periods = j.periods as f64);
    let false_alarm = say!("odds-judgement-false-alarm", probability = share(j.false_alarm));
    let time = match j.needed_s {
        Some(time) => say!("odds-judgement-needs-time", certainty = certainty.as_str(), time = seconds(time)),
        None => say!("odds-judgement-needs-no-time", certainty = certainty.as_str()),
    };
    let needed = match j.needed_share {
        Some(needed) => say!("odds-judgement-needs-share", certainty = certainty.as_str(), share = share(needed)),
        None => say!("odds-judgement-needs-no-share", certainty = certainty.as_str()),
    };
    vec![sees, catches, false_alarm, time, needed]
}
