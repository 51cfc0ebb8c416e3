//! From the base as written to the checked base: every id is looked up.
//!
//! Whatever cannot be resolved is reported with the nearest spelling and left
//! out; a base with faults is never handed on.

mod candidates;
mod cases;
mod conditions;
mod cycles;
mod facts;
mod manifest;
mod rules;
mod sources;

pub(super) use self::cases::resolve as cases;
use super::{Folder, KnowledgeBase, blocks, raw};
use crate::diagnostic::{At, Diagnostic, Place};
use crate::spelling::nearest;

/// Resolves everything; `None` if there is no manifest to start from.
pub(super) fn resolve(base: raw::Base, folder: &Folder, faults: &mut Vec<Diagnostic>) -> Option<KnowledgeBase> {
    let raw::Base { manifest, groups, candidates, cases, sources, invariants, broken: _ } = base;
    let manifest = manifest?;
    let sources = sources::resolve(sources, faults);
    let decisions = manifest::decisions(&manifest, &candidates, faults);
    let (groups, facts) = facts::resolve(groups, &decisions, &sources, faults);
    let mut kb = KnowledgeBase {
        version: manifest.version.clone(),
        hash: folder.hash(),
        name: manifest.name.clone(),
        groups,
        facts,
        strengths: manifest::strengths(&manifest, faults),
        units: manifest.units.0.iter().map(|(id, name)| super::Named { id: id.value.clone(), name: name.clone() }).collect(),
        opening: 0,
        floor: 0,
        hybrid_margin: 0,
        temperature: 1_000,
        screen: manifest::screen(&manifest, &decisions, faults)?,
        questions: None,
        estimate: None,
        decisions,
        cases: Vec::new(),
        sources,
        invariants: Vec::new(),
        allowances: rules::allowances(&manifest.allowances),
    };
    manifest::settings(&manifest, &mut kb, faults);
    for (decision, written) in candidates.into_iter().enumerate() {
        let resolved = candidates::resolve(&kb, decision, written, faults);
        kb.decisions[decision].candidates = resolved;
    }
    cycles::check(&kb, faults);
    check_blocks(&kb, &manifest, faults);
    kb.invariants = rules::invariants(&kb, &invariants.map(|written| written.never).unwrap_or_default(), faults);
    kb.cases = cases::resolve(&kb, cases, faults);
    sources::check_claims(&kb, faults);
    Some(kb)
}

fn check_blocks(kb: &KnowledgeBase, manifest: &raw::Manifest, faults: &mut Vec<Diagnostic>) {
    for (number, decision) in kb.decisions.iter().enumerate().filter(|(_, decision)| !decision.unproven) {
        for block in blocks::blocks(decision) {
            let combinations = block.combinations(kb, decision);
            if combinations > blocks::MOST_COMBINATIONS {
                let facts: Vec<_> = block.facts().map(|fact| kb.facts[fact].id.as_str()).collect();
                let (candidate, line) = block.lines[0];
                let place = decision.candidates[candidate].evidence[line].place.clone();
                let fault = Diagnostic::error("too-large-block", place).related(manifest.decisions[number].id.place.clone());
                let limit = blocks::MOST_COMBINATIONS.to_string();
                faults.push(fault.with("facts", facts.join(", ")).with("found", combinations.to_string()).with("limit", limit));
            }
        }
    }
}

/// Finds a name in a list of names, or reports it with the nearest spelling.
fn look_up<'a>(
    name: &'static str,
    given: &At<String>,
    names: impl Iterator<Item = &'a str> + Clone,
    faults: &mut Vec<Diagnostic>,
) -> Option<usize> {
    let found = names.clone().position(|known| known == given.value);
    if found.is_none() {
        let fault = Diagnostic::error(name, given.place.clone()).with("given", &given.value);
        faults.push(fault.near(nearest(&given.value, names)));
    }
    found
}

/// Reports every id after the first of its name.
fn check_unique<'a>(ids: impl Iterator<Item = (&'a str, &'a Place)>, faults: &mut Vec<Diagnostic>) {
    let mut seen: std::collections::BTreeMap<&str, &Place> = std::collections::BTreeMap::new();
    for (id, place) in ids {
        if let Some(first) = seen.get(id) {
            let fault = Diagnostic::error("duplicate-id", place.clone()).related((*first).clone());
            faults.push(fault.with("given", id));
        } else {
            seen.insert(id, place);
        }
    }
}
