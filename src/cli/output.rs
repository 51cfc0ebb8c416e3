//! Writing: stdout that may be closed, files that appear whole or not at all.

use super::Door;
use super::draft::Draft;
use qun::text::harmless_line;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

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
    let _ = writeln!(err, "{}", text.trim_end_matches('\n'));
}

/// Writes to a file, or to stdout if none is named.
pub fn deliver(door: &Door, file: Option<&Path>, text: &str) -> anyhow::Result<()> {
    match file {
        None => print(text),
        Some(path) => {
            let shown = harmless_line(&path.display().to_string());
            replace(path, text.as_bytes()).map_err(|error| {
                anyhow::anyhow!(door.fill("door.cannot-write", &[("path", &shown), ("reason", &error.to_string())]))
            })
        }
    }
}

/// Puts bytes into a file so that it holds the old content or the whole new one.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if fs::metadata(path).is_ok_and(|meta| !meta.is_file()) {
        return fs::OpenOptions::new().write(true).open(path)?.write_all(bytes);
    }
    let mut draft = Draft::of(path)?;
    draft.write_all(bytes)?;
    draft.finish()
}

/// Whether an error is only that nobody reads any more.
pub fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let io = error.chain().find_map(|cause| cause.downcast_ref::<io::Error>());
    io.is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
