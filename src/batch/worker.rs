//! Blocks of rows, judged: what every thread does with its own buffers.

use super::complete::{Label, Origin, Reject, bare, incomplete, read_one};
use super::fast::{MARGIN, Sheet};
use super::options::LONGEST_LINE;
use super::remarks::Remarks;
use super::source::elements::advance;
use super::source::{Block, Rows, is_blank};
use super::tail::Given;
use super::tally::Tally;
use super::write::Out;
use super::{Batch, Face, columns};
use crate::answer::Answers;
use crate::engine::compiled::judging::Judging;
use crate::engine::compiled::marks::Marks;
use crate::engine::compiled::verdict::Verdict;
use crate::engine::compiled::verify::Difference;
use crate::ids::{CandidateId, ClashId, DecisionId};
use crate::profile::{Format, Profile};
use crate::spelling::normal;
use crate::text::harmless_json;
use std::ops::Range;

/// How many bytes of lines a piece has, and one line more.
const PIECE: usize = 1 << 20;
/// How many bad rows a piece has at most.
const REJECTS: usize = 1_000;

/// How far a block is judged.
#[derive(Debug, Clone, Default)]
struct Progress {
    /// The byte, or for tables the row, that comes next.
    at: usize,
    origin: Origin,
}

/// Buffers for judging blocks piece by piece, and what came of the last piece.
/// Pieces keep what is not handed on yet within bounds, however much comes of a row.
pub struct Worker<'a> {
    /// The batch.
    pub batch: &'a Batch<'a>,
    /// Where the last piece began, and where it ended.
    from: Progress,
    next: Progress,
    judging: Judging,
    verdict: Verdict,
    sheet: Sheet,
    marks: Marks,
    /// An object over several lines, without their line breaks.
    flat: Vec<u8>,
    /// What is said of a whole profile.
    whole: String,
    /// A profile of what the fast path read.
    profile: Profile,
    /// The lines.
    pub out: Out,
    /// The bad rows, in their order.
    pub rejects: Vec<Reject>,
    /// What is said of rows that are judged all the same.
    pub remarks: Remarks,
    /// The clashes that hold: a buffer.
    clashing: Vec<ClashId>,
    /// Where the engine came to another verdict, if it was asked: the row, and what differs.
    pub difference: Option<(u64, Difference)>,
    /// The counts.
    pub tally: Tally,
    /// How many rows there were, and where the block ended.
    pub extent: (u64, u64, u64),
    /// The decision that known labels are compared with.
    expected: Option<DecisionId>,
}

/// Which reader read a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Path {
    Fast,
    Complete,
}

