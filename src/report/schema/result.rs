//! Judgements, as `qun advise --format json` prints them.

use super::{document, forecast, list, maybe, object, text};
use crate::advice::plan::Step;
use crate::advice::stability::Change;
use crate::engine::kernel::Readiness;
use crate::kb::{Decision, Keep, KnowledgeBase};
use crate::report::json::FORMAT;
use serde_json::{Map, Value, json};

/// The schema of judgements by this base.
pub fn schema(kb: &KnowledgeBase) -> Value {
    let string = json!({ "type": "string" });
    let facts: Vec<&str> = kb.facts.iter().map(|fact| fact.id.as_str()).collect();
    let fact = json!({ "enum": facts });
    let decisions: Map<String, Value> =
        kb.decisions.iter().map(|decision| (decision.id.clone(), outcome(kb, decision))).collect();
    let ids: Vec<&str> = kb.decisions.iter().map(|decision| decision.id.as_str()).collect();
    let decision = json!({ "enum": ids });
    let misfit = object(&json!({
        "fact": fact, "decision": decision, "candidate": string, "group": groups(), "against": maybe(&text()), "lacks": maybe(&text())
    }));
    let gap = object(&json!({ "decision": decision, "stated": string, "observed": string }));
    let next = object(&json!({ "fact": fact, "question": text(), "why": { "type": "object" } }));
    let answer = json!({ "type": ["string", "array", "number", "boolean", "null"] });
    let differs = object(&json!({ "fact": fact, "profile": answer, "case": answer }));
    let expect = json!({ "type": "object", "propertyNames": decision, "additionalProperties": list(&string) });
    let nearest = object(&json!({
        "case": string,
        "name": text(),
        "expect": expect,
        "distance": { "type": "number", "minimum": 0 },
        "common": { "type": "integer", "minimum": 0 },
        "differs": list(&differs),
    }));
    let mut schema = object(&json!({
        "format": { "const": FORMAT },
        "kb": object(&json!({ "version": string, "hash": string })),
        "id": maybe(&string),
        "name": maybe(&string),
        "known": { "type": "integer", "minimum": 0 },
        "open": list(&fact),
        "gap": maybe(&gap),
        "misfits": list(&misfit),
        "next": maybe(&next),
        "nearest": maybe(&nearest),
        "plan": plan(kb),
        "law": law(kb),
        "clashes": list(&object(&json!({ "id": string, "says": text(), "believe": text() }))),
        "changing": list(&changing(&fact)),
        "robust": maybe(&robust(kb, &fact, &answer)),
        "decisions": object(&Value::Object(decisions)),
    }));
    // What a whole report has besides.
    schema["properties"]["answers"] =
        list(&object(&json!({ "fact": fact, "question": text(), "value": answer, "words": text() })));
    schema["properties"]["forecast"] = maybe(&forecast::value(kb));
    schema["properties"]["receipt"] = document::receipt("profile");
    schema["properties"]["document"] = document::both();
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!("result");
    schema
}

/// Something measured about a candidate.
fn figure() -> Value {
    let (string, number) = (json!({ "type": "string" }), json!({ "type": "number" }));
    object(&json!({
        "label": text(), "low": number, "high": number, "unit": text(), "as-of": string, "sources": list(&string)
    }))
}

/// What a candidate takes.
fn effort() -> Value {
    let span = maybe(&json!({ "type": "array", "items": { "type": "integer" }, "minItems": 2, "maxItems": 2 }));
    object(&json!({
        "setup-hours": span, "weekly-hours": span, "first-cash-weeks": span, "sources": list(&json!({ "type": "string" }))
    }))
}

/// The twelve weeks.
fn plan(kb: &KnowledgeBase) -> Value {
    let count = json!({ "type": "integer", "minimum": 0 });
    let week = json!({ "type": "integer", "minimum": 1 });
    let decisions: Vec<&str> = kb.decisions.iter().map(|decision| decision.id.as_str()).collect();
    let about = object(&json!({ "decision": { "enum": decisions }, "id": { "type": "string" }, "name": text() }));
    let step = json!({ "enum": Step::IDS });
    let action = object(&json!({
        "week": week,
        "until": week,
        "step": step,
        "about": about,
        "rule": maybe(&rules(kb)),
        "who": text(),
        "what": text(),
        "sign": maybe(&text()),
        "give-up": maybe(&text()),
        "hours": object(&json!({ "setup": count, "weekly": count })),
    }));
    let weeks = json!({ "type": "array", "items": week, "minItems": 2, "maxItems": 2 });
    let money = object(&json!({
        "about": about,
        "runs": { "type": "boolean" },
        "planned": { "type": "boolean" },
        "weeks": maybe(&weeks),
        "in-time": { "type": ["boolean", "null"] },
        "faster": maybe(&about),
    }));
    let hours =
        object(&json!({ "team": maybe(&count), "running": count, "free": count, "by-week": list(&count), "afterwards": count }));
    object(&json!({
        "actions": list(&action),
        "left-out": list(&object(&json!({ "step": step, "about": about, "takes": count }))),
        "hours": hours,
        "deadline": maybe(&count),
        "next-money": maybe(&money),
        "stopped": { "type": "boolean" },
    }))
}

