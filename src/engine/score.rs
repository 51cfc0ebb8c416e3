//! Points: the sum of a candidate's lines of evidence that hold.
//!
//! After I. J. Good, the points of a line are a weight of evidence in
//! decibans; weights of independent traits add up. Integers only, so the same
//! answers give the same points on every machine.

use super::kernel::Points;
use crate::answer::Answers;
use crate::condition::Choices;
use crate::ids::{DecisionId, IndexVec, LineId};
use crate::kb::{Candidate, KnowledgeBase};
use crate::truth::Truth;

/// What every line of a candidate is worth under these answers, in its order.
pub fn truths(candidate: &Candidate, answers: &Answers, choices: &impl Choices) -> IndexVec<LineId, Truth> {
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
pub fn all_points(kb: &KnowledgeBase, decision: DecisionId, answers: &Answers, choices: &impl Choices) -> Points {
    kb.decisions[decision].candidates.iter().map(|candidate| points(candidate, answers, choices)).collect()
}
