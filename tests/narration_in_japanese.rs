//! What is told of a deployment, in Japanese: sentences with an order of their own and not English ones with other words.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

#[path = "random_scenario/mod.rs"]
mod random_scenario;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use deployscope::explain::{self, Figure};
use deployscope::metrics::Metrics;
use deployscope::presets::BUILT_IN;
use deployscope::scenario::{Alarm, Event, Metric, OnFailure, Part, Places, Scenario, Strategy, StrategyKind, Traffic};
use deployscope::simulate;
use deployscope::text::language::{Language, speak};
use deployscope::text::{story, why};
use deployscope::timeline::Timeline;
use deployscope::units::{Duration, Time};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Message, Pattern, PatternElement, VariantKey};
use proptest::prelude::*;

fn at(s: u64) -> Time {
    Time::ZERO + Duration::from_secs(s)
}

/// What is told of a moment: what is going on, its figures, what it waits for, and why requests fail.
fn told(scenario: &Scenario, timeline: &Timeline, t: Time) -> Vec<String> {
    let now = explain::situation(timeline, t);
    let mut lines = vec![story::headline(&now), story::figures(&now), story::in_words(timeline, t)];
    lines.extend(explain::waiting(scenario, timeline, t).iter().flat_map(why::waiting));
    lines.extend(why::sentences(&explain::why(scenario, timeline, t)));
    lines.extend(explain::weights(scenario, timeline, t).iter().map(why::weights));
    lines
}

fn japanese(scenario: &Scenario, seconds: u64) -> Vec<String> {
    speak(Language::Japanese);
    told(scenario, &simulate(scenario).unwrap(), at(seconds))
}

fn log(scenario: &Scenario) -> Vec<String> {
    speak(Language::Japanese);
    let timeline = simulate(scenario).unwrap();
    timeline.log().iter().map(|entry| story::log_line(&timeline, entry)).collect()
}

fn rolling() -> Scenario {
    Scenario::new(10, Strategy::Rolling { batch: Part::Count(3) })
}

/// A canary of ten whose new version fails a fifth of its requests.
fn bad_canary() -> Scenario {
    let mut canary = Scenario::new(10, StrategyKind::Canary.with_defaults());
    canary.release.error_rate = 0.2;
    canary
}

