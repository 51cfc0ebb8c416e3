//! The page: what a report says, before any format decides how it looks.

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
    /// Documents, each with its address in angle brackets behind it, if it has one.
    Sources(Vec<String>),
    /// A table: column heads, then rows.
    Table(Vec<String>, Vec<Vec<String>>),
}

impl Section {
    /// A section, unless nothing stands under its heading.
    #[must_use]
    pub fn unless_empty(heading: String, blocks: Vec<Block>) -> Option<Section> {
        (!blocks.is_empty()).then_some(Section { heading, blocks })
    }
}
