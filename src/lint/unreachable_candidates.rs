//! `unreachable-candidates`: candidates of a leader decision that can never win.

use super::{Lint, Subject};
use crate::diagnostic::{Diagnostic, Level};
use crate::proof::reach::Barred;
use crate::proof::solve::Outcome;

pub(super) struct UnreachableCandidates;

impl Lint for UnreachableCandidates {
    fn name(&self) -> &'static str {
        "unreachable-candidates"
    }

    fn level(&self) -> Option<Level> {
        Some(Level::Error)
    }

    fn check(&self, on: &Subject<'_>, found: &mut Vec<Diagnostic>) {
        for (decision, all) in on.proofs().reach.pairs() {
            let unreachable = all.pairs().filter(|(_, reach)| reach.found == Outcome::Impossible);
            for (candidate, reach) in unreachable {
                let one = on.kb.candidate(decision, candidate);
                let mut finding = self.finding(&one.place).with("candidate", &one.id);
                finding = match &reach.barred {
                    Some(Barred::BelowFloor(most)) => {
                        finding.with("most", most.to_string()).with("floor", on.kb.floor.to_string()).because("floor")
                    }
                    Some(Barred::By(rivals)) => {
                        let ids: Vec<&str> = rivals.iter().map(|rival| on.kb.candidate(decision, *rival).id.as_str()).collect();
                        let places = rivals.iter().map(|rival| on.kb.candidate(decision, *rival).place.clone());
                        finding = places.fold(finding, Diagnostic::related);
                        finding.with("rivals", ids.join(", ")).because(if ids.len() == 1 { "dominated" } else { "squeezed" })
                    }
                    Some(Barred::Together) | None => finding.because("together"),
                };
                found.push(finding);
            }
        }
    }
}
