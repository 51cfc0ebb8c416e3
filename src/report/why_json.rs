//! Why candidates stand where they stand, for programs: one object per candidate.

use super::json::{answer, line, need};
use super::plan_json::about;
use crate::advice::Advice;
use crate::answer::Answers;
use crate::condition::{Condition, Variable};
use crate::engine::judgement::Account;
use crate::engine::kernel::Readiness;
use crate::ids::{CandidateId, CandidateRef, LineId};
use crate::kb::KnowledgeBase;
use crate::profile::Profile;
use crate::truth::Truth;
use serde_json::{Value, json};
use std::cmp::Reverse;

/// The version of this format.
pub const FORMAT: u32 = 1;

/// The accounts of some candidates; of two of one decision, the lines that part them.
#[must_use]
pub fn why(kb: &KnowledgeBase, profile: &Profile, advice: &Advice, asked: &[(CandidateRef, Option<CandidateId>)]) -> Value {
    let account = |(at, against): &(CandidateRef, Option<CandidateId>)| {
        let mut found = account(kb, &profile.answers, advice, *at);
        let rival = |rival: CandidateId| json!({ "about": about(kb, (at.0, rival)), "lines": parting(kb, advice, *at, rival) });
        found["against"] = against.map_or(Value::Null, rival);
        found
    };
    json!({
        "format": FORMAT,
        "kb": { "version": kb.version, "hash": kb.hash },
        "id": profile.id,
        "name": profile.name,
        "accounts": asked.iter().map(account).collect::<Vec<_>>(),
    })
}

fn account(kb: &KnowledgeBase, answers: &Answers, advice: &Advice, at: CandidateRef) -> Value {
    let one = kb.candidate(at.0, at.1);
    let outcome = &advice.judgement.decisions[at.0];
    let worth = outcome.of(at.1);
    let lines = one.evidence.pairs().map(|(number, evidence)| {
        let mut found = line(evidence, worth.and_then(|one| one.lines.get(number)).copied().unwrap_or(Truth::Unknown));
        found["id"] = json!(evidence.id);
        found["answers"] = behind(kb, answers, &evidence.when);
        found
    });
    let needs = one.needs.pairs().map(|(number, one)| {
        let mut found = need(one, worth.and_then(|one| one.needs.get(number)).copied().unwrap_or(Truth::Unknown));
        found["id"] = json!(one.id);
        found["answers"] = behind(kb, answers, &one.when);
        found
    });
    json!({
        "about": about(kb, at),
        "points": worth.map_or(0, |one| one.points),
        "rank": outcome.accounts().position(|one| one.candidate == at.1).map(|place| place + 1),
        "of": outcome.accounts().count(),
        "chosen": outcome.chosen().contains(at.1),
        "group": outcome.readiness(at.1).map(Readiness::id),
        "evidence": lines.collect::<Vec<_>>(),
        "needs": needs.collect::<Vec<_>>(),
    })
}

/// The facts that a condition reads, with their answers.
fn behind(kb: &KnowledgeBase, answers: &Answers, condition: &Condition) -> Value {
    let fact = |variable: Variable| match variable {
        Variable::Fact(fact) => {
            let one = &kb.facts[fact];
            Some(json!({ "fact": one.id, "answer": answers.get(fact).map(|given| answer(one, given)) }))
        }
        Variable::Choice(_) => None,
    };
    json!(condition.variables().into_iter().filter_map(fact).collect::<Vec<_>>())
}

/// The lines that hold of either of two, by what they add to the first one's lead, the largest first.
fn parting(kb: &KnowledgeBase, advice: &Advice, at: CandidateRef, rival: CandidateId) -> Vec<Value> {
    let outcome = &advice.judgement.decisions[at.0];
    let of = |account: Option<&Account>, candidate: CandidateId, sign: i32| {
        let truths = account.map(|one| one.lines.clone()).unwrap_or_default();
        let lines = kb.candidate(at.0, candidate).evidence.pairs().zip(truths);
        let counted = lines.filter(|(_, truth)| truth.is_yes());
        counted.map(|((number, line), _)| (sign * line.points, candidate, number)).collect::<Vec<_>>()
    };
    let mut all = of(outcome.of(at.1), at.1, 1);
    all.extend(of(outcome.of(rival), rival, -1));
    all.sort_by_key(|(points, candidate, line)| (Reverse(points.abs()), *candidate, *line));
    let row = |(points, candidate, line): (i32, CandidateId, LineId)| {
        let one = kb.candidate(at.0, candidate);
        json!({ "candidate": one.id, "id": one.evidence[line].id, "adds": points })
    };
    all.into_iter().map(row).collect()
}
