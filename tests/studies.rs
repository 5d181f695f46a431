//! Studies through the real binary: what they print can be worked out by hand.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

use std::process::{Command, Output};

fn deployscope(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_deployscope"));
    command.args(args).env("XDG_CONFIG_HOME", "/nonexistent").env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").output().unwrap()
}

/// What a command prints when all is well.
fn printed(args: &[&str]) -> String {
    let output = deployscope(args);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// What a command complains about, and its exit status.
fn refused(args: &[&str]) -> (Option<i32>, String) {
    let output = deployscope(args);
    assert!(output.stdout.is_empty(), "{args:?}");
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

fn json(args: &[&str]) -> serde_json::Value {
    serde_json::from_str(&printed(&[args, &["--format", "json"]].concat())).unwrap()
}

#[test]
fn a_sweep_over_the_batch_is_the_number_of_batches_times_their_time() {
    let swept = json(&["sweep", "rolling", "--set", "fleet.instances=24", "--vary", "strategy.batch=1..24"]);
    let points = swept["points"].as_array().unwrap();
    assert_eq!(points.len(), 24);
    for (batch, point) in (1..=24_u32).zip(points) {
        assert_eq!(point["at"]["strategy.batch"], f64::from(batch));
        // ceil(24 / B) batches of 100 s
        assert_eq!(point["figures"]["duration_s"], f64::from(24_u32.div_ceil(batch)) * 100.0);
    }
}

#[test]
fn a_sweeps_csv_has_a_row_a_point_and_says_what_cannot_be_run() {
    let text = printed(&["sweep", "rolling", "--vary", "release.error_rate=0.5..1.5..0.5", "--format", "csv"]);
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let header = rows.headers().unwrap().clone();
    assert_eq!((&header[0], &header[1], &header[2]), ("release.error_rate", "outcome", "duration_s"));
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 3);
    assert_eq!((&rows[0][0], &rows[0][1], &rows[0][2]), ("0.5", "succeeded", "400"));
    assert!(rows[2][header.len() - 1].contains("too large"));
}

#[test]
fn the_strategies_are_compared_on_one_fleet() {
    let compared = json(&["compare", "rolling", "--strategies", "--baseline", "Rolling"]);
    let duration = &compared["rows"][0];
    assert_eq!(duration["figure"], "duration_s");
    // The reference deployments: 80 s all at once, 4 × 100 s in batches, 140 + 300 + 20 s blue/green.
    assert_eq!((&duration["values"]["AllAtOnce"], &duration["values"]["Rolling"]), (&80.0.into(), &400.0.into()));
    assert_eq!((&duration["best"][0], &compared["baseline"]), (&"AllAtOnce".into(), &"Rolling".into()));
    let markdown = printed(&["compare", "rolling", "all-at-once", "--baseline", "rolling", "--format", "markdown"]);
    let lines: Vec<&str> = markdown.lines().collect();
    assert!(lines[1].starts_with("|-"), "{markdown}");
    let cells: Vec<&str> = lines[2].split('|').map(str::trim).collect();
    assert_eq!(cells[1..4], ["Duration", "6 min 40 s worst", "**1 min 20 s (−5 min 20 s)** best"]);
}

#[test]
fn a_choice_keeps_to_what_is_needed() {
    let needs = ["--require", "downtime_s<=0", "--require", "max_instances<=10", "--require", "min_capacity_fraction>=70%"];
    let choice = json(&[&["choose", "rolling"], &needs[..]].concat());
    let suitable = choice["suitable"].as_array().unwrap();
    // Three at a time: four rounds of 100 s.
    assert_eq!(suitable[0]["figures"]["duration_s"], 400.0);
    for setting in suitable {
        let figures = &setting["figures"];
        assert!(figures["downtime_s"] == 0.0 && figures["max_instances"] == 10 && figures["min_capacity_fraction"].as_f64() >= Some(0.7));
    }
    assert_eq!(choice["tried"], suitable.len() + choice["others"].as_array().unwrap().len());
    let said = printed(&["choose", "rolling", "--require", "duration_s<=1m"]);
    assert!(said.contains("AllAtOnce comes nearest: it misses duration_s<=60 by 20 s."), "{said}");
}

#[test]
fn a_breakdown_sums_to_the_duration() {
    let parts = json(&["simulate", "rolling", "--breakdown"]);
    let breakdown = &parts["breakdown"];
    let sum: f64 = breakdown["parts"].as_array().unwrap().iter().map(|part| part["seconds"].as_f64().unwrap()).sum();
    assert_eq!(sum, 400.0);
    assert_eq!(breakdown["phases"].as_array().unwrap().len(), 4);
    assert!(printed(&["simulate", "rolling", "--breakdown"]).contains("health checks"));
}

#[test]
fn levers_are_found_by_simulating() {
    let levers = json(&["levers", "rolling"]);
    // 2 at a time are 5 batches, 4 at a time 3.
    let first = &levers["levers"][0];
    assert_eq!(
        (&first["setting"], &first["down"]["figure"], &first["up"]["figure"]),
        (&"strategy.batch".into(), &500.0.into(), &300.0.into())
    );
}

#[test]
fn what_is_wrong_is_told() {
    for (args, status, told) in [
        (&["compare", "rolling"][..], 2, "--strategies"),
        (&["compare", "rolling", "canary", "--baseline", "linear"], 1, "they are rolling, canary"),
        (&["sweep", "rolling", "--vary", "strategy.batch"], 1, "strategy.batch=1..10"),
        (&["sweep", "rolling", "--vary", "strategy.bach=1..3"], 1, "strategy.batch"),
        (&["choose", "rolling", "--require", "downtim_s<=0"], 2, "downtime_s"),
        (&["levers", "rolling", "--figure", "speed"], 2, "duration_s"),
    ] {
        let (code, message) = refused(args);
        assert_eq!(code, Some(status), "{args:?}: {message}");
        assert!(message.contains(told) && !message.contains("panicked"), "{args:?}: {message}");
    }
}
