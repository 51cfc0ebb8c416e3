//! `unsorted-lists`: lists in an order that means nothing.
//!
//! Ids in a list are sorted, so that two people add to it in the same place.
//! Where order has meaning, the manifest says so and this lint keeps away.

use super::{Lint, Subject};
use crate::diagnostic::{Diagnostic, Level, Place};
use crate::ids::CandidateId;

pub(super) struct UnsortedLists;

impl Lint for UnsortedLists {
    fn name(&self) -> &'static str {
        "unsorted-lists"
    }

    fn level(&self) -> Option<Level> {
        Some(Level::Warning)
    }

    fn check(&self, on: &Subject<'_>, found: &mut Vec<Diagnostic>) {
        let mut look = |list: &'static str, place: &Place, ids: &[&str]| {
            if let Some(pair) = ids.windows(2).find(|pair| pair[0] > pair[1]) {
                found.push(self.finding(place).with("list", list).with("first", pair[1]).with("second", pair[0]));
            }
        };
        for decision in &on.kb.decisions {
            for one in &decision.candidates {
                let ids =
                    |numbers: &[CandidateId]| numbers.iter().map(|at| decision.candidates[*at].id.as_str()).collect::<Vec<_>>();
                look("after", &one.place, &ids(&one.after));
                look("grows-into", &one.place, &ids(&one.grows_into));
            }
        }
        for claim in &on.kb.sources.claims {
            look("held-by", &claim.place, &claim.held_by.iter().map(String::as_str).collect::<Vec<_>>());
        }
        let written = || on.kb.invariants.iter().filter(|one| one.origin.is_none());
        if let Some(first) = written().next() {
            let ids: Vec<&str> = written().map(|one| one.id.as_str()).collect();
            look("never", &first.place, &ids);
        }
    }
}
