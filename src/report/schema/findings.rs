//! Findings, as `qun check --format json` prints them.

use super::{list, maybe, object, text};
use crate::report::findings::json::VERSION;
use serde_json::{Value, json};

/// The schema of findings.
pub fn schema() -> Value {
    let string = json!({ "type": "string" });
    let count = json!({ "type": "integer", "minimum": 0 });
    let from_one = json!({ "type": "integer", "minimum": 1 });
    let place = object(&json!({
        "file": string, "line": from_one, "column": from_one, "end-line": from_one, "end-column": from_one
    }));
    let finding = object(&json!({
        "name": string,
        "level": { "enum": ["error", "warning", "note"] },
        "place": place,
        "related": list(&place),
        "headline": text(),
        "label": maybe(&text()),
        "note": maybe(&text()),
        "help": maybe(&text()),
    }));
    let shown = object(&json!({ "shown": count, "all": count }));
    let tally = object(&json!({ "profiles": count, "abstained": count, "close": count, "tied": count }));
    let candidate = object(&json!({
        "id": string, "can-win": { "enum": ["yes", "no", "not-decided"] }, "witness": maybe(&string)
    }));
    let integer = json!({ "type": "integer" });
    let pair = object(&json!({ "one": string, "other": string, "ahead": integer, "behind": integer, "strong": count }));
    let leaders = object(&json!({ "id": string, "candidates": list(&candidate), "pairs": list(&pair) }));
    let certificate = object(&json!({
        "leaders": list(&leaders),
        "conditions-either-way": shown,
        "lines-deciding": shown,
        "facts-deciding": shown,
        "options-deciding": shown,
        "can-be-open": shown,
        "can-fail-to-be-open": shown,
        "invariants": list(&object(&json!({ "id": string, "proven": { "type": "boolean" } }))),
        "cases": tally,
        "single-edits": tally,
        "coverage": list(&object(&json!({ "of": string, "reached": count, "all": count }))),
        "untried-lines": count,
    }));
    let mut schema = object(&json!({
        "qun-findings": { "const": VERSION },
        "kb": maybe(&object(&json!({ "version": string, "hash": string }))),
        "findings": list(&finding),
        "certificate": maybe(&certificate),
    }));
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!("findings");
    schema
}
