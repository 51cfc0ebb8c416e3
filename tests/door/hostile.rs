//! Input that means harm: it does nothing on a screen or to a build server, and no file is harmed.

use crate::batch::{folder, qun};
use assert_cmd::Command;
use std::fs;

fn plain(args: &[&str]) -> Command {
    let mut command = Command::cargo_bin("qun").expect("built");
    command.args(["--lang", "en", "--kb", "tests/toy"]).args(args);
    command
}

#[test]
fn a_name_is_no_command_of_a_build_server() {
    for name in ["::stop-commands::x", "##[add-mask]x", " ::debug::x"] {
        let profile = serde_json::json!({ "name": name, "pet": "cat" }).to_string();
        for format in ["terminal", "text", "markdown", "html", "json"] {
            let output = plain(&["advise", "-", "--format", format]).write_stdin(profile.clone()).output().expect("it runs");
            let text = String::from_utf8(output.stdout).expect("UTF-8");
            let is_command = |line: &str| line.trim_start().starts_with("::") || line.contains("##[");
            assert!(!text.lines().any(is_command), "{format}: {text}");
        }
    }
}

#[test]
fn what_ask_saves_is_in_the_format_of_its_name() {
    let folder = folder();
    let path = folder.path().join("p.json");
    let profile =
        "{ \"id\": \"a\", \"name\": \"b \\\"c\\\"\", \"pet\": \"cat\", \"toys\": [\"ball\"], \"size\": 4.5, \"walks\": \"?\" }";
    fs::write(&path, profile).expect("written");
    let name = path.display().to_string();
    plain(&["ask", "--plain", "--from", &name, "--save", &name]).write_stdin("").assert().success();
    let read = |text: &str| -> serde_json::Value { serde_json::from_str(text).expect("JSON") };
    assert_eq!(read(&fs::read_to_string(&path).expect("there")), read(profile));
    plain(&["advise", &name]).assert().success();
    plain(&["advise", &name, "--output", &name]).assert().code(2);
    plain(&["ask", "--plain", "--from", &name, "--output", &name]).write_stdin("").assert().code(2);
    assert_eq!(read(&fs::read_to_string(&path).expect("there")), read(profile));
}

#[cfg(target_os = "linux")]
#[test]
fn help_that_nobody_can_read_is_an_error_with_a_message() {
    for args in ["--help", "--version", "batch --help"] {
        let script = format!("{} --lang en {args} > /dev/full", env!("CARGO_BIN_EXE_qun"));
        let output = std::process::Command::new("sh").args(["-c", &script]).output().expect("there is a shell");
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).contains("cannot write stdout"));
    }
}

#[test]
fn json_in_utf_16_is_named() {
    let marked: Vec<u8> = "\u{feff}{\"pet\":\"cat\"}\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
    qun().write_stdin(marked.clone()).args(["--input-format", "jsonl"]).assert().code(2);
    let output = plain(&["advise", "-"]).write_stdin(marked).output().expect("it runs");
    assert!(String::from_utf8_lossy(&output.stderr).contains("UTF-16"), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_limit_that_is_passed_is_named() {
    let said = |args: &[&str]| {
        let output = plain(args).write_stdin("{}").output().expect("it runs");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (code, text) = said(&["batch", "--jobs", "1000"]);
    assert!(code == Some(2) && text.contains("1 to 256"), "{text}");
    let (code, text) = said(&["batch", "--max-errors", "0"]);
    assert!(code == Some(2) && text.contains("at least 1"), "{text}");
}
