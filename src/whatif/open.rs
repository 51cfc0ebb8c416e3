//! What would open a candidate of a decision that keeps all.
//!
//! Whatever is not met reads certain facts, and one of them has to change before
//! it can be met. So the search changes, one after the other, only facts that
//! something not met reads, to ever greater depth: what it finds is smallest.

use super::{Way, is_lever, keep, others};
use crate::answer::{Answer, Answers};
use crate::condition::{Condition, Variable};
use crate::engine::chain::chain;
use crate::engine::kernel::Readiness;
use crate::engine::ready;
use crate::engine::score::points;
use crate::kb::{Keep, KnowledgeBase};
use std::collections::BTreeMap;

/// The most answers that are tried in one search.
const STEPS: usize = 3_000;
/// The most changes that are looked for.
const DEEPEST: usize = 5;

/// What came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// It stands so as things are.
    Already(Readiness),
    /// The smallest sets of changes, the cheapest first.
    Ways(Vec<Way>),
    /// A need, by its number, hangs on nothing that can be changed; without one,
    /// nothing that can be changed would bring points for it.
    Never(Option<usize>),
    /// No set of at most so many changes opens it; larger ones were not tried out.
    NotWithin(usize),
}

struct Search<'a> {
    kb: &'a KnowledgeBase,
    at: (usize, usize),
    others: BTreeMap<usize, Vec<Answer>>,
    steps: usize,
    ways: Vec<Way>,
}

/// Something that keeps a candidate from being open, and the facts that it reads.
struct Obstacle {
    need: Option<usize>,
    facts: Vec<usize>,
}

/// The smallest sets of changes after which a candidate of a decision that keeps
/// all is open; for one that runs, after which it is kept.
#[must_use]
pub fn open(kb: &KnowledgeBase, answers: &Answers, at: (usize, usize)) -> Found {
    let now = readiness(kb, at, answers);
    if is_there(now) {
        return Found::Already(now);
    }
    let conditions = conditions(kb, at);
    let levers = kb.facts.iter().enumerate().filter(|(_, fact)| is_lever(fact) && fact.options_of.is_none());
    let others = levers.map(|(number, fact)| (number, others((number, fact), answers.get(number), &conditions)));
    let mut search = Search { kb, at, others: others.collect(), steps: 0, ways: Vec::new() };
    if let Some(obstacle) = search.obstacles(answers).into_iter().find(|obstacle| obstacle.facts.is_empty()) {
        return Found::Never(obstacle.need);
    }
    for size in 1..=DEEPEST {
        search.go(size, answers, &mut Vec::new());
        if !search.ways.is_empty() {
            return Found::Ways(search.ways);
        }
        if search.steps > STEPS {
            return Found::NotWithin(size - 1);
        }
    }
    Found::NotWithin(DEEPEST)
}

/// Where it stands under these answers.
#[must_use]
pub fn readiness(kb: &KnowledgeBase, at: (usize, usize), answers: &Answers) -> Readiness {
    let kept = chain(kb, answers, at.0);
    ready::readiness(kb, at, points(kb.candidate(at.0, at.1), answers, &kept), answers, &kept)
}

fn is_there(readiness: Readiness) -> bool {
    matches!(readiness, Readiness::Open | Readiness::Keep | Readiness::InPlace)
}

/// Every condition that where a candidate stands can hang on.
fn conditions(kb: &KnowledgeBase, at: (usize, usize)) -> Vec<&Condition> {
    let leaders = kb.decisions.iter().take(at.0).filter(|one| one.keep == Keep::Leaders).flat_map(|one| &one.candidates);
    let one = kb.candidate(at.0, at.1);
    let served = one.serves.iter().map(|served| kb.candidate(served.0, served.1));
    let mut found: Vec<&Condition> = Vec::new();
    for one in leaders.chain([one]).chain(served) {
        found.extend(one.evidence.iter().map(|line| &line.when));
        found.extend(one.needs.iter().map(|need| &need.when));
        found.extend(&one.done);
    }
    if one.grows {
        found.extend(kb.stops.iter().filter(|(of, _)| *of <= at.0).map(|(_, stop)| stop));
    }
    found
}

impl Search<'_> {
    /// The facts that can be changed and that conditions read, those that decide earlier decisions included.
    fn levers(&self, conditions: &[&Condition]) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        for variable in conditions.iter().flat_map(|one| one.variables()) {
            match variable {
                Variable::Fact(fact) => found.push(fact),
                Variable::Choice(earlier) => {
                    let lines = self.kb.decisions[earlier].candidates.iter().flat_map(|one| &one.evidence);
                    found.extend(self.levers(&lines.map(|line| &line.when).collect::<Vec<_>>()));
                }
            }
        }
        found.retain(|fact| self.others.contains_key(fact));
        found.sort_unstable();
        found.dedup();
        found
    }

    /// What keeps it from being open under these answers; never nothing unless it is.
    fn obstacles(&self, answers: &Answers) -> Vec<Obstacle> {
        let kb = self.kb;
        let one = kb.candidate(self.at.0, self.at.1);
        let kept = chain(kb, answers, self.at.0);
        let mut found = Vec::new();
        if points(one, answers, &kept) <= 0 {
            found.push(Obstacle { need: None, facts: self.levers(&one.evidence.iter().map(|line| &line.when).collect::<Vec<_>>()) });
        }
        // What runs may leave needs unknown; they are no obstacle that must fall.
        let runs = readiness(kb, self.at, answers).is_running();
        let met = ready::needs(one, answers, &kept);
        let is_open = |truth: crate::truth::Truth| if runs { truth == crate::truth::Truth::No } else { !truth.is_yes() };
        let excused = |need: usize| runs && matches!(one.needs[need].kind(), crate::kb::NeedKind::Time | crate::kb::NeedKind::Proven);
        for need in (0..met.len()).filter(|need| is_open(met[*need]) && !excused(*need)) {
            found.push(Obstacle { need: Some(need), facts: self.levers(&[&one.needs[need].when]) });
        }
        if found.is_empty() {
            found.push(Obstacle { need: None, facts: self.levers(&conditions(kb, self.at)) });
        }
        found
    }

    fn go(&mut self, left: usize, answers: &Answers, changes: &mut Vec<(usize, Answer)>) {
        self.steps += 1;
        if self.steps > STEPS {
            return;
        }
        if is_there(readiness(self.kb, self.at, answers)) {
            keep(&mut self.ways, Way::new(self.kb, changes.clone()));
            return;
        }
        if left == 0 {
            return;
        }
        let changed = |fact: &usize| changes.iter().any(|(of, _)| of == fact);
        let narrowed = self.obstacles(answers).into_iter().map(|obstacle| {
            let mut facts = obstacle.facts;
            facts.retain(|fact| !changed(fact));
            facts
        });
        let Some(facts) = narrowed.min_by_key(Vec::len) else { return };
        let mut next = answers.clone();
        for fact in facts {
            let now = answers.get(fact);
            for answer in self.others.get(&fact).cloned().unwrap_or_default() {
                next.set(fact, Some(answer));
                changes.push((fact, answer));
                self.go(left - 1, &next, changes);
                changes.pop();
            }
            next.set(fact, now);
        }
    }
}
