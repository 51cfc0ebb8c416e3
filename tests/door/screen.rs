//! The progress line, on a terminal and off it.
//!
//! Nobody reads the verdicts until the line was seen, so the run cannot end
//! before; nothing waits for a time to pass.

use portable_pty::{CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

/// When a run that does not go on is given up.
const PATIENCE: Duration = Duration::from_secs(60);
const ROW: &str = "{\"id\":\"a\",\"pet\":\"cat\"}\n";
/// Enough that the verdicts fill any pipe long before the rows are used up.
const ROWS: usize = 5_000;
/// So many bytes of verdicts are taken before a look at the screen: those of the first block and more.
const FIRST: u64 = 1 << 20;

/// A run whose stderr is a terminal and whose stdout is a pipe.
struct Run {
    screen: Arc<(Mutex<(vt100::Parser, bool)>, Condvar)>,
    /// How many bytes the terminal was sent.
    drawn: Arc<Mutex<usize>>,
    keyboard: Box<dyn Write + Send>,
    child: Box<dyn portable_pty::Child + Send + Sync>,
    folder: tempfile::TempDir,
    _master: Box<dyn MasterPty + Send>,
}

impl Run {
    /// Starts `qun batch` on a file of rows in a terminal of 80 columns.
    fn of(args: &str, term: &str, rows: &str) -> Run {
        let folder = tempfile::tempdir().expect("a folder for a test");
        let made = Command::new("mkfifo").arg(folder.path().join("pipe")).status();
        assert!(made.expect("there is a mkfifo").success());
        std::fs::write(folder.path().join("rows.jsonl"), rows).expect("written");
        let pair =
            native_pty_system().openpty(PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 }).expect("a terminal");
        let toy = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/toy");
        let line = format!("exec \"$0\" --kb \"$1\" batch --block-size 4096 {args} > pipe");
        let mut command = CommandBuilder::new("sh");
        command.args(["-c", &line, env!("CARGO_BIN_EXE_qun"), &toy.display().to_string()]);
        command.env("TERM", term);
        command.env("LANG", "C.UTF-8");
        command.cwd(folder.path());
        let child = pair.slave.spawn_command(command).expect("it starts");
        drop(pair.slave);
        let screen = Arc::new((Mutex::new((vt100::Parser::new(24, 80, 100), false)), Condvar::new()));
        let drawn = Arc::new(Mutex::new(0));
        let (shared, sent) = (Arc::clone(&screen), Arc::clone(&drawn));
        let mut reader = pair.master.try_clone_reader().expect("readable");
        std::thread::spawn(move || {
            let mut bytes = [0; 4_096];
            loop {
                let count = reader.read(&mut bytes).unwrap_or(0);
                *sent.lock().expect("no test panics here") += count;
                let mut inner = shared.0.lock().expect("no reader panics");
                inner.0.process(&bytes[..count]);
                inner.1 = count == 0;
                shared.1.notify_all();
                if count == 0 {
                    return;
                }
            }
        });
        Run { screen, drawn, keyboard: pair.master.take_writer().expect("writable"), child, folder, _master: pair.master }
    }

    /// The other end of its stdout.
    fn pipe(&self) -> File {
        File::open(self.folder.path().join("pipe")).expect("there")
    }

    /// The same, and the first verdicts from it.
    fn first(&self) -> (File, String) {
        let mut pipe = self.pipe();
        let mut verdicts = String::new();
        Read::by_ref(&mut pipe).take(FIRST).read_to_string(&mut verdicts).expect("they are ASCII");
        (pipe, verdicts)
    }

    fn seen(&self, done: impl Fn(&str, bool) -> bool) -> String {
        let (lock, news) = &*self.screen;
        let is_missing = |inner: &mut (vt100::Parser, bool)| !done(&inner.0.screen().contents(), inner.1);
        let (inner, late) =
            news.wait_timeout_while(lock.lock().expect("no reader panics"), PATIENCE, is_missing).expect("the same");
        let text = inner.0.screen().contents();
        assert!(!late.timed_out(), "the run does not go on; the screen is:\n{text}");
        text
    }

    /// Reads the verdicts to their end: the status, what is left on the screen, how many there were.
    fn end(mut self, mut pipe: File, mut verdicts: String) -> (u32, String, String) {
        pipe.read_to_string(&mut verdicts).expect("they are UTF-8");
        let text = self.seen(|_, is_closed| is_closed);
        (self.child.wait().expect("it ends").exit_code(), text, verdicts)
    }
}

