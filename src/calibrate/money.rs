//! What real communities report of prices, payers and takings, against the ranges
//! that are meant to hold such values four times in five.

use crate::answer::{Answer, Answers};
use crate::engine::chain::chain;
use crate::ids::{CandidateRef, UnitId};
use crate::kb::case::{Reported, What};
use crate::kb::money::{Money, Role, Unit};
use crate::kb::{Case, KnowledgeBase};
use crate::money::link::{Part, Subject};
use crate::money::product::Range;
use crate::money::stream::{Stream, estimate};
use crate::profile::streams::Streams;

/// One reported value and the range that the base gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// The id of the case.
    pub case: String,
    /// The stream, as decision and candidate.
    pub stream: CandidateRef,
    /// What is reported.
    pub what: What,
    /// The unit, as an index into the base's units.
    pub unit: UnitId,
    /// The least and the most that is reported, in thousandths.
    pub reported: (i64, i64),
    /// The range, in thousandths; `None` if the base gives none.
    pub range: Option<(i64, i64)>,
}

impl Tried {
    /// Whether the middle of what is reported lies in the range: the geometric one, as
    /// prices differ by factors.
    #[must_use]
    pub fn is_inside(&self) -> bool {
        let middle = |low: i64, high: i64| i128::from(low) * i128::from(high);
        let square = |end: i64| i128::from(end) * i128::from(end);
        let reported = middle(self.reported.0, self.reported.1);
        self.range.is_some_and(|(low, high)| square(low) <= reported && reported <= square(high))
    }
}

/// Every value that cases report, in their order, with the range that the base gives
/// while it knows the case's answers.
#[must_use]
pub fn tried(kb: &KnowledgeBase, cases: &[&Case]) -> Vec<Tried> {
    let all = cases.iter().flat_map(|case| case.reported.iter().map(move |one| (*case, one)));
    all.map(|(case, one)| of(kb, case, one)).collect()
}

fn of(kb: &KnowledgeBase, case: &Case, one: &Reported) -> Tried {
    let answers = kb.money.as_ref().map_or_else(|| case.answers.clone(), |money| placed(money, case, one.unit));
    let kept = chain(kb, &answers, one.stream.0);
    let own = Streams::default();
    let subject = Subject { kb, answers: &answers, own: &own, kept: &kept };
    Tried {
        case: case.id.clone(),
        stream: one.stream,
        what: one.what,
        unit: one.unit,
        reported: (one.low, one.high),
        range: range(&subject, one),
    }
}

/// The case's answers; where it does not say where, the currency tells.
fn placed(money: &Money, case: &Case, unit: UnitId) -> Answers {
    let mut answers = case.answers.clone();
    let place = money.currencies.iter().find(|(_, currency)| *currency == unit);
    if let Some(option) = place.map(|(option, _)| *option).filter(|_| answers.get(money.territory).is_none()) {
        answers.set(money.territory, Some(Answer::Choice(option)));
    }
    answers
}

fn range(subject: &Subject<'_, '_>, one: &Reported) -> Option<(i64, i64)> {
    let money = subject.money()?;
    if one.what == What::Price {
        let link = subject.factor(money, one.stream, Role::Price)?;
        return (link.unit == Unit::Currency(one.unit)).then(|| link.ends());
    }
    let stream = Stream { at: one.stream, runs: true, start: 1 };
    let found = estimate(subject, stream).ok()?;
    let ends = |range: Range, times: i128| {
        let end = |value: i128| i64::try_from(value.saturating_mul(times)).unwrap_or(i64::MAX);
        (end(range.low), end(range.high))
    };
    if one.what == What::Payers {
        found.payers.map(|payers| ends(payers, 1))
    } else {
        let price = found.links.iter().find(|link| link.part == Part::Factor(Role::Price))?;
        (price.unit == Unit::Currency(one.unit)).then(|| ends(found.gross, 10))
    }
}
