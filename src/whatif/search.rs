//! The least that has to change: an exact search over blocks of facts.
//!
//! Facts that occur in one condition stand in one block, so what a set of changes
//! does to a sum over lines is the sum of what it does in each block. Sets are
//! tried by cost, the cheapest first; a branch is given up as soon as the best
//! that the blocks left can bring to some demand, for the cost that is left, is
//! not enough. So the first set found is the least, and where the work runs out
//! first it is known which costs were ruled out.

use super::{WAYS, Way};
use crate::answer::Answer;
use crate::ids::FactId;
use crate::kb::KnowledgeBase;

/// The most steps of one search.
pub const STEPS: usize = 300_000;

/// Changes within one block, and what they bring.
#[derive(Debug, Clone)]
pub struct Move {
    /// The facts and their other answers, in the order of the facts.
    pub changes: Vec<(FactId, Answer)>,
    /// What the changes cost together.
    pub effort: u32,
    /// What they add to each quantity that demands look at.
    pub gains: Vec<i32>,
}

/// What has to be reached: one move or none from each block, so that for every
/// demand the gains sum up to at least what is missing.
#[derive(Debug, Clone)]
pub struct Goal {
    /// The moves, by block.
    pub blocks: Vec<Vec<Move>>,
    /// What each demand lacks; nothing if it is not above 0.
    pub missing: Vec<i32>,
    /// The fewest changes for which the moves of some block are not all listed.
    pub partial_from: Option<usize>,
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cost {
    /// How many answers change.
    Changes,
    /// How hard that is, all together.
    Effort,
}

/// Judges a set of changes that meets all demands; `None` ends the search.
pub type IsIt<'a> = dyn FnMut(&[(FactId, Answer)]) -> Option<bool> + 'a;

/// What a search came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The ways of the least cost that differ in their facts, the easiest first; whether all of that cost were seen.
    Ways(Vec<Way>, bool),
    /// Every set costs more than this; whether dearer ones do was not worked out.
    NotWithin(usize),
    /// No set does it.
    None,
}

impl Cost {
    fn of(self, one: &Move) -> usize {
        match self {
            Cost::Changes => one.changes.len(),
            Cost::Effort => one.effort as usize,
        }
    }
}

impl Goal {
    /// The most that changes can bring to a demand.
    #[must_use]
    pub fn most(&self, demand: usize) -> i32 {
        self.blocks.iter().map(|moves| moves.iter().map(|one| one.gains[demand]).max().unwrap_or(0).max(0)).sum()
    }
}

/// A goal that is laid out only once it may be reached.
pub struct Lazy<'a> {
    /// The fewest changes that it takes; fewer do not meet every demand, each taken by itself.
    pub fewest: usize,
    /// Lays it out.
    pub goal: Box<dyn Fn() -> Goal + 'a>,
}

