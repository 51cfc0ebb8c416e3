//! `undated-figures`: figures of which nobody can tell when they were true.

use super::{Lint, Subject};
use crate::diagnostic::{Diagnostic, Level};

pub(super) struct UndatedFigures;

impl Lint for UndatedFigures {
    fn name(&self) -> &'static str {
        "undated-figures"
    }

    fn level(&self) -> Option<Level> {
        Some(Level::Error)
    }

    fn check(&self, on: &Subject<'_>, found: &mut Vec<Diagnostic>) {
        let figures = on.kb.decisions.iter().flat_map(|decision| &decision.candidates).flat_map(|one| &one.figures);
        for figure in figures.filter(|figure| !is_date(&figure.as_of)) {
            found.push(self.finding(&figure.place).with("figure", &figure.id).with("given", &figure.as_of));
        }
    }
}

/// A year, a month, a span of years, or `n.d.` for a document without a date.
fn is_date(given: &str) -> bool {
    let digits = |part: &str, count: usize| part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_month = |part: &str| digits(part, 2) && ("01"..="12").contains(&part);
    match given.split_once('-') {
        None => given == "n.d." || digits(given, 4),
        Some((year, rest)) => digits(year, 4) && (is_month(rest) || (digits(rest, 4) && year <= rest)),
    }
}