/// What stands behind the rows, behind the rate, and around the time that is left.
const ENGLISH: [&str; 3] = [" rows, ", "/s, ", "_ left"];
const CHINESE: [&str; 3] = [" 条，每秒 ", " 条，", "还要 _"];

/// Whether a line shows percent, bar, rows, rate and the time that is left.
fn is_progress(line: &str, words: [&str; 3]) -> bool {
    let Some((percent, rest)) = line.split_once("% [") else { return false };
    let Some((bar, rest)) = rest.split_once("] ") else { return false };
    let [rows, rate, left] = words;
    let is_number = |text: &str| !text.is_empty() && text.chars().all(|one| one.is_ascii_digit() || one == ',' || one == ':');
    let parts = rest.split_once(rows).and_then(|(count, rest)| {
        let (speed, time) = rest.split_once(rate)?;
        let (before, behind) = left.split_once('_')?;
        Some((count, speed, time.trim_end().strip_prefix(before)?.strip_suffix(behind)?))
    });
    percent.trim().parse::<u32>().is_ok_and(|percent| percent <= 100)
        && bar.chars().count() == 24
        && parts.is_some_and(|(count, speed, time)| is_number(count) && is_number(speed) && is_number(time) && time.contains(':'))
}

#[test]
fn the_line_has_rate_and_rest_at_80_columns_and_is_gone_at_the_end() {
    for (lang, words) in [("en", ENGLISH), ("zh", CHINESE)] {
        let run = Run::of(&format!("rows.jsonl --summary sum.json --lang {lang}"), "xterm-256color", &ROW.repeat(ROWS));
        let (pipe, first) = run.first();
        let text = run.seen(|text, _| text.lines().any(|line| is_progress(line, words)));
        assert_eq!(text.trim().lines().count(), 1, "it takes one line:\n{text}");
        let (status, text, verdicts) = run.end(pipe, first);
        assert_eq!((status, text.trim(), verdicts.lines().count()), (0, "", ROWS));
    }
}

#[test]
fn bad_rows_stand_above_the_line() {
    let rows = format!("{ROW}{{\"pet\":\"cow\"}}\n").repeat(5) + &ROW.repeat(ROWS);
    let run = Run::of("rows.jsonl --summary sum.json --lang en", "xterm-256color", &rows);
    let (pipe, first) = run.first();
    let text = run.seen(|text, _| text.lines().any(|line| is_progress(line, ENGLISH)));
    let lines: Vec<_> = text.trim().lines().collect();
    assert_eq!(lines.len(), 6, "{text}");
    assert!(lines[..5].iter().all(|line| line.starts_with("error: rows.jsonl, row ")), "{text}");
    let (status, text, _) = run.end(pipe, first);
    assert_eq!((status, text.trim().lines().count()), (1, 5), "{text}");
}

#[test]
fn ctrl_c_at_the_keyboard_ends_the_run_and_takes_the_line_away() {
    // The last input is the keyboard, so the run waits with its line on the screen.
    let mut run = Run::of("--output out.jsonl --lang en --jobs 1 rows.jsonl -", "xterm-256color", &ROW.repeat(ROWS));
    let pipe = run.pipe();
    run.seen(|text, _| text.contains(" so far"));
    run.keyboard.write_all(b"\x03").expect("it is open");
    let text = run.seen(|_, is_closed| is_closed);
    assert_eq!(run.child.wait().expect("it ends").exit_code(), 130);
    assert_eq!(text.trim(), "interrupted; out.jsonl is as it was");
    assert_eq!(crate::batch::files(run.folder.path()), ["pipe", "rows.jsonl"]);
    drop(pipe);
}

#[test]
fn no_line_is_shown_where_it_cannot_be_redrawn_or_is_not_wanted() {
    let cases =
        [("--summary sum.json", "dumb"), ("--quiet", "xterm-256color"), ("--summary sum.json 2> errors", "xterm-256color")];
    for (args, term) in cases {
        let run = Run::of(&format!("rows.jsonl {args}"), term, &ROW.repeat(ROWS / 5));
        let (pipe, errors) = (run.pipe(), run.folder.path().join("errors"));
        let drawn = Arc::clone(&run.drawn);
        let (status, text, verdicts) = run.end(pipe, String::new());
        assert_eq!((status, text.trim(), verdicts.lines().count()), (0, "", ROWS / 5), "{args} {term}");
        assert_eq!(*drawn.lock().expect("no reader panics"), 0, "{args} {term}");
        assert_eq!(std::fs::read(errors).unwrap_or_default(), b"", "{args} {term}");
    }
}
