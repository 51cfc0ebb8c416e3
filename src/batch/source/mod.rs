//! Inputs in blocks: pieces of about half a megabyte that end where a row ends.

pub mod elements;
pub mod encoding;
pub mod lines;
pub mod packed;
pub mod table;
mod whole;

use super::fast::MARGIN;
use elements::advance;
use encoding::PEEK;
use packed::Packing;
use std::collections::VecDeque;
use std::io::{self, Read};

/// How an input is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One JSON object per line.
    Lines,
    /// A JSON array of objects, or objects one behind the other, over any number of lines.
    Json,
    /// Comma-separated values under a line of heads.
    Csv,
    /// Tab-separated values under a line of heads.
    Tsv,
    /// One profile in TOML, as `advise` reads it.
    Toml,
}

/// One input.
pub struct Input {
    /// The name under which it is shown.
    pub name: String,
    /// Its bytes.
    pub reader: Box<dyn Read + Send>,
    /// How it is written, if that is known already.
    pub form: Option<Form>,
    /// Its encoding, if it is a table and the encoding is known already.
    pub encoding: Option<&'static encoding_rs::Encoding>,
    /// Whether somebody may be waiting for the answer to every row: a pipe or a
    /// terminal, of which no more is read than is there.
    pub live: bool,
}

/// What has to be said of an input before its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opened {
    /// The number of the input.
    pub file: usize,
    /// Its encoding, which nobody named and which is not UTF-8.
    pub encoding: &'static encoding_rs::Encoding,
    /// Whether the input says so by a mark at its beginning; else it was guessed.
    pub is_marked: bool,
}

/// Some rows of one input.
#[derive(Debug, Default)]
pub struct Block {
    /// Its number, from 0.
    pub number: u64,
    /// The number of its input.
    pub file: usize,
    /// The number of its first row, from 1.
    pub row: u64,
    /// The line at which it begins, from 1.
    pub line: u64,
    /// The column at which it begins, from 1.
    pub column: u64,
    /// Its text, with padding behind it.
    pub bytes: Vec<u8>,
    /// How much of `bytes` is text.
    pub len: usize,
    /// How its rows are told apart.
    pub kind: Rows,
    /// For tables: the cells' ends, and the rows.
    pub table: table::Cells,
    /// For tables: what their columns are.
    pub heads: Option<std::sync::Arc<super::columns::Heads>>,
    /// How many bytes of input it stands for.
    pub read: u64,
    /// For a row that is too long to be kept: the line and column behind it.
    pub behind: (u64, u64),
}

/// How the rows of a block are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rows {
    /// Each is a line.
    #[default]
    Lines,
    /// Each is a line that was put together: `\r` stands for a line break, and the
    /// line end itself takes no room.
    Elements,
    /// One row that is too long to be kept.
    TooLong,
    /// The head of a table.
    Head,
    /// The cells of a table.
    Cells,
    /// One profile in TOML.
    Toml,
}

