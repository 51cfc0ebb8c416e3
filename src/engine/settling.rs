//! Settling answers: which single question could end the matter.
//!
//! An open fact settles a leader decision if at least one answer to it, given
//! alone, makes the decision name a leader that no completion of the answers
//! that are then still open takes the first place from, or its floor. That may
//! be another leader than the one that is ahead now. What was answered "don't
//! know" stays unknown and is not asked again.

use super::bounds::{State, Tables};
use super::kernel::{Points, Rule, ranking};
use super::score::all_points;
use crate::ids::{CandidateId, FactId};
use crate::kb::KnowledgeBase;

/// The facts that settle a leader decision, in the order of the base; none if
/// its leader is proven already. No earlier decision may hang on open answers.
#[must_use]
pub fn settling(kb: &KnowledgeBase, tables: &Tables, state: &State<'_>) -> Vec<FactId> {
    let is_proven = |state: &State<'_>| {
        let points = all_points(kb, tables.decision(), state.answers, state.kept);
        let leader = Rule::of(kb).choose(&points).leader();
        leader.is_some_and(|leader| is_settled(kb, tables, state, &points, leader))
    };
    if is_proven(state) {
        return Vec::new();
    }
    let settles = |fact: &FactId| {
        let mut answers = state.answers.clone();
        tables.answers(*fact).into_iter().any(|answer| {
            answers.set(*fact, Some(answer));
            is_proven(&State { answers: &answers, ..*state })
        })
    };
    let mut facts: Vec<FactId> = tables.facts().filter(|fact| state.answers.is_open(*fact)).filter(settles).collect();
    facts.sort_unstable();
    facts
}

/// Whether no completion takes the first place from a leader, or its floor: what
/// [`Sureness::settled`](super::judgement::Sureness::settled) says, without the rest.
#[must_use]
pub fn is_settled(kb: &KnowledgeBase, tables: &Tables, state: &State<'_>, points: &Points, leader: CandidateId) -> bool {
    let is_open = |fact: FactId| state.answers.get(fact).is_none();
    let stays_ahead = |rival: CandidateId| {
        let lead = points[leader] - points[rival] + i32::from(leader < rival);
        lead > tables.drops(kb, state, (leader, rival), is_open).iter().map(|fall| fall.size).sum()
    };
    let has_floor = || tables.range(leader, state.answers, state.endings).0 >= kb.floor;
    ranking(points).into_iter().filter(|rival| *rival != leader).all(stays_ahead) && has_floor()
}
