//! Faults as values: what is wrong, where, and the particulars to word it with.
//!
//! A diagnostic carries no sentence. Its name picks the wording, in both
//! languages, from the shell's words; its particulars fill the gaps. So the
//! rooms that find faults stay silent, and every message has a Chinese twin.

use crate::text::Text;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::OnceLock;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Worth knowing.
    Note,
    /// Probably a mistake.
    Warning,
    /// Cannot stay as it is.
    Error,
}

/// Which file of a [`Files`] a place lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FileId(pub usize);

/// A stretch of bytes in a file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// Byte offsets into its text, on character boundaries.
    pub span: Range<usize>,
}

/// A value and where it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub place: Place,
}

/// One fault, warning or note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its kebab-case name, the key to wording and explanation.
    pub name: &'static str,
    /// How grave it is.
    pub level: Level,
    /// The smallest stretch of text that shows it.
    pub place: Place,
    /// Other places that belong to it, such as the first of two equal ids.
    pub(crate) related: Vec<Place>,
    /// What fills the gaps of its wording, by gap.
    pub(crate) particulars: Vec<(&'static str, String)>,
    /// The spelling that was probably meant.
    pub near: Option<String>,
    /// Which of several notes of its wording applies; the plain one if none is named.
    pub(crate) because: Option<&'static str>,
    /// What fills gaps with words of the base itself, in both languages.
    pub(crate) texts: Vec<(&'static str, Text)>,
}

impl Diagnostic {
    /// An error at a place, without particulars yet.
    #[must_use]
    pub fn error(name: &'static str, place: Place) -> Diagnostic {
        Diagnostic {
            name,
            level: Level::Error,
            place,
            related: Vec::new(),
            particulars: Vec::new(),
            near: None,
            because: None,
            texts: Vec::new(),
        }
    }

    /// The same at another level.
    #[must_use]
    pub fn at(mut self, level: Level) -> Diagnostic {
        self.level = level;
        self
    }

    /// The same with one particular more.
    #[must_use]
    pub fn with(mut self, gap: &'static str, value: impl Into<String>) -> Diagnostic {
        self.particulars.push((gap, value.into()));
        self
    }

    /// The same with a gap filled by words of the base.
    #[must_use]
    pub fn text(mut self, gap: &'static str, value: Text) -> Diagnostic {
        self.texts.push((gap, value));
        self
    }

    /// The same with the note that says why.
    #[must_use]
    pub fn because(mut self, reason: &'static str) -> Diagnostic {
        self.because = Some(reason);
        self
    }

    /// The same with the likely spelling, if there is one.
    #[must_use]
    pub fn near(mut self, spelling: Option<&str>) -> Diagnostic {
        self.near = spelling.map(str::to_owned);
        self
    }

    /// The same with another place that belongs to it.
    #[must_use]
    pub fn related(mut self, place: Place) -> Diagnostic {
        self.related.push(place);
        self
    }

    /// The value of a particular; empty if it has none of that name.
    #[must_use]
    pub fn particular(&self, gap: &str) -> &str {
        self.particulars.iter().find(|(name, _)| *name == gap).map_or("", |(_, value)| value)
    }
}

/// The texts that places point into, with the names under which they are shown.
#[derive(Debug, Clone, Default)]
pub struct Files {
    files: Vec<File>,
}

/// A text, and where its lines lie.
#[derive(Debug, Clone)]
struct File {
    name: String,
    text: String,
    /// Worked out when the first place is asked for: a sound base has none to show.
    rows: OnceLock<Rows>,
}

/// What is needed to find lines and columns at once.
#[derive(Debug, Clone)]
struct Rows {
    /// Where each line begins.
    lines: Vec<usize>,
    /// How many characters begin before every [`STRIDE`]th byte.
    chars: Vec<usize>,
}

/// Between how many bytes characters are counted anew.
const STRIDE: usize = 1 << 10;

impl File {
    fn rows(&self) -> &Rows {
        self.rows.get_or_init(|| Rows::of(&self.text))
    }

    /// How many characters begin before a byte.
    fn before(&self, at: usize) -> usize {
        let chars = &self.rows().chars;
        let stride = (at / STRIDE).min(chars.len().saturating_sub(1));
        chars.get(stride).copied().unwrap_or(0) + begun(&self.text.as_bytes()[stride * STRIDE..at])
    }
}

impl Rows {
    fn of(text: &str) -> Rows {
        let lines = std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1)).collect();
        let mut sum = 0;
        let before = |part: &[u8]| {
            sum += begun(part);
            sum - begun(part)
        };
        let chars = text.as_bytes().chunks(STRIDE).map(before).collect();
        Rows { lines, chars }
    }
}

/// How many characters begin in a part of a text.
fn begun(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

impl Files {
    /// Takes a text in and says how to refer to it.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        self.files.push(File { name: name.into(), text: text.into(), rows: OnceLock::new() });
        FileId(self.files.len() - 1)
    }

    /// All of them, in the order in which they were taken in.
    pub fn ids(&self) -> impl Iterator<Item = FileId> + use<> {
        (0..self.files.len()).map(FileId)
    }

    /// The name under which a file is shown.
    #[must_use]
    pub fn name(&self, file: FileId) -> &str {
        &self.files[file.0].name
    }

    /// The whole text of a file.
    #[must_use]
    pub fn text(&self, file: FileId) -> &str {
        &self.files[file.0].text
    }

    /// Line and column of the beginning of a place, both from 1; columns count
    /// characters, not bytes.
    #[must_use]
    pub fn line_column(&self, place: &Place) -> (usize, usize) {
        let file = &self.files[place.file.0];
        let at = place.span.start.min(file.text.len());
        let (line, start) = self.line(place.file, at);
        (line, file.before(at) - file.before(start) + 1)
    }

    /// The line, from 1, that a byte of a file lies in, and where that line begins.
    #[must_use]
    pub fn line(&self, file: FileId, at: usize) -> (usize, usize) {
        let lines = &self.files[file.0].rows().lines;
        let line = lines.partition_point(|start| *start <= at);
        (line, lines[line - 1])
    }
}

/// Puts findings into the order in which they are shown: by file name, place
/// and name, each once.
pub fn sort(files: &Files, found: &mut Vec<Diagnostic>) {
    fn key<'a>(files: &'a Files, one: &'a Diagnostic) -> (&'a str, usize, usize, &'a str) {
        (files.name(one.place.file), one.place.span.start, one.place.span.end, one.name)
    }
    found.sort_by(|a, b| key(files, a).cmp(&key(files, b)).then_with(|| a.particulars.cmp(&b.particulars)));
    found.dedup();
}
