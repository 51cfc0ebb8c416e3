//! `constant-conditions`: evidence and needs that always come out the same way.

use super::{Lint, Subject};
use crate::diagnostic::{Diagnostic, Level};
use crate::proof::Part;
use crate::proof::solve::Outcome;

pub(super) struct ConstantConditions;

impl Lint for ConstantConditions {
    fn name(&self) -> &'static str {
        "constant-conditions"
    }

    fn level(&self) -> Option<Level> {
        Some(Level::Error)
    }

    fn check(&self, on: &Subject<'_>, found: &mut Vec<Diagnostic>) {
        for condition in &on.proofs().conditions {
            let one = on.kb.candidate(condition.at.0, condition.at.1);
            let place = match condition.part {
                Part::Evidence(line) => &one.evidence[line].place,
                Part::Need(need) => &one.needs[need].place,
            };
            let finding = self.finding(place).with("candidate", &one.id);
            // What holds only for a candidate that cannot win is that candidate's fault.
            if condition.holds == Outcome::Impossible && !on.rests_on_the_unreachable(condition) {
                found.push(finding.because("never"));
            } else if condition.fails == Outcome::Impossible {
                found.push(finding.because("always"));
            }
        }
    }
}
