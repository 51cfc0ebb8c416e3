//! Resolving sources: documents, their sections, and who holds which claim.

use super::{check_date, check_unique, ledger, look_up};
use crate::diagnostic::{At, Diagnostic, FileId};
use crate::ids::{IndexVec, SourceId};
use crate::kb::{Claim, Document, Gap, KnowledgeBase, Named, Restored, Sources, raw};
use crate::spelling::nearest;
use std::collections::BTreeMap;

/// What stands in for a document where the authors decided themselves.
pub const JUDGEMENT: &str = "judgement";

/// The documents and what hangs on them.
pub fn resolve(written: Option<raw::Sources>, faults: &mut Vec<Diagnostic>) -> Sources {
    let Some(written) = written else { return Sources::default() };
    check_unique(written.documents.iter().map(|document| (document.id.value.as_str(), &document.id.place)), faults);
    check_unique(written.gaps.iter().map(|gap| (gap.id.value.as_str(), &gap.id.place)), faults);
    check_unique(written.claims.iter().map(|claim| (claim.id.value.as_str(), &claim.id.place)), faults);
    written.documents.iter().filter_map(|document| document.read.as_ref()).for_each(|at| check_date(at, faults));
    let document = |written: raw::Document| Document {
        id: written.id.value,
        title: written.title,
        url: written.url,
        publisher: written.publisher,
        read: written.read.map(|at| at.value),
        note: written.note,
        digest: written.digest,
        sections: written.sections.into_iter().map(|section| Named { id: section.id.value, name: section.title }).collect(),
        place: written.id.place,
    };
    let documents: IndexVec<SourceId, _> = written.documents.into_iter().map(document).collect();
    let mut find = |at: &Option<At<String>>| {
        let ids = documents.iter().map(|document| document.id.as_str());
        at.as_ref().and_then(|at| look_up("unknown-source", at, ids, faults))
    };
    let restored = written.restored.into_iter();
    let restored = restored
        .filter_map(|word| Some(Restored { document: find(&word.document)?, written: word.written, meant: word.meant }))
        .collect();
    let gaps = written.gaps.into_iter();
    let gaps = gaps.map(|gap| Gap { document: find(&gap.document), id: gap.id.value, text: gap.text }).collect();
    let mut found = Sources { documents, restored, gaps, claims: Vec::new(), sentences: Vec::new() };
    let claims = written.claims.into_iter();
    found.claims = claims.map(|claim| resolve_claim(&found, claim, faults)).collect();
    let sections = written.sentences.iter().filter_map(|sentence| sentence.section.as_ref());
    sections.for_each(|section| drop(check(&found, std::slice::from_ref(section), faults)));
    found.sentences = ledger::resolve(written.sentences, &found, faults);
    ledger::check(&found, faults);
    found
}

fn resolve_claim(sources: &Sources, written: raw::Claim, faults: &mut Vec<Diagnostic>) -> Claim {
    if let Some(section) = &written.section {
        check(sources, std::slice::from_ref(section), faults);
    }
    if written.held_by.is_empty() == written.waived.is_none() {
        faults.push(Diagnostic::error("claim-nobody-holds", written.id.place.clone()).with("claim", &written.id.value));
    }
    Claim {
        id: written.id.value,
        section: written.section.map(|at| at.value).unwrap_or_default(),
        says: written.says,
        held_by: written.held_by.into_iter().map(|at| at.value).collect(),
        waived: written.waived,
        place: written.id.place,
    }
}

/// The source references as written, after looking each of them up: a document,
/// `document#section`, or `judgement`.
pub fn check(sources: &Sources, written: &[At<String>], faults: &mut Vec<Diagnostic>) -> Vec<String> {
    for at in written {
        if !is_known(sources, &at.value) {
            let names: Vec<String> = sources
                .documents
                .iter()
                .flat_map(|document| {
                    let sections = document.sections.iter().map(|section| format!("{}#{}", document.id, section.id));
                    std::iter::once(document.id.clone()).chain(sections)
                })
                .chain([JUDGEMENT.to_owned()])
                .collect();
            let near = nearest(&at.value, names.iter().map(String::as_str));
            faults.push(Diagnostic::error("unknown-source", at.place.clone()).with("given", &at.value).near(near));
        }
    }
    written.iter().map(|at| at.value.clone()).collect()
}

/// Whether a reference is a document, one of its sections, or `judgement`.
fn is_known(sources: &Sources, reference: &str) -> bool {
    let (document, section) = reference.split_once('#').map_or((reference, None), |(d, s)| (d, Some(s)));
    let found = sources.documents.iter().find(|known| known.id == document);
    match (found, section) {
        (Some(document), Some(section)) => document.sections.iter().any(|known| known.id == section),
        (Some(_), None) => true,
        (None, _) => document == JUDGEMENT && section.is_none(),
    }
}

/// Every entry that is said to hold a claim exists, and cites the section that makes it.
pub fn check_claims(kb: &KnowledgeBase, faults: &mut Vec<Diagnostic>) {
    let cases = kb.cases.iter().map(|case| format!("cases/{}", case.id));
    let candidates = kb
        .decisions
        .iter()
        .flat_map(|decision| decision.candidates.iter().map(move |candidate| format!("{}/{}", decision.folder, candidate.id)));
    let facts = kb.facts.iter().map(|fact| format!("facts/{}", fact.id));
    let rules = kb.rules.iter().map(|rule| format!("rules/{}", rule.id));
    let trades = kb.trades.iter().map(|trade| format!("trades/{}", trade.id));
    let entries: Vec<String> = candidates.chain(cases).chain(facts).chain(rules).chain(trades).collect();
    for claim in &kb.sources.claims {
        for holder in claim.held_by.iter().filter(|holder| !entries.contains(holder)) {
            let fault = Diagnostic::error("unknown-holder", claim.place.clone()).with("given", holder).with("claim", &claim.id);
            faults.push(fault.near(nearest(holder, entries.iter().map(String::as_str))));
        }
    }
    check_citations(kb, faults);
}

/// Every holder cites the section that makes the claim, in itself or in a part.
/// A holder whose file has faults is left alone: what is left out may have cited it.
fn check_citations(kb: &KnowledgeBase, faults: &mut Vec<Diagnostic>) {
    let mut cited: BTreeMap<String, (FileId, Vec<&String>)> = BTreeMap::new();
    let mut last = None;
    for one in kb.citations() {
        // The citations of an entry follow one another.
        if last.as_ref().is_none_or(|(holder, _)| *holder != one.holder) {
            last = Some((one.holder, one.holder.path(kb)));
        }
        let Some((_, path)) = &last else { continue };
        match cited.get_mut(path) {
            Some((_, sources)) => sources.extend(one.sources),
            None => {
                cited.insert(path.clone(), (one.holder.place(kb).file, one.sources.iter().collect()));
            }
        }
    }
    let mut found = Vec::new();
    for claim in kb.sources.claims.iter().filter(|claim| is_known(&kb.sources, &claim.section)) {
        for holder in &claim.held_by {
            let Some((file, sources)) = cited.get(holder) else { continue };
            let is_whole = faults.iter().all(|fault| fault.place.file != *file);
            if is_whole && !sources.contains(&&claim.section) {
                let fault = Diagnostic::error("claim-not-cited", claim.place.clone()).with("claim", &claim.id);
                found.push(fault.with("holder", holder).with("section", &claim.section));
            }
        }
    }
    faults.extend(found);
}
