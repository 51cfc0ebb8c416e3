//! `qun show` and `qun explain`: things by their names, and the nearest spelling.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use assert_cmd::Command;

fn qun(args: &[&str], status: i32) -> String {
    let mut command = Command::cargo_bin("qun").expect("the binary is built for tests");
    command.current_dir(env!("CARGO_MANIFEST_DIR")).env("LC_ALL", "C").args(["show", "--kb", "tests/toy"]).args(args);
    let output = command.assert().code(status).get_output().clone();
    String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap()
}

#[test]
fn the_command_shows_things_by_name_and_suggests_the_nearest_spelling() {
    assert!(qun(&[], 0).contains("qun show kinds"));
    assert!(qun(&["Is", "walked"], 0).starts_with("facts/walks: Is walked"));
    assert!(qun(&["犬派", "--lang", "zh"], 0).starts_with("kinds/canine：犬派"));
    let unknown = qun(&["canin"], 2);
    assert!(unknown.contains("nothing called `canin`") && unknown.contains("did you mean `canine`?"), "{unknown}");
    assert!(!qun(&["a\u{1b}[2Jb"], 2).contains('\u{1b}'));
}

#[test]
fn what_is_no_finding_is_shown_by_another_command() {
    for (lang, told) in [("zh", "qun show 社区团购"), ("en", "qun show 社区团购")] {
        let mut command = Command::cargo_bin("qun").unwrap();
        let output = command.args(["explain", "社区团购", "--lang", lang]).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8(output.stderr).unwrap().contains(told));
    }
}
