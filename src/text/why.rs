//! The words for what a deployment waits for, and for why requests fail and figures are what they are.
//!
//! A text is kept as it stands inside a sentence; `begin` makes one of it that begins a sentence.

use super::language::{say, word};
use super::numbers::{clock, duration, instance, percent};
use super::story::{about, begin, beside, failed, list, listed, measured, metric_name, phase_inside, phase_named, version_name};
use crate::explain::{Afford, AlarmPeriod, Figure, Figured, Judged, Lost, On, Reason, Stage, StepTraffic, Then, Waiting, Weights, Who};
use crate::plan::PhaseLabel;
use crate::timeline::{Cause, Death, State, Version, Way};
use crate::units::{Duration, Time};

/// The heading over what it waits for.
pub fn waiting_heading() -> &'static str {
    word("why-waiting-heading")
}
/// The heading over a chain of causes.
pub fn why_heading() -> &'static str {
    word("why-why-heading")
}
/// The heading over why requests fail at a moment.
pub fn why_failing() -> &'static str {
    word("why-why-failing")
}
/// Said of a moment at which no request fails.
pub fn nothing_fails() -> &'static str {
    word("why-nothing-fails")
}
/// Said when all is over.
pub fn waits_for_nothing() -> &'static str {
    word("why-waits-for-nothing")
}

fn who(who: &Who) -> String {
    if who.counted { listed(&who.named, who.count) } else { about(who.count) }
}

/// What the deployment waits for: first that, then what of the following there is to say: the failures that it can
/// afford, the traffic to judge by, the alarm's period.
pub fn waiting(waiting: &Waiting) -> Vec<String> {
    let mut lines = vec![waits_for(waiting)];
    lines.extend(waiting.afford.map(afford));
    if let Some(step) = &waiting.step {
        lines.extend(expected(step));
        lines.extend(warnings(step));
    }
    lines.extend(waiting.alarm.as_ref().map(alarm));
    lines
}

/// What the deployment waits for, in one sentence: `Batch 2 waits: 05 has passed 2 of 3 checks, 8 s left.`
pub fn waits_for(waiting: &Waiting) -> String {
    let subject = phase_inside(waiting.phase, waiting.way);
    begin(&match &waiting.on {
        On::Instances { who, stage, left, goes_on } => {
            let told = stage_of(who, *stage, *left);
            match goes_on.filter(|_| goes_on_after(*stage)) {
                Some(time) => say!("why-waits.goes-on", subject = subject, stage = told, time = duration(time)),
                None => say!("why-waits", subject = subject, stage = told),
            }
        }
        On::Time { left, of } => say!("why-lasts-another", subject = subject, left = duration(*left), of = duration(*of)),
        On::Measurement { metric, threshold, left, of, bad, failures } => say!(
            "why-measures",
            subject = subject,
            metric = metric_name(*metric),
            left = duration(*left),
            of = duration(*of),
            threshold = percent(*threshold),
            bad = *bad,
            failures = *failures,
        ),
        On::Person { left } => say!("why-person-redeploys", left = duration(*left)),
        On::Approval { left: Some(left) } => say!("why-waits-for-person", subject = subject, left = duration(*left)),
        On::Approval { left: None } => say!("why-waits-for-person.never", subject = subject),
        On::Alarm { left } => say!("why-alarm-watches", left = duration(*left)),
        On::Clients { share, left } => say!("why-clients-follow", share = percent(*share), left = duration(*left)),
        On::Room { quota, launches, left } => {
            say!("why-waits-for-room", subject = subject, launches = *launches, quota = *quota, left = or_none(left.map(duration)))
        }
        On::Nothing => say!("why-waits-for-ever", subject = subject),
    })
}

/// An argument that is not always there: `none` chooses the form of the message without it.
fn or_none(argument: Option<String>) -> String {
    argument.unwrap_or_else(|| "none".into())
}

