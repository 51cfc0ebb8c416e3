//! `undecided-proofs`: questions about the base whose work ran out.

use super::{Lint, Subject};
use crate::diagnostic::{Diagnostic, Level, Place};
use crate::proof::Part;
use crate::proof::solve::{MOST_STEPS, Outcome};

pub(super) struct UndecidedProofs;

impl Lint for UndecidedProofs {
    fn name(&self) -> &'static str {
        "undecided-proofs"
    }

    fn level(&self) -> Option<Level> {
        Some(Level::Warning)
    }

    fn check(&self, on: &Subject<'_>, found: &mut Vec<Diagnostic>) {
        let (kb, proofs) = (on.kb, on.proofs());
        let mut look = |place: &Place, is_undecided: bool| {
            if is_undecided {
                found.push(self.finding(place).with("steps", MOST_STEPS.to_string()));
            }
        };
        for (decision, all) in proofs.reach.pairs() {
            for (candidate, reach) in all.pairs() {
                look(&kb.candidate(decision, candidate).place, reach.found == Outcome::Undecided);
            }
        }
        for condition in &proofs.conditions {
            let one = kb.candidate(condition.at.0, condition.at.1);
            let place = match condition.part {
                Part::Evidence(line) => &one.evidence[line].place,
                Part::Need(need) => &one.needs[need].place,
            };
            look(place, condition.holds == Outcome::Undecided || condition.fails == Outcome::Undecided);
        }
        for ((decision, candidate, line), turns) in &proofs.lines {
            look(&kb.candidate(*decision, *candidate).evidence[*line].place, *turns == Outcome::Undecided);
        }
        for (fact, turns) in &proofs.facts {
            look(&kb.facts[*fact].place, *turns == Outcome::Undecided);
        }
        for ((fact, option), turns) in &proofs.options {
            look(&kb.facts[*fact].options()[*option].place, *turns == Outcome::Undecided);
        }
        for one in &proofs.standings {
            let place = &kb.candidate(one.at.0, one.at.1).place;
            look(place, one.open == Outcome::Undecided || one.shut == Outcome::Undecided);
        }
        for (rule, breach) in kb.invariants.iter().zip(&proofs.breaches) {
            look(&rule.place, *breach == Outcome::Undecided);
        }
    }
}
