//! Resolving rules of the law and clashes of answers.

use super::{candidate_ref, check_date, check_unique, conditions, look_up, sources};
use crate::diagnostic::{At, Diagnostic};
use crate::ids::{CandidateRef, ClashId, IndexVec, RuleId};
use crate::kb::clash::Clash;
use crate::kb::law::{Rule, Sure};
use crate::kb::{Keep, KnowledgeBase, raw};

/// The rules, sorted by id as their files are.
pub fn rules(kb: &KnowledgeBase, written: Vec<raw::Rule>, faults: &mut Vec<Diagnostic>) -> IndexVec<RuleId, Rule> {
    written.into_iter().filter_map(|one| rule(kb, one, faults)).collect()
}

fn rule(kb: &KnowledgeBase, written: raw::Rule, faults: &mut Vec<Diagnostic>) -> Option<Rule> {
    let governs = written.governs.iter().filter_map(|at| governed(kb, at, faults)).collect();
    // The law looks at facts, never at what the program chose.
    let mut condition = |at| conditions::of_answers(kb, at, faults);
    let when = written.when.as_ref().and_then(&mut condition);
    let met = written.met.as_ref().map(&mut condition);
    let likely = written.likely.as_ref().map(&mut condition);
    let first = written.first.as_ref().map(&mut condition);
    if let Some(since) = &written.since {
        check_date(since, faults);
    }
    let words = || Sure::ALL.iter().map(|sure| sure.id());
    let sure = written.sure.as_ref().and_then(|at| look_up::<usize>("unknown-sureness", at, words(), faults));
    let sources = sources::check(&kb.sources, &written.sources, faults);
    Some(Rule {
        id: written.id,
        name: written.name,
        governs,
        when: when?,
        met: match met {
            None => None,
            Some(met) => Some(met?),
        },
        likely: match likely {
            None => None,
            Some(likely) => Some(likely?),
        },
        first: match first {
            None => None,
            Some(first) => Some(first?),
        },
        obtainable: written.obtainable,
        grave: written.grave,
        article: written.article,
        since: written.since.map(|at| at.value),
        territory: written.territory,
        authority: written.authority,
        asks: written.asks,
        instead: written.instead,
        sure: Sure::ALL[sure?],
        sources,
        place: written.place,
    })
}

/// What a rule can bar: a candidate of a decision that keeps all.
fn governed(kb: &KnowledgeBase, at: &At<String>, faults: &mut Vec<Diagnostic>) -> Option<CandidateRef> {
    let found = candidate_ref(kb, at, faults)?;
    if kb.decisions[found.0].keep == Keep::Leaders {
        faults.push(Diagnostic::error("governs-a-leader", at.place.clone()).with("given", &at.value));
        return None;
    }
    Some(found)
}

/// The clashes, in the order of their file.
pub fn clashes(kb: &KnowledgeBase, written: Option<raw::Clashes>, faults: &mut Vec<Diagnostic>) -> IndexVec<ClashId, Clash> {
    let written = written.map(|all| all.clashes).unwrap_or_default();
    check_unique(written.iter().map(|one| (one.id.value.as_str(), &one.id.place)), faults);
    written.into_iter().filter_map(|one| clash(kb, one, faults)).collect()
}

fn clash(kb: &KnowledgeBase, written: raw::Clash, faults: &mut Vec<Diagnostic>) -> Option<Clash> {
    let when = written.when.as_ref().and_then(|at| conditions::of_answers(kb, at, faults));
    let sources = sources::check(&kb.sources, &written.sources, faults);
    let raw::Clash { id, says, believe, .. } = written;
    Some(Clash { id: id.value, when: when?, says, believe, sources, place: id.place })
}
