//! The shell's own words, in both languages: headings, errors, help.
//!
//! They stand in `words/`, a file per room, and are no part of a knowledge base. A test holds
//! every key that the code uses against the file, and every gap of a wording
//! against its twin in the other language.

use crate::text::{Lang, Text};
use std::collections::BTreeMap;
use std::sync::OnceLock;
use toml::{Table, Value};

/// The files, one per room that speaks.
const FILES: [&str; 10] = [
    include_str!("words/advice.toml"),
    include_str!("words/ask.toml"),
    include_str!("words/batch.toml"),
    include_str!("words/calibrate.toml"),
    include_str!("words/door.toml"),
    include_str!("words/faults.toml"),
    include_str!("words/formats.toml"),
    include_str!("words/help.toml"),
    include_str!("words/lint.toml"),
    include_str!("words/show.toml"),
];

fn all() -> &'static BTreeMap<String, Text> {
    static ALL: OnceLock<BTreeMap<String, Text>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut found = BTreeMap::new();
        for file in FILES {
            let table: Table = file.parse().expect("a test parses every file of words");
            collect("", &table, &mut found);
        }
        found
    })
}

fn collect(prefix: &str, table: &Table, found: &mut BTreeMap<String, Text>) {
    for (key, value) in table {
        let path = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
        let Value::Table(inner) = value else { continue };
        match (inner.get("zh").and_then(Value::as_str), inner.get("en").and_then(Value::as_str)) {
            (Some(zh), Some(en)) => {
                found.insert(path, Text { zh: zh.to_owned(), en: en.to_owned() });
            }
            _ => collect(&path, inner, found),
        }
    }
}

/// Every key, sorted, with its wording.
pub fn entries() -> impl Iterator<Item = (&'static str, &'static Text)> {
    all().iter().map(|(key, text)| (key.as_str(), text))
}

/// The wording under a key, if there is one.
#[must_use]
pub fn find(key: &str) -> Option<&'static Text> {
    all().get(key)
}

/// The wording under a key.
///
/// # Panics
///
/// If there is no such key; a test holds the keys in use against the file.
#[must_use]
pub fn say(key: &str, lang: Lang) -> &'static str {
    find(key).unwrap_or_else(|| panic!("words/ has no `{key}`")).get(lang)
}

/// The wording under a key with its gaps, written `{gap}`, filled.
#[must_use]
pub fn fill(key: &str, lang: Lang, gaps: &[(&str, &str)]) -> String {
    fill_in(say(key, lang), gaps)
}

/// A wording with its gaps filled. What fills a gap is not searched for gaps again.
///
/// ```
/// use qun::words::fill_in;
/// assert_eq!(fill_in("{a} and {b}", &[("a", "{b}"), ("b", "c")]), "{b} and c");
/// ```
#[must_use]
pub fn fill_in(wording: &str, gaps: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(wording.len() + 16);
    let mut rest = wording;
    while let Some(open) = rest.find('{') {
        let (before, after) = rest.split_at(open);
        filled.push_str(before);
        let named = after.find('}').map(|close| (&after[1..close], &after[close + 1..]));
        if let Some((value, tail)) = named.and_then(|(name, tail)| Some((gaps.iter().find(|(gap, _)| *gap == name)?.1, tail))) {
            filled.push_str(value);
            rest = tail;
        } else {
            filled.push('{');
            rest = &after[1..];
        }
    }
    filled + rest
}

/// The names of the gaps of a wording, in order: lower-case letters and hyphens
/// between braces.
#[must_use]
pub fn gaps(wording: &str) -> Vec<&str> {
    let after_open = wording.split('{').skip(1);
    let names = after_open.filter_map(|part| part.split_once('}').map(|(name, _)| name));
    names.filter(|name| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')).collect()
}
