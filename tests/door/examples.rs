//! Every example runs, and every block of the READMEs does what it says.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use assert_cmd::Command;
use std::fs;
use std::path::{Path, PathBuf};

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

/// The fenced blocks of a language in a Markdown text.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let fence = format!("```{language}\n");
    text.split(&fence).skip(1).map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

/// Writes the embedded base into a folder, with every block of a README that
/// begins with `# data/…` put into its place.
fn base_with_blocks(readme: &str, target: &Path) -> usize {
    qun().args(["init", "kb"]).arg(target).assert().success();
    let mut count = 0;
    for block in blocks(readme, "toml") {
        let first = block.lines().next().unwrap_or_default();
        let Some(path) = first.strip_prefix("# data/").map(|path| path.split_whitespace().next().unwrap()) else { continue };
        let file = target.join(path);
        let old = if first.contains("(add)") { fs::read_to_string(&file).unwrap_or_default() + "\n" } else { String::new() };
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, old + &block).unwrap();
        count += 1;
    }
    count
}

#[test]
fn every_toml_block_of_the_readmes_is_sound() {
    for readme in ["README.md", "data/README.md"] {
        let text = fs::read_to_string(root().join(readme)).unwrap();
        for block in blocks(&text, "toml") {
            block.parse::<toml::Table>().unwrap_or_else(|error| panic!("{readme}: {error}\n{block}"));
        }
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("kb");
        let count = base_with_blocks(&text, &target);
        assert!(count > 0 || readme == "README.md", "{readme} shows pieces of a base");
        // A first sketch of a type has less evidence than its rivals, which is a warning.
        qun().args(["check", "--fail-on", "error"]).arg(&target).assert().success();
    }
}
