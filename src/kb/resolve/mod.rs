//! From the base as written to the checked base: every id is looked up.
//!
//! Whatever cannot be resolved is reported with the nearest spelling and left
//! out; a base with faults is never handed on.

mod candidates;
mod cases;
mod conditions;
mod cycles;
mod effort;
mod facts;
mod law;
mod ledger;
mod manifest;
mod money;
mod rules;
mod slots;
mod sources;
mod standing;
mod trades;

pub(super) use self::cases::resolve as cases;
use super::{Folder, KnowledgeBase, blocks, raw};
use crate::diagnostic::{At, Diagnostic, Place};
use crate::fact::scaled;
use crate::ids::{CandidateRef, FactId, Id, IndexVec};
use crate::spelling::nearest;

/// Resolves everything; `None` if there is no manifest to start from.
pub(super) fn resolve(base: raw::Base, folder: &Folder, faults: &mut Vec<Diagnostic>) -> Option<KnowledgeBase> {
    let raw::Base {
        manifest,
        groups,
        candidates,
        cases,
        rules,
        trades,
        platforms,
        sources,
        invariants,
        clashes,
        money,
        broken: _,
    } = base;
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
        opening: FactId::default(),
        floor: 0,
        second_floor: 0,
        hybrid_margin: 0,
        gap_margin: 0,
        temperature: 1_000,
        screen: manifest::screen(&manifest, &decisions, faults)?,
        questions: None,
        decisions,
        cases: IndexVec::new(),
        sources,
        invariants: Vec::new(),
        words: IndexVec::new(),
        measured: Vec::new(),
        counts: manifest.counts.as_ref().map(|written| effort::counts(written, faults)).unwrap_or_default(),
        deadline: None,
        plan: super::effort::PlanSettings { fact: None, people: None, hours: super::effort::PlanSettings::HOURS, sections: None },
        stops: Vec::new(),
        rules: IndexVec::new(),
        trade_fact: None,
        trades: IndexVec::new(),
        platforms: IndexVec::new(),
        clashes: IndexVec::new(),
        money: None,
        allowances: rules::allowances(&manifest.allowances),
    };
    manifest::settings(&manifest, &mut kb, faults);
    kb.words = trades::words(&kb, &manifest.words.0, faults);
    kb.deadline = manifest.deadline.as_ref().and_then(|written| standing::deadline(&kb, written, faults));
    kb.plan = standing::plan(&kb, manifest.plan.as_ref(), faults);
    kb.money = money.and_then(|written| money::settings(&kb, &written, faults));
    kb.measured = effort::measured(&kb, &manifest.measured, faults);
    let messages: Vec<At<String>> =
        candidates.iter().flatten().flat_map(|one| one.message.iter().chain(&one.grow_message)).cloned().collect();
    for (decision, written) in kb.decisions.ids().zip(candidates) {
        let resolved = candidates::resolve(&kb, decision, written, faults);
        kb.decisions[decision].candidates = resolved;
    }
    cycles::check(&kb, faults);
    check_blocks(&kb, &manifest, faults);
    kb.invariants = rules::invariants(&kb, &invariants.map(|written| written.never).unwrap_or_default(), faults);
    kb.rules = law::rules(&kb, rules, faults);
    standing::complete(&mut kb);
    kb.platforms = trades::platforms(&kb, platforms, faults);
    kb.trade_fact = kb.facts.position(|fact| fact.id == trades::TRADE);
    let written = trades.len();
    kb.trades = trades::trades(&kb, trades, faults);
    if kb.trades.len() == written {
        trades::check_messages(&kb, &messages, faults);
    }
    kb.clashes = law::clashes(&kb, clashes, faults);
    kb.cases = cases::resolve(&kb, cases, faults);
    sources::check_claims(&kb, faults);
    Some(kb)
}

