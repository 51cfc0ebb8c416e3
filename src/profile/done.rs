//! What became of what was planned: the operator's notes under `[done]`.
//!
//! A note names a stream or a measure, and says whether its sign was met, on which
//! day, or in words what came of it. It changes no verdict; whoever compares
//! profiles over time reads from it.

use super::{Value, wrong_kind};
use crate::diagnostic::{At, Diagnostic};

/// The key under which a profile keeps them.
pub const KEY: &str = "done";

/// What became of something.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It was done, and its sign was met.
    Met,
    /// It was not done, or its sign was not met.
    Missed,
    /// Its sign was met on this day, `YYYY-MM-DD`.
    On(String),
    /// What came of it, in the operator's words.
    Words(String),
}

/// A note on one stream or measure, by the name that the profile gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The name.
    pub name: At<String>,
    /// What became of it.
    pub outcome: Outcome,
}

impl Outcome {
    /// The outcome that a text stands for: a day, or words.
    fn of(text: &str) -> Outcome {
        if is_day(text) { Outcome::On(text.to_owned()) } else { Outcome::Words(text.to_owned()) }
    }
}

/// Whether this is a day, `YYYY-MM-DD`.
fn is_day(text: &str) -> bool {
    let is_digits =
        text.bytes().enumerate().all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() });
    let part = |range| text.get(range).and_then(|digits: &str| digits.parse::<u8>().ok());
    text.len() == 10 && is_digits && matches!((part(5..7), part(8..10)), (Some(1..=12), Some(1..=31)))
}

/// Reads the table; every fault.
pub fn read(value: &At<Value>, into: &mut Vec<Done>, faults: &mut Vec<Diagnostic>) {
    let table = match &value.value {
        Value::Nothing => return,
        Value::Table(table) => table,
        _ => {
            faults.push(wrong_kind(value, "a table"));
            return;
        }
    };
    for (name, value) in &table.entries {
        let outcome = match &value.value {
            Value::Nothing => continue,
            Value::YesNo(true) => Outcome::Met,
            Value::YesNo(false) => Outcome::Missed,
            Value::Date(day) => Outcome::of(day),
            Value::Text(text) if crate::fact::is_unknown(text) => continue,
            Value::Text(text) if !text.trim().is_empty() => Outcome::of(text.trim()),
            _ => {
                faults.push(wrong_kind(value, "true or false or a date or words in quotes"));
                continue;
            }
        };
        if let Some(first) = into.iter().find(|one| one.name.value == name.value) {
            let fault = Diagnostic::error("answer-given-twice", name.place.clone()).related(first.name.place.clone());
            faults.push(fault.with("fact", &name.value));
            continue;
        }
        into.push(Done { name: name.clone(), outcome });
    }
}

/// The notes as quoted names and values that read back as the same ones.
#[must_use]
pub fn write(done: &[Done], quoted: fn(&str) -> String) -> Vec<(String, String)> {
    let value = |outcome: &Outcome| match outcome {
        Outcome::Met => "true".to_owned(),
        Outcome::Missed => "false".to_owned(),
        Outcome::On(text) | Outcome::Words(text) => quoted(text),
    };
    done.iter().map(|one| (quoted(&one.name.value), value(&one.outcome))).collect()
}

#[cfg(test)]
mod tests {
    use super::is_day;

    #[test]
    fn a_day_is_written_in_full() {
        assert!(is_day("2026-03-02"));
        for no in ["2026-3-02", "2026-13-02", "2026-00-01", "2026-01-32", "2026-01-3x", "2026/01/30", "五月", "2026-01-021"] {
            assert!(!is_day(no), "{no}");
        }
    }
}
