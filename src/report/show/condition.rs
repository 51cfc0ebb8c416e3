//! A condition in words: labels of facts and options instead of ids.

use super::Guide;
use crate::condition::Condition;
use crate::ids::{CandidateId, DecisionId, FactId};
use crate::text::Lang;

impl Guide<'_> {
    /// A condition for a reader.
    pub(super) fn condition(&self, condition: &Condition) -> String {
        match condition {
            Condition::Is { fact, options } | Condition::Has { fact, options } => {
                let one = &self.kb.facts[*fact];
                let labels = options.iter().filter_map(|option| one.options().get(option)).map(|option| self.text(&option.label));
                let labels = labels.collect::<Vec<_>>().join(&self.say("show.or"));
                format!("{}{}{labels}", one.label.get(self.lang), self.colon())
            }
            Condition::Yes { fact } => {
                let one = &self.kb.facts[*fact];
                let yes = one.words(crate::answer::Answer::YesNo(true), self.lang);
                format!("{}{}{yes}", one.label.get(self.lang), self.colon())
            }
            Condition::AtLeast { fact, bound } => self.compared("show.at-least", *fact, *bound),
            Condition::Below { fact, bound } => self.compared("show.below", *fact, *bound),
            Condition::Chosen { decision, candidate } => self.chosen(*decision, &[*candidate]),
            Condition::All(parts) => self.joined("show.and", parts),
            Condition::Any(parts) => match one_decision(parts) {
                Some((decision, candidates)) => self.chosen(decision, &candidates),
                None => self.joined("show.or", parts),
            },
            Condition::Known(part) => self.condition(part),
            Condition::Not(part) => self.fill("show.not", &[("condition", &self.nested(part))]),
        }
    }

    /// A number of a fact with its unit.
    pub(super) fn number(&self, fact: FactId, number: i64) -> String {
        let one = &self.kb.facts[fact];
        one.words(crate::answer::Answer::Number(number), self.lang)
    }

    fn chosen(&self, decision: DecisionId, candidates: &[CandidateId]) -> String {
        let names: Vec<String> = candidates.iter().map(|one| self.named(decision, *one)).collect();
        let heading = self.kb.decisions[decision].heading.get(self.lang);
        format!("{heading}{}{}", self.colon(), names.join(&self.say("show.or")))
    }

    fn compared(&self, key: &str, fact: FactId, bound: i64) -> String {
        let label = self.kb.facts[fact].label.get(self.lang);
        format!("{label}{}{}", self.colon(), self.fill(key, &[("number", &self.number(fact, bound))]))
    }

    fn joined(&self, key: &str, parts: &[Condition]) -> String {
        parts.iter().map(|part| self.nested(part)).collect::<Vec<_>>().join(&self.say(key))
    }

    /// A condition inside another: in brackets if it is joined itself.
    fn nested(&self, condition: &Condition) -> String {
        let words = self.condition(condition);
        match condition {
            Condition::All(_) | Condition::Any(_) if self.lang == Lang::Zh => format!("（{words}）"),
            Condition::All(_) | Condition::Any(_) => format!("({words})"),
            _ => words,
        }
    }
}

/// The candidates of one decision, if the parts ask for nothing but these.
fn one_decision(parts: &[Condition]) -> Option<(DecisionId, Vec<CandidateId>)> {
    let chosen = |part: &Condition| match part {
        Condition::Chosen { decision, candidate } => Some((*decision, *candidate)),
        _ => None,
    };
    let (first, _) = chosen(parts.first()?)?;
    let all: Option<Vec<CandidateId>> =
        parts.iter().map(|part| chosen(part).filter(|(decision, _)| *decision == first).map(|(_, one)| one)).collect();
    Some((first, all?))
}
