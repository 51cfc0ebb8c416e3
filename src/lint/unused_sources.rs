//! `unused-sources`: documents that nothing leans on.

use super::{Lint, Subject};
use crate::diagnostic::{Diagnostic, Level};
use crate::kb::KnowledgeBase;
use std::collections::BTreeSet;

pub(super) struct UnusedSources;

impl Lint for UnusedSources {
    fn name(&self) -> &'static str {
        "unused-sources"
    }

    fn level(&self) -> Option<Level> {
        Some(Level::Warning)
    }

    fn check(&self, on: &Subject<'_>, found: &mut Vec<Diagnostic>) {
        let used = used(on.kb);
        for document in on.kb.sources.documents.iter().filter(|document| !used.contains(document.id.as_str())) {
            found.push(self.finding(&document.place).with("source", &document.id));
        }
    }
}

/// The ids of the documents that something refers to.
fn used(kb: &KnowledgeBase) -> BTreeSet<&str> {
    let candidates = kb.decisions.iter().flat_map(|decision| &decision.candidates);
    let of_candidates = candidates.flat_map(|one| {
        let texts = one.texts.iter().flatten().flat_map(|text| &text.sources);
        let lines = one.evidence.iter().flat_map(|line| &line.sources).chain(one.needs.iter().flat_map(|need| &need.sources));
        one.sources.iter().chain(texts).chain(lines).chain(one.figures.iter().flat_map(|figure| &figure.sources))
    });
    let others = kb.facts.iter().flat_map(|fact| &fact.sources).chain(kb.cases.iter().flat_map(|case| &case.sources));
    let claims = kb.sources.claims.iter().map(|claim| &claim.section);
    let references = of_candidates.chain(others).chain(claims).map(|at| at.split('#').next().unwrap_or(at));
    let documents = &kb.sources.documents;
    let damaged =
        kb.sources.restored.iter().map(|word| word.document).chain(kb.sources.gaps.iter().filter_map(|gap| gap.document));
    references.chain(damaged.map(|document| documents[document].id.as_str())).collect()
}
