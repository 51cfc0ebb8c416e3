//! Clashes of many profiles: which answers contradict each other.
//!
//! Every atom of a clash is a literal, whose bit the rows of the answers set (see
//! [`super::literals`]); an atom without its bit is false if its fact is known, else
//! unknown. Nearly no profile has a clash, so each is looked at only where the atoms
//! that it cannot do without are there.

use super::literals::Literals;
use super::steps::{Step, get};
use crate::condition::{Condition, Variable};
use crate::ids::{ClashId, FactId};
use crate::kb::KnowledgeBase;
use crate::truth::Truth;

/// The clashes of a base, laid out for the literals of a plan.
#[derive(Debug, Clone, Default)]
pub struct Clashing {
    /// Per clash: bits that it needs, and what it asks.
    clashes: Vec<(Step, Asked)>,
}

/// A condition over bits.
#[derive(Debug, Clone)]
enum Asked {
    /// A bit, and the fact that it is about.
    Bit(u32, FactId),
    All(Vec<Asked>),
    Any(Vec<Asked>),
    Not(Box<Asked>),
    Known(Box<Asked>),
    /// What no answer tells.
    Unknown,
}

impl Clashing {
    /// Lays out the clashes of a base.
    #[must_use]
    pub fn new(kb: &KnowledgeBase, literals: &mut Literals) -> Clashing {
        let mut clash = |when: &Condition| {
            let asked = asked(when, literals);
            let parts = if let Asked::All(parts) = &asked { parts.as_slice() } else { std::slice::from_ref(&asked) };
            let bits = parts.iter().filter_map(|part| if let Asked::Bit(bit, _) = part { Some(*bit) } else { None });
            (Step::all(bits), asked)
        };
        Clashing { clashes: kb.clashes.iter().map(|one| clash(&one.when)).collect() }
    }

    /// The clashes in answers, by their numbers, put behind `found`: the answers by
    /// their literals, and one bit per fact that is known.
    pub fn find(&self, bits: &[u64], known: &[u64], found: &mut Vec<ClashId>) {
        for (number, (near, asked)) in self.clashes.iter().enumerate() {
            if near.holds(bits) && asked.truth(bits, known).is_yes() {
                found.push(ClashId::new(number));
            }
        }
    }
}

fn asked(condition: &Condition, literals: &mut Literals) -> Asked {
    let mut all = |parts: &[Condition]| parts.iter().map(|part| asked(part, literals)).collect();
    match condition {
        Condition::All(parts) => Asked::All(all(parts)),
        Condition::Any(parts) => Asked::Any(all(parts)),
        Condition::Not(part) => Asked::Not(Box::new(asked(part, literals))),
        Condition::Known(part) => Asked::Known(Box::new(asked(part, literals))),
        atom => match atom.variable() {
            Some(Variable::Fact(fact)) => Asked::Bit(literals.bit(atom, true), fact),
            _ => Asked::Unknown,
        },
    }
}

impl Asked {
    fn truth(&self, bits: &[u64], known: &[u64]) -> Truth {
        let is_known = |fact: FactId| known.get(fact.index() / 64).is_some_and(|word| word >> (fact.index() % 64) & 1 == 1);
        match self {
            Asked::Bit(bit, fact) => match (get(bits, *bit), is_known(*fact)) {
                (1, _) => Truth::Yes,
                (_, true) => Truth::No,
                (_, false) => Truth::Unknown,
            },
            Asked::All(parts) => parts.iter().fold(Truth::Yes, |so_far, part| so_far.and(part.truth(bits, known))),
            Asked::Any(parts) => parts.iter().fold(Truth::No, |so_far, part| so_far.or(part.truth(bits, known))),
            Asked::Not(part) => part.truth(bits, known).not(),
            Asked::Known(part) => part.truth(bits, known).is_yes().into(),
            Asked::Unknown => Truth::Unknown,
        }
    }
}
