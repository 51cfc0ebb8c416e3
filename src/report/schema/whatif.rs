//! What if and why, as `qun whatif` and `qun why` print them with `--format json`.

use super::{list, maybe, object, text};
use crate::advice::plan::Step;
use crate::advice::stability::Change;
use crate::engine::kernel::Readiness;
use crate::kb::KnowledgeBase;
use crate::report::{whatif, why_json};
use serde_json::{Map, Value, json};

/// Parts that several answers share.
pub(super) struct Parts {
    pub(super) fact: Value,
    pub(super) answer: Value,
    pub(super) about: Value,
    pub(super) group: Value,
    pub(super) count: Value,
    pub(super) integer: Value,
    pub(super) decision: Value,
}

impl Parts {
    pub(super) fn of(kb: &KnowledgeBase) -> Parts {
        let facts: Vec<&str> = kb.facts.iter().map(|fact| fact.id.as_str()).collect();
        let decisions: Vec<&str> = kb.decisions.iter().map(|decision| decision.id.as_str()).collect();
        let decision = json!({ "enum": decisions });
        Parts {
            fact: json!({ "enum": facts }),
            answer: json!({ "type": ["string", "array", "number", "boolean", "null"] }),
            about: object(&json!({ "decision": decision, "id": { "type": "string" }, "name": text() })),
            group: json!({ "enum": Readiness::ALL.map(Readiness::id) }),
            count: json!({ "type": "integer", "minimum": 0 }),
            integer: json!({ "type": "integer" }),
            decision,
        }
    }

    /// The stream that pays next.
    pub(super) fn next_money(&self) -> Value {
        let weeks = json!({ "type": "array", "items": self.count, "minItems": 2, "maxItems": 2 });
        object(&json!({
            "about": self.about,
            "runs": { "type": "boolean" },
            "planned": { "type": "boolean" },
            "weeks": maybe(&weeks),
            "in-time": { "type": ["boolean", "null"] },
            "faster": maybe(&self.about),
        }))
    }

    /// What every answer begins with, and its own keys.
    fn headed(format: u32, own: &Value) -> Value {
        let string = json!({ "type": "string" });
        let mut all = json!({
            "format": { "const": format },
            "kb": object(&json!({ "version": string, "hash": string })),
            "id": maybe(&string),
            "name": maybe(&string),
        });
        if let (Some(all), Some(own)) = (all.as_object_mut(), own.as_object()) {
            all.extend(own.clone());
        }
        object(&all)
    }
}

/// The schema of what `qun whatif` answers: one shape per question.
pub fn schema(kb: &KnowledgeBase) -> Value {
    let parts = Parts::of(kb);
    let mut shapes = vec![effect(&parts), each(&parts)];
    shapes.extend(["become", "open"].map(|asked| sought(&parts, asked)).concat());
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "whatif",
        "oneOf": shapes,
    })
}

fn effect(parts: &Parts) -> Value {
    let changed = object(&json!({ "fact": parts.fact, "before": parts.answer, "after": parts.answer }));
    let string = json!({ "type": "string" });
    let kept = object(&json!({ "chosen": list(&string), "margin": maybe(&parts.count) }));
    let line = object(&json!({ "candidate": string, "line": string, "before": parts.integer, "after": parts.integer }));
    let leaders = object(&json!({ "decision": parts.decision, "before": kept, "after": kept, "lines": list(&line) }));
    let moved = object(&json!({
        "decision": parts.decision, "id": string, "name": text(), "before": parts.group, "after": parts.group
    }));
    let action = object(&json!({
        "about": parts.about, "step": { "enum": Step::IDS }, "week": parts.count, "new": { "type": "boolean" }
    }));
    let side = object(&json!({ "stops": list(&parts.about), "next-money": maybe(&parts.next_money()) }));
    Parts::headed(
        whatif::json::FORMAT,
        &json!({
            "asked": { "const": "set" },
            "changed": list(&changed),
            "leaders": list(&leaders),
            "moves": list(&moved),
            "plan": list(&action),
            "before": side,
            "after": side,
        }),
    )
}

