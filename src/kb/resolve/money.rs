//! Resolving chains of money and their factors.

use super::{check_date, conditions, look_up, range, sources, stream_ref};
use crate::diagnostic::{At, Diagnostic};
use crate::fact::{Fact, Kind};
use crate::ids::DecisionId;
use crate::kb::effort::Span;
use crate::kb::money::{Chain, Factor, Money, Role, Sourced, Unit};
use crate::kb::{KnowledgeBase, raw};

/// The most independent weeks that a year counts as.
const MOST_WEEKS: i64 = 52;
/// People reached up to whom size does nothing, if a base does not say.
const SIZE_FROM: i64 = 1_000;

/// What forecasts lean on; `None` if that cannot be made out.
pub fn settings(kb: &KnowledgeBase, written: &raw::Money, faults: &mut Vec<Diagnostic>) -> Option<Money> {
    let is_number = |fact: &Fact| matches!(fact.kind, Kind::Number(_));
    let is_choice = |fact: &Fact| matches!(fact.kind, Kind::Choice(_));
    let number = ("number", is_number as fn(&Fact) -> bool);
    let mut fact =
        |at: &Option<At<String>>, kind| at.as_ref().and_then(|at| super::standing::the_fact(kb, "money", at, kind, faults));
    let (reach, active) = (fact(&written.reach, number), fact(&written.active, number));
    let territory = fact(&written.territory, ("choice", is_choice as fn(&Fact) -> bool));
    let units = || kb.units.iter().map(|unit| unit.id.as_str());
    let assumed = written.assumed.as_ref().and_then(|at| look_up("unknown-unit", at, units(), faults));
    let mut currencies = Vec::new();
    for (option, unit) in &written.currencies.0 {
        let options = territory.map(|fact| &**kb.facts[fact].options()).unwrap_or_default().iter().map(|one| one.id.as_str());
        let option = territory.and_then(|_| look_up("unknown-option", option, options, faults));
        currencies.extend(option.zip(look_up("unknown-unit", unit, units(), faults)));
    }
    let weeks = written.weeks.as_ref().and_then(|at| weeks(at, faults));
    let (reach, active, territory, assumed, weeks) = (reach?, active?, territory?, assumed?, weeks?);
    let size_from = written.size_from.as_ref().map_or(SIZE_FROM, |at| {
        if at.value < 1 {
            let fault = Diagnostic::error("setting-out-of-range", at.place.clone());
            faults.push(fault.with("min", "1").with("max", i64::MAX.to_string()));
        }
        at.value
    });
    let mut money = Money { reach, active, weeks, territory, currencies, assumed, size_from, shared: Vec::new() };
    let last = kb.decisions.end();
    money.shared = written.factors.iter().filter_map(|one| factor(kb, Some(&money), last, one, faults)).collect();
    Some(money)
}

fn weeks(at: &At<raw::Span>, faults: &mut Vec<Diagnostic>) -> Option<Span> {
    let [low, high] = at.value;
    if low < 1 || high > MOST_WEEKS {
        let fault = Diagnostic::error("setting-out-of-range", at.place.clone());
        faults.push(fault.with("min", "1").with("max", MOST_WEEKS.to_string()));
        return None;
    }
    if low > high {
        faults.push(Diagnostic::error("empty-range", at.place.clone()));
        return None;
    }
    Some(Span { low: u32::try_from(low).ok()?, high: u32::try_from(high).ok()? })
}

/// The chain of a candidate; factors without a chain are a fault.
pub fn chain(
    kb: &KnowledgeBase,
    decision: DecisionId,
    written: Option<raw::Chain>,
    factors: &[raw::Factor],
    faults: &mut Vec<Diagnostic>,
) -> Option<Chain> {
    let Some(written) = written else {
        let missing = factors.first().map(|one| Diagnostic::error("missing-key", one.place.clone()));
        faults.extend(missing.map(|fault| fault.with("key", "money").with("form", "candidate")));
        return None;
    };
    let places = written.places.as_ref().and_then(|at| {
        let found = u32::try_from(at.value).ok().filter(|places| *places > 0);
        if found.is_none() {
            let fault = Diagnostic::error("setting-out-of-range", at.place.clone());
            faults.push(fault.with("min", "1").with("max", u32::MAX.to_string()));
        }
        found
    });
    Some(Chain {
        payer: written.payer,
        per: written.per,
        purse: written.purse.map(|at| at.value),
        places,
        per_thousand: written.per_thousand,
        factors: factors.iter().filter_map(|one| factor(kb, kb.money.as_ref(), decision, one, faults)).collect(),
        place: written.place,
    })
}

