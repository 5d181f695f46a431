//! A plan: what a strategy makes of a scenario. Phases of few primitive steps that every strategy shares.

use crate::scenario::{Metric, OnFailure, Threshold};
use crate::units::{Duration, Share};

/// The whole deployment, phase by phase, and what is done when it fails.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// One after another. The same phases, the other way round, bring a version back where nothing shorter does.
    pub phases: Vec<Phase>,
    /// What follows a failure: what the scenario says, or what the platform is documented to do.
    pub on_failure: OnFailure,
    /// How long ended traffic may still be on its way when it goes back: a DNS record's time to live.
    pub back_over: Follow,
}

impl Plan {
    /// How many instances of a fleet of `fleet` the plan gives the new version.
    pub fn places(&self, fleet: u32) -> u32 {
        let mut places = 0_u32;
        let mut left = fleet;
        for step in self.phases.iter().flat_map(|phase| &phase.steps) {
            match *step {
                Step::Launch { instances } => places = places.saturating_add(instances),
                Step::Update { instances, .. } => {
                    places = places.saturating_add(instances.min(left));
                    left -= instances.min(left);
                }
                Step::UpdateWindow { .. } => places = places.saturating_add(left),
                // Goals are counted from the start.
                Step::Replace { goal, .. } => places = places.max(goal),
                Step::Shift { .. } | Step::Wait(_) | Step::Approve | Step::Check { .. } | Step::Adopt | Step::Terminate(_) => {}
            }
        }
        places
    }
}

/// How clients follow a shift of the traffic.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Follow {
    /// Evenly over this time; none is at once.
    pub over: Duration,
    /// This share of them follows more slowly,
    pub late: Share,
    /// evenly over this time.
    pub late_over: Duration,
}

impl Follow {
    /// All at once.
    pub const AT_ONCE: Follow = Follow { over: Duration::ZERO, late: Share::NONE, late_over: Duration::ZERO };
}

/// A stretch of the plan that a person would name: the ribbon shows one block for each.
#[derive(Clone, Debug, PartialEq)]
pub struct Phase {
    /// What it is called.
    pub label: PhaseLabel,
    /// What is done, one after another.
    pub steps: Vec<Step>,
}

/// What a phase is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhaseLabel {
    /// Every instance at the same time.
    WholeFleet,
    /// A sliding window over the existing instances.
    Window,
    /// One batch of existing instances.
    Batch {
        /// From 1.
        number: u32,
        /// How many batches there are.
        of: u32,
    },
    /// The batch of new instances that is launched first.
    AdditionalBatch,
    /// As many instances end as were added.
    ReturnToSize,
    /// The first new instance, alone.
    FirstInstance,
    /// The rest of the new set.
    RestOfSet,
    /// A full new set.
    NewSet,
    /// The new version's share of the traffic.
    Traffic {
        /// The share.
        to: Share,
    },
    /// The old environment is kept, ready to go back to.
    Bake,
    /// The old instances end.
    OldSetEnds,
    /// A rolling update's passes.
    RollingUpdate,
    /// An instance refresh, until so many of the fleet are replaced.
    Refresh {
        /// Instances that are replaced then.
        to: u32,
    },
    /// A pause at a checkpoint.
    Checkpoint {
        /// Instances that are replaced.
        at: u32,
    },
    /// All is done, and the alarm is watched for a while.
    Watch,
    /// The deployment has failed, and what is under way comes to its end.
    Stopped,
    /// The deployment has failed, and a person has to notice.
    Person,
    /// Traffic goes back to the old instances and the new ones end.
    GoBack,
    /// A step of a plan written by hand.
    Written {
        /// From 1.
        number: u32,
        /// How many steps there are.
        of: u32,
    },
}

/// A primitive. Each is done before the next begins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// Launch new instances with the new version; done when all are in service and settled.
    Launch {
        /// How many.
        instances: u32,
    },
    /// Update the next existing instances in place; done when all are in service and settled.
    Update {
        /// How many; fewer where fewer are left.
        instances: u32,
        /// Whether they drain first.
        drain: bool,
    },
    /// Update all existing instances in place, as many at a time as keeps the minimum healthy: the next one starts as
    /// soon as one is settled. Fails before it starts where the minimum leaves no room (CodeDeploy, instance health).
    UpdateWindow {
        /// The least healthy instances.
        minimum_healthy: u32,
    },
    /// Replace existing instances by new ones in passes between two bounds, decided again at every event as its
    /// controller does.
    Replace {
        /// How many new instances there will be; the fleet's other instances stay.
        goal: u32,
        /// The most instances at once.
        max_total: u32,
        /// The least available instances.
        min_available: u32,
        /// Who decides.
        controller: Controller,
    },
    /// Send a share of the traffic to the new group. The first one splits the service into an old and a new group;
    /// before it, all instances in service share the traffic evenly.
    Shift {
        /// The new group's share.
        to: Share,
        /// How clients follow; the plan does not wait for them.
        follow: Follow,
    },
    /// Wait.
    Wait(Duration),
    /// Wait until a person approves.
    Approve,
    /// Measure over a time, and again where it is bad; the plan fails at the `failures`th bad one of all its checks.
    Check {
        /// What is measured.
        metric: Metric,
        /// Above it (below it, for capacity) a measurement is bad.
        threshold: f64,
        /// The time of one measurement.
        over: Duration,
        /// Bad measurements until the plan fails.
        failures: u32,
    },
    /// The new instances move to the original group. Nothing changes for the traffic.
    Adopt,
    /// Drain instances and end them; done when they are gone.
    Terminate(Leaving),
}

/// Who decides about a rolling replacement, and what it does about an instance that does not get healthy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Controller {
    /// Kubernetes (`pkg/controller/deployment/rolling.go`): first launch up to the most, and only where nothing could be
    /// launched, drain old ones while the least stay available. Instances that drain for good do not count. One that
    /// does not get ready stays as it is; without progress for `progress_deadline` the rollout is marked.
    Kubernetes {
        /// Marked after so long without progress.
        progress_deadline: Duration,
    },
    /// Amazon ECS' scheduler: launch up to the most and stop old ones down to the least, in every pass. Tasks that drain
    /// do not count. A task that fails its checks is replaced; the circuit breaker counts them.
    Ecs {
        /// Failed tasks that make the deployment failed; none: no breaker.
        breaker: Option<Threshold>,
    },
    /// EC2 Auto Scaling: as the scheduler above, but an instance counts until it is gone. One that fails its checks is
    /// replaced, for an hour.
    AutoScaling,
}

/// Which instances leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaving {
    /// All that were there at the start.
    Old,
    /// All that were launched.
    New,
    /// So many of those launched.
    Launched(u32),
}
