//! The story of a deployment in sentences: phases, log lines, what is going on.
//!
//! A text is kept as it stands inside a sentence; `begin` makes one of it that begins a sentence.

use super::language::{say, say_with, word};
use super::numbers::{clock, duration, instance, percent, rate, whole};
use crate::explain::{self, Doing, Ended, Situation};
use crate::plan::PhaseLabel;
use crate::scenario::Metric;
use crate::timeline::{Death, Instances, LogEntry, Note, Outcome, Rates, State, Timeline, Version, Way, Why};
use crate::units::{Duration, Share, Time};

/// A text at the begin of a sentence: its first letter is a large one, in languages that have those.
pub(super) fn begin(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
}

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
        Version::Old => word("story-old-version"),
        Version::New => word("story-new-version"),
    }
}

/// Which of a phase's names: an attribute of its message.
#[derive(Clone, Copy)]
enum Name {
    Whole,
    Short,
    Inside,
    Back,
}

fn phase(label: PhaseLabel, way: Way, name: Name) -> String {
    let attribute = match name {
        Name::Whole => "",
        Name::Short => ".short",
        Name::Inside => ".inside",
        Name::Back => ".back",
    };
    let key = |key: &str| format!("{key}{attribute}");
    let plain = |name: &str| say_with(&key(name), []);
    let version = version_name(brought(way));
    match label {
        PhaseLabel::WholeFleet => plain("story-whole-fleet"),
        PhaseLabel::Window => plain("story-window"),
        PhaseLabel::Batch { number, of } => say!(&key("story-batch"), number = number, of = of),
        PhaseLabel::AdditionalBatch => plain("story-additional-batch"),
        PhaseLabel::ReturnToSize => plain("story-return-to-size"),
        PhaseLabel::FirstInstance => plain("story-first-instance"),
        PhaseLabel::RestOfSet => plain("story-rest-of-set"),
        PhaseLabel::NewSet => plain("story-new-set"),
        PhaseLabel::Traffic { to } => say!(&key("story-traffic"), share = share(to), version = version),
        PhaseLabel::Bake => plain("story-bake"),
        PhaseLabel::OldSetEnds => say!(&key("story-old-set-ends"), version = version),
        PhaseLabel::RollingUpdate => plain("story-rolling-update"),
        PhaseLabel::Refresh { to } => say!(&key("story-refresh"), to = to),
        PhaseLabel::Checkpoint { at } => say!(&key("story-checkpoint"), at = at),
        PhaseLabel::Watch => plain("story-watch"),
        PhaseLabel::Stopped => plain("story-stopped"),
        PhaseLabel::Person => plain("story-person"),
        PhaseLabel::GoBack => plain("story-go-back"),
        PhaseLabel::Written { number, of } => say!(&key("story-written"), number = number, of = of),
    }
}

/// A phase's name at the begin of a sentence: `Batch 2 of 4`, `Redeploying the old version: batch 2 of 4`.
pub fn phase_name(label: PhaseLabel, way: Way) -> String {
    let name = phase(label, way, Name::Whole);
    begin(&match (label, way) {
        // What follows a failure has no direction of its own.
        (PhaseLabel::Watch | PhaseLabel::Stopped | PhaseLabel::Person | PhaseLabel::GoBack, _) | (_, Way::Forward) => name,
        (_, Way::Back) => say!("story-redeploying", phase = name),
    })
}

/// The name of a phase of the way forward, inside a sentence: `batch 2 of 4`.
pub(super) fn phase_named(label: PhaseLabel) -> String {
    phase(label, Way::Forward, Name::Whole)
}

/// A phase's name on the ribbon: as short as can be.
pub fn phase_short(label: PhaseLabel) -> String {
    phase(label, Way::Forward, Name::Short)
}

/// A phase in the middle of a sentence: `batch 2`, `the way back`.
pub(super) fn phase_inside(label: PhaseLabel, way: Way) -> String {
    match (label, way) {
        (PhaseLabel::Batch { .. }, Way::Back) => phase(label, way, Name::Back),
        (_, Way::Back) => phase(PhaseLabel::GoBack, way, Name::Inside),
        (_, Way::Forward) => phase(label, way, Name::Inside),
    }
}

