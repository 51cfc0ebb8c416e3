//! `unused-options`: answers that count no more than silence.
//!
//! Choosing such an option is worth the same as leaving the question open: no
//! evidence and no need comes out differently.

use super::{Lint, Subject, unused_facts};
use crate::diagnostic::{Diagnostic, Level};
use crate::proof::idle::has_effect;

pub(super) struct UnusedOptions;

impl Lint for UnusedOptions {
    fn name(&self) -> &'static str {
        "unused-options"
    }

    fn level(&self) -> Option<Level> {
        Some(Level::Warning)
    }

    fn check(&self, on: &Subject<'_>, found: &mut Vec<Diagnostic>) {
        for (number, fact) in on.kb.facts.pairs() {
            let by_itself = on.kb.is_used_apart(number);
            if by_itself || fact.neutral.is_some() || !unused_facts::is_read(on.kb, number) {
                continue;
            }
            for (option, choice) in fact.options().pairs() {
                if choice.neutral.is_none() && !has_effect(on.kb, number, option) {
                    found.push(self.finding(&choice.place).with("fact", &fact.id).with("option", &choice.id));
                }
            }
        }
    }
}
