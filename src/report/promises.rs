//! Promises that are not kept, for the pages and the JSON of the test of the cases.

use super::page::Block;
use crate::calibrate::promises::Broken;
use crate::kb::KnowledgeBase;
use crate::text::Lang;
use crate::words;
use serde_json::{Value, json};

/// A block that names them, if there are any.
pub(super) fn block(kb: &KnowledgeBase, broken: &[Broken], lang: Lang) -> Option<Block> {
    let line = |one: &Broken| {
        let decision = kb.decisions[one.decision].heading.get(lang);
        let (found, promised) = (one.reached(), one.promise());
        let gaps = [("decision", decision), ("figure", one.figure.key()), ("found", &found), ("promised", &promised)];
        words::fill("fault.missed-measures.headline", lang, &gaps)
    };
    let lines: Vec<String> = broken.iter().map(line).collect();
    (!lines.is_empty()).then_some(Block::Points(lines))
}

/// They as JSON: figure, what is promised in percent, and what was reached.
pub(super) fn json(broken: &[Broken]) -> Vec<Value> {
    let one = |one: &Broken| json!({ "figure": one.figure.key(), "promised": one.promised, "reached": one.reached() });
    broken.iter().map(one).collect()
}
