//! The story of a deployment in sentences: phases, log lines, what is going on.

use super::numbers::{amount, duration, instance, percent, whole};
use crate::explain::{self, Doing, Ended, Situation};
use crate::plan::PhaseLabel;
use crate::scenario::Metric;
use crate::timeline::{Death, Instances, LogEntry, Note, Outcome, State, Timeline, Version, Way, Why};
use crate::units::Share;

/// The version that a deployment brings, by the way it goes.
fn brought(way: Way) -> Version {
    match way {
        Way::Forward => Version::New,
        Way::Back => Version::Old,
    }
}

/// A version in words.
pub(super) fn version_name(version: Version) -> &'static str {
    match version {
        Version::Old => "the old version",
        Version::New => "the new version",
    }
}

/// A phase's name at the begin of a sentence: `Batch 2 of 4`, `Redeploying the old version: batch 2 of 4`.
pub fn phase_name(label: PhaseLabel, way: Way) -> String {
    let n = |n: u32| whole(u64::from(n));
    let version = version_name(brought(way));
    let name = match label {
        PhaseLabel::WholeFleet => "The whole fleet at once".into(),
        PhaseLabel::Window => "In place".into(),
        PhaseLabel::Batch { number, of } => format!("Batch {} of {}", n(number), n(of)),
        PhaseLabel::AdditionalBatch => "Additional batch".into(),
        PhaseLabel::ReturnToSize => "Back to the fleet's size".into(),
        PhaseLabel::FirstInstance => "The first new instance".into(),
        PhaseLabel::RestOfSet => "The rest of the new set".into(),
        PhaseLabel::NewSet => "The new set".into(),
        PhaseLabel::Traffic { to } => format!("{} to {version}", share(to)),
        PhaseLabel::Bake => "All traffic on the new environment".into(),
        PhaseLabel::OldSetEnds => format!("All traffic on {version}"),
        PhaseLabel::RollingUpdate => "Rolling update".into(),
        PhaseLabel::Refresh { to } => format!("Refresh up to {}", instances(to)),
        PhaseLabel::Checkpoint { at } => format!("Checkpoint at {}", instances(at)),
        PhaseLabel::Written { number, of } => format!("Step {} of {}", n(number), n(of)),
        // What follows a failure has no direction of its own.
        PhaseLabel::Watch => return "All is done and is watched".into(),
        PhaseLabel::Stopped => return "Stopped".into(),
        PhaseLabel::Person => return "Until a person acts".into(),
        PhaseLabel::GoBack => return "Going back".into(),
    };
    match way {
        Way::Forward => name,
        Way::Back => format!("Redeploying the old version: {}", lower_first(&name)),
    }
}

/// A phase's name on the ribbon: as short as can be.
pub fn phase_short(label: PhaseLabel) -> String {
    match label {
        PhaseLabel::WholeFleet => "whole fleet".into(),
        PhaseLabel::Window => "one after another".into(),
        PhaseLabel::Batch { number, .. } => format!("batch {}", whole(u64::from(number))),
        PhaseLabel::AdditionalBatch => "additional batch".into(),
        PhaseLabel::ReturnToSize => "back to size".into(),
        PhaseLabel::FirstInstance => "first instance".into(),
        PhaseLabel::RestOfSet => "rest of the set".into(),
        PhaseLabel::NewSet => "new set".into(),
        PhaseLabel::Traffic { to } => share(to),
        PhaseLabel::Bake => "bake".into(),
        PhaseLabel::OldSetEnds => "old set ends".into(),
        PhaseLabel::RollingUpdate => "rolling update".into(),
        PhaseLabel::Refresh { to } => format!("refresh to {}", whole(u64::from(to))),
        PhaseLabel::Checkpoint { at } => format!("checkpoint {}", whole(u64::from(at))),
        PhaseLabel::Watch => "watch".into(),
        PhaseLabel::Stopped => "stopped".into(),
        PhaseLabel::Person => "until a person acts".into(),
        PhaseLabel::GoBack => "going back".into(),
        PhaseLabel::Written { number, .. } => format!("step {}", whole(u64::from(number))),
    }
}

