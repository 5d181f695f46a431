//! The strategies as data: what each one can be told. What they do is in the module `strategy` above this one.

use super::{Metric, limits};
use crate::units::{Duration, Share};

/// A part of the fleet: a number of instances, or a share that each strategy rounds by its own documented rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// So many instances.
    Count(u32),
    /// A share of the fleet.
    Percent(Share),
}

impl Part {
    /// Instances of a fleet of `n`, fractions rounded up. May be more than `n`.
    pub fn of_rounded_up(self, n: u32) -> u32 {
        match self {
            Part::Count(count) => count,
            Part::Percent(share) => share.of_rounded_up(n),
        }
    }

    /// Instances to launch for a fleet of `n` of which `launched` are there: a share rounds up, but to no more than what
    /// is left; a count is what it says.
    pub fn to_launch(self, n: u32, launched: u32) -> u32 {
        match self {
            Part::Count(count) => count,
            Part::Percent(share) => share.of_rounded_up(n).min(n.saturating_sub(launched)),
        }
    }

    /// Instances of a fleet of `n`, fractions rounded down. May be more than `n`.
    pub fn of_rounded_down(self, n: u32) -> u32 {
        match self {
            Part::Count(count) => count,
            Part::Percent(share) => share.of_rounded_down(n),
        }
    }
}

/// How Blue/Green moves its clients.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Switch {
    /// The load balancer: all at once.
    LoadBalancer,
    /// A DNS record: clients follow as their cached answers expire, evenly over the time to live.
    Dns {
        /// The record's time to live.
        ttl: Duration,
        /// Clients that hold on to an answer for longer.
        late: Option<Late>,
    },
}

/// Clients that hold on to a DNS answer for longer than its time to live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Late {
    /// Their share of all clients.
    pub share: Share,
    /// They follow evenly over this time; at least the time to live.
    pub over: Duration,
}

/// When Amazon ECS' circuit breaker calls a deployment failed, and what it does then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CircuitBreaker {
    /// How many failed tasks it takes.
    pub threshold: Threshold,
    /// Whether the last completed deployment is deployed again.
    pub rollback: bool,
}

/// How many failed tasks make a deployment failed (Amazon ECS' `thresholdConfiguration`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Threshold {
    /// A share of the desired number, rounded up, at least 3 and at most 200. The service's default is 50 %.
    BoundedPercent(Share),
    /// A share of the desired number, rounded up, at least 1.
    UnboundedPercent(Share),
    /// So many.
    Count(u32),
}

impl Threshold {
    /// The service's default: half of the desired number, at least 3, at most 200.
    pub const DEFAULT: Threshold = Threshold::BoundedPercent(Share::from_percent(50));

    /// Failed tasks of a service of `desired` tasks that make its deployment failed.
    ///
    /// Source: Amazon ECS' developer guide, "Deployment circuit breaker"; 25 tasks at 50 % round up to 13.
    pub fn of(self, desired: u32) -> u32 {
        match self {
            Threshold::BoundedPercent(share) => share.of_rounded_up(desired).clamp(3, 200),
            Threshold::UnboundedPercent(share) => share.of_rounded_up(desired).max(1),
            Threshold::Count(count) => count.max(1),
        }
    }
}

/// How large the new set of a Canary or a Linear deployment is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NewSet {
    /// A full second set is launched first (as CodeDeploy does).
    #[default]
    Full,
    /// The new set grows with its share of the traffic, rounded up (as Argo Rollouts does with a traffic router).
    Proportional,
}

/// Which instances a hand-written step is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Those that the plan launched.
    New,
    /// Those that were there at the start.
    Old,
}

/// One step of a plan written by hand. Every step waits until it is done.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Launch new instances with the new version and wait until they are in service. Fractions round up, to no more than
    /// what the fleet still lacks.
    Launch {
        /// How many, of the desired fleet.
        instances: Part,
    },
    /// Update the next so many existing instances in place. Fractions round up; the last batch may be smaller.
    Update {
        /// How many, of the desired fleet.
        instances: Part,
    },
    /// Send this share of the traffic to the new group.
    Shift {
        /// The new group's share from now on.
        to: Share,
    },
    /// Wait.
    Wait(Duration),
    /// Wait until a person approves.
    Approve,
    /// Measure over a time, and again where it is bad; the plan fails at the `failures`th bad measurement of its checks.
    Check {
        /// What is measured.
        metric: Metric,
        /// Above it (below it, for capacity) a measurement is bad; 0 to 1.
        threshold: f64,
        /// The time of one measurement.
        over: Duration,
        /// Bad measurements until the plan fails, those of earlier checks included; at least 1.
        failures: u32,
    },
    /// Replace existing instances until so many of the fleet run the new version, within a surge (rounded up) and an
    /// unavailability (rounded down), as a rolling update does; all share the traffic. Fractions of `to` round up.
    Replace {
        /// How many of the desired fleet run the new version afterwards.
        to: Part,
        /// The most instances above the desired number.
        max_surge: Part,
        /// The most instances below the desired number.
        max_unavailable: Part,
    },
    /// Drain and end all instances of a group.
    Terminate {
        /// Which group.
        group: Group,
    },
}

