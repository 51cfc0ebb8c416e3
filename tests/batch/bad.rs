//! Bad rows of every kind among good ones: each is named once, with its place,
//! its field and its reason, and every good one is judged.

use super::door::{folder, qun};
use super::rows::GOOD;
use super::{Taken, toy};
use qun::batch::Batch;
use qun::batch::options::Options;
use qun::batch::run::{End, run};
use qun::batch::source::{Feed, Form, Input};
use std::collections::BTreeSet;

/// A bad row, and what is said of it: column, field, reason.
struct Bad {
    row: Vec<u8>,
    column: u64,
    field: Option<&'static str>,
    reason: &'static str,
}

fn bad(row: impl Into<Vec<u8>>, column: u64, field: &'static str, reason: &'static str) -> Bad {
    Bad { row: row.into(), column, field: Some(field).filter(|field| !field.is_empty()), reason }
}

fn bad_lines() -> Vec<Bad> {
    vec![
        bad("{\"pet\":\"cat\"", 12, "", "broken-profile"),
        bad("not json", 2, "", "broken-profile"),
        bad("[1,2]", 1, "", "broken-profile"),
        bad("\"cat\"", 5, "", "broken-profile"),
        bad("{\"pet\":\"cat\"} {}", 15, "", "broken-profile"),
        bad("{\"pet\":\"cat\",}", 14, "", "broken-profile"),
        bad("{\"pet\":\"cat\" \"size\":1}", 14, "", "broken-profile"),
        bad("{'pet':'cat'}", 2, "", "broken-profile"),
        bad("{\"name\":\"a\tb\"}", 10, "", "broken-profile"),
        bad("{\"name\":\"\\x\"}", 11, "", "broken-profile"),
        bad("{\"size\":012}", 10, "", "broken-profile"),
        bad("{\"size\":NaN}", 9, "", "broken-profile"),
        bad("{\"weather\":\"rain\"}", 2, "weather", "unknown-answer-key"),
        bad("{\"宠物\":\"猫\",\"toys\":[\"ball\",\"drum\"]}", 26, "toys", "unknown-answer"),
        bad("{\"pet\":\"cow\"}", 8, "pet", "unknown-answer"),
        bad("{\"toys\":\"ball;wool\"}", 9, "toys", "unknown-answer"),
        bad("{\"pet\":[\"cat\"]}", 8, "pet", "wrong-answer-kind"),
        bad("{\"pet\":7}", 8, "pet", "wrong-answer-kind"),
        bad("{\"pet\":{\"a\":1}}", 8, "pet", "wrong-answer-kind"),
        bad("{\"name\":\"\\ud800\"}", 9, "name", "wrong-answer-kind"),
        bad("{\"id\":[\"a\"]}", 7, "id", "wrong-answer-kind"),
        bad("{\"toys\":[1]}", 9, "toys", "wrong-answer-kind"),
        bad("{\"walks\":\"maybe\"}", 10, "walks", "wrong-answer-kind"),
        bad("{\"walks\":1}", 10, "walks", "wrong-answer-kind"),
        bad("{\"size\":\"4\"}", 9, "size", "wrong-answer-kind"),
        bad("{\"pet\":\"cat\",\"Pet\":\"dog\"}", 14, "Pet", "answer-given-twice"),
        bad("{\"id\":\"a\",\"id\":\"b\"}", 11, "id", "answer-given-twice"),
        bad("{\"toys\":[\"ball\",\"Ball\"]}", 17, "toys", "option-given-twice"),
        bad("{\"toys\":[]}", 9, "toys", "empty-list"),
        bad("{\"toys\":[\"ball\",\"wool\",\"castle\"]}", 9, "toys", "too-many-choices"),
        bad("{\"toys\":[\"ball\",\"none\"]}", 9, "toys", "none-and-others"),
        bad("{\"size\":101}", 9, "size", "out-of-range"),
        bad("{\"size\":-1}", 9, "size", "out-of-range"),
        bad("{\"size\":1e9}", 9, "size", "out-of-range"),
        bad("{\"size\":0.25}", 9, "size", "too-fine"),
        bad("{\"label\":\"vulpine\"}", 10, "label", "unknown-expected"),
        bad("{\"label\":7}", 10, "label", "wrong-answer-kind"),
        bad("{\"label\":\"feline\",\"label\":\"canine\"}", 19, "label", "answer-given-twice"),
        bad(format!("{{\"size\":0.{}1}}", "0".repeat(50)), 9, "size", "number-too-long"),
        bad(format!("{{\"pet\":{}{}}}", "[".repeat(70), "]".repeat(70)), 1, "", "row-too-deep"),
        bad(format!("{{\"name\":\"{}\"}}", "x".repeat(2_100_000)), 1, "", "row-too-long"),
        bad(b"{\"name\":\"\xFF\"}", 10, "", "row-not-utf8"),
    ]
}

