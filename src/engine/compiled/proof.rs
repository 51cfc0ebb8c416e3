//! What open answers could change, tabulated per fact.
//!
//! As long as every line of a leader decision reads one fact or one earlier
//! decision, each open fact moves the difference of two candidates by itself,
//! and the worst it can do is one number. Where lines join several facts, the
//! engine's own bounds are asked.

use crate::answer::Answers;
use crate::engine::bounds::{Endings, Tables};
use crate::engine::kernel::Points;
use crate::ids::{CandidateId, DecisionId, FactId, IndexVec};
use crate::kb::KnowledgeBase;
use crate::kb::blocks::all_endings;
use std::collections::BTreeSet;

/// How many candidates a lane is wide.
pub const WIDTH: usize = 8;

/// The points of up to [`WIDTH`] candidates.
pub type Lane = [i32; WIDTH];

/// More points than any difference, and still far from the greatest number.
pub const FAR: i32 = 1 << 29;

/// What open answers could change about a decision.
#[derive(Debug, Clone, Default)]
pub enum Proof {
    /// Nothing is proven: it keeps all, or the base says so.
    #[default]
    None,
    /// By tables.
    Tables(Box<Worst>),
    /// By the engine.
    Engine(Box<Tables>),
}

/// The worst that each open fact can do. Whatever there is per candidate comes
/// in [`lanes`](Worst::lanes), in which the columns behind the last candidate
/// are 0.
#[derive(Debug, Clone)]
pub struct Worst {
    /// How many candidates there are.
    pub candidates: usize,
    /// How many lanes they fill.
    pub lanes: usize,
    /// The facts that the decision reads, one bit each.
    pub reads: Vec<u64>,
    /// Per fact of the base its place among those, if it has one.
    pub places: IndexVec<FactId, usize>,
    /// Per fact read and candidate a, the least of points(a) − points(b) by b.
    pub least: Vec<Lane>,
    /// By how much that difference can sink, likewise; at least 0.
    pub drop: Vec<Lane>,
    /// By how much more points(a) − points(b) can be, with the best answer
    /// known, than with the fact open, likewise.
    pub relief: Vec<Lane>,
    /// Per fact read and candidate b, by how much points(a) − points(b) can sink, by a.
    pub drop_from: Vec<Lane>,
    /// What [`Worst::relief`] says, per fact read and candidate b, by a.
    pub relief_from: Vec<Lane>,
    /// Per fact read, the points of every candidate by each of its answers that
    /// evidence can tell apart.
    pub cells: Vec<Vec<Lane>>,
    /// Per fact read, the least points of each candidate.
    pub low: Vec<Lane>,
    /// Per fact read, the most points of each candidate.
    pub high: Vec<Lane>,
    /// One per earlier decision that it reads.
    pub choices: Vec<Earlier>,
}

/// What an earlier decision can do.
#[derive(Debug, Clone)]
pub struct Earlier {
    /// The decision.
    pub decision: DecisionId,
    /// How many candidates it has.
    pub candidates: usize,
    /// The points of each candidate, by how it ends (see [`crate::kb::blocks::ending`]).
    pub points: Vec<Vec<Lane>>,
}

/// In which lane a candidate is, and in which column of it.
#[inline]
#[must_use]
pub fn lane(candidate: CandidateId) -> (usize, usize) {
    (candidate.index() / WIDTH, candidate.index() % WIDTH)
}

/// Whether all of these are leads, that is above 0.
#[inline]
#[must_use]
pub fn is_ahead(leads: &Lane) -> bool {
    let mut is_behind = false;
    for lead in leads {
        is_behind |= *lead <= 0;
    }
    !is_behind
}

/// Numbers of candidates as lanes.
fn lanes(numbers: impl Iterator<Item = i32>) -> Vec<Lane> {
    let numbers: Vec<i32> = numbers.collect();
    let lane = |chunk: &[i32]| {
        let mut lane = [0; WIDTH];
        lane.iter_mut().zip(chunk).for_each(|(to, from)| *to = *from);
        lane
    };
    numbers.chunks(WIDTH).map(lane).collect()
}

