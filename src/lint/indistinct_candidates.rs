//! `indistinct-candidates`: pairs that no set of answers can keep apart.

use super::{Lint, Subject};
use crate::diagnostic::{Diagnostic, Level};

pub(super) struct IndistinctCandidates;

impl Lint for IndistinctCandidates {
    fn name(&self) -> &'static str {
        "indistinct-candidates"
    }

    fn level(&self) -> Option<Level> {
        Some(Level::Error)
    }

    fn check(&self, on: &Subject<'_>, found: &mut Vec<Diagnostic>) {
        for (decision, partings) in on.proofs().partings.pairs() {
            for pair in partings {
                let margin = on.kb.hybrid_margin;
                let is_close = pair.ahead <= margin && pair.behind <= margin;
                // A pair in which one always wins is told as a candidate that cannot win.
                let both = on.proofs().is_reachable(decision, pair.one) && on.proofs().is_reachable(decision, pair.other);
                if both && (is_close || pair.strong == 0) {
                    let (one, other) = (on.kb.candidate(decision, pair.one), on.kb.candidate(decision, pair.other));
                    let finding = self.finding(&one.place).related(other.place.clone());
                    let finding = finding.with("one", &one.id).with("other", &other.id).with("margin", margin.to_string());
                    let finding = finding.with("most", pair.ahead.max(pair.behind).to_string());
                    let finding = finding.with("floor", on.kb.floor.to_string());
                    found.push(finding.because(if is_close { "close" } else { "weak" }));
                }
            }
        }
    }
}
