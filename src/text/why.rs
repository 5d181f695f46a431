//! The words for what a deployment waits for, and for why requests fail and figures are what they are.

use super::language::word;
use super::numbers::{amount, clock, duration, instance, percent, whole};
use super::story::{beside, failure, instances, listed, lower_first, metric_name, phase_inside, phase_name};
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

fn n(n: u32) -> String {
    whole(u64::from(n))
}

/// A number at the begin of a sentence: in words up to twelve.
fn first(number: u32) -> String {
    fn words() -> [&'static str; 13] {
        [
            word("why-words-none"),
            word("why-words-one"),
            word("why-words-two"),
            word("why-words-three"),
            word("why-words-four"),
            word("why-words-five"),
            word("why-words-six"),
            word("why-words-seven"),
            word("why-words-eight"),
            word("why-words-nine"),
            word("why-words-ten"),
            word("why-words-eleven"),
            word("why-words-twelve"),
        ]
    }
    words().get(number as usize).map_or_else(|| n(number), |word| (*word).to_owned())
}

fn upper_first(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
}

/// `is` or `are`.
fn be(count: u32) -> &'static str {
    if count == 1 { "is" } else { "are" }
}

fn who(who: &Who) -> String {
    if who.counted { listed(&who.named, who.count) } else { format!("about {}", instances(who.count)) }
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
    let subject = upper_first(&phase_inside(waiting.phase, waiting.way));
    match &waiting.on {
        On::Instances { who, stage, left, goes_on } => {
            format!(
                "{subject} waits: {}{}.",
                stage_of(who, *stage, *left),
                goes_on.map(|time| goes_on_in(*stage, time)).unwrap_or_default()
            )
        }
        On::Time { left, of } => format!("{subject} lasts another {} of {}.", duration(*left), duration(*of)),
        On::Measurement { metric, threshold, left, of, bad, failures } => {
            let measured = lower_first(metric_name(*metric));
            let bad = format!("{} of {} bad measurements so far", n(*bad), n(*failures));
            format!(
                "{subject} measures the {measured} for another {} of {}, against {}; {bad}.",
                duration(*left),
                duration(*of),
                percent(*threshold)
            )
        }
        On::Person { left } => format!("A person redeploys the old version in {}.", duration(*left)),
        On::Approval { left: Some(left) } => format!("{subject} waits for a person, who approves in {}.", duration(*left)),
        On::Approval { left: None } => format!("{subject} waits for a person, and no one ever approves."),
        On::Alarm { left } => format!("All is done, and the alarm watches for another {}.", duration(*left)),
        On::Clients { share, left } => {
            format!("{} of the clients still follow their old DNS answer, the last ones for {}.", percent(*share), duration(*left))
        }
        On::Room { quota, launches, left } => {
            let up = left.map(|left| format!("; its time is up in {}", duration(left))).unwrap_or_default();
            let waiting = if *launches == 1 { "1 launch waits".to_owned() } else { format!("{} launches wait", n(*launches)) };
            format!("{subject} waits: {waiting} for room, no more than {} may exist{up}.", instances(*quota))
        }
        On::Nothing => format!("{subject} waits for something that never comes."),
    }
}

