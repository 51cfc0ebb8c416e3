//! Pivotal answers: those on which the verdict hangs.
//!
//! An answer is pivotal if another answer to the same question, everything else
//! unchanged, gives the first decision another leader. People misread questions;
//! these are the ones worth reading twice.

use crate::answer::{Answer, Answers};
use crate::engine::chain::Kept;
use crate::engine::judge::Judge;
use crate::engine::kernel::Rule;
use crate::engine::score::all_points;
use crate::ids::{CandidateId, DecisionId, FactId};
use crate::kb::blocks::{domain, thresholds};
use std::collections::BTreeSet;

/// How many are shown at most.
pub const MOST: usize = 3;

/// An answer on which the verdict hangs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pivot {
    /// The fact.
    pub fact: FactId,
    /// Another answer to it.
    pub other: Answer,
    /// The decision.
    pub decision: DecisionId,
    /// Its leader under that other answer; `None` if it would abstain.
    pub leader: Option<CandidateId>,
}

/// The answers on which the first leader decision hangs, the most pivotal first:
/// those whose change takes the most from the leader.
#[must_use]
pub fn pivots(judge: &Judge<'_>, answers: &Answers) -> Vec<Pivot> {
    let kb = judge.kb();
    let Some(tables) = kb.decisions.ids().find_map(|decision| judge.tables(decision)) else { return Vec::new() };
    let decision = tables.decision();
    let verdict = |answers: &Answers| {
        let points = all_points(kb, decision, answers, &Kept::default());
        let leader = Rule::of(kb).choose(&points).leader();
        (leader, points)
    };
    let (Some(leader), _) = verdict(answers) else { return Vec::new() };
    let bounds = thresholds(kb.decisions[decision].conditions());
    let read: BTreeSet<FactId> = tables.facts().collect();
    let mut found: Vec<(i32, Pivot)> = Vec::new();
    for fact in read.into_iter().filter(|fact| answers.get(*fact).is_some()) {
        let mut changed = answers.clone();
        let mut worst: Option<(i32, Pivot)> = None;
        for other in domain(&kb.facts[fact], bounds.get(&fact)) {
            changed.set(fact, Some(other));
            let (now, points) = verdict(&changed);
            let rival = points.pairs().filter(|(one, _)| *one != leader).map(|(_, points)| *points).max();
            let lead = points[leader] - rival.unwrap_or(0);
            if now != Some(leader) && worst.is_none_or(|(least, _)| lead < least) {
                worst = Some((lead, Pivot { fact, other, decision, leader: now }));
            }
        }
        found.extend(worst);
    }
    found.sort_by_key(|(lead, pivot)| (*lead, pivot.fact));
    found.into_iter().take(MOST).map(|(_, pivot)| pivot).collect()
}
