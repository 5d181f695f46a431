//! The complete, immutable record of one deployment. Everything that is shown is a function of it and of a time.

mod build;
mod demand;
mod flow;
mod instances;

pub(crate) use build::Recorder;
pub use flow::{Cause, Rates, Totals};
pub(crate) use instances::Times;
pub use instances::{Life, Presence, State};

use crate::plan::PhaseLabel;
use crate::scenario::Traffic;
use crate::units::{Duration, Share, Time};

/// How much of a run is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Everything.
    Full,
    /// All but the life of each instance and the log: enough for every figure and plot, at a fraction of the cost.
    Outline,
}

/// Which of the two versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// The one that runs at the start.
    Old,
    /// The one that is deployed.
    New,
}

/// How a deployment ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The whole fleet runs the new version.
    Succeeded,
    /// It stopped, for the reason that the log's last entry tells.
    Failed,
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

/// What holds from one change of the fleet to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Since when.
    pub at: Time,
    /// Instances in service that run the old version.
    pub in_service_old: u32,
    /// Instances in service that run the new version.
    pub in_service_new: u32,
    /// Instances of the old version that exist; one updated in place counts as old until its install begins.
    pub existing_old: u32,
    /// Instances of the new version that exist.
    pub existing_new: u32,
    /// Instances in service that were launched, and not there at the start.
    pub in_service_launched: u32,
    /// Which route holds: an index into the timeline's routes.
    pub(crate) route: u32,
}

impl Moment {
    /// Instances in service.
    pub fn in_service(&self) -> u32 {
        self.in_service_old + self.in_service_new
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
    /// The traffic is split between the old and the new group.
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
    /// Its begin.
    pub from: Time,
    /// Its end, and the next one's begin.
    pub to: Time,
}

/// Something that happened, for the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// When.
    pub at: Time,
    /// In which phase: an index into [`Timeline::phases`].
    pub phase: u32,
    /// What.
    pub note: Note,
}

/// What a log entry says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// The deployment succeeded.
    Succeeded,
    /// Nothing was deployed: the minimum healthy instances leave no room to work.
    NoRoom {
        /// The minimum.
        minimum: u32,
        /// The healthy instances.
        healthy: u32,
    },
}

/// Instances that stopped serving: what was in flight on them may have been cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stop {
    /// When they took their last request.
    last_request: Time,
    /// How much longer they could finish requests.
    drained: Duration,
    /// How many instances.
    count: u32,
    /// What they ran.
    version: Version,
    /// Since when they were in service; the start for those that were there.
    since: Time,
}

/// The complete record of one deployment.
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline {
    desired: u32,
    capacity_rps: f64,
    demand: Traffic,
    in_flight: Duration,
    check_interval: Duration,
    outcome: Outcome,
    end: Time,
    moments: Vec<Moment>,
    routes: Vec<Route>,
    phases: Vec<PhaseSpan>,
    log: Vec<LogEntry>,
    stops: Vec<Stop>,
    lives: instances::Lives,
    longest_start: Duration,
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

    /// The longest that an instance took from its start of work until it was in service.
    pub fn longest_start(&self) -> Duration {
        self.longest_start
    }
}