fn stage_of(some: &Who, stage: Stage, left: Option<Duration>) -> String {
    let one = some.count == 1;
    let subject = who(some);
    let does = |singular: &str, plural: &str| format!("{subject} {}", if one { singular } else { plural });
    let left = left.map(duration);
    let for_another = |text: String| match &left {
        Some(left) => format!("{text}, {left} left"),
        None => text,
    };
    match stage {
        Stage::Draining => for_another(does("drains", "drain")),
        Stage::Booting => for_another(does("boots", "boot")),
        Stage::Installing => for_another(does("is being installed", "are being installed")),
        Stage::Starting => for_another(does("starts", "start")),
        Stage::Ending => for_another(does("drains for good", "drain for good")),
        Stage::Checking { passed, of } if passed >= of => for_another(does("has passed its checks", "have passed their checks")),
        Stage::Checking { passed, of } => for_another(format!("{} {} of {} checks", does("has passed", "have passed"), n(passed), n(of))),
        Stage::NeverPasses(then) => {
            let never = does("never passes", "never pass");
            match (then, left) {
                (Then::Failed, Some(left)) => format!("{never}; {} time is up in {left}", if one { "its" } else { "their" }),
                (Then::Replaced, Some(left)) if one => format!("{never} and is replaced in {left}"),
                (Then::Replaced, Some(left)) => format!("{never} and are replaced in {left}"),
                (Then::Nothing, _) | (_, None) => format!("{never}, and nothing ends that"),
            }
        }
        Stage::Settling => {
            let stay = does("has to stay healthy", "have to stay healthy");
            left.map_or(stay.clone(), |left| format!("{stay} for another {left}"))
        }
    }
}

fn goes_on_in(stage: Stage, time: Duration) -> String {
    match stage {
        Stage::NeverPasses(_) | Stage::Settling | Stage::Ending => String::new(),
        Stage::Draining | Stage::Booting | Stage::Installing | Stage::Starting | Stage::Checking { .. } => {
            format!("; it goes on in {}", duration(time))
        }
    }
}

/// How many failures it can still afford.
pub fn afford(afford: Afford) -> String {
    let more = |more: u32, one: &str, several: &str| match more {
        0 => format!("It cannot afford another failed {one}"),
        1 => format!("It can afford 1 more failed {one}"),
        _ => format!("It can afford {} more failed {several}", n(more)),
    };
    match afford {
        Afford::None => "It can afford no failure: one instance that is not healthy in time fails it.".into(),
        Afford::Instances { more: left, healthy, minimum } => {
            format!("{}: {} {} healthy and the minimum is {}.", more(left, "instance", "instances"), n(healthy), be(healthy), n(minimum))
        }
        Afford::Tasks { failed, threshold } => format!(
            "{}: {} failed and the circuit breaker acts at {}.",
            more(threshold.saturating_sub(failed + 1), "task", "tasks"),
            n(failed),
            n(threshold)
        ),
        Afford::Replaced => "No failure stops it: what fails is replaced again and again.".into(),
        Afford::ReplacedFor { left: Some(left), of } => {
            format!("What fails is replaced for {}, another {} of it.", duration(of), duration(left))
        }
        Afford::ReplacedFor { left: None, of } => format!("What fails is replaced, for {} at most.", duration(of)),
        Afford::Marked { left: Some(left), deadline } => {
            format!("No failure stops it: without progress for {} it is marked, in {}.", duration(deadline), duration(left))
        }
        Afford::Marked { left: None, deadline } => {
            format!("No failure stops it: without progress for {} it would be marked.", duration(deadline))
        }
        Afford::Ignored => "No failure stops it: the next batch begins all the same.".into(),
    }
}

/// The traffic that the new version gets in a step.
pub fn expected(step: &StepTraffic) -> Option<String> {
    let (requests, takes) = (step.requests?, step.takes?);
    Some(format!(
        "The new version gets {} of the traffic for {}: about {} requests.",
        percent(step.share),
        duration(takes),
        amount(requests)
    ))
}

