//! The links of one stream's chain: which factor counts, and where it comes from.
//!
//! An operator's own number comes first. Of the base's factors the first counts
//! whose condition holds; one whose condition is not known widens the range by
//! what it says, so that an answer that is missing never makes anything surer.

use crate::answer::{Answer, Answers};
use crate::condition::Choices;
use crate::engine::chain::Kept;
use crate::fact::Kind;
use crate::ids::{CandidateRef, FactId, UnitId};
use crate::kb::KnowledgeBase;
use crate::kb::money::{Factor, Money, Role, Unit};
use crate::profile::streams::{Number, Streams};
use crate::truth::Truth;

/// All of something, in thousandths of a percent.
pub const WHOLE: i64 = 100_000;

/// What a chain is worked out for.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a, 's> {
    /// The base.
    pub kb: &'a KnowledgeBase,
    /// What is known.
    pub answers: &'s Answers,
    /// The operator's own numbers.
    pub own: &'s Streams,
    /// What the decisions keep.
    pub kept: &'s Kept,
}

/// What a link is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// People reached.
    Reach,
    /// What comes in each month, which stands for people, price and times.
    Monthly,
    /// A factor.
    Factor(Role),
}

impl Part {
    /// Its id.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Part::Reach => "reach",
            Part::Monthly => "monthly",
            Part::Factor(role) => role.id(),
        }
    }
}

/// Where a link comes from.
#[derive(Debug, Clone)]
pub enum Origin<'a> {
    /// The profile.
    Yours,
    /// The profile's weekly share, made into that of a year.
    YoursByYear,
    /// Factors of the base: one that applies, or all that may.
    Base(Vec<&'a Factor>),
}

/// One link, from the least to the most, in thousandths.
#[derive(Debug, Clone)]
pub struct Link<'a> {
    /// What it is.
    pub part: Part,
    /// The least.
    pub low: i64,
    /// The most.
    pub high: i64,
    /// How it is counted.
    pub unit: Unit,
    /// Where it comes from.
    pub origin: Origin<'a>,
}

impl Link<'_> {
    /// Both ends.
    #[must_use]
    pub fn ends(&self) -> (i64, i64) {
        (self.low, self.high)
    }
}

