//! Resolving conditions: every fact, option and candidate is looked up, and
//! each kind of condition meets the kind of fact that it can be asked of.

use super::look_up;
use crate::condition::Condition;
use crate::diagnostic::{At, Diagnostic};
use crate::fact::{Fact, Kind, scaled};
use crate::ids::{DecisionId, FactId, OptionSet};
use crate::kb::{KnowledgeBase, raw};

/// What a condition may look at.
#[derive(Debug, Clone, Copy)]
struct Scope {
    /// Decisions before this one.
    decision: DecisionId,
    /// Whether it may ask which candidates run: not where it counts, since what
    /// runs is revenue and no trait.
    running: bool,
}

/// The checked condition; `None` if any part of it is faulty. `decision` is the
/// one that the condition belongs to: it may look only at earlier ones.
pub fn resolve(
    kb: &KnowledgeBase,
    decision: DecisionId,
    written: &At<raw::Condition>,
    faults: &mut Vec<Diagnostic>,
) -> Option<Condition> {
    within(kb, Scope { decision, running: false }, written, faults)
}

/// A checked condition that counts for nothing and only picks words: it may ask what runs.
pub fn of_words(
    kb: &KnowledgeBase,
    decision: DecisionId,
    written: &At<raw::Condition>,
    faults: &mut Vec<Diagnostic>,
) -> Option<Condition> {
    within(kb, Scope { decision, running: true }, written, faults)
}

/// A checked condition on answers alone.
pub fn of_answers(kb: &KnowledgeBase, written: &At<raw::Condition>, faults: &mut Vec<Diagnostic>) -> Option<Condition> {
    within(kb, Scope { decision: DecisionId::new(0), running: true }, written, faults)
}

fn within(kb: &KnowledgeBase, scope: Scope, written: &At<raw::Condition>, faults: &mut Vec<Diagnostic>) -> Option<Condition> {
    let mut all = |parts: &[At<raw::Condition>]| -> Option<Vec<Condition>> {
        let resolved: Vec<_> = parts.iter().map(|part| within(kb, scope, part, faults)).collect();
        resolved.into_iter().collect()
    };
    match &written.value {
        raw::Condition::All(parts) => all(parts).map(Condition::All),
        raw::Condition::Any(parts) => all(parts).map(Condition::Any),
        raw::Condition::Not(part) => within(kb, scope, part, faults).map(|part| Condition::Not(Box::new(part))),
        raw::Condition::Is(fact, options) => {
            let is_choice = |fact: &Fact| matches!(fact.kind, Kind::Choice(_));
            let at = fact;
            let fact = the_fact(kb, "is", fact, "choice", is_choice, faults)?;
            not_running(kb, scope, fact, at, faults)?;
            Some(Condition::Is { fact, options: set(&kb.facts[fact], options, faults)? })
        }
        raw::Condition::Has(fact, options) => {
            let is_choices = |fact: &Fact| matches!(fact.kind, Kind::Choices { .. });
            let at = fact;
            let fact = the_fact(kb, "has", fact, "choices", is_choices, faults)?;
            not_running(kb, scope, fact, at, faults)?;
            Some(Condition::Has { fact, options: set(&kb.facts[fact], options, faults)? })
        }
        raw::Condition::Yes(fact) => {
            let fact = the_fact(kb, "yes", fact, "yes-no", |fact| matches!(fact.kind, Kind::YesNo), faults)?;
            Some(Condition::Yes { fact })
        }
        raw::Condition::AtLeast(fact, number) => {
            bound(kb, "at-least", fact, number, faults).map(|(fact, bound)| Condition::AtLeast { fact, bound })
        }
        raw::Condition::Below(fact, number) => {
            bound(kb, "below", fact, number, faults).map(|(fact, bound)| Condition::Below { fact, bound })
        }
        raw::Condition::Chosen(earlier, candidate) => {
            let at = earlier;
            let earlier = look_up("unknown-decision", earlier, kb.decisions.iter().map(|decision| decision.id.as_str()), faults)?;
            if earlier >= scope.decision || kb.decisions[earlier].keep == crate::kb::Keep::All {
                faults.push(Diagnostic::error("not-an-earlier-choice", at.place.clone()).with("given", &at.value));
                return None;
            }
            let candidates = kb.decisions[earlier].candidates.iter().map(|candidate| candidate.id.as_str());
            let candidate = look_up("unknown-candidate", candidate, candidates, faults)?;
            Some(Condition::Chosen { decision: earlier, candidate })
        }
    }
}

fn not_running(kb: &KnowledgeBase, scope: Scope, fact: FactId, at: &At<String>, faults: &mut Vec<Diagnostic>) -> Option<()> {
    if scope.running || kb.facts[fact].options_of.is_none() {
        return Some(());
    }
    faults.push(Diagnostic::error("options-of-in-condition", at.place.clone()).with("fact", &at.value));
    None
}

fn the_fact(
    kb: &KnowledgeBase,
    condition: &'static str,
    at: &At<String>,
    expected: &'static str,
    fits: impl Fn(&Fact) -> bool,
    faults: &mut Vec<Diagnostic>,
) -> Option<FactId> {
    let fact = look_up("unknown-fact", at, kb.facts.iter().map(|fact| fact.id.as_str()), faults)?;
    if fits(&kb.facts[fact]) {
        return Some(fact);
    }
    let fault = Diagnostic::error("condition-kind", at.place.clone()).related(kb.facts[fact].place.clone());
    faults.push(fault.with("condition", condition).with("fact", &at.value).with("expected", expected));
    None
}

fn set(fact: &Fact, options: &[At<String>], faults: &mut Vec<Diagnostic>) -> Option<OptionSet> {
    let ids = fact.options().iter().map(|option| option.id.as_str());
    let found: Vec<_> = options.iter().map(|option| look_up("unknown-option", option, ids.clone(), faults)).collect();
    found.into_iter().collect()
}

fn bound(
    kb: &KnowledgeBase,
    condition: &'static str,
    fact: &At<String>,
    number: &At<String>,
    faults: &mut Vec<Diagnostic>,
) -> Option<(FactId, i64)> {
    let fact = the_fact(kb, condition, fact, "number", |fact| matches!(fact.kind, Kind::Number(_)), faults)?;
    let Kind::Number(range) = &kb.facts[fact].kind else { return None };
    match scaled(&number.value, range.decimals) {
        Ok(bound) if (range.min..=range.max).contains(&bound) => Some((fact, bound)),
        Ok(_) => {
            let limits = [range.written(range.min), range.written(range.max)];
            let [min, max] = limits;
            faults.push(Diagnostic::error("setting-out-of-range", number.place.clone()).with("min", min).with("max", max));
            None
        }
        Err(_) => {
            faults.push(Diagnostic::error("bad-number", number.place.clone()).with("decimals", range.decimals.to_string()));
            None
        }
    }
}
