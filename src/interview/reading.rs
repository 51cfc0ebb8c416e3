//! Reading what a person typed: numbers of options, labels, numbers with units, keys.
//!
//! `0` is "don't know" everywhere, on questions for a number too; somebody who
//! means zero writes it with its unit, or in words.

use crate::answer::Answer;
use crate::fact::{Fact, Kind, LONGEST_NUMBER, NO, NumberFault, Range, YES, is_unknown, scaled};
use crate::ids::{OptionId, OptionSet};
use crate::spelling::normal;
use crate::text::Lang;

/// What a line means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// An answer.
    Answer(Answer),
    /// Don't know.
    Unknown,
    /// Back to the question before.
    Back,
    /// Why this question, and what each answer would do.
    Why,
    /// How each answer would change what is shown.
    WhatIf,
    /// Enough: on to the advice.
    Enough,
    /// Nothing was typed.
    Nothing,
}

/// Why a line cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(clippy::missing_docs_in_private_items, reason = "each variant says what its fields are")]
pub enum Misread {
    /// No option has this number or name; there are so many.
    NoOption { given: String, count: usize },
    /// Several options where one is wanted.
    OnlyOne,
    /// More options than may be chosen.
    TooMany { at_most: usize },
    /// The option that excludes all others, with others.
    NotAlone { none: OptionId },
    /// Not a number.
    NoNumber { given: String },
    /// Outside of these limits.
    OutOfRange { min: i64, max: i64 },
    /// More digits after the point than this.
    TooFine { decimals: u32 },
}

const BACK: [&str; 4] = ["b", "back", "返回", "上一题"];
const WHY: [&str; 5] = ["?", "why", "h", "help", "为什么"];
const WHAT_IF: [&str; 5] = ["w", "whatif", "what if", "如果", "会怎样"];
const ENOUGH: [&str; 5] = ["e", "enough", "够了", "q", "quit"];
const NONE_KNOWN: [&str; 5] = ["0", "不知道", "不清楚", "don't know", "dont know"];

/// The multipliers that may follow a number, as powers of ten; the longest first.
const MULTIPLIERS: [(&str, u32); 15] = [
    ("thousand", 3),
    ("million", 6),
    ("百万", 6),
    ("千万", 7),
    ("百", 2),
    ("千", 3),
    ("万", 4),
    ("萬", 4),
    ("亿", 8),
    ("億", 8),
    ("mn", 6),
    ("k", 3),
    ("w", 4),
    ("m", 6),
    ("b", 9),
];

/// What a line typed in answer to a fact means.
///
/// # Errors
///
/// What keeps it from being understood; nothing is guessed.
pub fn read(fact: &Fact, line: &str) -> Result<Reading, Misread> {
    let typed = normal(line);
    let lower = typed.to_lowercase();
    if let Some(reading) = key_of(line) {
        return Ok(reading);
    }
    let answer = match &fact.kind {
        Kind::YesNo => yes_no(&lower)?,
        Kind::Choice(_) => one(fact, &typed)?,
        Kind::Choices { .. } => several(fact, &typed)?,
        Kind::Number(range) => Answer::Number(number(range, &typed)?),
    };
    Ok(Reading::Answer(answer))
}

/// What a line means if it is a key, an empty line or "don't know"; these mean the same everywhere.
#[must_use]
pub fn key_of(line: &str) -> Option<Reading> {
    let typed = normal(line);
    if typed.is_empty() {
        return Some(Reading::Nothing);
    }
    key(&typed.to_lowercase()).or_else(|| is_unknown(&typed).then_some(Reading::Unknown))
}

/// A key that means the same on every question.
fn key(lower: &str) -> Option<Reading> {
    let keys = [
        (BACK.as_slice(), Reading::Back),
        (WHY.as_slice(), Reading::Why),
        (WHAT_IF.as_slice(), Reading::WhatIf),
        (ENOUGH.as_slice(), Reading::Enough),
        (NONE_KNOWN.as_slice(), Reading::Unknown),
    ];
    keys.into_iter().find(|(words, _)| words.contains(&lower)).map(|(_, reading)| reading)
}

fn yes_no(lower: &str) -> Result<Answer, Misread> {
    match lower {
        "1" | "y" | "有" => Ok(Answer::YesNo(true)),
        "2" | "n" | "no." | "没有" => Ok(Answer::YesNo(false)),
        word if YES.contains(&word) => Ok(Answer::YesNo(true)),
        word if NO.contains(&word) => Ok(Answer::YesNo(false)),
        _ => Err(Misread::NoOption { given: lower.to_owned(), count: 2 }),
    }
}

/// The option with this number, from 1, or this name.
fn option(fact: &Fact, typed: &str) -> Result<OptionId, Misread> {
    let count = fact.options().len();
    let by_number = typed.trim_end_matches(['.', ')', '、']).parse::<usize>().ok();
    let found = match by_number {
        Some(number) => number.checked_sub(1).filter(|option| *option < count).and_then(OptionId::checked),
        None => fact.option(typed),
    };
    found.ok_or_else(|| Misread::NoOption { given: typed.to_owned(), count })
}

