//! `closed-candidates`: candidates of an all-keeping decision that can never be open.

use super::{Lint, Subject};
use crate::diagnostic::{Diagnostic, Level};
use crate::proof::solve::Outcome;

pub(super) struct ClosedCandidates;

impl Lint for ClosedCandidates {
    fn name(&self) -> &'static str {
        "closed-candidates"
    }

    fn level(&self) -> Option<Level> {
        Some(Level::Error)
    }

    fn check(&self, on: &Subject<'_>, found: &mut Vec<Diagnostic>) {
        for one in on.proofs().standings.iter().filter(|one| one.open == Outcome::Impossible) {
            let candidate = on.kb.candidate(one.at.0, one.at.1);
            let hopeless = candidate.evidence.iter().all(|line| line.points <= 0);
            let reason = if hopeless { "points" } else { "needs" };
            found.push(self.finding(&candidate.place).with("candidate", &candidate.id).because(reason));
        }
    }
}