fn stage_of(some: &Who, stage: Stage, left: Option<Duration>) -> String {
    let (who, count, left) = (who(some), some.count, left.map(duration));
    let told = match stage {
        Stage::Draining => say!("why-draining", who = who, count = count),
        Stage::Booting => say!("why-booting", who = who, count = count),
        Stage::Installing => say!("why-installing", who = who, count = count),
        Stage::Starting => say!("why-starting", who = who, count = count),
        Stage::Ending => say!("why-ending", who = who, count = count),
        Stage::Checking { passed, of } if passed >= of => say!("why-passed", who = who, count = count),
        Stage::Checking { passed, of } => say!("why-checking", who = who, count = count, passed = passed, of = of),
        Stage::NeverPasses(then) => {
            return match (then, left) {
                (Then::Failed, Some(left)) => say!("why-never-passes.failed", who = who, count = count, left = left),
                (Then::Replaced, Some(left)) => say!("why-never-passes.replaced", who = who, count = count, left = left),
                (Then::Nothing, _) | (_, None) => say!("why-never-passes", who = who, count = count),
            };
        }
        Stage::Settling => return say!("why-settling", who = who, count = count, left = or_none(left)),
    };
    match left {
        Some(left) => say!("why-stage", stage = told, left = left),
        None => told,
    }
}

/// Whether more is to come after a stage until it goes on.
fn goes_on_after(stage: Stage) -> bool {
    match stage {
        Stage::NeverPasses(_) | Stage::Settling | Stage::Ending => false,
        Stage::Draining | Stage::Booting | Stage::Installing | Stage::Starting | Stage::Checking { .. } => true,
    }
}

/// How many failures it can still afford.
pub fn afford(afford: Afford) -> String {
    begin(&match afford {
        Afford::None => word("why-affords-none").into(),
        Afford::Instances { more, healthy, minimum } => {
            say!("why-affords-instances", more = more, healthy = healthy, minimum = minimum)
        }
        Afford::Tasks { failed, threshold } => {
            say!("why-affords-tasks", more = threshold.saturating_sub(failed + 1), failed = failed, threshold = threshold)
        }
        Afford::Replaced => word("why-affords-replaced").into(),
        Afford::ReplacedFor { left: Some(left), of } => say!("why-affords-for.left", of = duration(of), left = duration(left)),
        Afford::ReplacedFor { left: None, of } => say!("why-affords-for", of = duration(of)),
        Afford::Marked { left: Some(left), deadline } => {
            say!("why-affords-marked.left", deadline = duration(deadline), left = duration(left))
        }
        Afford::Marked { left: None, deadline } => say!("why-affords-marked", deadline = duration(deadline)),
        Afford::Ignored => word("why-affords-all").into(),
    })
}

/// The traffic that the new version gets in a step.
pub fn expected(step: &StepTraffic) -> Option<String> {
    let (requests, takes) = (step.requests?, step.takes?);
    Some(begin(&say!("why-expected", share = percent(step.share), time = duration(takes), requests = requests)))
}

/// What is to be warned of in a step: that it cannot be judged by its traffic, or that it ends before the alarm can tell.
pub fn warnings(step: &StepTraffic) -> Vec<String> {
    let mut lines = Vec::new();
    match step.judged {
        Judged::ByNothing => lines.push(word("why-judged-by-nothing").into()),
        Judged::ByCapacity => lines.push(word("why-judged-by-capacity").into()),
        Judged::Blind { threshold } => {
            lines.push(say!("why-judged-blind", share = percent(step.share), threshold = percent(threshold)));
        }
        Judged::TooFew { needed, sees_from } => {
            lines.push(say!("why-judged-by-few", needed = needed.ceil(), rate = percent(sees_from)));
        }
        Judged::Enough { .. } => {}
    }
    if let Some(periods) = step.periods.filter(|periods| periods.whole < u64::from(periods.needed)) {
        lines.push(say!("why-periods", needed = periods.needed, period = duration(periods.period), whole = periods.whole));
    }
    lines.iter().map(|line| begin(line)).collect()
}

