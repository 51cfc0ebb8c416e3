//! `qun why`: candidates by their names, and what cannot be told.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use assert_cmd::Command;

fn qun(args: &[&str], status: i32) -> String {
    let run = Command::cargo_bin("qun").unwrap().arg("why").args(args).assert();
    let output = run.code(status).get_output().clone();
    String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
}

#[test]
fn a_candidate_is_asked_for_by_id_or_name_and_the_first_line_answers() {
    let profile = "examples/xiaomi-miui.toml";
    let by_id = qun(&[profile, "product", "--lang", "en"], 0);
    assert!(by_id.starts_with("Community type: “Product community” leads with "), "{by_id}");
    assert_eq!(by_id, qun(&[profile, "产品型社群", "--lang", "en"], 0));
    assert_eq!(by_id, qun(&[profile, "product community", "--lang", "en"], 0));
    let zh = qun(&[profile, "membership", "--lang", "zh"], 0);
    assert!(zh.starts_with("“会员费”："), "{zh}");
    let usual = qun(&[profile, "--lang", "en"], 0);
    assert!(usual.starts_with("Community type: “Product community” leads") && usual.matches("In all: ").count() >= 2, "{usual}");
    let pair = qun(&[profile, "brand", "product", "--lang", "en", "--format", "markdown"], 0);
    assert!(pair.contains("“Product community” is ") && pair.contains("## What parts"), "{pair}");
}

#[test]
fn what_is_not_there_or_cannot_be_compared_is_said() {
    let profile = "examples/xiaomi-miui.toml";
    assert!(qun(&[profile, "prodact", "--lang", "en"], 2).contains("did you mean `product`"));
    assert!(qun(&[profile, "product", "membership", "--lang", "en"], 2).contains("different decisions"));
    assert!(qun(&["nowhere.toml", "product", "--lang", "en"], 2).contains("cannot read"));
    let escaped = qun(&[profile, "a\u{1b}[2Jb", "--lang", "en"], 2);
    assert!(!escaped.contains('\u{1b}'));
}
