//! Reading TOML tables by their form, without stopping at the first fault.
//!
//! Every reading answers with a usable value even where the file is wrong, and
//! writes the fault down. So one run over a file finds all of its faults; the
//! values read from a faulty file are never used.

use crate::diagnostic::{At, Diagnostic, FileId, Place};
use crate::kb::form::{Field, Form, Kind};
use crate::spelling::nearest;
use crate::text::Text;
use std::borrow::Cow;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads one file and collects its faults.
pub struct Reader<'f> {
    file: FileId,
    faults: &'f mut Vec<Diagnostic>,
}

/// A table under its form.
pub struct Table<'t> {
    entries: &'t DeTable<'t>,
    span: Range<usize>,
    /// Its key where keys are ids, or the stem of its file at its first line; else empty.
    pub name: At<String>,
}

impl<'t> Table<'t> {
    /// Where the table's value stands.
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// The raw value under a key.
    pub fn get(&self, key: &str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.entries.get(key)
    }
}

/// The keys and values of a table, in the order in which they were written.
fn in_order<'t>(entries: &'t DeTable<'t>) -> Vec<(&'t Spanned<Cow<'t, str>>, &'t Spanned<DeValue<'t>>)> {
    let mut entries: Vec<_> = entries.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
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

    /// Enters a table: reports the keys that its form does not know and those that are
    /// missing, but no key that is missing because it is misspelt.
    pub fn enter<'t>(&mut self, entries: &'t DeTable<'t>, span: Range<usize>, name: At<String>, form: &Form) -> Table<'t> {
        let table = Table { entries, span, name };
        let mut meant = Vec::new();
        for (key, _) in in_order(entries) {
            let given = key.get_ref().as_ref();
            if form.fields.iter().all(|field| field.key != given) {
                let near = nearest(given, form.fields.iter().map(|field| field.key));
                meant.extend(near);
                let keys: Vec<_> = form.fields.iter().map(|field| field.key).collect();
                let fault = Diagnostic::error("unknown-key", self.place(key.span()));
                self.fault(fault.with("given", given).with("form", form.name).with("keys", keys.join(", ")).near(near));
            }
        }
        let is_missing = |field: &&Field| field.required && table.get(field.key).is_none() && !meant.contains(&field.key);
        for field in form.fields.iter().filter(is_missing) {
            let place = self.place(head(&table.span()));
            self.fault(Diagnostic::error("missing-key", place).with("key", field.key).with("form", form.name));
        }
        table
    }

    /// Reports a value of the wrong kind.
    pub fn wrong_kind(&mut self, value: &Spanned<DeValue<'_>>, expected: &'static str) {
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

    /// One string, or a list of strings.
    pub fn strings_of(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<At<String>> {
        match value.get_ref() {
            DeValue::Array(items) => items.iter().filter_map(|item| self.string_of(item)).collect(),
            _ => self.string_of(value).into_iter().collect(),
        }
    }

    /// Any whole number.
    pub fn integer_of(&mut self, value: &Spanned<DeValue<'_>>) -> Option<At<i64>> {
        let number = value.get_ref().as_integer().and_then(|n| i64::from_str_radix(n.as_str(), n.radix()).ok());
        if number.is_none() {
            self.wrong_kind(value, "whole number");
        }
        number.map(|number| At { value: number, place: self.place(value.span()) })
    }

    /// A list of two whole numbers.
    pub fn span_of(&mut self, value: &Spanned<DeValue<'_>>) -> Option<At<[i64; 2]>> {
        let items: Vec<_> = value.get_ref().as_array().map(|items| items.iter().collect()).unwrap_or_default();
        let [low, high] = items.as_slice() else {
            let place = self.place(value.span());
            self.fault(Diagnostic::error("wrong-shape", place).with("expected", "[2, 6]"));
            return None;
        };
        let ends = [self.integer_of(low)?.value, self.integer_of(high)?.value];
        Some(At { value: ends, place: self.place(value.span()) })
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

    /// A truth value.
    pub fn boolean_of(&mut self, value: &Spanned<DeValue<'_>>) -> Option<bool> {
        let found = value.get_ref().as_bool();
        if found.is_none() {
            self.wrong_kind(value, "true or false");
        }
        found
    }

    /// Any text in both languages.
    pub fn text_of(&mut self, value: &Spanned<DeValue<'_>>) -> Option<At<Text>> {
        const fn must(key: &'static str) -> Field {
            Field { key, kind: Kind::String, required: true }
        }
        static TEXT: Form = Form { name: "text", fields: &[must("zh"), must("en")] };
        let table = self.table_of(value, None, &TEXT)?;
        let mut get = |key| Some(self.string_of(table.get(key)?)?.value);
        let text = Text { zh: get("zh").unwrap_or_default(), en: get("en").unwrap_or_default() };
        Some(At { value: text, place: self.place(value.span()) })
    }

    /// A value that must be a table of the given form; with its key where that is an id.
    pub fn table_of<'t>(&mut self, value: &'t Spanned<DeValue<'t>>, name: Option<At<String>>, form: &Form) -> Option<Table<'t>> {
        if let DeValue::Table(entries) = value.get_ref() {
            let name = name.unwrap_or_else(|| At { value: String::new(), place: self.place(head(&value.span())) });
            Some(self.enter(entries, value.span(), name, form))
        } else {
            self.wrong_kind(value, "table");
            None
        }
    }

    /// The items of a list of tables.
    pub fn items<'t>(&mut self, value: &'t Spanned<DeValue<'t>>) -> impl Iterator<Item = &'t Spanned<DeValue<'t>>> + use<'t> {
        let items = value.get_ref().as_array();
        if items.is_none() {
            self.wrong_kind(value, "list of tables");
        }
        items.into_iter().flatten()
    }

    /// The keys and values of a table whose keys are ids, in the order in which they were written.
    pub fn map<'t>(&mut self, value: &'t Spanned<DeValue<'t>>) -> Vec<(At<String>, &'t Spanned<DeValue<'t>>)> {
        let DeValue::Table(entries) = value.get_ref() else {
            self.wrong_kind(value, "table");
            return Vec::new();
        };
        let at = |key: &Spanned<Cow<'t, str>>| At { value: key.get_ref().to_string(), place: self.place(key.span()) };
        in_order(entries).into_iter().map(|(key, value)| (at(key), value)).collect()
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
pub fn head(span: &Range<usize>) -> Range<usize> {
    span.start..span.end.min(span.start + 1)
}
