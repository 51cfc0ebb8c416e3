//! The outcome: what was decided, why, and what is still open.
//!
//! Indices refer to the knowledge base that judged. Every list has the order in
//! which it is shown.

use super::bounds::Endings;
use super::chain::Kept;
use super::kernel::{Chosen, Points, Readiness, Standing};
use crate::ids::{CandidateId, DecisionId, IndexVec, LineId, NeedId};
use crate::truth::Truth;

/// The judgement of one profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// One outcome per decision, in the order of the base.
    pub decisions: IndexVec<DecisionId, Outcome>,
    /// What the operator says and what can be seen, where they point to different candidates.
    pub gap: Option<Gap>,
    /// How many answers are known.
    pub known: usize,
    /// What each leader decision keeps.
    pub(crate) kept: Kept,
    /// What each leader decision may still end with.
    pub(crate) endings: Endings,
}

/// What came out of one decision: those who lead, or all in their groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Of a decision that keeps its leaders.
    Leaders(Ranking),
    /// Of a decision that keeps all.
    All(Sorting),
}

/// What came out of a decision that keeps its leaders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranking {
    /// The decision.
    pub decision: DecisionId,
    /// Every candidate, the most points first; ties in the order of the base.
    pub ranked: Vec<Ranked>,
    /// Who leads; `None` if it abstains.
    pub lead: Option<Lead>,
    /// Earlier decisions that this one reads and that open answers may still change.
    pub assuming: Vec<DecisionId>,
}

/// What came out of a decision that keeps all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sorting {
    /// The decision.
    pub decision: DecisionId,
    /// Every candidate, by readiness, then by points; ties in the order of the base.
    pub sorted: Vec<Sorted>,
    /// Earlier decisions that this one reads and that open answers may still change.
    pub assuming: Vec<DecisionId>,
}

/// Who leads, and how firmly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lead {
    /// The leader.
    pub leader: CandidateId,
    /// The second, if one is kept.
    pub second: Option<CandidateId>,
    /// Points of the leader over the next; `None` if it is the only candidate.
    pub margin: Option<i32>,
    /// How sure the leader is; `None` where the base asks for no proof.
    pub sureness: Option<Sureness>,
}

/// How sure a leader is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sureness {
    /// No completion of the open answers takes the first place from the leader, or its floor.
    pub settled: bool,
    /// How many open answers at least would all have to speak against it to
    /// change it; `None` if no number would.
    pub open: Option<usize>,
    /// How many answers at least, given ones included, would all have to be
    /// different; `None` if no number would.
    pub wrong: Option<usize>,
}

/// A candidate of a decision that keeps its leaders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranked {
    /// What it is worth, and why.
    pub account: Account,
    /// Its share in ten-thousandths.
    pub share: u32,
}

/// A candidate of a decision that keeps all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sorted {
    /// What it is worth, and why.
    pub account: Account,
    /// What its readiness hangs on.
    pub(crate) standing: Standing,
    /// Candidates of the same decision that should come first and are not run yet.
    pub after: Vec<CandidateId>,
}

/// What a candidate is worth, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The candidate.
    pub candidate: CandidateId,
    /// The sum of the points of its lines that hold.
    pub points: i32,
    /// What each line of its evidence is worth, in the order of the base.
    pub lines: IndexVec<LineId, Truth>,
    /// What each of its needs is worth, in the order of the base: those of its
    /// file, then those that rules of the law and the deadline make.
    pub needs: IndexVec<NeedId, Truth>,
}

/// What is said and what is seen point to different candidates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The decision.
    pub decision: DecisionId,
    /// The leader by the stated facts alone.
    pub stated: CandidateId,
    /// The leader by the observed facts alone.
    pub observed: CandidateId,
}

impl Judgement {
    /// Whether a decision has a leader that open answers cannot change.
    #[must_use]
    pub fn is_settled(&self, decision: DecisionId) -> bool {
        self.decisions.get(decision).is_some_and(Outcome::is_settled)
    }
}

impl Outcome {
    /// The decision.
    #[must_use]
    pub fn decision(&self) -> DecisionId {
        match self {
            Outcome::Leaders(of) => of.decision,
            Outcome::All(of) => of.decision,
        }
    }

