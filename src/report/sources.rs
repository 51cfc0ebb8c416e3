//! The documents behind what a report says, in one order, so that notes can number them.

use super::page::{Block, Extent, Section};
use super::phrases::Subject;
use super::{law, why};
use crate::engine::kernel::Readiness;
use std::collections::BTreeSet;

/// The documents behind the evidence, the reasons and the law that are shown, and
/// how the verdict is to be read.
pub fn section(subject: &Subject<'_>, extent: Extent) -> Option<Section> {
    let kb = subject.kb;
    let used = used(subject, extent);
    let listed = kb.sources.documents.iter().filter(|document| used.contains(document.id.as_str()));
    let cited: Vec<_> = listed.map(|document| subject.citation(document)).collect();
    let known = subject.advice.judgement.known.to_string();
    let note = subject.fill("line.disclaimer", &[("version", &kb.version), ("hash", &kb.hash), ("known", &known)]);
    let list = (!cited.is_empty()).then_some(Block::Sources(cited));
    Section::unless_empty(subject.say("heading.sources"), list.into_iter().chain([Block::Text(note)]).collect())
}

/// The ids of the documents that something shown leans on.
fn used<'a>(subject: &Subject<'a>, extent: Extent) -> BTreeSet<&'a str> {
    let kb = subject.kb;
    let mut used: Vec<&'a [String]> = Vec::new();
    for outcome in &subject.advice.judgement.decisions {
        for account in outcome.chosen().iter().filter_map(|candidate| outcome.of(candidate)) {
            let lines = kb.candidate(outcome.decision(), account.candidate).evidence.iter().zip(&account.lines);
            let shown = lines.filter(|(_, truth)| truth.is_yes() || extent == Extent::Full);
            used.extend(shown.map(|(line, _)| line.sources.as_slice()));
        }
    }
    used.extend(why::lines(subject).into_iter().map(|line| line.sources.as_slice()));
    let rules = subject.advice.law.iter().filter(|note| law::is_told(subject, note, extent));
    used.extend(rules.map(|note| kb.rules[note.rule].sources.as_slice()));
    // Of what can never be, nothing but the reason is shown.
    let sorted = subject.advice.judgement.decisions.iter().flat_map(|outcome| {
        let shown = kb.decisions[outcome.decision()].candidates.ids();
        let shown = shown.filter(|one| outcome.readiness(*one).is_some_and(|readiness| readiness != Readiness::Never));
        shown.map(|one| kb.candidate(outcome.decision(), one)).collect::<Vec<_>>()
    });
    for one in sorted.filter(|_| extent == Extent::Full) {
        used.extend(subject.figures(one).map(|figure| figure.sources.as_slice()));
    }
    let trade = super::trade::references(subject);
    let used = used.into_iter().flatten().map(String::as_str).chain(trade);
    used.map(|reference| reference.split('#').next().unwrap_or(reference)).collect()
}
