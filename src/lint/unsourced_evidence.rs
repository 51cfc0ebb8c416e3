//! `unsourced-evidence`: evidence and needs that name nobody who says so.

use super::{Lint, Subject};
use crate::diagnostic::{Diagnostic, Level};

pub(super) struct UnsourcedEvidence;

impl Lint for UnsourcedEvidence {
    fn name(&self) -> &'static str {
        "unsourced-evidence"
    }

    fn level(&self) -> Option<Level> {
        Some(Level::Error)
    }

    fn check(&self, on: &Subject<'_>, found: &mut Vec<Diagnostic>) {
        for one in on.kb.decisions.iter().flat_map(|decision| &decision.candidates) {
            let lines = one.evidence.iter().map(|line| (&line.sources, &line.place));
            let needs = one.needs.iter().filter(|need| need.is_written()).map(|need| (&need.sources, &need.place));
            for (_, place) in lines.chain(needs).filter(|(sources, _)| sources.is_empty()) {
                found.push(self.finding(place).with("candidate", &one.id));
            }
        }
    }
}
