//! The command line through the real binary: what it prints, and its exit status.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

fn deployscope(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_deployscope"))
        .args(args)
        .env("XDG_CONFIG_HOME", "/nonexistent")
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// What a command prints when all is well.
fn printed(args: &[&str]) -> String {
    let output = deployscope(args);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    out(&output)
}

/// What a command complains about when it is refused.
fn refused(args: &[&str]) -> String {
    let output = deployscope(args);
    assert_eq!(output.status.code(), Some(1), "{args:?}: {}{}", out(&output), err(&output));
    assert_eq!(out(&output), "", "{args:?}");
    let message = err(&output);
    assert!(!message.contains("panicked"), "{message}");
    message
}

/// A folder with one scenario in it.
fn file(text: &str) -> (TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path: PathBuf = folder.path().join("mine.ron");
    std::fs::write(&path, text).unwrap();
    let path = path.to_str().unwrap().to_owned();
    (folder, path)
}

fn json(args: &[&str]) -> serde_json::Value {
    serde_json::from_str(&printed(args)).unwrap()
}

#[test]
fn presets_are_listed_a_line_each() {
    let list = printed(&["presets"]);
    assert_eq!(list.lines().count(), 59);
    assert!(list.lines().any(|line| line == "rolling                                Rolling, three at a time"), "{list}");
}

#[test]
fn own_presets_are_found_in_the_configuration_folder() {
    let config = tempfile::tempdir().unwrap();
    let folder = config.path().join("deployscope/presets");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("ours.ron"), "(fleet: (instances: 4), strategy: Rolling(batch: Count(1)))").unwrap();
    let run = |args: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_deployscope")).args(args).env("XDG_CONFIG_HOME", config.path()).output().unwrap();
        assert!(output.status.success(), "{}", err(&output));
        out(&output)
    };
    assert!(run(&["presets"]).lines().any(|line| line.starts_with("ours ")));
    // 4 × 100 s.
    assert!(run(&["simulate", "ours", "--format", "json"]).contains("\"duration_s\": 400.0"));
}

#[test]
fn json_has_the_promised_keys() {
    let run = json(&["simulate", "rolling", "--format", "json"]);
    assert_eq!(run["scenario"], "Rolling, three at a time");
    assert_eq!(run["strategy"], "Rolling");
    assert_eq!(run["seed"], 1);
    assert_eq!(run["outcome"], "succeeded");
    // 4 batches of 100 s; 3 of 10 out; 700 rps asked for and served by 7.
    for (key, value) in [
        ("duration_s", 400.0),
        ("downtime_s", 0.0),
        ("degraded_s", 0.0),
        ("mixed_versions_s", 200.0),
        ("min_capacity_fraction", 0.7),
        ("max_instances", 10.0),
        ("extra_instance_s", 0.0),
        ("requests_total", 280_000.0),
        ("requests_failed", 0.0),
        ("availability", 1.0),
        ("exposed_requests", 160_000.0),
        ("instances_left_old", 0.0),
        ("instances_left_new", 10.0),
        ("instances_left_failed", 0.0),
    ] {
        assert_eq!(run[key].as_f64(), Some(value), "{key}");
    }
    assert!(run["rollback_s"].is_null() && run["time_to_notice_s"].is_null());
    assert_eq!(run["next_step"], "nothing");
    assert_eq!(run["requests_failed_by_cause"], serde_json::json!({}));
    let down = json(&["simulate", "all-at-once", "--format", "json"]);
    assert_eq!(down["requests_failed_by_cause"], serde_json::json!({"no_capacity": 56_000.0, "cut_off": 1_400.0}));
}

