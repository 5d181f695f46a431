//! The loops that decide anew at every event, as the controllers they are named for do.

use super::fleet::Status;
use super::queue::{Chain, Event};
use super::{Boots, Course, Engine, Loop, Waiting};
use crate::plan::Controller;
use crate::scenario::{OnFailure, limits};
use crate::timeline::{Group, Instances, Note, State, Why};
use crate::units::Duration;

impl Engine<'_> {
    /// Instances that are healthy or in the middle of being deployed to: all but those that failed and those that are gone.
    pub(super) fn healthy(&self) -> u32 {
        let c = &self.fleet.counts;
        let bad: u32 = c.dead.iter().chain(&c.failed).flatten().sum();
        c.standing.iter().sum::<u32>() - bad
    }

    /// One decision of a sliding window (CodeDeploy's guide, "Instance health"). Whether to look again.
    pub(super) fn pass_window(&mut self, minimum: u32) -> bool {
        let pending = self.fleet.pending();
        let healthy = self.healthy();
        let under_way = self.fleet.counts.under_way;
        if pending == 0 && under_way == 0 {
            self.waiting = Waiting::Nothing;
            if self.failed_in_step > 0 && healthy < minimum {
                self.fail(Why::MinimumReached { minimum, healthy, pending });
            } else if self.succeeded == 0 {
                self.fail(Why::NoneSucceeded);
            }
            return true;
        }
        if pending > 0 && healthy <= minimum && self.failed_in_step > 0 && self.plan.on_failure != OnFailure::Ignore {
            self.fail(Why::MinimumReached { minimum, healthy, pending });
            return true;
        }
        // Those that failed are repaired first: that takes no healthy one out.
        let room = healthy.saturating_sub(minimum).saturating_sub(under_way).max(self.fleet.ailing()).min(pending);
        if room > 0 {
            self.update(room, true);
        }
        false
    }

    pub(super) fn begin_replace(&mut self, goal: u32, max_total: u32, min_available: u32, controller: Controller) {
        let size = self.scenario.fleet.instances;
        let fixed = matches!(controller, Controller::Ecs { .. }) && max_total <= size && min_available >= size && goal > 0;
        if fixed {
            self.fail(Why::NoMove { minimum: min_available, maximum: max_total, desired: size });
            return;
        }
        self.waiting = Waiting::Loop(Loop::Replace { goal, max_total, min_available, controller });
        self.progress = self.now;
        self.failures_in_a_row = 0;
        if let Some(after) = patience(controller) {
            self.queue.push(self.now + after, Event::Progress(self.step));
        }
    }

    /// One pass of a rolling replacement. Whether to look again.
    pub(super) fn pass_replace(&mut self, goal: u32, max_total: u32, min_available: u32, controller: Controller) -> bool {
        let (new_version, old_version) = (self.target() as usize, self.target().other() as usize);
        let c = &self.fleet.counts;
        let (old, new) = (c.standing[old_version], c.standing[new_version]);
        let (available_old, available_new) = (c.available[old_version], c.available[new_version]);
        let keeps = self.scenario.fleet.instances.saturating_sub(goal);
        let leaving_old = c.existing[old_version] - old;
        if new >= goal && available_new >= goal && old <= keeps && leaving_old == 0 {
            self.refuse(0);
            self.waiting = Waiting::Nothing;
            return true;
        }
        // Pods that the quota has no room for are there for Kubernetes, and pending.
        let (pods, counted) = match controller {
            Controller::Kubernetes { .. } => (new + self.refused, old + new + self.refused),
            Controller::Ecs { .. } => (new, old + new),
            Controller::AutoScaling => (new, c.existing.iter().sum()),
        };
        let wanted = max_total.saturating_sub(counted).min(goal.saturating_sub(pods));
        let is_kubernetes = matches!(controller, Controller::Kubernetes { .. });
        let mut launching = if is_kubernetes { wanted + self.refused } else { wanted };
        let room = self.quota_room();
        let moved = launching.min(room);
        if wanted > 0 || (is_kubernetes && self.refused > 0 && moved > 0) {
            self.refuse(launching - moved);
            launching = moved;
            self.launch(launching, Group::Original);
            if launching > 0 {
                self.progress = self.now;
            }
            // Kubernetes scales down only where it could not scale up (reconcileNewReplicaSet, then reconcileOldReplicaSets).
            if launching > 0 || is_kubernetes && wanted > 0 {
                return true;
            }
        }
        let spare = old.saturating_sub(keeps);
        let (broken, healthy) = match controller {
            Controller::Kubernetes { .. } => {
                // Pods of the new version that are not available yet count as missing.
                let new_unavailable = pods - available_new;
                let may_leave = (old + pods).saturating_sub(min_available).saturating_sub(new_unavailable);
                // cleanupUnhealthyReplicas, then scaleDownOldReplicaSetsForRollingUpdate.
                let broken = (old - available_old).min(may_leave).min(spare);
                let above = (available_old + available_new).saturating_sub(min_available);
                (broken, if may_leave > 0 { above.min(available_old).min(spare - broken) } else { 0 })
            }
            Controller::Ecs { .. } | Controller::AutoScaling => {
                let broken = (old - available_old).min(spare);
                let above = (available_old + available_new).saturating_sub(min_available);
                (broken, above.min(available_old).min(spare - broken))
            }
        };
        if broken + healthy == 0 {
            return false;
        }
        let leaving = self.choose(broken, healthy);
        if self.terminate(&leaving) == 0 {
            return false;
        }
        self.progress = self.now;
        true
    }

    /// Pending instances that leave: so many that are not available, and so many that are.
    fn choose(&mut self, broken: u32, healthy: u32) -> Vec<Instances> {
        if broken == 0 && self.fleet.ailing() == 0 {
            let mut taken = Vec::new();
            self.fleet.take(healthy, &mut taken);
            return taken;
        }
        self.fleet
            .take_by(broken, |unit| !matches!(unit.status, Status::Settled | Status::Dead { settled: true }))
            .into_iter()
            .chain(self.fleet.take_by(healthy, |unit| matches!(unit.status, Status::Settled | Status::Dead { settled: true })))
            .collect()
    }

    /// New instances have failed their checks for good: others take their place.
    pub(super) fn unhealthy(&mut self, instances: Instances, chain: Chain) {
        let Some(controller) = self.controller() else { return };
        let failed: Vec<u32> = instances.numbers().filter(|&i| self.fleet.is_of(i, chain)).collect();
        let count = u32::try_from(failed.len()).unwrap_or(u32::MAX);
        if count == 0 {
            return;
        }
        self.failures_in_a_row = self.failures_in_a_row.saturating_add(count);
        self.failed_in_step += count;
        let breaker = match controller {
            Controller::Ecs { breaker: Some(threshold) } => Some(threshold.of(self.scenario.fleet.instances)),
            Controller::Ecs { breaker: None } | Controller::Kubernetes { .. } | Controller::AutoScaling => None,
        };
        let mut again: Vec<Instances> = Vec::new();
        for i in failed {
            super::fleet::join(&mut again, Instances { first: i, count: 1 });
        }
        if let Some(threshold) = breaker
            && self.failures_in_a_row >= threshold
        {
            for instances in again {
                self.out_of_service(instances, Note::NotHealthy(instances));
            }
            self.fail(Why::CircuitBreaker { failed: self.failures_in_a_row, threshold });
            return;
        }
        if self.failures_in_a_row >= limits::MAX_FAILURES_IN_A_ROW.max(self.scenario.fleet.instances.saturating_mul(3)) {
            self.end(Why::WouldNeverEnd { failed: self.failures_in_a_row });
            return;
        }
        for instances in again {
            self.recorder.note_joined(self.now, Note::Replacing(instances));
            self.record_state(instances, State::Launching, self.now);
            for i in instances.numbers() {
                let now = self.now;
                self.fleet.change(i, |unit| unit.began = now);
            }
            self.start(instances, self.now, Boots::First);
        }
    }

    /// Instances are out of service because they failed.
    pub(super) fn out_of_service(&mut self, instances: Instances, note: Note) {
        let chain = self.next_chain();
        for i in instances.numbers() {
            self.fleet.change(i, |unit| {
                unit.chain = chain;
                unit.status = Status::Failed;
                unit.awaited = 0;
            });
        }
        self.recorder.note_joined(self.now, note);
        self.record_state(instances, State::Failed, self.now);
    }

    /// A loop that has made no progress for as long as its controller is patient.
    pub(super) fn look_for_progress(&mut self) {
        let Some(controller) = self.controller() else { return };
        let Some(after) = patience(controller) else { return };
        if self.progress + after > self.now {
            self.queue.push(self.progress + after, Event::Progress(self.step));
            return;
        }
        match controller {
            Controller::Kubernetes { .. } => {
                self.marked = true;
                self.recorder.note(self.now, Note::NotProgressing);
                // By itself it is only marked.
                let is_answered = matches!(self.plan.on_failure, OnFailure::Rollback | OnFailure::Redeploy { .. });
                if is_answered && self.course == Course::Planned {
                    self.fail(Why::NotProgressing(after));
                }
            }
            Controller::AutoScaling => {
                if self.failures_in_a_row > 0 || self.refused > 0 {
                    self.fail(Why::RetriedFor(after));
                }
            }
            Controller::Ecs { .. } => {}
        }
    }

    /// Why nothing will ever happen again.
    pub(super) fn why_stuck(&self) -> Why {
        if self.refused > 0 {
            return Why::NoQuota { quota: self.quota(), refused: self.refused };
        }
        match self.controller().and_then(patience) {
            Some(after) if self.marked => Why::NotProgressing(after),
            _ => Why::Stuck,
        }
    }
}

/// How long a controller waits for progress before it does something about it.
fn patience(controller: Controller) -> Option<Duration> {
    match controller {
        Controller::Kubernetes { progress_deadline } => Some(progress_deadline),
        Controller::AutoScaling => Some(limits::REFRESH_RETRIES_FOR),
        Controller::Ecs { .. } => None,
    }
}
