//! A limit that a person states for a figure: `duration_s<=900`, `duration_s<=15m`, `min_capacity_fraction>=90%`.

use std::fmt;
use std::str::FromStr;

use crate::metrics::{Figures, Key, Unit};
use crate::scenario::nearest;
use crate::units::Duration;

/// A figure has to be on this side of a limit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Requirement {
    /// Which figure.
    pub key: Key,
    /// Which side.
    pub side: Side,
    /// The limit.
    pub limit: f64,
}

/// A side of a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "they say what they are")]
pub enum Side {
    Below,
    AtMost,
    AtLeast,
    Above,
}

impl Side {
    /// All of them, the longer signs first.
    const ALL: [Side; 4] = [Side::AtMost, Side::AtLeast, Side::Below, Side::Above];

    /// As it is written.
    pub fn sign(self) -> &'static str {
        match self {
            Side::Below => "<",
            Side::AtMost => "<=",
            Side::AtLeast => ">=",
            Side::Above => ">",
        }
    }
}

impl Requirement {
    /// Whether a run meets it. A figure that a run does not have, such as the time of a way back that was not needed, misses
    /// nothing.
    pub fn is_met(&self, figures: &Figures) -> bool {
        figures.get(self.key).is_none_or(|value| self.holds(value))
    }

    /// By how much a run misses it, in the figure's unit; 0 where it meets it.
    pub fn missed_by(&self, figures: &Figures) -> f64 {
        match figures.get(self.key) {
            Some(value) if !self.holds(value) => (value - self.limit).abs(),
            Some(_) | None => 0.0,
        }
    }

    /// Whether a value is on the right side.
    pub fn holds(&self, value: f64) -> bool {
        match self.side {
            Side::Below => value < self.limit,
            Side::AtMost => value <= self.limit,
            Side::AtLeast => value >= self.limit,
            Side::Above => value > self.limit,
        }
    }
}

impl fmt::Display for Requirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}{}", self.key.name(), self.side.sign(), self.limit)
    }
}

/// Why a requirement cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RequirementError {
    /// There is no comparison in it.
    #[error("write a figure, `<=`, `<`, `>=` or `>`, and a number: duration_s<=900")]
    NoComparison,
    /// No figure is called that.
    #[error("there is no figure `{name}`{}", did_you_mean(near.as_deref()))]
    NoFigure {
        /// What was written.
        name: String,
        /// What may have been meant.
        near: Option<String>,
    },
    /// The limit is no number.
    #[error("`{0}` is not a number; figures are in the units at the ends of their names")]
    NoNumber(String),
    /// The limit is neither seconds nor a duration.
    #[error("`{0}` is neither a number of seconds nor a duration such as 15m")]
    NoTime(String),
    /// The limit is neither a fraction nor a percentage.
    #[error("`{0}` is neither a fraction such as 0.9 nor a percentage such as 90%")]
    NoFraction(String),
}

fn did_you_mean(near: Option<&str>) -> String {
    match near {
        Some(near) => format!("; did you mean `{near}`?"),
        None => {
            let names: Vec<&str> = Key::ALL.iter().map(|key| key.name()).collect();
            format!("; there are {}", names.join(", "))
        }
    }
}

impl FromStr for Requirement {
    type Err = RequirementError;

    fn from_str(text: &str) -> Result<Requirement, RequirementError> {
        let found = Side::ALL.into_iter().find_map(|side| text.split_once(side.sign()).map(|parts| (side, parts)));
        let (side, (name, limit)) = found.ok_or(RequirementError::NoComparison)?;
        let (name, limit) = (name.trim(), limit.trim());
        let key = key_of(name)?;
        Ok(Requirement { key, side, limit: limit_of(key, limit)? })
    }
}

/// The figure of a name that a person wrote.
///
/// # Errors
/// [`RequirementError::NoFigure`], with the nearest name.
pub fn key_of(name: &str) -> Result<Key, RequirementError> {
    Key::of_name(name).ok_or_else(|| RequirementError::NoFigure {
        name: name.to_owned(),
        near: nearest(name, Key::ALL.iter().map(|key| key.name())).map(str::to_owned),
    })
}

/// A limit in a figure's unit: a time may be a duration, a fraction a percentage.
fn limit_of(key: Key, text: &str) -> Result<f64, RequirementError> {
    if let Ok(number) = text.parse::<f64>() {
        return if number.is_finite() { Ok(number) } else { Err(RequirementError::NoNumber(text.to_owned())) };
    }
    match key.unit() {
        Unit::Seconds => Duration::parse(text).map(Duration::as_secs_f64).map_err(|_| RequirementError::NoTime(text.to_owned())),
        Unit::Fraction => {
            let percent = text.strip_suffix('%').and_then(|percent| percent.trim_end().parse::<f64>().ok());
            let fraction = percent.filter(|percent| percent.is_finite()).map(|percent| percent / 100.0);
            fraction.ok_or_else(|| RequirementError::NoFraction(text.to_owned()))
        }
        Unit::Requests | Unit::Instances | Unit::InstanceSeconds => Err(RequirementError::NoNumber(text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_requirement_is_read_as_it_is_written() {
        for text in ["duration_s<=900", "availability>=0.999", "requests_failed<1000", "min_capacity_fraction>0.5"] {
            assert_eq!(text.parse::<Requirement>().map(|r| r.to_string()), Ok(text.to_owned()));
        }
        let with_units = ["duration_s<=15m", "availability>=99 %"].map(|text| text.parse::<Requirement>().map(|r| r.limit));
        assert_eq!(with_units, [Ok(900.0), Ok(0.99)]);
        let spaced = " duration_s <= 9e2 ".parse::<Requirement>();
        assert_eq!(spaced, Ok(Requirement { key: Key::Duration, side: Side::AtMost, limit: 900.0 }));
    }

    #[test]
    fn what_is_wrong_is_told() {
        let told = |text: &str| text.parse::<Requirement>().map_err(|error| error.to_string());
        assert!(told("duration_s=900").is_err_and(|e| e.contains("duration_s<=900")));
        assert!(told("durations<=900").is_err_and(|e| e.contains("did you mean `duration_s`")));
        assert!(told("max_instances<=15m").is_err_and(|e| e.contains("`15m` is not a number")));
        assert!(told("duration_s<=soon").is_err_and(|e| e.contains("a duration such as 15m")));
        assert!(told("availability>=most").is_err_and(|e| e.contains("a percentage such as 90%")));
        assert!(told("duration_s<=inf").is_err());
    }

    #[test]
    fn every_figure_has_a_name_of_its_own() {
        for key in Key::ALL {
            assert_eq!(Key::of_name(key.name()), Some(key));
        }
    }
}