/// The alarm's period under way.
pub fn alarm(alarm: &AlarmPeriod) -> String {
    let so_far = match alarm.value {
        Some(value) => say!(
            "why-measured-so-far",
            metric = metric_name(alarm.metric),
            value = percent(value),
            beside = beside(alarm.metric, value, alarm.threshold),
        ),
        None => word("why-nothing-so-far").into(),
    };
    begin(&say!(
        "why-alarm",
        period = duration(alarm.period),
        left = duration(alarm.left),
        measured = so_far,
        bad = alarm.bad,
        needed = alarm.needed,
    ))
}

/// The share that was asked for and the one that users get: `asked 20 %, users get 30 %: 3 of 10 instances`.
pub fn weights(weights: &Weights) -> String {
    let (asked, got) = (percent(weights.asked.as_fraction()), percent(weights.got));
    say!("why-weights", asked = asked, got = got, new = weights.new, of = weights.of)
}

/// A chain of causes, a sentence each.
pub fn sentences(reasons: &[Reason]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut before: Option<&Reason> = None;
    for now in reasons {
        let told = reason(now);
        match lines.last_mut() {
            Some(line) if before.is_some_and(|before| now.is_told_with(before)) => {
                *line = if matches!(now, Reason::Failing { .. }) {
                    say!("why-at-worst", worst = &*line, effect = told)
                } else {
                    say!("why-because", effect = &*line, reason = told)
                };
            }
            Some(_) | None => lines.push(told),
        }
        before = Some(now);
    }
    // One that consists of sentences has its full stop.
    let whole = |line: String| if line.ends_with(['.', '。']) { line } else { say!("why-sentence", reason = line) };
    lines.into_iter().map(|line| begin(&whole(line))).collect()
}

fn failing(causes: &[(Cause, f64)], demand: f64) -> String {
    let all: f64 = causes.iter().map(|(_, rps)| rps).sum();
    match causes {
        [(cause, _)] => say!("why-failing", failed = all, demand = demand, cause = cause_code(*cause)),
        _ => {
            let parts = causes.iter().map(|(cause, rps)| say!("why-part", requests = *rps, cause = cause_code(*cause)));
            say!("why-failing.several", failed = all, demand = demand, causes = list(parts))
        }
    }
}

/// By what messages choose their form for a cause.
fn cause_code(cause: Cause) -> &'static str {
    match cause {
        Cause::NoCapacity => "no-capacity",
        Cause::Overload => "overload",
        Cause::CutOff => "cut-off",
        Cause::StaleDns => "stale-dns",
        Cause::NewVersionError => "new-version-error",
        Cause::DeadTarget => "dead-target",
    }
}

fn group_name(group: Version) -> &'static str {
    match group {
        Version::Old => word("why-original-group"),
        Version::New => word("why-new-group"),
    }
}

/// A number at the begin of a sentence: English has words for those up to twelve.
fn number(n: u32) -> String {
    say!("why-number", n = n)
}

