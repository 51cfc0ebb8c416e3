//! JSON in other shapes than one object per line: arrays, and objects over several lines.

use super::bad_rows::GOOD;
use super::{answers, line, lines, taken, taken_of, toy};
use crate::thorough::thorough;
use proptest::prelude::*;
use qun::batch::Batch;
use qun::batch::options::Options;
use qun::batch::source::Form;

/// Jobs and block sizes that cut a text in different places.
const CUTS: [(usize, usize); 4] = [(1, 1 << 20), (1, 64), (2, 1_000), (3, 64 << 10)];

/// Where each bad row begins: row, line, column.
fn places(found: &super::Taken) -> Vec<(u64, u64, u64)> {
    found.rejects.iter().map(|one| (one.origin.row, one.origin.line, one.origin.column)).collect()
}

#[test]
fn an_array_gives_what_its_elements_give_as_lines() {
    let kb = toy();
    let elements = [GOOD, "{\"pet\":\"dog\"}", "{\n \"pet\": \"cow\"\n}", "{\"walks\":true}"];
    let array = format!("[\n  {}\n]\n", elements.join(",\n  "));
    let plain = elements.map(|one| one.replace('\n', " ")).join("\n");
    for block in [64, 1 << 20] {
        let batch = Batch::new(&kb, Options { block, ..Options::default() });
        let (found, _, _) = taken(&batch, array.as_bytes(), None);
        assert_eq!(found.text, lines(&kb, &Options::default(), &plain).text);
        let fault = &found.rejects[0].faults[0];
        assert_eq!((found.rejects[0].origin.row, fault.line, fault.column), (3, 5, 9));
    }
}

#[test]
fn a_broken_array_is_named() {
    let kb = toy();
    for broken in ["[{},]", "[{}", "[{} {}]", "[{}] x"] {
        let (found, tally, _) = taken(&Batch::new(&kb, Options::default()), broken.as_bytes(), Some(Form::Json));
        assert!(tally.rejects() > 0, "{broken}: {found:?}");
    }
    let (_, tally, _) = taken(&Batch::new(&kb, Options::default()), b"[ ]", None);
    assert_eq!((tally.judged, tally.rejects()), (0, 0));
}

#[test]
fn an_object_over_several_lines_is_one_row() {
    let kb = toy();
    let text = "{\n  \"id\": \"a\",\n  \"pet\": \"cat\",\n  \"toys\": [\n    \"ball\",\n    \"wool\"\n  ]\n}\n";
    let wanted = lines(&kb, &Options::default(), &text.replace('\n', " "));
    assert_eq!(wanted.text.lines().count(), 1);
    for (jobs, block) in CUTS {
        let batch = Batch::new(&kb, Options { jobs, block, ..Options::default() });
        for (name, text) in [("one.json", text.to_owned()), ("-", text.to_owned()), ("one.json", text.replace('\n', "\r\n"))] {
            assert_eq!(taken_of(&batch, name, text.as_bytes()), wanted, "{name}, {jobs} jobs, blocks of {block}");
        }
    }
}

#[test]
fn objects_one_behind_the_other_are_rows_with_their_places() {
    let kb = toy();
    let bad = "{\n  \"pet\": \"cow\"\n}";
    let text = format!("\n{{\n  \"pet\": \"cat\"\n}}\n{bad} {{}}{{ \"size\":\n 101 }}\n\nrubbish\n{GOOD}");
    let wanted = lines(
        &kb,
        &Options::default(),
        &format!("{{\"pet\":\"cat\"}}\n{{\"pet\":\"cow\"}}\n{{}}\n{{\"size\":101}}\nrubbish\n{GOOD}"),
    );
    for (jobs, block) in CUTS {
        let batch = Batch::new(&kb, Options { jobs, block, ..Options::default() });
        let found = taken_of(&batch, "all.json", text.as_bytes());
        assert_eq!(found.text, wanted.text);
        assert_eq!(places(&found), [(2, 5, 1), (4, 7, 5), (5, 10, 1)]);
        let faults: Vec<_> = found.rejects.iter().map(|one| &one.faults[0]).collect();
        assert_eq!((faults[0].line, faults[0].column, faults[0].field.as_deref()), (6, 10, Some("pet")));
        assert_eq!((faults[1].line, faults[1].column, faults[1].field.as_deref()), (8, 2, Some("size")));
        assert_eq!((faults[2].line, faults[2].column), (10, 1));
    }
}