fn alarm() -> Alarm {
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

#[test]
fn a_batch_on_a_busy_day() {
    let mut busy_day = rolling();
    busy_day.traffic = Some(Traffic::Constant(800.0));
    // Batch 2 leaves at 100 s; it drains for 20 s, is installed for 30 s, and 50 s later it is in service.
    assert_eq!(
        japanese(&busy_day, 134),
        [
            "バッチ2/4：04、05、06に新バージョンをインストール中",
            "10台中7台が稼働中、毎秒800件のリクエストのうち700件を処理、100件を拒否",
            "バッチ2/4：04、05、06に新バージョンをインストール中。新3台と旧4台が稼働中、3台がインストール中。\
             毎秒800件のリクエストのうち700件を処理、100件を拒否",
            "バッチ2は待機中：04、05、06にインストール中（残り16秒）。次へ進むまで1分6秒。",
            "失敗は許されません：1台でも時間内に正常にならなければ失敗します。",
            "毎秒800件のリクエストのうち100件が拒否されています：7台で処理できるのは毎秒700件です。",
            "3台がバッチ2のため外れています。",
            // 100 per second for three batches of 100 s.
            "0:00から5:00まで続き、30,000件のリクエストが失敗します。",
        ]
    );
    assert_eq!(
        log(&busy_day)[..6],
        [
            "バッチ1：ドレイン開始",
            "バッチ1：インストール開始",
            "バッチ1：アプリ開始",
            "バッチ1：ヘルスチェック開始",
            "バッチ1：稼働開始",
            "バッチ2：ドレイン開始"
        ]
    );
    assert_eq!(log(&busy_day).last().unwrap(), "デプロイ成功");
}

#[test]
fn a_canary_that_nothing_watches() {
    // A tenth of 700 requests per second from 140 s on for 300 s: 21,000. A fifth of it fails, and of all of it for the
    // 20 s in which the old set drains: 4,200 + 2,800.
    assert_eq!(
        japanese(&bad_canary(), 200),
        [
            "トラフィックの10%が新バージョンへ（あと4分）",
            "必要な10台に対し20台が稼働中、毎秒700件のリクエストのうち686件を処理、14件が失敗",
            "トラフィックの10%が新バージョンへ（7:20まで）。新10台と旧10台が稼働中。毎秒700件のリクエストのうち686件を処理、14件が失敗",
            "ステップ「新バージョンへ10%」は残り4分（全5分）です。",
            "新バージョンには5分のあいだトラフィックの10%、約21,000件のリクエストが届きます。",
            "アラームが設定されていません：これを判定するものがありません。",
            "毎秒700件のリクエストのうち14件が新バージョンで失敗しています：新バージョンは毎秒70件（全体の10%）に応答し、その20%で失敗しています。",
            "新バージョンは2:20からトラフィックを受けています：新バージョンへ10%。",
            "これを監視するアラームはありません。",
            "2:20から7:40まで続き、7,000件のリクエストが失敗します。",
        ]
    );
}

#[test]
fn an_alarm_that_goes_off_and_takes_the_traffic_back() {
    // The period that began at 120 s ends at 180 s; the new set drains for 20 s.
    let mut canary = bad_canary();
    canary.alarm = Some(alarm());
    let lines = log(&canary);
    assert_eq!(
        lines[lines.len() - 6..],
        [
            "新バージョンのエラー率が1分にわたり20%（5%を超過）：アラーム発報",
            "ロールバック開始：旧版は稼働中",
            "全トラフィックを旧バージョンへ戻す",
            "11〜20：終了前のドレイン開始",
            "11〜20：終了",
            "ロールバック完了"
        ]
    );
    let timeline = simulate(&canary).unwrap();
    let outcome = explain::why_outcome(&canary, &timeline, &Metrics::new(&canary, &timeline));
    assert_eq!(
        why::sentences(&outcome),
        [
            "最初の異常は2:20に現れました。",
            "3:00に検知されました：新バージョンのエラー率が1分にわたり20%（5%を超過）：アラーム発報。",
            "ロールバックに3:00から3:20まで20秒かかります。",
            "10台が旧バージョンで稼働中（あるべき状態）。"
        ]
    );
}

#[test]
fn a_batch_that_fails_and_a_person_who_redeploys() {
    let mut scenario = rolling();
    scenario.release.startup_failure = 1.0;
    let lines = log(&scenario);
    assert_eq!(lines[lines.len() - 3..], ["01〜03：10分以内に正常にならず", "3台が時間内に正常にならず失敗", "そのままの状態で終了"]);
    let [headline, figures, ..] = &japanese(&scenario, 600)[..] else { panic!("two sentences at least") };
    assert_eq!(headline, "失敗し、そのままの状態で終了。3台が時間内に正常にならず失敗");
    assert_eq!(figures, "10台中7台が稼働中、3台が失敗、毎秒700件のリクエストのうち700件を処理");
    scenario.on_failure = Some(OnFailure::Redeploy { after: Duration::from_mins(10) });
    // It failed at 600 s, and the person comes at 1,200 s.
    assert_eq!(japanese(&scenario, 700)[0], "8分20秒後に人が旧バージョンを再デプロイ");
    assert_eq!(japanese(&scenario, 1_235)[0], "旧バージョンの再デプロイ：バッチ1/4：01、02、03に旧バージョンをインストール中");
}

#[test]
fn instances_that_die_and_one_that_never_passes() {
    let mut scenario = Scenario::new(2, StrategyKind::Immutable.with_defaults());
    scenario.failures.events = vec![Event::Kill { at: Duration::from_secs(30), instances: 2 }];
    let lines = japanese(&scenario, 40);
    assert_eq!(lines[1], "ダウンタイム：稼働中のインスタンスなし、2台が応答なし、毎秒140件のリクエストが失敗");
    // Five checks, 10 s apart.
    assert!(
        lines.contains(
            &"毎秒140件のリクエストのうち140件が応答しないインスタンスへ送られています：01、02は0:30に故障しましたが、まだ割り当て分の\
              リクエストを受けています。ロードバランサーは10秒間隔のチェックに5回失敗した時点（1:20）で気づきます。"
                .to_owned()
        ),
        "{lines:#?}"
    );
    let lines = log(&scenario);
    for line in ["01、02：強制終了", "ロードバランサーが01、02を切り離し"] {
        assert!(lines.iter().any(|told| told == line), "{line}: {lines:#?}");
    }
    let mut one_fails = rolling();
    one_fails.release.startup_failure_of = Some(Places::Place(5));
    assert_eq!(japanese(&one_fails, 520)[3], "バッチ2は待機中：05は合格せず、時間切れまで3分。");
}

#[test]
fn a_figure_has_its_reasons() {
    speak(Language::Japanese);
    let mut busy_day = rolling();
    busy_day.traffic = Some(Traffic::Constant(800.0));
    let timeline = simulate(&busy_day).unwrap();
    let metrics = Metrics::new(&busy_day, &timeline);
    let reasons = |figure| why::sentences(&explain::why_figure(&busy_day, &timeline, &metrics, figure));
    assert_eq!(reasons(Figure::Downtime), ["どの時点でも稼働中のインスタンスがあります。"]);
    // Four batches of 100 s each; of the last one's 100 s one instance is out.
    assert_eq!(
        reasons(Figure::Duration),
        [
            "所要時間のすべてが4つのバッチの時間です。",
            "インスタンス01の内訳はドレイン20秒、インストール30秒、アプリ開始20秒、ヘルスチェック30秒です。"
        ]
    );
    assert_eq!(reasons(Figure::BelowDemand)[0], "0:00から5:00まで、処理能力が需要を下回ります（バッチ1）。");
}

/// Words of Latin letters that a Japanese text may have: names.
const NAMES: [&str; 1] = ["DNS"];

fn is_japanese(text: &str) -> Result<(), String> {
    let words = text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty());
    for word in words {
        if !NAMES.contains(&word) {
            return Err(format!("“{word}” in: {text}"));
        }
    }
    // A message that lacks an argument shows its name in braces; what was put together as in English leaves spaces.
    for wrong in ["{", "}", " ", "。。", "、、", "：：", "（）", "NaN"] {
        if text.contains(wrong) {
            return Err(format!("“{wrong}” in: {text}"));
        }
    }
    Ok(())
}