/// One link of a chain, without its full stop.
fn reason(reason: &Reason) -> String {
    match reason {
        Reason::Failing { causes, demand } => failing(causes, *demand),
        Reason::Capacity { instances, capacity } => say!("why-capacity", count = *instances, capacity = *capacity),
        Reason::GroupCapacity { group, share, gets, instances, capacity } => say!(
            "why-group-capacity",
            group = group_name(*group),
            share = percent(*share),
            gets = *gets,
            count = *instances,
            capacity = *capacity,
        ),
        Reason::Slower { factor } => say!("why-slower", factor = percent(*factor)),
        Reason::NothingInService => word("why-nothing-in-service").into(),
        Reason::GroupEmpty { group, share } => say!("why-group-empty", group = group_name(*group), share = percent(*share)),
        Reason::Stale { share, ended, until } => {
            let ended = ended.map_or_else(|| "unknown".into(), clock);
            say!("why-stale", share = percent(*share), ended = ended, until = clock(*until))
        }
        Reason::Errors { answers, share, rate, since } => {
            let since = since.map_or_else(|| "always".into(), clock);
            say!("why-errors", answers = *answers, share = percent(*share), rate = percent(*rate), since = since)
        }
        Reason::Dead { who: some, died, noticed, checks: (checks, interval) } => {
            let death = match died {
                Some((Death::Crash, _)) => "crash",
                Some((Death::Killed | Death::Failure, _)) => "died",
                None => "unknown",
            };
            say!(
                "why-dead",
                who = who(some),
                count = some.count,
                death = death,
                at = died.map(|(_, at)| clock(at)).unwrap_or_default(),
                checks = *checks,
                interval = duration(*interval),
                noticed = noticed.map_or_else(|| "unknown".into(), clock),
            )
        }
        Reason::NotLearned { count, propagation } => say!("why-not-learned", count = *count, late = duration(*propagation)),
        Reason::FailsOpen { failed } => say!("why-fails-open", failed = *failed),
        Reason::Out { count, phase, way } => {
            say!("why-out", number = number(*count), count = *count, phase = phase_inside(*phase, *way))
        }
        Reason::Lost { count, how, at, who } => {
            let key = if *count == who.count { "why-lost" } else { "why-lost.last" };
            say!(key, number = number(*count), lost = lost(who, *how, *at))
        }
        Reason::TooMuch { instances } => say!("why-too-much", n = *instances),
        Reason::Shifted { at, phase } => say!("why-shifted", at = clock(*at), phase = phase_named(*phase)),
        Reason::Came { at, who: some } => say!("why-came", who = who(some), at = clock(*at)),
        Reason::Lasts { from, to, requests } => say!("why-lasts", from = clock(*from), to = clock(*to), requests = *requests),
        // What was wrong from the start needed no noticing.
        Reason::Noticed { at, why, .. } if *at == Time::ZERO => failed(*why),
        Reason::Noticed { at, why, over: true } => say!("why-noticed", at = clock(*at), failure = failed(*why)),
        Reason::Noticed { at, why, over: false } => say!("why-noticed.later", at = clock(*at), failure = failed(*why)),
        Reason::NotWatched => word("why-not-watched").into(),
        Reason::AlarmSilent { metric, value, threshold } => {
            say!("why-alarm-silent", measured = measured(*metric, *value, *threshold))
        }
        Reason::Figured(figured) => self::figured(figured),
    }
}

fn lost(some: &Who, how: Lost, at: Time) -> String {
    let (who, count, at) = (who(some), some.count, clock(at));
    match how {
        Lost::NotHealthy(Some(time)) => say!("why-lost-not-healthy.within", who = who, count = count, time = duration(time), at = at),
        Lost::NotHealthy(None) => say!("why-lost-not-healthy", who = who, count = count, at = at),
        Lost::Died(Death::Crash) => say!("why-lost-crashed", who = who, at = at),
        Lost::Died(Death::Killed | Death::Failure) => say!("why-lost-died", who = who, at = at),
        Lost::FailedChecks => say!("why-lost-checks", who = who, count = count, at = at),
    }
}

/// Phases of one kind: `4 batches`, `the new set`.
fn phases(phase: PhaseLabel, way: Way, count: usize) -> String {
    if count == 1 {
        return phase_inside(phase, way);
    }
    // By this the message chooses its form.
    let kind = match phase {
        PhaseLabel::Batch { .. } => "batches",
        PhaseLabel::Traffic { .. } => "traffic",
        PhaseLabel::Refresh { .. } => "refreshes",
        PhaseLabel::Checkpoint { .. } => "checkpoints",
        PhaseLabel::Written { .. } => "steps",
        PhaseLabel::NewSet | PhaseLabel::RestOfSet | PhaseLabel::FirstInstance | PhaseLabel::AdditionalBatch => "launches",
        PhaseLabel::WholeFleet
        | PhaseLabel::Window
        | PhaseLabel::ReturnToSize
        | PhaseLabel::Bake
        | PhaseLabel::OldSetEnds
        | PhaseLabel::RollingUpdate
        | PhaseLabel::Watch
        | PhaseLabel::Stopped
        | PhaseLabel::Person
        | PhaseLabel::GoBack => "phases",
    };
    let key = match way {
        Way::Forward => "why-several",
        Way::Back => "why-several.back",
    };
    say!(key, count = count, kind = kind)
}

