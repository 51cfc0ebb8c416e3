//! What columns are called: ids with underscores, so that nobody must quote them.
//!
//! No id has two hyphens in a row, so a name with two underscores in a row is
//! free for what stands between the table and the result.

use crate::ids::{CandidateId, DecisionId, FactId};
use crate::kb::{Decision, KnowledgeBase};

/// The column of what a profile is known by.
pub const ID: &str = "id";

fn snake(id: &str) -> String {
    id.replace('-', "_")
}

/// The column of a fact in the table of profiles.
pub fn fact(kb: &KnowledgeBase, fact: FactId) -> String {
    snake(&kb.facts[fact].id)
}

/// The column that says whether the answer to a fact of several choices is known.
pub fn known(kb: &KnowledgeBase, fact: FactId) -> String {
    format!("{}_known", self::fact(kb, fact))
}

/// The options of a fact, as a number or a set.
pub fn coded(kb: &KnowledgeBase, fact: FactId) -> String {
    format!("{}__is", self::fact(kb, fact))
}

/// A column of a clash.
pub fn clash(id: &str) -> String {
    format!("clash_{}", snake(id))
}

/// The columns of one decision.
pub struct Names<'a> {
    one: &'a Decision,
    number: DecisionId,
}

impl<'a> Names<'a> {
    /// Those of a decision of a base.
    pub fn of_decision(kb: &'a KnowledgeBase, number: DecisionId) -> Names<'a> {
        Names { one: &kb.decisions[number], number }
    }

    /// A column about the whole decision.
    pub fn whole(&self, what: &str) -> String {
        format!("{}_{what}", self.leader())
    }

    /// The column of the leader.
    pub fn leader(&self) -> String {
        snake(&self.one.id)
    }

    /// A column about a candidate.
    pub fn of(&self, what: &str, candidate: CandidateId) -> String {
        format!("{}_{what}_{}", self.leader(), snake(&self.one.candidates[candidate].id))
    }

    /// An inner column about the whole decision.
    pub fn inner(&self, what: &str) -> String {
        format!("d{}__{what}", self.number.index())
    }

    /// An inner column about a candidate, or about something else by its number.
    pub fn inner_of(&self, what: &str, at: usize) -> String {
        format!("d{}__{what}_{at}", self.number.index())
    }
}
