//! The words on the stage and the plots.

use super::language::{say, word};
use super::numbers::{amount, clock, duration, instance, list, percent, rate};
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
    say!("pictures-refused", rate = rate(rps))
}

/// Under the load balancer while requests fail where they are sent to; the cause where there is one alone.
pub fn failing_there(rps: f64, only: Option<Cause>) -> String {
    let key = match only {
        Some(Cause::NewVersionError) => "pictures-failing-new-version",
        Some(Cause::DeadTarget) => "pictures-failing-dead",
        Some(Cause::StaleDns) => "pictures-failing-dns",
        Some(Cause::NoCapacity | Cause::Overload | Cause::CutOff) | None => "pictures-failing-there",
    };
    say!(key, rate = rate(rps))
}

/// In the stage's legend while the new version fails a share of its requests.
pub fn new_version_fails(share: f64) -> String {
    say!("pictures-new-version-fails", share = percent(share))
}

/// At a group's corner: what is wrong with its instances; none where nothing is.
pub fn group_trouble(failed: u32, dead: u32, counted: bool) -> Option<String> {
    trouble([(failed, "pictures-trouble-failed"), (dead, "pictures-trouble-dead")], counted)
}

/// The same where there is little room.
pub fn group_trouble_short(failed: u32, dead: u32, counted: bool) -> Option<String> {
    trouble([(failed, "pictures-trouble-failed-short"), (dead, "pictures-trouble-dead-short")], counted)
}

fn trouble(parts: [(u32, &'static str); 2], counted: bool) -> Option<String> {
    let counted = if counted { "exactly" } else { "about" };
    let parts = parts.into_iter().filter(|(n, _)| *n > 0);
    list(parts.map(|(n, key)| say!(key, n = n, counted = counted)))
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
    match (share.map(percent), asked.map(percent)) {
        (Some(share), Some(asked)) => say!("pictures-group-asked", share = share, asked = asked, n = in_service, of = of),
        (Some(share), None) => say!("pictures-group-share", share = share, n = in_service, of = of),
        (None, _) => say!("pictures-group", n = in_service, of = of),
    }
}

/// The same where there is little room.
pub fn group_side_short(share: Option<f64>, asked: Option<f64>, in_service: u32, of: u32) -> String {
    match (share.map(percent), asked.map(percent)) {
        (Some(share), Some(asked)) => say!("pictures-group-asked-short", share = share, asked = asked, n = in_service, of = of),
        (Some(share), None) => say!("pictures-group-share-short", share = share, n = in_service, of = of),
        (None, _) => say!("pictures-group-short", n = in_service, of = of),
    }
}

/// The names of the group that was there and of those launched, where the old version was launched again.
pub fn mixed_group_names() -> (&'static str, &'static str) {
    (word("pictures-mixed-group-names-there-at-the-start"), word("pictures-mixed-group-names-launched-since"))
}

/// The names of the group that was there and of the one that is launched.
pub fn group_names(kind: StrategyKind) -> (&'static str, &'static str) {
    match kind {
        StrategyKind::Immutable | StrategyKind::TrafficSplitting => (word("pictures-group-original"), word("pictures-group-temporary")),
        StrategyKind::BlueGreen => (word("pictures-group-blue"), word("pictures-group-green")),
        StrategyKind::RollingWithAdditionalBatch => (fleet(), word("pictures-group-additional")),
        StrategyKind::RollingUpdate => (word("pictures-group-old-pods"), word("pictures-group-new-pods")),
        StrategyKind::EcsRolling => (word("pictures-group-old-tasks"), word("pictures-group-new-tasks")),
        StrategyKind::InstanceRefresh => (word("pictures-group-old-instances"), word("pictures-group-new-instances")),
        StrategyKind::Canary
        | StrategyKind::Linear
        | StrategyKind::Steps
        | StrategyKind::AllAtOnce
        | StrategyKind::InPlace
        | StrategyKind::Rolling => (word("pictures-group-old"), word("pictures-group-new")),
    }
}

/// Under a picture whose cells stand for several instances each.
pub fn cell_stands_for(n: u32) -> String {
    say!("pictures-cell-stands-for", n = n)
}

/// The word at the foot of a tile whose instance never passes its checks.
pub fn unhealthy() -> &'static str {
    word("pictures-unhealthy")
}

/// The word at a tile's foot.
pub fn tile_word(presence: Presence) -> &'static str {
    match presence.state {
        State::InService if presence.is_new => word("pictures-tile-new"),
        State::InService => word("pictures-tile-old"),
        State::Draining => word("pictures-tile-draining"),
        State::Launching => word("pictures-tile-launching"),
        State::Installing => word("pictures-tile-installing"),
        State::Starting => word("pictures-tile-starting"),
        State::Checking => word("pictures-tile-checking"),
        State::Terminating => word("pictures-tile-terminating"),
        State::Gone => word("pictures-tile-gone"),
        State::Dead => dead_tile(),
        State::Failed => failed_tile(),
    }
}

