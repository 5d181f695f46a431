//! What follows a failure: everything stays as it is, or a person or the platform brings the old version back.

use super::{Begun, Course, Engine, Waiting, with_phase};
use crate::plan::{Controller, Follow, Leaving, PhaseLabel, Step};
use crate::scenario::OnFailure;
use crate::timeline::{Note, Version, Why};
use crate::units::Share;

impl Engine<'_> {
    /// The deployment has failed: what the plan says is done.
    pub(super) fn fail(&mut self, why: Why) {
        if self.over.is_some() || self.course == Course::Failed {
            return;
        }
        self.recorder.note(self.now, Note::Failed(why));
        if self.course == Course::Back {
            // What fails on the way back is left to people.
            self.stop(why);
            return;
        }
        self.recorder.failed(self.now);
        // A batch of launched instances that fails before any old one was touched ends (the first one of Rolling with
        // additional batch).
        let only_added = self.phase_is(PhaseLabel::AdditionalBatch) && !self.touched;
        match self.plan.on_failure {
            // What was never begun needs no way back.
            OnFailure::Rollback | OnFailure::Redeploy { .. } if self.nothing_was_done() => self.stop(why),
            // It waits for a person who never comes: nobody goes back either.
            OnFailure::Rollback | OnFailure::Redeploy { .. } if matches!(self.waiting, Waiting::Approval) && why == Why::Stuck => {
                self.stop(why);
            }
            OnFailure::Ignore if self.goes_on_after(why) => self.recorder.note(self.now, Note::GoingOn),
            OnFailure::Stop if only_added => self.go_back(),
            OnFailure::Stop | OnFailure::Ignore => self.stop(why),
            OnFailure::Rollback => self.go_back(),
            OnFailure::Redeploy { after } => {
                self.course = Course::Failed;
                self.drop_steps();
                self.recorder.begin_phase(self.now, PhaseLabel::Person, self.way());
                self.recorder.note(self.now, Note::Person(after));
                self.queue.push(self.now + after, super::Event::Person);
                self.waiting = Waiting::Timer;
            }
        }
    }

    /// It ends at once: the program stops it.
    pub(super) fn end(&mut self, why: Why) {
        if self.over.is_none() {
            self.recorder.note(self.now, Note::Failed(why));
            self.recorder.failed(self.now);
            self.over = Some(why);
        }
    }

    fn phase_is(&self, label: PhaseLabel) -> bool {
        self.recorder.phase() == Some(label)
    }

    fn nothing_was_done(&self) -> bool {
        !self.touched && self.launched.is_empty()
    }

    /// Whether a deployment that ignores failures can go on after this one.
    fn goes_on_after(&self, why: Why) -> bool {
        match why {
            Why::NotHealthy { .. } | Why::Alarm { .. } | Why::Aborted | Why::Check { .. } | Why::NoneSucceeded => true,
            Why::MinimumReached { pending, .. } => pending == 0,
            Why::NoRoom { .. }
            | Why::NoMove { .. }
            | Why::CircuitBreaker { .. }
            | Why::RetriedFor(_)
            | Why::NoQuota { .. }
            | Why::NotProgressing(_)
            | Why::Stuck
            | Why::WouldNeverEnd { .. }
            | Why::TooManyEvents => false,
        }
    }

    fn drop_steps(&mut self) {
        self.steps.clear();
        self.next_step = 0;
        self.refused = 0;
        self.alarm = None;
        // What the step waited for is nobody's any more.
        self.step += 1;
    }

    /// What is under way comes to its end, and nothing new is begun.
    fn stop(&mut self, why: Why) {
        self.course = Course::Failed;
        self.drop_steps();
        match why {
            Why::Stuck | Why::NotProgressing(_) | Why::NoQuota { .. } => self.over = Some(why),
            _ => {
                self.waiting = Waiting::Quiet;
                if self.fleet.counts.under_way > 0 {
                    self.recorder.begin_phase(self.now, PhaseLabel::Stopped, self.way());
                }
            }
        }
    }

    /// The way back: to the old instances where they are all there, or by another deployment.
    pub(super) fn go_back(&mut self) {
        self.course = Course::Back;
        self.drop_steps();
        self.recorder.goes_back(self.now);
        self.waiting = Waiting::Nothing;
        self.check = None;
        self.succeeded = 0;
        self.marked = false;
        // Where no old instance was touched, what was launched ends; a rolling replacement has its own way back.
        let replaces = self.plan.phases.iter().flat_map(|phase| &phase.steps).any(|step| matches!(step, Step::Replace { .. }));
        let redeploy = self.touched || replaces;
        self.recorder.note(self.now, Note::GoingBack { redeploy });
        if redeploy {
            self.redeploy();
            return;
        }
        let follow = self.plan.back_over;
        let mut steps = vec![(Some(PhaseLabel::GoBack), Step::Shift { to: Share::WHOLE, follow })];
        if self.recorder.share_new(self.now) == Share::NONE {
            steps = vec![(Some(PhaseLabel::GoBack), Step::Wait(crate::units::Duration::ZERO))];
        } else if follow != Follow::AT_ONCE {
            // The new set serves those that have yet to follow.
            steps.push((None, Step::Wait(follow.over)));
        }
        steps.push((None, Step::Terminate(Leaving::New)));
        *self.steps = steps;
    }

    /// The plan's phases once more, the other way round.
    fn redeploy(&mut self) {
        let size = self.scenario.fleet.instances;
        let all: Vec<Begun> = self.plan.phases.iter().flat_map(with_phase).collect();
        let of = |step: fn(&Step) -> bool| all.iter().any(|(_, s)| step(s));
        let replaces = of(|step| matches!(step, Step::Replace { .. }));
        let updates = of(|step| matches!(step, Step::Update { .. } | Step::UpdateWindow { .. }));
        let added = self.launched.iter().map(|launched| launched.count).sum::<u32>();
        if replaces {
            self.fleet.line_up(|_, unit| unit.version == Version::New);
            self.launched.clear();
            *self.steps = self.replace_back(&all);
            return;
        }
        if updates {
            self.fleet.line_up(|i, _| i < size);
        } else {
            self.fleet.line_up(|_, _| true);
            self.launched.clear();
        }
        // What was launched beside the fleet serves until the end, as it would have.
        let mut skipping = false;
        *self.steps = all
            .into_iter()
            .filter(|(label, step)| {
                if let Some(label) = label {
                    skipping = updates && added > 0 && *label == PhaseLabel::AdditionalBatch;
                }
                let waits_for_people = matches!(step, Step::Approve | Step::Check { .. });
                !skipping && !waits_for_people
            })
            .collect();
    }

    /// Replaces all that run the new version; a refresh goes by batches of its first one's size, without checkpoints.
    fn replace_back(&self, all: &[Begun]) -> Vec<Begun> {
        let size = self.scenario.fleet.instances;
        let Some((label, Step::Replace { goal: batch, max_total, min_available, controller })) =
            all.iter().find(|(_, step)| matches!(step, Step::Replace { .. })).copied()
        else {
            return Vec::new();
        };
        let last = |goal| Step::Replace { goal, max_total, min_available, controller };
        match controller {
            Controller::Kubernetes { .. } | Controller::Ecs { .. } => vec![(label, last(size))],
            Controller::AutoScaling => {
                let mut goal = self.fleet.counts.standing[Version::Old as usize];
                let mut steps = Vec::new();
                while goal < size || steps.is_empty() {
                    goal = (goal + batch.max(1)).min(size);
                    steps.push((Some(PhaseLabel::Refresh { to: goal }), last(goal)));
                }
                steps
            }
        }
    }
}
