//! The shell's own words, in both languages: headings, errors, help.
//!
//! They stand in `words/`, a file per room, and are no part of a knowledge base.
//! The build refuses a key that stands twice, that lacks a language or that no code
//! says; a test holds every key that the code says, and every gap of a wording
//! against its twin in the other language.

use crate::text::Lang;

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

/// A wording with its gaps filled. What fills a gap is not searched for gaps again.
/// `{gap|one|more}` is the word for one where the gap is filled with a 1 of any sign, else that for more.
#[must_use]
pub fn fill_in(wording: &str, gaps: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(wording.len() + 16);
    let mut rest = wording;
    while let Some(open) = rest.find('{') {
        let (before, after) = rest.split_at(open);
        filled.push_str(before);
        let named = after.find('}').map(|close| (&after[1..close], &after[close + 1..]));
        if let Some((value, tail)) = named.and_then(|(name, tail)| Some((filling(name, gaps)?, tail))) {
            filled.push_str(value);
            rest = tail;
        } else {
            filled.push('{');
            rest = &after[1..];
        }
    }
    filled + rest
}

/// What stands for a gap, or for a word that follows the number in one.
fn filling<'a>(name: &'a str, gaps: &[(&str, &'a str)]) -> Option<&'a str> {
    let (name, words) = name.split_once('|').map_or((name, None), |(name, words)| (name, words.split_once('|')));
    let value = gaps.iter().find(|(gap, _)| *gap == name)?.1;
    Some(words.map_or(value, |(one, more)| if matches!(value, "1" | "+1" | "-1" | "−1") { one } else { more }))
}

#[cfg(test)]
mod tests {
    #[test]
    fn example_of_fill_in() {
        use qun::words::fill_in;
        assert_eq!(fill_in("{a} and {b}", &[("a", "{b}"), ("b", "c")]), "{b} and c");
        let hours = |n| fill_in("{n} {n|hour|hours} in all", &[("n", n)]);
        assert_eq!([hours("1"), hours("1–3")], ["1 hour in all", "1–3 hours in all"]);
    }
}
