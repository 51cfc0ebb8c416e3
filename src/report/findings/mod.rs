//! Findings in the formats that other programs read; for people see
//! [`super::diagnostics`]. One small file per format, in one order.

pub mod github;
pub mod json;
pub mod sarif;
pub mod short;

use crate::diagnostic::{Diagnostic, Files, Level, Place};
use crate::kb::KnowledgeBase;
use crate::proof::Proofs;
use crate::text::Lang;

/// What a report of findings is made from.
#[derive(Clone, Copy)]
pub struct Findings<'a> {
    /// The findings, in the order in which they are shown.
    pub found: &'a [Diagnostic],
    /// The files that they point into.
    pub files: &'a Files,
    /// The base and what is proven about it, if it could be loaded.
    pub base: Option<(&'a KnowledgeBase, &'a Proofs)>,
    /// The language of the sentences, where a format has but one.
    pub lang: Lang,
}

/// The id of a level in machine formats.
#[must_use]
pub fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "note",
    }
}

/// Line and column of the beginning and of the end of a place, from 1, in characters.
fn region(files: &Files, place: &Place) -> [(usize, usize); 2] {
    let end = place.span.end.max(place.span.start);
    let end = Place { file: place.file, span: end..end };
    [files.line_column(place), files.line_column(&end)]
}
