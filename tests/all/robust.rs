//! How much may be wrong before another candidate leads: held against trying it out.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use super::support::{Draws, completions, domains, toy};
use crate::thorough::thorough;
use qun::advice::{Adviser, advise};
use qun::answer::{Answer, Answers};
use qun::engine::judge::Judge;
use qun::engine::kernel::Rule;
use qun::engine::score::{all_points, truths};
use qun::ids::{CandidateId, DecisionId, FactId, IndexVec, OptionId};
use qun::kb::KnowledgeBase;
use qun::proof::robust::{Robust, Robustness};

/// The decision that this is about.
const FIRST: DecisionId = DecisionId::new(0);

/// The lines of each candidate of the first decision that hold, by their points.
fn holding(kb: &KnowledgeBase, answers: &Answers) -> IndexVec<CandidateId, Vec<i32>> {
    let of = |one: &qun::kb::Candidate| {
        let truths = truths(one, answers, &());
        one.evidence.iter().zip(truths).filter(|(_, truth)| truth.is_yes()).map(|(line, _)| line.points).collect()
    };
    kb.decisions[FIRST].candidates.iter().map(of).collect()
}

/// Who leads where everything is given in hundredths of a point.
fn leader(kb: &KnowledgeBase, hundredths: &[i32]) -> Option<CandidateId> {
    let rule = Rule { floor: kb.floor * 100, second_floor: kb.second_floor * 100, margin: kb.hybrid_margin * 100, gap_margin: 0 };
    rule.choose(hundredths).leader()
}

/// Points in hundredths, every line that holds being off as `off` says of its candidate and number.
fn off(lines: &IndexVec<CandidateId, Vec<i32>>, off: &mut dyn FnMut(CandidateId, usize) -> i32) -> Vec<i32> {
    let sum =
        |(one, lines): (CandidateId, &Vec<i32>)| lines.iter().enumerate().map(|(at, points)| points * 100 + off(one, at)).sum();
    lines.pairs().map(sum).collect()
}

/// The worst that strengths that are off by so much can do to a leader, rival by rival and to its floor.
fn falls(kb: &KnowledgeBase, lines: &IndexVec<CandidateId, Vec<i32>>, leading: CandidateId, by: i32) -> bool {
    let against = |rival: Option<CandidateId>| {
        off(lines, &mut |one, _| match one {
            one if one == leading => -by,
            one if Some(one) == rival => by,
            _ => 0,
        })
    };
    let rivals = lines.ids().filter(|one| *one != leading).map(Some).chain([None]);
    rivals.into_iter().any(|rival| leader(kb, &against(rival)) != Some(leading))
}

fn holds(kb: &KnowledgeBase, answers: &Answers, robust: &Robust, draws: &mut Draws, tries: usize) {
    let lines = holding(kb, answers);
    let radius = robust.radius.unwrap().hundredths();
    assert!(falls(kb, &lines, robust.leader, radius + 1), "{radius} could be greater: {answers:?}");
    assert!(!falls(kb, &lines, robust.leader, radius), "{radius} is too great: {answers:?}");
    for _ in 0..tries {
        let by = usize::try_from(2 * radius + 1).unwrap();
        // Half the draws go to the ends, where it is worst.
        let points = off(&lines, &mut |_, _| match draws.below(4) {
            0 => radius,
            1 => -radius,
            _ => i32::try_from(draws.below(by)).unwrap() - radius,
        });
        assert_eq!(leader(kb, &points), Some(robust.leader), "{radius} is too great: {answers:?}");
    }
}

#[test]
fn the_radius_on_the_toy_base_is_that_of_all_signs_for_every_profile() {
    let kb = toy();
    let judge = Judge::new(&kb);
    let robustness = Robustness::new(&judge);
    let facts: Vec<FactId> = kb.facts.ids().collect();
    let mut seen = 0;
    for answers in partial(&kb, &facts) {
        let points = all_points(&kb, FIRST, &answers, &());
        let Some(robust) = robustness.of(&kb, &answers) else {
            assert_eq!(Rule::of(&kb).choose(&points).leader(), None);
            continue;
        };
        let lines = holding(&kb, &answers);
        let count: usize = lines.iter().map(Vec::len).sum();
        let radius = robust.radius.unwrap().hundredths();
        // Every line up or down, all ways of it.
        let flips = |by: i32| {
            (0..1_u32 << count).any(|signs| {
                let mut number = 0;
                let points = off(&lines, &mut |_, _| {
                    number += 1;
                    if signs >> (number - 1) & 1 == 1 { by } else { -by }
                });
                leader(&kb, &points) != Some(robust.leader)
            })
        };
        assert!(!flips(radius) && flips(radius + 1), "{answers:?}: {robust:?}");
        seen += 1;
    }
    assert!(seen > 500, "{seen}");
}