/// What is to be warned of in a step: that it cannot be judged by its traffic, or that it ends before the alarm can tell.
pub fn warnings(step: &StepTraffic) -> Vec<String> {
    let mut lines = Vec::new();
    match step.judged {
        Judged::ByNothing => lines.push("No alarm is set: nothing judges it.".into()),
        Judged::ByCapacity => lines.push("The alarm looks at the capacity: nothing judges it by its errors.".into()),
        Judged::Blind { threshold } => lines.push(format!(
            "The alarm cannot see it: if all of them failed, {} of all requests would, and that is not above {}.",
            percent(step.share),
            percent(threshold)
        )),
        Judged::TooFew { needed, sees_from } => lines.push(format!(
            "That is too few to judge by: it takes about {} to tell an error rate of {}.",
            amount(needed.ceil()),
            percent(sees_from)
        )),
        Judged::Enough { .. } => {}
    }
    if let Some(periods) = step.periods.filter(|periods| periods.whole < u64::from(periods.needed)) {
        let has = match periods.whole {
            0 => "and none lies wholly in this step".to_owned(),
            some => {
                format!("and only {} in this step", if some == 1 { "1 lies wholly".into() } else { format!("{} lie wholly", whole(some)) })
            }
        };
        let needs = match periods.needed {
            1 => format!("a period of {}", duration(periods.period)),
            needed => format!("{} periods of {}", n(needed), duration(periods.period)),
        };
        lines.push(format!("The alarm needs {needs}, {has}: it cannot tell before the next one."));
    }
    lines
}

/// The alarm's period under way.
pub fn alarm(alarm: &AlarmPeriod) -> String {
    let name = lower_first(metric_name(alarm.metric));
    let so_far = match alarm.value {
        Some(value) => format!("{name} {} so far, {}", percent(value), beside(alarm.metric, value, alarm.threshold)),
        None => "no request so far".into(),
    };
    let row = match alarm.needed {
        0 | 1 => String::new(),
        needed => format!("; {} of {} bad periods before it", n(alarm.bad), n(needed)),
    };
    format!("The alarm's period of {} ends in {}: {so_far}{row}.", duration(alarm.period), duration(alarm.left))
}

/// The share that was asked for and the one that users get: `asked 20 %, users get 30 %: 3 of 10 instances`.
pub fn weights(weights: &Weights) -> String {
    format!(
        "asked {}, users get {}: {} of {}",
        percent(weights.asked.as_fraction()),
        percent(weights.got),
        n(weights.new),
        instances(weights.of)
    )
}

/// A chain of causes, a sentence each.
pub fn sentences(reasons: &[Reason]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut before: Option<&Reason> = None;
    for now in reasons {
        let told = reason(now);
        match lines.last_mut() {
            Some(line) if before.is_some_and(|before| now.is_told_with(before)) => {
                let joined = if matches!(now, Reason::Failing { .. }) { ", " } else { ": " };
                *line += joined;
                *line += &lower_first(&told);
            }
            Some(_) | None => lines.push(told),
        }
        before = Some(now);
    }
    lines.into_iter().map(|line| if line.ends_with('.') { line } else { format!("{line}.") }).collect()
}

fn failing(causes: &[(Cause, f64)], demand: f64) -> String {
    let all: f64 = causes.iter().map(|(_, rps)| rps).sum();
    let of = format!("{} of {} requests per second", amount(all), amount(demand));
    match causes {
        [(cause, _)] => format!("{of} {}", did(*cause)),
        _ => {
            let parts: Vec<String> = causes.iter().map(|(cause, rps)| format!("{} {}", amount(*rps), did(*cause))).collect();
            format!("{of} failed: {}", and(&parts))
        }
    }
}

/// What happened to requests that failed of a cause.
fn did(cause: Cause) -> &'static str {
    match cause {
        Cause::NoCapacity => "found nothing in service",
        Cause::Overload => "were refused",
        Cause::CutOff => "were cut off in flight",
        Cause::StaleDns => "went to an environment that has ended",
        Cause::NewVersionError => "were failed by the new version",
        Cause::DeadTarget => "went to instances that do not answer",
    }
}

/// `a, b and c`.
fn and(parts: &[String]) -> String {
    match parts.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

fn group_name(group: Version) -> &'static str {
    match group {
        Version::Old => "The original group",
        Version::New => "The new group",
    }
}

fn from_to(from: Time, to: Time) -> String {
    format!("from {} to {}", clock(from), clock(to))
}