fn one(fact: &Fact, typed: &str) -> Result<Answer, Misread> {
    match option(fact, typed) {
        Ok(found) => Ok(Answer::Choice(found)),
        Err(_) if parts(typed).len() > 1 && parts(typed).iter().all(|part| option(fact, part).is_ok()) => Err(Misread::OnlyOne),
        Err(misread) => Err(misread),
    }
}

/// Splits at the separators that no label may contain; at blanks only if that leaves numbers.
fn parts(typed: &str) -> Vec<&str> {
    let split =
        |text, at: &[char]| -> Vec<&str> { str::split(text, at).map(str::trim).filter(|part: &&str| !part.is_empty()).collect() };
    let is_digits = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    let marks = [';', '；', '、', '|', ',', '，'];
    let all = split(typed, &[&marks[..], &[' ', '\t']].concat());
    if all.iter().all(is_digits) { all } else { split(typed, &marks) }
}

fn several(fact: &Fact, typed: &str) -> Result<Answer, Misread> {
    let Kind::Choices { at_most, none, .. } = &fact.kind else { return one(fact, typed) };
    let mut chosen = OptionSet::EMPTY;
    for part in parts(typed) {
        chosen = chosen.with(option(fact, part)?);
    }
    match none {
        _ if chosen.is_empty() => Err(Misread::NoOption { given: typed.to_owned(), count: fact.options().len() }),
        Some(none) if chosen.contains(*none) && chosen.len() > 1 => Err(Misread::NotAlone { none: *none }),
        _ if chosen.len() > *at_most => Err(Misread::TooMany { at_most: *at_most }),
        _ => Ok(Answer::Choices(chosen)),
    }
}

/// A number with a multiplier and a unit, as people write it.
///
/// # Errors
///
/// When it is no number, or none that the fact can have.
pub fn number(range: &Range, typed: &str) -> Result<i64, Misread> {
    let lower = normal(typed).to_lowercase();
    let fail = || Misread::NoNumber { given: typed.to_owned() };
    let mut rest = lower.trim();
    for unit in Lang::BOTH.map(|lang| range.unit.get(lang).to_lowercase()) {
        rest = rest.strip_suffix(unit.as_str()).unwrap_or(rest).trim_end();
    }
    for word in ["个人", "个", "位", "人", "小时", "hours", "hrs", "h"] {
        rest = rest.strip_suffix(word).unwrap_or(rest).trim_end();
    }
    if matches!(rest, "零" | "zero" | "none" | "没有") {
        rest = "0";
    }
    let mut exponent = 0;
    while let Some((word, power)) = MULTIPLIERS.iter().find(|(word, _)| rest.ends_with(word)) {
        rest = rest[..rest.len() - word.len()].trim_end();
        exponent += power;
    }
    let digits = ungrouped(rest).filter(|digits| !digits.contains('e') && digits.len() <= LONGEST_NUMBER).ok_or_else(fail)?;
    let limits = Misread::OutOfRange { min: range.min, max: range.max };
    match scaled(&format!("{digits}e{exponent}"), range.decimals) {
        Ok(number) if (range.min..=range.max).contains(&number) => Ok(number),
        Ok(_) | Err(NumberFault::TooLarge) => Err(limits),
        Err(NumberFault::TooFine) => Err(Misread::TooFine { decimals: range.decimals }),
        Err(NumberFault::NotANumber | NumberFault::TooLong) => Err(fail()),
    }
}

/// Digits without the commas or blanks between groups of three; `None` if they are not such groups.
fn ungrouped(digits: &str) -> Option<String> {
    let Some(mark) = [',', '_', ' ', '\''].into_iter().find(|mark| digits.contains(*mark)) else {
        return Some(digits.to_owned());
    };
    let (whole, part) = digits.split_once('.').map_or((digits, None), |(whole, part)| (whole, Some(part)));
    let groups: Vec<&str> = whole.split(mark).collect();
    let (first, others) = groups.split_first()?;
    let is_whole = (1..=3).contains(&first.len()) && others.iter().all(|group| group.len() == 3);
    let joined = groups.concat();
    is_whole.then(|| part.map_or(joined.clone(), |part| format!("{joined}.{part}")))
}

#[cfg(test)]
mod tests {
    #[test]
    fn example_of_number() {
        use qun::{fact::Range, interview::reading::number, text::Text};
        let unit = Text { zh: "人".into(), en: "people".into() };
        let people = Range { min: 0, max: 1_000_000, decimals: 0, unit, unit_one: None };
        assert_eq!(number(&people, "1.2万"), Ok(12_000));
        assert_eq!(number(&people, "3k people"), Ok(3_000));
        assert_eq!(number(&people, "1,200 人"), Ok(1_200));
        assert!(number(&people, "1,2").is_err()); // a decimal comma, or a slip?
    }
}
