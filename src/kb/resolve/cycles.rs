//! Sequences must end: `after` and `grows-into` may not run in circles.

use crate::diagnostic::Diagnostic;
use crate::ids::{CandidateId, IndexVec};
use crate::kb::{Candidate, Decision, KnowledgeBase};

/// Reports one candidate of every circle.
pub fn check(kb: &KnowledgeBase, faults: &mut Vec<Diagnostic>) {
    for decision in &kb.decisions {
        circle("after", decision, |candidate| &candidate.after, faults);
        circle("grows-into", decision, |candidate| &candidate.grows_into, faults);
    }
}

fn circle(
    relation: &'static str,
    decision: &Decision,
    next: impl Fn(&Candidate) -> &[CandidateId],
    faults: &mut Vec<Diagnostic>,
) {
    let mut done = IndexVec::filled(false, decision.candidates.len());
    for start in decision.candidates.ids() {
        let mut trail = vec![start];
        if let Some(path) = walk(decision, &next, &mut trail, &mut done) {
            let names: Vec<_> = path.iter().map(|at| decision.candidates[*at].id.as_str()).collect();
            let place = decision.candidates[path[0]].place.clone();
            faults.push(Diagnostic::error("cycle", place).with("relation", relation).with("path", names.join(" → ")));
        }
    }
}

/// Follows the relation; the circle's path if one closes on the trail.
fn walk(
    decision: &Decision,
    next: &impl Fn(&Candidate) -> &[CandidateId],
    trail: &mut Vec<CandidateId>,
    done: &mut IndexVec<CandidateId, bool>,
) -> Option<Vec<CandidateId>> {
    let here = *trail.last()?;
    if done[here] {
        return None;
    }
    for step in next(&decision.candidates[here]) {
        if let Some(at) = trail.iter().position(|seen| seen == step) {
            let mut path = trail[at..].to_vec();
            path.push(*step);
            for seen in trail.iter() {
                done[*seen] = true;
            }
            return Some(path);
        }
        trail.push(*step);
        let found = walk(decision, next, trail, done);
        trail.pop();
        if found.is_some() {
            return found;
        }
    }
    done[here] = true;
    None
}
