//! What a sweep varies: one field of a scenario over a row of values, written `strategy.batch=1..10` or
//! `timings.install=10s..60s..5s`. The time of an event is the field `failures.events[0].at`.

use crate::scenario::{Scenario, ScenarioError, Source};
use crate::units::Duration;

/// The most values of one axis.
pub const MAX_VALUES: usize = 2_000;
/// About so many values where no step is given.
const USUAL_VALUES: f64 = 40.0;

/// A field that is varied, and its values.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// The field's path.
    pub path: String,
    /// What its values are.
    pub kind: Kind,
    /// Its values, rising.
    pub values: Vec<Value>,
}

/// One value of an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// As RON: what the field is set to.
    pub ron: String,
    /// As a number: seconds, a percentage, a count.
    pub number: f64,
}

/// What the values of an axis are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Plain numbers.
    Number,
    /// Counts of instances: `Count(3)`.
    Count,
    /// Percentages: `Percent(30)`, or the field's own number or fraction.
    Percent,
    /// Durations.
    Duration,
}

/// Why an axis cannot be varied.
#[derive(Debug, thiserror::Error)]
pub enum VaryError {
    /// It is not written as one.
    #[error("`{0}` does not say what to vary: write it as strategy.batch=1..10 or timings.install=10s..60s..5s")]
    NotAnAxis(String),
    /// A value of it cannot be read.
    #[error("`{value}` in `{axis}` is neither a number, a percentage such as 30%, a count such as Count(3) nor a duration such as 30s")]
    NotAValue {
        /// The value.
        value: String,
        /// The whole axis.
        axis: String,
    },
    /// The values are of different kinds, fall, or their step is none.
    #[error("`{0}` has no values: they rise from the first to the second, all of one kind, by a step above 0")]
    NoValues(String),
    /// There are too many.
    #[error("`{axis}` has {count} values, and at most {MAX_VALUES} can be varied: choose a larger step")]
    TooMany {
        /// The axis.
        axis: String,
        /// How many it has.
        count: u64,
    },
    /// The scenario has no such event.
    #[error("there is no event {index}: the scenario has {count}, counted from 0")]
    NoEvent {
        /// Which was asked for.
        index: usize,
        /// How many there are.
        count: usize,
    },
    /// The field does not take the values.
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
}

impl Axis {
    /// Reads `PATH=FROM..TO` or `PATH=FROM..TO..STEP` for a scenario, whose field decides how a value is written.
    ///
    /// # Errors
    /// [`VaryError`].
    pub fn parse(text: &str, of: &Source) -> Result<Axis, VaryError> {
        let (path, range) = text.split_once('=').ok_or_else(|| VaryError::NotAnAxis(text.to_owned()))?;
        let path = path.trim();
        let ends: Vec<&str> = range.split("..").map(str::trim).collect();
        let (from, to, step) = match ends.as_slice() {
            [from, to] => (*from, *to, None),
            [from, to, step] => (*from, *to, Some(*step)),
            _ => return Err(VaryError::NotAnAxis(text.to_owned())),
        };
        let read = |value: &str| number(value).ok_or_else(|| VaryError::NotAValue { value: value.to_owned(), axis: text.to_owned() });
        let ((kind, from), (kind_to, to)) = (read(from)?, read(to)?);
        let step = step.map(read).transpose()?;
        let same_kind = kind_to == kind && step.is_none_or(|(kind_step, _)| kind_step == kind);
        let step = step.map_or_else(|| usual_step(kind, from, to), |(_, step)| step);
        if !same_kind || from > to || step <= 0.0 {
            return Err(VaryError::NoValues(text.to_owned()));
        }
        Axis::new(path, kind, from, to, step, of)
    }

