//! `unopposed-candidates`: candidates that nothing speaks against.

use super::{Lint, Subject};
use crate::diagnostic::{Diagnostic, Level};

pub(super) struct UnopposedCandidates;

impl Lint for UnopposedCandidates {
    fn name(&self) -> &'static str {
        "unopposed-candidates"
    }

    fn level(&self) -> Option<Level> {
        Some(Level::Note)
    }

    fn check(&self, on: &Subject<'_>, found: &mut Vec<Diagnostic>) {
        for one in on.kb.decisions.iter().flat_map(|decision| &decision.candidates) {
            if one.evidence.iter().all(|line| line.points > 0) {
                found.push(self.finding(&one.place).with("candidate", &one.id));
            }
        }
    }
}
