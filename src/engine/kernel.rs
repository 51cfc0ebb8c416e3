//! The kernel: the rules of choosing, each written once.
//!
//! Who leads and who is second, what a margin is, where a candidate stands, when
//! what is said differs from what is seen, and how a decision may still end. All
//! of it is arithmetic over points and allocates nothing, so the judge, the
//! proofs, the calibration and the compiled tables share it. Points are given by
//! candidate, in the order of the base, which breaks ties.

use crate::ids::{CandidateId, IndexVec};
use crate::truth::Truth;
use serde::Serialize;

/// Points by candidate.
pub type Points = IndexVec<CandidateId, i32>;

/// A candidate and its points.
pub type Placed = (CandidateId, i32);

/// What a leader decision asks of points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// The points that a leader needs.
    pub floor: i32,
    /// The points that a second needs.
    pub second_floor: i32,
    /// How many points a second may be behind.
    pub margin: i32,
    /// How far behind, by what is seen, something said may be before it is a gap.
    pub gap_margin: i32,
}

/// What a leader decision keeps: nobody, a leader, or a leader and a second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Chosen {
    leader: Option<CandidateId>,
    second: Option<CandidateId>,
}

impl Chosen {
    /// Nobody: an abstention.
    pub const NOBODY: Chosen = Chosen { leader: None, second: None };

    /// A leader, and perhaps a second.
    #[must_use]
    pub fn new(leader: CandidateId, second: Option<CandidateId>) -> Chosen {
        Chosen { leader: Some(leader), second }
    }

    /// The leader, if there is one.
    #[must_use]
    pub fn leader(self) -> Option<CandidateId> {
        self.leader
    }

    /// The second, if there is one.
    #[must_use]
    pub fn second(self) -> Option<CandidateId> {
        self.second
    }

    /// Those who are kept, the leader first.
    pub fn iter(self) -> impl Iterator<Item = CandidateId> {
        self.leader.into_iter().chain(self.second)
    }

    /// Whether a candidate is kept.
    #[must_use]
    pub fn contains(self, candidate: CandidateId) -> bool {
        self.leader == Some(candidate) || self.second == Some(candidate)
    }
}

impl From<&[CandidateId]> for Chosen {
    /// The first two of a list, the leader first.
    fn from(kept: &[CandidateId]) -> Chosen {
        Chosen { leader: kept.first().copied(), second: kept.get(1).copied() }
    }
}

impl Rule {
    /// Who is kept, given the first two by points.
    #[must_use]
    #[inline]
    pub fn chosen(self, first: Option<Placed>, second: Option<Placed>) -> Chosen {
        let Some((leader, points)) = first.filter(|(_, points)| *points >= self.floor) else { return Chosen::NOBODY };
        let is_kept = |(_, behind): &Placed| *behind >= self.second_floor && points - *behind <= self.margin;
        Chosen::new(leader, second.filter(is_kept).map(|(second, _)| second))
    }

    /// Who is kept: the leader reaches the floor, the second its own and is at
    /// most the margin behind.
    #[must_use]
    pub fn choose(self, points: &[i32]) -> Chosen {
        let (first, second) = first_two(points);
        self.chosen(first, second)
    }

    /// The candidates to which what is said and what is seen point, where they
    /// differ: the first one said most clearly, and the one seen most clearly.
    ///
    /// They differ if what is seen reaches the floor and leaves everything that
    /// is said most clearly more than the margin of a gap behind.
    #[must_use]
    pub fn gap(self, said: &[i32], seen: &[i32]) -> Option<(CandidateId, CandidateId)> {
        let best = said.iter().copied().max().filter(|best| *best > 0)?;
        let (observed, top) = first_two(seen).0.filter(|(_, top)| *top >= self.floor)?;
        let is_near = |(said, seen): (&i32, &i32)| *said == best && top - seen <= self.gap_margin;
        if said.iter().zip(seen).any(is_near) {
            return None;
        }
        Some((CandidateId::new(said.iter().position(|said| *said == best)?), observed))
    }

