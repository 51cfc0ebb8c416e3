//! A comparison for programs: ids, and both texts where texts appear.

use super::document;
use crate::answer::Answers;
use crate::compare::alone::Alone;
use crate::compare::noted::Base;
use crate::compare::review::{Fate, Planned};
use crate::compare::{Comparison, Side, Step};
use crate::engine::judgement::{Account, Outcome, Ranking};
use crate::ids::{CandidateId, CandidateRef, FactId};
use crate::kb::Keep;
use crate::profile::done;
use crate::report::document_json;
use crate::report::json::answer;
use crate::report::plan_json::{self, about};
use crate::report::receipt::Receipt;
use crate::text::{Lang, harmless_line};
use crate::whatif::change::{Leaders, Move, PlanChange};
use serde_json::{Value, json};

/// The version of this format.
pub const FORMAT: u32 = 1;

/// What profiles differ in.
#[must_use]
pub fn compare(found: &Comparison<'_>) -> Value {
    let kb = found.kb;
    let leaders = found.leaders();
    json!({
        "format": FORMAT,
        "kb": { "version": kb.version, "hash": kb.hash },
        "decision": found.decision.map(|decision| kb.decisions[decision].id.as_str()),
        "same": leaders.windows(2).all(|pair| pair[0] == pair[1]),
        "review": found.is_review,
        "bases-differ": found.is_mixed(),
        "profiles": found.sides.iter().map(|one| side(found, one)).collect::<Vec<_>>(),
        "steps": found.steps.iter().map(|one| step(found, one)).collect::<Vec<_>>(),
    })
}

/// The same, and what it was made from, and every text that a document prints, in both languages.
#[must_use]
pub fn report(found: &Comparison<'_>, receipt: &Receipt) -> Value {
    let mut value = compare(found);
    let [zh, en] = Lang::BOTH.map(|lang| document_json::document(&document::document(found, receipt, lang)));
    value["document"] = json!({ "zh": zh, "en": en });
    value["receipt"] = receipt.json();
    value
}

fn side(found: &Comparison<'_>, side: &Side<'_>) -> Value {
    let kb = found.kb;
    let rankings = side.advice.judgement.decisions.iter().filter_map(|outcome| match outcome {
        Outcome::Leaders(ranking) => Some(ranking),
        Outcome::All(_) => None,
    });
    let leaders = rankings.map(|ranking| {
        let id = |one: CandidateId| kb.candidate(ranking.decision, one).id.as_str();
        let ids: Vec<&str> = side.view.kept(ranking.decision).iter().map(id).collect();
        let margin = ranking.lead.and_then(|lead| lead.margin);
        json!({ "decision": kb.decisions[ranking.decision].id, "chosen": ids, "margin": margin })
    });
    let outcomes = &side.advice.judgement.decisions;
    let of = |ranking: &Ranking| {
        let point =
            |account: &Account| json!({ "about": about(kb, (ranking.decision, account.candidate)), "points": account.points });
        ranking.accounts().map(point).collect::<Vec<_>>()
    };
    let ranked = outcomes.iter().filter_map(|outcome| if let Outcome::Leaders(ranking) = outcome { Some(ranking) } else { None });
    let points: Vec<Value> = ranked.flat_map(of).collect();
    let stands = kb.decisions.pairs().filter(|(_, one)| one.keep == Keep::All).flat_map(|(decision, _)| {
        let all = side.view.stands.decisions[decision].pairs();
        all.map(move |(one, stand)| json!({ "about": about(kb, (decision, one)), "group": stand.readiness.id() }))
    });
    let stands: Vec<Value> = stands.collect();
    let year = side.view.year.map(|([low, middle, high], currency)| {
        let unit = currency.map(|unit| kb.units[unit].id.as_str());
        json!({ "low": whole(low), "middle": whole(middle), "high": whole(high), "currency": unit })
    });
    json!({
        "id": side.profile.id,
        "name": side.profile.name,
        "written-for": match &side.base {
            Base::Unsaid => Value::Null,
            Base::Same => json!({ "noted": side.profile.base, "same": true }),
            Base::Other(noted) => json!({ "noted": noted, "same": false }),
        },
        "leaders": leaders.collect::<Vec<_>>(),
        "points": points,
        "stands": stands,
        "next-money": plan_json::next_money(kb, &side.advice),
        "stopped": side.view.plan.is_stopped,
        "year": year,
    })
}

