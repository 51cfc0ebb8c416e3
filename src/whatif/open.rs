//! What would open a candidate of a decision that keeps all.
//!
//! What it stands at hangs on what earlier decisions keep. For everything that
//! they could keep the search is told what that takes, together with points for
//! the candidate and needs that are met; whatever meets all of it is judged by
//! the engine before it counts.

use super::ground::{Ground, levers};
use super::{Sought, Ways, clashes_newly, seek};
use crate::answer::{Answer, Answers};
use crate::condition::{Condition, Variable};
use crate::engine::chain::{Kept, chain};
use crate::engine::kernel::{Chosen, Readiness};
use crate::engine::ready;
use crate::engine::score::points;
use crate::kb::{Keep, KnowledgeBase, NeedKind};
use crate::proof::solve::Demand;
use crate::proof::space::{Term, Test};
use crate::proof::terms::{self, Ending, above, at_least, at_most, tie};
use crate::truth::Truth;
use std::collections::BTreeSet;

/// The most sets of changes that are judged in one search.
const CHECKS: usize = 2_000;

/// What came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// It stands so as things are.
    Already(Readiness),
    /// Sets of changes that open it.
    Ways(Ways),
    /// A need, by its number, is not met and hangs on nothing that can be changed.
    NeverMet(usize),
    /// A need, by its number, is not known to be met, and what it hangs on can be
    /// found out and not changed.
    NotKnown(usize),
    /// Whatever is changed, it never has more points than this.
    NeverFits(i32),
    /// No changes are enough; all sets were ruled out.
    Never,
    /// No set of at most so many changes opens it; larger ones were not ruled out.
    NotWithin(usize),
}

/// Where it stands under these answers.
#[must_use]
pub fn readiness(kb: &KnowledgeBase, at: (usize, usize), answers: &Answers) -> Readiness {
    let kept = chain(kb, answers, at.0);
    ready::readiness(kb, at, points(kb.candidate(at.0, at.1), answers, &kept), answers, &kept)
}

/// Whether what stands so runs well, or can begin at once.
#[must_use]
pub fn is_open(readiness: Readiness) -> bool {
    matches!(readiness, Readiness::Open | Readiness::Keep)
}

/// The smallest sets of changes after which a candidate of a decision that keeps
/// all is open; for one that runs, after which it is kept.
#[must_use]
pub fn open(kb: &KnowledgeBase, answers: &Answers, at: (usize, usize)) -> Found {
    let now = readiness(kb, at, answers);
    if is_open(now) || now == Readiness::InPlace {
        return Found::Already(now);
    }
    let opener = Opener { kb, answers, at, runs: now.is_running() };
    if let Some(found) = opener.stuck() {
        return found;
    }
    let further = opener.further();
    let ground = Ground::new(kb, answers, opener.terms(), &further);
    let mut most = None;
    let mut goals = Vec::new();
    for endings in opener.endings() {
        let (kept, demands) = opener.demands(&endings);
        let goal = ground.goal(&kept, &demands);
        let last = demands.len() - 1;
        if (0..last).all(|demand| goal.most(demand) >= goal.missing[demand]) {
            // Points are the last demand: at least 1.
            most = most.max(Some(1 - goal.missing[last] + goal.most(last)));
        }
        if goal.is_hopeful() {
            goals.push(goal);
        }
    }
    if goals.is_empty() {
        return most.map_or(Found::Never, Found::NeverFits);
    }
    let mut checks = 0;
    let mut is_it = |changes: &[(usize, Answer)]| {
        checks += 1;
        let mut changed = answers.clone();
        changes.iter().for_each(|(fact, answer)| changed.set(*fact, Some(*answer)));
        let opens = || is_open(readiness(kb, at, &changed)) && !clashes_newly(kb, answers, &changed);
        (checks <= CHECKS).then(opens)
    };
    match seek(kb, &goals, &mut is_it) {
        Sought::Ways(ways) => Found::Ways(ways),
        Sought::NotWithin(changes) => Found::NotWithin(changes),
        Sought::None => Found::Never,
    }
}

struct Opener<'a> {
    kb: &'a KnowledgeBase,
    answers: &'a Answers,
    at: (usize, usize),
    runs: bool,
}

/// What earlier leader decisions keep, in an order of no meaning: nobody, one, or two.
type Endings = Vec<(usize, Vec<usize>)>;

impl<'a> Opener<'a> {
    /// The test that a need must not pass, if it has to be met at all.
    fn unmet(&self, need: usize) -> Option<Test> {
        let kind = self.kb.candidate(self.at.0, self.at.1).needs[need].kind();
        match (self.runs, kind) {
            (false, _) => Some(Test::NotYes),
            (true, NeedKind::Law | NeedKind::Fixed | NeedKind::Open) => Some(Test::No),
            (true, NeedKind::Time | NeedKind::Proven) => None,
        }
    }

