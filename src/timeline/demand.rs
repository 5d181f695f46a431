//! The demand as a closed form, and exact integrals of what of it a capacity can serve.
//!
//! Between two changes a demand is a straight line or a sine wave, times a share that is constant or a straight line
//! (clients that follow a DNS record). Where it crosses a capacity is worked out, so nothing is summed over ticks.

use std::f64::consts::{PI, TAU};

use crate::scenario::{Event, Scenario, Traffic};
use crate::units::{Duration, Time};

/// A stretch of time over which the demand is one closed form.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Piece {
    pub(super) from: Time,
    pub(super) to: Time,
    curve: Curve,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Curve {
    /// A straight line between the values at both ends of the piece.
    Line { start: f64, end: f64 },
    /// `mean + amplitude × sin(2π t / period)`, `t` since the deployment's start.
    Wave { mean: f64, amplitude: f64, period_s: f64 },
}

/// What of a demand a capacity serves over a piece.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Served {
    /// Requests that came.
    pub(super) offered: f64,
    /// Requests within the capacity.
    pub(super) within: f64,
    /// Seconds during which more came than the capacity.
    pub(super) above_s: f64,
}

impl Served {
    fn new(offered: f64, beyond: f64, above_s: f64) -> Served {
        Served { offered, within: offered - beyond.max(0.0), above_s }
    }
}

/// The demand of a scenario: its traffic, until an event sets a new level; levels from then on.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Demand {
    traffic: Traffic,
    /// Times rise; of several at the same time the last one counts.
    levels: Vec<(Duration, f64)>,
}

impl Demand {
    pub(super) fn new(scenario: &Scenario) -> Demand {
        let events = scenario.failures.events.iter().filter_map(|event| match *event {
            Event::Demand { at, rps } => Some((at, rps)),
            Event::Kill { .. }
            | Event::KillInstance { .. }
            | Event::TurnBad { .. }
            | Event::TurnGood { .. }
            | Event::Abort { .. }
            | Event::Approve { .. } => None,
        });
        let mut levels: Vec<(Duration, f64)> = events.collect();
        levels.sort_by_key(|(at, _)| *at);
        // Of the same time the last one stays: `dedup_by` keeps the first it sees, so it takes the other's level.
        levels.dedup_by(|later, earlier| {
            let same = later.0 == earlier.0;
            if same {
                earlier.1 = later.1;
            }
            same
        });
        Demand { traffic: scenario.traffic(), levels }
    }

    /// Its level where it never changes.
    pub(super) fn constant(&self) -> Option<f64> {
        match self.traffic {
            Traffic::Constant(rps) if self.levels.is_empty() => Some(rps),
            Traffic::Constant(_) | Traffic::Steps(_) | Traffic::Wave { .. } | Traffic::Ramp { .. } => None,
        }
    }

    /// From when on levels hold.
    fn overruled_from(&self) -> Time {
        self.levels.first().map_or(Time::from_us(u64::MAX), |(at, _)| Time::ZERO + *at)
    }

    /// The closed form that holds at `t`.
    fn form(&self, t: Time) -> Form<'_> {
        if t >= self.overruled_from() {
            return Form::Levels(&self.levels);
        }
        match &self.traffic {
            Traffic::Constant(rps) => Form::Constant(*rps),
            Traffic::Steps(levels) => Form::Levels(levels),
            Traffic::Wave { mean, amplitude, period } => {
                Form::Wave { mean: *mean, amplitude: *amplitude, period_s: period.as_secs_f64(), period: *period }
            }
            Traffic::Ramp { from, to, over } if t < Time::ZERO + *over => Form::Ramp { from: *from, to: *to, over: *over },
            Traffic::Ramp { to, .. } => Form::Constant(*to),
        }
    }
}

enum Form<'a> {
    Constant(f64),
    Levels(&'a [(Duration, f64)]),
    Wave { mean: f64, amplitude: f64, period_s: f64, period: Duration },
    Ramp { from: f64, to: f64, over: Duration },
}

