//! Effects: what each answer to a question would do.

use crate::answer::{Answer, Answers};
use crate::engine::Judgement;
use crate::engine::judge::Judge;
use crate::engine::kernel::Readiness;
use crate::fact::{Fact, Kind};
use crate::ids::{CandidateId, CandidateRef, DecisionId, FactId, OptionSet};
use crate::kb::Keep;
use crate::kb::blocks::{domain, thresholds};

/// What one answer would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// The answer; of several choices, one alone; of a number, the least of those that are worth the same.
    pub answer: Answer,
    /// By how much it moves candidates of leader decisions: decision, candidate,
    /// points; the greatest moves first.
    pub moves: Vec<(DecisionId, CandidateId, i32)>,
    /// Candidates that could begin at once, and could not be known to before.
    pub opens: Vec<CandidateRef>,
    /// Candidates that would have to wait, or would fall away.
    pub shuts: Vec<CandidateRef>,
}

/// What each answer to a fact would do.
#[must_use]
pub fn effects(judge: &Judge<'_>, answers: &Answers, fact: FactId) -> Vec<Effect> {
    let mut open = answers.clone();
    open.set(fact, None);
    let before = judge.judge(&open);
    let effect = |answer: Answer| {
        let mut with = open.clone();
        with.set(fact, Some(answer));
        compare(judge, answer, &before, &judge.judge(&with))
    };
    alternatives(judge, fact).into_iter().map(effect).collect()
}

/// Answers that stand for all: options one by one, yes and no, a number per cell.
fn alternatives(judge: &Judge<'_>, fact: FactId) -> Vec<Answer> {
    let kb = judge.kb();
    let one: &Fact = &kb.facts[fact];
    match &one.kind {
        Kind::Choices { options, .. } => options.ids().map(OptionSet::of).map(Answer::Choices).collect(),
        _ => domain(one, thresholds(kb.conditions()).get(&fact)),
    }
}

fn compare(judge: &Judge<'_>, answer: Answer, before: &Judgement, after: &Judgement) -> Effect {
    let mut effect = Effect { answer, moves: Vec::new(), opens: Vec::new(), shuts: Vec::new() };
    for (old, new) in before.decisions.iter().zip(&after.decisions) {
        for now in &new.ranked {
            let Some(was) = old.of(now.candidate) else { continue };
            let at = (new.decision, now.candidate);
            match judge.kb().decisions[new.decision].keep {
                Keep::Leaders if now.points != was.points => effect.moves.push((at.0, at.1, now.points - was.points)),
                Keep::Leaders => {}
                Keep::All => match (was.group, now.group) {
                    (Some(Readiness::Open), Some(Readiness::Open)) => {}
                    (_, Some(Readiness::Open)) => effect.opens.push(at),
                    (Some(was), Some(now)) if was.is_alive() && !now.is_alive() => effect.shuts.push(at),
                    _ => {}
                },
            }
        }
    }
    effect.moves.sort_by_key(|(decision, _, points)| (*decision, std::cmp::Reverse(points.abs())));
    effect
}
