//! What is run today, held against what was judged.

use crate::answer::Answers;
use crate::engine::judgement::{Outcome, Ranked};
use crate::engine::kernel::Readiness;
use crate::engine::running::running;
use crate::kb::KnowledgeBase;
use crate::truth::Truth;

/// A candidate that is run today and is not open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// The fact that names it.
    pub fact: usize,
    /// The decision whose candidate it is.
    pub decision: usize,
    /// The candidate.
    pub candidate: usize,
    /// Where it was sorted to.
    pub group: Readiness,
    /// The line of its evidence that speaks most against it, if one does.
    pub against: Option<usize>,
    /// The first of its needs that is not met, if there is one.
    pub lacks: Option<usize>,
}

/// What is run and is not open, the worst fit first.
pub fn misfits(kb: &KnowledgeBase, answers: &Answers, outcomes: &[Outcome]) -> Vec<Misfit> {
    let mut found = Vec::new();
    for run in running(kb, answers) {
        let (fact, decision) = (run.fact, run.decision);
        let ranked = run.candidates.iter().filter_map(|candidate| outcomes[decision].of(*candidate));
        for one in ranked.filter(|one| one.group.is_some_and(|group| group != Readiness::Open)) {
            found.push(misfit(kb, fact, decision, one));
        }
    }
    found.sort_by_key(|misfit| (std::cmp::Reverse(misfit.group), misfit.fact, misfit.candidate));
    found
}

fn misfit(kb: &KnowledgeBase, fact: usize, decision: usize, ranked: &Ranked) -> Misfit {
    let candidate = kb.candidate(decision, ranked.candidate);
    let unmet = |wanted: Truth| ranked.needs.iter().position(|truth| *truth == wanted);
    Misfit {
        fact,
        decision,
        candidate: ranked.candidate,
        group: ranked.group.unwrap_or(Readiness::Never),
        against: strongest_against(candidate, ranked),
        lacks: unmet(Truth::No).or_else(|| unmet(Truth::Unknown)),
    }
}

/// The line that holds and speaks most against a candidate.
pub fn strongest_against(candidate: &crate::kb::Candidate, ranked: &Ranked) -> Option<usize> {
    let lines = candidate.evidence.iter().zip(&ranked.lines).enumerate();
    let against = lines.filter(|(_, (line, truth))| truth.is_yes() && line.points < 0);
    against.min_by_key(|(at, (line, _))| (line.points, *at)).map(|(at, _)| at)
}
