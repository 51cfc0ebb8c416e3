//! A document and everything that leans on it; what became of every claim.

use super::Guide;
use crate::ids::SourceId;
use crate::kb::citation::{Citation, Holder, Part};
use crate::kb::{Claim, Document};
use crate::report::page::{Block, Cited, Page, Section};

/// The page of a document, or of one of its sections.
pub fn page(guide: &Guide<'_>, document: SourceId, section: Option<usize>) -> Page {
    let one = &guide.kb.sources.documents[document];
    let reference = section.map_or_else(|| one.id.clone(), |at| format!("{}#{}", one.id, one.sections[at].id));
    let title = section.map_or(&one.title, |at| &one.sections[at].name);
    let mut screen = vec![Block::Lead(format!("{reference}{}{}", guide.colon(), guide.text(title)))];
    let address =
        |url: &String| Cited { id: one.id.clone(), title: guide.say("show.address"), url: Some(url.clone()), copy_of: None };
    screen.extend(one.url.as_ref().map(|url| Block::Sources(vec![address(url)])));
    screen.extend(one.publisher.as_ref().map(|name| Block::Entry(guide.say("show.publisher"), guide.text(name))));
    screen.extend(one.note.as_ref().map(|note| Block::Text(guide.text(note))));
    if section.is_none() && !one.sections.is_empty() {
        let line =
            |section: &crate::kb::Named| format!("{}#{}{}{}", one.id, section.id, guide.colon(), guide.text(&section.name));
        screen.push(Block::Points(one.sections.iter().map(line).collect()));
    }
    let wanted = |given: &String| given == &reference || (section.is_none() && given.split('#').next() == Some(one.id.as_str()));
    let mut sections: Vec<Section> = Vec::new();
    sections.extend(leaning(guide, &wanted));
    let claims = guide.kb.sources.claims.iter().filter(|claim| wanted(&claim.section));
    sections.extend(guide.points("show.claims", claims.map(|claim| claim_line(guide, claim)).collect()));
    if section.is_none() {
        sections.extend(guide.points("show.restored", restored(guide, Some(document))));
        let gaps = guide.kb.sources.gaps.iter().filter(|gap| gap.document == Some(document));
        sections.extend(guide.points("show.gaps", gaps.map(|gap| guide.text(&gap.text)).collect()));
    }
    if sections.is_empty() {
        screen.push(Block::Text(guide.say("show.nothing-leans")));
    }
    Page { screen, sections }
}

/// Every entry that leans on it, with the parts that do.
fn leaning(guide: &Guide<'_>, wanted: &impl Fn(&String) -> bool) -> Option<Section> {
    let mut entries: Vec<(Holder, Vec<String>)> = Vec::new();
    for citation in guide.kb.citations().iter().filter(|citation| citation.sources.iter().any(wanted)) {
        let part = part(guide, citation);
        match entries.last_mut() {
            Some((holder, parts)) if *holder == citation.holder => parts.push(part),
            _ => entries.push((citation.holder, vec![part])),
        }
    }
    let joint = if guide.lang == crate::text::Lang::Zh { "；" } else { "; " };
    let entry = |(holder, parts): &(Holder, Vec<String>)| {
        let label = format!("{}{}{}", holder.path(guide.kb), guide.colon(), guide.holder(*holder));
        Block::Entry(label, parts.join(joint))
    };
    guide.section("show.leans", entries.iter().map(entry).collect())
}

/// A citing part, in a few words.
fn part(guide: &Guide<'_>, citation: &Citation<'_>) -> String {
    let Holder::Candidate(decision, candidate) = citation.holder else { return guide.say("show.part-itself") };
    let one = guide.kb.candidate(decision, candidate);
    let (key, text) = match citation.part {
        Part::Itself | Part::Effort => return guide.say("show.part-itself"),
        Part::Text(at) => ("show.part-text", &guide.kb.decisions[decision].sections[at].heading),
        Part::Evidence(at) => ("show.part-evidence", &one.evidence[at].statement),
        Part::Need(at) => ("show.part-need", &one.needs[at].lacks),
        Part::Figure(at) => ("show.part-figure", &one.figures[at].label),
        Part::Factor(at) => {
            let factor = one.money.as_ref().and_then(|chain| chain.factors.get(at));
            return factor.map_or_else(String::new, |factor| super::candidate::factor(guide, factor));
        }
    };
    guide.fill(key, &[("text", text.get(guide.lang).trim_end_matches(['。', '.']))])
}

/// Damaged words and their meaning, of one document or of all.
pub fn restored(guide: &Guide<'_>, document: Option<SourceId>) -> Vec<String> {
    let words = guide.kb.sources.restored.iter().filter(|word| document.is_none_or(|at| at == word.document));
    words
        .map(|word| guide.fill("show.restored-line", &[("written", &word.written), ("meant", word.meant.get(guide.lang))]))
        .collect()
}

/// What the documents claim and who holds it, section by section.
pub fn claims(guide: &Guide<'_>) -> Page {
    let claims = &guide.kb.sources.claims;
    let waived = claims.iter().filter(|claim| claim.waived.is_some()).count();
    let (all, held, waived) = (claims.len().to_string(), (claims.len() - waived).to_string(), waived.to_string());
    let lead = guide.fill("show.claims-lead", &[("all", &all), ("held", &held), ("waived", &waived)]);
    let mut sections: Vec<Section> = Vec::new();
    for document in &guide.kb.sources.documents {
        sections.extend(document.sections.iter().filter_map(|section| of_section(guide, document, section)));
    }
    let sentences = &guide.kb.sources.sentences;
    let waived = sentences.iter().filter(|one| one.waived.is_some()).count();
    let counts = [sentences.len(), sentences.len() - waived, waived].map(|count| count.to_string());
    let counted = [("all", counts[0].as_str()), ("carried", counts[1].as_str()), ("waived", counts[2].as_str())];
    let ledger = (!sentences.is_empty()).then(|| Block::Text(guide.fill("show.claims-sentences", &counted)));
    Page { screen: std::iter::once(Block::Lead(lead)).chain(ledger).collect(), sections }
}

fn of_section(guide: &Guide<'_>, document: &Document, section: &crate::kb::Named) -> Option<Section> {
    let reference = format!("{}#{}", document.id, section.id);
    let claims = guide.kb.sources.claims.iter().filter(|claim| claim.section == reference);
    let lines: Vec<String> = claims.map(|claim| claim_line(guide, claim)).collect();
    let heading = format!("{reference}{}{}", guide.colon(), guide.text(&section.name));
    (!lines.is_empty()).then(|| Section { heading, blocks: vec![Block::Points(lines)] })
}

fn claim_line(guide: &Guide<'_>, claim: &Claim) -> String {
    let says = claim.says.get(guide.lang);
    match &claim.waived {
        Some(reason) => guide.fill("show.claim-waived", &[("says", says), ("reason", reason.get(guide.lang))]),
        None => guide.fill("show.claim-held", &[("says", says), ("holders", &claim.held_by.join(", "))]),
    }
}
