//! What the deployment waits for at a moment, and how many failures it can still afford.

use super::instances::{self, End, Who};
use super::traffic::{self, AlarmPeriod, StepTraffic};
use super::{Doing, Here};
use crate::plan::PhaseLabel;
use crate::scenario::{Metric, OnFailure, Scenario, Step, Strategy, limits};
use crate::timeline::{Note, Presence, State, Timeline, Version, Way};
use crate::units::{Duration, Time};

/// What the deployment waits for.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiting {
    /// The phase that waits.
    pub phase: PhaseLabel,
    /// Which way it goes.
    pub way: Way,
    /// What it waits for.
    pub on: On,
    /// The failures that the phase can still afford; none where none could happen.
    pub afford: Option<Afford>,
    /// The traffic by which the new version can be judged meanwhile.
    pub step: Option<StepTraffic>,
    /// The alarm's period under way.
    pub alarm: Option<AlarmPeriod>,
}

/// What is waited for.
#[derive(Clone, Debug, PartialEq)]
pub enum On {
    /// Instances that are on their way.
    Instances {
        /// Those that decide when it goes on.
        who: Who,
        /// What they are doing.
        stage: Stage,
        /// Until they do something else; none where they never do.
        left: Option<Duration>,
        /// Until it goes on, where that is later.
        goes_on: Option<Duration>,
    },
    /// A time that passes.
    Time {
        /// What of it is left.
        left: Duration,
        /// The whole of it.
        of: Duration,
    },
    /// A measurement.
    Measurement {
        /// What is measured.
        metric: Metric,
        /// What it is measured against.
        threshold: f64,
        /// What is left of the measurement.
        left: Duration,
        /// How long one takes.
        of: Duration,
        /// Bad measurements so far.
        bad: u32,
        /// How many make the plan fail.
        failures: u32,
    },
    /// A person who notices and redeploys.
    Person {
        /// In so long.
        left: Duration,
    },
    /// A person who approves.
    Approval {
        /// In so long; none where no one ever does.
        left: Option<Duration>,
    },
    /// The alarm, that watches when all else is done.
    Alarm {
        /// For so much longer.
        left: Duration,
    },
    /// Clients that follow their DNS answers.
    Clients {
        /// The share of them that is still on its way.
        share: f64,
        /// Until the last ones have followed.
        left: Duration,
    },
    /// Room for launches.
    Room {
        /// The most instances that may exist.
        quota: u32,
        /// The launches that wait.
        launches: u32,
        /// Until it fails for that; none where it never does.
        left: Option<Duration>,
    },
    /// Something that never comes.
    Nothing,
}

/// What instances that are waited for are doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// They finish what they have, and will be updated.
    Draining,
    /// They boot.
    Booting,
    /// A version is installed on them.
    Installing,
    /// The application starts.
    Starting,
    /// They are checked.
    Checking {
        /// Checks that they passed.
        passed: u32,
        /// How many they have to pass.
        of: u32,
    },
    /// They never pass a check.
    NeverPasses(Then),
    /// They are in service and have to stay healthy.
    Settling,
    /// They finish what they have, and end.
    Ending,
}

/// What becomes of instances that never pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// Their time is up.
    Failed,
    /// Others take their place.
    Replaced,
    /// Nothing.
    Nothing,
}

/// How many failures a deployment can still afford.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Afford {
    /// None: one instance that does not get healthy in time is enough.
    None,
    /// So many more instances may fail (CodeDeploy's minimum healthy hosts).
    Instances {
        /// Before it stops.
        more: u32,
        /// Healthy instances.
        healthy: u32,
        /// The least.
        minimum: u32,
    },
    /// So many more tasks may fail (Amazon ECS' circuit breaker).
    Tasks {
        /// That failed.
        failed: u32,
        /// At which the breaker acts.
        threshold: u32,
    },
    /// Any number: those that fail are replaced for ever (Amazon ECS without a breaker).
    Replaced,
    /// Any number for so long: those that fail are replaced (an instance refresh).
    ReplacedFor {
        /// How much longer; none where none has failed yet.
        left: Option<Duration>,
        /// The whole time.
        of: Duration,
    },
    /// Any number: without progress the rollout is only marked (Kubernetes).
    Marked {
        /// It will be, in so long.
        left: Option<Duration>,
        /// Without progress for so long.
        deadline: Duration,
    },
    /// Any number: the next batch begins all the same.
    Ignored,
}

