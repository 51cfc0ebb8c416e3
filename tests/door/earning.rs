//! What cases really run, as `qun test` prints it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use crate::four::{FOUR, promising, with};
use assert_cmd::Command;
use qun::Folder;
use std::fs;
use std::path::Path;

fn printed(args: &[&str], status: i32) -> String {
    let mut command = Command::cargo_bin("qun").unwrap();
    let output = command.args(args).env("LC_ALL", "C").assert().code(status).get_output().clone();
    String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap()
}

#[test]
fn the_command_prints_both_baselines_and_fails_where_a_promise_is_missed() {
    let place = written(&promising("[[measured]]\ndecision = \"offer\"\nfirst = 75\n"));
    let base = place.path().to_str().unwrap();
    let english = printed(&["test", base, "--decision", "offer"], 0);
    for part in ["3 of 4 cases", "0.750", "Most frequent", "0.375", "1 of 5", "Done now", "Walking (2)"] {
        assert!(english.contains(part), "{part} is missing:\n{english}");
    }
    let chinese = printed(&["test", base, "--decision", "offer", "--lang", "zh"], 0);
    assert!(chinese.contains("在 4 个案例中有 3 个真的在做"), "{chinese}");
    let without = printed(&["test", base, "--decision", "offer", "--without", "pet", "--without", "walks"], 1);
    assert!(without.contains("Offers: `first` is 2/4 (50.0%), and ≥ 75% is promised"), "{without}");
    let json: serde_json::Value =
        serde_json::from_str(&printed(&["test", base, "--decision", "offer", "--format", "json"], 0)).unwrap();
    assert_eq!((&json["seen"]["ours"]["first"], &json["seen"]["refused"]), (&3.into(), &1.into()));
    assert_eq!((&json["hidden"][0], &json["unseen"]), (&"does-now".into(), &serde_json::Value::Null));
}

#[test]
fn cases_kept_apart_have_a_block_of_their_own_in_the_exam_too() {
    let mut cases = FOUR;
    let hybrid = "[expect]\nkind = [\"feline\", \"canine\"]\n[answers]\npet = \"cat\"\n";
    cases[3] = ("d", "\"walking\"", true, hybrid);
    let place = written(&with(&cases));
    let base = place.path().to_str().unwrap();
    let text = printed(&["test", base], 0);
    let (seen, unseen) = text.split_once("Cases kept apart").expect("a block of its own");
    assert!(seen.contains("3 of 3 cases") && seen.contains("0 of 0"), "{text}");
    assert!(unseen.contains("1 of 1") && unseen.contains("0 of 1"), "its label leads, its second is lost:\n{text}");
    let json: serde_json::Value = serde_json::from_str(&printed(&["test", base, "--format", "json"], 0)).unwrap();
    assert_eq!((&json["cases"], &json["unseen"]["cases"], &json["unseen"]["hybrids"]), (&3.into(), &1.into(), &1.into()));
    let alone = printed(&["test", base, "--cases", place.path().join("cases").to_str().unwrap(), "--decision", "offer"], 0);
    assert!(alone.contains("Cases kept apart"), "{alone}");
}

fn written(folder: &Folder) -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    for (name, text) in &folder.files {
        let path: &Path = &place.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    place
}
