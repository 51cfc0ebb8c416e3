//! What real communities earn with, against the order that the base gives.
//!
//! A case says which candidates of an all-keeping decision it really runs. The
//! facts that tell so are hidden from its answers, the candidates are ordered by
//! points, and that order is held against what runs, beside two orders that know
//! nothing of the community: how often other cases run a candidate, and how often
//! other cases of the same kind do. A case never counts for its own baseline.

use super::exam::{first_leaders, labels};
use crate::answer::Answers;
use crate::engine::chain::{Kept, chain};
use crate::engine::kernel::{Points, ranking};
use crate::engine::score::all_points;
use crate::ids::{CandidateId, DecisionId, FactId};
use crate::kb::{Case, KnowledgeBase};
use crate::truth::Truth;
use std::collections::BTreeSet;

/// An order of candidates held against what runs.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Measure {
    /// In how many cases the first of the order really runs.
    pub first: usize,
    /// The chance that what runs stands before what does not, ties half, from 0
    /// to 1: the area under the curve, per case, and the mean of that.
    pub auc: f64,
    /// Of as many first places as a case runs candidates, the part that runs; the mean.
    pub precision: f64,
}

/// What came out of all cases that say what they run.
#[derive(Debug, Clone, PartialEq)]
pub struct Earning {
    /// The decision.
    pub decision: DecisionId,
    /// The facts that were hidden.
    pub hidden: Vec<FactId>,
    /// How many cases say what they run.
    pub cases: usize,
    /// The order by points.
    pub ours: Measure,
    /// The order by how many other cases run a candidate.
    pub frequent: Measure,
    /// The order by how many other cases with the same first label run it.
    pub of_kind: Measure,
    /// How many candidates run, over all cases.
    pub running: usize,
    /// How many of them the base would call impossible.
    pub refused: usize,
    /// Cases whose first candidate does not run.
    pub misses: Vec<Miss>,
}

/// A case whose first candidate does not run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    /// The id of the case.
    pub case: String,
    /// The candidate that comes first.
    pub first: CandidateId,
    /// What really runs, with its place in the order, from 1.
    pub runs: Vec<(CandidateId, usize)>,
    /// What really runs and is called impossible.
    pub refused: Vec<CandidateId>,
}

/// The cases of a base that the baselines are counted from, and one decision of it.
struct Field<'a> {
    kb: &'a KnowledgeBase,
    decision: DecisionId,
    /// The decision whose first label is the kind of a case.
    leaders: Option<DecisionId>,
    known: Vec<&'a Case>,
}

/// The facts that tell what runs of a decision: those that the manifest names and
/// those whose options are its candidates; `more` is added. In the order of the base.
#[must_use]
pub fn telling(kb: &KnowledgeBase, decision: DecisionId, more: &[FactId]) -> Vec<FactId> {
    let named = kb.measured(decision).map_or(&[][..], |one| &one.hides);
    let lists = kb.facts.ids().filter(|fact| kb.facts[*fact].options_of == Some(decision));
    let all: BTreeSet<FactId> = lists.chain(named.iter().copied()).chain(more.iter().copied()).collect();
    all.into_iter().collect()
}

/// Judges every case that says what it runs of `decision`, the facts in `hidden` taken away.
/// The baselines are counted from the cases of the base that are not kept apart.
#[must_use]
pub fn earning(kb: &KnowledgeBase, cases: &[&Case], decision: DecisionId, hidden: &[FactId]) -> Earning {
    let known = kb.seen().filter(|case| !runs(case, decision).is_empty()).collect();
    let field = Field { kb, decision, leaders: first_leaders(kb), known };
    let told: Vec<&Case> = cases.iter().copied().filter(|case| !runs(case, decision).is_empty()).collect();
    let mut found = Earning {
        decision,
        hidden: hidden.to_vec(),
        cases: told.len(),
        ours: Measure::default(),
        frequent: Measure::default(),
        of_kind: Measure::default(),
        running: 0,
        refused: 0,
        misses: Vec::new(),
    };
    for case in told {
        field.add(case, &mut found);
    }
    for measure in [&mut found.ours, &mut found.frequent, &mut found.of_kind] {
        measure.auc = mean(measure.auc, found.cases);
        measure.precision = mean(measure.precision, found.cases);
    }
    found
}

