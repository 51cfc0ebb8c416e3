//! Saying texts of the base to one community.
//!
//! What is said depends on the answers alone, and a text with a slot that
//! nothing is known about is not said at all.

use super::template::{GAP, Piece, Slot, Template};
use super::{KnowledgeBase, SourcedText};
use crate::answer::{Answer, Answers};
use crate::condition::Choices;
use crate::fact::{Kind, spoken};
use crate::ids::FactId;
use crate::text::Lang;
use crate::truth::Truth;

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

    fn answer(&self, fact: FactId, answer: Answer, lang: Lang) -> String {
        let fact = &self.kb.facts[fact];
        match (answer, &fact.kind) {
            (Answer::Number(number), Kind::Number(range)) => spoken(number, range.decimals, lang),
            (Answer::Choices(chosen), _) => {
                let labels: Vec<_> = chosen.iter().map(|option| fact.options()[option].label.get(lang)).collect();
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

    /// What [`say`](SourcedText::say) gives, with the documents that it leans on.
    #[must_use]
    pub fn say_with_sources(&self, teller: &Teller<'_>, choices: &impl Choices, lang: Lang) -> (String, &[String]) {
        let mut applies = self.variants.iter().filter(|variant| variant.when.truth(teller.answers, choices) == Truth::Yes);
        let said = applies.find_map(|variant| Some((teller.say(&variant.template, lang)?, variant.sources.as_slice())));
        said.unwrap_or_else(|| (teller.fill(&self.template, lang), &self.sources))
    }
}
