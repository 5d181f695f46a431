//! The scorecard in words: the same rows in the window and on the command line.

use super::numbers::{amount, instance_hours, percent, seconds, whole};
use crate::metrics::Metrics;

/// The label of the failed requests' row.
pub const FAILED: &str = "Requests failed";

/// One figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What it is called.
    pub label: &'static str,
    /// The figure with its unit.
    pub value: String,
    /// What it means, in one sentence.
    pub meaning: &'static str,
    /// The figure as a number, to compare with another run's.
    pub number: f64,
    /// Whether more of it is better, worse, or neither.
    pub better: Better,
    /// How a difference of this figure is written.
    kind: Kind,
}

/// Which way a figure gets better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// Less is better.
    Less,
    /// More is better.
    More,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Seconds,
    Fraction,
    Requests,
    Count,
    InstanceSeconds,
}

impl Kind {
    fn text(self, x: f64) -> String {
        match self {
            Kind::Seconds => seconds(x),
            Kind::Fraction => percent(x),
            Kind::Requests | Kind::Count => amount(x),
            Kind::InstanceSeconds => instance_hours(x),
        }
    }
}

impl Row {
    /// How much this figure is more or less than `before`: `+40 s`, `−3 min`. None where nothing changed that shows.
    pub fn difference(&self, before: &Row) -> Option<String> {
        let change = self.number - before.number;
        let size = self.kind.text(change.abs());
        if self.value == before.value || size == self.kind.text(0.0) {
            return None;
        }
        Some(format!("{}{size}", if change > 0.0 { '+' } else { '−' }))
    }

    /// Whether this figure is better than `before`.
    pub fn is_better_than(&self, before: &Row) -> bool {
        match self.better {
            Better::Less => self.number < before.number,
            Better::More => self.number > before.number,
        }
    }
}

/// The rows of a deployment's scorecard.
pub fn rows(m: &Metrics) -> Vec<Row> {
    let row = |label, meaning, better, kind: Kind, number: f64| Row { label, value: kind.text(number), meaning, number, better, kind };
    let none_at_0 = |row: Row| if row.number == 0.0 { Row { value: "none".into(), ..row } } else { row };
    vec![
        row("Duration", "From the start until nothing is left to do.", Better::Less, Kind::Seconds, m.duration_s),
        none_at_0(row("Downtime", "Time with no instance in service at all.", Better::Less, Kind::Seconds, m.downtime_s)),
        none_at_0(row(
            "Below demand",
            "Time with less capacity than is asked for, downtime included.",
            Better::Less,
            Kind::Seconds,
            m.degraded_s,
        )),
        row(
            "Lowest capacity",
            "The least capacity in service, of what the whole fleet has.",
            Better::More,
            Kind::Fraction,
            m.min_capacity_fraction,
        ),
        none_at_0(row("Mixed versions", "Time in which both versions get traffic.", Better::Less, Kind::Seconds, m.mixed_versions_s)),
        none_at_0(row(
            FAILED,
            "Requests refused, cut off or sent nowhere, during the deployment.",
            Better::Less,
            Kind::Requests,
            m.requests_failed,
        )),
        row("Availability", "The share of all requests that were served.", Better::More, Kind::Fraction, m.availability),
        none_at_0(row(
            "Exposed",
            "Requests that the new version got before it was fully rolled out.",
            Better::Less,
            Kind::Requests,
            m.exposed_requests,
        )),
        Row {
            value: whole(u64::from(m.max_instances)),
            ..row("Most instances", "The most instances that existed at once.", Better::Less, Kind::Count, f64::from(m.max_instances))
        },
        none_at_0(row("Extra cost", "Instance-hours beyond the fleet's size.", Better::Less, Kind::InstanceSeconds, m.extra_instance_s)),
    ]
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;
    use crate::scenario::{Part, Scenario, Strategy};

    fn rows_of(batch: u32) -> Vec<Row> {
        let scenario = Scenario::new(10, Strategy::Rolling { batch: Part::Count(batch) });
        rows(&Metrics::new(&scenario, &crate::simulate(&scenario).unwrap()))
    }

    #[test]
    fn a_smaller_batch_takes_longer_and_keeps_more() {
        let (small, large) = (rows_of(2), rows_of(3));
        // 5 batches of 100 s instead of 4; 80 % instead of 70 %.
        assert_eq!(small[0].difference(&large[0]).unwrap(), "+1 min 40 s");
        assert!(!small[0].is_better_than(&large[0]));
        assert_eq!(small[3].difference(&large[3]).unwrap(), "+10 %");
        assert!(small[3].is_better_than(&large[3]));
        assert_eq!(small[1].difference(&large[1]), None);
        assert_eq!(small[1].value, "none");
    }
}
