//! The complete, immutable record of one deployment. Everything that is shown is a function of it and of a time.

mod build;
mod demand;
mod flow;
mod instances;

pub(crate) use build::Recorder;
pub use flow::{Cause, Measure, Rates, Totals};
pub(crate) use instances::Times;
pub use instances::{Life, Presence, State};

use crate::plan::PhaseLabel;
use crate::scenario::{AllUnhealthy, Metric};
use crate::units::{Duration, Share, Time};
use demand::Demand;

/// How much of a run is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Everything.
    Full,
    /// All but the life of each instance and the log: enough for every figure and plot, at a fraction of the cost.
    Outline,
}

/// Which of the two versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// The one that runs at the start.
    Old,
    /// The one that is deployed.
    New,
}

impl Version {
    /// The other one.
    #[must_use]
    pub fn other(self) -> Version {
        match self {
            Version::Old => Version::New,
            Version::New => Version::Old,
        }
    }
}

/// How a deployment ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The plan was carried out to its end.
    Succeeded,
    /// It went wrong, and the old version is back everywhere.
    RolledBack,
    /// It went wrong, and the fleet was left as it was then.
    Failed,
}

/// Which way a deployment goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// It brings the new version.
    Forward,
    /// It brings the old version back.
    Back,
}

/// Neighbouring instances by their numbers, counted from 0: those of the start first, then in order of launch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Instances {
    /// The first one's number.
    pub first: u32,
    /// How many.
    pub count: u32,
}

impl Instances {
    /// The numbers.
    pub fn numbers(self) -> std::ops::Range<u32> {
        self.first..self.first + self.count
    }
}

/// A number for each of the groups that traffic can be split between (the original one first), and in it for each
/// version (the old one first).
pub(crate) type ByGroup = [[u32; 2]; 2];

/// What holds from one change of the fleet to the next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    /// Since when.
    pub at: Time,
    /// Instances in service: they get requests and answer them.
    pub(crate) in_service: ByGroup,
    /// Instances in service that were launched, and not there at the start.
    pub in_service_launched: u32,
    /// Instances of the old version that exist; one updated in place counts as old until its install begins.
    pub existing_old: u32,
    /// Instances of the new version that exist.
    pub existing_new: u32,
    /// Which route holds: an index into the timeline's routes.
    pub(crate) route: u32,
    /// What is wrong: an index into the timeline's troubles.
    pub(crate) trouble: u32,
}

/// What is wrong with instances and with the new version at a moment.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Trouble {
    /// Instances that do not answer and still get requests.
    pub(crate) dead: ByGroup,
    /// Instances that are out of service because they failed, in each group; the load balancer knows them as unhealthy.
    pub(crate) failed: ByGroup,
    /// The share of its requests that the new version fails, 0 to 1.
    pub error_rate: f64,
}

impl Trouble {
    /// Instances that do not answer and still get requests.
    pub fn dead(&self) -> u32 {
        self.dead.as_flattened().iter().sum()
    }

    /// Instances that are out of service because they failed.
    pub fn failed(&self) -> u32 {
        self.failed.as_flattened().iter().sum()
    }

    /// Those that run a version and do not answer.
    pub fn dead_of(&self, version: Version) -> u32 {
        self.dead.iter().map(|group| group[version as usize]).sum()
    }

    /// Those that failed while they ran a version.
    pub fn failed_of(&self, version: Version) -> u32 {
        self.failed.iter().map(|group| group[version as usize]).sum()
    }
}

impl Moment {
    /// Instances in service that run a version.
    pub fn in_service_of(&self, version: Version) -> u32 {
        self.in_service.iter().map(|group| group[version as usize]).sum()
    }

    /// Instances in service that run the old version.
    pub fn in_service_old(&self) -> u32 {
        self.in_service_of(Version::Old)
    }

    /// Instances in service that run the new version.
    pub fn in_service_new(&self) -> u32 {
        self.in_service_of(Version::New)
    }

    /// Instances in service.
    pub fn in_service(&self) -> u32 {
        self.in_service.as_flattened().iter().sum()
    }

    /// Instances that exist.
    pub fn existing(&self) -> u32 {
        self.existing_old + self.existing_new
    }
}

