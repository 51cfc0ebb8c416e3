//! What would make a candidate lead the first leader decision.
//!
//! Points are sums over blocks of facts, so what a set of changes does to every
//! difference is the sum of what it does in each block. The search takes block
//! after block and gives up as soon as the best that the blocks left can add to
//! the lead over some rival, with the changes left, is not enough.

use super::{Way, is_lever, keep, others};
use crate::answer::{Answer, Answers};
use crate::condition::Condition;
use crate::engine::kernel::Rule;
use crate::engine::score::all_points;
use crate::kb::blocks::blocks;
use crate::kb::{Keep, KnowledgeBase};

/// The most steps of one search; where it ends there, that is said.
const STEPS: usize = 400_000;
/// The most changes that are looked for.
const DEEPEST: usize = 8;

/// What came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// It leads as things are.
    Leads,
    /// The smallest sets of changes, the cheapest first.
    Ways(Vec<Way>),
    /// No changes are enough: whatever is changed, its lead over this rival
    /// (its own points where there is none) stays below what it takes.
    Never {
        /// Over whom; none for its own points.
        rival: Option<usize>,
        /// The greatest lead, or points, that changes can bring.
        best: i32,
        /// What it would take.
        takes: i32,
    },
    /// No set of at most so many changes is enough; larger ones were not tried out.
    NotWithin(usize),
}

/// What changes in one block do: how much the points and every lead rise.
#[derive(Debug, Clone)]
struct Move {
    changes: Vec<(usize, Answer)>,
    effort: u32,
    gains: Vec<i32>,
}

struct Search<'a> {
    kb: &'a KnowledgeBase,
    blocks: Vec<Vec<Move>>,
    /// By block: the best gain of each lead in it and those after it, by changes.
    best: Vec<Vec<Vec<i32>>>,
    steps: usize,
    ways: Vec<Way>,
}

/// The decision that this is about: the first that keeps leaders.
#[must_use]
pub fn decision(kb: &KnowledgeBase) -> Option<usize> {
    kb.decisions.iter().position(|one| one.keep == Keep::Leaders)
}

/// The smallest sets of changes that make a candidate of [`decision`] lead.
#[must_use]
pub fn lead(kb: &KnowledgeBase, answers: &Answers, candidate: usize) -> Found {
    let Some(decision) = decision(kb) else { return Found::NotWithin(0) };
    let points = all_points(kb, decision, answers, &());
    let missing = missing(kb, &points, candidate);
    if missing.iter().all(|missing| *missing <= 0) {
        return Found::Leads;
    }
    let mut search = Search { kb, blocks: moves(kb, decision, answers, candidate), best: Vec::new(), steps: 0, ways: Vec::new() };
    search.blocks.retain(|moves| !moves.is_empty());
    search.bound(missing.len());
    for (at, missing) in missing.iter().enumerate() {
        let gain = search.best[0][DEEPEST][at];
        let all = search.most(at);
        if all < *missing {
            let rival = (at != candidate).then_some(at);
            let now = if at == candidate { points[at] } else { points[candidate] - points[at] };
            return Found::Never { rival, best: now + all, takes: now + missing };
        }
        debug_assert!(gain <= all, "no few changes bring more than all");
    }
    for size in 1..=DEEPEST {
        search.go(0, size, &missing, &mut Vec::new(), 0);
        if search.steps > STEPS {
            return Found::NotWithin(size - 1);
        }
        if !search.ways.is_empty() {
            return Found::Ways(search.ways);
        }
    }
    Found::NotWithin(DEEPEST)
}

/// By rival, and for its own points in its own place: how much it lacks to lead.
fn missing(kb: &KnowledgeBase, points: &[i32], candidate: usize) -> Vec<i32> {
    let of = |(rival, theirs): (usize, &i32)| match rival.cmp(&candidate) {
        std::cmp::Ordering::Equal => Rule::of(kb).floor - theirs,
        std::cmp::Ordering::Less => theirs + 1 - points[candidate],
        std::cmp::Ordering::Greater => theirs - points[candidate],
    };
    points.iter().enumerate().map(of).collect()
}

