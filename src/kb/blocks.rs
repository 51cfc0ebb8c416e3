//! Blocks: facts that occur together in one condition, and what is tabulated of
//! them: answers that stand for all, kept sets, and every combination of both.
//!
//! Points are sums over lines, and every line lies in one block. So the worst
//! and the best of any difference of two candidates is the sum, over blocks, of
//! the worst and the best within the block: exact, and cheap as long as no block
//! has more than [`MOST_COMBINATIONS`]. The bounds, the proofs and the compiled
//! plan are views of this one tabulation.

use super::template::{Slot, Template};
use super::{Decision, KnowledgeBase};
use crate::answer::Answer;
use crate::condition::{Condition, Variable};
use crate::fact::{Fact, Kind};
use crate::ids::{CandidateId, FactId, LineId, OptionId, OptionSet};
use std::collections::{BTreeMap, BTreeSet};

/// The most combinations of answers in one block.
pub const MOST_COMBINATIONS: usize = 4_096;

/// Variables that occur together, and the lines of evidence that read them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The variables, facts first, each sorted.
    pub variables: Vec<Variable>,
    /// The lines, as (candidate, number of the line).
    pub lines: Vec<(CandidateId, LineId)>,
}

impl Block {
    /// The facts among the variables.
    pub fn facts(&self) -> impl Iterator<Item = FactId> {
        self.variables.iter().filter_map(|variable| match variable {
            Variable::Fact(fact) => Some(*fact),
            Variable::Choice(_) => None,
        })
    }
}

/// The blocks of a decision's evidence, ordered by their first variable.
#[must_use]
pub fn blocks(decision: &Decision) -> Vec<Block> {
    let mut found: Vec<Block> = Vec::new();
    for (candidate, line, condition) in lines(decision) {
        let mut joined = Block { variables: condition.variables(), lines: vec![(candidate, line)] };
        let (touched, rest): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|block| block.variables.iter().any(|variable| joined.variables.contains(variable)));
        for block in touched {
            joined.variables.extend(block.variables);
            joined.lines.extend(block.lines);
        }
        joined.variables.sort_unstable();
        joined.variables.dedup();
        found = rest;
        found.push(joined);
    }
    for block in &mut found {
        block.lines.sort_unstable();
    }
    found.sort_by(|a, b| a.variables.cmp(&b.variables));
    found
}

fn lines(decision: &Decision) -> impl Iterator<Item = (CandidateId, LineId, &Condition)> {
    decision
        .candidates
        .pairs()
        .flat_map(|(candidate, one)| one.evidence.pairs().map(move |(line, evidence)| (candidate, line, &evidence.when)))
}

/// The numbers that conditions of any decision compare a fact with, sorted.
#[must_use]
pub fn thresholds<'a>(conditions: impl Iterator<Item = &'a Condition>) -> BTreeMap<FactId, BTreeSet<i64>> {
    let mut found: BTreeMap<FactId, BTreeSet<i64>> = BTreeMap::new();
    for condition in conditions {
        condition.atoms(&mut |atom| {
            if let Condition::AtLeast { fact, bound } | Condition::Below { fact, bound } = atom {
                found.entry(*fact).or_default().insert(*bound);
            }
        });
    }
    found
}

/// What conditions tell apart of a fact: the options that they name, and the numbers that they compare it with.
pub fn distinctions<'a>(conditions: impl Iterator<Item = &'a Condition>, fact: FactId) -> (OptionSet, BTreeSet<i64>) {
    let (mut named, mut bounds) = (OptionSet::EMPTY, BTreeSet::new());
    for condition in conditions {
        condition.atoms(&mut |atom| match atom {
            Condition::Is { fact: of, options } | Condition::Has { fact: of, options } if *of == fact => named = named | *options,
            Condition::AtLeast { fact: of, bound } | Condition::Below { fact: of, bound } if *of == fact => {
                bounds.insert(*bound);
            }
            _ => {}
        });
    }
    (named, bounds)
}

