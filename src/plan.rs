//! A plan: what a strategy makes of a scenario. Phases of few primitive steps that every strategy shares.

use crate::units::{Duration, Share};

/// The whole deployment, phase by phase.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// One after another.
    pub phases: Vec<Phase>,
}

/// A stretch of the plan that a person would name: the ribbon shows one block for each.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// A Kubernetes rolling update's passes.
    RollingUpdate,
    /// A step of a plan written by hand.
    Written {
        /// From 1.
        number: u32,
        /// How many steps there are.
        of: u32,
    },
}

/// A primitive. Each is done before the next begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// Replace all existing instances by new ones in passes, decided again at every event (Kubernetes'
    /// `pkg/controller/deployment/rolling.go`): first launch up to `max_total`, and only where nothing could be
    /// launched, drain old ones while at least `min_available` stay available.
    Replace {
        /// How many new instances there will be.
        desired: u32,
        /// The most instances at once; those that drain for good do not count.
        max_total: u32,
        /// The least available instances.
        min_available: u32,
    },
    /// Send a share of the traffic to the new group. The first one splits the service into an old and a new group;
    /// before it, all instances in service share the traffic evenly.
    Shift {
        /// The new group's share.
        to: Share,
        /// How long clients take to follow (a DNS record's time to live); the plan does not wait for them.
        over: Duration,
    },
    /// Wait.
    Wait(Duration),
    /// The new instances move to the original group. Nothing changes for the traffic.
    Adopt,
    /// Drain instances and end them; done when they are gone.
    Terminate(Leaving),
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
