//! Runs that are cut short: Ctrl-C, a kill, and the drafts that these leave or do not leave.
//!
//! A test waits for what it can see, a line or a draft, never for a time to pass;
//! only a run that has gone wrong ends by the clock.

use crate::batch::{ROWS, files, folder, qun};
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// When a run that does not end is given up.
const PATIENCE: Duration = Duration::from_secs(60);
const GLANCE: Duration = Duration::from_millis(5);
const GOOD: &str = "{\"id\":\"a\",\"pet\":\"cat\",\"says\":\"cats\"}\n";

/// A run whose input stays open.
fn started(args: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_qun"));
    command.args(["--lang", "en", "--kb", "tests/toy", "batch"]).args(args);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().expect("it starts")
}

fn wait_until(what: &str, mut done: impl FnMut() -> bool) {
    let begin = Instant::now();
    while !done() {
        assert!(begin.elapsed() < PATIENCE, "never: {what}");
        sleep(GLANCE);
    }
}

fn drafts(folder: &Path) -> Vec<String> {
    files(folder).into_iter().filter(|name| name.starts_with(".qun-")).collect()
}

fn interrupt(child: &Child) {
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(sent.expect("there is a kill").success());
}

fn text(mut from: impl Read) -> String {
    let mut found = String::new();
    from.read_to_string(&mut found).expect("it is UTF-8");
    found
}

#[test]
fn ctrl_c_leaves_the_old_output_and_no_draft() {
    let folder = folder();
    let (old, bad) = (folder.path().join("out.jsonl"), folder.path().join("bad.jsonl"));
    fs::write(&old, "old").expect("written");
    let paths = [old.display().to_string(), bad.display().to_string()];
    for jobs in ["1", "3"] {
        let mut child = started(&["--output", &paths[0], "--rejects", &paths[1], "--jobs", jobs]);
        let mut input = child.stdin.take().expect("piped");
        input.write_all(GOOD.repeat(100).as_bytes()).expect("it reads");
        wait_until("two drafts", || drafts(folder.path()).len() == 2);
        interrupt(&child);
        assert_eq!(child.wait().expect("it ends").code(), Some(130));
        let errors = text(child.stderr.take().expect("piped"));
        assert!(errors.contains("interrupted") && errors.contains("out.jsonl is as it was"), "{errors}");
        assert_eq!(fs::read_to_string(&old).expect("there"), "old");
        assert_eq!(files(folder.path()), ["out.jsonl"]);
    }
}

#[test]
fn a_pipe_that_ctrl_c_broke_off_is_not_taken_for_whole() {
    let folder = folder();
    let out = folder.path().join("out.jsonl");
    fs::write(&out, "old").expect("written");
    for jobs in ["1", "3"] {
        let mut child = started(&["--output", &out.display().to_string(), "--jobs", jobs, "--quiet"]);
        let mut input = child.stdin.take().expect("piped");
        // Just as much as is looked at to find the form: then the run waits for more.
        let row = format!("{{\"pet\":{:>56}\n", "\"cat\"}");
        input.write_all(row.repeat((64 << 10) / row.len()).as_bytes()).expect("it reads");
        let is_written = |name: &String| fs::metadata(folder.path().join(name)).is_ok_and(|meta| meta.len() > 0);
        wait_until("verdicts in a draft", || drafts(folder.path()).iter().any(is_written));
        interrupt(&child);
        drop(input); // as the program before it in the pipe ends
        assert_eq!(child.wait().expect("it ends").code(), Some(130));
        assert_eq!(fs::read_to_string(&out).expect("there"), "old");
        assert_eq!(files(folder.path()), ["out.jsonl"]);
    }
}

#[test]
fn ctrl_c_ends_stdout_on_a_whole_line() {
    for (jobs, is_endless) in [("1", false), ("1", true), ("3", true)] {
        let mut child = started(&["--jobs", jobs, "--block-size", "4096", "--quiet"]);
        let mut input = child.stdin.take().expect("piped");
        let feed = std::thread::spawn(move || {
            let rows = GOOD.repeat(10_000);
            while input.write_all(rows.as_bytes()).is_ok() && is_endless {}
            input // kept open until the run has ended
        });
        let mut output = BufReader::new(child.stdout.take().expect("piped"));
        let mut found = String::new();
        output.read_line(&mut found).expect("a line comes before the input ends");
        interrupt(&child);
        found += &text(output);
        assert_eq!(child.wait().expect("it ends").code(), Some(130));
        assert!(found.ends_with("}\n"), "{:?}", &found[found.len().saturating_sub(200)..]);
        for line in found.lines() {
            assert!(line.starts_with("{\"id\":\"a\",\"row\":") && line.ends_with('}'), "{line}");
        }
        drop(feed.join());
    }
}

