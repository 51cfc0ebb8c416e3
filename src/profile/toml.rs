//! Profiles written in TOML: one key per answer.

use super::{Value, Written, place};
use crate::answer::{Answer, Answers};
use crate::diagnostic::{At, Diagnostic, FileId, Place};
use crate::fact::{Facts, Kind};
use crate::ids::OptionId;
use std::fmt::Write;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads the text of a file; `None` if its syntax is broken.
pub fn read(text: &str, file: FileId, faults: &mut Vec<Diagnostic>) -> Option<Written> {
    let (table, broken) = crate::syntax::parse(text);
    let is_whole = broken.is_empty();
    for one in broken {
        let at = place(file, one.span.start..one.span.start);
        faults.push(Diagnostic::error("broken-profile", at).with("reason", one.reason));
    }
    is_whole.then(|| answers(table.get_ref(), &place(file, 0..0)))
}

/// The entries of a table that is already parsed, in the order of their places.
#[must_use]
pub fn answers(table: &DeTable<'_>, whole: &Place) -> Written {
    let mut entries: Vec<_> = table.iter().map(|(key, value)| entry(key, value, whole.file)).collect();
    entries.sort_by_key(|(key, _)| key.place.span.start);
    Written { entries, place: whole.clone() }
}

fn entry(key: &Spanned<std::borrow::Cow<'_, str>>, value: &Spanned<DeValue<'_>>, file: FileId) -> (At<String>, At<Value>) {
    let key = At { value: key.get_ref().to_string(), place: place(file, key.span()) };
    (key, At { value: read_value(value, file), place: place(file, value.span()) })
}

fn read_value(value: &Spanned<DeValue<'_>>, file: FileId) -> Value {
    match value.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Boolean(yes) => Value::YesNo(*yes),
        DeValue::Integer(number) if number.radix() == 10 => Value::Number(number.as_str().to_owned()),
        DeValue::Float(number) => Value::Number(number.as_str().to_owned()),
        DeValue::Array(items) => {
            let text = |item: &Spanned<DeValue<'_>>| {
                let value = item.get_ref().as_str()?.to_owned();
                Some(At { value, place: place(file, item.span()) })
            };
            let texts: Option<Vec<_>> = items.iter().map(text).collect();
            texts.map_or(Value::Other("list"), Value::List)
        }
        DeValue::Table(table) => Value::Table(answers(table, &place(file, value.span()))),
        DeValue::Datetime(date) => Value::Date(date.to_string()),
        other @ DeValue::Integer(_) => Value::Other(other.type_str()),
    }
}

/// Answers as a profile that reads back as the same answers: one line per known
/// fact, in the order of the base.
#[must_use]
pub fn write(facts: &Facts, answers: &Answers) -> String {
    let mut out = String::new();
    for (number, fact) in facts.pairs() {
        let Some(answer) = answers.get(number) else { continue };
        let option = |option: OptionId| format!("\"{}\"", fact.options().get(option).map_or("", |option| option.id.as_str()));
        let value = match (answer, &fact.kind) {
            (Answer::Choice(chosen), _) => option(chosen),
            (Answer::Choices(chosen), _) => format!("[{}]", chosen.iter().map(option).collect::<Vec<_>>().join(", ")),
            (Answer::Number(number), Kind::Number(range)) => range.written(number),
            (Answer::Number(number), _) => number.to_string(),
            (Answer::YesNo(yes), _) => yes.to_string(),
        };
        let _ = writeln!(out, "{} = {value}", fact.id);
    }
    out
}
