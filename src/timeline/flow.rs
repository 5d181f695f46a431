//! Where requests go: rates at a moment, and exact totals over the whole deployment.
//!
//! All instances share the traffic evenly, or it is split by weight between the original and the new group, whose
//! instances share their part evenly. An instance that has died gets its share until the load balancer notices. A
//! request that finds no healthy capacity fails, and so does one beyond the capacity of the instances it comes to: a
//! group too small for its share overloads though the other is idle, as in reality.

use super::demand::{self, Piece};
use super::{Moment, PhaseSpan, Route, Stop, Timeline, Trouble, Version, Way};
use crate::plan::PhaseLabel;
use crate::scenario::{AllUnhealthy, Metric};
use crate::units::{Duration, Time};

/// Why a request failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// It found no healthy capacity.
    NoCapacity,
    /// It came beyond the capacity in service.
    Overload,
    /// It was in flight on an instance that stopped.
    CutOff,
    /// Its client still knew an environment that has ended.
    StaleDns,
    /// The new version failed it.
    NewVersionError,
    /// It was sent to an instance that does not answer.
    DeadTarget,
}

impl Cause {
    /// All of them.
    pub const ALL: [Cause; 6] =
        [Cause::NoCapacity, Cause::Overload, Cause::CutOff, Cause::StaleDns, Cause::NewVersionError, Cause::DeadTarget];
}

/// What happens to requests at one moment, in requests per second.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rates {
    /// Requests that come.
    pub demand: f64,
    /// What all instances in service could serve.
    pub capacity: f64,
    /// Requests that the old version answers.
    pub answered_old: f64,
    /// Requests that the new version answers, the ones that it fails among them.
    pub answered_new: f64,
    /// Requests that find no healthy capacity.
    pub no_capacity: f64,
    /// Requests beyond the capacity in service.
    pub overload: f64,
    /// Requests to an environment that has ended.
    pub stale_dns: f64,
    /// Requests that the new version fails.
    pub new_version_error: f64,
    /// Requests to instances that do not answer.
    pub dead_target: f64,
}

impl Rates {
    /// Requests that are served.
    pub fn served(&self) -> f64 {
        self.answered_old + self.served_new()
    }

    /// Requests that the old version serves.
    pub fn served_old(&self) -> f64 {
        self.answered_old
    }

    /// Requests that the new version serves.
    pub fn served_new(&self) -> f64 {
        self.answered_new - self.new_version_error
    }

    /// Requests that fail.
    pub fn failed(&self) -> f64 {
        self.no_capacity + self.overload + self.stale_dns + self.new_version_error + self.dead_target
    }

    /// Requests that fail of a cause; none of them is cut off, which happens at one moment and not over a time.
    pub fn failed_of(&self, cause: Cause) -> f64 {
        match cause {
            Cause::NoCapacity => self.no_capacity,
            Cause::Overload => self.overload,
            Cause::CutOff => 0.0,
            Cause::StaleDns => self.stale_dns,
            Cause::NewVersionError => self.new_version_error,
            Cause::DeadTarget => self.dead_target,
        }
    }

    fn fail(&mut self, cause: Cause, rps: f64) {
        match cause {
            Cause::NoCapacity => self.no_capacity += rps,
            Cause::Overload | Cause::CutOff => self.overload += rps,
            Cause::StaleDns => self.stale_dns += rps,
            Cause::NewVersionError => self.new_version_error += rps,
            Cause::DeadTarget => self.dead_target += rps,
        }
    }
}

/// A metric over a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measure {
    /// Its value.
    pub value: f64,
    /// How many requests it was measured on.
    pub of: f64,
}

/// Exact totals over the whole deployment.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Totals {
    /// Requests that came, and those in flight at the start that were cut.
    pub requests: f64,
    /// Requests that were served to their end.
    pub served: f64,
    /// Requests that failed, by [`Cause::ALL`].
    pub failed: [f64; 6],
    /// Requests that the new version got before it was fully rolled out.
    pub exposed: f64,
    /// Seconds with no instance in service.
    pub downtime_s: f64,
    /// Seconds with capacity below demand, downtime included.
    pub degraded_s: f64,
    /// Seconds in which both versions got traffic.
    pub mixed_versions_s: f64,
    /// Instance-seconds beyond the desired size.
    pub extra_instance_s: f64,
    /// The lowest in-service capacity over the desired capacity.
    pub min_capacity_fraction: f64,
    /// The most instances at once.
    pub max_instances: u32,
}