fn check_blocks(kb: &KnowledgeBase, manifest: &raw::Manifest, faults: &mut Vec<Diagnostic>) {
    for (number, decision) in kb.decisions.pairs().filter(|(_, decision)| !decision.unproven) {
        for block in blocks::blocks(decision) {
            let combinations = block.combinations(kb, decision);
            if combinations > blocks::MOST_COMBINATIONS {
                let facts: Vec<_> = block.facts().map(|fact| kb.facts[fact].id.as_str()).collect();
                let (candidate, line) = block.lines[0];
                let place = decision.candidates[candidate].evidence[line].place.clone();
                let fault =
                    Diagnostic::error("too-large-block", place).related(manifest.decisions[number.index()].id.place.clone());
                let limit = blocks::MOST_COMBINATIONS.to_string();
                faults.push(fault.with("facts", facts.join(", ")).with("found", combinations.to_string()).with("limit", limit));
            }
        }
    }
}

/// Finds a candidate by `decision/id`.
fn candidate_ref(kb: &KnowledgeBase, at: &At<String>, faults: &mut Vec<Diagnostic>) -> Option<CandidateRef> {
    let (decision, candidate) = at.value.split_once('/').unwrap_or((&at.value, ""));
    let part = |value: &str| At { value: value.to_owned(), place: at.place.clone() };
    let ids = kb.decisions.iter().map(|decision| decision.id.as_str());
    let decision = look_up("unknown-decision", &part(decision), ids, faults)?;
    let ids = kb.decisions[decision].candidates.iter().map(|candidate| candidate.id.as_str());
    Some((decision, look_up("unknown-candidate", &part(candidate), ids, faults)?))
}

/// Finds a candidate by its id alone, in the decision that facts take their
/// options from; by `decision/id` anywhere.
fn stream_ref(kb: &KnowledgeBase, at: &At<String>, faults: &mut Vec<Diagnostic>) -> Option<CandidateRef> {
    if at.value.contains('/') {
        return candidate_ref(kb, at, faults);
    }
    let decision = kb.facts.iter().find_map(|fact| fact.options_of);
    let measured = || kb.measured.iter().map(|one| one.decision).find(|one| kb.decisions[*one].keep == super::Keep::All);
    let decision = decision.or_else(measured).or_else(|| kb.decisions.ids().next_back())?;
    let ids = kb.decisions[decision].candidates.iter().map(|candidate| candidate.id.as_str());
    Some((decision, look_up("unknown-candidate", at, ids, faults)?))
}

/// A range of numbers, in thousandths.
fn range(low: Option<&At<raw::Number>>, high: Option<&At<raw::Number>>, faults: &mut Vec<Diagnostic>) -> Option<(i64, i64)> {
    let mut number = |at: &At<raw::Number>| {
        let found = scaled(&at.value, 3).ok();
        if found.is_none() {
            faults.push(Diagnostic::error("bad-number", at.place.clone()).with("decimals", "3"));
        }
        found
    };
    let ends = (low.and_then(&mut number), high.and_then(&mut number));
    if let ((Some(low), Some(high)), Some(at)) = (ends, high)
        && low > high
    {
        faults.push(Diagnostic::error("empty-range", at.place.clone()));
    }
    Some((ends.0?, ends.1?))
}

/// A year, a month or a day, or `n.d.` where a document has no date.
fn check_date(at: &At<String>, faults: &mut Vec<Diagnostic>) {
    let parts: Vec<&str> = at.value.split('-').collect();
    let lengths = [4, 2, 2];
    let is_number = |(part, length): (&&str, &usize)| part.len() == *length && part.bytes().all(|byte| byte.is_ascii_digit());
    let within = |at: usize, most: u8| parts.get(at).is_none_or(|part| part.parse().is_ok_and(|n: u8| (1..=most).contains(&n)));
    let is_date = parts.len() <= 3 && parts.iter().zip(&lengths).all(is_number) && within(1, 12) && within(2, 31);
    if !is_date && at.value != "n.d." {
        faults.push(Diagnostic::error("bad-date", at.place.clone()).with("given", &at.value));
    }
}

/// Finds a name in a list of names, or reports it with the nearest spelling.
fn look_up<'a, I: Id>(
    name: &'static str,
    given: &At<String>,
    names: impl Iterator<Item = &'a str> + Clone,
    faults: &mut Vec<Diagnostic>,
) -> Option<I> {
    let found = names.clone().position(|known| known == given.value).map(I::new);
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
