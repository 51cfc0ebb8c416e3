//! Answers: what is known about one community, fact by fact.

use crate::ids::{FactId, IndexVec, OptionId, OptionSet};
use serde::{Deserialize, Serialize};

/// The value of one fact. Options are numbered as the fact lists them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Answer {
    /// The chosen option of a one-choice fact.
    Choice(OptionId),
    /// The chosen options of a several-choices fact; never none.
    Choices(OptionSet),
    /// A number, scaled by ten to the fact's decimals.
    Number(i64),
    /// Yes or no.
    YesNo(bool),
}

/// What is known about a community. A fact without an answer is unknown, which
/// is not "no".
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Answers {
    values: IndexVec<FactId, Option<Answer>>,
    declined: IndexVec<FactId, bool>,
}

impl Answers {
    /// Nothing known yet about any of `facts` facts.
    #[must_use]
    pub fn unknown(facts: usize) -> Answers {
        Answers { values: IndexVec::filled(None, facts), declined: IndexVec::filled(false, facts) }
    }

    /// The answer to a fact, if it is known.
    #[must_use]
    pub fn get(&self, fact: FactId) -> Option<Answer> {
        self.values.get(fact).copied().flatten()
    }

    /// Writes an answer down, or takes it back with `None`.
    pub fn set(&mut self, fact: FactId, answer: Option<Answer>) {
        self.values[fact] = answer;
        self.declined[fact] = false;
    }

    /// Forgets all of them.
    pub fn clear(&mut self) {
        self.values.iter_mut().for_each(|value| *value = None);
        self.declined.iter_mut().for_each(|declined| *declined = false);
    }

    /// Puts back what `others` know of a fact.
    pub fn restore(&mut self, fact: FactId, others: &Answers) {
        self.values[fact] = others.get(fact);
        self.declined[fact] = others.is_declined(fact);
    }

    /// Takes every answer that the other gives.
    pub fn overlay(&mut self, other: &Answers) {
        for fact in other.values.ids() {
            if let Some(answer) = other.get(fact) {
                self.set(fact, Some(answer));
            }
        }
    }

    /// Notes that the answer is "don't know": judged as unknown, never asked again.
    pub fn decline(&mut self, fact: FactId) {
        self.values[fact] = None;
        self.declined[fact] = true;
    }

    /// Whether the answer was "don't know".
    #[must_use]
    pub fn is_declined(&self, fact: FactId) -> bool {
        self.declined.get(fact).copied().unwrap_or(false)
    }

    /// Whether the fact could still be asked.
    #[must_use]
    pub fn is_open(&self, fact: FactId) -> bool {
        self.get(fact).is_none() && !self.is_declined(fact)
    }

    /// The facts, known or not, in the order of the base.
    pub fn facts(&self) -> impl DoubleEndedIterator<Item = FactId> + ExactSizeIterator + Clone + use<> {
        self.values.ids()
    }

    /// How many facts there are, known or not.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there are no facts at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// How many answers are known.
    #[must_use]
    pub fn known(&self) -> usize {
        self.values.iter().flatten().count()
    }
}