/// The heads of the table, and a good row.
const HEADS: &str = "id,pet,toys,size,walks,label";
const GOOD_CELLS: &str = "g,cat,wool,4.5,no,feline";

fn bad_rows() -> Vec<Bad> {
    vec![
        bad("a,cat", 3, "toys", "wrong-cell-count"),
        bad("a,cat,,,,,more", 7, "", "wrong-cell-count"),
        bad("\"a,cat\",,,,", 6, "label", "wrong-cell-count"),
        bad("a,cow,,,,", 2, "pet", "unknown-answer"),
        bad("a,cat;dog,,,,", 2, "pet", "unknown-answer"),
        bad("a,ball,,,,", 2, "pet", "unknown-answer"),
        bad("a,,ball;drum,,,", 3, "toys", "unknown-answer"),
        bad("a,cow,drum,101,,", 2, "pet", "unknown-answer"),
        bad("a,,ball;ball,,,", 3, "toys", "option-given-twice"),
        bad("a,,ball；球,,,", 3, "toys", "option-given-twice"),
        bad("a,,;,,,", 3, "toys", "empty-list"),
        bad("a,,ball;wool;castle,,,", 3, "toys", "too-many-choices"),
        bad("a,,ball、none,,,", 3, "toys", "none-and-others"),
        bad("a,,,many,,", 4, "size", "wrong-answer-kind"),
        bad("a,,,\"1,5\",,", 4, "size", "wrong-answer-kind"),
        bad("a,,,４,,", 4, "size", "wrong-answer-kind"),
        bad("a,,,NaN,,", 4, "size", "wrong-answer-kind"),
        bad("a,,,101,,", 4, "size", "out-of-range"),
        bad("a,,,-1,,", 4, "size", "out-of-range"),
        bad("a,,,1e9,,", 4, "size", "out-of-range"),
        bad("a,,,0.25,,", 4, "size", "too-fine"),
        bad("a,,,,maybe,", 5, "walks", "wrong-answer-kind"),
        bad("a,,,,1,", 5, "walks", "wrong-answer-kind"),
        bad("a,,,,,vulpine", 6, "label", "unknown-expected"),
        bad(format!("a,,,0.{}1,,", "0".repeat(50)), 4, "size", "number-too-long"),
        bad(format!("{},,,,,", "x".repeat(2_100_000)), 1, "", "row-too-long"),
        bad(b"a,\xFF,,,,", 2, "pet", "cell-not-readable"),
        bad("a,,,,,\"feline", 6, "label", "quote-not-closed"),
    ]
}

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

/// Good rows with one bad row behind each; the first stands on this line.
fn mixed(good: &str, bad: &[Bad]) -> Vec<u8> {
    bad.iter().flat_map(|one| [good.as_bytes(), b"\n\n", &one.row, b"\n"].concat()).collect()
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

#[test]
fn the_command_names_them_in_a_file() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    let lines = mixed(GOOD, &bad_lines());
    let rows = [HEADS.as_bytes(), b"\n", &mixed(GOOD_CELLS, &bad_rows())].concat();
    for (name, text, first, expected) in [("rows.jsonl", lines, 1, bad_lines()), ("rows.csv", rows, 2, bad_rows())] {
        std::fs::write(path(name), text).expect("written");
        let mut command = qun();
        command.args(["--expect", "label", "--encoding", "utf-8", "--quiet", "--rejects"]).arg(path("bad.jsonl"));
        let output = command.arg(path(name)).output().expect("it runs");
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), expected.len());
        let told = std::fs::read_to_string(path("bad.jsonl")).expect("there");
        assert_eq!(told.lines().count(), expected.len());
        for ((at, one), told) in (0..).zip(&expected).zip(told.lines()) {
            let told: serde_json::Value = serde_json::from_str(told).expect("JSON");
            assert!(told["file"].as_str().is_some_and(|file| file.ends_with(name)), "{told}");
            let wanted = serde_json::json!([at * 2 + 2, at * 3 + 2 + first, one.column, one.field, one.reason]);
            assert_eq!(serde_json::json!([told["row"], told["line"], told["column"], told["field"], told["reason"]]), wanted);
            assert!(told["message"]["zh"].is_string() && told["message"]["en"].is_string(), "{told}");
        }
    }
}
