//! Holding a written profile against the facts: every fault, nothing guessed.

use super::streams::{self, Streams};
use super::{Profile, Value, Written, done, wrong_kind};
use crate::answer::{Answer, Answers};
use crate::diagnostic::{At, Diagnostic, Level, Place};
use crate::fact::{self, Fact, Facts, Kind, LONGEST_NUMBER, NO, NumberFault, Range, YES, is_unknown, scaled};
use crate::ids::{FactId, IndexVec, OptionId, OptionSet};
use crate::profile::names::Names;
use crate::spelling::{nearest, normal};
use crate::text::Text;

/// Keys that are not facts.
pub const RESERVED: [&str; 4] = ["id", "name", "row", "kb"];

/// For how many faults of a profile the likely spelling is looked for; nobody
/// reads more of them one by one.
pub const SUGGESTED: usize = 50;

/// The profile, as far as it can be made out, and every fault in it.
pub fn check(facts: &Facts, written: &Written, faults: &mut Vec<Diagnostic>) -> Profile {
    check_with(&Names::new(facts), written, faults, SUGGESTED)
}

/// The same with names that are at hand; the likely spelling is looked for while
/// there are fewer than `suggested` faults.
pub fn check_with(names: &Names<'_>, written: &Written, faults: &mut Vec<Diagnostic>, suggested: usize) -> Profile {
    let facts = names.facts;
    let mut profile = Profile::of(Answers::unknown(facts.len()));
    let mut seen: IndexVec<FactId, Option<Place>> = IndexVec::filled(None, facts.len());
    let mut seen_reserved: [Option<Place>; RESERVED.len()] = [const { None }; RESERVED.len()];
    let twice = |key: &At<String>, name: &str, first: &Place| {
        Diagnostic::error("answer-given-twice", key.place.clone()).related(first.clone()).with("fact", name)
    };
    for (key, value) in &written.entries {
        if let Some(at) = RESERVED.iter().position(|reserved| *reserved == key.value) {
            if let Some(first) = seen_reserved[at].replace(key.place.clone()) {
                faults.push(twice(key, &key.value, &first));
                continue;
            }
            let text = match &value.value {
                Value::Text(text) => Some(text.clone()),
                Value::Number(digits) => Some(digits.clone()),
                Value::Nothing => None,
                _ => {
                    faults.push(wrong_kind(value, "a string"));
                    None
                }
            };
            match key.value.as_str() {
                "id" => profile.id = text,
                "name" => profile.name = text,
                "kb" => profile.base = text,
                _ => {}
            }
            continue;
        }
        if key.value == streams::KEY {
            own_numbers(facts, value, &mut profile.streams, faults);
            continue;
        }
        if key.value == done::KEY {
            done::read(value, &mut profile.done, faults);
            continue;
        }
        let formerly = || {
            let at = fact::formerly(facts, &key.value)?;
            profile.outdated.push(former(&key.value, &key.place, &facts[at].label));
            Some(at)
        };
        let Some(at) = names.fact(&key.value).or_else(formerly) else {
            if let Some((stream, number)) =
                key.value.split_once('.').filter(|(stream, _)| streams::stream(facts, stream).is_some())
            {
                let at = |value: &str| At { value: value.to_owned(), place: key.place.clone() };
                let entries = vec![(at(number), value.clone())];
                let written = Written { entries, place: key.place.clone() };
                streams::table(facts, &at(stream), &written, &mut profile.streams, faults);
                continue;
            }
            faults.push(unknown_fact(facts, key, faults.len() < suggested));
            continue;
        };
        if let Some(first) = &seen[at] {
            faults.push(twice(key, &facts[at].id, first));
            continue;
        }
        seen[at] = Some(key.place.clone());
        let more = suggested.saturating_sub(faults.len());
        let asked = Asked { names, at, fact: &facts[at], suggested: more };
        match asked.read(value, &mut profile.outdated) {
            Ok(Given::Answer(answer)) => profile.answers.set(at, Some(answer)),
            Ok(Given::Declined) => profile.answers.decline(at),
            Ok(Given::Nothing) => {}
            Err(found) => faults.extend(found),
        }
    }
    profile
}

/// The table of the operator's own numbers: one table for each stream.
fn own_numbers(facts: &Facts, value: &At<Value>, into: &mut Streams, faults: &mut Vec<Diagnostic>) {
    match &value.value {
        Value::Nothing => {}
        Value::Table(all) => {
            for (name, one) in &all.entries {
                match &one.value {
                    Value::Nothing => {}
                    Value::Table(table) => streams::table(facts, name, table, into, faults),
                    _ => faults.push(wrong_kind(one, "a table")),
                }
            }
        }
        _ => faults.push(wrong_kind(value, "a table")),
    }
}

enum Given {
    Answer(Answer),
    Declined,
    Nothing,
}

/// The fact that a value is given for.
#[derive(Clone, Copy)]
struct Asked<'a> {
    names: &'a Names<'a>,
    at: FactId,
    fact: &'a Fact,
    /// For how many faults more the likely spelling is looked for.
    suggested: usize,
}

