//! Resolving trades, the platforms that they use, and the words of the base.

use super::{check_date, check_unique, conditions, look_up, range, slots, sources, stream_ref};
use crate::condition::Condition;
use crate::diagnostic::{At, Diagnostic};
use crate::ids::{FactId, IndexVec, OptionId, PlatformId, TradeId, WordId};
use crate::kb::template::{NAME, Word};
use crate::kb::trade::{Message, Offer, Platform, Price, Role, Trade};
use crate::kb::{KnowledgeBase, raw};
use crate::text::Text;

/// The fact whose options are the trades.
pub const TRADE: &str = "trade";

/// The words that texts may leave open; none is called as a fact is.
pub fn words(kb: &KnowledgeBase, written: &[(At<String>, At<Text>)], faults: &mut Vec<Diagnostic>) -> IndexVec<WordId, Word> {
    let word = |(id, text): &(At<String>, At<Text>)| {
        if let Some(fact) = kb.facts.iter().find(|fact| fact.id == id.value) {
            let fault = Diagnostic::error("duplicate-id", id.place.clone()).related(fact.place.clone());
            faults.push(fault.with("given", &id.value));
        } else if id.value == NAME || !crate::kb::parse::is_id(&id.value) {
            faults.push(Diagnostic::error("bad-id", id.place.clone()).with("given", &id.value));
        }
        Word { id: id.value.clone(), text: text.value.clone() }
    };
    written.iter().map(word).collect()
}

/// The platforms, sorted by id as their files are.
pub fn platforms(
    kb: &KnowledgeBase,
    written: Vec<raw::Platform>,
    faults: &mut Vec<Diagnostic>,
) -> IndexVec<PlatformId, Platform> {
    written.into_iter().filter_map(|one| platform(kb, one, faults)).collect()
}

fn platform(kb: &KnowledgeBase, written: raw::Platform, faults: &mut Vec<Diagnostic>) -> Option<Platform> {
    let when = condition(kb, written.when.as_ref(), faults);
    let streams = written.streams.iter().filter_map(|at| stream_ref(kb, at, faults)).collect();
    let as_of = written.as_of.inspect(|at| check_date(at, faults)).map(|at| at.value).unwrap_or_default();
    let sources = sources::check(&kb.sources, &written.sources, faults);
    let raw::Platform { id, name, fee, conditions, place, .. } = written;
    Some(Platform { id, name, when: when?, streams, fee, conditions, as_of, sources, place })
}

/// Whom something is meant for: `Some(None)` if for everybody, `None` if the condition is faulty.
#[expect(clippy::option_option, reason = "a fault is not the same as no condition")]
fn condition(
    kb: &KnowledgeBase,
    written: Option<&At<raw::Condition>>,
    faults: &mut Vec<Diagnostic>,
) -> Option<Option<Condition>> {
    written.map_or(Some(None), |at| conditions::of_answers(kb, at, faults).map(Some))
}

/// Reports messages that candidates name and no trade has.
pub fn check_messages(kb: &KnowledgeBase, named: &[At<String>], faults: &mut Vec<Diagnostic>) {
    for at in named {
        let ids = kb.trades.iter().flat_map(|trade| &trade.messages).map(|message| message.id.as_str());
        let _: Option<usize> = look_up("unknown-message", at, ids, faults);
    }
}

/// The trades, sorted by id as their files are.
pub fn trades(kb: &KnowledgeBase, written: Vec<raw::Trade>, faults: &mut Vec<Diagnostic>) -> IndexVec<TradeId, Trade> {
    written.into_iter().filter_map(|one| trade(kb, one, faults)).collect()
}

