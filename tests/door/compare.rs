//! `qun compare`: how many profiles, for which base, and their faults.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use assert_cmd::Command;
use serde_json::Value;

const THEN: &str = "id = \"a\"\nsells-now = [\"membership\"]\nmembers = 300\n";

fn run(arguments: &[&str]) -> (i32, String, String) {
    let out = Command::cargo_bin("qun").unwrap().args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (out.status.code().unwrap(), text(out.stdout), text(out.stderr))
}

#[test]
fn another_base_is_said_and_never_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    let [then, now] = ["then.toml", "now.toml"].map(|name| folder.path().join(name).to_string_lossy().into_owned());
    std::fs::write(&then, format!("kb = \"0.0.1\"\n{THEN}")).unwrap();
    std::fs::write(&now, format!("{THEN}joins-for = [\"improve\"]\n")).unwrap();
    for (lang, says) in [("en", "“then” says that it was written for base 0.0.1"), ("zh", "“then”写明是按知识库 0.0.1 写的")]
    {
        let (status, text, _) = run(&["compare", &then, &now, "--lang", lang]);
        assert!(status == 0 && text.replace('\n', " ").contains(says) || text.contains(says), "{text}");
        let (_, text, _) = run(&["compare", &now, &now, "--lang", lang]);
        assert!(!text.contains("0.0.1"));
    }
    let (_, text, _) = run(&["compare", &then, &now, "--format", "json"]);
    let value: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((&value["bases-differ"], &value["review"]), (&true.into(), &true.into()));
    assert_eq!(value["profiles"][0]["written-for"]["same"], false);
    assert!(value["profiles"][1]["written-for"].is_null());
}

#[test]
fn two_to_five_profiles_are_taken_and_every_fault_is_shown() {
    let case = "examples/heima.toml";
    for (count, status) in [(1, 2), (2, 0), (5, 0), (6, 2)] {
        let arguments: Vec<&str> = ["compare"].into_iter().chain(std::iter::repeat_n(case, count)).collect();
        assert_eq!(run(&arguments).0, status, "{count} profiles");
    }
    let (status, _, complaint) = run(&["compare", "-", "-", "--lang", "en"]);
    assert!(status == 2 && complaint.contains("stdin"), "{complaint}");
    let folder = tempfile::tempdir().unwrap();
    let [one, other] = ["one.toml", "other.toml"].map(|name| folder.path().join(name).to_string_lossy().into_owned());
    std::fs::write(&one, "[done]\nmembershop = true\n").unwrap();
    std::fs::write(&other, "members = \"many\"\n").unwrap();
    let (status, text, complaint) = run(&["compare", &one, &other, "--lang", "en"]);
    assert!(status == 2 && text.is_empty());
    assert!(complaint.contains("unknown-done") && complaint.contains("wrong-answer-kind"), "{complaint}");
}
