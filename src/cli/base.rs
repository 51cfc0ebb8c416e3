//! The knowledge base that a command line asks for, with its faults in words.

use super::{Door, Ending, Told, input, output};
use anyhow::{Result, anyhow, bail};
use qun::diagnostic::{Diagnostic, Files};
use qun::ids::CandidateRef;
use qun::kb::{Folder, KnowledgeBase};
use qun::profile::done::Outcome;
use qun::profile::{self, Profile};
use qun::report::diagnostics;
use qun::report::findings::{Findings, short};
use qun::text::harmless_line;
use std::mem::ManuallyDrop;
use std::path::Path;

/// A base, or its faults.
pub struct Loaded {
    pub kb: std::result::Result<KnowledgeBase, Vec<Diagnostic>>,
    pub files: Files,
}

/// Reads the embedded base, or a folder.
pub fn load(door: &Door, folder: Option<&Path>) -> Result<Loaded> {
    let mut files = Files::default();
    let Some(path) = folder else {
        return Ok(Loaded { kb: KnowledgeBase::load(&Folder::embedded(), &mut files), files });
    };
    let (folder, mut found) = self::folder(door, path, &mut files)?;
    if folder.files.is_empty() && found.is_empty() {
        let file = files.add(format!("{}/qun.toml", folder.name), "");
        let place = qun::diagnostic::Place { file, span: 0..0 };
        found.push(Diagnostic::error("missing-file", place).with("path", "qun.toml"));
    }
    let kb = KnowledgeBase::load(&folder, &mut files);
    let kb = match (kb, found.is_empty()) {
        (Ok(kb), true) => Ok(kb),
        (Ok(_), false) => Err(found),
        (Err(more), _) => Err(found.into_iter().chain(more).collect()),
    };
    Ok(Loaded { kb, files })
}

/// The files of a folder, and the faults of those that cannot be taken in.
pub fn folder(door: &Door, path: &Path, files: &mut Files) -> Result<(Folder, Vec<Diagnostic>)> {
    let shown = harmless_line(&path.display().to_string());
    let (folder, faults) = Folder::read(path).map_err(|error| {
        anyhow!(door.fill("door.cannot-read", &[("path", &shown), ("reason", &super::output::reason(door.lang, &error))]))
    })?;
    let found = faults.into_iter().map(|(name, fault)| fault.diagnostic(files, &format!("{}/{name}", folder.name)));
    let found = found.collect();
    Ok((folder, found))
}

/// The base; [`Told`] if it has faults, which went to stderr. It is never taken
/// apart: it is needed as long as the program runs, and its memory goes with it.
pub fn sound(door: &Door) -> Result<ManuallyDrop<KnowledgeBase>> {
    given(door, None)
}

/// The same for a command that takes a base as an argument, too.
pub fn given(door: &Door, folder: Option<&Path>) -> Result<ManuallyDrop<KnowledgeBase>> {
    if folder.is_some() && door.kb.is_some() {
        bail!(qun::words::say("door.kb-twice", door.lang));
    }
    let folder = folder.or(door.kb.as_deref());
    if let Some(kb) = folder.is_none().then(KnowledgeBase::built_in).flatten() {
        return Ok(ManuallyDrop::new(kb));
    }
    let loaded = load(door, folder)?;
    match loaded.kb {
        Ok(kb) => Ok(ManuallyDrop::new(kb)),
        Err(faults) => {
            complain(door, &faults, &loaded.files);
            output::complain(&format!(
                "{}: {}",
                qun::words::say("level.error", door.lang),
                door.fill("door.base-faulty", &[("n", &faults.len().to_string())])
            ));
            Err(Told(Ending::Findings).into())
        }
    }
}

/// The profile in a file; [`Told`] if it has faults, which went to stderr.
pub fn profile(door: &Door, kb: &KnowledgeBase, path: &Path) -> Result<Profile> {
    Ok(noted(door, kb, path)?.0)
}

/// The profile in a file, and what it notes of what was planned.
pub fn noted(door: &Door, kb: &KnowledgeBase, path: &Path) -> Result<(Profile, Vec<(CandidateRef, Outcome)>)> {
    let (name, bytes) = input::read(door, path)?;
    let mut files = Files::default();
    let looked_up = |profile: Profile| {
        let mut faults = Vec::new();
        let done = qun::compare::noted::done(kb, &profile, &mut faults);
        if faults.is_empty() { Ok((profile, done)) } else { Err(faults) }
    };
    match profile::read(&kb.facts, &name, &bytes, &mut files).and_then(looked_up) {
        Ok(found) => {
            complain(door, &found.0.outdated, &files);
            Ok(found)
        }
        Err(faults) => {
            complain(door, &faults, &files);
            let level = qun::words::say("level.error", door.lang);
            let count = faults.len().to_string();
            output::complain(&format!("{level}: {}", door.fill("door.no-verdict", &[("n", &count)])));
            Err(Told(Ending::CouldNotRun).into())
        }
    }
}

/// How many findings are shown with the text they point at; the rest take a line each.
const SHOWN: usize = 50;

/// Writes findings to stderr.
pub fn complain(door: &Door, faults: &[Diagnostic], files: &Files) {
    let colour = door.colours(&std::io::stderr());
    let (shown, rest) = faults.split_at(faults.len().min(SHOWN));
    for fault in shown {
        output::complain(&diagnostics::human(fault, files, door.lang, colour));
        output::complain("");
    }
    if !rest.is_empty() {
        output::complain(&short::render(&Findings { found: rest, files, base: None, lang: door.lang }));
    }
}
