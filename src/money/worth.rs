//! What a stream leaves in its first year in the middle, as decibans: enough to order
//! streams by, and cheap enough to do so hundreds of times.

use super::link::{Link, Subject, WHOLE};
use crate::ids::CandidateRef;
use crate::kb::money::{Role, Unit};

/// Ten times the common logarithm of what a stream that begins leaves in its first
/// year, in the middle and in thousandths; `None` if it cannot be worked out.
#[must_use]
pub fn worth(subject: &Subject<'_, '_>, at: CandidateRef) -> Option<i64> {
    let money = subject.money()?;
    let one = subject.kb.candidate(at.0, at.1);
    let chain = one.money.as_ref()?;
    let factor = |role| subject.factor(money, at, role);
    let (payers, price) = (factor(Role::Payers)?, factor(Role::Price)?);
    let mut sum = log(&payers) + log(&price);
    let reach = subject.reach(money);
    if payers.unit == Unit::Percent {
        sum += log(&subject.active(money)?) + log(reach.as_ref()?);
        sum += [Role::Size, Role::Trust].into_iter().filter_map(factor).map(|link| log(&link)).sum::<f64>();
    }
    if chain.per_thousand {
        sum += log(reach.as_ref()?) - libm::log10(1e6);
    }
    sum += factor(Role::Times).map_or(0.0, |link| log(&link));
    let middle = |role| factor(role).map_or(0, |link| i64::midpoint(link.low, link.high));
    let kept = (WHOLE - middle(Role::Fee) - middle(Role::Cost)).max(1);
    let first = one.effort.as_ref().and_then(|effort| effort.first_cash_weeks);
    let weeks = first.map_or(52, |span| 52_u32.saturating_sub(u32::midpoint(span.low, span.high)).max(1));
    sum += libm::log10(small(kept)) + libm::log10(f64::from(weeks));
    Some(thousandths(sum))
}

/// The middle of a link on a logarithmic scale.
fn log(link: &Link<'_>) -> f64 {
    let ends = (small(link.low.max(1)), small(link.high.max(1)));
    f64::midpoint(libm::log10(ends.0), libm::log10(ends.1)) - if link.unit == Unit::Percent { 5.0 } else { 3.0 }
}

#[expect(clippy::cast_precision_loss, reason = "fifteen digits are more than any factor has")]
fn small(number: i64) -> f64 {
    number as f64
}

#[expect(clippy::cast_possible_truncation, reason = "a logarithm is small")]
fn thousandths(decades: f64) -> i64 {
    libm::round(decades * 10_000.0) as i64
}
