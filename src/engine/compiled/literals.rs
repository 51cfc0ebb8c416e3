//! Literals: one bit for "this atom holds" and one for "it certainly does not".
//!
//! Three-valued logic becomes two-valued on these bits: a condition is *yes* by
//! a formula over them, and *no* by another, neither of which needs a negation
//! but where something must be known to hold.
//! So a condition that reads several facts is a mask or two on a bit set (see
//! [`super::steps`]).

use crate::condition::Condition;

/// A positive formula over literals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Formula {
    /// A literal by its bit.
    Bit(u32),
    /// All of them.
    All(Vec<Formula>),
    /// Any of them.
    Any(Vec<Formula>),
    /// It does not hold, which is known even where its literals are not.
    Not(Box<Formula>),
}

/// The atoms that have bits.
#[derive(Debug, Clone, Default)]
pub struct Literals {
    /// Atom, whether its being true or its being false is meant; the place is
    /// the bit. Bits without an atom are set by steps.
    found: Vec<Option<(Condition, bool)>>,
}

impl Literals {
    /// The bit of an atom, made where there is none yet.
    pub fn bit(&mut self, atom: &Condition, yes: bool) -> u32 {
        self.find(atom, yes).unwrap_or_else(|| self.push(Some((atom.clone(), yes))))
    }

    /// A bit of its own, for what steps work out.
    pub fn spare(&mut self) -> u32 {
        self.push(None)
    }

    /// The first of words of bits for so many things.
    pub fn words_for(&mut self, count: usize) -> u32 {
        let first = self.found.len().next_multiple_of(64);
        self.found.resize(first + count.next_multiple_of(64), None);
        u32::try_from(first).unwrap_or(u32::MAX)
    }

    fn push(&mut self, one: Option<(Condition, bool)>) -> u32 {
        self.found.push(one);
        u32::try_from(self.found.len() - 1).unwrap_or(u32::MAX)
    }

    /// The bit of an atom, if it has one.
    #[must_use]
    pub fn find(&self, atom: &Condition, yes: bool) -> Option<u32> {
        let at = self.found.iter().position(|known| known.as_ref().is_some_and(|(other, of)| other == atom && *of == yes))?;
        u32::try_from(at).ok()
    }

    /// Every atom with a bit: the atom, which of its two, the bit.
    pub fn all(&self) -> impl Iterator<Item = (&Condition, bool, u32)> {
        let found = self.found.iter().zip(0_u32..);
        found.filter_map(|(known, bit)| known.as_ref().map(|(atom, yes)| (atom, *yes, bit)))
    }

    /// How many words hold the bits: one, or an even number, as registers take two at once.
    #[must_use]
    pub fn words(&self) -> usize {
        match self.found.len() {
            ..=64 => 1,
            bits => bits.div_ceil(128) * 2,
        }
    }

    /// By which formula a condition certainly holds, or certainly does not.
    pub fn formula(&mut self, condition: &Condition, yes: bool) -> Formula {
        let joined = |literals: &mut Literals, parts: &[Condition], all: bool| {
            let mut found: Vec<Formula> = Vec::new();
            for part in parts {
                match (literals.formula(part, yes), all) {
                    (Formula::All(inner), true) | (Formula::Any(inner), false) => found.extend(inner),
                    (other, _) => found.push(other),
                }
            }
            if all { Formula::All(found) } else { Formula::Any(found) }
        };
        match condition {
            Condition::All(parts) => joined(self, parts, yes),
            Condition::Any(parts) => joined(self, parts, !yes),
            Condition::Not(part) => self.formula(part, !yes),
            Condition::Known(part) if yes => self.formula(part, true),
            Condition::Known(part) => Formula::Not(Box::new(self.formula(part, true))),
            atom => Formula::Bit(self.bit(atom, yes)),
        }
    }
}
