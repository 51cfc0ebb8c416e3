//! How many people would pay, where the base has a share for it.

use crate::answer::{Answer, Answers};
use crate::kb::{Candidate, KnowledgeBase};

/// The least number of payers of a candidate and the greatest, rounded down;
/// `None` where the base names no share or the audience is unknown.
#[must_use]
pub fn payers(kb: &KnowledgeBase, candidate: &Candidate, answers: &Answers) -> Option<(i64, i64)> {
    let estimate = kb.estimate.as_ref()?;
    let figure = candidate.figures.iter().find(|figure| figure.id == estimate.share)?;
    let Some(Answer::Number(audience)) = answers.get(estimate.audience) else { return None };
    let of = |share: i64| i64::try_from(i128::from(audience) * i128::from(share) / 100_000).ok();
    of(figure.low).zip(of(figure.high))
}
