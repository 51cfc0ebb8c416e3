//! The summary of a batch: one set of tables, for a terminal, as Markdown, and as JSON.

use super::page::{Block, Page, Section};
use super::percent::percent;
use super::terminal::{Setting, render};
use crate::batch::tally::{Counts, Tally};
use crate::engine::kernel::Readiness;
use crate::engine::ready::lists;
use crate::ids::{CandidateId, DecisionId, FactId};
use crate::kb::{Keep, KnowledgeBase};
use crate::text::Lang;
use crate::words;
use serde_json::{Value, json};
use std::cmp::Reverse;

/// How many candidates of an all-keeping decision are listed.
const TOP: usize = 10;

/// What a summary is about.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The base.
    pub kb: &'a KnowledgeBase,
    /// The counts.
    pub tally: &'a Tally,
    /// The decisions that were printed.
    pub printed: &'a [DecisionId],
    /// The decision that known labels were compared with.
    pub expected: Option<DecisionId>,
    /// Whether rows were counted that meet what none should.
    pub fails: bool,
    /// Whether the run ended early because of bad rows.
    pub is_cut: bool,
}

impl Subject<'_> {
    fn decisions(&self, keep: Keep) -> impl Iterator<Item = (DecisionId, &Counts)> {
        let kept = self.printed.iter().copied().filter(move |decision| self.kb.decisions[*decision].keep == keep);
        kept.map(|decision| (decision, &self.tally.decisions[decision]))
    }

    /// The fact whose answer alone could settle most rows, and how many.
    fn ask(&self) -> Option<(FactId, u64)> {
        let best = self.tally.ask.pairs().map(|(fact, rows)| (fact, *rows)).max_by_key(|(fact, rows)| (*rows, Reverse(*fact)))?;
        Some(best).filter(|(_, rows)| *rows > 0)
    }

    /// Candidates by rows, the most first; ties in the order of the base.
    fn top(counts: &Counts) -> Vec<CandidateId> {
        let open = &counts.groups[Readiness::Open as usize];
        let mut order: Vec<CandidateId> = open.ids().filter(|one| open[*one] > 0).collect();
        order.sort_by_key(|one| (Reverse(open[*one]), *one));
        order.truncate(TOP);
        order
    }
}

/// The summary for a terminal.
#[must_use]
pub fn terminal(subject: &Subject<'_>, lang: Lang, width: usize, colour: bool) -> String {
    render(&page(subject, lang), Setting { width, colour })
}

/// The summary as Markdown.
#[must_use]
pub fn markdown(subject: &Subject<'_>, lang: Lang) -> String {
    let text = super::markdown::render(&page(subject, lang), lang);
    let rest = text.split_once('\n').map_or("", |(_, rest)| rest);
    format!("# {}\n{rest}", words::say("batch.summary", lang))
}