impl Totals {
    /// Requests that failed, of any cause.
    pub fn failed_total(&self) -> f64 {
        self.failed.iter().sum()
    }

    fn fail(&mut self, cause: Cause, requests: f64) {
        self.failed[cause as usize] += requests;
    }
}

/// Instances that requests come to in the same way.
#[derive(Clone, Copy, Debug)]
struct Class {
    /// Their share of the traffic at the begin and at the end of a stretch.
    share: (f64, f64),
    /// What they can answer, in requests per second.
    capacity: f64,
    /// The part of what comes to them that comes to the new version.
    part_new: f64,
    /// Whether one of them answers.
    answers: bool,
    /// What a request beyond their capacity fails of.
    beyond: Cause,
}

impl Class {
    const NONE: Class = Class { share: (0.0, 0.0), capacity: 0.0, part_new: 0.0, answers: false, beyond: Cause::NoCapacity };

    fn gets_traffic(&self) -> bool {
        self.share.0 + self.share.1 > 0.0
    }

    fn with_share(self, share: (f64, f64), part: f64) -> Class {
        Class { share: (share.0 * part, share.1 * part), ..self }
    }
}

/// What the requests of a stretch come to.
#[derive(Default)]
struct Flow {
    offered: f64,
    /// By version, old first.
    answered: [f64; 2],
    offered_new: f64,
    failed_new: f64,
    errors: f64,
}

fn part(of: u32, all: u32) -> f64 {
    if of == all { 1.0 } else { f64::from(of) / f64::from(all) }
}

impl Timeline {
    /// Demand in requests per second at `t`.
    pub fn demand(&self, t: Time) -> f64 {
        demand::rate(&self.demand, t)
    }

    /// What one instance of a version can serve, in requests per second.
    pub fn capacity_of(&self, version: Version) -> f64 {
        match version {
            Version::Old => self.capacity_rps,
            Version::New => self.capacity_rps * self.capacity_factor,
        }
    }

    /// What all instances in service at `moment` can serve, in requests per second.
    pub fn capacity(&self, moment: &Moment) -> f64 {
        if self.capacity_factor == 1.0 {
            return f64::from(moment.in_service()) * self.capacity_rps;
        }
        let of = |version| f64::from(moment.in_service_of(version)) * self.capacity_of(version);
        of(Version::Old) + of(Version::New)
    }

    /// The capacity in service at `moment` over the desired capacity.
    pub fn capacity_fraction(&self, moment: &Moment) -> f64 {
        if self.capacity_factor == 1.0 {
            return f64::from(moment.in_service()) / f64::from(self.desired);
        }
        self.capacity(moment) / (f64::from(self.desired) * self.capacity_rps)
    }

    /// Both groups' shares of the traffic at both ends of a stretch; one group has all where it is not split.
    fn group_shares(&self, moment: &Moment, from: Time, to: Time) -> [(f64, f64); 2] {
        let route = self.route(moment);
        match (route.share_new(from), route.share_new(to)) {
            (Some(start), Some(end)) => [(1.0 - start, 1.0 - end), (start, end)],
            _ => [(1.0, 1.0), (0.0, 0.0)],
        }
    }