/// A phase in the middle of a sentence: `batch 2`, `the way back`.
pub(super) fn phase_inside(label: PhaseLabel, way: Way) -> String {
    match (label, way) {
        (PhaseLabel::Batch { number, .. }, Way::Forward) => format!("batch {}", whole(u64::from(number))),
        (PhaseLabel::Batch { number, .. }, Way::Back) => format!("batch {} of the way back", whole(u64::from(number))),
        (PhaseLabel::GoBack, _) | (_, Way::Back) => "the way back".into(),
        (PhaseLabel::Window, _) => "the update in place".into(),
        (PhaseLabel::AdditionalBatch | PhaseLabel::RollingUpdate, _) => format!("the {}", lower_first(&phase_name(label, way))),
        (PhaseLabel::Traffic { .. }, _) => format!("the step “{}”", phase_name(label, way)),
        (PhaseLabel::Refresh { to }, _) => format!("the refresh up to {}", instances(to)),
        (PhaseLabel::Checkpoint { at }, _) => format!("the checkpoint at {}", instances(at)),
        (PhaseLabel::ReturnToSize, _) => "the return to the fleet's size".into(),
        (PhaseLabel::Bake, _) => "the bake".into(),
        (PhaseLabel::OldSetEnds, _) => "the end of the old set".into(),
        (PhaseLabel::Watch, _) => "the watch at the end".into(),
        (PhaseLabel::Stopped, _) => "the stop".into(),
        (PhaseLabel::Person, _) => "the time until a person acts".into(),
        (
            PhaseLabel::WholeFleet | PhaseLabel::FirstInstance | PhaseLabel::RestOfSet | PhaseLabel::NewSet | PhaseLabel::Written { .. },
            _,
        ) => lower_first(&phase_name(label, way)),
    }
}

/// A sentence's begin inside another sentence.
pub(super) fn lower_first(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map(|first| first.to_lowercase().chain(rest).collect()).unwrap_or_default()
}

fn share(share: Share) -> String {
    percent(share.as_fraction())
}

/// So many instances: `1 instance`, `12 instances`.
pub(super) fn instances(n: u32) -> String {
    if n == 1 { "1 instance".into() } else { format!("{} instances", whole(u64::from(n))) }
}

/// A metric's name at the begin of a sentence.
pub fn metric_name(metric: Metric) -> &'static str {
    match metric {
        Metric::ErrorRate => "Error rate",
        Metric::NewVersionErrorRate => "New version's error rate",
        Metric::CapacityFraction => "Capacity",
    }
}

/// Which side of its threshold a metric is on: `above 5 %`, `not above 5 %`.
pub(super) fn beside(metric: Metric, value: f64, threshold: f64) -> String {
    let side = match metric {
        Metric::ErrorRate | Metric::NewVersionErrorRate if value > threshold => "above",
        Metric::ErrorRate | Metric::NewVersionErrorRate => "not above",
        Metric::CapacityFraction if value < threshold => "below",
        Metric::CapacityFraction => "not below",
    };
    format!("{side} {}", percent(threshold))
}

