//! Where requests go: rates at a moment, and exact totals over the whole deployment.
//!
//! All instances in service share the traffic evenly, or it is split by weight between the old and the new group. A
//! request that finds no healthy capacity fails, and so does one beyond the capacity of its group: a group too small
//! for its share overloads though the other is idle, as in reality.

use super::demand::{self, Piece};
use super::{Moment, Route, Stop, Timeline, Version};
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
}

impl Cause {
    /// All of them.
    pub const ALL: [Cause; 4] = [Cause::NoCapacity, Cause::Overload, Cause::CutOff, Cause::StaleDns];
}

/// What happens to requests at one moment, in requests per second.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rates {
    /// Requests that come.
    pub demand: f64,
    /// What all instances in service could serve.
    pub capacity: f64,
    /// Requests that the old version serves.
    pub served_old: f64,
    /// Requests that the new version serves.
    pub served_new: f64,
    /// Requests that find no healthy capacity.
    pub no_capacity: f64,
    /// Requests beyond the capacity in service.
    pub overload: f64,
    /// Requests to an environment that has ended.
    pub stale_dns: f64,
}

impl Rates {
    /// Requests that are served.
    pub fn served(&self) -> f64 {
        self.served_old + self.served_new
    }

    /// Requests that fail.
    pub fn failed(&self) -> f64 {
        self.no_capacity + self.overload + self.stale_dns
    }
}

/// Exact totals over the whole deployment.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Totals {
    /// Requests that came, and those in flight at the start that were cut.
    pub requests: f64,
    /// Requests that were served to their end.
    pub served: f64,
    /// Requests that failed, by [`Cause::ALL`].
    pub failed: [f64; 4],
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

/// The instances that share one part of the traffic.
#[derive(Clone, Copy, Debug, Default)]
struct Pool {
    in_service_old: u32,
    in_service_new: u32,
    /// Its share of the traffic at the begin and at the end of a stretch.
    share: (f64, f64),
    /// What a request fails of where nothing is in service.
    ended: Option<Cause>,
}

impl Pool {
    fn in_service(&self) -> u32 {
        self.in_service_old + self.in_service_new
    }

    fn cause(&self) -> Cause {
        match self.in_service() {
            0 => self.ended.unwrap_or(Cause::NoCapacity),
            _ => Cause::Overload,
        }
    }

    /// The part of what it serves that the new version serves.
    fn part_new(&self) -> f64 {
        match self.in_service() {
            0 => 0.0,
            n => f64::from(self.in_service_new) / f64::from(n),
        }
    }

    fn gets_traffic(&self) -> bool {
        self.in_service() > 0 && self.share.0 + self.share.1 > 0.0
    }
}

/// The pools of a stretch from one time to another, over which the fleet does not change.
fn pools(moment: &Moment, route: &Route, from: Time, to: Time) -> [Pool; 2] {
    let (old, new) = (moment.in_service_old, moment.in_service_new);
    match (route.share_new(from), route.share_new(to)) {
        (Some(start), Some(end)) => {
            let ended = (route.is_moving(from)).then_some(Cause::StaleDns);
            [
                Pool { in_service_old: old, in_service_new: 0, share: (1.0 - start, 1.0 - end), ended },
                Pool { in_service_old: 0, in_service_new: new, share: (start, end), ended: None },
            ]
        }
        _ => [Pool { in_service_old: old, in_service_new: new, share: (1.0, 1.0), ended: None }, Pool::default()],
    }
}

impl Timeline {
    /// Demand in requests per second at `t`.
    pub fn demand(&self, t: Time) -> f64 {
        demand::rate(&self.demand, t)
    }

    /// What all instances in service at `moment` can serve, in requests per second.
    pub fn capacity(&self, moment: &Moment) -> f64 {
        f64::from(moment.in_service()) * self.capacity_rps
    }

    /// What happens to requests at `t`.
    pub fn rates(&self, t: Time) -> Rates {
        self.rates_of(self.at(t), t)
    }

