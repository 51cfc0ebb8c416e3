//! Products of ranges: what they cannot leave, and what is likely.
//!
//! What a result cannot leave while every factor stays within its own range is the
//! product of the ends, in whole numbers. What is likely holds it four times in
//! five, if the factors are independent.

use super::likely::{LogNormal, quantiles};
use super::link::{Link, Part, WHOLE};
use crate::kb::money::Role;

/// A result from the least that it can be to the most.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Range {
    /// The product of the lower ends.
    pub least: i128,
    /// One time in ten it is less.
    pub low: i128,
    /// Half the time it is less.
    pub middle: i128,
    /// One time in ten it is more.
    pub high: i128,
    /// The product of the upper ends.
    pub most: i128,
}

impl Range {
    /// The five values, from the least.
    #[must_use]
    pub fn all(&self) -> [i128; 5] {
        [self.least, self.low, self.middle, self.high, self.most]
    }

    /// A range of five values that rise.
    #[must_use]
    pub fn of([least, low, middle, high, most]: [i128; 5]) -> Range {
        Range { least, low, middle, high, most }
    }

    /// The sum with another: as if both go well or badly together.
    #[must_use]
    pub fn plus(self, other: Range) -> Range {
        let mut all = self.all();
        all.iter_mut().zip(other.all()).for_each(|(one, other)| *one = one.saturating_add(other));
        Range::of(all)
    }
}

/// What a single factor does, the others in their middle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Swing {
    /// The factor.
    pub part: Part,
    /// What is left of a year at its lower end.
    pub low: i128,
    /// The same in its middle.
    pub middle: i128,
    /// The same at its upper end.
    pub high: i128,
}

impl Swing {
    /// How much it moves.
    #[must_use]
    pub fn width(&self) -> i128 {
        (self.high - self.low).abs()
    }
}

/// The people active within a year, in thousandths of a person.
#[must_use]
pub fn active_people(reach: &Link<'_>, active: &Link<'_>) -> Range {
    let people = |share: i64| i128::from(reach.low) * i128::from(share) / i128::from(WHOLE);
    let [low, middle, high] = quantiles(log(active.ends()).times(log(reach.ends())), LogNormal::ONE, None);
    let middle = middle / f64::from(WHOLE_AS_SMALL);
    let (low, high) = (low / f64::from(WHOLE_AS_SMALL), high / f64::from(WHOLE_AS_SMALL));
    between(people(active.low), people(active.high), [low, middle, high])
}

/// [`WHOLE`], small enough for an exact float.
const WHOLE_AS_SMALL: i32 = 100_000;

/// A product of ranges: payers × price × times × what is kept.
#[derive(Debug, Clone)]
pub struct Product {
    /// What payers, or takings in thousandths, are made of.
    pub count: Vec<(Part, (i64, i64))>,
    /// By how much that product is too large.
    pub scale: i128,
    /// The most payers, in thousandths.
    pub cap: Option<i128>,
    /// What one payment is, in thousandths; one if it is takings that are counted.
    pub price: (i64, i64),
    /// How many payments there are in a year, in thousandths.
    pub times: (i64, i64),
    /// People reached, where the price is for a thousand of them.
    pub thousand: Option<i64>,
    /// What the platform takes, in thousandths of a percent.
    pub fee: (i64, i64),
    /// What goods, delivery and venue take.
    pub cost: (i64, i64),
}

impl Product {
    /// Nothing but what is taken away.
    #[must_use]
    pub fn less(fee: (i64, i64), cost: (i64, i64)) -> Product {
        let one = (1_000, 1_000);
        Product { count: Vec::new(), scale: 1, cap: None, price: one, times: one, thousand: None, fee, cost }
    }

    /// What is left of a payment.
    #[must_use]
    pub fn kept(&self) -> (i64, i64) {
        (WHOLE - self.fee.1 - self.cost.1, WHOLE - self.fee.0 - self.cost.0)
    }

    /// Payers at one end, in thousandths, rounded down.
    fn count_at(&self, end: fn((i64, i64)) -> i64) -> i128 {
        let product = self.count.iter().fold(1_i128, |product, (_, ends)| product.saturating_mul(i128::from(end(*ends))));
        let count = product / self.scale;
        self.cap.map_or(count, |cap| count.min(cap))
    }

    /// An amount at one end, in hundredths, rounded down.
    fn amount_at(&self, end: fn((i64, i64)) -> i64, kept: i64) -> i128 {
        let times = |amount: i128, by: i64| amount.saturating_mul(i128::from(by));
        let mut amount = self.count_at(end);
        amount = times(amount, end(self.price));
        amount = times(amount, end(self.times));
        if let Some(people) = self.thousand {
            amount = times(amount, people) / 1_000;
        }
        times(amount, kept).div_euclid(10_000_000 * i128::from(WHOLE))
    }

    /// What one payer leaves in a year, at worst and at best, in hundredths.
    #[must_use]
    pub fn of_one(&self) -> (i128, i128) {
        let one = |end: fn((i64, i64)) -> i64| {
            let price = i128::from(end(self.price)) * i128::from(end(self.times)) / 10_000;
            let price = self.thousand.map_or(price, |people| price * i128::from(people) / 1_000);
            price * i128::from(end(self.kept())) / i128::from(WHOLE)
        };
        (one(|ends| ends.0), one(|ends| ends.1))
    }

    /// Payers as a distribution, in thousandths.
    fn count_log(&self) -> LogNormal {
        let scale = LogNormal { mean: -libm::log(float(self.scale)), variance: 0.0 };
        self.count.iter().fold(scale, |product, (_, ends)| product.times(log(*ends)))
    }

