//! The plan of a base: all that judging a profile needs, laid out beforehand.

use super::clashing::Clashing;
use super::needs::Needs;
use super::proof::Proof;
use super::steps::Steps;
use super::sums::{Points, Sums};
use crate::ids::{CandidateId, DecisionId, FactId, IndexVec};
use crate::kb::{Decision, Keep, KnowledgeBase};

/// A compiled base.
#[derive(Debug, Clone)]
pub struct Plan<'a> {
    /// The base.
    pub kb: &'a KnowledgeBase,
    /// The shape of each fact.
    pub facts: IndexVec<FactId, Shape>,
    /// Per row of a fact: whether the fact is stated.
    pub stated: Vec<bool>,
    /// Per row, [`Plan::words`] words of literals.
    pub row_bits: Vec<u64>,
    /// Per row, likewise, those that an option of several takes away.
    pub row_takes: Vec<u64>,
    /// How many words hold the literals.
    pub words: usize,
    /// The decisions.
    pub decisions: IndexVec<DecisionId, Ruled>,
    /// Which answers contradict each other.
    pub clashing: Clashing,
    /// Whether somebody needs the answers themselves.
    pub needs_answers: bool,
    /// The odds of points behind the first, by difference.
    pub odds: Vec<f64>,
}

/// How the answer to a fact becomes rows.
#[derive(Debug, Clone)]
pub enum Shape {
    /// One row per option.
    Choice {
        /// The row of the first option.
        first: u32,
    },
    /// One row for no, one for yes.
    YesNo {
        /// The row for no.
        first: u32,
    },
    /// One row per cell between thresholds.
    Number {
        /// The row of the lowest cell.
        first: u32,
        /// The thresholds, sorted.
        thresholds: Vec<i64>,
    },
    /// One row per chosen option.
    Choices {
        /// The row of the first option.
        first: u32,
        /// The literals of having none of some options, by word; nothing if there are none.
        literals: Vec<u64>,
    },
}

/// A compiled decision.
#[derive(Debug, Clone)]
pub struct Ruled {
    /// What it keeps.
    pub keep: Keep,
    /// Whether it is asked for, or read by one that is.
    pub needed: bool,
    /// Whether it is printed.
    pub printed: bool,
    /// How many candidates it has.
    pub candidates: usize,
    /// Points by row: the rows of facts, of endings, of clauses.
    pub sums: Sums,
    /// Which other columns follow those of the candidates.
    pub sides: Sides,
    /// The earlier decisions whose endings have rows.
    pub endings: Vec<Earlier>,
    /// What the clauses ask for, and bits that needs ask for.
    pub steps: Steps,
    /// The needs of the candidates.
    pub needs: Needs,
    /// Whether a candidate of a later decision serves one of its own.
    pub is_served: bool,
    /// Candidates whose being kept or not is a literal: those two.
    pub noted: Vec<(CandidateId, Option<u32>, Option<u32>)>,
    /// What open answers could change.
    pub proof: Proof,
}

/// How the points by the observed and by the stated answers alone come about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sides {
    /// Nobody asks for them.
    None,
    /// As columns: after those of all answers one per candidate for the
    /// observed, then one for the stated.
    Columns,
    /// A clause joins both kinds of answers, so each is judged by itself.
    Apart,
}

/// An earlier decision whose endings have rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Earlier {
    /// The decision.
    pub decision: DecisionId,
    /// The row of its first ending (see [`ending`](crate::kb::blocks::ending)).
    pub first: u32,
}

impl Plan<'_> {
    /// Has the answers themselves kept in the marks, for [`Verify`](super::verify::Verify).
    pub fn keep_answers(&mut self) {
        self.needs_answers = true;
    }

    /// The decisions that are printed, in the order of the base.
    pub fn printed(&self) -> impl Iterator<Item = DecisionId> {
        self.decisions.pairs().filter(|(_, ruled)| ruled.printed).map(|(decision, _)| decision)
    }
}

impl Ruled {
    /// A decision that nobody asks for.
    #[must_use]
    pub fn left_out(decision: &Decision) -> Ruled {
        Ruled {
            keep: decision.keep,
            needed: false,
            printed: false,
            candidates: decision.candidates.len(),
            sums: Sums::new(&Points::default(), 0),
            sides: Sides::None,
            endings: Vec::new(),
            steps: Steps::default(),
            needs: Needs::default(),
            is_served: false,
            noted: Vec::new(),
            proof: Proof::None,
        }
    }
}
