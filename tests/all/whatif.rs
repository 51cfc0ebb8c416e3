//! What would have to be different: the smallest sets are the smallest.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use crate::support::toy;
use qun::answer::{Answer, Answers};
use qun::engine::chain::chain;
use qun::kb::KnowledgeBase;
use qun::kb::blocks::{domain, thresholds};
use qun::whatif::lead::{Found, decision, lead};
use qun::whatif::{is_lever, open};

fn leads(kb: &KnowledgeBase, answers: &Answers, candidate: usize) -> bool {
    let decision = decision(kb).unwrap();
    chain(kb, answers, decision + 1).of(decision).leader() == Some(candidate)
}

fn domains(kb: &KnowledgeBase) -> Vec<Vec<Answer>> {
    let bounds = thresholds(kb.conditions());
    kb.facts.iter().enumerate().map(|(number, fact)| domain(fact, bounds.get(&number))).collect()
}

/// The least number of changes by trying all sets up to a size.
fn least(kb: &KnowledgeBase, answers: &Answers, candidate: usize, most: usize) -> Option<usize> {
    let domains = domains(kb);
    let mut layer = vec![(answers.clone(), 0)];
    for size in 0..=most {
        if layer.iter().any(|(answers, _)| leads(kb, answers, candidate)) {
            return Some(size);
        }
        let mut next = Vec::new();
        for (answers, from) in &layer {
            for fact in (*from..kb.facts.len()).filter(|fact| is_lever(&kb.facts[*fact])) {
                for answer in &domains[fact] {
                    let mut other = answers.clone();
                    other.set(fact, Some(*answer));
                    next.push((other, fact + 1));
                }
            }
        }
        layer = next;
    }
    None
}

/// Profiles by a fixed sequence of numbers.
fn profiles(kb: &KnowledgeBase, count: usize) -> Vec<Answers> {
    let domains = domains(kb);
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut draw = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap() % below
    };
    let mut one = || {
        let mut answers = Answers::unknown(kb.facts.len());
        for (fact, domain) in domains.iter().enumerate() {
            if draw(3) > 0 {
                answers.set(fact, Some(domain[draw(domain.len())]));
            }
        }
        answers
    };
    (0..count).map(|_| one()).collect()
}

/// That ways lead, and that each of their changes is needed.
fn hold(kb: &KnowledgeBase, answers: &Answers, candidate: usize, found: &Found) {
    let Found::Ways(ways) = found else { return };
    assert!(!ways.is_empty() && ways.len() <= qun::whatif::WAYS);
    for way in ways {
        assert!(leads(kb, &way.applied(answers), candidate));
        for (fact, _) in &way.changes {
            assert!(is_lever(&kb.facts[*fact]));
            let mut without = way.applied(answers);
            without.set(*fact, answers.get(*fact));
            assert!(!leads(kb, &without, candidate), "a change that is not needed");
        }
    }
}

#[test]
fn the_smallest_sets_on_the_toy_base_are_those_of_brute_force() {
    let kb = toy();
    for answers in profiles(&kb, 150) {
        for candidate in 0..kb.decisions[decision(&kb).unwrap()].candidates.len() {
            let found = lead(&kb, &answers, candidate);
            hold(&kb, &answers, candidate, &found);
            let brute = least(&kb, &answers, candidate, 2);
            match found {
                Found::Leads => assert_eq!(brute, Some(0)),
                Found::Ways(ways) if ways[0].changes.len() <= 2 => assert_eq!(brute, Some(ways[0].changes.len())),
                _ => assert_eq!(brute, None),
            }
        }
    }
}

#[test]
fn the_articles_cases_become_every_type_or_it_is_said_why_not() {
    let kb = KnowledgeBase::embedded();
    let articles = kb.cases.iter().take(7);
    for case in articles {
        for candidate in 0..kb.decisions[decision(&kb).unwrap()].candidates.len() {
            hold(&kb, &case.answers, candidate, &lead(&kb, &case.answers, candidate));
        }
    }
}

#[test]
fn ways_to_open_open_and_each_of_their_changes_is_needed() {
    let kb = KnowledgeBase::embedded();
    let streams = kb.decisions.iter().position(|one| one.keep == qun::kb::Keep::All).unwrap();
    for case in kb.cases.iter().take(3) {
        for candidate in 0..kb.decisions[streams].candidates.len() {
            let at = (streams, candidate);
            let open::Found::Ways(ways) = open::open(&kb, &case.answers, at) else { continue };
            for way in ways {
                let stands = |answers: &Answers| open::readiness(&kb, at, answers).id();
                assert!(["open", "keep", "in-place"].contains(&stands(&way.applied(&case.answers))));
                for (fact, _) in &way.changes {
                    let mut without = way.applied(&case.answers);
                    without.set(*fact, case.answers.get(*fact));
                    assert!(!["open", "keep"].contains(&stands(&without)));
                }
            }
        }
    }
}
