//! A forecast as JSON. Sums are whole hundredths of the currency, numbers of people
//! and factors thousandths: nothing is rounded for the eye.

use super::{Teller, id};
use crate::fact::decimal;
use crate::ids::{CandidateRef, UnitId};
use crate::kb::KnowledgeBase;
use crate::kb::effort::Span;
use crate::kb::money::{Factor, Unit};
use crate::money::link::{Link, Origin};
use crate::money::product::{Range, Swing};
use crate::money::together::{Left, Part12};
use crate::profile::Profile;
use crate::text::Text;
use serde_json::{Value, json};

/// The version of this format.
pub const FORMAT: u32 = 1;

/// The whole forecast; one object. No byte depends on the language.
#[must_use]
pub fn forecast(teller: &Teller<'_>, profile: &Profile) -> Value {
    let (kb, found) = (teller.kb, teller.forecast);
    let unit = |unit: UnitId| json!({ "id": kb.units[unit].id, "assumed": found.is_assumed });
    let [low, middle, high] = found.months();
    let months: Vec<Value> = (0..low.len()).map(|month| sums([low[month], middle[month], high[month]])).collect();
    let deadline = teller.deadline.map(|weeks| json!({ "weeks": weeks, "sums": sums(found.within(weeks)) }));
    json!({
        "format": FORMAT,
        "kb": { "version": kb.version, "hash": kb.hash },
        "id": profile.id,
        "name": profile.name,
        "currency": found.currency.map(unit),
        "year": sums(found.year()),
        "months": months,
        "deadline": deadline,
        "hours": { "team": found.team.0, "known": found.team.1, "counted": found.hours() },
        "people": found.people.map(range),
        "fixed": [whole(found.fixed().0), whole(found.fixed().1)],
        "streams": found.parts().map(|part| stream(kb, part)).collect::<Vec<_>>(),
        "left": found.left.iter().map(|(stream, left)| self::left(kb, stream.at, left)).collect::<Vec<_>>(),
    })
}

fn stream(kb: &KnowledgeBase, part: &Part12<'_>) -> Value {
    let one = &part.estimate;
    let candidate = kb.candidate(one.stream.at.0, one.stream.at.1);
    let span = |span: Option<Span>| span.map(|span| json!([span.low, span.high]));
    let swing = |swing: &Swing| {
        let [low, middle, high] = [swing.low, swing.middle, swing.high].map(whole);
        json!({ "factor": swing.part.id(), "low": low, "middle": middle, "high": high })
    };
    json!({
        "id": candidate.id,
        "name": text(&candidate.name),
        "runs": one.stream.runs,
        "start": (!one.stream.runs).then_some(one.stream.start),
        "payer": text(&one.chain.payer),
        "per": text(&one.chain.per),
        "links": one.links.iter().map(|one| link(kb, one)).collect::<Vec<_>>(),
        "active": one.active.map(range),
        "payers": one.payers.map(range),
        "counted": part.payers.map(range),
        "full": one.is_full,
        "gross": range(one.gross),
        "net": range(part.net),
        "fixed": one.fixed.map(|(low, high)| json!([whole(low), whole(high)])),
        "hours": { "setup": span(one.setup), "weekly": span(one.weekly), "counted": part.hours },
        "first-cash": part.first_cash().map(|(early, late)| json!([early, late])),
        "break-even": one.break_even.map(|(low, high)| json!([whole(low), whole(high)])),
        "per-hour": whole(super::part::per_hour(part)),
        "year": sums(part.year()),
        "swings": one.swings.iter().map(swing).collect::<Vec<_>>(),
    })
}

fn link(kb: &KnowledgeBase, link: &Link<'_>) -> Value {
    let unit = match link.unit {
        Unit::Percent => "percent",
        Unit::People => "people",
        Unit::Times => "times",
        Unit::Currency(unit) => &kb.units[unit].id,
    };
    json!({
        "factor": link.part.id(),
        "low": number(link.low),
        "high": number(link.high),
        "unit": unit,
        "origin": origin(&link.origin),
    })
}

fn origin(origin: &Origin<'_>) -> Value {
    let (kind, factors): (&str, &[&Factor]) = match origin {
        Origin::Yours => ("yours", &[]),
        Origin::YoursByYear => ("yours-by-year", &[]),
        Origin::Base(factors) if factors.len() == 1 && factors[0].sourced.is_some() => ("sourced", factors),
        Origin::Base(factors) => ("assumed", factors),
    };
    let factor = |one: &&Factor| {
        let sourced = one.sourced.as_ref();
        json!({
            "low": number(one.low),
            "high": number(one.high),
            "sources": one.sources,
            "counted": sourced.map(|one| text(&one.counted)),
            "as-of": sourced.map(|one| &one.as_of),
            "place": sourced.map(|one| text(&one.territory)),
            "survivors": sourced.is_some_and(|one| one.survivors),
        })
    };
    json!({ "kind": kind, "factors": factors.iter().map(factor).collect::<Vec<_>>() })
}

fn left(kb: &KnowledgeBase, at: CandidateRef, left: &Left) -> Value {
    let (why, missing) = match left {
        Left::Gap(missing) => ("gap", missing.iter().map(|one| id(*one)).collect()),
        Left::Hours => ("hours", Vec::new()),
        Left::Others => ("others", Vec::new()),
    };
    json!({ "id": kb.candidate(at.0, at.1).id, "why": why, "missing": missing })
}

fn range(range: Range) -> Value {
    json!({
        "least": whole(range.least),
        "low": whole(range.low),
        "middle": whole(range.middle),
        "high": whole(range.high),
        "most": whole(range.most),
    })
}

fn sums([low, middle, high]: [i128; 3]) -> Value {
    json!({ "low": whole(low), "middle": whole(middle), "high": whole(high) })
}

/// A whole number; what no program could read becomes the largest that it can.
fn whole(number: i128) -> i64 {
    const MOST: i128 = 1 << 53;
    i64::try_from(number.clamp(-MOST, MOST)).unwrap_or_default()
}

/// Thousandths as a number with at most three decimals.
fn number(thousandths: i64) -> Value {
    serde_json::from_str(&decimal(thousandths, 3)).unwrap_or(Value::Null)
}

fn text(text: &Text) -> Value {
    json!({ "zh": text.zh, "en": text.en })
}
