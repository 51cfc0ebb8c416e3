//! Lists: what there is to look at, and every kind of thing one below the other.

use super::{Guide, source};
use crate::fact::Kind;
use crate::ids::{DecisionId, FactGroupId, SourceId};
use crate::kb::find::Topic;
use crate::report::page::{Block, Page, Section};
use crate::text::Text;

/// What there is to look at.
pub fn overview(guide: &Guide<'_>) -> Page {
    let kb = guide.kb;
    let mut rows: Vec<Vec<String>> = kb
        .decisions
        .iter()
        .map(|one| vec![format!("qun show {}", one.folder), guide.text(&one.heading), one.candidates.len().to_string()])
        .collect();
    rows.extend(Topic::ALL.iter().map(|topic| {
        let count = match topic {
            Topic::Facts => kb.facts.len(),
            Topic::Cases => kb.cases.len(),
            Topic::Rules => kb.rules.len(),
            Topic::Trades => kb.trades.len(),
            Topic::Platforms => kb.platforms.len(),
            Topic::Sources => kb.sources.documents.len(),
            Topic::Claims => kb.sources.claims.len(),
            Topic::Gaps => kb.sources.gaps.len(),
            Topic::Restored => kb.sources.restored.len(),
        };
        let what = guide.say(title(*topic));
        vec![format!("qun show {}", topic.id()), what, count.to_string()]
    }));
    let lead = guide.fill("show.base", &[("name", kb.name.get(guide.lang)), ("version", &kb.version), ("hash", &kb.hash)]);
    let heads = ["show.column.command", "show.column.what", "show.column.count"].map(|key| guide.say(key)).to_vec();
    Page { screen: vec![Block::Lead(lead), Block::Table(heads, rows), Block::Text(guide.say("show.how"))], sections: Vec::new() }
}

/// The key of a topic's title.
fn title(topic: Topic) -> &'static str {
    match topic {
        Topic::Facts => "show.topic.facts",
        Topic::Cases => "show.topic.cases",
        Topic::Rules => "show.topic.rules",
        Topic::Trades => "show.topic.trades",
        Topic::Platforms => "show.topic.platforms",
        Topic::Sources => "show.topic.sources",
        Topic::Claims => "show.topic.claims",
        Topic::Gaps => "show.topic.gaps",
        Topic::Restored => "show.topic.restored",
    }
}

/// A table with a lead that says how many rows it has.
fn list(guide: &Guide<'_>, title: &str, heads: &[&str], rows: Vec<Vec<String>>) -> Page {
    let lead = guide.fill("show.list", &[("title", title), ("n", &rows.len().to_string())]);
    let heads = heads.iter().map(|key| guide.say(key)).collect();
    Page { screen: vec![Block::Lead(lead), Block::Table(heads, rows)], sections: Vec::new() }
}

/// The candidates of a decision.
pub fn decision(guide: &Guide<'_>, decision: DecisionId) -> Page {
    let of = &guide.kb.decisions[decision];
    let row = |one: &crate::kb::Candidate| vec![one.id.clone(), guide.text(&one.name), guide.text(&one.summary)];
    let rows = of.candidates.iter().map(row).collect();
    list(guide, of.heading.get(guide.lang), &["show.column.id", "show.column.name", "show.column.summary"], rows)
}

