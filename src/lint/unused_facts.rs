//! `unused-facts`: questions whose answer nothing reads.

use super::{Lint, Subject};
use crate::condition::Variable;
use crate::diagnostic::{Diagnostic, Level};
use crate::fact::Fact;
use crate::ids::FactId;
use crate::kb::KnowledgeBase;

pub(super) struct UnusedFacts;

impl Lint for UnusedFacts {
    fn name(&self) -> &'static str {
        "unused-facts"
    }

    fn level(&self) -> Option<Level> {
        Some(Level::Warning)
    }

    fn check(&self, on: &Subject<'_>, found: &mut Vec<Diagnostic>) {
        for (number, fact) in on.kb.facts.pairs() {
            if fact.neutral.is_none() && !is_read(on.kb, number) && !has_a_use_of_its_own(on.kb, number, fact) {
                found.push(self.finding(&fact.place).with("fact", &fact.id));
            }
        }
    }
}

/// Whether any condition reads the fact.
pub(super) fn is_read(kb: &KnowledgeBase, fact: FactId) -> bool {
    kb.conditions().any(|condition| condition.variables().contains(&Variable::Fact(fact)))
}

/// Whether a report uses the fact without any evidence or need: what is run today,
/// and what law, words and plans look at.
pub(super) fn has_a_use_of_its_own(kb: &KnowledgeBase, number: FactId, fact: &Fact) -> bool {
    fact.options_of.is_some() || kb.is_looked_at(number)
}
