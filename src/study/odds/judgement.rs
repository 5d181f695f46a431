//! What an alarm can tell by the few requests that a canary gets: how often it catches a bad version and how often it goes
//! off over a healthy one, in closed form.
//!
//! The requests of a period that fail are binomially distributed. A period is bad where more than the threshold has failed,
//! and the alarm goes off at so many bad periods in a row. Counted are the whole periods that fit into the first step in
//! which the traffic is split; the demand is the usual one, and every request is answered.

use serde::Serialize;

use crate::engine::binomial::Binomial;
use crate::engine::monitor::{least_bad, whole};
use crate::scenario::{Alarm, Event, Metric, Scenario};
use crate::strategy::{first_split, usual_rps};

/// The certainty that is asked for where none is said.
pub const CERTAINTY: f64 = 0.95;
/// The most periods that are counted.
const MOST_PERIODS: usize = 1_000_000;

/// What is asked of the alarm.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Asked {
    /// The share of its requests that a bad version fails; none is the release's, or what an event makes of it, or twice the
    /// threshold.
    pub error_rate: Option<f64>,
    /// How certain it has to be caught; none is [`CERTAINTY`].
    pub certainty: Option<f64>,
}

/// What an alarm can tell in the first step of a traffic shift. Field names are keys of the JSON output.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Judgement {
    /// The new version's share of the traffic, 0 to 1.
    pub share: f64,
    /// How long the step lasts; none where that depends on more than waiting.
    pub lasts_s: Option<f64>,
    /// Whole periods in it.
    pub periods: usize,
    /// Requests that are measured in a period.
    pub requests: u64,
    /// A period is bad where at least so many of them fail.
    pub least_bad: u64,
    /// The share of its requests that a bad version fails.
    pub error_rate: f64,
    /// The probability that the alarm goes off in the step over such a version.
    pub catches: f64,
    /// The probability that it goes off over a healthy one.
    pub false_alarm: f64,
    /// What is asked for in the next two.
    pub certainty: f64,
    /// Seconds at this share until such a version is caught so certainly; none where it never is.
    pub needed_s: Option<f64>,
    /// The least share, in whole per mille, that catches it so certainly within the step; none where none does.
    pub needed_share: Option<f64>,
}

/// The judgement of a scenario's alarm; none where it has none over requests, or does not split its traffic.
pub fn judgement(scenario: &Scenario, asked: Asked) -> Option<Judgement> {
    let alarm = scenario.alarm.as_ref().filter(|alarm| alarm.metric != Metric::CapacityFraction)?;
    let (share, lasts) = first_split(scenario)?;
    let error_rate = asked.error_rate.unwrap_or_else(|| bad_rate(scenario, alarm));
    let certainty = asked.certainty.unwrap_or(CERTAINTY);
    let rps = usual_rps(&scenario.traffic());
    let fit = lasts.map_or(1, |lasts| lasts.as_us() / alarm.period.as_us());
    let periods = usize::try_from(fit).unwrap_or(MOST_PERIODS).min(MOST_PERIODS);
    let of = |share: f64| Sight { alarm, rps, share };
    let sight = of(share.as_fraction());
    let shares = (1..=1_000_u32).map(|mille| f64::from(mille) / 1_000.0);
    let needed = first_run(sight.bad_period(error_rate), alarm.periods).take(MOST_PERIODS).position(|caught| caught >= certainty);
    Some(Judgement {
        share: sight.share,
        lasts_s: lasts.map(crate::units::Duration::as_secs_f64),
        periods,
        requests: sight.requests(),
        least_bad: least_bad(alarm, sight.requests()),
        error_rate,
        catches: sight.goes_off(error_rate, periods),
        false_alarm: sight.goes_off(0.0, periods),
        certainty,
        needed_s: needed.map(|i| (i + 1) as f64 * alarm.period.as_secs_f64()),
        needed_share: shares.into_iter().find(|&share| of(share).goes_off(error_rate, periods) >= certainty),
    })
}