impl Block {
    /// The text without the padding.
    #[must_use]
    pub fn text(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    /// Puts the padding behind the text.
    pub fn pad(&mut self) {
        self.bytes.truncate(self.len);
        self.bytes.resize(self.len + MARGIN, 0);
    }

    /// How many rows it has, and on which line and column the next block begins.
    #[must_use]
    pub fn extent(&self) -> (u64, u64, u64) {
        let (mut rows, mut line, mut column) = (0, self.line, self.column);
        match self.kind {
            Rows::Lines => {
                let mut from = 0;
                for end in memchr::memchr_iter(b'\n', self.text()) {
                    rows += u64::from(!is_blank(&self.bytes[from..end]));
                    line += 1;
                    from = end + 1;
                }
            }
            Rows::Elements => {
                for element in self.text().split_inclusive(|byte| *byte == b'\n') {
                    rows += u64::from(!is_blank(element));
                    advance(element, &mut line, &mut column);
                }
            }
            Rows::TooLong => (rows, line, column) = (1, self.behind.0, self.behind.1),
            Rows::Head => {}
            Rows::Cells => rows = self.table.rows.len() as u64,
            Rows::Toml => rows = 1,
        }
        (rows, line, column)
    }
}

/// Whether a line is no row at all.
#[must_use]
pub fn is_blank(line: &[u8]) -> bool {
    line.iter().all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
}

/// An input being read.
enum Open {
    Lines(lines::Lines),
    Table(Box<table::Table>),
    Whole(whole::Whole),
}

/// The least size of a block of short rows.
const LEAST: usize = 4 << 10;

/// All inputs, one after the other, in blocks.
pub struct Feed {
    left: VecDeque<Input>,
    open: Option<Open>,
    file: Option<usize>,
    /// The size of the next block, and of any.
    size: usize,
    greatest: usize,
    /// How many rows a block should have at most.
    rows: usize,
    /// How many bytes the last block had.
    filled: usize,
    opened: Vec<Opened>,
    number: u64,
    row: u64,
    line: u64,
    column: u64,
}

impl Feed {
    /// Inputs in blocks of about `size` bytes.
    #[must_use]
    pub fn new(inputs: Vec<Input>, size: usize) -> Feed {
        let size = size.max(64);
        Feed {
            left: inputs.into(),
            open: None,
            file: None,
            size,
            greatest: size,
            rows: usize::MAX,
            filled: 0,
            opened: Vec::new(),
            number: 0,
            row: 1,
            line: 1,
            column: 1,
        }
    }

    /// Makes blocks of about so many rows where they are short, so that what
    /// comes of a block keeps a size.
    pub fn limit_rows(&mut self, rows: usize) {
        self.rows = rows.max(1);
    }

    /// What has to be said of the inputs that were opened since the last time.
    pub fn take_opened(&mut self) -> Vec<Opened> {
        std::mem::take(&mut self.opened)
    }

    /// The number of the input that is being read.
    #[must_use]
    pub fn file(&self) -> usize {
        self.file.unwrap_or(0)
    }

    /// The number of the next block.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.number
    }

    /// Fills a block, whose number and place it sets; false behind the last one.
    /// If `count`, the block is counted so that the next one knows its place;
    /// otherwise [`Feed::counted`] has to say.
    ///
    /// # Errors
    ///
    /// When an input cannot be read.
    pub fn fill(&mut self, block: &mut Block, count: bool) -> io::Result<bool> {
        loop {
            if self.open.is_none() {
                let Some(input) = self.left.pop_front() else { return Ok(false) };
                self.file = Some(self.file.map_or(0, |file| file + 1));
                (self.line, self.column) = (1, 1);
                self.open = Some(open(input)?);
            }
            let guessed = if let Some(Open::Table(table)) = &mut self.open { table.take_guess() } else { None };
            let file = self.file();
            self.opened.extend(guessed.map(|(encoding, is_marked)| Opened { file, encoding, is_marked }));
            (block.number, block.file) = (self.number, self.file.unwrap_or(0));
            (block.row, block.line, block.column) = (self.row, self.line, self.column);
            let filled = match &mut self.open {
                Some(Open::Lines(lines)) => lines.fill(block, self.size)?,
                Some(Open::Table(table)) => table.fill(block, self.size)?,
                Some(Open::Whole(whole)) => whole.fill(block)?,
                None => false,
            };
            if filled {
                block.pad();
                self.number += 1;
                self.filled = block.len;
                if count {
                    let (rows, line, column) = block.extent();
                    self.counted(rows, line, column);
                }
                return Ok(true);
            }
            self.open = None;
        }
    }

    /// Says how many rows the last block had and where it ended.
    pub fn counted(&mut self, rows: u64, line: u64, column: u64) {
        self.row += rows;
        (self.line, self.column) = (line, column);
        if let Some(each) = self.filled.checked_div(usize::try_from(rows).unwrap_or(usize::MAX)) {
            self.size = each.max(1).saturating_mul(self.rows).clamp(LEAST.min(self.greatest), self.greatest);
        }
    }
}