fn share(share: Share) -> String {
    percent(share.as_fraction())
}

/// So many instances: `1 instance`, `12 instances`.
pub(super) fn instances(n: u32) -> String {
    say!("story-instances", n = n)
}

/// An estimate of how many instances.
pub(super) fn about(n: u32) -> String {
    say!("story-about", instances = instances(n))
}

/// A metric's name.
pub(super) fn metric_name(metric: Metric) -> &'static str {
    match metric {
        Metric::ErrorRate => word("story-error-rate"),
        Metric::NewVersionErrorRate => word("story-new-version-error-rate"),
        Metric::CapacityFraction => word("story-capacity"),
    }
}

/// Which side of its threshold a metric is on: `above 5 %`, `not above 5 %`.
pub(super) fn beside(metric: Metric, value: f64, threshold: f64) -> String {
    let key = match metric {
        Metric::ErrorRate | Metric::NewVersionErrorRate if value > threshold => "story-above",
        Metric::ErrorRate | Metric::NewVersionErrorRate => "story-not-above",
        Metric::CapacityFraction if value < threshold => "story-below",
        Metric::CapacityFraction => "story-not-below",
    };
    say!(key, threshold = percent(threshold))
}

/// What was measured, and on which side of its threshold that is: `error rate 2 %, not above 5 %`.
pub(super) fn measured(metric: Metric, value: f64, threshold: f64) -> String {
    say!("story-measured", metric = metric_name(metric), value = percent(value), beside = beside(metric, value, threshold))
}

/// A log entry as a line: what happened, and of what.
pub fn log_line(timeline: &Timeline, entry: &LogEntry) -> String {
    begin(&noted(timeline, entry))
}

fn noted(timeline: &Timeline, entry: &LogEntry) -> String {
    let span = timeline.phases().get(entry.phase as usize);
    let version = brought(span.map_or(Way::Forward, |span| span.way));
    let subject = |instances: Instances| match span.map(|span| span.label) {
        // A batch is its instances: its number says more than theirs.
        Some(label @ (PhaseLabel::Batch { .. } | PhaseLabel::AdditionalBatch)) => phase_short(label),
        Some(PhaseLabel::WholeFleet) => word("story-all-instances").to_owned(),
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
        Note::Launching(instances) => say!("story-launching", who = subject(instances)),
        Note::Draining(instances) => say!("story-draining", who = subject(instances)),
        Note::Interrupted(instances) => say!("story-interrupted", who = subject(instances)),
        Note::Installing(instances) => match version {
            Version::New => say!("story-installing", who = subject(instances)),
            Version::Old => say!("story-installing-old", who = subject(instances)),
        },
        Note::Starting(instances) => say!("story-starting", who = subject(instances)),
        Note::Checking(instances) => say!("story-checking", who = subject(instances)),
        Note::InService(instances) => say!("story-in-service", who = in_service_subject(timeline, entry, instances, subject)),
        Note::Shifted(to) if to == Share::NONE => word("story-all-back").into(),
        Note::Shifted(to) => say!("story-shifted", share = share(to)),
        Note::Moving { to, over } if to == Share::NONE => say!("story-clients-go-back", time = duration(over)),
        Note::Moving { over, .. } => say!("story-clients-follow", time = duration(over)),
        Note::Waiting(time) => say!("story-waiting-for", time = duration(time)),
        Note::Adopted => word("story-adopted").into(),
        Note::Terminating(instances) => say!("story-terminating", who = named(instances)),
        Note::Gone(instances) => say!("story-gone", who = named(instances)),
        Note::Died(instances, Death::Killed) => say!("story-killed", who = named(instances)),
        Note::Died(instances, Death::Failure) => say!("story-died", who = named(instances)),
        Note::Died(instances, Death::Crash) => say!("story-crashed", who = named(instances)),
        Note::TakenOut(instances) => say!("story-taken-out", who = named(instances)),
        Note::Recovering(instances) => say!("story-recovering", who = named(instances)),
        Note::NotHealthy(instances) => match explain::worked_on_for(timeline, instances.first, entry.at) {
            Some(time) => say!("story-not-healthy-within", time = duration(time), who = named(instances)),
            None => say!("story-not-healthy", who = named(instances)),
        },
        Note::Replacing(instances) => say!("story-replacing", who = named(instances), count = instances.count),
        Note::NoQuota { quota, refused } => say!("story-no-quota", quota = quota, refused = refused),
        Note::TurnedBad(rate) => say!("story-turned-bad", share = percent(rate)),
        Note::TurnedGood => word("story-turned-good").into(),
        Note::Demand(rps) => say!("story-demand", rate = rate(rps)),
        Note::Checked { value, metric, threshold, bad, failures } => {
            let told = value.map_or_else(|| word("story-no-request").into(), |value| measured(metric, value, threshold));
            // What cannot be measured is not well.
            if value.is_none_or(|value| metric.is_bad(value, threshold)) {
                say!("story-check-failed", bad = bad, failures = failures, measured = told)
            } else {
                say!("story-check-passed", measured = told)
            }
        }
        Note::WaitingForApproval => word("story-waiting-for-approval").into(),
        Note::Approved => word("story-approved").into(),
        Note::NotProgressing => word("story-marked").into(),
        Note::Failed(why) => failed(why),
        Note::Person(time) => say!("story-person-redeploys", time = duration(time)),
        Note::GoingBack { redeploy: false } => word("story-goes-back").into(),
        Note::GoingBack { redeploy: true } => word("story-redeploys").into(),
        Note::GoingOn => word("story-goes-on").into(),
        Note::Succeeded => word("story-succeeded").into(),
        Note::RolledBack => word("story-rolled-back").into(),
        Note::Stopped => word("story-left").into(),
    }
}