impl Form<'_> {
    fn rate(&self, t: Time) -> f64 {
        match *self {
            Form::Constant(rps) => rps,
            Form::Levels(levels) => level(levels, t),
            Form::Wave { mean, amplitude, period_s, .. } => mean + amplitude * libm::sin(TAU * t.as_secs_f64() / period_s),
            Form::Ramp { from, to, over } => from + (to - from) * (t.as_us() as f64 / over.as_us() as f64),
        }
    }
}

/// Demand in requests per second at `t`.
pub(super) fn rate(demand: &Demand, t: Time) -> f64 {
    demand.form(t).rate(t)
}

/// The level that holds at `t`.
fn level(levels: &[(Duration, f64)], t: Time) -> f64 {
    let after = levels.partition_point(|(at, _)| Time::ZERO + *at <= t);
    after.checked_sub(1).map_or(0.0, |i| levels[i].1)
}

/// When the closed form changes, between `from` and `to`, neither included.
fn breaks(demand: &Demand, from: Time, to: Time) -> impl Iterator<Item = Time> + use<'_> {
    let (levels, ramp_end): (&[(Duration, f64)], _) = match &demand.traffic {
        Traffic::Constant(_) | Traffic::Wave { .. } => (&[], None),
        Traffic::Steps(levels) => (levels, None),
        Traffic::Ramp { over, .. } => (&[], Some(Time::ZERO + *over)),
    };
    let until = demand.overruled_from();
    let after = move |levels: &'_ [(Duration, f64)]| levels.partition_point(|(at, _)| Time::ZERO + *at <= from);
    let traffic = levels[after(levels)..].iter().map(|(at, _)| Time::ZERO + *at).chain(ramp_end).take_while(move |&t| t < until);
    let events = demand.levels[after(&demand.levels)..].iter().map(|(at, _)| Time::ZERO + *at);
    traffic.chain(events).skip_while(move |&t| t <= from).take_while(move |&t| t < to)
}

/// The pieces of the demand between two times.
pub(super) fn pieces(demand: &Demand, from: Time, to: Time) -> impl Iterator<Item = Piece> + use<'_> {
    let ends = breaks(demand, from, to).chain((from < to).then_some(to));
    ends.scan(from, move |start, end| {
        let from = std::mem::replace(start, end);
        let form = demand.form(from);
        let curve = match form {
            Form::Wave { mean, amplitude, period_s, .. } => Curve::Wave { mean, amplitude, period_s },
            Form::Constant(_) | Form::Levels(_) => {
                let rps = form.rate(from);
                Curve::Line { start: rps, end: rps }
            }
            Form::Ramp { .. } => Curve::Line { start: form.rate(from), end: form.rate(end) },
        };
        Some(Piece { from, to: end, curve })
    })
}

/// The step between two looks at a demand that varies all the time; none where it is constant between its breaks.
pub(super) fn grain(demand: &Demand, t: Time) -> Option<Duration> {
    match demand.form(t) {
        Form::Constant(_) | Form::Levels(_) => None,
        Form::Wave { period, .. } => Some(Duration::from_us(period.as_us() / 24)),
        Form::Ramp { over, .. } => Some(Duration::from_us(over.as_us() / 24)),
    }
}

/// The next time after `t` at which the closed form changes.
pub(super) fn next_break(demand: &Demand, t: Time) -> Option<Time> {
    breaks(demand, t, Time::from_us(u64::MAX)).next()
}

impl Piece {
    /// Its length in seconds.
    pub(super) fn seconds(&self) -> f64 {
        self.to.since(self.from).as_secs_f64()
    }

