//! Conditions as written: tables with exactly one of the known keys.

use super::reader::Reader;
use crate::diagnostic::{At, Diagnostic};
use crate::kb::form::CONDITIONS;
use crate::kb::raw::Condition;
use std::ops::Range;
use toml::Spanned;
use toml::de::DeValue;

/// Reads a condition: a table with exactly one of the known keys.
pub fn condition(reader: &mut Reader<'_>, value: &Spanned<DeValue<'_>>) -> Option<At<Condition>> {
    let keys = CONDITIONS.join(", ");
    let place = reader.place(value.span());
    let entries: Vec<_> = value.get_ref().as_table().map(|table| table.iter().collect()).unwrap_or_default();
    let [(key, inner)] = entries.as_slice() else {
        reader.fault(Diagnostic::error("bad-condition", place).with("keys", keys));
        return None;
    };
    let span = key.span();
    let condition = match key.get_ref().as_ref() {
        "is" => options(reader, inner).map(|(fact, options)| Condition::Is(fact, options)),
        "has" => options(reader, inner).map(|(fact, options)| Condition::Has(fact, options)),
        "yes" => reader.string_of(inner).map(Condition::Yes),
        "at-least" => bound(reader, inner).map(|(fact, number)| Condition::AtLeast(fact, number)),
        "below" => bound(reader, inner).map(|(fact, number)| Condition::Below(fact, number)),
        "chosen" => options(reader, inner).and_then(|(decision, mut candidates)| match candidates.len() {
            1 => Some(Condition::Chosen(decision, candidates.remove(0))),
            _ => wrong_shape(reader, inner.span(), "[\"decision\", \"candidate\"]"),
        }),
        "all" => conditions(reader, inner).map(Condition::All),
        "any" => conditions(reader, inner).map(Condition::Any),
        "not" => condition_box(reader, inner).map(Condition::Not),
        other => {
            let near = crate::spelling::nearest(other, CONDITIONS);
            let fault = Diagnostic::error("unknown-condition", reader.place(span));
            reader.fault(fault.with("given", other).with("keys", keys).near(near));
            None
        }
    };
    Some(At { value: condition?, place })
}

fn condition_box(reader: &mut Reader<'_>, value: &Spanned<DeValue<'_>>) -> Option<Box<At<Condition>>> {
    condition(reader, value).map(Box::new)
}

fn conditions(reader: &mut Reader<'_>, value: &Spanned<DeValue<'_>>) -> Option<Vec<At<Condition>>> {
    match value.get_ref().as_array() {
        Some(items) if !items.is_empty() => Some(items.iter().filter_map(|item| condition(reader, item)).collect()),
        _ => wrong_shape(reader, value.span(), "[ { … }, { … } ]"),
    }
}

/// `["fact", "option"]` or `["fact", ["option", "option"]]`.
fn options(reader: &mut Reader<'_>, value: &Spanned<DeValue<'_>>) -> Option<(At<String>, Vec<At<String>>)> {
    match value.get_ref().as_array().map(|items| items.iter().collect::<Vec<_>>()).as_deref() {
        Some([fact, options]) => {
            let fact = reader.string_of(fact)?;
            let options = reader.strings_of(options);
            if options.is_empty() {
                return wrong_shape(reader, value.span(), "[\"fact\", [\"option\", …]]");
            }
            Some((fact, options))
        }
        _ => wrong_shape(reader, value.span(), "[\"fact\", \"option\"]"),
    }
}

/// `["fact", 200]`.
fn bound(reader: &mut Reader<'_>, value: &Spanned<DeValue<'_>>) -> Option<(At<String>, At<String>)> {
    let items: Vec<_> = value.get_ref().as_array().map(|items| items.iter().collect()).unwrap_or_default();
    let found = match items.as_slice() {
        [fact, number] => reader.string_of(fact).zip(reader.number_of(number)),
        _ => None,
    };
    found.or_else(|| wrong_shape(reader, value.span(), "[\"fact\", 200]"))
}

fn wrong_shape<T>(reader: &mut Reader<'_>, span: Range<usize>, expected: &str) -> Option<T> {
    let place = reader.place(span);
    reader.fault(Diagnostic::error("wrong-shape", place).with("expected", expected));
    None
}
