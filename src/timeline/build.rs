//! Writes a timeline while the engine runs.

use super::demand::Demand;
use super::flow::Measure;
use super::instances::{Change, Lives, Times, Written};
use super::{Detail, Group, Instances, LogEntry, Moment, Note, Outcome, PhaseSpan, Route, State, Stop, Timeline, Trouble, Version, Way};
use crate::plan::PhaseLabel;
use crate::scenario::{Alarm, Metric, Scenario};
use crate::units::{Duration, Share, Time};

/// What the engine writes to.
pub(crate) struct Recorder {
    detail: Detail,
    timeline: Timeline,
    written: Vec<(Instances, Written)>,
    /// Notes of what is to come.
    ahead: Vec<LogEntry>,
    initial: u32,
    instances: u32,
}

impl Recorder {
    pub(crate) fn new(scenario: &Scenario, detail: Detail) -> Recorder {
        let desired = scenario.fleet.instances;
        // Where times vary, every instance comes for itself: room is made at once and not by and by.
        let alone = if scenario.timings.is_fixed() { 8 } else { desired as usize + 8 };
        let full = if detail == Detail::Full { alone } else { 0 };
        Recorder {
            detail,
            timeline: Timeline {
                desired,
                capacity_rps: scenario.fleet.capacity_rps,
                capacity_factor: scenario.release.capacity_factor,
                all_unhealthy: scenario.load_balancer.all_unhealthy,
                demand: Demand::new(scenario),
                in_flight: scenario.load_balancer.in_flight,
                check_interval: scenario.load_balancer.health_check.interval,
                outcome: Outcome::Succeeded,
                end: Time::ZERO,
                moments: Vec::with_capacity(alone + 8),
                routes: vec![Route::Shared],
                troubles: vec![Trouble::default()],
                failed_at: None,
                trouble_since: None,
                went_back: None,
                phases: Vec::with_capacity(8),
                log: Vec::with_capacity(full + 24),
                stops: Vec::with_capacity(8),
                lives: Lives::default(),
            },
            written: Vec::with_capacity(full + 8),
            ahead: Vec::new(),
            initial: desired,
            instances: desired,
        }
    }

    /// Forgets what was written, for another run of the same scenario.
    pub(crate) fn begin_again(&mut self) {
        let timeline = &mut self.timeline;
        timeline.outcome = Outcome::Succeeded;
        timeline.end = Time::ZERO;
        timeline.moments.clear();
        timeline.routes.truncate(1);
        timeline.troubles.truncate(1);
        (timeline.failed_at, timeline.trouble_since, timeline.went_back) = (None, None, None);
        timeline.phases.clear();
        timeline.log.clear();
        timeline.stops.clear();
        self.written.clear();
        self.ahead.clear();
        self.instances = self.initial;
    }

    /// Whether the life of each instance and the log are kept.
    pub(crate) fn keeps_lives(&self) -> bool {
        self.detail == Detail::Full
    }

    pub(crate) fn begin_phase(&mut self, at: Time, label: PhaseLabel, way: Way) {
        self.end_phase(at);
        self.timeline.phases.push(PhaseSpan { label, way, from: at, to: at });
    }

    fn end_phase(&mut self, at: Time) {
        if let Some(last) = self.timeline.phases.last_mut() {
            last.to = at;
        }
    }

    #[inline]
    pub(crate) fn note(&mut self, at: Time, note: Note) {
        if self.detail == Detail::Outline {
            return;
        }
        let entry = self.entry(at, note);
        self.timeline.log.extend(entry);
    }

    /// An entry of the present phase, where a log is kept.
    fn entry(&self, at: Time, note: Note) -> Option<LogEntry> {
        let phase = u32::try_from(self.timeline.phases.len().saturating_sub(1)).unwrap_or(u32::MAX);
        (self.detail == Detail::Full).then_some(LogEntry { at, phase, note })
    }

    /// Notes what happened to instances; neighbours to which the same happens at the same time are one entry.
    pub(crate) fn note_joined(&mut self, at: Time, note: Note) {
        if self.detail == Detail::Outline {
            return;
        }
        // Two kinds may take turns: each instance that is taken out also begins to come back.
        let recent = self.timeline.log.iter_mut().rev().take(2);
        if !recent.into_iter().any(|entry| entry.at == at && entry.note.join(note)) {
            self.note(at, note);
        }
    }

    /// Notes what will happen to instances, unless they are taken before.
    pub(crate) fn note_ahead(&mut self, at: Time, note: Note) {
        if let Some(entry) = self.entry(at, note) {
            self.ahead.push(entry);
        }
    }

    /// What was noted of an instance for later than `at` does not come.
    pub(crate) fn void(&mut self, instance: u32, at: Time) {
        let log = &mut self.timeline.log;
        // What has come by now has happened.
        self.ahead.retain(|entry| {
            if entry.at <= at {
                log.push(*entry);
            }
            entry.at > at && !entry.note.is_ahead_of(instance)
        });
    }

    /// Something has been wrong since then.
    pub(crate) fn trouble_since(&mut self, since: Time) {
        let first = self.timeline.trouble_since.map_or(since, |first| first.min(since));
        self.timeline.trouble_since = Some(first);
    }

    /// Whether the traffic is split between two groups.
    pub(crate) fn is_split(&self) -> bool {
        !matches!(self.timeline.routes.last(), Some(Route::Shared) | None)
    }