    /// What of the demand, times a share that goes evenly from `share.0` to `share.1`, `capacity` serves.
    pub(super) fn served(&self, share: (f64, f64), capacity: f64) -> Served {
        let length = self.seconds();
        match self.curve {
            Curve::Line { start, end } => line_served(length, (start, end), share, capacity),
            Curve::Wave { mean, amplitude, period_s } => {
                let wave = Wave {
                    mean,
                    amplitude,
                    period_s,
                    phase: phase_of(self.from, period_s),
                    share: share.0,
                    slope: (share.1 - share.0) / length,
                };
                wave.served(length, capacity)
            }
        }
    }
}

/// A demand that exceeds the capacity by less than this part of it does so by rounding only.
const ROUNDING: f64 = 1e-12;

/// A demand that stays the same.
#[inline]
pub(super) fn constant_served(length: f64, rps: f64, capacity: f64) -> Served {
    let offered = rps * length;
    if rps > capacity * (1.0 + ROUNDING) {
        Served { offered, within: capacity * length, above_s: length }
    } else {
        Served { offered, within: offered, above_s: 0.0 }
    }
}

/// The product of two straight lines is `q0 + q1 x + q2 x²` with `x` from 0 to 1 over the piece.
fn line_served(length: f64, demand: (f64, f64), share: (f64, f64), capacity: f64) -> Served {
    let (rise, growth) = (demand.1 - demand.0, share.1 - share.0);
    let q = [demand.0 * share.0, demand.0 * growth + rise * share.0, rise * growth];
    let at = |x: f64| q[0] + x * (q[1] + x * q[2]);
    let integral = |x: f64| x * (q[0] + x * (q[1] / 2.0 + x * q[2] / 3.0));
    let offered = integral(1.0) * length;
    if q[1] == 0.0 && q[2] == 0.0 {
        return constant_served(length, q[0], capacity);
    }
    // What is beyond the capacity is summed, so that a demand that never is beyond it loses nothing to rounding.
    let mut beyond = 0.0;
    let mut above_s = 0.0;
    let mut from = 0.0;
    for to in roots(q[0] - capacity, q[1], q[2]).into_iter().chain([1.0]) {
        if to > from && to <= 1.0 {
            if at((from + to) / 2.0) > capacity * (1.0 + ROUNDING) {
                beyond += integral(to) - integral(from) - capacity * (to - from);
                above_s += to - from;
            }
            from = to;
        }
    }
    Served::new(offered, beyond * length, above_s * length)
}

/// The real roots of `c + b x + a x²`, in order; a place outside 0 to 1 is as good as none.
fn roots(c: f64, b: f64, a: f64) -> [f64; 2] {
    const NONE: f64 = 2.0;
    if a == 0.0 {
        return [if b == 0.0 { NONE } else { -c / b }, NONE];
    }
    let discriminant = b * b - 4.0 * a * c;
    if discriminant <= 0.0 {
        return [NONE; 2];
    }
    // The form that does not subtract nearly equal numbers.
    let q = -0.5 * (b + libm::sqrt(discriminant).copysign(b));
    let (one, two) = (q / a, if q == 0.0 { NONE } else { c / q });
    if one < two { [one, two] } else { [two, one] }
}

/// The angle of a wave at `t`, from 0 to 2π.
fn phase_of(t: Time, period_s: f64) -> f64 {
    let turns = t.as_secs_f64() / period_s;
    TAU * (turns - turns.floor())
}

/// `(mean + amplitude × sin(phase + 2π s / period)) × (share + slope × s)`, `s` in seconds since the piece's start.
#[derive(Clone, Copy)]
struct Wave {
    mean: f64,
    amplitude: f64,
    period_s: f64,
    phase: f64,
    share: f64,
    slope: f64,
}

impl Wave {
    fn at(&self, s: f64) -> f64 {
        (self.mean + self.amplitude * libm::sin(self.phase + TAU * s / self.period_s)) * (self.share + self.slope * s)
    }