/// Why a deployment failed, in one line.
pub fn failure(why: Why) -> String {
    begin(&failed(why))
}

/// Why a deployment failed, inside a sentence.
pub(super) fn failed(why: Why) -> String {
    match why {
        Why::NoRoom { minimum, healthy } => say!("story-failed-no-room", minimum = minimum, healthy = healthy),
        Why::NoMove { minimum, maximum, desired } => {
            say!("story-failed-no-move", minimum = minimum, maximum = maximum, desired = desired)
        }
        Why::NotHealthy { failed, of } if failed == of => say!("story-failed-not-healthy", failed = failed),
        Why::NotHealthy { failed, of } => say!("story-failed-some-not-healthy", failed = failed, of = of),
        Why::MinimumReached { minimum, healthy, pending } => {
            say!("story-failed-minimum", minimum = minimum, healthy = healthy, pending = pending)
        }
        Why::NoneSucceeded => word("story-failed-none-succeeded").into(),
        Why::Alarm { metric, value, threshold, over } => say!(
            "story-failed-alarm",
            metric = metric_name(metric),
            value = percent(value),
            time = duration(over),
            beside = beside(metric, value, threshold),
        ),
        Why::Check { metric, value, threshold } if metric.is_bad(value, threshold) => {
            say!("story-failed-check", metric = metric_name(metric), value = percent(value), beside = beside(metric, value, threshold),)
        }
        Why::Check { .. } => word("story-failed-no-request").into(),
        Why::CircuitBreaker { failed, threshold } => say!("story-failed-circuit-breaker", failed = failed, threshold = threshold),
        Why::RetriedFor(time) => say!("story-failed-retried", time = duration(time)),
        Why::NotProgressing(time) => say!("story-failed-no-progress", time = duration(time)),
        Why::NoQuota { quota, refused } => say!("story-failed-quota", quota = quota, refused = refused),
        Why::Aborted => word("story-failed-aborted").into(),
        Why::Stuck => word("story-failed-stuck").into(),
        Why::WouldNeverEnd { failed } => say!("story-failed-never-ends", failed = failed),
        Why::TooManyEvents => word("story-failed-too-many-events").into(),
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

/// Neighbouring instances by their numbers: `04`, `04 and 05`, `04 to 09`.
pub fn named(instances: Instances) -> String {
    let last = instances.first + instances.count.saturating_sub(1);
    match instances.count {
        0 => word("story-no-instance").into(),
        1 | 2 => list((instances.first..=last).map(instance)),
        _ => say!("story-from-to", first = instance(instances.first), last = instance(last)),
    }
}

/// Instances by their numbers where all are known, `04, 05 and 06`; by how many they are where not, `12 instances`.
pub(super) fn listed(numbers: &[u32], count: u32) -> String {
    if numbers.len() < count as usize {
        return instances(count);
    }
    list(numbers.iter().map(|&n| instance(n)))
}

/// `a, b and c`.
pub(super) fn list(parts: impl IntoIterator<Item = String>) -> String {
    let mut parts = parts.into_iter().peekable();
    let mut all = parts.next().unwrap_or_default();
    while let Some(next) = parts.next() {
        all = match parts.peek() {
            Some(_) => say!("story-list", before = all, next = next),
            None => say!("story-list-end", before = all, last = next),
        };
    }
    all
}

/// How it is said when something comes to its end.
#[derive(Clone, Copy)]
enum Left {
    /// By what is left of it, which is less with every frame.
    Running,
    /// By the time of its end, seen from a moment.
    Clock(Time),
}

impl Left {
    /// `for another 5 min`, `until 7:20`.
    fn lasting(self, left: Duration) -> String {
        match self {
            Left::Running => say!("story-time.for-another", time = duration(left)),
            Left::Clock(from) => say!("story-time.until", time = clock(from + left)),
        }
    }

    /// `in 5 min`, `at 7:20`.
    fn then(self, left: Duration) -> String {
        match self {
            Left::Running => say!("story-time.in-time", time = duration(left)),
            Left::Clock(from) => say!("story-time.at-time", time = clock(from + left)),
        }
    }
}

/// What is going on, in one sentence.
pub fn headline(situation: &Situation) -> String {
    begin(&going_on(situation, Left::Running))
}

fn going_on(situation: &Situation, ends: Left) -> String {
    let name = situation.phase.map(|label| phase_name(label, situation.way));
    let version = version_name(brought(situation.way));
    let activity = match &situation.doing {
        Doing::Ended(ended) => return ended_line(situation, *ended),
        Doing::Person { left } => return say!("story-now-person", then = ends.then(*left)),
        Doing::Approval => return say!("story-now-approval", phase = name.unwrap_or_default()),
        Doing::Waiting { left } => {
            let (name, left) = (name.unwrap_or_default(), ends.lasting(*left));
            return match situation.phase {
                Some(PhaseLabel::Traffic { to }) => say!("story-now-traffic", share = share(to), version = version, lasting = left),
                Some(PhaseLabel::Bake) => say!("story-now-bake", phase = name, lasting = left),
                Some(PhaseLabel::Watch) => say!("story-now-watch", phase = name, lasting = left),
                _ => say!("story-now-waiting", phase = name, lasting = left),
            };
        }
        Doing::Measuring { metric, left } => {
            say!("story-now-measuring", metric = metric_name(*metric), lasting = ends.lasting(*left))
        }
        Doing::Following { left } => say!("story-now-following", then = ends.then(*left)),
        Doing::NoQuota { quota } => say!("story-now-no-quota", quota = *quota),
        Doing::Settling => word("story-now-settling").into(),
        Doing::Busy { state, instances, count, counted } => {
            let who = if *counted { listed(instances, *count) } else { about(*count) };
            match state {
                State::Draining => say!("story-now-draining", who = who),
                State::Launching => say!("story-now-launching", who = who),
                State::Installing => say!("story-now-installing", who = who, version = version),
                State::Starting => say!("story-now-starting", who = who, version = version),
                State::Checking => say!("story-now-checking", who = who),
                State::Terminating => say!("story-now-terminating", who = who),
                State::Dead => say!("story-now-dead", who = who),
                State::Failed => say!("story-now-failed", who = who),
                State::InService | State::Gone => String::new(),
            }
        }
    };
    match name {
        Some(name) => say!("story-now", phase = name, activity = activity),
        None => activity,
    }
}

fn ended_line(situation: &Situation, ended: Ended) -> String {
    match ended.outcome {
        Outcome::Succeeded if situation.new >= situation.desired => word("story-done").into(),
        Outcome::Succeeded => say!("story-done-partly", new = situation.new, desired = situation.desired),
        Outcome::RolledBack if situation.in_service >= situation.desired => word("story-back").into(),
        Outcome::RolledBack => say!("story-back-partly", old = situation.old, desired = situation.desired),
        Outcome::Failed => match ended.why {
            // What was wrong from the start is a sentence of its own.
            Some(why @ (Why::NoRoom { .. } | Why::NoMove { .. } | Why::Stuck)) => failed(why),
            Some(why) => say!("story-failed-because", reason = failure(why)),
            None => word("story-failed").into(),
        },
    }
}

/// The figures under the sentence: what is in service and what becomes of the requests.
pub fn figures(situation: &Situation) -> String {
    let Situation { in_service, desired, failed, dead, rates, .. } = situation;
    if *in_service == 0 {
        return begin(&say!("story-figures.downtime", failed = *failed, dead = *dead, lost = rates.failed()));
    }
    let serving = if in_service > desired { "story-serving.more" } else { "story-serving" };
    let serving = say!(serving, in_service = *in_service, desired = *desired);
    say!("story-figures", in_service = serving, failed = *failed, dead = *dead, served = served(rates))
}

/// What becomes of the requests: `700 of 800 requests per second served, 100 refused`.
fn served(rates: &Rates) -> String {
    let refused = rates.no_capacity + rates.overload;
    let lost = (rates.failed() - refused).max(0.0);
    say!("story-served", served = rates.served(), demand = rates.demand, refused = refused, lost = lost)
}

/// What the stage shows, in words: what is going on, what the instances do and what becomes of the requests. They are
/// those of the last time at which anything happened, so they stay the same until something happens again.
pub fn in_words(timeline: &Timeline, t: Time) -> String {
    let since = explain::since(timeline, t);
    let now = explain::situation(timeline, since);
    let mut requests = served(&now.rates);
    if is_moving(timeline, since) {
        requests = say!("story-at", time = clock(since), served = requests);
    }
    let headline = going_on(&now, Left::Clock(since));
    // One that consists of sentences has its full stop.
    let headline = begin(headline.trim_end_matches(['.', '。']));
    say!("story-in-words", headline = headline, instances = begin(&instances_in_words(timeline, &now, since)), requests = requests)
}

/// Text and what is to be said besides, which is a sentence of its own.
pub fn besides(text: &str, more: &str) -> String {
    say!("story-in-words.besides", text = text, more = more)
}

/// Whether what becomes of the requests changes before anything happens: by the demand, or as clients follow.
fn is_moving(timeline: &Timeline, since: Time) -> bool {
    let until = explain::until(timeline, since);
    if since >= until {
        return false;
    }
    let (moment, whole) = (timeline.at(since), until.since(since));
    // One moment between them may show the same by chance, as a wave comes back to its mean.
    let looks = [2, 3, 7].map(|part| since + Duration::from_us(whole.as_us() / part));
    looks.into_iter().any(|at| timeline.rates_of(moment, at) != timeline.rates_of(moment, since))
}

/// `3 new and 4 old in service, 3 installing`.
fn instances_in_words(timeline: &Timeline, now: &Situation, t: Time) -> String {
    let serving = match (now.old, now.new) {
        (0, 0) => word("story-count-nothing").into(),
        (old, 0) => say!("story-count-old", n = old),
        (0, new) => say!("story-count-new", n = new),
        (old, new) => say!("story-count-both", old = old, new = new),
    };
    let mut counts = vec![serving];
    for at_work in explain::at_work(timeline, t) {
        let n = if at_work.counted { whole(u64::from(at_work.count)) } else { say!("story-count-about", n = at_work.count) };
        counts.extend(match at_work.state {
            State::Draining => Some(say!("story-count-draining", n = n)),
            State::Launching => Some(say!("story-count-launching", n = n)),
            State::Installing => Some(say!("story-count-installing", n = n)),
            State::Starting => Some(say!("story-count-starting", n = n)),
            State::Checking => Some(say!("story-count-checking", n = n)),
            State::Terminating => Some(say!("story-count-terminating", n = n)),
            State::InService | State::Gone | State::Dead | State::Failed => None,
        });
    }
    counts.extend((now.failed > 0).then(|| say!("story-count-failed", n = now.failed)));
    counts.extend((now.dead > 0).then(|| say!("story-count-dead", n = now.dead)));
    let mut counts = counts.into_iter();
    let first = counts.next().unwrap_or_default();
    counts.fold(first, |before, next| say!("story-list", before = before, next = next))
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
