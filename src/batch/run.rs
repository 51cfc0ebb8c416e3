//! A whole run: blocks in, lines out in the order of the input, on any number of
//! threads.
//!
//! With one job everything happens on the calling thread. With more, each thread
//! takes the next block, judges it, and waits for its turn to hand the result on;
//! so the order, and with it every byte, is the same.

use super::Batch;
use super::columns::{Column, Heads};
use super::complete::Reject;
use super::options::Detail;
use super::remarks::{Clashing, Outdated};
use super::source::encoding::NotUtf8;
use super::source::{Block, Feed, Opened, Rows};
use super::tally::Tally;
use super::worker::Worker;
use crate::engine::compiled::verify::Difference;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// Takes what comes of each block, in order.
pub trait Sink {
    /// Takes whole lines, and the bad rows among the rows that they came of.
    ///
    /// # Errors
    ///
    /// When they cannot be written; the run ends.
    fn take(&mut self, lines: &[u8], rejects: &[Reject], rows: u64, bytes: u64) -> io::Result<()>;

    /// Hears of the first answers that contradict each other in what is taken next.
    fn warn(&mut self, clashes: &[Clashing]) {
        let _ = clashes;
    }

    /// Hears of the first former names in what is taken next.
    fn date(&mut self, outdated: &[Outdated]) {
        let _ = outdated;
    }

    /// Hears of an encoding that nobody named, before the rows that were read in it.
    fn hear(&mut self, opened: Opened) {
        let _ = opened;
    }
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// All rows were read.
    All,
    /// There were as many bad rows as allowed.
    TooManyErrors,
    /// It was told to stop.
    Stopped,
}