    /// What requests come to over a stretch in which the fleet does not change.
    fn classes(&self, moment: &Moment, from: Time, to: Time) -> [Class; 6] {
        let mut classes = [Class::NONE; 6];
        let trouble = self.trouble(moment);
        let shares = self.group_shares(moment, from, to);
        let split = !matches!(self.route(moment), Route::Shared);
        for (group, share) in shares.into_iter().enumerate() {
            if share.0 + share.1 == 0.0 {
                continue;
            }
            let ([mut old, mut new], [mut dead_old, mut dead_new]) = (moment.in_service[group], trouble.dead[group]);
            let mut failed: u32 = trouble.failed[group].iter().sum();
            if !split {
                old += moment.in_service[1][0];
                new += moment.in_service[1][1];
                dead_old += trouble.dead[1][0];
                dead_new += trouble.dead[1][1];
                failed += trouble.failed[1].iter().sum::<u32>();
            }
            let place = &mut classes[group * 3..group * 3 + 3];
            let (alive, dead) = (old + new, dead_old + dead_new);
            let all = alive + dead;
            if all == 0 {
                let fails_open = failed > 0 && self.all_unhealthy == AllUnhealthy::FailOpen;
                let beyond = match self.route(moment).is_moving(from) {
                    _ if fails_open => Cause::DeadTarget,
                    true => Cause::StaleDns,
                    false => Cause::NoCapacity,
                };
                place[0] = Class { share, beyond, part_new: if group == 1 { 1.0 } else { 0.0 }, ..Class::NONE };
                continue;
            }
            let answering = Class { answers: true, beyond: Cause::Overload, ..Class::NONE };
            if alive > 0 && (self.capacity_factor == 1.0 || old == 0 || new == 0) {
                let capacity = f64::from(old) * self.capacity_of(Version::Old) + f64::from(new) * self.capacity_of(Version::New);
                place[0] = Class { capacity, part_new: part(new, alive), ..answering }.with_share(share, part(alive, all));
            } else if alive > 0 {
                let capacity = f64::from(old) * self.capacity_of(Version::Old);
                place[0] = Class { capacity, ..answering }.with_share(share, part(old, all));
                let capacity = f64::from(new) * self.capacity_of(Version::New);
                place[1] = Class { capacity, part_new: 1.0, ..answering }.with_share(share, part(new, all));
            }
            if dead > 0 {
                let class = Class { part_new: part(dead_new, dead), beyond: Cause::DeadTarget, ..Class::NONE };
                place[2] = class.with_share(share, part(dead, all));
            }
        }
        classes
    }

    /// What happens to requests at `t`.
    pub fn rates(&self, t: Time) -> Rates {
        self.rates_of(self.at(t), t)
    }

    /// What happens to requests at `t`, as if `moment` held then.
    pub fn rates_of(&self, moment: &Moment, t: Time) -> Rates {
        let mut rates = Rates { demand: self.demand(t), capacity: self.capacity(moment), ..Rates::default() };
        for class in self.classes(moment, t, t).iter().filter(|class| class.gets_traffic()) {
            let offered = rates.demand * class.share.0;
            let answered = offered.min(class.capacity);
            rates.answered_new += answered * class.part_new;
            rates.answered_old += answered * (1.0 - class.part_new);
            rates.fail(class.beyond, offered - answered);
        }
        rates.new_version_error = rates.answered_new * self.trouble(moment).error_rate;
        rates
    }

    /// Both versions' shares of the traffic at `t`, old first, of that which reaches an instance and is answered: they
    /// sum to one, or both are 0 where nothing is answered. Where no request comes, what a request would get.
    pub fn shares(&self, moment: &Moment, t: Time) -> (f64, f64) {
        let rates = self.rates_of(moment, t);
        let answered = rates.answered_old + rates.answered_new;
        if answered > 0.0 {
            return (rates.answered_old / answered, rates.answered_new / answered);
        }
        if rates.demand > 0.0 {
            return (0.0, 0.0);
        }
        let mut shares = (0.0, 0.0);
        for class in self.classes(moment, t, t).iter().filter(|class| class.answers && class.gets_traffic()) {
            shares.0 += class.share.0 * (1.0 - class.part_new);
            shares.1 += class.share.0 * class.part_new;
        }
        let all = shares.0 + shares.1;
        if all > 0.0 { (shares.0 / all, shares.1 / all) } else { shares }
    }

    /// When the new version was fully rolled out: the desired number of it is in service, and from then on no traffic
    /// goes to the old one. None where that never came.
    pub fn rolled_out(&self) -> Option<Time> {
        let only_new = |moment: &&Moment| {
            let [[original_old, _], [launched_old, _]] = moment.in_service;
            match self.route(moment).share_new(moment.at) {
                Some(share) => (share >= 1.0 || original_old == 0) && (share <= 0.0 || launched_old == 0),
                None => original_old + launched_old == 0,
            }
        };
        let trailing = self.moments.iter().rev().take_while(only_new).count();
        let since = self.moments.get(self.moments.len() - trailing..)?;
        since.iter().find(|moment| moment.in_service_new() >= self.desired).map(|moment| moment.at)
    }

