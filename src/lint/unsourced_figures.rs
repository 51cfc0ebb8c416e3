//! `unsourced-figures`: figures without a document that a reader could follow.

use super::{Lint, Subject};
use crate::diagnostic::{Diagnostic, Level};

pub(super) struct UnsourcedFigures;

impl Lint for UnsourcedFigures {
    fn name(&self) -> &'static str {
        "unsourced-figures"
    }

    fn level(&self) -> Option<Level> {
        Some(Level::Error)
    }

    fn check(&self, on: &Subject<'_>, found: &mut Vec<Diagnostic>) {
        let figures = on.kb.decisions.iter().flat_map(|decision| &decision.candidates).flat_map(|one| &one.figures);
        for figure in figures.filter(|figure| figure.sources.iter().all(|source| source == "judgement")) {
            found.push(self.finding(&figure.place).with("figure", &figure.id));
        }
    }
}
