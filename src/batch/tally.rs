//! Counts over all rows, from which a summary is written.

use super::complete::{Origin, Reject};
use crate::engine::compiled::plan::Plan;
use crate::engine::compiled::verdict::Verdict;
use crate::engine::kernel::Readiness;
use crate::ids::{CandidateId, CandidateRef, DecisionId, FactId, IndexVec};
use std::collections::BTreeMap;

/// Counts over rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Rows that were judged.
    pub judged: u64,
    /// Rows that were not, by the name of their first fault.
    pub reasons: BTreeMap<&'static str, u64>,
    /// Per decision of the base.
    pub decisions: IndexVec<DecisionId, Counts>,
    /// Rows whose stated and observed answers point to different candidates.
    pub gaps: u64,
    /// Rows by the clash that is in them.
    pub clashes: Vec<u64>,
    /// Former names in rows and heads.
    pub outdated: u64,
    /// Per fact: rows whose first leader decision some answer to it alone would
    /// settle (see [`crate::engine::settling`]).
    pub ask: IndexVec<FactId, u64>,
    /// Rows that meet what none should, and the input and row of the first.
    pub met: u64,
    /// See [`Tally::met`].
    pub first_met: Option<(usize, u64)>,
    /// Known label and leader: rows by (expected, found), `None` for an abstention.
    pub confusion: BTreeMap<(CandidateId, Option<CandidateId>), u64>,
}

/// Counts of one decision.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows by leader.
    pub led: IndexVec<CandidateId, u64>,
    /// Rows with a second, by that.
    pub second: IndexVec<CandidateId, u64>,
    /// Rows without a leader.
    pub abstained: u64,
    /// Rows with a settled leader.
    pub settled: u64,
    /// Those of them in which answers are missing.
    pub settled_open: u64,
    /// Rows in which a candidate stands so, by [`Readiness`] and candidate; that
    /// it never begins is not counted.
    pub groups: [IndexVec<CandidateId, u64>; Readiness::ALL.len()],
}

impl Tally {
    /// Nothing counted yet.
    #[must_use]
    pub fn new(plan: &Plan<'_>) -> Tally {
        let counts = |n: usize| Counts {
            led: IndexVec::filled(0, n),
            second: IndexVec::filled(0, n),
            groups: Readiness::ALL.map(|_| IndexVec::filled(0, n)),
            ..Counts::default()
        };
        let decisions = plan.decisions.iter().map(|one| counts(one.candidates)).collect();
        let clashes = vec![0; plan.kb.clashes.len()];
        Tally { decisions, clashes, ask: IndexVec::filled(0, plan.facts.len()), ..Tally::default() }
    }

    /// Counts a judged row.
    pub fn judged(&mut self, verdict: &Verdict, expected: Option<CandidateRef>) {
        self.judged += 1;
        self.gaps += u64::from(verdict.gap);
        for fact in &verdict.ask {
            self.ask[*fact] += 1;
        }
        for (ruling, counts) in verdict.rulings.iter().zip(&mut self.decisions) {
            match ruling.chosen.as_slice() {
                _ if ruling.points.is_empty() => {}
                [] if ruling.groups.is_empty() => counts.abstained += 1,
                [] => {
                    for (one, group) in ruling.order.iter().zip(&ruling.groups).filter(|(_, group)| **group != Readiness::Never) {
                        counts.groups[*group as usize][*one] += 1;
                    }
                }
                [leader, rest @ ..] => {
                    counts.led[*leader] += 1;
                    for second in rest {
                        counts.second[*second] += 1;
                    }
                    counts.settled += u64::from(ruling.settled);
                    counts.settled_open += u64::from(ruling.settled && !verdict.complete);
                }
            }
        }
        if let Some((decision, expected)) = expected {
            let found = verdict.rulings[decision].chosen.first().copied();
            *self.confusion.entry((expected, found)).or_default() += 1;
        }
    }

    /// Counts a row that meets what none should.
    pub fn met(&mut self, origin: &Origin) {
        self.met += 1;
        self.first_met.get_or_insert((origin.file, origin.row));
    }

    /// Counts a row that could not be judged.
    pub fn rejected(&mut self, reject: &Reject) {
        let name = reject.faults.first().map_or("", |fault| fault.diagnostic.name);
        *self.reasons.entry(name).or_default() += 1;
    }

    /// How many rows could not be judged.
    #[must_use]
    pub fn rejects(&self) -> u64 {
        self.reasons.values().sum()
    }

    /// Rows whose known label is not the leader.
    #[must_use]
    pub fn mismatches(&self) -> u64 {
        self.confusion.iter().filter(|((expected, found), _)| *found != Some(*expected)).map(|(_, rows)| rows).sum()
    }

    /// Adds the counts of other rows.
    pub fn add(&mut self, other: &Tally) {
        let sum = |all: &mut [u64], more: &[u64]| all.iter_mut().zip(more).for_each(|(all, more)| *all += more);
        self.judged += other.judged;
        self.gaps += other.gaps;
        self.outdated += other.outdated;
        self.met += other.met;
        self.first_met = self.first_met.or(other.first_met);
        for (name, rows) in &other.reasons {
            *self.reasons.entry(name).or_default() += rows;
        }
        sum(&mut self.clashes, &other.clashes);
        sum(&mut self.ask, &other.ask);
        for (all, more) in self.decisions.iter_mut().zip(&other.decisions) {
            sum(&mut all.led, &more.led);
            sum(&mut all.second, &more.second);
            all.abstained += more.abstained;
            all.settled += more.settled;
            all.settled_open += more.settled_open;
            all.groups.iter_mut().zip(&more.groups).for_each(|(all, more)| sum(all, more));
        }
        for (pair, rows) in &other.confusion {
            *self.confusion.entry(*pair).or_default() += rows;
        }
    }

    /// Counts nothing any more.
    pub fn clear(&mut self) {
        self.judged = 0;
        (self.gaps, self.outdated) = (0, 0);
        (self.met, self.first_met) = (0, None);
        self.reasons.clear();
        self.clashes.fill(0);
        self.ask.fill(0);
        self.confusion.clear();
        for one in &mut self.decisions {
            one.led.fill(0);
            one.second.fill(0);
            (one.abstained, one.settled, one.settled_open) = (0, 0, 0);
            one.groups.iter_mut().for_each(|group| group.fill(0));
        }
    }
}
