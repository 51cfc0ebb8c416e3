//! False answers: how often does the verdict hold when one fact is answered wrongly?

use super::exam::{Exam, Verdict};
use crate::answer::Answer;
use crate::fact::Kind;
use crate::ids::{CandidateId, FactId, OptionSet};
use crate::kb::KnowledgeBase;
use crate::kb::blocks::{self, domain, thresholds};

/// What a fact answered falsely comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Falsified {
    /// The fact.
    pub fact: FactId,
    /// Cases that answer it.
    pub cases: usize,
    /// False answers tried, over all those cases.
    pub trials: usize,
    /// Trials with the same leader as the true answer.
    pub holds: usize,
    /// Trials in which the first label leads.
    pub on_top: usize,
    /// Trials in which the judgement says that what is stated and what is seen differ.
    pub gaps: usize,
    /// Trials with another leader than the true answer, in which it says so.
    pub warned: usize,
    /// The trials with another leader than the true answer.
    pub changed: Vec<Change>,
}

/// A false answer that changed the leader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The id of the case.
    pub case: String,
    /// The false answer.
    pub answer: Answer,
    /// The leader then; `None` for an abstention.
    pub leader: Option<CandidateId>,
}

/// Replaces the answer to a fact by each other option in turn, in every case that answers it.
///
/// For a fact with several choices, each option that is not chosen stands alone
/// in turn; for a number, one from each other cell between the base's thresholds.
#[must_use]
pub fn falsify(exam: &Exam<'_>, fact: FactId) -> Falsified {
    let mut found = Falsified { fact, cases: 0, trials: 0, holds: 0, on_top: 0, gaps: 0, warned: 0, changed: Vec::new() };
    for one in &exam.verdicts {
        let Some(given) = one.case.answers.get(fact) else { continue };
        found.cases += 1;
        let mut answers = one.case.answers.clone();
        for without in &exam.without {
            answers.set(*without, None);
        }
        for other in others(exam.kb, fact, given) {
            answers.set(fact, Some(other));
            let tried = Verdict::of(exam.kb, one.case, exam.decision, &one.expected, &answers);
            let holds = tried.leader() == one.leader();
            found.trials += 1;
            found.holds += usize::from(holds);
            found.on_top += usize::from(tried.is_on_top());
            found.gaps += usize::from(tried.gap);
            found.warned += usize::from(tried.gap && !holds);
            if !holds {
                found.changed.push(Change { case: one.case.id.clone(), answer: other, leader: tried.leader() });
            }
        }
    }
    found
}

/// Every other answer to a fact, one per way of being wrong.
fn others(kb: &KnowledgeBase, fact: FactId, given: Answer) -> Vec<Answer> {
    let one = &kb.facts[fact];
    let bounds = thresholds(kb.conditions());
    let bounds = bounds.get(&fact);
    let cell = |number: i64| blocks::cell(bounds.into_iter().flatten(), number);
    let all = match &one.kind {
        Kind::Choices { options, .. } => options.ids().map(OptionSet::of).map(Answer::Choices).collect(),
        _ => domain(one, bounds),
    };
    let differs = |other: &Answer| match (given, *other) {
        (Answer::Choices(chosen), Answer::Choices(other)) => !chosen.meets(other),
        (Answer::Number(number), Answer::Number(other)) => cell(number) != cell(other),
        (given, other) => given != other,
    };
    all.into_iter().filter(differs).collect()
}