impl Proof {
    /// Tabulates a decision.
    #[must_use]
    pub(crate) fn new(kb: &KnowledgeBase, decision: DecisionId) -> Proof {
        let Some(tables) = Tables::of(kb, decision) else { return Proof::None };
        let is_simple = (0..tables.blocks()).all(|block| {
            let (facts, choices) = tables.reads(block);
            facts.len() + choices.len() == 1
        });
        if is_simple { Proof::Tables(Box::new(Worst::new(kb, &tables))) } else { Proof::Engine(Box::new(tables)) }
    }

    /// The earlier decisions whose endings it asks for.
    pub fn reads(&self) -> impl Iterator<Item = DecisionId> + '_ {
        let (tables, engine) = match self {
            Proof::None => (None, None),
            Proof::Tables(worst) => (Some(worst.choices.iter().map(|earlier| earlier.decision)), None),
            Proof::Engine(tables) => (None, Some(tables.decision().before().collect::<Vec<_>>())),
        };
        tables.into_iter().flatten().chain(engine.into_iter().flatten())
    }
}

impl Worst {
    fn new(kb: &KnowledgeBase, tables: &Tables) -> Worst {
        let n = tables.candidates();
        let all = || CandidateId::new(n).before();
        let mut worst = Worst {
            candidates: n,
            lanes: n.div_ceil(WIDTH),
            reads: vec![0; kb.facts.len().div_ceil(64)],
            places: IndexVec::filled(0, kb.facts.len()),
            least: Vec::new(),
            drop: Vec::new(),
            relief: Vec::new(),
            drop_from: Vec::new(),
            relief_from: Vec::new(),
            cells: Vec::new(),
            low: Vec::new(),
            high: Vec::new(),
            choices: Vec::new(),
        };
        let unknown = Answers::unknown(kb.facts.len());
        let mut places = 0..;
        for block in 0..tables.blocks() {
            let (facts, choices) = tables.reads(block);
            let least = |a, b| tables.least_of(block, a, b, &unknown, &Endings::default());
            if let [fact] = facts {
                worst.reads[fact.index() / 64] |= 1 << (fact.index() % 64);
                worst.places[*fact] = places.next().unwrap_or_default();
                let drop = |a, b| (-least(Some(a), Some(b))).max(0);
                let relief = |a, b| drop(a, b) - least(Some(b), Some(a));
                for one in all() {
                    worst.least.extend(lanes(all().map(|b| least(Some(one), Some(b)))));
                    worst.drop.extend(lanes(all().map(|b| drop(one, b))));
                    worst.relief.extend(lanes(all().map(|b| relief(one, b))));
                    worst.drop_from.extend(lanes(all().map(|a| drop(a, one))));
                    worst.relief_from.extend(lanes(all().map(|a| relief(a, one))));
                }
                let distinct: BTreeSet<&Points> = tables.rows(block).collect();
                worst.cells.push(distinct.into_iter().flat_map(|points| lanes(points.iter().copied())).collect());
                worst.low.extend(lanes(all().map(|one| least(Some(one), None))));
                worst.high.extend(lanes(all().map(|one| -least(None, Some(one)))));
            } else if let [earlier] = choices {
                let candidates = kb.decisions[*earlier].candidates.len();
                let points = all_endings(candidates).into_iter().map(|ending| {
                    let mut endings = Endings::default();
                    earlier.before().for_each(|_| endings.push(Vec::new()));
                    endings.push(vec![ending]);
                    lanes(all().map(|one| tables.least_of(block, Some(one), None, &unknown, &endings)))
                });
                worst.choices.push(Earlier { decision: *earlier, candidates, points: points.collect() });
            }
        }
        worst
    }
}