    /// How a decision may still end, each way told to `note`.
    ///
    /// `least(a, b)` is the least that points(`a`) − points(`b`) can become, and
    /// `range(a)` what points(`a`) can become. Every possible ending is told; one
    /// that is told may be impossible where answers move several differences at
    /// once. Where nothing is open, exactly the ending that stands is told.
    pub fn endings(
        self,
        candidates: usize,
        least: impl Fn(CandidateId, CandidateId) -> i32,
        range: impl Fn(CandidateId) -> (i32, i32),
        mut note: impl FnMut(Chosen),
    ) {
        let all = || CandidateId::new(candidates).before();
        let can_beat = |one: CandidateId, other: CandidateId| -least(other, one) >= i32::from(one > other);
        if all().all(|one| range(one).0 < self.floor) {
            note(Chosen::NOBODY);
        }
        for leader in all().filter(|one| range(*one).1 >= self.floor && all().all(|other| other == *one || can_beat(*one, other)))
        {
            let others = || all().filter(|other| *other != leader);
            // The most that the leader can be ahead is what the other can be behind at least, turned round.
            let stays_close = |other: CandidateId| -least(other, leader) <= self.margin;
            if !others().any(|other| range(other).0 >= self.second_floor && stays_close(other)) {
                note(Chosen::new(leader, None));
            }
            let can_follow = |second: &CandidateId| {
                range(*second).1 >= self.second_floor
                    && least(leader, *second) <= self.margin
                    && others().all(|other| other == *second || can_beat(*second, other))
            };
            others().filter(can_follow).for_each(|second| note(Chosen::new(leader, Some(second))));
        }
    }
}

/// The first and the second by points, with their points; ties in the order of the base.
#[must_use]
pub fn first_two(points: &[i32]) -> (Option<Placed>, Option<Placed>) {
    let (mut first, mut second): (Option<Placed>, Option<Placed>) = (None, None);
    for one in (0..).map(CandidateId::new).zip(points.iter().copied()) {
        if first.is_none_or(|(_, most)| one.1 > most) {
            (first, second) = (Some(one), first);
        } else if second.is_none_or(|(_, most)| one.1 > most) {
            second = Some(one);
        }
    }
    (first, second)
}

/// The points of the first over the next, if there is a next.
#[must_use]
pub fn margin(points: &[i32]) -> Option<i32> {
    let (first, second) = first_two(points);
    first.zip(second).map(|((_, first), (_, second))| first - second)
}

/// Candidates by points, the greatest first; ties in the order of the base.
#[must_use]
pub fn ranking(points: &Points) -> Vec<CandidateId> {
    let mut order: Vec<CandidateId> = points.ids().collect();
    order.sort_by_key(|candidate| (std::cmp::Reverse(points[*candidate]), *candidate));
    order
}

/// Candidates of an all-keeping decision by readiness, then by points, the
/// greatest first; ties in the order of the base.
#[must_use]
pub fn order(readiness: &IndexVec<CandidateId, Readiness>, points: &Points) -> Vec<CandidateId> {
    let mut order: Vec<CandidateId> = points.ids().collect();
    order.sort_by_key(|candidate| (readiness[*candidate], std::cmp::Reverse(points[*candidate]), *candidate));
    order
}

/// Where a candidate of an all-keeping decision stands, in the order in which it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Readiness {
    /// It runs, and the law forbids it as it runs.
    Stop,
    /// It runs, and something is missing that can be mended; or it does not fit and is what most is earned with.
    Mend,
    /// It runs and fits.
    Keep,
    /// What it is for is there already.
    InPlace,
    /// All needs are met: it can begin.
    Open,
    /// No need fails, and some are not known to be met.
    Confirm,
    /// A need fails that can change, or it waits for others.
    Later,
    /// It runs and does not fit.
    Drop,
    /// A need fails for good, or nothing speaks for it.
    Never,
}

impl Readiness {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Readiness; 9] = [
        Readiness::Stop,
        Readiness::Mend,
        Readiness::Keep,
        Readiness::InPlace,
        Readiness::Open,
        Readiness::Confirm,
        Readiness::Later,
        Readiness::Drop,
        Readiness::Never,
    ];

    /// Its id in machine formats.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Readiness::Stop => "stop",
            Readiness::Mend => "mend",
            Readiness::Keep => "keep",
            Readiness::InPlace => "in-place",
            Readiness::Open => "open",
            Readiness::Confirm => "confirm",
            Readiness::Later => "later",
            Readiness::Drop => "drop",
            Readiness::Never => "never",
        }
    }

    /// Whether only what runs stands so.
    #[must_use]
    pub fn is_running(self) -> bool {
        matches!(self, Readiness::Stop | Readiness::Mend | Readiness::Keep | Readiness::Drop)
    }

    /// Whether it runs and goes on, or could begin: what serves it is of use.
    #[must_use]
    pub fn is_alive(self) -> bool {
        matches!(self, Readiness::Mend | Readiness::Keep | Readiness::Open | Readiness::Confirm)
    }

    /// Whether it does not run and nothing known keeps it from beginning.
    #[must_use]
    pub fn can_begin(self) -> bool {
        matches!(self, Readiness::Open | Readiness::Confirm)
    }
}

