//! Bad rows of every kind among good ones: each is named once, with its place,
//! its field and its reason, and every good one is judged.

use super::bad_rows::{Bad, GOOD, GOOD_CELLS, HEADS, bad_lines, bad_rows, mixed};
use super::{Taken, toy};
use qun::batch::Batch;
use qun::batch::options::Options;
use qun::batch::run::{End, run};
use qun::batch::source::{Feed, Form, Input};
use std::collections::BTreeSet;

fn options() -> Options {
    Options { expect: Some("label".to_owned()), ..Options::default() }
}

/// What a run takes that is told the form and that a table is UTF-8.
fn taken(options: &Options, bytes: &[u8], form: Form) -> (Taken, u64) {
    let kb = toy();
    let reader = Box::new(std::io::Cursor::new(bytes.to_vec()));
    let input = Input { name: "rows".to_owned(), reader, form: Some(form), encoding: Some(encoding_rs::UTF_8), live: false };
    let mut sink = Taken::default();
    let batch = Batch::new(&kb, options.clone());
    let (tally, end) = run(&batch, Feed::new(vec![input], options.block), &mut sink, &false.into());
    assert_eq!(end.expect("reading memory does not fail"), End::All);
    (sink, tally.judged)
}

/// Holds what a run says against what is expected of it.
fn check(text: &[u8], form: Form, first: u64, expected: &[Bad]) {
    let kinds: BTreeSet<_> = expected.iter().map(|one| &one.row).collect();
    assert!(kinds.len() >= 20 && kinds.len() == expected.len(), "{} kinds", kinds.len());
    for (fast, jobs, block) in [(true, 1, 512 << 10), (true, 1, 4 << 10), (false, 2, 64), (true, 3, 10_000), (true, 8, 4 << 20)] {
        let (found, judged) = taken(&Options { fast, jobs, block, ..options() }, text, form);
        assert_eq!((judged, found.text.lines().count()), (expected.len() as u64, expected.len()));
        let said: Vec<_> = found
            .rejects
            .iter()
            .map(|one| {
                let fault = &one.faults[0];
                assert_eq!(fault.line, one.origin.line);
                (one.origin.row, fault.line, fault.column, fault.field.as_deref(), fault.diagnostic.name)
            })
            .collect();
        let place = |(at, one): (u64, &Bad)| (at * 2 + 2, at * 3 + 2 + first, one.column, one.field, one.reason);
        let wanted: Vec<_> = (0..).zip(expected).map(place).collect();
        assert_eq!(said, wanted, "{jobs} jobs, blocks of {block}");
    }
}

#[test]
fn every_bad_line_is_named_once_and_every_good_one_is_judged() {
    let expected = bad_lines();
    check(&mixed(GOOD, &expected), Form::Lines, 1, &expected);
}

#[test]
fn every_bad_row_of_a_table_is_named_once_and_every_good_one_is_judged() {
    let expected = bad_rows();
    let text = [HEADS.as_bytes(), b"\n", &mixed(GOOD_CELLS, &expected)].concat();
    check(&text, Form::Csv, 2, &expected);
}
