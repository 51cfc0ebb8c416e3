//! Bad rows of every kind, and what is said of each.

/// A good row as a line of JSON.
pub const GOOD: &str = r#"{"id":"g","pet":"cat","toys":["wool"],"size":4.5,"walks":false}"#;

/// A bad row, and what is said of it: column, field, reason.
pub struct Bad {
    pub row: Vec<u8>,
    pub column: u64,
    pub field: Option<&'static str>,
    pub reason: &'static str,
}

fn bad(row: impl Into<Vec<u8>>, column: u64, field: &'static str, reason: &'static str) -> Bad {
    Bad { row: row.into(), column, field: Some(field).filter(|field| !field.is_empty()), reason }
}

pub fn bad_lines() -> Vec<Bad> {
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
pub const HEADS: &str = "id,pet,toys,size,walks,label";

pub const GOOD_CELLS: &str = "g,cat,wool,4.5,no,feline";

pub fn bad_rows() -> Vec<Bad> {
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

/// Good rows with one bad row behind each; the first stands on this line.
pub fn mixed(good: &str, bad: &[Bad]) -> Vec<u8> {
    bad.iter().flat_map(|one| [good.as_bytes(), b"\n\n", &one.row, b"\n"].concat()).collect()
}