/// The cheapest sets of changes that reach some goal and pass `is_it`, which is
/// asked only of sets that meet all demands. Nothing that costs more than `limit`
/// is tried.
pub fn least(kb: &KnowledgeBase, goals: &[Lazy<'_>], (cost, limit): (Cost, usize), is_it: &mut IsIt<'_>) -> Outcome {
    let mut work = Work { kb, is_it, steps: 0, ways: Vec::new() };
    let mut searches: Vec<Option<Search>> = goals.iter().map(|_| None).collect();
    for budget in 1..=limit {
        let (mut goes_on, mut is_partial) = (false, false);
        for (lazy, search) in goals.iter().zip(&mut searches) {
            if lazy.fewest > budget {
                goes_on = true;
                continue;
            }
            let search = search.get_or_insert_with(|| Search::new((lazy.goal)(), cost, limit));
            // What is listed is tried all the same: cheaper sets are ruled out, so what it finds is among the least.
            is_partial |= search.goal.partial_from.is_some_and(|from| budget >= from);
            goes_on |= search.dearest > budget;
            if search.may_reach(budget) {
                search.go(&mut work, (0, budget), &search.goal.missing, &mut Vec::new(), 0);
            }
        }
        let is_whole = work.steps <= STEPS && !is_partial;
        if !work.ways.is_empty() {
            return Outcome::Ways(work.ways, is_whole);
        }
        if !is_whole {
            return Outcome::NotWithin(budget - 1);
        }
        if !goes_on {
            return Outcome::None;
        }
    }
    Outcome::NotWithin(limit)
}

/// What all searches share.
struct Work<'a, 'b> {
    kb: &'a KnowledgeBase,
    is_it: &'a mut IsIt<'b>,
    steps: usize,
    ways: Vec<Way>,
}

struct Search {
    goal: Goal,
    cost: Cost,
    /// What the dearest set costs.
    dearest: usize,
    /// By block and cost: the best that it and those after it can bring to each demand.
    best: Vec<Vec<Vec<i32>>>,
}

impl Search {
    fn new(mut goal: Goal, cost: Cost, top: usize) -> Search {
        // The blocks that can bring most come first, so that little is left to hope for without them.
        let wanted: Vec<usize> = (0..goal.missing.len()).filter(|demand| goal.missing[*demand] > 0).collect();
        let most = |moves: &Vec<Move>| -> i32 {
            wanted.iter().map(|demand| moves.iter().map(|one| one.gains[*demand]).max().unwrap_or(0).max(0)).sum()
        };
        goal.blocks.retain(|moves| !moves.is_empty());
        goal.blocks.sort_by_key(|moves| std::cmp::Reverse(most(moves)));
        let demands = goal.missing.len();
        let mut best = vec![vec![vec![0; demands]; top + 1]];
        for moves in goal.blocks.iter().rev() {
            let after = &best[best.len() - 1];
            let mut here = after.clone();
            for one in moves {
                let size = cost.of(one);
                for left in size..=top {
                    for (at, gain) in one.gains.iter().enumerate() {
                        here[left][at] = here[left][at].max(after[left - size][at] + gain);
                    }
                }
            }
            best.push(here);
        }
        best.reverse();
        let dearest = goal.blocks.iter().map(|moves| moves.iter().map(|one| cost.of(one)).max().unwrap_or(0)).sum();
        Search { goal, cost, dearest, best }
    }

    /// Whether each demand by itself can be met for this cost.
    fn may_reach(&self, budget: usize) -> bool {
        self.goal.missing.iter().zip(&self.best[0][budget]).all(|(missing, best)| best >= missing)
    }

    fn go(
        &self,
        work: &mut Work<'_, '_>,
        (block, left): (usize, usize),
        missing: &[i32],
        chosen: &mut Vec<(FactId, Answer)>,
        effort: u32,
    ) {
        work.steps += 1;
        let is_dear = work.ways.len() == WAYS && work.ways.last().is_some_and(|last| effort > last.effort);
        let is_hopeless = || missing.iter().zip(&self.best[block][left]).any(|(missing, best)| best < missing);
        if work.steps > STEPS || is_dear || is_hopeless() {
            return;
        }
        if !chosen.is_empty() && missing.iter().all(|missing| *missing <= 0) {
            match (work.is_it)(chosen) {
                Some(true) => return super::keep(&mut work.ways, Way::new(work.kb, chosen.clone())),
                Some(false) => {}
                None => work.steps = STEPS + 1,
            }
        }
        if block == self.goal.blocks.len() || left == 0 {
            return;
        }
        for one in self.goal.blocks[block].iter().filter(|one| self.cost.of(one) <= left) {
            let rest: Vec<i32> = missing.iter().zip(&one.gains).map(|(missing, gain)| missing - gain).collect();
            chosen.extend(one.changes.iter().copied());
            self.go(work, (block + 1, left - self.cost.of(one)), &rest, chosen, effort + one.effort);
            chosen.truncate(chosen.len() - one.changes.len());
        }
        self.go(work, (block + 1, left), missing, chosen, effort);
    }
}