/// Answers to a fact that stand for all: every option, every allowed set of
/// options, yes and no, and one number from each cell between thresholds.
#[must_use]
pub fn domain(fact: &Fact, thresholds: Option<&BTreeSet<i64>>) -> Vec<Answer> {
    let all = OptionSet::first(fact.options().len().min(16));
    if let Kind::Choice(options) = &fact.kind {
        return options.ids().map(Answer::Choice).collect();
    }
    standing_for(fact, all, None, thresholds.into_iter().flatten())
}

/// Answers that differ in the named options and on which side of the bounds they lie.
#[must_use]
pub fn representatives(fact: &Fact, named: OptionSet, bounds: &BTreeSet<i64>) -> Vec<Answer> {
    let other = fact.options().ids().rev().find(|option| !named.contains(*option));
    standing_for(fact, named, other, bounds.iter())
}

/// Answers with the named options, with one `other` that stands for the rest, and a number from each cell.
fn standing_for<'a>(
    fact: &Fact,
    named: OptionSet,
    other: Option<OptionId>,
    bounds: impl Iterator<Item = &'a i64>,
) -> Vec<Answer> {
    match &fact.kind {
        Kind::YesNo => vec![Answer::YesNo(false), Answer::YesNo(true)],
        Kind::Choice(options) => {
            let named = options.ids().filter(|option| named.contains(*option));
            named.chain(other).map(Answer::Choice).collect()
        }
        Kind::Number(range) => {
            let inner = bounds.copied().filter(|bound| *bound > range.min && *bound <= range.max);
            std::iter::once(range.min).chain(inner).map(Answer::Number).collect()
        }
        Kind::Choices { at_most, none, .. } => {
            let is_alone = |set: &OptionSet| none.is_none_or(|none| !set.contains(none) || set.len() == 1);
            let named = named.subsets().filter(|set| is_alone(set) && set.len() <= *at_most);
            other.map(OptionSet::of).into_iter().chain(named).map(Answer::Choices).collect()
        }
    }
}

/// In which cell between thresholds a number lies.
#[inline]
#[must_use]
pub fn cell<'a>(thresholds: impl IntoIterator<Item = &'a i64>, number: i64) -> u32 {
    thresholds.into_iter().map(|bound| u32::from(number >= *bound)).sum()
}

/// Every way to pick one of each of several lists, as numbers of what is picked; the first moves fastest.
pub fn combinations(counts: &[usize]) -> impl Iterator<Item = Vec<usize>> {
    let pick = |number: usize| {
        let mut left = number;
        let one = |count: &usize| {
            let picked = left % count;
            left /= count;
            picked
        };
        counts.iter().map(one).collect()
    };
    (0..counts.iter().product()).map(pick)
}

/// What a decision keeps, sorted; empty for an abstention.
pub type KeptSet = Vec<CandidateId>;

/// How many sets of at most two a decision with so many candidates can keep.
#[must_use]
pub const fn endings(candidates: usize) -> usize {
    1 + candidates + candidates * candidates.saturating_sub(1) / 2
}

/// Every set of at most two candidates.
#[must_use]
pub fn all_endings(candidates: usize) -> Vec<KeptSet> {
    let mut found = vec![Vec::new()];
    let all = || CandidateId::new(candidates).before();
    found.extend(all().map(|one| vec![one]));
    found.extend(all().flat_map(|one| all().skip(one.index() + 1).map(move |other| vec![one, other])));
    found
}

/// The place of a kept set among [`all_endings`] of a decision with `n` candidates.
#[inline]
#[must_use]
pub fn ending(chosen: &[CandidateId], n: usize) -> usize {
    match *chosen {
        [] => 0,
        [one] => 1 + one.index(),
        [one, other, ..] => {
            let (a, b) = (one.min(other).index(), one.max(other).index());
            1 + n + a * (2 * n - a - 1) / 2 + (b - a - 1)
        }
    }
}

impl KnowledgeBase {
    /// Every condition of the base, of evidence, of needs and of being in place.
    pub(crate) fn conditions(&self) -> impl Iterator<Item = &Condition> {
        self.decisions.iter().flat_map(super::Decision::conditions)
    }
}

