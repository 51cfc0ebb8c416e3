//! Findings as JSON, in both languages; `qun-findings` counts the versions of the form.

use super::{Findings, level, region};
use crate::diagnostic::Diagnostic;
use crate::report::certificate;
use crate::report::diagnostics::{headline, helps, note, wording};
use crate::text::{Lang, harmless_line};
use serde_json::{Map, Value, json};

/// The version of the form.
pub const VERSION: u32 = 1;

/// Everything as one JSON document, ending with a line break.
#[must_use]
pub fn render(findings: &Findings<'_>) -> String {
    let found: Vec<Value> = findings.found.iter().map(|one| finding(findings, one)).collect();
    let base = findings.base.map(|(kb, _)| json!({ "version": kb.version, "hash": kb.hash }));
    let certificate = findings.base.map(|(kb, proofs)| certificate::json(kb, proofs));
    let document = json!({ "qun-findings": VERSION, "kb": base, "findings": found, "certificate": certificate });
    format!("{document:#}\n")
}

fn finding(findings: &Findings<'_>, one: &Diagnostic) -> Value {
    let both = |say: &dyn Fn(Lang) -> Option<String>| {
        let mut texts = Map::new();
        for lang in Lang::BOTH {
            if let Some(text) = say(lang) {
                texts.insert(lang.id().to_owned(), Value::String(text));
            }
        }
        if texts.is_empty() { Value::Null } else { Value::Object(texts) }
    };
    let help = |lang: Lang| Some(helps(one, lang).join("\n")).filter(|text| !text.is_empty());
    let place = |place: &crate::diagnostic::Place| {
        let [(line, column), (end_line, end_column)] = region(findings.files, place);
        let file = harmless_line(findings.files.name(place.file));
        json!({ "file": file, "line": line, "column": column, "end-line": end_line, "end-column": end_column })
    };
    json!({
        "name": one.name,
        "level": level(one.level),
        "place": place(&one.place),
        "related": one.related.iter().map(place).collect::<Vec<_>>(),
        "headline": both(&|lang| Some(headline(one, lang))),
        "label": both(&|lang| wording(one, "label", lang)),
        "note": both(&|lang| note(one, lang)),
        "help": both(&help),
    })
}
