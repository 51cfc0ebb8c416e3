//! `missed-cases`: cases whose expected verdict does not come out.

use super::{Lint, Subject};
use crate::calibrate::cases;
use crate::diagnostic::{Diagnostic, Level};
use crate::ids::{CandidateId, DecisionId};

pub(super) struct MissedCases;

impl Lint for MissedCases {
    fn name(&self) -> &'static str {
        "missed-cases"
    }

    fn level(&self) -> Option<Level> {
        Some(Level::Error)
    }

    fn check(&self, on: &Subject<'_>, found: &mut Vec<Diagnostic>) {
        // Where a share is promised, the share is what counts; `qun test` lists the single misses.
        let is_promised = |decision: DecisionId| on.kb.measured(decision).is_some_and(|promised| promised.first.is_some());
        for miss in cases::missed(on.kb).into_iter().filter(|miss| !is_promised(miss.decision)) {
            let case = &on.kb.cases[miss.case];
            let names = |candidates: &[CandidateId]| {
                let ids: Vec<_> = candidates.iter().map(|one| on.kb.candidate(miss.decision, *one).id.as_str()).collect();
                if ids.is_empty() { "–".to_owned() } else { ids.join(" + ") }
            };
            let finding = self.finding(&case.place).with("case", &case.id);
            let finding = finding.with("expected", names(&miss.expected)).with("found", names(&miss.found));
            found.push(finding.text("decision", on.kb.decisions[miss.decision].heading.clone()));
        }
    }
}
