//! The shell's words: complete in both languages, and every key in use is there.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use qun::words;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn sources() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut left = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = left.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                left.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push((path.clone(), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found
}

#[test]
fn every_wording_has_the_same_gaps_in_both_languages() {
    for (key, text) in words::entries() {
        let set = |wording| gaps(wording).into_iter().collect::<BTreeSet<_>>();
        assert_eq!(set(text.zh), set(text.en), "{key}");
        for wording in [text.zh, text.en] {
            let counted = wording.split('{').skip(1).filter_map(|part| part.split_once('}')?.0.split_once('|'));
            for (name, words) in counted {
                assert!(set(wording).contains(name) && words.matches('|').count() == 1, "{key}: {name}|{words}");
            }
        }
        assert!(!text.zh.trim().is_empty() && !text.en.trim().is_empty(), "{key} is empty");
    }
}

#[test]
fn every_wording_is_in_its_language() {
    let is_chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    for (key, text) in words::entries() {
        let only_gaps = text.zh.chars().all(|c| !c.is_alphabetic() || c.is_ascii());
        assert!(is_chinese(text.zh) || only_gaps, "{key} is not Chinese");
        assert!(!is_chinese(text.en) || key == "help.after", "{key} is not English");
    }
}

#[test]
fn every_key_that_the_code_says_exists() {
    let mut missing = Vec::new();
    for (path, text) in sources() {
        for call in ["say(\"", "fill(\"", "find(\""] {
            for rest in text.split(call).skip(1) {
                let key = rest.split('"').next().unwrap();
                if key.contains('.') && !key.contains('{') && words::find(key).is_none() {
                    missing.push(format!("{}: {key}", path.display()));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_fault_has_a_headline_and_a_label() {
    let mut names = BTreeSet::new();
    for (_, text) in sources() {
        for call in ["Diagnostic::error(\"", "look_up(\"", "fault(\""] {
            names.extend(text.split(call).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()));
        }
    }
    assert!(names.contains("unknown-fact") && names.contains("broken-syntax"), "the search still finds names");
    for name in names {
        for part in ["headline", "label"] {
            assert!(words::find(&format!("fault.{name}.{part}")).is_some(), "fault.{name}.{part} is missing");
        }
    }
}

/// The names of the gaps of a wording, in order: lower-case letters and hyphens
/// between braces.
fn gaps(wording: &str) -> Vec<&str> {
    let after_open = wording.split('{').skip(1);
    let names = after_open.filter_map(|part| part.split_once('}').map(|(name, _)| name));
    names.filter(|name| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')).collect()
}