/// What the deployment waits for at `t`; none where nothing was begun, or all is over.
pub fn waiting(scenario: &Scenario, timeline: &Timeline, t: Time) -> Option<Waiting> {
    if t >= timeline.end() {
        return None;
    }
    let here = Here::at(timeline, t);
    let phase = here.label()?;
    Some(Waiting {
        phase,
        way: here.way(),
        on: on(scenario, &here, phase, t),
        afford: afford(scenario, &here, phase, t),
        step: traffic::step_traffic(scenario, &here, t),
        alarm: traffic::alarm_period(scenario, timeline, t),
    })
}

fn on(scenario: &Scenario, here: &Here<'_>, phase: PhaseLabel, t: Time) -> On {
    if phase == PhaseLabel::Person {
        return On::Person { left: here.ends_in(t) };
    }
    if phase == PhaseLabel::Watch {
        let planned = scenario.alarm.as_ref().map_or(here.ends_in(t), |alarm| (here.begins_at() + alarm.bake).since(t));
        return On::Alarm { left: planned };
    }
    if let Some((from, of)) = here.wait(t) {
        return On::Time { left: (from + of).since(t), of };
    }
    if here.waits_for_approval() {
        let left = here.to_come().find(|entry| entry.note == Note::Approved).map(|entry| entry.at.since(t));
        return On::Approval { left };
    }
    if here.way() == Way::Forward
        && let Some(&Step::Check { metric, threshold, over, failures }) = traffic::written(scenario, here)
    {
        let left = (traffic::measured_since(here) + over).since(t);
        return On::Measurement { metric, threshold, left, of: over, bad: bad_checks(here), failures };
    }
    let waits_for_all = waits_for_all(scenario, here, phase);
    if let Some(on) = on_instances(scenario, here, waits_for_all, t) {
        return on;
    }
    if let Some((quota, launches)) = here.quota() {
        let left = here.to_come().find(|entry| matches!(entry.note, Note::Failed(_))).map(|entry| entry.at.since(t));
        return On::Room { quota, launches, left };
    }
    if let Some(on) = on_settling(scenario, here, waits_for_all, t) {
        return on;
    }
    match here.following(t) {
        Some((share, left)) => On::Clients { share, left },
        None => On::Nothing,
    }
}

/// Bad measurements of the plan's checks until now.
fn bad_checks(here: &Here<'_>) -> u32 {
    here.past.iter().rev().find_map(|entry| if let Note::Checked { bad, .. } = entry.note { Some(bad) } else { None }).unwrap_or(0)
}

/// Whether a phase goes on when all of its instances are done; a loop goes on with the first one.
fn waits_for_all(scenario: &Scenario, here: &Here<'_>, phase: PhaseLabel) -> bool {
    match phase {
        PhaseLabel::Window | PhaseLabel::RollingUpdate | PhaseLabel::Refresh { .. } => false,
        PhaseLabel::Written { .. } => !matches!(traffic::written(scenario, here), Some(Step::Replace { .. })),
        PhaseLabel::WholeFleet
        | PhaseLabel::Batch { .. }
        | PhaseLabel::AdditionalBatch
        | PhaseLabel::ReturnToSize
        | PhaseLabel::FirstInstance
        | PhaseLabel::RestOfSet
        | PhaseLabel::NewSet
        | PhaseLabel::Traffic { .. }
        | PhaseLabel::Bake
        | PhaseLabel::OldSetEnds
        | PhaseLabel::Checkpoint { .. }
        | PhaseLabel::Watch
        | PhaseLabel::Stopped
        | PhaseLabel::Person
        | PhaseLabel::GoBack => true,
    }
}

