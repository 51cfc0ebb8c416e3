//! What stands behind the verdict in a line of JSON if it is asked for: answers
//! that were assumed, what to ask next, and the input itself.

use super::Batch;
use super::columns::Heads;
use super::source::table::Found;
use super::write::Out;
use crate::ids::FactId;
use crate::text::harmless_json;
use serde_json::{Map, Value};

/// What a row was read from.
#[derive(Clone, Copy)]
pub enum Given<'t> {
    /// An object of JSON.
    Json(&'t [u8]),
    /// A profile in TOML.
    Toml(&'t [u8]),
    /// The cells of a table.
    Cells(Found<'t>, &'t Heads),
}

impl Given<'_> {
    /// It as an object of JSON on one line: what was JSON as it was written, cells
    /// as texts by their heads.
    fn json(self) -> String {
        match self {
            Given::Json(text) => {
                // In a string of JSON no such character stands, so all of them are blanks.
                let blank = |c: char| matches!(c, '\t' | '\r' | '\n');
                String::from_utf8_lossy(text).trim().replace(blank, " ")
            }
            Given::Toml(text) => {
                let table: toml::Table = String::from_utf8_lossy(text).trim_start_matches('\u{FEFF}').parse().unwrap_or_default();
                of_toml(toml::Value::Table(table)).to_string()
            }
            Given::Cells((row, cells, bytes), heads) => {
                let mut found = Map::new();
                for (at, name) in heads.names.iter().enumerate() {
                    let cell = String::from_utf8_lossy(cells.cell(row, at, bytes)).into_owned();
                    let mut name = name.clone();
                    while found.contains_key(&name) {
                        name.push('\'');
                    }
                    found.insert(name, cell.into());
                }
                Value::Object(found).to_string()
            }
        }
    }
}

fn of_toml(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => text.into(),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(yes) => yes.into(),
        toml::Value::Datetime(date) => date.to_string().into(),
        toml::Value::Array(all) => all.into_iter().map(of_toml).collect(),
        toml::Value::Table(table) => table.into_iter().map(|(key, value)| (key, of_toml(value))).collect(),
    }
}

impl Batch<'_> {
    /// Puts it in, behind the last line.
    pub(super) fn tail(&self, out: &mut Out, (assumed, ask): (&[FactId], &[FactId]), given: Given<'_>) {
        if !out.bytes().ends_with(b"}\n") {
            return;
        }
        out.truncate(out.len() - 2);
        let options = &self.options;
        for (key, facts, wanted) in [("assumed", assumed, !options.missing.is_unknown()), ("ask", ask, options.each_ask)] {
            if wanted {
                let ids: Vec<&str> = facts.iter().map(|fact| self.kb.facts[*fact].id.as_str()).collect();
                out.put(format!(",\"{key}\":{}", Value::from(ids)).as_bytes());
            }
        }
        if options.keep {
            out.put(b",\"input\":");
            out.put(harmless_json(&given.json()).as_bytes());
        }
        out.put(b"}\n");
    }
}
