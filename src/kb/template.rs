//! Texts with slots: words and answers of one community put into sentences of the base.
//!
//! A text is taken apart once, when the base is loaded. What is said then depends
//! on the answers alone, and a text with a slot that nothing is known about is
//! not said at all.

use super::{KnowledgeBase, SourcedText};
use crate::answer::{Answer, Answers};
use crate::condition::Choices;
use crate::fact::{Kind, bits, decimal};
use crate::text::{Lang, Text};
use crate::truth::Truth;

/// The id of the slot for the name of a community.
pub const NAME: &str = "name";
/// What stands in a message for what is not known.
const GAP: &str = "____";

/// What is put into a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// The name of the community.
    Name,
    /// The answer to a fact, in words.
    Fact(usize),
    /// A word of the base, as the trade has it.
    Word(usize),
}

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Said as it stands.
    Literal(String),
    /// Said of the community.
    Slot(Slot),
}

/// A text in both languages, taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Template {
    /// Chinese.
    pub zh: Vec<Piece>,
    /// English.
    pub en: Vec<Piece>,
}

/// What is known about the community that a text speaks to.
#[derive(Debug, Clone, Copy)]
pub struct Teller<'a> {
    /// The base.
    pub kb: &'a KnowledgeBase,
    /// The answers.
    pub answers: &'a Answers,
    /// What the community is called.
    pub name: Option<&'a str>,
}

impl Template {
    /// The parts in one language.
    #[must_use]
    pub fn pieces(&self, lang: Lang) -> &[Piece] {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    /// The slots in either language.
    pub fn slots(&self) -> impl Iterator<Item = Slot> {
        self.zh.iter().chain(&self.en).filter_map(|piece| match piece {
            Piece::Slot(slot) => Some(*slot),
            Piece::Literal(_) => None,
        })
    }

    /// The text with the base's own words, for who knows nothing about the community.
    #[must_use]
    pub fn plain(&self, words: &[super::trade::Word]) -> Text {
        let say = |lang| {
            let say = |piece: &Piece| match piece {
                Piece::Literal(text) => text.clone(),
                Piece::Slot(Slot::Word(word)) => words[*word].text.get(lang).to_owned(),
                Piece::Slot(_) => GAP.to_owned(),
            };
            self.pieces(lang).iter().map(say).collect()
        };
        Text { zh: say(Lang::Zh), en: say(Lang::En) }
    }
}

impl Teller<'_> {
    /// What stands in a slot; `None` if that is not known.
    #[must_use]
    pub fn slot(&self, slot: Slot, lang: Lang) -> Option<String> {
        match slot {
            Slot::Name => self.name.map(str::to_owned),
            Slot::Word(word) => Some(self.kb.word(word, self.answers).get(lang).to_owned()),
            Slot::Fact(fact) => Some(self.answer(fact, self.answers.get(fact)?, lang)),
        }
    }

    fn answer(&self, fact: usize, answer: Answer, lang: Lang) -> String {
        let fact = &self.kb.facts[fact];
        match (answer, &fact.kind) {
            (Answer::Number(number), Kind::Number(range)) => spoken(number, range.decimals, lang),
            (Answer::Choices(chosen), _) => {
                let labels: Vec<_> = bits(chosen).map(|option| fact.options()[option].label.get(lang)).collect();
                labels.join(if lang == Lang::Zh { "、" } else { ", " })
            }
            _ => fact.words(answer, lang),
        }
    }

    /// A text; `None` if a slot of it, in either language, is not known.
    #[must_use]
    pub fn say(&self, template: &Template, lang: Lang) -> Option<String> {
        if template.slots().any(|slot| self.slot(slot, lang).is_none()) {
            return None;
        }
        Some(self.fill(template, lang))
    }

    /// A text in which what is not known stays a gap, to be filled in by hand.
    #[must_use]
    pub fn fill(&self, template: &Template, lang: Lang) -> String {
        let say = |piece: &Piece| match piece {
            Piece::Literal(text) => text.clone(),
            Piece::Slot(slot) => self.slot(*slot, lang).unwrap_or_else(|| GAP.to_owned()),
        };
        template.pieces(lang).iter().map(say).collect()
    }
}

impl SourcedText {
    /// What the section says to this community: the first variant that certainly
    /// applies and of which every slot is known, else the section's own text.
    #[must_use]
    pub fn say(&self, teller: &Teller<'_>, choices: &impl Choices, lang: Lang) -> String {
        self.say_with_sources(teller, choices, lang).0
    }

    /// The same, with the documents that what is said leans on.
    #[must_use]
    pub fn say_with_sources(&self, teller: &Teller<'_>, choices: &impl Choices, lang: Lang) -> (String, &[String]) {
        let applies = self.variants.iter().filter(|variant| variant.when.truth(teller.answers, choices) == Truth::Yes);
        let said = applies.filter_map(|variant| Some((teller.say(&variant.template, lang)?, variant.sources.as_slice()))).next();
        said.unwrap_or_else(|| (teller.fill(&self.template, lang), &self.sources))
    }
}

/// A number by the rules of the language: in Chinese in 万 and 亿 where that takes
/// at most two digits after the point, in English with commas.
///
/// ```
/// use qun::{kb::template::spoken, text::Lang};
/// assert_eq!(spoken(12_000, 0, Lang::Zh), "1.2万");
/// assert_eq!(spoken(12_345, 0, Lang::Zh), "12345");
/// assert_eq!(spoken(12_000, 0, Lang::En), "12,000");
/// assert_eq!(spoken(125, 1, Lang::En), "12.5");
/// ```
#[must_use]
pub fn spoken(number: i64, decimals: u32, lang: Lang) -> String {
    let scale = 10_i64.pow(decimals);
    if lang == Lang::Zh {
        for (word, size, digits) in [("亿", 100_000_000, 8), ("万", 10_000, 4)] {
            let whole = number / scale;
            if number % scale == 0 && whole.abs() >= size && whole % (size / 100) == 0 {
                return decimal(whole, digits) + word;
            }
        }
        return decimal(number, decimals);
    }
    let plain = decimal(number, decimals);
    let (whole, part) = plain.split_once('.').map_or((plain.as_str(), None), |(whole, part)| (whole, Some(part)));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut out = sign.to_owned();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    part.map_or(out.clone(), |part| format!("{out}.{part}"))
}
