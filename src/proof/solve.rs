//! Looking for one row per component that meets linear demands.
//!
//! Branch and bound: a partial choice is given up as soon as some demand, or
//! their sum, cannot be met even by the best of what is left. Rows that another
//! row beats on every demand are dropped beforehand. The work is limited, and
//! running out of it is an outcome of its own.

use super::space::{Row, Space};
use crate::answer::Answer;
use crate::ids::FactId;
use std::rc::Rc;

/// A weighted sum of quantities and the least it must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demand {
    /// Quantities and their weights.
    pub of: Vec<(usize, i32)>,
    /// The least.
    pub least: i32,
}

/// What came of a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome<T> {
    /// There is one.
    Shown(T),
    /// There is none.
    Impossible,
    /// The work ran out before either was clear.
    Undecided,
}

/// The most steps of one search.
pub const MOST_STEPS: usize = 100_000;

struct Search<'a> {
    /// Per component: the value of each demand, and the row.
    rows: Vec<Vec<(Vec<i32>, &'a Row)>>,
    /// Per component: the best that it and those after it can add, per demand.
    best: Vec<Vec<i32>>,
    /// The steps that are left.
    steps: usize,
}

/// Answers that meet all demands, if there are any, within [`MOST_STEPS`].
#[must_use]
pub fn solve(space: &Space, demands: &[Demand]) -> Outcome<Vec<(FactId, Answer)>> {
    solve_by(space, demands, Prefer::Most)
}

/// In which order a search tries the rows of a component. It changes what is found
/// first, and whether the steps suffice, never what is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prefer {
    /// What brings most to all demands together.
    Most,
    /// What takes the fewest answers: where nobody is to be far ahead.
    Fewest,
}

/// The same in another order of trying.
#[must_use]
pub fn solve_by(space: &Space, demands: &[Demand], prefer: Prefer) -> Outcome<Vec<(FactId, Answer)>> {
    if is_hopeless(space, demands) {
        return Outcome::Impossible;
    }
    let mut left: Vec<i32> = demands.iter().map(|demand| demand.least - value(&space.base, demand)).collect();
    left.push(left.iter().sum());
    let mut rows: Vec<Vec<(Vec<i32>, &Row)>> = space.components.iter().map(|rows| project(rows, demands)).collect();
    // The most telling component comes first.
    let spread = |rows: &Vec<(Vec<i32>, &Row)>| {
        let last = demands.len();
        let ends = rows.iter().map(|(values, _)| values[last]);
        std::cmp::Reverse(ends.clone().max().unwrap_or(0) - ends.min().unwrap_or(0))
    };
    rows.sort_by_key(spread);
    if prefer == Prefer::Fewest {
        for rows in &mut rows {
            rows.sort_by_key(|(_, row)| row.answers.len());
        }
    }
    let mut best = vec![vec![0; left.len()]];
    for rows in rows.iter().rev() {
        let after = best.last().cloned().unwrap_or_default();
        let most = |at: usize| rows.iter().map(|(values, _)| values[at]).max().unwrap_or(0);
        best.push((0..left.len()).map(|at| after[at] + most(at)).collect());
    }
    best.reverse();
    let mut search = Search { rows, best, steps: MOST_STEPS };
    let mut chosen = Vec::new();
    match search.descend(0, &left, &mut chosen) {
        Some(true) => Outcome::Shown(chosen.into_iter().flat_map(|row: &Row| row.answers.iter().copied()).collect()),
        Some(false) => Outcome::Impossible,
        None => Outcome::Undecided,
    }
}

/// Whether some demand by itself is more than the best of every component brings: then
/// nothing meets them all.
#[must_use]
pub fn is_hopeless(space: &Space, demands: &[Demand]) -> bool {
    let most = |demand: &Demand| -> i32 {
        let best = |rows: &Rc<[Row]>| rows.iter().map(|row| value(&row.adds, demand)).max().unwrap_or(0);
        value(&space.base, demand) + space.components.iter().map(best).sum::<i32>()
    };
    demands.iter().any(|demand| most(demand) < demand.least)
}

fn value(adds: &[i32], demand: &Demand) -> i32 {
    demand.of.iter().map(|(quantity, weight)| adds[*quantity] * weight).sum()
}

/// The rows by what they are worth to each demand and to all together, without
/// those that another one beats or equals everywhere.
fn project<'a>(rows: &'a [Row], demands: &[Demand]) -> Vec<(Vec<i32>, &'a Row)> {
    let worth = |row: &'a Row| {
        let mut values: Vec<i32> = demands.iter().map(|demand| value(&row.adds, demand)).collect();
        values.push(values.iter().sum());
        (values, row)
    };
    let mut all: Vec<(Vec<i32>, &Row)> = rows.iter().map(worth).collect();
    let last = demands.len();
    all.sort_by_key(|(values, row)| (std::cmp::Reverse(values[last]), row.answers.len()));
    let mut kept: Vec<(Vec<i32>, &Row)> = Vec::new();
    for (values, row) in all {
        let beaten = kept.iter().any(|(other, _)| other.iter().zip(&values).all(|(other, value)| other >= value));
        if !beaten {
            kept.push((values, row));
        }
    }
    kept
}

impl<'a> Search<'a> {
    /// Whether the components from `at` on can bring what is left; `None` if the work ran out.
    fn descend(&mut self, at: usize, left: &[i32], chosen: &mut Vec<&'a Row>) -> Option<bool> {
        if self.best[at].iter().zip(left).any(|(best, left)| best < left) {
            return Some(false);
        }
        if at == self.rows.len() {
            return Some(true);
        }
        for number in 0..self.rows[at].len() {
            self.steps = self.steps.checked_sub(1)?;
            let (values, row) = &self.rows[at][number];
            let next: Vec<i32> = left.iter().zip(values).map(|(left, value)| left - value).collect();
            chosen.push(row);
            if self.descend(at + 1, &next, chosen)? {
                return Some(true);
            }
            chosen.pop();
        }
        Some(false)
    }
}