    /// What one thousandth of a payer pays, in hundredths.
    fn rest_log(&self, kept: (i64, i64)) -> LogNormal {
        let scale = libm::log(f64::from(WHOLE_AS_SMALL)) + libm::log(1e7);
        let mut rest = LogNormal { mean: -scale, variance: 0.0 };
        rest = rest.times(log(self.price)).times(log(self.times)).times(log(kept));
        if let Some(people) = self.thousand {
            rest.mean += libm::log(float(i128::from(people)) / 1e3);
        }
        rest
    }

    fn is_nothing(&self) -> bool {
        self.count.iter().any(|(_, ends)| ends.1 == 0) || self.thousand == Some(0)
    }

    /// Payers of a year, in thousandths.
    #[must_use]
    pub fn payers(&self) -> Range {
        let (least, most) = (self.count_at(|ends| ends.0), self.count_at(|ends| ends.1));
        if self.is_nothing() {
            return Range { least, low: 0, middle: 0, high: 0, most };
        }
        between(least, most, quantiles(self.count_log(), LogNormal::ONE, self.cap.map(float)))
    }

    /// Whether the cap holds payers back in the middle of what is likely.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.cap.is_some_and(|cap| !self.is_nothing() && self.count_log().median() >= float(cap))
    }

    /// Amounts in hundredths of which so much is kept.
    #[must_use]
    pub fn amounts(&self, kept: (i64, i64)) -> Range {
        if self.is_nothing() {
            return Range::default();
        }
        if kept.0 > 0 {
            let least = self.amount_at(|ends| ends.0, kept.0);
            let most = self.amount_at(|ends| ends.1, kept.1);
            return between(least, most, quantiles(self.count_log(), self.rest_log(kept), self.cap.map(float)));
        }
        // Nothing may be left, or less: no logarithm has that, so ends are multiplied.
        let gross = self.amounts((WHOLE, WHOLE));
        let middle = i64::midpoint(kept.0, kept.1);
        let worst = if kept.0 < 0 { [gross.most, gross.high] } else { [gross.least, gross.low] };
        let of = |amount: i128, kept: i64| amount.saturating_mul(i128::from(kept)).div_euclid(i128::from(WHOLE));
        let mut all = [
            of(worst[0], kept.0),
            of(worst[1], kept.0),
            of(gross.middle, middle),
            of(if kept.1 < 0 { gross.low } else { gross.high }, kept.1),
            of(if kept.1 < 0 { gross.least } else { gross.most }, kept.1),
        ];
        all.sort_unstable();
        Range::of(all)
    }

    /// What each factor does to what is left, the others in their middle.
    #[must_use]
    pub fn swings(&self) -> Vec<Swing> {
        let middle = |ends: (i64, i64)| libm::sqrt(float(i128::from(ends.0.max(1))) * float(i128::from(ends.1.max(1))));
        let half = |ends: (i64, i64)| f64::midpoint(float(i128::from(ends.0)), float(i128::from(ends.1)));
        let at = |part: Part, value: Option<i64>| {
            let of = |one: Part, ends: (i64, i64)| match value {
                Some(value) if one == part => float(i128::from(value)),
                _ => middle(ends),
            };
            let taken = |role: Role, ends: (i64, i64)| match value {
                Some(value) if part == Part::Factor(role) => float(i128::from(value)),
                _ => half(ends),
            };
            let count = self.count.iter().fold(1.0 / float(self.scale), |product, (one, ends)| product * of(*one, *ends));
            let count = self.cap.map_or(count, |cap| count.min(float(cap)));
            let price = of(Part::Factor(Role::Price), self.price);
            let times = of(Part::Factor(Role::Times), self.times);
            let thousand = self.thousand.map_or(1.0, |people| float(i128::from(people)) / 1e3);
            let whole = f64::from(WHOLE_AS_SMALL);
            let kept = whole - taken(Role::Fee, self.fee) - taken(Role::Cost, self.cost);
            whole_of(count * price * times * thousand * kept / whole / 1e7)
        };
        let others = [
            (Part::Factor(Role::Price), self.price),
            (Part::Factor(Role::Times), self.times),
            (Part::Factor(Role::Fee), self.fee),
            (Part::Factor(Role::Cost), self.cost),
        ];
        let all = self.count.iter().copied().chain(others);
        let swing = |(part, ends): (Part, (i64, i64))| Swing {
            part,
            low: at(part, Some(ends.0)),
            middle: at(part, None),
            high: at(part, Some(ends.1)),
        };
        let mut found: Vec<Swing> = all.filter(|(_, ends)| ends.0 < ends.1).map(swing).collect();
        found.sort_by_key(|swing| (std::cmp::Reverse(swing.width()), swing.part));
        found
    }
}

/// A range as a distribution; nothing counts as next to nothing.
fn log((low, high): (i64, i64)) -> LogNormal {
    LogNormal::between(float(i128::from(low.max(1))), float(i128::from(high.max(1))))
}

/// Quantiles in whole numbers, within the ends.
fn between(least: i128, most: i128, likely: [f64; 3]) -> Range {
    let [low, middle, high] = likely.map(|one| whole_of(one).clamp(least, most));
    Range { least, low, middle, high, most }
}

/// The next whole number.
#[expect(clippy::cast_possible_truncation, reason = "what is too large becomes the largest")]
fn whole_of(number: f64) -> i128 {
    libm::round(number) as i128
}

/// A number for logarithms.
#[expect(clippy::cast_precision_loss, reason = "fifteen digits are more than any range has")]
fn float(number: i128) -> f64 {
    number as f64
}

/// How many of something it takes, in whole numbers.
#[must_use]
pub fn ceil(amount: i128, of_one: i128) -> i128 {
    if of_one <= 0 { 0 } else { amount.div_euclid(of_one) + i128::from(amount.rem_euclid(of_one) > 0) }
}
