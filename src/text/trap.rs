//! What is said of settings that hold a trap, and of the change that avoids it.

use super::language::{say, word};
use super::numbers::{amount, duration, percent};
use super::{strategy_name, verdict::verdict};
use crate::explain::{Remedy, Trap};
use crate::scenario::Part;

/// One sentence with the figures.
pub fn trap(trap: &Trap) -> String {
    match *trap {
        Trap::Verdict(told) => verdict(&told),
        Trap::FleetTooSmall { serves_rps, asked_rps, needed: _ } => {
            say!("trap-fleet-too-small", serves = amount(serves_rps), asked = amount(asked_rps))
        }
        Trap::OneInstance { downtime } => say!("trap-one-instance", downtime = duration(downtime)),
        Trap::TooFewLeft { out, of, left_rps, asked_rps } => {
            say!("trap-too-few-left", out = out, of = of, left = amount(left_rps), asked = amount(asked_rps))
        }
        Trap::DrainTooShort { drain, needed, lost } => {
            say!("trap-drain-too-short", drain = duration(drain), needed = duration(needed), lost = amount(lost))
        }
    }
}

/// The change, on a button.
pub fn remedy(remedy: &Remedy) -> String {
    match *remedy {
        Remedy::Instances(n) => say!("trap-use-instances", n = n),
        Remedy::Batch(part) => say!("trap-use-batch", part = self::part(part)),
        Remedy::Minimum(part) => say!("trap-use-minimum", part = self::part(part)),
        Remedy::Unavailable(part) => say!("trap-use-unavailable", part = self::part(part)),
        Remedy::Strategy(kind) => say!("trap-use-strategy", strategy = strategy_name(kind)),
        Remedy::Drain(time) => say!("trap-use-drain", time = duration(time)),
        Remedy::StepTime(time) => say!("trap-use-step-time", time = duration(time)),
        Remedy::Quota(n) => say!("trap-use-quota", n = n),
        Remedy::WatchNewVersion => word("trap-use-new-version").to_owned(),
    }
}

/// Puts a hint away.
pub fn hide() -> &'static str {
    word("trap-hide")
}

fn part(part: Part) -> String {
    match part {
        Part::Count(count) => amount(f64::from(count)),
        Part::Percent(share) => percent(share.as_fraction()),
    }
}
