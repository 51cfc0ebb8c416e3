//! The page: what a report says, before any format decides how it looks.

use super::chart::Chart;

/// A report: the first screen, then sections.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// What is complete by itself: the answer first.
    pub screen: Vec<Block>,
    /// The evidence and everything else.
    pub sections: Vec<Section>,
}

/// How much of a judgement a page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// What a reader needs to believe it and to act on it.
    Usual,
    /// Everything that the judgement holds.
    Full,
}

/// A report for people who print it or pass it on: the first screen, then its parts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// What is complete by itself: the answer first.
    pub screen: Vec<Block>,
    /// Which part says more about a block of it, in the order of its blocks.
    pub more: Vec<Option<String>>,
    /// Everything else.
    pub parts: Vec<Part>,
}

/// Sections about one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its id, by which it can be left out or be given a note.
    pub id: String,
    /// The heading; that of its section where it has only one.
    pub heading: String,
    /// Its sections; never empty.
    pub sections: Vec<Section>,
}

/// A heading and what stands under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The heading.
    pub heading: String,
    /// What stands under it.
    pub blocks: Vec<Block>,
}

/// A piece of a page. Texts are plain; each format escapes them for its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// The sentence that everything hangs on.
    Lead(String),
    /// A sentence or several.
    Text(String),
    /// A label, and the text that belongs to it.
    Entry(String, String),
    /// The same, of what has to stop.
    Alarm(String, String),
    /// A label, and texts that belong to it, numbered.
    Numbered(String, Vec<Vec<String>>),
    /// A subheading.
    Heading(String),
    /// Texts one below the other.
    Points(Vec<String>),
    /// Documents, in the order in which notes number them.
    Sources(Vec<Cited>),
    /// A table: column heads, then rows.
    Table(Vec<String>, Vec<Vec<String>>),
    /// Traits, with the heads of points, trait and source.
    Traits([String; 3], Vec<Trait>),
    /// A chart, and the table that says the same.
    Figure(Box<Figure>),
    /// Text that is taken over as it is, such as a profile; every line of its own.
    Verbatim(String),
}

/// A document that something leans on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    /// Its id in the base.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its address, if it has one.
    pub url: Option<String>,
    /// Whose text it is, where the address is that of a copy.
    pub copy_of: Option<String>,
}

/// A trait that holds, and what it leans on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trait {
    /// What it counts for or, below zero, against.
    pub points: i32,
    /// The trait in words.
    pub text: String,
    /// The documents that it leans on; none if it is a judgement only.
    pub cited: Vec<Cited>,
    /// The same as one text, judgement included.
    pub sources: String,
}

/// A chart, and the table that says the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Its id, unique in a page.
    pub id: String,
    /// What it shows.
    pub title: String,
    /// How it is read, in a sentence or two.
    pub about: String,
    /// What is drawn.
    pub chart: Chart,
    /// Column heads.
    pub heads: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
    /// Whether the text around it says the same, so that it is left out where nothing is drawn.
    pub repeats: bool,
}

impl Document {
    /// The figures of the first page.
    pub fn drawn(&self) -> impl Iterator<Item = &Figure> {
        self.screen.iter().filter_map(|block| if let Block::Figure(figure) = block { Some(figure.as_ref()) } else { None })
    }
}

/// A figure of some part for page one, since people look at that first; its part keeps it for its table.
#[must_use]
pub fn shown_first(parts: &[Part], id: &str) -> Option<Block> {
    let blocks = parts.iter().flat_map(|part| &part.sections).flat_map(|section| &section.blocks);
    blocks.into_iter().find(|block| matches!(block, Block::Figure(figure) if figure.id == id)).cloned()
}

impl Trait {
    /// The cells of a table row: points, trait, sources.
    #[must_use]
    pub fn cells(&self) -> Vec<String> {
        vec![format!("{:+}", self.points), self.text.clone(), self.sources.clone()]
    }
}

impl Cited {
    /// The title, and the address in angle brackets behind it.
    #[must_use]
    pub fn line(&self) -> String {
        self.url.as_ref().map_or_else(|| self.title.clone(), |url| format!("{} <{url}>", self.title))
    }
}

impl Part {
    /// A part, unless it has no section.
    #[must_use]
    pub fn unless_empty(id: &str, heading: &str, sections: impl IntoIterator<Item = Section>) -> Option<Part> {
        let sections: Vec<Section> = sections.into_iter().collect();
        let heading = if sections.len() == 1 { sections[0].heading.clone() } else { heading.to_owned() };
        (!sections.is_empty()).then(|| Part { id: id.to_owned(), heading, sections })
    }
}

impl Section {
    /// A section, unless nothing stands under its heading.
    #[must_use]
    pub fn unless_empty(heading: String, blocks: Vec<Block>) -> Option<Section> {
        (!blocks.is_empty()).then_some(Section { heading, blocks })
    }
}
