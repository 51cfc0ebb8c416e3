//! `unused-facts`: questions whose answer nothing reads.

use super::{Lint, Subject};
use crate::condition::Variable;
use crate::diagnostic::{Diagnostic, Level};
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
            if fact.neutral.is_none() && !is_read(on.kb, number) && !on.kb.is_used_apart(number) {
                found.push(self.finding(&fact.place).with("fact", &fact.id));
            }
        }
    }
}

/// Whether any condition reads the fact.
pub(super) fn is_read(kb: &KnowledgeBase, fact: FactId) -> bool {
    kb.conditions().any(|condition| condition.variables().contains(&Variable::Fact(fact)))
}