/// The error rate of a bad version, as the scenario has it.
fn bad_rate(scenario: &Scenario, alarm: &Alarm) -> f64 {
    let turns_bad = scenario.failures.events.iter().find_map(|event| match *event {
        Event::TurnBad { error_rate, .. } => Some(error_rate),
        Event::Kill { .. }
        | Event::KillInstance { .. }
        | Event::TurnGood { .. }
        | Event::Demand { .. }
        | Event::Abort { .. }
        | Event::Approve { .. } => None,
    });
    let release = Some(scenario.release.error_rate).filter(|rate| *rate > 0.0);
    release.or(turns_bad).unwrap_or((alarm.threshold * 2.0).min(1.0))
}

/// What an alarm sees at a share of the traffic.
#[derive(Clone, Copy)]
struct Sight<'a> {
    alarm: &'a Alarm,
    rps: f64,
    share: f64,
}

impl Sight<'_> {
    /// Requests that are measured in a period.
    fn requests(&self) -> u64 {
        let share = if self.alarm.metric == Metric::NewVersionErrorRate { self.share } else { 1.0 };
        whole(self.rps * share * self.alarm.period.as_secs_f64())
    }

    /// The probability that a period is bad where the new version fails so much of its requests.
    fn bad_period(&self, error_rate: f64) -> f64 {
        let n = self.requests();
        if n == 0 {
            return 0.0;
        }
        let part = if self.alarm.metric == Metric::NewVersionErrorRate { error_rate } else { error_rate * self.share };
        let rate = part + self.alarm.base_error_rate * (1.0 - part);
        if !self.alarm.sampled {
            return if self.alarm.metric.is_bad(rate, self.alarm.threshold) { 1.0 } else { 0.0 };
        }
        Binomial::new(n, rate).at_least(least_bad(self.alarm, n))
    }

    /// The probability that the alarm goes off within so many periods.
    fn goes_off(&self, error_rate: f64, periods: usize) -> f64 {
        periods.checked_sub(1).and_then(|last| first_run(self.bad_period(error_rate), self.alarm.periods).nth(last)).unwrap_or(0.0)
    }
}

