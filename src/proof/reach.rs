//! Which candidates of a leader decision can win, and which can be told apart.

use super::outcome;
use super::search::{Query, Searches};
use super::solve::{Demand, Outcome, solve};
use super::space::{Laid, Space, View};
use super::terms::{self, Ending, above, at_least, tie};
use crate::answer::Answers;
use crate::engine::chain::Kept;
use crate::engine::kernel::Chosen;
use crate::ids::{CandidateId, DecisionId, IndexVec};
use crate::kb::{Keep, KnowledgeBase};

/// Whether a candidate can win outright.
#[derive(Debug, Clone)]
pub struct Reach {
    /// A full profile under which it leads; alone, if that is possible at all.
    pub found: Outcome<Answers>,
    /// Why it never can.
    pub barred: Option<Barred>,
}

/// Why a candidate can never win.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Barred {
    /// The most points it can have are below the floor.
    BelowFloor(i32),
    /// These rivals cannot all be passed at once; with one of them it is never ahead.
    By(Vec<CandidateId>),
    /// Neither of these alone: floor and rivals together.
    Together,
}

/// How far apart two candidates of a decision can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parting {
    /// The one.
    pub one: CandidateId,
    /// The other.
    pub other: CandidateId,
    /// The most that the one can be ahead.
    pub ahead: i32,
    /// The most that it can be behind.
    pub behind: i32,
    /// Facts (or facts joined by a condition) that alone put one of them ahead by
    /// as many points as a leader needs.
    pub strong: usize,
}

/// What is known about every candidate of a decision; nothing if it keeps all.
#[must_use]
pub fn all(searches: &Searches<'_>, decision: DecisionId) -> IndexVec<CandidateId, Reach> {
    let kb = searches.kb();
    if kb.decisions[decision].keep == Keep::All {
        return IndexVec::new();
    }
    kb.decisions[decision].candidates.ids().map(|one| reach(searches, decision, one)).collect()
}

fn reach(searches: &Searches<'_>, decision: DecisionId, one: CandidateId) -> Reach {
    let kb = searches.kb();
    let count = kb.decisions[decision].candidates.len();
    let alone = |answers: &Answers| outcome::chosen(kb, answers, decision, None) == Chosen::new(one, None);
    let first = |answers: &Answers| outcome::chosen(kb, answers, decision, None).leader() == Some(one);
    let query = |any_of: Vec<Vec<Demand>>, is_it| Query {
        terms: terms::points(kb, decision, None, 0).collect(),
        quantities: count,
        any_of,
        full: true,
        must: None,
        is_it,
    };
    let clear = searches.find(&query(terms::ending(kb, &Ending::One(one), count, 0), &alone));
    if let Outcome::Shown(_) = clear {
        return Reach { found: clear, barred: None };
    }
    let all = leads(kb, one, count);
    let found = searches.find(&query(vec![all.clone()], &first));
    let barred = (found == Outcome::Impossible).then(|| barred(kb, decision, one, &all));
    Reach { found, barred }
}

/// What it takes to come first: the floor, and every rival in turn.
fn leads(kb: &KnowledgeBase, one: CandidateId, count: usize) -> Vec<Demand> {
    let of = |one: CandidateId| vec![(one.index(), 1)];
    let rivals = CandidateId::new(count).before().filter(|rival| *rival != one);
    std::iter::once(at_least(&of(one), kb.floor))
        .chain(rivals.map(|rival| above(&of(one), &of(rival), tie(one, rival))))
        .collect()
}

/// A smallest set of demands that cannot be met together. Earlier decisions
/// are taken as they may be; that only makes more possible.
fn barred(kb: &KnowledgeBase, decision: DecisionId, one: CandidateId, demands: &[Demand]) -> Barred {
    let count = kb.decisions[decision].candidates.len();
    let rivals: Vec<CandidateId> = CandidateId::new(count).before().filter(|rival| *rival != one).collect();
    let terms: Vec<_> = terms::points(kb, decision, None, 0).collect();
    let view = View { kb, quantities: count, full: true, must: None };
    let Some(space) = Space::new(view, &terms, &Kept::default(), &mut Laid::default()) else { return Barred::Together };
    let fails = |demands: &[Demand]| solve(&space, demands) == Outcome::Impossible;
    if fails(&demands[..1]) {
        let most: i32 = space.components.iter().map(|rows| rows.iter().map(|row| row.adds[one.index()]).max().unwrap_or(0)).sum();
        return Barred::BelowFloor(most + space.base[one.index()]);
    }
    if let Some(at) = (1..demands.len()).find(|at| fails(&demands[*at..=*at])) {
        return Barred::By(vec![rivals[at - 1]]);
    }
    let mut left: Vec<usize> = (1..demands.len()).collect();
    let chosen = |left: &[usize]| left.iter().map(|at| demands[*at].clone()).collect::<Vec<_>>();
    if !fails(&chosen(&left)) {
        return Barred::Together;
    }
    for at in 1..demands.len() {
        let fewer: Vec<usize> = left.iter().copied().filter(|other| *other != at).collect();
        if fails(&chosen(&fewer)) {
            left = fewer;
        }
    }
    Barred::By(left.into_iter().map(|at| rivals[at - 1]).collect())
}

/// Every pair of candidates of a leader decision; none where the base does
/// without proofs, because no table could hold all answers.
#[must_use]
pub fn partings(kb: &KnowledgeBase, decision: DecisionId) -> Vec<Parting> {
    let Some(tables) = crate::engine::bounds::Tables::of(kb, decision) else { return Vec::new() };
    let one = &kb.decisions[decision];
    let nothing = Answers::unknown(kb.facts.len());
    let open = crate::engine::bounds::Endings::default();
    let mut found = Vec::new();
    for a in one.candidates.ids() {
        for b in one.candidates.ids().filter(|b| *b > a) {
            let (low, high) = tables.difference(a, b, &nothing, &open);
            let strong = tables.spans(a, b).filter(|(low, high)| *high >= kb.floor || -*low >= kb.floor);
            found.push(Parting { one: a, other: b, ahead: high, behind: -low, strong: strong.count() });
        }
    }
    found
}
