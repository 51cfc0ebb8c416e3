//! A candidate: its texts, what speaks for and against it, what it needs.

use super::Guide;
use crate::condition::Condition;
use crate::fact::spoken;
use crate::ids::{CandidateId, DecisionId};
use crate::kb::money::{Factor, Unit};
use crate::kb::{Candidate, Evidence, Need};
use crate::report::page::{Block, Page, Section};
use crate::report::phrases::dated;
use std::cmp::Reverse;

/// The page of a candidate.
pub fn page(guide: &Guide<'_>, decision: DecisionId, candidate: CandidateId) -> Page {
    let of = &guide.kb.decisions[decision];
    let one = guide.kb.candidate(decision, candidate);
    let mut screen = vec![
        Block::Lead(format!("{}/{}{}{}", of.folder, one.id, guide.colon(), guide.text(&one.name))),
        Block::Text(guide.text(&one.summary)),
    ];
    if !one.groups.is_empty() {
        let groups: Vec<String> = one.groups.iter().map(|group| guide.text(&of.groups[*group].name)).collect();
        screen.push(Block::Text(guide.fill("show.groups", &[("groups", &groups.join(", "))])));
    }
    for (key, candidates) in [("show.grows-into", &one.grows_into), ("show.after", &one.after)] {
        if !candidates.is_empty() {
            screen.push(Block::Text(guide.fill(key, &[("names", &guide.names(decision, candidates))])));
        }
    }
    screen.push(Block::Text(guide.fill("show.sources-are", &[("sources", &guide.references(&one.sources))])));
    let mut sections: Vec<Section> = Vec::new();
    sections.extend(guide.section("show.texts", texts(guide, decision, one)));
    sections.extend(evidence(guide, one));
    sections.extend(guide.points("show.needs", one.needs.iter().map(|need| need_line(guide, need)).collect()));
    sections.extend(guide.points("show.figures", figures(guide, one)));
    sections.extend(guide.points("show.money", money(guide, one)));
    sections.extend(guide.points("show.follows", follows(guide, decision, candidate)));
    let cases = guide
        .kb
        .cases
        .iter()
        .filter(|case| case.expect.iter().any(|(at, labels)| *at == decision && labels.contains(&candidate)));
    let cases = cases.map(|case| format!("cases/{}{}{}", case.id, guide.colon(), guide.text(&case.name)));
    sections.extend(guide.points("show.its-cases", cases.collect()));
    Page { screen, sections }
}

fn texts(guide: &Guide<'_>, decision: DecisionId, one: &Candidate) -> Vec<Block> {
    let entry = |(section, text): (&crate::kb::Section, &Option<crate::kb::SourcedText>)| {
        let text = text.as_ref()?;
        let words = format!("{} [{}]", text.text.get(guide.lang), guide.references(&text.sources));
        Some(Block::Entry(guide.text(&section.heading), words))
    };
    guide.kb.decisions[decision].sections.iter().zip(&one.texts).filter_map(entry).collect()
}

/// The lines of evidence, the biggest for it first, then the biggest against it.
fn evidence(guide: &Guide<'_>, one: &Candidate) -> Option<Section> {
    let mut lines: Vec<&Evidence> = one.evidence.iter().collect();
    lines.sort_by_key(|line| (line.points < 0, Reverse(line.points.abs())));
    let row = |line: &&Evidence| {
        vec![
            format!("{:+}", line.points),
            guide.text(&line.statement),
            guide.condition(&line.when),
            guide.references(&line.sources),
        ]
    };
    let keys = ["column.points", "column.trait", "show.column.when", "column.source"];
    let heads = keys.map(|key| guide.say(key)).to_vec();
    let table = (!lines.is_empty()).then(|| Block::Table(heads, lines.iter().map(row).collect()));
    guide.section("show.evidence", table.into_iter().collect())
}

fn need_line(guide: &Guide<'_>, need: &Need) -> String {
    let kind = match (need.law, need.fixed) {
        (true, true) => guide.say("show.need-law-fixed"),
        (true, false) => guide.say("show.need-law"),
        (false, true) => guide.say("show.need-fixed"),
        (false, false) => String::new(),
    };
    let (when, lacks, sources) = (guide.condition(&need.when), guide.text(&need.lacks), guide.references(&need.sources));
    guide.fill("show.need", &[("when", &when), ("lacks", &lacks), ("kind", &kind), ("sources", &sources)])
}

fn figures(guide: &Guide<'_>, one: &Candidate) -> Vec<String> {
    let line = |figure: &crate::kb::Figure| {
        let range = crate::report::phrases::range(guide.kb, figure, guide.lang);
        let (label, sources) = (figure.label.get(guide.lang), guide.references(&figure.sources));
        let gaps =
            [("label", label), ("range", range.as_str()), ("as-of", dated(&figure.as_of, guide.lang)), ("sources", &sources)];
        guide.fill("show.figure", &gaps)
    };
    one.figures.iter().map(line).collect()
}

/// How it brings in money: who pays, and every factor with its condition and origin.
fn money(guide: &Guide<'_>, one: &Candidate) -> Vec<String> {
    let Some(chain) = &one.money else { return Vec::new() };
    let gaps = [("payer", chain.payer.get(guide.lang)), ("per", chain.per.get(guide.lang))];
    let first = guide.fill("show.money-paid", &gaps);
    std::iter::once(first).chain(chain.factors.iter().map(|one| factor(guide, one))).collect()
}

/// A factor: its range, when it applies, and where it comes from.
pub fn factor(guide: &Guide<'_>, factor: &Factor) -> String {
    let ends = [factor.low, factor.high].map(|end| spoken(end, 3, guide.lang));
    let range = if factor.low == factor.high { ends[0].clone() } else { ends.join("–") };
    let unit = match factor.unit {
        Unit::Percent => "%".to_owned(),
        Unit::People | Unit::Times => String::new(),
        Unit::Currency(unit) => format!(" {}", guide.text(&guide.kb.units[unit].name)),
    };
    let when = factor.when.as_ref().map(|when| guide.fill("show.money-when", &[("when", &guide.condition(when))]));
    let origin = factor.sourced.as_ref().map_or_else(
        || guide.references(&factor.sources),
        |sourced| {
            let counted = [sourced.counted.get(guide.lang), dated(&sourced.as_of, guide.lang), sourced.territory.get(guide.lang)];
            format!("{}; {}", counted.join(", "), guide.references(&factor.sources))
        },
    );
    let name = guide.say(&format!("money.factor.{}", factor.role.id()));
    let gaps = [("factor", name), ("range", range + &unit), ("when", when.unwrap_or_default()), ("origin", origin)];
    let gaps = gaps.each_ref().map(|(gap, value)| (*gap, value.as_str()));
    guide.fill("show.money-factor", &gaps)
}

/// The lines of later decisions that read whether this candidate is kept.
fn follows(guide: &Guide<'_>, decision: DecisionId, candidate: CandidateId) -> Vec<String> {
    let reads = |condition: &Condition| {
        let mut found = false;
        let here = Condition::Chosen { decision, candidate };
        condition.atoms(&mut |atom| found |= *atom == here);
        found
    };
    let mut found = Vec::new();
    for later in &guide.kb.decisions {
        for one in &later.candidates {
            let lines = one.evidence.iter().filter(|line| reads(&line.when));
            found.extend(lines.map(|line| {
                let (path, points) = (format!("{}/{}", later.folder, one.id), format!("{:+}", line.points));
                let gaps = [("points", points.as_str()), ("path", &path), ("trait", line.statement.get(guide.lang))];
                guide.fill("show.line", &gaps)
            }));
        }
    }
    found
}
