//! The ledger: each sentence of a document by its hash, and what became of it.

use crate::diagnostic::{At, Diagnostic};
use crate::kb::{Sentence, Sources, raw};
use crate::spelling::nearest;
use sha2::{Digest, Sha256};

/// The sentences as written; their sections are looked up already.
pub fn resolve(written: Vec<raw::Sentence>, sources: &Sources, faults: &mut Vec<Diagnostic>) -> Vec<Sentence> {
    let resolved = written.into_iter().filter_map(|one| {
        let section = one.section?;
        if one.claims.is_empty() == one.waived.is_none() {
            faults.push(Diagnostic::error("sentence-nobody-carries", section.place.clone()));
        }
        let claims = one.claims.iter().filter_map(|claim| carried(sources, claim, &section.value, faults)).collect();
        Some(Sentence { section: section.value, hash: one.hash?.value, claims, waived: one.waived })
    });
    resolved.collect()
}

/// The claim that a sentence names, as an index: it is there, and of the sentence's section.
fn carried(sources: &Sources, claim: &At<String>, section: &str, faults: &mut Vec<Diagnostic>) -> Option<usize> {
    let Some(found) = sources.claims.iter().position(|known| known.id == claim.value) else {
        let near = nearest(&claim.value, sources.claims.iter().map(|known| known.id.as_str()));
        faults.push(Diagnostic::error("unknown-claim", claim.place.clone()).with("given", &claim.value).near(near));
        return None;
    };
    if sources.claims[found].section != section {
        let fault = Diagnostic::error("claim-elsewhere", claim.place.clone()).with("claim", &claim.value);
        faults.push(fault.with("section", &sources.claims[found].section));
    }
    Some(found)
}

/// Whether the ledger of every document that has one is whole: no sentence is
/// missing, added or changed, and every claim stands in one.
pub fn check(sources: &Sources, faults: &mut Vec<Diagnostic>) {
    for document in &sources.documents {
        let Some(digest) = &document.digest else { continue };
        let is_of = |section: &str| section.split('#').next() == Some(document.id.as_str());
        let found = digest_of(sources.sentences.iter().filter(|one| is_of(&one.section)).map(|one| one.hash.as_str()));
        if found != digest.value {
            let fault = Diagnostic::error("ledger-changed", digest.place.clone()).with("document", &document.id);
            faults.push(fault.with("found", found));
        }
        for (number, claim) in sources.claims.iter().enumerate().filter(|(_, claim)| is_of(&claim.section)) {
            if sources.sentences.iter().all(|one| !one.claims.contains(&number)) {
                faults.push(Diagnostic::error("claim-without-sentence", claim.place.clone()).with("claim", &claim.id));
            }
        }
    }
}

/// The digest of a ledger: SHA-256 over its hashes, each followed by LF; the first 16 hex digits.
#[must_use]
pub fn digest_of<'a>(hashes: impl Iterator<Item = &'a str>) -> String {
    let mut sha = Sha256::new();
    for hash in hashes {
        sha.update(hash.as_bytes());
        sha.update(b"\n");
    }
    sha.finalize().iter().take(8).fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}
