//! What cases report against the ranges of the base: a page, and JSON.

use super::money::rounded;
use super::page::{Block, Page, Section};
use crate::calibrate::money::Tried;
use crate::fact::decimal;
use crate::kb::KnowledgeBase;
use crate::text::Lang;
use crate::words;
use serde_json::{Value, json};

/// The version of the JSON.
pub const FORMAT: u32 = 1;

/// The values of the cases that the base was made with, and of those kept apart.
#[derive(Debug, Clone)]
pub struct Findings<'a> {
    /// The base.
    pub kb: &'a KnowledgeBase,
    /// Values of the former.
    pub seen: Vec<Tried>,
    /// Values of the latter.
    pub unseen: Vec<Tried>,
}

/// How many lie in their range, and how many have one.
fn count(all: &[Tried]) -> (usize, usize) {
    (all.iter().filter(|one| one.is_inside()).count(), all.iter().filter(|one| one.range.is_some()).count())
}

/// How often a reported value lies in the range that is meant to hold it.
#[must_use]
pub fn page(found: &Findings<'_>, lang: Lang) -> Page {
    let fill = |key: &str, all: &[Tried]| {
        let (inside, ranged) = count(all);
        let cases: std::collections::BTreeSet<&str> = all.iter().map(|one| one.case.as_str()).collect();
        let gaps = [
            ("inside", inside.to_string()),
            ("ranged", ranged.to_string()),
            ("all", all.len().to_string()),
            ("cases", cases.len().to_string()),
        ];
        words::fill(key, lang, &gaps.each_ref().map(|(gap, value)| (*gap, value.as_str())))
    };
    let mut screen = vec![Block::Lead(fill("reported.lead", &found.seen))];
    if !found.unseen.is_empty() {
        screen.push(Block::Text(fill("reported.unseen", &found.unseen)));
    }
    screen.push(Block::Text(words::say("reported.meaning", lang).to_owned()));
    let rows: Vec<Vec<String>> = found.seen.iter().chain(&found.unseen).map(|one| row(found.kb, one, lang)).collect();
    let heads = ["case", "stream", "what", "reported", "range", "inside"];
    let heads = heads.map(|key| words::say(&format!("reported.column.{key}"), lang).to_owned()).to_vec();
    let heading = words::say("reported.values", lang).to_owned();
    let sections = Section::unless_empty(heading, vec![Block::Table(heads, rows)]);
    Page { screen, sections: sections.into_iter().collect() }
}

fn row(kb: &KnowledgeBase, one: &Tried, lang: Lang) -> Vec<String> {
    let inside = match (one.range, one.is_inside()) {
        (None, _) => "reported.no-range",
        (_, true) => "reported.yes",
        (_, false) => "reported.no",
    };
    vec![
        one.case.clone(),
        kb.candidate(one.stream.0, one.stream.1).name.get(lang).to_owned(),
        words::say(&format!("reported.what.{}", one.what.id()), lang).to_owned(),
        format!("{} {}", span(one.reported), kb.units[one.unit].name.get(lang)),
        one.range.map_or_else(String::new, |(low, high)| span((short(low), short(high)))),
        words::say(inside, lang).to_owned(),
    ]
}

fn span((low, high): (i64, i64)) -> String {
    if low == high { decimal(low, 3) } else { format!("{}–{}", decimal(low, 3), decimal(high, 3)) }
}

/// An end at two significant digits.
fn short(end: i64) -> i64 {
    i64::try_from(rounded(end.into())).unwrap_or(end)
}

/// The same as JSON; values are in thousandths.
#[must_use]
pub fn json(found: &Findings<'_>) -> Value {
    let one = |one: &Tried| {
        json!({
            "case": one.case,
            "stream": found.kb.candidate(one.stream.0, one.stream.1).id,
            "what": one.what.id(),
            "unit": found.kb.units[one.unit].id,
            "reported": [one.reported.0, one.reported.1],
            "range": one.range.map(|(low, high)| [low, high]),
            "inside": one.is_inside(),
        })
    };
    let block = |all: &[Tried]| {
        let (inside, ranged) = count(all);
        json!({ "inside": inside, "ranged": ranged, "values": all.iter().map(one).collect::<Vec<_>>() })
    };
    json!({ "format": FORMAT, "seen": block(&found.seen), "unseen": block(&found.unseen) })
}
