//! The demands that verdicts make on points and needs.

use super::solve::Demand;
use super::space::{Edit, Term, Test};
use crate::engine::kernel::Chosen;
use crate::ids::{CandidateId, DecisionId};
use crate::kb::{Candidate, KnowledgeBase, NeedKind, Origin};

/// How a leader decision can end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ending {
    /// Nobody reaches the floor.
    Abstains,
    /// One leads and nobody is close behind.
    One(CandidateId),
    /// One leads and another is kept as the second.
    Two(CandidateId, CandidateId),
}

impl Ending {
    /// Every ending that `count` candidates can be thought to have.
    #[must_use]
    pub fn all(count: usize) -> Vec<Ending> {
        let mut found = vec![Ending::Abstains];
        let all = || CandidateId::new(count).before();
        found.extend(all().map(Ending::One));
        found.extend(all().flat_map(|one| all().filter(move |two| *two != one).map(move |two| Ending::Two(one, two))));
        found
    }

    /// What is kept, leader first.
    #[must_use]
    pub fn kept(self) -> Chosen {
        match self {
            Ending::Abstains => Chosen::NOBODY,
            Ending::One(one) => Chosen::new(one, None),
            Ending::Two(one, two) => Chosen::new(one, Some(two)),
        }
    }
}

/// A weighted sum of quantities.
pub type Sum = Vec<(usize, i32)>;

/// The demand that `a` − `b` is at least something.
#[must_use]
pub fn above(a: &Sum, b: &Sum, least: i32) -> Demand {
    Demand { of: a.iter().copied().chain(b.iter().map(|(quantity, weight)| (*quantity, -weight))).collect(), least }
}

/// The demand that a sum is at least something.
#[must_use]
pub fn at_least(a: &Sum, least: i32) -> Demand {
    above(a, &Sum::new(), least)
}

/// The demand that a sum is at most something.
#[must_use]
pub fn at_most(a: &Sum, most: i32) -> Demand {
    above(&Sum::new(), a, -most)
}

/// By how much one must be ahead of another to come first: ties go to the earlier.
#[must_use]
pub fn tie(one: CandidateId, other: CandidateId) -> i32 {
    i32::from(one > other)
}

/// The points of every candidate of a decision, as quantities from `first` on.
pub fn points(kb: &KnowledgeBase, decision: DecisionId, edit: Option<Edit>, first: usize) -> impl Iterator<Item = Term<'_>> {
    let candidates = kb.decisions[decision].candidates.pairs();
    candidates.flat_map(move |(number, one)| points_of(one, edit, first + number.index()))
}

/// The points of one candidate, as one quantity.
pub fn points_of(candidate: &Candidate, edit: Option<Edit>, to: usize) -> impl Iterator<Item = Term<'_>> {
    candidate.evidence.iter().map(move |line| Term { when: &line.when, test: Test::Yes, edit, to, adds: line.points })
}

/// What the readiness of a candidate hangs on, as quantities; each counts what
/// it says, and [`Of::Points`] sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// The points.
    Points,
    /// Needs not known to be met.
    Unsure,
    /// Needs that are not met.
    Unmet,
    /// Needs that are not met and never will be.
    Final,
    /// Needs of the law that are not met.
    Law,
    /// Needs apart from those of the law that cannot change and are not met.
    Fixed,
    /// Needs that are not met, can change, and running does not prove.
    Open,
    /// Whether it runs.
    Runs,
    /// Whether most is earned with it.
    EarnsMost,
    /// Whether it is in place.
    Done,
}

/// How many quantities [`of_candidate`] fills.
pub const QUANTITIES: usize = 10;

impl Of {
    /// The quantity by itself, the first one of the candidate being `first`.
    #[must_use]
    pub fn sum(self, first: usize) -> Sum {
        vec![(first + self as usize, 1)]
    }

    /// The demand that it is at least one.
    #[must_use]
    pub fn some(self, first: usize) -> Demand {
        at_least(&self.sum(first), 1)
    }

    /// The demand that it is not below none: what runs fits.
    #[must_use]
    pub fn not_below(self, first: usize) -> Demand {
        at_least(&self.sum(first), 0)
    }

    /// The demand that it is below none: what runs does not fit.
    #[must_use]
    pub fn below(self, first: usize) -> Demand {
        at_most(&self.sum(first), -1)
    }

    /// The demand that it is at most none.
    #[must_use]
    pub fn none(self, first: usize) -> Demand {
        at_most(&self.sum(first), 0)
    }
}

