//! The Watch room while things go wrong: what it marks, what it says, and the reasons it gives.
#![cfg(feature = "gui")]
#![expect(clippy::unwrap_used, reason = "a test may stop")]

mod room;

use deployscope::app::Opened;
use deployscope::explain;
use deployscope::presets::{BUILT_IN, FOR_STRATEGIES};
use deployscope::scenario::{Alarm, Event, Metric, OnFailure, Part, Recovery, Scenario, Strategy, StrategyKind, Traffic};
use deployscope::text::why;
use deployscope::units::{Duration, Share};
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use room::{Room, room_of, said};

const WINDOW: eframe::egui::Vec2 = vec2(1280.0, 800.0);

fn watch(scenario: Scenario) -> Room {
    room_of(Opened { scenario, path: None, text: None }, WINDOW, 1.0)
}

/// Three of ten at a time, 800 requests per second, a version that fails every fifth, and an alarm on its own requests.
fn bad_release() -> Scenario {
    let mut scenario = Scenario::new(10, Strategy::Rolling { batch: Part::Count(3) });
    scenario.traffic = Some(Traffic::Constant(800.0));
    scenario.release.error_rate = 0.2;
    scenario.alarm = Some(Alarm {
        metric: Metric::NewVersionErrorRate,
        threshold: 0.05,
        period: Duration::from_secs(60),
        periods: 1,
        bake: Duration::ZERO,
        sampled: false,
        base_error_rate: 0.0,
    });
    scenario.on_failure = Some(OnFailure::Rollback);
    scenario
}

/// Where a mark stands on the ribbon: the first whose words contain `what`.
fn mark(room: &Room, what: &str) -> String {
    let node = room.harness.query_all_by_role(Role::Button).find(|node| said(&node.accesskit_node()).contains(what)).unwrap();
    said(&node.accesskit_node())
}

fn plot(room: &Room, title: &str) -> String {
    let plot = room.harness.get_by(|node| node.role() == Role::Figure && said(node).starts_with(title));
    said(&plot.accesskit_node())
}

#[test]
fn every_preset_that_goes_wrong_is_jumped_into_and_explained() {
    let mut seen = 0;
    for preset in &BUILT_IN[FOR_STRATEGIES..] {
        let opened = Opened::named(preset.name).unwrap();
        let scenario = opened.scenario.clone();
        let mut room = room_of(opened, WINDOW, 1.0);
        let timeline = room.harness.state().model().run().timeline.clone();
        let Some((at, failure)) = explain::failure(&timeline) else { continue };
        seen += 1;
        let words = deployscope::text::story::failure(failure);
        // The mark is a button of the ribbon, named by its time and by what happened.
        let label = mark(&room, &words);
        room.click(Role::Button, &label);
        assert_eq!(room.t(), at.as_us() / 1_000, "{}", preset.name);
        room.keys(&[Key::W]);
        for line in why::sentences(&explain::why(&scenario, &timeline, at)) {
            assert!(room.has(&line), "{}: {line}", preset.name);
        }
        if at < timeline.end() {
            let waiting = explain::waiting(&scenario, &timeline, at).map(|waiting| why::waiting(&waiting)).unwrap_or_default();
            assert!(waiting.iter().all(|line| room.has(line)), "{}: {waiting:?}", preset.name);
            assert!(room.has("Why is it waiting?"), "{}", preset.name);
        } else {
            assert!(room.has("How it ended"), "{}", preset.name);
        }
        room.keys(&[Key::Escape]);
        assert!(!room.has("Why do requests fail?"), "{}", preset.name);
    }
    assert!(seen >= 20, "{seen}");
}

#[test]
fn w_asks_why_at_the_playhead_and_the_answer_follows_it() {
    let mut room = watch(bad_release());
    room.keys(&[Key::W]);
    // Three of ten drain: seven serve 700 of 800.
    assert!(room.has("100 of 800 requests per second were refused: 7 instances can serve 700."));
    assert!(room.has("Three are out for batch 1."));
    // Batch 1 is in service from 100 s on: 3 of 7 instances answer 300, and fail a fifth of them, 60.
    room.click(Role::ListBoxOption, "1:40 Batch 1 in service");
    assert_eq!(room.t(), 100_000);
    assert!(room.has("160 of 800 requests per second failed: 100 were refused and 60 were failed by the new version."));
    assert!(!room.has("Three are out for batch 1."));
    room.keys(&[Key::W]);
    assert!(!room.has("Why do requests fail?"));
    room.keys(&[Key::W]);
    room.click(Role::Button, "Close why");
    assert!(!room.has("Why do requests fail?"));
}

