//! The rows of an input one by one, for callers of the library.

use super::complete::Reject;
use super::source::{Block, Feed, Form, Input, Rows};
use super::worker::Worker;
use super::{Batch, options::BLOCK};
use crate::engine::compiled::verdict::Verdict;
use std::io::Read;

/// A judged row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// Its number, from 1.
    pub row: u64,
    /// The verdict.
    pub verdict: Verdict,
    /// The line that `qun batch` would print for it.
    pub line: String,
}

/// What became of a row.
pub(crate) type Row = Result<Judged, Trouble>;

/// Why there is no verdict.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The row is bad; the rows behind it follow.
    #[error("row {} cannot be judged", .0.origin.row)]
    Row(Box<Reject>),
    /// The engine comes to another verdict than the tables (see [`Batch`]).
    #[error("row {0}, {1}")]
    Differs(u64, String),
    /// The input cannot be read any further.
    #[error("the input cannot be read: {0}")]
    Input(#[from] std::io::Error),
}

/// The rows of an input of lines.
pub struct RowsOf<'a> {
    feed: Feed,
    block: Block,
    worker: Worker<'a>,
    /// One row, cut out of the block.
    single: Block,
    at: usize,
    ended: bool,
}

impl Batch<'_> {
    /// Judges an input of one JSON object per line, row by row.
    pub fn rows(&self, reader: impl Read + Send + 'static) -> RowsOf<'_> {
        let input = Input { name: String::new(), reader: Box::new(reader), form: Some(Form::Lines), encoding: None, live: false };
        RowsOf {
            feed: Feed::new(vec![input], BLOCK),
            block: Block::default(),
            worker: Worker::new(self),
            single: Block { row: 1, line: 1, column: 1, ..Block::default() },
            at: 0,
            ended: false,
        }
    }
}

impl Iterator for RowsOf<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        while !self.ended {
            if self.at >= self.block.len {
                self.at = 0;
                self.feed.counted(0, self.single.line, self.single.column);
                match self.feed.fill(&mut self.block, false) {
                    Ok(true) => {}
                    Ok(false) => self.ended = true,
                    Err(error) => {
                        self.ended = true;
                        return Some(Err(error.into()));
                    }
                }
                if self.ended {
                    break;
                }
            }
            let rest = &self.block.text()[self.at..];
            let end = memchr::memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
            self.single.kind = if self.block.kind == Rows::TooLong { Rows::TooLong } else { Rows::Lines };
            self.single.behind = self.block.behind;
            self.single.bytes.clear();
            self.single.bytes.extend_from_slice(&rest[..end]);
            self.single.len = end;
            self.single.pad();
            self.at += end.max(1);
            let row = self.single.row;
            self.worker.begin(&self.single, u64::MAX);
            let (rows, line, column) = self.worker.extent;
            (self.single.row, self.single.line, self.single.column) = (row + rows, line, column);
            if let Some((row, difference)) = self.worker.difference.take() {
                self.ended = true;
                return Some(Err(Trouble::Differs(row, difference.to_string())));
            }
            if let Some(reject) = self.worker.rejects.pop() {
                return Some(Err(Trouble::Row(Box::new(reject))));
            }
            if rows > 0 {
                let line = String::from_utf8_lossy(self.worker.out.bytes()).trim_end().to_owned();
                return Some(Ok(Judged { row, verdict: self.worker.verdict().clone(), line }));
            }
        }
        None
    }
}
