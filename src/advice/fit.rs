//! What is run today, held against what was judged.

use crate::answer::Answers;
use crate::engine::judgement::{Account, Outcome, Sorted};
use crate::engine::kernel::Readiness;
use crate::engine::running::running;
use crate::ids::{CandidateId, DecisionId, FactId, IndexVec, LineId, NeedId};
use crate::kb::{KnowledgeBase, NeedKind};
use crate::truth::Truth;

/// A candidate that is run today and cannot simply go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// The fact that names it.
    pub fact: FactId,
    /// The decision whose candidate it is.
    pub decision: DecisionId,
    /// The candidate.
    pub candidate: CandidateId,
    /// Where it was sorted to.
    pub group: Readiness,
    /// The line of its evidence that speaks most against it, if one does.
    pub against: Option<LineId>,
    /// The first of its needs that is not met, if there is one.
    pub lacks: Option<NeedId>,
}

/// What is run and is not kept as it is, or only with a check; the gravest first.
pub fn misfits(kb: &KnowledgeBase, answers: &Answers, outcomes: &IndexVec<DecisionId, Outcome>) -> Vec<Misfit> {
    let mut found = Vec::new();
    for run in running(kb, answers) {
        let (fact, decision) = (run.fact, run.decision);
        let sorted = outcomes[decision].sorted().iter().filter(|one| run.candidates.contains(&one.account.candidate));
        let goes_on =
            |one: &&Sorted| one.readiness() == Readiness::Keep && one.account.needs_that_are(Truth::Unknown).next().is_none();
        for one in sorted.filter(|one| !goes_on(one)) {
            found.push(misfit(kb, fact, decision, one));
        }
    }
    let gravity = |group: Readiness| [Readiness::Stop, Readiness::Drop, Readiness::Mend].iter().position(|one| *one == group);
    found.sort_by_key(|misfit| (gravity(misfit.group).unwrap_or(usize::MAX), misfit.fact, misfit.candidate));
    found
}

fn misfit(kb: &KnowledgeBase, fact: FactId, decision: DecisionId, sorted: &Sorted) -> Misfit {
    let (account, group) = (&sorted.account, sorted.readiness());
    let candidate = kb.candidate(decision, account.candidate);
    // Running it proves some needs; what must stop lacks what the law asks.
    let counts = |need: &NeedId| match (group, candidate.needs[*need].kind()) {
        (Readiness::Stop, kind) => kind == NeedKind::Law,
        (_, kind) => !matches!(kind, NeedKind::Proven | NeedKind::Time),
    };
    let unmet = |wanted: Truth| account.needs_that_are(wanted).find(counts);
    Misfit {
        fact,
        decision,
        candidate: account.candidate,
        group,
        against: strongest_against(candidate, account),
        lacks: unmet(Truth::No).or_else(|| unmet(Truth::Unknown)),
    }
}

/// The line that holds and speaks most against a candidate.
pub fn strongest_against(candidate: &crate::kb::Candidate, account: &Account) -> Option<LineId> {
    let against = candidate.evidence.pairs().filter(|(at, line)| account.lines[*at].is_yes() && line.points < 0);
    against.min_by_key(|(at, line)| (line.points, *at)).map(|(at, _)| at)
}
