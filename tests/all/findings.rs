//! Findings in every format: the same findings, each format's own rules kept,
//! and nothing injected by whoever wrote the base.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it finds nothing")]

use super::support::{changed, toy_folder};
use qun::diagnostic::{Diagnostic, Files};
use qun::kb::{Folder, KnowledgeBase};
use qun::lint::{self, Settings, Subject};
use qun::report::diagnostics::human;
use qun::report::findings::{Findings, github, json, sarif, short};
use qun::text::{Lang, is_treacherous};
use serde_json::Value;
use std::path::Path;

/// A format by its name.
type Format = (&'static str, fn(&Findings<'_>) -> String);

const FORMATS: [Format; 4] =
    [("short", short::render), ("json", json::render), ("sarif", sarif::render), ("github", github::render)];

/// A base, printed in every format.
fn printed(folder: &Folder, lang: Lang) -> Vec<(&'static str, String)> {
    let mut files = Files::default();
    let loaded = KnowledgeBase::load(folder, &mut files);
    let print = |found: &[Diagnostic], base| {
        let findings = Findings { found, files: &files, base, lang };
        let people: String = found.iter().map(|one| human(one, &files, lang, false)).collect();
        FORMATS.iter().map(|(name, render)| (*name, render(&findings))).chain([("human", people)]).collect()
    };
    match &loaded {
        Err(faults) => print(faults, None),
        Ok(kb) => {
            let subject = Subject::new(kb, &files, &folder.name);
            print(&lint::run(&subject, &Settings::default()), Some((kb, subject.proofs())))
        }
    }
}

fn of<'p>(printed: &'p [(&str, String)], format: &str) -> &'p str {
    &printed.iter().find(|(name, _)| *name == format).unwrap().1
}

/// A base whose texts, ids and file names do their worst, sound but for lints.
fn hostile() -> Folder {
    let evil = "\\u001b[2J\\u202Eevil\\u0007\\r\\n::error file=x::owned\\n%0A<script>|`x`";
    let mut folder = changed("offers/walking.toml", "as-of = \"2020\"", &format!("as-of = \"{evil}\""));
    let (_, book) = folder.files.iter_mut().find(|(path, _)| path == "sources.toml").unwrap();
    *book = book.replace(
        "[[restored]]",
        "[[document]]\nid = \"unread\"\ntitle = { zh = \"::error::传单\", en = \"::error::A leaflet\" }\n\n[[restored]]",
    );
    let rule = format!(
        "[[never]]\nid = \"a\"\nsays = {{ zh = \"不可{evil}\", en = \"Never {evil}\" }}\ncandidate = \"offer/walking\"\ngroup = \"open\"\n"
    );
    folder.files.push(("invariants.toml".to_owned(), rule));
    folder.files.sort();
    "数据,a:b%\u{202e}\u{1b}[31m\n::error::x".clone_into(&mut folder.name);
    folder
}

/// A base with faults of form instead.
fn hostile_and_faulty() -> Folder {
    let mut folder = hostile();
    let (_, text) = folder.files.iter_mut().find(|(path, _)| path == "kinds/canine.toml").unwrap();
    *text = text.replace("{ yes = \"walks\" }", "{ yes = \"wa\\u001b[2J\\u202E\\n::error::lks\" }");
    folder.files.push(("kinds/\u{202e}坏::error::\u{1b}.toml".to_owned(), "a = 1\n".to_owned()));
    folder.files.sort();
    folder
}

#[test]
fn nothing_is_injected_in_any_format() {
    for folder in [hostile(), hostile_and_faulty()] {
        for lang in Lang::BOTH {
            let printed = printed(&folder, lang);
            for (format, text) in &printed {
                assert!(!text.is_empty(), "{format}");
                let bad: Vec<char> = text.chars().filter(|c| is_treacherous(*c)).collect();
                assert!(bad.is_empty(), "{format}: {bad:?}");
            }
            let findings = serde_json::from_str::<Value>(of(&printed, "json")).unwrap()["findings"].as_array().unwrap().len();
            assert!(findings >= 2, "{findings}");
            assert_eq!(of(&printed, "short").lines().count(), findings, "one line each");
            assert_eq!(of(&printed, "github").lines().count(), findings, "one command each");
            for line in of(&printed, "github").lines() {
                let (command, rest) = line[2..].split_once(' ').unwrap();
                assert!(line.starts_with("::") && ["error", "warning", "notice"].contains(&command), "{line}");
                let (properties, _) = rest.split_once("::").unwrap();
                let keys: Vec<&str> = properties.split(',').map(|one| one.split('=').next().unwrap()).collect();
                assert!(keys.starts_with(&["file", "line", "endLine"]) && keys.ends_with(&["title"]), "{line}");
            }
            for line in of(&printed, "short").lines() {
                assert!(!line.starts_with("::"), "{line}");
            }
            for line in of(&printed, "human").lines() {
                assert!(!line.trim_start().starts_with("::error"), "{line}");
            }
        }
    }
}

