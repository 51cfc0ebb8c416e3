//! An operator's own numbers about what runs: price, payers, takings.

use super::{Value, Written};
use crate::diagnostic::{At, Diagnostic};
use crate::fact::{Facts, scaled};
use crate::ids::{CandidateId, FactId};
use crate::spelling::{nearest, normal};

/// The key under which a profile keeps them.
pub const KEY: &str = "streams";

/// What can be said of a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Number {
    /// What one payment is.
    Price,
    /// How many people or clients pay in a year.
    Payers,
    /// What comes in each month.
    Monthly,
    /// The percentage that pays again.
    Renewal,
    /// The percentage of takings that goods, delivery and venue take.
    Cost,
    /// How many payments one payer makes in a year.
    Times,
    /// The percentage that the platform takes.
    Fee,
    /// What is to be paid in a year whether anybody buys or not.
    Fixed,
}

impl Number {
    /// All of them.
    pub const ALL: [Number; 8] = [
        Number::Price,
        Number::Payers,
        Number::Monthly,
        Number::Renewal,
        Number::Cost,
        Number::Times,
        Number::Fee,
        Number::Fixed,
    ];

    /// Its key in a profile.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Number::Price => "price",
            Number::Payers => "payers",
            Number::Monthly => "monthly",
            Number::Renewal => "renewal",
            Number::Cost => "cost",
            Number::Times => "times",
            Number::Fee => "fee",
            Number::Fixed => "fixed",
        }
    }

    /// The number with this key.
    #[must_use]
    pub fn of(id: &str) -> Option<Number> {
        Number::ALL.into_iter().find(|number| number.id() == id)
    }

    /// The greatest that is accepted, in thousandths.
    #[must_use]
    pub fn most(self) -> i64 {
        match self {
            Number::Renewal | Number::Cost | Number::Fee => 100_000,
            Number::Times => 10_000_000,
            _ => 1_000_000_000_000,
        }
    }

    /// The least that is accepted, in thousandths: what is multiplied is more than nothing.
    #[must_use]
    pub fn least(self) -> i64 {
        match self {
            Number::Cost | Number::Fee | Number::Payers | Number::Monthly | Number::Fixed => 0,
            _ => 1,
        }
    }
}

/// One number, from the least to the most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Own {
    /// The stream, as an index into the options of the fact that lists them.
    pub stream: CandidateId,
    /// Which number.
    pub number: Number,
    /// The least, in thousandths.
    pub low: i64,
    /// The most, in thousandths; mostly the same.
    pub high: i64,
}

/// The numbers of a profile, sorted, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Streams {
    entries: Vec<Own>,
}

impl Streams {
    /// All of them.
    #[must_use]
    pub fn entries(&self) -> &[Own] {
        &self.entries
    }

    /// A number, as the least and the most, in thousandths.
    #[must_use]
    pub fn get(&self, stream: CandidateId, number: Number) -> Option<(i64, i64)> {
        let at = self.entries.binary_search_by_key(&(stream, number), |one| (one.stream, one.number)).ok()?;
        Some((self.entries[at].low, self.entries[at].high))
    }

    /// Writes a number down; the last word counts.
    pub fn set(&mut self, own: Own) {
        match self.entries.binary_search_by_key(&(own.stream, own.number), |one| (one.stream, one.number)) {
            Ok(at) => self.entries[at] = own,
            Err(at) => self.entries.insert(at, own),
        }
    }

    /// Takes a number back.
    pub fn clear(&mut self, stream: CandidateId, number: Number) {
        self.entries.retain(|one| (one.stream, one.number) != (stream, number));
    }
}

/// The fact whose options are the streams, if there is one.
#[must_use]
pub fn listing(facts: &Facts) -> Option<FactId> {
    facts.position(|fact| fact.options_of.is_some())
}

/// The stream with this id or label.
#[must_use]
pub fn stream(facts: &Facts, name: &str) -> Option<CandidateId> {
    let fact = &facts[listing(facts)?];
    let named = normal(name);
    let is = |id: &str, label: &crate::text::Text| id == name || normal(&label.zh) == named || normal(&label.en) == named;
    fact.options().iter().position(|option| is(&option.id, &option.label)).map(CandidateId::new)
}

/// What a column or key such as `membership.price` stands for.
#[must_use]
pub fn number(facts: &Facts, name: &str) -> Option<(CandidateId, Number)> {
    let (stream, number) = name.split_once('.')?;
    Some((self::stream(facts, stream)?, Number::of(number)?))
}

/// Reads one table: keys and numbers of a stream; every fault.
pub fn table(facts: &Facts, name: &At<String>, written: &Written, into: &mut Streams, faults: &mut Vec<Diagnostic>) {
    let Some(found) = stream(facts, &name.value) else {
        let options = listing(facts).map(|fact| &**facts[fact].options()).unwrap_or_default();
        let near = nearest(&name.value, options.iter().flat_map(|one| [one.id.as_str(), &one.label.zh, &one.label.en]));
        faults.push(Diagnostic::error("unknown-stream", name.place.clone()).with("given", &name.value).near(near));
        return;
    };
    for (key, value) in &written.entries {
        let Some(number) = Number::of(&key.value) else {
            let keys = Number::ALL.map(Number::id);
            let fault = Diagnostic::error("unknown-number", key.place.clone()).with("given", &key.value);
            faults.push(fault.with("keys", keys.join(", ")).near(nearest(&key.value, keys)));
            continue;
        };
        match &value.value {
            Value::Nothing => {}
            Value::Text(text) if crate::fact::is_unknown(text) => {}
            Value::Number(digits) => match own(number, digits) {
                Some(thousandths) => into.set(Own { stream: found, number, low: thousandths, high: thousandths }),
                None => faults.push(out_of_range(number, value)),
            },
            _ => faults.push(super::wrong_kind(value, "a number")),
        }
    }
}

/// A number as written, in thousandths, if it is one that is accepted.
#[must_use]
pub fn own(number: Number, digits: &str) -> Option<i64> {
    let found = scaled(&digits.replace('_', ""), 3).ok()?;
    (number.least()..=number.most()).contains(&found).then_some(found)
}

fn out_of_range(number: Number, value: &At<Value>) -> Diagnostic {
    let least = if number.least() == 0 { "0" } else { "0.001" };
    let fault = Diagnostic::error("number-out-of-range", value.place.clone()).with("key", number.id());
    fault.with("min", least).with("max", (number.most() / 1_000).to_string())
}
