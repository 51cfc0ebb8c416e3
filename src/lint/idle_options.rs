//! `idle-options`: answers that turn no verdict, though some condition knows them.

use super::{Lint, Subject};
use crate::diagnostic::{Diagnostic, Level};
use crate::proof::idle::has_effect;
use crate::proof::solve::Outcome;

pub(super) struct IdleOptions;

impl Lint for IdleOptions {
    fn name(&self) -> &'static str {
        "idle-options"
    }

    fn level(&self) -> Option<Level> {
        Some(Level::Warning)
    }

    fn check(&self, on: &Subject<'_>, found: &mut Vec<Diagnostic>) {
        let proofs = on.proofs();
        for ((number, option), _) in proofs.options.iter().filter(|(_, turns)| *turns == Outcome::Impossible) {
            let fact = &on.kb.facts[*number];
            let choice = &fact.options()[*option];
            // A fact that turns nothing at all is told once.
            let fact_is_idle = proofs.facts.iter().any(|(of, turns)| of == number && *turns == Outcome::Impossible);
            let known = has_effect(on.kb, *number, *option);
            let own = on.kb.is_used_apart(*number);
            let excused = choice.neutral.is_some() || fact.neutral.is_some() || own;
            if known && !fact_is_idle && !excused && !on.is_read_idly(*number) {
                found.push(self.finding(&choice.place).with("fact", &fact.id).with("option", &choice.id));
            }
        }
    }
}