/// The rules that concern the community, and the facts that decide about more of them.
fn law(kb: &KnowledgeBase) -> Value {
    let string = json!({ "type": "string" });
    let facts: Vec<&str> = kb.facts.iter().map(|fact| fact.id.as_str()).collect();
    let rule = object(&json!({
        "id": rules(kb),
        "name": text(),
        "stands": { "enum": ["broken", "unshown", "check", "met", "informs"] },
        "article": text(),
        "since": maybe(&string),
        "place": text(),
        "authority": maybe(&text()),
        "asks": text(),
        "instead": maybe(&text()),
        "sure": { "enum": ["high", "medium", "low"] },
        "sources": list(&string),
    }));
    let open = list(&json!({ "enum": facts }));
    object(&json!({ "rules": list(&rule), "open": open, "looming": list(&rules(kb)) }))
}

/// The ids of the rules; any id where the base has none.
fn rules(kb: &KnowledgeBase) -> Value {
    let ids: Vec<&str> = kb.rules.iter().map(|rule| rule.id.as_str()).collect();
    if ids.is_empty() { json!({ "type": "string" }) } else { json!({ "enum": ids }) }
}

/// A question of which a single answer would change the first page.
fn changing(fact: &Value) -> Value {
    let count = json!({ "type": "integer", "minimum": 0 });
    let changes = list(&json!({ "enum": Change::IDS }));
    object(&json!({ "fact": fact, "changes": changes, "answers": count, "of": count }))
}

/// How much has to be wrong before another candidate leads.
fn robust(kb: &KnowledgeBase, fact: &Value, answer: &Value) -> Value {
    let string = json!({ "type": "string" });
    let (integer, count) = (json!({ "type": "integer" }), json!({ "type": "integer", "minimum": 0 }));
    let decisions: Vec<&str> = kb.decisions.iter().map(|decision| decision.id.as_str()).collect();
    let pivot = object(&json!({ "fact": fact, "now": answer, "other": answer, "leader": maybe(&string) }));
    let radius = object(&json!({
        "over": maybe(&string), "points": integer, "lines": count, "per-line": { "type": "number", "minimum": 0 }
    }));
    let line = object(&json!({
        "candidate": string,
        "id": string,
        "points": integer,
        "edit": { "enum": ["removed", "doubled"] },
        "leader": maybe(&string),
    }));
    object(&json!({
        "decision": { "enum": decisions },
        "leader": string,
        "pivots": list(&pivot),
        "radius": maybe(&radius),
        "lines": list(&line),
    }))
}

fn groups() -> Value {
    json!({ "enum": Readiness::ALL.map(Readiness::id) })
}

fn outcome(kb: &KnowledgeBase, decision: &Decision) -> Value {
    let ids: Vec<&str> = decision.candidates.iter().map(|candidate| candidate.id.as_str()).collect();
    let candidate = json!({ "enum": ids });
    let decisions: Vec<&str> = kb.decisions.iter().map(|decision| decision.id.as_str()).collect();
    let sources = list(&json!({ "type": "string" }));
    let truth = json!({ "enum": ["yes", "unknown", "no"] });
    let evidence = object(&json!({ "trait": text(), "points": { "type": "integer" }, "truth": truth, "sources": sources }));
    let need = object(&json!({
        "lacks": text(), "truth": truth, "fixed": { "type": "boolean" }, "law": { "type": "boolean" }, "sources": sources
    }));
    let mut account = json!({
        "id": candidate, "name": text(), "points": { "type": "integer" }, "evidence": list(&evidence), "needs": list(&need),
        "figures": list(&figure()), "effort": maybe(&effort())
    });
    let assuming = list(&json!({ "enum": decisions }));
    if decision.keep == Keep::All {
        account["group"] = groups();
        account["after"] = list(&candidate);
        let mut found = json!({ "assuming": assuming, "ranked": list(&object(&account)) });
        for group in Readiness::ALL {
            found[group.id()] = list(&candidate);
        }
        return object(&found);
    }
    account["share"] = json!({ "type": "number", "minimum": 0, "maximum": 1 });
    let count = maybe(&json!({ "type": "integer", "minimum": 0 }));
    let mut chosen = list(&candidate);
    chosen["maxItems"] = json!(2);
    object(&json!({
        "chosen": chosen,
        "margin": count,
        "settled": { "type": "boolean" },
        "changed-by-open": count,
        "changed-by-wrong": count,
        "assuming": assuming,
        "ranked": list(&object(&account)),
    }))
}