impl Asked<'_> {
    /// The answer; options that are given by a former name are noted.
    fn read(self, value: &At<Value>, outdated: &mut Vec<Diagnostic>) -> Result<Given, Vec<Diagnostic>> {
        let fact = self.fact;
        match (&fact.kind, &value.value) {
            (_, Value::Nothing) => Ok(Given::Nothing),
            (_, Value::Text(text)) if is_unknown(text) => Ok(Given::Declined),
            (_, Value::List(items)) if matches!(items.as_slice(), [only] if is_unknown(&only.value)) => Ok(Given::Declined),
            (Kind::YesNo, Value::YesNo(yes)) => Ok(Given::Answer(Answer::YesNo(*yes))),
            (Kind::YesNo, Value::Text(text)) => match normal(text).to_lowercase() {
                word if YES.contains(&word.as_str()) => Ok(Given::Answer(Answer::YesNo(true))),
                word if NO.contains(&word.as_str()) => Ok(Given::Answer(Answer::YesNo(false))),
                _ => Err(vec![wrong_kind(value, "true or false")]),
            },
            (Kind::YesNo, _) => Err(vec![wrong_kind(value, "true or false")]),
            (Kind::Number(range), Value::Number(digits)) => {
                number(fact, range, digits, value).map(|number| Given::Answer(Answer::Number(number)))
            }
            (Kind::Number(_), _) => Err(vec![wrong_kind(value, "a number")]),
            (Kind::Choice(_), Value::Text(text)) => {
                let option = self.option(text, &value.place, self.suggested > 0, outdated).map_err(|fault| vec![*fault])?;
                Ok(Given::Answer(Answer::Choice(option)))
            }
            (Kind::Choice(_), _) => Err(vec![wrong_kind(value, "one option in quotes")]),
            (Kind::Choices { .. }, Value::Text(text)) => {
                self.choices(&[At { value: text.clone(), place: value.place.clone() }], value, outdated)
            }
            (Kind::Choices { .. }, Value::List(items)) => self.choices(items, value, outdated),
            (Kind::Choices { .. }, _) => Err(vec![wrong_kind(value, "a list of options in quotes")]),
        }
    }

    fn choices(self, items: &[At<String>], whole: &At<Value>, outdated: &mut Vec<Diagnostic>) -> Result<Given, Vec<Diagnostic>> {
        let fact = self.fact;
        let Kind::Choices { at_most, none, .. } = &fact.kind else { return Ok(Given::Nothing) };
        let mut faults = Vec::new();
        let mut chosen = OptionSet::EMPTY;
        for item in items {
            match self.option(&item.value, &item.place, faults.len() < self.suggested, outdated) {
                Ok(option) if chosen.contains(option) => {
                    faults.push(Diagnostic::error("option-given-twice", item.place.clone()).with("given", &item.value));
                }
                Ok(option) => chosen = chosen.with(option),
                Err(fault) => faults.push(*fault),
            }
        }
        let fault = |name| Diagnostic::error(name, whole.place.clone()).with("fact", &fact.id);
        if items.is_empty() {
            faults.push(fault("empty-list").with("none", none.map_or("?", |none| &fact.options()[none].id)));
        } else if faults.is_empty() && chosen.len() > *at_most {
            faults.push(fault("too-many-choices").with("limit", at_most.to_string()));
        } else if let Some(none) = none.filter(|none| faults.is_empty() && chosen.contains(*none) && chosen.len() > 1) {
            faults.push(fault("none-and-others").with("none", &fact.options()[none].id));
        }
        if faults.is_empty() { Ok(Given::Answer(Answer::Choices(chosen))) } else { Err(faults) }
    }

    fn option(
        self,
        given: &str,
        place: &Place,
        suggests: bool,
        outdated: &mut Vec<Diagnostic>,
    ) -> Result<OptionId, Box<Diagnostic>> {
        let fact = self.fact;
        if let Some(option) = self.names.option(self.at, given) {
            return Ok(option);
        }
        if let Some(option) = fact.former_option(given) {
            outdated.push(former(given, place, &fact.options()[option].label));
            return Ok(option);
        }
        let ids: Vec<_> = fact.options().iter().map(|option| option.id.as_str()).collect();
        let fault = Diagnostic::error("unknown-answer", place.clone());
        Err(fault
            .with("given", given)
            .with("fact", &fact.id)
            .with("options", ids.join(", "))
            .near(if suggests { nearest(given, fact.spellings()) } else { None })
            .into())
    }
}

fn number(fact: &Fact, range: &Range, digits: &str, value: &At<Value>) -> Result<i64, Vec<Diagnostic>> {
    let fault = |name| Diagnostic::error(name, value.place.clone()).with("fact", &fact.id);
    let limits = |fault: Diagnostic| fault.with("min", range.written(range.min)).with("max", range.written(range.max));
    match scaled(&digits.replace('_', ""), range.decimals) {
        Ok(number) if (range.min..=range.max).contains(&number) => Ok(number),
        Ok(_) | Err(NumberFault::TooLarge) => Err(vec![limits(fault("out-of-range"))]),
        Err(NumberFault::TooFine) => Err(vec![fault("too-fine").with("decimals", range.decimals.to_string())]),
        Err(NumberFault::TooLong) => Err(vec![fault("number-too-long").with("limit", LONGEST_NUMBER.to_string())]),
        Err(NumberFault::NotANumber) => Err(vec![wrong_kind(value, "a number")]),
    }
}

/// That a fact or an option is called otherwise now.
#[must_use]
pub fn former(given: &str, place: &Place, now: &Text) -> Diagnostic {
    let found = Diagnostic::error("former-name", place.clone()).at(Level::Warning);
    found.with("given", given).text("now", now.clone())
}

fn unknown_fact(facts: &Facts, key: &At<String>, suggests: bool) -> Diagnostic {
    let spellings = facts.iter().flat_map(|fact| [fact.id.as_str(), &fact.label.zh, &fact.label.en]);
    Diagnostic::error("unknown-answer-key", key.place.clone()).with("given", &key.value).near(if suggests {
        nearest(&key.value, spellings)
    } else {
        None
    })
}
