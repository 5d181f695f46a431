//! The words on the stage and the plots.

use super::language::word;
use super::numbers::{amount, clock, duration, instance, percent, whole};
use super::state_word;
use crate::scenario::StrategyKind;
use crate::timeline::{Cause, Presence, State};
use crate::units::Time;

/// The stage, for those who cannot see it.
pub fn stage() -> &'static str {
    word("pictures-stage")
}
/// The old version, in a legend.
pub fn old_version() -> &'static str {
    word("pictures-old-version")
}
/// The new version, in a legend.
pub fn new_version() -> &'static str {
    word("pictures-new-version")
}
/// Failure, in a legend.
pub fn refused_or_failed() -> &'static str {
    word("pictures-refused-or-failed")
}
/// Under the load balancer.
pub fn load_balancer() -> &'static str {
    word("pictures-load-balancer")
}
/// A group that is all there is.
pub fn fleet() -> &'static str {
    word("pictures-fleet")
}
/// On the stage while nothing is in service.
pub fn downtime() -> &'static str {
    word("pictures-downtime")
}

/// A plot's title.
pub fn plot_capacity() -> &'static str {
    word("pictures-plot-capacity")
}
/// A plot's title.
pub fn plot_traffic() -> &'static str {
    word("pictures-plot-traffic")
}
/// A plot's title.
pub fn plot_failed() -> &'static str {
    word("pictures-plot-failed")
}
/// In the plot of failures, where there are none.
pub fn nothing_fails() -> &'static str {
    word("pictures-nothing-fails")
}
/// Where an alarm went off, on the plots.
pub fn alarm_here() -> &'static str {
    word("pictures-alarm-here")
}
/// Where it was known that the deployment has failed, on the plots.
pub fn failed_here() -> &'static str {
    word("pictures-failed-here")
}
/// Where the way back began, on the plots.
pub fn went_back_here() -> &'static str {
    word("pictures-went-back-here")
}
/// What of the demand is beyond the capacity, in a legend.
pub fn shortfall() -> &'static str {
    word("pictures-shortfall")
}
/// The demand, in a legend.
pub fn demand() -> &'static str {
    word("pictures-demand")
}

/// Over the load balancer while it refuses requests.
pub fn refused(rps: f64) -> String {
    format!("{} req/s refused", amount(rps))
}

/// Under the load balancer while requests fail where they are sent to; the cause where there is one alone.
pub fn failing_there(rps: f64, only: Option<Cause>) -> String {
    let what = match only {
        Some(Cause::NewVersionError) => "failed by the new version",
        Some(Cause::DeadTarget) => "sent to dead instances",
        Some(Cause::StaleDns) => "sent to the ended environment",
        Some(Cause::NoCapacity | Cause::Overload | Cause::CutOff) | None => "fail where they are sent",
    };
    format!("{} req/s {what}", amount(rps))
}

/// In the stage's legend while the new version fails a share of its requests.
pub fn new_version_fails(share: f64) -> String {
    format!("new version, fails {}", percent(share))
}

/// At a group's corner: what is wrong with its instances; none where nothing is.
pub fn group_trouble(failed: u32, dead: u32, counted: bool) -> Option<String> {
    trouble([(failed, state_word(State::Failed)), (dead, state_word(State::Dead))], counted)
}

/// The same where there is little room.
pub fn group_trouble_short(failed: u32, dead: u32, counted: bool) -> Option<String> {
    trouble([(failed, failed_tile()), (dead, dead_tile())], counted)
}

fn trouble(parts: [(u32, &str); 2], counted: bool) -> Option<String> {
    let about = if counted { "" } else { "about " };
    let parts = parts.into_iter().filter(|(n, _)| *n > 0);
    let parts: Vec<String> = parts.map(|(n, what)| format!("{about}{} {what}", whole(u64::from(n)))).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn failed_tile() -> &'static str {
    word("pictures-failed-tile")
}
fn dead_tile() -> &'static str {
    word("pictures-dead-tile")
}

