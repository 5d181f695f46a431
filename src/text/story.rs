//! The story of a deployment in sentences: phases, log lines, what is going on.

use super::numbers::{amount, duration, instance, percent, whole};
use crate::explain::{Doing, Situation};
use crate::plan::PhaseLabel;
use crate::timeline::{Instances, LogEntry, Note, Outcome, State, Timeline};
use crate::units::Share;

/// A phase's name at the begin of a sentence: `Batch 2 of 4`.
pub fn phase_name(label: PhaseLabel) -> String {
    match label {
        PhaseLabel::WholeFleet => "The whole fleet at once".into(),
        PhaseLabel::Window => "In place".into(),
        PhaseLabel::Batch { number, of } => format!("Batch {} of {}", whole(u64::from(number)), whole(u64::from(of))),
        PhaseLabel::AdditionalBatch => "Additional batch".into(),
        PhaseLabel::ReturnToSize => "Back to the fleet's size".into(),
        PhaseLabel::FirstInstance => "The first new instance".into(),
        PhaseLabel::RestOfSet => "The rest of the new set".into(),
        PhaseLabel::NewSet => "The new set".into(),
        PhaseLabel::Traffic { to } => format!("{} to the new version", share(to)),
        PhaseLabel::Bake => "All traffic on the new environment".into(),
        PhaseLabel::OldSetEnds => "All traffic on the new version".into(),
        PhaseLabel::RollingUpdate => "Rolling update".into(),
        PhaseLabel::Written { number, of } => format!("Step {} of {}", whole(u64::from(number)), whole(u64::from(of))),
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
        PhaseLabel::Written { number, .. } => format!("step {}", whole(u64::from(number))),
    }
}

fn share(share: Share) -> String {
    percent(share.as_fraction())
}

/// A log entry as a line.
pub fn log_line(timeline: &Timeline, entry: &LogEntry) -> String {
    let subject = |instances: Instances| match timeline.phases().get(entry.phase as usize).map(|phase| phase.label) {
        // A batch is its instances: its number says more than theirs.
        Some(PhaseLabel::Batch { number, .. }) => format!("Batch {}", whole(u64::from(number))),
        Some(PhaseLabel::AdditionalBatch) => "Additional batch".into(),
        Some(PhaseLabel::WholeFleet) => "All instances".into(),
        _ => named(instances),
    };
    match entry.note {
        Note::Launching(instances) => format!("{} launching", subject(instances)),
        Note::Draining(instances) => format!("{} draining", subject(instances)),
        Note::Interrupted(instances) => format!("{} interrupted", subject(instances)),
        Note::Installing(instances) => format!("{} installing", subject(instances)),
        Note::Starting(instances) => format!("{} starting", subject(instances)),
        Note::Checking(instances) => format!("{} checking", subject(instances)),
        Note::InService(instances) => format!("{} in service", in_service_subject(timeline, entry, instances, subject)),
        Note::Shifted(to) if to == Share::NONE => "All to the old version".into(),
        Note::Shifted(to) => format!("{} to the new version", share(to)),
        Note::Moving { over, .. } => format!("Clients follow over {}", duration(over)),
        Note::Waiting(time) => format!("Waiting for {}", duration(time)),
        Note::Adopted => "New ones join the group".into(),
        Note::Terminating(instances) => format!("{} draining for good", named(instances)),
        Note::Gone(instances) => format!("{} gone", named(instances)),
        Note::Succeeded => "Deployment succeeded".into(),
        Note::NoRoom { minimum, healthy } => no_room(minimum, healthy),
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
fn listed(numbers: &[u32], count: u32) -> String {
    if numbers.len() < count as usize {
        return format!("{} instances", whole(u64::from(count)));
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
    let activity = match &situation.doing {
        Doing::Ended(Outcome::Succeeded) => return "Done: every instance runs the new version".into(),
        Doing::Ended(Outcome::Failed) => return "The deployment failed before it began".into(),
        Doing::Waiting { left } => {
            let name = situation.phase.map(phase_name).unwrap_or_default();
            return match situation.phase {
                Some(PhaseLabel::Traffic { to }) => {
                    format!("{} of the traffic goes to the new version, for another {}", share(to), duration(*left))
                }
                Some(PhaseLabel::Bake) => format!("{name}; the old one is kept for another {}", duration(*left)),
                _ => format!("{name}: waiting for another {}", duration(*left)),
            };
        }
        Doing::Settling => "in service, and has to stay healthy before the next step".into(),
        Doing::Busy { state, instances, count, counted } => {
            let who = if *counted { listed(instances, *count) } else { format!("about {} instances", whole(u64::from(*count))) };
            match state {
                State::Draining => format!("draining {who}"),
                State::Launching => format!("launching {who}"),
                State::Installing => format!("installing the new version on {who}"),
                State::Starting => format!("starting the new version on {who}"),
                State::Checking => format!("checking the health of {who}"),
                State::Terminating => format!("draining {who} for good"),
                State::InService | State::Gone => String::new(),
            }
        }
    };
    match situation.phase {
        Some(label) => format!("{}: {activity}", phase_name(label)),
        None => activity,
    }
}

/// The figures under the sentence: what is in service and what becomes of the requests.
pub fn figures(situation: &Situation) -> String {
    let rates = &situation.rates;
    if situation.in_service == 0 {
        return format!("Downtime: nothing is in service, {} requests per second fail", amount(rates.failed()));
    }
    let (in_service, desired) = (whole(u64::from(situation.in_service)), whole(u64::from(situation.desired)));
    let in_service = match situation.in_service > situation.desired {
        true => format!("{in_service} in service where {desired} are needed"),
        false => format!("{in_service} of {desired} in service"),
    };
    let mut text = format!("{in_service}, {} of {} requests per second served", amount(rates.served()), amount(rates.demand));
    if rates.failed() > 0.0 {
        text += &format!(", {} refused", amount(rates.failed()));
    }
    text
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;
    use crate::explain::situation;
    use crate::scenario::{Part, Scenario, Strategy, StrategyKind, Traffic};
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

    #[test]
    fn a_minimum_that_leaves_no_room_is_told() {
        // 95 % of 10, rounded up, is 10: CodeDeploy fails at once.
        let scenario = Scenario::new(10, Strategy::InPlace { minimum_healthy: Part::Percent(Share::from_percent(95)) });
        let timeline = crate::simulate(&scenario).unwrap();
        assert_eq!(timeline.outcome(), Outcome::Failed);
        let last = timeline.log().last().unwrap();
        assert_eq!(
            log_line(&timeline, last),
            "Nothing was deployed: 10 of 10 must stay healthy, so none may be worked on. A lower minimum would do."
        );
    }
}
