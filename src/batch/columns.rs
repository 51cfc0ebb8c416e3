//! Tables: what the columns are, and rows read cell by cell.
//!
//! A head is looked up once. A cell whose text is an option as it stands is
//! found by the same names as in the fast path; any other takes the whole row to
//! the complete reader.

use super::complete::{Fault, Label, Origin, Reject, tolerate};
use super::fast::text::is_harmless;
use super::fast::{Reader, Sheet, is_plain};
use super::options::Options;
use super::source::table::{Cells, Row};
use crate::diagnostic::{At, Diagnostic, FileId, Place};
use crate::fact::{Kind, NO, YES, formerly};
use crate::ids::FactId;
use crate::profile::check::{self, RESERVED, SUGGESTED, check_with};
use crate::profile::names::Names;
use crate::profile::streams;
use crate::profile::{Profile, Value, Written};
use crate::spelling::normal;
use std::collections::HashSet;

/// What separates several options in one cell.
pub const SEPARATORS: [char; 4] = [';', '；', '、', '|'];

/// The heads of a table.
#[derive(Debug, Clone, Default)]
pub struct Heads {
    /// As written.
    pub names: Vec<String>,
    /// What each column is.
    pub columns: Vec<Column>,
}

/// What a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    /// The answers to a fact.
    Fact(FactId),
    /// The id of each row.
    Id,
    /// A reserved name that says nothing here, or a column that does not count.
    Other,
    /// An operator's own number of a stream.
    Own,
    /// The known label of each row.
    Expected,
    /// A name that the base does not know.
    Unknown,
}

impl Heads {
    /// Looks the heads up. A name that comes twice counts the first time.
    #[must_use]
    pub fn new(names: &Names<'_>, options: &Options, cells: &Cells, bytes: &[u8]) -> Heads {
        let row = cells.rows.first().copied().unwrap_or_default();
        let heads: Vec<String> =
            (0..row.cells).map(|cell| String::from_utf8_lossy(cells.cell(&row, cell, bytes)).trim().to_owned()).collect();
        let mut columns: Vec<Column> = Vec::new();
        let mut seen = HashSet::new();
        for name in &heads {
            let column = match name.as_str() {
                name if options.expect.as_deref() == Some(name) => Column::Expected,
                "id" => Column::Id,
                name if RESERVED.contains(&name) => Column::Other,
                name => match names.fact(name) {
                    Some(fact) => Column::Fact(fact),
                    None if let Some(fact) = formerly(names.facts, name) => Column::Fact(fact),
                    None if streams::number(names.facts, name).is_some() => Column::Own,
                    None if options.ignore_unknown => Column::Other,
                    None => Column::Unknown,
                },
            };
            let is_single = matches!(column, Column::Fact(_) | Column::Id | Column::Expected);
            let is_double = is_single && !seen.insert(column);
            columns.push(if is_double { Column::Unknown } else { column });
        }
        Heads { names: heads, columns }
    }

    /// The columns that are headed by a former name.
    #[must_use]
    pub fn outdated(&self, names: &Names<'_>) -> Vec<Diagnostic> {
        let found = self.names.iter().zip(&self.columns).enumerate().filter_map(|(number, (name, column))| match column {
            Column::Fact(fact) if names.fact(name).is_none() => {
                let place = Place { file: FileId(0), span: number..number };
                Some(check::former(name, &place, &names.facts[*fact].label))
            }
            _ => None,
        });
        found.collect()
    }

    /// The columns that the base does not know, or that come twice.
    pub fn unknown(&self) -> impl Iterator<Item = &str> {
        self.names.iter().zip(&self.columns).filter(|(_, column)| **column == Column::Unknown).map(|(name, _)| name.as_str())
    }
}

/// A row whose cells are all as expected; `None` if it is for the complete reader.
pub fn read(reader: &Reader, heads: &Heads, row: &Row, cells: &Cells, bytes: &[u8], sheet: &mut Sheet) -> Option<()> {
    reader.begin(sheet);
    if row.too_long || row.is_open || row.cells != heads.columns.len() {
        return None;
    }
    for (number, column) in heads.columns.iter().enumerate() {
        let cell = cells.cell(row, number, bytes);
        match column {
            Column::Fact(_) | Column::Expected | Column::Own if cell.is_empty() => {}
            Column::Fact(fact) => {
                let from = cells.start(row, number);
                reader.cell(*fact, bytes, from..from + cell.len(), sheet)?;
            }
            Column::Id => {
                let start = cells.start(row, number);
                sheet.id = (!cell.is_empty()).then_some(start..start + cell.len());
                (cell.is_empty() || (is_plain(cell) && is_harmless(cell))).then_some(())?;
            }
            Column::Expected => sheet.expected = Some(reader.expected(cell)?),
            Column::Other => std::str::from_utf8(cell).is_ok().then_some(())?,
            // Only the complete reader knows whether an own number is sound.
            Column::Own | Column::Unknown => return None,
        }
    }
    Some(())
}

