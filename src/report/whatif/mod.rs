//! What if: before and after, what would have to change, what each answer is worth.

mod each;
mod effect;
pub mod json;
mod ways;

pub use each::{page as each, what};
pub use effect::page as effect;
pub(super) use effect::{plan, readiness};
pub use ways::{become_page, open_page};

use super::page::{Block, Page};
use crate::answer::{Answer, Answers};
use crate::ids::{FactId, OptionSet};
use crate::kb::KnowledgeBase;
use crate::text::Lang;
use crate::words;

/// What every page is made from.
#[derive(Clone, Copy)]
struct Teller<'a> {
    kb: &'a KnowledgeBase,
    answers: &'a Answers,
    lang: Lang,
}

impl Teller<'_> {
    fn say(&self, key: &str) -> String {
        words::say(key, self.lang).to_owned()
    }

    fn fill(&self, key: &str, gaps: &[(&str, &str)]) -> String {
        words::fill(key, self.lang, gaps)
    }

    fn label(&self, fact: FactId) -> &str {
        self.kb.facts[fact].label.get(self.lang)
    }

    /// An answer in words, or that there is none.
    fn answer(&self, fact: FactId, answer: Option<Answer>) -> String {
        answer.map_or_else(|| self.say("whatif.no-answer"), |answer| self.kb.facts[fact].words(answer, self.lang))
    }

    /// A changed answer: what it was, what it becomes; of several choices what is
    /// added or taken away, where that says it.
    fn change(&self, fact: FactId, to: Option<Answer>) -> String {
        if let (Some(Answer::Choices(was)), Some(Answer::Choices(is))) = (self.answers.get(fact), to) {
            let says = |key: &str, set: OptionSet| {
                let options = self.kb.facts[fact].words(Answer::Choices(set), self.lang);
                self.fill(key, &[("label", self.label(fact)), ("options", &options)])
            };
            let beyond = |set: OptionSet, other: OptionSet| set.iter().filter(|option| !other.contains(*option)).collect();
            if is & was == was {
                return says("whatif.added", beyond(is, was));
            }
            if is & was == is {
                return says("whatif.taken", beyond(was, is));
            }
        }
        let gaps = [
            ("label", self.label(fact).to_owned()),
            ("before", self.answer(fact, self.answers.get(fact))),
            ("after", self.answer(fact, to)),
        ];
        self.fill("whatif.change", &gaps.each_ref().map(|(gap, text)| (*gap, text.as_str())))
    }
}

/// A page of one sentence.
fn said(text: String) -> Page {
    Page { screen: vec![Block::Lead(text)], sections: Vec::new() }
}
