//! Drafts: files that take their name when they are complete, so that a reader
//! finds the old content or the whole new one.
//!
//! A draft stands beside its target, as `.qun-NAME.` and six letters, and the run
//! that writes it holds a lock on it. A run that was killed leaves the draft but
//! not the lock. So the next run with the same target can tell what is dead, and
//! only that it removes. Where the system has no locks, drafts are left alone.

use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// How many letters tell the drafts of one target apart.
const LETTERS: usize = 6;
/// How often a draft is begun anew because another run took it for dead.
const TRIES: usize = 16;

/// A file that is not in its place yet; dropped, it is gone.
pub struct Draft {
    file: NamedTempFile,
    target: PathBuf,
}

impl Draft {
    /// Begins a draft of this file; where that is a link, of the file behind it.
    pub fn of(path: &Path) -> io::Result<Draft> {
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let folder = target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let prefix = prefix(&target);
        remove_dead(folder, &prefix);
        let file = locked(folder, &prefix)?;
        if let Ok(old) = fs::metadata(&target) {
            file.as_file().set_permissions(old.permissions())?;
        }
        Ok(Draft { file, target })
    }

    /// Where it stands for now.
    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// Puts it in its place.
    pub fn finish(mut self) -> io::Result<()> {
        self.file.flush()?;
        self.file.as_file().sync_all()?;
        self.file.persist(&self.target).map(|_| ()).map_err(|error| error.error)
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.as_file_mut().write(bytes) // whose errors do not name the draft
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_file_mut().flush()
    }
}

/// What the names of all drafts of a file begin with. A long name is cut, since
/// no name may be longer than 255 bytes.
fn prefix(target: &Path) -> String {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let cut = (0..=name.len().min(200)).rev().find(|at| name.is_char_boundary(*at)).unwrap_or(0);
    format!(".qun-{}.", &name[..cut])
}

fn is_draft(name: &OsString, prefix: &str) -> bool {
    let letters = name.to_str().and_then(|name| name.strip_prefix(prefix));
    letters.is_some_and(|letters| letters.len() == LETTERS && letters.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// Removes the drafts that no run holds any more. What cannot be read, locked or
/// removed stays: it is in nobody's way.
fn remove_dead(folder: &Path, prefix: &str) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        if !is_draft(&entry.file_name(), prefix) || !entry.file_type().is_ok_and(|kind| kind.is_file()) {
            continue;
        }
        let Ok(draft) = File::open(entry.path()) else { continue };
        if draft.try_lock().is_ok() {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// A new file under a lock. Between its beginning and its lock another run may
/// have taken it for dead; then it is begun anew.
fn locked(folder: &Path, prefix: &str) -> io::Result<NamedTempFile> {
    let mut tries = 0;
    loop {
        let file = begun(folder, prefix)?;
        tries += 1;
        let is_ours = match file.as_file().try_lock() {
            Ok(()) => file.path().exists(),
            Err(TryLockError::WouldBlock) => false,
            Err(TryLockError::Error(_)) => true,
        };
        if is_ours || tries == TRIES {
            return Ok(file);
        }
    }
}

fn begun(folder: &Path, prefix: &str) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(prefix).rand_bytes(LETTERS);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}
