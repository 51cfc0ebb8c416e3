//! Formats for people, as the command prints them.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use assert_cmd::Command;

const DOG: &str = "pet = \"dog\"\nwalks = true\ntoys = [\"ball\"]\nsize = 30\ndoes-now = [\"grooming\"]";

#[test]
fn the_command_prints_both_formats_without_colour() {
    for (format, beginning) in
        [("markdown", "# Advice for a community\n\n**This is a canine kind.**"), ("text", "This is a canine kind.\n")]
    {
        let mut command = Command::cargo_bin("qun").expect("the binary is built for tests");
        command.current_dir(env!("CARGO_MANIFEST_DIR")).env("LC_ALL", "C").env("CLICOLOR_FORCE", "1");
        command.args(["advise", "-", "--kb", "tests/toy", "--color", "always", "--format", format]).write_stdin(DOG);
        let output = command.assert().success().get_output().clone();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.starts_with(beginning) && !text.contains('\u{1b}'), "{text}");
    }
}
