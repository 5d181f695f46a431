//! The curves of one timeline as points to draw: worked out once, not each frame.

use crate::timeline::{Cause, Timeline, Version};
use crate::units::Time;

/// Beyond so many looks at the timeline neighbours share one: no screen has more columns to show.
const MOST_LOOKS: usize = 3_000;

/// Points along the whole deployment, all of the same number. Steps have a point on both sides.
#[derive(Clone, Debug, Default)]
pub struct Curves {
    /// The deployment's end in seconds; at least a second, so that there is something to draw on.
    pub end_s: f64,
    /// Seconds since the start.
    pub xs: Vec<f64>,
    /// Nothing, at each point.
    pub zero: Vec<f64>,
    /// In-service capacity of the old version, requests per second.
    pub capacity_old: Vec<f64>,
    /// In-service capacity of both.
    pub capacity: Vec<f64>,
    /// Demand in requests per second.
    pub demand: Vec<f64>,
    /// The larger of demand and capacity: above the capacity it is what is short.
    pub wanted: Vec<f64>,
    /// The old version's share of the traffic that is served.
    pub share_old: Vec<f64>,
    /// Both versions' share: 1, or 0 where nothing is served.
    pub share: Vec<f64>,
    /// Failed requests per second, by cause, one stacked on the other: those that occur, the lowest first.
    pub failed: Vec<Layer>,
    /// The highest of capacity and demand.
    pub peak: f64,
    /// The most failed requests per second.
    pub peak_failed: f64,
    /// The highest demand.
    pub peak_demand: f64,
    /// From when to when nothing was in service, in seconds.
    pub downtime: Vec<(f64, f64)>,
}

/// The order in which failures are stacked: as their colours go, from dark to light.
pub const STACKED: [Cause; 5] = [Cause::NoCapacity, Cause::DeadTarget, Cause::Overload, Cause::NewVersionError, Cause::StaleDns];

/// The failures of one cause.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// The cause.
    pub cause: Cause,
    /// All that is below it, requests per second, at each point.
    pub from: Vec<f64>,
    /// That and its own.
    pub to: Vec<f64>,
}

impl Curves {
    /// The curves of `timeline`.
    pub fn new(timeline: &Timeline) -> Curves {
        let mut curves = Curves { end_s: timeline.end().as_secs_f64().max(1.0), ..Curves::default() };
        curves.failed = STACKED.map(|cause| Layer { cause, from: Vec::new(), to: Vec::new() }).to_vec();
        let looks = thinned(timeline, timeline.looks(1_000));
        for pair in looks.windows(2) {
            curves.look(timeline, pair[0], pair[0]);
            curves.look(timeline, pair[0], pair[1]);
        }
        // What holds at the end is held a little longer than no time at all.
        curves.look(timeline, timeline.end(), timeline.end());
        curves.failed.retain(|layer| layer.from != layer.to);
        curves
    }

    /// Adds a point at `t` with the fleet as it is from `held` on.
    fn look(&mut self, timeline: &Timeline, held: Time, t: Time) {
        let moment = timeline.at(held);
        let rates = timeline.rates_of(moment, t);
        let (old, new) = timeline.shares(moment, t);
        let x = t.as_secs_f64();
        if moment.in_service() == 0 {
            match self.downtime.last_mut() {
                Some(last) if last.1 >= x => {}
                Some(last) if self.xs.last() == Some(&last.1) => last.1 = x,
                _ => self.downtime.push((x, x)),
            }
        }
        self.xs.push(x);
        self.zero.push(0.0);
        self.capacity_old.push(f64::from(moment.in_service_old()) * timeline.capacity_of(Version::Old));
        self.capacity.push(rates.capacity);
        self.demand.push(rates.demand);
        self.wanted.push(rates.demand.max(rates.capacity));
        self.share_old.push(old);
        self.share.push(old + new);
        let mut below = 0.0;
        for layer in &mut self.failed {
            layer.from.push(below);
            below += rates.failed_of(layer.cause);
            layer.to.push(below);
        }
        self.peak = self.peak.max(rates.capacity).max(rates.demand);
        self.peak_failed = self.peak_failed.max(rates.failed());
        self.peak_demand = self.peak_demand.max(rates.demand);
    }