fn figured(figured: &Figured) -> String {
    match figured {
        Figured::Nothing(figure) => nothing(*figure).into(),
        Figured::Phases { phase, way, count, total, of } => {
            let phases = phases(*phase, *way, *count);
            if total == of {
                say!("why-takes.all", phases = phases, count = *count)
            } else {
                say!("why-takes", phases = phases, count = *count, time = duration(*total), of = duration(*of))
            }
        }
        Figured::Parts { instance: number, parts } => {
            let parts = parts.iter().map(|(state, time)| say!("why-life.part", state = state_code(*state), time = duration(*time)));
            say!("why-life", instance = instance(*number), parts = list(parts))
        }
        Figured::WayBack { from, to, redeploy: true } => {
            say!("why-redeployed", from = clock(*from), to = clock(*to), time = duration(to.since(*from)))
        }
        Figured::WayBack { from, to, redeploy: false } if from == to => say!("why-goes-back.at-once", at = clock(*from)),
        Figured::WayBack { from, to, redeploy: false } => {
            say!("why-goes-back", from = clock(*from), to = clock(*to), time = duration(to.since(*from)))
        }
        Figured::Stretches { figure, count, longest: (from, to), phase } => {
            let told = say!("why-stretches", what = holds(*figure), count = *count, from = clock(*from), to = clock(*to));
            match phase {
                Some((phase, way)) => say!("why-stretches.phase", stretches = told, phase = phase_inside(*phase, *way)),
                None => told,
            }
        }
        Figured::Lowest { from, to, in_service, desired } => {
            say!("why-lowest", in_service = *in_service, desired = *desired, from = clock(*from), to = clock(*to))
        }
        Figured::Causes(causes) => {
            let keys = std::iter::once("why-part.first").chain(std::iter::repeat("why-part"));
            let parts = keys.zip(causes).map(|(key, (cause, requests))| say!(key, requests = *requests, cause = cause_code(*cause)));
            say!("why-causes", causes = list(parts))
        }
        Figured::Share { failed, of } => say!("why-share", failed = *failed, of = *of),
        Figured::Cut { takes, interrupted: true, .. } => say!("why-cut.interrupted", takes = duration(*takes)),
        Figured::Cut { drain, takes, interrupted: false, .. } => {
            say!("why-cut", drain = duration(*drain), takes = duration(*takes))
        }
        Figured::Worst { at } => say!("why-worst", at = clock(*at)),
        Figured::Exposed { phase, way, count, time, requests } => {
            say!("why-exposed", phases = phases(*phase, *way, *count), requests = *requests, time = duration(*time))
        }
        Figured::FailedOfExposed { requests } => say!("why-exposed-failed", requests = *requests),
        Figured::Most { from, to, old, new } => say!("why-most", old = *old, new = *new, from = clock(*from), to = clock(*to)),
        Figured::WrongSince(at) => say!("why-wrong-since", at = clock(*at)),
        Figured::NothingShowed { since, phase } => {
            say!("why-nothing-showed", phase = phase_inside(*phase, Way::Forward), since = clock(*since))
        }
        Figured::Left { old, new, failed, dead, not_ready, well } => {
            let run = match (*old, *new) {
                (0, 0) => word("why-left-nothing").into(),
                (old, 0) => say!("why-left-one-version", count = old, version = version_name(Version::Old)),
                (0, new) => say!("why-left-one-version", count = new, version = version_name(Version::New)),
                (old, new) => say!("why-left-both", old = old, new = new),
            };
            let left = say!("why-left", run = run, failed = *failed, dead = *dead, unready = *not_ready);
            if *well { say!("why-left.well", left = left) } else { left }
        }
    }
}

/// By what a message chooses its form for a state.
fn state_code(state: State) -> &'static str {
    match state {
        State::InService => "in-service",
        State::Draining | State::Terminating => "draining",
        State::Launching => "launching",
        State::Installing => "installing",
        State::Starting => "starting",
        State::Checking => "checking",
        State::Gone => "gone",
        State::Dead => "dead",
        State::Failed => "failed",
    }
}

