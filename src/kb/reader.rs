//! Reading TOML tables by their form, without stopping at the first fault.
//!
//! Every getter answers with a usable value even where the file is wrong, and
//! writes the fault down. So one run over a file finds all of its faults; the
//! values read from a faulty file are never used.

use super::form::{Form, Kind};
use crate::diagnostic::{At, Diagnostic, FileId, Place};
use crate::spelling::nearest;
use crate::text::Text;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads one file and collects its faults.
pub struct Reader<'f> {
    file: FileId,
    faults: &'f mut Vec<Diagnostic>,
}

/// A table under its form.
#[derive(Clone, Copy)]
pub struct Table<'t> {
    entries: &'t DeTable<'t>,
    span: (usize, usize),
}

impl<'t> Table<'t> {
    /// Where the table's value stands.
    pub fn span(&self) -> Range<usize> {
        self.span.0..self.span.1
    }

    /// The keys and values, in the order in which they were written.
    pub fn entries(&self) -> Vec<(&'t Spanned<std::borrow::Cow<'t, str>>, &'t Spanned<DeValue<'t>>)> {
        let mut entries: Vec<_> = self.entries.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        entries
    }

    /// The raw value under a key.
    pub fn get(&self, key: &str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.entries.get(key)
    }
}

impl<'f> Reader<'f> {
    /// A reader of one file.
    pub fn new(file: FileId, faults: &'f mut Vec<Diagnostic>) -> Reader<'f> {
        Reader { file, faults }
    }

    /// A place in this file.
    pub fn place(&self, span: Range<usize>) -> Place {
        Place { file: self.file, span }
    }

    /// Writes a fault down.
    pub fn fault(&mut self, fault: Diagnostic) {
        self.faults.push(fault);
    }

    /// Parses the file and reports its syntax errors: the first of each line,
    /// since the rest are echoes. `None` when nothing below the errors can be trusted.
    pub fn parse<'t>(&mut self, text: &'t str) -> Option<Spanned<DeTable<'t>>> {
        let (table, errors) = DeTable::parse_recoverable(text);
        let mut last_line = None;
        for error in &errors {
            let span = error.span().unwrap_or(0..0);
            let line = text[..span.start.min(text.len())].matches('\n').count();
            if last_line.replace(line) == Some(line) {
                continue;
            }
            let place = self.place(clip(text, span));
            self.fault(Diagnostic::error("broken-syntax", place).with("reason", error.message()));
            if error.message().contains("unclosed") {
                break;
            }
        }
        errors.is_empty().then_some(table)
    }

    /// Enters a table: reports the keys that its form does not know and those that are missing.
    pub fn enter<'t>(&mut self, entries: &'t DeTable<'t>, span: Range<usize>, form: &Form) -> Table<'t> {
        let table = Table { entries, span: (span.start, span.end) };
        for (key, _) in table.entries() {
            let name = key.get_ref().as_ref();
            if form.fields.iter().all(|field| field.key != name) {
                let near = nearest(name, form.fields.iter().map(|field| field.key));
                let keys: Vec<_> = form.fields.iter().map(|field| field.key).collect();
                let fault = Diagnostic::error("unknown-key", self.place(key.span()));
                self.fault(fault.with("given", name).with("form", form.name).with("keys", keys.join(", ")).near(near));
            }
        }
        for field in form.fields.iter().filter(|field| field.required && table.get(field.key).is_none()) {
            let place = self.place(head(&table.span()));
            self.fault(Diagnostic::error("missing-key", place).with("key", field.key).with("form", form.name));
        }
        table
    }

    fn wrong_kind(&mut self, value: &Spanned<DeValue<'_>>, expected: &'static str) {
        let place = self.place(value.span());
        let found = value.get_ref().type_str();
        self.fault(Diagnostic::error("wrong-kind", place).with("expected", expected).with("found", found));
    }

    /// Any string value.
    pub fn string_of(&mut self, value: &Spanned<DeValue<'_>>) -> Option<At<String>> {
        let Some(string) = value.get_ref().as_str() else {
            self.wrong_kind(value, "string");
            return None;
        };
        if string.trim().is_empty() {
            let place = self.place(value.span());
            self.fault(Diagnostic::error("empty-text", place));
        }
        Some(At { value: string.to_owned(), place: self.place(value.span()) })
    }

    /// The string under a key.
    pub fn string(&mut self, table: &Table<'_>, key: &str) -> Option<At<String>> {
        self.string_of(table.get(key)?)
    }

    /// The id under a key: kebab-case ASCII.
    pub fn id(&mut self, table: &Table<'_>, key: &str) -> At<String> {
        let place = self.place(head(&table.span()));
        let Some(id) = self.string(table, key) else { return At { value: String::new(), place } };
        if !is_id(&id.value) {
            self.fault(Diagnostic::error("bad-id", id.place.clone()).with("given", &id.value));
        }
        id
    }

    /// The strings under a key: one, or a list.
    pub fn strings(&mut self, table: &Table<'_>, key: &str) -> Vec<At<String>> {
        table.get(key).map(|value| self.strings_of(value)).unwrap_or_default()
    }

    /// One string, or a list of strings.
    pub fn strings_of(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<At<String>> {
        match value.get_ref() {
            DeValue::Array(items) => items.iter().filter_map(|item| self.string_of(item)).collect(),
            _ => self.string_of(value).into_iter().collect(),
        }
    }

    /// The whole number under a key.
    pub fn integer(&mut self, table: &Table<'_>, key: &str) -> Option<At<i64>> {
        self.integer_of(table.get(key)?)
    }

    /// Any whole number.
    pub fn integer_of(&mut self, value: &Spanned<DeValue<'_>>) -> Option<At<i64>> {
        let number = value.get_ref().as_integer().and_then(|n| i64::from_str_radix(n.as_str(), n.radix()).ok());
        if number.is_none() {
            self.wrong_kind(value, "whole number");
        }
        number.map(|number| At { value: number, place: self.place(value.span()) })
    }

    /// The number under a key, as it was written.
    pub fn number(&mut self, table: &Table<'_>, key: &str) -> Option<At<String>> {
        let value = table.get(key)?;
        let found = self.number_of(value);
        if found.is_none() {
            self.wrong_kind(value, "number");
        }
        found
    }

    /// A number as it was written; `None`, without a fault, if it is none.
    pub fn number_of(&self, value: &Spanned<DeValue<'_>>) -> Option<At<String>> {
        let written = match value.get_ref() {
            DeValue::Integer(number) if number.radix() == 10 => number.as_str(),
            DeValue::Float(number) => number.as_str(),
            _ => return None,
        };
        Some(At { value: written.to_owned(), place: self.place(value.span()) })
    }

    /// The truth value under a key; false if it is missing.
    pub fn boolean(&mut self, table: &Table<'_>, key: &str) -> bool {
        let Some(value) = table.get(key) else { return false };
        let found = value.get_ref().as_bool();
        if found.is_none() {
            self.wrong_kind(value, "true or false");
        }
        found.unwrap_or(false)
    }

    /// The text in both languages under a key; `None` if it is missing.
    pub fn text(&mut self, table: &Table<'_>, key: &str) -> Option<At<Text>> {
        let value = table.get(key)?;
        self.text_of(value)
    }

    /// Any text in both languages.
    pub fn text_of(&mut self, value: &Spanned<DeValue<'_>>) -> Option<At<Text>> {
        static TEXT: Form = Form {
            name: "text",
            fields: &[
                super::form::Field { key: "zh", kind: Kind::String, required: true },
                super::form::Field { key: "en", kind: Kind::String, required: true },
            ],
        };
        let table = self.table_of(value, &TEXT)?;
        let text = self.both(&table);
        Some(At { value: text, place: self.place(value.span()) })
    }

    /// The `zh` and `en` of a table that has them among its keys.
    pub fn both(&mut self, table: &Table<'_>) -> Text {
        let mut get = |key| self.string(table, key).map(|at| at.value).unwrap_or_default();
        Text { zh: get("zh"), en: get("en") }
    }

    /// A value that must be a table of the given form.
    pub fn table_of<'t>(&mut self, value: &'t Spanned<DeValue<'t>>, form: &Form) -> Option<Table<'t>> {
        if let DeValue::Table(entries) = value.get_ref() {
            Some(self.enter(entries, value.span(), form))
        } else {
            self.wrong_kind(value, "table");
            None
        }
    }

    /// The table under a key.
    pub fn table<'t>(&mut self, table: &Table<'t>, key: &str, form: &Form) -> Option<Table<'t>> {
        let value = table.get(key)?;
        self.table_of(value, form)
    }

    /// The list of tables under a key.
    pub fn tables<'t>(&mut self, table: &Table<'t>, key: &str, form: &Form) -> Vec<Table<'t>> {
        let Some(value) = table.get(key) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong_kind(value, "list of tables");
            return Vec::new();
        };
        items.iter().filter_map(|item| self.table_of(item, form)).collect()
    }

    /// The keys and values of the table under a key, whose keys are ids.
    pub fn map<'t>(&mut self, table: &Table<'t>, key: &str) -> Vec<(At<String>, &'t Spanned<DeValue<'t>>)> {
        let Some(value) = table.get(key) else { return Vec::new() };
        let DeValue::Table(entries) = value.get_ref() else {
            self.wrong_kind(value, "table");
            return Vec::new();
        };
        let inner = Table { entries, span: (value.span().start, value.span().end) };
        let at =
            |key: &Spanned<std::borrow::Cow<'t, str>>| At { value: key.get_ref().to_string(), place: self.place(key.span()) };
        inner.entries().into_iter().map(|(key, value)| (at(key), value)).collect()
    }
}

/// Whether a name is an id: lower-case ASCII letters, digits and single hyphens.
pub fn is_id(name: &str) -> bool {
    !name.is_empty()
        && name
            .split('-')
            .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()))
}

/// The first bytes of a span, for messages about something that is missing from it.
fn head(span: &Range<usize>) -> Range<usize> {
    span.start..span.end.min(span.start + 1)
}

/// A span that lies within the text and on character boundaries.
fn clip(text: &str, span: Range<usize>) -> Range<usize> {
    let floor = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    floor(span.start)..floor(span.end)
}
