//! `impossible-chains`: factors that multiply to what cannot be.

use super::{Lint, Subject};
use crate::answer::{Answer, Answers};
use crate::condition::Variable;
use crate::diagnostic::{Diagnostic, Level};
use crate::engine::chain::Kept;
use crate::fact::Kind;
use crate::ids::{CandidateRef, FactId, OptionSet};
use crate::kb::KnowledgeBase;
use crate::kb::money::{Chain, Money, Role, Unit};
use crate::money::link::{self, WHOLE};
use crate::profile::streams::Streams;

/// The most combinations of answers that are tried for one chain.
const MOST: usize = 20_000;

pub(super) struct ImpossibleChains;

impl Lint for ImpossibleChains {
    fn name(&self) -> &'static str {
        "impossible-chains"
    }

    fn level(&self) -> Option<Level> {
        Some(Level::Error)
    }

    fn check(&self, on: &Subject<'_>, found: &mut Vec<Diagnostic>) {
        let Some(money) = &on.kb.money else { return };
        for (decision, of) in on.kb.decisions.pairs() {
            for (candidate, one) in of.candidates.pairs() {
                let Some(chain) = &one.money else { continue };
                for fault in faults(on.kb, money, chain, (decision, candidate)) {
                    found.push(self.finding(&chain.place).because(fault).with("candidate", &one.id));
                }
            }
        }
    }
}

/// What is impossible in some profile: more payers than active people, or nothing left.
fn faults(kb: &KnowledgeBase, money: &Money, chain: &Chain, at: CandidateRef) -> Vec<&'static str> {
    let factors = chain.factors.iter().chain(&money.shared);
    let read = factors.filter(|one| matches!(one.role, Role::Payers | Role::Trust | Role::Fee | Role::Cost));
    let mut facts: Vec<FactId> = read
        .filter_map(|one| one.when.as_ref())
        .flat_map(crate::condition::Condition::variables)
        .filter_map(|variable| match variable {
            Variable::Fact(fact) => Some(fact),
            Variable::Choice(_) => None,
        })
        .collect();
    facts.sort_unstable();
    facts.dedup();
    let values: Vec<Vec<Answer>> = facts.iter().map(|fact| values(kb, *fact)).collect();
    let all = values.iter().fold(1_usize, |all, values| all.saturating_mul(values.len().max(1)));
    let (own, kept) = (Streams::default(), Kept::default());
    let mut found = Vec::new();
    for mut number in 0..all.min(MOST) {
        let mut answers = Answers::unknown(kb.facts.len());
        for (fact, values) in facts.iter().zip(&values).filter(|(_, values)| !values.is_empty()) {
            answers.set(*fact, Some(values[number % values.len()]));
            number /= values.len();
        }
        let subject = link::Subject { kb, answers: &answers, own: &own, kept: &kept };
        let high = |role: Role| subject.factor(money, at, role).map(|link| (link.high, link.unit));
        let (payers, trust) = (high(Role::Payers), high(Role::Trust).map_or(WHOLE, |(high, _)| high));
        if payers.is_some_and(|(high, unit)| unit == Unit::Percent && high * trust / WHOLE > WHOLE) {
            found.push("payers");
        }
        let taken = [Role::Fee, Role::Cost].map(|role| high(role).map_or(0, |(high, _)| high));
        if taken[0] + taken[1] >= WHOLE {
            found.push("loss");
        }
        if found.len() > 1 {
            break;
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The values of a fact that conditions tell apart: each option by itself.
fn values(kb: &KnowledgeBase, fact: FactId) -> Vec<Answer> {
    let options = kb.facts[fact].options().ids();
    match &kb.facts[fact].kind {
        Kind::Choice(_) => options.map(Answer::Choice).collect(),
        Kind::Choices { .. } => options.map(|one| Answer::Choices(OptionSet::of(one))).collect(),
        Kind::YesNo => vec![Answer::YesNo(true), Answer::YesNo(false)],
        Kind::Number(_) => Vec::new(),
    }
}
