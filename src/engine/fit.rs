//! What is done today, held against what was judged; and the first screen.

use super::judgement::{Group, Misfit, Outcome, Ranked, Screen};
use crate::answer::{Answer, Answers};
use crate::fact::{Kind, bits};
use crate::kb::KnowledgeBase;
use crate::truth::Truth;

/// What each fact whose options are candidates says is run today, as
/// (fact, decision, candidates).
pub fn running(kb: &KnowledgeBase, answers: &Answers) -> Vec<(usize, usize, Vec<usize>)> {
    let of = |(fact, one): (usize, &crate::fact::Fact)| match (&one.kind, answers.get(fact)) {
        (Kind::Choices { candidates_of: Some(decision), .. }, Some(Answer::Choices(chosen))) => {
            let count = kb.decisions[*decision].candidates.len();
            Some((fact, *decision, bits(chosen).filter(|option| *option < count).collect()))
        }
        _ => None,
    };
    kb.facts.iter().enumerate().filter_map(of).collect()
}

/// What is run and is not open, the worst fit first.
pub fn misfits(kb: &KnowledgeBase, answers: &Answers, outcomes: &[Outcome]) -> Vec<Misfit> {
    let mut found = Vec::new();
    for (fact, decision, candidates) in running(kb, answers) {
        let ranked = candidates.iter().filter_map(|candidate| outcomes[decision].of(*candidate));
        for one in ranked.filter(|one| one.group.is_some_and(|group| group != Group::Open)) {
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
        group: ranked.group.unwrap_or(Group::Never),
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

/// What the first screen shows.
pub fn screen(kb: &KnowledgeBase, answers: &Answers, outcomes: &[Outcome]) -> Screen {
    let week = kb.screen.week.first().map_or_else(Vec::new, |at| week(kb, &outcomes[at.decision]));
    let is_undecided = outcomes[kb.screen.verdict.decision].chosen.is_empty();
    let money = kb.screen.money.first().and_then(|at| money(&outcomes[at.decision]));
    // While nobody knows what it is, only what can begin at once is worth naming.
    let money = money.filter(|(_, group)| *group == Group::Open || !is_undecided);
    Screen { red_line: red_line(kb, answers, outcomes, money), week, money }
}

/// Three open measures with the most points, from different groups as far as possible.
fn week(kb: &KnowledgeBase, outcome: &Outcome) -> Vec<usize> {
    let open: Vec<usize> = outcome.group(Group::Open).map(|ranked| ranked.candidate).collect();
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
fn money(outcome: &Outcome) -> Option<(usize, Group)> {
    let first = |group: Group| {
        let mut all = outcome.group(group);
        let free = outcome.group(group).find(|ranked| ranked.after.is_empty());
        free.or_else(|| all.next()).map(|ranked| (ranked.candidate, group))
    };
    [Group::Open, Group::Confirm, Group::Later].into_iter().find_map(first)
}

/// A stream run today whose legal need is not met; else the first section that
/// the base names and that speaks.
fn red_line(
    kb: &KnowledgeBase,
    answers: &Answers,
    outcomes: &[Outcome],
    money: Option<(usize, Group)>,
) -> Option<(crate::kb::SectionRef, usize)> {
    let section_of = |decision: usize| kb.screen.red_line.iter().find(|at| at.decision == decision).copied();
    for (_, decision, candidates) in running(kb, answers) {
        let is_illegal = |candidate: &&usize| {
            let needs = &kb.candidate(decision, **candidate).needs;
            let truths = outcomes[decision].of(**candidate).map(|ranked| ranked.needs.iter());
            truths.is_some_and(|truths| needs.iter().zip(truths).any(|(need, truth)| need.law && *truth == Truth::No))
        };
        let found = candidates.iter().find(is_illegal);
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
