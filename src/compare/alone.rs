//! What one answer does alone: it is put into a profile, and everything is judged again.

use super::Side;
use crate::advice::earning::earning;
use crate::advice::plan::{Plan, plan_with};
use crate::advice::stands::{Stands, stands};
use crate::answer::Answers;
use crate::engine::chain::Kept;
use crate::engine::kernel::{Chosen, Points, Rule, ranking};
use crate::engine::score::all_points;
use crate::ids::{CandidateId, CandidateRef, DecisionId, FactId, UnitId};
use crate::kb::{Keep, KnowledgeBase};
use crate::profile::streams::Streams;
use crate::whatif::change::{Leaders, Move, PlanChange, actions};
use crate::whatif::lead::decision;

/// How a profile stands: points of the first leader decision, who leads, readiness, plan, money.
#[derive(Debug, Clone)]
pub struct View {
    /// The points of the first decision that keeps leaders.
    pub points: Points,
    /// How everything stands.
    pub stands: Stands,
    /// The plan.
    pub plan: Plan,
    /// What comes in within the first year in hundredths, as little as is likely, the
    /// middle and as much as is likely, and the currency; nothing where it cannot be worked out.
    pub year: Option<([i128; 3], Option<UnitId>)>,
}

/// The two candidates that a difference is measured between: points for the second
/// and against the first count up.
pub type Poles = Option<(CandidateId, CandidateId)>;

/// What one answer of the second side does on the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alone {
    /// The fact.
    pub fact: FactId,
    /// The points that it gives or takes, by candidate of the first leader decision; none that are 0.
    pub points: Vec<(CandidateId, i32)>,
    /// By how many points it moves the first side towards what comes first on the
    /// second; where the same comes first on both, by how much its lead grows.
    pub toward: i32,
    /// The decisions in which others are kept.
    pub leaders: Vec<Leaders>,
    /// What stands otherwise.
    pub moves: Vec<Move>,
    /// What is planned otherwise.
    pub planned: Vec<PlanChange>,
    /// The stream that pays next, before and after, if it is another.
    pub money: Option<(Option<CandidateRef>, Option<CandidateRef>)>,
    /// The middle of what comes in within a year, before and after, in hundredths, if it is another.
    pub year: Option<(i128, i128)>,
}

impl Alone {
    /// How grave it is: whether others are kept, whether other money comes next, how much stands otherwise.
    #[must_use]
    pub fn gravity(&self) -> (bool, bool, usize) {
        (!self.leaders.is_empty(), self.money.is_some(), self.moves.len())
    }

    /// Whether it changes nothing at all.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.points.is_empty() && self.gravity() == (false, false, 0) && self.planned.is_empty() && self.year.is_none()
    }
}

impl View {
    /// How a profile stands.
    #[must_use]
    pub fn of(kb: &KnowledgeBase, answers: &Answers, own: &Streams) -> View {
        let stands = stands(kb, answers);
        let plan = plan_with(kb, (answers, own), &stands);
        let forecast = earning(kb, answers, own, &stands, &plan);
        let year = forecast.filter(|found| !found.is_empty()).map(|found| (found.year(), found.currency));
        let points = decision(kb).map(|decision| all_points(kb, decision, answers, &Kept::default())).unwrap_or_default();
        View { points, stands, plan, year }
    }

    /// What a decision keeps.
    #[must_use]
    pub fn kept(&self, decision: DecisionId) -> Chosen {
        self.stands.kept.of(decision)
    }

    /// What comes first here and there; where that is the same, what comes second here and first.
    #[must_use]
    pub fn poles(&self, other: &View) -> Poles {
        let (here, there) = (ranking(&self.points), ranking(&other.points));
        let (first, second) = (*here.first()?, *there.first()?);
        if first == second { Some((*here.get(1)?, first)) } else { Some((first, second)) }
    }

    /// Whether a candidate comes first.
    #[must_use]
    pub fn is_first(&self, one: CandidateId) -> bool {
        ranking(&self.points).first() == Some(&one)
    }

    /// By how many points another view lies nearer to the second pole.
    pub(super) fn toward(&self, other: &View, poles: Poles) -> i32 {
        let lead = |view: &View| poles.map_or(0, |(from, to)| view.points[to] - view.points[from]);
        lead(other) - lead(self)
    }
}

/// Who leads the first decision that keeps leaders.
pub(super) fn leader(kb: &KnowledgeBase, answers: &Answers) -> Option<CandidateId> {
    let points = all_points(kb, decision(kb)?, answers, &Kept::default());
    Rule::of(kb).choose(&points).leader()
}

/// What the answer of another profile to one fact does on this side, alone.
pub(super) fn alone(kb: &KnowledgeBase, side: &Side<'_>, other: &Answers, fact: FactId, poles: Poles) -> Alone {
    let mut answers = side.profile.answers.clone();
    answers.set(fact, other.get(fact));
    let (old, new) = (&side.view, View::of(kb, &answers, &side.profile.streams));
    let points = old.points.pairs().map(|(one, points)| (one, new.points[one] - points)).filter(|(_, more)| *more != 0);
    let kept = |view: &View, decision| view.kept(decision).iter().collect::<Vec<_>>();
    let leading = kb.decisions.pairs().filter(|(_, one)| one.keep == Keep::Leaders);
    let leaders = leading.map(|(decision, _)| Leaders { decision, before: kept(old, decision), after: kept(&new, decision) });
    let money = (old.plan.next_money.map(|money| money.at), new.plan.next_money.map(|money| money.at));
    let middle = |view: &View| view.year.map_or(0, |([_, middle, _], _)| middle);
    Alone {
        fact,
        points: points.collect(),
        toward: old.toward(&new, poles),
        leaders: leaders.filter(|one| one.before != one.after).collect(),
        moves: moves(&old.stands, &new.stands),
        planned: actions(&old.plan, &new.plan),
        money: (money.0 != money.1).then_some(money),
        year: (middle(old) != middle(&new)).then(|| (middle(old), middle(&new))),
    }
}

/// What stands otherwise, in the order of the base.
fn moves(before: &Stands, after: &Stands) -> Vec<Move> {
    let of = |(decision, all): (DecisionId, &crate::ids::IndexVec<CandidateId, crate::advice::stands::Stand>)| {
        let moved = all.pairs().filter_map(move |(one, stand)| {
            let (before, after) = (stand.readiness, after.decisions[decision][one].readiness);
            (before != after).then_some(Move { at: (decision, one), before, after })
        });
        moved.collect::<Vec<_>>()
    };
    before.decisions.pairs().flat_map(of).collect()
}
