//! Sums of money and ranges in words, at two significant digits.

use crate::fact::decimal;
use crate::ids::UnitId;
use crate::kb::KnowledgeBase;
use crate::kb::money::Unit;
use crate::kb::template::spoken;
use crate::money::link::{Link, Origin, Part};
use crate::text::Lang;
use crate::words;

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
        let shown = |end: i64| if is_told { end.into() } else { rounded(end.into()) };
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
