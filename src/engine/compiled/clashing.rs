//! Clashes of many profiles: which answers contradict each other.
//!
//! Every atom of a clash has a bit. A row of the tables has the bits of the atoms that
//! its answer makes true, so the answers of a profile are joined by "or"; an atom
//! without its bit is false if its fact is known, else unknown. Nearly no profile has
//! a clash, so each is looked at only where the atoms that it cannot do without are there.

use crate::answer::{Answer, Answers};
use crate::condition::{Condition, Variable};
use crate::ids::{ClashId, FactId};
use crate::kb::KnowledgeBase;
use crate::truth::Truth;

/// The clashes of a base, laid out for the rows of a plan.
#[derive(Debug, Clone, Default)]
pub struct Clashing {
    /// How many words hold the bits.
    words: usize,
    /// Per row, its words.
    rows: Vec<u64>,
    /// Per clash: the bits that it needs, by word, and what it asks.
    clashes: Vec<(Vec<u64>, Asked)>,
}

/// A condition over bits.
#[derive(Debug, Clone)]
enum Asked {
    /// A bit, and the fact that it is about.
    Bit(usize, FactId),
    All(Vec<Asked>),
    Any(Vec<Asked>),
    Not(Box<Asked>),
    Known(Box<Asked>),
    /// What no answer tells.
    Unknown,
}

impl Clashing {
    /// Lays out the clashes of a base; `samples` are the fact and an answer of each row.
    #[must_use]
    pub fn new(kb: &KnowledgeBase, samples: &[(FactId, Answer)]) -> Clashing {
        let mut atoms: Vec<Condition> = Vec::new();
        for clash in &kb.clashes {
            clash.when.atoms(&mut |atom| {
                if !atoms.contains(atom) {
                    atoms.push(atom.clone());
                }
            });
        }
        let words = atoms.len().div_ceil(64);
        let mut rows = vec![0; samples.len() * words];
        let mut answers = Answers::unknown(kb.facts.len());
        for (row, (fact, answer)) in samples.iter().enumerate() {
            answers.set(*fact, Some(*answer));
            let holding = atoms.iter().enumerate().filter(|(_, atom)| atom.truth(&answers, &()).is_yes());
            holding.for_each(|(bit, _)| rows[row * words + bit / 64] |= 1 << (bit % 64));
            answers.set(*fact, None);
        }
        let clash = |when: &Condition| {
            let mut needed = vec![0; words];
            let parts = if let Condition::All(parts) = when { parts.as_slice() } else { std::slice::from_ref(when) };
            for bit in parts.iter().filter_map(|part| atoms.iter().position(|atom| atom == part)) {
                needed[bit / 64] |= 1 << (bit % 64);
            }
            (needed, asked(when, &atoms))
        };
        let clashes = kb.clashes.iter().map(|one| clash(&one.when)).collect();
        Clashing { words, rows, clashes }
    }

    /// The clashes in answers, by their numbers, put behind `found`: the answers by
    /// their rows, and one bit per fact that is known. `bits` is a buffer.
    pub fn find(&self, (rows, known): (&[u32], &[u64]), bits: &mut Vec<u64>, found: &mut Vec<ClashId>) {
        bits.clear();
        bits.resize(self.words, 0);
        for row in rows {
            let more = &self.rows[*row as usize * self.words..(*row as usize + 1) * self.words];
            bits.iter_mut().zip(more).for_each(|(bits, more)| *bits |= more);
        }
        for (number, (needed, asked)) in self.clashes.iter().enumerate() {
            let is_near = needed.iter().zip(bits.iter()).all(|(needed, bits)| needed & bits == *needed);
            if is_near && asked.truth(bits, known).is_yes() {
                found.push(ClashId::new(number));
            }
        }
    }
}

fn asked(condition: &Condition, atoms: &[Condition]) -> Asked {
    let all = |parts: &[Condition]| parts.iter().map(|part| asked(part, atoms)).collect();
    match condition {
        Condition::All(parts) => Asked::All(all(parts)),
        Condition::Any(parts) => Asked::Any(all(parts)),
        Condition::Not(part) => Asked::Not(Box::new(asked(part, atoms))),
        Condition::Known(part) => Asked::Known(Box::new(asked(part, atoms))),
        atom => match (atoms.iter().position(|one| one == atom), atom.variable()) {
            (Some(bit), Some(Variable::Fact(fact))) => Asked::Bit(bit, fact),
            _ => Asked::Unknown,
        },
    }
}

impl Asked {
    fn truth(&self, bits: &[u64], known: &[u64]) -> Truth {
        let is_known = |fact: FactId| known.get(fact.index() / 64).is_some_and(|word| word >> (fact.index() % 64) & 1 == 1);
        match self {
            Asked::Bit(bit, fact) => match (bits[bit / 64] >> (bit % 64) & 1, is_known(*fact)) {
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
