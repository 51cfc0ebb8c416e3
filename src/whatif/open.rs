//! What would open a candidate of a decision that keeps all.
//!
//! What it stands at hangs on what earlier decisions keep. For everything that
//! they could keep the search is told what that takes, together with points for
//! the candidate and needs that are met; whatever meets all of it is judged by
//! the engine before it counts.

use super::ground::{Ground, Outlook, levers};
use super::search::Lazy;
use super::{Sought, Ways, clashes_newly, seek};
use crate::answer::{Answer, Answers};
use crate::condition::{Condition, Variable};
use crate::engine::chain::{Kept, chain};
use crate::engine::kernel::{Chosen, Readiness, least_points};
use crate::engine::ready;
use crate::engine::score::points;
use crate::ids::{CandidateId, CandidateRef, DecisionId, FactId, NeedId};
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
    NeverMet(NeedId),
    /// A need, by its number, is not known to be met, and what it hangs on can be
    /// found out and not changed.
    NotKnown(NeedId),
    /// Whatever is changed, it never has more points than this.
    NeverFits(i32),
    /// No changes are enough; all sets were ruled out.
    Never,
    /// No set of at most so many changes opens it; larger ones were not ruled out.
    NotWithin(usize),
}

/// Where it stands under these answers.
#[must_use]
pub fn readiness(kb: &KnowledgeBase, at: CandidateRef, answers: &Answers) -> Readiness {
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
pub fn open(kb: &KnowledgeBase, answers: &Answers, at: CandidateRef) -> Found {
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
    let mut goals: Vec<(usize, Lazy<'_>)> = Vec::new();
    for (kept, demands) in opener.endings() {
        let outlooks = ground.outlook(&kept, &demands);
        let fewest: Vec<Option<usize>> = outlooks.iter().map(Outlook::fewest).collect();
        if let Some((points, others)) = fewest.split_last()
            && others.iter().all(Option::is_some)
        {
            let last = outlooks[outlooks.len() - 1];
            // Points are the last demand.
            most = most.max(Some(least_points(opener.runs) - last.missing + last.most));
            if let Some(fewest) = points.and_then(|_| fewest.iter().copied().collect::<Option<Vec<usize>>>()) {
                let apart = fewest.iter().sum();
                let fewest = fewest.into_iter().max().unwrap_or(0);
                let ground = &ground;
                let goal = Lazy { fewest, goal: Box::new(move || ground.without_idle(ground.goal(&kept, &demands))) };
                goals.push((apart, goal));
            }
        }
    }
    if goals.is_empty() {
        return most.map_or(Found::Never, Found::NeverFits);
    }
    // What is kept today, or nearly so, comes first: there most ways are found before the work runs out.
    goals.sort_by_key(|(apart, _)| *apart);
    let goals: Vec<Lazy<'_>> = goals.into_iter().map(|(_, goal)| goal).collect();
    let mut checks = 0;
    let mut is_it = |changes: &[(FactId, Answer)]| {
        checks += 1;
        let mut changed = answers.clone();
        for (fact, answer) in changes {
            changed.set(*fact, Some(*answer));
        }
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
    at: CandidateRef,
    runs: bool,
}

impl<'a> Opener<'a> {
    /// The test that a need must not pass, if it has to be met at all.
    fn unmet(&self, need: NeedId) -> Option<Test> {
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
        for (number, need) in needs.pairs() {
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
    fn read(&self) -> Vec<DecisionId> {
        let mut found: BTreeSet<DecisionId> = BTreeSet::new();
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
            found.extend(kb.stops(self.at.0));
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
        for (number, need) in one.needs.pairs() {
            found.extend(self.unmet(number).map(|test| Term { when: &need.when, test, edit: None, to: next, adds: 1 }));
        }
        found.extend(terms::points_of(one, None, next + 1));
        (found, next + 2)
    }

    /// Everything that the earlier decisions could keep, with what that takes:
    /// their demands, that no need stands in the way, and points for it, which
    /// come last.
    fn endings(&self) -> Vec<(Kept, Vec<Demand>)> {
        let read = self.read();
        let mut found: Vec<(Kept, Vec<Demand>)> = vec![(Kept::default(), Vec::new())];
        let mut first = 0;
        for decision in self.at.0.before() {
            if !read.contains(&decision) {
                for (kept, _) in &mut found {
                    kept.push(None);
                }
                continue;
            }
            let count = self.kb.decisions[decision].candidates.len();
            let more = self.endings_of(count, first);
            let longer = |(kept, demands): &(Kept, Vec<Demand>)| {
                let longer = |(chosen, own): &(Chosen, Vec<Demand>)| {
                    let mut kept = kept.clone();
                    kept.push(Some(*chosen));
                    (kept, demands.iter().chain(own).cloned().collect())
                };
                more.iter().map(longer).collect::<Vec<_>>()
            };
            found = found.iter().flat_map(longer).collect();
            first += count;
        }
        for (_, demands) in &mut found {
            demands.push(at_most(&vec![(first, 1)], 0));
            demands.push(at_least(&vec![(first + 1, 1)], least_points(self.runs)));
        }
        found
    }

    /// What one decision could keep, each with demands that are met exactly when it
    /// does; points are the quantities from `first` on. Which of two leads makes no
    /// difference to what follows, so it is left open where the floors allow that.
    fn endings_of(&self, count: usize, first: usize) -> Vec<(Chosen, Vec<Demand>)> {
        let kb = self.kb;
        let of = |one: CandidateId| vec![(first + one.index(), 1)];
        let mut found = Vec::new();
        let mut note = |ending: Ending| {
            let sets = terms::ending(kb, &ending, count, first);
            found.extend(sets.into_iter().map(|demands| (ending.kept(), demands)));
        };
        note(Ending::Abstains);
        let all = || (0..count).map(CandidateId::new);
        all().for_each(|one| note(Ending::One(one)));
        let is_one = kb.second_floor >= kb.floor;
        let pairs = all().flat_map(|one| all().map(move |two| (one, two)));
        for (one, two) in pairs.filter(|(one, two)| one != two) {
            if !is_one {
                note(Ending::Two(one, two));
            }
        }
        for (one, two) in all().flat_map(|one| all().map(move |two| (one, two))).filter(|(one, two)| is_one && one < two) {
            let mut demands = Vec::new();
            for (own, other) in [(one, two), (two, one)] {
                demands.push(at_least(&of(own), kb.second_floor));
                demands.push(above(&of(own), &of(other), -kb.hybrid_margin));
                let rivals = all().filter(|rival| *rival != one && *rival != two);
                demands.extend(rivals.map(|rival| above(&of(own), &of(rival), tie(own, rival))));
            }
            found.push((Chosen::new(one, Some(two)), demands));
        }
        found
    }
}
