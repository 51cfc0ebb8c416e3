//! Resolving what things take, what a base promises, and the ids of lines.

use super::{check_unique, look_up, sources};
use crate::diagnostic::{At, Diagnostic, Place};
use crate::kb::effort::{Counts, Effort, Measured, Span};
use crate::kb::parse::is_id;
use crate::kb::{Keep, KnowledgeBase, raw};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The most hours or weeks.
const MOST: i64 = 10_000;

/// What a candidate takes.
pub fn effort(kb: &KnowledgeBase, written: &raw::Effort, faults: &mut Vec<Diagnostic>) -> Effort {
    let mut span = |at: &Option<At<raw::Span>>| at.as_ref().and_then(|at| span(at, faults));
    let (setup_hours, weekly_hours) = (span(&written.setup_hours), span(&written.weekly_hours));
    let first_cash_weeks = span(&written.first_cash_weeks);
    Effort { setup_hours, weekly_hours, first_cash_weeks, sources: sources::check(&kb.sources, &written.sources, faults) }
}

fn span(at: &At<raw::Span>, faults: &mut Vec<Diagnostic>) -> Option<Span> {
    let [low, high] = at.value;
    if !(0..=MOST).contains(&low) || !(0..=MOST).contains(&high) {
        let fault = Diagnostic::error("setting-out-of-range", at.place.clone());
        faults.push(fault.with("min", "0").with("max", MOST.to_string()));
        return None;
    }
    if low > high {
        faults.push(Diagnostic::error("empty-range", at.place.clone()));
    }
    Some(Span { low: u32::try_from(low).ok()?, high: u32::try_from(high).ok()? })
}

/// How well the decisions must come out, one entry each.
pub fn measured(kb: &KnowledgeBase, written: &[raw::Measured], faults: &mut Vec<Diagnostic>) -> Vec<Measured> {
    let named = written.iter().filter_map(|one| one.decision.as_ref());
    check_unique(named.map(|at| (at.value.as_str(), &at.place)), faults);
    written.iter().filter_map(|one| measure(kb, one, faults)).collect()
}

fn measure(kb: &KnowledgeBase, written: &raw::Measured, faults: &mut Vec<Diagnostic>) -> Option<Measured> {
    let at = written.decision.as_ref()?;
    let ids = kb.decisions.iter().map(|decision| decision.id.as_str());
    let decision = look_up("unknown-decision", at, ids, faults)?;
    let keep = kb.decisions[decision].keep;
    let mut percent = |key: &str, at: &Option<At<i64>>, of: Option<Keep>| {
        let at = at.as_ref()?;
        check_keeps(key, &at.place, keep, of, faults);
        let found = u8::try_from(at.value).ok().filter(|percent| *percent <= 100);
        if found.is_none() {
            let fault = Diagnostic::error("setting-out-of-range", at.place.clone());
            faults.push(fault.with("min", "0").with("max", "100"));
        }
        found
    };
    let first = percent("first", &written.first, None);
    let auc = percent("auc", &written.auc, Some(Keep::All));
    let never = percent("never", &written.never, Some(Keep::All));
    let kept = percent("kept", &written.kept, Some(Keep::Leaders));
    let extra = percent("extra", &written.extra, Some(Keep::Leaders));
    if let Some(first) = written.hides.first() {
        check_keeps("hides", &first.place, keep, Some(Keep::All), faults);
    }
    let ids = || kb.facts.iter().map(|fact| fact.id.as_str());
    let hides = written.hides.iter().filter_map(|at| look_up("unknown-fact", at, ids(), faults)).collect();
    Some(Measured { decision, first, auc, never, kept, extra, hides, place: at.place.clone() })
}