impl Field<'_> {
    fn add(&self, case: &Case, found: &mut Earning) {
        let mut answers = case.answers.clone();
        found.hidden.iter().for_each(|fact| answers.set(*fact, None));
        let kept = chain(self.kb, &answers, self.decision);
        let points = all_points(self.kb, self.decision, &answers, &kept);
        let real = runs(case, self.decision);
        found.ours.add(&points, &real);
        found.frequent.add(&self.counts(case, false), &real);
        found.of_kind.add(&self.counts(case, true), &real);
        let refused: Vec<CandidateId> =
            real.iter().copied().filter(|one| self.is_refused(*one, points[*one], &answers, &kept)).collect();
        found.running += real.len();
        found.refused += refused.len();
        let order = ranking(&points);
        let first = order.first().copied().unwrap_or_default();
        if !real.contains(&first) || !refused.is_empty() {
            let place = |one: &CandidateId| (*one, order.iter().position(|other| other == one).unwrap_or_default() + 1);
            found.misses.push(Miss { case: case.id.clone(), first, runs: real.iter().map(place).collect(), refused });
        }
    }

    /// How many other cases run each candidate; cases of another kind count a
    /// thousandth where only the kind is asked for, which breaks ties.
    fn counts(&self, case: &Case, of_kind: bool) -> Points {
        let kind = |case: &Case| self.leaders.and_then(|leaders| labels(case, leaders)?.first().copied());
        let mut counts = Points::filled(0, self.kb.decisions[self.decision].candidates.len());
        for other in self.known.iter().filter(|other| other.id != case.id) {
            let weight = if of_kind && kind(other) != kind(case) { 1 } else { 1_000 };
            for one in runs(other, self.decision) {
                counts[one] += weight;
            }
        }
        counts
    }

    /// Whether a candidate is called impossible: nothing speaks for it, or what it
    /// lacks can never change.
    fn is_refused(&self, candidate: CandidateId, points: i32, answers: &Answers, kept: &Kept) -> bool {
        let needs = &self.kb.candidate(self.decision, candidate).needs;
        points <= 0 || needs.iter().any(|need| need.fixed && need.when.truth(answers, kept) == Truth::No)
    }
}

impl Measure {
    fn add(&mut self, scores: &Points, real: &BTreeSet<CandidateId>) {
        let order = ranking(scores);
        self.first += usize::from(order.first().is_some_and(|one| real.contains(one)));
        let hits = order.iter().take(real.len()).filter(|one| real.contains(one)).count();
        self.precision += part(hits, real.len());
        let others: Vec<CandidateId> = scores.ids().filter(|one| !real.contains(one)).collect();
        let pairs = real.iter().flat_map(|one| others.iter().map(move |other| (scores[*one], scores[*other])));
        let halves: usize = pairs.map(|(one, other)| usize::from(one > other) + usize::from(one >= other)).sum();
        self.auc += if others.is_empty() { 1.0 } else { part(halves, 2 * real.len() * others.len()) };
    }
}

/// What a case really runs of a decision.
fn runs(case: &Case, decision: DecisionId) -> BTreeSet<CandidateId> {
    let streams = case.runs.iter().flat_map(|runs| runs.streams.iter());
    streams.filter(|(of, _)| *of == decision).map(|(_, one)| *one).collect()
}

#[expect(clippy::cast_precision_loss, reason = "counts of cases and candidates are small")]
fn part(n: usize, all: usize) -> f64 {
    if all == 0 { 0.0 } else { n as f64 / all as f64 }
}

#[expect(clippy::cast_precision_loss, reason = "counts of cases are small")]
fn mean(sum: f64, n: usize) -> f64 {
    if n == 0 { 0.0 } else { sum / n as f64 }
}
