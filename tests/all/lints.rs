//! Lints: each fires on its folder with the exact text it prints, keeps quiet on
//! the other, and has its page and its words.
//!
//! `tests/lints/<lint>/fires` and `quiet` are laid over the toy base. Accept
//! intended changes of `expected.txt` with `OVERWRITE=1`, then read the diff.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it finds nothing")]

use super::support::toy_folder;
use qun::diagnostic::{Files, Level};
use qun::kb::{Folder, KnowledgeBase};
use qun::lint::{self, ALL, Settings, Subject};
use qun::report::diagnostics::human;
use qun::report::explain::explain;
use qun::text::Lang;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lints")
}

/// The toy base with the files of a folder laid over it; an empty file takes one away.
fn overlaid(over: &Path) -> Folder {
    let mut folder = toy_folder();
    let (above, faults) = Folder::read(over).unwrap_or_else(|error| panic!("{}: {error}", over.display()));
    assert!(faults.is_empty(), "{faults:?}");
    for (path, text) in above.files {
        folder.files.retain(|(name, _)| *name != path);
        if !text.is_empty() {
            folder.files.push((path, text));
        }
    }
    folder.files.sort();
    folder
}

/// What one lint says about a base, as a reader sees it.
fn said(name: &str, folder: &Folder) -> String {
    let mut files = Files::default();
    let kb = KnowledgeBase::load(folder, &mut files).unwrap_or_else(|faults| panic!("{name}: {faults:?}"));
    let mut subject = Subject::new(&kb, &files, &folder.name);
    subject.min_coverage = (name == "coverage-gaps").then_some(60);
    let mut settings = Settings::default();
    for lint in ALL {
        let level = if lint.name() == name { lint.level().or(Some(Level::Note)) } else { settings.level(lint) };
        settings.set(lint.name(), level);
    }
    let found = lint::run(&subject, &settings);
    found.iter().filter(|one| one.name == name).map(|one| human(one, &files, Lang::En, false) + "\n").collect()
}

#[test]
fn every_lint_fires_on_its_folder_with_exactly_this_text() {
    for lint in ALL {
        let said = said(lint.name(), &overlaid(&root().join(lint.name()).join("fires")));
        let path = root().join(lint.name()).join("expected.txt");
        if std::env::var_os("OVERWRITE").is_some() {
            fs::write(&path, &said).unwrap();
        }
        assert!(!said.is_empty(), "{} is silent", lint.name());
        assert_eq!(said, fs::read_to_string(&path).unwrap_or_default(), "{}", lint.name());
    }
}

#[test]
fn every_lint_keeps_quiet_on_its_other_folder() {
    for lint in ALL {
        assert_eq!(said(lint.name(), &overlaid(&root().join(lint.name()).join("quiet"))), "", "{}", lint.name());
    }
}

#[test]
fn the_registry_the_files_the_test_folders_and_the_page_name_the_same_lints() {
    let registered: BTreeSet<String> = ALL.iter().map(|lint| lint.name().to_owned()).collect();
    assert_eq!(registered.len(), ALL.len(), "every name once");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lint");
    let stems = |folder: &Path, ending: &str| -> BTreeSet<String> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let names = entries.filter(|path| path.extension().unwrap_or_default() == ending && path.is_dir() == ending.is_empty());
        names.map(|path| path.file_stem().unwrap().to_string_lossy().replace('_', "-")).collect()
    };
    let mut files = stems(&source, "rs");
    files.remove("mod");
    assert_eq!(files, registered, "src/lint/");
    assert_eq!(stems(&root(), ""), registered, "tests/lints/");
    let page = fs::read_to_string(source.join("README.md")).unwrap();
    let headings: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    assert_eq!(headings, registered.iter().map(String::as_str).collect::<Vec<_>>(), "src/lint/README.md");
}

#[test]
fn the_page_says_what_explain_says() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lint/README.md")).unwrap();
    for lint in ALL {
        let section = page.split("\n## ").find(|part| part.starts_with(lint.name())).unwrap();
        for part in ["why", "bad", "good"] {
            let text =
                qun::words::find(&format!("lint.{}.{part}", lint.name())).unwrap_or_else(|| panic!("{} {part}", lint.name()));
            assert!(section.contains(text.en), "{} {part}", lint.name());
        }
    }
}

#[test]
fn every_fault_of_form_is_explained_in_both_languages() {
    for name in qun::report::explain::names() {
        for lang in Lang::BOTH {
            let text = explain(name, lang).unwrap();
            assert!(text.lines().count() > 2, "{name} is not explained in {lang}:\n{text}");
        }
    }
    assert_eq!(explain("no-such-thing", Lang::En), None);
}

#[test]
fn the_toy_base_has_no_finding_that_fails_a_check() {
    let mut files = Files::default();
    let folder = toy_folder();
    let kb = KnowledgeBase::load(&folder, &mut files).unwrap();
    let found = lint::run(&Subject::new(&kb, &files, &folder.name), &Settings::default());
    let grave: Vec<_> = found.iter().filter(|one| one.level > Level::Note).map(|one| one.name).collect();
    assert_eq!(grave, [""; 0]);
}

#[test]
fn an_allowance_keeps_its_finding_back_and_only_there() {
    let allow = |at: &str| {
        let mut folder = toy_folder();
        let (_, text) = folder.files.iter_mut().find(|(name, _)| name == "qun.toml").unwrap();
        let allowance = format!(
            "\n[[allow]]\nlint = \"unopposed-candidates\"\nat = \"{at}\"\nreason = {{ zh = \"玩具。\", en = \"A toy.\" }}\n"
        );
        text.push_str(&allowance);
        let mut files = Files::default();
        let kb = KnowledgeBase::load(&folder, &mut files).unwrap();
        let found = lint::run(&Subject::new(&kb, &files, &folder.name), &Settings::default());
        found.iter().map(|one| format!("{} {}", one.name, files.name(one.place.file))).collect::<Vec<_>>()
    };
    assert_eq!(allow("styles"), ["unopposed-candidates toy/offers/grooming.toml"]);
    assert_eq!(
        allow("offers/grooming"),
        ["unopposed-candidates toy/styles/calm.toml", "unopposed-candidates toy/styles/lively.toml"]
    );
    assert_eq!(allow("kinds")[0..1], ["unopposed-candidates toy/offers/grooming.toml"]);
    assert_eq!(allow("kinds")[1], "unused-allowances toy/qun.toml");
}

#[test]
fn the_last_word_on_a_level_counts() {
    let mut settings = Settings::default();
    let lint = lint::find("idle-lines").unwrap();
    settings.set("idle-lines", None);
    assert_eq!(settings.level(lint), None);
    settings.set("idle-lines", Some(Level::Error));
    assert_eq!(settings.level(lint), Some(Level::Error));
}
