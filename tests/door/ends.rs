//! How a run of the command ends: without harm to any file, and known by its status.

use crate::batch::{ROWS, files, folder, qun};
use std::fs;

const GOOD: &str = "{\"id\":\"a\",\"pet\":\"cat\"}\n";

#[test]
fn an_output_never_takes_the_place_of_an_input_or_of_another_output() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("in.jsonl"), ROWS).expect("written");
    fs::hard_link(path("in.jsonl"), path("hard.jsonl")).expect("linked");
    #[cfg(unix)]
    std::os::unix::fs::symlink("in.jsonl", path("soft.jsonl")).expect("linked");
    let before = files(folder.path());
    let names = ["in.jsonl", "./in.jsonl", "hard.jsonl", "soft.jsonl"];
    for (name, switch) in names.iter().flat_map(|name| ["--output", "--rejects", "--summary"].map(|switch| (name, switch))) {
        if cfg!(not(unix)) && *name != "in.jsonl" {
            continue;
        }
        let output = qun().arg(path("in.jsonl")).arg(switch).arg(path(name)).output().expect("it runs");
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{name} {switch}: {errors}");
        assert!(errors.contains("writing would destroy it"), "{errors}");
    }
    for (first, second) in [("--output", "--rejects"), ("--output", "--summary"), ("--rejects", "--summary")] {
        let output =
            qun().arg(path("in.jsonl")).arg(first).arg(path("x")).arg(second).arg(path("./x")).output().expect("it runs");
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).contains("are the same file"));
    }
    assert_eq!(fs::read_to_string(path("in.jsonl")).expect("there"), ROWS);
    assert_eq!(files(folder.path()), before);
}

#[test]
fn a_label_that_no_row_has_is_an_error() {
    for (args, rows) in [(&["--input-format", "csv"][..], "id,pet\na,cat\n"), (&[], "{\"pet\":\"cat\"}\n")] {
        let output = qun().args(args).args(["--expect", "lable"]).write_stdin(rows).output().expect("it runs");
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{errors}");
        assert!(errors.contains("lable"), "{errors}");
    }
}

#[cfg(unix)]
mod unix {
    use super::{GOOD, files, folder};
    use std::fs;
    use std::io::{BufRead, BufReader, Write};
    use std::process::{Command, Stdio};
    use std::sync::mpsc;
    use std::time::Duration;

    const QUN: &str = env!("CARGO_BIN_EXE_qun");

    fn shell(script: &str) -> std::process::Output {
        let toy = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/toy");
        let batch = format!("{QUN} --lang en --kb {toy} batch -q");
        Command::new("sh").args(["-c", &script.replace("BATCH", &batch)]).output().expect("there is a shell")
    }

    #[test]
    fn an_output_that_is_open_already_is_written_through() {
        let folder = folder();
        let path = folder.path().join("f");
        fs::write(folder.path().join("in"), GOOD.repeat(3)).expect("written");
        for output in ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"] {
            if output.starts_with("/proc") && cfg!(not(target_os = "linux")) {
                continue;
            }
            let dir = folder.path().display();
            let output = shell(&format!("cd {dir}; (echo a; BATCH --input-format jsonl in -o {output}; echo b) > f"));
            assert!(output.status.success());
            let found = fs::read_to_string(&path).expect("there");
            assert!(found.starts_with("a\n{") && found.ends_with("}\nb\n") && found.lines().count() == 5, "{found}");
            assert_eq!(files(folder.path()), ["f", "in"]);
        }
        let through = shell("printf '{\"pet\":\"cow\"}\\n' | BATCH --input-format jsonl --rejects /dev/stdout");
        assert!(String::from_utf8_lossy(&through.stdout).contains("unknown-answer"));
    }

    #[test]
    fn being_told_to_end_leaves_no_draft() {
        // Whoever started the tests may want a closed terminal ignored, as `nohup` does.
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
        let is_heard = ignored.is_some_and(|mask| mask.trim().ends_with(['0', '2', '4', '6', '8', 'a', 'c', 'e']));
        let hang_up = is_heard.then_some(("-HUP", 129));
        for (signal, status) in [("-TERM", 143), ("-INT", 130)].into_iter().chain(hang_up) {
            let folder = folder();
            let out = folder.path().join("out.jsonl");
            let mut command = Command::new(QUN);
            command.args(["--kb", "tests/toy", "batch", "-q", "--output"]).arg(&out).stdin(Stdio::piped());
            let mut child = command.stderr(Stdio::null()).spawn().expect("it starts");
            let begin = std::time::Instant::now();
            while files(folder.path()).is_empty() {
                assert!(begin.elapsed() < Duration::from_secs(60), "never a draft");
                std::thread::sleep(Duration::from_millis(5));
            }
            let sent = Command::new("kill").args([signal, &child.id().to_string()]).status();
            assert!(sent.expect("there is a kill").success());
            let _open = child.stdin.take(); // the signal ends the run, not its input
            assert_eq!(child.wait().expect("it ends").code(), Some(status));
            assert!(files(folder.path()).is_empty());
        }
    }

    #[test]
    fn every_row_of_a_pipe_is_answered_at_once() {
        let json = ["{\"pet\":\"cat\"}\n", "{\"pet\":\"dog\"}\n", "{\"pet\":\"猫\"}\n"];
        let table = ["pet\ncat\n", "dog\n", "fish\n"];
        for (rows, args) in [
            (json, ["-j", "1"]),
            (json, ["-j", "3"]),
            (json, ["--input-format", "json"]),
            (table, ["-j", "1"]),
            (table, ["-j", "2"]),
        ] {
            let mut command = Command::new(QUN);
            command.args(["--kb", "tests/toy", "batch", "-q"]).args(args);
            let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it starts");
            let (mut into, from) = (child.stdin.take().expect("piped"), child.stdout.take().expect("piped"));
            let (sender, receiver) = mpsc::channel();
            std::thread::spawn(move || BufReader::new(from).lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
            for row in rows {
                into.write_all(row.as_bytes()).expect("it reads");
                let line =
                    receiver.recv_timeout(Duration::from_secs(30)).unwrap_or_else(|_| panic!("no verdict on {row} {args:?}"));
                assert!(line.starts_with("{\"id\":null,\"row\":"), "{line}");
            }
            drop(into);
            assert!(child.wait().expect("it ends").success());
        }
    }

    #[test]
    fn where_no_more_threads_start_fewer_do_the_work() {
        let folder = folder();
        let input = folder.path().join("in.jsonl");
        fs::write(&input, GOOD.repeat(5_000)).expect("written");
        // No system has room for such a stack, so no thread starts.
        let output = shell(&format!("RUST_MIN_STACK=100000000000000 BATCH -j 8 {}", input.display()));
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(output.stdout.split(|byte| *byte == b'\n').count() - 1, 5_000);
    }
}
