//! Conditions as steps on bits: no branch, no recursion, nothing to look into.
//!
//! A step asks whether all, or any, of a mask's bits are set, in at most two
//! words. Whatever does not fit that is taken apart: each part becomes a step
//! that sets a bit of its own, and the whole asks for those bits.

use super::literals::{Formula, Literals};

/// Asks for bits of at most two words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Step {
    parts: [Part; 2],
    /// Whether any of the bits is enough.
    any: bool,
}

/// A mask on one word, and what must be found under it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Part {
    word: usize,
    mask: u64,
    want: u64,
}

/// What a base asks of the bits of one profile.
#[derive(Debug, Clone, Default)]
pub struct Steps {
    /// Those that set bits, in their order.
    inner: Vec<(Step, u32)>,
    /// How many of those follow one another that set bits of one word, none of which the others read.
    runs: Vec<usize>,
    /// Those that are asked for themselves.
    asked: Vec<Step>,
}

/// Sets a bit if `holds`.
#[inline]
pub fn set(bits: &mut [u64], bit: u32, holds: bool) {
    if let Some(word) = bits.get_mut((bit / 64) as usize) {
        *word |= u64::from(holds) << (bit % 64);
    }
}

/// A bit, as 0 or 1.
#[inline]
#[must_use]
pub fn get(bits: &[u64], bit: u32) -> u64 {
    bits.get((bit / 64) as usize).map_or(0, |word| word >> (bit % 64) & 1)
}

/// The places of the bits of a word.
#[inline]
pub fn places(word: u64) -> impl Iterator<Item = usize> {
    let mut left = word;
    std::iter::from_fn(move || {
        let place = left.trailing_zeros() as usize;
        let is_left = left != 0;
        left &= left.wrapping_sub(1);
        is_left.then_some(place)
    })
}

/// The places of the bits of some words.
#[inline]
pub fn all_places(words: &[u64]) -> impl Iterator<Item = usize> + '_ {
    words.iter().enumerate().flat_map(|(at, word)| places(*word).map(move |place| at * 64 + place))
}

impl Step {
    fn new(any: bool, masks: &[(usize, u64)]) -> Step {
        let mut parts = [Part::default(); 2];
        for (part, (word, mask)) in parts.iter_mut().zip(masks) {
            *part = Part { word: *word, mask: *mask, want: if any { 0 } else { *mask } };
        }
        Step { parts, any }
    }

    /// Whether it asks for a bit.
    fn reads(&self, bit: u32) -> bool {
        let (word, mask) = ((bit / 64) as usize, 1 << (bit % 64));
        self.parts.iter().any(|part| part.word == word && part.mask & mask != 0)
    }

    /// Whether it holds under the only word of bits.
    #[inline]
    fn holds_in(&self, word: u64) -> bool {
        ((word & self.parts[0].mask) == self.parts[0].want) != self.any
    }

    /// Whether it holds under these bits.
    #[inline]
    #[must_use]
    pub fn holds(&self, bits: &[u64]) -> bool {
        let [a, b] = &self.parts;
        let differs = ((bits[a.word] & a.mask) ^ a.want) | ((bits[b.word] & b.mask) ^ b.want);
        (differs == 0) != self.any
    }
}

/// Adds a bit to the mask of its word.
fn join(masks: &mut Vec<(usize, u64)>, bit: u32) {
    let (word, mask) = ((bit / 64) as usize, 1_u64 << (bit % 64));
    match masks.iter_mut().find(|(at, _)| *at == word) {
        Some((_, known)) => *known |= mask,
        None => masks.push((word, mask)),
    }
}

impl Steps {
    /// Asks for a formula; [`Steps::holding`] gives it by its place.
    pub fn ask(&mut self, formula: &Formula, literals: &mut Literals) {
        let step = self.compile(formula, literals);
        self.asked.push(step);
    }

    /// The bit that says whether a formula holds.
    pub fn bit(&mut self, formula: &Formula, literals: &mut Literals) -> u32 {
        if let Formula::Bit(bit) = formula {
            return *bit;
        }
        let step = self.compile(formula, literals);
        self.keep(step, literals)
    }

    /// The bit that a step sets.
    fn keep(&mut self, step: Step, literals: &mut Literals) -> u32 {
        let known = self.inner.iter().find(|(other, _)| *other == step).map(|(_, bit)| *bit);
        known.unwrap_or_else(|| {
            let bit = literals.spare();
            let word = (bit / 64) as usize;
            let joins = |run: &usize| {
                let run = &self.inner[self.inner.len() - run..];
                run.iter().all(|(_, other)| (other / 64) as usize == word && !step.reads(*other))
            };
            match self.runs.last_mut().filter(|run| joins(run)) {
                Some(run) => *run += 1,
                None => self.runs.push(1),
            }
            self.inner.push((step, bit));
            bit
        })
    }

