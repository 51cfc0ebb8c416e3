//! What if, for programs: ids, both texts where texts appear, one object per question.

use crate::answer::{Answer, Answers};
use crate::engine::kernel::Readiness;
use crate::ids::{CandidateId, CandidateRef, FactId, NeedId};
use crate::kb::{Keep, KnowledgeBase};
use crate::profile::Profile;
use crate::report::json::answer;
use crate::report::plan_json::{self, about};
use crate::whatif::change::{Difference, Side, lines};
use crate::whatif::each::{Each, Worth};
use crate::whatif::{Way, Ways, lead, open};
use serde_json::{Value, json};

/// The version of this format.
pub const FORMAT: u32 = 1;

/// What every answer begins with.
fn head(kb: &KnowledgeBase, profile: &Profile, asked: &str) -> Value {
    json!({
        "format": FORMAT,
        "kb": { "version": kb.version, "hash": kb.hash },
        "id": profile.id,
        "name": profile.name,
        "asked": asked,
    })
}

/// Before and after.
#[must_use]
pub fn effect(kb: &KnowledgeBase, profile: &Profile, before: Side<'_>, after: Side<'_>) -> Value {
    let difference = Difference::between(kb, before, after);
    let given = |answers: &Answers, fact: FactId| answers.get(fact).map(|one| answer(&kb.facts[fact], one));
    let changed = difference
        .answers
        .iter()
        .map(|fact| json!({ "fact": kb.facts[*fact].id, "before": given(before.0, *fact), "after": given(after.0, *fact) }));
    let leaders = difference.leaders.iter().map(|one| {
        let ids = |kept: &[CandidateId]| kept.iter().map(|one_of| kb.candidate(one.decision, *one_of).id.clone()).collect::<Vec<_>>();
        let margin = |side: Side<'_>| side.1.judgement.decisions[one.decision].lead().and_then(|lead| lead.margin);
        let moved = lines(kb, one.decision, &before.1.judgement, &after.1.judgement).into_iter().map(|line| {
            let candidate = kb.candidate(one.decision, line.candidate);
            json!({ "candidate": candidate.id, "line": candidate.evidence[line.line].id, "before": line.before, "after": line.after })
        });
        json!({
            "decision": kb.decisions[one.decision].id,
            "before": { "chosen": ids(&one.before), "margin": margin(before) },
            "after": { "chosen": ids(&one.after), "margin": margin(after) },
            "lines": moved.collect::<Vec<_>>(),
        })
    });
    let moves = difference.moves.iter().map(|one| {
        let mut found = about(kb, one.at);
        found["before"] = json!(one.before.id());
        found["after"] = json!(one.after.id());
        found
    });
    let actions = difference
        .actions
        .iter()
        .map(|one| json!({ "about": about(kb, one.at), "step": one.step.id(), "week": one.week, "new": one.is_new }));
    let side = |side: Side<'_>| {
        let stops = side.1.judgement.decisions.iter().flat_map(|outcome| {
            outcome.group(Readiness::Stop).map(|one| about(kb, (outcome.decision(), one.account.candidate))).collect::<Vec<_>>()
        });
        json!({ "stops": stops.collect::<Vec<_>>(), "next-money": plan_json::next_money(kb, side.1) })
    };
    let mut found = head(kb, profile, "set");
    found["changed"] = json!(changed.collect::<Vec<_>>());
    found["leaders"] = json!(leaders.collect::<Vec<_>>());
    found["moves"] = json!(moves.collect::<Vec<_>>());
    found["plan"] = json!(actions.collect::<Vec<_>>());
    found["before"] = side(before);
    found["after"] = side(after);
    found
}