/// Whether a candidate runs today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Runs {
    /// It does not, as far as is known.
    #[default]
    No,
    /// It runs.
    Yes,
    /// It is what most is earned with.
    EarnsMost,
}

/// The least points with which a candidate fits: nobody gives up what runs because nothing is known.
#[must_use]
pub fn least_points(runs: bool) -> i32 {
    i32::from(!runs)
}

/// How all that the law asks of a candidate stands; the worst counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Law {
    /// All of it is there, as far as it concerns the community.
    #[default]
    Met,
    /// Something is not known to be there.
    Check,
    /// Something is not there and can be had.
    Lacking,
    /// Something is not there and cannot be had.
    Barred,
}

impl Law {
    /// What one need of the law makes of it.
    #[must_use]
    pub fn of(met: Truth, obtainable: bool) -> Law {
        match met {
            Truth::Yes => Law::Met,
            Truth::Unknown => Law::Check,
            Truth::No if obtainable => Law::Lacking,
            Truth::No => Law::Barred,
        }
    }

    /// Whether it forbids the candidate as things are.
    #[must_use]
    pub fn forbids(self) -> bool {
        self >= Law::Lacking
    }
}

/// Everything that the readiness of a candidate hangs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Whether it has the [`least_points`].
    pub fits: bool,
    /// Whether it runs.
    pub runs: Runs,
    /// Whether what it is for is there already.
    pub done: bool,
    /// What the law asks.
    pub law: Law,
    /// The needs that cannot change, all together.
    pub fixed: Truth,
    /// The needs that can change and that running does not prove.
    pub open: Truth,
    /// The needs that running proves, the time until the first money among them.
    pub proven: Truth,
    /// Whether it waits for others: what it serves neither runs nor could begin,
    /// or it is growth while something must stop.
    pub waits: bool,
}

impl Default for Standing {
    /// A candidate that fits, does not run, and whose needs are all met.
    fn default() -> Standing {
        let met = Truth::Yes;
        let (runs, law) = (Runs::No, Law::Met);
        Standing { fits: true, runs, done: false, law, fixed: met, open: met, proven: met, waits: false }
    }
}

impl Standing {
    /// Where a candidate stands.
    ///
    /// What runs is told what becomes of it, never to wait. What does not fit, or
    /// fails for good, never begins, whatever else it lacks.
    #[must_use]
    pub fn readiness(self) -> Readiness {
        let suits = self.fits && self.fixed != Truth::No;
        if self.runs != Runs::No {
            return match (self.law.forbids(), suits, self.open) {
                (true, ..) => Readiness::Stop,
                (_, false, _) if self.runs == Runs::EarnsMost => Readiness::Mend,
                (_, false, _) => Readiness::Drop,
                (_, true, Truth::No) => Readiness::Mend,
                (_, true, _) => Readiness::Keep,
            };
        }
        match self.law {
            Law::Barred => return Readiness::Never,
            Law::Lacking => return if suits { Readiness::Later } else { Readiness::Never },
            Law::Met | Law::Check if self.done => return Readiness::InPlace,
            Law::Met | Law::Check => {}
        }
        let needs = self.fixed.and(self.open).and(self.proven);
        match (suits, self.waits, needs) {
            (false, ..) => Readiness::Never,
            (_, true, _) | (_, _, Truth::No) => Readiness::Later,
            (.., Truth::Unknown) => Readiness::Confirm,
            (.., Truth::Yes) if self.law == Law::Check => Readiness::Confirm,
            (.., Truth::Yes) => Readiness::Open,
        }
    }
}

#[cfg(test)]
mod tests {
    use qun::engine::kernel::{Chosen, Law, Readiness, Rule, Runs, Standing};
    use qun::{ids::CandidateId, truth::Truth};

    #[test]
    fn example_of_choose() {
        let rule = Rule { floor: 4, second_floor: 4, margin: 3, gap_margin: 3 };
        let [one, two] = [1, 2].map(CandidateId::new);
        assert_eq!(rule.choose(&[3, 9, 6]), Chosen::new(one, Some(two)));
        assert_eq!(rule.choose(&[3, 9, 5]), Chosen::new(one, None));
        assert_eq!(rule.choose(&[3, 3, 2]), Chosen::NOBODY);
    }

    #[test]
    fn example_of_readiness() {
        let dues = Standing { runs: Runs::Yes, ..Standing::default() };
        assert_eq!(dues.readiness(), Readiness::Keep);
        assert_eq!(Standing { law: Law::Barred, ..dues }.readiness(), Readiness::Stop);
        assert_eq!(Standing { open: Truth::No, ..dues }.readiness(), Readiness::Mend);
        assert_eq!(Standing { fits: false, ..dues }.readiness(), Readiness::Drop);
    }
}
