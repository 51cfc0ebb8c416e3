//! Why a candidate stands where it stands: every line, what it needs, what would raise it.

use super::page::{Block, Page, Section};
use super::phrases::Subject;
use crate::advice::Advice;
use crate::answer::Answers;
use crate::condition::{Condition, Variable};
use crate::engine::judgement::{Outcome, Ranked};
use crate::kb::{KnowledgeBase, NeedKind};
use crate::text::Lang;
use crate::truth::Truth;
use serde_json::{Value, json};
use std::cmp::Reverse;

/// A candidate, by decision and number.
pub type At = (usize, usize);

/// What is asked about without a name: the leader, then the first stream and the
/// first measure of the plan.
#[must_use]
pub fn usual(advice: &Advice) -> Vec<At> {
    let leader = advice.judgement.decisions.iter().find_map(|one| one.chosen.first().map(|leader| (one.decision, *leader)));
    let mut found: Vec<At> = leader.into_iter().collect();
    for action in &advice.plan.actions {
        if found.iter().all(|at| at.0 != action.at.0) {
            found.push(action.at);
        }
    }
    found
}

/// The page about a candidate; against a second one, the lines that part them.
#[must_use]
pub fn page(kb: &KnowledgeBase, answers: &Answers, advice: &Advice, lang: Lang, at: At, against: Option<usize>) -> Page {
    let subject = Subject { kb, answers, advice, lang, open: 0, name: None };
    let outcome = &advice.judgement.decisions[at.0];
    let Some(ranked) = outcome.of(at.1) else { return Page::default() };
    let mut page = Page { screen: vec![Block::Lead(lead(&subject, outcome, ranked))], sections: Vec::new() };
    let sum = |wanted: fn(i32) -> bool| lines(kb, at, ranked, Truth::Yes).map(|(points, _)| points).filter(|one| wanted(*one)).sum::<i32>();
    let (plus, minus) = (sum(|points| points > 0), sum(|points| points < 0));
    let gaps = [("for", plus.to_string()), ("against", (-minus).to_string()), ("points", ranked.points.to_string())];
    page.screen.push(Block::Text(subject.fill("why.total", &gaps.each_ref().map(|(key, text)| (*key, text.as_str())))));
    if let Some(other) = against.and_then(|other| outcome.of(other)) {
        page.sections.extend(parts(&subject, at.0, ranked, other));
    }
    page.sections.extend(table(&subject, at, ranked, "why.for", Truth::Yes, |points| points > 0));
    page.sections.extend(table(&subject, at, ranked, "why.against", Truth::Yes, |points| points < 0));
    page.sections.extend(needs(&subject, at, ranked));
    page.sections.extend(table(&subject, at, ranked, "why.raise", Truth::Unknown, |points| points > 0));
    page.sections.extend(table(&subject, at, ranked, "why.open", Truth::Unknown, |points| points < 0));
    page
}

fn lead(subject: &Subject<'_>, outcome: &Outcome, ranked: &Ranked) -> String {
    let name = subject.named(outcome.decision, ranked.candidate);
    let points = format!("{:+}", ranked.points);
    if let Some(group) = ranked.group {
        let group = subject.say(&format!("group.{}", group.id()));
        return subject.fill("why.stands", &[("name", &name), ("group", &group), ("points", &points)]);
    }
    let rank = outcome.ranked.iter().position(|one| one.candidate == ranked.candidate).map_or(0, |at| at + 1).to_string();
    let all = outcome.ranked.len().to_string();
    let gaps = [("name", name.as_str()), ("points", &points), ("rank", &rank), ("all", &all)];
    match outcome.chosen.iter().position(|one| *one == ranked.candidate) {
        Some(0) => subject.fill("why.leads", &gaps),
        Some(_) => subject.fill("why.second", &gaps),
        None => subject.fill("why.not", &gaps),
    }
}

/// The lines of a candidate that are worth this, with their points, the biggest first.
fn lines<'a>(kb: &'a KnowledgeBase, at: At, ranked: &'a Ranked, truth: Truth) -> impl Iterator<Item = (i32, usize)> + 'a {
    let evidence = &kb.candidate(at.0, at.1).evidence;
    let mut found: Vec<(i32, usize)> = evidence
        .iter()
        .zip(&ranked.lines)
        .enumerate()
        .filter(move |(_, (_, of))| **of == truth)
        .map(|(line, (evidence, _))| (evidence.points, line))
        .collect();
    found.sort_by_key(|(points, line)| (Reverse(points.abs()), *line));
    found.into_iter()
}

fn table(subject: &Subject<'_>, at: At, ranked: &Ranked, key: &str, truth: Truth, wanted: fn(i32) -> bool) -> Option<Section> {
    let evidence = &subject.kb.candidate(at.0, at.1).evidence;
    let row = |(points, line): (i32, usize)| {
        let line = &evidence[line];
        let trait_ = line.statement.get(subject.lang).to_owned();
        vec![format!("{points:+}"), trait_, because(subject, &line.when), subject.sources(&line.sources)]
    };
    let rows: Vec<_> = lines(subject.kb, at, ranked, truth).filter(|(points, _)| wanted(*points)).map(row).collect();
    let heads = ["column.points", "column.trait", "why.answers", "column.source"].map(|key| subject.say(key)).to_vec();
    let blocks = if rows.is_empty() { Vec::new() } else { vec![Block::Table(heads, rows)] };
    Section::unless_empty(subject.say(key), blocks)
}

