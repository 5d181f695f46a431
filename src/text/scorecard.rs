//! The scorecard in words: the same rows in the window and on the command line.

use super::language::{say, setting, word};
use super::numbers::{instance_hours, instances, list, percent, requests, seconds};
use crate::explain::Figure;
use crate::metrics::{Better, Metrics};

/// The label of the failed requests' row.
pub fn failed() -> &'static str {
    word("scorecard-failed")
}

fn better() -> &'static str {
    word("scorecard-better")
}
fn worse() -> &'static str {
    word("scorecard-worse")
}

/// One figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Which figure it is: what a click on it asks about.
    pub figure: Figure,
    /// What it is called.
    pub label: &'static str,
    /// The figure with its unit.
    pub value: String,
    /// What it means, in one sentence.
    pub meaning: &'static str,
    /// The figure as a number, to compare with another run's. Where the figure is words, how far they are from all well.
    pub number: f64,
    /// Whether more of it is better, worse, or neither.
    pub better: Better,
    /// How a difference of this figure is written.
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Seconds,
    Fraction,
    Requests,
    Count,
    InstanceSeconds,
    /// Words, that have no difference but that they are others.
    Words,
}

impl Kind {
    fn text(self, x: f64) -> String {
        match self {
            Kind::Seconds => seconds(x),
            Kind::Fraction => percent(x),
            Kind::Requests => requests(x),
            Kind::Count => instances(x),
            Kind::InstanceSeconds => instance_hours(x),
            Kind::Words => String::new(),
        }
    }
}

impl Row {
    /// How much this figure is more or less than `before`: `+40 s`, `−3 min`; of words, whether they tell of better or
    /// worse. None where nothing changed that shows.
    pub fn difference(&self, before: &Row) -> Option<String> {
        if self.kind == Kind::Words {
            return (self.number != before.number).then(|| if self.is_better_than(before) { better() } else { worse() }.to_owned());
        }
        let change = self.number - before.number;
        let size = self.kind.text(change.abs());
        if self.value == before.value || size == self.kind.text(0.0) {
            return None;
        }
        Some(say!(if change > 0.0 { "scorecard-more" } else { "scorecard-less" }, size = size))
    }

    /// Whether this figure is better than `before`.
    pub fn is_better_than(&self, before: &Row) -> bool {
        match self.better {
            Better::Less => self.number < before.number,
            Better::More => self.number > before.number,
        }
    }
}

/// The rows of a deployment's scorecard, in the order of [`Figure::ALL`].
pub fn rows(m: &Metrics) -> Vec<Row> {
    Figure::ALL.into_iter().map(|figure| row(figure, m)).collect()
}

/// A figure's label.
pub fn label(figure: Figure) -> &'static str {
    word(key(figure))
}

/// The key of a figure's label, to which belongs what it means.
fn key(figure: Figure) -> &'static str {
    match figure {
        Figure::Duration => "scorecard-duration",
        Figure::Downtime => "scorecard-downtime",
        Figure::BelowDemand => "scorecard-below-demand",
        Figure::LowestCapacity => "scorecard-lowest-capacity",
        Figure::MixedVersions => "scorecard-mixed-versions",
        Figure::Failed => "scorecard-failed",
        Figure::Availability => "scorecard-availability",
        Figure::Exposed => "scorecard-exposed",
        Figure::MostInstances => "scorecard-most-instances",
        Figure::ExtraCost => "scorecard-extra-cost",
        Figure::TimeToNotice => "scorecard-time-to-notice",
        Figure::Rollback => "scorecard-rollback",
        Figure::StateLeft => "scorecard-state-left",
        Figure::NextStep => "scorecard-next-step",
    }
}