    /// From the decision to go back until all traffic is on the old version at full capacity; none where there was no such
    /// decision, or that never came.
    pub fn rollback(&self) -> Option<Duration> {
        let from = self.went_back?;
        let is_back = |moment: &&Moment| {
            let [[_, original_new], [_, launched_new]] = moment.in_service;
            let only_old = match self.route(moment).share_new(moment.at) {
                // Who still goes to the new group is not back, whether it still serves or has ended.
                Some(share) => share <= 0.0 && original_new == 0,
                None => original_new + launched_new == 0,
            };
            only_old && moment.in_service_old() >= self.desired
        };
        let trailing = self.moments.iter().rev().take_while(is_back).count();
        let back = self.moments.get(self.moments.len() - trailing)?;
        Some(back.at.since(from))
    }

    /// From the first trouble (an instance that died or failed, a request that failed) until it was noticed that the
    /// deployment goes wrong. Where nothing showed before, from the begin of the phase that failed.
    pub fn time_to_notice(&self) -> Option<Duration> {
        let noticed = self.failed_at?;
        let is_trouble = |moment: &&Moment| {
            let trouble = self.trouble(moment);
            // Where clients follow by and by, nothing fails at the first moment itself.
            let just_after = moment.at + Duration::from_us(1);
            trouble.dead() + trouble.failed() > 0 || self.rates_of(moment, just_after).failed() > 0.0
        };
        let first = self.moments.iter().take_while(|moment| moment.at < noticed).find(is_trouble).map(|moment| moment.at);
        let is_work = |phase: &&PhaseSpan| phase.way == Way::Forward && !matches!(phase.label, PhaseLabel::Stopped | PhaseLabel::Person);
        let phase = || self.phases.iter().rev().find(is_work).map_or(noticed, |phase| phase.from.min(noticed));
        // An instance that does not get healthy shows nothing until its time is up.
        let first = first.into_iter().chain(self.trouble_since.filter(|&since| since < noticed)).min();
        Some(noticed.since(first.unwrap_or_else(phase)))
    }

    /// Stretches between two changes: what holds, from when, to when.
    fn stretches(&self) -> impl Iterator<Item = (&Moment, Time, Time)> {
        self.stretches_between(Time::ZERO, self.end)
    }

    /// The same, cut to a time; the last moment lasts until its end.
    fn stretches_between(&self, from: Time, to: Time) -> impl Iterator<Item = (&Moment, Time, Time)> {
        let first = self.moments.partition_point(|m| m.at <= from).saturating_sub(1);
        let moments = &self.moments[first..];
        let ends = moments.iter().skip(1).map(|next| next.at).chain([to]);
        moments
            .iter()
            .zip(ends)
            .map(move |(moment, end)| (moment, moment.at.max(from), end.min(to)))
            .take_while(move |&(_, from, _)| from <= to)
    }

    /// Exact totals over the whole deployment.
    pub fn totals(&self) -> Totals {
        let mut totals = Totals { min_capacity_fraction: f64::INFINITY, ..Totals::default() };
        let rolled_out = self.rolled_out().unwrap_or(self.end);
        let constant = self.demand.constant();
        for (moment, from, to) in self.stretches() {
            totals.max_instances = totals.max_instances.max(moment.existing());
            totals.min_capacity_fraction = totals.min_capacity_fraction.min(self.capacity_fraction(moment));
            let seconds = to.since(from).as_secs_f64();
            if moment.in_service() == 0 {
                totals.downtime_s += seconds;
            }
            totals.extra_instance_s += f64::from(moment.existing().saturating_sub(self.desired)) * seconds;
            if let Some(rps) = constant
                && self.is_plain(moment)
            {
                if from < to {
                    self.add_plain(&mut totals, moment, seconds, rps, from < rolled_out);
                }
                continue;
            }
            for piece in demand::pieces(&self.demand, from, to) {
                self.add_piece(&mut totals, moment, &piece, piece.from < rolled_out);
            }
        }
        let until = if self.stops.is_empty() { Vec::new() } else { self.served_by_one_until() };
        // Where a run was broken off, some would have stopped later.
        for stop in self.stops.iter().filter(|stop| stop.last_request + stop.drained <= self.end) {
            let (cut, came_before) = self.cut(stop, |from, to| self.served_by_one(stop, from, to, &until));
            totals.fail(Cause::CutOff, cut);
            totals.requests += came_before;
            // Those had been counted as served when they came.
            totals.served -= cut - came_before;
        }
        totals
    }

