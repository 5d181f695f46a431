//! `deployscope odds`, run as a program.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

use std::process::{Command, Output};

use tempfile::TempDir;

fn odds(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_deployscope")).arg("odds").args(args).output().unwrap()
}

fn printed(args: &[&str]) -> String {
    let output = odds(args);
    assert!(output.status.success() && output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn refused(args: &[&str], status: i32) -> String {
    let output = odds(args);
    assert_eq!(output.status.code(), Some(status));
    String::from_utf8(output.stderr).unwrap()
}

/// Rolling with an install that varies.
const VARYING: [&str; 3] = ["rolling", "--set", "timings.install=\"20s..60s\""];

fn varying(more: &[&str]) -> String {
    printed(&[&VARYING, more].concat())
}

#[test]
fn json_has_probabilities_and_figures() {
    let text = varying(&["--runs", "500", "--require", "duration_s<=460", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!((report["runs"].as_u64(), report["interval"].as_str()), (Some(500), Some("wilson")));
    assert_eq!(report["seeds"][0]["start"], 1);
    let of = |of: &str| report["probabilities"].as_array().unwrap().iter().find(|p| p["of"] == of).unwrap().clone();
    assert_eq!(of("succeeded")["probability"], 1.0);
    let met = of("duration_s<=460");
    let (low, p, high) = (met["low"].as_f64().unwrap(), met["probability"].as_f64().unwrap(), met["high"].as_f64().unwrap());
    assert!(0.0 < low && low < p && p < high && high < 1.0, "{met}");
    let duration = report["figures"].as_array().unwrap().iter().find(|f| f["figure"] == "duration_s").unwrap();
    let bars: u64 = duration["histogram"].as_array().unwrap().iter().map(|bar| bar["runs"].as_u64().unwrap()).sum();
    assert_eq!((bars, duration["exact"].as_bool()), (500, Some(true)));
}

#[test]
fn threads_and_parts_give_the_same_bytes() {
    let folder = TempDir::new().unwrap();
    let file = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (a, b) = (file("a.part"), file("b.part"));
    varying(&["--runs", "300", "--first-seed", "1", "--format", "sketch", "--out", &a]);
    varying(&["--runs", "700", "--first-seed", "301", "--threads", "1", "--format", "sketch", "--out", &b]);
    for format in ["table", "json", "csv", "sketch"] {
        let whole = varying(&["--runs", "1000", "--threads", "2", "--format", format]);
        assert_eq!(printed(&["--merge", &b, &a, "--format", format]), whole);
    }
}

#[test]
fn the_table_is_made_for_a_person() {
    let text = varying(&["--runs", "200", "--require", "duration_s<=400"]);
    for told in ["Rolling, 200 runs with the seeds 1 to 200", "It succeeds", "95 % sure", "duration_s<=400", "Duration", "worst", "seed "] {
        assert!(text.contains(told), "{told} is missing:\n{text}");
    }
    assert!(text.lines().all(|line| line.chars().count() <= 110), "{text}");
}

#[test]
fn the_judgement_of_a_canary_is_told() {
    let alarm = "alarm=(metric: NewVersionErrorRate, threshold: 0.05, period: \"60s\", sampled: true, base_error_rate: 0.04)";
    let text = printed(&["canary", "--runs", "50", "--set", alarm, "--catch", "0.06", "--certainty", "0.99"]);
    for told in ["What the alarm can tell", "A version that fails 6 %", "A healthy version sets it off", "99 % certainty"] {
        assert!(text.contains(told), "{told} is missing:\n{text}");
    }
}

#[test]
fn csv_has_a_row_for_each_number() {
    let text = varying(&["--runs", "100", "--format", "csv"]);
    assert!(text.starts_with("of,statistic,value\nsucceeded,runs,100\nsucceeded,probability,1.0\n"), "{text}");
    assert!(text.contains("\nduration_s,p99,"));
}

#[test]
fn what_is_wrong_is_told() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("a.part").to_str().unwrap().to_owned();
    varying(&["--runs", "10", "--format", "sketch", "--out", &file]);
    assert!(refused(&["--merge", &file, &file], 1).contains("the runs with the seeds 1 to 10 are in another part too"));
    std::fs::write(&file, "nothing").unwrap();
    assert!(refused(&["--merge", &file], 1).contains("this is no part of odds"));
    assert!(refused(&["--merge", "nowhere.part"], 1).contains("cannot read nowhere.part"));
    assert!(refused(&["rolling", "--require", "duration<=3"], 2).contains("there is no figure `duration`"));
    assert!(refused(&["rolling", "--runs", "0"], 2).contains("--runs"));
    assert!(refused(&["rolling", "--merge", &file], 2).contains("cannot be used"));
    assert!(refused(&[], 2).contains("SCENARIO"));
}