/// One link of a chain, without its full stop.
fn reason(reason: &Reason) -> String {
    match reason {
        Reason::Failing { causes, demand } => failing(causes, *demand),
        Reason::Capacity { instances: count, capacity } => format!("{} can serve {}", instances(*count), amount(*capacity)),
        Reason::GroupCapacity { group, share, gets, instances: count, capacity } => format!(
            "{} gets {} of the traffic, {}, and its {} can serve {}",
            group_name(*group),
            percent(*share),
            amount(*gets),
            instances(*count),
            amount(*capacity)
        ),
        Reason::Slower { factor } => {
            format!("An instance of the new version serves {} of what one of the old version does", percent(*factor))
        }
        Reason::NothingInService => "Nothing is in service".into(),
        Reason::GroupEmpty { group, share } => {
            format!("{} gets {} of the traffic, and nothing of it is in service", group_name(*group), percent(*share))
        }
        Reason::Stale { share, ended, until } => {
            let ended = ended.map(|ended| format!(" at {}", clock(ended))).unwrap_or_default();
            format!(
                "{} of the clients still follow a DNS answer whose environment ended{ended}; the last ones do until {}",
                percent(*share),
                clock(*until)
            )
        }
        Reason::Errors { answers, share, rate, since } => {
            let since = since.map(|since| format!(", since {}", clock(since))).unwrap_or_default();
            format!("It answers {}, {} of all, and fails {} of them{since}", amount(*answers), percent(*share), percent(*rate))
        }
        Reason::Dead { who: some, died, noticed, checks: (threshold, interval) } => {
            let died = match died {
                Some((Death::Crash, at)) => format!(" crashed at {} and", clock(*at)),
                Some((Death::Killed | Death::Failure, at)) => format!(" died at {} and", clock(*at)),
                None => String::new(),
            };
            let still = if some.count == 1 { "still gets its share" } else { "still get their share" };
            let at = noticed.map(|at| format!(", at {}", clock(at))).unwrap_or_default();
            format!(
                "{}{died} {still}; the load balancer notices after {} failed checks, {} apart{at}",
                who(some),
                n(*threshold),
                duration(*interval)
            )
        }
        Reason::NotLearned { count, propagation } => {
            format!("{} stopped, and the load balancer learns of it {} late", instances(*count), duration(*propagation))
        }
        Reason::FailsOpen { failed } => format!(
            "{} registered and none {}: the load balancer sends requests there all the same",
            if *failed == 1 { "1 instance is".into() } else { format!("{} are", instances(*failed)) },
            "is healthy"
        ),
        Reason::Out { count, phase, way } => format!("{} {} out for {}", first(*count), be(*count), phase_inside(*phase, *way)),
        Reason::Lost { count, how, at, who: some } if *count == some.count => {
            format!("{} failed: {}", first(*count), lost(some, *how, *at))
        }
        Reason::Lost { count, how, at, who: some } => format!("{} failed; last, {}", first(*count), lost(some, *how, *at)),
        Reason::TooMuch { instances: count } => format!("All {} are in service: more is asked for than the fleet can serve", n(*count)),
        Reason::Shifted { at, phase } => {
            format!("It gets its share since {}: {}", clock(*at), lower_first(&phase_name(*phase, Way::Forward)))
        }
        Reason::Came { at, who: some } => format!("{} came into service at {}", who(some), clock(*at)),
        Reason::Lasts { from, to, requests } => format!("It lasts {}: {} requests fail", from_to(*from, *to), amount(*requests)),
        // What was wrong from the start needed no noticing.
        Reason::Noticed { at, why, .. } if *at == Time::ZERO => failure(*why),
        Reason::Noticed { at, why, over: true } => format!("It was noticed at {}: {}", clock(*at), lower_first(&failure(*why))),
        Reason::Noticed { at, why, over: false } => format!("It will be noticed at {}: {}", clock(*at), lower_first(&failure(*why))),
        Reason::NotWatched => "No alarm watches for it".into(),
        Reason::AlarmSilent { metric, value, threshold } => {
            let measured = lower_first(metric_name(*metric));
            format!("The alarm does not see it: {measured} {}, {}", percent(*value), beside(*metric, *value, *threshold))
        }
        Reason::Figured(figured) => self::figured(figured),
    }
}

