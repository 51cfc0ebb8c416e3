//! `uneven-ceilings`: candidates of one decision whose attainable points are far apart.

use super::{Lint, Subject};
use crate::answer::Answers;
use crate::diagnostic::{Diagnostic, Level};
use crate::engine::bounds::{Endings, Tables};
use crate::ids::{CandidateId, IndexVec};

pub(super) struct UnevenCeilings;

/// A ceiling this many times lower than the highest is far away.
const FAR: i32 = 2;

impl Lint for UnevenCeilings {
    fn name(&self) -> &'static str {
        "uneven-ceilings"
    }

    fn level(&self) -> Option<Level> {
        Some(Level::Warning)
    }

    fn check(&self, on: &Subject<'_>, found: &mut Vec<Diagnostic>) {
        let nothing = Answers::unknown(on.kb.facts.len());
        for (number, decision) in on.kb.decisions.pairs() {
            let Some(tables) = Tables::of(on.kb, number) else { continue };
            let ceilings: IndexVec<CandidateId, i32> =
                decision.candidates.ids().map(|one| tables.range(one, &nothing, &Endings::default()).1).collect();
            let Some(best) = ceilings.pairs().max_by_key(|(at, most)| (**most, std::cmp::Reverse(*at))) else {
                continue;
            };
            for (one, most) in ceilings.pairs() {
                let is_far = most.saturating_mul(FAR) < *best.1;
                if is_far && on.proofs().is_reachable(number, one) {
                    let finding = self.finding(&decision.candidates[one].place).with("candidate", &decision.candidates[one].id);
                    let finding = finding.with("most", most.to_string()).with("best", best.1.to_string());
                    found.push(finding.with("other", &decision.candidates[best.0].id));
                }
            }
        }
    }
}