    /// Earlier decisions that this one reads and that open answers may still change.
    #[must_use]
    pub fn assuming(&self) -> &[DecisionId] {
        match self {
            Outcome::Leaders(of) => &of.assuming,
            Outcome::All(of) => &of.assuming,
        }
    }

    /// Every candidate, in the order in which it is shown.
    pub fn accounts(&self) -> impl Iterator<Item = &Account> {
        let (ranked, sorted) = match self {
            Outcome::Leaders(of) => (of.ranked.as_slice(), [].as_slice()),
            Outcome::All(of) => ([].as_slice(), of.sorted.as_slice()),
        };
        ranked.iter().map(|one| &one.account).chain(sorted.iter().map(|one| &one.account))
    }

    /// The account of a candidate.
    #[must_use]
    pub fn of(&self, candidate: CandidateId) -> Option<&Account> {
        self.accounts().find(|account| account.candidate == candidate)
    }

    /// The points of every candidate, in the order of the base.
    #[must_use]
    pub(crate) fn points(&self) -> Points {
        let mut points = Points::filled(0, self.accounts().count());
        self.accounts().for_each(|account| points[account.candidate] = account.points);
        points
    }

    /// Who leads; nobody if it abstains or keeps all.
    #[must_use]
    pub fn lead(&self) -> Option<Lead> {
        match self {
            Outcome::Leaders(of) => of.lead,
            Outcome::All(_) => None,
        }
    }

    /// The leader, if there is one.
    #[must_use]
    pub fn leader(&self) -> Option<CandidateId> {
        self.lead().map(|lead| lead.leader)
    }

    /// Whom it keeps as leader and second; nobody if it abstains or keeps all.
    #[must_use]
    pub fn chosen(&self) -> Chosen {
        match self {
            Outcome::Leaders(of) => of.chosen(),
            Outcome::All(_) => Chosen::NOBODY,
        }
    }

    /// Whether it has a leader that open answers cannot change.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.lead().and_then(|lead| lead.sureness).is_some_and(|sureness| sureness.settled)
    }

    /// The candidates in their groups; none of a decision that keeps its leaders.
    #[must_use]
    pub fn sorted(&self) -> &[Sorted] {
        match self {
            Outcome::Leaders(_) => &[],
            Outcome::All(of) => &of.sorted,
        }
    }

    /// The candidates of a group, in their order.
    pub fn group(&self, group: Readiness) -> impl Iterator<Item = &Sorted> {
        in_group(self.sorted(), group)
    }

    /// Where a candidate was sorted to; `None` of a decision that keeps its leaders.
    #[must_use]
    pub fn readiness(&self, candidate: CandidateId) -> Option<Readiness> {
        self.sorted().iter().find(|one| one.account.candidate == candidate).map(Sorted::readiness)
    }
}

impl Ranking {
    /// Whom it keeps as leader and second; nobody if it abstains.
    #[must_use]
    pub fn chosen(&self) -> Chosen {
        self.lead.map_or(Chosen::NOBODY, |lead| Chosen::new(lead.leader, lead.second))
    }

    /// Every candidate, the most points first.
    pub fn accounts(&self) -> impl Iterator<Item = &Account> {
        self.ranked.iter().map(|one| &one.account)
    }
}

impl Sorting {
    /// The candidates of a group, in their order.
    pub fn group(&self, group: Readiness) -> impl Iterator<Item = &Sorted> {
        in_group(&self.sorted, group)
    }
}

fn in_group(sorted: &[Sorted], group: Readiness) -> impl Iterator<Item = &Sorted> {
    sorted.iter().filter(move |one| one.readiness() == group)
}

impl Sorted {
    /// Where it was sorted to.
    #[must_use]
    pub fn readiness(&self) -> Readiness {
        self.standing.readiness()
    }
}

impl Account {
    /// Its needs that are worth this, as numbers.
    pub fn needs_that_are(&self, truth: Truth) -> impl Iterator<Item = NeedId> {
        self.needs.pairs().filter(move |(_, of)| **of == truth).map(|(need, _)| need)
    }
}