    /// Whether what holds now may make an alarm go off.
    pub(crate) fn may_breach(&self, alarm: &Alarm, now: Time) -> bool {
        self.timeline.moments.last().is_some_and(|last| match alarm.metric {
            Metric::ErrorRate | Metric::NewVersionErrorRate => {
                alarm.base_error_rate > 0.0 || self.timeline.rates_of(last, now).failed() > 0.0
            }
            Metric::CapacityFraction => alarm.metric.is_bad(self.timeline.capacity_fraction(last), alarm.threshold),
        })
    }

    /// The new group's share of the traffic at `t`; nothing where it is not split.
    pub(crate) fn share_new(&self, t: Time) -> Share {
        self.timeline.routes.last().and_then(|route| route.share_new(t)).map_or(Share::NONE, Share::from_fraction)
    }

    pub(crate) fn add_instances(&mut self, instances: Instances) {
        self.instances += instances.count;
    }

    /// All of `instances` change their state at `at`. What was written of them for later times does not come.
    pub(crate) fn change(&mut self, instances: Instances, at: Time, state: State, version: Version) {
        self.write(instances, Written::Change(Change { at, state, version }));
    }

    /// All of `instances` go through install, start-up and checks.
    pub(crate) fn start(&mut self, instances: Instances, times: Times, version: Version) {
        self.write(instances, Written::Start(times, version));
    }

    /// They do, and never pass their checks.
    pub(crate) fn start_in_vain(&mut self, instances: Instances, times: Times, version: Version) {
        self.write(instances, Written::StartInVain(times, version));
    }

    /// They start again, without an install.
    pub(crate) fn restart(&mut self, instances: Instances, times: Times, version: Version) {
        self.write(instances, Written::Restart(times, version));
    }

    fn write(&mut self, instances: Instances, written: Written) {
        if self.detail == Detail::Full {
            self.written.push((instances, written));
        }
    }

    /// Instances take no new requests from `at` on, and stop after draining.
    pub(crate) fn stop(&mut self, at: Time, drained: Duration, count: u32, group: Group, version: Version, since: Time) {
        // Only a drain that is shorter than a request cuts any.
        if count > 0 && drained < self.timeline.in_flight {
            self.timeline.stops.push(Stop { last_request: at, drained, count, group, version, since });
        }
    }

    /// Sends the new group `to` of the traffic, with clients that follow over a time.
    pub(crate) fn shift(&mut self, at: Time, to: Share, over: Duration) {
        // Clients that were still on their way turn round.
        let from = self.share_new(at);
        self.timeline.routes.push(Route::Split { from, to, began: at, over });
    }

    /// What holds from its time on; the route and the trouble are filled in. Of several at the same time the last one counts.
    pub(crate) fn moment(&mut self, mut moment: Moment, trouble: Trouble) {
        moment.route = u32::try_from(self.timeline.routes.len() - 1).unwrap_or(u32::MAX);
        moment.trouble = self.trouble_index(trouble);
        let at = moment.at;
        match self.timeline.moments.last_mut() {
            Some(last) if last.at == at => *last = moment,
            // Nothing changed, unless clients have just followed: then the route's ramp ends here.
            Some(last) if (Moment { at, ..*last }) == moment && !self.timeline.routes[moment.route as usize].ends_at(at) => {}
            _ => self.timeline.moments.push(moment),
        }
    }

    fn trouble_index(&mut self, trouble: Trouble) -> u32 {
        let troubles = &mut self.timeline.troubles;
        if trouble == Trouble::default() {
            return 0;
        }
        if troubles.last() != Some(&trouble) {
            troubles.push(trouble);
        }
        u32::try_from(troubles.len() - 1).unwrap_or(u32::MAX)
    }

    /// What a metric was from `from` until `to`, which is now.
    pub(crate) fn measure(&self, metric: Metric, from: Time, to: Time) -> Option<Measure> {
        self.timeline.measure_until(metric, from, to)
    }

    /// Whether nothing changed from `from` until `to`, which is now: neither the fleet nor the demand nor the traffic.
    pub(crate) fn is_still(&self, from: Time) -> bool {
        self.timeline.is_still(from)
    }

    pub(crate) fn failed(&mut self, at: Time) {
        self.timeline.failed_at = Some(at);
    }

    /// The phase under way.
    pub(crate) fn phase(&self) -> Option<PhaseLabel> {
        self.timeline.phases.last().map(|phase| phase.label)
    }

    /// When the demand next changes after `t`.
    pub(crate) fn next_demand_change(&self, t: Time) -> Option<Time> {
        self.timeline.next_demand_change(t)
    }

    pub(crate) fn goes_back(&mut self, at: Time) {
        self.timeline.went_back = Some(at);
    }

    pub(crate) fn finish(&mut self, at: Time, outcome: Outcome) {
        self.end_phase(at);
        self.timeline.end = at;
        self.timeline.outcome = outcome;
        if self.detail == Detail::Outline {
            self.timeline.lives = Lives::collect(self.initial, self.instances, &[]);
            return;
        }
        // Notes are written when they are known, some before their time: what would have come after the end does not. The
        // sort is stable.
        self.timeline.log.append(&mut self.ahead);
        self.timeline.log.retain(|entry| entry.at <= at);
        self.timeline.log.sort_by_key(|entry| entry.at);
        self.timeline.lives = Lives::collect(self.initial, self.instances, &self.written);
    }

    /// What was written.
    pub(crate) fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// What was written, for keeps.
    pub(crate) fn into_timeline(self) -> Timeline {
        self.timeline
    }
}