/// Reports a key that says nothing about decisions of this kind.
fn check_keeps(key: &str, place: &Place, keep: Keep, of: Option<Keep>, faults: &mut Vec<Diagnostic>) {
    if of.is_some_and(|of| of != keep) {
        let word = if keep == Keep::All { "all" } else { "leaders" };
        faults.push(Diagnostic::error("measure-of-other-kind", place.clone()).with("key", key).with("keep", word));
    }
}

/// How many entries the base says that it has.
pub fn counts(written: &raw::Counts, faults: &mut Vec<Diagnostic>) -> Counts {
    let mut count = |at: &Option<At<i64>>| {
        let at = at.as_ref()?;
        let found = usize::try_from(at.value).ok();
        if found.is_none() {
            let fault = Diagnostic::error("setting-out-of-range", at.place.clone());
            faults.push(fault.with("min", "0").with("max", i64::MAX.to_string()));
        }
        found
    };
    Counts { cases: count(&written.cases), facts: count(&written.facts), hybrids: count(&written.hybrids) }
}

/// The ids of lines of one file: as written, or by what they ask, so that they
/// outlive every other change of the file.
pub struct Ids {
    prefix: char,
    seen: BTreeMap<String, Place>,
}

impl Ids {
    /// No ids yet; `prefix` begins those that are not written.
    pub fn new(prefix: char) -> Ids {
        Ids { prefix, seen: BTreeMap::new() }
    }

    /// The id of the next line.
    pub fn next(
        &mut self,
        written: Option<&At<String>>,
        when: Option<&At<raw::Condition>>,
        place: &Place,
        faults: &mut Vec<Diagnostic>,
    ) -> String {
        let id = match (written, when) {
            (Some(at), _) => {
                if !is_id(&at.value) {
                    faults.push(Diagnostic::error("bad-id", at.place.clone()).with("given", &at.value));
                } else if let Some(first) = self.seen.get(&at.value) {
                    let fault = Diagnostic::error("duplicate-id", at.place.clone()).related(first.clone());
                    faults.push(fault.with("given", &at.value));
                }
                at.value.clone()
            }
            (None, when) => {
                let text = when.map(|at| canonical(&at.value)).unwrap_or_default();
                let hash = Sha256::digest(text.as_bytes());
                let base = format!("{}-{:02x}{:02x}{:02x}", self.prefix, hash[0], hash[1], hash[2]);
                // Lines that ask the same are told apart by their order.
                let all = std::iter::once(base.clone()).chain((2..).map(|at: usize| format!("{base}-{at}")));
                all.into_iter().find(|id| !self.seen.contains_key(id)).unwrap_or(base)
            }
        };
        self.seen.insert(id.clone(), place.clone());
        id
    }
}

/// A condition in one spelling, whatever the order of its parts and options.
fn canonical(condition: &raw::Condition) -> String {
    let options = |name: &str, fact: &At<String>, options: &[At<String>]| {
        let mut options: Vec<&str> = options.iter().map(|at| at.value.as_str()).collect();
        options.sort_unstable();
        format!("{name}({},{})", fact.value, options.join(","))
    };
    let parts = |name: &str, parts: &[At<raw::Condition>]| {
        let mut parts: Vec<String> = parts.iter().map(|part| canonical(&part.value)).collect();
        parts.sort_unstable();
        format!("{name}({})", parts.join(","))
    };
    match condition {
        raw::Condition::Is(fact, all) => options("is", fact, all),
        raw::Condition::Has(fact, all) => options("has", fact, all),
        raw::Condition::Yes(fact) => format!("yes({})", fact.value),
        raw::Condition::AtLeast(fact, number) => format!("at-least({},{})", fact.value, number.value),
        raw::Condition::Below(fact, number) => format!("below({},{})", fact.value, number.value),
        raw::Condition::Chosen(decision, candidate) => format!("chosen({},{})", decision.value, candidate.value),
        raw::Condition::All(all) => parts("all", all),
        raw::Condition::Any(all) => parts("any", all),
        raw::Condition::Not(part) => format!("not({})", canonical(&part.value)),
    }
}