/// A sum in hundredths as JSON has it.
fn whole(hundredths: i128) -> i64 {
    i64::try_from(hundredths).unwrap_or(if hundredths < 0 { i64::MIN } else { i64::MAX })
}

fn step(found: &Comparison<'_>, step: &Step) -> Value {
    let kb = found.kb;
    let fact = |fact: &FactId| kb.facts[*fact].id.clone();
    let [before, after] = [step.from, step.to].map(|at| &found.sides[at].profile.answers);
    let note = |(at, outcome): &(CandidateRef, done::Outcome)| json!({ "about": about(kb, *at), "noted": noted(outcome) });
    json!({
        "from": step.from,
        "to": step.to,
        "toward": step.toward,
        "answers": step.answers.iter().map(|one| alone(found, (before, after), one)).collect::<Vec<_>>(),
        "enough": step.enough.as_ref().map(|facts| facts.iter().map(fact).collect::<Vec<_>>()),
        "leaders": step.difference.leaders.iter().filter(|one| one.before != one.after).map(|one| leaders(found, one)).collect::<Vec<_>>(),
        "moves": moves(found, &step.difference.moves),
        "plan": plan(found, &step.difference.actions),
        "planned": step.review.iter().map(|one| planned(found, one)).collect::<Vec<_>>(),
        "besides": step.besides.iter().map(note).collect::<Vec<_>>(),
    })
}

fn alone(found: &Comparison<'_>, (before, after): (&Answers, &Answers), one: &Alone) -> Value {
    let kb = found.kb;
    let given = |answers: &Answers| answers.get(one.fact).map(|given| answer(&kb.facts[one.fact], given));
    let points = one
        .points
        .iter()
        .filter_map(|(candidate, more)| Some(json!({ "candidate": kb.candidate(found.decision?, *candidate).id, "adds": more })));
    let money = |at: Option<CandidateRef>| at.map(|at| about(kb, at));
    json!({
        "fact": kb.facts[one.fact].id,
        "before": given(before),
        "after": given(after),
        "alone": {
            "toward": one.toward,
            "points": points.collect::<Vec<_>>(),
            "leaders": one.leaders.iter().map(|one| leaders(found, one)).collect::<Vec<_>>(),
            "moves": moves(found, &one.moves),
            "plan": plan(found, &one.planned),
            "next-money": one.money.map(|(before, after)| json!({ "before": money(before), "after": money(after) })),
            "year": one.year.map(|(before, after)| json!({ "before": whole(before), "after": whole(after) })),
        },
    })
}

fn leaders(found: &Comparison<'_>, one: &Leaders) -> Value {
    let ids =
        |kept: &[CandidateId]| kept.iter().map(|kept| found.kb.candidate(one.decision, *kept).id.clone()).collect::<Vec<_>>();
    json!({ "decision": found.kb.decisions[one.decision].id, "before": ids(&one.before), "after": ids(&one.after) })
}

fn moves(found: &Comparison<'_>, moves: &[Move]) -> Value {
    let one = |one: &Move| json!({ "about": about(found.kb, one.at), "before": one.before.id(), "after": one.after.id() });
    json!(moves.iter().map(one).collect::<Vec<_>>())
}

fn plan(found: &Comparison<'_>, actions: &[PlanChange]) -> Value {
    let one = |one: &PlanChange| json!({ "about": about(found.kb, one.at), "step": one.step.id(), "week": one.week, "new": one.is_new });
    json!(actions.iter().map(one).collect::<Vec<_>>())
}

fn planned(found: &Comparison<'_>, one: &Planned) -> Value {
    let (fate, note, week) = match &one.fate {
        Fate::Noted(outcome) => ("noted", noted(outcome), None),
        Fate::Shown => ("shown", Value::Null, None),
        Fate::Again(week) => ("again", Value::Null, Some(*week)),
        Fate::Unknown => ("unknown", Value::Null, None),
    };
    json!({
        "about": about(found.kb, one.action.at),
        "step": one.action.step.id(),
        "week": one.action.first,
        "fate": fate,
        "done": one.fate.is_done(),
        "noted": note,
        "again": week,
    })
}

/// A note as the profile has it.
fn noted(outcome: &done::Outcome) -> Value {
    match outcome {
        done::Outcome::Met => json!(true),
        done::Outcome::Missed => json!(false),
        done::Outcome::On(text) => json!(text),
        done::Outcome::Words(text) => json!(harmless_line(text)),
    }
}
