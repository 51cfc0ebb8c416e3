//! Tables: comma- or tab-separated cells under a line of heads.
//!
//! The quoting rules are `csv-core`'s, with buffers of ours, so that a quote
//! that is never closed cannot fill the memory.

use super::encoding::Decoded;
use super::{Block, Rows};
use crate::batch::options::LONGEST_LINE;
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use std::io;

/// The cells of a block, one behind the other in its bytes.
#[derive(Debug, Default)]
pub struct Cells {
    /// Where each cell ends in the block.
    pub ends: Vec<usize>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// Where the cells of an input row are found: the row, the cells and the bytes of its block.
pub type Found<'a> = (&'a Row, &'a Cells, &'a [u8]);

/// A row of a table.
#[derive(Debug, Clone, Copy, Default)]
pub struct Row {
    /// Its first cell in [`Cells::ends`].
    pub cell: usize,
    /// How many cells it has.
    pub cells: usize,
    /// Where its first cell begins in the block.
    pub from: usize,
    /// The line on which it begins, from 1.
    pub line: u64,
    /// Whether it was too long to be kept.
    pub too_long: bool,
    /// Whether the input ended within quotation marks, so that rows may be lost in its last cell.
    pub is_open: bool,
}

/// A table being read.
pub struct Table {
    decoded: Decoded,
    reader: Reader,
    text: Vec<u8>,
    at: usize,
    /// How many line ends were passed over between rows.
    passed: u64,
    ended: bool,
    has_head: bool,
    fields: Vec<u8>,
    ends: Vec<usize>,
}

impl Table {
    /// A table with this separator.
    #[must_use]
    pub fn new(decoded: Decoded, delimiter: u8) -> Table {
        let reader = ReaderBuilder::new().delimiter(delimiter).build();
        let (fields, ends) = (vec![0; 16 << 10], vec![0; 256]);
        Table { decoded, reader, text: Vec::new(), at: 0, passed: 0, ended: false, has_head: false, fields, ends }
    }

    /// The encoding that was found, if it has to be said; once.
    pub fn take_guess(&mut self) -> Option<(&'static encoding_rs::Encoding, bool)> {
        self.decoded.take_guess()
    }

    /// Whether the next row cannot be read whole without waiting for it.
    fn would_wait(&self) -> bool {
        self.decoded.is_drained() && memchr::memchr(b'\n', &self.text[self.at..]).is_none()
    }

    /// Fills a block: the head first, then rows; false at the end.
    ///
    /// # Errors
    ///
    /// When the input cannot be read.
    pub fn fill(&mut self, block: &mut Block, size: usize) -> io::Result<bool> {
        block.bytes.clear();
        block.table.ends.clear();
        block.table.rows.clear();
        block.kind = if self.has_head { Rows::Cells } else { Rows::Head };
        block.read = 0;
        while block.bytes.len() + block.table.rows.len() * 16 < size {
            if !self.row(block)? {
                break;
            }
            if !self.has_head {
                self.has_head = true;
                break;
            }
            if self.would_wait() {
                break;
            }
        }
        block.len = block.bytes.len();
        Ok(!block.table.rows.is_empty())
    }

    /// Reads on if everything was used up. Behind the end one line end more is
    /// put in: only within quotation marks it does not end the last row.
    fn refill(&mut self, block: &mut Block) -> io::Result<()> {
        if self.at == self.text.len() && !self.ended {
            block.read += self.decoded.read(&mut self.text)?;
            self.at = 0;
            if self.text.is_empty() {
                self.ended = true;
                self.text.push(b'\n');
            }
        }
        Ok(())
    }

    /// Passes over line ends, so that a row is known to begin on its own line.
    fn begin_row(&mut self, block: &mut Block) -> io::Result<()> {
        loop {
            self.refill(block)?;
            match self.text.get(self.at) {
                Some(b'\n') => self.passed += 1,
                Some(b'\r') => {}
                _ => return Ok(()),
            }
            self.at += 1;
        }
    }

    /// Reads one row into a block; false at the end.
    fn row(&mut self, block: &mut Block) -> io::Result<bool> {
        self.begin_row(block)?;
        let from = block.bytes.len();
        let line = self.reader.line() + self.passed;
        let mut row = Row { cell: block.table.ends.len(), from, line, ..Row::default() };
        let (mut fields, mut ends) = (0, 0);
        loop {
            self.refill(block)?;
            row.is_open = self.at == self.text.len();
            let (result, read, written, ended) =
                self.reader.read_record(&self.text[self.at..], &mut self.fields[fields..], &mut self.ends[ends..]);
            self.at += read;
            (fields, ends) = (fields + written, ends + ended);
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if self.fields.len() > LONGEST_LINE => (row.too_long, fields) = (true, 0),
                ReadRecordResult::OutputFull => self.fields.resize(self.fields.len() * 2, 0),
                ReadRecordResult::OutputEndsFull if self.ends.len() > LONGEST_LINE / 8 => (row.too_long, ends) = (true, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::End => return Ok(false),
                ReadRecordResult::Record => break,
            }
        }
        if row.too_long || fields > LONGEST_LINE {
            row.too_long = true;
            self.fields.truncate(16 << 10);
            self.fields.shrink_to_fit();
        } else {
            block.bytes.extend_from_slice(&self.fields[..fields]);
            block.table.ends.extend(self.ends[..ends].iter().map(|end| from + end));
            row.cells = ends;
        }
        block.table.rows.push(row);
        Ok(true)
    }
}

impl Cells {
    /// One cell of a row; empty where the row has no such cell.
    #[must_use]
    pub fn cell<'a>(&self, row: &Row, cell: usize, bytes: &'a [u8]) -> &'a [u8] {
        if cell >= row.cells {
            return &[];
        }
        &bytes[self.start(row, cell)..self.ends[row.cell + cell]]
    }

    /// Where a cell that the row has begins in the block.
    #[must_use]
    pub fn start(&self, row: &Row, cell: usize) -> usize {
        if cell == 0 { row.from } else { self.ends[row.cell + cell - 1] }
    }
}
