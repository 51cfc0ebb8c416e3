//! The real community that is most like one, as the command tells it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use assert_cmd::Command;

fn printed(args: &[&str], stdin: &str) -> String {
    let mut command = Command::cargo_bin("qun").expect("the binary is built for tests");
    command.current_dir(env!("CARGO_MANIFEST_DIR")).env("LC_ALL", "C").args(args).write_stdin(stdin);
    String::from_utf8(command.assert().success().get_output().stdout.clone()).unwrap()
}

#[test]
fn the_report_tells_the_case_and_at_most_three_differences() {
    let profile = "pet = \"dog\"\nwalks = false\ntoys = [\"ball\", \"wool\"]";
    let english = printed(&["advise", "-", "--kb", "tests/toy"], profile);
    assert!(english.contains("The real community most like yours"), "{english}");
    assert!(english.contains("Rex: A dog that goes out every day. It was labelled: Canine."), "{english}");
    assert!(english.contains("· Is walked: yours “no”, theirs “yes”"), "{english}");
    let chinese = printed(&["advise", "-", "--kb", "tests/toy", "--lang", "zh"], profile);
    assert!(chinese.contains("遛不遛：你是“否”，它是“是”"), "{chinese}");
    let alone = printed(&["advise", "-", "--kb", "tests/toy"], "pet = \"dog\"");
    assert!(!alone.contains("The real community most like yours"), "{alone}");
}

#[test]
fn the_machine_format_holds_both_answers_of_every_difference() {
    let profile = "pet = \"dog\"\nwalks = false\ntoys = [\"ball\", \"wool\"]";
    let found: serde_json::Value =
        serde_json::from_str(&printed(&["advise", "-", "--kb", "tests/toy", "--format", "json"], profile)).unwrap();
    let nearest = &found["nearest"];
    assert_eq!((&nearest["case"], &nearest["common"]), (&"rex".into(), &3.into()));
    assert_eq!(nearest["differs"][0], serde_json::json!({ "fact": "walks", "profile": false, "case": true }));
    assert_eq!(nearest["differs"][1], serde_json::json!({ "fact": "toys", "profile": ["ball", "wool"], "case": ["ball"] }));
    assert_eq!(nearest["expect"]["kind"][0], "canine");
    let none: serde_json::Value =
        serde_json::from_str(&printed(&["advise", "-", "--kb", "tests/toy", "--format", "json"], "pet = \"dog\"")).unwrap();
    assert!(none["nearest"].is_null());
}
