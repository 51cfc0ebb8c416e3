//! Other answers: which ones there are, as far as some conditions can tell them apart.

use crate::answer::Answer;
use crate::condition::Condition;
use crate::fact::{Fact, Kind, Nature, Range};
use crate::ids::{FactId, OptionSet};
use crate::kb::blocks::thresholds;
use std::collections::BTreeSet;

/// The most options whose sets are all tried; a fact that conditions may read has no more.
const MOST_READ: usize = 12;

/// Whether another answer to a fact may be proposed: it can be seen, and brought about.
///
/// An opinion would only be said differently, and what runs today is what
/// verdicts are held against.
#[must_use]
pub fn is_lever(fact: &Fact) -> bool {
    fact.nature == Nature::Observed && fact.change.effort().is_some() && fact.options_of.is_none()
}

/// Whether an answer to such a fact may be proposed: it takes up nothing that nobody would bring about.
#[must_use]
pub fn is_wanted(fact: &Fact, now: Option<Answer>, to: Answer) -> bool {
    set_of(Some(to)) & unwanted(fact) & !set_of(now) == 0
}

/// The options of a fact that nobody would bring about, one bit each.
fn unwanted(fact: &Fact) -> u64 {
    let all = fact.options().pairs().filter(|(_, option)| option.is_unwanted);
    all.fold(0, |set, (number, _)| set | OptionSet::of(number).bits())
}

/// The options that are chosen, one bit each.
fn set_of(answer: Option<Answer>) -> u64 {
    match answer {
        Some(Answer::Choice(option)) => OptionSet::of(option).bits(),
        Some(Answer::Choices(set)) => set.bits(),
        _ => 0,
    }
}

/// The answers other than the present one that these conditions can tell apart
/// from it and from each other, the one nearest to the present one for each.
///
/// Of several choices what no condition reads stays as it is, as far as there is
/// room for it; of numbers the nearest one of each cell between thresholds is taken.
#[must_use]
pub fn others(number: FactId, fact: &Fact, now: Option<Answer>, conditions: &[&Condition]) -> Vec<Answer> {
    let (mut all, now_set): (Vec<Answer>, Option<OptionSet>) = match (&fact.kind, now) {
        (Kind::YesNo, _) => return [false, true].map(Answer::YesNo).into_iter().filter(|one| Some(*one) != now).collect(),
        (Kind::Number(range), _) => {
            let bounds = thresholds(conditions.iter().copied()).remove(&number).unwrap_or_default();
            return numbers(range, now, &bounds);
        }
        (Kind::Choice(options), Some(Answer::Choice(now))) => {
            (options.ids().map(Answer::Choice).collect(), Some(OptionSet::of(now)))
        }
        (Kind::Choice(options), _) => (options.ids().map(Answer::Choice).collect(), None),
        (Kind::Choices { .. }, Some(Answer::Choices(set))) => (sets(fact, now, options_read(number, conditions)), Some(set)),
        (Kind::Choices { .. }, _) => (sets(fact, now, options_read(number, conditions)), None),
    };
    all.retain(|answer| is_wanted(fact, now, *answer));
    let masks = masks(number, conditions);
    let view = |set: OptionSet| masks.iter().map(|mask| mask.meets(set)).collect::<Vec<bool>>();
    let mut seen: BTreeSet<Vec<bool>> = now_set.map(view).into_iter().collect();
    all.retain(|answer| match answer {
        Answer::Choice(option) => seen.insert(view(OptionSet::of(*option))),
        Answer::Choices(set) => seen.insert(view(*set)),
        Answer::Number(_) | Answer::YesNo(_) => true,
    });
    all
}

/// The sets of options that conditions ask for, each once.
fn masks(number: FactId, conditions: &[&Condition]) -> Vec<OptionSet> {
    let mut found: BTreeSet<OptionSet> = BTreeSet::new();
    for condition in conditions {
        condition.atoms(&mut |atom| match atom {
            Condition::Is { fact, options } | Condition::Has { fact, options } if *fact == number => {
                found.insert(*options);
            }
            _ => {}
        });
    }
    found.into_iter().collect()
}

/// The options of a fact of several choices that conditions read, one bit each.
fn options_read(number: FactId, conditions: &[&Condition]) -> u64 {
    let mut read = 0;
    for condition in conditions {
        condition.atoms(&mut |atom| match atom {
            Condition::Has { fact, options } if *fact == number => read |= options.bits(),
            _ => {}
        });
    }
    read
}

