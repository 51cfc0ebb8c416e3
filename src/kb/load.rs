//! From the files of a base to the base as written, with every fault of every file.

use super::folder::Folder;
use super::raw::{Base, Case, Manifest};
use super::read;
use super::reader::{Reader, is_id};
use crate::diagnostic::{Diagnostic, FileId, Files, Place};
use std::collections::BTreeMap;

/// Reads every file; what is faulty is left out and reported.
pub fn load(folder: &Folder, files: &mut Files, faults: &mut Vec<Diagnostic>) -> Base {
    let mut shelf = Shelf::new(folder, files);
    let mut base = Base { manifest: shelf.manifest(faults), ..Base::default() };
    if let Some(manifest) = &base.manifest {
        for stem in &manifest.facts {
            match shelf.take(&format!("facts/{}.toml", stem.value)) {
                Some((file, text)) => {
                    base.groups.extend(parse(file, text, faults, |reader, root| read::facts(reader, root, &stem.value)));
                }
                None => faults.push(
                    Diagnostic::error("missing-file", stem.place.clone()).with("path", format!("facts/{}.toml", stem.value)),
                ),
            }
        }
        for decision in &manifest.decisions {
            let found = shelf.folder(&decision.folder.value, faults);
            let mut candidates: Vec<_> = found
                .into_iter()
                .filter_map(|(stem, file, text)| parse(file, text, faults, |reader, root| read::candidate(reader, root, &stem)))
                .collect();
            let rank = |id: &str| decision.order.iter().position(|at| at.value == id).unwrap_or(usize::MAX);
            candidates.sort_by(|a, b| (rank(&a.id), &a.id).cmp(&(rank(&b.id), &b.id)));
            base.candidates.push(candidates);
        }
    }
    for (stem, file, text) in shelf.folder("cases", faults) {
        base.cases.extend(parse(file, text, faults, |reader, root| read::case(reader, root, &stem)));
    }
    if let Some((file, text)) = shelf.take("sources.toml") {
        base.sources = parse(file, text, faults, read::sources).unwrap_or_default();
    }
    if let Some((file, text)) = shelf.take("invariants.toml") {
        base.invariants = parse(file, text, faults, read::invariants).unwrap_or_default();
    }
    shelf.report_rest(base.manifest.as_ref(), faults);
    base
}

/// Reads a folder that holds nothing but cases.
pub fn cases(folder: &Folder, files: &mut Files, faults: &mut Vec<Diagnostic>) -> Vec<Case> {
    let found = Shelf::new(folder, files).folder("", faults).into_iter();
    found.filter_map(|(stem, file, text)| parse(file, text, faults, |reader, root| read::case(reader, root, &stem))).collect()
}

fn parse<T>(
    file: FileId,
    text: &str,
    faults: &mut Vec<Diagnostic>,
    read: impl FnOnce(&mut Reader<'_>, &toml::Spanned<toml::de::DeTable<'_>>) -> T,
) -> Option<T> {
    let mut reader = Reader::new(file, faults);
    let root = reader.parse(text)?;
    Some(read(&mut reader, &root))
}

/// The files not yet read.
struct Shelf<'a> {
    files: BTreeMap<&'a str, (FileId, &'a str)>,
    first: Option<FileId>,
}

impl<'a> Shelf<'a> {
    fn new(folder: &'a Folder, files: &mut Files) -> Shelf<'a> {
        let add = |(path, text): &'a (String, String)| {
            let file = files.add(format!("{}/{path}", folder.name), text.as_str());
            (path.as_str(), (file, text.as_str()))
        };
        let files: BTreeMap<_, _> = folder.files.iter().map(add).collect();
        Shelf { first: files.values().next().map(|(file, _)| *file), files }
    }

    fn take(&mut self, path: &str) -> Option<(FileId, &'a str)> {
        self.files.remove(path)
    }

    fn manifest(&mut self, faults: &mut Vec<Diagnostic>) -> Option<Manifest> {
        let Some((file, text)) = self.take("qun.toml") else {
            if let Some(file) = self.first {
                let place = Place { file, span: 0..0 };
                faults.push(Diagnostic::error("missing-file", place).with("path", "qun.toml"));
            }
            return None;
        };
        parse(file, text, faults, read::manifest)
    }

    /// The files right below a folder, as (stem, file, text), sorted by stem.
    fn folder(&mut self, folder: &str, faults: &mut Vec<Diagnostic>) -> Vec<(String, FileId, &'a str)> {
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let paths: Vec<&str> = self.files.keys().copied().filter(|path| path.starts_with(&prefix)).collect();
        let mut found = Vec::new();
        for path in paths {
            let stem = path[prefix.len()..].trim_end_matches(".toml");
            let Some((file, text)) = self.files.remove(path) else { continue };
            if is_id(stem) {
                found.push((stem.to_owned(), file, text));
            } else {
                faults.push(Diagnostic::error("bad-id", Place { file, span: 0..0 }).with("given", stem));
            }
        }
        found
    }

    /// A file that nothing refers to is a fault: somebody believes that it counts.
    fn report_rest(self, manifest: Option<&Manifest>, faults: &mut Vec<Diagnostic>) {
        for (path, (file, text)) in self.files {
            if manifest.is_none() {
                continue;
            }
            let end = text.find('\n').unwrap_or(text.len());
            faults.push(Diagnostic::error("stray-file", Place { file, span: 0..end }).with("path", path));
        }
    }
}
