//! The next question: the open one whose answer matters most.
//!
//! While a leader decision is open, that is the question with the largest swing
//! between its leader and the three nearest rivals; afterwards the one that
//! tells whether the needs of promising candidates are met. Ties go to the
//! order of the base. What was answered "don't know" is not asked again.

use super::bounds::{Endings, Tables};
use super::judgement::{Group, Next, Outcome, Why};
use super::score::{Kept, ranking};
use crate::answer::Answers;
use crate::condition::Variable;
use crate::kb::KnowledgeBase;
use crate::truth::Truth;

/// How many rivals of the leader are looked at.
const RIVALS: usize = 3;

/// The question that moves a leader decision most, if any open one moves it.
#[must_use]
pub fn deciding(tables: &Tables, points: &[i32], answers: &Answers, endings: &Endings, facts: usize) -> Option<Next> {
    let order = ranking(points);
    let (leader, rivals) = order.split_first()?;
    let mut best: Option<(i32, usize, usize)> = None;
    for fact in (0..facts).filter(|fact| answers.is_open(*fact)) {
        for rival in rivals.iter().take(RIVALS) {
            let swing = tables.swing(fact, *leader, *rival, answers, endings);
            if swing > best.map_or(0, |(most, _, _)| most) {
                best = Some((swing, fact, *rival));
            }
        }
    }
    let (swing, fact, rival) = best?;
    Some(Next { fact, why: Why::Decides { decision: tables.decision(), leader: *leader, rival, swing } })
}

/// The question that tells most about unmet needs: the sum of the points of the
/// candidates that wait for it.
#[must_use]
pub fn opening(kb: &KnowledgeBase, outcome: &Outcome, answers: &Answers, kept: &Kept) -> Option<(i32, Next)> {
    let decision = outcome.decision;
    let mut best: Option<(i32, Next)> = None;
    for fact in (0..kb.facts.len()).filter(|fact| answers.is_open(*fact)) {
        let waits = |candidate: usize| {
            kb.candidate(decision, candidate).needs.iter().any(|need| {
                need.when.variables().contains(&Variable::Fact(fact)) && need.when.truth(answers, kept) == Truth::Unknown
            })
        };
        let waiting: Vec<_> = outcome.group(Group::Confirm).filter(|ranked| waits(ranked.candidate)).collect();
        let worth: i32 = waiting.iter().map(|ranked| ranked.points).sum();
        if worth > best.as_ref().map_or(0, |(most, _)| *most) {
            let candidates = waiting.iter().map(|ranked| ranked.candidate).collect();
            best = Some((worth, Next { fact, why: Why::Opens { decision, candidates } }));
        }
    }
    best
}