/// Everything that is told of a scenario, at every time at which something happens and shortly after it.
fn everything(scenario: &Scenario) -> BTreeSet<String> {
    let timeline = simulate(scenario).unwrap();
    let metrics = Metrics::new(scenario, &timeline);
    let mut lines = BTreeSet::new();
    for span in timeline.phases() {
        lines.extend([story::phase_name(span.label, span.way), story::phase_short(span.label)]);
    }
    lines.extend(timeline.log().iter().map(|entry| story::log_line(&timeline, entry)));
    let times: BTreeSet<Time> =
        timeline.log().iter().map(|entry| entry.at).chain(timeline.moments().iter().map(|moment| moment.at)).collect();
    for t in times {
        lines.extend(told(scenario, &timeline, t));
        lines.extend(told(scenario, &timeline, t + Duration::from_us(1_234_567)));
    }
    for figure in Figure::ALL {
        lines.extend(why::sentences(&explain::why_figure(scenario, &timeline, &metrics, figure)));
    }
    lines.extend(why::sentences(&explain::why_outcome(scenario, &timeline, &metrics)));
    lines
}

#[test]
fn no_english_word_slips_through_at_any_moment_of_any_preset() {
    speak(Language::Japanese);
    for preset in BUILT_IN {
        let lines = everything(&preset.scenario().unwrap());
        let wrong: Vec<String> = lines.iter().filter_map(|line| is_japanese(line).err()).collect();
        assert!(wrong.is_empty(), "{}: {:#?}", preset.name, &wrong[..wrong.len().min(10)]);
    }
}