/// What a search for changes answers: one shape per outcome.
fn sought(parts: &Parts, asked: &str) -> Vec<Value> {
    let change = object(&json!({
        "fact": parts.fact, "before": parts.answer, "after": parts.answer, "change": { "enum": ["easy", "some", "hard"] }
    }));
    let way = object(&json!({ "effort": parts.count, "changes": list(&change) }));
    let mut already = json!({ "found": { "const": "already" } });
    if asked == "open" {
        already["group"] = parts.group.clone();
    }
    let string = json!({ "type": "string" });
    let by_points = if asked == "open" {
        object(&json!({ "best": parts.integer, "takes": parts.integer }))
    } else {
        object(&json!({ "over": maybe(&string), "best": parts.integer, "takes": parts.integer }))
    };
    let by_need = object(&json!({ "need": string }));
    let proof = json!({ "anyOf": [by_points, by_need, { "type": "null" }] });
    let outcomes = [
        already,
        json!({
            "found": { "const": "ways" },
            "smallest": list(&way),
            "easier": maybe(&way),
            "easiest-proven": { "type": "boolean" },
        }),
        json!({ "found": { "enum": ["never", "not-known"] }, "proof": proof }),
        json!({ "found": { "const": "not-within" }, "ruled-out": parts.count }),
    ];
    let whole = |outcome: Value| {
        let mut own: Map<String, Value> = outcome.as_object().cloned().unwrap_or_default();
        own.insert("asked".to_owned(), json!({ "const": asked }));
        own.insert("about".to_owned(), parts.about.clone());
        Parts::headed(whatif::json::FORMAT, &Value::Object(own))
    };
    outcomes.map(whole).to_vec()
}

fn each(parts: &Parts) -> Value {
    let string = json!({ "type": "string" });
    let answer = object(&json!({
        "answer": parts.answer,
        "lead": parts.integer,
        "leader": maybe(&string),
        "next-money": maybe(&string),
        "changes": list(&json!({ "enum": Change::IDS })),
    }));
    let fact = object(&json!({
        "fact": parts.fact, "now": parts.answer, "lead-without": maybe(&parts.integer), "answers": list(&answer)
    }));
    Parts::headed(
        whatif::json::FORMAT,
        &json!({
            "asked": { "const": "each" },
            "decision": maybe(&parts.decision),
            "first": string,
            "leader": maybe(&string),
            "lead": parts.integer,
            "facts": list(&fact),
        }),
    )
}

/// The schema of what `qun why` answers.
pub fn why(kb: &KnowledgeBase) -> Value {
    let parts = Parts::of(kb);
    let (string, flag) = (json!({ "type": "string" }), json!({ "type": "boolean" }));
    let truth = json!({ "enum": ["yes", "unknown", "no"] });
    let answers = list(&object(&json!({ "fact": parts.fact, "answer": parts.answer })));
    let line = object(&json!({
        "id": string, "trait": text(), "points": parts.integer, "truth": truth, "sources": list(&string), "answers": answers
    }));
    let need = object(&json!({
        "id": string,
        "lacks": text(),
        "truth": truth,
        "fixed": flag,
        "law": flag,
        "sources": list(&string),
        "answers": answers,
    }));
    let parting = object(&json!({ "candidate": string, "id": string, "adds": parts.integer }));
    let against = object(&json!({ "about": parts.about, "lines": list(&parting) }));
    let account = object(&json!({
        "about": parts.about,
        "points": parts.integer,
        "rank": maybe(&parts.count),
        "of": parts.count,
        "chosen": flag,
        "group": maybe(&parts.group),
        "evidence": list(&line),
        "needs": list(&need),
        "against": maybe(&against),
    }));
    let mut found = Parts::headed(why_json::FORMAT, &json!({ "accounts": list(&account) }));
    found["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    found["title"] = json!("why");
    found
}
