//! Lines of a batch, as `qun batch --detail brief|ranked|full` prints them.

use super::{list, maybe, object};
use crate::engine::kernel::Readiness;
use crate::engine::ready::lists;
use crate::ids::DecisionId;
use crate::kb::{Decision, Keep, KnowledgeBase};
use serde_json::{Map, Value, json};

/// The schema of lines by this base.
pub fn schema(kb: &KnowledgeBase) -> Value {
    let string = json!({ "type": "string" });
    let decisions: Vec<&str> = kb.decisions.iter().map(|decision| decision.id.as_str()).collect();
    let read =
        json!({ "enum": kb.facts.iter().map(|fact| fact.id.as_str()).chain(decisions.iter().copied()).collect::<Vec<_>>() });
    let facts = list(&json!({ "enum": kb.facts.iter().map(|fact| fact.id.as_str()).collect::<Vec<_>>() }));
    let named = object(&json!({ "id": string, "by": list(&read) }));
    let gap = object(&json!({ "decision": { "enum": decisions }, "stated": string, "observed": string }));
    let mut schema = object(&json!({
        "id": maybe(&string),
        "row": { "type": "integer", "minimum": 1 },
        "kb": object(&json!({ "version": string, "hash": string })),
    }));
    let of = |(number, decision)| (kb.decisions[number].id.clone(), outcome(kb, number, decision, &named));
    let all: Map<String, Value> = kb.decisions.pairs().map(of).collect();
    // What `full` has besides, and what only comes if it is asked for.
    let more = json!({
        "known": { "type": "integer", "minimum": 0 }, "gap": maybe(&gap), "clashes": list(&named),
        "assumed": facts, "ask": facts, "input": { "type": "object" },
    });
    if let Some(properties) = schema["properties"].as_object_mut() {
        properties.extend(all);
        properties.extend(more.as_object().cloned().unwrap_or_default());
    }
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!("row");
    schema
}

/// A decision; `ranked` stands in `ranked` and `full`, in `full` with the account of each candidate.
fn outcome(kb: &KnowledgeBase, number: DecisionId, decision: &Decision, line: &Value) -> Value {
    let candidate = json!({ "enum": decision.candidates.iter().map(|one| one.id.as_str()).collect::<Vec<_>>() });
    let points = json!({ "type": "integer" });
    let (mut found, mut ranked) = if decision.keep == Keep::All {
        let lists: Map<String, Value> = lists(kb, number).iter().map(|one| (one.id().to_owned(), list(&candidate))).collect();
        (object(&Value::Object(lists)), object(&json!({ "id": candidate, "points": points })))
    } else {
        let mut chosen = list(&candidate);
        chosen["maxItems"] = json!(2);
        let margin = maybe(&json!({ "type": "integer", "minimum": 0 }));
        let share = json!({ "type": "number", "minimum": 0, "maximum": 1 });
        (
            object(&json!({ "chosen": chosen, "margin": margin, "settled": { "type": "boolean" } })),
            object(&json!({ "id": candidate, "points": points, "share": share })),
        )
    };
    let needs = list(&json!({ "type": "string" }));
    if decision.keep == Keep::All {
        ranked["properties"]["group"] = json!({ "enum": Readiness::ALL.map(Readiness::id) });
    }
    ranked["properties"]["lines"] = list(line);
    ranked["properties"]["lacks"] = needs.clone();
    ranked["properties"]["unsure"] = needs;
    found["properties"]["ranked"] = list(&ranked);
    found
}
