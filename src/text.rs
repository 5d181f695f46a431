//! All words that a person reads, in one place: names, sentences, numbers with their units. English; a second language
//! is a second set of these functions.

pub mod command;
pub mod controls;
pub mod faults;
pub mod language;
pub mod numbers;
pub mod odds;
pub mod pictures;
pub mod scorecard;
pub mod story;
pub mod verdict;
pub mod why;

use crate::scenario::StrategyKind;
use crate::timeline::{Cause, State};

/// The program's name.
pub const PROGRAM: &str = "deployscope";

/// A strategy's name.
pub fn strategy_name(kind: StrategyKind) -> &'static str {
    match kind {
        StrategyKind::AllAtOnce => "All at once",
        StrategyKind::InPlace => "In-place",
        StrategyKind::Rolling => "Rolling",
        StrategyKind::RollingWithAdditionalBatch => "Rolling, extra batch",
        StrategyKind::Immutable => "Immutable",
        StrategyKind::TrafficSplitting => "Traffic splitting",
        StrategyKind::BlueGreen => "Blue/Green",
        StrategyKind::Canary => "Canary",
        StrategyKind::Linear => "Linear",
        StrategyKind::RollingUpdate => "Kubernetes rolling",
        StrategyKind::EcsRolling => "ECS rolling update",
        StrategyKind::InstanceRefresh => "Instance refresh",
        StrategyKind::Steps => "Own steps",
    }
}

/// What a strategy does, in one sentence.
pub fn strategy_sentence(kind: StrategyKind) -> &'static str {
    match kind {
        StrategyKind::AllAtOnce => "Updates every instance at the same time: quickest, with an outage.",
        StrategyKind::InPlace => "Updates instances one after another and keeps the minimum healthy (CodeDeploy).",
        StrategyKind::Rolling => "Updates the instances batch by batch; capacity drops by one batch.",
        StrategyKind::RollingWithAdditionalBatch => "Launches one more batch first, so that capacity never drops.",
        StrategyKind::Immutable => "Launches a whole new set beside the old one, the first instance alone.",
        StrategyKind::TrafficSplitting => "Tries a new set with a share of the traffic before it gets all of it.",
        StrategyKind::BlueGreen => "Switches all clients to a second environment and keeps the old one for a while.",
        StrategyKind::Canary => "Gives the new version a small share of the traffic first, then all of it.",
        StrategyKind::Linear => "Gives the new version more of the traffic in equal steps.",
        StrategyKind::RollingUpdate => "Replaces pods as fast as surge and unavailable allow (a Kubernetes Deployment).",
        StrategyKind::EcsRolling => "Starts and stops tasks between a minimum and a maximum, and may go back by itself (Amazon ECS).",
        StrategyKind::InstanceRefresh => "Replaces instances batch by batch, with pauses at checkpoints (EC2 Auto Scaling).",
        StrategyKind::Steps => "A plan written by hand, step by step.",
    }
}

/// What an instance is doing, in a word.
pub fn state_word(state: State) -> &'static str {
    match state {
        State::InService => "in service",
        State::Draining => "draining",
        State::Launching => "launching",
        State::Installing => "installing",
        State::Starting => "starting",
        State::Checking => "checking",
        State::Terminating => "terminating",
        State::Gone => "gone",
        State::Dead => "not answering",
        State::Failed => "failed",
    }
}

/// Why requests failed, in a few words.
pub fn cause_name(cause: Cause) -> &'static str {
    match cause {
        Cause::NoCapacity => "no capacity in service",
        Cause::Overload => "beyond the capacity",
        Cause::CutOff => "cut off in flight",
        Cause::StaleDns => "sent to the ended environment",
        Cause::NewVersionError => "failed by the new version",
        Cause::DeadTarget => "sent to instances that do not answer",
    }
}