impl KnowledgeBase {
    /// Whether a report uses the fact without any evidence or need: what is run today,
    /// and what law, words and plans look at.
    #[must_use]
    pub fn is_used_apart(&self, fact: FactId) -> bool {
        self.facts[fact].options_of.is_some() || self.is_looked_at(fact)
    }

    /// Whether anything but evidence and needs looks at a fact: a rule of the law,
    /// a clash, a platform, what is in place, and what texts say.
    #[must_use]
    pub fn is_looked_at(&self, fact: FactId) -> bool {
        let reads = |condition: &Condition| condition.variables().contains(&Variable::Fact(fact));
        let says = |template: &Template| template.slots().any(|slot| slot == Slot::Fact(fact));
        let in_text = |text: &super::SourcedText| text.variants.iter().any(|one| reads(&one.when) || says(&one.template));
        let in_figure = |one: &super::Figure| one.when.as_ref().is_some_and(reads);
        let in_candidate = |one: &super::Candidate| {
            one.done.as_ref().is_some_and(reads) || one.texts.iter().flatten().any(in_text) || one.figures.iter().any(in_figure)
        };
        let in_trade = |trade: &super::trade::Trade| {
            let texts = trade.roles.iter().map(|one| &one.text).chain(trade.offers.iter().map(|one| &one.text));
            let offers = trade.offers.iter().map(|one| &one.when);
            let whens = offers.chain(trade.prices.iter().map(|one| &one.when)).chain(trade.messages.iter().map(|one| &one.when));
            texts.chain(trade.messages.iter().map(|one| &one.text)).chain(&trade.sign).chain(&trade.stop).any(says)
                || whens.flatten().any(reads)
        };
        (self.trade_fact == Some(fact) && !self.trades.is_empty())
            || self
                .rules
                .iter()
                .any(|rule| reads(&rule.when) || rule.met.iter().chain(&rule.likely).chain(&rule.first).any(reads))
            || self.clashes.iter().any(|clash| reads(&clash.when))
            || self.platforms.iter().any(|platform| platform.when.as_ref().is_some_and(reads))
            || self.decisions.iter().flat_map(|decision| &decision.candidates).any(in_candidate)
            || self.trades.iter().any(in_trade)
    }
}

impl Decision {
    /// Every condition of its candidates, of evidence, of needs and of being in place.
    pub(crate) fn conditions(&self) -> impl Iterator<Item = &Condition> {
        self.candidates.iter().flat_map(|candidate| {
            let needs = candidate.needs.iter().map(|need| &need.when);
            candidate.evidence.iter().map(|line| &line.when).chain(needs).chain(&candidate.done)
        })
    }
}

impl Block {
    /// How many combinations of answers the block has.
    #[must_use]
    pub fn combinations(&self, kb: &KnowledgeBase, decision: &Decision) -> usize {
        let bounds = thresholds(decision.candidates.iter().flat_map(|one| one.evidence.iter().map(|line| &line.when)));
        let size = |variable: &Variable| match variable {
            Variable::Fact(fact) => domain(&kb.facts[*fact], bounds.get(fact)).len(),
            Variable::Choice(earlier) => endings(kb.decisions[*earlier].candidates.len()),
        };
        self.variables.iter().map(size).fold(1, usize::saturating_mul)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kept_set_has_its_place() {
        for n in 1..9 {
            assert_eq!(all_endings(n).len(), endings(n));
            for (place, kept) in all_endings(n).iter().enumerate() {
                assert_eq!(ending(kept, n), place);
            }
        }
    }

    #[test]
    fn every_combination_comes_once() {
        let all: Vec<_> = combinations(&[2, 3]).collect();
        assert_eq!(all, [[0, 0], [1, 0], [0, 1], [1, 1], [0, 2], [1, 2]]);
        assert_eq!(combinations(&[]).count(), 1);
        assert_eq!(combinations(&[4, 0]).count(), 0);
    }
}
