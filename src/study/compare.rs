//! Several scenarios side by side: which is best and which is worst in each figure.

use super::bad_release::with_bad_release;
use super::batch;
use super::progress::{Cancelled, Progress};
use crate::engine::TooLong;
use crate::metrics::{Better, Figures, Key};
use crate::scenario::{Scenario, StrategyKind};

/// The most that are compared at once: more do not fit side by side.
pub const MOST: usize = 9;

/// The figures of a comparison's rows, in their order; those of the bad release follow.
pub const ROWS: [Key; 12] = [
    Key::Duration,
    Key::Downtime,
    Key::Degraded,
    Key::MinCapacity,
    Key::MixedVersions,
    Key::Failed,
    Key::Availability,
    Key::Exposed,
    Key::MaxInstances,
    Key::ExtraInstance,
    Key::TimeToNotice,
    Key::Rollback,
];

/// The figures of the rows about a bad release.
pub const BAD_ROWS: [Key; 2] = [Key::ExposedShare, Key::BackToGood];

/// One of the compared scenarios.
#[derive(Clone, Debug)]
pub struct Column {
    /// What it is called.
    pub name: String,
    /// What was run.
    pub scenario: Scenario,
    /// What becomes of it.
    pub figures: Figures,
    /// What becomes of it with a bad release.
    pub bad: Figures,
}

/// Scenarios side by side.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// In the order they were given.
    pub columns: Vec<Column>,
}

/// A row: one figure of every column.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Which figure.
    pub key: Key,
    /// Whether it is that of the bad release.
    pub of_bad_release: bool,
    /// A value a column; none where there is none.
    pub values: Vec<Option<f64>>,
    /// What is best and worst of them.
    pub marks: Vec<Option<Mark>>,
}

/// How a value stands among the others of its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// None is better.
    Best,
    /// None is worse.
    Worst,
}

/// Why there is no comparison.
#[derive(Debug, thiserror::Error)]
pub enum CompareError {
    /// Nobody waits for it any more.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// One of them would hardly end.
    #[error("{name}: {error}")]
    TooLong {
        /// What it is called.
        name: String,
        /// Why.
        error: TooLong,
    },
}

impl Comparison {
    /// Runs every scenario, with its own release and with a bad one.
    ///
    /// # Errors
    /// [`CompareError`].
    pub fn run(named: Vec<(String, Scenario)>, progress: &Progress) -> Result<Comparison, CompareError> {
        let both: Vec<Scenario> = named.iter().flat_map(|(_, scenario)| [scenario.clone(), with_bad_release(scenario)]).collect();
        let figures = batch::figures(&both, progress)?;
        let columns = named.into_iter().zip(figures.chunks_exact(2)).map(|((name, scenario), figures)| match figures {
            [Ok(figures), Ok(bad)] => Ok(Column { name, scenario, figures: *figures, bad: *bad }),
            _ => Err(CompareError::TooLong { name, error: TooLong }),
        });
        Ok(Comparison { columns: columns.collect::<Result<_, _>>()? })
    }

    /// The rows: [`ROWS`], then [`BAD_ROWS`] of the bad release.
    pub fn rows(&self) -> Vec<Row> {
        let row = |key: Key, of_bad_release: bool| {
            let of = |column: &Column| if of_bad_release { column.bad.get(key) } else { column.figures.get(key) };
            let values: Vec<Option<f64>> = self.columns.iter().map(of).collect();
            Row { key, of_bad_release, marks: marks(&values, key.better()), values }
        };
        ROWS.into_iter().map(|key| row(key, false)).chain(BAD_ROWS.into_iter().map(|key| row(key, true))).collect()
    }
}

/// Every strategy on the scenario's fleet: its own as it is set, the others with their defaults. A plan written by hand
/// is among them only where the scenario has one.
pub fn all_strategies(scenario: &Scenario) -> Vec<Scenario> {
    let own = scenario.strategy.kind();
    let others = StrategyKind::ALL.into_iter().filter(|kind| *kind == own || *kind != StrategyKind::Steps);
    others
        .map(|kind| {
            let strategy = if kind == own { scenario.strategy.clone() } else { kind.with_defaults() };
            Scenario { strategy, ..scenario.clone() }
        })
        .collect()
}

/// The best and the worst of values, all of them where several are alike; none where all are. What does not exist, as a
/// rollback that was not needed, is neither.
pub fn marks(values: &[Option<f64>], better: Option<Better>) -> Vec<Option<Mark>> {
    let Some(better) = better else { return vec![None; values.len()] };
    let there = || values.iter().copied().flatten();
    let (least, most) = (there().fold(f64::INFINITY, f64::min), there().fold(f64::NEG_INFINITY, f64::max));
    let (best, worst) = match better {
        Better::Less => (least, most),
        Better::More => (most, least),
    };
    let mark = |value: f64| match value {
        _ if best == worst => None,
        value if value == best => Some(Mark::Best),
        value if value == worst => Some(Mark::Worst),
        _ => None,
    };
    values.iter().map(|value| value.and_then(mark)).collect()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;
    use crate::scenario::{Part, Strategy, Traffic};

    #[test]
    fn best_and_worst_of_each_row_are_marked() {
        use Mark::{Best, Worst};
        assert_eq!(
            marks(&[Some(3.0), Some(1.0), None, Some(2.0), Some(3.0)], Some(Better::Less)),
            [Some(Worst), Some(Best), None, None, Some(Worst)]
        );
        assert_eq!(marks(&[Some(0.7), Some(1.0)], Some(Better::More)), [Some(Worst), Some(Best)]);
        assert_eq!(marks(&[Some(1.0), Some(1.0)], Some(Better::Less)), [None, None]);
        assert_eq!(marks(&[Some(1.0), Some(f64::INFINITY)], Some(Better::Less)), [Some(Best), Some(Worst)]);
    }

    #[test]
    fn the_reference_deployments_stand_side_by_side() {
        let mut scenario = Scenario::new(10, Strategy::Rolling { batch: Part::Count(3) });
        scenario.traffic = Some(Traffic::Constant(700.0));
        let named = all_strategies(&scenario).into_iter().map(|s| (s.strategy.kind().ron_name().to_owned(), s)).collect();
        let comparison = Comparison::run(named, &Progress::new()).unwrap();
        let rows = comparison.rows();
        let duration = rows.iter().find(|row| row.key == Key::Duration).unwrap();
        let of = |name: &str| comparison.columns.iter().position(|column| column.name == name).unwrap();
        // The reference table: 80 s and no capacity; 4 × 100 s; 140 + 300 + 20 s.
        assert_eq!(duration.values[of("AllAtOnce")], Some(80.0));
        assert_eq!(duration.values[of("Rolling")], Some(400.0));
        assert_eq!(duration.values[of("BlueGreen")], Some(460.0));
        assert_eq!(duration.marks[of("AllAtOnce")], Some(Mark::Best));
        let downtime = rows.iter().find(|row| row.key == Key::Downtime).unwrap();
        assert_eq!(downtime.marks[of("AllAtOnce")], Some(Mark::Worst));
        assert_eq!(downtime.marks[of("Rolling")], Some(Mark::Best));
    }
}