    /// The integral from `from` to `to`, around the middle: a difference of two antiderivatives would lose everything to
    /// rounding where a stretch is far shorter than the wave.
    fn integral(&self, from: f64, to: f64) -> f64 {
        let speed = TAU / self.period_s;
        let (middle, x) = (from.midpoint(to), speed * (to - from) / 2.0);
        let (angle, share) = (self.phase + speed * middle, self.share + self.slope * middle);
        // sin x - x cos x, which cancels near 0: there by its series.
        let odd = if x < 0.1 {
            let y = x * x;
            x * y / 3.0 * (1.0 - y / 10.0 * (1.0 - y / 28.0 * (1.0 - y / 54.0)))
        } else {
            libm::sin(x) - x * libm::cos(x)
        };
        let wave = share * libm::sin(angle) * libm::sin(x) + self.slope * libm::cos(angle) * odd / speed;
        self.mean * share * (to - from) + 2.0 * self.amplitude * wave / speed
    }

    fn served(&self, length: f64, capacity: f64) -> Served {
        // Nothing to cut where it always or never exceeds the capacity: a stretch may hold millions of waves.
        let offered = self.integral(0.0, length);
        if capacity <= 0.0 {
            return Served { offered, within: 0.0, above_s: length };
        }
        if (self.mean + self.amplitude) * self.share.max(self.share + self.slope * length) <= capacity {
            return Served { offered, within: offered, above_s: 0.0 };
        }
        // Whole waves are all alike while the share is constant.
        let whole = if self.slope == 0.0 { (length / self.period_s).floor() } else { 0.0 };
        let mut served = Served::default();
        if whole > 0.0 {
            let one = self.stretch(self.period_s, capacity);
            served = Served { offered: one.offered * whole, within: one.within * whole, above_s: one.above_s * whole };
        }
        let rest = self.stretch(length - whole * self.period_s, capacity);
        Served { offered: served.offered + rest.offered, within: served.within + rest.within, above_s: served.above_s + rest.above_s }
    }

    /// Works out the first `length` seconds, cut where the wave turns. Between two cuts a wave with a constant share
    /// only rises or only falls, so that it crosses the capacity at most once; with a changing share the cuts are close
    /// enough that it hardly ever does so twice.
    fn stretch(&self, length: f64, capacity: f64) -> Served {
        let cut = if self.slope == 0.0 { PI / 2.0 } else { PI / 16.0 };
        let first = (self.phase / cut).floor() + 1.0;
        let limit = capacity * (1.0 + ROUNDING);
        let (mut beyond, mut above_s) = (0.0, 0.0);
        let mut from = 0.0;
        let mut n = 0.0;
        while from < length {
            let to = (((first + n) * cut - self.phase) * self.period_s / TAU).min(length);
            n += 1.0;
            if to <= from {
                continue;
            }
            let above = match (self.at(from) > limit, self.at(to) > limit) {
                (true, true) => Some((from, to)),
                (true, false) => Some((from, self.crossing(from, to, limit, true))),
                (false, true) => Some((self.crossing(from, to, limit, false), to)),
                (false, false) => None,
            };
            if let Some((start, end)) = above {
                beyond += self.integral(start, end) - capacity * (end - start);
                above_s += end - start;
            }
            from = to;
        }
        Served::new(self.integral(0.0, length), beyond, above_s)
    }

