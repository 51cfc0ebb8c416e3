//! Profiles: what a person wrote down about a community.
//!
//! A profile is read in two steps. A format ([`toml`] or [`json`]) turns bytes
//! into a [`Written`] profile, every key and value with its place; [`check`]
//! holds it against the facts. Both report every fault; nothing is guessed.

pub mod check;
pub mod done;
pub mod json;
pub mod names;
pub mod streams;
pub mod toml;

use crate::answer::Answers;
use crate::diagnostic::{At, Diagnostic, FileId, Files, Place};
use crate::fact::Facts;

/// What is known about one community.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// How the community is referred to, if the profile says.
    pub id: Option<String>,
    /// What it is called, if the profile says.
    pub name: Option<String>,
    /// The answers.
    pub answers: Answers,
    /// The operator's own numbers of what runs.
    pub(crate) streams: streams::Streams,
    /// What became of what was planned.
    pub(crate) done: Vec<done::Done>,
    /// The base that it was written for, by version and hash, if the profile says.
    pub(crate) base: Option<String>,
    /// Former names that it uses: each is read as what it is called now, with a warning.
    pub(crate) outdated: Vec<Diagnostic>,
}

impl Profile {
    /// A profile that holds answers and nothing else.
    ///
    /// ```
    /// use qun::{Answers, Profile};
    /// let profile = Profile::of(Answers::unknown(3));
    /// assert!(profile.id.is_none() && profile.answers.known() == 0);
    /// ```
    #[must_use]
    pub fn of(answers: Answers) -> Profile {
        let streams = streams::Streams::default();
        Profile { id: None, name: None, answers, streams, done: Vec::new(), base: None, outdated: Vec::new() }
    }
}

/// A profile as written: nothing looked up yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Keys and values in the order in which they were written.
    pub entries: Vec<(At<String>, At<Value>)>,
    /// The beginning of the profile.
    pub place: Place,
}

/// A written value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing: the fact is unknown.
    Nothing,
    /// A string.
    Text(String),
    /// A list of strings.
    List(Vec<At<String>>),
    /// A number in digits.
    Number(String),
    /// `true` or `false`.
    YesNo(bool),
    /// A date as TOML writes it.
    Date(String),
    /// A table of its own.
    Table(Written),
    /// Anything else, by its kind.
    Other(&'static str),
}

impl Written {
    /// A profile that says nothing.
    #[must_use]
    pub fn empty(place: Place) -> Written {
        Written { entries: Vec::new(), place }
    }
}

/// In which format a profile is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// TOML.
    Toml,
    /// JSON.
    Json,
}

impl Format {
    /// The format by the file's name, else by how it begins: `{` is JSON.
    #[must_use]
    pub fn guess(name: &str, text: &str) -> Format {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        match ending.as_deref() {
            Some("json") => Format::Json,
            Some("toml") => Format::Toml,
            _ => {
                let text = text.trim_start_matches('\u{FEFF}').trim_start();
                // A name in brackets heads a table of TOML.
                let is_heading = text.strip_prefix('[').is_some_and(|rest| rest.starts_with(char::is_alphabetic));
                if text.starts_with(['{', '[']) && !is_heading { Format::Json } else { Format::Toml }
            }
        }
    }
}

/// Reads one profile. `name` is the file's name, for messages and the format.
///
/// # Errors
///
/// Every fault of the profile; places point into `files`, which the profile's
/// text was added to.
pub fn read(facts: &Facts, name: &str, bytes: &[u8], files: &mut Files) -> Result<Profile, Vec<Diagnostic>> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let file = files.add(name, String::from_utf8_lossy(bytes));
            let at = error.valid_up_to();
            let place = Place { file, span: at..at };
            let fault = Diagnostic::error("profile-not-utf8", place).with("at", (at + 1).to_string());
            let is_wide = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
            return Err(vec![if is_wide { fault.because("utf-16") } else { fault }]);
        }
    };
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let file = files.add(name, text);
    if text.trim().is_empty() {
        return Err(vec![Diagnostic::error("empty-profile", Place { file, span: 0..0 })]);
    }
    let mut faults = Vec::new();
    let written = match Format::guess(name, text) {
        Format::Toml => toml::read(text, file, &mut faults),
        Format::Json => json::read(text, file, &mut faults),
    };
    if let Some(fault) = written.as_ref().and_then(|written| case_fault(written, name)) {
        return Err(vec![fault]);
    }
    let profile = written.map(|written| check::check(facts, &written, &mut faults));
    match profile {
        Some(profile) if faults.is_empty() => Ok(profile),
        _ => {
            crate::diagnostic::sort(files, &mut faults);
            Err(faults)
        }
    }
}

/// That what is read as a profile is a case of a base, as its tables tell; `name` is the file's.
pub(crate) fn case_fault(written: &Written, name: &str) -> Option<Diagnostic> {
    let table = |wanted: &str| {
        let named = |(key, value): &&(At<String>, At<Value>)| key.value == wanted && matches!(value.value, Value::Table(_));
        written.entries.iter().find(named)
    };
    let (key, _) = table("answers").filter(|_| table("expect").is_some())?;
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let case = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    Some(Diagnostic::error("case-for-profile", key.place.clone()).with("case", case))
}

/// That a value is of another kind than expected.
pub fn wrong_kind(value: &At<Value>, expected: &'static str) -> Diagnostic {
    let found = match &value.value {
        Value::Nothing => "nothing",
        Value::Text(_) => "string",
        Value::List(_) => "list",
        Value::Number(_) => "number",
        Value::YesNo(_) => "true or false",
        Value::Date(_) => "datetime",
        Value::Table(_) => "table",
        Value::Other(kind) => kind,
    };
    Diagnostic::error("wrong-answer-kind", value.place.clone()).with("expected", expected).with("found", found)
}

/// A stretch of a file.
pub(crate) fn place(file: FileId, span: std::ops::Range<usize>) -> Place {
    Place { file, span }
}