/// What would make a candidate lead.
#[must_use]
pub fn become_it(kb: &KnowledgeBase, profile: &Profile, at: CandidateRef, found: &lead::Found) -> Value {
    let came = match found {
        lead::Found::Leads => json!({ "found": "already" }),
        lead::Found::Ways(ways) => ways_of(kb, &profile.answers, ways),
        lead::Found::Never { rival, best, takes } => {
            let rival = rival.map(|rival| kb.candidate(at.0, rival).id.clone());
            json!({ "found": "never", "proof": { "over": rival, "best": best, "takes": takes } })
        }
        lead::Found::NeverTogether => json!({ "found": "never", "proof": null }),
        lead::Found::NotWithin(n) => json!({ "found": "not-within", "ruled-out": n }),
    };
    sought(kb, profile, ("become", at), came)
}

/// What would open a candidate.
#[must_use]
pub fn open_it(kb: &KnowledgeBase, profile: &Profile, at: CandidateRef, found: &open::Found) -> Value {
    let need = |need: NeedId| kb.candidate(at.0, at.1).needs[need].id.clone();
    let came = match found {
        open::Found::Already(group) => json!({ "found": "already", "group": group.id() }),
        open::Found::Ways(ways) => ways_of(kb, &profile.answers, ways),
        open::Found::NeverMet(number) => json!({ "found": "never", "proof": { "need": need(*number) } }),
        open::Found::NotKnown(number) => json!({ "found": "not-known", "proof": { "need": need(*number) } }),
        open::Found::NeverFits(best) => json!({ "found": "never", "proof": { "best": best, "takes": 1 } }),
        open::Found::Never => json!({ "found": "never", "proof": null }),
        open::Found::NotWithin(n) => json!({ "found": "not-within", "ruled-out": n }),
    };
    sought(kb, profile, ("open", at), came)
}

fn sought(kb: &KnowledgeBase, profile: &Profile, (asked, at): (&str, CandidateRef), came: Value) -> Value {
    let mut found = head(kb, profile, asked);
    found["about"] = about(kb, at);
    if let Value::Object(came) = came {
        for (key, value) in came {
            found[key] = value;
        }
    }
    found
}

fn ways_of(kb: &KnowledgeBase, answers: &Answers, ways: &Ways) -> Value {
    let way = |way: &Way| {
        let change = |(fact, to): &(FactId, Answer)| {
            let one = &kb.facts[*fact];
            let now = answers.get(*fact).map(|now| answer(one, now));
            json!({ "fact": one.id, "before": now, "after": answer(one, *to), "change": one.change.id() })
        };
        json!({ "effort": way.effort, "changes": way.changes.iter().map(change).collect::<Vec<_>>() })
    };
    json!({
        "found": "ways",
        "smallest": ways.smallest.iter().map(way).collect::<Vec<_>>(),
        "easier": ways.easier.as_ref().map(way),
        "easiest-proven": ways.is_easiest,
    })
}

/// What every single answer is worth.
#[must_use]
pub fn each(kb: &KnowledgeBase, profile: &Profile, each: &Each) -> Value {
    let first = lead::decision(kb).unwrap_or_default();
    let id = |one: CandidateId| kb.candidate(first, one).id.as_str();
    let worth = |worth: &Worth| {
        let fact = &kb.facts[worth.fact];
        let answers = worth.answers.iter().map(|(effect, lead)| {
            json!({
                "answer": answer(fact, effect.answer),
                "lead": lead,
                "leader": effect.page.leader.map(id),
                "next-money": effect.page.money.map(|(at, _)| kb.candidate(at.0, at.1).id.as_str()),
                "changes": effect.changes,
            })
        });
        let now = profile.answers.get(worth.fact).map(|now| answer(fact, now));
        json!({ "fact": fact.id, "now": now, "lead-without": worth.without, "answers": answers.collect::<Vec<_>>() })
    };
    let mut found = head(kb, profile, "each");
    found["decision"] = json!(kb.decisions.get(first).filter(|one| one.keep == Keep::Leaders).map(|one| &one.id));
    found["first"] = json!(id(each.first));
    found["leader"] = json!(each.page.leader.map(id));
    found["lead"] = json!(each.lead);
    found["facts"] = json!(each.facts.iter().map(worth).collect::<Vec<_>>());
    found
}
