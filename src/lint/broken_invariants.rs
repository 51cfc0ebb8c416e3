//! `broken-invariants`: what must never come out and does, with a profile.

use super::{Lint, Subject, on_one_line};
use crate::diagnostic::{Diagnostic, Level};
use crate::proof::solve::Outcome;

pub(super) struct BrokenInvariants;

impl Lint for BrokenInvariants {
    fn name(&self) -> &'static str {
        "broken-invariants"
    }

    fn level(&self) -> Option<Level> {
        Some(Level::Error)
    }

    fn check(&self, on: &Subject<'_>, found: &mut Vec<Diagnostic>) {
        for (rule, breach) in on.kb.invariants.iter().zip(&on.proofs().breaches) {
            if let Outcome::Shown(profile) = breach {
                let candidate = on.kb.candidate(rule.decision, rule.candidate);
                let finding = self.finding(&rule.place).related(candidate.place.clone()).with("invariant", &rule.id);
                let finding = finding.with("candidate", &candidate.id).with("standing", rule.standing.id());
                found.push(finding.with("profile", on_one_line(on.kb, profile)).text("says", rule.says.clone()));
            }
        }
    }
}
