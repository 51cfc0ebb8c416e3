//! The shell's own words, in both languages: headings, errors, help.
//!
//! They stand in `words/`, a file per room, and are no part of a knowledge base.
//! The build refuses a key that stands twice, that lacks a language or that no code
//! says; a test holds every key that the code says, and every gap of a wording
//! against its twin in the other language.

mod gaps;

use crate::text::Lang;
pub use gaps::fill_in;

include!(concat!(env!("OUT_DIR"), "/words.rs"));

/// A wording in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wording {
    /// In Chinese.
    pub zh: &'static str,
    /// In English.
    pub en: &'static str,
}

impl Wording {
    /// The wording in one language.
    #[must_use]
    pub fn get(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }
}

/// Every key, sorted, with its wording.
pub fn entries() -> impl Iterator<Item = (&'static str, Wording)> {
    WORDS.iter().map(|(key, zh, en)| (*key, Wording { zh, en }))
}

/// The wording under a key, if there is one.
#[must_use]
pub fn find(key: &str) -> Option<Wording> {
    let at = WORDS.binary_search_by(|(one, ..)| (*one).cmp(key)).ok()?;
    let (_, zh, en) = WORDS[at];
    Some(Wording { zh, en })
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