fn lost(some: &Who, how: Lost, at: Time) -> String {
    let (name, at) = (who(some), clock(at));
    let was = if some.count == 1 { "was" } else { "were" };
    match how {
        Lost::NotHealthy(Some(time)) => format!("{name} {was} not healthy within {}, at {at}", duration(time)),
        Lost::NotHealthy(None) => format!("{name} {was} not healthy in time, at {at}"),
        Lost::Died(Death::Crash) => format!("{name} crashed at {at}"),
        Lost::Died(Death::Killed | Death::Failure) => format!("{name} died at {at}"),
        Lost::FailedChecks => format!("{name} failed {} checks at {at}", if some.count == 1 { "its" } else { "their" }),
    }
}

/// Phases of one kind: `4 batches`, `the new set`.
fn kind(phase: PhaseLabel, way: Way, count: usize) -> String {
    if count == 1 {
        return phase_inside(phase, way);
    }
    let plural = match phase {
        PhaseLabel::Batch { .. } => "batches",
        PhaseLabel::Traffic { .. } => "traffic steps",
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
    let back = match way {
        Way::Forward => "",
        Way::Back => " of the way back",
    };
    format!("{} {plural}{back}", whole(count as u64))
}

fn figured(figured: &Figured) -> String {
    match figured {
        Figured::Nothing(figure) => nothing(*figure).into(),
        Figured::Phases { phase, way, count, total, of } => {
            let takes = if *count == 1 { "takes" } else { "take" };
            let name = upper_first(&kind(*phase, *way, *count));
            if total == of {
                format!("{name} {takes} all of it")
            } else {
                format!("{name} {takes} {} of {}", duration(*total), duration(*of))
            }
        }
        Figured::Parts { instance: number, parts } => {
            let parts: Vec<String> = parts.iter().map(|(state, time)| format!("{} for {}", does(*state), duration(*time))).collect();
            format!("{} {}", instance(*number), and(&parts))
        }
        Figured::WayBack { from, to, redeploy: true } => {
            format!("The old version is deployed again {}: {}", from_to(*from, *to), duration(to.since(*from)))
        }
        Figured::WayBack { from, to, redeploy: false } if from == to => format!("It goes back at once, at {}", clock(*from)),
        Figured::WayBack { from, to, redeploy: false } => {
            format!("It goes back {}: {}", from_to(*from, *to), duration(to.since(*from)))
        }
        Figured::Stretches { figure, count, longest: (from, to), phase } => {
            let what = holds(*figure);
            let phase = phase.map(|(phase, way)| format!(" ({})", phase_inside(phase, way))).unwrap_or_default();
            match count {
                1 => format!("{what} {}{phase}", from_to(*from, *to)),
                _ => format!("{what} in {} stretches, the longest {}{phase}", whole(*count as u64), from_to(*from, *to)),
            }
        }
        Figured::Lowest { from, to, in_service, desired } => {
            format!("{} of {} {} in service {}", n(*in_service), n(*desired), be(*in_service), from_to(*from, *to))
        }
        Figured::Causes(causes) => {
            let parts = causes.iter().enumerate().map(|(i, (cause, requests))| {
                let requests = amount(*requests);
                if i == 0 { format!("{requests} requests {}", did(*cause)) } else { format!("{requests} {}", did(*cause)) }
            });
            and(&parts.collect::<Vec<_>>())
        }
        Figured::Share { failed, of } => format!("{} of {} requests failed", amount(*failed), amount(*of)),
        Figured::Cut { takes, interrupted: true, .. } => {
            format!("Instances are interrupted without draining, and a request takes {}", duration(*takes))
        }
        Figured::Cut { drain, takes, interrupted: false, .. } => {
            format!("An instance drains for {}, and a request takes {}", duration(*drain), duration(*takes))
        }
        Figured::Worst { at } => format!("At worst, at {}", clock(*at)),
        Figured::Exposed { phase, way, count, time, requests } => {
            format!("Most came in {}: {} in {}", kind(*phase, *way, *count), amount(*requests), duration(*time))
        }
        Figured::FailedOfExposed { requests } => format!("The new version failed {} requests", amount(*requests)),
        Figured::Most { from, to, old, new } => format!("There are {} old and {} new ones {}", n(*old), n(*new), from_to(*from, *to)),
        Figured::WrongSince(at) => format!("The first trouble showed at {}", clock(*at)),
        Figured::NothingShowed { since, phase } => {
            format!("{} began at {}, and nothing showed until then", upper_first(&phase_inside(*phase, Way::Forward)), clock(*since))
        }
        Figured::Left { old, new, failed, dead, not_ready, well } => {
            let run = match (*old, *new) {
                (0, 0) => "Nothing is in service".to_owned(),
                (old, 0) => format!("{} the old version", runs(old)),
                (0, new) => format!("{} the new version", runs(new)),
                (old, new) => format!("{} the old version and {} the new one", runs(old), n(new)),
            };
            let rest =
                [(*failed, "failed"), (*dead, "not answering"), (*not_ready, "not in service")].into_iter().filter(|(count, _)| *count > 0);
            let rest: String = rest.map(|(count, what)| format!(", {} {what}", n(count))).collect();
            let well = if *well { ", as it should be" } else { "" };
            format!("{run}{rest}{well}")
        }
    }
}

fn runs(count: u32) -> String {
    if count == 1 { "1 instance runs".into() } else { format!("{} instances run", n(count)) }
}

fn does(state: State) -> &'static str {
    match state {
        State::InService => "serves",
        State::Draining | State::Terminating => "drains",
        State::Launching => "boots",
        State::Installing => "is installed",
        State::Starting => "starts",
        State::Checking => "is checked",
        State::Gone => "is gone",
        State::Dead => "does not answer",
        State::Failed => "is out of service",
    }
}

