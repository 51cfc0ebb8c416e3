//! Robustness, for programs.

use super::json::answer;
use crate::answer::Answers;
use crate::kb::KnowledgeBase;
use crate::proof::robust::{LineEdit, Pivot, Robust};
use serde_json::{Value, json};

/// How much has to be wrong before another candidate leads.
pub fn robust(kb: &KnowledgeBase, answers: &Answers, robust: &Robust) -> Value {
    let id = |one: usize| kb.candidate(robust.decision, one).id.as_str();
    let pivot = |pivot: &Pivot| {
        let fact = &kb.facts[pivot.fact];
        json!({
            "fact": fact.id,
            "now": answers.get(pivot.fact).map(|now| answer(fact, now)),
            "other": answer(fact, pivot.other),
            "leader": pivot.leader.map(id),
        })
    };
    let radius = robust.radius.map(|radius| {
        json!({
            "over": radius.rival.map(id),
            "points": radius.points,
            "lines": radius.lines,
            "per-line": f64::from(radius.hundredths()) / 100.0,
        })
    });
    let line = |edit: &LineEdit| {
        let line = &kb.candidate(robust.decision, edit.candidate).evidence[edit.line];
        json!({
            "candidate": id(edit.candidate),
            "id": line.id,
            "points": line.points,
            "edit": if edit.is_doubled { "doubled" } else { "removed" },
            "leader": edit.leader.map(id),
        })
    };
    json!({
        "decision": kb.decisions[robust.decision].id,
        "leader": id(robust.leader),
        "pivots": robust.pivots.iter().map(pivot).collect::<Vec<_>>(),
        "radius": radius,
        "lines": robust.lines.iter().map(line).collect::<Vec<_>>(),
    })
}
