//! Poking at a running deployment: an event added at a moment changes nothing of what came before it, bit for bit.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

#[path = "random_scenario/mod.rs"]
mod random_scenario;

use deployscope::engine;
use deployscope::scenario::{Event, Scenario};
use deployscope::simulate;
use deployscope::timeline::{Note, Timeline};
use deployscope::units::{Duration, Time};
use proptest::prelude::*;

/// Whether the deployment is still carried out just before `t`: it has neither failed nor gone back.
fn is_carried_out(timeline: &Timeline, t: Time) -> bool {
    !timeline.log().iter().any(|entry| entry.at < t && matches!(entry.note, Note::Failed(_)))
}

/// Whether the plan waits for a person just before `t`.
fn waits_for_a_person(timeline: &Timeline, t: Time) -> bool {
    let last = timeline
        .log()
        .iter()
        .rev()
        .find(|entry| entry.at < t && matches!(entry.note, Note::WaitingForApproval | Note::Approved | Note::Failed(_)));
    last.is_some_and(|entry| entry.note == Note::WaitingForApproval)
}

/// Everything there is to see before `t`.
#[track_caller]
fn assert_same_until(before: &Timeline, after: &Timeline, t: Time) -> Result<(), TestCaseError> {
    let end = |timeline: &Timeline| timeline.end().min(t);
    prop_assert_eq!(end(before), end(after));
    let moments = |timeline: &Timeline| {
        let moments = timeline.moments().iter().filter(|moment| moment.at < t);
        moments.map(|m| format!("{m:?} {:?} {:?}", timeline.route(m), timeline.trouble(m))).collect::<Vec<_>>()
    };
    // Routes and troubles are numbered in the order in which they come, so the numbers are the same too.
    prop_assert_eq!(moments(before), moments(after));
    let log = |timeline: &Timeline| timeline.log().iter().copied().filter(|entry| entry.at < t).collect::<Vec<_>>();
    prop_assert_eq!(log(before), log(after));
    let phases = |timeline: &Timeline| {
        let phases = timeline.phases().iter().filter(|phase| phase.from < t);
        phases.map(|phase| (phase.label, phase.way, phase.from, phase.to.min(t))).collect::<Vec<_>>()
    };
    prop_assert_eq!(phases(before), phases(after));
    let lives = |timeline: &Timeline| {
        let life = |i| {
            timeline.life(i).presences().filter(|part| part.since < t).map(|part| (part.since, part.state, part.is_new)).collect::<Vec<_>>()
        };
        let mut lives: Vec<_> = (0..timeline.instances()).map(life).collect();
        // Those launched later.
        while lives.last().is_some_and(Vec::is_empty) {
            lives.pop();
        }
        lives
    };
    prop_assert_eq!(lives(before), lives(after));
    let times: Vec<Time> = before.looks(4).into_iter().filter(|at| *at < t).collect();
    for at in times {
        prop_assert_eq!(before.rates(at), after.rates(at));
        prop_assert_eq!(before.demand(at).to_bits(), after.demand(at).to_bits());
    }
    Ok(())
}

fn with(scenario: &Scenario, event: Event) -> Scenario {
    let mut scenario = scenario.clone();
    scenario.failures.events.push(event);
    scenario
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, max_global_rejects: u32::MAX, ..ProptestConfig::default() })]

    #[test]
    fn an_event_changes_nothing_before_it(
        scenario in random_scenario::scenario(1..=30), thousandths in 0_u64..=1_000, which in 0_u32..40, also_at_an_event in any::<bool>(),
    ) {
        let before = simulate(&scenario).map_err(|engine::TooLong| TestCaseError::reject("too long"))?;
        let mut t = Time::from_us(before.end().as_us() / 1_000 * thousandths);
        if also_at_an_event {
            t = before.next_event(t).unwrap_or(t);
        }
        let at = t.since(Time::ZERO);
        let mut events = vec![
            Event::Kill { at, instances: which / 8 + 1 },
            Event::KillInstance { at, instance: which + 1 },
            Event::TurnBad { at, error_rate: 0.5 },
            Event::TurnGood { at },
            Event::Demand { at, rps: 10.0 * f64::from(which) },
        ];
        if is_carried_out(&before, t) {
            events.push(Event::Abort { at });
        }
        if waits_for_a_person(&before, t) {
            events.push(Event::Approve { at });
        }
        for event in events {
            let poked = with(&scenario, event);
            let Ok(after) = simulate(&poked) else { continue };
            assert_same_until(&before, &after, t)?;
        }
    }
}

fn parsed(ron: &str) -> Scenario {
    Scenario::from_ron(ron, "test").unwrap()
}

#[test]
fn a_later_event_leaves_the_choice_of_who_dies_alone() {
    // Two of ten die at 30 s, whichever the seed says: the same two, wherever in the list other events are written.
    let killed = |events: &str| {
        let ron = format!("(fleet: (instances: 10), strategy: Canary(percent: 10, interval: \"5m\"), failures: (events: [{events}]))");
        let timeline = simulate(&parsed(&ron)).unwrap();
        let at_30 = Time::ZERO + Duration::from_secs(30);
        timeline.log().iter().filter(|e| e.at == at_30).map(|e| e.note).collect::<Vec<_>>()
    };
    let alone = killed("Kill(at: \"30s\", instances: 2)");
    assert!(matches!(alone[0], Note::Died(..)), "{alone:?}");
    for events in [
        "TurnBad(at: \"200s\", error_rate: 0.5), Kill(at: \"30s\", instances: 2)",
        "Kill(at: \"100s\", instances: 3), Kill(at: \"30s\", instances: 2)",
        "Demand(at: \"10s\", rps: 500.0), Kill(at: \"30s\", instances: 2), Kill(at: \"31s\", instances: 1)",
    ] {
        assert_eq!(killed(events), alone, "{events}");
    }
}
