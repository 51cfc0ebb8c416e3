//! The outcome: what was decided, why, and what is still open.
//!
//! Indices refer to the knowledge base that judged. Every list has the order in
//! which it is shown.

use super::bounds::Endings;
use super::chain::Kept;
use super::kernel::{Readiness, Standing};
use crate::ids::{CandidateId, DecisionId, IndexVec, LineId, NeedId};
use crate::truth::Truth;

/// The judgement of one profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// One outcome per decision, in the order of the base.
    pub decisions: IndexVec<DecisionId, Outcome>,
    /// What the operator says and what can be seen, where they point to different candidates.
    pub gap: Option<Gap>,
    /// How many answers are known.
    pub known: usize,
    /// What each leader decision keeps.
    pub(crate) kept: Kept,
    /// What each leader decision may still end with.
    pub(crate) endings: Endings,
}

/// What came out of one decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The decision.
    pub decision: DecisionId,
    /// Every candidate, the most points first; of a decision that keeps all by
    /// readiness, then by points. Ties in the order of the base.
    pub ranked: Vec<Ranked>,
    /// For leader decisions: leader first, perhaps a second; empty if it abstains.
    pub chosen: Vec<CandidateId>,
    /// For leader decisions that do not abstain: points of the leader over the next.
    pub margin: Option<i32>,
    /// For leader decisions that do not abstain: how sure the leader is.
    pub sureness: Option<Sureness>,
    /// Earlier decisions that this one reads and that open answers may still change.
    pub assuming: Vec<DecisionId>,
}

/// How sure a leader is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sureness {
    /// No completion of the open answers takes the first place from the leader, or its floor.
    pub settled: bool,
    /// How many open answers at least would all have to speak against it to
    /// change it; `None` if no number would.
    pub open: Option<usize>,
    /// How many answers at least, given ones included, would all have to be
    /// different; `None` if no number would.
    pub wrong: Option<usize>,
}

/// A candidate with its account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranked {
    /// The candidate.
    pub candidate: CandidateId,
    /// The sum of the points of its lines that hold.
    pub points: i32,
    /// Its share in ten-thousandths; only for leader decisions.
    pub share: Option<u32>,
    /// For all-keeping decisions: where it was sorted to.
    pub group: Option<Readiness>,
    /// For all-keeping decisions: what that hangs on.
    pub standing: Option<Standing>,
    /// What each line of its evidence is worth, in the order of the base.
    pub lines: IndexVec<LineId, Truth>,
    /// What each of its needs is worth, in the order of the base: those of its
    /// file, then those that rules of the law and the deadline make.
    pub needs: IndexVec<NeedId, Truth>,
    /// Candidates of the same decision that should come first and are not run yet.
    pub after: Vec<CandidateId>,
}

/// What is said and what is seen point to different candidates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The decision.
    pub decision: DecisionId,
    /// The leader by the stated facts alone.
    pub stated: CandidateId,
    /// The leader by the observed facts alone.
    pub observed: CandidateId,
}

impl Judgement {
    /// Whether a decision has a leader that open answers cannot change.
    #[must_use]
    pub fn is_settled(&self, decision: DecisionId) -> bool {
        self.decisions.get(decision).and_then(|outcome| outcome.sureness).is_some_and(|sureness| sureness.settled)
    }
}

impl Outcome {
    /// The account of a candidate.
    #[must_use]
    pub fn of(&self, candidate: CandidateId) -> Option<&Ranked> {
        self.ranked.iter().find(|ranked| ranked.candidate == candidate)
    }

    /// The candidates of a group, in their order.
    pub fn group(&self, group: Readiness) -> impl Iterator<Item = &Ranked> {
        self.ranked.iter().filter(move |ranked| ranked.group == Some(group))
    }
}

impl Ranked {
    /// Whether it runs and goes on, or could begin.
    #[must_use]
    pub fn is_alive(&self) -> bool {
        self.group.is_some_and(Readiness::is_alive)
    }

    /// Its needs that are worth this, as numbers.
    pub fn needs_that_are(&self, truth: Truth) -> impl Iterator<Item = NeedId> {
        self.needs.pairs().filter(move |(_, of)| **of == truth).map(|(need, _)| need)
    }
}
