//! Schemas: everything that is read and written keeps to its own, and what is
//! committed is what is generated.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it finds nothing")]

use super::support::{applied, toy, toy_folder};
use crate::thorough::thorough;
use qun::advice::advise;
use qun::diagnostic::Files;
use qun::kb::{Folder, KnowledgeBase};
use qun::lint::{self, Settings, Subject};
use qun::profile::{self, Profile};
use qun::report::findings::{Findings, json as findings};
use qun::report::page::Extent;
use qun::report::receipt::Receipt;
use qun::report::{json, schema};
use qun::text::Lang;
use serde_json::Value;
use std::fs;
use std::path::Path;

fn validator(kb: &KnowledgeBase, name: &str) -> jsonschema::Validator {
    jsonschema::validator_for(&serde_json::from_str(&schema::render(kb, name).unwrap()).unwrap()).unwrap()
}

fn holds(validator: &jsonschema::Validator, what: &str, value: &Value) {
    let errors: Vec<String> =
        validator.iter_errors(value).map(|error| format!("{} at {}", error, error.instance_path())).collect();
    assert!(errors.is_empty(), "{what}: {errors:?}");
}

/// Which schema a file of a base keeps to.
fn kind_of(path: &str) -> &'static str {
    match path.split('/').next().unwrap() {
        "qun.toml" => "manifest",
        "facts" => "facts",
        "cases" => "case",
        "sources.toml" => "sources",
        "invariants.toml" => "invariants",
        "clashes.toml" => "clashes",
        "money.toml" => "money",
        "rules" => "rule",
        "trades" => "trade",
        "platforms" => "platform",
        _ => "candidate",
    }
}

fn parsed(text: &str) -> Value {
    serde_json::to_value(text.parse::<toml::Table>().unwrap()).unwrap()
}

#[test]
fn every_file_of_a_sound_base_keeps_to_its_schema() {
    let kb = toy();
    for folder in [toy_folder(), Folder::embedded()] {
        for (path, text) in &folder.files {
            holds(&validator(&kb, kind_of(path)), path, &parsed(text));
        }
    }
}

#[test]
fn a_file_with_a_fault_of_form_does_not_keep_to_its_schema() {
    let kb = toy();
    let folder = toy_folder();
    let (_, canine) = folder.files.iter().find(|(path, _)| path == "kinds/canine.toml").unwrap();
    let refuses = |old: &str, new: &str| {
        assert!(canine.contains(old));
        assert!(!validator(&kb, "candidate").is_valid(&parsed(&canine.replacen(old, new, 1))), "{new}");
    };
    refuses("strength = \"clear\"", "strength = 5");
    refuses("strength = \"clear\"", "strong = \"clear\"");
    refuses("en = \"Canine\"", "en = \"\"");
    refuses("{ yes = \"walks\" }", "{ yse = \"walks\" }");
    refuses("{ yes = \"walks\" }", "{ yes = \"walks\", is = [\"pet\", \"dog\"] }");
    refuses("{ is = [\"pet\", \"dog\"] }", "{ is = [\"pet\"] }");
}

#[test]
fn profiles_and_judgements_keep_to_their_schemas() {
    let kb = KnowledgeBase::embedded();
    let (profiles, results) = (validator(&kb, "profile"), validator(&kb, "result"));
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut seen = 0;
    for entry in fs::read_dir(examples).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "toml") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let name = path.display().to_string();
        holds(&profiles, &name, &parsed(&text));
        let profile = profile::read(&kb.facts, &name, text.as_bytes(), &mut Files::default()).unwrap();
        let advice = advise(&kb, &profile.answers);
        holds(&results, &name, &json::judgement(&kb, &profile, &advice));
        let receipt = Receipt::new(&kb, &profile, &Lang::BOTH, Extent::Full);
        holds(&results, &name, &json::report(&kb, &profile, &advice, &receipt));
        seen += 1;
    }
    assert!(seen > 3);
    let nothing = Profile::of(qun::answer::Answers::unknown(kb.facts.len()));
    holds(&results, "nothing", &json::judgement(&kb, &nothing, &advise(&kb, &nothing.answers)));
    assert!(!profiles.is_valid(&serde_json::json!({ "weather": "fine" })));
}

#[test]
fn what_if_keeps_to_its_schema_whatever_is_asked_and_found() {
    use qun::report::whatif::json as report;
    use qun::whatif::{each, lead, open};
    let kb = KnowledgeBase::embedded();
    let shape = validator(&kb, "whatif");
    let mut found = std::collections::BTreeSet::new();
    for case in kb.cases.iter().step_by(thorough(12, 90)) {
        let profile = Profile { id: Some(case.id.clone()), ..Profile::of(case.answers.clone()) };
        let each = each::each(&kb, &case.answers).unwrap();
        holds(&shape, &case.id, &report::each(&kb, &profile, &each));
        let first = qun::ids::DecisionId::new(0);
        for candidate in kb.decisions[first].candidates.ids() {
            let way = lead::lead(&kb, &case.answers, candidate);
            let value = report::become_it(&kb, &profile, (first, candidate), &way);
            found.insert(value["found"].as_str().unwrap().to_owned());
            holds(&shape, &case.id, &value);
            let lead::Found::Ways(ways) = way else { continue };
            let other = applied(&ways.smallest[0], &case.answers);
            let (before, after) = (advise(&kb, &case.answers), advise(&kb, &other));
            holds(&shape, &case.id, &report::effect(&kb, &profile, (&case.answers, &before), (&other, &after)));
        }
        let streams = qun::ids::DecisionId::new(2);
        for candidate in kb.decisions[streams].candidates.ids().step_by(5) {
            let at = (streams, candidate);
            let value = report::open_it(&kb, &profile, at, &open::open(&kb, &case.answers, at));
            found.insert(value["found"].as_str().unwrap().to_owned());
            holds(&shape, &case.id, &value);
        }
    }
    assert!(found.contains("ways") && found.contains("already"), "{found:?}");
}

#[test]
fn findings_keep_to_their_schema() {
    let kb = toy();
    let (mut files, folder) = (Files::default(), toy_folder());
    let loaded = KnowledgeBase::load(&folder, &mut files).unwrap();
    let subject = Subject::new(&loaded, &files, &folder.name);
    let found = lint::run(&subject, &Settings::default());
    let base = Some((&loaded, subject.proofs()));
    let printed = findings::render(&Findings { found: &found, files: &files, base, lang: Lang::En });
    holds(&validator(&kb, "findings"), "toy", &serde_json::from_str(&printed).unwrap());
    let faulty = super::support::changed("kinds/canine.toml", "\"clear\"", "\"claer\"");
    let mut files = Files::default();
    let found = KnowledgeBase::load(&faulty, &mut files).unwrap_err();
    let printed = findings::render(&Findings { found: &found, files: &files, base: None, lang: Lang::En });
    holds(&validator(&kb, "findings"), "faulty", &serde_json::from_str(&printed).unwrap());
}

#[test]
fn the_committed_schemas_are_the_generated_ones() {
    let kb = KnowledgeBase::embedded();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/schema");
    for name in schema::NAMES {
        let committed = fs::read_to_string(folder.join(format!("{name}.schema.json"))).unwrap_or_default();
        let generated = schema::render(&kb, name).unwrap();
        assert!(committed == generated, "data/schema/{name}.schema.json is stale; run `qun export schema --output data/schema`");
    }
}