    /// What becomes of the requests of a piece; `fail` hears of those that no instance answers.
    fn flow(&self, moment: &Moment, piece: &Piece, mut fail: impl FnMut(Cause, f64)) -> Flow {
        let mut flow = Flow::default();
        for class in self.classes(moment, piece.from, piece.to).iter().filter(|class| class.gets_traffic()) {
            let served = piece.served(class.share, class.capacity);
            let beyond = served.offered - served.within;
            flow.offered += served.offered;
            flow.offered_new += served.offered * class.part_new;
            flow.answered[0] += served.within * (1.0 - class.part_new);
            flow.answered[1] += served.within * class.part_new;
            flow.failed_new += beyond * class.part_new;
            if beyond > 0.0 {
                fail(class.beyond, beyond);
            }
        }
        flow.errors = flow.answered[1] * self.trouble(moment).error_rate;
        flow.failed_new += flow.errors;
        flow
    }

    /// Whether all requests come to the same instances, all of which answer.
    fn is_plain(&self, moment: &Moment) -> bool {
        let Trouble { dead, failed, error_rate: _ } = self.trouble(moment);
        let alike = || self.capacity_factor == 1.0 || moment.in_service_old() == 0 || moment.in_service_new() == 0;
        matches!(self.route(moment), Route::Shared) && (moment.trouble == 0 || (*dead, *failed) == ([[0; 2]; 2], [[0; 2]; 2])) && alike()
    }

    /// What [`Timeline::add_piece`] adds where a moment is plain and the demand constant: the same sums in the same order, and
    /// far fewer of them. Most stretches of most deployments are so.
    fn add_plain(&self, totals: &mut Totals, moment: &Moment, seconds: f64, rps: f64, exposes: bool) {
        let (old, new) = (moment.in_service_old(), moment.in_service_new());
        let all = demand::constant_served(seconds, rps, self.capacity(moment));
        totals.requests += all.offered;
        if old + new == 0 {
            totals.degraded_s += seconds;
            if rps > 0.0 {
                totals.fail(Cause::NoCapacity, all.offered);
            }
            return;
        }
        totals.degraded_s += all.above_s;
        let capacity = f64::from(old) * self.capacity_of(Version::Old) + f64::from(new) * self.capacity_of(Version::New);
        let served = demand::constant_served(seconds, rps, capacity);
        let part_new = part(new, old + new);
        let answered = [served.within * (1.0 - part_new), served.within * part_new];
        let beyond = served.offered - served.within;
        if beyond > 0.0 {
            totals.fail(Cause::Overload, beyond);
        }
        let errors = answered[1] * self.trouble(moment).error_rate;
        totals.served += answered[0] + answered[1] - errors;
        totals.fail(Cause::NewVersionError, errors);
        if exposes {
            totals.exposed += answered[1];
        }
        if answered[0] > 0.0 && answered[1] > 0.0 {
            totals.mixed_versions_s += seconds;
        }
    }

    fn add_piece(&self, totals: &mut Totals, moment: &Moment, piece: &Piece, exposes: bool) {
        let all = piece.served((1.0, 1.0), self.capacity(moment));
        totals.requests += all.offered;
        totals.degraded_s += if moment.in_service() == 0 { piece.seconds() } else { all.above_s };
        let flow = self.flow(moment, piece, |cause, requests| totals.failed[cause as usize] += requests);
        totals.served += flow.answered[0] + flow.answered[1] - flow.errors;
        totals.fail(Cause::NewVersionError, flow.errors);
        if exposes {
            totals.exposed += flow.answered[1];
        }
        if flow.answered[0] > 0.0 && flow.answered[1] > 0.0 {
            totals.mixed_versions_s += piece.seconds();
        }
    }

    /// What a metric was over a time: none where no request came by which it could be measured. Requests that were cut
    /// count when they were cut.
    pub fn measure(&self, metric: Metric, from: Time, to: Time) -> Option<Measure> {
        self.measure_until(metric, from, to.min(self.end))
    }

