//! Lines: whatever was read up to the last line end is a block, and what is
//! behind it begins the next one.

use super::elements::{Elements, advance};
use super::{Block, Rows, short};
use crate::batch::fast::MARGIN;
use crate::batch::options::LONGEST_LINE;
use std::io::{self, Read};

/// An input of lines, or of JSON whose objects are made into lines.
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that is known of the input")]
pub struct Lines {
    reader: Box<dyn Read + Send>,
    /// Bytes behind the last block.
    carry: Vec<u8>,
    elements: Option<Elements>,
    ended: bool,
    fresh: bool,
    /// Whether somebody may be waiting for the verdict on what was read.
    live: bool,
    /// Whether no more is there just now.
    drained: bool,
}

/// How much is read at once of an input that brings what it has: more than a
/// pipe holds.
const GULP: usize = 128 << 10;

impl Lines {
    /// An input of which `start` was read already; its lines are rows, unless its
    /// objects `span` them. Of a `live` one no more is waited for than one row.
    #[must_use]
    pub fn new(start: Vec<u8>, reader: Box<dyn Read + Send>, span: bool, live: bool) -> Lines {
        let mut carry = match start.strip_prefix(b"\xEF\xBB\xBF") {
            Some(rest) => rest.to_vec(),
            None => start,
        };
        let mut elements = span.then(|| Elements::of(&carry));
        if let Some(elements) = &mut elements {
            let raw = std::mem::take(&mut carry);
            elements.translate(&raw, &mut carry);
        }
        Lines { reader, carry, elements, ended: false, fresh: true, live, drained: live }
    }

    /// Fills a block; false at the end.
    ///
    /// # Errors
    ///
    /// When the input cannot be read.
    pub fn fill(&mut self, block: &mut Block, size: usize) -> io::Result<bool> {
        block.kind = if self.elements.is_some() { Rows::Elements } else { Rows::Lines };
        block.bytes.clear();
        block.bytes.append(&mut self.carry);
        let fresh = std::mem::take(&mut self.fresh);
        let mut searched = 0;
        loop {
            let enough = block.bytes.len() >= size || ((fresh || self.drained) && !block.bytes.is_empty());
            if enough || self.ended {
                if let Some(end) = memchr::memrchr(b'\n', &block.bytes[searched..]) {
                    let end = searched + end + 1;
                    self.carry.extend_from_slice(&block.bytes[end..]);
                    return Ok(done(block, end));
                }
                searched = block.bytes.len();
                if block.bytes.len() > LONGEST_LINE {
                    let blanks = self.elements.as_ref().map_or(0, |_| leading_blanks(&block.bytes));
                    if blanks > 0 {
                        // They belong to no row, and may be longer than any.
                        self.carry.extend_from_slice(&block.bytes[blanks..]);
                        return Ok(done(block, blanks));
                    }
                    return self.pass_over(block).map(|()| true);
                }
                if self.ended {
                    if block.bytes.is_empty() {
                        return Ok(false);
                    }
                    block.bytes.push(b'\n');
                    let end = block.bytes.len();
                    return Ok(done(block, end));
                }
            }
            self.read(&mut block.bytes, size)?;
        }
    }

    /// Reads on, up to `size` bytes in all and at least a little.
    fn read(&mut self, bytes: &mut Vec<u8>, size: usize) -> io::Result<()> {
        let from = bytes.len();
        if self.live {
            let count = short(&mut self.reader, bytes, GULP)?;
            (self.ended, self.drained) = (count == 0, count < GULP);
            self.translate(bytes, from);
            return Ok(());
        }
        let more = size.saturating_sub(from).max(size / 4).clamp(64, LONGEST_LINE);
        // Into memory that was not cleared before; the padding fits as well.
        bytes.reserve(more + MARGIN);
        let count = self.reader.by_ref().take(more as u64).read_to_end(bytes)?;
        self.ended = count < more;
        self.translate(bytes, from);
        Ok(())
    }

    /// Makes lines of what was read last.
    fn translate(&mut self, bytes: &mut Vec<u8>, from: usize) {
        if let Some(elements) = &mut self.elements {
            let raw = bytes.split_off(from);
            elements.translate(&raw, bytes);
            if self.ended {
                elements.end(bytes);
            }
        }
    }

    /// Passes over the rest of a row that is too long.
    fn pass_over(&mut self, block: &mut Block) -> io::Result<()> {
        block.kind = Rows::TooLong;
        block.len = 0;
        block.read = 0;
        block.behind = (block.line, block.column);
        let mut passed = std::mem::take(&mut block.bytes);
        loop {
            let end = memchr::memchr(b'\n', &passed);
            let row = &passed[..end.map_or(passed.len(), |end| end + 1)];
            block.read += row.len() as u64;
            advance(row, &mut block.behind.0, &mut block.behind.1);
            if let Some(end) = end {
                self.carry.extend_from_slice(&passed[end + 1..]);
                break;
            }
            if self.ended {
                break;
            }
            passed.clear();
            self.read(&mut passed, 64 << 10)?;
        }
        if self.elements.is_none() {
            block.behind = (block.line + 1, 1);
        }
        passed.clear();
        passed.shrink_to(1 << 20);
        block.bytes = passed;
        Ok(())
    }
}

/// How many blanks there are before anything else.
fn leading_blanks(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r')).count()
}

fn done(block: &mut Block, end: usize) -> bool {
    block.len = end;
    block.read = end as u64;
    true
}
