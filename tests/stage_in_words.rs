//! What a screen reader finds for the stage: words that tell what the picture shows, and that change when something
//! happens and not with every frame.

#![cfg(feature = "gui")]
#![expect(clippy::unwrap_used, reason = "a test may stop")]

mod room;

use deployscope::app::Opened;
use deployscope::scenario::{Part, Scenario, Strategy, StrategyKind, Traffic};
use deployscope::simulate;
use deployscope::text::language::{Language, speak};
use deployscope::text::story;
use deployscope::units::{Duration, Time};
use eframe::egui::{Key, Modifiers, vec2};
use room::{Room, room_of};

fn watch(scenario: Scenario) -> Room {
    room_of(Opened { scenario, path: None, text: None }, vec2(1280.0, 800.0), 1.0)
}

/// Ten seconds on.
fn forward(room: &mut Room, times: usize) {
    for _ in 0..times {
        room.chord(Modifiers::SHIFT, Key::ArrowRight);
    }
}

fn secs(s: u64) -> Time {
    Time::ZERO + Duration::from_secs(s)
}

/// Three of ten at a time, 800 requests per second where 1,000 can be served.
fn busy_day() -> Scenario {
    let mut scenario = Scenario::new(10, Strategy::Rolling { batch: Part::Count(3) });
    scenario.traffic = Some(Traffic::Constant(800.0));
    scenario
}

#[test]
fn the_words_stay_while_a_batch_does_one_thing_and_change_when_it_does_the_next() {
    let mut room = watch(busy_day());
    // Batch 2 leaves at 100 s, drains for 20 s, and is installed from 120 s to 150 s.
    forward(&mut room, 13);
    let installing = room.stage();
    assert_eq!(
        installing,
        "Stage: Batch 2 of 4: installing the new version on 04, 05 and 06. 3 new and 4 old in service, 3 installing; 700 of \
         800 requests per second served, 100 refused"
    );
    forward(&mut room, 1);
    assert_eq!((room.t(), room.stage()), (140_000, installing));
    forward(&mut room, 1);
    assert_eq!(
        (room.t(), room.stage().as_str()),
        (
            150_000,
            "Stage: Batch 2 of 4: starting the new version on 04, 05 and 06. 3 new and 4 old in service, 3 starting; 700 of \
             800 requests per second served, 100 refused"
        )
    );
}

#[test]
fn a_wait_says_when_it_is_over_and_not_how_long_it_still_takes() {
    let mut room = watch(Scenario::new(10, StrategyKind::Canary.with_defaults()));
    // A new set of ten until 140 s, then 300 s with a tenth of 700 requests per second.
    forward(&mut room, 15);
    let waiting = room.stage();
    assert_eq!(
        waiting,
        "Stage: 10 % of the traffic goes to the new version, until 7:20. 10 new and 10 old in service; 700 of 700 requests per \
         second served"
    );
    forward(&mut room, 28);
    assert_eq!((room.t(), room.stage()), (430_000, waiting.clone()));
    forward(&mut room, 1);
    assert_ne!(room.stage(), waiting);
}

#[test]
fn a_demand_that_changes_all_the_time_is_told_with_its_time() {
    let mut wave = busy_day();
    wave.traffic = Some(Traffic::Wave { mean: 800.0, amplitude: 100.0, period: Duration::from_secs(400) });
    let timeline = simulate(&wave).unwrap();
    let told = story::in_words(&timeline, secs(110));
    // At 100 s, a quarter of the wave, it is at its top of 900; seven of ten serve 700.
    assert!(told.ends_with("3 draining; at 1:40 700 of 900 requests per second served, 200 refused"), "{told}");
    assert_eq!(story::in_words(&timeline, secs(119)), told);
}

#[test]
fn nothing_in_service_is_the_first_that_is_said_of_the_instances() {
    let timeline = simulate(&Scenario::new(10, Strategy::AllAtOnce)).unwrap();
    assert_eq!(
        story::in_words(&timeline, secs(10)),
        "The whole fleet at once: installing the new version on 10 instances. Downtime: nothing is in service, 10 installing; \
         0 of 700 requests per second served, 700 refused"
    );
    assert_eq!(
        story::in_words(&timeline, timeline.end()),
        "Done: every instance runs the new version. 10 new in service; 700 of 700 requests per second served"
    );
}

#[test]
fn in_a_large_fleet_it_says_that_it_estimates() {
    // Of 20,000 every tenth is looked at: 500 of 5,000.
    let timeline = simulate(&Scenario::new(20_000, Strategy::Rolling { batch: Part::Count(5_000) })).unwrap();
    let told = story::in_words(&timeline, secs(30));
    assert!(told.contains(". 15,000 old in service, about 5,000 installing; "), "{told}");
}

#[test]
fn it_speaks_japanese() {
    speak(Language::Japanese);
    assert_eq!(
        story::in_words(&simulate(&busy_day()).unwrap(), secs(134)),
        "バッチ2/4：04、05、06に新バージョンをインストール中。新3台と旧4台が稼働中、3台がインストール中。\
         毎秒800件のリクエストのうち700件を処理、100件を拒否"
    );
}
