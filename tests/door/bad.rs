//! Bad rows of every kind, as the command names them in a file.

use crate::bad_rows::{GOOD, GOOD_CELLS, HEADS, bad_lines, bad_rows, mixed};
use crate::batch::{folder, qun};

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
