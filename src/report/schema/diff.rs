//! A comparison of bases, as `qun diff --format json` prints it.

use super::{list, maybe, object, text};
use crate::diff::changes::Step;
use crate::diff::entries::Kind;
use crate::engine::kernel::Readiness;
use serde_json::{Value, json};

/// The schema of a comparison of bases.
pub fn schema() -> Value {
    let string = json!({ "type": "string" });
    let count = json!({ "type": "integer", "minimum": 0 });
    let integer = json!({ "type": "integer" });
    let yes_no = json!({ "type": "boolean" });
    let step = json!({ "enum": Step::ALL.map(Step::id) });
    let base = object(&json!({ "version": string, "hash": string }));
    let value = json!({ "anyOf": [string, text(), { "type": "null" }] });
    let detail = object(&json!({ "key": string, "old": value, "new": value, "step": step }));
    let change = object(&json!({
        "kind": { "enum": Kind::ALL.map(Kind::id) },
        "id": string,
        "was": maybe(&string),
        "name": maybe(&text()),
        "how": { "enum": ["added", "removed", "changed"] },
        "step": step,
        "file": string,
        "line": { "type": "integer", "minimum": 1 },
        "details": list(&detail),
    }));
    let pair = object(&json!({
        "from": maybe(&string),
        "to": maybe(&string),
        "state": { "enum": ["possible", "impossible", "undecided"] },
        "witness": maybe(&string),
    }));
    let counted = json!({ "anyOf": [integer, { "enum": ["yes", "no", "unknown"] }, { "type": "null" }] });
    let because = object(&json!({
        "candidate": string, "kind": { "enum": ["line", "need"] }, "id": string, "text": text(), "before": counted, "after": counted
    }));
    let leaders =
        object(&json!({ "decision": string, "before": list(&string), "after": list(&string), "because": list(&because) }));
    let readiness = json!({ "enum": Readiness::ALL.map(Readiness::id) });
    let stands = object(&json!({
        "decision": string, "candidate": string, "before": readiness, "after": readiness, "because": list(&because)
    }));
    let moved = object(&json!({ "leaders": list(&leaders), "stands": list(&stands) }));
    let case = object(&json!({
        "case": string, "edited": yes_no, "met-before": maybe(&yes_no), "met-after": maybe(&yes_no), "moved": moved
    }));
    let row = object(&json!({ "row": count, "id": maybe(&string), "moved": moved }));
    let profiles = object(&json!({
        "read": count, "bad": count, "partly": count, "flips": count, "seconds": count, "stands": count, "moved": list(&row)
    }));
    let mut schema = object(&json!({
        "qun-diff": { "const": crate::report::diff::json::VERSION },
        "old": base,
        "new": base,
        "version": object(&json!({
            "called-for": maybe(&step),
            "taken": { "enum": ["none", "patch", "minor", "major", "back", "unreadable"] },
            "suffices": yes_no,
            "least": maybe(&string),
        })),
        "changes": list(&change),
        "leaders": list(&object(&json!({ "decision": string, "pairs": list(&pair) }))),
        "cases": object(&json!({ "common": count, "moved": list(&case) })),
        "profiles": maybe(&profiles),
    }));
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!("Two knowledge bases of qun, compared");
    schema
}