/// The answers that a condition reads, in words; facts without an answer by their label.
fn because(subject: &Subject<'_>, condition: &Condition) -> String {
    let say = |variable: Variable| match variable {
        Variable::Fact(fact) => {
            let one = &subject.kb.facts[fact];
            let label = one.label.get(subject.lang);
            subject.answers.get(fact).map_or_else(
                || label.to_owned(),
                |answer| format!("{label}{}{}", subject.colon(), one.words(answer, subject.lang)),
            )
        }
        Variable::Choice(decision) => {
            let chosen = &subject.advice.judgement.decisions[decision].chosen;
            format!("{}{}{}", subject.kb.decisions[decision].heading.get(subject.lang), subject.colon(), subject.names(decision, chosen))
        }
    };
    condition.variables().into_iter().map(say).collect::<Vec<_>>().join(if subject.lang == Lang::Zh { "；" } else { "; " })
}

fn needs(subject: &Subject<'_>, at: At, ranked: &Ranked) -> Option<Section> {
    let one = subject.kb.candidate(at.0, at.1);
    let runs = ranked.group.is_some_and(crate::engine::kernel::Readiness::is_running);
    let entry = |(need, truth): (usize, &Truth)| {
        let is_proven = runs && matches!(one.needs[need].kind(), NeedKind::Proven | NeedKind::Time);
        let how = match truth {
            Truth::Yes => "why.met",
            _ if is_proven => "why.proven",
            Truth::No => "why.missing",
            Truth::Unknown => "why.unknown",
        };
        subject.fill("why.need", &[("how", &subject.say(how)), ("lacks", &subject.lacks(at.0, at.1, need))])
    };
    let points: Vec<String> = ranked.needs.iter().enumerate().map(entry).collect();
    let blocks = if points.is_empty() { Vec::new() } else { vec![Block::Points(points)] };
    Section::unless_empty(subject.say("why.needs"), blocks)
}

/// The lines that part two candidates: their own, and the other's turned round.
fn parts(subject: &Subject<'_>, decision: usize, one: &Ranked, other: &Ranked) -> Option<Section> {
    let of = |ranked: &Ranked, sign: i32| {
        let at = (decision, ranked.candidate);
        lines(subject.kb, at, ranked, Truth::Yes).map(move |(points, line)| (sign * points, at.1, line)).collect::<Vec<_>>()
    };
    let mut all = of(one, 1);
    all.extend(of(other, -1));
    all.sort_by_key(|(points, candidate, line)| (Reverse(points.abs()), *candidate, *line));
    let row = |(points, candidate, line): (i32, usize, usize)| {
        let evidence = &subject.kb.candidate(decision, candidate).evidence[line];
        let said = format!("{}{}{}", subject.named(decision, candidate), subject.colon(), evidence.statement.get(subject.lang));
        vec![format!("{points:+}"), said, because(subject, &evidence.when)]
    };
    let rows = all.into_iter().map(row).collect();
    let heads = ["column.points", "column.trait", "why.answers"].map(|key| subject.say(key)).to_vec();
    let difference = subject.fill("why.difference", &[("points", &format!("{:+}", one.points - other.points))]);
    let heading = subject.fill("why.parts", &[("name", &subject.named(decision, other.candidate))]);
    Section::unless_empty(heading, vec![Block::Text(difference), Block::Table(heads, rows)])
}

/// The same for programs: one object per candidate.
#[must_use]
pub fn json(kb: &KnowledgeBase, advice: &Advice, at: At, against: Option<usize>) -> Value {
    let decision = &kb.decisions[at.0];
    let outcome = &advice.judgement.decisions[at.0];
    let account = |candidate: usize| {
        let one = kb.candidate(at.0, candidate);
        let ranked = outcome.of(candidate);
        let truth = |all: Option<&Vec<Truth>>, number: usize| match all.and_then(|all| all.get(number)) {
            Some(Truth::Yes) => json!(true),
            Some(Truth::No) => json!(false),
            _ => Value::Null,
        };
        let lines = one.evidence.iter().enumerate().map(|(number, line)| {
            json!({ "id": line.id, "points": line.points, "holds": truth(ranked.map(|one| &one.lines), number), "sources": line.sources })
        });
        let needs = one.needs.iter().enumerate().map(|(number, need)| {
            json!({ "id": need.id, "met": truth(ranked.map(|one| &one.needs), number), "law": need.law })
        });
        json!({
            "decision": decision.id,
            "id": one.id,
            "points": ranked.map(|one| one.points),
            "rank": outcome.ranked.iter().position(|one| one.candidate == candidate).map(|at| at + 1),
            "kept": outcome.chosen.contains(&candidate),
            "group": ranked.and_then(|one| one.group).map(crate::engine::kernel::Readiness::id),
            "lines": lines.collect::<Vec<_>>(),
            "needs": needs.collect::<Vec<_>>(),
        })
    };
    let mut found = account(at.1);
    found["against"] = against.map_or(Value::Null, account);
    found
}
