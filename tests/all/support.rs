//! What several tests need: the toy base, changed copies of it, every completion of a profile.
#![allow(dead_code, reason = "each test file uses its own part")]

use qun::answer::{Answer, Answers};
use qun::diagnostic::{Diagnostic, Files};
use qun::ids::{FactId, IndexVec};
use qun::kb::blocks::{domain, thresholds};
use qun::kb::{Folder, KnowledgeBase};
use std::path::Path;

/// The files of the toy base.
pub fn toy_folder() -> Folder {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/toy");
    let (folder, faults) = Folder::read(&root).expect("tests/toy is there");
    assert!(faults.is_empty(), "{faults:?}");
    Folder { name: "toy".to_owned(), ..folder }
}

/// The toy base, checked.
pub fn toy() -> KnowledgeBase {
    KnowledgeBase::load(&toy_folder(), &mut Files::default()).expect("the toy base is sound")
}

/// The toy base with `old` replaced by `new` in one file, or the file added if
/// `old` is empty.
pub fn changed(path: &str, old: &str, new: &str) -> Folder {
    let mut folder = toy_folder();
    if old.is_empty() {
        folder.files.push((path.to_owned(), new.to_owned()));
        folder.files.sort();
        return folder;
    }
    let (_, text) = folder.files.iter_mut().find(|(name, _)| name == path).unwrap_or_else(|| panic!("no file {path}"));
    assert!(text.contains(old), "{path} has no {old:?}");
    *text = text.replacen(old, new, 1);
    folder
}

/// The faults of a folder as `file:line:column name`.
pub fn faults(folder: &Folder) -> Vec<String> {
    let mut files = Files::default();
    let shown = |fault: &Diagnostic, files: &Files| {
        let (line, column) = files.line_column(&fault.place);
        format!("{}:{line}:{column} {}", files.name(fault.place.file), fault.name)
    };
    match KnowledgeBase::load(folder, &mut files) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.iter().map(|fault| shown(fault, &files)).collect(),
    }
}

/// Answers that stand for all answers, fact by fact.
pub fn domains(kb: &KnowledgeBase) -> IndexVec<FactId, Vec<Answer>> {
    let bounds = thresholds(kb.conditions());
    kb.facts.pairs().map(|(number, fact)| domain(fact, bounds.get(&number))).collect()
}

/// Every way to answer the open facts among `relevant`.
pub fn completions(kb: &KnowledgeBase, answers: &Answers, relevant: &[FactId]) -> Vec<Answers> {
    let domains = domains(kb);
    let mut found = vec![answers.clone()];
    for fact in relevant.iter().copied().filter(|fact| answers.get(*fact).is_none()) {
        let mut next = Vec::new();
        for partial in &found {
            for answer in &domains[fact] {
                let mut more = partial.clone();
                more.set(fact, Some(*answer));
                next.push(more);
            }
        }
        found = next;
    }
    found
}

/// A fixed sequence of numbers.
pub struct Draws(pub u64);

impl Draws {
    /// A number below this one.
    pub fn below(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits") % below
    }
}

/// Answers with the changes of a way made.
pub fn applied(way: &qun::whatif::Way, answers: &Answers) -> Answers {
    let mut found = answers.clone();
    way.changes.iter().for_each(|(fact, answer)| found.set(*fact, Some(*answer)));
    found
}