/// Everything of a message: its own text and its attributes', each by its key.
fn patterns<'m>(message: &'m Message<&'m str>) -> impl Iterator<Item = (String, &'m Pattern<&'m str>)> {
    let attributes = message.attributes.iter().map(|attribute| (format!("{}.{}", message.id.name, attribute.id.name), &attribute.value));
    message.value.iter().map(|value| (message.id.name.to_owned(), value)).chain(attributes)
}

/// A file of messages of a language, with what `look` finds in each.
fn messages<T>(language: Language, file: &str, look: impl Fn(&Pattern<&str>) -> T) -> BTreeMap<String, T> {
    let path = format!("assets/locales/{}/{file}.ftl", language.code());
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    let resource = fluent_syntax::parser::parse(text.as_str()).unwrap();
    let messages = resource.body.iter().filter_map(|entry| if let Entry::Message(message) = entry { Some(message) } else { None });
    messages.flat_map(patterns).map(|(key, pattern)| (key, look(pattern))).collect()
}

/// The forms that a message has for words that a program chooses by, such as a state: plural categories and numbers are a
/// language's own.
fn forms(pattern: &Pattern<&str>, found: &mut BTreeSet<String>) {
    const PLURALS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];
    for element in &pattern.elements {
        let PatternElement::Placeable { expression: Expression::Select { selector, variants } } = element else { continue };
        let InlineExpression::VariableReference { id } = selector else { panic!("a form is chosen by an argument") };
        for variant in variants {
            if let VariantKey::Identifier { name } = variant.key
                && !PLURALS.contains(&name)
            {
                found.insert(format!("{} {name}", id.name));
            }
            forms(&variant.value, found);
        }
    }
}

#[test]
fn each_message_has_the_same_forms_in_both_languages() {
    for file in ["story", "why"] {
        let [english, japanese] = Language::ALL.map(|language| {
            messages(language, file, |pattern| {
                let mut found = BTreeSet::new();
                forms(pattern, &mut found);
                found
            })
        });
        assert!(english.len() > 100, "{file} was read");
        assert_eq!(english, japanese);
    }
}

fn texts(pattern: &Pattern<&str>, found: &mut String) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => found.push_str(value),
            PatternElement::Placeable { expression: Expression::Select { variants, .. } } => {
                variants.iter().for_each(|variant| texts(&variant.value, found));
            }
            PatternElement::Placeable { .. } => found.push('…'),
        }
    }
}

#[test]
fn every_message_is_japanese_in_every_form() {
    for file in ["story", "why"] {
        let all = messages(Language::Japanese, file, |pattern| {
            let mut found = String::new();
            texts(pattern, &mut found);
            found
        });
        let wrong: Vec<String> =
            all.iter().filter_map(|(key, text)| is_japanese(text).err().map(|wrong| format!("{key}: {wrong}"))).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 25, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_deployment_is_told_in_japanese(scenario in random_scenario::scenario(1..=30)) {
        speak(Language::Japanese);
        let Ok(timeline) = simulate(&scenario) else { return Ok(()) };
        let every = timeline.log().len().div_ceil(10).max(1);
        for entry in timeline.log().iter().step_by(every) {
            let line = story::log_line(&timeline, entry);
            prop_assert_eq!(is_japanese(&line), Ok(()));
            for line in told(&scenario, &timeline, entry.at) {
                prop_assert_eq!(is_japanese(&line), Ok(()));
            }
            let waiting = explain::waiting(&scenario, &timeline, entry.at);
            let reasons = why::sentences(&explain::why(&scenario, &timeline, entry.at));
            for line in waiting.iter().flat_map(why::waiting).chain(reasons) {
                prop_assert!(line.ends_with('。') && !line.ends_with("。。"), "{}", line);
            }
        }
    }
}
