//! The next question: the open one whose answer matters most.
//!
//! While the first leader decision is open, that is the question with the
//! largest swings between its leader and the three nearest rivals; afterwards
//! what is run today, which the advice is held against, then the questions that
//! tell whether the needs of promising candidates are met, then the other leader
//! decisions. Ties go to the order of the base. What was answered "don't know"
//! is not asked again.

use super::stability::Change;
use crate::answer::Answers;
use crate::condition::Variable;
use crate::engine::bounds::{Endings, Tables};
use crate::engine::chain::Kept;
use crate::engine::judgement::{Outcome, Sorted};
use crate::engine::kernel::{Points, Readiness, ranking};
use crate::fact::Kind;
use crate::ids::{CandidateId, DecisionId, FactId};
use crate::kb::{KnowledgeBase, NeedKind};
use crate::truth::Truth;

/// How many rivals of the leader are looked at.
const RIVALS: usize = 3;
/// How many candidates of an all-keeping decision are promising: the first by points.
const PROMISING: usize = 8;

/// From how many opposite answers on a verdict is firm.
pub const FIRM: usize = 3;

/// The open question most worth answering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    /// The fact.
    pub fact: FactId,
    /// Why this one.
    pub why: Why,
}

/// Why a question is worth answering.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(clippy::missing_docs_in_private_items, reason = "each variant says what its fields are")]
pub enum Why {
    /// Nothing is known yet.
    Opening,
    /// It tells which rules of the law concern what runs or is planned.
    Law,
    /// A single answer to it changes what the first page says, the gravest change first.
    Changes(Vec<Change>),
    /// It can move a leader decision most: the decision, the leader and the rival
    /// between which it moves most, and by how many points.
    Decides { decision: DecisionId, leader: CandidateId, rival: CandidateId, swing: i32 },
    /// It tells whether needs are met: the decision and its candidates, the most promising first.
    Opens { decision: DecisionId, candidates: Vec<CandidateId> },
    /// It tells what is run today, which the candidates of the decision are held against.
    Fits { decision: DecisionId },
}

/// What lies ahead of a person who answers one question after another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ahead {
    /// Open facts that the first leader decision reads, whether or not they can still change it.
    pub deciding: Vec<FactId>,
    /// How many questions that can still be asked would at least all have to be
    /// answered against the leader of that decision to change it; `None` if all
    /// together would not, or if it has no leader.
    pub against: Option<usize>,
    /// The same for bringing a rival so close that one more line of the greatest
    /// strength would do.
    pub near: Option<usize>,
    /// Open facts worth asking for the sake of everything else.
    pub further: Vec<FactId>,
}

impl Ahead {
    /// Whether the verdict is firm: at least [`FIRM`] questions would all have to
    /// be answered against the leader to change it, and that with room to spare
    /// for one line of the greatest strength.
    ///
    /// The room is for candidates that end close together: a few questions often
    /// show only one of them.
    #[must_use]
    pub fn is_firm(&self) -> bool {
        self.near.is_none_or(|near| near >= FIRM)
    }
}

/// The question that moves a leader decision most, if any open one moves it: the
/// one whose swings against the nearest rivals add up to the most.
#[must_use]
pub fn deciding(tables: &Tables, points: &Points, answers: &Answers, endings: &Endings) -> Option<Next> {
    let order = ranking(points);
    let (leader, rivals) = order.split_first()?;
    let mut best: Option<(i32, Next)> = None;
    for fact in answers.facts().filter(|fact| answers.is_open(*fact)) {
        let swing = |rival: &CandidateId| (tables.swing(fact, *leader, *rival, answers, endings), *rival);
        let swings: Vec<(i32, CandidateId)> = rivals.iter().take(RIVALS).map(swing).collect();
        let sum: i32 = swings.iter().map(|(swing, _)| swing).sum();
        let widest = swings.iter().max_by_key(|(swing, rival)| (*swing, std::cmp::Reverse(order_of(&order, *rival))));
        if let Some((swing, rival)) = widest.filter(|_| sum > best.as_ref().map_or(0, |(most, _)| *most)) {
            let why = Why::Decides { decision: tables.decision(), leader: *leader, rival: *rival, swing: *swing };
            best = Some((sum, Next { fact, why }));
        }
    }
    best.map(|(_, next)| next)
}

fn order_of(order: &[CandidateId], candidate: CandidateId) -> Option<usize> {
    order.iter().position(|one| *one == candidate)
}

/// The open facts that say what is run today.
pub fn running<'a>(kb: &'a KnowledgeBase, answers: &'a Answers) -> impl Iterator<Item = Next> + 'a {
    kb.facts.pairs().filter(|(fact, _)| answers.is_open(*fact)).filter_map(|(fact, one)| match one.kind {
        Kind::Choices { candidates_of: Some(decision), .. } => Some(Next { fact, why: Why::Fits { decision } }),
        _ => None,
    })
}

/// The questions that tell whether needs of promising candidates are met, in the
/// order of the base; each with the sum of the points of the candidates that wait for it.
#[must_use]
pub fn opening(kb: &KnowledgeBase, outcome: &Outcome, answers: &Answers, kept: &Kept) -> Vec<(i32, Next)> {
    let decision = outcome.decision();
    let mut by_points: Vec<&Sorted> = outcome.sorted().iter().collect();
    by_points.sort_by_key(|one| (std::cmp::Reverse(one.account.points), one.account.candidate));
    let of = |fact: FactId| {
        let waits = |candidate: CandidateId, group: Readiness| {
            kb.candidate(decision, candidate).needs.iter().any(|need| {
                // What runs has proven some needs already.
                let counts = group != Readiness::Keep || !matches!(need.kind(), NeedKind::Proven | NeedKind::Time);
                counts
                    && need.when.variables().contains(&Variable::Fact(fact))
                    && need.when.truth(answers, kept) == Truth::Unknown
            })
        };
        let promising =
            by_points.iter().take(PROMISING).filter(|one| matches!(one.readiness(), Readiness::Confirm | Readiness::Keep));
        let waiting: Vec<_> =
            promising.filter(|one| waits(one.account.candidate, one.readiness())).map(|one| &one.account).collect();
        let worth: i32 = waiting.iter().map(|account| account.points).sum();
        let candidates = waiting.iter().map(|account| account.candidate).collect();
        (worth > 0).then_some((worth, Next { fact, why: Why::Opens { decision, candidates } }))
    };
    kb.facts.ids().filter(|fact| answers.is_open(*fact)).filter_map(of).collect()
}

/// The open facts that can still move a leader decision, in the order of the base.
pub fn movers<'a>(tables: &'a Tables, answers: &'a Answers) -> impl Iterator<Item = FactId> + 'a {
    let read: std::collections::BTreeSet<FactId> = tables.facts().collect();
    answers.facts().filter(move |fact| read.contains(fact) && answers.is_open(*fact))
}
