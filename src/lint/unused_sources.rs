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
    let cited = kb.citations().into_iter().flat_map(|citation| citation.sources);
    let claims = kb.sources.claims.iter().map(|claim| &claim.section);
    let references = cited.chain(claims).map(|at| at.split('#').next().unwrap_or(at));
    let documents = &kb.sources.documents;
    let damaged =
        kb.sources.restored.iter().map(|word| word.document).chain(kb.sources.gaps.iter().filter_map(|gap| gap.document));
    references.chain(damaged.map(|document| documents[document].id.as_str())).collect()
}
