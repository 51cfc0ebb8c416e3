//! Resolving candidates: texts, evidence, needs, figures and their relations.

use super::effort::{self, Ids};
use super::{candidate_ref, conditions, look_up, money as chains, range, slots, sources};
use crate::diagnostic::{At, Diagnostic};
use crate::ids::{CandidateId, CandidateRef, DecisionId, IndexVec, SectionId};
use crate::kb::{Candidate, Evidence, Figure, Keep, KnowledgeBase, MOST_LINES, Need, Origin, SourcedText, raw};
use crate::spelling::normal;
use crate::text::Lang;
use std::collections::BTreeMap;

/// The candidates of one decision, in its order.
pub fn resolve(
    kb: &KnowledgeBase,
    decision: DecisionId,
    written: Vec<raw::Candidate>,
    faults: &mut Vec<Diagnostic>,
) -> IndexVec<CandidateId, Candidate> {
    written.into_iter().map(|candidate| resolve_one(kb, decision, candidate, faults)).collect()
}

fn resolve_one(kb: &KnowledgeBase, decision: DecisionId, written: raw::Candidate, faults: &mut Vec<Diagnostic>) -> Candidate {
    let here = &kb.decisions[decision];
    let ids = || here.candidates.iter().map(|candidate| candidate.id.as_str());
    if written.evidence.len() > MOST_LINES {
        let fault = Diagnostic::error("too-many-lines", written.place.clone());
        faults.push(fault.with("found", written.evidence.len().to_string()).with("limit", MOST_LINES.to_string()));
    }
    check_traits(&written.evidence, faults);
    if !here.groups.is_empty() && written.groups.is_empty() {
        faults.push(Diagnostic::error("missing-key", written.place.clone()).with("key", "groups").with("form", "candidate"));
    }
    let group = |at| look_up("unknown-group", at, here.groups.iter().map(|group| group.id.as_str()), faults);
    let groups = written.groups.iter().filter_map(group).collect();
    let mut others = |given: &[At<String>]| -> Vec<CandidateId> {
        given.iter().filter_map(|at| look_up("unknown-candidate", at, ids(), faults)).collect()
    };
    let (grows_into, after) = (others(&written.grows_into), others(&written.after));
    Candidate {
        name: written.name.map(|name| name.value).unwrap_or_default(),
        summary: written.summary,
        sources: sources::check(&kb.sources, &written.sources, faults),
        groups,
        grows_into,
        after,
        texts: texts(kb, decision, &written.place, written.texts.0, faults),
        evidence: {
            let mut ids = Ids::new('e');
            written.evidence.into_iter().filter_map(|line| evidence(kb, decision, line, &mut ids, faults)).collect()
        },
        needs: {
            let mut ids = Ids::new('n');
            written.needs.into_iter().filter_map(|one| need(kb, decision, one, &mut ids, faults)).collect()
        },
        effort: written.effort.as_ref().map(|one| effort::effort(kb, one, faults)),
        money: chains::chain(kb, decision, written.money, &written.factors, faults),
        done: written.done.as_ref().and_then(|done| conditions::of_words(kb, decision, done, faults)),
        grows: written.grows,
        serves: written.serves.iter().filter_map(|at| served(kb, decision, at, faults)).collect(),
        message: written.message.map(|at| at.value),
        grow_message: written.grow_message.map(|at| at.value),
        runs: None,
        earns_most: None,
        figures: written.figures.0.into_iter().filter_map(|one| figure(kb, decision, one, faults)).collect(),
        id: written.id,
        place: written.place,
    }
}

/// What a candidate serves: it is judged before the candidate.
fn served(kb: &KnowledgeBase, decision: DecisionId, at: &At<String>, faults: &mut Vec<Diagnostic>) -> Option<CandidateRef> {
    let found = candidate_ref(kb, at, faults)?;
    if found.0 >= decision || kb.decisions[found.0].keep == Keep::Leaders {
        faults.push(Diagnostic::error("serves-no-earlier", at.place.clone()).with("given", &at.value));
        return None;
    }
    Some(found)
}

