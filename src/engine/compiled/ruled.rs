//! From a decision of a checked base to its tables.
//!
//! Every line of evidence becomes points in rows. A line that reads one fact
//! stands in the rows of its answers, one that reads an earlier decision in the
//! rows of its endings; only what reads several things at once is a clause,
//! which is tested and has a row of its own.

use super::layout::{Rows, Stand};
use super::literals::Formula;
use super::needs::{Needs, Running, Served, place};
use super::plan::{Earlier, Ruled, Shape, Sides};
use super::proof::Proof;
use super::steps::Steps;
use super::sums::{Points, Sums};
use crate::answer::Answers;
use crate::condition::{Condition, Variable};
use crate::engine::chain::Kept;
use crate::engine::kernel::Chosen;
use crate::fact::Nature;
use crate::ids::{CandidateId, CandidateRef, DecisionId};
use crate::kb::blocks;
use crate::kb::{Decision, Evidence, Keep};

/// The points of a decision in the making.
struct Draft {
    points: Points,
    candidates: usize,
    sides: Sides,
}

/// Of which kind of facts points come.
type Side = Option<Nature>;

impl Draft {
    fn new(candidates: usize, rows: usize, sides: Sides) -> Draft {
        let columns = if sides == Sides::Columns { 3 * candidates } else { candidates };
        let points = Points { base: vec![0; columns], rows: vec![vec![0; columns]; rows] };
        Draft { points, candidates, sides }
    }

    /// Adds points of a candidate to a row; without a row, to what every profile starts from.
    fn add(&mut self, row: Option<usize>, candidate: CandidateId, points: i32, side: Side) {
        let columns = match row {
            Some(row) => &mut self.points.rows[row],
            None => &mut self.points.base,
        };
        columns[candidate.index()] += points;
        if self.sides == Sides::Columns && side != Some(Nature::Stated) {
            columns[self.candidates + candidate.index()] += points;
        }
        if self.sides == Sides::Columns && side != Some(Nature::Observed) {
            columns[2 * self.candidates + candidate.index()] += points;
        }
    }

    /// Further rows; gives the first one's number.
    fn more(&mut self, rows: usize) -> u32 {
        let first = self.points.rows.len();
        self.points.rows.resize(first + rows, vec![0; self.points.base.len()]);
        u32::try_from(first).unwrap_or(u32::MAX)
    }
}

