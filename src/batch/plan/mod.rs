//! A knowledge base compiled for judging many profiles.
//!
//! Every answer is a row of points, one column per candidate, and points are
//! sums of rows. Conditions that read several facts are tested on bits (see
//! [`literals`]) and then add a row as well. What open answers could change is
//! tabulated per fact (see [`proof`]). All of it gives what [`crate::engine`]
//! gives, to the point; the tests hold the two against each other.

mod compile;
pub mod literals;
pub mod proof;

use crate::kb::{Keep, KnowledgeBase};
use literals::Test;
use proof::Proof;

/// How many candidates one table is wide.
pub const WIDTH: usize = 8;

/// The points of up to [`WIDTH`] candidates.
pub type Lane = [i32; WIDTH];

/// A compiled base.
#[derive(Debug, Clone)]
pub struct Plan<'a> {
    /// The base.
    pub kb: &'a KnowledgeBase,
    /// The shape of each fact.
    pub facts: Vec<Shape>,
    /// Per row of a fact: whether the fact is stated.
    pub stated: Vec<bool>,
    /// Per row, [`Plan::words`] words of literals.
    pub row_bits: Vec<u64>,
    /// How many words hold the literals.
    pub words: usize,
    /// The decisions.
    pub decisions: Vec<Ruled>,
    /// Whether any fact is stated and any is observed, so that they can differ.
    pub has_gap: bool,
    /// Whether a proof needs the answers themselves.
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
        /// Literals on the whole set: the options, whether having one or having none is meant, the bit.
        literals: Vec<(u64, bool, u32)>,
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
    /// Points by row; one table per [`WIDTH`] candidates. The rows of clauses follow those of facts.
    pub tables: Vec<Vec<Lane>>,
    /// What must hold for each further row.
    pub clauses: Vec<Test>,
    /// Points that hold whatever is answered.
    pub base: Vec<Lane>,
    /// Bits that further conditions set before needs are looked at.
    pub derived: Vec<(Test, u32)>,
    /// Per candidate, the needs as masks.
    pub needs: Vec<Needs>,
    /// Per candidate, the literals of its being kept and of its not being kept.
    pub chosen: Vec<(Option<u32>, Option<u32>)>,
    /// What open answers could change.
    pub proof: Proof,
}

/// The needs of a candidate as masks over literals.
#[derive(Debug, Clone, Default)]
pub struct Needs {
    /// All of these: nothing is missing.
    pub met: Vec<(usize, u64)>,
    /// Any of these: something is missing.
    pub unmet: Vec<(usize, u64)>,
    /// Any of these: something is missing for good.
    pub never: Vec<(usize, u64)>,
}

/// The decisions that a run prints.
pub fn printed(options: &super::options::Options, kb: &KnowledgeBase) -> impl Iterator<Item = usize> {
    (0..kb.decisions.len()).filter(|decision| options.decisions.is_empty() || options.decisions.contains(decision))
}

impl Plan<'_> {
    /// Whether a shape's fact and an answer's kind belong together is vouched
    /// for by the reader; this is how many rows facts have.
    #[must_use]
    pub fn fact_rows(&self) -> usize {
        self.stated.len()
    }
}

impl Ruled {
    /// Columns, padded.
    #[must_use]
    pub fn padded(&self) -> usize {
        self.tables.len() * WIDTH
    }
}
