//! The files of a base, in draft-07: editors of TOML follow that one, and skip newer words.

use crate::kb::form::{self, CONDITIONS, Field, Form, Kind};
use serde_json::{Map, Value, json};

/// The schema of one kind of file.
pub fn schema(name: &str) -> Option<Value> {
    let form = form::of(name)?;
    let mut definitions = Map::new();
    let mut root = table(form, &mut definitions);
    root["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    root["title"] = json!(form.name);
    root["definitions"] = Value::Object(definitions);
    Some(root)
}

fn table(form: &Form, definitions: &mut Map<String, Value>) -> Value {
    let required: Vec<&str> = form.fields.iter().filter(|field| field.required).map(|field| field.key).collect();
    let property = |field: &Field, definitions: &mut Map<String, Value>| (field.key.to_owned(), kind(&field.kind, definitions));
    let properties: Map<String, Value> = form.fields.iter().map(|field| property(field, definitions)).collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

/// A reference to a definition, which is added unless it is there.
fn defined(name: &str, definitions: &mut Map<String, Value>, make: impl FnOnce(&mut Map<String, Value>) -> Value) -> Value {
    let key = name.replace(' ', "-");
    if !definitions.contains_key(&key) {
        definitions.insert(key.clone(), Value::Null);
        let schema = make(definitions);
        definitions.insert(key.clone(), schema);
    }
    json!({ "$ref": format!("#/definitions/{key}") })
}

fn kind(kind_of: &Kind, definitions: &mut Map<String, Value>) -> Value {
    match kind_of {
        Kind::Text => defined("text", definitions, |_| {
            let string = json!({ "type": "string", "minLength": 1 });
            let properties = json!({ "zh": string, "en": string });
            json!({ "type": "object", "properties": properties, "required": ["zh", "en"], "additionalProperties": false })
        }),
        Kind::String => json!({ "type": "string", "minLength": 1 }),
        Kind::Integer => json!({ "type": "integer" }),
        Kind::Number => json!({ "type": "number" }),
        Kind::Span => json!({ "type": "array", "items": { "type": "integer" }, "minItems": 2, "maxItems": 2 }),
        Kind::Boolean => json!({ "type": "boolean" }),
        Kind::Strings => defined("strings", definitions, |_| strings()),
        Kind::Table(form) => defined(form.name, definitions, |definitions| table(form, definitions)),
        Kind::Tables(form) => {
            let items = defined(form.name, definitions, |definitions| table(form, definitions));
            json!({ "type": "array", "items": items })
        }
        Kind::Map(inner) => json!({ "type": "object", "additionalProperties": kind(inner, definitions) }),
        Kind::Condition => defined("condition", definitions, |_| condition()),
        Kind::Answers => {
            let values = [strings(), json!({ "type": "number" }), json!({ "type": "boolean" })];
            json!({ "type": "object", "additionalProperties": { "anyOf": values } })
        }
    }
}

fn strings() -> Value {
    let string = json!({ "type": "string", "minLength": 1 });
    json!({ "anyOf": [string, { "type": "array", "items": string }] })
}

/// A table with exactly one of the keys of a condition.
fn condition() -> Value {
    let part = json!({ "$ref": "#/definitions/condition" });
    let string = json!({ "type": "string" });
    let pair = |second: Value| json!({ "type": "array", "items": [string, second], "minItems": 2, "maxItems": 2 });
    let options = pair(strings());
    let properties: Map<String, Value> = CONDITIONS
        .iter()
        .map(|key| {
            let value = match *key {
                "is" | "has" => options.clone(),
                "yes" => string.clone(),
                "at-least" | "below" => pair(json!({ "type": "number" })),
                "chosen" => pair(string.clone()),
                "not" => part.clone(),
                _ => json!({ "type": "array", "items": part, "minItems": 1 }),
            };
            ((*key).to_owned(), value)
        })
        .collect();
    let one = json!({ "minProperties": 1, "maxProperties": 1 });
    let mut found = json!({ "type": "object", "properties": properties, "additionalProperties": false });
    if let (Some(found), Some(one)) = (found.as_object_mut(), one.as_object()) {
        found.extend(one.clone());
    }
    found
}
