//! `unused-options`: answers that count no more than silence.
//!
//! Choosing such an option is worth the same as leaving the question open: no
//! evidence and no need comes out differently.

use super::{Lint, Subject, unused_facts};
use crate::answer::{Answer, Answers};
use crate::condition::{Condition, Variable};
use crate::diagnostic::{Diagnostic, Level};
use crate::fact::Kind;
use crate::kb::KnowledgeBase;
use crate::truth::Truth;

pub(super) struct UnusedOptions;

impl Lint for UnusedOptions {
    fn name(&self) -> &'static str {
        "unused-options"
    }

    fn level(&self) -> Option<Level> {
        Some(Level::Warning)
    }

    fn check(&self, on: &Subject<'_>, found: &mut Vec<Diagnostic>) {
        for (number, fact) in on.kb.facts.iter().enumerate() {
            let by_itself = unused_facts::has_a_use_of_its_own(on.kb, number, fact);
            if by_itself || fact.neutral.is_some() || !unused_facts::is_read(on.kb, number) {
                continue;
            }
            for (option, choice) in fact.options().iter().enumerate() {
                if choice.neutral.is_none() && !has_effect(on.kb, number, option) {
                    found.push(self.finding(&choice.place).with("fact", &fact.id).with("option", &choice.id));
                }
            }
        }
    }
}

/// Whether some condition may come out differently for the option than for an
/// open question. Exact for a condition on this fact alone; one that joins
/// several facts counts as soon as it names the option.
pub(super) fn has_effect(kb: &KnowledgeBase, fact: usize, option: usize) -> bool {
    let reads = |condition: &&Condition| condition.variables().contains(&Variable::Fact(fact));
    let evidence = kb.decisions.iter().flat_map(|decision| &decision.candidates).flat_map(|one| &one.evidence);
    let mut alone = Answers::unknown(kb.facts.len());
    let answer = match &kb.facts[fact].kind {
        Kind::Choice(_) => Answer::Choice(u8::try_from(option).unwrap_or(u8::MAX)),
        _ => Answer::Choices(1 << option),
    };
    alone.set(fact, Some(answer));
    let counts = |condition: &Condition| {
        condition.truth(&alone, &()).is_yes() || (condition.variables().len() > 1 && names(condition, fact, option))
    };
    // A need that is known to fail says more than one that is open.
    let matters = |condition: &Condition| condition.truth(&alone, &()) != Truth::Unknown || counts(condition);
    let needs = kb.decisions.iter().flat_map(|decision| &decision.candidates).flat_map(|one| &one.needs);
    evidence.map(|line| &line.when).filter(reads).any(counts) || needs.map(|need| &need.when).filter(reads).any(matters)
}

fn names(condition: &Condition, fact: usize, option: usize) -> bool {
    let mut found = false;
    condition.atoms(&mut |atom| {
        if let Condition::Is { fact: of, options } | Condition::Has { fact: of, options } = atom {
            found |= *of == fact && options >> option & 1 == 1;
        }
    });
    let denies = matches!(condition, Condition::Not(_) | Condition::All(_) | Condition::Any(_)) && has_not(condition);
    found || denies
}

fn has_not(condition: &Condition) -> bool {
    match condition {
        Condition::Not(_) => true,
        Condition::All(parts) | Condition::Any(parts) => parts.iter().any(has_not),
        _ => false,
    }
}
