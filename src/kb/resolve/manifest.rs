//! Resolving the manifest: decisions, strengths, the first screen, settings.

use super::{check_unique, look_up};
use crate::diagnostic::{At, Diagnostic, Place};
use crate::fact::scaled;
use crate::ids::{CandidateId, DecisionId, IndexVec};
use crate::kb::{
    Candidate, Decision, GREATEST_STRENGTH, Keep, KnowledgeBase, Named, Questions, Screen, Section, SectionRef, raw,
};

/// The decisions with the names of their candidates, which the rest is resolved against.
pub fn decisions(
    manifest: &raw::Manifest,
    candidates: &[Vec<raw::Candidate>],
    faults: &mut Vec<Diagnostic>,
) -> IndexVec<DecisionId, Decision> {
    check_unique(manifest.decisions.iter().map(|decision| (decision.id.value.as_str(), &decision.id.place)), faults);
    let written = manifest.decisions.iter().zip(candidates);
    written.map(|(decision, candidates)| resolve_decision(decision, candidates, faults)).collect()
}

fn resolve_decision(written: &raw::Decision, candidates: &[raw::Candidate], faults: &mut Vec<Diagnostic>) -> Decision {
    let keep = match written.keep.as_ref().map(|keep| keep.value.as_str()) {
        Some("leaders") => Keep::Leaders,
        Some("all") | None => Keep::All,
        Some(other) => {
            let place = written.keep.as_ref().map_or(&written.id.place, |keep| &keep.place).clone();
            faults.push(Diagnostic::error("unknown-keep", place).with("given", other));
            Keep::All
        }
    };
    check_unique(written.sections.iter().map(|section| (section.id.value.as_str(), &section.id.place)), faults);
    check_unique(written.groups.iter().map(|group| (group.id.value.as_str(), &group.id.place)), faults);
    if candidates.is_empty() {
        faults.push(Diagnostic::error("empty-decision", written.folder.place.clone()).with("folder", &written.folder.value));
    }
    if keep == Keep::Leaders && (written.neither.is_none() || written.second.is_none()) {
        let missing = if written.neither.is_none() { "neither" } else { "second" };
        faults.push(Diagnostic::error("missing-key", written.id.place.clone()).with("key", missing).with("form", "decision"));
    }
    check_unique(written.order.iter().map(|at| (at.value.as_str(), &at.place)), faults);
    for ordered in &written.order {
        look_up::<CandidateId>("unknown-candidate", ordered, candidates.iter().map(|candidate| candidate.id.as_str()), faults);
    }
    let shell = |written: &raw::Candidate| Candidate {
        id: written.id.clone(),
        name: written.name.as_ref().map(|name| name.value.clone()).unwrap_or_default(),
        summary: written.summary.clone(),
        sources: Vec::new(),
        groups: Vec::new(),
        grows_into: Vec::new(),
        after: Vec::new(),
        texts: IndexVec::new(),
        evidence: IndexVec::new(),
        needs: IndexVec::new(),
        figures: Vec::new(),
        effort: None,
        money: None,
        done: None,
        grows: false,
        serves: Vec::new(),
        message: None,
        grow_message: None,
        runs: None,
        earns_most: None,
        place: written.place.clone(),
    };
    let section = |section: &raw::Section| Section {
        id: section.id.value.clone(),
        heading: section.heading.clone(),
        optional: section.optional,
    };
    Decision {
        id: written.id.value.clone(),
        folder: written.folder.value.clone(),
        keep,
        heading: written.heading.clone(),
        sections: written.sections.iter().map(section).collect(),
        groups: written.groups.iter().map(|group| Named { id: group.id.value.clone(), name: group.name.clone() }).collect(),
        neither: written.neither.clone(),
        second: written.second.clone(),
        unproven: written.unproven,
        candidates: candidates.iter().map(shell).collect(),
    }
}

/// The named strengths, each within its limits.
pub fn strengths(manifest: &raw::Manifest, faults: &mut Vec<Diagnostic>) -> Vec<(String, i32)> {
    let within = -GREATEST_STRENGTH..=GREATEST_STRENGTH;
    let mut found = Vec::new();
    for (id, points) in &manifest.strengths.0 {
        if within.contains(&points.value) && points.value != 0 {
            found.push((id.value.clone(), i32::try_from(points.value).unwrap_or_default()));
        } else {
            let fault = Diagnostic::error("strength-out-of-range", points.place.clone());
            faults.push(fault.with("given", points.value.to_string()).with("limit", GREATEST_STRENGTH.to_string()));
            found.push((id.value.clone(), 0));
        }
    }
    found
}

