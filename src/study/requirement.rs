//! What a person needs of a deployment, as a bound of one figure: `downtime_s<=0`, `duration_s<=10m`,
//! `min_capacity_fraction>=90%`.

use std::fmt;

use crate::metrics::{Measure, Metrics, Unit};
use crate::scenario::nearest;
use crate::units::Duration;

/// A bound of a figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Requirement {
    /// Which figure.
    pub measure: Measure,
    /// On which side of the value it has to be.
    pub side: Side,
    /// The bound, in the figure's unit; it is allowed itself.
    pub value: f64,
}

/// The side of a bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// At most the bound.
    AtMost,
    /// At least the bound.
    AtLeast,
}

impl Requirement {
    /// Reads `KEY<=VALUE` or `KEY>=VALUE`. A time may be a number of seconds or a duration, a fraction may be a percentage.
    ///
    /// # Errors
    /// What is wrong, and what would be right.
    pub fn parse(text: &str) -> Result<Requirement, String> {
        let (key, side, value) = [("<=", Side::AtMost), (">=", Side::AtLeast)]
            .into_iter()
            .find_map(|(sign, side)| text.split_once(sign).map(|(key, value)| (key.trim(), side, value.trim())))
            .ok_or_else(|| format!("`{text}` has neither <= nor >=: write it as `downtime_s<=0` or `min_capacity_fraction>=0.9`"))?;
        let measure = Measure::of_key(key).ok_or_else(|| unknown(key))?;
        let value = value_of(measure, value)?;
        Ok(Requirement { measure, side, value })
    }

    /// Whether figures meet it. What never came, as a rollback where none was needed, meets every bound.
    pub fn is_met(&self, metrics: &Metrics) -> bool {
        self.missing(metrics) <= 0.0
    }

    /// By how much figures miss it, in the figure's unit; 0 or less where they meet it.
    pub fn missing(&self, metrics: &Metrics) -> f64 {
        let Some(value) = self.measure.of(metrics) else { return 0.0 };
        // What is worked out from parts may be a rounding away from the bound.
        let slack = 1e-9 * self.value.abs().max(1.0);
        let over = match self.side {
            Side::AtMost => value - self.value,
            Side::AtLeast => self.value - value,
        };
        if over <= slack { over.min(0.0) } else { over }
    }
}

/// The measure of a key that a person wrote.
///
/// # Errors
/// An unknown key, with the nearest known one.
pub fn measure(key: &str) -> Result<Measure, String> {
    Measure::of_key(key.trim()).ok_or_else(|| unknown(key.trim()))
}

fn unknown(key: &str) -> String {
    let known = || Measure::ALL.into_iter().map(Measure::key);
    match nearest(key, known()) {
        Some(near) => format!("there is no figure `{key}`; did you mean `{near}`?"),
        None => format!("there is no figure `{key}`; there are {}", known().collect::<Vec<_>>().join(", ")),
    }
}

fn value_of(measure: Measure, text: &str) -> Result<f64, String> {
    if let Some(value) = text.parse::<f64>().ok().filter(|value| value.is_finite()) {
        return Ok(value);
    }
    match measure.unit() {
        Unit::Seconds => Duration::parse(text).map(Duration::as_secs_f64).map_err(|why| format!("`{text}`: {why}")),
        Unit::Fraction => text
            .strip_suffix('%')
            .and_then(|percent| percent.trim().parse::<f64>().ok())
            .filter(|percent| percent.is_finite())
            .map(|percent| percent / 100.0)
            .ok_or_else(|| format!("`{text}` is no fraction such as `0.9` or `90%`")),
        Unit::Requests | Unit::Instances | Unit::InstanceSeconds => Err(format!("`{text}` is no number")),
    }
}

impl fmt::Display for Requirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.side {
            Side::AtMost => "<=",
            Side::AtLeast => ">=",
        };
        write!(f, "{}{sign}{}", self.measure.key(), self.value)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;
    use crate::scenario::{Part, Scenario, Strategy};

    #[test]
    fn a_bound_is_written_with_or_without_its_unit() {
        for (text, measure, side, value) in [
            ("downtime_s<=0", Measure::Downtime, Side::AtMost, 0.0),
            ("duration_s <= 10m", Measure::Duration, Side::AtMost, 600.0),
            ("min_capacity_fraction>=90%", Measure::MinCapacity, Side::AtLeast, 0.9),
            ("failed_share<=0.1 %", Measure::FailedShare, Side::AtMost, 0.001),
        ] {
            assert_eq!(Requirement::parse(text).unwrap(), Requirement { measure, side, value }, "{text}");
        }
    }

    #[test]
    fn a_wrong_bound_says_what_would_be_right() {
        let why = |text| Requirement::parse(text).unwrap_err();
        assert!(why("downtime_s=0").contains("neither <= nor >="));
        assert_eq!(why("downtim_s<=0"), "there is no figure `downtim_s`; did you mean `downtime_s`?");
        assert!(why("duration_s<=soon").contains("soon"));
        assert!(why("duration_s<=nan").contains("nan"));
        assert!(why("max_instances<=10%").contains("no number"));
    }

    #[test]
    fn it_is_met_at_its_bound_and_missed_beyond() {
        // Four batches of 100 s, three of ten instances out.
        let scenario = Scenario::new(10, Strategy::Rolling { batch: Part::Count(3) });
        let metrics = Metrics::new(&scenario, &crate::simulate(&scenario).unwrap());
        let missing = |text| Requirement::parse(text).unwrap().missing(&metrics);
        assert!(missing("duration_s<=400") <= 0.0);
        assert!((missing("duration_s<=300") - 100.0).abs() < 1e-9);
        assert!(missing("min_capacity_fraction>=70%") <= 0.0);
        assert!((missing("min_capacity_fraction>=0.9") - 0.2).abs() < 1e-9);
        // There was no rollback.
        assert!(missing("rollback_s<=1") <= 0.0);
    }
}