    /// What happens to requests at `t`, as if `moment` held then.
    pub fn rates_of(&self, moment: &Moment, t: Time) -> Rates {
        let mut rates = Rates { demand: self.demand(t), capacity: self.capacity(moment), ..Rates::default() };
        for pool in pools(moment, self.route(moment), t, t) {
            let offered = rates.demand * pool.share.0;
            let served = offered.min(f64::from(pool.in_service()) * self.capacity_rps);
            rates.served_new += served * pool.part_new();
            rates.served_old += served * (1.0 - pool.part_new());
            let failed = offered - served;
            match pool.cause() {
                Cause::NoCapacity => rates.no_capacity += failed,
                Cause::StaleDns => rates.stale_dns += failed,
                Cause::Overload | Cause::CutOff => rates.overload += failed,
            }
        }
        rates
    }

    /// Both versions' shares of the traffic at `t`, old first, of that which is served: they sum to one, or both are 0
    /// where nothing is served. Where no request comes, what a request would get.
    pub fn shares(&self, moment: &Moment, t: Time) -> (f64, f64) {
        let rates = self.rates_of(moment, t);
        let served = rates.served();
        if served > 0.0 {
            return (rates.served_old / served, rates.served_new / served);
        }
        if rates.demand > 0.0 {
            return (0.0, 0.0);
        }
        let mut shares = (0.0, 0.0);
        for pool in pools(moment, self.route(moment), t, t).into_iter().filter(Pool::gets_traffic) {
            shares.0 += pool.share.0 * (1.0 - pool.part_new());
            shares.1 += pool.share.0 * pool.part_new();
        }
        shares
    }

    /// When the new version was fully rolled out: from then on the desired number of it is in service and no traffic
    /// goes to the old one. None where that never came.
    pub fn rolled_out(&self) -> Option<Time> {
        let complete = |moment: &Moment| {
            let only_new = match self.route(moment).share_new(moment.at) {
                Some(share) => share >= 1.0,
                None => moment.in_service_old == 0,
            };
            only_new && moment.in_service_new >= self.desired
        };
        let trailing = self.moments.iter().rev().take_while(|moment| complete(moment)).count();
        self.moments.get(self.moments.len() - trailing).map(|moment| moment.at)
    }

    /// Stretches between two changes: what holds, from when, to when.
    fn stretches(&self) -> impl Iterator<Item = (&Moment, Time, Time)> {
        let ends = self.moments.iter().skip(1).map(|next| next.at).chain([self.end]);
        self.moments.iter().zip(ends).map(|(moment, to)| (moment, moment.at, to))
    }

    /// Exact totals over the whole deployment.
    pub fn totals(&self) -> Totals {
        let mut totals = Totals { min_capacity_fraction: f64::INFINITY, ..Totals::default() };
        let rolled_out = self.rolled_out().unwrap_or(self.end);
        for (moment, from, to) in self.stretches() {
            totals.max_instances = totals.max_instances.max(moment.existing());
            totals.min_capacity_fraction = totals.min_capacity_fraction.min(f64::from(moment.in_service()) / f64::from(self.desired));
            let seconds = to.since(from).as_secs_f64();
            if moment.in_service() == 0 {
                totals.downtime_s += seconds;
            }
            totals.extra_instance_s += f64::from(moment.existing().saturating_sub(self.desired)) * seconds;
            for piece in demand::pieces(&self.demand, from, to) {
                self.add_piece(&mut totals, moment, &piece, piece.from < rolled_out);
            }
        }
        let until = if self.stops.is_empty() { Vec::new() } else { self.served_by_one_until() };
        for stop in &self.stops {
            let (cut, came_before) = self.cut(stop, &until);
            totals.fail(Cause::CutOff, cut);
            totals.requests += came_before;
            // Those had been counted as served when they came.
            totals.served -= cut - came_before;
        }
        totals
    }

