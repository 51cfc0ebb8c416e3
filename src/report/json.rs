//! The whole advice as JSON: ids, and both texts where texts appear, so that
//! no byte depends on the language of the reader.

use super::advice::{document, forecast};
use super::document_json;
use super::plan_json;
use super::receipt::Receipt;
use crate::advice::Advice;
use crate::advice::fit::Misfit;
use crate::advice::nearest::Nearest;
use crate::advice::next::{Next, Why};
use crate::answer::{Answer, Answers};
use crate::engine::judgement::{Account, Gap, Outcome};
use crate::engine::kernel::Readiness;
use crate::fact::{Fact, Kind, decimal};
use crate::ids::{CandidateId, DecisionId, OptionId};
use crate::kb::effort::Span;
use crate::kb::{Candidate, Evidence, Figure, KnowledgeBase, Need};
use crate::profile::Profile;
use crate::proof::robust::{LineEdit, Pivot, Robust};
use crate::text::{Lang, Text};
use crate::truth::Truth;
use serde_json::{Value, json};

/// The version of this format.
pub const FORMAT: u32 = 1;

/// The advice, and what it was made from, and every text that a document prints, in
/// both languages.
#[must_use]
pub fn report(kb: &KnowledgeBase, profile: &Profile, advice: &Advice, receipt: &Receipt) -> Value {
    let mut found = judgement(kb, profile, advice);
    let answered = kb.facts.pairs().filter_map(|(fact, one)| Some((one, profile.answers.get(fact)?)));
    let answered = answered.map(|(fact, given)| {
        let [zh, en] = Lang::BOTH.map(|lang| fact.words(given, lang));
        json!({ "fact": fact.id, "question": text(&fact.question), "value": answer(fact, given), "words": { "zh": zh, "en": en } })
    });
    found["answers"] = answered.collect();
    found["forecast"] = forecast(kb, profile, advice);
    found["receipt"] = receipt.json();
    let [zh, en] = Lang::BOTH.map(|lang| document_json::document(&document(kb, &profile.answers, advice, receipt, lang)));
    found["document"] = json!({ "zh": zh, "en": en });
    found
}

/// The advice on a profile, its judgement first; one object.
#[must_use]
pub fn judgement(kb: &KnowledgeBase, profile: &Profile, advice: &Advice) -> Value {
    let mut found = json!({
        "format": FORMAT,
        "kb": { "version": kb.version, "hash": kb.hash },
        "id": profile.id,
        "name": profile.name,
        "known": advice.judgement.known,
        "open": kb.facts.ids().filter(|fact| profile.answers.is_open(*fact)).map(|fact| &kb.facts[fact].id).collect::<Vec<_>>(),
        "gap": advice.judgement.gap.as_ref().map(|one| gap(kb, one)),
        "misfits": advice.misfits.iter().map(|one| misfit(kb, one)).collect::<Vec<_>>(),
        "nearest": advice.nearest.as_ref().map(|one| nearest(kb, profile, one)),
        "next": advice.next.as_ref().map(|one| next(kb, one)),
        "plan": plan_json::plan(kb, profile, advice),
        "law": plan_json::law(kb, &profile.answers, advice),
        "clashes": plan_json::clashes(kb, &profile.answers),
        "changing": plan_json::changing(kb, advice),
        "robust": advice.robust.as_ref().map(|one| robust(kb, &profile.answers, one)),
    });
    let decisions = advice.judgement.decisions.iter().map(|one| (kb.decisions[one.decision()].id.clone(), outcome(kb, one)));
    found["decisions"] = Value::Object(decisions.collect());
    found
}

fn id(kb: &KnowledgeBase, decision: DecisionId, candidate: CandidateId) -> &str {
    &kb.candidate(decision, candidate).id
}

fn ids<'a>(kb: &'a KnowledgeBase, decision: DecisionId, candidates: &[CandidateId]) -> Vec<&'a str> {
    candidates.iter().map(|one| id(kb, decision, *one)).collect()
}

fn text(text: &Text) -> Value {
    json!({ "zh": text.zh, "en": text.en })
}

fn outcome(kb: &KnowledgeBase, one: &Outcome) -> Value {
    let decision = one.decision();
    let assuming: Vec<_> = one.assuming().iter().map(|earlier| &kb.decisions[*earlier].id).collect();
    match one {
        Outcome::All(sorting) => {
            let ranked = sorting.sorted.iter().map(|one| {
                let mut found = account(kb, decision, &one.account);
                found["group"] = json!(one.readiness().id());
                found["after"] = json!(ids(kb, decision, &one.after));
                found
            });
            let mut found = json!({ "assuming": assuming, "ranked": ranked.collect::<Vec<_>>() });
            for readiness in Readiness::ALL {
                let group = sorting.group(readiness).map(|one| id(kb, decision, one.account.candidate));
                found[readiness.id()] = json!(group.collect::<Vec<_>>());
            }
            found
        }
        Outcome::Leaders(ranking) => {
            let ranked = ranking.ranked.iter().map(|one| {
                let mut found = account(kb, decision, &one.account);
                found["share"] = json!(f64::from(one.share) / 10_000.0);
                found
            });
            let sureness = ranking.lead.and_then(|lead| lead.sureness);
            json!({
                "chosen": ids(kb, decision, &ranking.chosen().iter().collect::<Vec<_>>()),
                "margin": ranking.lead.and_then(|lead| lead.margin),
                "settled": one.is_settled(),
                "changed-by-open": sureness.and_then(|sure| sure.open),
                "changed-by-wrong": sureness.and_then(|sure| sure.wrong),
                "assuming": assuming,
                "ranked": ranked.collect::<Vec<_>>(),
            })
        }
    }
}