impl<'a> Subject<'a, '_> {
    /// What the base's forecasts lean on; `None` if it makes none.
    #[must_use]
    pub fn money(&self) -> Option<&'a Money> {
        self.kb.money.as_ref()
    }

    /// The currency, as an index into the base's units, and whether it is assumed;
    /// `None` for an operator's own that the base does not know.
    #[must_use]
    pub fn currency(&self, money: &Money) -> (Option<UnitId>, bool) {
        match self.answers.get(money.territory) {
            Some(Answer::Choice(option)) => {
                let found = money.currencies.iter().find(|(one, _)| *one == option);
                (found.map(|(_, unit)| *unit), false)
            }
            _ => (Some(money.assumed), true),
        }
    }

    /// A number among the answers, without what stands after its point.
    #[must_use]
    pub fn whole(&self, fact: FactId) -> Option<i64> {
        match (&self.kb.facts[fact].kind, self.answers.get(fact)?) {
            (Kind::Number(range), Answer::Number(number)) => Some(number / 10_i64.pow(range.decimals)),
            _ => None,
        }
    }

    /// People reached, if that is known and not none.
    #[must_use]
    pub fn reach(&self, money: &Money) -> Option<Link<'a>> {
        let people = self.whole(money.reach).filter(|people| *people > 0)?.min(1_000_000_000) * 1_000;
        Some(Link { part: Part::Reach, low: people, high: people, unit: Unit::People, origin: Origin::Yours })
    }

    /// The share that is active within a year.
    #[must_use]
    pub fn active(&self, money: &'a Money) -> Option<Link<'a>> {
        let special = money.shared.iter().filter(|factor| factor.when.is_some());
        let (mut used, is_sure) = self.applying(None, Role::Active, special);
        let weekly = self.weekly(money).filter(|_| !is_sure);
        if weekly.is_none() && !is_sure {
            let plain = money.shared.iter().filter(|factor| factor.when.is_none());
            used.extend(self.applying(None, Role::Active, plain).0);
        }
        let hull = |used: &[&Factor]| used.iter().map(|one| (one.low, one.high)).reduce(join);
        let (low, high) = match (hull(&used), weekly) {
            (Some(base), Some(weekly)) => join(base, weekly),
            (base, weekly) => base.or(weekly)?,
        };
        let origin = if weekly.is_some() && used.is_empty() { Origin::YoursByYear } else { Origin::Base(used) };
        Some(Link { part: Part::Factor(Role::Active), low, high, unit: Unit::Percent, origin })
    }

    /// The share that is active in some of a few independent weeks.
    fn weekly(&self, money: &Money) -> Option<(i64, i64)> {
        let percent = self.whole(money.active)?.clamp(0, 100);
        let at = |weeks: u32| {
            let passive = (0..weeks).fold(i128::from(WHOLE), |left, _| left * i128::from(100 - percent) / 100);
            (WHOLE - i64::try_from(passive).unwrap_or(WHOLE)).max(1)
        };
        Some((at(money.weeks.low), at(money.weeks.high)))
    }

    /// A factor of a stream: the operator's own number, or what the base says.
    #[must_use]
    pub fn factor(&self, money: &'a Money, at: CandidateRef, role: Role) -> Option<Link<'a>> {
        let (currency, _) = self.currency(money);
        let part = Part::Factor(role);
        if let Some((low, high)) = number_of(role).and_then(|number| self.own.get(at.1, number)) {
            let unit = match role {
                Role::Payers => Unit::People,
                Role::Times => Unit::Times,
                Role::Price | Role::Fixed => currency.map_or(Unit::Times, Unit::Currency),
                _ => Unit::Percent,
            };
            return Some(Link { part, low, high, unit, origin: Origin::Yours });
        }
        let chain = self.kb.candidate(at.0, at.1).money.as_ref()?;
        let (mut used, mut is_sure) = self.applying(Some(at), role, chain.factors.iter());
        if !is_sure {
            let (shared, is_shared) = self.applying(Some(at), role, money.shared.iter());
            used.extend(shared);
            is_sure = is_shared;
        }
        let first = *used.first()?;
        used.retain(|one| one.unit == first.unit);
        let (mut low, mut high) = used.iter().map(|one| (one.low, one.high)).reduce(join)?;
        if !is_sure {
            // It may not apply at all.
            match role {
                Role::Fee | Role::Cost => low = 0,
                Role::Trust | Role::Size => (low, high) = join((low, high), (WHOLE, WHOLE)),
                _ => {}
            }
        }
        if role == Role::Size {
            let people = self.whole(money.reach)?;
            (low, high) = (left(low, people, money.size_from), left(high, people, money.size_from));
        }
        Some(Link { part, low, high, unit: first.unit, origin: Origin::Base(used) })
    }

    /// The factors of a role that apply or may apply, up to the first that surely does,
    /// and whether there is such a one.
    fn applying(
        &self,
        at: Option<CandidateRef>,
        role: Role,
        factors: impl Iterator<Item = &'a Factor>,
    ) -> (Vec<&'a Factor>, bool) {
        let money = self.money();
        let currency = money.and_then(|money| self.currency(money).0);
        let mut used = Vec::new();
        for factor in factors.filter(|factor| factor.role == role) {
            let is_for = factor.streams.is_empty() || at.is_some_and(|at| factor.streams.contains(&at));
            let is_current = match factor.unit {
                Unit::Currency(unit) => Some(unit) == currency,
                _ => true,
            };
            if !is_for || !is_current {
                continue;
            }
            match self.truth(factor) {
                Truth::No => {}
                Truth::Unknown => used.push(factor),
                Truth::Yes => {
                    used.push(factor);
                    return (used, true);
                }
            }
        }
        (used, false)
    }

    fn truth(&self, factor: &Factor) -> Truth {
        fn of(factor: &Factor, answers: &Answers, kept: &impl Choices) -> Truth {
            factor.when.as_ref().map_or(Truth::Yes, |when| when.truth(answers, kept))
        }
        of(factor, self.answers, self.kept)
    }
}

/// The smallest range that holds two.
fn join(one: (i64, i64), other: (i64, i64)) -> (i64, i64) {
    (one.0.min(other.0), one.1.max(other.1))
}

/// How much of a share is left of so many people, if `tenfold` of it is left each time they are
/// ten times more than `from`: between two such steps the people who pay grow evenly, so
/// that more people reached never pay less. In thousandths of a percent.
fn left(tenfold: i64, people: i64, from: i64) -> i64 {
    let (whole, tenfold, people) = (i128::from(WHOLE), i128::from(tenfold), i128::from(people));
    // The step below: where it begins, and those who pay there for each thousand thousandths of the first share.
    let (mut begin, mut paying) = (i128::from(from.max(1)), i128::from(from.max(1)) * whole);
    if people <= begin {
        return WHOLE;
    }
    loop {
        let next = paying * 10 * tenfold / whole;
        if people < begin * 10 {
            let here = paying + (next - paying) * (people - begin) / (begin * 9);
            return i64::try_from(here / people).unwrap_or(WHOLE).clamp(1, WHOLE);
        }
        (begin, paying) = (begin * 10, next);
    }
}

/// The own number that stands for a factor.
#[must_use]
pub fn number_of(role: Role) -> Option<Number> {
    match role {
        Role::Payers => Some(Number::Payers),
        Role::Renewal => Some(Number::Renewal),
        Role::Price => Some(Number::Price),
        Role::Times => Some(Number::Times),
        Role::Fee => Some(Number::Fee),
        Role::Cost => Some(Number::Cost),
        Role::Fixed => Some(Number::Fixed),
        Role::Active | Role::Size | Role::Trust => None,
    }
}
