//! Answers as the tables take them: rows to add up, and which facts are known.

use super::plan::{Plan, Shape};
use crate::answer::{Answer, Answers};
use crate::ids::{FactId, OptionSet};
use crate::kb::blocks::cell;

/// The answers of one profile.
#[derive(Debug, Clone, Default)]
pub struct Marks {
    /// Rows of the tables.
    pub rows: Vec<u32>,
    /// One bit per fact that is known.
    pub known: Vec<u64>,
    /// Answers with several choices, for conditions on the whole set.
    pub sets: Vec<(FactId, OptionSet)>,
    /// The answers themselves, where a proof needs them.
    pub given: Vec<(FactId, Answer)>,
    /// Facts that were answered "don't know": unknown, and not to be asked.
    pub declined: Vec<FactId>,
}

impl Marks {
    /// Nothing known about any of `facts` facts.
    #[inline]
    pub fn clear(&mut self, facts: usize) {
        self.rows.clear();
        self.sets.clear();
        self.given.clear();
        self.declined.clear();
        self.known.resize(facts.div_ceil(64), 0);
        self.known.fill(0);
    }

    /// Notes that a fact is known.
    #[inline]
    pub fn know(&mut self, fact: FactId) {
        if let Some(word) = self.known.get_mut(fact.index() / 64) {
            *word |= 1 << (fact.index() % 64);
        }
    }

    /// Keeps an answer for a proof that needs it.
    pub fn give(&mut self, fact: FactId, answer: Answer) {
        self.given.push((fact, answer));
    }

    /// How many facts are known.
    #[must_use]
    pub fn count(&self) -> usize {
        self.known.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Marks the rows of one answer.
    #[inline]
    pub fn set(&mut self, plan: &Plan<'_>, fact: FactId, answer: Answer) {
        match (&plan.facts[fact], answer) {
            (Shape::Choice { first }, Answer::Choice(option)) => self.rows.push(first + u32::from(option)),
            (Shape::YesNo { first }, Answer::YesNo(yes)) => self.rows.push(first + u32::from(yes)),
            (Shape::Number { first, thresholds }, Answer::Number(number)) => self.rows.push(first + cell(thresholds, number)),
            (Shape::Choices { first, literals }, Answer::Choices(chosen)) => {
                self.choices(*first, chosen);
                if !literals.is_empty() {
                    self.sets.push((fact, chosen));
                }
            }
            _ => return,
        }
        self.know(fact);
        if plan.needs_answers {
            self.given.push((fact, answer));
        }
    }

    /// Marks a row per chosen option.
    #[inline]
    pub fn choices(&mut self, first: u32, chosen: OptionSet) {
        let mut left = chosen.bits();
        while left != 0 {
            self.rows.push(first + left.trailing_zeros());
            left &= left - 1;
        }
    }

    /// Marks the rows of all known answers.
    pub fn fill(&mut self, plan: &Plan<'_>, answers: &Answers) {
        self.clear(plan.facts.len());
        for fact in answers.facts() {
            match answers.get(fact) {
                Some(answer) => self.set(plan, fact, answer),
                None if answers.is_declined(fact) => self.declined.push(fact),
                None => {}
            }
        }
    }
}