/// A log entry as a line: what happened, and of what.
pub fn log_line(timeline: &Timeline, entry: &LogEntry) -> String {
    let span = timeline.phases().get(entry.phase as usize);
    let version = brought(span.map_or(Way::Forward, |span| span.way));
    let subject = |instances: Instances| match span.map(|span| span.label) {
        // A batch is its instances: its number says more than theirs.
        Some(PhaseLabel::Batch { number, .. }) => format!("Batch {}", whole(u64::from(number))),
        Some(PhaseLabel::AdditionalBatch) => "Additional batch".into(),
        Some(PhaseLabel::WholeFleet) => "All instances".into(),
        Some(
            PhaseLabel::Window
            | PhaseLabel::ReturnToSize
            | PhaseLabel::FirstInstance
            | PhaseLabel::RestOfSet
            | PhaseLabel::NewSet
            | PhaseLabel::Traffic { .. }
            | PhaseLabel::Bake
            | PhaseLabel::OldSetEnds
            | PhaseLabel::RollingUpdate
            | PhaseLabel::Refresh { .. }
            | PhaseLabel::Checkpoint { .. }
            | PhaseLabel::Watch
            | PhaseLabel::Stopped
            | PhaseLabel::Person
            | PhaseLabel::GoBack
            | PhaseLabel::Written { .. },
        )
        | None => named(instances),
    };
    match entry.note {
        Note::Launching(instances) => format!("{} launching", subject(instances)),
        Note::Draining(instances) => format!("{} draining", subject(instances)),
        Note::Interrupted(instances) => format!("{} interrupted", subject(instances)),
        Note::Installing(instances) => match version {
            Version::New => format!("{} installing", subject(instances)),
            Version::Old => format!("{} installing the old version", subject(instances)),
        },
        Note::Starting(instances) => format!("{} starting", subject(instances)),
        Note::Checking(instances) => format!("{} checking", subject(instances)),
        Note::InService(instances) => format!("{} in service", in_service_subject(timeline, entry, instances, subject)),
        Note::Shifted(to) if to == Share::NONE => "All traffic back to the old version".into(),
        Note::Shifted(to) => format!("{} to the new version", share(to)),
        Note::Moving { to, over } if to == Share::NONE => format!("Clients go back over {}", duration(over)),
        Note::Moving { over, .. } => format!("Clients follow over {}", duration(over)),
        Note::Waiting(time) => format!("Waiting for {}", duration(time)),
        Note::Adopted => "New ones join the group".into(),
        Note::Terminating(instances) => format!("{} draining for good", named(instances)),
        Note::Gone(instances) => format!("{} gone", named(instances)),
        Note::Died(instances, Death::Killed) => format!("{} killed", named(instances)),
        Note::Died(instances, Death::Failure) => format!("{} died", named(instances)),
        Note::Died(instances, Death::Crash) => format!("{} crashed", named(instances)),
        Note::TakenOut(instances) => format!("Load balancer drops {}", named(instances)),
        Note::Recovering(instances) => format!("{} coming back", named(instances)),
        Note::NotHealthy(instances) => match explain::worked_on_for(timeline, instances.first, entry.at) {
            Some(time) => format!("Not healthy within {}: {}", duration(time), named(instances)),
            None => format!("Not healthy in time: {}", named(instances)),
        },
        Note::Replacing(instances) => match instances.count {
            1 => format!("{} failed its checks and is replaced", named(instances)),
            _ => format!("{} failed their checks and are replaced", named(instances)),
        },
        Note::NoQuota { quota, refused } => match refused {
            1 => format!("Quota of {}: 1 launch refused", whole(u64::from(quota))),
            _ => format!("Quota of {}: {} launches refused", whole(u64::from(quota)), whole(u64::from(refused))),
        },
        Note::TurnedBad(rate) => format!("New version fails {} of its requests", percent(rate)),
        Note::TurnedGood => "New version fails no more requests".into(),
        Note::Demand(rps) => format!("Demand is {} from now on", super::numbers::rate(rps)),
        Note::Checked { value, metric, threshold, bad, failures } => {
            let measured = match value {
                Some(value) => format!("{} {}, {}", lower_first(metric_name(metric)), percent(value), beside(metric, value, threshold)),
                None => "no request to judge by".into(),
            };
            // What cannot be measured is not well.
            if value.is_none_or(|value| metric.is_bad(value, threshold)) {
                format!("Check failed, {} of {}: {measured}", whole(u64::from(bad)), whole(u64::from(failures)))
            } else {
                format!("Check passed: {measured}")
            }
        }
        Note::WaitingForApproval => "Waiting for a person's approval".into(),
        Note::Approved => "Approved".into(),
        Note::NotProgressing => "Marked as not progressing".into(),
        Note::Failed(why) => failure(why),
        Note::Person(time) => format!("A person redeploys in {}", duration(time)),
        Note::GoingBack { redeploy: false } => "Going back: the old version still runs".into(),
        Note::GoingBack { redeploy: true } => "Redeploying the old version".into(),
        Note::GoingOn => "Going on all the same".into(),
        Note::Succeeded => "Deployment succeeded".into(),
        Note::RolledBack => "Rolled back".into(),
        Note::Stopped => "Left as it is".into(),
    }
}

