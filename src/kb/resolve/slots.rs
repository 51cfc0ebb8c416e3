//! Taking texts apart into what is said as it stands and what is put in.

use super::conditions;
use crate::diagnostic::{At, Diagnostic};
use crate::ids::DecisionId;
use crate::kb::parse::is_id;
use crate::kb::template::{NAME, Piece, Slot, Template};
use crate::kb::{KnowledgeBase, SourcedText, Variant, raw, resolve::sources};
use crate::spelling::nearest;
use crate::text::Text;

/// A text of a section. Without its variants it must be sayable of anybody.
pub fn sourced(kb: &KnowledgeBase, decision: DecisionId, written: raw::SourcedText, faults: &mut Vec<Diagnostic>) -> SourcedText {
    let sources = sources::check(&kb.sources, &written.sources, faults);
    let places: Vec<_> = [&written.zh, &written.en].into_iter().flatten().map(|at| at.place.clone()).collect();
    let template = both(kb, written.zh.as_ref(), written.en.as_ref(), faults);
    for (pieces, place) in [&template.zh, &template.en].into_iter().zip(places) {
        let open = pieces.iter().find_map(|piece| match piece {
            Piece::Slot(Slot::Name) => Some(NAME),
            Piece::Slot(Slot::Fact(fact)) => Some(kb.facts[*fact].id.as_str()),
            _ => None,
        });
        faults.extend(open.map(|slot| Diagnostic::error("slot-needs-answer", place).with("slot", slot)));
    }
    let variant = |one: raw::Variant, faults: &mut Vec<Diagnostic>| {
        let template = both(kb, one.zh.as_ref(), one.en.as_ref(), faults);
        let own = sources::check(&kb.sources, &one.sources, faults);
        let when = one.when.as_ref().and_then(|when| conditions::of_words(kb, decision, when, faults))?;
        Some(Variant { when, template, sources: if own.is_empty() { sources.clone() } else { own } })
    };
    let variants = written.variants.into_iter().filter_map(|one| variant(one, faults)).collect();
    SourcedText { text: template.plain(&kb.words), template, variants, sources }
}

/// A text, whatever slots it has.
pub fn text(kb: &KnowledgeBase, written: &At<Text>, faults: &mut Vec<Diagnostic>) -> Template {
    let part = |text: &str| At { value: text.to_owned(), place: written.place.clone() };
    both(kb, Some(&part(&written.value.zh)), Some(&part(&written.value.en)), faults)
}

fn both(kb: &KnowledgeBase, zh: Option<&At<String>>, en: Option<&At<String>>, faults: &mut Vec<Diagnostic>) -> Template {
    let mut apart = |at: Option<&At<String>>| at.map(|at| pieces(kb, at, faults)).unwrap_or_default();
    Template { zh: apart(zh), en: apart(en) }
}

fn pieces(kb: &KnowledgeBase, written: &At<String>, faults: &mut Vec<Diagnostic>) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut rest = written.value.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        let (slot, after) = after.split_once('}').unwrap_or((after, ""));
        if !before.is_empty() {
            found.push(Piece::Literal(before.to_owned()));
        }
        if let Some(slot) = find(kb, slot) {
            found.push(Piece::Slot(slot));
        } else {
            let names = kb.words.iter().map(|word| word.id.as_str()).chain(kb.facts.iter().map(|fact| fact.id.as_str()));
            let near = nearest(slot, names.chain([NAME]));
            faults.push(Diagnostic::error("unknown-slot", written.place.clone()).with("given", slot).near(near));
        }
        rest = after;
    }
    if !rest.is_empty() {
        found.push(Piece::Literal(rest.to_owned()));
    }
    found
}

fn find(kb: &KnowledgeBase, slot: &str) -> Option<Slot> {
    if !is_id(slot) {
        return None;
    }
    let word = || kb.words.position(|word| word.id == slot).map(Slot::Word);
    let fact = || kb.facts.position(|fact| fact.id == slot).map(Slot::Fact);
    (slot == NAME).then_some(Slot::Name).or_else(word).or_else(fact)
}