/// At a group's corner: its share of the traffic where that is known, the one that was asked for where that is another
/// thing, and how many are in service.
pub fn group_side(share: Option<f64>, asked: Option<f64>, in_service: u32, of: u32) -> String {
    let in_service = format!("{} of {} in service", whole(u64::from(in_service)), whole(u64::from(of)));
    match share {
        Some(share) => format!("{} of the traffic{} · {in_service}", percent(share), asked_for(asked)),
        None => in_service,
    }
}

/// The same where there is little room.
pub fn group_side_short(share: Option<f64>, asked: Option<f64>, in_service: u32, of: u32) -> String {
    let in_service = format!("{}/{}", whole(u64::from(in_service)), whole(u64::from(of)));
    match share {
        Some(share) => format!("{}{} · {in_service}", percent(share), asked_for(asked)),
        None => in_service,
    }
}

/// The names of the group that was there and of those launched, where the old version was launched again.
pub fn mixed_group_names() -> (&'static str, &'static str) {
    (word("pictures-mixed-group-names-there-at-the-start"), word("pictures-mixed-group-names-launched-since"))
}

fn asked_for(share: Option<f64>) -> String {
    share.map(|share| format!(", asked {}", percent(share))).unwrap_or_default()
}

/// The names of the group that was there and of the one that is launched.
pub fn group_names(kind: StrategyKind) -> (&'static str, &'static str) {
    match kind {
        StrategyKind::Immutable | StrategyKind::TrafficSplitting => ("original group", "temporary group"),
        StrategyKind::BlueGreen => ("blue", "green"),
        StrategyKind::RollingWithAdditionalBatch => ("fleet", "additional batch"),
        StrategyKind::RollingUpdate => ("old pods", "new pods"),
        StrategyKind::EcsRolling => ("old tasks", "new tasks"),
        StrategyKind::InstanceRefresh => ("old instances", "new instances"),
        StrategyKind::Canary
        | StrategyKind::Linear
        | StrategyKind::Steps
        | StrategyKind::AllAtOnce
        | StrategyKind::InPlace
        | StrategyKind::Rolling => ("old group", "new group"),
    }
}

/// Under a picture whose cells stand for several instances each.
pub fn cell_stands_for(n: u32) -> String {
    format!("1 cell = {} instances", whole(u64::from(n)))
}

/// The word at the foot of a tile whose instance never passes its checks.
pub fn unhealthy() -> &'static str {
    word("pictures-unhealthy")
}

/// The word at a tile's foot.
pub fn tile_word(presence: Presence) -> &'static str {
    match presence.state {
        State::InService if presence.is_new => "v2",
        State::InService => "v1",
        State::Draining => "drain",
        State::Launching => "launch",
        State::Installing => "install",
        State::Starting => "start",
        State::Checking => "check",
        State::Terminating => "end",
        State::Gone => "gone",
        State::Dead => dead_tile(),
        State::Failed => failed_tile(),
    }
}

/// The title of what is said of an instance.
pub fn instance_title(number: u32, is_new: bool) -> String {
    format!("{}, {}", instance(number), if is_new { new_version() } else { old_version() })
}

/// What an instance is doing, and for how long still.
pub fn instance_state(presence: Presence, t: Time) -> String {
    match presence.until {
        Some(until) => format!(
            "{} since {}, {} of {}",
            state_word(presence.state),
            clock(presence.since),
            duration(t.since(presence.since)),
            duration(until.since(presence.since))
        ),
        None => format!("{} since {}", state_word(presence.state), clock(presence.since)),
    }
}

/// What an instance's state means for requests, where that is not plain.
pub fn instance_consequence(presence: Presence, error_rate: f64) -> Option<String> {
    match presence.state {
        State::Dead => Some("It still gets requests, and fails them, until the load balancer notices.".into()),
        State::Failed => Some("It is out of service and gets no requests.".into()),
        State::InService if presence.is_new && error_rate > 0.0 => Some(format!("It fails {} of its requests.", percent(error_rate))),
        State::InService
        | State::Draining
        | State::Launching
        | State::Installing
        | State::Starting
        | State::Checking
        | State::Terminating
        | State::Gone => None,
    }
}

