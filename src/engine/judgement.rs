//! The whole outcome: what was decided, why, and what is still open.
//!
//! Indices refer to the knowledge base that judged. Every list has the order in
//! which it is shown.

use super::nearest::Nearest;
use crate::truth::Truth;
use serde::Serialize;

/// The judgement of one profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// One outcome per decision, in the order of the base.
    pub decisions: Vec<Outcome>,
    /// What the operator says and what can be seen, where they point to different candidates.
    pub gap: Option<Gap>,
    /// What is done today that is not open, per fact whose options are candidates.
    pub misfits: Vec<Misfit>,
    /// The open question most worth answering.
    pub next: Option<Next>,
    /// What the first screen shows.
    pub screen: Screen,
    /// The real community that answers most alike, if one is like enough.
    pub nearest: Option<Nearest>,
    /// How many answers are known.
    pub known: usize,
    /// Whether it is known what is run today, so that misfits would show.
    pub sells: bool,
}

/// What came out of one decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The decision.
    pub decision: usize,
    /// Every candidate, the most points first; ties in the order of the base.
    pub ranked: Vec<Ranked>,
    /// For leader decisions: leader first, perhaps a second; empty if it abstains.
    pub chosen: Vec<usize>,
    /// For leader decisions that do not abstain: points of the leader over the next.
    pub margin: Margin,
    /// For leader decisions that do not abstain: how sure the leader is.
    pub sureness: Option<Sureness>,
    /// Earlier decisions that this one reads and that open answers may still change.
    pub assuming: Vec<usize>,
}

/// Points of the leader over the next candidate.
pub type Margin = Option<i32>;

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

/// A candidate with its account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranked {
    /// The candidate.
    pub candidate: usize,
    /// The sum of the points of its lines that hold.
    pub points: i32,
    /// Its share in ten-thousandths; only for leader decisions.
    pub share: Option<u32>,
    /// For all-keeping decisions: where it was sorted to.
    pub group: Option<Group>,
    /// What each line of its evidence is worth, in the order of the base.
    pub lines: Vec<Truth>,
    /// What each of its needs is worth, in the order of the base.
    pub needs: Vec<Truth>,
    /// Candidates of the same decision that should come first and are not run yet.
    pub after: Vec<usize>,
    /// The nearest number of payers and the greatest, if that can be estimated.
    pub payers: Option<(i64, i64)>,
}

/// Where a candidate of an all-keeping decision was sorted to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// All needs are met: it can begin.
    Open,
    /// No need fails, and some are not known to be met.
    Confirm,
    /// A need fails that can change.
    Later,
    /// A need fails for good, or nothing speaks for it.
    Never,
}

impl Group {
    /// All groups, in the order in which they are shown.
    pub const ALL: [Group; 4] = [Group::Open, Group::Confirm, Group::Later, Group::Never];

    /// Its id in machine formats.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Group::Open => "open",
            Group::Confirm => "confirm",
            Group::Later => "later",
            Group::Never => "never",
        }
    }
}

/// What is said and what is seen point to different candidates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The decision.
    pub decision: usize,
    /// The leader by the stated facts alone.
    pub stated: usize,
    /// The leader by the observed facts alone.
    pub observed: usize,
}

/// A candidate that is run today and is not open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// The fact that names it.
    pub fact: usize,
    /// The decision whose candidate it is.
    pub decision: usize,
    /// The candidate.
    pub candidate: usize,
    /// Where it was sorted to.
    pub group: Group,
    /// The line of its evidence that speaks most against it, if one does.
    pub against: Option<usize>,
    /// The first of its needs that is not met, if there is one.
    pub lacks: Option<usize>,
}

/// The open question most worth answering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    /// The fact.
    pub fact: usize,
    /// Why this one.
    pub why: Why,
}

/// Why a question is worth answering.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant says what its fields are")]
pub enum Why {
    /// Nothing is known yet.
    Opening,
    /// It can move a leader decision most: the decision, the leader and the rival
    /// between which it moves most, and by how many points.
    Decides { decision: usize, leader: usize, rival: usize, swing: i32 },
    /// It tells whether needs are met: the decision and its candidates, the most promising first.
    Opens { decision: usize, candidates: Vec<usize> },
    /// It tells what is run today, which the candidates of the decision are held against.
    Fits { decision: usize },
}

/// What the first screen shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Screen {
    /// What to do this week: candidates of the decision that the base names; at most three.
    pub week: Vec<usize>,
    /// Where the first money may come from, and its group.
    pub money: Option<(usize, Group)>,
    /// The red line: a section of a candidate.
    pub red_line: Option<(crate::kb::SectionRef, usize)>,
}

impl Outcome {
    /// The account of a candidate.
    #[must_use]
    pub fn of(&self, candidate: usize) -> Option<&Ranked> {
        self.ranked.iter().find(|ranked| ranked.candidate == candidate)
    }

    /// The candidates of a group, in their order.
    pub fn group(&self, group: Group) -> impl Iterator<Item = &Ranked> {
        self.ranked.iter().filter(move |ranked| ranked.group == Some(group))
    }

    /// Whether it is a leader decision that named nobody.
    #[must_use]
    pub fn is_abstention(&self) -> bool {
        self.chosen.is_empty() && self.ranked.iter().all(|ranked| ranked.group.is_none())
    }
}
