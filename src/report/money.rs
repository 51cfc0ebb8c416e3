//! Sums of money and ranges in words, at two significant digits.

use super::chart;
use crate::fact::{decimal, spoken};
use crate::ids::UnitId;
use crate::kb::KnowledgeBase;
use crate::kb::money::Unit;
use crate::money::link::{Link, Origin, Part};
use crate::text::Lang;
use crate::words;

/// The most units that a drawing is long.
const LONGEST: i128 = 1_000_000;

/// A currency, in which sums are told.
#[derive(Clone, Copy)]
pub struct Purse<'a> {
    /// The base, which names currencies.
    pub kb: &'a KnowledgeBase,
    /// The language.
    pub lang: Lang,
    /// As an index into the base's units; `None` for one that the base does not know.
    pub currency: Option<UnitId>,
}

impl Purse<'_> {
    /// The name of the currency.
    pub fn unit(&self) -> &str {
        match self.currency {
            Some(unit) => self.kb.units[unit].name.get(self.lang),
            None => words::say("money.own-unit", self.lang),
        }
    }

    /// A sum in hundredths, in words.
    pub fn sum(&self, hundredths: i128) -> String {
        self.with_unit(&self.bare(hundredths))
    }

    /// A range of sums: the unit once.
    pub fn sums(&self, low: i128, high: i128) -> String {
        let (low, high) = (self.bare(low), self.bare(high));
        if low == high { self.with_unit(&low) } else { self.with_unit(&format!("{low}–{high}")) }
    }

    /// A sum without its currency.
    pub fn bare(&self, hundredths: i128) -> String {
        let thousandths = rounded(hundredths.saturating_mul(10));
        number(thousandths, self.lang)
    }

    fn with_unit(&self, number: &str) -> String {
        let gap = if self.lang == Lang::Zh { "" } else { " " };
        format!("{number}{gap}{}", self.unit())
    }

    /// The range of a link with its unit.
    pub fn link(&self, link: &Link<'_>) -> String {
        // What is worked out from several numbers is no more exact than two digits.
        let is_told = matches!(&link.origin, Origin::Yours) || matches!(&link.origin, Origin::Base(all) if all.len() == 1);
        // Nor is a percentage with more than one decimal, which was worked out from answers.
        let is_fine = |end: i64| link.unit == Unit::Percent && end % 100 != 0 && !matches!(link.origin, Origin::Yours);
        let shown = |end: i64| if is_told && !is_fine(end) { end.into() } else { rounded(end.into()) };
        let ends = (number(shown(link.low), self.lang), number(shown(link.high), self.lang));
        let both = if link.low == link.high { ends.0 } else { format!("{}–{}", ends.0, ends.1) };
        match (link.part, link.unit) {
            (Part::Monthly, _) | (_, Unit::Currency(_)) => self.with_unit(&both),
            (Part::Factor(role), Unit::Times) if role.is_money() => self.with_unit(&both),
            (_, Unit::Percent) => format!("{both}%"),
            _ => both,
        }
    }
}

/// Sums in units that are small enough for a drawing.
pub struct Drawn {
    /// Hundredths in a unit: a power of ten.
    unit: i128,
    low: i32,
    high: i32,
}

impl Drawn {
    /// The units for these sums and zero.
    pub fn of(sums: impl Iterator<Item = i128>) -> Drawn {
        let (low, high) = sums.fold((0, 0), |(low, high): (i128, i128), sum| (low.min(sum), high.max(sum)));
        let mut unit = 1;
        while (high - low) / unit > LONGEST {
            unit *= 10;
        }
        let ends = Drawn { unit, low: 0, high: 0 };
        Drawn { unit, low: ends.value(low), high: ends.value(high) }
    }

    /// A sum in these units.
    pub fn value(&self, sum: i128) -> i32 {
        i32::try_from(sum.div_euclid(self.unit)).unwrap_or(0)
    }

    /// Round sums as they are written, dividing the scale into so many parts or few more.
    pub fn ticks(&self, most: i32, written: impl Fn(i128) -> String) -> Vec<(i32, String)> {
        chart::ticks(self.low, self.high, most).into_iter().map(|tick| (tick, written(i128::from(tick) * self.unit))).collect()
    }
}

/// The same number at two significant digits.
#[must_use]
pub fn rounded(number: i128) -> i128 {
    let mut step = 1_i128;
    while (number / step).abs() >= 100 {
        step *= 10;
    }
    let half = if number < 0 { -step / 2 } else { step / 2 };
    (number + half) / step * step
}

/// People in thousandths of one, at two significant digits, whole.
pub fn people(thousandths: i128, lang: Lang) -> String {
    let whole = (thousandths + 500).div_euclid(1_000);
    number(rounded(whole).saturating_mul(1_000), lang)
}

/// Thousandths by the rules of the language.
fn number(thousandths: i128, lang: Lang) -> String {
    let small = i64::try_from(thousandths).unwrap_or(if thousandths < 0 { i64::MIN } else { i64::MAX });
    if small % 1_000 == 0 { spoken(small / 1_000, 0, lang) } else { decimal(small, 3) }
}