/// Why a deployment failed, in one line.
pub fn failure(why: Why) -> String {
    let n = |n: u32| whole(u64::from(n));
    match why {
        Why::NoRoom { minimum, healthy } => no_room(minimum, healthy),
        Why::NoMove { minimum, maximum, desired } => format!(
            "Stuck: of {} at least {} must run and at most {} may, so none can stop and none can start",
            n(desired),
            n(minimum),
            n(maximum)
        ),
        Why::NotHealthy { failed, of } if failed == of => format!("{} not healthy in time: failed", instances(failed)),
        Why::NotHealthy { failed, of } => format!("{} of {} not healthy in time: failed", n(failed), n(of)),
        Why::MinimumReached { minimum, healthy, pending } => {
            format!("{} healthy, the minimum is {}, {} still to do: stopped", n(healthy), n(minimum), n(pending))
        }
        Why::NoneSucceeded => "No instance succeeded: failed".into(),
        Why::Alarm { metric, value, threshold, over } => {
            format!("{} {} for {}, {}: alarm", metric_name(metric), percent(value), duration(over), beside(metric, value, threshold))
        }
        Why::Check { metric, value, threshold } if metric.is_bad(value, threshold) => {
            format!("{} {}, {}: checks failed", metric_name(metric), percent(value), beside(metric, value, threshold))
        }
        Why::Check { .. } => "No request to judge by: checks failed".into(),
        Why::CircuitBreaker { failed, threshold } => {
            format!("{} failed, the threshold is {}: circuit breaker", n(failed), n(threshold))
        }
        Why::RetriedFor(time) => format!("Not healthy after {} of replacing: given up", duration(time)),
        Why::NotProgressing(time) => format!("No progress for {}", duration(time)),
        Why::NoQuota { quota, refused } => format!("Quota of {}: no room for {} in time: failed", n(quota), n(refused)),
        Why::Aborted => "Aborted by a person".into(),
        Why::Stuck => "Stuck: what it waits for never comes".into(),
        Why::WouldNeverEnd { failed } => format!("{} failed in a row and it would go on for ever: simulation stopped", instances(failed)),
        Why::TooManyEvents => "Too many events: simulation stopped".into(),
    }
}

/// A batch whose instances take different times comes back piece by piece: then its instances are named.
fn in_service_subject(timeline: &Timeline, entry: &LogEntry, instances: Instances, subject: impl Fn(Instances) -> String) -> String {
    let began = timeline.phases().get(entry.phase as usize).map_or(entry.at, |phase| phase.from);
    let from = timeline.log().partition_point(|e| e.at < began);
    let whole = timeline.log()[from..].iter().find_map(|e| match e.note {
        Note::Launching(all) | Note::Draining(all) | Note::Interrupted(all) if e.phase == entry.phase => Some(all),
        _ => None,
    });
    if whole.is_none_or(|all| all == instances) { subject(instances) } else { named(instances) }
}

fn no_room(minimum: u32, healthy: u32) -> String {
    format!(
        "Nothing was deployed: {} of {} must stay healthy, so none may be worked on. A lower minimum would do.",
        whole(u64::from(minimum)),
        whole(u64::from(healthy))
    )
}

/// Neighbouring instances by their numbers: `04`, `04 and 05`, `04 to 09`.
pub fn named(instances: Instances) -> String {
    let last = instances.first + instances.count.saturating_sub(1);
    match instances.count {
        0 => "none".into(),
        1 => instance(instances.first),
        2 => format!("{} and {}", instance(instances.first), instance(last)),
        _ => format!("{} to {}", instance(instances.first), instance(last)),
    }
}

