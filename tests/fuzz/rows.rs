//! Any bytes as rows: the fast path must give what the complete reader gives, the
//! same lines and the same bad rows, however the input is cut into blocks.
//!
//! The first byte says how the rest is read, so that every option comes up.
use crate::batch::Batch;
use crate::batch::complete::Reject;
use crate::batch::options::{Detail, Options, UnknownValues};
use crate::batch::run::{Failure, Sink, run};
use crate::batch::source::{Feed, Form, Input};
use crate::diagnostic::Files;
use crate::kb::{Folder, KnowledgeBase};
use std::io;
use std::path::PathBuf;
use std::sync::LazyLock;
use std::sync::atomic::AtomicBool;

static KB: LazyLock<KnowledgeBase> = LazyLock::new(|| {
    let toy = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/toy");
    let path = std::env::var_os("QUN_FUZZ_BASE").map_or_else(|| PathBuf::from(toy), PathBuf::from);
    let (folder, _) = Folder::read(&path).expect("the base is there");
    KnowledgeBase::load(&folder, &mut Files::default()).expect("the base is sound")
});

thread_local! {
    /// Eight ways to judge, each by the fast path and by the complete reader.
    static BATCHES: Vec<[Batch<'static>; 2]> = (0..8).map(pair).collect();
}

fn pair(way: u8) -> [Batch<'static>; 2] {
    let fast = Options {
        ignore_unknown: way & 1 != 0,
        unknown_values: if way & 2 != 0 { UnknownValues::Unknown } else { UnknownValues::Reject },
        detail: if way & 4 != 0 { Detail::Ranked } else { Detail::Brief },
        expect: (way & 4 != 0).then(|| "label".to_owned()),
        ..Options::default()
    };
    let complete = Options { fast: false, block: 64, ..fast.clone() };
    [Batch::new(&KB, fast), Batch::new(&KB, complete)]
}

/// Everything that a run hands on, and how it ended.
#[derive(Debug, Default, PartialEq)]
struct Taken {
    text: String,
    rejects: Vec<Reject>,
    failure: Option<String>,
}

impl Sink for Taken {
    fn take(&mut self, lines: &[u8], rejects: &[Reject], _: u64, _: u64) -> io::Result<()> {
        self.text.push_str(std::str::from_utf8(lines).expect("lines are UTF-8"));
        self.rejects.extend_from_slice(rejects);
        Ok(())
    }
}

fn taken(batch: &Batch<'_>, form: Form, bytes: &[u8]) -> Taken {
    let reader = Box::new(io::Cursor::new(bytes.to_vec()));
    let input = Input { name: String::new(), reader, form: Some(form), encoding: None, live: false };
    let mut found = Taken::default();
    let feed = Feed::new(vec![input], batch.options.block);
    let (tally, end) = run(batch, feed, &mut found, &AtomicBool::new(false));
    found.failure = end.err().map(|failure: Failure| failure.to_string());
    assert_eq!(tally.judged, found.text.lines().count() as u64);
    assert_eq!(tally.rejects(), found.rejects.len() as u64);
    found
}

/// Judges rows both ways.
pub fn rows(bytes: &[u8]) {
    let Some((way, bytes)) = bytes.split_first() else { return };
    let form = [Form::Lines, Form::Csv, Form::Json, Form::Lines][usize::from(way >> 3 & 3)];
    BATCHES.with(|batches| {
        let [fast, complete] = &batches[usize::from(way & 7)];
        assert_eq!(taken(fast, form, bytes), taken(complete, form, bytes));
    });
}
