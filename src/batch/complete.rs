//! The complete reader: any line, read as `advise` reads a profile, with every
//! fault named and placed.

use super::options::{DEEPEST, Options, UnknownValues};
use super::source::elements::advance;
use crate::diagnostic::{Diagnostic, FileId, Files, Place};
use crate::fact::{Facts, Kind, formerly, is_unknown};
use crate::ids::FactId;
use crate::profile::check::{RESERVED, SUGGESTED, check_with};
use crate::profile::names::Names;
use crate::profile::{Format, Profile, Value, Written, json, toml};
use crate::profile::{case_fault, done, streams, wrong_kind};
use std::borrow::Cow;

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
    pub(crate) origin: Origin,
    /// Its faults, in the order of their places; at least one.
    pub(crate) faults: Vec<Fault>,
}

impl Reject {
    /// The number of the row, from 1.
    #[must_use]
    pub fn row(&self) -> u64 {
        self.origin.row
    }

    /// What is wrong, each with its line and column from 1 (a cell in CSV) and the key as written.
    pub fn faults(&self) -> impl Iterator<Item = (&Diagnostic, u64, u64, Option<&str>)> {
        self.faults.iter().map(|one| (&one.diagnostic, one.line, one.column, one.field.as_deref()))
    }
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

/// That a row says nothing of some facts and should.
#[must_use]
pub fn incomplete(facts: &Facts, missing: &[FactId], origin: &Origin) -> Reject {
    let fault = |fact: &FactId| {
        let mut one = bare("answer-missing", origin).faults.remove(0);
        one.diagnostic = one.diagnostic.with("fact", &facts[*fact].id);
        one.field = Some(facts[*fact].id.clone());
        one
    };
    Reject { origin: origin.clone(), faults: missing.iter().map(fault).collect() }
}

/// Reads one profile, and its known label. Line breaks within a JSON object
/// may be written as `\r`.
///
/// # Errors
///
/// Every fault of the row.
pub fn read_one(
    names: &Names<'_>,
    options: &Options,
    bytes: &[u8],
    format: Format,
    origin: &Origin,
) -> Result<(Profile, Option<Label>), Box<Reject>> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let valid = error.valid_up_to();
            let mut reject = bare("row-not-utf8", origin);
            let (line, column) = Places::new(std::str::from_utf8(&bytes[..valid]).unwrap_or_default(), origin).of(valid);
            (reject.faults[0].line, reject.faults[0].column) = (line, column);
            return Err(Box::new(reject));
        }
    };
    // Places are counted in rows whose line breaks are `\r`.
    let counted = match format {
        Format::Json => Cow::Borrowed(text),
        Format::Toml => Cow::Owned(text.replace("\r\n", " \r").replace('\n', "\r")),
    };
    let mut faults = Vec::new();
    let file = Files::default().add("", "");
    let written = match format {
        Format::Json if is_too_deep(bytes) => return Err(Box::new(bare("row-too-deep", origin))),
        Format::Json => json::read(text, file, &mut faults),
        Format::Toml if text.trim().is_empty() => return Err(Box::new(bare("empty-profile", origin))),
        Format::Toml => toml::read(text, file, &mut faults),
    };
    // A file is named where the reject is told; here it has no name.
    let case = written.as_ref().and_then(|written| case_fault(written, "NAME"));
    let written = written.filter(|_| case.is_none());
    faults.extend(case);
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
                    let (line, column) = Places::new(&counted, origin).of(value.place.span.start);
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
        tolerate(names, options, written)
    });
    let suggested = if options.suggest { SUGGESTED } else { 0 };
    let profile = written.as_ref().map(|written| check_with(names, written, &mut faults, suggested));
    match profile {
        Some(profile) if faults.is_empty() => Ok((profile, label)),
        _ => {
            faults.sort_by_key(|fault| fault.place.span.start);
            let mut places = Places::new(&counted, origin);
            let place = |diagnostic: Diagnostic| {
                let (line, column) = places.of(diagnostic.place.span.start);
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
    let behind = written.entries.partition_point(|(key, _)| key.place.span.start <= at);
    let (key, value) = written.entries.get(behind.checked_sub(1)?)?;
    (at < value.place.span.end).then(|| key.value.clone())
}

/// Finds places in the text of a row one after the other, so that each part of it
/// is counted once.
struct Places<'a> {
    text: &'a str,
    at: usize,
    line: u64,
    column: u64,
    origin: &'a Origin,
}

impl<'a> Places<'a> {
    fn new(text: &'a str, origin: &'a Origin) -> Places<'a> {
        Places { text, at: 0, line: origin.line, column: origin.column, origin }
    }

    /// The line and column of a byte.
    fn of(&mut self, at: usize) -> (u64, u64) {
        let at = (0..=at.min(self.text.len())).rev().find(|at| self.text.is_char_boundary(*at)).unwrap_or(0);
        if at < self.at {
            (self.at, self.line, self.column) = (0, self.origin.line, self.origin.column);
        }
        advance(&self.text.as_bytes()[self.at..at], &mut self.line, &mut self.column);
        self.at = at;
        (self.line, self.column)
    }
}

/// Takes away what the options say does not count.
pub fn tolerate(names: &Names<'_>, options: &Options, mut written: Written) -> Written {
    if options.ignore_unknown {
        let is_known = |key: &str| {
            let is_own = [streams::KEY, done::KEY].contains(&key) || streams::number(names.facts, key).is_some();
            is_own || RESERVED.contains(&key) || names.fact(key).is_some() || formerly(names.facts, key).is_some()
        };
        written.entries.retain(|(key, _)| is_known(&key.value));
    }
    if options.unknown_values == UnknownValues::Unknown {
        for (key, value) in &mut written.entries {
            if RESERVED.contains(&key.value.as_str()) {
                continue;
            }
            let Some(fact) = names.fact(&key.value).or_else(|| formerly(names.facts, &key.value)) else { continue };
            let is_option = |text: &str| names.option(fact, text).is_some() || names.facts[fact].former_option(text).is_some();
            let is_known = |text: &str| is_unknown(text) || is_option(text);
            match (&names.facts[fact].kind, &mut value.value) {
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
    let opens = |byte: &&u8| matches!(byte, b'{' | b'[');
    if bytes.iter().filter(opens).count() <= DEEPEST {
        return false;
    }
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