fn account(kb: &KnowledgeBase, decision: DecisionId, account: &Account) -> Value {
    let candidate = kb.candidate(decision, account.candidate);
    json!({
        "id": candidate.id,
        "name": text(&candidate.name),
        "points": account.points,
        "evidence": evidence(candidate, account),
        "needs": needs(candidate, account),
        "figures": figures(kb, candidate),
        "effort": effort(candidate),
    })
}

fn evidence(candidate: &Candidate, account: &Account) -> Vec<Value> {
    let lines = candidate.evidence.iter().zip(&account.lines);
    lines.map(|(one, truth)| line(one, *truth)).collect()
}

/// What is measured about a candidate, each with the time and the documents that it comes from.
fn figures(kb: &KnowledgeBase, candidate: &Candidate) -> Vec<Value> {
    let number = |thousandths: i64| serde_json::from_str::<Value>(&decimal(thousandths, 3)).unwrap_or_default();
    let figure = |one: &Figure| {
        json!({
            "label": text(&one.label), "low": number(one.low), "high": number(one.high), "unit": text(&kb.units[one.unit].name),
            "as-of": one.as_of, "sources": one.sources,
        })
    };
    candidate.figures.iter().map(figure).collect()
}

/// What a candidate takes: ranges, and where they come from.
fn effort(candidate: &Candidate) -> Value {
    let span = |span: Option<Span>| span.map(|span| json!([span.low, span.high]));
    json!(candidate.effort.as_ref().map(|one| json!({
        "setup-hours": span(one.setup_hours),
        "weekly-hours": span(one.weekly_hours),
        "first-cash-weeks": span(one.first_cash_weeks),
        "sources": one.sources,
    })))
}

/// A trait and its truth.
pub(super) fn line(line: &Evidence, truth: Truth) -> Value {
    json!({ "trait": text(&line.statement), "points": line.points, "truth": truth, "sources": line.sources })
}

fn needs(candidate: &Candidate, account: &Account) -> Vec<Value> {
    let needs = candidate.needs.iter().zip(&account.needs);
    needs.map(|(one, truth)| need(one, *truth)).collect()
}

/// A need and its truth.
pub(super) fn need(need: &Need, truth: Truth) -> Value {
    json!({ "lacks": text(&need.lacks), "truth": truth, "fixed": need.fixed, "law": need.law, "sources": need.sources })
}

fn gap(kb: &KnowledgeBase, one: &Gap) -> Value {
    let decision = &kb.decisions[one.decision].id;
    json!({ "decision": decision, "stated": id(kb, one.decision, one.stated), "observed": id(kb, one.decision, one.observed) })
}

fn misfit(kb: &KnowledgeBase, one: &Misfit) -> Value {
    let candidate = kb.candidate(one.decision, one.candidate);
    json!({
        "fact": kb.facts[one.fact].id,
        "decision": kb.decisions[one.decision].id,
        "candidate": candidate.id,
        "group": one.group.id(),
        "against": one.against.map(|line| text(&candidate.evidence[line].statement)),
        "lacks": one.lacks.map(|need| text(&candidate.needs[need].lacks)),
    })
}

fn nearest(kb: &KnowledgeBase, profile: &Profile, one: &Nearest) -> Value {
    let case = &kb.cases[one.case];
    let expect =
        case.expect.iter().map(|(decision, labels)| (kb.decisions[*decision].id.clone(), json!(ids(kb, *decision, labels))));
    let differs = one.differs.iter().map(|number| {
        let fact = &kb.facts[*number];
        let value = |answers: &Answers| answers.get(*number).map(|one| answer(fact, one));
        json!({ "fact": fact.id, "profile": value(&profile.answers), "case": value(&case.answers) })
    });
    json!({
        "case": case.id,
        "name": text(&case.name),
        "expect": Value::Object(expect.collect()),
        "distance": f64::from(one.distance) / 1_000.0,
        "common": one.common,
        "differs": differs.collect::<Vec<_>>(),
    })
}

/// An answer as a profile in JSON has it.
pub(super) fn answer(fact: &Fact, one: Answer) -> Value {
    let id = |option: OptionId| fact.options().get(option).map(|option| option.id.as_str());
    match (one, &fact.kind) {
        (Answer::Choice(option), _) => json!(id(option)),
        (Answer::Choices(chosen), _) => json!(chosen.iter().map(id).collect::<Vec<_>>()),
        (Answer::Number(number), Kind::Number(range)) => serde_json::from_str(&range.written(number)).unwrap_or(Value::Null),
        (Answer::Number(number), _) => json!(number),
        (Answer::YesNo(yes), _) => json!(yes),
    }
}

fn next(kb: &KnowledgeBase, one: &Next) -> Value {
    let why = match &one.why {
        Why::Opening => json!({ "opening": true }),
        Why::Law => json!({ "law": true }),
        Why::Changes(changes) => json!({ "changes": changes }),
        Why::Decides { decision, leader, rival, swing } => json!({
            "decides": kb.decisions[*decision].id,
            "leader": id(kb, *decision, *leader),
            "rival": id(kb, *decision, *rival),
            "swing": swing,
        }),
        Why::Fits { decision } => json!({ "fits": kb.decisions[*decision].id }),
        Why::Opens { decision, candidates } => {
            json!({ "opens": kb.decisions[*decision].id, "candidates": ids(kb, *decision, candidates) })
        }
    };
    json!({ "fact": kb.facts[one.fact].id, "question": text(&kb.facts[one.fact].question), "why": why })
}

/// How much has to be wrong before another candidate leads.
fn robust(kb: &KnowledgeBase, answers: &Answers, robust: &Robust) -> Value {
    let id = |one: CandidateId| kb.candidate(robust.decision, one).id.as_str();
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
