//! Profiles written in JSON: one object, one key per answer.
//!
//! `serde_json` keeps no places, but it can hand out the raw text of each value,
//! and raw text that borrows from the input knows where it stands.

use super::{Value, Written, place};
use crate::diagnostic::{At, Diagnostic, FileId};
use serde::Deserializer;
use serde::de::{MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// Reads the text of a file; `None` if its syntax is broken.
pub fn read(text: &str, file: FileId, faults: &mut Vec<Diagnostic>) -> Option<Written> {
    match entries(text) {
        Ok(entries) => Some(written(text, entries, place(file, 0..0))),
        Err(error) => {
            let at = byte_of(text, error.line(), error.column());
            let reason = error.to_string();
            let reason = reason.split(" at line ").next().unwrap_or_default();
            faults.push(Diagnostic::error("broken-profile", place(file, at..at)).with("reason", reason));
            None
        }
    }
}

/// Entries with their places.
fn written(text: &str, entries: Vec<(String, &RawValue)>, whole: crate::diagnostic::Place) -> Written {
    let file = whole.file;
    let entry = |(key, raw): (String, &RawValue)| {
        let start = offset(text, raw.get());
        let key_at = key_span(text, start);
        let key = At { value: key, place: place(file, key_at) };
        (key, At { value: value(text, raw.get(), file), place: place(file, start..start + raw.get().len()) })
    };
    Written { entries: entries.into_iter().map(entry).collect(), place: whole }
}

/// The keys of an object and the raw text of their values, in order, doubles included.
fn entries(text: &str) -> Result<Vec<(String, &RawValue)>, serde_json::Error> {
    struct Entries;
    impl<'de> Visitor<'de> for Entries {
        type Value = Vec<(String, &'de RawValue)>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("one object with a key per answer")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut entries = Vec::new();
            while let Some(entry) = map.next_entry()? {
                entries.push(entry);
            }
            Ok(entries)
        }
    }
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let entries = deserializer.deserialize_map(Entries)?;
    deserializer.end()?;
    Ok(entries)
}

fn value(text: &str, raw: &str, file: FileId) -> Value {
    match raw.as_bytes()[0] {
        b'n' => Value::Nothing,
        b't' => Value::YesNo(true),
        b'f' => Value::YesNo(false),
        b'"' => serde_json::from_str(raw).map_or(Value::Other("string"), Value::Text),
        b'{' => entries(raw).map_or(Value::Other("object"), |entries| {
            let start = offset(text, raw);
            Value::Table(written(text, entries, place(file, start..start + raw.len())))
        }),
        b'[' => {
            let item = |item: &RawValue| {
                let start = offset(text, item.get());
                let value = serde_json::from_str::<String>(item.get()).ok()?;
                Some(At { value, place: place(file, start..start + item.get().len()) })
            };
            let items: Vec<&RawValue> = serde_json::from_str(raw).unwrap_or_default();
            let texts: Option<Vec<_>> = items.into_iter().map(item).collect();
            texts.map_or(Value::Other("list"), Value::List)
        }
        _ => Value::Number(raw.to_owned()),
    }
}

/// Where a part of the text begins; the part borrows from it.
fn offset(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
}

/// The quoted key before a value: back over the colon to the quote that opens it.
fn key_span(text: &str, value_start: usize) -> std::ops::Range<usize> {
    let before = text[..value_start].trim_end().trim_end_matches(':').trim_end();
    let end = before.len();
    let bytes = before.as_bytes();
    let mut open = end.saturating_sub(2);
    loop {
        if bytes.get(open) == Some(&b'"') {
            let slashes = bytes[..open].iter().rev().take_while(|byte| **byte == b'\\').count();
            if slashes % 2 == 0 {
                return open..end;
            }
        }
        match open.checked_sub(1) {
            Some(next) => open = next,
            None => return 0..end,
        }
    }
}

/// The byte offset of a line and a column in bytes, both from 1.
fn byte_of(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let at = (start + column.saturating_sub(1)).min(text.len());
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}