    /// A need that stands in the way and that no change can reach.
    fn stuck(&self) -> Option<Found> {
        let kept = chain(self.kb, self.answers, self.at.0);
        let needs = &self.kb.candidate(self.at.0, self.at.1).needs;
        for (number, need) in needs.iter().enumerate() {
            let truth = need.when.truth(self.answers, &kept);
            if !self.unmet(number).is_some_and(|test| test.passes(truth)) {
                continue;
            }
            if truth == Truth::No && need.kind() == NeedKind::Fixed {
                return Some(Found::NeverMet(number));
            }
            let reads_choices = need.when.variables().iter().any(|one| matches!(one, Variable::Choice(_)));
            if !reads_choices && levers(self.kb, &need.when).is_empty() {
                return Some(if truth == Truth::No { Found::NeverMet(number) } else { Found::NotKnown(number) });
            }
        }
        None
    }

    /// The leader decisions that what it stands at hangs on, in their order.
    fn read(&self) -> Vec<usize> {
        let mut found: BTreeSet<usize> = BTreeSet::new();
        let mut queue: Vec<&Condition> = self.own();
        queue.extend(self.further());
        while let Some(condition) = queue.pop() {
            for variable in condition.variables() {
                if let Variable::Choice(earlier) = variable
                    && self.kb.decisions[earlier].keep == Keep::Leaders
                    && found.insert(earlier)
                {
                    let lines = self.kb.decisions[earlier].candidates.iter().flat_map(|one| &one.evidence);
                    queue.extend(lines.map(|line| &line.when));
                }
            }
        }
        found.into_iter().collect()
    }

    fn own(&self) -> Vec<&'a Condition> {
        let one = self.kb.candidate(self.at.0, self.at.1);
        one.evidence.iter().map(|line| &line.when).chain(one.needs.iter().map(|need| &need.when)).collect()
    }

    /// What else can make a difference: whom it serves, what must stop, contradictions.
    fn further(&self) -> Vec<&'a Condition> {
        let kb = self.kb;
        let one = kb.candidate(self.at.0, self.at.1);
        let mut found: Vec<&Condition> = kb.clashes.iter().map(|clash| &clash.when).collect();
        found.extend(&one.done);
        for served in one.serves.iter().map(|served| kb.candidate(served.0, served.1)) {
            found.extend(served.evidence.iter().map(|line| &line.when));
            found.extend(served.needs.iter().map(|need| &need.when));
        }
        if one.grows {
            found.extend(kb.stops.iter().filter(|(of, _)| *of <= self.at.0).map(|(_, stop)| stop));
        }
        found
    }

    /// Points of the candidates of every leader decision that is read, its own
    /// needs that stand in the way, and its own points.
    fn terms(&self) -> (Vec<Term<'a>>, usize) {
        let (mut found, mut next) = (Vec::new(), 0);
        for decision in self.read() {
            found.extend(terms::points(self.kb, decision, None, next));
            next += self.kb.decisions[decision].candidates.len();
        }
        let one = self.kb.candidate(self.at.0, self.at.1);
        for (number, need) in one.needs.iter().enumerate() {
            found.extend(self.unmet(number).map(|test| Term { when: &need.when, test, edit: None, to: next, adds: 1 }));
        }
        found.extend(terms::points_of(one, None, next + 1));
        (found, next + 2)
    }

    /// Everything that the earlier decisions could keep.
    fn endings(&self) -> Vec<Endings> {
        let mut found: Vec<Endings> = vec![Vec::new()];
        for decision in self.read() {
            let count = self.kb.decisions[decision].candidates.len();
            let sets = crate::engine::bounds::all_endings(count);
            let longer = |so_far: &Endings| {
                let so_far = so_far.clone();
                sets.iter().map(move |set| so_far.iter().cloned().chain([(decision, set.clone())]).collect()).collect::<Vec<_>>()
            };
            found = found.iter().flat_map(longer).collect();
        }
        found
    }

    /// What that takes: the demands of the earlier decisions, that no need stands
    /// in the way, and points for it, which come last.
    fn demands(&self, endings: &Endings) -> (Kept, Vec<Demand>) {
        let kb = self.kb;
        let mut kept = Kept::default();
        let (mut demands, mut first) = (Vec::new(), 0);
        for decision in 0..self.at.0 {
            let ending = endings.iter().find(|(of, _)| *of == decision).map(|(_, ending)| ending);
            kept.push(ending.map(|ending| Chosen::from(ending.as_slice())));
            let Some(ending) = ending else { continue };
            let count = kb.decisions[decision].candidates.len();
            let of = |one: usize| vec![(first + one, 1)];
            let others = |rival: &usize| !ending.contains(rival);
            if ending.is_empty() {
                demands.extend(terms::ending(kb, &Ending::Abstains, count, first).concat());
            }
            for one in ending {
                demands.push(at_least(&of(*one), if ending.len() > 1 { kb.floor.min(kb.second_floor) } else { kb.floor }));
                let behind = (0..count).filter(others).map(|rival| above(&of(*one), &of(rival), tie(*one, rival)));
                demands.extend(behind);
                let near = ending.iter().filter(|other| *other != one);
                demands.extend(near.map(|other| above(&of(*one), &of(*other), -kb.hybrid_margin)));
            }
            first += count;
        }
        demands.push(at_most(&vec![(first, 1)], 0));
        demands.push(at_least(&vec![(first + 1, 1)], 1));
        (kept, demands)
    }
}