/// What holds in a figure's stretches.
fn holds(figure: Figure) -> &'static str {
    match figure {
        Figure::Downtime => word("why-holds-downtime"),
        Figure::BelowDemand => word("why-holds-below-demand"),
        Figure::MixedVersions => word("why-holds-mixed-versions"),
        Figure::ExtraCost | Figure::MostInstances => word("why-holds-extra"),
        Figure::Duration
        | Figure::LowestCapacity
        | Figure::Failed
        | Figure::Availability
        | Figure::Exposed
        | Figure::TimeToNotice
        | Figure::Rollback
        | Figure::StateLeft
        | Figure::NextStep => word("why-holds-other"),
    }
}

/// What is said where there is nothing of a figure.
fn nothing(figure: Figure) -> &'static str {
    match figure {
        Figure::Duration => word("why-no-duration"),
        Figure::Downtime => word("why-no-downtime"),
        Figure::BelowDemand => word("why-no-below-demand"),
        Figure::LowestCapacity => word("why-no-lowest-capacity"),
        Figure::MixedVersions => word("why-no-mixed-versions"),
        Figure::Failed | Figure::Availability => word("why-no-failed"),
        Figure::Exposed => word("why-no-exposed"),
        Figure::MostInstances | Figure::ExtraCost => word("why-no-extra"),
        Figure::TimeToNotice => word("why-no-notice"),
        Figure::Rollback => word("why-no-rollback"),
        Figure::StateLeft | Figure::NextStep => word("why-no-state-left"),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;
    use crate::explain;
    use crate::scenario::{Alarm, Event, Metric, Part, Places, Scenario, Step, Strategy, StrategyKind, Traffic};
    use crate::units::Share;

    fn secs(s: u64) -> Time {
        Time::ZERO + Duration::from_secs(s)
    }

    fn waits(scenario: &Scenario, seconds: u64) -> Vec<String> {
        waiting(&explain::waiting(scenario, &crate::simulate(scenario).unwrap(), secs(seconds)).unwrap())
    }

    fn whys(scenario: &Scenario, seconds: u64) -> Vec<String> {
        sentences(&explain::why(scenario, &crate::simulate(scenario).unwrap(), secs(seconds)))
    }

    fn minute() -> Alarm {
        Alarm {
            metric: Metric::NewVersionErrorRate,
            threshold: 0.05,
            period: Duration::from_secs(60),
            periods: 1,
            bake: Duration::ZERO,
            sampled: false,
            base_error_rate: 0.0,
        }
    }

    fn rolling() -> Scenario {
        Scenario::new(10, Strategy::Rolling { batch: Part::Count(3) })
    }

    #[test]
    fn a_wait_is_a_sentence_with_numbers() {
        assert_eq!(
            waits(&rolling(), 192),
            [
                "Batch 2 waits: 04, 05 and 06 have passed 2 of 3 checks, 8 s left.",
                "It can afford no failure: one instance that is not healthy in time fails it."
            ]
        );
        let mut one_fails = rolling();
        one_fails.release.startup_failure_of = Some(Places::Place(5));
        assert_eq!(waits(&one_fails, 520)[0], "Batch 2 waits: 05 never passes; its time is up in 3 min.");
    }

    #[test]
    fn a_step_of_the_traffic_has_its_numbers_and_warnings() {
        let mut linear = Scenario::new(10, StrategyKind::Linear.with_defaults());
        linear.alarm = Some(minute());
        // 70 requests per second for a minute; no whole minute of the alarm lies between 2:20 and 3:20.
        assert_eq!(
            waits(&linear, 150),
            [
                "The step “10 % to the new version” lasts another 50 s of 1 min.",
                "The new version gets 10 % of the traffic for 1 min: about 4,200 requests.",
                "The alarm needs a period of 1 min, and none lies wholly in this step: it cannot tell before the next one.",
                "The alarm's period of 1 min ends in 30 s: new version's error rate 0 % so far, not above 5 %."
            ]
        );
        let canary = Scenario::new(10, StrategyKind::Canary.with_defaults());
        assert_eq!(waits(&canary, 200)[2], "No alarm is set: nothing judges it.");
    }

    #[test]
    fn failed_requests_have_a_chain_of_causes() {
        let mut busy_day = rolling();
        busy_day.traffic = Some(Traffic::Constant(800.0));
        assert_eq!(
            whys(&busy_day, 134),
            [
                "100 of 800 requests per second were refused: 7 instances can serve 700.",
                "Three are out for batch 2.",
                "It lasts from 0:00 to 5:00: 30,000 requests fail."
            ]
        );
        let mut canary = Scenario::new(10, StrategyKind::Canary.with_defaults());
        canary.release.error_rate = 0.2;
        assert_eq!(
            whys(&canary, 200),
            [
                "14 of 700 requests per second were failed by the new version: it answers 70, 10 % of all, and fails 20 % of them.",
                "It gets its share since 2:20: 10 % to the new version.",
                "No alarm watches for it.",
                // 300 s of 14 per second at 10 %, and 20 s of 140 while the old set drains.
                "It lasts from 2:20 to 7:40: 7,000 requests fail."
            ]
        );
        // 14 of 700 are 2 % of all.
        canary.alarm = Some(Alarm { metric: Metric::ErrorRate, threshold: 0.05, ..minute() });
        let silent = whys(&canary, 200);
        assert_eq!(silent[2], "The alarm does not see it: error rate 2 %, not above 5 %.");
        let mut immutable = Scenario::new(10, StrategyKind::Immutable.with_defaults());
        immutable.failures.events = vec![Event::Kill { at: Duration::from_secs(60), instances: 10 }];
        assert_eq!(
            whys(&immutable, 80)[0],
            "700 of 700 requests per second went to instances that do not answer: 10 instances died at 1:00 and still get their \
             share; the load balancer notices after 5 failed checks, 10 s apart, at 1:50."
        );
    }

    #[test]
    fn traffic_by_the_number_of_instances_is_not_what_was_asked_for() {
        // A quarter of ten, rounded up, is three of ten.
        let replace = |percent| Step::Replace {
            to: Part::Percent(Share::from_percent(percent)),
            max_surge: Part::Count(1),
            max_unavailable: Part::Count(0),
        };
        let steps = vec![replace(25), Step::Wait(Duration::from_secs(600)), replace(100)];
        let scenario = Scenario::new(10, Strategy::Steps(steps));
        let timeline = crate::simulate(&scenario).unwrap();
        let wait = timeline.log().iter().find(|entry| matches!(entry.note, crate::timeline::Note::Waiting(_))).unwrap().at;
        let now = explain::weights(&scenario, &timeline, wait + Duration::from_secs(60)).unwrap();
        assert_eq!(weights(&now), "asked 25 %, users get 30 %: 3 of 10 instances");
    }

    #[test]
    fn every_reason_of_every_strategy_is_a_sentence() {
        for kind in StrategyKind::ALL {
            let mut scenario = Scenario::new(7, kind.with_defaults());
            scenario.release.error_rate = 0.2;
            scenario.release.startup_failure = 0.2;
            scenario.failures.events = vec![Event::Kill { at: Duration::from_secs(90), instances: 2 }];
            let timeline = crate::simulate(&scenario).unwrap();
            let mut lines = Vec::new();
            for entry in timeline.log() {
                lines.extend(sentences(&explain::why(&scenario, &timeline, entry.at)));
                lines.extend(explain::waiting(&scenario, &timeline, entry.at).map(|now| waiting(&now)).unwrap_or_default());
            }
            let metrics = crate::metrics::Metrics::new(&scenario, &timeline);
            for figure in Figure::ALL {
                lines.extend(sentences(&explain::why_figure(&scenario, &timeline, &metrics, figure)));
            }
            for line in lines {
                assert!(line.ends_with('.') && !line.contains("  ") && !line.contains("NaN"), "{kind:?}: {line}");
                assert!(line.chars().next().unwrap().is_uppercase() || line.starts_with(|c: char| c.is_ascii_digit()), "{kind:?}: {line}");
            }
        }
    }
}