/// Finds out how an input is written: by what is known, its name, its first bytes.
fn open(mut input: Input) -> io::Result<Open> {
    let mut start = Vec::new();
    while start.is_empty() || Packing::may_follow(&start) {
        if short(&mut input.reader, &mut start, packed::TELLING)? == 0 {
            break;
        }
    }
    if let Some(packing) = Packing::of(&start) {
        input.name = packing.name(&input.name).to_owned();
        input.reader = packing.unpack(Box::new(io::Cursor::new(std::mem::take(&mut start)).chain(input.reader)));
    }
    if input.live {
        while start.len() < PEEK && !is_enough(&input, &start) {
            if short(&mut input.reader, &mut start, PEEK)? == 0 {
                break;
            }
        }
    } else {
        input.reader.by_ref().take((PEEK - start.len()) as u64).read_to_end(&mut start)?;
    }
    if let Some(wide) = encoding::wide(&start).filter(|_| matches!(form(&input, &start), Form::Lines | Form::Json)) {
        return Err(io::Error::new(io::ErrorKind::InvalidData, encoding::NotUtf8(wide)));
    }
    let form = form(&input, &start);
    Ok(match form {
        Form::Toml => Open::Whole(whole::Whole::new(start, input.reader)),
        Form::Lines | Form::Json => Open::Lines(lines::Lines::new(start, input.reader, form == Form::Json, input.live)),
        Form::Csv | Form::Tsv => {
            let delimiter = if form == Form::Tsv { b'\t' } else { b',' };
            let decoded = encoding::Decoded::new(&start, input.reader, input.encoding, input.live);
            Open::Table(Box::new(table::Table::new(decoded, delimiter)))
        }
    })
}

/// How an input is written, as far as its first bytes say.
fn form(input: &Input, start: &[u8]) -> Form {
    let (ending, text, first) = beginning(input, start);
    input.form.unwrap_or(match (ending.as_deref(), first) {
        (Some("jsonl" | "ndjson"), _) => Form::Lines,
        (Some("tsv" | "tab"), _) => Form::Tsv,
        (Some("csv"), _) => Form::Csv,
        (Some("toml"), _) => Form::Toml,
        (_, Some(b'[')) => Form::Json,
        (_, Some(b'{')) if elements::is_spread(text) == Some(true) => Form::Json,
        (_, Some(b'{')) | (Some("json"), _) => Form::Lines,
        _ if text.split(|byte| *byte == b'\n').next().is_some_and(|line| line.contains(&b'\t')) => Form::Tsv,
        _ => Form::Csv,
    })
}

/// The ending of its name, the text behind a mark, and the first byte that is no blank.
fn beginning<'a>(input: &Input, start: &'a [u8]) -> (Option<String>, &'a [u8], Option<u8>) {
    let ending = input.name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let text = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start);
    let first = text.iter().find(|byte| !byte.is_ascii_whitespace()).copied();
    (ending, text, first)
}

/// Whether more bytes could not change how an input is read.
fn is_enough(input: &Input, start: &[u8]) -> bool {
    let (_, text, first) = beginning(input, start);
    let has_line = text.iter().skip_while(|byte| byte.is_ascii_whitespace()).any(|byte| *byte == b'\n');
    let is_known = input.form.is_some() || first == Some(b'[') || elements::is_spread(text).is_some();
    has_line && (first != Some(b'{') || is_known)
}

/// Reads as much as is there, at most `most` bytes; waits only if nothing is.
fn short(reader: &mut dyn Read, bytes: &mut Vec<u8>, most: usize) -> io::Result<usize> {
    let from = bytes.len();
    bytes.resize(from + most, 0);
    let count = loop {
        match reader.read(&mut bytes[from..]) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => break other,
        }
    };
    bytes.truncate(from + *count.as_ref().unwrap_or(&0));
    count
}
