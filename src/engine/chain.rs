//! The chain of decisions: each sees what the earlier ones keep.

use super::kernel::{Chosen, Rule};
use super::score::all_points;
use crate::answer::Answers;
use crate::condition::Choices;
use crate::ids::{CandidateId, DecisionId, IndexVec};
use crate::kb::{Keep, KnowledgeBase};
use crate::truth::Truth;

/// What each earlier leader decision keeps.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kept {
    decisions: IndexVec<DecisionId, Option<Chosen>>,
}

impl Kept {
    /// Notes what the next decision keeps; `None` for one that keeps all.
    pub fn push(&mut self, kept: Option<Chosen>) {
        self.decisions.push(kept);
    }

    /// What a decision keeps: nobody if it abstains, keeps all or was not taken yet.
    #[must_use]
    pub fn of(&self, decision: DecisionId) -> Chosen {
        self.decisions.get(decision).copied().flatten().unwrap_or_default()
    }
}

impl Choices for Kept {
    fn chosen(&self, decision: DecisionId, candidate: CandidateId) -> Truth {
        match self.of(decision) {
            Chosen::NOBODY => Truth::Unknown,
            kept => kept.contains(candidate).into(),
        }
    }
}

impl Rule {
    /// What a base asks of points.
    #[must_use]
    pub fn of(kb: &KnowledgeBase) -> Rule {
        Rule { floor: kb.floor, second_floor: kb.second_floor, margin: kb.hybrid_margin, gap_margin: kb.gap_margin }
    }
}

/// What the decisions before `end` keep.
#[must_use]
pub fn chain(kb: &KnowledgeBase, answers: &Answers, end: DecisionId) -> Kept {
    let mut kept = Kept::default();
    for (number, decision) in kb.decisions.pairs().take(end.index()) {
        let leads = decision.keep == Keep::Leaders;
        kept.push(leads.then(|| Rule::of(kb).choose(&all_points(kb, number, answers, &kept))));
    }
    kept
}