    /// The same, of a timeline that is written until `to`.
    pub(super) fn measure_until(&self, metric: Metric, from: Time, to: Time) -> Option<Measure> {
        let seconds = to.since(from).as_secs_f64();
        if seconds <= 0.0 {
            return None;
        }
        let (mut offered, mut failed, mut offered_new, mut failed_new, mut capacity) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (moment, from, to) in self.stretches_between(from, to) {
            capacity += self.capacity_fraction(moment) * to.since(from).as_secs_f64();
            if metric == Metric::CapacityFraction {
                continue;
            }
            for piece in demand::pieces(&self.demand, from, to) {
                let flow = self.flow(moment, &piece, |_, requests| failed += requests);
                offered += flow.offered;
                offered_new += flow.offered_new;
                failed += flow.errors;
                failed_new += flow.failed_new;
            }
        }
        if metric == Metric::CapacityFraction {
            return Some(Measure { value: capacity / seconds, of: 0.0 });
        }
        // Those that were recorded long before can have cut nothing in this time.
        let recent = self.stops.iter().rev().take_while(|stop| stop.last_request + self.in_flight >= from);
        for stop in recent {
            let at = stop.last_request + stop.drained;
            if from < at && at <= to {
                let (cut, _) = self.cut(stop, |from, to| self.served_by_one_between(stop, from, to));
                failed += cut;
                failed_new += if stop.version == Version::New { cut } else { 0.0 };
            }
        }
        let (of, failed) = match metric {
            Metric::NewVersionErrorRate => (offered_new, failed_new),
            Metric::ErrorRate | Metric::CapacityFraction => (offered, failed),
        };
        (of > 0.0).then(|| Measure { value: (failed / of).clamp(0.0, 1.0), of })
    }

    /// Whether nothing has changed since `from`: so whatever is measured stays the same until something does.
    pub(super) fn is_still(&self, from: Time) -> bool {
        self.moments.last().is_some_and(|last| last.at <= from && !self.route(last).is_moving(from))
            && demand::grain(&self.demand, from).is_none()
            && self.stops.last().is_none_or(|stop| stop.last_request + self.in_flight < from)
    }

    /// When the demand next changes its form after `t`.
    pub(super) fn next_demand_change(&self, t: Time) -> Option<Time> {
        demand::next_break(&self.demand, t)
    }

    /// Requests that were cut when instances stopped, and how many of those had come before the deployment began.
    /// `served` is what one of them served between two times.
    ///
    /// Every request takes `in_flight`, so those are cut that came within `in_flight` before the instance stopped and
    /// before it took its last request.
    fn cut(&self, stop: &Stop, served: impl Fn(Time, Time) -> f64) -> (f64, f64) {
        let last = stop.last_request;
        let window = self.in_flight - stop.drained;
        let from = Time::ZERO + (last.since(Time::ZERO) - window);
        let each = served(from.max(stop.since), last);
        let before_s = (window - last.since(Time::ZERO)).as_secs_f64();
        let before = match stop.version {
            Version::Old if stop.since == Time::ZERO => {
                before_s * (self.demand(Time::ZERO) / f64::from(self.desired)).min(self.capacity_rps)
            }
            Version::Old | Version::New => 0.0,
        };
        (f64::from(stop.count) * (each + before), f64::from(stop.count) * before)
    }

    /// Requests that one instance of a stop's kind served between two times. `until` holds what each served until each
    /// moment, so that a long window is not walked again for every stop.
    fn served_by_one(&self, stop: &Stop, from: Time, to: Time, until: &[[f64; 4]]) -> f64 {
        if from >= to {
            return 0.0;
        }
        let k = stop.kind();
        let first = self.moments.partition_point(|m| m.at <= from).saturating_sub(1);
        let last = self.moments.partition_point(|m| m.at < to).saturating_sub(1);
        if first == last {
            return self.each_served(&self.moments[first], from, to)[k];
        }
        let (next, end) = (first + 1, &self.moments[last]);
        let begin = self.each_served(&self.moments[first], from, self.moments[next].at)[k];
        begin + (until[last][k] - until[next][k]) + self.each_served(end, end.at, to)[k]
    }