/// The title of what is said of an instance.
pub fn instance_title(number: u32, is_new: bool) -> String {
    say!("pictures-instance-title", number = instance(number), version = if is_new { new_version() } else { old_version() })
}

/// What an instance is doing, and for how long still.
pub fn instance_state(presence: Presence, t: Time) -> String {
    let (state, since) = (state_word(presence.state), clock(presence.since));
    match presence.until {
        Some(until) => {
            let (done, whole) = (duration(t.since(presence.since)), duration(until.since(presence.since)));
            say!("pictures-instance-state-of", state = state, since = since, done = done, whole = whole)
        }
        None => say!("pictures-instance-state", state = state, since = since),
    }
}

/// What an instance's state means for requests, where that is not plain.
pub fn instance_consequence(presence: Presence, error_rate: f64) -> Option<String> {
    match presence.state {
        State::Dead => Some(word("pictures-dead-consequence").into()),
        State::Failed => Some(word("pictures-failed-consequence").into()),
        State::InService if presence.is_new && error_rate > 0.0 => Some(say!("pictures-errors-consequence", share = percent(error_rate))),
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
    say!("pictures-demand-label", demand = amount(rps))
}

/// Capacity and demand in words.
pub fn capacity_of_demand(capacity: f64, demand: f64) -> String {
    say!("pictures-capacity-of-demand", capacity = rate(capacity), demand = rate(demand))
}

/// Both versions' shares in words.
pub fn traffic_by_version(old: f64, new: f64) -> String {
    if old + new <= 0.0 {
        return word("pictures-nothing-served").into();
    }
    say!("pictures-traffic-by-version", old = percent(old), new = percent(new))
}

/// A cause of failure, in a legend.
pub fn cause_in_legend(cause: Cause) -> &'static str {
    match cause {
        Cause::NoCapacity => word("pictures-cause-no-capacity"),
        Cause::Overload => word("pictures-cause-overload"),
        Cause::CutOff => word("pictures-cause-cut-off"),
        Cause::StaleDns => word("pictures-cause-stale-dns"),
        Cause::NewVersionError => word("pictures-cause-new-version"),
        Cause::DeadTarget => word("pictures-cause-dead"),
    }
}

/// The same in as few letters as can be.
pub fn cause_in_short(cause: Cause) -> &'static str {
    match cause {
        Cause::NoCapacity => word("pictures-cause-no-capacity-short"),
        Cause::Overload => word("pictures-cause-overload-short"),
        Cause::CutOff => word("pictures-cause-cut-off-short"),
        Cause::StaleDns => word("pictures-cause-stale-dns-short"),
        Cause::NewVersionError => word("pictures-cause-new-version-short"),
        Cause::DeadTarget => word("pictures-cause-dead-short"),
    }
}

/// In the legend of failures: requests that fail at single moments and have no rate.
pub fn cut_off_in_legend(requests: f64) -> String {
    say!("pictures-cut-off-more", requests = amount(requests))
}

/// Failures of one cause in words.
pub fn failed_of(cause: Cause, rps: f64) -> String {
    say!("pictures-failed-of", rps = amount(rps), cause = cause_in_legend(cause))
}

/// Failures of several causes, one after another, in words.
pub fn failed_by_cause(parts: &[(Cause, f64)]) -> String {
    list(parts.iter().map(|&(cause, rps)| failed_of(cause, rps))).unwrap_or_default()
}

/// A moment marked on the plots.
pub fn marked_at(what: &str, t: Time) -> String {
    say!("pictures-marked-at", what = what, at = clock(t))
}

/// Failures in words.
pub fn failed_per_second(rps: f64) -> String {
    if rps <= 0.0 { word("pictures-none-failed").into() } else { say!("pictures-failed-per-second", rps = amount(rps)) }
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
