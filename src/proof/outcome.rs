//! What comes out for a profile, without the account, perhaps without one line.
//!
//! A proof holds its witness against this before it is believed.

use crate::answer::Answers;
use crate::engine::chain::{Kept, chain};
use crate::engine::kernel::{Chosen, Readiness, Rule};
use crate::engine::ready::readiness;
use crate::engine::score::{all_points, points};
use crate::ids::{CandidateId, CandidateRef, DecisionId, LineId};
use crate::kb::KnowledgeBase;

/// A line of evidence: decision, candidate, number of the line.
pub type Line = (DecisionId, CandidateId, LineId);

/// What a leader decision keeps, perhaps without one line.
#[must_use]
pub fn chosen(kb: &KnowledgeBase, answers: &Answers, decision: DecisionId, without: Option<Line>) -> Chosen {
    let kept = chain(kb, answers, decision);
    let mut all = all_points(kb, decision, answers, &kept);
    if let Some((_, candidate, _)) = without {
        all[candidate] -= worth(kb, answers, &kept, without);
    }
    Rule::of(kb).choose(&all)
}

/// Where a candidate of an all-keeping decision is sorted to, perhaps without one line.
#[must_use]
pub fn sorted(kb: &KnowledgeBase, answers: &Answers, at: CandidateRef, without: Option<Line>) -> Readiness {
    let kept = chain(kb, answers, at.0);
    let one = kb.candidate(at.0, at.1);
    let sum = points(one, answers, &kept) - worth(kb, answers, &kept, without);
    readiness(kb, at, sum, answers, &kept)
}

fn worth(kb: &KnowledgeBase, answers: &Answers, kept: &Kept, line: Option<Line>) -> i32 {
    line.map_or(0, |(decision, candidate, line)| {
        let line = &kb.candidate(decision, candidate).evidence[line];
        if line.when.truth(answers, kept).is_yes() { line.points } else { 0 }
    })
}
