//! `idle-lines`: evidence that decides nothing in any profile.

use super::{Lint, Subject};
use crate::diagnostic::{Diagnostic, Level};
use crate::proof::Part;
use crate::proof::solve::Outcome;

pub(super) struct IdleLines;

impl Lint for IdleLines {
    fn name(&self) -> &'static str {
        "idle-lines"
    }

    fn level(&self) -> Option<Level> {
        Some(Level::Warning)
    }

    fn check(&self, on: &Subject<'_>, found: &mut Vec<Diagnostic>) {
        for ((decision, candidate, line), pivot) in &on.proofs().lines {
            let one = on.kb.candidate(*decision, *candidate);
            let evidence = &one.evidence[*line];
            // A line that never holds is told as such.
            let part = Part::Evidence(*line);
            let holds = on.proofs().conditions.iter().find(|of| of.at == (*decision, *candidate) && of.part == part);
            let never = holds.is_some_and(|of| of.holds == Outcome::Impossible);
            if *pivot == Outcome::Impossible && evidence.supporting.is_none() && !never && on.can_matter(*decision, *candidate) {
                found.push(self.finding(&evidence.place).with("candidate", &one.id).with("strength", &evidence.strength));
            }
        }
    }
}
