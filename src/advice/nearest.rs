//! The nearest known case: a real community that answers most alike.
//!
//! People learn from an example more than from a type. Every fact that both
//! answer adds how far the two answers lie apart, every fact that only the
//! profile answers adds half: not knowing is neither likeness nor difference.
//! Thousandths throughout, so that the same case is nearest on every machine.

use crate::answer::{Answer, Answers};
use crate::ids::{CaseId, FactId};
use crate::kb::blocks::thresholds;
use crate::kb::{Case, KnowledgeBase};
use std::collections::{BTreeMap, BTreeSet};

/// The fewest facts that both must answer.
pub const FEWEST: usize = 3;
/// How many answers that are all the same are no chance.
const TELLING: usize = 8;
/// What two answers that have nothing in common lie apart.
const APART: u64 = 1_000;

/// The case that is most like a profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nearest {
    /// The case.
    pub case: CaseId,
    /// How far it lies away: 0 (the same) to 500 (as much unlike as like) thousandths.
    pub distance: u32,
    /// How many facts both answer.
    pub common: usize,
    /// Facts that the two answer differently, the greatest difference first.
    pub differs: Vec<FactId>,
}

/// Whether a profile is that of the case: it gives all of its answers, and few more.
fn is_itself(answers: &Answers, case: &Answers) -> bool {
    let all = case.facts().all(|fact| case.get(fact).is_none() || case.get(fact) == answers.get(fact));
    all && case.known() >= TELLING && case.known() * 4 >= answers.known() * 3
}

/// The cases of a base, ready to be compared with.
#[derive(Debug, Clone)]
pub struct Neighbours {
    /// The numbers that the base compares a fact with.
    thresholds: BTreeMap<FactId, BTreeSet<i64>>,
}

impl Neighbours {
    /// Compiles a base.
    #[must_use]
    pub fn new(kb: &KnowledgeBase) -> Neighbours {
        Neighbours { thresholds: thresholds(kb.conditions()) }
    }

    /// The nearest case that is not the community itself, the first of the
    /// base on a tie; `None` if too little is known or none is more like than unlike.
    #[must_use]
    pub fn nearest(&self, kb: &KnowledgeBase, answers: &Answers) -> Option<Nearest> {
        let known = answers.known();
        if known < FEWEST {
            return None;
        }
        let far = |(number, case): (CaseId, &Case)| {
            let common = answers.facts().filter(|fact| answers.get(*fact).is_some() && case.answers.get(*fact).is_some()).count();
            (common >= FEWEST && !is_itself(answers, &case.answers))
                .then(|| (self.distance(answers, &case.answers), number, common))
        };
        let (sum, case, common) = kb.cases.pairs().filter_map(far).min()?;
        let distance = u32::try_from(sum / known as u64).unwrap_or(u32::MAX);
        (u64::from(distance) * 2 <= APART).then(|| Nearest {
            case,
            distance,
            common,
            differs: self.differs(answers, &kb.cases[case].answers),
        })
    }

    /// The summed distance of a case from a profile.
    fn distance(&self, answers: &Answers, case: &Answers) -> u64 {
        let of = |fact: FactId| match (answers.get(fact), case.get(fact)) {
            (Some(one), Some(other)) => self.apart(fact, one, other),
            (Some(_), None) => APART / 2,
            (None, _) => 0,
        };
        answers.facts().map(of).sum()
    }

    fn differs(&self, answers: &Answers, case: &Answers) -> Vec<FactId> {
        let apart = |fact: FactId| {
            let apart = self.apart(fact, answers.get(fact)?, case.get(fact)?);
            (apart > 0).then_some((std::cmp::Reverse(apart), fact))
        };
        let mut found: Vec<_> = answers.facts().filter_map(apart).collect();
        found.sort_unstable();
        found.into_iter().map(|(_, fact)| fact).collect()
    }

    /// How far two answers lie apart, in thousandths. Sets of options: the part
    /// that is not shared. Numbers: the part of the base's thresholds that lies between them.
    fn apart(&self, fact: FactId, one: Answer, other: Answer) -> u64 {
        match (one, other) {
            (Answer::Choices(one), Answer::Choices(other)) => {
                let (shared, all) = ((one & other).len() as u64, (one | other).len() as u64);
                APART - APART * shared / all.max(1)
            }
            (Answer::Number(one), Answer::Number(other)) => {
                let Some(bounds) = self.thresholds.get(&fact) else { return 0 };
                let (low, high) = (one.min(other), one.max(other));
                let between = bounds.iter().filter(|bound| low < **bound && **bound <= high).count() as u64;
                APART * between / (bounds.len() as u64).max(1)
            }
            (one, other) => u64::from(one != other) * APART,
        }
    }
}
