//! The slots of the first page, filled from a judgement.

use crate::answer::Answers;
use crate::engine::judgement::Outcome;
use crate::engine::kernel::Readiness;
use crate::engine::running::running;
use crate::kb::KnowledgeBase;
use crate::truth::Truth;

/// What the first screen shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Screen {
    /// What to do this week: candidates of the decision that the base names; at most three.
    pub week: Vec<usize>,
    /// Where the first money may come from, and its group.
    pub money: Option<(usize, Readiness)>,
    /// The red line: a section of a candidate.
    pub red_line: Option<(crate::kb::SectionRef, usize)>,
}

/// What the first screen shows.
pub fn screen(kb: &KnowledgeBase, answers: &Answers, outcomes: &[Outcome]) -> Screen {
    let week = kb.screen.week.first().map_or_else(Vec::new, |at| week(kb, &outcomes[at.decision]));
    let is_undecided = outcomes[kb.screen.verdict.decision].chosen.is_empty();
    let money = kb.screen.money.first().and_then(|at| money(&outcomes[at.decision]));
    // While nobody knows what it is, only what can begin at once is worth naming.
    let money = money.filter(|(_, group)| *group == Readiness::Open || !is_undecided);
    Screen { red_line: red_line(kb, answers, outcomes, money), week, money }
}

/// Three open measures with the most points, from different groups as far as possible.
fn week(kb: &KnowledgeBase, outcome: &Outcome) -> Vec<usize> {
    let open: Vec<usize> = outcome.group(Readiness::Open).map(|ranked| ranked.candidate).collect();
    let groups = |candidate: usize| &kb.candidate(outcome.decision, candidate).groups;
    let mut chosen: Vec<usize> = Vec::new();
    for candidate in &open {
        let is_new = chosen.iter().all(|other| groups(*other).iter().all(|group| !groups(*candidate).contains(group)));
        if chosen.len() < 3 && (is_new || groups(*candidate).is_empty()) {
            chosen.push(*candidate);
        }
    }
    let rest: Vec<usize> = open.iter().copied().filter(|candidate| !chosen.contains(candidate)).collect();
    chosen.extend(rest.into_iter().take(3_usize.saturating_sub(chosen.len())));
    chosen.sort_by_key(|candidate| open.iter().position(|one| one == candidate));
    chosen
}

/// The best that can begin now; else the best that needs confirming, else the best later one.
/// Among those that can begin, one that should come after another waits for it.
fn money(outcome: &Outcome) -> Option<(usize, Readiness)> {
    let first = |group: Readiness| {
        let mut all = outcome.group(group);
        let free = outcome.group(group).find(|ranked| ranked.after.is_empty());
        free.or_else(|| all.next()).map(|ranked| (ranked.candidate, group))
    };
    [Readiness::Open, Readiness::Confirm, Readiness::Later].into_iter().find_map(first)
}

/// A stream run today whose legal need is not met; else the first section that
/// the base names and that speaks.
fn red_line(
    kb: &KnowledgeBase,
    answers: &Answers,
    outcomes: &[Outcome],
    money: Option<(usize, Readiness)>,
) -> Option<(crate::kb::SectionRef, usize)> {
    let section_of = |decision: usize| kb.screen.red_line.iter().find(|at| at.decision == decision).copied();
    for run in running(kb, answers) {
        let decision = run.decision;
        let is_illegal = |candidate: &&usize| {
            let needs = &kb.candidate(decision, **candidate).needs;
            let truths = outcomes[decision].of(**candidate).map(|ranked| ranked.needs.iter());
            truths.is_some_and(|truths| needs.iter().zip(truths).any(|(need, truth)| need.law && *truth == Truth::No))
        };
        let found = run.candidates.iter().find(is_illegal);
        if let (Some(candidate), Some(at)) = (found, section_of(decision)) {
            return Some((at, *candidate));
        }
    }
    kb.screen.red_line.iter().find_map(|at| {
        let candidate = match kb.screen.money.first() {
            Some(first) if first.decision == at.decision => money.map(|(candidate, _)| candidate),
            _ => outcomes[at.decision].chosen.first().copied(),
        };
        candidate.filter(|candidate| kb.text(*at, *candidate).is_some()).map(|candidate| (*at, candidate))
    })
}