fn factor(
    kb: &KnowledgeBase,
    money: Option<&Money>,
    decision: DecisionId,
    written: &raw::Factor,
    faults: &mut Vec<Diagnostic>,
) -> Option<Factor> {
    let roles = Role::ALL.iter().map(|role| role.id());
    let role: Option<usize> = written.role.as_ref().and_then(|at| look_up("unknown-factor", at, roles, faults));
    let role = role.map(|at| Role::ALL[at]);
    let ends = range(written.low.as_ref(), written.high.as_ref(), faults);
    let when = written.when.as_ref().map(|at| conditions::of_words(kb, decision, at, faults));
    let streams = written.streams.iter().filter_map(|at| stream_ref(kb, at, faults)).collect();
    let sources = sources::check(&kb.sources, &written.sources, faults);
    let origin = sourced(written, faults);
    let role = role?;
    let unit = unit(kb, money, role, written.unit.as_ref()?, faults);
    if let (Some((low, high)), Some(at)) = (ends, &written.low) {
        let most = limit(role, unit);
        // What is multiplied is more than nothing; what is taken away may be nothing. Of ten
        // times the people at least a tenth of the share is left, or more would pay less.
        let (least, said) = match role {
            Role::Fee | Role::Cost => (0, "0"),
            Role::Size => (10_000, "10"),
            _ => (1, "0.001"),
        };
        if low < least || high > most {
            let fault = Diagnostic::error("setting-out-of-range", at.place.clone());
            faults.push(fault.with("min", said).with("max", (most / 1_000).to_string()));
        }
    }
    let when = match when {
        None => None,
        Some(when) => Some(when?),
    };
    let (low, high) = ends?;
    Some(Factor { role, when, low, high, unit: unit?, sourced: origin?, streams, sources })
}

/// The greatest value of a factor, in thousandths.
fn limit(role: Role, unit: Option<Unit>) -> i64 {
    match (role, unit) {
        (Role::Trust, _) => 1_000_000,
        (_, Some(Unit::Percent)) => 100_000,
        _ => 1_000_000_000_000,
    }
}

/// The unit of a factor, which must be one that its role is counted in.
fn unit(kb: &KnowledgeBase, money: Option<&Money>, role: Role, at: &At<String>, faults: &mut Vec<Diagnostic>) -> Option<Unit> {
    let found = look_up("unknown-unit", at, kb.units.iter().map(|unit| unit.id.as_str()), faults)?;
    let is_currency = money.is_some_and(|money| money.assumed == found || money.currencies.iter().any(|(_, one)| *one == found));
    let unit = match (role, at.value.as_str()) {
        (role, _) if role.is_money() => is_currency.then_some(Unit::Currency(found)),
        (Role::Payers, "people") => Some(Unit::People),
        (Role::Times, "times") => Some(Unit::Times),
        (Role::Times, _) => None,
        (_, "percent") => Some(Unit::Percent),
        _ => None,
    };
    if unit.is_none() {
        faults.push(Diagnostic::error("unit-of-other-kind", at.place.clone()).with("given", &at.value).with("factor", role.id()));
    }
    unit
}

/// What a factor was read from: assumed if nothing but judgement stands behind it,
/// else with what was counted, when and where. The outer `None` is a fault.
#[expect(clippy::option_option, reason = "a fault is not the same as an assumption")]
fn sourced(written: &raw::Factor, faults: &mut Vec<Diagnostic>) -> Option<Option<Sourced>> {
    let is_judged = |at: &At<String>| matches!(at.value.as_str(), "judgement" | "common-knowledge");
    if written.sources.iter().all(is_judged) {
        return Some(None);
    }
    if let Some(at) = &written.as_of {
        check_date(at, faults);
    }
    let given =
        [("counted", written.counted.is_some()), ("as-of", written.as_of.is_some()), ("place", written.territory.is_some())];
    for (key, _) in given.iter().filter(|(_, is_given)| !is_given) {
        faults.push(Diagnostic::error("missing-key", written.place.clone()).with("key", *key).with("form", "factor"));
    }
    let (counted, as_of, territory) =
        (written.counted.clone()?, written.as_of.as_ref()?.value.clone(), written.territory.clone()?);
    Some(Some(Sourced { counted, as_of, territory, survivors: written.survivors }))
}
