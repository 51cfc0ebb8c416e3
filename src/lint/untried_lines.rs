//! `untried-lines`: evidence without which every case would come out the same.
//!
//! Asked for by name only: a base has many, and each is an invitation to find
//! the real community at the boundary that its note describes.

use super::{Lint, Subject, on_one_line};
use crate::diagnostic::{Diagnostic, Level};
use crate::proof::solve::Outcome;

pub(super) struct UntriedLines;

impl Lint for UntriedLines {
    fn name(&self) -> &'static str {
        "untried-lines"
    }

    fn level(&self) -> Option<Level> {
        None
    }

    fn check(&self, on: &Subject<'_>, found: &mut Vec<Diagnostic>) {
        let proofs = on.proofs();
        for (line, turns) in &proofs.lines {
            if let (true, Outcome::Shown(profile)) = (proofs.coverage.untried.contains(line), turns) {
                let one = on.kb.candidate(line.0, line.1);
                let finding = self.finding(&one.evidence[line.2].place).with("candidate", &one.id);
                found.push(finding.with("profile", on_one_line(on.kb, profile)));
            }
        }
    }
}
