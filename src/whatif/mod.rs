//! What if: which answers would have to be different for another verdict.
//!
//! Only what somebody can change is proposed: never an opinion, never a fact
//! that the base calls unchangeable. The sets found are the smallest there are,
//! because all smaller ones were ruled out; among those the cheapest come first.

pub mod lead;
pub mod open;

use crate::answer::{Answer, Answers};
use crate::condition::Condition;
use crate::fact::{Fact, Kind, Nature, bits};
use crate::kb::KnowledgeBase;
use crate::kb::blocks::{domain, thresholds};

/// The most ways that are proposed.
pub const WAYS: usize = 3;

/// Answers that would all have to be different, in the order of the facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// The facts, with the answers they would need.
    pub changes: Vec<(usize, Answer)>,
    /// What the changes cost together: the sum of their [efforts](crate::fact::Change::effort).
    pub effort: u32,
}

impl Way {
    fn new(kb: &KnowledgeBase, mut changes: Vec<(usize, Answer)>) -> Way {
        changes.sort_unstable_by_key(|(fact, _)| *fact);
        let effort = changes.iter().filter_map(|(fact, _)| kb.facts[*fact].change.effort()).sum();
        Way { changes, effort }
    }

    /// The answers with the changes made.
    #[must_use]
    pub fn applied(&self, answers: &Answers) -> Answers {
        let mut found = answers.clone();
        self.changes.iter().for_each(|(fact, answer)| found.set(*fact, Some(*answer)));
        found
    }

    fn facts(&self) -> impl Iterator<Item = usize> {
        self.changes.iter().map(|(fact, _)| *fact)
    }
}

/// Keeps the cheapest ways that differ in their facts, ties in the order found.
fn keep(ways: &mut Vec<Way>, way: Way) {
    let same = ways.iter().position(|other| other.facts().eq(way.facts()));
    match same {
        Some(_) => return,
        None => ways.push(way),
    }
    ways.sort_by_key(|way| way.effort);
    ways.truncate(WAYS);
}

/// Whether another answer to a fact may be proposed.
#[must_use]
pub fn is_lever(fact: &Fact) -> bool {
    fact.nature == Nature::Observed && fact.change.effort().is_some()
}

/// The answers other than the present one that these conditions can tell apart,
/// the ones nearest to the present one first.
fn others(fact: (usize, &Fact), now: Option<Answer>, conditions: &[&Condition]) -> Vec<Answer> {
    let (number, fact) = fact;
    let bounds = thresholds(conditions.iter().copied());
    let mut read = 0_u64;
    for condition in conditions {
        condition.atoms(&mut |atom| match atom {
            Condition::Has { fact, options } if *fact == number => read |= options,
            _ => {}
        });
    }
    let cell = |answer: Answer| match answer {
        Answer::Choices(chosen) => Answer::Choices(chosen & read),
        Answer::Number(given) => {
            let below = bounds.get(&number).into_iter().flatten().filter(|bound| **bound <= given).count();
            Answer::Number(i64::try_from(below).unwrap_or(i64::MAX))
        }
        other => other,
    };
    let mut all = sets(fact, now, read).unwrap_or_else(|| domain(fact, bounds.get(&number)));
    let distance = |answer: &Answer| match (*answer, now) {
        (Answer::Choices(one), Some(Answer::Choices(now))) => (one ^ now).count_ones(),
        (Answer::Choices(one), _) => one.count_ones(),
        _ => 0,
    };
    all.sort_by_key(distance);
    let mut seen: Vec<Answer> = now.map(cell).into_iter().collect();
    all.retain(|answer| {
        let cell = cell(*answer);
        let is_new = !seen.contains(&cell);
        if is_new {
            seen.push(cell);
        }
        is_new
    });
    all
}

/// Sets of options that stand for all, where the fact has too many to list.
fn sets(fact: &Fact, now: Option<Answer>, read: u64) -> Option<Vec<Answer>> {
    let Kind::Choices { options, at_most, none, .. } = &fact.kind else { return None };
    let none = none.map_or(0, |none| 1_u64 << none);
    let kept = match now {
        Some(Answer::Choices(now)) => now & !read & !none,
        _ => 0,
    };
    let read: Vec<usize> = bits(read & !none).collect();
    if read.len() > 12 || options.len() > 63 {
        return Some(read.iter().map(|option| Answer::Choices(1 << option)).collect());
    }
    let spread = |pattern: u64| bits(pattern).fold(0_u64, |set, at| set | 1 << read[at]);
    let fits = |set: u64| set != 0 && set.count_ones() as usize <= *at_most;
    let mut found: Vec<Answer> = Vec::new();
    for pattern in 0..1_u64 << read.len() {
        let set = spread(pattern);
        // What is not read stays as it is as long as there is room for it.
        let whole = [set | kept, set, none].into_iter().find(|whole| fits(*whole) && (*whole != none || set == 0));
        let spare = (0..options.len()).map(|option| 1_u64 << option).find(|one| !read.contains(&(one.trailing_zeros() as usize)));
        let whole = whole.filter(|whole| *whole != 0).or(spare.filter(|_| set == 0));
        found.extend(whole.map(Answer::Choices));
    }
    if none != 0 {
        found.push(Answer::Choices(none));
    }
    Some(found)
}
