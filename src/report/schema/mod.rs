//! JSON Schemas of everything that is read and written: the files of a base,
//! profiles, judgements, findings, and what `compare`, `whatif` and `why` answer.
//!
//! They are generated from the tables that the reader itself goes by, so that
//! they cannot say something else than the program does.

mod base;
mod compare;
mod diff;
mod document;
mod findings;
mod forecast;
mod profile;
mod result;
mod row;
mod whatif;

use crate::kb::KnowledgeBase;
use serde_json::{Value, json};

/// What there are schemas of: the files of a base first.
pub const NAMES: [&str; 20] = [
    "manifest",
    "facts",
    "candidate",
    "case",
    "invariants",
    "sources",
    "rule",
    "trade",
    "platform",
    "clashes",
    "money",
    "profile",
    "result",
    "row",
    "forecast",
    "findings",
    "diff",
    "compare",
    "whatif",
    "why",
];

/// The schema with this name, ending with a line break; `None` if there is none.
/// Those of profiles and judgements are about the facts and decisions of the base.
#[must_use]
pub fn render(kb: &KnowledgeBase, name: &str) -> Option<String> {
    let schema = match name {
        "profile" => profile::schema(kb),
        "result" => result::schema(kb),
        "row" => row::schema(kb),
        "forecast" => forecast::schema(kb),
        "findings" => findings::schema(),
        "diff" => diff::schema(),
        "compare" => compare::schema(kb),
        "whatif" => whatif::schema(kb),
        "why" => whatif::why(kb),
        _ => base::schema(name)?,
    };
    Some(format!("{schema:#}\n"))
}

/// A text in both languages.
fn text() -> Value {
    json!({
        "type": "object",
        "properties": { "zh": { "type": "string" }, "en": { "type": "string" } },
        "required": ["zh", "en"],
        "additionalProperties": false
    })
}

/// An object with exactly these properties, all of them there.
fn object(properties: &Value) -> Value {
    let required: Vec<&String> = properties.as_object().map(|all| all.keys().collect()).unwrap_or_default();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

/// A list of something.
fn list(items: &Value) -> Value {
    json!({ "type": "array", "items": items })
}

/// Something, or `null`.
fn maybe(schema: &Value) -> Value {
    json!({ "anyOf": [schema, { "type": "null" }] })
}

#[cfg(test)]
mod tests {
    #[test]
    fn example_of_render() {
        use qun::{kb::KnowledgeBase, report::schema};
        let kb = KnowledgeBase::embedded();
        assert!(schema::NAMES.iter().all(|name| schema::render(&kb, name).is_some()));
        assert!(schema::render(&kb, "weather").is_none());
    }
}
