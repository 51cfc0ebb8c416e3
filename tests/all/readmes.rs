//! What the READMEs show of a base is TOML, and fits into the shipped base.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use crate::thorough::thorough;
use qun::diagnostic::{Files, Level};
use qun::kb::{Folder, KnowledgeBase};
use qun::lint::{self, Settings, Subject};

const READMES: [(&str, &str); 2] =
    [("README.md", include_str!("../../README.md")), ("data/README.md", include_str!("../../data/README.md"))];

/// The fenced blocks of TOML in a Markdown text.
fn blocks(text: &str) -> impl Iterator<Item = &str> {
    text.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap())
}

/// Where in a base a block belongs, if its first line says so (`# data/…`), and
/// whether it is added to what stands there (`(add)`).
fn place(block: &str) -> Option<(&str, bool)> {
    let first = block.lines().next()?;
    let path = first.strip_prefix("# data/")?.split_whitespace().next()?;
    Some((path, first.contains("(add)")))
}

/// The shipped base with every block that names its place put there.
fn with_blocks(text: &str) -> Folder {
    let mut folder = Folder::embedded();
    for block in blocks(text) {
        let Some((path, is_added)) = place(block) else { continue };
        match folder.files.iter_mut().find(|(name, _)| name == path) {
            Some((_, old)) if is_added => *old += &format!("\n{block}"),
            Some((_, old)) => block.clone_into(old),
            None => folder.files.push((path.to_owned(), block.to_owned())),
        }
    }
    folder.files.sort();
    folder
}

#[test]
fn every_toml_block_is_sound() {
    for (readme, text) in READMES {
        for block in blocks(text) {
            block.parse::<toml::Table>().unwrap_or_else(|error| panic!("{readme}: {error}\n{block}"));
        }
        if blocks(text).all(|block| place(block).is_none()) {
            assert_eq!(readme, "README.md", "it shows pieces of a base");
            continue;
        }
        let (folder, mut files) = (with_blocks(text), Files::default());
        let kb = KnowledgeBase::load(&folder, &mut files).unwrap_or_else(|faults| panic!("{readme}: {faults:#?}"));
        if thorough(true, false) {
            // A first sketch of a type has less evidence than its rivals, which is a warning.
            let mut found = lint::run(&Subject::new(&kb, &files, &folder.name), &Settings::default());
            found.retain(|one| one.level == Level::Error);
            assert!(found.is_empty(), "{readme}: {found:#?}");
        }
    }
}
