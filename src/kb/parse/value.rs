//! What the value of a key can be, by the type it is read into.
//!
//! The type of a field says everything: what editors are told ([`Kind`]), how
//! the value is read, and what stands for it where it is missing or faulty.

use super::condition::condition;
use super::reader::{Reader, Table, head, is_id};
use crate::diagnostic::{At, Diagnostic, Place};
use crate::kb::form::{Form, Kind};
use crate::kb::raw::Condition;
use crate::profile::{self, Written};
use crate::text::Text;
use std::ops::Deref;
use toml::Spanned;
use toml::de::DeValue;

/// A table whose form is declared, by [`form!`](super::super::raw).
pub trait Record: Sized {
    /// Its form.
    const FORM: Form;

    /// What stands in the table, whose keys are already held to the form.
    fn read(reader: &mut Reader<'_>, table: &Table<'_>) -> Self;
}

/// One value of a file.
pub trait Value: Sized {
    /// What it must be.
    const KIND: Kind;

    /// The value; `None`, with a fault, where it is something else. `name` is its key where keys are ids.
    fn of(reader: &mut Reader<'_>, name: Option<At<String>>, value: &Spanned<DeValue<'_>>) -> Option<Self>;
}

/// What can stand under a key, or not.
pub trait Field: Sized {
    /// What the value must be.
    const KIND: Kind;

    /// What is read under the key, or what stands for it.
    fn read(reader: &mut Reader<'_>, table: &Table<'_>, key: &str) -> Self;
}

/// A number as it was written.
#[derive(Debug, Clone)]
pub struct Number(String);

impl Deref for Number {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

/// A range of whole numbers, as written: not yet known to be one.
pub type Span = [i64; 2];

/// A table whose keys are ids, in the order in which it was written.
#[derive(Debug)]
pub struct Map<T>(pub Vec<T>);

macro_rules! values {
    ($($type:ty: $kind:expr, |$reader:ident, $value:ident| $read:expr;)*) => {$(
        impl Value for $type {
            const KIND: Kind = $kind;

            fn of($reader: &mut Reader<'_>, _: Option<At<String>>, $value: &Spanned<DeValue<'_>>) -> Option<Self> {
                $read
            }
        }
    )*};
}

values! {
    At<String>: Kind::String, |reader, value| reader.string_of(value);
    String: Kind::String, |reader, value| reader.string_of(value).map(|at| at.value);
    At<i64>: Kind::Integer, |reader, value| reader.integer_of(value);
    bool: Kind::Boolean, |reader, value| reader.boolean_of(value);
    At<Text>: Kind::Text, |reader, value| reader.text_of(value);
    Text: Kind::Text, |reader, value| reader.text_of(value).map(|at| at.value);
    At<Condition>: Kind::Condition, |reader, value| condition(reader, value);
    Vec<At<String>>: Kind::Strings, |reader, value| Some(reader.strings_of(value));
    At<Span>: Kind::Span, |reader, value| reader.span_of(value);
    At<Number>: Kind::Number, |reader, value| {
        let found = reader.number_of(value);
        if found.is_none() {
            reader.wrong_kind(value, "number");
        }
        found.map(|at| At { value: Number(at.value), place: at.place })
    };
}

impl<T: Record> Value for T {
    const KIND: Kind = Kind::Table(&T::FORM);

    fn of(reader: &mut Reader<'_>, name: Option<At<String>>, value: &Spanned<DeValue<'_>>) -> Option<Self> {
        let table = reader.table_of(value, name, &T::FORM)?;
        Some(T::read(reader, &table))
    }
}

impl<T: Value> Value for (At<String>, T) {
    const KIND: Kind = T::KIND;

    fn of(reader: &mut Reader<'_>, name: Option<At<String>>, value: &Spanned<DeValue<'_>>) -> Option<Self> {
        Some((name?, T::of(reader, None, value)?))
    }
}

impl<T: Value> Field for Option<T> {
    const KIND: Kind = T::KIND;

    fn read(reader: &mut Reader<'_>, table: &Table<'_>, key: &str) -> Self {
        T::of(reader, None, table.get(key)?)
    }
}

/// Values that something plain stands for where they are missing.
macro_rules! with_default {
    ($($type:ty)*) => {$(
        impl Field for $type {
            const KIND: Kind = <$type as Value>::KIND;

            fn read(reader: &mut Reader<'_>, table: &Table<'_>, key: &str) -> Self {
                <Option<$type> as Field>::read(reader, table, key).unwrap_or_default()
            }
        }
    )*};
}

with_default!(String bool Text Vec<At<String>>);

/// An id: kebab-case ASCII.
impl Field for At<String> {
    const KIND: Kind = Kind::String;

    fn read(reader: &mut Reader<'_>, table: &Table<'_>, key: &str) -> Self {
        let Some(id) = <Option<At<String>> as Field>::read(reader, table, key) else {
            return At { value: String::new(), place: reader.place(head(&table.span())) };
        };
        if !is_id(&id.value) {
            reader.fault(Diagnostic::error("bad-id", id.place.clone()).with("given", &id.value));
        }
        id
    }
}

impl<T: Record> Field for Vec<T> {
    const KIND: Kind = Kind::Tables(&T::FORM);

    fn read(reader: &mut Reader<'_>, table: &Table<'_>, key: &str) -> Self {
        let Some(value) = table.get(key) else { return Vec::new() };
        reader.items(value).filter_map(|item| T::of(reader, None, item)).collect()
    }
}

impl<T: Value> Field for Map<T> {
    const KIND: Kind = Kind::Map(&T::KIND);

    fn read(reader: &mut Reader<'_>, table: &Table<'_>, key: &str) -> Self {
        let entries = table.get(key).map(|value| reader.map(value)).unwrap_or_default();
        Map(entries.into_iter().filter_map(|(name, value)| T::of(reader, Some(name), value)).collect())
    }
}

/// Answers, written as in a profile; whether they mean anything is seen later.
impl Field for Written {
    const KIND: Kind = Kind::Answers;

    fn read(reader: &mut Reader<'_>, table: &Table<'_>, key: &str) -> Self {
        match table.get(key).map(|value| (value, value.get_ref().as_table())) {
            Some((value, Some(answers))) => profile::toml::answers(answers, &reader.place(value.span())),
            _ => Written::empty(table.name.place.clone()),
        }
    }
}

/// The id of a table that stands under it.
pub fn name(_: &Reader<'_>, table: &Table<'_>) -> At<String> {
    table.name.clone()
}

/// The id of a file.
pub fn stem(_: &Reader<'_>, table: &Table<'_>) -> String {
    table.name.value.clone()
}

/// The first line of a file, for messages about the file as a whole.
pub fn beginning(_: &Reader<'_>, table: &Table<'_>) -> Place {
    table.name.place.clone()
}

/// The value under a key that stands for the whole table in messages.
pub fn place_of(key: &'static str) -> impl Fn(&Reader<'_>, &Table<'_>) -> Place {
    move |reader, table| reader.place(table.get(key).map_or(table.span(), Spanned::span))
}
