//! From a checked base to its plan.

use super::literals::Literals;
use super::proof::Proof;
use super::ruled::Stand;
use super::{Plan, Ruled, Shape};
use crate::answer::{Answer, Answers};
use crate::condition::{Condition, Variable};
use crate::engine::share;
use crate::fact::{Kind, Nature};
use crate::kb::blocks::thresholds;
use crate::kb::{Keep, KnowledgeBase};
use std::collections::BTreeSet;

/// The most points by which the odds are tabulated; behind that they are computed.
const ODDS: i32 = 4_096;

impl<'a> Plan<'a> {
    /// Compiles a base for these decisions; all of them if none is named.
    #[must_use]
    pub fn new(kb: &'a KnowledgeBase, decisions: &[usize]) -> Plan<'a> {
        let printed = |decision: usize| decisions.is_empty() || decisions.contains(&decision);
        let mut needed: Vec<bool> = (0..kb.decisions.len()).map(printed).collect();
        for decision in (0..kb.decisions.len()).rev() {
            if needed[decision] {
                for variable in kb.decisions[decision].conditions().flat_map(Condition::variables) {
                    if let Variable::Choice(earlier) = variable {
                        needed[earlier] = true;
                    }
                }
            }
        }
        let cuts = thresholds(kb.conditions());
        let leads = kb.decisions.iter().zip(&needed).any(|(one, needed)| *needed && one.keep == Keep::Leaders);
        let has = |nature: Nature| kb.facts.iter().any(|fact| fact.nature == nature);
        let has_gap = leads && has(Nature::Stated) && has(Nature::Observed);
        let mut rows = Rows { kb, samples: Vec::new(), shapes: Vec::new(), literals: Literals::default(), has_gap };
        for (number, fact) in kb.facts.iter().enumerate() {
            rows.add(number, &fact.kind, cuts.get(&number).map(|cuts| cuts.iter().copied().collect()).unwrap_or_default());
        }
        rows.reserve_choices(&needed);
        let mut ruled: Vec<Ruled> = Vec::new();
        for (number, decision) in kb.decisions.iter().enumerate() {
            ruled.push(if needed[number] {
                Ruled { printed: printed(number), ..rows.ruled(number, decision) }
            } else {
                Ruled::left_out(decision)
            });
        }
        rows.finish(ruled)
    }
}

/// Rows in the making.
pub struct Rows<'a> {
    /// The base.
    pub kb: &'a KnowledgeBase,
    /// Per row: the fact and an answer that gives it.
    pub samples: Vec<(usize, Answer)>,
    /// The shape of each fact.
    pub shapes: Vec<Shape>,
    /// The atoms that have bits so far.
    pub literals: Literals,
    /// Whether stated and observed facts can differ.
    pub has_gap: bool,
}

impl<'a> Rows<'a> {
    fn add(&mut self, fact: usize, kind: &Kind, cuts: Vec<i64>) {
        let first = u32::try_from(self.samples.len()).unwrap_or(u32::MAX);
        let answers: Vec<Answer> = match kind {
            Kind::Choice(options) => (0..options.len()).map(|one| Answer::Choice(u8::try_from(one).unwrap_or(u8::MAX))).collect(),
            Kind::Choices { options, .. } => (0..options.len()).map(|one| Answer::Choices(1 << one)).collect(),
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
    fn reserve_choices(&mut self, needed: &[bool]) {
        let mut read: BTreeSet<(usize, usize)> = BTreeSet::new();
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
    pub fn is_sum(&self, fact: usize, condition: &Condition) -> bool {
        match condition {
            Condition::Has { options, .. } => options.is_power_of_two() || !self.is_set(fact),
            _ => !self.is_set(fact),
        }
    }

    /// Whether a fact has several choices, each with a row.
    pub fn is_set(&self, fact: usize) -> bool {
        matches!(self.shapes[fact], Shape::Choices { .. })
    }

    /// The rows of a fact.
    pub fn rows_of(&self, fact: usize) -> std::ops::Range<usize> {
        let end = |fact: usize| self.samples.partition_point(|(of, _)| *of < fact);
        end(fact)..end(fact + 1)
    }

    /// Whether a condition on one fact holds by this answer.
    pub fn holds(&self, condition: &Condition, fact: usize, answer: Answer) -> bool {
        let mut answers = Answers::unknown(self.kb.facts.len());
        answers.set(fact, Some(answer));
        condition.truth(&answers, &()).is_yes()
    }

    /// Puts the literals into the rows.
    fn finish(self, mut ruled: Vec<Ruled>) -> Plan<'a> {
        let (kb, words) = (self.kb, self.literals.words());
        let mut row_bits = vec![0_u64; self.samples.len() * words];
        let mut row_takes = row_bits.clone();
        let mut facts = self.shapes.clone();
        for (atom, yes, bit) in self.literals.all() {
            let Some(Variable::Fact(fact)) = atom.variable() else { continue };
            let (word, mask) = ((bit / 64) as usize, 1 << (bit % 64));
            // Of several choices one is enough to have it; to have none, all must be seen.
            let is_none = !yes && self.is_set(fact);
            if let (true, Shape::Choices { literals, .. }) = (is_none, &mut facts[fact]) {
                literals.resize(words, 0);
                literals[word] |= mask;
            }
            for row in self.rows_of(fact) {
                if self.holds(atom, fact, self.samples[row].1) == (yes || is_none) {
                    let bits = if is_none { &mut row_takes } else { &mut row_bits };
                    bits[row * words + word] |= mask;
                }
            }
        }
        for (decision, one) in ruled.iter_mut().enumerate() {
            let literal = |candidate: usize, yes| self.literals.find(&Condition::Chosen { decision, candidate }, yes);
            let literals = (0..one.candidates).map(|candidate| (candidate, literal(candidate, true), literal(candidate, false)));
            one.noted = literals.filter(|(_, kept, dropped)| kept.is_some() || dropped.is_some()).collect();
        }
        Plan {
            kb,
            facts,
            needs_answers: ruled.iter().any(|one| matches!(one.proof, Proof::Engine(_))),
            stated: self.samples.iter().map(|row| kb.facts[row.0].nature == Nature::Stated).collect(),
            row_bits,
            row_takes,
            words,
            decisions: ruled,
            odds: (0..=ODDS).map(|behind| share::weight(-behind, kb.temperature)).collect(),
        }
    }
}
