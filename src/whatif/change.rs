//! What differs between two pieces of advice on one base: answers, lines, who
//! leads, where everything stands, and the plan.

use crate::advice::Advice;
use crate::advice::plan::{NextMoney, Plan, Step};
use crate::answer::Answers;
use crate::engine::judgement::Judgement;
use crate::engine::kernel::Readiness;
use crate::ids::{CandidateId, CandidateRef, DecisionId, FactId, IndexVec, LineId};
use crate::kb::{Keep, KnowledgeBase};
use crate::truth::Truth;
use std::cmp::Reverse;

/// A profile's answers and the advice on them.
pub type Side<'a> = (&'a Answers, &'a Advice);

/// What differs, the second side held against the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The facts whose answers differ, in the order of the base.
    pub answers: Vec<FactId>,
    /// One per decision that keeps leaders, whether it differs or not.
    pub leaders: Vec<Leaders>,
    /// What stands otherwise, in the order of the base.
    pub moves: Vec<Move>,
    /// What is done on one side only.
    pub actions: Vec<PlanChange>,
    /// The stream that pays next, on both sides, if it is another or pays at another time.
    pub money: Option<(Option<NextMoney>, Option<NextMoney>)>,
}

/// A decision that keeps leaders, on both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaders {
    /// The decision.
    pub decision: DecisionId,
    /// Who is kept on the first side, the leader first.
    pub before: Vec<CandidateId>,
    /// Who is kept on the second side.
    pub after: Vec<CandidateId>,
}

/// A candidate that stands otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// The candidate.
    pub at: CandidateRef,
    /// Where it stands on the first side.
    pub before: Readiness,
    /// Where it stands on the second side.
    pub after: Readiness,
}

/// Something that is planned on one side only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlanChange {
    /// What is done.
    pub step: Step,
    /// About which candidate.
    pub at: CandidateRef,
    /// The week in which it begins.
    pub week: u32,
    /// Whether it is the second side that plans it.
    pub is_new: bool,
}

/// A line of evidence that counts otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineChange {
    /// The candidate.
    pub candidate: CandidateId,
    /// The number of the line.
    pub line: LineId,
    /// The points that it counts on the first side.
    pub before: i32,
    /// The points that it counts on the second side.
    pub after: i32,
}

impl Difference {
    /// What differs between two sides.
    #[must_use]
    pub fn between(kb: &KnowledgeBase, before: Side<'_>, after: Side<'_>) -> Difference {
        let money = (before.1.plan.next_money, after.1.plan.next_money);
        Difference {
            answers: kb.facts.ids().filter(|fact| before.0.get(*fact) != after.0.get(*fact)).collect(),
            leaders: leaders(kb, &before.1.judgement, &after.1.judgement),
            moves: moves(kb, &before.1.judgement, &after.1.judgement),
            actions: actions(&before.1.plan, &after.1.plan),
            money: (money.0 != money.1).then_some(money),
        }
    }

    /// Whether the advice is the same, whatever the answers are.
    #[must_use]
    pub fn is_none(&self) -> bool {
        let is_same = |one: &Leaders| one.before == one.after;
        self.leaders.iter().all(is_same) && self.moves.is_empty() && self.actions.is_empty() && self.money.is_none()
    }
}

fn leaders(kb: &KnowledgeBase, before: &Judgement, after: &Judgement) -> Vec<Leaders> {
    let leading = kb.decisions.pairs().filter(|(_, one)| one.keep == Keep::Leaders);
    let both = |(decision, _): (DecisionId, _)| {
        let of = |judgement: &Judgement| judgement.decisions[decision].chosen().iter().collect();
        Leaders { decision, before: of(before), after: of(after) }
    };
    leading.map(both).collect()
}

/// What stands otherwise, in the order of the base.
#[must_use]
pub fn moves(kb: &KnowledgeBase, before: &Judgement, after: &Judgement) -> Vec<Move> {
    let mut found = Vec::new();
    for (decision, one) in kb.decisions.pairs().filter(|(_, one)| one.keep == Keep::All) {
        for candidate in one.candidates.ids() {
            let group = |judgement: &Judgement| judgement.decisions[decision].readiness(candidate);
            if let (Some(before), Some(after)) = (group(before), group(after))
                && before != after
            {
                found.push(Move { at: (decision, candidate), before, after });
            }
        }
    }
    found
}

/// What is done on one side only, by week: what falls away, then what is new.
#[must_use]
pub fn actions(before: &Plan, after: &Plan) -> Vec<PlanChange> {
    let of = |one: &Plan, other: &Plan, is_new: bool| {
        let is_alone = |step: Step, at: CandidateRef| !other.actions.iter().any(|action| (action.step, action.at) == (step, at));
        let alone = one.actions.iter().filter(|action| is_alone(action.step, action.at));
        alone.map(|action| PlanChange { step: action.step, at: action.at, week: action.first, is_new }).collect::<Vec<_>>()
    };
    of(before, after, false).into_iter().chain(of(after, before, true)).collect()
}

/// The lines of a decision that count otherwise, the greatest differences first;
/// ties in the order of the base.
#[must_use]
pub fn lines(kb: &KnowledgeBase, decision: DecisionId, before: &Judgement, after: &Judgement) -> Vec<LineChange> {
    let mut found = Vec::new();
    for (candidate, one) in kb.decisions[decision].candidates.pairs() {
        let lines = |judgement: &Judgement| judgement.decisions[decision].of(candidate).map(|one| one.lines.clone());
        let (before, after) = (lines(before).unwrap_or_default(), lines(after).unwrap_or_default());
        for (line, evidence) in one.evidence.pairs() {
            let counts = |truths: &IndexVec<LineId, Truth>| match truths.get(line) {
                Some(Truth::Yes) => evidence.points,
                _ => 0,
            };
            let (before, after) = (counts(&before), counts(&after));
            if before != after {
                found.push(LineChange { candidate, line, before, after });
            }
        }
    }
    found.sort_by_key(|one| (Reverse((one.after - one.before).abs()), one.candidate, one.line));
    found
}