#[test]
fn csv_has_a_row_at_every_change() {
    let csv = printed(&["simulate", "rolling", "--format", "csv"]);
    let mut lines = csv.lines();
    assert_eq!(
        lines.next().unwrap(),
        "time_s,demand_rps,capacity_rps,capacity_fraction,in_service_old,in_service_new,instances,instances_old,instances_new,traffic_old,traffic_new,served_rps,failed_rps"
    );
    let rows: Vec<Vec<f64>> = lines.map(|line| line.split(',').map(|cell| cell.parse().unwrap()).collect()).collect();
    let times: Vec<f64> = rows.iter().map(|row| row[0]).collect();
    // Each batch leaves, and its install begins 20 s later, which makes its instances new ones; the last one returns.
    assert_eq!(times, [0.0, 20.0, 100.0, 120.0, 200.0, 220.0, 300.0, 320.0, 400.0]);
    // At 120 s: 4 old and 3 new serve 700 rps; 3 more are new but not in service.
    assert_eq!(rows[3][..9], [120.0, 700.0, 700.0, 0.7, 4.0, 3.0, 10.0, 4.0, 6.0]);
    assert!((rows[3][9] - 4.0 / 7.0).abs() < 1e-12 && (rows[3][10] - 3.0 / 7.0).abs() < 1e-12);
    assert_eq!(rows[3][11..], [700.0, 0.0]);
}

#[test]
fn events_tell_what_happened() {
    let events = printed(&["simulate", "rolling", "--format", "events"]);
    assert!(
        events.starts_with("0:00  Batch 1 draining\n0:20  Batch 1 installing\n0:50  Batch 1 starting\n1:10  Batch 1 checking\n"),
        "{events}"
    );
    assert!(events.ends_with("6:40  Deployment succeeded\n"), "{events}");
}

#[test]
fn the_table_is_made_for_a_person() {
    let table = printed(&["simulate", "sale-day"]);
    assert!(table.starts_with("A shop on a sale day\nRolling on 20 instances of 150 req/s each"), "{table}");
    for words in ["Duration", "Lowest capacity", "80 %", "Requests failed", "beyond the capacity", "█ old version"] {
        assert!(table.contains(words), "{words}:\n{table}");
    }
    assert!(table.lines().all(|line| line.chars().count() <= 80), "{table}");
}

#[test]
fn any_field_can_be_set() {
    let run = json(&[
        "simulate",
        "rolling",
        "--set",
        "fleet.instances=12",
        "--set",
        "strategy=Rolling(batch: Count(4))",
        "--seed",
        "9",
        "--format",
        "json",
    ]);
    // 12 in batches of 4: 3 × 100 s.
    assert_eq!((run["duration_s"].as_f64(), run["seed"].as_u64()), (Some(300.0), Some(9)));
    // A field that the file does not have, in a part that it does not have.
    let run = json(&["simulate", "rolling", "--set", "load_balancer.health_check.interval=\"5s\"", "--format", "json"]);
    // 20 + 30 + 20 + 3 × 5 = 85 s, four times.
    assert_eq!(run["duration_s"].as_f64(), Some(340.0));
}

#[test]
fn a_wrong_path_names_the_nearest_right_one() {
    let message = refused(&["simulate", "rolling", "--set", "fleet.instnces=12"]);
    assert!(message.contains("fleet.instances"), "{message}");
    let message = refused(&["simulate", "rolling", "--set", "fleet.instances=twelve"]);
    assert!(message.contains("fleet.instances") && message.contains("twelve"), "{message}");
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let run = |seed: &str| printed(&["simulate", "slow-java-service", "--seed", seed, "--format", "csv"]);
    assert_eq!(run("7"), run("7"));
    assert_ne!(run("7"), run("8"));
}

#[test]
fn output_goes_to_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run.json");
    assert_eq!(printed(&["simulate", "rolling", "--format", "json", "--out", path.to_str().unwrap()]), "");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), printed(&["simulate", "rolling", "--format", "json"]));
    let nowhere = folder.path().join("no/such/folder/run.json");
    assert!(refused(&["simulate", "rolling", "--out", nowhere.to_str().unwrap()]).contains("cannot write to"));
}

