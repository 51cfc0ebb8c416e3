//! `needless-markers`: lines, facts and options marked as deciding nothing that do decide.

use super::{Lint, Subject, on_one_line};
use crate::diagnostic::{Diagnostic, Level};
use crate::proof::solve::Outcome;

pub(super) struct NeedlessMarkers;

impl Lint for NeedlessMarkers {
    fn name(&self) -> &'static str {
        "needless-markers"
    }

    fn level(&self) -> Option<Level> {
        Some(Level::Warning)
    }

    fn check(&self, on: &Subject<'_>, found: &mut Vec<Diagnostic>) {
        let mut look = |place, marked: bool, turns: &Outcome<_>, marker: &'static str| {
            if let (true, Outcome::Shown(profile)) = (marked, turns) {
                found.push(self.finding(place).with("marker", marker).with("profile", on_one_line(on.kb, profile)));
            }
        };
        for ((decision, candidate, line), turns) in &on.proofs().lines {
            let evidence = &on.kb.candidate(*decision, *candidate).evidence[*line];
            look(&evidence.place, evidence.supporting.is_some(), turns, "supporting");
        }
        for (fact, turns) in &on.proofs().facts {
            look(&on.kb.facts[*fact].place, on.kb.facts[*fact].neutral.is_some(), turns, "neutral");
        }
        for ((fact, option), turns) in &on.proofs().options {
            let choice = &on.kb.facts[*fact].options()[*option];
            look(&choice.place, choice.neutral.is_some(), turns, "neutral");
        }
    }
}
