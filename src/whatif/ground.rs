//! What can be changed, cut down to what some conditions can tell apart.
//!
//! Facts that can be changed and occur in one condition form a block; a row of it
//! is a set of changes to its facts. What a row adds to a quantity is worked out
//! against the answers as they stand, so no line is read that no change touches.

use super::Way;
use super::others::{is_lever, others};
use super::search::{Goal, Move};
use crate::answer::{Answer, Answers};
use crate::condition::{Condition, Variable};
use crate::engine::chain::Kept;
use crate::ids::FactId;
use crate::kb::KnowledgeBase;
use crate::proof::solve::Demand;
use crate::proof::space::Term;
use crate::truth::Truth;
use std::collections::HashMap;

/// The most sets of changes within one block.
const MOST_ROWS: usize = 4_096;

/// The blocks of what can be changed, as some terms and further conditions see it.
pub struct Ground<'a> {
    kb: &'a KnowledgeBase,
    answers: &'a Answers,
    terms: Vec<Term<'a>>,
    quantities: usize,
    blocks: Vec<Block<'a>>,
}

struct Block<'a> {
    rows: Vec<Row>,
    /// The terms that read earlier decisions besides facts of the block.
    chained: Vec<usize>,
    /// The atoms of the further conditions that read facts of the block.
    viewed: Vec<&'a Condition>,
    partial_from: Option<usize>,
}

struct Row {
    changes: Vec<(FactId, Answer)>,
    effort: u32,
    /// What it adds to each quantity, through terms that read facts alone.
    adds: Vec<i32>,
}

