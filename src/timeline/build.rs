//! Writes a timeline while the engine runs.

use super::instances::{Change, Lives, Times, Written};
use super::{Detail, Instances, LogEntry, Moment, Note, Outcome, PhaseSpan, Route, State, Stop, Timeline, Version};
use crate::plan::PhaseLabel;
use crate::scenario::Scenario;
use crate::units::{Duration, Share, Time};

/// What the engine writes to.
pub(crate) struct Recorder {
    detail: Detail,
    timeline: Timeline,
    written: Vec<(Instances, Written)>,
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
                demand: scenario.traffic(),
                in_flight: scenario.load_balancer.in_flight,
                check_interval: scenario.load_balancer.health_check.interval,
                outcome: Outcome::Succeeded,
                end: Time::ZERO,
                moments: Vec::with_capacity(alone + 8),
                routes: vec![Route::Shared],
                phases: Vec::with_capacity(8),
                log: Vec::with_capacity(full + 24),
                stops: Vec::with_capacity(8),
                lives: Lives::default(),
                longest_start: Duration::ZERO,
            },
            written: Vec::with_capacity(full + 8),
            initial: desired,
            instances: desired,
        }
    }

    pub(crate) fn begin_phase(&mut self, at: Time, label: PhaseLabel) {
        self.end_phase(at);
        self.timeline.phases.push(PhaseSpan { label, from: at, to: at });
    }

    fn end_phase(&mut self, at: Time) {
        if let Some(last) = self.timeline.phases.last_mut() {
            last.to = at;
        }
    }

    pub(crate) fn note(&mut self, at: Time, note: Note) {
        if self.detail == Detail::Full {
            let phase = u32::try_from(self.timeline.phases.len().saturating_sub(1)).unwrap_or(u32::MAX);
            self.timeline.log.push(LogEntry { at, phase, note });
        }
    }

    /// Notes that instances came into service; neighbours that come at the same time are one entry.
    pub(crate) fn in_service(&mut self, at: Time, instances: Instances) {
        if let Some(LogEntry { at: last_at, note: Note::InService(last), .. }) = self.timeline.log.last_mut()
            && *last_at == at
            && last.first + last.count == instances.first
        {
            last.count += instances.count;
            return;
        }
        self.note(at, Note::InService(instances));
    }

    pub(crate) fn add_instances(&mut self, instances: Instances) {
        self.instances += instances.count;
    }

    /// All of `instances` change their state at `at`. For each instance, changes are written in time order.
    pub(crate) fn change(&mut self, instances: Instances, at: Time, state: State) {
        if self.detail == Detail::Full {
            self.written.push((instances, Written::Change(Change { at, state })));
        }
    }

    /// All of `instances` go through install, start-up and checks.
    pub(crate) fn start(&mut self, instances: Instances, times: Times) {
        if self.detail == Detail::Full {
            self.written.push((instances, Written::Start(times)));
        }
    }

    /// Instances take no new requests from `at` on, and stop after draining.
    pub(crate) fn stop(&mut self, at: Time, drained: Duration, instances: Instances, version: Version, since: Time) {
        // Only a drain that is shorter than a request cuts any.
        if drained < self.timeline.in_flight {
            self.timeline.stops.push(Stop { last_request: at, drained, count: instances.count, version, since });
        }
    }

    pub(crate) fn shift(&mut self, at: Time, to: Share, over: Duration) {
        let (from, splits) = match self.timeline.routes.last() {
            Some(Route::Split { to, .. }) => (*to, false),
            Some(Route::Shared) | None => (Share::NONE, true),
        };
        self.timeline.routes.push(Route::Split { from, to, began: at, over });
        if splits && to == Share::NONE {
            // The service is split into two groups, and nobody notices: the old one still gets everything.
        } else if over.is_zero() {
            self.note(at, Note::Shifted(to));
        } else {
            self.note(at, Note::Moving { to, over });
        }
    }

    /// Notes how long an instance took to come into service.
    pub(crate) fn took(&mut self, duration: Duration) {
        self.timeline.longest_start = self.timeline.longest_start.max(duration);
    }

    /// What holds from its time on; the route is filled in. Of several at the same time the last one counts.
    pub(crate) fn moment(&mut self, mut moment: Moment) {
        moment.route = u32::try_from(self.timeline.routes.len() - 1).unwrap_or(u32::MAX);
        let at = moment.at;
        match self.timeline.moments.last_mut() {
            Some(last) if last.at == at => *last = moment,
            // Nothing changed, unless clients have just followed: then the route's ramp ends here.
            Some(last) if (Moment { at, ..*last }) == moment && !self.timeline.routes[moment.route as usize].ends_at(at) => {}
            _ => self.timeline.moments.push(moment),
        }
    }

    pub(crate) fn finish(mut self, at: Time, outcome: Outcome) -> Timeline {
        self.end_phase(at);
        self.timeline.end = at;
        self.timeline.outcome = outcome;
        // Notes are written when they are known, some before their time. The sort is stable.
        self.timeline.log.sort_by_key(|entry| entry.at);
        self.timeline.lives = Lives::collect(self.initial, self.instances, &self.written);
        self.timeline
    }
}