/// Every profile of these facts: all answers and none.
fn partial(kb: &KnowledgeBase, facts: &[FactId]) -> Vec<Answers> {
    let mut found = vec![Answers::unknown(kb.facts.len())];
    for fact in facts {
        let more: Vec<Answers> = found.iter().flat_map(|answers| completions(kb, answers, &[*fact])).collect();
        found.extend(more);
    }
    found
}

#[test]
fn the_radius_of_random_profiles_of_the_shipped_base_cannot_be_contradicted() {
    let kb = KnowledgeBase::embedded();
    let judge = Judge::new(&kb);
    let robustness = Robustness::new(&judge);
    let (domains, mut draws) = (domains(&kb), Draws(0x9E37_79B9_7F4A_7C15));
    let mut seen = 0;
    while seen < thorough(1_000, 30) {
        let mut answers = Answers::unknown(kb.facts.len());
        for (fact, domain) in domains.pairs() {
            if draws.below(3) > 0 {
                answers.set(fact, Some(domain[draws.below(domain.len())]));
            }
        }
        let Some(robust) = robustness.of(&kb, &answers) else { continue };
        holds(&kb, &answers, &robust, &mut draws, 200);
        seen += 1;
    }
}

#[test]
fn single_lines_and_answers_that_turn_the_verdict_are_all_of_them() {
    let kb = toy();
    let judge = Judge::new(&kb);
    let robustness = Robustness::new(&judge);
    let domains = domains(&kb);
    let facts: Vec<FactId> = kb.facts.ids().collect();
    let mut seen = (0, 0);
    for answers in partial(&kb, &facts) {
        let Some(robust) = robustness.of(&kb, &answers) else { continue };
        let points = all_points(&kb, FIRST, &answers, &());
        let mut lines = Vec::new();
        for (candidate, one) in kb.decisions[FIRST].candidates.pairs() {
            for (line, truth) in truths(one, &answers, &()).pairs() {
                for is_doubled in [false, true] {
                    let mut edited = points.clone();
                    edited[candidate] += if is_doubled { one.evidence[line].points } else { -one.evidence[line].points };
                    let leader = Rule::of(&kb).choose(&edited).leader();
                    if truth.is_yes() && leader != Some(robust.leader) {
                        lines.push((candidate, line, is_doubled, leader));
                    }
                }
            }
        }
        let mut told: Vec<_> =
            robust.lines.iter().map(|edit| (edit.candidate, edit.line, edit.is_doubled, edit.leader)).collect();
        told.sort_unstable();
        lines.sort_unstable();
        assert_eq!(told, lines);
        let turns = |fact: FactId| {
            answers.get(fact).is_some()
                && domains[fact].iter().any(|other| {
                    let mut changed = answers.clone();
                    changed.set(fact, Some(*other));
                    Rule::of(&kb).choose(&all_points(&kb, FIRST, &changed, &())).leader() != Some(robust.leader)
                })
        };
        let pivotal: Vec<FactId> = facts.iter().copied().filter(|fact| turns(*fact)).collect();
        assert_eq!(robust.pivots.len(), pivotal.len().min(qun::proof::robust::MOST));
        assert!(robust.pivots.iter().all(|pivot| pivotal.contains(&pivot.fact)));
        seen = (seen.0 + lines.len(), seen.1 + pivotal.len());
    }
    assert!(seen.0 > 100 && seen.1 > 100, "{seen:?}");
}

#[test]
fn nobody_leads_nothing_hangs_on_anything() {
    let kb = KnowledgeBase::embedded();
    assert!(advise(&kb, &Answers::unknown(kb.facts.len())).robust.is_none());
}

#[test]
fn the_first_screen_says_what_to_check_or_how_far_weights_may_be_off() {
    let kb = toy();
    let adviser = Adviser::new(&kb);
    let mut answers = Answers::unknown(kb.facts.len());
    answers.set(kb.fact("pet").unwrap(), Some(Answer::Choice(OptionId::new(1))));
    let page = |answers: &Answers| {
        let advice = adviser.advise(answers);
        let extent = qun::report::page::Extent::Usual;
        let page = qun::report::advice::page(&kb, answers, &advice, None, qun::text::Lang::En, extent);
        qun::report::terminal::render(&page, qun::report::terminal::Setting { width: 200, colour: false })
    };
    assert!(page(&answers).contains("Check “Pet” again: with “"), "{}", page(&answers));
    answers.set(kb.fact("walks").unwrap(), Some(Answer::YesNo(true)));
    answers.set(kb.fact("says").unwrap(), Some(Answer::Choice(OptionId::new(1))));
    assert!(page(&answers).contains("It still leads if every weight is off by"), "{}", page(&answers));
}
