//! The complete reader: any line, read as `advise` reads a profile, with every
//! fault named and placed.

use super::options::{DEEPEST, Options, UnknownValues};
use crate::diagnostic::{At, Diagnostic, FileId, Files, Place};
use crate::fact::{Kind, is_unknown};
use crate::kb::KnowledgeBase;
use crate::profile::check::{RESERVED, check, wrong_kind};
use crate::profile::{Profile, Value, Written, json};

/// Where a row begins.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origin {
    /// The number of its file among the inputs.
    pub file: usize,
    /// Its number, from 1, over all inputs.
    pub row: u64,
    /// The line in its file, from 1.
    pub line: u64,
    /// The column at which it begins, from 1.
    pub column: u64,
}

/// A row that cannot be judged, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    /// Where it begins.
    pub origin: Origin,
    /// Its faults, in the order of their places; at least one.
    pub faults: Vec<Fault>,
}

/// One fault of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong; its name is the reason.
    pub diagnostic: Diagnostic,
    /// The line in the file, from 1.
    pub line: u64,
    /// The column, from 1: characters in JSON, cells in CSV.
    pub column: u64,
    /// The key as written, if the fault belongs to one.
    pub field: Option<String>,
}

/// The text of a row's known label, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// As written.
    pub text: String,
    /// The line in the file, from 1.
    pub line: u64,
    /// The column, as in a [`Fault`].
    pub column: u64,
    /// The key or the head under which it stands.
    pub field: String,
}

impl Label {
    /// That it names no candidate.
    #[must_use]
    pub fn unknown(self, origin: &Origin) -> Reject {
        let mut reject = bare("unknown-expected", origin);
        let fault = &mut reject.faults[0];
        (fault.line, fault.column, fault.field) = (self.line, self.column, Some(self.field));
        reject
    }
}

/// A fault without particulars that belongs to no key.
#[must_use]
pub fn bare(name: &'static str, origin: &Origin) -> Reject {
    let place = Place { file: FileId(0), span: 0..0 };
    let fault = Fault { diagnostic: Diagnostic::error(name, place), line: origin.line, column: origin.column, field: None };
    Reject { origin: origin.clone(), faults: vec![fault] }
}

/// Reads one JSON object, and its known label. Line breaks within it
/// may be written as `\r`.
///
/// # Errors
///
/// Every fault of the row.
pub fn read_json(
    kb: &KnowledgeBase,
    options: &Options,
    bytes: &[u8],
    origin: &Origin,
) -> Result<(Profile, Option<Label>), Box<Reject>> {
    let at = |text: &str, span: usize| {
        let end = (0..=span.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let before = &text[..end];
        let lines = before.bytes().filter(|byte| *byte == b'\r').count() as u64;
        let start = before.rfind('\r').map_or(0, |at| at + 1);
        let column = before[start..].chars().count() as u64;
        (origin.line + lines, if lines == 0 { origin.column + column } else { column + 1 })
    };
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let valid = error.valid_up_to();
            let mut reject = bare("row-not-utf8", origin);
            let (line, column) = at(std::str::from_utf8(&bytes[..valid]).unwrap_or_default(), valid);
            (reject.faults[0].line, reject.faults[0].column) = (line, column);
            return Err(Box::new(reject));
        }
    };
    if is_too_deep(bytes) {
        return Err(Box::new(bare("row-too-deep", origin)));
    }
    let mut faults = Vec::new();
    let written = json::read(text, Files::default().add("", ""), &mut faults);
    let mut label: Option<Label> = None;
    let mut mislabelled = None;
    let written = written.map(|mut written| {
        written.entries.retain(|(key, value)| {
            if options.expect.as_ref() != Some(&key.value) {
                return true;
            }
            match &value.value {
                _ if label.is_some() => {
                    faults.push(Diagnostic::error("answer-given-twice", key.place.clone()).with("fact", &key.value));
                    mislabelled = Some(key.place.span.start);
                }
                Value::Text(written) => {
                    let (line, column) = at(text, value.place.span.start);
                    label = Some(Label { text: written.clone(), line, column, field: key.value.clone() });
                }
                Value::Nothing => {}
                _ => {
                    faults.push(wrong_kind(value, "a string"));
                    mislabelled = Some(value.place.span.start);
                }
            }
            false
        });
        tolerate(kb, options, written)
    });
    let profile = written.as_ref().map(|written| check(&kb.facts, written, &mut faults));
    match profile {
        Some(profile) if faults.is_empty() => Ok((profile, label)),
        _ => {
            faults.sort_by_key(|fault| fault.place.span.start);
            let place = |diagnostic: Diagnostic| {
                let (line, column) = at(text, diagnostic.place.span.start);
                let field = written.as_ref().and_then(|written| field(written, &diagnostic));
                let field = field.or_else(|| options.expect.clone().filter(|_| mislabelled == Some(diagnostic.place.span.start)));
                Fault { diagnostic, line, column, field }
            };
            Err(Box::new(Reject { origin: origin.clone(), faults: faults.into_iter().map(place).collect() }))
        }
    }
}

/// Which key a fault belongs to.
fn field(written: &Written, fault: &Diagnostic) -> Option<String> {
    let at = fault.place.span.start;
    let holds = |(key, value): &&(At<String>, At<Value>)| (key.place.span.start..value.place.span.end).contains(&at);
    written.entries.iter().find(holds).map(|(key, _)| key.value.clone())
}

/// Takes away what the options say does not count.
pub fn tolerate(kb: &KnowledgeBase, options: &Options, mut written: Written) -> Written {
    let fact = |key: &str| kb.fact(key).map(|fact| &kb.facts[fact]);
    if options.ignore_unknown {
        written.entries.retain(|(key, _)| RESERVED.contains(&key.value.as_str()) || fact(&key.value).is_some());
    }
    if options.unknown_values == UnknownValues::Unknown {
        for (key, value) in &mut written.entries {
            if RESERVED.contains(&key.value.as_str()) {
                continue;
            }
            let Some(fact) = fact(&key.value) else { continue };
            let is_known = |text: &str| is_unknown(text) || fact.option(text).is_some();
            match (&fact.kind, &mut value.value) {
                (Kind::Choice(_) | Kind::Choices { .. }, Value::Text(text)) if !is_known(text) => value.value = Value::Nothing,
                (Kind::Choices { .. }, Value::List(items)) => {
                    items.retain(|item| is_known(&item.value));
                    if items.is_empty() {
                        value.value = Value::Nothing;
                    }
                }
                _ => {}
            }
        }
    }
    written
}

/// Whether brackets outside of strings are nested deeper than allowed.
fn is_too_deep(bytes: &[u8]) -> bool {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for byte in bytes {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => {
                depth += 1;
                if depth > DEEPEST {
                    return true;
                }
            }
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    false
}