#[test]
fn lines_of_objects_stay_rows_whatever_the_file_is_called() {
    let kb = toy();
    let text = format!("{{\"pet\":\"cat\"\n{GOOD}\n{{\"pet\":\n{GOOD}\n");
    let batch = Batch::new(&kb, Options::default());
    let wanted = lines(&kb, &Options::default(), &text);
    assert_eq!((wanted.text.lines().count(), wanted.rejects.len()), (2, 2));
    for name in ["rows.json", "-", "rows.jsonl"] {
        assert_eq!(taken_of(&batch, name, text.as_bytes()), wanted, "{name}");
    }
    // A name that promises lines is believed.
    let spread = "{\n\"pet\": \"cat\"\n}\n";
    assert_eq!(taken_of(&batch, "rows.ndjson", spread.as_bytes()).rejects.len(), 3);
    assert_eq!(taken(&batch, b"{}{}", Some(Form::Json)).1.judged, 2);
}

#[test]
fn a_broken_object_over_several_lines_does_not_take_the_next_along() {
    let kb = toy();
    let good = "{\n  \"id\": \"g\",\n  \"pet\": \"cat\"\n}";
    for broken in ["{\n  \"pet\": \"cat\"\n", "{\n  \"pet\": \"cat,\n  \"size\": 3\n}", "{\n  \"toys\": [\"ball\"\n}"] {
        for (array, text) in [(false, format!("{good}\n{broken}\n{good}\n")), (true, format!("[{good},\n{broken},\n{good}]\n"))] {
            let batch = Batch::new(&kb, Options { block: 64, ..Options::default() });
            let (found, tally, _) = taken(&batch, text.as_bytes(), None);
            assert_eq!((tally.judged, tally.rejects()), (2, 1), "{array} {broken}: {found:?}");
            assert_eq!(found.rejects[0].origin.line, 5);
        }
    }
}

#[test]
fn lines_and_columns_do_not_drift_behind_a_row_that_is_too_long() {
    let kb = toy();
    let long = format!("{{\"name\":\n\"{}\"}}", "群".repeat(700_000));
    let bad = "{\"pet\":\n\"cow\"}";
    let options = |jobs, block| Options { jobs, block, ..Options::default() };
    for (jobs, block) in CUTS {
        let batch = Batch::new(&kb, options(jobs, block));
        for text in [format!("[{GOOD},\n  {long}, {bad},\n{bad}]"), format!("\n{{\n}}{long}  {bad}\n{bad}")] {
            let found = taken(&batch, text.as_bytes(), None).0;
            let faults: Vec<_> = found.rejects.iter().map(|one| (one.faults[0].diagnostic.name, one.faults[0].line)).collect();
            let first = u64::from(text.starts_with('\n')) + 2;
            assert_eq!(faults, [("row-too-long", first), ("unknown-answer", first + 2), ("unknown-answer", first + 4)]);
            let behind = 3 + 700_000 + 2 + 2;
            let columns: Vec<_> = found.rejects.iter().map(|one| one.origin.column).collect();
            assert_eq!(columns, if first == 2 { [3, behind - 1, 1] } else { [2, behind - 1, 1] });
        }
    }
    // Blanks between elements are no part of any row.
    let blanks = format!("[{GOOD},{} {bad}]", " \n".repeat(1_500_000));
    let found = taken(&Batch::new(&kb, options(1, 4 << 10)), blanks.as_bytes(), None).0;
    assert_eq!((found.text.lines().count(), places(&found)), (1, vec![(2, 1_500_001, 2)]));
}

#[test]
fn an_array_of_ordinary_objects_takes_the_fast_path_to_the_same_bytes() {
    let kb = toy();
    let text = format!("[{}]", vec![GOOD; 50].join(",\n "));
    let of = |fast| taken(&Batch::new(&kb, Options { fast, block: 1_000, ..Options::default() }), text.as_bytes(), None).0;
    assert_eq!(of(true), of(false));
    assert_eq!(of(true).text, lines(&kb, &Options::default(), &vec![GOOD; 50].join("\n")).text);
}

#[test]
fn profiles_in_any_shape_give_what_they_give_as_lines() {
    let kb = toy();
    let strategy = (proptest::collection::vec((answers(&kb), any::<u8>()), 1..8), 16_usize..400, any::<bool>());
    let mut runner = super::runner(thorough(300, 60));
    let outcome = runner.run(&strategy, |(profiles, block, fast)| {
        let rows: Vec<_> = profiles.iter().map(|(answers, label)| line(&kb, answers, *label)).collect();
        let value = |row: &String| serde_json::from_str::<serde_json::Value>(row).expect("JSON");
        let spread: Vec<_> = rows.iter().map(|row| format!("{:#}", value(row))).collect();
        let wanted = lines(&kb, &Options::default(), &rows.join("\n"));
        let batch = Batch::new(&kb, Options { block, fast, ..Options::default() });
        let array = format!("{:#}", spread.iter().map(value).collect::<serde_json::Value>());
        for text in [array, format!("[{}]", rows.join(",")), spread.join("\n"), spread.join("\r\n\r\n") + "\r\n"] {
            prop_assert_eq!(&taken(&batch, text.as_bytes(), None).0, &wanted, "{}", text);
        }
        Ok(())
    });
    outcome.expect("they agree");
}
