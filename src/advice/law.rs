//! The law: which rules concern a community, and how they stand.

use crate::answer::Answers;
use crate::condition::Variable;
use crate::ids::{CandidateRef, FactId, RuleId};
use crate::kb::KnowledgeBase;
use crate::kb::law::{Concern, Rule};
use crate::truth::Truth;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A rule that concerns a community.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Note {
    /// The number of the rule in the base.
    pub rule: RuleId,
    /// How it stands.
    pub concern: Concern,
}

/// The rule that governs a candidate and is broken, by its number; of several the
/// one whose demand cannot be had, since no permit mends that, then the law of the community's
/// own trade, then a grave one, then the one that is about the fewest candidates, since it says
/// most about this one.
pub fn broken(kb: &KnowledgeBase, answers: &Answers, at: CandidateRef) -> Option<RuleId> {
    let broken = kb.rules_on(at).filter(|(_, rule)| rule.concern(answers) == Concern::Broken);
    let place = |rule: &Rule| (rule.obtainable, !rule.comes_first(answers), !rule.grave, rule.governs.len());
    broken.min_by_key(|(number, rule)| (place(rule), *number)).map(|(number, _)| number)
}

/// The rules that govern a candidate, concern the community and are not known to be kept.
pub fn to_check<'a>(kb: &'a KnowledgeBase, answers: &'a Answers, at: CandidateRef) -> impl Iterator<Item = RuleId> + 'a {
    kb.rules_on(at).filter(|(_, rule)| rule.concern(answers) == Concern::Check).map(|(number, _)| number)
}

/// The rules that concern a community: the broken ones first, then those to
/// check, those that are kept, and those that only inform; each in the order of the base.
#[must_use]
pub fn notes(kb: &KnowledgeBase, answers: &Answers) -> Vec<Note> {
    let note = |(rule, one): (RuleId, &Rule)| Note { rule, concern: one.concern(answers) };
    let all = || kb.rules.pairs().map(note);
    let wanted = |concern: Concern, informs: bool| {
        all().filter(move |one| one.concern == concern && kb.rules[one.rule].only_informs() == informs)
    };
    let mut found: Vec<Note> = Vec::new();
    for concern in [Concern::Broken, Concern::Check, Concern::Met] {
        found.extend(wanted(concern, false));
    }
    for concern in [Concern::Broken, Concern::Check, Concern::Met] {
        found.extend(wanted(concern, true));
    }
    found
}

/// The rules that [loom](looming) over any of some candidates, each once, those of the first candidate first.
pub fn looming_over(kb: &KnowledgeBase, answers: &Answers, candidates: &[CandidateRef]) -> Vec<RuleId> {
    let mut found: Vec<RuleId> = Vec::new();
    for rule in candidates.iter().flat_map(|at| looming(kb, answers, *at)) {
        if !found.contains(&rule) {
            found.push(rule);
        }
    }
    found
}

/// The grave rules that govern a candidate, are likely to concern the community, and of
/// which nobody has said whether they do; those whose demand cannot be had first.
#[must_use]
pub fn looming(kb: &KnowledgeBase, answers: &Answers, at: CandidateRef) -> Vec<RuleId> {
    let looming = kb.rules_on(at).filter(|(_, rule)| rule.looms(answers));
    let mut found: Vec<_> = looming.map(|(number, rule)| ((rule.obtainable, number), number)).collect();
    found.sort_unstable();
    found.into_iter().map(|(_, number)| number).collect()
}

/// The facts not answered that decide whether a rule on one of the candidates
/// concerns the community, if that is not unlikely: those of likely rules first, then
/// the one that most rules wait for, ties in the order of asking.
#[must_use]
pub fn open_facts(kb: &KnowledgeBase, answers: &Answers, candidates: &[CandidateRef]) -> Vec<FactId> {
    let rules = kb.rules.iter().filter(|rule| rule.governs.iter().any(|at| candidates.contains(at)));
    let mut waiting: BTreeMap<FactId, (usize, usize)> = BTreeMap::new();
    for rule in rules.filter(|rule| rule.concern(answers) == Concern::Open) {
        let likely = rule.likely(answers);
        for variable in rule.when.variables().into_iter().filter(|_| likely != Truth::No) {
            if let Variable::Fact(fact) = variable
                && answers.get(fact).is_none()
            {
                let (looming, all) = waiting.entry(fact).or_default();
                *looming += usize::from(likely.is_yes());
                *all += 1;
            }
        }
    }
    let mut facts: Vec<_> = waiting.into_iter().map(|(fact, (looming, all))| (Reverse((looming, all)), fact)).collect();
    facts.sort_unstable();
    facts.into_iter().map(|(_, fact)| fact).collect()
}
