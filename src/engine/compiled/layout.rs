//! Rows in the making: one per answer, and what of a condition they can hold.

use super::literals::Literals;
use super::plan::Shape;
use crate::answer::{Answer, Answers};
use crate::condition::{Condition, Variable};
use crate::fact::Kind;
use crate::ids::{CandidateRef, DecisionId, FactId, IndexVec, OptionSet};
use crate::kb::blocks::endings;
use crate::kb::{Keep, KnowledgeBase};
use std::collections::BTreeSet;

/// The most endings of an earlier decision that have rows.
const MOST_ENDINGS: usize = 4_096;

/// Where the points of a line stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    /// They hold whatever is answered.
    Base,
    /// In the rows of a fact.
    Fact(FactId),
    /// In the rows of an earlier decision's endings.
    Choice(DecisionId),
    /// In a row of their own.
    Clause,
    /// They never hold.
    Nowhere,
}

/// Rows in the making.
pub struct Rows<'a> {
    /// The base.
    pub kb: &'a KnowledgeBase,
    /// Per row: the fact and an answer that gives it.
    pub samples: Vec<(FactId, Answer)>,
    /// The shape of each fact.
    pub shapes: IndexVec<FactId, Shape>,
    /// The atoms that have bits so far.
    pub literals: Literals,
    /// Whether stated and observed facts can differ.
    pub has_gap: bool,
}

impl Rows<'_> {
    /// Gives a fact its rows; `cuts` are the numbers that conditions compare it with, sorted.
    pub fn add(&mut self, fact: FactId, kind: &Kind, cuts: Vec<i64>) {
        let first = u32::try_from(self.samples.len()).unwrap_or(u32::MAX);
        let answers: Vec<Answer> = match kind {
            Kind::Choice(options) => options.ids().map(Answer::Choice).collect(),
            Kind::Choices { options, .. } => options.ids().map(OptionSet::of).map(Answer::Choices).collect(),
            Kind::YesNo => vec![Answer::YesNo(false), Answer::YesNo(true)],
            Kind::Number(_) => std::iter::once(i64::MIN).chain(cuts.iter().copied()).map(Answer::Number).collect(),
        };
        self.shapes.push(match kind {
            Kind::Choice(_) => Shape::Choice { first },
            Kind::Choices { .. } => Shape::Choices { first, literals: Vec::new() },
            Kind::YesNo => Shape::YesNo { first },
            Kind::Number(_) => Shape::Number { first, thresholds: cuts },
        });
        self.samples.extend(answers.into_iter().map(|answer| (fact, answer)));
    }

    /// Gives the choices of a decision neighbouring bits, so that conditions on
    /// several of them fit one word.
    pub fn reserve_choices(&mut self, needed: &IndexVec<DecisionId, bool>) {
        let mut read: BTreeSet<CandidateRef> = BTreeSet::new();
        for decision in self.kb.decisions.iter().zip(needed).filter(|(_, needed)| **needed).map(|(decision, _)| decision) {
            for one in &decision.candidates {
                let clauses = one.evidence.iter().map(|line| &line.when).filter(|when| self.stand(when) == Stand::Clause);
                for condition in clauses.chain(one.needs.iter().map(|need| &need.when)) {
                    condition.atoms(&mut |atom| {
                        if let Condition::Chosen { decision, candidate } = atom {
                            read.insert((*decision, *candidate));
                        }
                    });
                }
            }
        }
        for (decision, candidate) in read {
            self.literals.bit(&Condition::Chosen { decision, candidate }, true);
        }
    }

    /// Whether a condition on a fact is a sum over its rows; of several choices
    /// only one that asks for a single one is.
    pub fn is_sum(&self, fact: FactId, condition: &Condition) -> bool {
        match condition {
            Condition::Has { options, .. } => options.len() == 1 || !self.is_set(fact),
            _ => !self.is_set(fact),
        }
    }

    /// Whether a fact has several choices, each with a row.
    pub fn is_set(&self, fact: FactId) -> bool {
        matches!(self.shapes[fact], Shape::Choices { .. })
    }

    /// The rows of a fact.
    pub fn rows_of(&self, fact: FactId) -> std::ops::Range<usize> {
        let end = |fact: FactId| self.samples.partition_point(|(of, _)| *of < fact);
        end(fact)..end(fact.next())
    }

    /// Whether a condition on one fact holds by this answer.
    pub fn holds(&self, condition: &Condition, fact: FactId, answer: Answer) -> bool {
        let mut answers = Answers::unknown(self.kb.facts.len());
        answers.set(fact, Some(answer));
        condition.truth(&answers, &()).is_yes()
    }

    /// Where the points of a line stand.
    pub fn stand(&self, condition: &Condition) -> Stand {
        if condition.truth(&Answers::unknown(self.kb.facts.len()), &()).is_yes() {
            return Stand::Base;
        }
        match condition.variables().as_slice() {
            [] => Stand::Nowhere,
            [Variable::Fact(fact)] if self.is_sum(*fact, condition) => Stand::Fact(*fact),
            [Variable::Choice(earlier)] if self.has_rows(*earlier) => Stand::Choice(*earlier),
            _ => Stand::Clause,
        }
    }

    /// Whether the endings of a decision have rows.
    fn has_rows(&self, earlier: DecisionId) -> bool {
        let one = &self.kb.decisions[earlier];
        one.keep == Keep::Leaders && endings(one.candidates.len()) <= MOST_ENDINGS
    }
}
