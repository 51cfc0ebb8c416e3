//! Effects: what each answer to a question would do.

use crate::answer::{Answer, Answers};
use crate::engine::Judgement;
use crate::engine::judge::Judge;
use crate::engine::judgement::Outcome;
use crate::engine::kernel::Readiness;
use crate::fact::{Fact, Kind};
use crate::ids::{CandidateId, CandidateRef, DecisionId, FactId, OptionSet};
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
        compare(answer, &before, &judge.judge(&with))
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

fn compare(answer: Answer, before: &Judgement, after: &Judgement) -> Effect {
    let mut effect = Effect { answer, moves: Vec::new(), opens: Vec::new(), shuts: Vec::new() };
    for (old, new) in before.decisions.iter().zip(&after.decisions) {
        let decision = new.decision();
        if let Outcome::Leaders(new) = new {
            for now in new.ranked.iter().map(|one| &one.account) {
                let moved = old.of(now.candidate).map_or(0, |was| now.points - was.points);
                effect.moves.extend((moved != 0).then_some((decision, now.candidate, moved)));
            }
        }
        for now in new.sorted() {
            let at = (decision, now.account.candidate);
            match (old.readiness(at.1), now.readiness()) {
                (Some(Readiness::Open), Readiness::Open) => {}
                (_, Readiness::Open) => effect.opens.push(at),
                (Some(was), now) if was.is_alive() && !now.is_alive() => effect.shuts.push(at),
                _ => {}
            }
        }
    }
    effect.moves.sort_by_key(|(decision, _, points)| (*decision, std::cmp::Reverse(points.abs())));
    effect
}