/// By block: what changes of its levers do, without those that do no more than others of the same facts.
fn moves(kb: &KnowledgeBase, decision: usize, answers: &Answers, candidate: usize) -> Vec<Vec<Move>> {
    let one = &kb.decisions[decision];
    let of = |block: &crate::kb::blocks::Block| {
        let line = |at: &(usize, usize)| &one.candidates[at.0].evidence[at.1];
        let conditions: Vec<&Condition> = block.lines.iter().map(|at| &line(at).when).collect();
        let worth = |answers: &Answers| {
            let mut points = vec![0; one.candidates.len()];
            for at in block.lines.iter().filter(|at| line(at).when.truth(answers, &()).is_yes()) {
                points[at.0] += line(at).points;
            }
            let own = points[candidate];
            points.iter().enumerate().map(|(rival, theirs)| if rival == candidate { own } else { own - theirs }).collect::<Vec<i32>>()
        };
        let now = worth(answers);
        let levers: Vec<usize> = block.facts().filter(|fact| is_lever(&kb.facts[*fact])).collect();
        let mut found: Vec<Move> = Vec::new();
        let mut sets: Vec<Vec<(usize, Answer)>> = vec![Vec::new()];
        for fact in levers {
            let others = others((fact, &kb.facts[fact]), answers.get(fact), &conditions);
            let more: Vec<_> = sets
                .iter()
                .flat_map(|set| others.iter().map(move |answer| set.iter().copied().chain([(fact, *answer)]).collect()))
                .collect();
            sets.extend(more);
        }
        for changes in sets.into_iter().skip(1) {
            let way = Way::new(kb, changes);
            let after = worth(&way.applied(answers));
            let gains: Vec<i32> = after.iter().zip(&now).map(|(after, now)| after - now).collect();
            let covers = |a: &[i32], b: &[i32]| a.iter().zip(b).all(|(a, b)| a >= b);
            let same = |other: &Move| other.changes.iter().map(|(fact, _)| *fact).eq(way.facts());
            let useless = gains.iter().all(|gain| *gain <= 0) || found.iter().any(|other| same(other) && covers(&other.gains, &gains));
            if !useless {
                found.retain(|other| !(same(other) && covers(&gains, &other.gains)));
                found.push(Move { changes: way.changes, effort: way.effort, gains });
            }
        }
        found
    };
    blocks(one).iter().map(of).collect()
}

impl Search<'_> {
    /// The most that all changes together can add to one lead.
    fn most(&self, at: usize) -> i32 {
        self.blocks.iter().map(|moves| moves.iter().map(|one| one.gains[at]).max().unwrap_or(0).max(0)).sum()
    }

    fn bound(&mut self, leads: usize) {
        let mut best = vec![vec![vec![0; leads]; DEEPEST + 1]];
        for moves in self.blocks.iter().rev() {
            let after = &best[best.len() - 1];
            let mut here = after.clone();
            for one in moves {
                let size = one.changes.len();
                for left in size..=DEEPEST {
                    for (at, gain) in one.gains.iter().enumerate() {
                        here[left][at] = here[left][at].max(after[left - size][at] + gain);
                    }
                }
            }
            best.push(here);
        }
        best.reverse();
        self.best = best;
    }

    fn go(&mut self, block: usize, left: usize, missing: &[i32], chosen: &mut Vec<(usize, Answer)>, effort: u32) {
        self.steps += 1;
        let dear = self.ways.len() == super::WAYS && self.ways.last().is_some_and(|last| effort > last.effort);
        if self.steps > STEPS || dear || missing.iter().zip(&self.best[block][left]).any(|(missing, best)| best < missing) {
            return;
        }
        if missing.iter().all(|missing| *missing <= 0) {
            keep(&mut self.ways, Way::new(self.kb, chosen.clone()));
            return;
        }
        if block == self.blocks.len() || left == 0 {
            return;
        }
        for at in 0..self.blocks[block].len() {
            let one = &self.blocks[block][at];
            if one.changes.len() > left {
                continue;
            }
            let (rest, cost, size) = (missing.iter().zip(&one.gains).map(|(m, g)| m - g).collect::<Vec<_>>(), one.effort, one.changes.len());
            chosen.extend(one.changes.clone());
            self.go(block + 1, left - size, &rest, chosen, effort + cost);
            chosen.truncate(chosen.len() - size);
        }
        self.go(block + 1, left, missing, chosen, effort);
    }
}
