//! What open answers could change, tabulated per fact.
//!
//! As long as every line of a leader decision reads one fact or one earlier
//! decision, each open fact moves the difference of two candidates by itself,
//! and the worst it can do is one number. Where lines join several facts, the
//! engine's own bounds are asked.

use crate::answer::Answers;
use crate::engine::bounds::{Endings, Tables, all_endings};
use crate::kb::{Keep, KnowledgeBase};

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

/// The worst that each open fact can do.
#[derive(Debug, Clone)]
pub struct Worst {
    /// How many candidates there are.
    pub candidates: usize,
    /// One per fact that the decision reads.
    pub facts: Vec<Open>,
    /// One per earlier decision that it reads.
    pub choices: Vec<Earlier>,
    /// Whether a later decision asks how this one may still end.
    pub wants_endings: bool,
}

/// What one open fact can do.
#[derive(Debug, Clone)]
pub struct Open {
    /// The fact.
    pub fact: usize,
    /// The least of points(a) − points(b), at `a * candidates + b`.
    pub least: Vec<i32>,
    /// By how much the difference can sink, likewise; at least 0.
    pub drop: Vec<i32>,
    /// The least points of each candidate.
    pub low: Vec<i32>,
    /// The most points of each candidate.
    pub high: Vec<i32>,
}

/// What an earlier decision can do.
#[derive(Debug, Clone)]
pub struct Earlier {
    /// The decision.
    pub decision: usize,
    /// The points of each candidate, by how it ends (see [`ending`]).
    pub points: Vec<Vec<i32>>,
}

impl Proof {
    /// Tabulates a decision.
    #[must_use]
    pub fn new(kb: &KnowledgeBase, decision: usize) -> Proof {
        if kb.decisions[decision].keep != Keep::Leaders || kb.decisions[decision].unproven {
            return Proof::None;
        }
        let tables = Tables::new(kb, decision);
        let is_simple = (0..tables.blocks()).all(|block| {
            let (facts, choices) = tables.reads(block);
            facts.len() + choices.len() == 1
        });
        if !is_simple {
            return Proof::Engine(Box::new(tables));
        }
        let n = tables.candidates();
        let unknown = Answers::unknown(kb.facts.len());
        let mut worst = Worst { candidates: n, facts: Vec::new(), choices: Vec::new(), wants_endings: false };
        for block in 0..tables.blocks() {
            let (facts, choices) = tables.reads(block);
            let least = |a, b| tables.least_of(block, a, b, &unknown, &Endings::default());
            if let [fact] = facts {
                let pairs: Vec<i32> = (0..n * n).map(|pair| least(Some(pair / n), Some(pair % n))).collect();
                worst.facts.push(Open {
                    fact: *fact,
                    drop: pairs.iter().map(|least| (-least).max(0)).collect(),
                    least: pairs,
                    low: (0..n).map(|one| least(Some(one), None)).collect(),
                    high: (0..n).map(|one| -least(None, Some(one))).collect(),
                });
            } else if let [earlier] = choices {
                let points = all_endings(kb.decisions[*earlier].candidates.len()).into_iter().map(|ending| {
                    let mut endings = Endings::default();
                    for decision in 0..=*earlier {
                        endings.push(if decision == *earlier { vec![ending.clone()] } else { Vec::new() });
                    }
                    (0..n).map(|one| tables.least_of(block, Some(one), None, &unknown, &endings)).collect()
                });
                worst.choices.push(Earlier { decision: *earlier, points: points.collect() });
            }
        }
        Proof::Tables(Box::new(worst))
    }

    /// The earlier decisions whose endings it asks for.
    pub fn reads(&self) -> impl Iterator<Item = usize> + '_ {
        let (tables, engine) = match self {
            Proof::None => (None, None),
            Proof::Tables(worst) => (Some(worst.choices.iter().map(|earlier| earlier.decision)), None),
            Proof::Engine(tables) => (None, Some((0..tables.decision()).collect::<Vec<_>>())),
        };
        tables.into_iter().flatten().chain(engine.into_iter().flatten())
    }

    /// Notes that a later decision asks how this one may end.
    pub fn wants_endings(&mut self) {
        if let Proof::Tables(worst) = self {
            worst.wants_endings = true;
        }
    }
}

/// The place of a kept set among [`all_endings`] of a decision with `n` candidates.
#[must_use]
pub fn ending(chosen: &[usize], n: usize) -> usize {
    match *chosen {
        [] => 0,
        [one] => 1 + one,
        [one, other, ..] => {
            let (a, b) = (one.min(other), one.max(other));
            1 + n + a * (2 * n - a - 1) / 2 + (b - a - 1)
        }
    }
}

/// How a decision may still end, by [`ending`].
pub fn possible_endings(
    kb: &KnowledgeBase,
    n: usize,
    most: impl Fn(usize, usize) -> i32,
    highs: &[i32],
    lows: &[i32],
    possible: &mut Vec<bool>,
) {
    let within = |one: usize, behind: i32| {
        (0..n).filter(|rival| *rival != one).all(|rival| {
            let most = most(one, rival);
            most > -behind || (most == -behind && (behind > 0 || one < rival))
        })
    };
    possible.resize(1 + n + n * (n - 1) / 2, false);
    possible[0] = lows.iter().all(|low| *low < kb.floor);
    let reaches = |one: usize| highs[one] >= kb.floor;
    for lead in (0..n).filter(|one| reaches(*one) && within(*one, 0)) {
        possible[1 + lead] = true;
        for other in (0..n).filter(|one| *one != lead && reaches(*one) && within(*one, kb.hybrid_margin)) {
            possible[ending(&[lead, other], n)] = true;
        }
    }
    if !possible.contains(&true) {
        possible.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kept_set_has_its_place() {
        for n in 1..9 {
            for (place, kept) in all_endings(n).iter().enumerate() {
                assert_eq!(ending(kept, n), place);
            }
        }
    }
}