/// What the first screen is made of; `None` if that cannot be made out.
pub fn screen(
    manifest: &raw::Manifest,
    decisions: &IndexVec<DecisionId, Decision>,
    faults: &mut Vec<Diagnostic>,
) -> Option<Screen> {
    let written = manifest.screen.as_ref()?;
    let mut all =
        |refs: &[At<String>]| -> Vec<SectionRef> { refs.iter().filter_map(|at| section_ref(at, decisions, faults)).collect() };
    let verdict = all(written.verdict.as_slice());
    let red_line = all(&written.red_line);
    let unplanned = all(&written.unplanned);
    Some(Screen { verdict: *verdict.first()?, red_line, unplanned })
}

/// A section that the manifest names as `decision/section`.
pub fn section_ref(
    at: &At<String>,
    decisions: &IndexVec<DecisionId, Decision>,
    faults: &mut Vec<Diagnostic>,
) -> Option<SectionRef> {
    let (decision, section) = at.value.split_once('/').unwrap_or((&at.value, ""));
    let part = |value: &str| At { value: value.to_owned(), place: at.place.clone() };
    let decision = look_up("unknown-decision", &part(decision), decisions.iter().map(|one| one.id.as_str()), faults)?;
    let sections = decisions[decision].sections.iter().map(|one| one.id.as_str());
    let section = look_up("unknown-section", &part(section), sections, faults)?;
    Some(SectionRef { decision, section })
}

/// The promise about the number of questions.
fn questions(written: &raw::Questions, faults: &mut Vec<Diagnostic>) -> Option<Questions> {
    let fault = |place: &Place| Diagnostic::error("setting-out-of-range", place.clone()).with("min", "1").with("max", "1000");
    let most = written.most.as_ref()?;
    let mean = written.mean.as_ref()?;
    let checked = u16::try_from(most.value).ok().filter(|most| (1..=1_000).contains(most));
    let tenths = scaled(&mean.value, 1).ok().and_then(|tenths| u16::try_from(tenths).ok());
    let tenths = tenths.filter(|tenths| (10..=10_000).contains(tenths));
    faults.extend(checked.is_none().then(|| fault(&most.place)));
    faults.extend(tenths.is_none().then(|| fault(&mean.place)));
    Some(Questions { most: checked?, mean: tenths?, place: mean.place.clone() })
}

/// Floor, margin, temperature, opening question, and length.
pub fn settings(manifest: &raw::Manifest, kb: &mut KnowledgeBase, faults: &mut Vec<Diagnostic>) {
    let mut points = |at: &Option<At<i64>>, least: i64| match at {
        Some(at) if (least..=10_000).contains(&at.value) => i32::try_from(at.value).unwrap_or_default(),
        Some(at) => {
            faults.push(
                Diagnostic::error("setting-out-of-range", at.place.clone()).with("min", least.to_string()).with("max", "10000"),
            );
            0
        }
        None => 0,
    };
    kb.floor = points(&manifest.floor, 1);
    kb.second_floor = if manifest.second_floor.is_some() { points(&manifest.second_floor, 1) } else { kb.floor };
    kb.hybrid_margin = points(&manifest.hybrid_margin, 0);
    kb.gap_margin = if manifest.gap_margin.is_some() { points(&manifest.gap_margin, 0) } else { kb.hybrid_margin };
    if let Some(at) = &manifest.temperature {
        match scaled(&at.value, 3) {
            Ok(thousandths) if (100..=100_000).contains(&thousandths) => kb.temperature = thousandths,
            _ => faults.push(Diagnostic::error("setting-out-of-range", at.place.clone()).with("min", "0.1").with("max", "100")),
        }
    }
    if let Some(at) = &manifest.opening {
        kb.opening = look_up("unknown-fact", at, kb.facts.iter().map(|fact| fact.id.as_str()), faults).unwrap_or_default();
    }
    kb.questions = manifest.questions.as_ref().and_then(|written| questions(written, faults));
}