    fn compile(&mut self, formula: &Formula, literals: &mut Literals) -> Step {
        let (any, parts) = match formula {
            Formula::Not(part) => {
                let step = self.compile(part, literals);
                return Step { any: !step.any, ..step };
            }
            Formula::Bit(_) => (false, std::slice::from_ref(formula)),
            Formula::All(parts) => (false, parts.as_slice()),
            Formula::Any(parts) => (true, parts.as_slice()),
        };
        let mut masks: Vec<(usize, u64)> = Vec::new();
        for part in parts {
            let bit = self.bit(part, literals);
            join(&mut masks, bit);
        }
        while masks.len() > 2 {
            let two: Vec<(usize, u64)> = masks.drain(..2).collect();
            let bit = self.keep(Step::new(any, &two), literals);
            join(&mut masks, bit);
        }
        Step::new(any, &masks)
    }

    /// How many formulas are asked for.
    #[cfg(test)]
    #[must_use]
    pub fn asked(&self) -> usize {
        self.asked.len()
    }

    /// Sets the bits that only steps know. A word is written once per run, so that no step waits for the one before.
    #[inline]
    pub fn work_out(&self, bits: &mut [u64]) {
        let mut left = self.inner.as_slice();
        for count in &self.runs {
            let Some((run, rest)) = left.split_at_checked(*count) else { return };
            left = rest;
            let found = run.iter().fold(0, |found, (step, bit)| found | u64::from(step.holds(bits)) << (bit % 64));
            if let Some(word) = run.first().and_then(|(_, bit)| bits.get_mut((bit / 64) as usize)) {
                *word |= found;
            }
        }
    }

    /// Puts down the row of every formula that holds, the first one's being `first`.
    #[inline]
    pub fn holding(&self, bits: &[u64], first: u32, rows: &mut Vec<u32>) {
        let mut end = rows.len();
        rows.resize(end + self.asked.len(), 0);
        // Every row is written and only the end moves, since no branch here can be foreseen.
        let mut put = |row: u32, holds: bool| {
            if let Some(place) = rows.get_mut(end) {
                *place = row;
            }
            end += usize::from(holds);
        };
        if let [word] = bits {
            self.asked.iter().zip(first..).for_each(|(step, row)| put(row, step.holds_in(*word)));
        } else {
            self.asked.iter().zip(first..).for_each(|(step, row)| put(row, step.holds(bits)));
        }
        rows.truncate(end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::condition::Condition;
    use crate::ids::FactId;

    /// Every formula of some depth over many bits, by its plain meaning.
    fn plain(formula: &Formula, bits: &[u64]) -> bool {
        match formula {
            Formula::Bit(bit) => get(bits, *bit) == 1,
            Formula::All(parts) => parts.iter().all(|part| plain(part, bits)),
            Formula::Any(parts) => parts.iter().any(|part| plain(part, bits)),
            Formula::Not(part) => !plain(part, bits),
        }
    }

    #[test]
    fn steps_mean_what_the_formula_means() {
        let bit = |at: u32| Formula::Bit(at % 300);
        let formulas = [
            bit(7),
            Formula::All(Vec::new()),
            Formula::Any(Vec::new()),
            Formula::All((0..300).step_by(7).map(bit).collect()),
            Formula::Any((0..300).step_by(50).map(bit).collect()),
            Formula::All(vec![Formula::Any(vec![bit(1), bit(70)]), Formula::Any(vec![bit(140), bit(210), bit(290)]), bit(3)]),
            Formula::Any(vec![
                Formula::All(vec![bit(1), Formula::Any(vec![bit(2), bit(65), bit(129), bit(257)])]),
                Formula::All((0..300).step_by(31).map(bit).collect()),
            ]),
            Formula::Not(Box::new(bit(9))),
            Formula::Any(vec![Formula::Not(Box::new(Formula::All((0..300).step_by(60).map(bit).collect()))), bit(11)]),
        ];
        let mut literals = Literals::default();
        for at in 0..300 {
            literals.bit(&Condition::Yes { fact: FactId::new(at) }, true);
        }
        let mut steps = Steps::default();
        for formula in &formulas {
            steps.ask(formula, &mut literals);
        }
        assert_eq!(steps.asked(), formulas.len());
        let mut seed = 1_u64;
        for round in 0..2_000 {
            let mut bits = vec![0; literals.words()];
            for at in 0..300 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                set(&mut bits, at, (seed >> 33) % 40 >= round % 40);
            }
            steps.work_out(&mut bits);
            let mut rows = vec![99];
            steps.holding(&bits, 100, &mut rows);
            let wanted = formulas.iter().zip(100..).filter(|(one, _)| plain(one, &bits)).map(|(_, row)| row);
            assert_eq!(rows, std::iter::once(99).chain(wanted).collect::<Vec<u32>>());
        }
    }
}