/// Instances by their numbers where all are known, `04, 05 and 06`; by how many they are where not, `12 instances`.
pub(super) fn listed(numbers: &[u32], count: u32) -> String {
    if numbers.len() < count as usize {
        return instances(count);
    }
    let names: Vec<String> = numbers.iter().map(|&n| instance(n)).collect();
    match names.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

/// What is going on, in one sentence.
pub fn headline(situation: &Situation) -> String {
    let name = situation.phase.map(|label| phase_name(label, situation.way));
    let version = version_name(brought(situation.way));
    let activity = match &situation.doing {
        Doing::Ended(ended) => return ended_line(situation, *ended),
        Doing::Person { left } => return format!("A person redeploys the old version in {}", duration(*left)),
        Doing::Approval => return format!("{}: a person has to approve", name.unwrap_or_default()),
        Doing::Waiting { left } => {
            let name = name.unwrap_or_default();
            return match situation.phase {
                Some(PhaseLabel::Traffic { to }) => {
                    format!("{} of the traffic goes to {version}, for another {}", share(to), duration(*left))
                }
                Some(PhaseLabel::Bake) => format!("{name}; the old one is kept for another {}", duration(*left)),
                Some(PhaseLabel::Watch) => format!("{name} for another {}", duration(*left)),
                _ => format!("{name}: waiting for another {}", duration(*left)),
            };
        }
        Doing::Measuring { metric, left } => format!("measuring the {} for another {}", lower_first(metric_name(*metric)), duration(*left)),
        Doing::Following { left } => format!("clients still follow, the last ones in {}", duration(*left)),
        Doing::NoQuota { quota } => format!("the quota of {} leaves no room to launch", instances(*quota)),
        Doing::Settling => "in service, and has to stay healthy before the next step".into(),
        Doing::Busy { state, instances, count, counted } => {
            let who = if *counted { listed(instances, *count) } else { format!("about {} instances", whole(u64::from(*count))) };
            match state {
                State::Draining => format!("draining {who}"),
                State::Launching => format!("launching {who}"),
                State::Installing => format!("installing {version} on {who}"),
                State::Starting => format!("starting {version} on {who}"),
                State::Checking => format!("checking the health of {who}"),
                State::Terminating => format!("draining {who} for good"),
                State::Dead => format!("{who} not answering"),
                State::Failed => format!("{who} failed"),
                State::InService | State::Gone => String::new(),
            }
        }
    };
    match name {
        Some(name) => format!("{name}: {activity}"),
        None => activity,
    }
}

fn ended_line(situation: &Situation, ended: Ended) -> String {
    let n = |n: u32| whole(u64::from(n));
    let reason = ended.why.map(failure);
    match ended.outcome {
        Outcome::Succeeded if situation.new >= situation.desired => "Done: every instance runs the new version".into(),
        Outcome::Succeeded => format!("Done: {} of {} instances run the new version", n(situation.new), n(situation.desired)),
        Outcome::RolledBack if situation.in_service >= situation.desired => "Rolled back: every instance runs the old version".into(),
        Outcome::RolledBack => format!("Rolled back: {} of {} instances run the old version", n(situation.old), n(situation.desired)),
        // What was wrong from the start is a sentence of its own.
        Outcome::Failed => match (ended.why, reason) {
            (Some(Why::NoRoom { .. } | Why::NoMove { .. } | Why::Stuck), Some(reason)) => reason,
            (_, Some(reason)) => format!("Failed and left as it is. {reason}"),
            (_, None) => "Failed and left as it is".into(),
        },
    }
}

/// The figures under the sentence: what is in service and what becomes of the requests.
pub fn figures(situation: &Situation) -> String {
    let rates = &situation.rates;
    let mut wrong = String::new();
    if situation.failed > 0 {
        wrong += &format!(", {} failed", whole(u64::from(situation.failed)));
    }
    if situation.dead > 0 {
        wrong += &format!(", {} not answering", whole(u64::from(situation.dead)));
    }
    if situation.in_service == 0 {
        return format!("Downtime: nothing is in service{wrong}, {} requests per second fail", amount(rates.failed()));
    }
    let (in_service, desired) = (whole(u64::from(situation.in_service)), whole(u64::from(situation.desired)));
    let in_service = match situation.in_service > situation.desired {
        true => format!("{in_service} in service where {desired} are needed"),
        false => format!("{in_service} of {desired} in service"),
    };
    let mut text = format!("{in_service}{wrong}, {} of {} requests per second served", amount(rates.served()), amount(rates.demand));
    let refused = rates.no_capacity + rates.overload;
    if refused > 0.0 {
        text += &format!(", {} refused", amount(refused));
    }
    if rates.failed() > refused {
        text += &format!(", {} failed", amount(rates.failed() - refused));
    }
    text
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;
    use crate::explain::situation;
    use crate::scenario::{Alarm, Event, Group, OnFailure, Part, Recovery, Scenario, Step, Strategy, StrategyKind, Traffic};
    use crate::units::{Duration, Time};

    fn at(scenario: &Scenario, seconds: u64) -> Situation {
        situation(&crate::simulate(scenario).unwrap(), Time::ZERO + Duration::from_secs(seconds))
    }

    #[test]
    fn the_sentence_says_what_is_going_on() {
        let mut busy_day = Scenario::new(10, Strategy::Rolling { batch: Part::Count(3) });
        busy_day.traffic = Some(Traffic::Constant(800.0));
        let now = at(&busy_day, 134);
        assert_eq!(headline(&now), "Batch 2 of 4: installing the new version on 04, 05 and 06");
        assert_eq!(figures(&now), "7 of 10 in service, 700 of 800 requests per second served, 100 refused");

        let canary = Scenario::new(10, StrategyKind::Canary.with_defaults());
        assert_eq!(headline(&at(&canary, 200)), "10 % of the traffic goes to the new version, for another 4 min");

        let all = Scenario::new(10, Strategy::AllAtOnce);
        let now = at(&all, 10);
        assert_eq!(headline(&now), "The whole fleet at once: installing the new version on 10 instances");
        assert_eq!(figures(&now), "Downtime: nothing is in service, 700 requests per second fail");
    }

    #[test]
    fn the_log_tells_each_batch() {
        let timeline = crate::simulate(&Scenario::new(10, Strategy::Rolling { batch: Part::Count(3) })).unwrap();
        let lines: Vec<String> = timeline.log().iter().map(|entry| log_line(&timeline, entry)).collect();
        assert_eq!(
            lines[..6],
            ["Batch 1 draining", "Batch 1 installing", "Batch 1 starting", "Batch 1 checking", "Batch 1 in service", "Batch 2 draining"]
        );
        assert_eq!(lines.last().unwrap(), "Deployment succeeded");
    }

    fn lines(scenario: &Scenario) -> Vec<String> {
        let timeline = crate::simulate(scenario).unwrap();
        timeline.log().iter().map(|entry| log_line(&timeline, entry)).collect()
    }

    #[test]
    fn an_alarm_and_what_follows_are_told_as_cause_and_effect() {
        // 10 % from 140 s on; the period that began at 120 s ends at 180 s; the new set drains for 20 s.
        let mut canary = Scenario::new(10, StrategyKind::Canary.with_defaults());
        canary.release.error_rate = 0.2;
        canary.alarm = Some(Alarm {
            metric: Metric::NewVersionErrorRate,
            threshold: 0.05,
            period: Duration::from_secs(60),
            periods: 1,
            bake: Duration::ZERO,
            sampled: false,
            base_error_rate: 0.0,
        });
        let told = lines(&canary);
        assert_eq!(
            told[told.len() - 6..],
            [
                "New version's error rate 20 % for 1 min, above 5 %: alarm",
                "Going back: the old version still runs",
                "All traffic back to the old version",
                "11 to 20 draining for good",
                "11 to 20 gone",
                "Rolled back"
            ]
        );
        assert_eq!(headline(&at(&canary, 190)), "Going back: draining 10 instances for good");
        assert_eq!(headline(&at(&canary, 200)), "Rolled back: every instance runs the old version");
    }

    #[test]
    fn a_failed_batch_is_left_as_it_is_or_redeployed_by_a_person() {
        let mut rolling = Scenario::new(10, Strategy::Rolling { batch: Part::Count(3) });
        rolling.release.startup_failure = 1.0;
        let told = lines(&rolling);
        let end = ["Not healthy within 10 min: 01 to 03", "3 instances not healthy in time: failed", "Left as it is"];
        assert_eq!(told[told.len() - 3..], end);
        let now = at(&rolling, 600);
        assert_eq!(headline(&now), "Failed and left as it is. 3 instances not healthy in time: failed");
        assert_eq!(figures(&now), "7 of 10 in service, 3 failed, 700 of 700 requests per second served");
        rolling.on_failure = Some(OnFailure::Redeploy { after: Duration::from_mins(10) });
        assert_eq!(headline(&at(&rolling, 700)), "A person redeploys the old version in 8 min 20 s");
        // From 1,200 s on the batch drains for 20 s and is installed for 30 s.
        assert_eq!(
            headline(&at(&rolling, 1_235)),
            "Redeploying the old version: batch 1 of 4: installing the old version on 01, 02 and 03"
        );
    }

    #[test]
    fn deaths_and_recoveries_are_told() {
        let mut scenario = Scenario::new(2, StrategyKind::Immutable.with_defaults());
        scenario.failures.events = vec![
            Event::Kill { at: Duration::from_secs(30), instances: 2 },
            Event::TurnBad { at: Duration::from_secs(300), error_rate: 0.3 },
            Event::Demand { at: Duration::from_secs(310), rps: 50.0 },
        ];
        scenario.failures.recovery = Some(Recovery::Restart);
        let told = lines(&scenario);
        for line in [
            "01 and 02 killed",
            // Five checks, 10 s apart, at 80 s.
            "Load balancer drops 01 and 02",
            "01 and 02 coming back",
        ] {
            assert!(told.iter().any(|told| told == line), "{line}: {told:?}");
        }
        // Dead at 30 s, noticed at 80 s.
        assert_eq!(figures(&at(&scenario, 40)), "Downtime: nothing is in service, 2 not answering, 140 requests per second fail");
        assert_eq!(figures(&at(&scenario, 90)), "Downtime: nothing is in service, 140 requests per second fail");
    }

    #[test]
    fn a_check_says_what_it_measured() {
        let steps = vec![
            Step::Launch { instances: Part::Percent(Share::WHOLE) },
            Step::Shift { to: Share::from_percent(10) },
            Step::Check { metric: Metric::NewVersionErrorRate, threshold: 0.05, over: Duration::from_secs(60), failures: 2 },
            Step::Shift { to: Share::WHOLE },
            Step::Terminate { group: Group::Old },
        ];
        let mut scenario = Scenario::new(10, Strategy::Steps(steps));
        assert!(lines(&scenario).contains(&"Check passed: new version's error rate 0 %, not above 5 %".to_owned()));
        scenario.release.error_rate = 0.2;
        let told = lines(&scenario);
        for line in [
            "Check failed, 1 of 2: new version's error rate 20 %, above 5 %",
            "Check failed, 2 of 2: new version's error rate 20 %, above 5 %",
            "New version's error rate 20 %, above 5 %: checks failed",
        ] {
            assert!(told.iter().any(|told| told == line), "{line}: {told:?}");
        }
        assert_eq!(headline(&at(&scenario, 150)), "Step 3 of 5: measuring the new version's error rate for another 50 s");
        // Without traffic there is nothing to measure, and that is not well.
        scenario.traffic = Some(Traffic::Constant(0.0));
        let told = lines(&scenario);
        assert!(told.contains(&"Check failed, 1 of 2: no request to judge by".to_owned()), "{told:?}");
        assert!(told.contains(&"No request to judge by: checks failed".to_owned()), "{told:?}");
    }

    #[test]
    fn a_minimum_that_leaves_no_room_is_told() {
        // 95 % of 10, rounded up, is 10: CodeDeploy fails at once.
        let scenario = Scenario::new(10, Strategy::InPlace { minimum_healthy: Part::Percent(Share::from_percent(95)) });
        let timeline = crate::simulate(&scenario).unwrap();
        assert_eq!(timeline.outcome(), Outcome::Failed);
        assert_eq!(
            log_line(&timeline, timeline.log().first().unwrap()),
            "Nothing was deployed: 10 of 10 must stay healthy, so none may be worked on. A lower minimum would do."
        );
    }
}
