//! Rows: their order, their numbers, and the bad ones among them.

use super::{lines, taken, toy};
use qun::batch::Batch;
use qun::batch::options::{Options, UnknownValues};
use qun::batch::run::End;
use qun::batch::source::Form;
use std::fmt::Write;

pub(super) const GOOD: &str = r#"{"id":"g","pet":"cat","toys":["wool"],"size":4.5,"walks":false}"#;

/// Bad rows of every kind, with the reason that each is rejected for.
fn bad() -> Vec<(String, &'static str)> {
    let deep = format!("{{\"pet\":{}{}}}", "[".repeat(70), "]".repeat(70));
    let long = format!("{{\"name\":\"{}\"}}", "x".repeat(2_100_000));
    let row = |text: &str, reason| (text.to_owned(), reason);
    vec![
        row("{\"pet\":\"cat\"", "broken-profile"),
        row("not json", "broken-profile"),
        row("[1,2]", "broken-profile"),
        row("{\"pet\":\"cat\"} {}", "broken-profile"),
        row("{\"pet\":\"cat\",}", "broken-profile"),
        row("{\"name\":\"a\tb\"}", "broken-profile"),
        row("{\"name\":\"\\x\"}", "broken-profile"),
        row("{\"size\":012}", "broken-profile"),
        row("{\"weather\":\"rain\"}", "unknown-answer-key"),
        row("{\"pet\":\"cow\"}", "unknown-answer"),
        row("{\"pet\":7}", "wrong-answer-kind"),
        row("{\"pet\":{\"a\":1}}", "wrong-answer-kind"),
        row("{\"name\":\"\\ud800\"}", "wrong-answer-kind"),
        row("{\"toys\":[1]}", "wrong-answer-kind"),
        row("{\"pet\":\"cat\",\"Pet\":\"dog\"}", "answer-given-twice"),
        row("{\"toys\":[\"ball\",\"Ball\"]}", "option-given-twice"),
        row("{\"toys\":[]}", "empty-list"),
        row("{\"toys\":[\"ball\",\"wool\",\"castle\"]}", "too-many-choices"),
        row("{\"toys\":[\"ball\",\"none\"]}", "none-and-others"),
        row("{\"size\":101}", "out-of-range"),
        row("{\"size\":1e9}", "out-of-range"),
        row("{\"size\":0.25}", "too-fine"),
        (deep, "row-too-deep"),
        (long, "row-too-long"),
    ]
}

#[test]
fn every_bad_row_is_named_once_and_every_good_one_is_judged() {
    let kb = toy();
    let mut text = String::new();
    for (row, _) in bad() {
        let _ = writeln!(text, "{GOOD}\n\n{row}");
    }
    text.push_str(GOOD); // without a line end
    let mut bytes = text.into_bytes();
    bytes.extend_from_slice(b"\n{\"name\":\"\xFF\"}\n");
    let expected: Vec<_> = bad().into_iter().map(|(_, reason)| reason).chain(["row-not-utf8"]).collect();
    let mut before = None;
    for (jobs, block) in [(1, 512 << 10), (1, 4 << 10), (2, 64), (3, 10_000), (8, 4 << 20)] {
        let batch = Batch::new(&kb, Options { jobs, block, ..Options::default() });
        let (found, tally, end) = taken(&batch, &bytes, Some(Form::Lines));
        assert_eq!(end, End::All);
        let reasons: Vec<_> = found.rejects.iter().map(|reject| reject.faults[0].diagnostic.name).collect();
        assert_eq!(reasons, expected, "{jobs} jobs, blocks of {block}");
        for (place, reject) in (0..).zip(&found.rejects) {
            let (row, line) = if place == 24 { (50, 74) } else { (place * 2 + 2, place * 3 + 3) };
            assert_eq!((reject.origin.row, reject.origin.line, reject.origin.column), (row, line, 1));
        }
        assert_eq!((tally.judged, tally.rejects()), (25, 25));
        assert_eq!(found.text.lines().count(), 25);
        assert_eq!(*before.get_or_insert(found.text.clone()), found.text);
    }
}

#[test]
fn a_fault_has_its_column_and_its_field() {
    let found = lines(&toy(), &Options::default(), "{\"宠物\":\"猫\",\"toys\":[\"ball\",\"drum\"]}\n");
    let fault = &found.rejects[0].faults[0];
    assert_eq!((fault.line, fault.column, fault.field.as_deref()), (1, 26, Some("toys")));
}

#[test]
fn a_run_ends_after_as_many_bad_rows_as_allowed_at_the_same_byte_for_any_jobs() {
    let kb = toy();
    let text = format!("{GOOD}\n{{\"pet\":1}}\n").repeat(500);
    let mut before = None;
    for (jobs, block) in [(1, 1 << 20), (1, 64), (3, 700), (2, 1 << 20)] {
        let batch = Batch::new(&kb, Options { jobs, block, max_errors: Some(7), ..Options::default() });
        let (found, tally, end) = taken(&batch, text.as_bytes(), Some(Form::Lines));
        assert_eq!((end, tally.rejects(), tally.judged), (End::TooManyErrors, 7, 7));
        assert_eq!(*before.get_or_insert(found.text.clone()), found.text);
    }
}

#[test]
fn unknown_values_are_dropped_and_the_rest_of_a_list_is_kept() {
    let kb = toy();
    let options = Options { unknown_values: UnknownValues::Unknown, ignore_unknown: true, ..Options::default() };
    let with = lines(
        &kb,
        &options,
        "{\"pet\":\"cow\",\"toys\":[\"drum\",\"wool\"],\"weather\":\"rain\"}\n{\"toys\":[]}\n{\"toys\":[\"drum\"]}\n",
    );
    let without = lines(&kb, &Options::default(), "{\"toys\":[\"wool\"]}\n{}\n{}\n");
    assert_eq!(with, without);
    assert_eq!(with.rejects, []);
}

#[test]
fn the_iterator_gives_what_a_run_gives() {
    let kb = toy();
    let text = format!("{GOOD}\n{{\"pet\":1}}\n\n{{\"pet\":\"dog\"}}");
    let batch = Batch::new(&kb, Options::default());
    let rows: Vec<_> = batch.rows(std::io::Cursor::new(text.clone())).collect();
    assert_eq!(rows.len(), 3);
    assert!(rows[1].is_err());
    let lines_of: String = rows.iter().flatten().map(|row| row.line.clone() + "\n").collect();
    assert_eq!(lines_of, lines(&kb, &Options::default(), &text).text);
}