/// What holds in a figure's stretches.
fn holds(figure: Figure) -> &'static str {
    match figure {
        Figure::Downtime => "Nothing is in service",
        Figure::BelowDemand => "The capacity is below the demand",
        Figure::MixedVersions => "Both versions get traffic",
        Figure::ExtraCost | Figure::MostInstances => "More instances exist than the fleet's size",
        Figure::Duration
        | Figure::LowestCapacity
        | Figure::Failed
        | Figure::Availability
        | Figure::Exposed
        | Figure::TimeToNotice
        | Figure::Rollback
        | Figure::StateLeft
        | Figure::NextStep => "It is so",
    }
}

/// What is said where there is nothing of a figure.
fn nothing(figure: Figure) -> &'static str {
    match figure {
        Figure::Duration => "Nothing was done",
        Figure::Downtime => "At every moment something is in service",
        Figure::BelowDemand => "At every moment the capacity meets the demand",
        Figure::LowestCapacity => "The capacity never falls below that of the whole fleet",
        Figure::MixedVersions => "At every moment only one version gets traffic",
        Figure::Failed | Figure::Availability => "No request fails",
        Figure::Exposed => "The new version gets no request before it is fully rolled out",
        Figure::MostInstances | Figure::ExtraCost => "No instance beyond the fleet's size is ever launched",
        Figure::TimeToNotice => "Nothing that went wrong was noticed",
        Figure::Rollback => "It never goes back",
        Figure::StateLeft | Figure::NextStep => "Nothing is left to do",
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