#[test]
fn ctrl_c_again_ends_a_run_whose_lines_nobody_takes() {
    let mut child = started(&["--quiet"]);
    let mut input = child.stdin.take().expect("piped");
    let feed = std::thread::spawn(move || while input.write_all(GOOD.repeat(10_000).as_bytes()).is_ok() {});
    let mut taken = [0; 1];
    let mut output = child.stdout.take().expect("piped");
    output.read_exact(&mut taken).expect("it writes");
    wait_until("the end", || {
        interrupt(&child);
        child.try_wait().expect("it is ours").is_some()
    });
    assert_eq!(child.wait().expect("it has ended").code(), Some(130));
    feed.join().expect("it stops when nobody reads");
}

#[test]
fn what_a_kill_leaves_behind_is_removed_by_the_next_run() {
    let folder = folder();
    let out = folder.path().join("out.jsonl");
    fs::write(&out, "old").expect("written");
    let path = out.display().to_string();
    let mut child = started(&["--output", &path]);
    wait_until("a draft", || drafts(folder.path()).len() == 1);
    child.kill().expect("it runs");
    child.wait().expect("it ends");
    assert_eq!((fs::read_to_string(&out).expect("there").as_str(), drafts(folder.path()).len()), ("old", 1));
    qun().args(["--ignore-unknown", "--quiet", "--output", &path]).write_stdin(ROWS).assert().code(1);
    assert_eq!(fs::read_to_string(&out).expect("there").lines().count(), 2);
    assert_eq!(files(folder.path()), ["out.jsonl"]);
}

#[test]
fn only_drafts_of_the_same_file_that_nobody_holds_are_removed() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    for name in
        [".qun-out.jsonl.dead00", ".qun-out.jsonl.alive0", ".qun-other.jsonl.dead00", ".qun-out.jsonl.longer0", ".qun-dead00"]
    {
        fs::write(path(name), "draft").expect("written");
    }
    let alive = File::open(path(".qun-out.jsonl.alive0")).expect("there");
    alive.lock().expect("it can be locked");
    // A living run of the same target as well.
    let mut child = started(&["--output", &path("out.jsonl").display().to_string()]);
    wait_until("a draft", || drafts(folder.path()).iter().filter(|name| name.starts_with(".qun-out.jsonl.")).count() == 3);
    qun().args(["--ignore-unknown", "--quiet", "--output"]).arg(path("out.jsonl")).write_stdin(ROWS).assert().code(1);
    drop(child.stdin.take());
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
    let left = [".qun-dead00", ".qun-other.jsonl.dead00", ".qun-out.jsonl.alive0", ".qun-out.jsonl.longer0", "out.jsonl"];
    assert_eq!(files(folder.path()), left);
    assert_eq!(fs::read_to_string(path("out.jsonl")).expect("there"), "", "the run that ended last");
}

#[test]
fn an_output_keeps_its_mode_and_the_link_to_it() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let (file, link) = (folder.path().join("out.jsonl"), folder.path().join("latest"));
    fs::write(&file, "old").expect("written");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("ours");
    std::os::unix::fs::symlink("out.jsonl", &link).expect("linked");
    qun().args(["--quiet", "--output"]).arg(&link).write_stdin(GOOD).assert().code(0);
    assert!(fs::symlink_metadata(&link).expect("there").is_symlink());
    assert_eq!(fs::metadata(&file).expect("there").permissions().mode() & 0o777, 0o640);
    assert_eq!(fs::read_to_string(&file).expect("there").lines().count(), 1);
    // A new file is as any other new file.
    let (new, other) = (folder.path().join("new.jsonl"), folder.path().join("other"));
    qun().args(["--quiet", "--output"]).arg(&new).write_stdin(GOOD).assert().code(0);
    fs::write(&other, "").expect("written");
    let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode();
    assert_eq!(mode(&new), mode(&other));
}