fn row(figure: Figure, m: &Metrics) -> Row {
    let (label, meaning) = setting(key(figure));
    let is = |better, kind: Kind, number: f64| Row { figure, label, value: kind.text(number), meaning, number, better, kind };
    let none_at_0 = |row: Row| if row.number == 0.0 { Row { value: none().into(), ..row } } else { row };
    // What never came counts as no time, so that a change to it or from it shows how long it is.
    let time = |seconds: Option<f64>| match seconds {
        Some(seconds) => is(Better::Less, Kind::Seconds, seconds),
        None => Row { value: none().into(), ..is(Better::Less, Kind::Seconds, 0.0) },
    };
    let words = |value: String, far: f64| Row { value, ..is(Better::Less, Kind::Words, far) };
    match figure {
        Figure::Duration => is(Better::Less, Kind::Seconds, m.duration_s),
        Figure::Downtime => none_at_0(is(Better::Less, Kind::Seconds, m.downtime_s)),
        Figure::BelowDemand => none_at_0(is(Better::Less, Kind::Seconds, m.degraded_s)),
        Figure::LowestCapacity => is(Better::More, Kind::Fraction, m.min_capacity_fraction),
        Figure::MixedVersions => none_at_0(is(Better::Less, Kind::Seconds, m.mixed_versions_s)),
        Figure::Failed => none_at_0(is(Better::Less, Kind::Requests, m.requests_failed)),
        Figure::Availability => is(Better::More, Kind::Fraction, m.availability),
        Figure::Exposed => none_at_0(is(Better::Less, Kind::Requests, m.exposed_requests)),
        Figure::MostInstances => is(Better::Less, Kind::Count, f64::from(m.max_instances)),
        Figure::ExtraCost => none_at_0(is(Better::Less, Kind::InstanceSeconds, m.extra_instance_s)),
        Figure::TimeToNotice => time(m.time_to_notice_s),
        Figure::Rollback => time(m.rollback_s),
        Figure::StateLeft => {
            let mixed = m.instances_left_old.min(m.instances_left_new);
            words(
                state_left(m.instances_left_old, m.instances_left_new, m.instances_left_failed),
                f64::from(mixed + m.instances_left_failed),
            )
        }
        Figure::NextStep => {
            let (step, far) = next_step(m.next_step);
            words(step.into(), far)
        }
    }
}

fn none() -> &'static str {
    word("scorecard-none")
}

/// What is left: `8 old, 2 new, 1 failed`.
pub fn state_left(old: u32, new: u32, failed: u32) -> String {
    let parts = [(old, "scorecard-left-old"), (new, "scorecard-left-new"), (failed, "scorecard-left-failed")];
    list(parts.into_iter().filter(|(n, _)| *n > 0).map(|(n, key)| say!(key, n = n))).unwrap_or_else(|| none().into())
}

/// What a person has to do next, by its key in the figures, and how far that is from nothing.
fn next_step(key: &'static str) -> (&'static str, f64) {
    match key {
        "nothing" => (none(), 0.0),
        "deploy_again" => (word("scorecard-deploy-again"), 1.0),
        "mend_instances" => (word("scorecard-mend-instances"), 2.0),
        "redeploy_old_version" => (word("scorecard-redeploy-old-version"), 3.0),
        other => (other, 1.0),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;
    use crate::scenario::{Part, Places, Scenario, Strategy};

    fn rows_of(batch: u32) -> Vec<Row> {
        let scenario = Scenario::new(10, Strategy::Rolling { batch: Part::Count(batch) });
        rows(&Metrics::new(&scenario, &crate::simulate(&scenario).unwrap()))
    }

    #[test]
    fn there_is_a_row_for_each_figure() {
        let rows = rows_of(3);
        assert!(rows.iter().map(|row| row.figure).eq(Figure::ALL));
        let value = |figure: Figure| rows.iter().find(|row| row.figure == figure).map(|row| row.value.as_str());
        for figure in [Figure::TimeToNotice, Figure::Rollback, Figure::NextStep] {
            assert_eq!(value(figure), Some("none"));
        }
        assert_eq!(value(Figure::StateLeft), Some("10 new"));
    }

    #[test]
    fn what_is_left_of_a_failure_is_words() {
        // 05 is not healthy in the ten minutes after its batch began; 04 and 06 came back, and four are to come.
        let mut scenario = Scenario::new(10, Strategy::Rolling { batch: Part::Count(3) });
        scenario.release.startup_failure_of = Some(Places::Place(5));
        let failed = rows(&Metrics::new(&scenario, &crate::simulate(&scenario).unwrap()));
        let row = |rows: &[Row], figure: Figure| rows.iter().find(|row| row.figure == figure).cloned().unwrap();
        assert_eq!(row(&failed, Figure::StateLeft).value, "4 old, 5 new, 1 failed");
        assert_eq!(row(&failed, Figure::NextStep).value, "redeploy old version");
        // Words differ by whether they tell of better or worse.
        let well = rows_of(3);
        let next = |rows: &[Row]| row(rows, Figure::NextStep);
        assert_eq!(next(&failed).difference(&next(&well)).unwrap(), "worse");
        assert_eq!(next(&well).difference(&next(&failed)).unwrap(), "better");
        assert!(next(&well).is_better_than(&next(&failed)));
        assert_eq!(next(&well).difference(&next(&well)), None);
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
