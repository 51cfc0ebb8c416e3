//! A fact: its question, and everything that each of its answers speaks for.

use super::Guide;
use crate::answer::{Answer, Answers};
use crate::condition::{Condition, Variable};
use crate::fact::{Kind, Nature};
use crate::ids::{FactId, OptionId, OptionSet};
use crate::kb::Evidence;
use crate::kb::blocks::{domain, thresholds};
use crate::report::page::{Block, Page, Section};
use crate::truth::Truth;
use std::cmp::Reverse;

/// The page of a fact.
pub fn page(guide: &Guide<'_>, fact: FactId) -> Page {
    let one = &guide.kb.facts[fact];
    let nature = if one.nature == Nature::Stated { "show.stated" } else { "show.observed" };
    let mut screen = vec![
        Block::Lead(format!("facts/{}{}{}", one.id, guide.colon(), guide.text(&one.label))),
        Block::Text(guide.text(&one.question)),
        Block::Text(guide.text(&one.help)),
        Block::Text(guide.fill("show.example", &[("example", one.example.get(guide.lang))])),
        Block::Text(guide.say(nature)),
        Block::Text(guide.fill("show.sources-are", &[("sources", &guide.references(&one.sources))])),
    ];
    if let Kind::Number(range) = &one.kind {
        let (low, high) = (guide.number(fact, range.min), guide.number(fact, range.max));
        screen.push(Block::Text(guide.fill("show.range", &[("low", &low), ("high", &high)])));
    }
    let mut blocks = Vec::new();
    let all = answers(guide, fact);
    for (name, answer) in &all {
        let option = match answer {
            Answer::Choice(option) => Some(*option),
            Answer::Choices(options) => options.iter().next(),
            _ => None,
        };
        let help = option.and_then(|option| one.options()[option].help.as_ref());
        blocks.push(Block::Heading(name.clone()));
        blocks.extend(help.map(|help| Block::Text(guide.text(help))));
        let lines = speaks_for(guide, fact, *answer, &all);
        blocks.push(if lines.is_empty() { Block::Text(guide.say("show.speaks-for-none")) } else { Block::Points(lines) });
    }
    let sections: Vec<Section> =
        [guide.section("show.speaks-for", blocks), guide.points("show.needed-by", needed_by(guide, fact))]
            .into_iter()
            .flatten()
            .collect();
    Page { screen, sections }
}

/// One answer per option, per side of yes and no, or per range between thresholds.
fn answers(guide: &Guide<'_>, fact: FactId) -> Vec<(String, Answer)> {
    let one = &guide.kb.facts[fact];
    let label = |option: OptionId| {
        let option = &one.options()[option];
        format!("{}{}{}", option.id, guide.colon(), guide.text(&option.label))
    };
    let bounds = thresholds(guide.kb.conditions());
    match &one.kind {
        Kind::Choices { options, .. } => options.ids().map(|at| (label(at), Answer::Choices(OptionSet::of(at)))).collect(),
        Kind::Choice(options) => options.ids().map(|at| (label(at), Answer::Choice(at))).collect(),
        Kind::YesNo => domain(one, None).into_iter().map(|answer| (one.words(answer, guide.lang), answer)).collect(),
        Kind::Number(_) => {
            let cells = domain(one, bounds.get(&fact));
            let low = |cell: &Answer| if let Answer::Number(number) = cell { *number } else { 0 };
            let name = |at: usize| {
                let from = guide.number(fact, low(&cells[at]));
                match cells.get(at + 1) {
                    Some(next) if at == 0 => guide.fill("show.below", &[("number", &guide.number(fact, low(next)))]),
                    Some(next) => guide.fill("show.between", &[("low", &from), ("high", &guide.number(fact, low(next)))]),
                    None => guide.fill("show.at-least", &[("number", &from)]),
                }
            };
            cells.iter().enumerate().map(|(at, cell)| (name(at), *cell)).collect()
        }
    }
}

/// What a condition is worth while nothing is known but one answer.
fn alone(guide: &Guide<'_>, fact: FactId, answer: Answer, when: &Condition) -> Truth {
    let mut only = Answers::unknown(guide.kb.facts.len());
    only.set(fact, Some(answer));
    when.truth(&only, &())
}

/// The lines of every candidate that this answer makes hold by itself, or leaves
/// to other answers where another one would rule them out; the biggest first,
/// decision by decision.
fn speaks_for(guide: &Guide<'_>, fact: FactId, answer: Answer, all: &[(String, Answer)]) -> Vec<String> {
    let reads = |when: &Condition| when.variables().contains(&Variable::Fact(fact));
    let mut found = Vec::new();
    for decision in &guide.kb.decisions {
        let mut lines: Vec<(Truth, String, &Evidence)> = Vec::new();
        for one in &decision.candidates {
            for line in one.evidence.iter().filter(|line| reads(&line.when)) {
                let truth = alone(guide, fact, answer, &line.when);
                let rules_out = |(_, other): &(String, Answer)| alone(guide, fact, *other, &line.when) == Truth::No;
                if truth == Truth::Yes || (truth == Truth::Unknown && all.iter().any(rules_out)) {
                    lines.push((truth, format!("{}/{}", decision.folder, one.id), line));
                }
            }
        }
        lines.sort_by_key(|(truth, _, line)| (*truth == Truth::Unknown, line.points < 0, Reverse(line.points.abs())));
        found.extend(lines.into_iter().map(|(truth, path, line)| {
            let key = if truth == Truth::Yes { "show.line" } else { "show.line-with-others" };
            let (points, when) = (format!("{:+}", line.points), guide.condition(&line.when));
            let gaps = [("points", points.as_str()), ("path", &path), ("trait", line.statement.get(guide.lang)), ("when", &when)];
            guide.fill(key, &gaps)
        }));
    }
    found
}

/// The needs of candidates that ask for it.
fn needed_by(guide: &Guide<'_>, fact: FactId) -> Vec<String> {
    let mut found = Vec::new();
    for decision in &guide.kb.decisions {
        for one in &decision.candidates {
            let needs = one.needs.iter().filter(|need| need.when.variables().contains(&Variable::Fact(fact)));
            found.extend(needs.map(|need| {
                let (path, when) = (format!("{}/{}", decision.folder, one.id), guide.condition(&need.when));
                guide.fill("show.needs-it", &[("path", &path), ("when", &when), ("lacks", need.lacks.get(guide.lang))])
            }));
        }
    }
    found
}
