//! Robustness in words: one sentence for the first screen, and what stands below it.

use super::page::{Block, Section};
use super::phrases::{Subject, clause};
use crate::fact::decimal;
use crate::ids::{CandidateId, DecisionId};
use crate::proof::robust::{LineEdit, Pivot, Radius};

/// How many lines are named.
const LINES: usize = 3;

/// What the verdict hangs on most, in a sentence: an answer to be checked again.
/// Nothing where it hangs on none by itself: points mean nothing without their legend.
pub fn sentence(subject: &Subject<'_>) -> Option<String> {
    let robust = subject.advice.robust.as_ref()?;
    robust.pivots.first().map(|pivot| pivotal(subject, pivot, "robust.check"))
}

/// What the verdict hangs on: answers, weights, single lines.
pub fn section(subject: &Subject<'_>) -> Option<Section> {
    let robust = subject.advice.robust.as_ref()?;
    let mut points: Vec<String> = robust.radius.iter().map(|radius| weights(subject, radius)).collect();
    points.extend(robust.pivots.iter().map(|pivot| pivotal(subject, pivot, "robust.pivot")));
    points.extend(robust.lines.iter().take(LINES).map(|edit| line(subject, robust.decision, edit)));
    let left = robust.lines.len().saturating_sub(LINES);
    if left > 0 {
        points.push(subject.fill("robust.more", &[("n", &left.to_string())]));
    }
    if robust.pivots.is_empty() {
        points.push(subject.say("robust.no-pivot"));
    }
    if robust.lines.is_empty() {
        points.push(subject.say("robust.no-line"));
    }
    Some(Section { heading: subject.say("robust.heading"), blocks: vec![Block::Points(points)] })
}

/// The leader that would follow, in words.
fn then(subject: &Subject<'_>, decision: DecisionId, leader: Option<CandidateId>) -> String {
    leader.map_or_else(
        || subject.say("robust.nobody"),
        |leader| subject.fill("robust.leads", &[("name", &subject.named(decision, leader))]),
    )
}

fn pivotal(subject: &Subject<'_>, pivot: &Pivot, key: &str) -> String {
    let fact = &subject.kb.facts[pivot.fact];
    let other = fact.words(pivot.other, subject.lang);
    let then = then(subject, pivot.decision, pivot.leader);
    subject.fill(key, &[("label", fact.label.get(subject.lang)), ("other", &other), ("then", &then)])
}

/// How far all weights may be off, rounded down to tenths.
fn weights(subject: &Subject<'_>, radius: &Radius) -> String {
    let tenths = radius.hundredths() / 10;
    if tenths == 0 {
        return subject.say("robust.level");
    }
    subject.fill("robust.radius", &[("n", &decimal(i64::from(tenths), 1))])
}

fn line(subject: &Subject<'_>, decision: DecisionId, edit: &LineEdit) -> String {
    let line = &subject.kb.candidate(decision, edit.candidate).evidence[edit.line];
    let key = if edit.is_doubled { "robust.doubled" } else { "robust.removed" };
    let gaps = [
        ("name", subject.named(decision, edit.candidate)),
        ("trait", clause(line.statement.get(subject.lang))),
        ("points", format!("{:+}", line.points)),
        ("then", then(subject, decision, edit.leader)),
    ];
    subject.fill(key, &gaps.each_ref().map(|(gap, text)| (*gap, text.as_str())))
}
