//! An operator's own numbers: which are worth asking for, in which order.
//!
//! They are asked of what runs and of what the page begins first, because only there
//! does a number change what the person does next. Every one may be left out.

use crate::answer::Answers;
use crate::engine::chain::Kept;
use crate::fact::Range;
use crate::ids::{CandidateId, CandidateRef, UnitId};
use crate::kb::KnowledgeBase;
use crate::kb::money::{Chain, Role};
use crate::money::link::Subject;
use crate::money::stream::Stream;
use crate::profile::streams::{Number, Streams};
use crate::text::Text;

/// A number to ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// The stream.
    pub at: CandidateRef,
    /// Which number of it.
    pub number: Number,
}

/// The streams that are asked about: all that run, and the first that begins.
#[must_use]
pub fn streams(all: &[Stream]) -> Vec<Stream> {
    let first = all.iter().filter(|stream| !stream.runs).min_by_key(|stream| stream.start);
    all.iter().filter(|stream| stream.runs).chain(first).copied().collect()
}

/// The next number of these streams that is neither known nor declined.
#[must_use]
pub fn next(kb: &KnowledgeBase, streams: &[Stream], own: &Streams, declined: &[(CandidateId, Number)]) -> Option<Wanted> {
    streams.iter().find_map(|stream| {
        let at = stream.at;
        let chain = kb.candidate(at.0, at.1).money.as_ref()?;
        let is_open = |number: &Number| own.get(at.1, *number).is_none() && !declined.contains(&(at.1, *number));
        let number = numbers(chain, stream.runs, |number| own.get(at.1, number).is_some()).into_iter().find(is_open)?;
        Some(Wanted { at, number })
    })
}

/// What is asked of a stream, given what is known of it: what is known otherwise, or what
/// its chain does not use, is not asked.
fn numbers(chain: &Chain, runs: bool, is_known: impl Fn(Number) -> bool) -> Vec<Number> {
    if !runs {
        return vec![Number::Price, Number::Cost];
    }
    if is_known(Number::Monthly) {
        return vec![Number::Monthly, Number::Cost];
    }
    let mut asked = vec![Number::Price, Number::Payers];
    if !(is_known(Number::Price) && is_known(Number::Payers)) {
        asked.push(Number::Monthly);
    }
    let is_yearly = !chain.per_thousand && chain.factors.iter().all(|factor| factor.role != Role::Times);
    if is_yearly && is_known(Number::Payers) {
        asked.push(Number::Renewal);
    }
    asked.push(Number::Cost);
    asked
}

/// The currency in which sums are asked for; `None` for one that the base does not know.
#[must_use]
pub fn currency(kb: &KnowledgeBase, answers: &Answers) -> Option<UnitId> {
    let subject = Subject { kb, answers, own: &Streams::default(), kept: &Kept::default() };
    subject.currency(subject.money()?).0
}

/// What may be answered to the question for a number, in thousandths.
#[must_use]
pub fn range(kb: &KnowledgeBase, number: Number, currency: Option<UnitId>) -> Range {
    let same = |unit: &str| Text { zh: unit.to_owned(), en: unit.to_owned() };
    let unit = match number {
        Number::Renewal | Number::Cost | Number::Fee => same("%"),
        Number::Price | Number::Monthly | Number::Fixed => currency.map_or_else(|| same(""), |unit| kb.units[unit].name.clone()),
        Number::Payers | Number::Times => same(""),
    };
    Range { min: number.least(), max: number.most(), decimals: 3, unit, unit_one: None }
}
