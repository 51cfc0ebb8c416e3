//! `missed-measures`: figures that fall short of what the manifest promises.

use super::{Lint, Subject};
use crate::calibrate::promises;
use crate::diagnostic::{Diagnostic, Level};

pub(super) struct MissedMeasures;

impl Lint for MissedMeasures {
    fn name(&self) -> &'static str {
        "missed-measures"
    }

    fn level(&self) -> Option<Level> {
        Some(Level::Error)
    }

    fn check(&self, on: &Subject<'_>, found: &mut Vec<Diagnostic>) {
        for broken in promises::broken(on.kb) {
            let decision = &on.kb.decisions[broken.decision];
            let finding = self.finding(&broken.place).with("figure", broken.figure.key()).with("id", &decision.id);
            let finding = finding.with("found", broken.reached()).with("promised", broken.promise());
            found.push(finding.text("decision", decision.heading.clone()).because(broken.figure.note()));
        }
    }
}
