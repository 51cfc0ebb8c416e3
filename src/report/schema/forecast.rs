//! Forecasts, as `qun forecast --format json` prints them.

use super::{list, maybe, object, text};
use crate::kb::KnowledgeBase;
use crate::report::forecast::json::FORMAT;
use serde_json::{Value, json};

/// The schema of forecasts by this base.
pub fn schema(kb: &KnowledgeBase) -> Value {
    let mut schema = value(kb);
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!("forecast");
    schema
}

/// A forecast, wherever it stands.
pub fn value(kb: &KnowledgeBase) -> Value {
    let string = json!({ "type": "string" });
    let whole = json!({ "type": "integer" });
    let count = json!({ "type": "integer", "minimum": 0 });
    let sums = object(&json!({ "low": whole, "middle": whole, "high": whole }));
    let range = object(&json!({ "least": whole, "low": whole, "middle": whole, "high": whole, "most": whole }));
    let pair = |of: &Value| json!({ "type": "array", "items": of, "minItems": 2, "maxItems": 2 });
    let units: Vec<&str> = kb.units.iter().map(|unit| unit.id.as_str()).collect();
    let missing = json!({ "enum": ["reach", "payers", "price"] });
    let left = object(&json!({ "id": string, "why": { "enum": ["gap", "hours", "others"] }, "missing": list(&missing) }));
    let swing = object(&json!({ "factor": string, "low": whole, "middle": whole, "high": whole }));
    let stream = object(&json!({
        "id": string,
        "name": text(),
        "runs": { "type": "boolean" },
        "start": maybe(&count),
        "payer": text(),
        "per": text(),
        "links": list(&link(&units)),
        "active": maybe(&range),
        "payers": maybe(&range),
        "counted": maybe(&range),
        "full": { "type": "boolean" },
        "gross": range,
        "net": range,
        "fixed": maybe(&pair(&whole)),
        "hours": object(&json!({ "setup": maybe(&pair(&count)), "weekly": maybe(&pair(&count)), "counted": count })),
        "first-cash": maybe(&pair(&count)),
        "break-even": maybe(&pair(&count)),
        "per-hour": whole,
        "year": sums,
        "swings": list(&swing),
    }));
    object(&json!({
        "format": { "const": FORMAT },
        "kb": object(&json!({ "version": string, "hash": string })),
        "id": maybe(&string),
        "name": maybe(&string),
        "currency": maybe(&object(&json!({ "id": { "enum": units }, "assumed": { "type": "boolean" } }))),
        "year": sums,
        "months": { "type": "array", "items": sums, "minItems": 12, "maxItems": 12 },
        "deadline": maybe(&object(&json!({ "weeks": count, "sums": sums }))),
        "hours": object(&json!({ "team": count, "known": { "type": "boolean" }, "counted": count })),
        "people": maybe(&range),
        "fixed": pair(&whole),
        "streams": list(&stream),
        "left": list(&left),
    }))
}

/// A factor of a chain with where it comes from.
fn link(units: &[&str]) -> Value {
    let string = json!({ "type": "string" });
    let number = json!({ "type": "number", "minimum": 0 });
    let factor = object(&json!({
        "low": number,
        "high": number,
        "sources": list(&string),
        "counted": maybe(&text()),
        "as-of": maybe(&string),
        "place": maybe(&text()),
        "survivors": { "type": "boolean" },
    }));
    let kinds = ["yours", "yours-by-year", "sourced", "assumed"];
    let origin = object(&json!({ "kind": { "enum": kinds }, "factors": list(&factor) }));
    object(&json!({ "factor": string, "low": number, "high": number, "unit": { "enum": units }, "origin": origin }))
}
