//! Profiles: one key per fact, by its id or its label in either language.

use crate::fact::{Fact, Kind, NO, UNKNOWN, YES, decimal};
use crate::kb::{Keep, KnowledgeBase};
use crate::profile::check::RESERVED;
use crate::profile::done;
use crate::profile::streams::{KEY, Number, listing};
use serde_json::{Map, Value, json};

/// The schema of profiles that are answers to this base.
pub fn schema(kb: &KnowledgeBase) -> Value {
    let mut properties = Map::new();
    for key in RESERVED {
        properties.insert(key.to_owned(), json!({ "type": ["string", "number", "null"] }));
    }
    for fact in &kb.facts {
        for key in [&fact.id, &fact.label.zh, &fact.label.en].into_iter().chain(&fact.former) {
            properties.insert(key.clone(), answer(fact));
        }
    }
    let numbers = json!({ "$ref": "#/$defs/numbers" });
    let streams = listing(&kb.facts).map(|fact| &**kb.facts[fact].options()).unwrap_or_default();
    if !streams.is_empty() {
        let names = streams.iter().flat_map(|one| [&one.id, &one.label.zh, &one.label.en]);
        let tables: Map<String, Value> = names.map(|name| (name.clone(), numbers.clone())).collect();
        let table = json!({ "type": ["object", "null"], "properties": tables, "additionalProperties": false });
        properties.insert(KEY.to_owned(), table);
    }
    properties.insert(done::KEY.to_owned(), noted(kb));
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "profile",
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
        "$defs": { "numbers": own_numbers() }
    })
}

/// What became of streams and measures: met or not, on which day, or in words.
fn noted(kb: &KnowledgeBase) -> Value {
    let outcome = json!({ "type": ["boolean", "string", "null"] });
    let mut notes = Map::new();
    for decision in kb.decisions.iter().filter(|one| one.keep == Keep::All) {
        for one in &decision.candidates {
            for name in [one.id.clone(), format!("{}/{}", decision.folder, one.id), one.name.zh.clone(), one.name.en.clone()] {
                notes.insert(name, outcome.clone());
            }
        }
    }
    json!({ "type": ["object", "null"], "properties": notes, "additionalProperties": false })
}

/// The operator's own numbers of one stream.
fn own_numbers() -> Value {
    let end = |thousandths: i64| decimal(thousandths, 3).parse::<f64>().map_or(Value::Null, |number| json!(number));
    let number = |one: Number| {
        let known = json!({ "type": "number", "minimum": end(one.least()), "maximum": end(one.most()) });
        (one.id().to_owned(), json!({ "anyOf": [known, { "enum": UNKNOWN }, { "type": "null" }] }))
    };
    let properties: Map<String, Value> = Number::ALL.into_iter().map(number).collect();
    json!({ "type": ["object", "null"], "properties": properties, "additionalProperties": false })
}

fn answer(fact: &Fact) -> Value {
    let unknown = json!({ "enum": UNKNOWN });
    let spellings: Vec<&str> = fact.spellings().chain(UNKNOWN).collect();
    let former: Vec<&String> = fact.options().iter().flat_map(|option| &option.former).collect();
    let one = match former.as_slice() {
        [] => json!({ "enum": spellings }),
        former => json!({ "anyOf": [{ "enum": spellings }, { "enum": former, "deprecated": true }] }),
    };
    let yes_no = [YES, NO].concat();
    let known = match &fact.kind {
        Kind::YesNo => json!({ "anyOf": [{ "type": "boolean" }, { "enum": yes_no }, unknown] }),
        Kind::Choice(_) => one,
        Kind::Choices { at_most, .. } => json!({
            "anyOf": [one, { "type": "array", "items": one, "minItems": 1, "maxItems": at_most, "uniqueItems": true }]
        }),
        Kind::Number(range) => {
            let end = |number: i64| range.written(number).parse::<f64>().map_or(Value::Null, |number| json!(number));
            json!({ "anyOf": [{ "type": "number", "minimum": end(range.min), "maximum": end(range.max) }, unknown] })
        }
    };
    json!({ "description": fact.question.en, "anyOf": [known, { "type": "null" }] })
}