#[test]
fn sarif_keeps_to_the_official_schema() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sarif/sarif-2.1.0.schema.json");
    // One pattern of the schema (of `language`) has a bare `]`, which only lenient engines take.
    let text = std::fs::read_to_string(path).unwrap().replace("[a-zA-Z]{2}]?$", "[a-zA-Z]{2}\\\\]?$");
    let schema: Value = serde_json::from_str(&text).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for folder in [toy_folder(), hostile(), hostile_and_faulty()] {
        for lang in Lang::BOTH {
            let log: Value = serde_json::from_str(of(&printed(&folder, lang), "sarif")).unwrap();
            let errors: Vec<String> = validator.iter_errors(&log).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "{errors:?}");
        }
    }
    let broken = serde_json::json!({ "version": "2.1.0", "runs": [{ "tool": {} }] });
    assert!(!validator.is_valid(&broken), "the schema does refuse");
}

#[test]
fn sarif_paths_are_uris_and_columns_count_characters() {
    let mut folder = hostile();
    folder.name = "数据 a".to_owned();
    let printed = printed(&folder, Lang::En);
    let log: Value = serde_json::from_str(of(&printed, "sarif")).unwrap();
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let results = run["results"].as_array().unwrap();
    let uris: Vec<&str> =
        results.iter().map(|one| one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap()).collect();
    assert!(uris.iter().all(|uri| uri.starts_with("%E6%95%B0%E6%8D%AE%20a/")), "{uris:?}");
    for one in results {
        let index = usize::try_from(one["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], one["ruleId"]);
        assert!(!one["locations"].as_array().unwrap().is_empty());
    }
}

#[test]
fn every_format_tells_the_same_findings_in_the_same_order() {
    let printed = printed(&hostile(), Lang::En);
    let json: Value = serde_json::from_str(of(&printed, "json")).unwrap();
    assert_eq!(json["qun-findings"], json::VERSION);
    let names: Vec<&str> = json["findings"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    let log: Value = serde_json::from_str(of(&printed, "sarif")).unwrap();
    let rules: Vec<&str> =
        log["runs"][0]["results"].as_array().unwrap().iter().map(|one| one["ruleId"].as_str().unwrap()).collect();
    assert_eq!(names, rules);
    for (line, name) in of(&printed, "github").lines().zip(&names) {
        assert!(line.contains(&format!("title={name}::")), "{line}");
    }
    for (line, name) in of(&printed, "short").lines().zip(&names) {
        assert!(line.contains(&format!("[{name}]: ")), "{line}");
    }
}

#[test]
fn json_does_not_depend_on_the_language() {
    let folder = hostile();
    assert_eq!(of(&printed(&folder, Lang::Zh), "json"), of(&printed(&folder, Lang::En), "json"));
}

#[test]
fn the_certificate_of_the_toy_base_counts_what_is_proven() {
    let printed = printed(&toy_folder(), Lang::En);
    let json: Value = serde_json::from_str(of(&printed, "json")).unwrap();
    let certificate = &json["certificate"];
    assert_eq!(certificate["can-be-open"], serde_json::json!({ "shown": 2, "all": 2 }));
    assert_eq!(certificate["lines-deciding"], serde_json::json!({ "shown": 22, "all": 22 }));
    let kinds = certificate["leaders"][0]["candidates"].as_array().unwrap();
    assert!(kinds.iter().all(|one| one["can-win"] == "yes" && one["witness"].as_str().unwrap().contains("pet = ")));
}
