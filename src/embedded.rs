//! What this program was built with: the files of `data/`, and the base that they make.

use crate::diagnostic::Files;
use crate::kb::{Folder, KnowledgeBase};
use std::path::Path;

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The base, as the build wrote it; nothing if its files had faults then.
static BASE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/base.bin"));

impl Folder {
    /// The files of the base that this program was built with.
    #[must_use]
    pub fn embedded() -> Folder {
        let is_toml = |path: &str| Path::new(path).extension().is_some_and(|ending| ending == "toml");
        let of_base = FILES.iter().filter(|(path, _)| is_toml(path));
        Folder { name: "data".to_owned(), files: of_base.map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect() }
    }

    /// Every file of the embedded base as it lies on the disk, those that are
    /// not TOML included.
    #[must_use]
    pub fn embedded_files() -> &'static [(&'static str, &'static str)] {
        FILES
    }
}

impl KnowledgeBase {
    /// The base that this program was built with, which was checked then.
    ///
    /// # Panics
    ///
    /// Never in a released program: a test loads the embedded base.
    #[must_use]
    pub fn embedded() -> KnowledgeBase {
        let from_files = || KnowledgeBase::load(&Folder::embedded(), &mut Files::default());
        KnowledgeBase::built_in().unwrap_or_else(|| from_files().expect("a test loads the embedded base"))
    }

    /// The base that this program was built with; `None` if its files had faults
    /// then, which [`KnowledgeBase::load`] tells.
    pub(crate) fn built_in() -> Option<KnowledgeBase> {
        KnowledgeBase::from_bytes(BASE)
    }
}
