//! Literals: one bit for "this atom holds" and one for "it certainly does not".
//!
//! Three-valued logic becomes two-valued on these bits: a condition is *yes* by
//! a formula over them, and *no* by another, neither of which needs a negation.
//! So a condition that reads several facts is a mask or two on a bit set.

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
}

/// A formula, ready to be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// All bits of up to two words.
    All([Part; 2]),
    /// Any bit of up to two words.
    Any([Part; 2]),
    /// All bits, or any, of more words.
    Wide(bool, Vec<Part>),
    /// Anything else.
    Deep(Formula),
}

/// A mask on one word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Part {
    word: usize,
    mask: u64,
}

/// The atoms that have bits.
#[derive(Debug, Clone, Default)]
pub struct Literals {
    /// Atom, whether its being true or its being false is meant; the place is the bit.
    found: Vec<(Condition, bool)>,
}

impl Literals {
    /// The bit of an atom, made where there is none yet.
    pub fn bit(&mut self, atom: &Condition, yes: bool) -> u32 {
        let known = self.found.iter().position(|(other, of)| other == atom && *of == yes);
        let at = known.unwrap_or_else(|| {
            self.found.push((atom.clone(), yes));
            self.found.len() - 1
        });
        u32::try_from(at).unwrap_or(u32::MAX)
    }

    /// The bit of an atom, if it has one.
    #[must_use]
    pub fn find(&self, atom: &Condition, yes: bool) -> Option<u32> {
        let at = self.found.iter().position(|(other, of)| other == atom && *of == yes)?;
        u32::try_from(at).ok()
    }

    /// Every atom with a bit: the atom, which of its two, the bit.
    pub fn all(&self) -> impl Iterator<Item = (&Condition, bool, u32)> {
        self.found.iter().zip(0_u32..).map(|((atom, yes), bit)| (atom, *yes, bit))
    }

    /// How many words hold the bits.
    #[must_use]
    pub fn words(&self) -> usize {
        self.found.len().div_ceil(64).max(1)
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
            atom => Formula::Bit(self.bit(atom, yes)),
        }
    }
}

impl Formula {
    /// Compiles it.
    #[must_use]
    pub fn test(self) -> Test {
        let masks = |parts: &[Formula]| {
            let mut found = [Part::default(); 2];
            let mut count = 0;
            for part in parts {
                let Formula::Bit(bit) = part else { return None };
                let (word, mask) = ((bit / 64) as usize, 1 << (bit % 64));
                match found[..count].iter_mut().find(|one| one.word == word) {
                    Some(one) => one.mask |= mask,
                    None if count < 2 => {
                        found[count] = Part { word, mask };
                        count += 1;
                    }
                    None => return None,
                }
            }
            Some(found)
        };
        if let Formula::All(parts) | Formula::Any(parts) = &self {
            let mut wide: Vec<Part> = Vec::new();
            for part in parts {
                let Formula::Bit(bit) = part else { return Test::Deep(self) };
                let (word, mask) = ((bit / 64) as usize, 1 << (bit % 64));
                match wide.iter_mut().find(|one| one.word == word) {
                    Some(one) => one.mask |= mask,
                    None => wide.push(Part { word, mask }),
                }
            }
            if wide.len() > 2 {
                return Test::Wide(matches!(self, Formula::All(_)), wide);
            }
        }
        match &self {
            Formula::Bit(_) => masks(std::slice::from_ref(&self)).map_or(Test::Deep(self), Test::All),
            Formula::All(parts) => masks(parts).map_or(Test::Deep(self), Test::All),
            Formula::Any(parts) => masks(parts).map_or(Test::Deep(self), Test::Any),
        }
    }

    fn holds(&self, bits: &[u64]) -> bool {
        match self {
            Formula::Bit(bit) => bits[(*bit / 64) as usize] >> (bit % 64) & 1 == 1,
            Formula::All(parts) => parts.iter().all(|part| part.holds(bits)),
            Formula::Any(parts) => parts.iter().any(|part| part.holds(bits)),
        }
    }
}

impl Test {
    /// Whether it holds under these bits.
    #[inline]
    #[must_use]
    #[expect(clippy::needless_bitwise_bool, reason = "a branch here could not be foreseen")]
    pub fn holds(&self, bits: &[u64]) -> bool {
        match self {
            Test::All([a, b]) => (bits[a.word] & a.mask == a.mask) & (bits[b.word] & b.mask == b.mask),
            Test::Any([a, b]) => (bits[a.word] & a.mask) | (bits[b.word] & b.mask) != 0,
            Test::Wide(true, parts) => parts.iter().all(|part| bits[part.word] & part.mask == part.mask),
            Test::Wide(false, parts) => parts.iter().any(|part| bits[part.word] & part.mask != 0),
            Test::Deep(formula) => formula.holds(bits),
        }
    }
}