/// How the new version is brought in, with what the strategy can be told.
#[derive(Clone, Debug, PartialEq)]
pub enum Strategy {
    /// All existing instances at once, without draining.
    AllAtOnce,
    /// A sliding window of existing instances that keeps the minimum in service (CodeDeploy). Fractions round up.
    InPlace {
        /// The least instances that stay healthy.
        minimum_healthy: Part,
    },
    /// Existing instances, batch by batch. Fractions round up.
    Rolling {
        /// Instances in a batch.
        batch: Part,
    },
    /// A batch of new instances first, then the existing ones batch by batch, then as many end as were added.
    RollingWithAdditionalBatch {
        /// Instances in a batch.
        batch: Part,
    },
    /// A full new set beside the old one: one instance first, then the rest; then the old set ends.
    Immutable,
    /// A full new set gets a share of the traffic for the evaluation time, then all of it.
    TrafficSplitting {
        /// The new version's share during the evaluation.
        new_version: Share,
        /// How long the evaluation takes.
        evaluation_time: Duration,
    },
    /// A whole second environment; all clients switch; the old one is kept for the bake time.
    BlueGreen {
        /// How the clients are switched.
        switch: Switch,
        /// How long the old environment is kept after the switch.
        bake: Duration,
    },
    /// A new set gets a first share of the traffic, and all of it one interval later.
    Canary {
        /// The first share.
        percent: Share,
        /// From the first share to all of it.
        interval: Duration,
        /// How large the new set is.
        capacity: NewSet,
    },
    /// A new set gets equal shares of the traffic at equal intervals.
    Linear {
        /// Each step's share; the last one is what is left.
        percent: Share,
        /// From one step to the next.
        interval: Duration,
        /// How large the new set is.
        capacity: NewSet,
    },
    /// A Kubernetes Deployment's rolling update: surge rounds up, unavailable rounds down.
    RollingUpdate {
        /// The most instances above the desired number.
        max_surge: Part,
        /// The most instances below the desired number.
        max_unavailable: Part,
        /// After so long without progress the rollout is marked as stuck.
        progress_deadline: Duration,
    },
    /// Amazon ECS' rolling update of a service.
    EcsRolling {
        /// The least running tasks, of the desired number; fractions round up.
        minimum_healthy: Share,
        /// The most tasks, of the desired number, 100 % or more; fractions round down.
        maximum: Share,
        /// The deployment circuit breaker; none: a failed task is started again for ever.
        circuit_breaker: Option<CircuitBreaker>,
    },
    /// EC2 Auto Scaling's instance refresh. Its warm-up is `timings.settle`.
    InstanceRefresh {
        /// The least healthy instances, of the desired number; fractions round up.
        minimum_healthy: Share,
        /// The most instances, of the desired number, 100 % to 200 %; fractions round down.
        maximum_healthy: Share,
        /// Where it pauses: shares of the fleet that are replaced, rising. Ends at the last one; none is 100 %.
        checkpoints: Vec<Share>,
        /// How long it pauses at a checkpoint.
        checkpoint_delay: Duration,
        /// How long it waits when all are replaced.
        bake: Duration,
        /// Whether a failure replaces what was replaced by the old version again.
        auto_rollback: bool,
    },
    /// A plan written by hand.
    Steps(Vec<Step>),
}

/// The strategies without what they are told: for lists, names and defaults.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each is the Strategy of the same name")]
pub enum StrategyKind {
    AllAtOnce,
    InPlace,
    Rolling,
    RollingWithAdditionalBatch,
    Immutable,
    TrafficSplitting,
    BlueGreen,
    Canary,
    Linear,
    RollingUpdate,
    EcsRolling,
    InstanceRefresh,
    Steps,
}

impl StrategyKind {
    /// All of them, in the order they are listed everywhere.
    pub const ALL: [StrategyKind; 13] = [
        StrategyKind::AllAtOnce,
        StrategyKind::InPlace,
        StrategyKind::Rolling,
        StrategyKind::RollingWithAdditionalBatch,
        StrategyKind::Immutable,
        StrategyKind::TrafficSplitting,
        StrategyKind::BlueGreen,
        StrategyKind::Canary,
        StrategyKind::Linear,
        StrategyKind::RollingUpdate,
        StrategyKind::EcsRolling,
        StrategyKind::InstanceRefresh,
        StrategyKind::Steps,
    ];