fn page(subject: &Subject<'_>, lang: Lang) -> Page {
    let (kb, tally) = (subject.kb, subject.tally);
    let say = |key: &str| words::say(key, lang).to_owned();
    let number = |number: u64| number.to_string();
    let gaps = [("judged", number(tally.judged)), ("rejected", number(tally.rejects()))];
    let gaps: Vec<_> = gaps.iter().map(|(gap, value)| (*gap, value.as_str())).collect();
    let mut screen = vec![Block::Text(words::fill("batch.rows", lang, &gaps))];
    if subject.is_cut {
        screen.push(Block::Text(say("batch.cut")));
    }
    if tally.gaps > 0 {
        screen.push(Block::Text(words::fill("batch.gaps", lang, &[("n", &number(tally.gaps))])));
    }
    let clashes: u64 = tally.clashes.iter().sum();
    if clashes > 0 {
        screen.push(Block::Text(words::fill("batch.clashing", lang, &[("n", &number(clashes))])));
    }
    if subject.fails {
        screen.push(Block::Text(words::fill("batch.meeting", lang, &[("n", &number(tally.met))])));
    }
    if let Some((fact, rows)) = subject.ask() {
        let label = kb.facts[fact].label.get(lang);
        screen.push(Block::Text(words::fill("batch.ask", lang, &[("fact", label), ("n", &number(rows))])));
    }
    let mut sections = Vec::new();
    let mut section = |heading: &str, heads: &[&str], rows: Vec<Vec<String>>, after: Vec<Block>| {
        let mut blocks = vec![Block::Table(heads.iter().map(|key| say(key)).collect(), rows)];
        blocks.extend(after);
        sections.push(Section { heading: heading.to_owned(), blocks });
    };
    for (decision, counts) in subject.decisions(Keep::Leaders) {
        let one = &kb.decisions[decision];
        let row = |(at, candidate): (CandidateId, &crate::kb::Candidate)| {
            let (led, second) = (counts.led[at], counts.second[at]);
            vec![candidate.name.get(lang).to_owned(), number(led), percent(led, tally.judged), number(second)]
        };
        let mut rows: Vec<_> = one.candidates.pairs().map(row).collect();
        rows.push(vec![say("batch.abstains"), number(counts.abstained), percent(counts.abstained, tally.judged), String::new()]);
        let hybrids: u64 = counts.second.iter().sum();
        let gaps = [("hybrids", number(hybrids)), ("settled", number(counts.settled)), ("open", number(counts.settled_open))];
        let gaps: Vec<_> = gaps.iter().map(|(gap, value)| (*gap, value.as_str())).collect();
        let after = vec![Block::Text(words::fill("batch.settled", lang, &gaps))];
        let heads = ["column.candidate", "batch.column.rows", "column.share", "batch.column.second"];
        section(one.heading.get(lang), &heads, rows, after);
    }
    for (decision, counts) in subject.decisions(Keep::All) {
        let one = &kb.decisions[decision];
        let row = |at: &CandidateId| {
            let open = counts.groups[Readiness::Open as usize][*at];
            vec![one.candidates[*at].name.get(lang).to_owned(), number(open), percent(open, tally.judged)]
        };
        let rows: Vec<_> = Subject::top(counts).iter().map(row).collect();
        if !rows.is_empty() {
            let heading = words::fill("batch.top", lang, &[("heading", one.heading.get(lang))]);
            section(&heading, &["column.candidate", "batch.column.open", "column.share"], rows, Vec::new());
        }
    }
    if let Some(decision) = subject.expected {
        let name = |found: Option<CandidateId>| {
            found.map_or_else(|| say("batch.abstains"), |one| kb.candidate(decision, one).name.get(lang).to_owned())
        };
        let rows = tally.confusion.iter();
        let rows = rows.map(|((expected, found), rows)| vec![name(Some(*expected)), name(*found), number(*rows)]).collect();
        let gaps = [("wrong", number(tally.mismatches())), ("all", number(tally.confusion.values().sum()))];
        let gaps: Vec<_> = gaps.iter().map(|(gap, value)| (*gap, value.as_str())).collect();
        let after = vec![Block::Text(words::fill("batch.mismatches", lang, &gaps))];
        let heads = ["batch.column.expected", "batch.column.found", "batch.column.rows"];
        section(&say("batch.confusion"), &heads, rows, after);
    }
    if !tally.reasons.is_empty() {
        let row = |(name, rows): (&&str, &u64)| {
            let reason = words::find(&format!("batch.reason.{name}")).map_or(*name, |text| text.get(lang));
            vec![reason.to_owned(), number(*rows)]
        };
        let rows = tally.reasons.iter().map(row).collect();
        let helps = ["unknown-answer-key", "unknown-answer"].into_iter().filter(|name| tally.reasons.contains_key(name));
        let helps = helps.map(|name| Block::Text(say(&format!("batch.help.{name}")))).collect();
        section(&say("batch.rejected"), &["batch.column.reason", "batch.column.rows"], rows, helps);
    }
    Page { screen, sections }
}

/// The summary as JSON: ids and numbers.
#[must_use]
pub fn json(subject: &Subject<'_>) -> Value {
    let (kb, tally) = (subject.kb, subject.tally);
    let by_id = |decision: DecisionId, rows: &[u64]| -> Value {
        let candidates = kb.decisions[decision].candidates.iter().zip(rows);
        Value::Object(candidates.map(|(one, rows)| (one.id.clone(), json!(rows))).collect())
    };
    let mut decisions = serde_json::Map::new();
    for (decision, counts) in subject.decisions(Keep::Leaders) {
        let found = json!({
            "led": by_id(decision, &counts.led),
            "second": by_id(decision, &counts.second),
            "hybrids": counts.second.iter().sum::<u64>(),
            "abstained": counts.abstained,
            "settled": counts.settled,
            "settled-despite-open": counts.settled_open,
        });
        decisions.insert(kb.decisions[decision].id.clone(), found);
    }
    for (decision, counts) in subject.decisions(Keep::All) {
        let lists = lists(kb, decision).into_iter();
        let lists = lists.map(|list| (list.id().to_owned(), by_id(decision, &counts.groups[list as usize])));
        decisions.insert(kb.decisions[decision].id.clone(), Value::Object(lists.collect()));
    }
    let confusion = subject.expected.map(|decision| {
        let id = |one: CandidateId| kb.candidate(decision, one).id.as_str();
        let row = |((expected, found), rows): (&(CandidateId, Option<CandidateId>), &u64)| {
            json!({ "expected": id(*expected), "found": found.map(id), "rows": rows })
        };
        json!({ "decision": kb.decisions[decision].id, "mismatches": tally.mismatches(), "rows": tally.confusion.iter().map(row).collect::<Vec<_>>() })
    });
    let clashes = kb.clashes.iter().zip(&tally.clashes).filter(|(_, rows)| **rows > 0);
    let clashes: serde_json::Map<String, Value> = clashes.map(|(clash, rows)| (clash.id.clone(), json!(rows))).collect();
    json!({
        "format": 1,
        "kb": { "version": kb.version, "hash": kb.hash },
        "judged": tally.judged,
        "rejected": tally.rejects(),
        "reasons": tally.reasons,
        "cut-short": subject.is_cut,
        "decisions": decisions,
        "stated-against-observed": tally.gaps,
        "clashes": clashes,
        "fail-on": subject.fails.then_some(tally.met),
        "ask-next": subject.ask().map(|(fact, rows)| json!({ "fact": kb.facts[fact].id, "rows": rows })),
        "expected": confusion,
    })
}
