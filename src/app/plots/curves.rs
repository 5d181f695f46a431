//! The curves of one timeline as points to draw: worked out once, not each frame.

use crate::timeline::{Cause, Moment, Timeline, Version};
use crate::units::Time;

/// Beyond so many looks at the timeline neighbours share one: no screen has more columns to show.
const MOST_LOOKS: usize = 3_000;
/// In a column so many points are drawn at most.
const POINTS_A_COLUMN: usize = 4;

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
    /// From when to when some capacity was in service and less than the demand, in seconds.
    pub degraded: Vec<(f64, f64)>,
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
        for spans in [&mut curves.downtime, &mut curves.degraded] {
            spans.retain(|(from, to)| to > from);
        }
        curves
    }

    /// What there is to draw of it between two moments in so many columns: no more than a few points a column, among them
    /// its lowest capacity and its most failures, so that nothing is lost. The figures of the whole are kept.
    #[must_use]
    pub fn thinned(&self, (from_s, to_s): (f64, f64), columns: usize) -> Curves {
        let first = self.xs.partition_point(|x| *x < from_s).saturating_sub(1);
        let last = (self.xs.partition_point(|x| *x <= to_s) + 1).min(self.xs.len());
        let column = |x: f64| ((x - from_s) / (to_s - from_s).max(1e-9) * columns as f64).floor();
        let few = last - first <= columns * POINTS_A_COLUMN;
        let mut kept: Vec<usize> = Vec::new();
        let mut next = first;
        while next < last && !few {
            let begun = next;
            while next < last && column(self.xs[next]) <= column(self.xs[begun]) {
                next += 1;
            }
            let by = |values: &'_ [f64], a: &usize, b: &usize| values[*a].total_cmp(&values[*b]);
            let lowest = (begun..next).min_by(|a, b| by(&self.capacity, a, b)).unwrap_or(begun);
            let failures = self.failed.last().map_or(&self.zero, |layer| &layer.to);
            let worst = (begun..next).max_by(|a, b| by(failures, a, b)).unwrap_or(begun);
            let mut these = [begun, lowest, worst, next - 1];
            these.sort_unstable();
            kept.extend(these);
        }
        kept.dedup();
        self.with(|values| if few { values[first..last].to_vec() } else { kept.iter().map(|i| values[*i]).collect() })
    }

    /// All of it up to a moment and nothing after; the figures of the whole are kept, for the axes.
    #[must_use]
    pub fn until(&self, t_s: f64) -> Curves {
        let kept = self.xs.partition_point(|x| *x <= t_s);
        // Between two points what is drawn is a straight line.
        let cut = kept.checked_sub(1).filter(|before| kept < self.xs.len() && self.xs[*before] < t_s).map(|before| {
            let (from, to) = (self.xs[before], self.xs[kept]);
            (before, (t_s - from) / (to - from))
        });
        let mut curves = self.with(|values| {
            let mut these = values[..kept].to_vec();
            these.extend(cut.map(|(before, share)| values[before] + (values[kept] - values[before]) * share));
            these
        });
        for spans in [&mut curves.downtime, &mut curves.degraded] {
            spans.retain(|(from, _)| *from < t_s);
            for (_, to) in spans {
                *to = to.min(t_s);
            }
        }
        curves.failed.retain(|layer| layer.from != layer.to);
        curves
    }

    /// The same with other points.
    fn with(&self, points: impl Fn(&[f64]) -> Vec<f64>) -> Curves {
        let failed = self.failed.iter();
        Curves {
            xs: points(&self.xs),
            zero: points(&self.zero),
            capacity_old: points(&self.capacity_old),
            capacity: points(&self.capacity),
            demand: points(&self.demand),
            wanted: points(&self.wanted),
            share_old: points(&self.share_old),
            share: points(&self.share),
            failed: failed.map(|layer| Layer { cause: layer.cause, from: points(&layer.from), to: points(&layer.to) }).collect(),
            downtime: self.downtime.clone(),
            degraded: self.degraded.clone(),
            ..*self
        }
    }

    /// Adds a point at `t` with the fleet as it is from `held` on.
    fn look(&mut self, timeline: &Timeline, held: Time, t: Time) {
        let moment = timeline.at(held);
        let rates = timeline.rates_of(moment, t);
        let (old, new) = timeline.shares(moment, t);
        let x = t.as_secs_f64();
        let last = self.xs.last().copied();
        if moment.in_service() == 0 {
            extend(&mut self.downtime, last, x);
        } else if rates.capacity < rates.demand {
            extend(&mut self.degraded, last, x);
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
    /// Where there are many changes, of neighbours the lowest is kept, so that no dip is lost.
    #[expect(clippy::cast_possible_truncation, reason = "a place on the screen")]
    pub fn picture(timeline: &Timeline) -> Vec<(f32, f32)> {
        const MOST_POINTS: usize = 60;
        let end = timeline.end().as_secs_f64().max(1e-6);
        let y = |moment: &Moment| f64::from(moment.in_service()) / f64::from(timeline.desired());
        let moments = timeline.moments();
        let together = moments.len().div_ceil(MOST_POINTS).max(1);
        let lowest = |of: &[Moment]| of.iter().map(y).fold(f64::INFINITY, f64::min);
        let steps = moments.chunks(together).filter_map(|of| Some((of.first()?.at, lowest(of))));
        steps.map(|(at, y)| ((at.as_secs_f64() / end) as f32, y as f32)).collect()
    }
}

/// A span that goes on to `x`, where the last point was in it, or a new one.
fn extend(spans: &mut Vec<(f64, f64)>, last: Option<f64>, x: f64) {
    match spans.last_mut() {
        Some(span) if span.1 >= x => {}
        Some(span) if last == Some(span.1) => span.1 = x,
        Some(_) | None => spans.push((x, x)),
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
        let curves = Curves::new(&timeline);
        assert_eq!((curves.downtime, curves.degraded), (vec![(0.0, 80.0)], vec![]));
    }

    #[test]
    fn what_is_below_demand_is_one_span_for_batches_that_follow_each_other() {
        let mut scenario = Scenario::new(10, Strategy::Rolling { batch: Part::Count(3) });
        scenario.traffic = Some(Traffic::Constant(800.0));
        let curves = Curves::new(&simulate(&scenario).unwrap());
        // 7 of 10 serve 700 of 800 for three batches of 100 s; the last batch is one instance, and 9 serve 900.
        assert_eq!((curves.downtime.clone(), curves.degraded.clone()), (vec![], vec![(0.0, 300.0)]));
        assert_eq!(curves.until(120.0).degraded, [(0.0, 120.0)]);
    }

    #[test]
    fn until_a_moment_nothing_after_it_is_left() {
        let mut scenario = Scenario::new(10, Strategy::Rolling { batch: Part::Count(3) });
        scenario.traffic = Some(Traffic::Constant(800.0));
        let curves = Curves::new(&simulate(&scenario).unwrap());
        let cut = curves.until(350.0);
        assert_eq!(cut.xs.last(), Some(&350.0));
        // Nine of the new version serve while the tenth is updated: 900, none of them old.
        assert_eq!((cut.capacity.last(), cut.capacity_old.last(), cut.demand.last()), (Some(&900.0), Some(&0.0), Some(&800.0)));
        assert!([&cut.capacity, &cut.share, &cut.wanted, &cut.failed[0].to].iter().all(|values| values.len() == cut.xs.len()));
        // The axes stay as they are.
        assert_eq!((cut.end_s, cut.peak), (curves.end_s, curves.peak));
        // At a step all that comes with it is there.
        assert_eq!(curves.until(100.0).capacity_old.last(), Some(&400.0));
        let whole = curves.until(curves.end_s);
        assert_eq!((whole.xs, whole.capacity), (curves.xs, curves.capacity));
    }

    #[test]
    fn many_points_are_a_few_a_column_and_lose_no_dip() {
        let mut curves = Curves { end_s: 1_000.0, ..Curves::default() };
        for i in 0..6_000 {
            let (x, capacity) = (f64::from(i) / 6.0, if i == 4_321 { 10.0 } else { 1_000.0 });
            curves.xs.push(x);
            curves.capacity.push(capacity);
            for values in [&mut curves.zero, &mut curves.capacity_old, &mut curves.demand, &mut curves.wanted] {
                values.push(0.0);
            }
            curves.share.push(1.0);
            curves.share_old.push(0.0);
        }
        let thinned = curves.thinned((0.0, 1_000.0), 100);
        assert!(thinned.xs.len() <= 400, "{}", thinned.xs.len());
        assert!(thinned.xs.is_sorted() && thinned.capacity.contains(&10.0));
        assert_eq!((thinned.xs.first(), thinned.xs.last()), (curves.xs.first(), curves.xs.last()));
        // A tenth of it, 600 points in 200 columns, is drawn as it is, with one point beyond each end.
        let part = curves.thinned((100.0, 200.0), 200);
        assert_eq!(part.xs.len(), 603);
    }
}
