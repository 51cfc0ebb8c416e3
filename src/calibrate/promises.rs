//! What a base promises of its figures, held against what the cases come to.
//!
//! Only cases that the base was made with count: those that are kept apart judge
//! the promise itself, and are reported by the test of the cases.

use super::earning::{Earning, earning, telling};
use super::exam::Exam;
use super::measure::Measures;
use crate::diagnostic::Place;
use crate::ids::DecisionId;
use crate::kb::effort::Measured;
use crate::kb::{Case, Keep, KnowledgeBase};

/// A figure that a base may promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    /// Cases whose first label leads, or that nobody leads where nobody should.
    Leads,
    /// Cases whose first candidate really runs.
    Runs,
    /// The area under the curve.
    Auc,
    /// What really runs and is called impossible.
    Never,
    /// Cases with two labels that keep both.
    Kept,
    /// Other cases that get a second.
    Extra,
}

impl Figure {
    /// Its key in the manifest.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Figure::Leads | Figure::Runs => "first",
            Figure::Auc => "auc",
            Figure::Never => "never",
            Figure::Kept => "kept",
            Figure::Extra => "extra",
        }
    }

    /// The name of the note that says what it counts.
    #[must_use]
    pub fn note(self) -> &'static str {
        match self {
            Figure::Leads => "leads",
            Figure::Runs => "runs",
            other => other.key(),
        }
    }

    /// Whether the promise is a most rather than a least.
    #[must_use]
    pub fn is_most(self) -> bool {
        matches!(self, Figure::Never | Figure::Extra)
    }
}

/// What the cases come to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reached {
    /// So many of so many.
    Part(usize, usize),
    /// A mean, from 0 to 1; `None` without cases.
    Mean(Option<f64>),
}

/// A promise that is not kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Broken {
    /// The decision.
    pub decision: DecisionId,
    /// The figure.
    pub figure: Figure,
    /// What is promised, in percent.
    pub promised: u8,
    /// What the cases come to.
    pub found: Reached,
    /// Where the promise stands.
    pub place: Place,
}

impl Reached {
    /// Whether a promise is kept. A least that no case can show is not.
    fn keeps(self, promised: u8, is_most: bool) -> bool {
        let promised = usize::from(promised);
        match self {
            Reached::Part(n, all) if is_most => n * 100 <= promised * all,
            Reached::Part(n, all) => all > 0 && n * 100 >= promised * all,
            // Means are sums of fractions, so the last digits of a round figure may be off.
            Reached::Mean(mean) => mean.is_some_and(|mean| mean * 100.0 + 1e-9 >= super::measure::count(promised)),
        }
    }
}

impl Broken {
    /// What is promised, with the sign of a least or a most.
    #[must_use]
    pub fn promise(&self) -> String {
        let sign = if self.figure.is_most() { "≤" } else { "≥" };
        match self.found {
            Reached::Part(..) => format!("{sign} {}%", self.promised),
            Reached::Mean(_) => format!("{sign} {}.{:02}", self.promised / 100, self.promised % 100),
        }
    }

    /// What was reached, rounded so that it never looks like enough.
    #[must_use]
    pub fn reached(&self) -> String {
        match self.found {
            Reached::Part(n, 0) => format!("{n}/0"),
            Reached::Part(n, all) => {
                let mille = if self.figure.is_most() { (n * 1_000).div_ceil(all) } else { n * 1_000 / all };
                format!("{n}/{all} ({}.{}%)", mille / 10, mille % 10)
            }
            Reached::Mean(mean) => mean.map_or_else(|| "–".to_owned(), |mean| format!("{:.3}", libm::floor(mean * 1e3) / 1e3)),
        }
    }
}

/// The promises about a leader decision that these figures break.
#[must_use]
pub fn by_exam(promised: &Measured, found: &Measures) -> Vec<Broken> {
    let others = found.cases - found.hybrids;
    let figures = [
        (Figure::Leads, promised.first, Reached::Part(found.top_one + found.nobody_kept, found.cases + found.nobody)),
        (Figure::Kept, promised.kept, Reached::Part(found.hybrids_kept, found.hybrids)),
        (Figure::Extra, promised.extra, Reached::Part(found.others_with_second, others)),
    ];
    among(promised, &figures)
}

/// The promises about an all-keeping decision that these figures break.
#[must_use]
pub fn by_earning(promised: &Measured, found: &Earning) -> Vec<Broken> {
    let figures = [
        (Figure::Runs, promised.first, Reached::Part(found.ours.first, found.cases)),
        (Figure::Auc, promised.auc, Reached::Mean((found.cases > 0).then_some(found.ours.auc))),
        (Figure::Never, promised.never, Reached::Part(found.refused, found.running)),
    ];
    among(promised, &figures)
}

fn among(of: &Measured, figures: &[(Figure, Option<u8>, Reached)]) -> Vec<Broken> {
    let broken = |(figure, promised, found): &(Figure, Option<u8>, Reached)| {
        let promised = promised.filter(|promised| !found.keeps(*promised, figure.is_most()))?;
        Some(Broken { decision: of.decision, figure: *figure, promised, found: *found, place: of.place.clone() })
    };
    figures.iter().filter_map(broken).collect()
}

/// Every promise of a base that its cases break.
#[must_use]
pub fn broken(kb: &KnowledgeBase) -> Vec<Broken> {
    let seen: Vec<&Case> = kb.seen().collect();
    let of = |promised: &Measured| match kb.decisions[promised.decision].keep {
        Keep::Leaders => by_exam(promised, &Exam::take(kb, seen.iter().copied(), promised.decision, &[]).measures()),
        Keep::All => by_earning(promised, &earning(kb, &seen, promised.decision, &telling(kb, promised.decision, &[]))),
    };
    kb.measured.iter().flat_map(of).collect()
}
