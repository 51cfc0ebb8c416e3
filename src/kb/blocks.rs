//! Blocks: facts that occur together in one condition, and how many
//! combinations of answers they have.
//!
//! Points are sums over lines, and every line lies in one block. So the worst
//! and the best of any difference of two candidates is the sum, over blocks, of
//! the worst and the best within the block: exact, and cheap as long as no block
//! has more than [`MOST_COMBINATIONS`].

use super::template::{Slot, Template};
use super::{Decision, KnowledgeBase};
use crate::answer::Answer;
use crate::condition::{Condition, Variable};
use crate::fact::{Fact, Kind};
use crate::ids::{CandidateId, FactId, LineId, OptionSet};
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

/// Answers to a fact that stand for all: every option, every allowed set of
/// options, yes and no, and one number from each cell between thresholds.
#[must_use]
pub fn domain(fact: &Fact, thresholds: Option<&BTreeSet<i64>>) -> Vec<Answer> {
    match &fact.kind {
        Kind::YesNo => vec![Answer::YesNo(false), Answer::YesNo(true)],
        Kind::Choice(options) => options.ids().map(Answer::Choice).collect(),
        Kind::Number(range) => {
            let inner = thresholds.into_iter().flatten().copied().filter(|bound| *bound > range.min && *bound <= range.max);
            std::iter::once(range.min).chain(inner).map(Answer::Number).collect()
        }
        Kind::Choices { options, at_most, none, .. } => {
            let allowed = |set: &OptionSet| {
                let alone = none.is_none_or(|none| !set.contains(none) || set.len() == 1);
                alone && set.len() <= *at_most
            };
            OptionSet::first(options.len().min(16)).subsets().filter(allowed).map(Answer::Choices).collect()
        }
    }
}

/// How many choices an earlier decision can end with: abstention, one, or two.
#[must_use]
pub fn endings(candidates: usize) -> usize {
    1 + candidates + candidates * candidates.saturating_sub(1) / 2
}

impl KnowledgeBase {
    /// Every condition of the base, of evidence, of needs and of being in place.
    pub(crate) fn conditions(&self) -> impl Iterator<Item = &Condition> {
        self.decisions.iter().flat_map(super::Decision::conditions)
    }
}

impl KnowledgeBase {
    /// Whether anything but evidence and needs looks at a fact: a rule of the law,
    /// a clash, a platform, what is in place, and what texts say.
    #[must_use]
    pub fn is_looked_at(&self, fact: FactId) -> bool {
        let reads = |condition: &Condition| condition.variables().contains(&Variable::Fact(fact));
        let says = |template: &Template| template.slots().any(|slot| slot == Slot::Fact(fact));
        let in_text = |text: &super::SourcedText| text.variants.iter().any(|one| reads(&one.when) || says(&one.template));
        let in_candidate =
            |one: &super::Candidate| one.done.as_ref().is_some_and(reads) || one.texts.iter().flatten().any(in_text);
        let in_trade = |trade: &super::trade::Trade| {
            let texts = trade.roles.iter().map(|one| &one.text).chain(trade.offers.iter().map(|one| &one.text));
            texts.chain(trade.messages.iter().map(|one| &one.text)).chain(&trade.sign).chain(&trade.stop).any(says)
        };
        (self.trade_fact == Some(fact) && !self.trades.is_empty())
            || self.rules.iter().any(|rule| reads(&rule.when) || rule.met.iter().chain(&rule.likely).any(reads))
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