/// Why a run could not go on.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// An input, by its number, cannot be read.
    #[error("input {0}: {1}")]
    Read(usize, #[source] io::Error),
    /// An input of JSON, by its number, is written in another encoding than UTF-8.
    #[error("input {0}: {1}")]
    Encoding(usize, #[source] NotUtf8),
    /// The lines cannot be written.
    #[error("output: {0}")]
    Write(#[source] io::Error),
    /// The engine comes to another verdict on a row than the tables (see
    /// [`Options::verify`](super::options::Options::verify)): the input, the row, what differs.
    #[error("input {0}, row {1}, {2}")]
    Differs(usize, u64, #[source] Box<Difference>),
    /// A table has columns that the base does not know: its number and their names.
    #[error("unknown columns: {1:?}")]
    Columns(usize, Vec<String>),
    /// A table, by its number, has no column with the label that is known already.
    #[error("input {0} has no column with the known label")]
    NoLabel(usize, Vec<String>),
    /// A table's line of heads, by its number, is too long or ends within quotation marks.
    #[error("the heads of input {0} cannot be read")]
    Heads(usize),
    /// A table has other columns than the one before, so they cannot be joined into one.
    #[error("input {0} has other columns than the first")]
    OtherColumns(usize),
}

/// What is shared between threads at the reading end.
struct Intake {
    feed: Feed,
    heads: Option<Arc<Heads>>,
    first: Option<Arc<Heads>>,
    head_line: Vec<u8>,
    begun: bool,
    /// Whether the last block, or what kept it from being read, was given out.
    ended: bool,
}

/// A block to judge, or how the input ended, with its place in the order.
struct Task {
    number: u64,
    /// Whether there is a block.
    outcome: Result<bool, Failure>,
    /// What goes before the first block.
    head_line: Vec<u8>,
    opened: Vec<Opened>,
}

/// What is shared between threads at the writing end.
struct Outlet<'s, S> {
    sink: &'s mut S,
    next: u64,
    tally: Tally,
    end: Option<Result<End, Failure>>,
}

impl Intake {
    /// The next block of rows, or how the input ended; nothing behind that, so that
    /// the end has one place in the order and one thread that tells it.
    fn task(&mut self, batch: &Batch<'_>, block: &mut Block, stop: &AtomicBool, count: bool) -> Option<Task> {
        if self.ended {
            return None;
        }
        let number = self.feed.number();
        let outcome = if stop.load(Ordering::Relaxed) { Ok(false) } else { self.next(batch, block, count) };
        self.ended = !matches!(outcome, Ok(true));
        let head_line = if number == 0 { self.head_line.clone() } else { Vec::new() };
        Some(Task { number, outcome, head_line, opened: self.feed.take_opened() })
    }

    /// The next block of rows; what a head says goes along with it.
    fn next(&mut self, batch: &Batch<'_>, block: &mut Block, count: bool) -> Result<bool, Failure> {
        let file = |feed: &Feed, error: io::Error| match error.get_ref().and_then(|inner| inner.downcast_ref::<NotUtf8>()) {
            Some(other) => Failure::Encoding(feed.file(), *other),
            None => Failure::Read(feed.file(), error),
        };
        let filled = self.feed.fill(block, count).map_err(|error| file(&self.feed, error))?;
        if !filled {
            return Ok(false);
        }
        if block.kind == Rows::Head {
            if block.table.rows.iter().any(|head| head.too_long || head.is_open) {
                return Err(Failure::Heads(block.file));
            }
            let heads = Heads::new(&batch.names, &batch.options, &block.table, &block.bytes);
            let unknown: Vec<String> = heads.unknown().map(str::to_owned).collect();
            if !unknown.is_empty() {
                return Err(Failure::Columns(block.file, unknown));
            }
            if batch.options.expect.is_some() && !heads.columns.contains(&Column::Expected) {
                return Err(Failure::NoLabel(block.file, heads.names));
            }
            let heads = Arc::new(heads);
            self.heads = Some(Arc::clone(&heads));
            if self.begun && !self.head_line.is_empty() && self.first.as_ref().is_none_or(|first| first.names != heads.names) {
                return Err(Failure::OtherColumns(block.file));
            }
            if !std::mem::replace(&mut self.begun, true) {
                self.head_line = batch.head(&heads);
                self.first = Some(heads);
            }
        } else if !self.begun {
            self.begun = true;
            self.head_line = batch.head(&Heads::default());
        } else if block.kind != Rows::Cells && self.first.is_some() && !self.head_line.is_empty() {
            return Err(Failure::OtherColumns(block.file));
        }
        block.heads.clone_from(&self.heads);
        Ok(true)
    }
}

/// About how many rows a block should have, so that what comes of it can be kept
/// while it waits for its turn.
fn rows(detail: Detail) -> usize {
    match detail {
        Detail::Brief => 1_500,
        Detail::Ranked => 750,
        Detail::Full => 64,
    }
}

/// Judges every row of the inputs. The tally counts what reached the sink.
///
/// # Errors
///
/// When an input cannot be read or the sink cannot take more.
pub fn run<S: Sink + Send>(batch: &Batch<'_>, mut feed: Feed, sink: &mut S, stop: &AtomicBool) -> (Tally, Result<End, Failure>) {
    feed.limit_rows(rows(batch.options.detail));
    let intake = Intake { feed, heads: None, first: None, head_line: Vec::new(), begun: false, ended: false };
    let outlet = Outlet { sink, next: 0, tally: batch.tally(), end: None };
    if batch.options.jobs <= 1 { single(batch, intake, outlet, stop) } else { several(batch, intake, outlet, stop) }
}

impl<S: Sink> Outlet<'_, S> {
    /// How many bad rows are allowed still.
    fn left(&self, batch: &Batch<'_>) -> u64 {
        batch.options.max_errors.map_or(u64::MAX, |most| most.saturating_sub(self.tally.rejects()))
    }

    /// Hands a judged block on, piece by piece, of which the first is judged
    /// already; says how the run ended if it did.
    fn hand_on(
        &mut self,
        worker: &mut Worker<'_>,
        block: &Block,
        head_line: &[u8],
        stop: &AtomicBool,
    ) -> Option<Result<End, Failure>> {
        if !head_line.is_empty()
            && let Err(error) = self.sink.take(head_line, &[], 0, 0)
        {
            return Some(Err(Failure::Write(error)));
        }
        loop {
            let left = self.left(worker.batch);
            if worker.rejects.len() as u64 >= left {
                worker.again(block, left);
            }
            self.tally.add(&worker.tally);
            let rows = worker.tally.judged + worker.rejects.len() as u64;
            let is_last = !worker.has_more(block);
            let bytes = if is_last { block.read } else { 0 };
            self.sink.date(&worker.remarks.outdated);
            self.sink.warn(&worker.remarks.clashes);
            if let Err(error) = self.sink.take(worker.out.bytes(), &worker.rejects, rows, bytes) {
                return Some(Err(Failure::Write(error)));
            }
            if let Some((row, difference)) = worker.difference.take() {
                return Some(Err(Failure::Differs(block.file, row, Box::new(difference))));
            }
            if worker.rejects.len() as u64 >= left {
                return Some(Ok(End::TooManyErrors));
            }
            if is_last {
                return None;
            }
            if stop.load(Ordering::Relaxed) {
                return Some(Ok(End::Stopped));
            }
            worker.piece(block, self.left(worker.batch));
        }
    }

    /// Takes what came of a task, whose first piece is judged already.
    fn settle(&mut self, task: Task, worker: &mut Worker<'_>, block: &Block, stop: &AtomicBool) -> Option<Result<End, Failure>> {
        task.opened.into_iter().for_each(|opened| self.sink.hear(opened));
        match task.outcome {
            Err(failure) => Some(Err(failure)),
            Ok(false) => Some(Ok(ended(stop))),
            Ok(true) => self.hand_on(worker, block, &task.head_line, stop),
        }
    }
}

fn single<S: Sink>(
    batch: &Batch<'_>,
    mut intake: Intake,
    mut outlet: Outlet<'_, S>,
    stop: &AtomicBool,
) -> (Tally, Result<End, Failure>) {
    let mut worker = Worker::new(batch);
    let mut block = Block::default();
    while let Some(task) = intake.task(batch, &mut block, stop, false) {
        if matches!(task.outcome, Ok(true)) {
            worker.begin(&block, outlet.left(batch));
        }
        if let Some(end) = outlet.settle(task, &mut worker, &block, stop) {
            return (outlet.tally, end);
        }
        let (rows, line, column) = worker.extent;
        intake.feed.counted(rows, line, column);
    }
    (outlet.tally, Ok(ended(stop)))
}

/// How a run ends at the end of its input. Ctrl-C ends the program that writes
/// into the pipe as well, so what looks like the end may be a part only.
fn ended(stop: &AtomicBool) -> End {
    if stop.load(Ordering::Relaxed) { End::Stopped } else { End::All }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn several<S: Sink + Send>(
    batch: &Batch<'_>,
    intake: Intake,
    outlet: Outlet<'_, S>,
    stop: &AtomicBool,
) -> (Tally, Result<End, Failure>) {
    let (intake, outlet, turn) = (Mutex::new(intake), Mutex::new(outlet), Condvar::new());
    let most = batch.options.max_errors.unwrap_or(u64::MAX);
    let work = || {
        let mut worker = Worker::new(batch);
        let mut block = Block::default();
        loop {
            let Some(task) = held(&intake).task(batch, &mut block, stop, true) else { return };
            if matches!(task.outcome, Ok(true)) {
                worker.begin(&block, most);
            }
            let mut outlet = held(&outlet);
            while outlet.next < task.number && outlet.end.is_none() {
                outlet = turn.wait(outlet).unwrap_or_else(PoisonError::into_inner);
            }
            if outlet.end.is_some() {
                return;
            }
            outlet.next = task.number + 1;
            outlet.end = outlet.settle(task, &mut worker, &block, stop);
            turn.notify_all();
            if outlet.end.is_some() {
                return;
            }
        }
    };
    std::thread::scope(|scope| {
        // Where the system starts no more threads, those that run do the work.
        (1..batch.options.jobs).all(|_| std::thread::Builder::new().spawn_scoped(scope, work).is_ok());
        work();
    });
    let outlet = outlet.into_inner().unwrap_or_else(PoisonError::into_inner);
    // Once more: a signal goes to this thread, which may have slept until now.
    let end = outlet.end.unwrap_or(Ok(End::All)).map(|end| if end == End::All { ended(stop) } else { end });
    (outlet.tally, end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::options::Options;
    use crate::batch::source::{Form, Input};
    use crate::diagnostic::Files;
    use crate::engine::compiled::verify::Verify;
    use crate::kb::{Folder, KnowledgeBase};
    use std::path::Path;

    #[derive(Default)]
    struct Text(String);

    impl Sink for Text {
        fn take(&mut self, lines: &[u8], _: &[Reject], _: u64, _: u64) -> io::Result<()> {
            self.0.push_str(&String::from_utf8_lossy(lines));
            Ok(())
        }
    }

    #[test]
    fn the_first_row_on_which_the_engine_differs_ends_the_run() {
        let (folder, _) = Folder::read(Path::new("tests/toy")).expect("the toy base is there");
        let kb = KnowledgeBase::load(&folder, &mut Files::default()).expect("the toy base is sound");
        let mut other = kb.clone();
        other.floor = 1_000;
        for (fast, jobs) in [(true, 1), (false, 1), (true, 3)] {
            let mut batch = Batch::new(&kb, Options { fast, jobs, block: 1, verify: true, ..Options::default() });
            batch.verify = Some(Verify::new(&other, true));
            let rows = "{}\n{}\n{\"pet\":\"cat\",\"says\":\"cats\"}\n{}\n";
            let reader = Box::new(io::Cursor::new(rows.as_bytes()));
            let feed =
                Feed::new(vec![Input { name: String::new(), reader, form: Some(Form::Lines), encoding: None, live: false }], 1);
            let mut sink = Text::default();
            let (_, end) = run(&batch, feed, &mut sink, &AtomicBool::new(false));
            let Err(Failure::Differs(0, 3, difference)) = end else { panic!("{end:?}") };
            assert_eq!((difference.decision.as_str(), difference.what), ("kind", "leaders"));
            assert_eq!(sink.0.lines().count(), 2);
        }
    }
}