/// What the readiness of one candidate hangs on: [`QUANTITIES`] quantities from `first` on.
#[must_use]
pub fn of_candidate(one: &Candidate, edit: Option<Edit>, first: usize) -> Vec<Term<'_>> {
    let mut found: Vec<Term<'_>> = points_of(one, edit, first).collect();
    // What rules ask joins many facts, and while nobody knows whether they concern a community
    // nothing is asked: it is left to judging, and what is open for want of it is found all the same.
    for need in one.needs.iter().filter(|need| !matches!(need.origin, Origin::Rule(_))) {
        let mut term = |test: Test, of: Of| found.push(Term { when: &need.when, test, edit, to: first + of as usize, adds: 1 });
        term(Test::NotYes, Of::Unsure);
        term(Test::No, Of::Unmet);
        match need.kind() {
            NeedKind::Law => {
                term(Test::No, Of::Law);
                if !need.obtainable {
                    term(Test::No, Of::Final);
                }
            }
            NeedKind::Fixed => {
                term(Test::No, Of::Fixed);
                term(Test::No, Of::Final);
            }
            NeedKind::Open => term(Test::No, Of::Open),
            NeedKind::Time | NeedKind::Proven => {}
        }
    }
    for (condition, of) in [(&one.runs, Of::Runs), (&one.earns_most, Of::EarnsMost), (&one.done, Of::Done)] {
        let term = |when| Term { when, test: Test::Yes, edit, to: first + of as usize, adds: 1 };
        found.extend(condition.as_ref().map(term));
    }
    found
}

/// Sets of demands, one of which is met exactly when a decision ends so; points are the
/// quantities from `first` on.
#[must_use]
pub fn ending(kb: &KnowledgeBase, ending: &Ending, count: usize, first: usize) -> Vec<Vec<Demand>> {
    let of = move |one: CandidateId| vec![(first + one.index(), 1)];
    ends(kb, *ending, count, &of)
}

/// The same for points that are sums themselves.
#[must_use]
pub fn ends(kb: &KnowledgeBase, ending: Ending, count: usize, of: &dyn Fn(CandidateId) -> Sum) -> Vec<Vec<Demand>> {
    let all = || CandidateId::new(count).before();
    let leads = |one: CandidateId| {
        let rivals = all().filter(|rival| *rival != one);
        let first = at_least(&of(one), kb.floor);
        std::iter::once(first).chain(rivals.map(|rival| above(&of(one), &of(rival), tie(one, rival)))).collect::<Vec<_>>()
    };
    match ending {
        Ending::Abstains => vec![all().map(|one| at_most(&of(one), kb.floor - 1)).collect()],
        Ending::One(one) => {
            let rivals = || all().filter(|rival| *rival != one);
            let low = rivals().map(|rival| at_most(&of(rival), kb.second_floor - 1));
            let far = rivals().map(|rival| above(&of(one), &of(rival), kb.hybrid_margin + 1));
            let low = leads(one).into_iter().chain(low).collect();
            let far = leads(one).into_iter().chain(far).collect();
            if count > 1 { vec![far, low] } else { vec![far] }
        }
        Ending::Two(one, two) => {
            let mut demands = leads(one);
            demands.push(at_least(&of(two), kb.second_floor));
            demands.push(above(&of(two), &of(one), -kb.hybrid_margin));
            let others = all().filter(|other| *other != one && *other != two);
            demands.extend(others.map(|other| above(&of(two), &of(other), tie(two, other))));
            vec![demands]
        }
    }
}

/// Demands on a second world, one of which is met exactly when it does not end
/// as the first did; those that no `moved` candidate takes part in are left out.
#[must_use]
pub fn ends_otherwise(
    kb: &KnowledgeBase,
    ending: Ending,
    count: usize,
    of: &dyn Fn(CandidateId) -> Sum,
    moved: &dyn Fn(CandidateId) -> bool,
) -> Vec<Vec<Demand>> {
    let all = || CandidateId::new(count).before();
    let mut found = Vec::new();
    let loses_floor = |one: CandidateId, floor: i32| vec![at_most(&of(one), floor - 1)];
    let overtakes = |rival: CandidateId, one: CandidateId| vec![above(&of(rival), &of(one), tie(rival, one))];
    match ending {
        Ending::Abstains => {
            found.extend(all().filter(|one| moved(*one)).map(|one| vec![at_least(&of(one), kb.floor)]));
        }
        Ending::One(one) => {
            if moved(one) {
                found.push(loses_floor(one, kb.floor));
            }
            for rival in all().filter(|rival| *rival != one && (moved(one) || moved(*rival))) {
                found.push(overtakes(rival, one));
                found.push(vec![at_least(&of(rival), kb.second_floor), above(&of(rival), &of(one), -kb.hybrid_margin)]);
            }
        }
        Ending::Two(one, two) => {
            for (kept, floor) in [(one, kb.floor), (two, kb.second_floor)].into_iter().filter(|(kept, _)| moved(*kept)) {
                found.push(loses_floor(kept, floor));
            }
            if moved(one) || moved(two) {
                found.push(overtakes(two, one));
                found.push(vec![above(&of(one), &of(two), kb.hybrid_margin + 1)]);
            }
            for other in all().filter(|other| *other != one && *other != two && (moved(two) || moved(*other))) {
                found.push(overtakes(other, two));
            }
        }
    }
    found
}