    /// The field at `path` from `from` to `to` by `step`, in the numbers of `kind`.
    ///
    /// # Errors
    /// [`VaryError`].
    pub fn new(path: &str, kind: Kind, from: f64, to: f64, step: f64, of: &Source) -> Result<Axis, VaryError> {
        // A sum of steps is a rounding away from its end.
        let whole = ((to - from) / step * (1.0 + 1e-12) + 1e-9).floor();
        let written = || format!("{path}={from}..{to}..{step}");
        if !whole.is_finite() || whole < 0.0 {
            return Err(VaryError::NoValues(written()));
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of values, which is bounded next")]
        let count = whole as u64 + 1;
        if count > MAX_VALUES as u64 {
            return Err(VaryError::TooMany { axis: written(), count });
        }
        #[expect(clippy::cast_precision_loss, reason = "at most MAX_VALUES")]
        let numbers: Vec<f64> = (0..count).map(|i| tidy(from + i as f64 * step)).collect();
        let form = form(path, kind, &numbers, of)?;
        let values = numbers.into_iter().map(|number| Value { ron: form(number), number }).collect();
        Ok(Axis { path: path.to_owned(), kind, values })
    }

    /// The scenario with this axis' value set.
    ///
    /// # Errors
    /// Where the field does not take the value, or it does not go with another.
    pub fn set(&self, value: &Value, of: &Source) -> Result<Source, VaryError> {
        let mut source = of.clone();
        match event_index(&self.path) {
            Some(index) => {
                let mut scenario = source.read()?;
                move_event(&mut scenario, index, value.number)?;
                Ok(Source::new(scenario.to_ron(), self.path.clone()))
            }
            None => {
                source.set(&self.path, &value.ron)?;
                Ok(source)
            }
        }
    }
}

fn move_event(scenario: &mut Scenario, index: usize, seconds: f64) -> Result<(), VaryError> {
    let events = &mut scenario.failures.events;
    let count = events.len();
    let event = events.get_mut(index).ok_or(VaryError::NoEvent { index, count })?;
    event.set_at(Duration::from_secs_f64(seconds));
    Ok(())
}

/// Which event's time a path is.
fn event_index(path: &str) -> Option<usize> {
    path.strip_prefix("failures.events[")?.strip_suffix("].at")?.parse().ok()
}

fn number(text: &str) -> Option<(Kind, f64)> {
    let inner = |name: &str| text.strip_prefix(name)?.strip_suffix(')')?.trim().parse::<f64>().ok();
    let found = if let Some(count) = inner("Count(") {
        (Kind::Count, count)
    } else if let Some(percent) = inner("Percent(") {
        (Kind::Percent, percent)
    } else if let Some(percent) = text.strip_suffix('%') {
        (Kind::Percent, percent.trim().parse().ok()?)
    } else if let Ok(number) = text.parse::<f64>() {
        (Kind::Number, number)
    } else {
        (Kind::Duration, Duration::parse(text.trim_matches('"')).ok()?.as_secs_f64())
    };
    (found.1.is_finite() && found.1 >= 0.0).then_some(found)
}

/// Whole steps where the ends are whole.
fn usual_step(kind: Kind, from: f64, to: f64) -> f64 {
    let step = (to - from) / USUAL_VALUES;
    let whole = from.fract() == 0.0 && to.fract() == 0.0 && (kind == Kind::Count || to - from >= 1.0);
    // One value alone is an axis too.
    if to <= from {
        1.0
    } else if whole {
        step.ceil().max(1.0)
    } else {
        step
    }
}

/// Without the last digits that only come of adding steps.
fn tidy(number: f64) -> f64 {
    (number * 1e9).round() / 1e9
}

/// How a field takes numbers of a kind: the first way of writing them that it accepts.
fn form(path: &str, kind: Kind, numbers: &[f64], of: &Source) -> Result<fn(f64) -> String, VaryError> {
    let forms: &[fn(f64) -> String] = match kind {
        // The last one is a constant demand.
        Kind::Number => &[plain, |x| format!("{x:?}"), |x| format!("Count({x})"), |x| format!("Constant({x:?})")],
        Kind::Count => &[|x| format!("Count({x})"), plain],
        Kind::Percent => &[|x| format!("Percent({x})"), plain, |x| format!("{:?}", tidy(x / 100.0))],
        Kind::Duration => &[|x| format!("\"{}\"", Duration::from_secs_f64(x))],
    };
    if event_index(path).is_some() {
        return Ok(forms[0]);
    }
    // Some value of the row must be one that the field takes: others may be out of its range.
    let samples = [numbers.last(), numbers.first(), numbers.get(numbers.len() / 2)];
    let mut first_error = None;
    for form in forms {
        for number in samples.into_iter().flatten() {
            match of.clone().set(path, &form(*number)) {
                Ok(()) => return Ok(*form),
                Err(error) => first_error = first_error.or(Some(error)),
            }
        }
    }
    Err(first_error.map_or_else(|| VaryError::NotAnAxis(path.to_owned()), VaryError::from))
}

fn plain(x: f64) -> String {
    format!("{x}")
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;
    use crate::scenario::Event;

    fn source() -> Source {
        let text = r#"(
            fleet: (instances: 10),
            failures: (events: [TurnBad(at: "3m", error_rate: 0.3)]),
            strategy: Rolling(batch: Count(3)),
        )"#;
        Source::new(text, "test")
    }

    fn rons(axis: &str) -> Vec<String> {
        Axis::parse(axis, &source()).unwrap().values.into_iter().map(|value| value.ron).collect()
    }

    #[test]
    fn a_field_decides_how_its_values_are_written() {
        assert_eq!(rons("strategy.batch=1..3"), ["Count(1)", "Count(2)", "Count(3)"]);
        assert_eq!(rons("strategy.batch=10%..30%..10%"), ["Percent(10)", "Percent(20)", "Percent(30)"]);
        assert_eq!(rons("timings.install=10s..1m..25s"), ["\"10s\"", "\"35s\"", "\"60s\""]);
        assert_eq!(rons("fleet.instances=4..6"), ["4", "5", "6"]);
        assert_eq!(rons("traffic=500..700..200"), ["Constant(500.0)", "Constant(700.0)"]);
        assert_eq!(rons("release.error_rate=0..1..0.5"), ["0", "0.5", "1"]);
        assert_eq!(rons("failures.events[0].at=0s..2m..1m"), ["\"0s\"", "\"60s\"", "\"2m\""]);
    }

    #[test]
    fn a_wrong_axis_says_what_would_be_right() {
        let why = |axis: &str| Axis::parse(axis, &source()).unwrap_err().to_string();
        assert!(why("strategy.batch").contains("strategy.batch=1..10"));
        assert!(why("strategy.batch=1..many").contains("`many`"));
        assert!(why("strategy.batch=3..1").contains("rise"));
        assert!(why("strategy.batch=1..3..0").contains("above 0"));
        assert!(why("fleet.instances=1..1000000..1").contains("at most 2000"));
        assert!(why("strategy.bach=1..3").contains("strategy.batch"));
        assert!(why("timings.install=1..3").contains("duration"));
    }

    #[test]
    fn an_events_time_is_a_field() {
        let axis = Axis::parse("failures.events[0].at=0s..2m..1m", &source()).unwrap();
        let scenario = axis.set(&axis.values[1], &source()).unwrap().read().unwrap();
        assert_eq!(scenario.failures.events, [Event::TurnBad { at: Duration::from_mins(1), error_rate: 0.3 }]);
        let none = Axis::parse("failures.events[1].at=0s..2m", &source()).unwrap();
        assert!(none.set(&none.values[0], &source()).unwrap_err().to_string().contains("no event 1"));
    }
}