#[test]
fn explain_says_why_after_the_table() {
    let run = printed(&["simulate", "all-at-once", "--explain"]);
    assert!(run.starts_with(&printed(&["simulate", "all-at-once"])), "{run}");
    let (_, explained) = run.split_once("What happened\n").unwrap();
    for words in [
        // Eighty seconds of 700 requests per second, and what was in flight for two seconds.
        "56,000 requests found nothing in service and 1,400 were cut off in flight.",
        "Why there was downtime",
        "Nothing is in service from 0:00 to 1:20 (the whole fleet at once).",
        "Ten are out for the whole fleet at once.",
        "10 instances run the new version, as it should be.",
    ] {
        assert!(one_line(explained).contains(words), "{words}:\n{explained}");
    }
    assert!(explained.lines().all(|line| line.chars().count() <= 80), "{explained}");
}

#[test]
fn explain_at_says_what_it_waits_for_and_why_requests_fail() {
    // Rolling three of ten with 800 requests per second: at 2 min 14 s the second batch is being installed.
    let now = printed(&["simulate", "rolling", "--set", "traffic=Constant(800.0)", "--explain-at", "2m14s"]);
    let now = one_line(&now);
    for words in [
        "At 2:14 of 6:40",
        "Batch 2 of 4: installing the new version on 04, 05 and 06",
        "Batch 2 waits: 04, 05 and 06 are being installed, 16 s left; it goes on in 1 min 6 s.",
        "100 of 800 requests per second were refused: 7 instances can serve 700. Three are out for batch 2.",
        "It lasts from 0:00 to 5:00: 30,000 requests fail.",
    ] {
        assert!(now.contains(words), "{words}:\n{now}");
    }
    let after = printed(&["simulate", "rolling", "--explain-at", "1h"]);
    assert!(after.starts_with("At 1:00:00, when all is over\n"), "{after}");
    assert!(after.contains("It waits for nothing.") && after.contains("No request fails."), "{after}");
}

#[test]
fn explain_tells_how_it_went_wrong() {
    let bad = ["--set", "release.error_rate=0.2", "--set", "alarm=(metric: NewVersionErrorRate, threshold: 0.05)"];
    let run = |rest: &[&str]| printed(&[&["simulate", "canary"], &bad[..], rest].concat());
    let told = run(&["--explain"]);
    assert!(told.contains("Rolled back, failed at 3:00. New version's error rate 20 % for 1 min, above 5 %: alarm"), "{told}");
    for words in [
        // 10 % from 2:20 on; the alarm's period ends at 3:00: 40 s of 14 failed requests per second.
        "The first trouble showed at 2:20.",
        "It was noticed at 3:00: new version's error rate 20 % for 1 min, above 5 %: alarm.",
        "It goes back from 3:00 to 3:20: 20 s.",
        "10 instances run the old version, as it should be.",
        "560 requests were failed by the new version.",
    ] {
        assert!(one_line(&told).contains(words), "{words}:\n{told}");
    }
    let before = one_line(&run(&["--explain-at", "150s"]));
    for words in [
        "The new version gets 10 % of the traffic for 5 min: about 21,000 requests.",
        "The alarm's period of 1 min ends in 30 s: new version's error rate 20 % so far, above 5 %.",
        "It will be noticed at 3:00",
    ] {
        assert!(before.contains(words), "{words}:\n{before}");
    }
}

#[test]
fn settings_that_cannot_work_get_a_verdict() {
    let verdict = "95 % of 10 instances is 10 rounded up: none may be updated, so the deployment fails at once. A minimum of 90 % works.";
    let told = printed(&["simulate", "in-place", "--set", "strategy.minimum_healthy=Percent(95)", "--explain"]);
    assert!(one_line(&told).contains(&format!("What the settings come to {verdict}")), "{told}");
    let (_folder, path) = file("(fleet: (instances: 10), strategy: InPlace(minimum_healthy: Percent(95)))");
    assert_eq!(printed(&["check", &path]).lines().last().unwrap(), format!("{path}: {verdict}"));
}

