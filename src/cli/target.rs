//! Where an output goes, and whether two names lead to the same file.

use std::fs;
use std::path::{Path, PathBuf};

/// What stands behind the name of an output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// Our own stdout.
    Stdout,
    /// Our own stderr.
    Stderr,
    /// Something that is open already under a number; what is written comes behind
    /// what is there.
    Open,
    /// Something that is no ordinary file, such as a pipe.
    Device,
    /// A file, which is replaced as a whole.
    File,
}

/// How many links are followed from one name.
const LINKS: usize = 16;

impl Target {
    /// What stands behind a name.
    pub fn of(path: &Path) -> Target {
        let mut path = path.to_owned();
        for _ in 0..LINKS {
            let text = path.to_string_lossy();
            match text.as_ref() {
                "/dev/stdout" | "/dev/fd/1" | "/proc/self/fd/1" => return Target::Stdout,
                "/dev/stderr" | "/dev/fd/2" | "/proc/self/fd/2" => return Target::Stderr,
                other if other.starts_with("/dev/fd/") || (other.starts_with("/proc/") && other.contains("/fd/")) => {
                    return Target::Open;
                }
                _ => {}
            }
            let Ok(next) = fs::read_link(&path) else { break };
            path = path.parent().unwrap_or(Path::new("")).join(next);
        }
        if fs::metadata(path).is_ok_and(|meta| !meta.is_file()) { Target::Device } else { Target::File }
    }
}

/// Which file a name leads to, the same for every name and link of it; nothing for
/// what is no file, of which several may be written to at once.
pub fn identity(path: &Path) -> Option<PathBuf> {
    // What stdin was redirected from.
    let path = if path == Path::new("-") { Path::new("/dev/stdin") } else { path };
    let Ok(meta) = fs::metadata(path) else {
        let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        return Some(fs::canonicalize(folder).ok()?.join(path.file_name()?));
    };
    if !meta.is_file() {
        return None;
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        Some(PathBuf::from(format!("{}:{}", meta.dev(), meta.ino())))
    }
    #[cfg(not(unix))]
    fs::canonicalize(path).ok()
}

/// Two of these names that lead to the same file, of which the second is written.
pub fn clash<'a>(read: &[&'a Path], written: &[&'a Path]) -> Option<(&'a Path, &'a Path)> {
    let of = |path: &&'a Path| Some((*path, identity(path)?));
    let mut seen: Vec<_> = read.iter().filter_map(of).collect();
    for path in written.iter().filter(|path| Target::of(path) == Target::File) {
        let Some(found) = of(path) else { continue };
        if let Some((first, _)) = seen.iter().find(|(_, other)| *other == found.1) {
            return Some((first, path));
        }
        seen.push(found);
    }
    None
}