/// The facts, group by group.
pub fn facts(guide: &Guide<'_>) -> Page {
    let kb = guide.kb;
    let kind = |kind: &Kind| match kind {
        Kind::Choice(_) => guide.say("show.kind.choice"),
        Kind::Choices { at_most, .. } => guide.fill("show.kind.choices", &[("n", &at_most.to_string())]),
        Kind::Number(_) => guide.say("show.kind.number"),
        Kind::YesNo => guide.say("show.kind.yes-no"),
    };
    let heads = ["show.column.id", "show.column.name", "show.column.question", "show.column.kind"];
    let group = |(number, group): (FactGroupId, &crate::kb::Named)| {
        let facts = kb.facts.iter().filter(|fact| fact.group == number);
        let rows: Vec<Vec<String>> = facts
            .map(|fact| vec![fact.id.clone(), guide.text(&fact.label), guide.text(&fact.question), kind(&fact.kind)])
            .collect();
        let heads = heads.iter().map(|key| guide.say(key)).collect();
        (!rows.is_empty()).then(|| Section { heading: guide.text(&group.name), blocks: vec![Block::Table(heads, rows)] })
    };
    let lead = guide.fill("show.list", &[("title", &guide.say(title(Topic::Facts))), ("n", &kb.facts.len().to_string())]);
    Page { screen: vec![Block::Lead(lead)], sections: kb.groups.pairs().filter_map(group).collect() }
}

/// A list by id and name, with one more column.
fn named<'a>(guide: &Guide<'_>, topic: Topic, column: &str, of: impl Iterator<Item = (&'a String, &'a Text, String)>) -> Page {
    let rows = of.map(|(id, name, more)| vec![id.clone(), guide.text(name), more]).collect();
    list(guide, &guide.say(title(topic)), &["show.column.id", "show.column.name", column], rows)
}

/// The cases with their labels.
pub fn cases(guide: &Guide<'_>) -> Page {
    let of = guide.kb.cases.iter().map(|one| (&one.id, &one.name, guide.labels(one)));
    named(guide, Topic::Cases, "show.column.labels", of)
}

/// What the law asks, and where.
pub fn rules(guide: &Guide<'_>) -> Page {
    let of = guide.kb.rules.iter().map(|one| (&one.id, &one.name, guide.text(&one.territory)));
    named(guide, Topic::Rules, "show.column.territory", of)
}

/// The trades.
pub fn trades(guide: &Guide<'_>) -> Page {
    let of = guide.kb.trades.iter().map(|one| (&one.id, &one.name, guide.text(&one.summary)));
    named(guide, Topic::Trades, "show.column.summary", of)
}

/// The platforms, and what they cost.
pub fn platforms(guide: &Guide<'_>) -> Page {
    let of = guide.kb.platforms.iter().map(|one| (&one.id, &one.name, guide.text(&one.fee)));
    named(guide, Topic::Platforms, "show.column.fee", of)
}

/// The documents, and how many entries lean on each.
pub fn sources(guide: &Guide<'_>) -> Page {
    let citations = guide.kb.citations();
    let row = |document: &crate::kb::Document| {
        let cites = |reference: &String| reference.split('#').next() == Some(document.id.as_str());
        let mut holders: Vec<_> = citations.iter().filter(|one| one.sources.iter().any(cites)).map(|one| one.holder).collect();
        holders.dedup();
        vec![document.id.clone(), guide.text(&document.title), holders.len().to_string()]
    };
    let rows = guide.kb.sources.documents.iter().map(row).collect();
    list(guide, &guide.say(title(Topic::Sources)), &["show.column.id", "show.column.name", "show.column.leaning"], rows)
}

/// What the documents leave out.
pub fn gaps(guide: &Guide<'_>) -> Page {
    let document = |at: SourceId| guide.kb.sources.documents[at].id.clone();
    let row = |gap: &crate::kb::Gap| vec![gap.id.clone(), guide.text(&gap.text), gap.document.map(document).unwrap_or_default()];
    let rows = guide.kb.sources.gaps.iter().map(row).collect();
    list(guide, &guide.say(title(Topic::Gaps)), &["show.column.id", "show.column.missing", "column.source"], rows)
}

/// Damaged words and their meaning.
pub fn restored(guide: &Guide<'_>) -> Page {
    let words = source::restored(guide, None);
    let lead = guide.fill("show.list", &[("title", &guide.say(title(Topic::Restored))), ("n", &words.len().to_string())]);
    Page { screen: vec![Block::Lead(lead), Block::Points(words)], sections: Vec::new() }
}
