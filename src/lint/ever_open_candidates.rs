//! `ever-open-candidates`: candidates that are recommended whatever the answers are.

use super::{Lint, Subject};
use crate::diagnostic::{Diagnostic, Level};
use crate::proof::solve::Outcome;

pub(super) struct EverOpenCandidates;

impl Lint for EverOpenCandidates {
    fn name(&self) -> &'static str {
        "ever-open-candidates"
    }

    fn level(&self) -> Option<Level> {
        Some(Level::Warning)
    }

    fn check(&self, on: &Subject<'_>, found: &mut Vec<Diagnostic>) {
        for one in on.proofs().standings.iter().filter(|one| one.shut == Outcome::Impossible) {
            let candidate = on.kb.candidate(one.at.0, one.at.1);
            found.push(self.finding(&candidate.place).with("candidate", &candidate.id));
        }
    }
}