/// How requests find their instance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Route {
    /// All instances in service share the traffic evenly.
    Shared,
    /// The traffic is split between the original and the new group.
    Split {
        /// The new group's share when the route began.
        from: Share,
        /// The new group's share when clients have followed.
        to: Share,
        /// When it began.
        began: Time,
        /// How long clients take to follow, evenly; none is at once.
        over: Duration,
    },
}

impl Route {
    /// The new group's share at `t`, 0 to 1; none where traffic is not split.
    pub fn share_new(&self, t: Time) -> Option<f64> {
        match *self {
            Route::Shared => None,
            Route::Split { from, to, began, over } => {
                let passed = t.since(began);
                Some(if passed >= over {
                    to.as_fraction()
                } else {
                    from.as_fraction() + (to.as_fraction() - from.as_fraction()) * (passed.as_us() as f64 / over.as_us() as f64)
                })
            }
        }
    }

    /// Whether this is the time at which the last clients have followed.
    fn ends_at(&self, t: Time) -> bool {
        matches!(*self, Route::Split { began, over, .. } if !over.is_zero() && began + over == t)
    }

    /// Whether clients still follow an older answer at `t`.
    pub fn is_moving(&self, t: Time) -> bool {
        matches!(*self, Route::Split { began, over, .. } if t.since(began) < over)
    }
}

/// A phase of the plan as it took place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhaseSpan {
    /// What it is called.
    pub label: PhaseLabel,
    /// Which way it goes.
    pub way: Way,
    /// Its begin.
    pub from: Time,
    /// Its end, and the next one's begin.
    pub to: Time,
}

/// Something that happened, for the log.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogEntry {
    /// When.
    pub at: Time,
    /// In which phase: an index into [`Timeline::phases`].
    pub phase: u32,
    /// What.
    pub note: Note,
}

/// What a log entry says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Note {
    /// New instances were launched.
    Launching(Instances),
    /// Instances left the load balancer and finish what they have.
    Draining(Instances),
    /// Instances were stopped without draining.
    Interrupted(Instances),
    /// The install of the new version began.
    Installing(Instances),
    /// The application starts.
    Starting(Instances),
    /// Health checks began.
    Checking(Instances),
    /// Instances came into service.
    InService(Instances),
    /// The new version's share of the traffic changed.
    Shifted(Share),
    /// Clients began to move to the new version as their DNS answers expire.
    Moving {
        /// To this share.
        to: Share,
        /// Over this time.
        over: Duration,
    },
    /// The plan waits.
    Waiting(Duration),
    /// The new instances moved to the original group.
    Adopted,
    /// Instances drain for good.
    Terminating(Instances),
    /// Instances are gone.
    Gone(Instances),
    /// Instances died: they stop answering, and the load balancer has yet to notice.
    Died(Instances, Death),
    /// The load balancer has noticed that instances are dead, and sends them nothing more.
    TakenOut(Instances),
    /// Instances that had died are started again, or new ones take their place.
    Recovering(Instances),
    /// Instances did not get healthy in time and are out of service.
    NotHealthy(Instances),
    /// New instances failed their checks; others take their place.
    Replacing(Instances),
    /// The quota lets no more instances exist: so many could not be launched.
    NoQuota {
        /// The most that may exist.
        quota: u32,
        /// How many were refused.
        refused: u32,
    },
    /// The new version began to fail this share of its requests.
    TurnedBad(f64),
    /// The new version fails no more requests.
    TurnedGood,
    /// The demand changed to so many requests per second.
    Demand(f64),
    /// A check of the plan was well, or was bad for the so many-th time.
    Checked {
        /// What was measured; none where no request came to measure by.
        value: Option<f64>,
        /// What.
        metric: Metric,
        /// What it was measured against.
        threshold: f64,
        /// How often checks of this plan were bad by now.
        bad: u32,
        /// How often they may be until the plan fails.
        failures: u32,
    },
    /// The plan waits for a person to approve.
    WaitingForApproval,
    /// A person approved.
    Approved,
    /// The rollout is marked as not progressing.
    NotProgressing,
    /// The deployment has failed.
    Failed(Why),
    /// A person will notice and redeploy the old version after this time.
    Person(Duration),
    /// It goes back: all traffic to the old instances at once where they are all there, or another deployment.
    GoingBack {
        /// Whether the old version has to be deployed again.
        redeploy: bool,
    },
    /// The deployment goes on all the same.
    GoingOn,
    /// The deployment succeeded.
    Succeeded,
    /// The old version is back.
    RolledBack,
    /// Nothing is done any more.
    Stopped,
}