/// The probability that there were so many in a row by the first, second, third ... of independent trials.
///
/// Source: Feller, "An Introduction to Probability Theory and Its Applications", volume 1, chapter XIII.7: the first run ends
/// at trial m where none ended before it began, the trial before it was no success, and it is one.
fn first_run(success: f64, in_a_row: u32) -> impl Iterator<Item = f64> {
    let run = success.powi(i32::try_from(in_a_row).unwrap_or(i32::MAX));
    let length = usize::try_from(in_a_row).unwrap_or(usize::MAX);
    // Without a run by each trial.
    let mut without: Vec<f64> = vec![1.0];
    std::iter::from_fn(move || {
        let m = without.len();
        let before = without[m - 1];
        let ends = if m < length {
            0.0
        } else if m == length {
            run
        } else {
            run * (1.0 - success) * without[m - length - 1]
        };
        without.push((before - ends).max(0.0));
        Some(1.0 - without[m])
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;
    use crate::scenario::{NewSet, Strategy, Traffic};
    use crate::units::{Duration, Share};

    /// A canary of 10 % of 100 requests per second for so many minutes, looked at every minute: 600 requests a period.
    fn canary(minutes: u64, periods: u32) -> Scenario {
        let strategy =
            Strategy::Canary { percent: Share::from_percent(10), interval: Duration::from_mins(minutes), capacity: NewSet::Full };
        let alarm = Alarm {
            metric: Metric::NewVersionErrorRate,
            threshold: 0.05,
            period: Duration::from_secs(60),
            periods,
            bake: Duration::ZERO,
            sampled: true,
            base_error_rate: 0.0,
        };
        Scenario { traffic: Some(Traffic::Constant(100.0)), alarm: Some(alarm), ..Scenario::new(10, strategy) }
    }

    /// The sum of the binomial formula from `k` on, by logarithms of factorials.
    fn tail(n: u64, p: f64, k: u64) -> f64 {
        let ln_factorial = |n: u64| (1..=n).map(|i| (i as f64).ln()).sum::<f64>();
        let part = |k: u64| ln_factorial(n) - ln_factorial(k) - ln_factorial(n - k) + k as f64 * p.ln() + (n - k) as f64 * (1.0 - p).ln();
        (k..=n).map(|k| part(k).exp()).sum()
    }

    #[test]
    fn one_period_is_the_tail_of_the_binomial() {
        let asked = Asked { error_rate: Some(0.06), ..Asked::default() };
        let told = judgement(&canary(1, 1), asked).unwrap();
        // More than 5 % of 600: 31 or more. At 6 % they are 36 on average.
        assert_eq!((told.requests, told.least_bad, told.periods), (600, 31, 1));
        assert_eq!(told.share, 0.1);
        assert!((told.catches - tail(600, 0.06, 31)).abs() < 1e-10, "{told:?}");
        assert_eq!(told.false_alarm, 0.0);
        let mut noisy = canary(1, 1);
        noisy.alarm.as_mut().unwrap().base_error_rate = 0.04;
        let told = judgement(&noisy, asked).unwrap();
        // 4 % of everything fails anyway, and of a bad version 0.06 + 0.04 × 0.94 = 0.0976.
        assert!((told.false_alarm - tail(600, 0.04, 31)).abs() < 1e-10);
        assert!((told.catches - tail(600, 0.0976, 31)).abs() < 1e-10);
    }

    #[test]
    fn periods_in_a_row_are_a_run() {
        // By hand with 1/2: a run of 2 in 3 trials is 3 of 8 (110, 011, 111), in 4 it is 8 of 16.
        let by: Vec<f64> = first_run(0.5, 2).take(4).collect();
        assert_eq!(by, [0.0, 0.25, 0.375, 0.5]);
        let q = tail(600, 0.06, 31);
        // Three periods, two in a row: both ends and the middle, 2 q² (1 - q) + q³.
        let told = judgement(&canary(3, 2), Asked { error_rate: Some(0.06), ..Asked::default() }).unwrap();
        assert!((told.catches - (2.0 * q * q * (1.0 - q) + q * q * q)).abs() < 1e-10);
    }

    #[test]
    fn what_is_needed_is_enough_and_no_more() {
        let asked = Asked { error_rate: Some(0.06), certainty: Some(0.99) };
        let q = tail(600, 0.06, 31);
        let told = judgement(&canary(1, 1), asked).unwrap();
        // Missed n times: (1 - q)ⁿ at most 1 %.
        let periods = (0.01_f64.ln() / (1.0 - q).ln()).ceil();
        assert_eq!(told.needed_s, Some(periods * 60.0));
        // At the share that is needed one period is enough, at one per mille less it is not.
        let needed = told.needed_share.unwrap();
        let catches = |share: f64| {
            let n = (100.0 * share * 60.0).round();
            tail(whole(n), 0.06, whole((n * 0.05).floor()) + 1)
        };
        assert!(catches(needed) >= 0.99 && catches(needed - 0.001) < 0.99, "{needed}");
        // Below the threshold nothing catches it for certain.
        let quiet = judgement(&canary(1, 1), Asked { error_rate: Some(0.01), ..asked }).unwrap();
        assert_eq!(quiet.needed_share, None);
    }

    #[test]
    fn an_exact_alarm_sees_all_or_nothing() {
        let mut exact = canary(5, 1);
        exact.alarm.as_mut().unwrap().sampled = false;
        let told = |rate| judgement(&exact, Asked { error_rate: Some(rate), ..Asked::default() }).unwrap();
        assert_eq!((told(0.06).catches, told(0.05).catches), (1.0, 0.0));
        assert_eq!(judgement(&Scenario::new(10, Strategy::AllAtOnce), Asked::default()), None);
    }
}
