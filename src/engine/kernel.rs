//! The kernel: the rules of choosing, each written once.
//!
//! Who leads and who is second, what a margin is, where a candidate stands, when
//! what is said differs from what is seen, and how a decision may still end. All
//! of it is arithmetic over points and allocates nothing, so the judge, the
//! proofs, the calibration and the compiled tables share it. Points are given by
//! candidate, in the order of the base, which breaks ties.

use crate::truth::Truth;
use serde::Serialize;

/// A candidate and its points.
pub type Placed = (usize, i32);

/// What a leader decision asks of points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// The points that a leader needs.
    pub floor: i32,
    /// The points that a second needs.
    pub second_floor: i32,
    /// How many points a second may be behind.
    pub margin: i32,
}

/// What a leader decision keeps: nobody, a leader, or a leader and a second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Chosen {
    leader: Option<usize>,
    second: Option<usize>,
}

impl Chosen {
    /// Nobody: an abstention.
    pub const NOBODY: Chosen = Chosen { leader: None, second: None };

    /// A leader, and perhaps a second.
    #[must_use]
    pub fn new(leader: usize, second: Option<usize>) -> Chosen {
        Chosen { leader: Some(leader), second }
    }

    /// The leader, if there is one.
    #[must_use]
    pub fn leader(self) -> Option<usize> {
        self.leader
    }

    /// The second, if there is one.
    #[must_use]
    pub fn second(self) -> Option<usize> {
        self.second
    }

    /// Those who are kept, the leader first.
    pub fn iter(self) -> impl Iterator<Item = usize> {
        self.leader.into_iter().chain(self.second)
    }

    /// Whether a candidate is kept.
    #[must_use]
    pub fn contains(self, candidate: usize) -> bool {
        self.leader == Some(candidate) || self.second == Some(candidate)
    }
}

impl From<&[usize]> for Chosen {
    /// The first two of a list, the leader first.
    fn from(kept: &[usize]) -> Chosen {
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
    ///
    /// ```
    /// use qun::engine::kernel::{Chosen, Rule};
    /// let rule = Rule { floor: 4, second_floor: 4, margin: 3 };
    /// assert_eq!(rule.choose(&[3, 9, 6]), Chosen::new(1, Some(2)));
    /// assert_eq!(rule.choose(&[3, 9, 5]), Chosen::new(1, None));
    /// assert_eq!(rule.choose(&[3, 3, 2]), Chosen::NOBODY);
    /// ```
    #[must_use]
    pub fn choose(self, points: &[i32]) -> Chosen {
        let (first, second) = first_two(points);
        self.chosen(first, second)
    }

    /// The candidates to which what is said and what is seen point, where they
    /// differ: the first one said most clearly, and the one seen most clearly.
    ///
    /// They differ if what is seen reaches the floor and leaves everything that
    /// is said most clearly more than the margin behind.
    #[must_use]
    pub fn gap(self, said: &[i32], seen: &[i32]) -> Option<(usize, usize)> {
        let best = said.iter().copied().max().filter(|best| *best > 0)?;
        let (observed, top) = first_two(seen).0.filter(|(_, top)| *top >= self.floor)?;
        let is_near = |(said, seen): (&i32, &i32)| *said == best && top - seen <= self.margin;
        if said.iter().zip(seen).any(is_near) {
            return None;
        }
        Some((said.iter().position(|said| *said == best)?, observed))
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
        least: impl Fn(usize, usize) -> i32,
        range: impl Fn(usize) -> (i32, i32),
        mut note: impl FnMut(Chosen),
    ) {
        let all = || 0..candidates;
        let can_beat = |one: usize, other: usize| -least(other, one) >= i32::from(one > other);
        if all().all(|one| range(one).0 < self.floor) {
            note(Chosen::NOBODY);
        }
        for leader in all().filter(|one| range(*one).1 >= self.floor && all().all(|other| other == *one || can_beat(*one, other)))
        {
            let others = || all().filter(|other| *other != leader);
            // The most that the leader can be ahead is what the other can be behind at least, turned round.
            let stays_close = |other: usize| -least(other, leader) <= self.margin;
            if !others().any(|other| range(other).0 >= self.second_floor && stays_close(other)) {
                note(Chosen::new(leader, None));
            }
            let can_follow = |second: &usize| {
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
    for one in points.iter().copied().enumerate() {
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
pub fn ranking(points: &[i32]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..points.len()).collect();
    order.sort_by_key(|candidate| (std::cmp::Reverse(points[*candidate]), *candidate));
    order
}

/// Where a candidate of an all-keeping decision stands, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Readiness {
    /// All needs are met: it can begin.
    Open,
    /// No need fails, and some are not known to be met.
    Confirm,
    /// A need fails that can change.
    Later,
    /// A need fails for good, or nothing speaks for it.
    Never,
}

impl Readiness {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Readiness; 4] = [Readiness::Open, Readiness::Confirm, Readiness::Later, Readiness::Never];

    /// Its id in machine formats.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Readiness::Open => "open",
            Readiness::Confirm => "confirm",
            Readiness::Later => "later",
            Readiness::Never => "never",
        }
    }

    /// What one need makes of it; `fixed` says that the need cannot change.
    #[must_use]
    pub fn by_need(met: Truth, fixed: bool) -> Readiness {
        match met {
            Truth::Yes => Readiness::Open,
            Truth::Unknown => Readiness::Confirm,
            Truth::No if fixed => Readiness::Never,
            Truth::No => Readiness::Later,
        }
    }

    /// By the points of a candidate and what each of its needs makes of it: the
    /// worst need counts, and without points for it a candidate never is.
    pub fn of(points: i32, needs: impl Iterator<Item = Readiness>) -> Readiness {
        if points <= 0 { Readiness::Never } else { needs.max().unwrap_or(Readiness::Open) }
    }
}