impl Note {
    /// Whether it is told of an instance before it happens.
    fn is_ahead_of(&self, instance: u32) -> bool {
        matches!(self, Note::Installing(of) | Note::Starting(of) | Note::Checking(of) if of.numbers().contains(&instance))
    }

    /// Takes another note in, where it says the same of the instances that follow.
    fn join(&mut self, other: Note) -> bool {
        let (mine, theirs) = match (self, other) {
            (Note::Died(mine, death), Note::Died(theirs, other)) if *death == other => (mine, theirs),
            (Note::InService(mine), Note::InService(theirs))
            | (Note::TakenOut(mine), Note::TakenOut(theirs))
            | (Note::Recovering(mine), Note::Recovering(theirs))
            | (Note::NotHealthy(mine), Note::NotHealthy(theirs))
            | (Note::Replacing(mine), Note::Replacing(theirs)) => (mine, theirs),
            _ => return false,
        };
        let follows = mine.first + mine.count == theirs.first;
        if follows {
            mine.count += theirs.count;
        }
        follows
    }
}

/// What an instance died of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Death {
    /// It was killed, as the scenario says.
    Killed,
    /// Its time had come: the mean time between failures.
    Failure,
    /// The new version crashed.
    Crash,
}

/// Why a deployment failed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Why {
    /// Nothing was deployed: the minimum healthy instances leave no room to work.
    NoRoom {
        /// The minimum.
        minimum: u32,
        /// The healthy instances.
        healthy: u32,
    },
    /// No instance may start and none may stop.
    NoMove {
        /// The least that have to run.
        minimum: u32,
        /// The most that may run.
        maximum: u32,
        /// The desired number.
        desired: u32,
    },
    /// Instances of the present step did not get healthy in time.
    NotHealthy {
        /// How many did not.
        failed: u32,
        /// Of how many of the step.
        of: u32,
    },
    /// The healthy instances came down to the minimum before all were deployed to.
    MinimumReached {
        /// The minimum.
        minimum: u32,
        /// Healthy instances.
        healthy: u32,
        /// Instances that nothing was done with.
        pending: u32,
    },
    /// No instance succeeded.
    NoneSucceeded,
    /// An alarm went off.
    Alarm {
        /// What was measured.
        metric: Metric,
        /// Its value over the last period.
        value: f64,
        /// What it was measured against.
        threshold: f64,
        /// How long it had been bad: the periods in a row.
        over: Duration,
    },
    /// A check of the plan failed.
    Check {
        /// What was measured.
        metric: Metric,
        /// Its value.
        value: f64,
        /// What it was measured against.
        threshold: f64,
    },
    /// The circuit breaker's threshold was reached.
    CircuitBreaker {
        /// Failed tasks.
        failed: u32,
        /// The threshold.
        threshold: u32,
    },
    /// Instances that do not get healthy were replaced for so long.
    RetriedFor(Duration),
    /// Without progress for so long.
    NotProgressing(Duration),
    /// The quota left no room within the timeout.
    NoQuota {
        /// The most that may exist.
        quota: u32,
        /// Instances that could not be launched.
        refused: u32,
    },
    /// A person aborted it.
    Aborted,
    /// Nothing will ever happen again: no one approves, or what it waits for cannot come.
    Stuck,
    /// The program stopped it: so many instances failed in a row and it would go on for ever.
    WouldNeverEnd {
        /// Instances that failed without one that succeeded.
        failed: u32,
    },
    /// The program stopped it: more events than [`MAX_EVENTS`](crate::scenario::limits::MAX_EVENTS) allows.
    TooManyEvents,
}

/// Instances that stopped serving: what was in flight on them may have been cut.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Stop {
    /// When they took their last request.
    last_request: Time,
    /// How much longer they could finish requests.
    drained: Duration,
    /// How many instances.
    count: u32,
    /// Which group they were in, the original one first, and what they ran.
    group: Group,
    version: Version,
    /// Since when they were in service; the start for those that were there.
    since: Time,
}