#[test]
fn explanations_go_with_the_table_alone() {
    for args in [
        &["simulate", "rolling", "--explain", "--format", "json"][..],
        &["simulate", "rolling", "--explain-at", "1m", "--format", "csv"],
        &["simulate", "rolling", "--explain", "--explain-at", "1m"],
        &["simulate", "rolling", "--explain-at", "soon"],
        &["simulate", "rolling", "--explain-at", "90"],
    ] {
        assert_eq!(deployscope(args).status.code(), Some(2), "{args:?}");
    }
    assert!(err(&deployscope(&["simulate", "rolling", "--explain-at", "90"])).contains("3m20s"));
    printed(&["simulate", "rolling", "--explain", "--format", "table"]);
}

/// A text without its line breaks and indents.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn check_says_everything_that_is_wrong() {
    let (_good, good) = file("(fleet: (instances: 10), strategy: Rolling(batch: Count(3)))");
    assert!(printed(&["check", &good]).ends_with("ok, Rolling on 10 instances, takes 6 min 40 s\n"));
    let (_bad, bad) =
        file("(\n    fleet: (instances: 0),\n    timings: (install: \"30\"),\n    strategy: Rolling(batch: Percent(150)),\n)\n");
    let output = deployscope(&["check", &good, &bad]);
    assert_eq!(output.status.code(), Some(1));
    assert!(out(&output).contains("ok, Rolling"), "the good file is still checked");
    let message = err(&output);
    for place in ["mine.ron:2:24", "mine.ron:3:24", "mine.ron:4:38"] {
        assert!(message.contains(place), "{place}:\n{message}");
    }
}

#[test]
fn bad_input_gets_a_message_that_says_where_and_what_would_be_right() {
    let with = |fleet: &str, strategy: &str| format!("(\n    fleet: ({fleet}),\n    strategy: {strategy},\n)\n");
    let rolling = "Rolling(batch: Count(3))";
    for (text, place, words) in [
        (String::new(), "", "empty"),
        ("\u{0}\u{1}\u{2}".to_owned(), "", ""),
        ("(fleet: (instances: 10) strategy: AllAtOnce)".to_owned(), ":1:25", ","),
        (with("instances: 10, capcity_rps: 5.0", rolling), ":2:28", "capacity_rps"),
        (with("instances: 10", "Roling(batch: Count(3))"), ":3:15", "Rolling"),
        (with("capacity_rps: 5.0", rolling), ":2:", "instances"),
        (with("instances: -3", rolling), ":2:24", "1 to 1,000,000"),
        (with("instances: 0", rolling), ":2:24", "1 to 1,000,000"),
        (with("instances: 1000000000000", rolling), ":2:24", "1 to 1,000,000"),
        (with("instances: 10", "Rolling(batch: Count(0))"), ":3:36", ""),
        (with("instances: 10", "Rolling(batch: Percent(150))"), ":3:38", "100"),
        (with("instances: 10, capacity_rps: 1e400", rolling), ":2:42", ""),
        (with("instances: 10, capacity_rps: NaN", rolling), ":2:42", ""),
        (with("instances: 10", "BlueGreen(bake: \"90\")"), ":3:31", "90s"),
        ("(".repeat(100_000), "", "deep"),
    ] {
        let (_folder, path) = file(&text);
        let message = refused(&["simulate", &path]);
        assert!(message.contains(&format!("mine.ron{place}")), "{place}:\n{message}");
        assert!(message.contains(words), "{words}:\n{message}");
    }
}

