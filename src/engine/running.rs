//! What is run today, as the facts whose options are candidates say.

use crate::answer::{Answer, Answers};
use crate::fact::{Kind, bits};
use crate::kb::KnowledgeBase;

/// What one fact says is run today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Running {
    /// The fact.
    pub fact: usize,
    /// The decision whose candidates are its options.
    pub decision: usize,
    /// The candidates that are run; none if the answer says so.
    pub candidates: Vec<usize>,
}

/// What each answered fact whose options are candidates says is run today.
#[must_use]
pub fn running(kb: &KnowledgeBase, answers: &Answers) -> Vec<Running> {
    let of = |(fact, one): (usize, &crate::fact::Fact)| match (&one.kind, answers.get(fact)) {
        (Kind::Choices { candidates_of: Some(decision), .. }, Some(Answer::Choices(chosen))) => {
            let count = kb.decisions[*decision].candidates.len();
            let candidates = bits(chosen).filter(|option| *option < count).collect();
            Some(Running { fact, decision: *decision, candidates })
        }
        _ => None,
    };
    kb.facts.iter().enumerate().filter_map(of).collect()
}