    /// Its name in RON and JSON.
    pub fn ron_name(self) -> &'static str {
        match self {
            StrategyKind::AllAtOnce => "AllAtOnce",
            StrategyKind::InPlace => "InPlace",
            StrategyKind::Rolling => "Rolling",
            StrategyKind::RollingWithAdditionalBatch => "RollingWithAdditionalBatch",
            StrategyKind::Immutable => "Immutable",
            StrategyKind::TrafficSplitting => "TrafficSplitting",
            StrategyKind::BlueGreen => "BlueGreen",
            StrategyKind::Canary => "Canary",
            StrategyKind::Linear => "Linear",
            StrategyKind::RollingUpdate => "RollingUpdate",
            StrategyKind::EcsRolling => "EcsRolling",
            StrategyKind::InstanceRefresh => "InstanceRefresh",
            StrategyKind::Steps => "Steps",
        }
    }

    /// The strategy with what its platform does unless told otherwise. Sources: Elastic Beanstalk's option reference
    /// (10 % for 5 minutes), CodeDeploy's predefined `Canary10Percent5Minutes` and `Linear10PercentEvery1Minute`,
    /// Kubernetes' Deployment (25 %, 25 %, 600 s), Amazon ECS (100 %, 200 %; its circuit breaker is off unless asked for,
    /// and offered here), Auto Scaling's `RefreshPreferences` (90 %, 100 %, 1 h). Elastic Beanstalk's batch default of 100 % and CodeDeploy's
    /// one-at-a-time teach little, so Rolling starts at 30 % and in-place at 75 %.
    pub fn with_defaults(self) -> Strategy {
        match self {
            StrategyKind::AllAtOnce => Strategy::AllAtOnce,
            StrategyKind::InPlace => Strategy::InPlace { minimum_healthy: Part::Percent(Share::from_percent(75)) },
            StrategyKind::Rolling => Strategy::Rolling { batch: Part::Percent(Share::from_percent(30)) },
            StrategyKind::RollingWithAdditionalBatch => {
                Strategy::RollingWithAdditionalBatch { batch: Part::Percent(Share::from_percent(30)) }
            }
            StrategyKind::Immutable => Strategy::Immutable,
            StrategyKind::TrafficSplitting => {
                Strategy::TrafficSplitting { new_version: Share::from_percent(10), evaluation_time: Duration::from_mins(5) }
            }
            StrategyKind::BlueGreen => Strategy::BlueGreen { switch: Switch::LoadBalancer, bake: Duration::from_mins(5) },
            StrategyKind::Canary => {
                Strategy::Canary { percent: Share::from_percent(10), interval: Duration::from_mins(5), capacity: NewSet::Full }
            }
            StrategyKind::Linear => {
                Strategy::Linear { percent: Share::from_percent(10), interval: Duration::from_mins(1), capacity: NewSet::Full }
            }
            StrategyKind::RollingUpdate => Strategy::RollingUpdate {
                max_surge: Part::Percent(Share::from_percent(25)),
                max_unavailable: Part::Percent(Share::from_percent(25)),
                progress_deadline: Duration::from_mins(10),
            },
            StrategyKind::EcsRolling => Strategy::EcsRolling {
                minimum_healthy: Share::WHOLE,
                maximum: Share::from_percent(200),
                circuit_breaker: Some(CircuitBreaker { threshold: Threshold::DEFAULT, rollback: true }),
            },
            StrategyKind::InstanceRefresh => Strategy::InstanceRefresh {
                minimum_healthy: Share::from_percent(90),
                maximum_healthy: Share::WHOLE,
                checkpoints: Vec::new(),
                checkpoint_delay: limits::DEFAULT_CHECKPOINT_DELAY,
                bake: Duration::ZERO,
                auto_rollback: false,
            },
            StrategyKind::Steps => Strategy::Steps(vec![
                Step::Launch { instances: Part::Percent(Share::WHOLE) },
                Step::Shift { to: Share::from_percent(5) },
                Step::Wait(Duration::from_mins(2)),
                Step::Shift { to: Share::from_percent(50) },
                Step::Wait(Duration::from_mins(2)),
                Step::Shift { to: Share::WHOLE },
                Step::Terminate { group: Group::Old },
            ]),
        }
    }
}

impl Strategy {
    /// Which strategy this is.
    pub fn kind(&self) -> StrategyKind {
        match self {
            Strategy::AllAtOnce => StrategyKind::AllAtOnce,
            Strategy::InPlace { .. } => StrategyKind::InPlace,
            Strategy::Rolling { .. } => StrategyKind::Rolling,
            Strategy::RollingWithAdditionalBatch { .. } => StrategyKind::RollingWithAdditionalBatch,
            Strategy::Immutable => StrategyKind::Immutable,
            Strategy::TrafficSplitting { .. } => StrategyKind::TrafficSplitting,
            Strategy::BlueGreen { .. } => StrategyKind::BlueGreen,
            Strategy::Canary { .. } => StrategyKind::Canary,
            Strategy::Linear { .. } => StrategyKind::Linear,
            Strategy::RollingUpdate { .. } => StrategyKind::RollingUpdate,
            Strategy::EcsRolling { .. } => StrategyKind::EcsRolling,
            Strategy::InstanceRefresh { .. } => StrategyKind::InstanceRefresh,
            Strategy::Steps(_) => StrategyKind::Steps,
        }
    }
}