/// The instances that decide when it goes on: the last ones of a batch, the first ones of a loop.
fn on_instances(scenario: &Scenario, here: &Here<'_>, waits_for_all: bool, t: Time) -> Option<On> {
    let timeline = here.timeline;
    let busy = instances::busy_ones(timeline, here.past, t);
    // Those that end do not hold a loop up while others are on their way into service.
    let all_end = busy.iter().all(|(_, presence, _)| presence.state == State::Terminating);
    let counts = |state: State| waits_for_all || all_end || state != State::Terminating;
    let ends: Vec<(End, u32, Presence, u32)> = busy
        .into_iter()
        .filter(|(_, presence, _)| counts(presence.state))
        .map(|(i, presence, stands_for)| (instances::end_of(timeline, i, presence), i, presence, stands_for))
        .collect();
    let at = |end: End| end.at().unwrap_or(Time::from_us(u64::MAX));
    let decisive = if waits_for_all { ends.iter().max_by_key(|one| at(one.0)) } else { ends.iter().min_by_key(|one| at(one.0)) };
    let &(end, _, presence, _) = decisive?;
    let same = ends.iter().filter(|one| one.0 == end && one.2.state == presence.state && one.2.until == presence.until);
    let mut who = Who { named: Vec::new(), count: 0, counted: true };
    for &(_, i, _, stands_for) in same {
        who.count += stands_for;
        who.counted &= stands_for == 1;
        if who.named.len() < Doing::NAMED {
            who.named.push(i);
        }
    }
    let stage = stage(scenario, presence, end, t);
    let left = presence.until.map(|until| until.since(t));
    let settle = match end {
        End::InService(_) => scenario.timings.settle,
        End::Gone(_) | End::Failed(_) | End::Replaced(_) | End::Never => Duration::ZERO,
    };
    let goes_on = end.at().map(|at| (at + settle).since(t)).filter(|goes_on| Some(*goes_on) != left);
    Some(On::Instances { who, stage, left, goes_on })
}

fn stage(scenario: &Scenario, presence: Presence, end: End, t: Time) -> Stage {
    match presence.state {
        State::Draining => Stage::Draining,
        State::Launching => Stage::Booting,
        State::Installing => Stage::Installing,
        State::Starting => Stage::Starting,
        State::Terminating => Stage::Ending,
        State::Checking => match end {
            End::InService(_) => {
                let check = &scenario.load_balancer.health_check;
                let passed = t.since(presence.since).as_us() / check.interval.as_us().max(1);
                // One that has passed all may still have to be registered.
                let of = check.healthy_threshold;
                Stage::Checking { passed: u32::try_from(passed).unwrap_or(u32::MAX).min(of), of }
            }
            End::Failed(_) => Stage::NeverPasses(Then::Failed),
            End::Replaced(_) => Stage::NeverPasses(Then::Replaced),
            End::Gone(_) | End::Never => Stage::NeverPasses(Then::Nothing),
        },
        State::InService | State::Gone | State::Dead | State::Failed => Stage::Settling,
    }
}

/// Instances that came into service and have to stay healthy.
fn on_settling(scenario: &Scenario, here: &Here<'_>, waits_for_all: bool, t: Time) -> Option<On> {
    let settle = scenario.timings.settle;
    let came = here.noted().filter_map(|entry| if let Note::InService(group) = entry.note { Some((entry.at, group)) } else { None });
    let settling = came.take_while(|(at, _)| *at + settle > t);
    let (at, group) = if waits_for_all { settling.max_by_key(|(at, _)| *at) } else { settling.min_by_key(|(at, _)| *at) }?;
    let left = Some((at + settle).since(t));
    Some(On::Instances { who: Who::neighbours(group), stage: Stage::Settling, left, goes_on: None })
}