impl<'a> Worker<'a> {
    /// Buffers for a batch.
    #[must_use]
    pub fn new(batch: &'a Batch<'a>) -> Worker<'a> {
        Worker {
            batch,
            from: Progress::default(),
            next: Progress::default(),
            judging: Judging::new(&batch.plan, batch.options.ask_next),
            verdict: Verdict::default(),
            sheet: Sheet::default(),
            marks: Marks::default(),
            flat: Vec::new(),
            whole: String::new(),
            profile: Profile::of(Answers::unknown(batch.kb.facts.len())),
            out: Out::default(),
            rejects: Vec::new(),
            remarks: Remarks::default(),
            clashing: Vec::new(),
            difference: None,
            tally: Tally::new(&batch.plan),
            extent: (0, 1, 1),
            expected: batch.options.expected(batch.kb),
        }
    }

    /// The verdict on the last row that was judged.
    #[must_use]
    pub fn verdict(&self) -> &Verdict {
        &self.verdict
    }

    /// Judges the first piece of a block, up to and including the `limit`th bad row.
    pub fn begin(&mut self, block: &Block, limit: u64) {
        let origin = Origin { file: block.file, row: block.row, line: block.line, column: block.column };
        self.next = Progress { at: 0, origin };
        self.piece(block, limit);
    }

    /// Judges the last piece anew.
    pub fn again(&mut self, block: &Block, limit: u64) {
        self.next.clone_from(&self.from);
        self.piece(block, limit);
    }

    /// Whether there is a piece behind the last one.
    #[must_use]
    pub fn has_more(&self, block: &Block) -> bool {
        let end = match block.kind {
            Rows::Lines | Rows::Elements => block.len,
            Rows::TooLong | Rows::Toml => 1,
            Rows::Head => 0,
            Rows::Cells => block.table.rows.len(),
        };
        self.next.at < end
    }

    /// Judges the next piece of a block, up to and including the `limit`th bad row.
    pub fn piece(&mut self, block: &Block, limit: u64) {
        self.out.truncate(0);
        self.rejects.clear();
        self.remarks.clear();
        self.difference = None;
        self.tally.clear();
        self.from.clone_from(&self.next);
        let Progress { mut at, mut origin } = std::mem::take(&mut self.next);
        match block.kind {
            Rows::Lines => self.lines(block, &mut at, &mut origin, limit),
            Rows::Elements => self.elements(block, &mut at, &mut origin, limit),
            Rows::TooLong => {
                self.reject(bare("row-too-long", &origin));
                (at, origin.row, (origin.line, origin.column)) = (1, origin.row + 1, block.behind);
            }
            Rows::Head => {
                let former = block.heads.as_ref().map(|heads| heads.outdated(&self.batch.names)).unwrap_or_default();
                self.tally.outdated += self.remarks.former(&Origin { row: 0, ..origin.clone() }, former);
            }
            Rows::Toml => {
                self.element(block.text(), Format::Toml, &origin);
                (at, origin.row) = (1, origin.row + 1);
            }
            Rows::Cells => self.cells(block, &mut at, &mut origin, limit),
        }
        self.extent = (origin.row - block.row, origin.line, origin.column);
        self.next = Progress { at, origin };
    }

    fn is_full(&self, limit: u64) -> bool {
        let is_whole = self.out.len() >= PIECE || self.rejects.len() >= REJECTS || self.rejects.len() as u64 >= limit;
        is_whole || self.difference.is_some()
    }

    fn lines(&mut self, block: &Block, at: &mut usize, origin: &mut Origin, limit: u64) {
        let is_fast = self.batch.options.is_fast();
        while *at < block.len && !self.is_full(limit) {
            let fast = if is_fast { self.batch.reader.read(&block.bytes, *at, &mut self.sheet) } else { None };
            if let Some(next) = fast.filter(|next| next - *at <= LONGEST_LINE) {
                self.judge_sheet(&block.bytes, Given::Json(&block.bytes[*at..next]), origin);
                *at = next;
                origin.row += 1;
                origin.line += 1;
                continue;
            }
            let end = memchr::memchr(b'\n', &block.bytes[*at..block.len]).map_or(block.len, |end| *at + end);
            let line = &block.bytes[*at..end];
            if !is_blank(line) {
                self.element(line, Format::Json, origin);
                origin.row += 1;
            }
            origin.line += 1;
            *at = end + 1;
        }
    }

    fn elements(&mut self, block: &Block, at: &mut usize, origin: &mut Origin, limit: u64) {
        let is_fast = self.batch.options.is_fast();
        while *at < block.len && !self.is_full(limit) {
            let end = memchr::memchr(b'\n', &block.bytes[*at..block.len]).map_or(block.len, |end| *at + end + 1);
            let element = &block.bytes[*at..end];
            if !is_blank(element) {
                let blanks = element.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r')).count();
                if !(is_fast && self.element_fast(block, *at + blanks..end, origin)) {
                    let mut here = origin.clone();
                    advance(&element[..blanks], &mut here.line, &mut here.column);
                    self.element(element[blanks..].strip_suffix(b"\n").unwrap_or(&element[blanks..]), Format::Json, &here);
                }
                origin.row += 1;
            }
            advance(element, &mut origin.line, &mut origin.column);
            *at = end;
        }
    }

    /// One JSON object by the fast path, which knows no line breaks within a row;
    /// false if it is for the complete reader.
    fn element_fast(&mut self, block: &Block, place: Range<usize>, origin: &Origin) -> bool {
        let (text, end) = (&block.bytes[place.clone()], Some(place.end));
        if text.len() > LONGEST_LINE {
            return false;
        }
        if memchr::memchr(b'\r', text).is_none() {
            let is_read = self.batch.reader.read(&block.bytes, place.start, &mut self.sheet) == end;
            if is_read {
                self.judge_sheet(&block.bytes, Given::Json(text), origin);
            }
            return is_read;
        }
        let mut flat = std::mem::take(&mut self.flat);
        flat.clear();
        flat.extend(text.iter().map(|byte| if *byte == b'\r' { b' ' } else { *byte }));
        flat.resize(text.len() + MARGIN, 0);
        let is_read = self.batch.reader.read(&flat, 0, &mut self.sheet) == Some(text.len());
        if is_read {
            self.judge_sheet(&flat, Given::Json(text), origin);
        }
        self.flat = flat;
        is_read
    }

    /// One profile by the complete reader.
    fn element(&mut self, text: &[u8], format: Format, origin: &Origin) {
        if text.len() > LONGEST_LINE {
            self.reject(bare("row-too-long", origin));
            return;
        }
        match read_one(&self.batch.names, &self.batch.options, text, format, origin) {
            Ok((profile, label)) => {
                let given = if format == Format::Toml { Given::Toml(text) } else { Given::Json(text) };
                self.profile(profile, label, origin, given);
            }
            Err(reject) => self.reject(*reject),
        }
    }

    fn cells(&mut self, block: &Block, at: &mut usize, origin: &mut Origin, limit: u64) {
        let Some(heads) = block.heads.clone() else { return };
        let batch = self.batch;
        let is_fast = batch.options.is_fast();
        for row in block.table.rows.iter().skip(*at) {
            if self.is_full(limit) {
                return;
            }
            *at += 1;
            origin.line = row.line;
            let cells = &block.table;
            if is_fast && columns::read(&batch.reader, &heads, row, cells, &block.bytes, &mut self.sheet).is_some() {
                match &batch.face {
                    Face::Table(columns) => {
                        if self.judge(Path::Fast, origin, self.sheet.expected) {
                            let found = Some((row, cells, &*block.bytes));
                            columns.line(&mut self.out, found, (None, origin.row), &self.verdict, &[]);
                        }
                    }
                    _ => self.judge_sheet(&block.bytes, Given::Cells((row, cells, &block.bytes), &heads), origin),
                }
            } else {
                match columns::complete(&batch.names, &batch.options, &heads, (row, cells, &block.bytes), origin) {
                    Ok((profile, label)) => {
                        self.profile(profile, label, origin, Given::Cells((row, cells, &block.bytes), &heads));
                    }
                    Err(reject) => self.reject(*reject),
                }
            }
            origin.row += 1;
        }
    }

    /// Judges what the fast path read.
    #[inline]
    fn judge_sheet(&mut self, bytes: &[u8], given: Given<'_>, origin: &Origin) {
        let row = origin.row;
        if !self.judge(Path::Fast, origin, self.sheet.expected) {
            return;
        }
        let id = self.sheet.id.clone().and_then(|id| bytes.get(id));
        match &self.batch.face {
            Face::Json(texts) => {
                texts.line(&mut self.out, id, row, &self.verdict);
            }
            Face::Table(columns) => {
                let id = id.and_then(|id| std::str::from_utf8(id).ok());
                return columns.line(&mut self.out, None, (id, row), &self.verdict, &[]);
            }
            Face::Whole(whole) => {
                let id = id.and_then(|id| std::str::from_utf8(id).ok());
                self.profile.id = id.map(str::to_owned);
                self.profile.answers.clear();
                for (fact, answer) in &self.sheet.marks.given {
                    self.profile.answers.set(*fact, Some(*answer));
                }
                self.whole.clear();
                whole(&self.profile, &self.verdict, row, &mut self.whole);
                self.out.put(self.whole.as_bytes());
            }
        }
        if self.batch.has_tail {
            self.batch.tail(&mut self.out, (&[], &self.verdict.ask), given);
        }
    }

    fn profile(&mut self, mut profile: Profile, label: Option<Label>, origin: &Origin, given: Given<'_>) {
        let batch = self.batch;
        let assumed = match batch.options.missing.settle(&batch.kb.facts, &mut profile.answers) {
            Ok(assumed) => assumed,
            Err(missing) => return self.reject(incomplete(&batch.kb.facts, &missing, origin)),
        };
        let expected = label.as_ref().and_then(|label| batch.labels.get(&normal(&label.text)).copied());
        if let Some(label) = label.filter(|_| expected.is_none()) {
            self.reject(label.unknown(origin));
            return;
        }
        self.tally.outdated += self.remarks.former(origin, std::mem::take(&mut profile.outdated));
        self.marks.fill(&batch.plan, &profile.answers);
        if !self.judge(Path::Complete, origin, expected) {
            return;
        }
        match &batch.face {
            Face::Json(texts) => {
                let id = profile.id.as_ref().map(|id| serde_json::Value::from(id.as_str()).to_string());
                let id = id.as_ref().map(|id| harmless_json(id));
                let id = id.as_ref().map(|id| &id.as_bytes()[1..id.len() - 1]);
                texts.line(&mut self.out, id, origin.row, &self.verdict);
            }
            Face::Whole(whole) => {
                self.whole.clear();
                whole(&profile, &self.verdict, origin.row, &mut self.whole);
                self.out.put(self.whole.as_bytes());
            }
            Face::Table(columns) => {
                let cells = if let Given::Cells(cells, _) = given { Some(cells) } else { None };
                return columns.line(&mut self.out, cells, (profile.id.as_deref(), origin.row), &self.verdict, &assumed);
            }
        }
        if batch.has_tail {
            batch.tail(&mut self.out, (&assumed, &self.verdict.ask), given);
        }
    }

    /// Judges what a reader marked, and counts it; false if the engine comes to another verdict.
    #[inline]
    fn judge(&mut self, path: Path, origin: &Origin, expected: Option<CandidateId>) -> bool {
        let marks = match path {
            Path::Fast => &self.sheet.marks,
            Path::Complete => &self.marks,
        };
        self.judging.judge(&self.batch.plan, marks, &mut self.verdict);
        if let Some(verify) = &self.batch.verify
            && let Err(difference) = verify.marks(&self.batch.plan, marks, &self.verdict)
        {
            self.difference = Some((origin.row, difference));
            return false;
        }
        self.tally.judged(&self.verdict, self.expected.zip(expected));
        if self.batch.options.fail_on.as_ref().is_some_and(|rule| rule.truth(&self.verdict).is_yes()) {
            self.tally.met(origin);
        }
        self.judging.clashes(&self.batch.plan, marks, &mut self.clashing);
        for clash in &self.clashing {
            self.tally.clashes[clash.index()] += 1;
            self.remarks.clash(origin, *clash);
        }
        true
    }

    fn reject(&mut self, reject: Reject) {
        self.tally.rejected(&reject);
        self.rejects.push(reject);
    }
}
