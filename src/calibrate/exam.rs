//! The exam: one leader decision, judged for every case that expects something of it.
//!
//! An exam asks what comes out, not what open answers could still change, so it
//! scores and chooses without the bounds that a whole judgement proves.

use crate::engine::chain::chain;
use crate::engine::kernel::{Points, Rule, ranking};
use crate::engine::score::{all_points, truths};
use crate::engine::{share, stated};
use crate::ids::{CandidateId, DecisionId, FactId, IndexVec, LineId};
use crate::kb::{Case, Keep, KnowledgeBase};
use crate::truth::Truth;

/// What came out for every case.
#[derive(Debug, Clone)]
pub struct Exam<'a> {
    /// The base that judged.
    pub kb: &'a KnowledgeBase,
    /// The leader decision that was judged.
    pub decision: DecisionId,
    /// The facts that were left out of every case.
    pub without: Vec<FactId>,
    /// One verdict per case with a label for the decision, in the order of the cases.
    pub verdicts: Vec<Verdict<'a>>,
    /// The same for cases of which a person said that nobody should lead.
    pub nobody: Vec<Verdict<'a>>,
}

/// What came out for one case.
#[derive(Debug, Clone)]
pub struct Verdict<'a> {
    /// The case.
    pub case: &'a Case,
    /// The labels that a person gave it, the first one first; empty where nobody should lead.
    pub expected: Vec<CandidateId>,
    /// The candidates by points, the greatest first.
    pub order: Vec<CandidateId>,
    /// The leader and perhaps a second; empty for an abstention.
    pub chosen: Vec<CandidateId>,
    /// The points of every candidate, by candidate.
    pub points: Points,
    /// What every line of evidence is worth, by candidate.
    pub lines: IndexVec<CandidateId, IndexVec<LineId, Truth>>,
    /// The share of every candidate, from 0 to 1 and not rounded, by candidate.
    pub shares: IndexVec<CandidateId, f64>,
    /// Whether the judgement says that what is stated and what is seen differ.
    pub gap: bool,
}

/// The first decision that keeps leaders: the one judged unless another is asked for.
#[must_use]
pub fn first_leaders(kb: &KnowledgeBase) -> Option<DecisionId> {
    kb.decisions.position(|decision| decision.keep == Keep::Leaders)
}

impl<'a> Exam<'a> {
    /// Judges a decision for every case, the answers to the facts of `without` taken away.
    #[must_use]
    pub fn take(
        kb: &'a KnowledgeBase,
        cases: impl IntoIterator<Item = &'a Case>,
        decision: DecisionId,
        without: &[FactId],
    ) -> Exam<'a> {
        let verdict = |case: &'a Case| {
            let expected = case.expected(decision)?;
            let mut answers = case.answers.clone();
            for fact in without {
                answers.set(*fact, None);
            }
            Some(Verdict::of(kb, case, decision, expected, &answers))
        };
        let (verdicts, nobody) = cases.into_iter().filter_map(verdict).partition(|one| !one.expected.is_empty());
        Exam { kb, decision, without: without.to_vec(), verdicts, nobody }
    }
}

/// The labels of a case for a decision, if it has any.
pub(super) fn labels(case: &Case, decision: DecisionId) -> Option<&[CandidateId]> {
    case.expected(decision).filter(|labels| !labels.is_empty())
}

impl<'a> Verdict<'a> {
    /// Judges one case with answers that need not be its own.
    pub(super) fn of(
        kb: &KnowledgeBase,
        case: &'a Case,
        decision: DecisionId,
        expected: &[CandidateId],
        answers: &crate::answer::Answers,
    ) -> Verdict<'a> {
        let mut kept = chain(kb, answers, decision);
        let points = all_points(kb, decision, answers, &kept);
        let chosen = Rule::of(kb).choose(&points);
        let candidates = kb.decisions[decision].candidates.iter();
        let lines = candidates.map(|candidate| truths(candidate, answers, &kept)).collect();
        kept.push(Some(chosen));
        Verdict {
            case,
            expected: expected.to_vec(),
            order: ranking(&points),
            chosen: chosen.iter().collect(),
            lines,
            shares: share::exact(&points, kb.temperature).into(),
            gap: stated::gap(kb, answers, &kept).is_some_and(|gap| gap.decision == decision),
            points,
        }
    }

    /// The candidate with the most points, whether or not it is kept.
    #[must_use]
    pub fn first(&self) -> Option<CandidateId> {
        self.order.first().copied()
    }

    /// The leader; `None` for an abstention.
    #[must_use]
    pub fn leader(&self) -> Option<CandidateId> {
        self.chosen.first().copied()
    }

    /// Whether the first label leads.
    #[must_use]
    pub fn is_on_top(&self) -> bool {
        self.leader() == self.expected.first().copied()
    }

    /// Whether any of the labels leads.
    #[must_use]
    pub fn is_any_on_top(&self) -> bool {
        self.leader().is_some_and(|leader| self.expected.contains(&leader))
    }

    /// Whether the first label is among the first two by points, kept or not.
    #[must_use]
    pub fn is_among_two(&self) -> bool {
        self.order.iter().take(2).any(|candidate| Some(candidate) == self.expected.first())
    }

    /// Whether a person gave it two labels.
    #[must_use]
    pub fn is_hybrid(&self) -> bool {
        self.expected.len() > 1
    }

    /// Whether all labels are kept, in any order.
    #[must_use]
    pub fn keeps_all(&self) -> bool {
        self.expected.iter().all(|label| self.chosen.contains(label))
    }

    /// Whether a second is kept.
    #[must_use]
    pub fn keeps_second(&self) -> bool {
        self.chosen.len() > 1
    }

    /// The summed shares of the labels.
    #[must_use]
    pub fn share_of_labels(&self) -> f64 {
        self.expected.iter().map(|label| self.shares[*label]).sum()
    }
}
