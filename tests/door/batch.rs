//! The command: files, exit statuses, labels that are known, and what a full disk does.

use assert_cmd::Command;
use std::fs;
use std::path::Path;

pub fn qun() -> Command {
    let mut command = Command::cargo_bin("qun").expect("the program is built");
    command.args(["--lang", "en", "--kb", "tests/toy", "batch"]);
    command
}

pub const ROWS: &str = "{\"id\":\"a\",\"pet\":\"cat\",\"says\":\"cats\",\"label\":\"feline\"}\n{\"id\":\"b\",\"pet\":\"cow\"}\n{\"id\":\"c\",\"pet\":\"dog\",\"says\":\"dogs\",\"label\":\"Feline\"}\n";

pub fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder for a test")
}

pub fn files(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder is there");
    let mut names: Vec<_> = entries.map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn bad_rows_are_told_without_their_values_and_the_status_is_1() {
    let output = qun().arg("--ignore-unknown").write_stdin(ROWS).output().expect("it runs");
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{errors}");
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 2);
    assert!(errors.contains("-, row 2 (line 2, column 17), `pet`: no such option"), "{errors}");
    assert!(!errors.contains("cow"), "{errors}");
}

#[test]
fn rejects_and_summary_go_to_files() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("in.jsonl"), ROWS).expect("written");
    let mut command = qun();
    command.arg("--ignore-unknown").arg(path("in.jsonl"));
    command.arg("--output").arg(path("out.jsonl")).arg("--rejects").arg(path("bad.jsonl")).arg("--summary").arg(path("sum.json"));
    command.assert().code(1).stdout("").stderr("");
    assert_eq!(files(folder.path()), ["bad.jsonl", "in.jsonl", "out.jsonl", "sum.json"]);
    let read = |name: &str| -> serde_json::Value {
        serde_json::from_str(&fs::read_to_string(path(name)).expect("there")).expect("JSON")
    };
    let bad = read("bad.jsonl");
    assert_eq!(
        (bad["row"].as_u64(), bad["field"].as_str(), bad["reason"].as_str()),
        (Some(2), Some("pet"), Some("unknown-answer"))
    );
    let summary = read("sum.json");
    assert_eq!((summary["judged"].as_u64(), summary["reasons"]["unknown-answer"].as_u64()), (Some(2), Some(1)));
    assert_eq!(summary["decisions"]["kind"]["led"]["feline"].as_u64(), Some(1));
}

#[test]
fn known_labels_are_compared() {
    let rows = ROWS.replace("cow", "fish");
    let output = qun().args(["--expect", "label", "--summary-format", "json"]).write_stdin(rows).output().expect("it runs");
    assert_eq!(output.status.code(), Some(1));
    let summary: serde_json::Value = serde_json::from_slice(&output.stderr).expect("a summary");
    let rows = serde_json::json!([{ "expected": "feline", "found": "canine", "rows": 1 }, { "expected": "feline", "found": "feline", "rows": 1 }]);
    assert_eq!(summary["expected"]["mismatches"], 1);
    let found = summary["expected"]["rows"].as_array().expect("rows").clone();
    assert!(rows.as_array().expect("rows").iter().all(|row| found.contains(row)), "{found:?}");
}

#[test]
fn unknown_columns_are_named_with_the_switch() {
    let output = qun().args(["--input-format", "csv"]).write_stdin("id,pet,weather\n1,cat,rain\n").output().expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(errors.contains("`weather`") && errors.contains("--ignore-unknown"), "{errors}");
}

#[test]
fn the_whole_judgement_is_that_of_advise() {
    let profile = "{\"id\":\"a\",\"pet\":\"cat\",\"size\":4.5}";
    let mut command = Command::cargo_bin("qun").expect("built");
    let advice =
        command.args(["--kb", "tests/toy", "advise", "-", "--format", "json"]).write_stdin(profile).output().expect("it runs");
    let output = qun().args(["--detail", "full", "--quiet"]).write_stdin(profile).output().expect("it runs");
    let whole: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one line");
    let advice: serde_json::Value = serde_json::from_slice(&advice.stdout).expect("JSON");
    for key in ["id", "kb", "known", "gap"] {
        assert_eq!(whole[key], advice[key], "{key}");
    }
    for (decision, said) in advice["decisions"].as_object().expect("decisions") {
        for (key, value) in whole[decision].as_object().expect("told").iter().filter(|(key, _)| *key != "ranked") {
            assert_eq!(value, &said[key], "{decision} {key}");
        }
        let ranked = |of: &serde_json::Value| -> Vec<(String, i64)> {
            let of = of["ranked"].as_array().expect("a list").iter();
            of.map(|one| (one["id"].to_string(), one["points"].as_i64().expect("points"))).collect()
        };
        assert_eq!(ranked(&whole[decision]), ranked(said));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_and_ends_the_run() {
    let output = qun().args(["--output", "/dev/full", "--quiet"]).write_stdin("{\"pet\":\"cat\"}\n").output().expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("/dev/full"));
}

#[test]
fn an_input_that_is_not_there_ends_the_run() {
    qun().arg("no-such-file.jsonl").assert().code(2).stdout("");
}

#[test]
fn a_run_that_fails_leaves_the_old_output_alone() {
    let folder = folder();
    let (old, bad) = (folder.path().join("out.csv"), folder.path().join("bad.csv"));
    fs::write(&old, "old").expect("written");
    fs::write(&bad, "id,weather\n1,rain\n").expect("written");
    qun().arg(&bad).arg("--output").arg(&old).assert().code(2);
    assert_eq!(fs::read_to_string(&old).expect("there"), "old");
    assert_eq!(files(folder.path()), ["bad.csv", "out.csv"]);
}

#[test]
fn advise_says_what_batch_says() {
    let program = || Command::cargo_bin("qun").expect("built");
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/communities.jsonl");
    let judged = program().args(["batch", "--quiet", path]).output().expect("it runs");
    let (rows, verdicts) = (fs::read_to_string(path).expect("there"), String::from_utf8(judged.stdout).expect("UTF-8"));
    assert_eq!(verdicts.lines().count(), 12);
    for (row, verdict) in rows.lines().zip(verdicts.lines()) {
        let advised = program().args(["advise", "-", "--format", "json"]).write_stdin(row).output().expect("it runs");
        let advice: serde_json::Value = serde_json::from_slice(&advised.stdout).expect("JSON");
        let verdict: serde_json::Value = serde_json::from_str(verdict).expect("JSON");
        let said = verdict.as_object().expect("a verdict").iter().filter(|(key, _)| advice["decisions"].get(key).is_some());
        for (decision, said) in said {
            for (key, value) in said.as_object().expect("a decision") {
                assert_eq!(value, &advice["decisions"][decision][key], "{decision} {key} of {row}");
            }
        }
        assert_eq!((&verdict["id"], &verdict["kb"]), (&advice["id"], &advice["kb"]));
    }
}
