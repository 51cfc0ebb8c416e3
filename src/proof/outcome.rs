//! What comes out for a profile, without the account: the light twin of the judge.
//!
//! A proof holds its witness against this before it is believed.

use crate::answer::Answers;
use crate::engine::decide::{group, leaders};
use crate::engine::judgement::Group;
use crate::engine::score::{Kept, all_points, points};
use crate::kb::{Keep, KnowledgeBase};

/// A line of evidence: decision, candidate, number of the line.
pub type Line = (usize, usize, usize);

/// What the leader decisions before `upto` keep.
#[must_use]
pub fn chain(kb: &KnowledgeBase, answers: &Answers, upto: usize) -> Kept {
    let mut kept = Kept::default();
    for decision in 0..upto {
        let leads = kb.decisions[decision].keep == Keep::Leaders;
        let chosen = leads.then(|| leaders(&all_points(kb, decision, answers, &kept), kb.floor, kb.hybrid_margin));
        kept.push(chosen);
    }
    kept
}

/// What a leader decision keeps, leader first, perhaps without one line.
#[must_use]
pub fn chosen(kb: &KnowledgeBase, answers: &Answers, decision: usize, without: Option<Line>) -> Vec<usize> {
    let kept = chain(kb, answers, decision);
    let mut all = all_points(kb, decision, answers, &kept);
    if let Some((_, candidate, _)) = without {
        all[candidate] -= worth(kb, answers, &kept, without);
    }
    leaders(&all, kb.floor, kb.hybrid_margin)
}

/// Where a candidate of an all-keeping decision is sorted to, perhaps without one line.
#[must_use]
pub fn sorted(kb: &KnowledgeBase, answers: &Answers, at: (usize, usize), without: Option<Line>) -> Group {
    let kept = chain(kb, answers, at.0);
    let one = kb.candidate(at.0, at.1);
    let sum = points(one, answers, &kept) - worth(kb, answers, &kept, without);
    group(one, sum, answers, &kept)
}

fn worth(kb: &KnowledgeBase, answers: &Answers, kept: &Kept, line: Option<Line>) -> i32 {
    line.map_or(0, |(decision, candidate, line)| {
        let line = &kb.candidate(decision, candidate).evidence[line];
        if line.when.truth(answers, kept).is_yes() { line.points } else { 0 }
    })
}
