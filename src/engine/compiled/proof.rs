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
use wide::i32x8;

/// How many candidates a lane is wide.
pub const WIDTH: usize = 8;

/// The points of up to [`WIDTH`] candidates.
pub type Lane = i32x8;

/// What is open: facts that a decision reads, each with its place in the tables.
pub type Open<'a> = &'a [(FactId, usize)];

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
    /// Per candidate a, by b: what a has over b besides points. That is 1 where it stands
    /// before b, and far more than any points where b is a itself or nobody.
    pub beside: Vec<Lane>,
    /// Per candidate b, by a, what a has over b besides points; far less where a is nobody.
    pub beside_from: Vec<Lane>,
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
    /// The most of those.
    pub most: Vec<Lane>,
}

/// Whether all of these are leads, that is above 0.
#[inline]
#[must_use]
pub fn is_ahead(leads: Lane) -> bool {
    leads.simd_gt(Lane::ZERO).all()
}

/// Some numbers as a lane, behind which there is nothing.
#[inline]
fn padded(numbers: &[i32]) -> Lane {
    numbers.first_chunk::<WIDTH>().map_or_else(
        || {
            let mut lane = [0; WIDTH];
            lane.iter_mut().zip(numbers).for_each(|(to, from)| *to = *from);
            Lane::new(lane)
        },
        |whole| Lane::new(*whole),
    )
}

/// Numbers by candidate, put into lanes.
#[inline]
pub fn put(numbers: &[i32], lanes: &mut Vec<Lane>) {
    lanes.clear();
    lanes.extend(numbers.chunks(WIDTH).map(padded));
}

/// Numbers of candidates as lanes.
fn lanes(numbers: impl Iterator<Item = i32>) -> Vec<Lane> {
    let mut lanes = Vec::new();
    put(&numbers.collect::<Vec<i32>>(), &mut lanes);
    lanes
}

/// The number of one candidate.
#[inline]
#[must_use]
pub fn at(lanes: &[Lane], candidate: CandidateId) -> i32 {
    lanes[candidate.index() / WIDTH].as_array()[candidate.index() % WIDTH]
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
    /// What a table has of one candidate, by the other.
    #[inline]
    pub fn of<'a>(&self, table: &'a [Lane], candidate: CandidateId) -> &'a [Lane] {
        &table[candidate.index() * self.lanes..(candidate.index() + 1) * self.lanes]
    }

    /// What a table has of one fact by its place, and of one candidate, by the other.
    #[inline]
    pub fn by<'a>(&self, table: &'a [Lane], place: usize, candidate: CandidateId) -> &'a [Lane] {
        self.of(table, CandidateId::new(place * self.candidates + candidate.index()))
    }

    /// What a table has of one fact by its place, by candidate.
    #[inline]
    pub fn fact<'a>(&self, table: &'a [Lane], place: usize) -> &'a [Lane] {
        &table[place * self.lanes..(place + 1) * self.lanes]
    }

    /// By how much a candidate is ahead of each rival at worst, as far as open facts go;
    /// gives its least points.
    #[inline]
    pub fn leads(&self, candidate: CandidateId, points: &[Lane], open: Open, leads: &mut Vec<Lane>) -> i32 {
        let mut low = at(points, candidate);
        let own = Lane::splat(low);
        leads.clear();
        leads.extend(points.iter().zip(self.of(&self.beside, candidate)).map(|(rivals, beside)| own - *rivals + *beside));
        for (_, place) in open {
            for (leads, drop) in leads.iter_mut().zip(self.by(&self.drop, *place, candidate)) {
                *leads -= *drop;
            }
            low += at(self.fact(&self.low, *place), candidate);
        }
        low
    }

    fn new(kb: &KnowledgeBase, tables: &Tables) -> Worst {
        let n = tables.candidates();
        let all = || CandidateId::new(n).before();
        let mut worst = Worst {
            candidates: n,
            lanes: n.div_ceil(WIDTH),
            reads: vec![0; kb.facts.len().div_ceil(64)],
            places: IndexVec::filled(0, kb.facts.len()),
            beside: Vec::new(),
            beside_from: Vec::new(),
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
        for one in all() {
            // Behind the last candidate there are places up to the end of the lane.
            let places = || (0..worst.lanes * WIDTH).map(CandidateId::new);
            let over = |other: CandidateId| if other == one || other.index() >= n { FAR } else { i32::from(one < other) };
            let from = |other: CandidateId| if other.index() >= n { -FAR } else { i32::from(other < one) };
            worst.beside.extend(lanes(places().map(over)));
            worst.beside_from.extend(lanes(places().map(from)));
        }
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
                let points: Vec<Vec<Lane>> = all_endings(candidates)
                    .into_iter()
                    .map(|ending| {
                        let mut endings = Endings::default();
                        earlier.before().for_each(|_| endings.push(Vec::new()));
                        endings.push(vec![ending]);
                        lanes(all().map(|one| tables.least_of(block, Some(one), None, &unknown, &endings)))
                    })
                    .collect();
                let most = points
                    .iter()
                    .cloned()
                    .reduce(|most, points| most.iter().zip(points).map(|(most, one)| most.max(one)).collect());
                worst.choices.push(Earlier { decision: *earlier, candidates, points, most: most.unwrap_or_default() });
            }
        }
        worst
    }
}