/// A row as a profile, and its known label.
///
/// # Errors
///
/// Every fault of the row.
pub fn complete(
    names: &Names<'_>,
    options: &Options,
    heads: &Heads,
    (row, cells, bytes): (&Row, &Cells, &[u8]),
    origin: &Origin,
) -> Result<(Profile, Option<Label>), Box<Reject>> {
    let place = |number: usize| Place { file: FileId(0), span: number..number };
    let mut faults: Vec<Diagnostic> = Vec::new();
    if row.is_open {
        faults.push(Diagnostic::error("quote-not-closed", place(row.cells.saturating_sub(1))));
    } else if row.too_long {
        faults.push(Diagnostic::error("row-too-long", place(0)));
    } else if row.cells != heads.columns.len() {
        let fault = Diagnostic::error("wrong-cell-count", place(row.cells.min(heads.columns.len())));
        faults.push(fault.with("found", row.cells.to_string()).with("expected", heads.columns.len().to_string()));
    }
    let mut written = Written::empty(place(0));
    let mut label = None;
    for (number, column) in heads.columns.iter().enumerate().filter(|_| faults.is_empty()) {
        let cell = cells.cell(row, number, bytes);
        let Ok(text) = std::str::from_utf8(cell) else {
            faults.push(Diagnostic::error("cell-not-readable", place(number)));
            break;
        };
        let text = text.trim();
        let value = match column {
            Column::Fact(fact) => value(&names.facts[*fact].kind, text, &place(number)),
            Column::Own if !crate::fact::is_unknown(text) => Value::Number(text.to_owned()),
            Column::Id | Column::Own if text.is_empty() => Value::Nothing,
            Column::Id | Column::Own => Value::Text(text.to_owned()),
            Column::Expected => {
                let (text, field) = (text.to_owned(), heads.names[number].clone());
                let column = number as u64 + 1;
                label = (!text.is_empty()).then_some(Label { text, line: origin.line, column, field });
                continue;
            }
            Column::Other => continue,
            Column::Unknown => Value::Nothing,
        };
        let key = match column {
            Column::Fact(fact) => names.facts[*fact].id.clone(),
            _ => heads.names[number].clone(),
        };
        written.entries.push((At { value: key, place: place(number) }, At { value, place: place(number) }));
    }
    let written = tolerate(names, options, written);
    let suggested = if options.suggest { SUGGESTED } else { 0 };
    let profile = if faults.is_empty() { Some(check_with(names, &written, &mut faults, suggested)) } else { None };
    match profile {
        Some(profile) if faults.is_empty() => Ok((profile, label)),
        _ => {
            let located = faults.into_iter().map(|diagnostic| {
                let number = diagnostic.place.span.start;
                let field = heads.names.get(number).filter(|_| diagnostic.name != "row-too-long").cloned();
                Fault { diagnostic, line: origin.line, column: number as u64 + 1, field }
            });
            Err(Box::new(Reject { origin: origin.clone(), faults: located.collect() }))
        }
    }
}

/// The text of a cell as the kind of value that its fact has.
fn value(kind: &Kind, text: &str, place: &Place) -> Value {
    if text.is_empty() {
        return Value::Nothing;
    }
    match kind {
        Kind::Number(_) if !crate::fact::is_unknown(text) => Value::Number(text.to_owned()),
        Kind::YesNo if YES.contains(&normal(text).to_lowercase().as_str()) => Value::YesNo(true),
        Kind::YesNo if NO.contains(&normal(text).to_lowercase().as_str()) => Value::YesNo(false),
        Kind::Choices { .. } => {
            let parts = text.split(SEPARATORS).map(str::trim).filter(|part| !part.is_empty());
            Value::List(parts.map(|part| At { value: part.to_owned(), place: place.clone() }).collect())
        }
        _ => Value::Text(text.to_owned()),
    }
}
