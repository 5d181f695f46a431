//! What the deployment waits for at a moment, and how many failures it can still afford.

use super::instances::{self, End, Who};
use super::traffic::{self, AlarmPeriod, StepTraffic};
use super::{Doing, Here};
use crate::plan::PhaseLabel;
use crate::scenario::{Metric, OnFailure, Scenario, Step, Strategy, limits};
use crate::timeline::{LogEntry, Note, Presence, State, Timeline, Version, Way};
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
    if let Some((from, of)) = here.wait(t) {
        let left = (from + of).since(t);
        let watched = phase == PhaseLabel::Watch && scenario.alarm.is_some();
        return if watched { On::Alarm { left } } else { On::Time { left, of } };
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
    let pace = pace(scenario, here, phase);
    if let Some(on) = on_instances(scenario, here, pace, t) {
        return on;
    }
    if let Some((quota, launches)) = here.quota() {
        let left = here.to_come().find(|entry| matches!(entry.note, Note::Failed(_))).map(|entry| entry.at.since(t));
        return On::Room { quota, launches, left };
    }
    if let Some(on) = on_settling(scenario, here, pace, t) {
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

/// How a phase goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pace {
    /// When all of its instances are done, or the time of one is up.
    All,
    /// With the first one that is done; one has its time too.
    Window,
    /// With the first one that is done; one that is not ready stays as it is.
    Kubernetes,
    /// With the first one that is done; one that fails its checks is replaced.
    Replacing,
}

fn pace(scenario: &Scenario, here: &Here<'_>, phase: PhaseLabel) -> Pace {
    match phase {
        PhaseLabel::Window => Pace::Window,
        PhaseLabel::RollingUpdate if matches!(scenario.strategy, Strategy::EcsRolling { .. }) => Pace::Replacing,
        PhaseLabel::RollingUpdate => Pace::Kubernetes,
        PhaseLabel::Refresh { .. } => Pace::Replacing,
        PhaseLabel::Written { .. } if matches!(traffic::written(scenario, here), Some(Step::Replace { .. })) => Pace::Kubernetes,
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
        | PhaseLabel::GoBack
        | PhaseLabel::Written { .. } => Pace::All,
    }
}

/// What an instance is doing, until when, and when the plan waits for it no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Course {
    stage: Stage,
    until: Option<Time>,
    done: Option<Time>,
}

impl Course {
    /// The course of a busy instance as it is planned: what puts an end to it before is not known yet.
    fn of(scenario: &Scenario, timeline: &Timeline, pace: Pace, instance: u32, presence: Presence, t: Time) -> Course {
        let end = instances::end_of(timeline, instance, presence);
        let done = match end {
            // The plan goes on when it has passed and settled; that the load balancer is late to use it is not waited for.
            End::InService(at) => Some(passed(scenario, at) + scenario.timings.settle),
            End::Failed(at) | End::Replaced(at) => Some(at),
            End::Gone(at) => (presence.state == State::Terminating).then_some(at),
            End::Never => None,
        };
        let on_its_way = |stage| Course { stage, until: presence.until, done };
        match presence.state {
            State::Draining => on_its_way(Stage::Draining),
            State::Launching => on_its_way(Stage::Booting),
            State::Installing => on_its_way(Stage::Installing),
            State::Starting => on_its_way(Stage::Starting),
            State::Terminating => on_its_way(Stage::Ending),
            State::Checking => Course::checked(scenario, timeline, pace, (instance, presence, end, done), t),
            State::InService | State::Gone | State::Dead | State::Failed => on_its_way(Stage::Settling),
        }
    }

    fn checked(
        scenario: &Scenario,
        timeline: &Timeline,
        pace: Pace,
        (instance, presence, end, done): (u32, Presence, End, Option<Time>),
        t: Time,
    ) -> Course {
        let check = &scenario.load_balancer.health_check;
        let healthy = presence.since + check.time_to_healthy();
        let is_cut_short = presence.until.is_some_and(|until| until <= healthy);
        if matches!(end, End::InService(_)) || is_cut_short {
            let passed = t.since(presence.since).as_us() / check.interval.as_us().max(1);
            let of = check.healthy_threshold;
            let stage = Stage::Checking { passed: u32::try_from(passed).unwrap_or(u32::MAX).min(of), of };
            return Course { stage, until: Some(healthy), done: done.or(Some(healthy + scenario.timings.settle)) };
        }
        let began = t - instances::worked_on_for(timeline, instance, t).unwrap_or_default();
        let (then, planned) = match pace {
            Pace::All | Pace::Window => (Then::Failed, Some(began + scenario.timeout)),
            Pace::Replacing => (Then::Replaced, Some(presence.since + check.interval.times(check.unhealthy_threshold))),
            Pace::Kubernetes => (Then::Nothing, None),
        };
        Course { stage: Stage::NeverPasses(then), until: planned, done: planned }
    }
}

