//! The files of a knowledge base.

use crate::diagnostic::{Diagnostic, Files, Place};
use sha2::{Digest, Sha256};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The largest file of a base.
pub const LARGEST_FILE: u64 = 16 << 20;
/// The most files of a base.
pub const MOST_FILES: usize = 10_000;

/// The files of a base by their path with `/`, sorted; only `*.toml`.
#[derive(Debug, Clone)]
pub struct Folder {
    /// What the paths are shown under: `data`, or the folder as it was given.
    pub name: String,
    /// Path below the folder, and text.
    pub files: Vec<(String, String)>,
}

impl Folder {
    /// Reads a folder.
    ///
    /// # Errors
    ///
    /// `Err` if the folder itself cannot be read. Files that are too large, not
    /// UTF-8, links out of the folder or unreadable are faults in the second part.
    pub fn read(root: &Path) -> io::Result<(Folder, Vec<(String, FolderFault)>)> {
        let name = root.to_string_lossy().trim_end_matches('/').to_owned();
        let mut faults = Vec::new();
        let mut paths = Vec::new();
        walk(root, &fs::canonicalize(root)?, &mut paths, &mut faults)?;
        let mut files = Vec::new();
        for path in paths {
            let shown = slashed(path.strip_prefix(root).unwrap_or(&path));
            match read_file(&path) {
                Ok(text) => files.push((shown, text)),
                Err(fault) => faults.push((shown, fault)),
            }
        }
        files.sort();
        Ok((Folder { name, files }, faults))
    }

    /// The hash of the base: SHA-256 over (path, bytes with LF), first 12 hex digits.
    #[must_use]
    pub fn hash(&self) -> String {
        let mut hasher = Sha256::new();
        for (path, text) in &self.files {
            hasher.update(path.as_bytes());
            hasher.update([0]);
            // Nearly every text has no CR: those are taken as they lie, without a copy.
            match memchr::memchr(b'\r', text.as_bytes()) {
                None => hasher.update(text),
                Some(_) => hasher.update(text.replace("\r\n", "\n")),
            }
            hasher.update([0]);
        }
        hasher.finalize().iter().take(6).fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
    }
}

/// Why a file of a folder could not be taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FolderFault {
    /// The system said no, with its words.
    Unreadable(String),
    /// Larger than 16 MiB.
    TooLarge,
    /// Not UTF-8 from this byte on.
    NotUtf8(usize),
    /// A pipe, a socket or a device; never opened, since that could wait for ever.
    NoFile,
    /// A link that leads out of the folder.
    LeavesFolder,
    /// More than 10,000 files.
    TooMany,
}

impl FolderFault {
    /// The fault as a diagnostic at the beginning of the file.
    #[must_use]
    pub fn diagnostic(self, files: &mut Files, name: &str) -> Diagnostic {
        let file = files.add(name, "");
        let place = Place { file, span: 0..0 };
        match self {
            FolderFault::Unreadable(reason) => Diagnostic::error("unreadable-file", place).with("reason", reason),
            FolderFault::TooLarge => Diagnostic::error("too-large-file", place).with("limit", "16 MiB"),
            FolderFault::NotUtf8(at) => Diagnostic::error("not-utf8", place).with("at", at.to_string()),
            FolderFault::NoFile => Diagnostic::error("not-a-file", place),
            FolderFault::LeavesFolder => Diagnostic::error("link-leaves-folder", place),
            FolderFault::TooMany => Diagnostic::error("too-many-files", place).with("limit", MOST_FILES.to_string()),
        }
    }
}

fn read_file(path: &Path) -> Result<String, FolderFault> {
    let unreadable = |error: io::Error| FolderFault::Unreadable(error.to_string());
    let meta = fs::metadata(path).map_err(unreadable)?;
    if !meta.is_file() {
        return Err(FolderFault::NoFile);
    }
    if meta.len() > LARGEST_FILE {
        return Err(FolderFault::TooLarge);
    }
    let bytes = fs::read(path).map_err(unreadable)?;
    String::from_utf8(bytes).map_err(|error| FolderFault::NotUtf8(error.utf8_error().valid_up_to()))
}

fn walk(folder: &Path, root: &Path, found: &mut Vec<PathBuf>, faults: &mut Vec<(String, FolderFault)>) -> io::Result<()> {
    let mut entries: Vec<_> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let shown = entry.file_name().to_string_lossy().into_owned();
        if shown.starts_with('.') {
            continue;
        }
        if !fs::canonicalize(&path).is_ok_and(|real| real.starts_with(root)) {
            faults.push((shown, FolderFault::LeavesFolder));
        } else if entry.file_type()?.is_dir() {
            walk(&path, root, found, faults)?;
        } else if path.extension().is_some_and(|ext| ext == "toml") {
            if found.len() == MOST_FILES {
                faults.push((shown, FolderFault::TooMany));
                return Ok(());
            }
            found.push(path);
        }
    }
    Ok(())
}

fn slashed(path: &Path) -> String {
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
