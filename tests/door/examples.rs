//! Every example runs, and what the README shows of the command is what it prints.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use assert_cmd::Command;
use std::fs;
use std::path::PathBuf;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn qun() -> Command {
    let mut command = Command::cargo_bin("qun").expect("the binary is built for tests");
    command.current_dir(root());
    command
}

#[test]
fn every_profile_among_the_examples_is_advised_in_both_languages() {
    let mut count = 0;
    for entry in fs::read_dir(root().join("examples")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            for lang in ["zh", "en"] {
                qun().args(["advise", "--lang", lang]).arg(&path).assert().success();
            }
            count += 1;
        }
    }
    assert_eq!(count, 7);
}

#[test]
fn the_line_and_the_table_examples_hold_the_same_dozen() {
    let lines = fs::read_to_string(root().join("examples/communities.jsonl")).unwrap();
    let ids: Vec<String> = lines
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["id"].as_str().unwrap().to_owned())
        .collect();
    let table = fs::read_to_string(root().join("examples/communities.csv")).unwrap();
    let rows: Vec<String> = table.lines().skip(1).map(|row| row.split(',').next().unwrap().to_owned()).collect();
    assert_eq!(ids.len(), 12);
    assert_eq!(ids, rows);
    for line in lines.lines() {
        qun().args(["advise", "-", "--format", "json"]).write_stdin(line).assert().success();
    }
}

#[test]
fn the_library_example_is_the_one_in_the_readme() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let example = fs::read_to_string(root().join("examples/judge.rs")).unwrap();
    let code = example.split("\nfn main()").nth(1).unwrap();
    assert!(readme.contains(code.trim_end()), "README.md shows another judge.rs");
}

#[test]
fn the_console_blocks_of_the_readme_print_what_they_show() {
    trycmd::TestCases::new().case("README.md").run();
}

#[test]
fn transcripts_print_what_they_show() {
    trycmd::TestCases::new().case("tests/cli/*.md");
}