#[test]
fn what_is_no_scenario_file_is_refused_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    assert!(refused(&["simulate", &path("missing.ron")]).contains("missing.ron"));
    assert!(refused(&["check", folder.path().to_str().unwrap()]).contains("folder"));
    std::fs::write(path("large.ron"), vec![b' '; 50_000_000]).unwrap();
    assert!(refused(&["check", &path("large.ron")]).contains("large"));
    std::fs::write(path("binary.ron"), [0xff, 0xfe, 0x00, 0x9f]).unwrap();
    assert!(refused(&["check", &path("binary.ron")]).contains("UTF-8"));
    assert!(refused(&["simulate", "rollin"]).contains("did you mean `rolling`?"));
}

#[test]
fn bad_usage_ends_with_2() {
    for args in [
        &["simulate"][..],
        &["simulate", "rolling", "--format", "xml"],
        &["check"],
        &["simulate", "rolling", "--set", "nonsense"],
        &["--no-such-flag"],
    ] {
        assert_eq!(deployscope(args).status.code(), Some(2), "{args:?}");
    }
}

#[test]
fn help_has_examples() {
    for args in [&["--help"][..], &["simulate", "--help"], &["check", "--help"]] {
        assert!(printed(args).contains("Examples:"), "{args:?}");
    }
}

#[test]
fn a_broken_pipe_ends_quietly() {
    // 5,000 batches: far more events than a pipe holds.
    let mut child = Command::new(env!("CARGO_BIN_EXE_deployscope"))
        .args(["simulate", "rolling", "--set", "fleet.instances=5000", "--set", "strategy.batch=Count(1)", "--format", "events"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    // The reader is dropped after one line, which closes the pipe.
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    assert!(first.contains("Batch 1 draining"), "{first}");
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), err(&output)), (Some(0), String::new()));
}

#[test]
fn without_a_display_one_line_names_simulate() {
    let message = refused(&["rolling"]);
    assert_eq!(message.lines().count(), 1, "{message}");
    assert!(message.contains("deployscope simulate"), "{message}");
}

#[cfg(feature = "gui")]
#[test]
fn a_broken_scenario_never_opens_a_window() {
    let (_folder, path) = file("(fleet: (instances: 10))");
    assert!(refused(&[&path]).contains("strategy"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_message_that_nobody_can_read_does_not_change_the_status() {
    // Every write to /dev/full fails.
    let status = |args: &[&str]| {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        Command::new(env!("CARGO_BIN_EXE_deployscope")).args(args).stdout(Stdio::null()).stderr(full).status().unwrap().code()
    };
    assert_eq!(status(&["simulate", "no-such-preset"]), Some(1));
    assert_eq!(status(&["simulate", "rolling"]), Some(0));
}

#[test]
fn a_table_says_that_nothing_was_deployed() {
    // 95 % of 10 instances, rounded up, is 10: none may be worked on.
    let table = printed(&["simulate", "in-place", "--set", "strategy.minimum_healthy=Percent(95)"]);
    assert!(table.contains("Nothing was deployed"), "{table}");
}

#[test]
fn a_table_stays_aligned_with_large_figures() {
    let sets = ["traffic=Constant(1000000000.0)", "timings.install=\"30d\""];
    let args: Vec<&str> = ["simulate", "rolling"].into_iter().chain(sets.iter().flat_map(|set| ["--set", set])).collect();
    let table = printed(&args);
    let rows = table.split("\n\n").nth(1).unwrap();
    let widths: Vec<usize> = rows.lines().map(|row| row.chars().count()).collect();
    assert!(widths.windows(2).all(|pair| pair[0] == pair[1]), "{table}");
}

#[test]
fn the_picture_marks_no_demand_that_is_met() {
    // Batches of 5, 5 and 2 of 12: at least 7 × 100 in service, and 690 asked for.
    let sets = ["fleet.instances=12", "strategy.batch=Count(5)", "traffic=Constant(690.0)"];
    let args: Vec<&str> = ["simulate", "rolling"].into_iter().chain(sets.iter().flat_map(|set| ["--set", set])).collect();
    let table = printed(&args);
    assert!(table.lines().filter(|line| line.contains('│')).all(|line| !line.contains('-')), "{table}");
}