    /// The same, walked moment by moment.
    fn served_by_one_between(&self, stop: &Stop, from: Time, to: Time) -> f64 {
        if from >= to {
            return 0.0;
        }
        self.stretches_between(from, to).map(|(moment, from, to)| self.each_served(moment, from, to)[stop.kind()]).sum()
    }

    /// Requests that one instance of each kind (see [`Stop::kind`]) served until each moment.
    fn served_by_one_until(&self) -> Vec<[f64; 4]> {
        let mut sum = [0.0; 4];
        let until = self.stretches().map(|(moment, from, to)| {
            let before = sum;
            for (sum, each) in sum.iter_mut().zip(self.each_served(moment, from, to)) {
                *sum += each;
            }
            before
        });
        until.collect()
    }

    /// Requests that one instance of each kind serves between two times while `moment` holds.
    fn each_served(&self, moment: &Moment, from: Time, to: Time) -> [f64; 4] {
        let mut each = [0.0; 4];
        let dead = self.trouble(moment).dead;
        // What the new version would have failed cannot be cut as well.
        let well = [1.0, 1.0 - self.trouble(moment).error_rate];
        let split = !matches!(self.route(moment), Route::Shared);
        let members = |group: usize| -> u32 { moment.in_service[group].iter().chain(&dead[group]).sum() };
        for piece in demand::pieces(&self.demand, from, to) {
            let shares = self.group_shares(moment, piece.from, piece.to);
            for (group, in_service) in moment.in_service.iter().enumerate() {
                let (share, all) = if split { (shares[group], members(group)) } else { (shares[0], members(0) + members(1)) };
                for version in [Version::Old, Version::New] {
                    if in_service[version as usize] > 0 {
                        let share = (share.0 / f64::from(all), share.1 / f64::from(all));
                        each[group * 2 + version as usize] +=
                            piece.served(share, self.capacity_of(version)).within * well[version as usize];
                    }
                }
            }
        }
        each
    }

    /// Times at which to look to see every change: each change of the fleet and of the demand, and, while a rate
    /// varies all the time, points between them, at most `most_between` over the deployment.
    pub fn looks(&self, most_between: u32) -> Vec<Time> {
        let least = Duration::from_us((self.end.as_us() / u64::from(most_between.max(1))).max(1));
        let mut looks = Vec::with_capacity(self.moments.len() + 1);
        for (moment, from, to) in self.stretches() {
            let mut t = from;
            while t < to {
                looks.push(t);
                let moving = match *self.route(moment) {
                    Route::Split { over, .. } if self.route(moment).is_moving(t) => Some(Duration::from_us(over.as_us() / 24)),
                    Route::Split { .. } | Route::Shared => None,
                };
                let grain = demand::grain(&self.demand, t).into_iter().chain(moving).min();
                let next = demand::next_break(&self.demand, t).into_iter().chain(grain.map(|g| t + g.max(least))).min();
                t = next.unwrap_or(to);
            }
        }
        looks.push(self.end);
        looks
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use crate::scenario::{Event, Part, Release, Scenario, Strategy, Traffic};
    use crate::units::Duration;

    #[test]
    fn plain_stretches_add_up_as_all_others_do() {
        // The same demand, once known to be constant and once as a level that an event sets again at the start.
        for (rps, factor, error_rate, strategy) in [
            (801.0, 1.0, 0.0, Strategy::Rolling { batch: Part::Count(3) }),
            (777.7, 1.0, 0.3, Strategy::Rolling { batch: Part::Count(7) }),
            (640.0, 0.7, 0.1, Strategy::RollingWithAdditionalBatch { batch: Part::Count(3) }),
            (500.0, 1.0, 0.0, Strategy::AllAtOnce),
        ] {
            let mut scenario = Scenario::new(10, strategy);
            scenario.traffic = Some(Traffic::Constant(rps));
            scenario.release = Release { capacity_factor: factor, error_rate, ..Release::default() };
            let plain = crate::simulate(&scenario).unwrap();
            scenario.failures.events = vec![Event::Demand { at: Duration::ZERO, rps }];
            let other = crate::simulate(&scenario).unwrap();
            assert!(plain.demand.constant().is_some() && other.demand.constant().is_none());
            assert_eq!(plain.totals(), other.totals());
        }
    }
}