fn trade(kb: &KnowledgeBase, written: raw::Trade, faults: &mut Vec<Diagnostic>) -> Option<Trade> {
    let own = At { value: written.id.clone(), place: written.place.clone() };
    let fact = At { value: TRADE.to_owned(), place: written.place.clone() };
    let fact = look_up("unknown-fact", &fact, kb.facts.iter().map(|fact| fact.id.as_str()), faults);
    let options = |fact: FactId| kb.facts[fact].options().iter().map(|option| option.id.as_str());
    let option = fact.and_then(|fact| look_up("unknown-option", &own, options(fact), faults));
    let ids = || kb.words.iter().map(|word| word.id.as_str());
    let words = written.words.0.into_iter();
    let words = words.filter_map(|(id, text)| Some((look_up("unknown-word", &id, ids(), faults)?, text.value))).collect();
    let for_all = written.messages.iter().filter(|one| one.when.is_none());
    check_unique(for_all.map(|one| (one.id.value.as_str(), &one.id.place)), faults);
    let mut found = Trade {
        id: written.id,
        option: OptionId::default(),
        name: written.name,
        summary: written.summary,
        sources: sources::check(&kb.sources, &written.sources, faults),
        words,
        roles: Vec::new(),
        offers: Vec::new(),
        prices: written.prices.into_iter().filter_map(|one| price(kb, one, faults)).collect(),
        platforms: Vec::new(),
        messages: Vec::new(),
        sign: written.sign.map(|at| slots::text(kb, &at, faults)),
        stop: written.stop.map(|at| slots::text(kb, &at, faults)),
        place: written.place,
    };
    for one in written.roles {
        let text = one.text.map(|at| slots::text(kb, &at, faults)).unwrap_or_default();
        let people = one.people.and_then(|at| within(&at, 1..=99, faults));
        let sources = sources::check(&kb.sources, &one.sources, faults);
        found.roles.extend(people.map(|people| Role { people, text, sources }));
    }
    for one in written.offers {
        let text = one.text.map(|at| slots::text(kb, &at, faults)).unwrap_or_default();
        let stream = one.stream.and_then(|at| stream_ref(kb, &at, faults));
        let sources = sources::check(&kb.sources, &one.sources, faults);
        let when = condition(kb, one.when.as_ref(), faults);
        found.offers.extend(stream.zip(when).map(|(stream, when)| Offer { stream, text, when, sources }));
    }
    for one in written.platforms {
        let ids = kb.platforms.iter().map(|platform| platform.id.as_str());
        found.platforms.extend(one.id.and_then(|at| look_up::<PlatformId>("unknown-platform", &at, ids, faults)));
    }
    for one in written.messages {
        let text = one.text.map(|at| slots::text(kb, &at, faults)).unwrap_or_default();
        let sources = sources::check(&kb.sources, &one.sources, faults);
        let when = condition(kb, one.when.as_ref(), faults);
        found.messages.extend(when.map(|when| Message { id: one.id.value, text, when, sources }));
    }
    Some(Trade { option: option?, ..found })
}

fn price(kb: &KnowledgeBase, written: raw::Price, faults: &mut Vec<Diagnostic>) -> Option<Price> {
    let stream = written.stream.as_ref().and_then(|at| stream_ref(kb, at, faults));
    let range = range(written.low.as_ref(), written.high.as_ref(), faults);
    let units = kb.units.iter().map(|unit| unit.id.as_str());
    let unit = written.unit.as_ref().and_then(|at| look_up("unknown-unit", at, units, faults));
    if let Some(at) = &written.as_of {
        check_date(at, faults);
    }
    let sources = sources::check(&kb.sources, &written.sources, faults);
    let when = condition(kb, written.when.as_ref(), faults);
    written.stream.as_ref()?;
    let (low, high) = range?;
    let as_of = written.as_of.map(|at| at.value).unwrap_or_default();
    let raw::Price { label, per, territory, .. } = written;
    Some(Price { stream: stream?, label, low, high, unit: unit?, per, as_of, territory, when: when?, sources })
}

/// A whole number within limits.
fn within(at: &At<i64>, limits: std::ops::RangeInclusive<u8>, faults: &mut Vec<Diagnostic>) -> Option<u8> {
    let found = u8::try_from(at.value).ok().filter(|number| limits.contains(number));
    if found.is_none() {
        let fault = Diagnostic::error("setting-out-of-range", at.place.clone());
        faults.push(fault.with("min", limits.start().to_string()).with("max", limits.end().to_string()));
    }
    found
}
