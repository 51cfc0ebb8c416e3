//! Resolving cases: their answers are checked as any profile is.

use super::{look_up, sources};
use crate::diagnostic::Diagnostic;
use crate::kb::{Case, KnowledgeBase, raw};
use crate::profile::check;

/// The cases, sorted by id as their files are.
pub fn resolve(kb: &KnowledgeBase, written: Vec<raw::Case>, faults: &mut Vec<Diagnostic>) -> Vec<Case> {
    written.into_iter().map(|case| resolve_one(kb, case, faults)).collect()
}

fn resolve_one(kb: &KnowledgeBase, written: raw::Case, faults: &mut Vec<Diagnostic>) -> Case {
    let mut expect = Vec::new();
    for (decision, candidates) in &written.expect.0 {
        let ids = kb.decisions.iter().map(|decision| decision.id.as_str());
        let Some(decision) = look_up("unknown-decision", decision, ids, faults) else { continue };
        let ids = || kb.decisions[decision].candidates.iter().map(|candidate| candidate.id.as_str());
        let found = candidates.iter().filter_map(|at| look_up("unknown-candidate", at, ids(), faults)).collect();
        expect.push((decision, found));
    }
    if written.expect.0.is_empty() {
        faults.push(Diagnostic::error("case-expects-nothing", written.place.clone()));
    }
    let profile = check::check(&kb.facts, &written.answers, faults);
    Case {
        sources: sources::check(&kb.sources, &written.sources, faults),
        id: written.id,
        name: written.name,
        summary: written.summary,
        expect,
        answers: profile.answers,
        place: written.place,
    }
}
