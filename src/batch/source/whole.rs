//! A file that is one profile.

use super::{Block, Rows};
use crate::batch::options::LONGEST_LINE;
use std::io::{self, Read};

/// A file that is one profile, until it was read.
pub struct Whole {
    start: Vec<u8>,
    reader: Option<Box<dyn Read + Send>>,
}

impl Whole {
    /// A file of which `start` was read already.
    #[must_use]
    pub fn new(start: Vec<u8>, reader: Box<dyn Read + Send>) -> Whole {
        Whole { start, reader: Some(reader) }
    }

    /// Fills a block with all of it; false if that was done.
    ///
    /// # Errors
    ///
    /// When the file cannot be read.
    pub fn fill(&mut self, block: &mut Block) -> io::Result<bool> {
        let Some(mut reader) = self.reader.take() else { return Ok(false) };
        block.bytes.clear();
        block.bytes.append(&mut self.start);
        let left = (LONGEST_LINE + 1).saturating_sub(block.bytes.len());
        reader.by_ref().take(left as u64).read_to_end(&mut block.bytes)?;
        block.kind = Rows::Toml;
        if block.bytes.len() > LONGEST_LINE {
            io::copy(&mut reader, &mut io::sink())?;
            block.bytes.clear();
            (block.kind, block.behind) = (Rows::TooLong, (block.line, block.column));
        }
        block.len = block.bytes.len();
        block.read = block.len as u64;
        Ok(true)
    }
}