    /// The in-service capacity as a small picture: time and capacity over desired, both 0 to 1 (capacity may be 2).
    #[expect(clippy::cast_possible_truncation, reason = "a place on the screen")]
    pub fn picture(timeline: &Timeline) -> Vec<(f32, f32)> {
        const MOST_POINTS: usize = 60;
        let end = timeline.end().as_secs_f64().max(1e-6);
        let y = |t: Time| f64::from(timeline.at(t).in_service()) / f64::from(timeline.desired());
        let moments = timeline.moments();
        let every = moments.len().div_ceil(MOST_POINTS).max(1);
        moments.iter().step_by(every).map(|m| ((m.at.as_secs_f64() / end) as f32, y(m.at) as f32)).collect()
    }
}

/// Of too many looks, in each of equal stretches the first and the one with the least in service.
fn thinned(timeline: &Timeline, looks: Vec<Time>) -> Vec<Time> {
    if looks.len() <= MOST_LOOKS {
        return looks;
    }
    let stretch = looks.len().div_ceil(MOST_LOOKS / 2);
    let mut kept = Vec::with_capacity(MOST_LOOKS + 2);
    for chunk in looks.chunks(stretch) {
        let lowest = chunk.iter().copied().min_by_key(|&t| timeline.at(t).in_service());
        kept.extend(chunk.first().copied());
        kept.extend(lowest.filter(|t| Some(t) != chunk.first()));
    }
    kept.extend(looks.last().copied().filter(|last| kept.last() != Some(last)));
    kept
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;
    use crate::scenario::{Part, Scenario, Strategy, StrategyKind, Traffic};
    use crate::simulate;

    #[test]
    fn steps_have_a_point_on_both_sides() {
        let timeline = simulate(&Scenario::new(10, Strategy::Rolling { batch: Part::Count(3) })).unwrap();
        let curves = Curves::new(&timeline);
        // Capacity is 700 until the first batch's return at 100 s, when the next leaves; the versions change there.
        let at_100: Vec<f64> = curves.xs.iter().zip(&curves.capacity_old).filter(|(x, _)| **x == 100.0).map(|(_, c)| *c).collect();
        assert_eq!(at_100, [700.0, 400.0]);
        assert_eq!((curves.end_s, curves.peak, curves.peak_failed), (400.0, 1_000.0, 0.0));
    }

    #[test]
    fn failures_are_stacked_by_their_causes() {
        let mut scenario = Scenario::new(10, StrategyKind::Canary.with_defaults());
        scenario.traffic = Some(Traffic::Constant(1_100.0));
        scenario.release.error_rate = 0.5;
        let curves = Curves::new(&simulate(&scenario).unwrap());
        assert_eq!(curves.failed.iter().map(|layer| layer.cause).collect::<Vec<_>>(), [Cause::Overload, Cause::NewVersionError]);
        // From 140 s on the new group gets 10 % of 1,100 requests per second and fails half of them, 55; the old one gets 990
        // for which it has 1,000. At the start ten instances leave 100 of 1,100.
        let at = |x: f64| curves.xs.iter().position(|&at| at == x).unwrap();
        let tops = |i: usize| (curves.failed[0].to[i], curves.failed[1].from[i], curves.failed[1].to[i]);
        assert_eq!(tops(at(0.0)), (100.0, 100.0, 100.0));
        assert_eq!(tops(at(140.0) + 1), (0.0, 0.0, 55.0));
        assert_eq!(Curves::new(&simulate(&Scenario::new(10, Strategy::Immutable)).unwrap()).failed, []);
    }

    #[test]
    fn an_outage_is_one_span() {
        let timeline = simulate(&Scenario::new(10, Strategy::AllAtOnce)).unwrap();
        assert_eq!(Curves::new(&timeline).downtime, [(0.0, 80.0)]);
    }
}