impl Rows<'_> {
    /// Of which kind is all that a clause reads; nothing if that differs. What an
    /// earlier decision keeps is observed.
    fn side(&self, condition: &Condition) -> Side {
        let variables = condition.variables();
        let first = self.nature(variables.first()?);
        variables.iter().all(|variable| self.nature(variable) == first).then_some(first)
    }

    fn nature(&self, variable: &Variable) -> Nature {
        match variable {
            Variable::Fact(fact) => self.kb.facts[*fact].nature,
            Variable::Choice(_) => Nature::Observed,
        }
    }

    /// How the points of the stated and of the observed facts come about.
    fn sides(&self, decision: &Decision) -> Sides {
        let lines = || decision.candidates.iter().flat_map(|one| &one.evidence);
        let is_said = |line: &Evidence| line.when.variables().iter().any(|one| self.nature(one) == Nature::Stated);
        if !self.has_gap || decision.keep != Keep::Leaders || !lines().any(is_said) {
            return Sides::None;
        }
        let is_mixed = |line: &Evidence| self.stand(&line.when) == Stand::Clause && self.side(&line.when).is_none();
        if lines().any(is_mixed) { Sides::Apart } else { Sides::Columns }
    }

    /// Compiles a decision that is needed.
    pub fn ruled(&mut self, number: DecisionId, decision: &Decision) -> Ruled {
        let candidates = decision.candidates.len();
        let sides = self.sides(decision);
        let mut draft = Draft::new(candidates, self.samples.len(), sides);
        let mut endings: Vec<Earlier> = Vec::new();
        let mut clauses: Vec<(&Condition, usize)> = Vec::new();
        let lines = || decision.candidates.pairs().flat_map(|(at, one)| one.evidence.iter().map(move |line| (at, line)));
        for (candidate, line) in lines() {
            match self.stand(&line.when) {
                Stand::Base => draft.add(None, candidate, line.points, None),
                Stand::Fact(fact) => {
                    let nature = self.kb.facts[fact].nature;
                    for (row, (_, answer)) in self.samples.iter().enumerate().filter(|(_, (of, _))| *of == fact) {
                        if self.holds(&line.when, fact, *answer) {
                            draft.add(Some(row), candidate, line.points, Some(nature));
                        }
                    }
                }
                Stand::Choice(earlier) => {
                    let kept = blocks::all_endings(self.kb.decisions[earlier].candidates.len());
                    if endings.iter().all(|known| known.decision != earlier) {
                        endings.push(Earlier { decision: earlier, first: draft.more(kept.len()) });
                    }
                    let first = endings.iter().find(|known| known.decision == earlier).map_or(0, |known| known.first as usize);
                    for (at, kept) in kept.into_iter().enumerate() {
                        if line.when.truth(&Answers::unknown(self.kb.facts.len()), &assumed(earlier, &kept)).is_yes() {
                            draft.add(Some(first + at), candidate, line.points, Some(Nature::Observed));
                        }
                    }
                }
                Stand::Clause if clauses.iter().all(|(known, _)| **known != line.when) => clauses.push((&line.when, 0)),
                Stand::Clause | Stand::Nowhere => {}
            }
        }
        let first_clause = draft.more(clauses.len());
        let mut steps = Steps::default();
        for ((condition, row), at) in clauses.iter_mut().zip(first_clause as usize..) {
            *row = at;
            let formula = self.literals.formula(condition, true);
            steps.ask(&formula, u32::try_from(at).unwrap_or(u32::MAX), &mut self.literals);
        }
        for (candidate, line) in lines() {
            if let Some((_, row)) = clauses.iter().find(|(known, _)| **known == line.when) {
                draft.add(Some(*row), candidate, line.points, self.side(&line.when));
            }
        }
        let reach = self.reach(&draft.points, &endings, first_clause as usize);
        let needs = self.needs(number, decision, &mut steps);
        Ruled {
            keep: decision.keep,
            needed: true,
            printed: true,
            candidates,
            sums: Sums::new(&draft.points, reach),
            sides,
            endings,
            steps,
            needs,
            is_served: self.kb.decisions.iter().any(|one| one.serves(number)),
            noted: Vec::new(),
            proof: Proof::new(self.kb, number),
        }
    }

    /// The facts that say which candidates of a decision run.
    fn running(&mut self, decision: DecisionId) -> Vec<Running> {
        // Behind the options that are candidates stands "none of these".
        let run = self.kb.decisions[decision].candidates.iter().take_while(|one| one.runs.is_some());
        let count = run.count();
        let facts = self.kb.facts.iter().zip(&self.shapes).filter(|(fact, _)| fact.options_of == Some(decision));
        let rows = facts.filter_map(|(_, shape)| match shape {
            Shape::Choices { first, .. } => Some((*first, false)),
            Shape::Choice { first } => Some((*first, true)),
            Shape::YesNo { .. } | Shape::Number { .. } => None,
        });
        let running = |(first, most)| {
            let bit = self.literals.words_for(count);
            Running { first, count: u32::try_from(count).unwrap_or_default(), bit, most }
        };
        rows.map(running).collect()
    }

    /// The most that the sum of any column can come to, either way.
    fn reach(&self, points: &Points, endings: &[Earlier], clauses: usize) -> i32 {
        let column = |column: usize| {
            let most = |sign: i32| {
                let size = |row: usize| (sign * points.rows[row][column]).max(0);
                let facts = self.shapes.ids().map(|fact| {
                    let rows = self.rows_of(fact);
                    if self.is_set(fact) { rows.map(size).sum() } else { rows.map(size).max().unwrap_or(0) }
                });
                let earlier = endings.iter().map(|one| {
                    let kept = blocks::endings(self.kb.decisions[one.decision].candidates.len());
                    let first = one.first as usize;
                    (first..first + kept).map(size).max().unwrap_or(0)
                });
                let clauses = (clauses..points.rows.len()).map(size);
                sign * points.base[column] + facts.chain(earlier).chain(clauses).sum::<i32>()
            };
            most(1).max(most(-1))
        };
        (0..points.base.len()).map(column).max().unwrap_or(0)
    }

    fn needs(&mut self, number: DecisionId, decision: &Decision, steps: &mut Steps) -> Needs {
        let mut found = Needs::new(decision.candidates.len());
        let needs = || decision.candidates.pairs().flat_map(|(at, one)| one.needs.iter().map(move |need| (at, need)));
        // All that is read together stands together: what is not met, then what is met.
        let [unmet, met] = [false, true].map(|yes| {
            let formulas: Vec<Formula> = needs().map(|(_, need)| self.literals.formula(&need.when, yes)).collect();
            steps.bits(&formulas, &mut self.literals)
        });
        for ((candidate, need), bits) in needs().zip(met.into_iter().zip(unmet)) {
            found.push(candidate, bits, need);
        }
        for (candidate, one) in decision.candidates.pairs() {
            if let Some(done) = &one.done {
                let formula = self.literals.formula(done, true);
                found.done(candidate, steps.bits(&[formula], &mut self.literals)[0]);
            }
            if one.grows {
                found.grows(candidate);
            }
            if !one.serves.is_empty() {
                found.serves.push((candidate, served(&one.serves)));
            }
        }
        found.running = self.running(number);
        found
    }
}

/// The candidates that something serves, by decision and set.
fn served(all: &[CandidateRef]) -> Vec<Served> {
    let mut found: Vec<Served> = Vec::new();
    for (decision, candidate) in all.iter().copied() {
        let (set, mask) = place(candidate);
        match found.iter_mut().find(|one| (one.decision, one.set) == (decision, set)) {
            Some(known) => known.mask |= mask,
            None => found.push(Served { decision, set, mask }),
        }
    }
    found
}

/// What earlier decisions chose, if all that is known is how one of them ended.
fn assumed(decision: DecisionId, ending: &[CandidateId]) -> Kept {
    let mut kept = Kept::default();
    decision.before().for_each(|_| kept.push(None));
    kept.push(Some(Chosen::from(ending)));
    kept
}
