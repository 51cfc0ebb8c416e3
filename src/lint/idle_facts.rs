//! `idle-facts`: questions whose answer turns no verdict, though conditions read it.

use super::{Lint, Subject};
use crate::diagnostic::{Diagnostic, Level};
use crate::proof::solve::Outcome;

pub(super) struct IdleFacts;

impl Lint for IdleFacts {
    fn name(&self) -> &'static str {
        "idle-facts"
    }

    fn level(&self) -> Option<Level> {
        Some(Level::Warning)
    }

    fn check(&self, on: &Subject<'_>, found: &mut Vec<Diagnostic>) {
        for (number, turns) in on.proofs().facts.iter().filter(|(_, turns)| *turns == Outcome::Impossible) {
            let _ = turns;
            let fact = &on.kb.facts[*number];
            let own = on.kb.is_used_apart(*number);
            if fact.neutral.is_none() && !own && !on.is_read_idly(*number) {
                found.push(self.finding(&fact.place).with("fact", &fact.id));
            }
        }
    }
}
