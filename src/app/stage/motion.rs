//! How a change is shown: eased over a short time, or at once.
//!
//! Easing is a function of the playhead like everything else. A change is on its way in the moment before it and done at
//! its time: who steps from event to event sees each as it is.

use crate::units::{Duration, Time};

/// Whether changes are eased and traffic moves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Motion {
    /// They are, and it does.
    #[default]
    Full,
    /// Changes are plain, and nothing moves between them.
    Reduced,
}

/// A change of an instance takes this part of the whole deployment: a fifth of a second where that is played in half a minute.
const CHANGES: u64 = 150;
/// A change of the routes takes this part.
const ROUTES: u64 = 36;

/// How long changes take to be shown.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    pub(super) motion: Motion,
    /// Of an instance's state.
    pub(super) change: Duration,
    /// Of where the traffic goes.
    pub(super) route: Duration,
}

impl Pace {
    pub(super) fn new(motion: Motion, end: Time) -> Pace {
        let part = |of: u64| match motion {
            Motion::Full => Duration::from_us(end.as_us() / of),
            Motion::Reduced => Duration::ZERO,
        };
        Pace { motion, change: part(CHANGES), route: part(ROUTES) }
    }

    /// How much of a change that takes place `at` is shown at `t`, 0 to 1: all of it from then on.
    pub(super) fn shown(at: Time, over: Duration, t: Time) -> f32 {
        let left = at.since(t);
        if left.is_zero() {
            1.0
        } else if left >= over {
            0.0
        } else {
            smooth(1.0 - share(left, over))
        }
    }
}

/// A part of a whole, 0 to 1; all of it where there is no whole.
#[expect(clippy::cast_possible_truncation, reason = "a share of 0 to 1")]
pub(super) fn share(part: Duration, whole: Duration) -> f32 {
    if whole.is_zero() { 1.0 } else { (part.as_us() as f64 / whole.as_us() as f64).min(1.0) as f32 }
}

/// Begins and ends slowly.
pub(super) fn smooth(x: f32) -> f32 {
    x * x * (3.0 - 2.0 * x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_done_at_its_time_and_half_shown_half_a_moment_before() {
        let at = Time::from_us(1_000);
        let over = Duration::from_us(100);
        let shown = [800, 900, 950, 1_000, 2_000].map(|us| Pace::shown(at, over, Time::from_us(us)));
        assert_eq!(shown, [0.0, 0.0, 0.5, 1.0, 1.0]);
    }

    #[test]
    fn without_motion_a_change_is_shown_at_its_time_and_not_before() {
        let pace = Pace::new(Motion::Reduced, Time::from_us(1_000_000));
        let shown = [999, 1_000].map(|us| Pace::shown(Time::from_us(1_000), pace.change, Time::from_us(us)));
        assert_eq!(shown, [0.0, 1.0]);
    }
}
