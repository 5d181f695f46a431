//! All words that a person reads, in one place: names, sentences, numbers with their units. A function gives one of them
//! in the language that is spoken; the texts are [messages](language), a set for each language.

pub mod chances;
pub mod change;
pub mod command;
pub mod controls;
pub mod faults;
pub mod files;
pub mod lanes;
pub mod language;
pub mod numbers;
pub mod odds;
pub mod pictures;
pub mod poke;
pub mod presets;
pub mod rooms;
pub mod scorecard;
pub mod stage;
pub mod story;
pub mod study;
pub mod sweep;
pub mod trap;
pub mod verdict;
pub mod why;
pub mod window;

use crate::scenario::StrategyKind;
use crate::timeline::{Cause, State};
use language::{setting, word};

/// The program's name.
pub const PROGRAM: &str = "deployscope";

/// A strategy's name.
pub fn strategy_name(kind: StrategyKind) -> &'static str {
    word(strategy_key(kind))
}

/// What a strategy does, in one sentence.
pub fn strategy_sentence(kind: StrategyKind) -> &'static str {
    setting(strategy_key(kind)).1
}

fn strategy_key(kind: StrategyKind) -> &'static str {
    match kind {
        StrategyKind::AllAtOnce => "names-all-at-once",
        StrategyKind::InPlace => "names-in-place",
        StrategyKind::Rolling => "names-rolling",
        StrategyKind::RollingWithAdditionalBatch => "names-rolling-with-additional-batch",
        StrategyKind::Immutable => "names-immutable",
        StrategyKind::TrafficSplitting => "names-traffic-splitting",
        StrategyKind::BlueGreen => "names-blue-green",
        StrategyKind::Canary => "names-canary",
        StrategyKind::Linear => "names-linear",
        StrategyKind::RollingUpdate => "names-rolling-update",
        StrategyKind::EcsRolling => "names-ecs-rolling",
        StrategyKind::InstanceRefresh => "names-instance-refresh",
        StrategyKind::Steps => "names-steps",
    }
}

/// What an instance is doing, in a word.
pub fn state_word(state: State) -> &'static str {
    match state {
        State::InService => word("names-state-in-service"),
        State::Draining => word("names-state-draining"),
        State::Launching => word("names-state-launching"),
        State::Installing => word("names-state-installing"),
        State::Starting => word("names-state-starting"),
        State::Checking => word("names-state-checking"),
        State::Terminating => word("names-state-terminating"),
        State::Gone => word("names-state-gone"),
        State::Dead => word("names-state-dead"),
        State::Failed => word("names-state-failed"),
    }
}

/// Why requests failed, in a few words.
pub fn cause_name(cause: Cause) -> &'static str {
    match cause {
        Cause::NoCapacity => word("names-cause-no-capacity"),
        Cause::Overload => word("names-cause-overload"),
        Cause::CutOff => word("names-cause-cut-off"),
        Cause::StaleDns => word("names-cause-stale-dns"),
        Cause::NewVersionError => word("names-cause-new-version-error"),
        Cause::DeadTarget => word("names-cause-dead-target"),
    }
}
