//! A batch judged, whoever takes its lines; and why it could not be.

use super::asked::Asked;
use super::inputs::Opened;
use crate::cli::output::{cannot_write, reason};
use crate::cli::{Door, Ending};
use anyhow::{Result, bail};
use qun::batch::Batch;
use qun::batch::options::Options;
use qun::batch::run::{End, Failure, Sink, run};
use qun::batch::source::Feed;
use qun::batch::tally::Tally;
use qun::ids::DecisionId;
use qun::kb::KnowledgeBase;
use qun::spelling::nearest;
use qun::text::harmless_line;
use std::path::Path;
use std::sync::atomic::AtomicBool;

/// What came of a batch.
pub struct Judged {
    /// The counts.
    pub tally: Tally,
    /// How it ended.
    pub end: Result<End, Failure>,
    /// The decisions that were printed.
    pub printed: Vec<DecisionId>,
    /// The decision that known labels were compared with.
    pub expected: Option<DecisionId>,
}

/// Judges all inputs as asked; a table may go to a terminal.
pub fn judge<S: Sink + Send>(
    door: &Door,
    (asked, to_terminal): (&Asked, bool),
    (kb, options): (&KnowledgeBase, Options),
    opened: Opened,
    sink: &mut S,
    stop: &AtomicBool,
) -> Result<Judged> {
    let mut batch = Batch::new(kb, options);
    if asked.is_money() {
        if kb.money.is_none() {
            bail!(qun::words::say("money.door.no-money", door.lang));
        }
        let line = qun::report::forecast::line::Line::new(kb);
        batch = batch.whole(move |profile, verdict, row, text| line.put(profile, verdict, row, text));
    } else if asked.is_table() {
        batch = batch.table(asked.excel, to_terminal);
    }
    let feed = Feed::new(opened.inputs, batch.options.block);
    let (tally, end) = run(&batch, feed, sink, stop);
    Ok(Judged { tally, end, printed: batch.plan().printed().collect(), expected: batch.options.expected(kb) })
}

/// Why a batch could not go on, in words.
pub fn failed(door: &Door, failure: Failure, names: &[String], expect: Option<&str>, output: Option<&Path>) -> Result<Ending> {
    let name = |file: usize| names.get(file).map_or("-", String::as_str);
    match failure {
        Failure::Read(file, error) => {
            bail!(door.fill("door.cannot-read", &[("path", name(file)), ("reason", &reason(door.lang, &error))]))
        }
        Failure::Encoding(file, encoding) => {
            bail!(door.fill("batch.json-is-utf8", &[("file", name(file)), ("encoding", encoding.0.name())]))
        }
        Failure::Write(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Err(error.into()),
        Failure::Write(error) => Err(cannot_write(door.lang, output.unwrap_or(Path::new("-")), &error)),
        Failure::Columns(file, columns) => {
            let columns: Vec<_> = columns.iter().map(|column| format!("`{}`", harmless_line(column))).collect();
            bail!(door.fill("batch.unknown-columns", &[("file", name(file)), ("columns", &columns.join(", "))]))
        }
        Failure::Differs(file, row, difference) => {
            let (row, difference) = (row.to_string(), difference.to_string());
            bail!(door.fill("batch.differs", &[("file", name(file)), ("row", &row), ("difference", &difference)]))
        }
        Failure::NoLabel(file, heads) => {
            let label = expect.unwrap_or_default();
            let gaps = [("file", name(file)), ("label", &harmless_line(label))];
            let near = nearest(label, heads.iter().map(String::as_str));
            let near = near.map(|near| door.fill("near.help", &[("near", &harmless_line(near))]));
            bail!(
                "{}",
                [Some(door.fill("batch.no-label-column", &gaps)), near].into_iter().flatten().collect::<Vec<_>>().join("; ")
            )
        }
        Failure::Heads(file) => bail!(door.fill("batch.bad-heads", &[("file", name(file))])),
        Failure::OtherColumns(file) => bail!(door.fill("batch.other-columns", &[("file", name(file))])),
    }
}