    fn add_piece(&self, totals: &mut Totals, moment: &Moment, piece: &Piece, exposes: bool) {
        let all = piece.served((1.0, 1.0), self.capacity(moment));
        totals.requests += all.offered;
        totals.degraded_s += if moment.in_service() == 0 { piece.seconds() } else { all.above_s };
        let pools = pools(moment, self.route(moment), piece.from, piece.to);
        let (mut old_gets, mut new_gets) = (false, false);
        for pool in pools.iter().filter(|pool| pool.share.0 + pool.share.1 > 0.0) {
            let served = piece.served(pool.share, f64::from(pool.in_service()) * self.capacity_rps);
            totals.served += served.within;
            totals.fail(pool.cause(), served.offered - served.within);
            if exposes {
                totals.exposed += served.within * pool.part_new();
            }
            let gets = pool.in_service() > 0 && served.offered > 0.0;
            old_gets |= gets && pool.in_service_old > 0;
            new_gets |= gets && pool.in_service_new > 0;
        }
        if old_gets && new_gets {
            totals.mixed_versions_s += piece.seconds();
        }
    }

    /// Requests that were cut when instances stopped, and how many of those had come before the deployment began.
    ///
    /// Every request takes `in_flight`, so those are cut that came within `in_flight` before the instance stopped and
    /// before it took its last request.
    fn cut(&self, stop: &Stop, until: &[[f64; 2]]) -> (f64, f64) {
        let last = stop.last_request;
        let window = self.in_flight - stop.drained;
        let from = Time::ZERO + (last.since(Time::ZERO) - window);
        let each = self.served_by_one(stop.version, from.max(stop.since), last, until);
        let before_s = (window - last.since(Time::ZERO)).as_secs_f64();
        let before = match stop.version {
            Version::Old => before_s * (self.demand(Time::ZERO) / f64::from(self.desired)).min(self.capacity_rps),
            Version::New => 0.0,
        };
        (f64::from(stop.count) * (each + before), f64::from(stop.count) * before)
    }

    /// Requests that one instance of a version served between two times. `until` holds what each served until each
    /// moment, so that a long window is not walked again for every stop.
    fn served_by_one(&self, version: Version, from: Time, to: Time, until: &[[f64; 2]]) -> f64 {
        if from >= to {
            return 0.0;
        }
        let v = version as usize;
        let first = self.moments.partition_point(|m| m.at <= from).saturating_sub(1);
        let last = self.moments.partition_point(|m| m.at < to).saturating_sub(1);
        if first == last {
            return self.each_served(&self.moments[first], from, to)[v];
        }
        let (next, end) = (first + 1, &self.moments[last]);
        let begin = self.each_served(&self.moments[first], from, self.moments[next].at)[v];
        begin + (until[last][v] - until[next][v]) + self.each_served(end, end.at, to)[v]
    }

    /// Requests that one instance of either version, old first, served until each moment.
    fn served_by_one_until(&self) -> Vec<[f64; 2]> {
        let mut sum = [0.0; 2];
        let until = self.stretches().map(|(moment, from, to)| {
            let before = sum;
            let [old, new] = self.each_served(moment, from, to);
            sum = [sum[0] + old, sum[1] + new];
            before
        });
        until.collect()
    }

    /// Requests that one instance of either version, old first, serves between two times while `moment` holds.
    fn each_served(&self, moment: &Moment, from: Time, to: Time) -> [f64; 2] {
        let mut each = [0.0; 2];
        for piece in demand::pieces(&self.demand, from, to) {
            for pool in pools(moment, self.route(moment), piece.from, piece.to) {
                let n = pool.in_service();
                if n > 0 {
                    let served = piece.served(pool.share, f64::from(n) * self.capacity_rps).within / f64::from(n);
                    each[0] += if pool.in_service_old > 0 { served } else { 0.0 };
                    each[1] += if pool.in_service_new > 0 { served } else { 0.0 };
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
