//! The stream that pays next.

use super::drafts::{Planner, Step, pays};
use super::law;
use super::stands::Stand;
use crate::engine::kernel::Readiness;
use crate::ids::CandidateRef;

/// The stream that pays next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NextMoney {
    /// The stream.
    pub at: CandidateRef,
    /// Whether it runs already.
    pub runs: bool,
    /// Whether the plan grows or begins it; else it is what runs and has to be seen
    /// to first, or only the fastest there is.
    pub is_planned: bool,
    /// In which week, counted from today, it pays at the earliest and at the latest.
    pub weeks: Option<(u32, u32)>,
    /// Whether that is before the deadline; `None` if there is none or the weeks are not known.
    pub in_time: Option<bool>,
    /// Where it is not: a stream that would pay in time and that the plan has no hours for.
    pub faster: Option<CandidateRef>,
}

/// The stream that pays next under a plan of these steps, each about a candidate and
/// begun in a week; where none is planned, what runs, else the fastest that may come.
pub fn next_money(planner: &Planner<'_>, steps: &[(Step, CandidateRef, u32)]) -> Option<NextMoney> {
    if planner.is_stopped() {
        return None;
    }
    let money = |at: CandidateRef, runs: bool, is_planned: bool, start: u32| {
        let of = |(early, late): (u32, u32)| (start + early.saturating_sub(1), start + late.saturating_sub(1));
        let weeks = pays(planner.kb, at).map(of);
        let in_time = planner.deadline.and_then(|deadline| weeks.map(|(_, late)| late <= deadline));
        NextMoney { at, runs, is_planned, weeks, in_time, faster: None }
    };
    // What runs needs no preparing, so more of it comes in the earlier half of the time that a beginning takes.
    let grown = |money: NextMoney| {
        let weeks = money.weeks.map(|(early, late)| (early, (early + late).div_ceil(2)));
        let in_time = planner.deadline.and_then(|deadline| weeks.map(|(_, late)| late <= deadline));
        NextMoney { weeks, in_time, ..money }
    };
    let coming = steps.iter().filter_map(|(step, at, first)| match step {
        Step::Grow => Some(grown(money(*at, true, true, *first))),
        Step::Begin { .. } => Some(money(*at, false, true, *first)),
        _ => None,
    });
    let soonest = |one: &NextMoney| (one.weeks.is_none(), one.weeks.map(|(early, late)| (late, early)));
    let streams = || {
        let stands = planner.stands.decisions[planner.streams].pairs();
        stands.map(|(one, stand)| ((planner.streams, one), stand)).filter(|(_, stand)| !stand.standing.law.forbids())
    };
    let runs = |stand: &Stand| matches!(stand.readiness, Readiness::Mend | Readiness::Keep);
    let running = || {
        let running = streams().filter(|(_, stand)| runs(stand));
        running.min_by_key(|(at, stand)| planner.place(*at, stand)).map(|(at, _)| money(at, true, false, 1))
    };
    let may_come =
        |stand: &Stand| matches!(stand.readiness, Readiness::Open | Readiness::Confirm | Readiness::Later) && stand.points > 0;
    let possible =
        || streams().filter(|(_, stand)| may_come(stand)).map(|(at, _)| money(at, false, false, 1)).min_by_key(soonest);
    let mut next = coming.min_by_key(soonest).or_else(running).or_else(possible)?;
    if next.in_time == Some(false) && next.is_planned {
        let is_clear = |at: CandidateRef| law::looming(planner.kb, planner.answers, at).is_empty();
        let others = streams().filter(|(at, stand)| stand.readiness.can_begin() && *at != next.at && is_clear(*at));
        let others = others.map(|(at, _)| money(at, false, false, 1)).filter(|other| other.in_time == Some(true));
        next.faster = others.min_by_key(soonest).map(|other| other.at);
    }
    Some(next)
}