#[test]
fn a_figure_is_asked_by_a_click_and_from_the_keyboard() {
    let mut room = watch(bad_release());
    let row = room.score("Requests failed");
    room.click(Role::Button, &row);
    let reasons =
        |room: &Room| room.harness.query_all_by_role(Role::Label).any(|node| said(&node.accesskit_node()).contains("were refused and"));
    assert!(room.has(&format!("Why? {row}")));
    assert!(reasons(&room));
    room.click(Role::Button, &row);
    assert!(!reasons(&room));

    room.node(Role::Button, &room.score("Duration")).focus();
    room.run();
    room.keys(&[Key::Enter]);
    assert!(room.has(&format!("Why? {}", room.score("Duration"))));
    // Back in the list of controls and away from it: escape lets go of the row first.
    room.keys(&[Key::Escape, Key::Escape]);
    assert!(!room.has(&format!("Why? {}", room.score("Duration"))));
}

#[test]
fn a_click_on_failures_asks_about_their_moment() {
    let mut room = watch(bad_release());
    let plot = room.harness.get_by(|node| node.role() == Role::Figure && said(node).starts_with("Requests failed, per second")).rect();
    let end_s = room.harness.state().model().end().as_secs_f64();
    #[expect(clippy::cast_possible_truncation, reason = "a place on the screen")]
    let at = |seconds: f64| plot.left_center() + vec2(plot.width() * (seconds / end_s) as f32, 0.0);
    for seconds in [50.0, 110.0] {
        room.harness.hover_at(at(seconds));
        room.run();
        room.harness.drag_at(at(seconds));
        room.run();
        room.harness.drop_at(at(seconds));
        room.run();
        let off = room.t() as f64 / 1e3 - seconds;
        assert!(off.abs() < 3.0, "{off} s beside {seconds} s");
        assert!(room.has("Why do requests fail?"), "{seconds}");
    }
    room.keys(&[Key::Escape]);
    // At the end all is well again: the same click only goes there.
    let well = end_s - 5.0;
    room.harness.drag_at(at(well));
    room.run();
    room.harness.drop_at(at(well));
    room.run();
    assert!(!room.has("Why do requests fail?"));
}

#[test]
fn the_ribbon_marks_the_alarm_and_the_way_back() {
    let mut room = watch(bad_release());
    // Batch 1 is in service from 1:40 on; the alarm's minute from 1:00 to 2:00 is the first with failures. Three of seven
    // instances get 3 / 7 × 800 = 342.9 requests per second, answer 300 and fail a fifth of them: (42.9 + 60) / 342.9 = 30 %.
    let label = mark(&room, "alarm");
    assert_eq!(label, "2:00 New version's error rate 30 % for 1 min, above 5 %: alarm; Redeploying the old version");
    room.click(Role::Button, &label);
    assert_eq!(room.t(), 120_000);

    let mut late = bad_release();
    late.on_failure = Some(OnFailure::Redeploy { after: Duration::from_mins(5) });
    let mut room = watch(late);
    let back = mark(&room, "Redeploying the old version");
    room.click(Role::Button, &back);
    // The person comes five minutes after the alarm.
    assert_eq!(room.t(), 120_000 + 300_000);
}

#[test]
fn plots_name_causes_and_marked_moments() {
    let mut room = watch(bad_release());
    room.click(Role::ListBoxOption, "1:40 Batch 1 in service");
    assert_eq!(
        plot(&room, "Requests failed"),
        "Requests failed, per second: 160 failed req/s: 100 over capacity, 60 by the new version; alarm at 2:00; goes back at 2:00"
    );
    let room = watch(Scenario::new(10, Strategy::Immutable));
    assert_eq!(plot(&room, "Requests failed"), "Requests failed, per second: no failed requests");
}

#[test]
fn the_stage_tells_what_is_wrong_and_what_is_done() {
    let mut scenario = Scenario::new(10, Strategy::Immutable);
    scenario.failures.events = vec![Event::Kill { at: Duration::from_secs(30), instances: 3 }];
    scenario.failures.recovery = Some(Recovery::Restart);
    let mut room = watch(scenario);
    let killed = mark(&room, "killed");
    assert!(killed.starts_with("0:30 "), "{killed}");
    room.click(Role::Button, &killed);
    // Three of ten die while the first new instance boots: three tenths of 700 requests per second go to them.
    assert_eq!(
        room.stage(),
        "Stage: The first new instance: launching 11. 7 old in service, 1 launching, 3 not answering; 490 of 700 requests per \
         second served, 210 failed"
    );
}