/// Of each cell but the present one the number that is nearest to the present one.
fn numbers(range: &Range, now: Option<Answer>, bounds: &BTreeSet<i64>) -> Vec<Answer> {
    let inner: Vec<i64> = bounds.iter().copied().filter(|bound| *bound > range.min && *bound <= range.max).collect();
    let lows = std::iter::once(range.min).chain(inner.iter().copied());
    let highs = inner.iter().map(|bound| bound - 1).chain([range.max]);
    let Some(Answer::Number(now)) = now else {
        // Where nothing is known, the least number of a cell, but of the lowest the greatest.
        let first = inner.first().map_or(range.min, |bound| bound - 1);
        return std::iter::once(first).chain(inner).map(Answer::Number).collect();
    };
    let nearest = |(low, high): (i64, i64)| match () {
        () if now < low => Some(low),
        () if now > high => Some(high),
        () => None,
    };
    lows.zip(highs).filter_map(nearest).map(Answer::Number).collect()
}

/// The numbers of the bits that are set, from the least.
fn bits(mask: u64) -> impl Iterator<Item = usize> + Clone {
    (0..64).filter(move |bit| mask >> bit & 1 == 1)
}

/// For every set of the read options that can be chosen one answer with just these of them.
fn sets(fact: &Fact, now: Option<Answer>, read: u64) -> Vec<Answer> {
    let Kind::Choices { options, at_most, none, .. } = &fact.kind else { return Vec::new() };
    let all = OptionSet::first(options.len()).bits();
    let alone = none.map_or(0, |none| OptionSet::of(none).bits());
    let now = set_of(now);
    let avoided = unwanted(fact) & !now;
    let fits = |set: u64| {
        let is_whole = set != 0 && set.count_ones() as usize <= *at_most && (set & alone == 0 || set == alone);
        is_whole && set & avoided == 0
    };
    let told: Vec<usize> = bits(read & !alone).take(MOST_READ).collect();
    let spread = |pattern: u64| bits(pattern).fold(0_u64, |set, at| set | 1 << told[at]);
    let free = all & !read & !alone;
    let mut found: Vec<u64> = Vec::new();
    for set in (0..1_u64 << told.len()).map(spread) {
        // What is not read stays as it is if there is room for it; else one option that is not read has to stand for all.
        let spare = bits(free).map(|option| 1_u64 << option);
        let whole = [set | (now & free), set].into_iter().chain(spare.map(|one| set | one)).chain([alone]);
        let is_so = |whole: &u64| fits(*whole) && whole & read == set;
        found.extend(whole.into_iter().find(is_so));
    }
    if alone & read != 0 {
        found.push(alone);
    }
    found.retain(|set| set & read != now & read || now == 0);
    found.sort_by_key(|set| (set ^ now).count_ones());
    found.dedup();
    found.into_iter().map(OptionSet::from_bits).map(Answer::Choices).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kb::KnowledgeBase;
    use crate::kb::blocks::domain;
    use crate::thorough::thorough;

    /// What conditions see of an answer: the truth of each of their atoms.
    fn seen(kb: &KnowledgeBase, fact: FactId, answer: Answer, conditions: &[&Condition]) -> Vec<crate::truth::Truth> {
        let mut answers = crate::answer::Answers::unknown(kb.facts.len());
        answers.set(fact, Some(answer));
        let mut found = Vec::new();
        for condition in conditions {
            condition.atoms(&mut |atom| found.push(atom.truth(&answers, &())));
        }
        found
    }

    #[test]
    fn other_answers_stand_for_all_and_are_allowed() {
        let kb = KnowledgeBase::embedded();
        let conditions: Vec<&Condition> = kb.decisions[crate::ids::DecisionId::new(0)].conditions().collect();
        let bounds = thresholds(conditions.iter().copied());
        for (number, fact) in kb.facts.pairs() {
            let all = domain(fact, bounds.get(&number));
            let wanted = |now: Option<Answer>| all.iter().copied().filter(move |to| is_wanted(fact, now, *to));
            for now in all.iter().copied().map(Some).step_by(1 + all.len() / thorough(20, 2)).chain([None]) {
                let mut views: BTreeSet<_> =
                    wanted(now).map(|answer| format!("{:?}", seen(&kb, number, answer, &conditions))).collect();
                if let Some(now) = now {
                    views.remove(&format!("{:?}", seen(&kb, number, now, &conditions)));
                }
                let others = others(number, fact, now, &conditions);
                let told: BTreeSet<_> =
                    others.iter().map(|answer| format!("{:?}", seen(&kb, number, *answer, &conditions))).collect();
                assert!(views.is_subset(&told), "{}: {now:?} of {views:?} only {told:?}", fact.id);
                if let Kind::Choices { .. } = fact.kind {
                    assert!(others.iter().all(|one| all.contains(one) && is_wanted(fact, now, *one)), "{}", fact.id);
                }
            }
        }
    }
}
