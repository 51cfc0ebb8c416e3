//! From the files of a base to the base as written, with every fault of every file.

use super::files::Folder;
use super::parse::value::Record;
use super::parse::{self, is_id};
use super::raw::{Base, Broken, Candidate, Case, Manifest};
use crate::diagnostic::{Diagnostic, FileId, Files, Place};
use std::collections::BTreeMap;

/// Reads every file; what is faulty is left out and reported. A file whose
/// syntax is broken keeps its stem as an id.
pub fn load(folder: &Folder, files: &mut Files, faults: &mut Vec<Diagnostic>) -> Base {
    let mut shelf = Shelf::new(folder, files, faults);
    let mut base = Base { manifest: shelf.manifest(), ..Base::default() };
    if let Some(manifest) = &base.manifest {
        for stem in &manifest.facts {
            let path = format!("facts/{}.toml", stem.value);
            match shelf.one(&path, &stem.value) {
                Some(group) => base.groups.push(group),
                None => shelf.fault(Diagnostic::error("missing-file", stem.place.clone()).with("path", path)),
            }
        }
        for decision in &manifest.decisions {
            let mut candidates: Vec<Candidate> = shelf.folder(&decision.folder.value);
            let rank = |id: &str| decision.order.iter().position(|at| at.value == id).unwrap_or(usize::MAX);
            candidates.sort_by(|a, b| (rank(&a.id), &a.id).cmp(&(rank(&b.id), &b.id)));
            base.candidates.push(candidates);
        }
    }
    base.cases = shelf.folder("cases");
    base.rules = shelf.folder("rules");
    base.trades = shelf.folder("trades");
    base.platforms = shelf.folder("platforms");
    base.clashes = shelf.one("clashes.toml", "");
    base.money = shelf.one("money.toml", "");
    base.sources = shelf.one("sources.toml", "");
    base.invariants = shelf.one("invariants.toml", "");
    if base.manifest.is_some() && !shelf.broken.manifest {
        shelf.report_rest();
    }
    base.broken = shelf.broken;
    base
}

/// Reads a folder that holds nothing but cases.
pub fn cases(folder: &Folder, files: &mut Files, faults: &mut Vec<Diagnostic>) -> Vec<Case> {
    Shelf::new(folder, files, faults).folder("")
}

/// Takes away what only echoes from files whose syntax is broken, and puts those first.
pub fn without_echoes(broken: &Broken, faults: &mut Vec<Diagnostic>) {
    let is_cause = |fault: &Diagnostic| fault.name == "broken-syntax";
    faults.retain(|fault| {
        let given = fault.particular("given");
        let id = given.split_once('#').map_or(given, |(document, _)| document);
        let id = id.strip_prefix("facts/").unwrap_or(id);
        let is_echo = broken.files.contains(&fault.place.file)
            || (fault.name.starts_with("unknown-") && broken.ids.iter().any(|known| known == id));
        is_cause(fault) || !is_echo
    });
    faults.sort_by_key(|fault| !is_cause(fault));
}

/// The files not yet read.
struct Shelf<'a> {
    files: BTreeMap<&'a str, (FileId, &'a str)>,
    first: Option<FileId>,
    faults: &'a mut Vec<Diagnostic>,
    broken: Broken,
}

impl<'a> Shelf<'a> {
    fn new(folder: &'a Folder, files: &mut Files, faults: &'a mut Vec<Diagnostic>) -> Shelf<'a> {
        let add = |(path, text): &'a (String, String)| {
            let file = files.add(format!("{}/{path}", folder.name), text.as_str());
            (path.as_str(), (file, text.as_str()))
        };
        let files: BTreeMap<_, _> = folder.files.iter().map(add).collect();
        Shelf { first: files.values().next().map(|(file, _)| *file), files, faults, broken: Broken::default() }
    }

    fn fault(&mut self, fault: Diagnostic) {
        self.faults.push(fault);
    }

    /// The file at a path; `None` if it is not there.
    fn one<T: Record>(&mut self, path: &str, stem: &str) -> Option<T> {
        let (file, text) = self.files.remove(path)?;
        Some(self.read(file, text, stem))
    }

    fn read<T: Record>(&mut self, file: FileId, text: &str, stem: &str) -> T {
        let (read, is_whole) = parse::file(file, stem, text, self.faults);
        if !is_whole {
            self.broken.files.push(file);
            self.broken.ids.extend(parse::likely_ids(text));
        }
        read
    }

    fn manifest(&mut self) -> Option<Manifest> {
        if let Some((file, text)) = self.files.remove("qun.toml") {
            let (manifest, is_whole) = parse::what_is_left(file, text, self.faults);
            self.broken.manifest = !is_whole;
            self.broken.files.extend((!is_whole).then_some(file));
            return Some(manifest);
        }
        if let Some(file) = self.first {
            let place = Place { file, span: 0..0 };
            self.fault(Diagnostic::error("missing-file", place).with("path", "qun.toml"));
        }
        None
    }

    /// The files right below a folder, sorted by stem.
    fn folder<T: Record>(&mut self, folder: &str) -> Vec<T> {
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let paths: Vec<&str> = self.files.keys().copied().filter(|path| path.starts_with(&prefix)).collect();
        let mut found = Vec::new();
        for path in paths {
            let stem = path[prefix.len()..].trim_end_matches(".toml");
            let Some((file, text)) = self.files.remove(path) else { continue };
            if is_id(stem) {
                found.push(self.read(file, text, stem));
            } else {
                self.fault(Diagnostic::error("bad-id", Place { file, span: 0..0 }).with("given", stem));
            }
        }
        found
    }

    /// A file that nothing refers to is a fault: somebody believes that it counts.
    fn report_rest(&mut self) {
        for (path, (file, text)) in std::mem::take(&mut self.files) {
            let end = text.find('\n').unwrap_or(text.len());
            self.fault(Diagnostic::error("stray-file", Place { file, span: 0..end }).with("path", path));
        }
    }
}