/// When an instance passed its checks that the load balancer uses from `at` on.
fn passed(scenario: &Scenario, at: Time) -> Time {
    at - scenario.load_balancer.propagation
}

/// The instances that decide when it goes on: the last ones of a batch, the first ones of a loop.
fn on_instances(scenario: &Scenario, here: &Here<'_>, pace: Pace, t: Time) -> Option<On> {
    let timeline = here.timeline;
    let mut busy = instances::busy_ones(timeline, here.past, t);
    if busy.is_empty() {
        // A few between those that are looked at in a large fleet: what comes next names them.
        busy = instances::named_next(timeline, here.to_come(), t);
    }
    // Those that end do not hold a loop up while others are on their way into service.
    let all_end = busy.iter().all(|(_, presence, _)| presence.state == State::Terminating);
    let counts = |state: State| pace == Pace::All || all_end || state != State::Terminating;
    // A phase that waits for all waits for those that it began with; others of before may never get healthy.
    let begun = |i: u32| instances::worked_on_for(timeline, i, t).is_none_or(|time| t - time >= here.begins_at());
    let courses: Vec<(Course, u32, u32)> = busy
        .into_iter()
        .filter(|&(i, presence, _)| counts(presence.state) && (pace != Pace::All || begun(i)))
        .map(|(i, presence, stands_for)| (Course::of(scenario, timeline, pace, i, presence, t), i, stands_for))
        .filter(|(course, ..)| course.done.is_none_or(|done| done > t))
        .collect();
    let done = |course: &Course| course.done.unwrap_or(Time::from_us(u64::MAX));
    let decisive = if pace == Pace::All {
        courses.iter().max_by_key(|(course, ..)| done(course))
    } else {
        courses.iter().min_by_key(|(course, ..)| done(course))
    };
    let &(course, ..) = decisive?;
    let mut who = Who { named: Vec::new(), count: 0, counted: true };
    for &(_, i, stands_for) in courses.iter().filter(|(other, ..)| *other == course) {
        who.count += stands_for;
        who.counted &= stands_for == 1;
        if who.named.len() < Doing::NAMED {
            who.named.push(i);
        }
    }
    let left = course.until.map(|until| until.since(t));
    let goes_on = course.done.map(|done| done.since(t)).filter(|goes_on| Some(*goes_on) != left);
    Some(On::Instances { who, stage: course.stage, left, goes_on })
}

