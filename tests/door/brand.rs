//! A report in a brand's colours or in a template of one's own, from the command.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use assert_cmd::Command;
use std::fs;

const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path fill=\"#123\" d=\"M0 0h9v9z\"/></svg>";

#[test]
fn the_command_takes_both_and_says_what_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let brand = file("brand.toml", "name = \"Me\"\nlogo = \"logo.svg\"");
    file("logo.svg", SVG);
    let pale = file("pale.toml", "accent = \"#ffcc00\"\npale = \"#fff8d0\"");
    let template = file("own.html", "<p onclick=\"x\">{{ result.name }}</p>");
    let run = |args: &[&str]| {
        let mut command = Command::cargo_bin("qun").unwrap();
        command
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .args(["advise", "tests/cli/dog.toml", "--kb", "tests/toy", "--lang", "en"])
            .args(args);
        let output = command.output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let (status, out, _) = run(&["--format", "html", "--brand", &brand]);
    assert!(status == 0 && out.contains("<strong>Me</strong>") && out.contains("data:image/svg+xml;base64,"), "{out}");
    let (status, out, said) = run(&["--format", "html", "--brand", &pale]);
    assert!(
        status == 2 && out.is_empty() && said.contains("#ffcc00 has a contrast of 1.5 with paper, and at least 4.5 is needed"),
        "{said}"
    );
    let (status, _, said) = run(&["--format", "html", "--template", &template]);
    assert!(
        status == 0 && said.starts_with("warning: line 1 of the page that") && said.contains("an attribute that runs something"),
        "{said}"
    );
    let (status, _, said) = run(&["--brand", &brand]);
    assert!(status == 2 && said.contains("--brand is for html reports only"), "{said}");
    let (status, out, said) = run(&["--format", "html", "--template", "examples/one-page.html"]);
    assert!(status == 0 && said.is_empty() && out.contains("<h1>"), "{said}{out}");
    let (status, _, said) = run(&["--client", "x"]);
    assert!(status == 2 && said.contains("--client is for html and markdown reports only"), "{said}");
}