#[test]
fn an_instance_under_the_pointer_says_what_its_state_means() {
    let mut scenario = bad_release();
    scenario.failures.events = vec![Event::Kill { at: Duration::from_secs(101), instances: 2 }];
    let mut room = watch(scenario);
    room.click(Role::ListBoxOption, "1:40 Batch 1 in service");
    room.keys(&[Key::ArrowRight]);
    assert_eq!(room.t(), 101_000);
    let stage = room.harness.get_by(|node| node.role() == Role::Figure && said(node).starts_with("Stage")).rect();
    let mut said_of_some: Vec<String> = Vec::new();
    // Over all of the stage's right half, where the tiles are.
    for (column, row) in (0..12_u8).flat_map(|row| (0..18_u8).map(move |column| (f32::from(column), f32::from(row)))) {
        room.harness.hover_at(stage.center_top() + vec2(stage.width() * 0.5 * column / 18.0, stage.height() * row / 12.0));
        // Long enough for what is said of it to appear.
        room.harness.run_steps(8);
        let labels = room.harness.query_all_by_role(Role::Label).map(|node| said(&node.accesskit_node()));
        said_of_some.extend(labels.filter(|label| label.starts_with("It ")));
    }
    for consequence in ["It still gets requests, and fails them, until the load balancer notices.", "It fails 20 % of its requests."] {
        assert!(said_of_some.iter().any(|label| label == consequence), "{consequence}: {said_of_some:?}");
    }
}

#[test]
fn settings_that_cannot_work_are_told_before_anything_runs() {
    let percent = |percent| Strategy::InPlace { minimum_healthy: Part::Percent(Share::from_percent(percent)) };
    // 95 % of 10 is 9.5, rounded up 10: none may be worked on. 90 % are 9.
    let room = watch(Scenario::new(10, percent(95)));
    room.node(
        Role::Alert,
        "95 % of 10 instances is 10 rounded up: none may be updated, so the deployment fails at once. A minimum of 90 % works.",
    );
    let room = watch(Scenario::new(10, percent(90)));
    assert!(room.harness.query_all_by_role(Role::Alert).next().is_none());
}

#[test]
fn shares_that_users_get_stand_beside_those_that_were_asked_for() {
    use deployscope::scenario::Step;
    let replace = |percent| Step::Replace {
        to: Part::Percent(Share::from_percent(percent)),
        max_surge: Part::Count(1),
        max_unavailable: Part::Count(0),
    };
    let steps = vec![replace(25), Step::Wait(Duration::from_mins(10)), replace(100)];
    let mut room = watch(Scenario::new(10, Strategy::Steps(steps)));
    // Three are launched one after another, 140 s each: what drains does not count. The last old one drains 20 s; then it waits.
    while !room.stage().contains("waiting until 17:20") {
        room.keys(&[Key::ArrowRight]);
    }
    assert_eq!(room.t(), 440_000);
    // A quarter of ten, rounded up, is three of ten.
    assert!(room.stage().ends_with("asked 25 %, users get 30 %: 3 of 10 instances"), "{}", room.stage());
}

#[test]
fn a_way_back_that_launches_has_groups_of_both_versions() {
    let mut scenario = Scenario::new(10, StrategyKind::RollingUpdate.with_defaults());
    scenario.release.startup_failure = 1.0;
    scenario.on_failure = Some(OnFailure::Redeploy { after: Duration::from_mins(1) });
    let mut room = watch(scenario);
    room.keys(&[Key::End]);
    // The two that may be unavailable ended; two of the old version were launched again.
    let stage = room.stage();
    assert!(stage.starts_with("Stage: Rolled back: every instance runs the old version"), "{stage}");
    let timeline = room.harness.state().model().timeline();
    let last = timeline.life(timeline.instances() - 1).at(timeline.end()).unwrap();
    assert!(!last.is_new);
}

#[test]
fn every_strategy_bears_every_fault_at_any_moment() {
    for kind in StrategyKind::ALL {
        let mut scenario = Scenario::new(7, kind.with_defaults());
        scenario.release.error_rate = 0.3;
        scenario.release.startup_failure = 0.3;
        scenario.failures.events = vec![Event::Kill { at: Duration::from_secs(70), instances: 2 }];
        scenario.failures.recovery = Some(Recovery::Replace);
        scenario.on_failure = Some(OnFailure::Redeploy { after: Duration::from_mins(2) });
        let mut room = watch(scenario);
        room.keys(&[Key::W]);
        // Each event forwards, at most so many, and the end.
        for _ in 0..60 {
            room.keys(&[Key::ArrowRight]);
            assert!(room.has("Why do requests fail?"), "{kind:?}");
        }
        room.keys(&[Key::End]);
        assert!(room.has("How it ended"), "{kind:?}");
    }
}
