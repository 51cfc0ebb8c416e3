//! A whole run: blocks in, lines out in the order of the input, on any number of
//! threads.
//!
//! With one job everything happens on the calling thread. With more, each thread
//! takes the next block, judges it, and waits for its turn to hand the result on;
//! so the order, and with it every byte, is the same.

use super::Batch;
use super::columns::Heads;
use super::complete::Reject;
use super::source::{Block, Feed, Rows};
use super::tally::Tally;
use super::worker::Worker;
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
    /// The lines cannot be written.
    #[error("output: {0}")]
    Write(#[source] io::Error),
    /// A table has columns that the base does not know: its number and their names.
    #[error("unknown columns: {1:?}")]
    Columns(usize, Vec<String>),
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
}

/// What is shared between threads at the writing end.
struct Outlet<'s, S> {
    sink: &'s mut S,
    next: u64,
    tally: Tally,
    end: Option<Result<End, Failure>>,
}

impl Intake {
    /// The next block of rows; what a head says goes along with it.
    fn next(&mut self, batch: &Batch<'_>, block: &mut Block, count: bool) -> Result<bool, Failure> {
        let filled = self.feed.fill(block, count).map_err(|error| Failure::Read(self.feed.file(), error))?;
        if !filled {
            return Ok(false);
        }
        if block.kind == Rows::Head {
            if block.table.rows.iter().any(|head| head.too_long || head.is_open) {
                return Err(Failure::Heads(block.file));
            }
            let heads = Heads::new(batch.kb, &batch.options, &block.table, &block.bytes);
            let unknown: Vec<String> = heads.unknown().map(str::to_owned).collect();
            if !unknown.is_empty() {
                return Err(Failure::Columns(block.file, unknown));
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

/// Judges every row of the inputs. The tally counts what reached the sink.
///
/// # Errors
///
/// When an input cannot be read or the sink cannot take more.
pub fn run<S: Sink + Send>(batch: &Batch<'_>, feed: Feed, sink: &mut S, stop: &AtomicBool) -> (Tally, Result<End, Failure>) {
    let intake = Intake { feed, heads: None, first: None, head_line: Vec::new(), begun: false };
    let outlet = Outlet { sink, next: 0, tally: batch.tally(), end: None };
    if batch.options.jobs <= 1 { single(batch, intake, outlet, stop) } else { several(batch, intake, outlet, stop) }
}

/// Hands a judged block on; says how the run ended if it did.
fn hand_on<S: Sink>(
    batch: &Batch<'_>,
    worker: &mut Worker<'_>,
    block: &Block,
    head_line: &[u8],
    outlet: &mut Outlet<'_, S>,
) -> Option<Result<End, Failure>> {
    let left = batch.options.max_errors.map_or(u64::MAX, |most| most.saturating_sub(outlet.tally.rejects()));
    let is_last = worker.rejects.len() as u64 >= left;
    if worker.rejects.len() as u64 > left {
        worker.work(block, left);
    }
    let is_first = block.number == 0 && !head_line.is_empty();
    let begun = if is_first { outlet.sink.take(head_line, &[], 0, 0) } else { Ok(()) };
    if let Err(error) = begun {
        return Some(Err(Failure::Write(error)));
    }
    outlet.tally.add(&worker.tally);
    let rows = worker.tally.judged + worker.rejects.len() as u64;
    if let Err(error) = outlet.sink.take(worker.out.bytes(), &worker.rejects, rows, block.read) {
        return Some(Err(Failure::Write(error)));
    }
    is_last.then_some(Ok(End::TooManyErrors))
}

fn single<S: Sink>(
    batch: &Batch<'_>,
    mut intake: Intake,
    mut outlet: Outlet<'_, S>,
    stop: &AtomicBool,
) -> (Tally, Result<End, Failure>) {
    let mut worker = Worker::new(batch);
    let mut block = Block::default();
    let end = loop {
        if stop.load(Ordering::Relaxed) {
            break Ok(End::Stopped);
        }
        match intake.next(batch, &mut block, false) {
            Err(failure) => break Err(failure),
            Ok(false) => break Ok(ended(stop)),
            Ok(true) => {}
        }
        let left = batch.options.max_errors.map_or(u64::MAX, |most| most.saturating_sub(outlet.tally.rejects()));
        worker.work(&block, left);
        let (rows, line, column) = worker.extent;
        intake.feed.counted(rows, line, column);
        if let Some(end) = hand_on(batch, &mut worker, &block, &intake.head_line, &mut outlet) {
            break end;
        }
    };
    (outlet.tally, end)
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
            let (number, outcome, head_line) = {
                let mut intake = held(&intake);
                let number = intake.feed.number();
                let outcome = if stop.load(Ordering::Relaxed) { Ok(false) } else { intake.next(batch, &mut block, true) };
                let head_line = if number == 0 { intake.head_line.clone() } else { Vec::new() };
                (number, outcome, head_line)
            };
            if matches!(outcome, Ok(true)) {
                worker.work(&block, most);
            }
            let mut outlet = held(&outlet);
            while outlet.next < number && outlet.end.is_none() {
                outlet = turn.wait(outlet).unwrap_or_else(PoisonError::into_inner);
            }
            if outlet.end.is_some() {
                return;
            }
            let end = match outcome {
                Err(failure) => Some(Err(failure)),
                Ok(false) => Some(Ok(ended(stop))),
                Ok(true) => hand_on(batch, &mut worker, &block, &head_line, &mut outlet),
            };
            outlet.next = number + 1;
            outlet.end = end;
            turn.notify_all();
            if outlet.end.is_some() {
                return;
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..batch.options.jobs {
            scope.spawn(work);
        }
    });
    let outlet = outlet.into_inner().unwrap_or_else(PoisonError::into_inner);
    // Once more: a signal goes to this thread, which may have slept until now.
    let end = outlet.end.unwrap_or(Ok(End::All)).map(|end| if end == End::All { ended(stop) } else { end });
    (outlet.tally, end)
}