/// One of the two groups that traffic can be split between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Group {
    Original,
    New,
}

impl Stop {
    /// Which of the four kinds of instances: by group, and in it by version.
    fn kind(&self) -> usize {
        self.group as usize * 2 + self.version as usize
    }
}

/// The complete record of one deployment.
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline {
    desired: u32,
    capacity_rps: f64,
    /// What an instance of the new version serves, in those of the old one.
    capacity_factor: f64,
    all_unhealthy: AllUnhealthy,
    demand: Demand,
    in_flight: Duration,
    check_interval: Duration,
    outcome: Outcome,
    end: Time,
    moments: Vec<Moment>,
    routes: Vec<Route>,
    /// What was ever wrong; the first is nothing.
    troubles: Vec<Trouble>,
    /// The last time at which it was decided that the deployment has failed.
    failed_at: Option<Time>,
    /// Since when an instance was worked on that did not get healthy in time.
    trouble_since: Option<Time>,
    /// When it was decided to go back, and by a whole deployment or not.
    went_back: Option<Time>,
    phases: Vec<PhaseSpan>,
    log: Vec<LogEntry>,
    stops: Vec<Stop>,
    lives: instances::Lives,
}

impl Timeline {
    /// The desired number of instances.
    pub fn desired(&self) -> u32 {
        self.desired
    }

    /// Requests per second that one instance can serve.
    pub fn capacity_rps(&self) -> f64 {
        self.capacity_rps
    }

    /// How it ended.
    pub fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// When nothing was left to do.
    pub fn end(&self) -> Time {
        self.end
    }

    /// Every change of the fleet in time order; the first is at the start.
    pub fn moments(&self) -> &[Moment] {
        &self.moments
    }

    /// The phases of the plan in time order.
    pub fn phases(&self) -> &[PhaseSpan] {
        &self.phases
    }

    /// What happened, in time order.
    pub fn log(&self) -> &[LogEntry] {
        &self.log
    }

    /// What holds at `t`: a binary search.
    pub fn at(&self, t: Time) -> &Moment {
        let after = self.moments.partition_point(|m| m.at <= t);
        &self.moments[after.saturating_sub(1)]
    }

    /// How requests find their instance from `moment` on.
    pub fn route(&self, moment: &Moment) -> &Route {
        &self.routes[moment.route as usize]
    }

    /// The phase that is under way at `t`: its place in [`Timeline::phases`]; none where nothing was ever begun.
    pub fn phase_at(&self, t: Time) -> Option<usize> {
        self.phases.partition_point(|p| p.from <= t).checked_sub(1)
    }

    /// How many log entries there are up to and including `t`.
    pub fn log_until(&self, t: Time) -> usize {
        self.log.partition_point(|entry| entry.at <= t)
    }

    /// The next time after `t` at which something happened.
    pub fn next_event(&self, t: Time) -> Option<Time> {
        self.log.get(self.log_until(t)).map(|entry| entry.at)
    }

    /// The last time before `t` at which something happened.
    pub fn previous_event(&self, t: Time) -> Option<Time> {
        let before = self.log.partition_point(|entry| entry.at < t);
        before.checked_sub(1).map(|i| self.log[i].at)
    }

    /// How many instances there ever were.
    pub fn instances(&self) -> u32 {
        self.lives.count()
    }

    /// Every state that an instance was in, in time order; empty where the timeline was recorded in outline.
    pub fn life(&self, instance: u32) -> Life<'_> {
        self.lives.life(instance)
    }

    /// The time between two health checks of an instance.
    pub fn check_interval(&self) -> Duration {
        self.check_interval
    }

    /// What is wrong from `moment` on.
    pub fn trouble(&self, moment: &Moment) -> &Trouble {
        &self.troubles[moment.trouble as usize]
    }

    /// When it was noticed that the deployment goes wrong; none where it never was.
    pub fn failed_at(&self) -> Option<Time> {
        self.failed_at
    }

    /// When the way back began; none where it never did.
    pub fn went_back(&self) -> Option<Time> {
        self.went_back
    }
}
