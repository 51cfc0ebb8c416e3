//! Resolving what a base sets itself: invariants and allowances.

use super::{check_unique, conditions, look_up};
use crate::diagnostic::{At, Diagnostic};
use crate::kb::rules::{Allowance, Invariant, Standing};
use crate::kb::{Keep, KnowledgeBase, raw};

/// The invariants, in the order of their file.
pub fn invariants(kb: &KnowledgeBase, written: &[raw::Never], faults: &mut Vec<Diagnostic>) -> Vec<Invariant> {
    check_unique(written.iter().map(|one| (one.id.value.as_str(), &one.id.place)), faults);
    written.iter().filter_map(|one| invariant(kb, one, faults)).collect()
}

fn invariant(kb: &KnowledgeBase, written: &raw::Never, faults: &mut Vec<Diagnostic>) -> Option<Invariant> {
    let at = written.candidate.as_ref()?;
    let (decision, candidate) = at.value.split_once('/').unwrap_or((&at.value, ""));
    let part = |value: &str| At { value: value.to_owned(), place: at.place.clone() };
    let ids = kb.decisions.iter().map(|decision| decision.id.as_str());
    let decision = look_up("unknown-decision", &part(decision), ids, faults)?;
    let ids = kb.decisions[decision].candidates.iter().map(|candidate| candidate.id.as_str());
    let candidate = look_up("unknown-candidate", &part(candidate), ids, faults);
    let all: &[Standing] = match kb.decisions[decision].keep {
        Keep::All => &Standing::OF_ALL,
        Keep::Leaders => &Standing::OF_LEADERS,
    };
    let group = written.group.as_ref()?;
    let standing = look_up::<usize>("unknown-standing", group, all.iter().map(|standing| standing.id()), faults);
    if standing.is_none()
        && let Some(fault) = faults.last_mut()
    {
        let words: Vec<_> = all.iter().map(|standing| standing.id()).collect();
        fault.particulars.push(("standings", words.join(", ")));
    }
    let mut resolve = |written: &Option<At<raw::Condition>>| match written {
        None => Some(None),
        Some(written) => conditions::resolve(kb, decision, written, faults).map(Some),
    };
    let (when, unless) = (resolve(&written.when), resolve(&written.unless));
    Some(Invariant {
        id: written.id.value.clone(),
        says: written.says.clone(),
        decision,
        candidate: candidate?,
        standing: all[standing?],
        when: when?,
        unless: unless?,
        origin: None,
        place: written.id.place.clone(),
    })
}

/// The allowances as they stand; that they are of use is for the lints to say.
pub fn allowances(written: &[raw::Allowance]) -> Vec<Allowance> {
    let allowance = |one: &raw::Allowance| {
        let lint = one.lint.clone()?;
        Some(Allowance { lint: lint.value, at: one.at.clone().map(|at| at.value), reason: one.reason.clone(), place: lint.place })
    };
    written.iter().filter_map(allowance).collect()
}