/// Instances that came into service and have to stay healthy.
fn on_settling(scenario: &Scenario, here: &Here<'_>, pace: Pace, t: Time) -> Option<On> {
    // They passed their checks before the load balancer used them.
    let settle = scenario.timings.settle - scenario.load_balancer.propagation;
    let came = here.noted().filter_map(|entry| if let Note::InService(group) = entry.note { Some((entry.at, group)) } else { None });
    let settling = came.take_while(|(at, _)| *at + settle > t);
    let (at, group) = if pace == Pace::All { settling.max_by_key(|(at, _)| *at) } else { settling.min_by_key(|(at, _)| *at) }?;
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
    let healthy = desired.saturating_sub(trouble.failed() + trouble.dead());
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

/// How much longer a refresh replaces what does not get healthy: an hour without progress.
fn retries_left(here: &Here<'_>, t: Time) -> Option<Duration> {
    let progress = |entry: &&LogEntry| matches!(entry.note, Note::InService(_) | Note::Launching(_) | Note::Terminating(_));
    let mut recent = here.noted().take_while(|entry| !progress(entry));
    recent.find(|entry| matches!(entry.note, Note::Replacing(_)))?;
    let last = here.noted().find(progress).map_or(here.begins_at(), |entry| entry.at);
    Some((last + limits::REFRESH_RETRIES_FOR).since(t))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;
    use crate::explain::{Judged, WholePeriods};
    use crate::scenario::{Alarm, Part, Places, StrategyKind};
    use crate::units::Share;

    fn secs(s: u64) -> Duration {
        Duration::from_secs(s)
    }

    fn at(scenario: &Scenario, seconds: u64) -> Waiting {
        waiting(scenario, &crate::simulate(scenario).unwrap(), Time::ZERO + secs(seconds)).unwrap()
    }

    fn instances(named: &[u32], stage: Stage, left: u64, goes_on: Option<u64>) -> On {
        let who = Who { named: named.to_vec(), count: u32::try_from(named.len()).unwrap(), counted: true };
        On::Instances { who, stage, left: Some(secs(left)), goes_on: goes_on.map(secs) }
    }

    fn alarm(metric: Metric, threshold: f64) -> Option<Alarm> {
        Some(Alarm { metric, threshold, period: secs(60), periods: 1, bake: Duration::ZERO, sampled: false, base_error_rate: 0.0 })
    }

    #[test]
    fn a_batch_waits_for_what_its_instances_are_doing() {
        // Batch 2 of three leaves at 100 s: it drains for 20 s, is installed for 30 s, starts for 20 s, and is checked
        // at 180, 190 and 200 s.
        let scenario = Scenario::new(10, Strategy::Rolling { batch: Part::Count(3) });
        assert_eq!(at(&scenario, 105).on, instances(&[3, 4, 5], Stage::Draining, 15, Some(95)));
        assert_eq!(at(&scenario, 134).on, instances(&[3, 4, 5], Stage::Installing, 16, Some(66)));
        assert_eq!(at(&scenario, 192).on, instances(&[3, 4, 5], Stage::Checking { passed: 2, of: 3 }, 8, None));
        assert_eq!(at(&scenario, 192).afford, Some(Afford::None));
    }

    #[test]
    fn a_batch_waits_for_its_slowest_instance() {
        // 05 never passes: its time is up ten minutes after its batch began at 100 s.
        let mut scenario = Scenario::new(10, Strategy::Rolling { batch: Part::Count(3) });
        scenario.release.startup_failure_of = Some(Places::Place(5));
        assert_eq!(at(&scenario, 520).on, instances(&[4], Stage::NeverPasses(Then::Failed), 180, None));
    }

    #[test]
    fn what_came_into_service_may_have_to_settle() {
        let mut scenario = Scenario::new(10, Strategy::Rolling { batch: Part::Count(5) });
        scenario.timings.settle = secs(60);
        // In service at 100 s, and settled at 160 s.
        assert_eq!(at(&scenario, 120).on, instances(&[0, 1, 2, 3, 4], Stage::Settling, 40, None));
    }

    #[test]
    fn a_window_goes_on_with_the_first_and_counts_what_it_can_afford() {
        // Two at a time with the minimum at 8 of 10: one more may fail, at the second it stops.
        let mut scenario = Scenario::new(10, Strategy::InPlace { minimum_healthy: Part::Count(8) });
        assert_eq!(at(&scenario, 50).afford, Some(Afford::Instances { more: 1, healthy: 10, minimum: 8 }));
        // The first never passes: its time is up at 600 s, and from then on nothing may fail.
        scenario.release.startup_failure_of = Some(Places::Place(1));
        assert_eq!(at(&scenario, 650).afford, Some(Afford::Instances { more: 0, healthy: 9, minimum: 8 }));
        // The second alone goes on from 100 s to 200 s meanwhile.
        assert_eq!(at(&scenario, 105).on, instances(&[2], Stage::Draining, 15, Some(95)));
    }

    #[test]
    fn a_step_of_the_traffic_says_whether_it_can_be_judged() {
        // 10 % of 700 requests per second from 140 s on for 300 s: 21,000.
        let mut canary = Scenario::new(10, StrategyKind::Canary.with_defaults());
        let now = at(&canary, 200);
        assert_eq!(now.on, On::Time { left: secs(240), of: secs(300) });
        let step = now.step.unwrap();
        assert_eq!((step.judged, step.periods), (Judged::ByNothing, None));
        assert!((step.requests.unwrap() - 21_000.0).abs() < 1e-6 && (step.share - 0.1).abs() < 1e-12);
        // An alarm at 5 % of all requests sees a new version that fails half of its tenth. Four periods of a minute lie
        // between 180 s and 420 s.
        canary.alarm = alarm(Metric::ErrorRate, 0.05);
        let step = at(&canary, 200).step.unwrap();
        assert!(matches!(step.judged, Judged::Enough { sees_from } if (sees_from - 0.5).abs() < 1e-12));
        assert_eq!(step.periods, Some(WholePeriods { whole: 4, needed: 1, period: secs(60) }));
        // A tenth can never be 20 % of all.
        canary.alarm = alarm(Metric::ErrorRate, 0.2);
        assert_eq!(at(&canary, 200).step.unwrap().judged, Judged::Blind { threshold: 0.2 });
        // To see 1 % of its own takes 3 / 0.01 = 300 requests: 0.1 × 7 × 300 = 210 are too few.
        canary.alarm = alarm(Metric::NewVersionErrorRate, 0.01);
        canary.traffic = Some(crate::scenario::Traffic::Constant(7.0));
        assert_eq!(at(&canary, 200).step.unwrap().judged, Judged::TooFew { needed: 300.0, sees_from: 0.01 });
    }

    #[test]
    fn a_step_shorter_than_the_alarm_is_told() {
        // The first step lasts from 140 s to 200 s: no period of a minute lies in it.
        let mut linear = Scenario::new(10, StrategyKind::Linear.with_defaults());
        linear.alarm = alarm(Metric::NewVersionErrorRate, 0.05);
        let now = at(&linear, 150);
        assert_eq!(now.step.unwrap().periods, Some(WholePeriods { whole: 0, needed: 1, period: secs(60) }));
        // The period that began at 120 s ends at 180 s.
        let period = now.alarm.unwrap();
        assert_eq!((period.left, period.value, period.bad), (secs(30), Some(0.0), 0));
    }

    #[test]
    fn a_circuit_breaker_affords_what_its_threshold_leaves() {
        // Half of ten tasks: the fifth that fails is one too many.
        let ecs = Scenario::new(10, StrategyKind::EcsRolling.with_defaults());
        assert_eq!(at(&ecs, 10).afford, Some(Afford::Tasks { failed: 0, threshold: 5 }));
        let refresh = Scenario::new(10, StrategyKind::InstanceRefresh.with_defaults());
        assert_eq!(at(&refresh, 10).afford, Some(Afford::ReplacedFor { left: None, of: secs(3_600) }));
    }

    #[test]
    fn pods_that_never_get_ready_are_waited_for_until_they_are_marked() {
        let mut scenario = Scenario::new(
            4,
            Strategy::RollingUpdate { max_surge: Part::Count(1), max_unavailable: Part::Count(0), progress_deadline: secs(600) },
        );
        scenario.release.startup_failure = 1.0;
        let now = at(&scenario, 200);
        let On::Instances { who, stage, left, .. } = now.on else { panic!("it waits for a pod") };
        // The one above the four.
        assert_eq!((who.named, stage, left), (vec![4], Stage::NeverPasses(Then::Nothing), None));
        // Its launch at 0 s was the last progress.
        assert_eq!(now.afford, Some(Afford::Marked { left: Some(secs(400)), deadline: secs(600) }));
    }

    #[test]
    fn a_person_notices_in_time() {
        // The first batch has failed after ten minutes, and ten more pass until a person redeploys.
        let mut scenario = Scenario::new(10, Strategy::Rolling { batch: Part::Count(3) });
        scenario.release.startup_failure = 1.0;
        scenario.on_failure = Some(OnFailure::Redeploy { after: secs(600) });
        assert_eq!(at(&scenario, 700).on, On::Person { left: secs(500) });
        assert_eq!(at(&scenario, 700).afford, None);
    }

    #[test]
    fn a_person_approves_or_never_does() {
        use crate::scenario::{Event, Group};
        let steps = vec![
            Step::Launch { instances: Part::Percent(Share::WHOLE) },
            Step::Shift { to: Share::from_percent(10) },
            Step::Approve,
            Step::Shift { to: Share::WHOLE },
            Step::Terminate { group: Group::Old },
        ];
        let mut scenario = Scenario::new(10, Strategy::Steps(steps));
        scenario.failures.events = vec![Event::Approve { at: secs(440) }];
        let now = at(&scenario, 200);
        assert_eq!(now.on, On::Approval { left: Some(secs(240)) });
        // How long a person takes is not planned.
        assert_eq!(now.step.unwrap().requests, None);
    }

    #[test]
    fn a_quota_leaves_no_room() {
        // Twelve may exist: of a new set of ten only two can be launched, and the time for the rest is up after ten minutes.
        let mut scenario = Scenario::new(10, StrategyKind::BlueGreen.with_defaults());
        scenario.fleet.quota = Some(12);
        assert_eq!(at(&scenario, 300).on, On::Room { quota: 12, launches: 8, left: Some(secs(300)) });
    }
}
