//! Points: the sum of a candidate's lines of evidence that hold.
//!
//! After I. J. Good, the points of a line are a weight of evidence in
//! decibans; weights of independent traits add up. Integers only, so the same
//! answers give the same points on every machine.

use crate::answer::Answers;
use crate::condition::Choices;
use crate::kb::{Candidate, KnowledgeBase};
use crate::truth::Truth;

/// What each earlier leader decision kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kept {
    decisions: Vec<Option<Vec<usize>>>,
}

impl Kept {
    /// Notes what the next decision kept; `None` for one that keeps all.
    pub fn push(&mut self, kept: Option<Vec<usize>>) {
        self.decisions.push(kept);
    }

    /// What a decision kept: leader first, empty if it abstained.
    #[must_use]
    pub fn of(&self, decision: usize) -> &[usize] {
        self.decisions.get(decision).and_then(Option::as_deref).unwrap_or_default()
    }
}

impl Choices for Kept {
    fn chosen(&self, decision: usize, candidate: usize) -> Truth {
        match self.decisions.get(decision) {
            Some(Some(kept)) if !kept.is_empty() => kept.contains(&candidate).into(),
            _ => Truth::Unknown,
        }
    }
}

/// What every line of a candidate is worth under these answers, in its order.
pub fn truths(candidate: &Candidate, answers: &Answers, choices: &impl Choices) -> Vec<Truth> {
    candidate.evidence.iter().map(|line| line.when.truth(answers, choices)).collect()
}

/// The points of a candidate: the sum over its lines that hold.
///
/// The sum of at most 1,000 lines of at most 100 points fits an `i32`.
pub fn points(candidate: &Candidate, answers: &Answers, choices: &impl Choices) -> i32 {
    let holds = |line: &&crate::kb::Evidence| line.when.truth(answers, choices).is_yes();
    candidate.evidence.iter().filter(holds).map(|line| line.points).sum()
}

/// The points of every candidate of a decision.
pub fn all_points(kb: &KnowledgeBase, decision: usize, answers: &Answers, choices: &impl Choices) -> Vec<i32> {
    kb.decisions[decision].candidates.iter().map(|candidate| points(candidate, answers, choices)).collect()
}

/// Candidates by points, the greatest first; ties in the order of the base.
#[must_use]
pub fn ranking(points: &[i32]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..points.len()).collect();
    order.sort_by_key(|candidate| (std::cmp::Reverse(points[*candidate]), *candidate));
    order
}
