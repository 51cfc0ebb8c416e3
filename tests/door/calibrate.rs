//! `qun test`: what it prints, and its exit status.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use assert_cmd::Command;
use std::fs;

/// A case whose expectations and answers are these.
fn case(rest: &str) -> String {
    format!("name = {{ zh = \"它\", en = \"It\" }}\nsummary = {{ zh = \"它。\", en = \"It.\" }}\nsource = \"judgement\"\n{rest}")
}

/// Labelled a cat, but everything that can be seen is a dog.
const WRONG: &str = "[expect]\nkind = \"feline\"\n[answers]\npet = \"dog\"\nwalks = true";

fn qun() -> Command {
    let mut command = Command::cargo_bin("qun").expect("the binary is built for tests");
    command.current_dir(env!("CARGO_MANIFEST_DIR")).env("LC_ALL", "C");
    command
}

fn printed(args: &[&str], status: i32) -> String {
    let output = qun().args(args).assert().code(status).get_output().clone();
    String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap()
}

#[test]
fn the_command_tells_what_it_found_in_either_language() {
    let english = printed(&["test", "tests/toy", "--fit", "--falsify", "Says it is", "--without", "size"], 0);
    for part in ["2 of 2 cases have their first label on top", "Taken away", "Weight", "Log loss", "Canine", "fitted"] {
        assert!(english.contains(part), "{part} is missing:\n{english}");
    }
    let chinese = printed(&["test", "--kb", "tests/toy", "--lang", "zh", "--equal-strengths"], 0);
    assert!(chinese.contains("2 个案例中，2 个的首要标签排在第一"), "{chinese}");
}

#[test]
fn the_machine_format_is_the_same_in_every_language() {
    let of = |lang| printed(&["test", "tests/toy", "--format", "json", "--fit", "--falsify", "pet", "--lang", lang], 0);
    assert_eq!(of("zh"), of("en"));
    let found: serde_json::Value = serde_json::from_str(&of("en")).unwrap();
    assert_eq!((&found["cases"], &found["top-one"]), (&2.into(), &2.into()));
    assert_eq!(found["falsified"][0]["trials"], 4);
    assert_eq!(found["verdicts"][1]["chosen"][0], "feline");
}

#[test]
fn cases_of_another_folder_are_judged_and_their_misses_explained() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("stray.toml"), case(WRONG)).unwrap();
    let path = folder.path().to_str().unwrap();
    let text = printed(&["test", "tests/toy", "--cases", path], 1);
    assert!(text.contains("[stray: should be Feline (-5 points), first is Canine (13 points)]"), "{text}");
    assert!(text.contains("+10  Is walked: yes"), "{text}");
    fs::write(folder.path().join("broken.toml"), "name = 1").unwrap();
    assert!(printed(&["test", "tests/toy", "--cases", path], 2).contains("broken.toml"));
}

#[test]
fn what_is_unknown_is_named_with_its_likely_spelling() {
    assert!(printed(&["test", "tests/toy", "--without", "sais"], 2).contains("did you mean `says`?"));
    assert!(printed(&["test", "tests/toy", "--decision", "kinds"], 2).contains("did you mean `kind`?"));
    assert!(printed(&["test", "tests/toy", "--decision", "offer"], 0).contains("No case says what it runs"));
    assert!(
        printed(&["test", "tests/toy", "--decision", "offer", "--fit"], 2)
            .contains("`--fit` is for decisions that name a leader")
    );
    assert!(printed(&["test", "tests/toy", "--kb", "tests/toy"], 2).contains("once"));
    assert!(printed(&["test", "tests/nowhere"], 2).contains("tests/nowhere"));
}
