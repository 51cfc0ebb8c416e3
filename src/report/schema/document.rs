//! What every report in JSON ends with: its texts, and what it was made from.

use super::{list, maybe, object};
use crate::report::receipt::FORM;
use crate::text::Lang;
use serde_json::{Value, json};

/// What a report was made from: a `profile`, or several `profiles`.
pub fn receipt(key: &str) -> Value {
    let table = json!({ "type": "object" });
    let string = json!({ "type": "string" });
    let mut receipt = object(&json!({
        "receipt": { "const": FORM },
        "engine": string,
        "base": string,
        "base-hash": string,
        "profile-hash": string,
        "lang": list(&json!({ "enum": Lang::BOTH.map(Lang::id) })),
        "full": { "type": "boolean" },
        (key): if key == "profile" { table } else { list(&table) },
    }));
    for key in ["client", "analyst", "date"] {
        receipt["properties"][key] = string.clone();
    }
    receipt
}

/// Every text that a document prints, in both languages.
pub fn both() -> Value {
    object(&json!({ "zh": document(), "en": document() }))
}

/// Every text that a document prints, block by block.
fn document() -> Value {
    let string = json!({ "type": "string" });
    let rows = list(&list(&string));
    let block = |kind: &str, more: Value| {
        let mut block = more;
        block["kind"] = json!({ "const": kind });
        object(&block)
    };
    let source = object(&json!({ "id": string, "title": string, "url": maybe(&string), "copy-of": maybe(&string) }));
    let mut kinds: Vec<Value> =
        ["lead", "text", "heading", "verbatim"].map(|kind| block(kind, json!({ "text": string }))).to_vec();
    kinds.extend(["entry", "alarm"].map(|kind| block(kind, json!({ "label": string, "text": string }))));
    kinds.push(block("numbered", json!({ "label": string, "items": list(&string) })));
    kinds.push(block("points", json!({ "items": list(&string) })));
    kinds.push(block("sources", json!({ "items": list(&source) })));
    kinds.push(block("table", json!({ "heads": list(&string), "rows": rows })));
    kinds.push(block("figure", json!({ "id": string, "title": string, "about": string, "heads": list(&string), "rows": rows })));
    let blocks = list(&json!({ "anyOf": kinds }));
    let section = object(&json!({ "heading": string, "blocks": blocks }));
    let part = object(&json!({ "id": string, "heading": string, "sections": list(&section) }));
    object(&json!({ "screen": blocks, "parts": list(&part) }))
}
