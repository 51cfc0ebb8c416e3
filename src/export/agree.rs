//! Holding a query against the engine: what it gives for a profile must be what
//! [`judge`](crate::judge()) gives.

use super::evaluate::Value;
use super::expr::Literal;
use super::facts;
use super::query::Query;
use crate::answer::Answers;
use crate::engine::judge::Judge;
use crate::engine::judgement::Outcome;
use crate::engine::share;
use crate::ids::{CandidateId, DecisionId};
use crate::kb::KnowledgeBase;
use crate::kb::blocks::{domain, thresholds};
use std::collections::HashMap;

/// Something that a query says and the engine does not: a fault of this program.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("column `{column}`: {found} by the statement, {wanted} by the engine")]
pub struct Difference {
    /// The column.
    pub column: String,
    /// What the query makes of it.
    pub found: String,
    /// What the engine makes of it.
    pub wanted: String,
}

/// On how many profiles a statement is tried before it is handed out.
const SAMPLES: usize = 64;
/// By how much a share may differ.
const NEAR: f64 = 1e-9;

/// Tries a query on profiles of its base, the same ones every time.
pub(super) fn sample(kb: &KnowledgeBase, query: &Query, decisions: &[DecisionId]) -> Result<(), Difference> {
    let judge = Judge::new(kb);
    let bounds = thresholds(kb.conditions());
    let domains: Vec<_> = kb.facts.pairs().map(|(at, fact)| domain(fact, bounds.get(&at))).collect();
    let mut state = 1_u64;
    let mut below = |many: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap_or(0) % many.max(1)
    };
    for round in 0..SAMPLES {
        let mut answers = Answers::unknown(kb.facts.len());
        for (fact, domain) in kb.facts.ids().zip(&domains) {
            // From nothing known to all of it.
            if below(SAMPLES) < round {
                answers.set(fact, domain.get(below(domain.len())).copied());
            }
        }
        difference(&judge, query, decisions, &answers)?;
    }
    Ok(())
}

/// Holds a query for these decisions, all if empty, against the engine for one profile.
///
/// # Errors
///
/// The first difference.
pub fn difference(judge: &Judge<'_>, query: &Query, decisions: &[DecisionId], answers: &Answers) -> Result<(), Difference> {
    let kb = judge.kb();
    let values = query.run(&facts::row(kb, answers));
    let found: HashMap<&str, &Value> = query.result.iter().map(|(name, _)| name.as_str()).zip(&values).collect();
    for (column, wanted) in expected(judge, decisions, answers) {
        let found = found.get(column.as_str()).copied().unwrap_or(&Value::Null);
        let agrees = match (found, &wanted) {
            (Value::Known(Literal::Double(one)), Value::Known(Literal::Double(other))) => (one - other).abs() <= NEAR,
            (one, other) => one == other,
        };
        if !agrees {
            return Err(Difference { column, found: format!("{found:?}"), wanted: format!("{wanted:?}") });
        }
    }
    Ok(())
}

/// What the engine makes of a profile, column by column.
fn expected(judge: &Judge<'_>, decisions: &[DecisionId], answers: &Answers) -> Vec<(String, Value)> {
    let kb = judge.kb();
    let judgement = judge.judge(answers);
    let mut found = Vec::new();
    let text = |text: Option<&str>| text.map_or(Value::Null, |text| Literal::Text(text.to_owned()).into());
    let whole = |number: i32| Value::from(Literal::Whole(number.into()));
    let gap = judgement.gap.as_ref();
    for outcome in judgement.decisions.iter().filter(|one| decisions.is_empty() || decisions.contains(&one.decision())) {
        let decision = &kb.decisions[outcome.decision()];
        let names = super::names::Names::of_decision(kb, outcome.decision());
        let id = |at: Option<CandidateId>| text(at.map(|at| decision.candidates[at].id.as_str()));
        let points = outcome.points();
        found.extend(points.pairs().map(|(at, points)| (names.of("points", at), whole(*points))));
        let readiness = outcome.sorted().iter().map(|one| (one.account.candidate, one.readiness().id()));
        found.extend(readiness.map(|(at, readiness)| (names.of("readiness", at), text(Some(readiness)))));
        let Outcome::Leaders(ranking) = outcome else { continue };
        found.push((names.leader(), id(ranking.lead.map(|lead| lead.leader))));
        found.push((names.whole("second"), id(ranking.lead.and_then(|lead| lead.second))));
        found.push((names.whole("margin"), ranking.lead.and_then(|lead| lead.margin).map_or(Value::Null, whole)));
        // The engine tells the gap of the first decision that has one.
        if gap.is_none_or(|gap| outcome.decision() <= gap.decision) {
            let gap = gap.filter(|gap| gap.decision == outcome.decision());
            found.push((names.whole("stated"), id(gap.map(|gap| gap.stated))));
            found.push((names.whole("observed"), id(gap.map(|gap| gap.observed))));
        }
        let shares = share::exact(&points, kb.temperature).into_iter().zip(decision.candidates.ids());
        found.extend(shares.map(|(share, at)| (names.of("share", at), Literal::Double(share).into())));
    }
    let clashes: Vec<&str> = kb.clashes_in(answers).map(|clash| clash.id.as_str()).collect();
    let clash =
        |one: &crate::kb::clash::Clash| (super::names::clash(&one.id), Literal::Bool(clashes.contains(&one.id.as_str())).into());
    found.extend(kb.clashes.iter().map(clash));
    found
}