fn afford(scenario: &Scenario, here: &Here<'_>, phase: PhaseLabel, t: Time) -> Option<Afford> {
    if here.way() == Way::Back {
        return None;
    }
    let n = scenario.fleet.instances;
    match (&scenario.strategy, phase) {
        (
            _,
            PhaseLabel::ReturnToSize
            | PhaseLabel::Traffic { .. }
            | PhaseLabel::Bake
            | PhaseLabel::OldSetEnds
            | PhaseLabel::Checkpoint { .. }
            | PhaseLabel::Watch
            | PhaseLabel::Stopped
            | PhaseLabel::Person
            | PhaseLabel::GoBack,
        ) => None,
        (Strategy::InPlace { minimum_healthy }, _) => Some(window(here, minimum_healthy.of_rounded_up(n), t)),
        (Strategy::RollingUpdate { progress_deadline, .. }, _) => {
            let marked = here.to_come().find(|entry| entry.note == Note::NotProgressing);
            Some(Afford::Marked { left: marked.map(|entry| entry.at.since(t)), deadline: *progress_deadline })
        }
        (Strategy::EcsRolling { circuit_breaker, .. }, _) => Some(match circuit_breaker {
            Some(breaker) => Afford::Tasks { failed: failed_tasks(here), threshold: breaker.threshold.of(n) },
            None => Afford::Replaced,
        }),
        (Strategy::InstanceRefresh { .. }, _) => Some(Afford::ReplacedFor { left: retries_left(here, t), of: limits::REFRESH_RETRIES_FOR }),
        (Strategy::Steps(_), _) if !works_on_instances(scenario, here) => None,
        (
            Strategy::AllAtOnce
            | Strategy::Rolling { .. }
            | Strategy::RollingWithAdditionalBatch { .. }
            | Strategy::Immutable
            | Strategy::TrafficSplitting { .. }
            | Strategy::BlueGreen { .. }
            | Strategy::Canary { .. }
            | Strategy::Linear { .. }
            | Strategy::Steps(_),
            _,
        ) => Some(if scenario.on_failure == Some(OnFailure::Ignore) { Afford::Ignored } else { Afford::None }),
    }
}

fn works_on_instances(scenario: &Scenario, here: &Here<'_>) -> bool {
    matches!(traffic::written(scenario, here), Some(Step::Launch { .. } | Step::Update { .. } | Step::Replace { .. }))
}

/// CodeDeploy stops when the healthy instances come down to the minimum while some are still to do. The last one's
/// failure is forgiven, but at least one has to succeed (guide, "Instance health").
fn window(here: &Here<'_>, minimum: u32, t: Time) -> Afford {
    let moment = here.timeline.at(t);
    let trouble = here.timeline.trouble(moment);
    let desired = here.timeline.desired();
    let healthy = desired.saturating_sub(trouble.failed());
    let dead_old: u32 = trouble.dead.iter().map(|group| group[Version::Old as usize]).sum();
    let pending = moment.in_service_old() + dead_old + trouble.failed_of(Version::Old);
    let room = healthy.saturating_sub(minimum);
    if pending > 0 {
        return Afford::Instances { more: room.saturating_sub(1), healthy, minimum };
    }
    let succeeded = moment.in_service_new();
    let under_way = healthy.saturating_sub(succeeded);
    let more = if succeeded == 0 { room.min(under_way.saturating_sub(1)) } else { room.min(under_way) };
    Afford::Instances { more, healthy, minimum }
}

/// Tasks that failed; one that gets healthy sets the count back (Amazon ECS' `resetOnHealthyTask`).
fn failed_tasks(here: &Here<'_>) -> u32 {
    let recent = here.past.iter().rev().take_while(|entry| !matches!(entry.note, Note::InService(_)));
    recent.map(|entry| if let Note::Replacing(group) = entry.note { group.count } else { 0 }).sum()
}

/// How much longer a refresh replaces what does not get healthy: since the first one that failed without one that succeeded.
fn retries_left(here: &Here<'_>, t: Time) -> Option<Duration> {
    let recent = here.past.iter().rev().take_while(|entry| !matches!(entry.note, Note::InService(_)));
    let first = recent.filter(|entry| matches!(entry.note, Note::Replacing(_))).last()?;
    Some((first.at + limits::REFRESH_RETRIES_FOR).since(t))
}
