//! Build script: puts the base and the shell's words into the program.
//!
//! The base is read, checked and resolved here, by the modules that the program itself
//! reads a base with, and goes in as the bytes that come of it, beside the texts of its
//! files. A key of words that stands in two files, that lacks a language, or that no
//! code says does not build. A base with faults does: how else would it say them?

#![expect(clippy::print_stdout, reason = "a build script speaks to cargo on stdout")]
#![allow(clippy::disallowed_methods, reason = "cargo tells a build script by the environment")]
#![allow(dead_code, unused_imports, reason = "the program asks more of what it shares with its build than the build does")]

mod answer;
mod condition;
mod diagnostic;
mod fact;
mod ids;
mod kb;
mod profile;
mod spelling;
mod syntax;
mod text;
mod truth;

use diagnostic::Files;
use kb::{Folder, KnowledgeBase};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{env, fs};
use toml::{Table, Value};

/// The shell's words while the program is built: what a base takes of them.
mod words {
    mod gaps;

    use crate::text::Lang;
    use std::collections::BTreeMap;
    use std::sync::OnceLock;

    /// Chinese and English by key.
    pub static FOUND: OnceLock<BTreeMap<String, (String, String)>> = OnceLock::new();

    /// The wording under a key with its gaps filled.
    pub fn fill(key: &str, lang: Lang, gaps: &[(&str, &str)]) -> String {
        let (zh, en) = &FOUND.get().expect("the words come before the base")[key];
        gaps::fill_in(if lang == Lang::Zh { zh } else { en }, gaps)
    }
}

fn main() {
    wordings();
    data();
}

fn data() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("data");
    println!("cargo::rerun-if-changed=data");
    println!("cargo::rerun-if-changed=src/embed.rs");
    let mut paths = Vec::new();
    walk(&root, &mut paths);
    let mut all: Vec<(String, PathBuf)> = paths.into_iter().map(|path| (name(&root, &path), path)).collect();
    all.sort();
    let entry = |(name, path): &(String, PathBuf)| format!("    ({name:?}, include_str!({:?})),\n", path.display().to_string());
    let entries = all.iter().map(entry).collect::<Vec<_>>().concat();
    let code = format!("/// Path and text of every file of `data/`, sorted.\nstatic FILES: &[(&str, &str)] = &[\n{entries}];\n");
    write("embedded.rs", code.as_bytes());
    let is_toml = |path: &Path| path.extension().is_some_and(|ending| ending == "toml");
    let text = |(name, path): &(String, PathBuf)| (name.clone(), fs::read_to_string(path).expect("data/ is readable"));
    let files = all.iter().filter(|(_, path)| is_toml(path)).map(text).collect();
    write("base.bin", &base(&Folder { name: "data".to_owned(), files }));
}

/// The base as the program takes it in; nothing if its files have faults.
fn base(folder: &Folder) -> Vec<u8> {
    match KnowledgeBase::load(folder, &mut Files::default()) {
        Ok(kb) => kb.to_bytes().expect("there is memory for a base"),
        Err(faults) => {
            println!("cargo::warning=data/ has faults ({}); `qun check` says which", faults.len());
            Vec::new()
        }
    }
}

/// Writes a generated file, unless it is there already.
fn write(name: &str, content: &[u8]) {
    let target = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it")).join(name);
    if fs::read(&target).is_ok_and(|old| old == content) {
        return;
    }
    fs::write(target, content).expect("the build folder is writable");
}

/// The wordings of `src/words/`, sorted by key.
fn wordings() {
    let source = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("src");
    println!("cargo::rerun-if-changed=src");
    let mut paths = Vec::new();
    walk(&source, &mut paths);
    let ends_with = |path: &&PathBuf, ending: &str| path.extension().is_some_and(|found| found == ending);
    let mut found: BTreeMap<String, (String, String)> = BTreeMap::new();
    for path in paths.iter().filter(|path| path.starts_with(source.join("words")) && ends_with(path, "toml")) {
        let text = fs::read_to_string(path).expect("src/ is readable");
        let table: Table = text.parse().unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
        collect("", &table, path, &mut found);
    }
    let mut said = Said::default();
    for path in paths.iter().filter(|path| ends_with(path, "rs")) {
        said.read(&fs::read_to_string(path).expect("src/ is readable"));
    }
    let unused: Vec<&String> = found.keys().filter(|key| !said.names(key)).collect();
    assert!(unused.is_empty(), "src/words: no code says {unused:?}; take them out or say them");
    let entries = found.iter().map(|(key, (zh, en))| format!("    ({key:?}, {zh:?}, {en:?}),\n")).collect::<Vec<_>>().concat();
    write("words.rs", format!("static WORDS: &[(&str, &str, &str)] = &[\n{entries}];\n").as_bytes());
    words::FOUND.set(found).expect("they are collected once");
}

fn collect(prefix: &str, table: &Table, path: &Path, found: &mut BTreeMap<String, (String, String)>) {
    for (key, value) in table {
        let name = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
        let Value::Table(inner) = value else { panic!("{}: `{name}` is no table with zh and en", path.display()) };
        match (inner.get("zh").and_then(Value::as_str), inner.get("en").and_then(Value::as_str)) {
            (Some(zh), Some(en)) => {
                let old = found.insert(name.clone(), (zh.to_owned(), en.to_owned()));
                assert!(old.is_none(), "{}: `{name}` stands in two files", path.display());
            }
            (None, None) => collect(&name, inner, path, found),
            _ => panic!("{}: `{name}` lacks a language", path.display()),
        }
    }
}

/// What the code says, read once.
#[derive(Default)]
struct Said {
    /// What stands between two quotation marks.
    literals: BTreeSet<String>,
    /// Literals with a `{`, by their first word: `level.{}` under `level`.
    patterns: BTreeMap<String, Vec<Vec<String>>>,
    /// Words before a colon, as fields and flags are.
    fields: BTreeSet<String>,
}

impl Said {
    fn read(&mut self, text: &str) {
        for literal in text.split('"').filter(|literal| !literal.contains('\n')) {
            self.literals.insert(literal.to_owned());
            if let Some((first, _)) = literal.split_once('.').filter(|_| literal.contains('{')) {
                let parts = literal.split('.').map(str::to_owned).collect();
                self.patterns.entry(first.to_owned()).or_default().push(parts);
            }
        }
        let fields = text.split(':').filter_map(|piece| piece.rsplit_once(' ')).map(|(_, word)| word.to_owned());
        self.fields.extend(fields);
    }

    /// Whether code names a key: as a whole, by a pattern such as `level.{}`, or, for
    /// the help of a flag, by the field of that name.
    fn names(&self, key: &str) -> bool {
        let parts: Vec<&str> = key.split('.').collect();
        if self.literals.contains(key) {
            return true;
        }
        if let ["help", .., flag] = parts[..] {
            return flag == "about" || self.fields.contains(flag);
        }
        let part = |(wanted, part): (&String, &&str)| wanted == part || (wanted.starts_with('{') && wanted.ends_with('}'));
        let fits = |wanted: &Vec<String>| wanted.len() == parts.len() && wanted.iter().zip(&parts).all(part);
        self.patterns.get(parts[0]).is_some_and(|patterns| patterns.iter().any(fits))
    }
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("data/ is readable") {
        let entry = entry.expect("data/ is readable");
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if entry.path().is_dir() {
            println!("cargo::rerun-if-changed={}", entry.path().display());
            walk(&entry.path(), found);
        } else {
            found.push(entry.path());
        }
    }
}

fn name(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).expect("walked from the root");
    below.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