/// Reports a trait that a file tells twice, in either language: its points would count twice.
fn check_traits(lines: &[raw::Evidence], faults: &mut Vec<Diagnostic>) {
    let mut seen: [BTreeMap<String, usize>; 2] = Default::default();
    for (at, line) in lines.iter().enumerate() {
        let mut first = None;
        for (lang, seen) in Lang::BOTH.into_iter().zip(&mut seen) {
            let told = normal(line.statement.get(lang));
            if !told.is_empty() {
                let earliest = *seen.entry(told).or_insert(at);
                first = first.into_iter().chain((earliest < at).then_some(earliest)).min();
            }
        }
        if let Some(first) = first.map(|first| &lines[first]) {
            let fault = Diagnostic::error("duplicate-trait", line.place.clone()).related(first.place.clone());
            faults.push(fault.with("given", &line.statement.en));
        }
    }
}

fn texts(
    kb: &KnowledgeBase,
    decision: DecisionId,
    file: &crate::diagnostic::Place,
    written: Vec<raw::SourcedText>,
    faults: &mut Vec<Diagnostic>,
) -> IndexVec<SectionId, Option<SourcedText>> {
    let sections = &kb.decisions[decision].sections;
    let mut found = IndexVec::filled(None, sections.len());
    let mut misspelt = Vec::new();
    for one in written {
        let at = look_up("unknown-section", &one.section, sections.iter().map(|section| section.id.as_str()), faults);
        if at.is_none() {
            misspelt.extend(faults.last().and_then(|fault| fault.near.clone()));
        }
        let text = slots::sourced(kb, decision, one, faults);
        if let Some(at) = at {
            found[at] = Some(text);
        }
    }
    for (section, text) in sections.iter().zip(&found) {
        if text.is_none() && !section.optional && !misspelt.contains(&section.id) {
            faults.push(Diagnostic::error("missing-section", file.clone()).with("section", &section.id));
        }
    }
    found
}

fn evidence(
    kb: &KnowledgeBase,
    decision: DecisionId,
    written: raw::Evidence,
    ids: &mut Ids,
    faults: &mut Vec<Diagnostic>,
) -> Option<Evidence> {
    let id = ids.next(written.id.as_ref(), written.when.as_ref(), &written.place, faults);
    let when = written.when.as_ref().and_then(|when| conditions::resolve(kb, decision, when, faults));
    let strengths = || kb.strengths.iter().map(|(name, _)| name.as_str());
    let strength = written.strength.and_then(|at| look_up::<usize>("unknown-strength", &at, strengths(), faults));
    let sources = sources::check(&kb.sources, &written.sources, faults);
    let (strength, points) = kb.strengths[strength?].clone();
    Some(Evidence {
        id,
        statement: written.statement,
        when: when?,
        strength,
        points,
        sources,
        supporting: written.supporting,
        place: written.place,
    })
}

fn need(
    kb: &KnowledgeBase,
    decision: DecisionId,
    written: raw::Need,
    ids: &mut Ids,
    faults: &mut Vec<Diagnostic>,
) -> Option<Need> {
    let id = ids.next(written.id.as_ref(), written.when.as_ref(), &written.place, faults);
    let when = written.when.as_ref().and_then(|when| conditions::resolve(kb, decision, when, faults));
    let sources = sources::check(&kb.sources, &written.sources, faults);
    let raw::Need { lacks, fixed, law, proven_by_running, place, .. } = written;
    let (obtainable, origin) = (!fixed, Origin::Written);
    Some(Need { id, lacks, when: when?, sources, fixed, law, proven_by_running, obtainable, origin, place })
}

fn figure(kb: &KnowledgeBase, decision: DecisionId, written: raw::Figure, faults: &mut Vec<Diagnostic>) -> Option<Figure> {
    let when = written.when.as_ref().map(|when| conditions::of_words(kb, decision, when, faults));
    let range = range(written.low.as_ref(), written.high.as_ref(), faults);
    let units = || kb.units.iter().map(|unit| unit.id.as_str());
    let unit = written.unit.and_then(|at| look_up("unknown-unit", &at, units(), faults));
    let sources = sources::check(&kb.sources, &written.sources, faults);
    let (low, high) = range?;
    Some(Figure {
        place: written.id.place,
        id: written.id.value,
        label: written.label,
        low,
        high,
        unit: unit?,
        as_of: written.as_of.map(|at| at.value).unwrap_or_default(),
        sources,
        when: match when {
            None => None,
            Some(when) => Some(when?),
        },
    })
}
