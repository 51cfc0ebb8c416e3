//! Writing: stdout that may be closed, files that appear whole or not at all.

use super::Door;
use super::draft::Draft;
use super::target::{Target, clash};
use qun::text::{Lang, harmless_line, no_commands};
use qun::words;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Writes a text for people to stdout.
pub fn show(text: &str) -> anyhow::Result<()> {
    print(&no_commands(text))
}

/// Writes to stdout and flushes it.
pub fn print(text: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}

/// Writes a line to stderr; if that is closed, nobody is left to tell.
pub fn complain(text: &str) {
    let mut err = io::stderr().lock();
    let _ = writeln!(err, "{}", no_commands(text.trim_end_matches('\n')));
}

/// Writes to a file, or to stdout if none is named.
pub fn deliver(door: &Door, file: Option<&Path>, text: &str) -> anyhow::Result<()> {
    match file {
        None => print(text),
        Some(path) => replace(path, text.as_bytes()).map_err(|error| cannot_write(door.lang, path, &error)),
    }
}

/// Why a file cannot be read or written: the usual reasons in the reader's language.
pub fn reason(lang: Lang, error: &io::Error) -> String {
    let key = match error.kind() {
        io::ErrorKind::NotFound => "door.not-found",
        io::ErrorKind::PermissionDenied => "door.no-permission",
        io::ErrorKind::IsADirectory => "batch.is-folder",
        _ => return error.to_string(),
    };
    words::say(key, lang).to_owned()
}

/// That a file cannot be written, in words.
pub fn cannot_write(lang: Lang, path: &Path, error: &io::Error) -> anyhow::Error {
    let shown = harmless_line(&path.display().to_string());
    anyhow::anyhow!(words::fill("door.cannot-write", lang, &[("path", &shown), ("reason", &reason(lang, error))]))
}

/// Refuses to write a file that is read as well, or that another output goes to.
pub fn keep_apart(door: &Door, read: &[&Path], written: &[Option<&Path>]) -> anyhow::Result<()> {
    let written: Vec<&Path> = written.iter().flatten().copied().collect();
    let Some((first, second)) = clash(read, &written) else { return Ok(()) };
    let key = if read.contains(&first) { "door.would-overwrite" } else { "door.same-output" };
    let [first, second] = [first, second].map(|path| harmless_line(&path.display().to_string()));
    anyhow::bail!(door.fill(key, &[("first", &first), ("second", &second)]))
}

/// Puts bytes into a file so that it holds the old content or the whole new one.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    match Target::of(path) {
        Target::Stdout => io::stdout().lock().write_all(bytes).and_then(|()| io::stdout().flush()),
        Target::Stderr => io::stderr().lock().write_all(bytes),
        Target::Open => fs::OpenOptions::new().append(true).open(path)?.write_all(bytes),
        Target::Device => fs::OpenOptions::new().write(true).open(path)?.write_all(bytes),
        Target::File => {
            let mut draft = Draft::of(path)?;
            draft.write_all(bytes)?;
            draft.finish()
        }
    }
}

/// Whether an error is only that nobody reads any more.
pub fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let io = error.chain().find_map(|cause| cause.downcast_ref::<io::Error>());
    io.is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
