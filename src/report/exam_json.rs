//! An exam as JSON: ids and figures, the same in every language.

use super::exam::Findings;
use crate::calibrate::deciding::{Deciding, deciding, rival};
use crate::calibrate::falsify::{Change, Falsified};
use crate::calibrate::fit::{At, Fit};
use crate::calibrate::{Exam, Verdict};
use crate::ids::{CandidateId, FactId, LineId};
use serde_json::{Value, json};

/// The version of this format.
pub const FORMAT: u32 = 1;

/// The findings; one object. Losses and shares are rounded to six decimals.
#[must_use]
pub fn findings(found: &Findings<'_>) -> Value {
    let exam = &found.exam;
    let kb = exam.kb;
    let names: Vec<&str> = kb.decisions[exam.decision].candidates.iter().map(|one| one.id.as_str()).collect();
    let fact = |fact: &FactId| kb.facts[*fact].id.as_str();
    let mut all = json!({
        "format": FORMAT,
        "kb": { "version": kb.version, "hash": kb.hash },
        "decision": kb.decisions[exam.decision].id,
        "without": exam.without.iter().map(fact).collect::<Vec<_>>(),
        "equal-strengths": found.equal,
        "temperature": thousandths(kb.temperature),
        "broken": super::promises::json(&found.broken),
        "verdicts": exam.verdicts.iter().map(|one| verdict(found, one)).collect::<Vec<_>>(),
        "falsified": found.falsified.iter().map(|one| falsified(found, &names, one)).collect::<Vec<_>>(),
        "fit": found.fit.as_ref().map(|one| fit(&names, one)),
        "unseen": found.unseen.as_ref().map(figures),
    });
    if let (Some(all), Value::Object(figures)) = (all.as_object_mut(), figures(exam)) {
        all.extend(figures);
    }
    all
}

/// The figures of an exam.
fn figures(exam: &Exam<'_>) -> Value {
    let measures = exam.measures();
    let names: Vec<&str> = exam.kb.decisions[exam.decision].candidates.iter().map(|one| one.id.as_str()).collect();
    json!({
        "cases": measures.cases,
        "top-one": measures.top_one,
        "any-on-top": measures.any_on_top,
        "top-two": measures.top_two,
        "hybrids": measures.hybrids,
        "hybrids-kept": measures.hybrids_kept,
        "others-with-second": measures.others_with_second,
        "abstentions": measures.abstentions,
        "nobody": measures.nobody,
        "nobody-kept": measures.nobody_kept,
        "gaps": measures.gaps,
        "log-loss": rounded(measures.log_loss),
        "brier": rounded(measures.brier),
        "confusion": { "candidates": names, "counts": exam.confusion().counts.to_vec() },
        "reliability": exam.reliability().iter().map(|band| json!({
            "low": band.low, "high": band.high, "cases": band.cases, "right": band.right, "share": rounded(band.share),
        })).collect::<Vec<_>>(),
        "missed": exam.misses().map(|one| one.case.id.as_str()).collect::<Vec<_>>(),
    })
}

fn verdict(found: &Findings<'_>, one: &Verdict<'_>) -> Value {
    let exam = &found.exam;
    let ids = |candidates: &[CandidateId]| {
        candidates.iter().map(|candidate| exam.kb.candidate(exam.decision, *candidate).id.clone()).collect::<Vec<_>>()
    };
    let ranked = one.order.iter().map(|candidate| {
        let share = rounded(one.shares[*candidate]);
        json!({ "id": exam.kb.candidate(exam.decision, *candidate).id, "points": one.points[*candidate], "share": share })
    });
    let decided = rival(one).filter(|_| !one.is_on_top()).map_or_else(Vec::new, |rival| deciding(exam, one, rival));
    json!({
        "case": one.case.id,
        "expected": ids(&one.expected),
        "chosen": ids(&one.chosen),
        "on-top": one.is_on_top(),
        "gap": one.gap,
        "ranked": ranked.collect::<Vec<_>>(),
        "deciding": decided.iter().map(|part| decides(found, part)).collect::<Vec<_>>(),
    })
}

fn decides(found: &Findings<'_>, one: &Deciding) -> Value {
    let exam = &found.exam;
    let line = |(candidate, line): &(CandidateId, LineId)| {
        let candidate = exam.kb.candidate(exam.decision, *candidate);
        let evidence = &candidate.evidence[*line];
        json!({ "candidate": candidate.id, "points": evidence.points, "trait": evidence.statement })
    };
    json!({
        "facts": one.facts.iter().map(|fact| &exam.kb.facts[*fact].id).collect::<Vec<_>>(),
        "net": one.net,
        "lines": one.lines.iter().map(line).collect::<Vec<_>>(),
    })
}

fn falsified(found: &Findings<'_>, names: &[&str], one: &Falsified) -> Value {
    let fact = &found.exam.kb.facts[one.fact];
    let change = |change: &Change| {
        let answer = super::json::answer(fact, change.answer);
        json!({ "case": change.case, "answer": answer, "leader": change.leader.map(|leader| names[leader.index()]) })
    };
    json!({
        "fact": fact.id,
        "cases": one.cases,
        "trials": one.trials,
        "holds": one.holds,
        "on-top": one.on_top,
        "gaps": one.gaps,
        "warned": one.warned,
        "changed": one.changed.iter().map(change).collect::<Vec<_>>(),
    })
}

fn fit(names: &[&str], one: &Fit) -> Value {
    let held_out = one.held_out.iter().map(|held| {
        json!({ "label": names[held.label.index()], "cases": held.cases, "fitted": at(&held.fitted), "loss-now": rounded(held.now) })
    });
    json!({
        "now": at(&one.now),
        "best": at(&one.best),
        "curve": one.curve.iter().map(at).collect::<Vec<_>>(),
        "flat": { "low": thousandths(one.flat.0), "high": thousandths(one.flat.1) },
        "held-out": held_out.collect::<Vec<_>>(),
        "held-out-loss": rounded(one.held_out_loss),
    })
}

fn at(at: &At) -> Value {
    json!({ "temperature": thousandths(at.temperature), "log-loss": rounded(at.loss) })
}

fn rounded(value: f64) -> f64 {
    libm::rint(value * 1e6) / 1e6
}

#[expect(clippy::cast_precision_loss, reason = "a temperature is at most 100,000 thousandths")]
fn thousandths(value: i64) -> f64 {
    value as f64 / 1_000.0
}
