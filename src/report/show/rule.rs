//! A rule of the law: whom it concerns, what it asks, and where that was read.

use super::Guide;
use crate::condition::Condition;
use crate::kb::law::Rule;
use crate::report::page::{Block, Page};

/// The page of a rule.
pub fn page(guide: &Guide<'_>, one: &Rule) -> Page {
    let mut screen = vec![
        Block::Lead(format!("rules/{}{}{}", one.id, guide.colon(), guide.text(&one.name))),
        Block::Text(guide.text(&one.asks)),
    ];
    let entry = |key: &str, text: String| Block::Entry(guide.say(key), text);
    let when = |key: &str, condition: &Condition| entry(key, guide.condition(condition));
    screen.push(entry("show.rule.article", guide.text(&one.article)));
    screen.push(entry("show.column.territory", guide.text(&one.territory)));
    screen.extend(one.since.as_ref().map(|since| entry("law.column.since", since.clone())));
    screen.extend(one.authority.as_ref().map(|name| entry("law.column.authority", guide.text(name))));
    screen.push(when("show.rule.when", &one.when));
    screen.extend(one.likely.as_ref().map(|likely| when("show.rule.likely", likely)));
    screen.extend(one.met.as_ref().map(|met| when("show.rule.met", met)));
    if !one.governs.is_empty() {
        let standing = if one.obtainable { "show.rule.waits" } else { "show.rule.stops" };
        screen.push(entry(standing, guide.candidates(&one.governs)));
    }
    screen.extend(one.instead.as_ref().map(|text| entry("show.rule.instead", guide.text(text))));
    screen.push(entry("law.column.sure", guide.say(&format!("sure.{}", one.sure.id()))));
    screen.push(Block::Text(guide.fill("show.sources-are", &[("sources", &guide.references(&one.sources))])));
    screen.push(Block::Text(guide.say("law.information")));
    Page { screen, sections: Vec::new() }
}
