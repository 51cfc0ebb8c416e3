//! How much room page one takes on paper: it is one sheet by itself, so a long one is
//! set smaller, and a very long one leaves drawings to their parts.
//!
//! The style has the sizes; here they are reckoned with, in tenths of a pixel.

use super::chart;
use crate::report::page::{Block, Document, Figure};
use crate::text::Lang;
use unicode_width::UnicodeWidthStr;

/// How page one is set on paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Form {
    size: Size,
    /// How many of its drawings it holds, the first ones.
    pub drawings: usize,
}

/// The size of its letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Size {
    /// Larger than the rest.
    Roomy,
    /// As the rest.
    Usual,
    /// Smaller.
    Dense,
}

/// The height of Letter paper within its margins, the lower of the two sheets.
const SHEET: usize = 9600;
/// The width of the texts of page one, labels left out.
const TEXTS: usize = 5580;
/// The height of the cover line, and of the contents.
const COVER: usize = 1000;
const CONTENTS: usize = 720;
/// The width of a drawing, and of what is said of it in letters of nine tenths.
const DRAWING: usize = 3200;

impl Form {
    /// Its class.
    pub fn class(self) -> Option<&'static str> {
        match self.size {
            Size::Roomy => Some("roomy"),
            Size::Usual => None,
            Size::Dense => Some("dense"),
        }
    }

    /// Whether the contents stand beside the one drawing.
    pub fn has_contents_beside(self) -> bool {
        self.drawings == 1
    }
}

impl Size {
    const ALL: [Size; 3] = [Size::Roomy, Size::Usual, Size::Dense];

    /// The width of a column, the height of a line, and what stands between two entries.
    fn units(self, are_two: bool) -> (usize, usize, usize) {
        match (self, are_two) {
            (Size::Roomy, false) => (66, 200, 120),
            (Size::Usual, false) => (60, 170, 90),
            (Size::Dense, false) => (54, 149, 70),
            (Size::Roomy, true) => (56, 152, 75),
            (Size::Usual, true) => (51, 130, 50),
            (Size::Dense, true) => (47, 116, 50),
        }
    }
}

/// The form with the most drawings in which page one fits a sheet, as large as it can be.
pub fn form(documents: &[(Lang, Document)]) -> Form {
    let most = documents.first().map_or(0, |(_, document)| document.drawn().count());
    let mut forms = (0..=most).rev().flat_map(|drawings| Size::ALL.map(|size| Form { size, drawings }));
    forms.find(|form| height(documents, *form) < SHEET).unwrap_or(Form { size: Size::Dense, drawings: 0 })
}

/// How high page one gets, about.
fn height(documents: &[(Lang, Document)], form: Form) -> usize {
    let (column, line, between) = form.size.units(documents.len() > 1);
    let columns = TEXTS / documents.len().max(1) / column;
    let count = documents.iter().map(|(_, document)| document.screen.len() - document.drawn().count()).max().unwrap_or(0);
    let told = (0..count).map(|at| {
        let of = |(lang, document): &(Lang, Document)| document.screen.get(at).map_or(0, |block| tenths(block, *lang, columns));
        // The labels of an entry stand one below the other.
        documents.iter().map(of).chain([documents.len() * 10]).max().unwrap_or(0) * line / 10 + between
    });
    let drawn = drawn(documents, DRAWING * 10 / 9 / column, line, form.drawings);
    COVER + told.sum::<usize>() + drawn + if form.has_contents_beside() { 0 } else { CONTENTS }
}

/// The lines that a block takes, in tenths; a drawing takes none.
fn tenths(block: &Block, lang: Lang, columns: usize) -> usize {
    match block {
        Block::Lead(text) => lines(text, lang, columns) * 17,
        Block::Entry(_, text) | Block::Text(text) => lines(text, lang, columns) * 10,
        Block::Alarm(_, text) => lines(text, lang, columns) * 10 + 10,
        Block::Numbered(_, items) => items.iter().map(|pieces| lines(&pieces.concat(), lang, columns) * 10 + 2).sum(),
        _ => 0,
    }
}

/// The lines of a text. A Latin letter is wider than half a Chinese character, and words leave room at the end of a line.
fn lines(text: &str, lang: Lang, columns: usize) -> usize {
    let (wide, left) = if lang == Lang::En { (107, 4) } else { (104, 0) };
    (text.width() * wide).div_ceil(100 * (columns - left))
}

/// How high the first drawings are, which stand side by side, with their titles and what is said of them.
fn drawn(documents: &[(Lang, Document)], columns: usize, line: usize, count: usize) -> usize {
    let figures = |at: usize| -> Vec<(Lang, &Figure)> {
        documents.iter().filter_map(|(lang, document)| Some((*lang, document.drawn().nth(at)?))).collect()
    };
    let high = |figures: &Vec<(Lang, &Figure)>| {
        let about: usize = figures.iter().map(|(lang, figure)| lines(&figure.about, *lang, columns)).sum();
        // A drawing is a little less than half as wide as the page, which makes its unit 0.8 pixels.
        chart::height(figures) * 8 + (about + 1 + figures.len()) * line + 200
    };
    (0..count).map(figures).map(|figures| high(&figures)).max().unwrap_or(0)
}
