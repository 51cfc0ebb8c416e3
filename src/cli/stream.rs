//! Long outputs: to stdout whole lines at a time, to a file all or nothing.

use super::Door;
use super::draft::Draft;
use super::output::cannot_write;
use super::target::Target;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Drafts that are not in their place yet, to be removed if the run is cut short.
pub type Drafts = Arc<Mutex<Vec<PathBuf>>>;

/// Where lines go.
pub enum Stream {
    Stdout(io::Stdout),
    /// Something that is no ordinary file.
    Device(File),
    /// A file that takes its name when it is complete.
    Draft(Draft),
}

impl Stream {
    /// Opens a file, or stdout if none is named.
    pub fn open(door: &Door, path: Option<&Path>, drafts: &Drafts) -> anyhow::Result<Stream> {
        let Some(path) = path else { return Ok(Stream::Stdout(io::stdout())) };
        let opened = match Target::of(path) {
            Target::Stdout => Ok(Stream::Stdout(io::stdout())),
            Target::Stderr | Target::Open => fs::OpenOptions::new().append(true).open(path).map(Stream::Device),
            Target::Device => fs::OpenOptions::new().write(true).open(path).map(Stream::Device),
            Target::File => Draft::of(path).map(|draft| {
                drafts.lock().unwrap_or_else(PoisonError::into_inner).push(draft.path().to_owned());
                Stream::Draft(draft)
            }),
        };
        opened.map_err(|error| cannot_write(door.lang, path, &error))
    }

    /// Puts a complete file in its place, or flushes stdout.
    pub fn finish(self) -> io::Result<()> {
        match self {
            Stream::Stdout(mut out) => out.flush(),
            Stream::Device(mut file) => file.flush(),
            Stream::Draft(draft) => draft.finish(),
        }
    }
}

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Stream::Stdout(out) => out.write(bytes),
            Stream::Device(file) => file.write(bytes),
            Stream::Draft(draft) => draft.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Stream::Stdout(out) => out.flush(),
            Stream::Device(file) => file.flush(),
            Stream::Draft(draft) => draft.flush(),
        }
    }
}