/// An instance that is checked in vain.
pub fn never_passes() -> &'static str {
    word("pictures-never-passes")
}

/// At the end of the demand's line.
pub fn demand_label(rps: f64) -> String {
    format!("demand {}", amount(rps))
}

/// Capacity and demand in words.
pub fn capacity_of_demand(capacity: f64, demand: f64) -> String {
    format!("capacity {} req/s, demand {} req/s", amount(capacity), amount(demand))
}

/// Both versions' shares in words.
pub fn traffic_by_version(old: f64, new: f64) -> String {
    if old + new <= 0.0 {
        return "nothing is served".into();
    }
    format!("old version {}, new version {}", percent(old), percent(new))
}

/// A cause of failure, in a legend.
pub fn cause_in_legend(cause: Cause) -> &'static str {
    match cause {
        Cause::NoCapacity => "nothing in service",
        Cause::Overload => "over capacity",
        Cause::CutOff => "cut off",
        Cause::StaleDns => "to ended environment",
        Cause::NewVersionError => "by the new version",
        Cause::DeadTarget => "to dead instances",
    }
}

/// The same in as few letters as can be.
pub fn cause_in_short(cause: Cause) -> &'static str {
    match cause {
        Cause::NoCapacity => "down",
        Cause::Overload => "overload",
        Cause::CutOff => "cut off",
        Cause::StaleDns => "DNS",
        Cause::NewVersionError => "version",
        Cause::DeadTarget => "dead",
    }
}

/// In the legend of failures: requests that fail at single moments and have no rate.
pub fn cut_off_in_legend(requests: f64) -> String {
    format!("+ {} cut off", amount(requests))
}

/// Failures of one cause in words.
pub fn failed_of(cause: Cause, rps: f64) -> String {
    format!("{} {}", amount(rps), cause_in_legend(cause))
}

/// Failures of several causes, one after another, in words.
pub fn failed_by_cause(parts: &[(Cause, f64)]) -> String {
    let parts: Vec<String> = parts.iter().map(|&(cause, rps)| failed_of(cause, rps)).collect();
    parts.join(", ")
}

/// A moment marked on the plots.
pub fn marked_at(what: &str, t: Time) -> String {
    format!("{what} at {}", clock(t))
}

/// Failures in words.
pub fn failed_per_second(rps: f64) -> String {
    if rps <= 0.0 { "no failed requests".into() } else { format!("{} failed req/s", amount(rps)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_says_what_is_wrong_with_it() {
        assert_eq!(group_trouble(0, 0, true), None);
        assert_eq!(group_trouble(2, 1, true).as_deref(), Some("2 failed, 1 not answering"));
        assert_eq!(group_trouble_short(0, 1_200, false).as_deref(), Some("about 1,200 dead"));
    }

    #[test]
    fn what_was_asked_for_stands_beside_what_users_get() {
        assert_eq!(group_side(Some(0.3), Some(0.25), 3, 10), "30 % of the traffic, asked 25 % · 3 of 10 in service");
        assert_eq!(group_side_short(Some(0.3), None, 3, 10), "30 % · 3/10");
        assert_eq!(group_side(None, None, 7, 10), "7 of 10 in service");
    }

    #[test]
    fn failures_are_told_by_their_causes() {
        assert_eq!(
            failed_by_cause(&[(Cause::Overload, 100.0), (Cause::NewVersionError, 60.0)]),
            "100 over capacity, 60 by the new version"
        );
        assert_eq!(failing_there(60.0, Some(Cause::NewVersionError)), "60 req/s failed by the new version");
        assert_eq!(failing_there(60.0, None), "60 req/s fail where they are sent");
    }
}