    /// Where it crosses `limit` between `from` and `to`, by halving.
    fn crossing(&self, mut from: f64, mut to: f64, limit: f64, start_above: bool) -> f64 {
        for _ in 0..64 {
            let middle = (from + to) / 2.0;
            if (self.at(middle) > limit) == start_above {
                from = middle;
            } else {
                to = middle;
            }
        }
        (from + to) / 2.0
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;

    const WHOLE: (f64, f64) = (1.0, 1.0);

    fn only(traffic: &Traffic) -> Demand {
        Demand { traffic: traffic.clone(), levels: Vec::new() }
    }

    fn over(traffic: &Traffic, seconds: f64, share: (f64, f64), capacity: f64) -> Served {
        let mut sum = Served::default();
        let end = Time::from_secs_f64(seconds);
        for piece in pieces(&only(traffic), Time::ZERO, end) {
            let at = |t: Time| share.0 + (share.1 - share.0) * t.as_secs_f64() / seconds;
            let served = piece.served((at(piece.from), at(piece.to)), capacity);
            sum.offered += served.offered;
            sum.within += served.within;
            sum.above_s += served.above_s;
        }
        sum
    }

    fn close(actual: f64, expected: f64) {
        assert!((actual - expected).abs() < 1e-6 * expected.abs().max(1.0), "{actual} is not {expected}");
    }

    #[test]
    fn a_constant_demand_is_a_rectangle() {
        // 800 rps against 700 for 100 s: 80,000 come, 70,000 are within.
        let served = over(&Traffic::Constant(800.0), 100.0, WHOLE, 700.0);
        assert_eq!(served, Served { offered: 80_000.0, within: 70_000.0, above_s: 100.0 });
        // At the capacity nothing is above it.
        assert_eq!(over(&Traffic::Constant(700.0), 100.0, WHOLE, 700.0).above_s, 0.0);
    }

    #[test]
    fn steps_change_at_their_times() {
        let traffic = Traffic::Steps(vec![(Duration::ZERO, 500.0), (Duration::from_secs(60), 900.0)]);
        // 60 s × 500 + 40 s × 900 = 66,000; above 700 for the last 40 s: 30,000 + 28,000 within.
        assert_eq!(over(&traffic, 100.0, WHOLE, 700.0), Served { offered: 66_000.0, within: 58_000.0, above_s: 40.0 });
    }

    #[test]
    fn a_ramp_crosses_the_capacity_once() {
        let traffic = Traffic::Ramp { from: 0.0, to: 1_000.0, over: Duration::from_secs(100) };
        // A triangle of 50,000, then 10,000 a second... for 20 s at 1,000: 70,000. It crosses 600 at 60 s.
        // Within: 60 × 600 / 2 = 18,000, then 60 s at 600 = 36,000.
        let served = over(&traffic, 120.0, WHOLE, 600.0);
        close(served.offered, 70_000.0);
        close(served.within, 54_000.0);
        close(served.above_s, 60.0);
    }

    #[test]
    fn clients_that_follow_a_dns_record_are_a_straight_line() {
        // 600 rps × a share from 0 to 1 over 60 s: half of 36,000. It crosses 300 in the middle:
        // within 30 × 300 / 2 + 30 × 300 = 13,500.
        let served = over(&Traffic::Constant(600.0), 60.0, (0.0, 1.0), 300.0);
        close(served.offered, 18_000.0);
        close(served.within, 13_500.0);
        close(served.above_s, 30.0);
    }

    #[test]
    fn a_ramp_times_a_share_is_a_parabola() {
        // 100 t × t / 10 over 10 s = 10 t²: the integral is 10 × 1000 / 3; it crosses 250 at t = 5.
        let traffic = Traffic::Ramp { from: 0.0, to: 1_000.0, over: Duration::from_secs(10) };
        let served = over(&traffic, 10.0, (0.0, 1.0), 250.0);
        close(served.offered, 10_000.0 / 3.0);
        close(served.within, 10.0 * 125.0 / 3.0 + 5.0 * 250.0);
        close(served.above_s, 5.0);
    }

    #[test]
    fn a_wave_is_integrated_exactly() {
        let wave = Traffic::Wave { mean: 100.0, amplitude: 50.0, period: Duration::from_secs(60) };
        // Whole waves are their mean.
        close(over(&wave, 600.0, WHOLE, 1e9).offered, 60_000.0);
        // Half a wave above the mean: 30 s × 100 + 50 × 60 / π.
        close(over(&wave, 30.0, WHOLE, 1e9).offered, 3_000.0 + 3_000.0 / PI);
        // Against its mean as the capacity: above it half of the time, and 3,000 / π of each wave is too much.
        let served = over(&wave, 600.0, WHOLE, 100.0);
        close(served.above_s, 300.0);
        close(served.within, 60_000.0 - 10.0 * 3_000.0 / PI);
        // sin = 0.5 from 30° to 150°: a third of the time above 125.
        close(over(&wave, 60.0, WHOLE, 125.0).above_s, 20.0);
    }

    #[test]
    fn a_wave_times_a_share_is_integrated_exactly() {
        let wave = Traffic::Wave { mean: 100.0, amplitude: 50.0, period: Duration::from_secs(60) };
        // ∫ (100 + 50 sin(2π t / 60)) t / 60 dt over 60 s = 3,000 - 50 × 60 / 2π.
        close(over(&wave, 60.0, (0.0, 1.0), 1e9).offered, 3_000.0 - 1_500.0 / PI);
        // Midpoint sums agree with the closed form where a capacity cuts it.
        let served = over(&wave, 60.0, (0.0, 1.0), 60.0);
        let n = 600_000;
        let (mut within, mut above) = (0.0, 0.0);
        for i in 0..n {
            let t = (f64::from(i) + 0.5) * 60.0 / f64::from(n);
            let f = (100.0 + 50.0 * (TAU * t / 60.0).sin()) * t / 60.0;
            within += f.min(60.0) * 60.0 / f64::from(n);
            above += if f > 60.0 { 60.0 / f64::from(n) } else { 0.0 };
        }
        close(served.within, within);
        assert!((served.above_s - above).abs() < 1e-3);
    }

    #[test]
    fn a_short_stretch_of_a_long_wave_is_no_less_exact() {
        // At its start a wave is its mean: 500 rps × a share from 0 to 1 over 1 ms is 500 × 0.001 / 2 = 0.25. The wave
        // itself adds 200 × 2π / 30 d × ∫ t² / 0.001 dt = 1.6e-10.
        let wave = Traffic::Wave { mean: 500.0, amplitude: 200.0, period: Duration::from_secs(30 * 86_400) };
        let served = over(&wave, 0.001, (0.0, 1.0), 1e9);
        assert!((served.offered - 0.25).abs() < 1e-9, "{served:?}");
    }

    #[test]
    fn millions_of_waves_that_nothing_serves_need_no_cutting() {
        // A whole number of waves with a share from 1 to 0 over 30 d: 500 × 2,592,000 / 2 = 648,000,000, and the wave
        // leans to the larger share at each start: 200 × 2,592,000 / (2π × 2,592,000) = 31.83 more.
        let wave = Traffic::Wave { mean: 500.0, amplitude: 200.0, period: Duration::from_secs(1) };
        let began = std::time::Instant::now();
        let served = over(&wave, 30.0 * 86_400.0, (1.0, 0.0), 0.0);
        assert!((served.offered - 648_000_031.83).abs() < 0.1, "{served:?}");
        assert_eq!(served.within, 0.0);
        assert!(began.elapsed().as_secs_f64() < 1.0, "cut into waves");
    }

    #[test]
    fn a_short_stretch_in_the_middle_of_a_long_wave_is_exact() {
        // Five days into a wave of thirty, sin(2π / 6) = √3 / 2: 500 + 200 × 0.866 = 673.205 rps. A share that grows from
        // 0 to 1 over a millisecond gets half of a millisecond's requests.
        let wave = Traffic::Wave { mean: 500.0, amplitude: 200.0, period: Duration::from_secs(30 * 86_400) };
        let from = Time::ZERO + Duration::from_secs(5 * 86_400);
        let piece = pieces(&only(&wave), from, from + Duration::from_us(1_000)).next().unwrap();
        let expected = (500.0 + 100.0 * 3_f64.sqrt()) * 0.000_5;
        let served = piece.served((0.0, 1.0), 1e9);
        assert!((served.offered - expected).abs() < 1e-9, "{} is not {expected}", served.offered);
    }
}
