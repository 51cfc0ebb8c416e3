//! What is run today, as the facts whose options are candidates say.

use crate::answer::{Answer, Answers};
use crate::fact::Kind;
use crate::ids::{CandidateId, DecisionId, FactId, OptionId};
use crate::kb::KnowledgeBase;

/// What one fact says is run today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Running {
    /// The fact.
    pub fact: FactId,
    /// The decision whose candidates are its options.
    pub decision: DecisionId,
    /// The candidates that are run; none if the answer says so.
    pub candidates: Vec<CandidateId>,
}

/// What each answered fact whose options are candidates says is run today.
#[must_use]
pub fn running(kb: &KnowledgeBase, answers: &Answers) -> Vec<Running> {
    let of = |(fact, one): (FactId, &crate::fact::Fact)| match (&one.kind, answers.get(fact)) {
        (Kind::Choices { candidates_of: Some(decision), .. }, Some(Answer::Choices(chosen))) => {
            // After the options that are candidates stands "none of these".
            let all = kb.decisions[*decision].candidates.ids();
            let runs = |one: &CandidateId| OptionId::checked(one.index()).is_some_and(|option| chosen.contains(option));
            let candidates = all.filter(runs).collect();
            Some(Running { fact, decision: *decision, candidates })
        }
        _ => None,
    };
    kb.facts.pairs().filter_map(of).collect()
}