impl<'a> Ground<'a> {
    /// Lays out what can be changed. Besides the terms it tells apart what the
    /// conditions in `further` read.
    #[must_use]
    pub fn new(
        kb: &'a KnowledgeBase,
        answers: &'a Answers,
        (terms, quantities): (Vec<Term<'a>>, usize),
        further: &[&'a Condition],
    ) -> Ground<'a> {
        let mut atoms: Vec<&Condition> = Vec::new();
        for condition in further.iter() {
            condition.atoms(&mut |atom| atoms.push(atom));
        }
        let all: Vec<&Condition> = terms.iter().map(|term| term.when).chain(atoms.iter().copied()).collect();
        let mut ground = Ground { kb, answers, terms, quantities, blocks: Vec::new() };
        for facts in joined(kb, &all) {
            let reads = |condition: &Condition| levers(kb, condition).iter().any(|fact| facts.contains(fact));
            let here = all.iter().copied().filter(|condition| reads(condition)).collect::<Vec<_>>();
            let viewed = atoms.iter().copied().filter(|atom| reads(atom)).collect();
            let block = ground.block(&facts, &here, viewed);
            ground.blocks.push(block);
        }
        ground
    }

    fn block(&self, facts: &[FactId], conditions: &[&Condition], viewed: Vec<&'a Condition>) -> Block<'a> {
        let alternatives: Vec<(FactId, Vec<Answer>)> =
            facts.iter().map(|fact| (*fact, others(*fact, &self.kb.facts[*fact], self.answers.get(*fact), conditions))).collect();
        let (sets, partial_from) = sets(&alternatives);
        let reads = |number: &usize| levers(self.kb, self.terms[*number].when).iter().any(|fact| facts.contains(fact));
        let (chained, plain): (Vec<usize>, Vec<usize>) =
            (0..self.terms.len()).filter(reads).partition(|number| is_chained(self.terms[*number].when));
        let mut scratch = self.answers.clone();
        let before: Vec<bool> = plain.iter().map(|number| self.passes(*number, &scratch, &Kept::default())).collect();
        let row = |changes: Vec<(FactId, Answer)>| {
            for (fact, answer) in changes.iter() {
                scratch.set(*fact, Some(*answer));
            }
            let mut adds = vec![0; self.quantities];
            for (number, before) in plain.iter().zip(&before) {
                let (term, after) = (&self.terms[*number], self.passes(*number, &scratch, &Kept::default()));
                adds[term.to] += term.adds * (i32::from(after) - i32::from(*before));
            }
            for (fact, _) in changes.iter() {
                scratch.restore(*fact, self.answers);
            }
            let effort = Way::effort(self.kb, &changes);
            Row { changes, effort, adds }
        };
        let rows = sets.into_iter().map(row).collect();
        Block { rows, chained, viewed, partial_from }
    }

    fn passes(&self, term: usize, answers: &Answers, kept: &Kept) -> bool {
        self.terms[term].test.passes(self.terms[term].when.truth(answers, kept))
    }

    /// What the quantities are as things stand.
    #[must_use]
    pub fn now(&self, kept: &Kept) -> Vec<i32> {
        let mut found = vec![0; self.quantities];
        for number in (0..self.terms.len()).filter(|number| self.passes(*number, self.answers, kept)) {
            found[self.terms[number].to] += self.terms[number].adds;
        }
        found
    }

    /// What has to be reached so that all demands are met while earlier decisions
    /// keep these.
    #[must_use]
    pub fn goal(&self, kept: &Kept, demands: &[Demand]) -> Goal {
        let missing = self.missing(kept, demands);
        let mut blocks: Vec<Vec<Move>> = Vec::new();
        for (number, block) in self.blocks.iter().enumerate() {
            let mut moves = Vec::new();
            self.visit(number, kept, |row, adds| {
                let gains = demands.iter().map(|demand| worth(adds, demand)).collect();
                moves.push(Move { changes: block.rows[row].changes.clone(), effort: block.rows[row].effort, gains });
            });
            blocks.push(moves);
        }
        let partial_from = self.blocks.iter().filter_map(|block| block.partial_from).min();
        Goal { blocks, missing, partial_from }
    }

    /// What each demand lacks as things stand.
    fn missing(&self, kept: &Kept, demands: &[Demand]) -> Vec<i32> {
        let now = self.now(kept);
        demands.iter().map(|demand| demand.least - worth(&now, demand)).collect()
    }

    /// Tells what each row of a block adds to the quantities.
    fn visit(&self, block: usize, kept: &Kept, mut tell: impl FnMut(usize, &[i32])) {
        let block = &self.blocks[block];
        let before: Vec<bool> = block.chained.iter().map(|number| self.passes(*number, self.answers, kept)).collect();
        let mut scratch = self.answers.clone();
        for (number, row) in block.rows.iter().enumerate() {
            if block.chained.is_empty() {
                tell(number, &row.adds);
                continue;
            }
            let mut adds = row.adds.clone();
            for (fact, answer) in row.changes.iter() {
                scratch.set(*fact, Some(*answer));
            }
            for (number, before) in block.chained.iter().zip(&before) {
                let (term, after) = (&self.terms[*number], self.passes(*number, &scratch, kept));
                adds[term.to] += term.adds * (i32::from(after) - i32::from(*before));
            }
            for (fact, _) in row.changes.iter() {
                scratch.restore(*fact, self.answers);
            }
            tell(number, &adds);
        }
    }

    /// By demand what it lacks and the most that so many changes, from none up to
    /// [`FAR`], can bring it; further on what all together can bring.
    #[must_use]
    pub fn outlook(&self, kept: &Kept, demands: &[Demand]) -> Vec<Outlook> {
        let missing = self.missing(kept, demands);
        let mut found: Vec<Outlook> =
            missing.into_iter().map(|missing| Outlook { missing, best: [0; FAR + 1], most: 0 }).collect();
        for (number, block) in self.blocks.iter().enumerate() {
            let mut here = vec![([0; FAR + 1], 0); demands.len()];
            self.visit(number, kept, |row, adds| {
                let size = block.rows[row].changes.len();
                for (demand, (best, most)) in demands.iter().zip(&mut here) {
                    let gain = worth(adds, demand);
                    *most = gain.max(*most);
                    if size <= FAR {
                        best[size] = gain.max(best[size]);
                    }
                }
            });
            for (outlook, (best, most)) in found.iter_mut().zip(&here) {
                outlook.most += most;
                for left in (1..=FAR).rev() {
                    let with = (1..=left).map(|size| outlook.best[left - size] + best[size]).max();
                    outlook.best[left] = outlook.best[left].max(with.unwrap_or(0));
                }
            }
        }
        found
    }

    /// Leaves out moves that bring no demand more than another one of the same
    /// facts, where the further conditions see no difference between them.
    #[must_use]
    pub fn without_idle(&self, goal: Goal) -> Goal {
        let mut scratch = self.answers.clone();
        let mut blocks = Vec::new();
        for (block, moves) in self.blocks.iter().zip(goal.blocks) {
            let mut view = |changes: &[(FactId, Answer)]| -> Vec<Truth> {
                for (fact, answer) in changes.iter() {
                    scratch.set(*fact, Some(*answer));
                }
                let found = block.viewed.iter().map(|atom| atom.truth(&scratch, &())).collect();
                for (fact, _) in changes.iter() {
                    scratch.restore(*fact, self.answers);
                }
                found
            };
            let now = view(&[]);
            // Moves of the same facts between which the further conditions see no difference, in the order found.
            let mut alike: Vec<Vec<Move>> = Vec::new();
            let mut places: HashMap<(Vec<FactId>, Vec<Truth>), usize> = HashMap::new();
            for one in moves {
                let seen = view(&one.changes);
                if seen == now && one.gains.iter().all(|gain| *gain <= 0) {
                    continue;
                }
                let facts = one.changes.iter().map(|(fact, _)| *fact).collect();
                let place = *places.entry((facts, seen)).or_insert(alike.len());
                if place == alike.len() {
                    alike.push(Vec::new());
                }
                let is_covered = |other: &Move, by: &Move| other.gains.iter().zip(&by.gains).all(|(a, b)| a <= b);
                if alike[place].iter().all(|other| !is_covered(&one, other)) {
                    alike[place].retain(|other| !is_covered(other, &one));
                    alike[place].push(one);
                }
            }
            blocks.push(alike.concat());
        }
        Goal { blocks, ..goal }
    }
}

/// Up to how many changes an outlook reaches.
pub const FAR: usize = 8;

/// What changes can bring to one demand.
#[derive(Debug, Clone, Copy)]
pub struct Outlook {
    /// What it lacks; nothing if it is not above 0.
    pub missing: i32,
    /// The most that so many changes can bring.
    best: [i32; FAR + 1],
    /// The most that all together can bring.
    pub most: i32,
}

impl Outlook {
    /// The fewest changes that meet the demand, [`FAR`] + 1 if it takes more; `None` if no changes do.
    #[must_use]
    pub fn fewest(&self) -> Option<usize> {
        (self.most >= self.missing || self.missing <= 0)
            .then(|| self.best.iter().position(|best| *best >= self.missing).unwrap_or(FAR + 1))
    }
}

fn worth(quantities: &[i32], demand: &Demand) -> i32 {
    demand.of.iter().map(|(quantity, weight)| quantities[*quantity] * weight).sum()
}

/// The facts that a condition reads and that can be changed.
pub fn levers(kb: &KnowledgeBase, condition: &Condition) -> Vec<FactId> {
    let fact = |variable| match variable {
        Variable::Fact(fact) if is_lever(&kb.facts[fact]) => Some(fact),
        _ => None,
    };
    condition.variables().into_iter().filter_map(fact).collect()
}

fn is_chained(condition: &Condition) -> bool {
    condition.variables().iter().any(|variable| matches!(variable, Variable::Choice(_)))
}

/// The facts that can be changed, those of one condition together.
fn joined(kb: &KnowledgeBase, conditions: &[&Condition]) -> Vec<Vec<FactId>> {
    let mut found: Vec<Vec<FactId>> = Vec::new();
    for condition in conditions {
        let mut facts = levers(kb, condition);
        if facts.is_empty() {
            continue;
        }
        found.retain_mut(|others| {
            let is_apart = others.iter().all(|fact| !facts.contains(fact));
            if !is_apart {
                facts.append(others);
            }
            is_apart
        });
        facts.sort_unstable();
        facts.dedup();
        found.push(facts);
    }
    found.sort();
    found
}

/// All sets of changes, the smaller ones first; and from which size on they are not listed, if that is so.
fn sets(alternatives: &[(FactId, Vec<Answer>)]) -> (Vec<Vec<(FactId, Answer)>>, Option<usize>) {
    let mut found: Vec<Vec<(FactId, Answer)>> = Vec::new();
    // Those of the last size, each with the place of the next fact that may join.
    let mut last: Vec<(Vec<(FactId, Answer)>, usize)> = vec![(Vec::new(), 0)];
    for size in 1..=alternatives.len() {
        let mut next = Vec::new();
        for (set, from) in &last {
            for (at, (fact, answers)) in alternatives.iter().enumerate().skip(*from) {
                for answer in answers {
                    let longer: Vec<(FactId, Answer)> = set.iter().copied().chain([(*fact, *answer)]).collect();
                    next.push((longer, at + 1));
                }
            }
            if found.len() + next.len() > MOST_ROWS {
                return (found, Some(size));
            }
        }
        found.extend(next.iter().map(|(set, _)| set.clone()));
        last = next;
    }
    (found, None)
}
