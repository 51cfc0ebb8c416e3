//! What would make a candidate lead the first leader decision.

use super::ground::Ground;
use super::search::Lazy;
use super::{Sought, Ways, clashes_newly, seek};
use crate::answer::{Answer, Answers};
use crate::engine::chain::Kept;
use crate::engine::kernel::Rule;
use crate::engine::score::all_points;
use crate::ids::{CandidateId, DecisionId, FactId};
use crate::kb::{Keep, KnowledgeBase};
use crate::proof::solve::Demand;
use crate::proof::terms::{above, at_least, points, tie};

/// What came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// It leads as things are.
    Leads,
    /// Sets of changes that make it lead.
    Ways(Ways),
    /// No changes are enough: whatever is changed, its lead over this rival
    /// (its own points where there is none) stays below what it takes.
    Never {
        /// Over whom; none for its own points.
        rival: Option<CandidateId>,
        /// The greatest lead, or points, that changes can bring.
        best: i32,
        /// What it would take.
        takes: i32,
    },
    /// No changes are enough: every lead by itself could be had, and all
    /// together never; all sets were ruled out.
    NeverTogether,
    /// No set of at most so many changes is enough; larger ones were not ruled out.
    NotWithin(usize),
}

/// The decision that this is about: the first that keeps leaders.
#[must_use]
pub fn decision(kb: &KnowledgeBase) -> Option<DecisionId> {
    kb.decisions.position(|one| one.keep == Keep::Leaders)
}

/// The smallest sets of changes that make a candidate of [`decision`] lead.
#[must_use]
pub fn lead(kb: &KnowledgeBase, answers: &Answers, candidate: CandidateId) -> Found {
    let Some(decision) = decision(kb) else { return Found::NotWithin(0) };
    let leads = |answers: &Answers| {
        let points = all_points(kb, decision, answers, &Kept::default());
        Rule::of(kb).choose(&points).leader() == Some(candidate)
    };
    if leads(answers) {
        return Found::Leads;
    }
    let count = kb.decisions[decision].candidates.len();
    let rivals: Vec<CandidateId> = kb.decisions[decision].candidates.ids().filter(|rival| *rival != candidate).collect();
    let of = |one: CandidateId| vec![(one.index(), 1)];
    let ahead = |rival: &CandidateId| above(&of(candidate), &of(*rival), tie(candidate, *rival));
    let demands: Vec<Demand> = rivals.iter().map(ahead).chain([at_least(&of(candidate), kb.floor)]).collect();
    let clashes: Vec<_> = kb.clashes.iter().map(|clash| &clash.when).collect();
    let ground = Ground::new(kb, answers, (points(kb, decision, None, 0).collect(), count), &clashes);
    let goal = ground.without_idle(ground.goal(&Kept::default(), &demands));
    for (at, demand) in demands.iter().enumerate() {
        let (most, missing) = (goal.most(at), goal.missing[at]);
        if most < missing {
            return Found::Never { rival: rivals.get(at).copied(), best: demand.least - missing + most, takes: demand.least };
        }
    }
    let mut is_it = |changes: &[(FactId, Answer)]| {
        let mut changed = answers.clone();
        for (fact, answer) in changes {
            changed.set(*fact, Some(*answer));
        }
        Some(leads(&changed) && !clashes_newly(kb, answers, &changed))
    };
    let goal = Lazy { fewest: 1, goal: Box::new(move || goal.clone()) };
    match seek(kb, &[goal], &mut is_it) {
        Sought::Ways(ways) => Found::Ways(ways),
        Sought::NotWithin(changes) => Found::NotWithin(changes),
        Sought::None => Found::NeverTogether,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn example_of_lead() {
        use qun::{
            answer::Answers,
            ids::CandidateId,
            kb::KnowledgeBase,
            whatif::lead::{Found, lead},
        };
        let kb = KnowledgeBase::embedded();
        let Found::Ways(ways) = lead(&kb, &Answers::unknown(kb.facts.len()), CandidateId::new(0)) else { panic!() };
        assert!(!ways.smallest.is_empty());
    }
}
