//! What real communities earn with against the advised order: a page, and JSON.

use super::page::{Block, Page, Section};
use super::promises;
use crate::calibrate::earning::{Earning, Measure, Miss};
use crate::calibrate::promises::Broken;
use crate::ids::{CandidateId, DecisionId};
use crate::kb::KnowledgeBase;
use crate::text::Lang;
use crate::words;
use serde_json::{Value, json};

/// The version of the JSON.
pub const FORMAT: u32 = 1;

/// The cases that the base was made with, and those kept apart, if there are any.
#[derive(Debug, Clone)]
pub struct Findings<'a> {
    /// The base that judged.
    pub kb: &'a KnowledgeBase,
    /// What came out of the cases that the base was made with.
    pub seen: Earning,
    /// What came out of the cases that are kept apart.
    pub unseen: Option<Earning>,
    /// Promises about the former that are not kept.
    pub broken: Vec<Broken>,
}

/// The findings as a page: the answer first, then every case that was missed.
#[must_use]
pub fn page(found: &Findings<'_>, lang: Lang) -> Page {
    let seen = &found.seen;
    let heading = found.kb.decisions[seen.decision].heading.get(lang);
    if seen.cases == 0 {
        let text = words::fill("earning.none", lang, &[("decision", heading)]);
        return Page { screen: vec![Block::Lead(text)], sections: Vec::new() };
    }
    let mut screen = vec![Block::Lead(words::fill(
        "earning.lead",
        lang,
        &[("first", &seen.ours.first.to_string()), ("all", &seen.cases.to_string()), ("auc", &hundredths(seen.ours.auc))],
    ))];
    screen.extend(promises::block(found.kb, &found.broken, lang));
    screen.extend(measures(seen, lang));
    let hidden: Vec<&str> = seen.hidden.iter().map(|fact| found.kb.facts[*fact].label.get(lang)).collect();
    screen.push(Block::Entry(words::say("earning.hidden", lang).to_owned(), hidden.join(words::say("line.list-joint", lang))));
    if let Some(unseen) = found.unseen.as_ref().filter(|unseen| unseen.cases > 0) {
        screen.push(Block::Heading(words::say("earning.unseen", lang).to_owned()));
        screen.extend(measures(unseen, lang));
    }
    let misses: Vec<String> = seen.misses.iter().map(|miss| told(found.kb, seen.decision, miss, lang)).collect();
    let blocks = if misses.is_empty() { Vec::new() } else { vec![Block::Points(misses)] };
    let sections = Section::unless_empty(words::say("earning.misses", lang).to_owned(), blocks);
    Page { screen, sections: sections.into_iter().collect() }
}

fn measures(found: &Earning, lang: Lang) -> Vec<Block> {
    let say = |key: &str| words::say(key, lang).to_owned();
    let of = |n: usize, all: usize| words::fill("exam.of", lang, &[("n", &n.to_string()), ("all", &all.to_string())]);
    let row = |key: &str, measure: &Measure| {
        vec![say(key), of(measure.first, found.cases), hundredths(measure.auc), hundredths(measure.precision)]
    };
    let heads = ["earning.order", "earning.first", "earning.auc", "earning.precision"].map(say).to_vec();
    let rows =
        vec![row("earning.ours", &found.ours), row("earning.of-kind", &found.of_kind), row("earning.frequent", &found.frequent)];
    vec![Block::Table(heads, rows), Block::Entry(say("earning.refused"), of(found.refused, found.running))]
}

fn told(kb: &KnowledgeBase, decision: DecisionId, miss: &Miss, lang: Lang) -> String {
    let named = |one: CandidateId| kb.candidate(decision, one).name.get(lang);
    let runs: Vec<String> = miss.runs.iter().map(|(one, place)| format!("{} ({place})", named(*one))).collect();
    let joint = words::say("line.list-joint", lang);
    let gaps = [("case", miss.case.as_str()), ("first", named(miss.first)), ("runs", &runs.join(joint))];
    let text = words::fill("earning.miss", lang, &gaps);
    if miss.refused.is_empty() {
        return text;
    }
    let refused: Vec<&str> = miss.refused.iter().map(|one| named(*one)).collect();
    text + &words::fill("earning.miss-refused", lang, &[("names", &refused.join(joint))])
}

fn hundredths(part: f64) -> String {
    format!("{part:.3}")
}

/// The findings as JSON: ids and figures, the same in every language.
#[must_use]
pub fn json(found: &Findings<'_>) -> Value {
    let kb = found.kb;
    json!({
        "format": FORMAT,
        "kb": { "version": kb.version, "hash": kb.hash },
        "decision": kb.decisions[found.seen.decision].id,
        "hidden": found.seen.hidden.iter().map(|fact| kb.facts[*fact].id.as_str()).collect::<Vec<_>>(),
        "broken": promises::json(&found.broken),
        "seen": figures(kb, &found.seen),
        "unseen": found.unseen.as_ref().map(|unseen| figures(kb, unseen)),
    })
}

fn figures(kb: &KnowledgeBase, found: &Earning) -> Value {
    let id = |one: &CandidateId| kb.candidate(found.decision, *one).id.as_str();
    let rounded = |part: f64| libm::rint(part * 1e6) / 1e6;
    let measure = |one: &Measure| json!({ "first": one.first, "auc": rounded(one.auc), "precision": rounded(one.precision) });
    let miss = |miss: &Miss| {
        json!({
            "case": miss.case,
            "first": id(&miss.first),
            "runs": miss.runs.iter().map(|(one, place)| json!({ "id": id(one), "place": place })).collect::<Vec<_>>(),
            "refused": miss.refused.iter().map(id).collect::<Vec<_>>(),
        })
    };
    json!({
        "cases": found.cases,
        "ours": measure(&found.ours),
        "frequent": measure(&found.frequent),
        "of-kind": measure(&found.of_kind),
        "running": found.running,
        "refused": found.refused,
        "misses": found.misses.iter().map(miss).collect::<Vec<_>>(),
    })
}
