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

/// A row, and what it is worth to each demand and to all together.
type Worth<'a> = (Vec<i32>, &'a Row);

/// The search itself. Numbers lie in one list each, a stretch of `width` for every
/// row or component: a step then costs no memory.
struct Search<'a> {
    /// One value per demand, and their sum.
    width: usize,
    /// Per component: its rows, and what they are worth.
    components: Vec<(Vec<i32>, Vec<&'a Row>)>,
    /// Per component and after the last: the best that it and those after it can add.
    best: Vec<i32>,
    /// The same: what is left to be met when it is reached.
    left: Vec<i32>,
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
    let mut rows: Vec<Vec<Worth<'_>>> = space.components.iter().map(|rows| project(rows, demands)).collect();
    // The most telling component comes first.
    let spread = |rows: &Vec<Worth<'_>>| {
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
    let mut search = Search::new(rows, left);
    let mut chosen = Vec::new();
    match search.descend(0, &mut chosen) {
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
fn project<'a>(rows: &'a [Row], demands: &[Demand]) -> Vec<Worth<'a>> {
    let worth = |row: &'a Row| {
        let mut values: Vec<i32> = demands.iter().map(|demand| value(&row.adds, demand)).collect();
        values.push(values.iter().sum());
        (values, row)
    };
    let mut all: Vec<Worth<'_>> = rows.iter().map(worth).collect();
    let last = demands.len();
    all.sort_by_key(|(values, row)| (std::cmp::Reverse(values[last]), row.answers.len()));
    let mut kept: Vec<Worth<'_>> = Vec::new();
    for (values, row) in all {
        let beaten = kept.iter().any(|(other, _)| other.iter().zip(&values).all(|(other, value)| other >= value));
        if !beaten {
            kept.push((values, row));
        }
    }
    kept
}

impl<'a> Search<'a> {
    /// The search for rows that bring what is `left`.
    fn new(rows: Vec<Vec<Worth<'a>>>, mut left: Vec<i32>) -> Search<'a> {
        let (width, count) = (left.len(), rows.len());
        let mut best = vec![0; (count + 1) * width];
        for (at, rows) in rows.iter().enumerate().rev() {
            for of in 0..width {
                let most = rows.iter().map(|(values, _)| values[of]).max().unwrap_or(0);
                best[at * width + of] = best[(at + 1) * width + of] + most;
            }
        }
        left.resize((count + 1) * width, 0);
        let flat = |rows: Vec<Worth<'a>>| {
            let values = rows.iter().flat_map(|(values, _)| values.iter().copied()).collect();
            (values, rows.into_iter().map(|(_, row)| row).collect())
        };
        Search { width, components: rows.into_iter().map(flat).collect(), best, left, steps: MOST_STEPS }
    }

    /// Whether the components from `at` on can bring what is left there; `None` if the work ran out.
    fn descend(&mut self, at: usize, chosen: &mut Vec<&'a Row>) -> Option<bool> {
        let here = at * self.width..(at + 1) * self.width;
        if self.best[here.clone()].iter().zip(&self.left[here.clone()]).any(|(best, left)| best < left) {
            return Some(false);
        }
        let Some((_, rows)) = self.components.get(at) else { return Some(true) };
        for number in 0..rows.len() {
            self.steps = self.steps.checked_sub(1)?;
            let (values, rows) = &self.components[at];
            let (before, after) = self.left.split_at_mut(here.end);
            let values = &values[number * self.width..][..self.width];
            for ((next, left), value) in after.iter_mut().zip(&before[here.start..]).zip(values) {
                *next = left - value;
            }
            chosen.push(rows[number]);
            if self.descend(at + 1, chosen)? {
                return Some(true);
            }
            chosen.pop();
        }
        Some(false)
    }
}
