//! The draft: what a person said so far as a profile in TOML.
//!
//! It is written with ids, so that it does not depend on a language, with the
//! question above each answer, and it reads back as exactly the same answers.

use crate::answer::{Answer, Answers};
use crate::fact::{Fact, Kind, decimal};
use crate::ids::{FactId, OptionId};
use crate::kb::KnowledgeBase;
use crate::profile::streams::{KEY, listing};
use crate::profile::{Profile, done};
use crate::text::{Lang, harmless_line};
use std::fmt::Write;

/// A profile as a JSON file, which has no comments.
#[must_use]
pub fn json(kb: &KnowledgeBase, profile: &Profile) -> String {
    let named = [("id", &profile.id), ("name", &profile.name), ("kb", &profile.base)];
    let named = named.into_iter().filter_map(|(key, text)| Some((key, quoted(text.as_ref()?))));
    let facts = kb.facts.pairs();
    let given = facts.filter_map(|(fact, one)| Some((one.id.as_str(), value(one, fact, &profile.answers)?)));
    let own = tables(kb, profile).into_iter().map(|(stream, numbers)| {
        let numbers: Vec<String> = numbers.iter().map(|(key, value)| format!("{}: {value}", quoted(key))).collect();
        format!("    {}: {{ {} }}", quoted(stream), numbers.join(", "))
    });
    let own: Vec<String> = own.collect();
    let own = (!own.is_empty()).then(|| format!("  {}: {{\n{}\n  }}", quoted(KEY), own.join(",\n")));
    let lines = named.chain(given).map(|(key, value)| format!("  {}: {value}", quoted(key)));
    let done: Vec<String> =
        done::write(&profile.done, quoted).iter().map(|(name, value)| format!("    {name}: {value}")).collect();
    let done = (!done.is_empty()).then(|| format!("  {}: {{\n{}\n  }}", quoted(done::KEY), done.join(",\n")));
    let lines: Vec<_> = lines.chain(own).chain(done).collect();
    if lines.is_empty() { "{}\n".to_owned() } else { format!("{{\n{}\n}}\n", lines.join(",\n")) }
}

/// A profile as a file; comments are in one language.
#[must_use]
pub fn write(kb: &KnowledgeBase, profile: &Profile, lang: Lang) -> String {
    let mut out = format!("# {}\n", harmless_line(kb.name.get(lang)));
    for (key, value) in [("id", &profile.id), ("name", &profile.name), ("kb", &profile.base)] {
        if let Some(value) = value {
            let _ = writeln!(out, "{key} = {}", quoted(value));
        }
    }
    for (fact, one) in kb.facts.pairs() {
        if let Some(value) = value(one, fact, &profile.answers) {
            let _ = writeln!(out, "\n# {}", harmless_line(one.question.get(lang)));
            if let Some(answer) = profile.answers.get(fact).filter(|_| !one.options().is_empty()) {
                let _ = writeln!(out, "# → {}", harmless_line(&one.words(answer, lang)));
            }
            let _ = writeln!(out, "{} = {value}", one.id);
        }
    }
    for (stream, numbers) in tables(kb, profile) {
        let _ = writeln!(out, "\n[{KEY}.{stream}]");
        for (key, value) in &numbers {
            let _ = writeln!(out, "{key} = {value}");
        }
    }
    let done = done::write(&profile.done, quoted);
    if !done.is_empty() {
        let _ = writeln!(out, "\n[{}]", done::KEY);
    }
    for (name, value) in done {
        let _ = writeln!(out, "{name} = {value}");
    }
    out
}

/// The operator's own numbers as written, by the ids of streams.
#[must_use]
pub fn tables<'a>(kb: &'a KnowledgeBase, profile: &Profile) -> Vec<(&'a str, Vec<(&'static str, String)>)> {
    let Some(fact) = listing(&kb.facts) else { return Vec::new() };
    let options = kb.facts[fact].options();
    let mut found: Vec<(&str, Vec<(&'static str, String)>)> = Vec::new();
    for own in profile.streams.entries() {
        let id = options[OptionId::new(own.stream.index())].id.as_str();
        let number = (own.number.id(), decimal(own.low, 3));
        match found.last_mut().filter(|(last, _)| *last == id) {
            Some((_, numbers)) => numbers.push(number),
            None => found.push((id, vec![number])),
        }
    }
    found
}

fn value(one: &Fact, fact: FactId, answers: &Answers) -> Option<String> {
    if answers.is_declined(fact) {
        return Some(quoted("?"));
    }
    let id = |option: OptionId| quoted(&one.options()[option].id);
    Some(match (answers.get(fact)?, &one.kind) {
        (Answer::Choice(option), _) => id(option),
        (Answer::Choices(chosen), _) => format!("[{}]", chosen.iter().map(id).collect::<Vec<_>>().join(", ")),
        (Answer::Number(number), Kind::Number(range)) => range.written(number),
        (Answer::Number(number), _) => number.to_string(),
        (Answer::YesNo(yes), _) => yes.to_string(),
    })
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out + "\""
}

#[cfg(test)]
mod tests {
    #[test]
    fn example_of_json() {
        use qun::{answer::Answers, interview::draft, kb::KnowledgeBase, profile::Profile};
        let kb = KnowledgeBase::embedded();
        let profile = Profile { id: Some("a".into()), ..Profile::of(Answers::unknown(kb.facts.len())) };
        assert_eq!(draft::json(&kb, &profile), "{\n  \"id\": \"a\"\n}\n");
    }
}
