//! Verifying: the engine judges beside the tables, and the first difference ends it.
//!
//! The tables are another way to the same result, so each can be held against
//! the other on any row. It costs some hundred times as much as judging by
//! tables alone; debug builds always do it. (A database with a
//! switch of this kind runs each query in other ways to the same end.)

use super::marks::Marks;
use super::plan::{Plan, Ruled};
use super::verdict::{Ruling, Verdict};
use crate::answer::Answers;
use crate::engine::bounds::{Endings, State};
use crate::engine::chain::Kept;
use crate::engine::judge::Judge;
use crate::engine::judgement::Outcome;
use crate::engine::kernel::{Chosen, Readiness};
use crate::engine::settling::settling;
use crate::ids::{CandidateId, DecisionId};
use crate::kb::{Keep, KnowledgeBase};
use std::fmt::Debug;

/// The engine, as far as the tables are held against it.
#[derive(Debug, Clone)]
pub struct Verify<'a> {
    judge: Judge<'a>,
    /// Whether it is compared which facts settle the first leader decision.
    asks: bool,
}

/// Something that the tables say and the engine does not: a fault of this program.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("decision `{decision}`: {what} {found} by the tables, {wanted} by the engine")]
pub struct Difference {
    /// The id of the decision.
    pub decision: String,
    /// What differs.
    pub what: &'static str,
    /// It by the tables.
    pub found: String,
    /// It by the engine.
    pub wanted: String,
}

/// A difference before it is known of which decision.
type Differs = (&'static str, String, String);

impl<'a> Verify<'a> {
    /// The engine for a base; `asks` if [`Verdict::ask`] was asked for.
    #[must_use]
    pub fn new(kb: &'a KnowledgeBase, asks: bool) -> Verify<'a> {
        Verify { judge: Judge::new(kb), asks }
    }

    /// Holds the verdict on a row against the engine's. The marks must hold the
    /// answers themselves (see [`Plan::keep_answers`]).
    ///
    /// # Errors
    ///
    /// The first difference.
    pub fn marks(&self, plan: &Plan<'_>, marks: &Marks, verdict: &Verdict) -> Result<(), Difference> {
        let mut answers = Answers::unknown(plan.facts.len());
        marks.given.iter().for_each(|(fact, answer)| answers.set(*fact, Some(*answer)));
        marks.declined.iter().for_each(|fact| answers.decline(*fact));
        self.answers(plan, &answers, verdict)
    }

    /// Holds the verdict on some answers against the engine's.
    ///
    /// # Errors
    ///
    /// The first difference.
    pub fn answers(&self, plan: &Plan<'_>, answers: &Answers, verdict: &Verdict) -> Result<(), Difference> {
        let kb = self.judge.kb();
        let whole = self.judge.judge(answers);
        let of = |decision: DecisionId| {
            move |(what, found, wanted): Differs| {
                let decision = kb.decisions[decision].id.clone();
                Difference { decision, what, found, wanted }
            }
        };
        let mut is_first = true;
        for (number, ruled) in plan.decisions.pairs().filter(|(_, ruled)| ruled.needed) {
            let (ruling, outcome) = (&verdict.rulings[number], &whole.decisions[number]);
            compare(ruled, ruling, outcome).map_err(of(number))?;
            if ruled.keep == Keep::Leaders && std::mem::replace(&mut is_first, false) && self.asks {
                let (kept, endings) = (Kept::default(), Endings::default());
                let state = State { answers, kept: &kept, endings: &endings };
                let facts = self.judge.tables(number).map(|tables| settling(kb, tables, &state)).unwrap_or_default();
                same("settling facts", &verdict.ask, &facts).map_err(of(number))?;
            }
        }
        let is_whole = plan.decisions.iter().all(|ruled| ruled.needed);
        let gap = whole.gap.as_ref();
        if is_whole {
            same("gap", &verdict.gap, &gap.is_some()).map_err(of(gap.map_or(DecisionId::default(), |gap| gap.decision)))?;
        }
        same("completeness", &verdict.complete, &(whole.known == plan.facts.len())).map_err(of(DecisionId::default()))
    }
}

/// What one decision came to, both ways.
fn compare(ruled: &Ruled, ruling: &Ruling, outcome: &Outcome) -> Result<(), Differs> {
    same("points", &ruling.points, &outcome.points())?;
    same("leaders", &Chosen::from(ruling.chosen.as_slice()), &outcome.chosen())?;
    let Outcome::Leaders(ranking) = outcome else {
        for group in Readiness::ALL.into_iter().filter(|group| *group != Readiness::Never) {
            let found = ruling.order.iter().zip(&ruling.groups).filter(|(_, of)| **of == group).map(|(one, _)| *one);
            let wanted = outcome.group(group).map(|one| one.account.candidate);
            same(group.id(), &found.collect::<Vec<_>>(), &wanted.collect::<Vec<_>>())?;
        }
        return Ok(());
    };
    let order: Vec<CandidateId> = ranking.ranked.iter().map(|one| one.account.candidate).collect();
    same("order", &ruling.order, &order)?;
    same("margin", &ruling.margin, &ranking.lead.and_then(|lead| lead.margin))?;
    same("settled", &ruling.settled, &outcome.is_settled())?;
    if ruled.printed {
        let shares: Vec<u32> = ranking.ranked.iter().map(|one| one.share).collect();
        same("shares", &ruling.shares, &shares)?;
    }
    Ok(())
}

fn same<T: PartialEq + Debug>(what: &'static str, found: &T, wanted: &T) -> Result<(), Differs> {
    if found == wanted { Ok(()) } else { Err((what, format!("{found:?}"), format!("{wanted:?}"))) }
}
