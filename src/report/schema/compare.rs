//! Profiles side by side, as `qun compare` prints them with `--format json`.

use super::whatif::Parts;
use super::{document, list, maybe, object};
use crate::advice::plan::Step;
use crate::kb::KnowledgeBase;
use crate::report::compare::json::FORMAT;
use serde_json::{Value, json};

/// The schema of what `qun compare` answers.
pub fn schema(kb: &KnowledgeBase) -> Value {
    let parts = Parts::of(kb);
    let (string, flag) = (json!({ "type": "string" }), json!({ "type": "boolean" }));
    let kept = list(&string);
    let leaders = list(&object(&json!({ "decision": parts.decision, "before": kept, "after": kept })));
    let moves = list(&object(&json!({ "about": parts.about, "before": parts.group, "after": parts.group })));
    let step = json!({ "enum": Step::IDS });
    let plan = list(&object(&json!({ "about": parts.about, "step": step, "week": parts.count, "new": flag })));
    let stream = maybe(&parts.about);
    let alone = object(&json!({
        "toward": parts.integer,
        "points": list(&object(&json!({ "candidate": string, "adds": parts.integer }))),
        "leaders": leaders,
        "moves": moves,
        "plan": plan,
        "next-money": maybe(&object(&json!({ "before": stream, "after": stream }))),
        "year": maybe(&object(&json!({ "before": parts.integer, "after": parts.integer }))),
    }));
    let answer = object(&json!({ "fact": parts.fact, "before": parts.answer, "after": parts.answer, "alone": alone }));
    let noted = json!({ "type": ["boolean", "string", "null"] });
    let planned = object(&json!({
        "about": parts.about,
        "step": step,
        "week": parts.count,
        "fate": { "enum": ["noted", "shown", "again", "unknown"] },
        "done": { "type": ["boolean", "null"] },
        "noted": noted,
        "again": maybe(&parts.count),
    }));
    let pair = object(&json!({
        "from": parts.count,
        "to": parts.count,
        "toward": parts.integer,
        "answers": list(&answer),
        "enough": maybe(&list(&parts.fact)),
        "leaders": leaders,
        "moves": moves,
        "plan": plan,
        "planned": list(&planned),
        "besides": list(&object(&json!({ "about": parts.about, "noted": noted }))),
    }));
    let whole = object(&json!({
        "format": { "const": FORMAT },
        "kb": object(&json!({ "version": string, "hash": string })),
        "decision": maybe(&parts.decision),
        "same": flag,
        "review": flag,
        "bases-differ": flag,
        "profiles": list(&side(&parts)),
        "steps": list(&pair),
    }));
    let mut found = whole;
    // What is printed has, beside what was found.
    found["properties"]["document"] = document::both();
    found["properties"]["receipt"] = document::receipt("profiles");
    found["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    found["title"] = json!("compare");
    found
}

fn side(parts: &Parts) -> Value {
    let (string, flag) = (json!({ "type": "string" }), json!({ "type": "boolean" }));
    let margin = maybe(&parts.integer);
    let sum = &parts.integer;
    object(&json!({
        "id": maybe(&string),
        "name": maybe(&string),
        "written-for": maybe(&object(&json!({ "noted": string, "same": flag }))),
        "leaders": list(&object(&json!({ "decision": parts.decision, "chosen": list(&string), "margin": margin }))),
        "points": list(&object(&json!({ "about": parts.about, "points": parts.integer }))),
        "stands": list(&object(&json!({ "about": parts.about, "group": parts.group }))),
        "next-money": maybe(&parts.next_money()),
        "stopped": flag,
        "year": maybe(&object(&json!({ "low": sum, "middle": sum, "high": sum, "currency": maybe(&string) }))),
    }))
}
