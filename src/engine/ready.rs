//! Where the candidates of an all-keeping decision stand: what the kernel is told about each.

use super::chain::Kept;
use super::kernel::{Law, Readiness, Runs, Standing, least_points};
use super::score::points;
use crate::answer::Answers;
use crate::ids::{CandidateRef, DecisionId, IndexVec, NeedId};
use crate::kb::{Candidate, KnowledgeBase, NeedKind};
use crate::truth::Truth;

/// What is known about a candidate, given its points, what each of its needs is
/// worth, and whether it [`waits`] for others.
#[must_use]
pub fn standing(
    one: &Candidate,
    points: i32,
    needs: &IndexVec<NeedId, Truth>,
    answers: &Answers,
    kept: &Kept,
    waits: bool,
) -> Standing {
    let holds = |condition: &Option<crate::condition::Condition>| {
        condition.as_ref().is_some_and(|condition| condition.truth(answers, kept).is_yes())
    };
    let runs = match (holds(&one.earns_most), holds(&one.runs)) {
        (true, _) => Runs::EarnsMost,
        (_, true) => Runs::Yes,
        (false, false) => Runs::No,
    };
    let fits = points >= least_points(runs != Runs::No);
    let mut found = Standing { fits, runs, done: holds(&one.done), waits, ..Standing::default() };
    for (need, met) in one.needs.iter().zip(needs) {
        let all = match need.kind() {
            NeedKind::Law => {
                found.law = found.law.max(Law::of(*met, need.obtainable));
                continue;
            }
            NeedKind::Fixed => &mut found.fixed,
            NeedKind::Open => &mut found.open,
            NeedKind::Time | NeedKind::Proven => &mut found.proven,
        };
        *all = all.and(*met);
    }
    found
}

/// What each need of a candidate is worth, in the order of the base.
#[must_use]
pub fn needs(one: &Candidate, answers: &Answers, kept: &Kept) -> IndexVec<NeedId, Truth> {
    one.needs.iter().map(|need| need.when.truth(answers, kept)).collect()
}

/// Whether a candidate waits for others: none of those that it serves
/// [is alive](Readiness::is_alive), or it is growth and something must stop.
///
/// `is_alive` is asked for candidates of earlier decisions, `stops` whether [something must stop](must_stop).
pub fn waits(one: &Candidate, stops: impl FnOnce() -> bool, is_alive: impl Fn(CandidateRef) -> bool) -> bool {
    let serves_nobody = !one.serves.is_empty() && !one.serves.iter().any(|served| is_alive(*served));
    serves_nobody || (one.grows && stops())
}

/// Whether something of a decision or of an earlier one runs that the law forbids.
#[must_use]
pub fn must_stop(kb: &KnowledgeBase, decision: DecisionId, answers: &Answers, kept: &Kept) -> bool {
    kb.stops(decision).any(|stop| stop.truth(answers, kept).is_yes())
}

/// Where a candidate stands if it has these points. `kept` holds what the
/// decisions before its own keep.
#[must_use]
pub fn readiness(kb: &KnowledgeBase, at: CandidateRef, points: i32, answers: &Answers, kept: &Kept) -> Readiness {
    let one = kb.candidate(at.0, at.1);
    let stops = || must_stop(kb, at.0, answers, kept);
    let waits = waits(one, stops, |served| is_alive(kb, served, answers, kept));
    standing(one, points, &needs(one, answers, kept), answers, kept, waits).readiness()
}

fn is_alive(kb: &KnowledgeBase, at: CandidateRef, answers: &Answers, kept: &Kept) -> bool {
    readiness(kb, at, points(kb.candidate(at.0, at.1), answers, kept), answers, kept).is_alive()
}

/// The lists that candidates of an all-keeping decision can stand in, besides
/// that of what never begins: what does not run, what runs if some fact asks
/// that, what is in place if that can be.
#[must_use]
pub fn lists(kb: &KnowledgeBase, decision: DecisionId) -> Vec<Readiness> {
    let candidates = &kb.decisions[decision].candidates;
    let running = [Readiness::Keep, Readiness::Mend, Readiness::Drop, Readiness::Stop];
    let running = running.into_iter().filter(|_| candidates.iter().any(|one| one.runs.is_some()));
    let in_place = candidates.iter().any(|one| one.done.is_some()).then_some(Readiness::InPlace);
    [Readiness::Open, Readiness::Confirm, Readiness::Later].into_iter().chain(running).chain(in_place).collect()
}
