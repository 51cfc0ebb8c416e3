//! Conditions as steps on bits: no branch, no recursion, nothing to look into.
//!
//! A step asks whether all of a mask's bits are as they are wanted, in at most two
//! words, or whether they are not; any of some bits is not none of them. Whatever does
//! not fit that is taken apart: each part becomes a step that sets a bit of its own, and
//! the whole asks for those bits. A condition and its opposite share one.

use super::literals::{Formula, Literals};
use std::num::NonZero;

/// Asks for bits of at most two words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Step {
    parts: [Part; 2],
    /// Whether it holds where not all bits are as they are wanted.
    flips: bool,
}

/// A mask on one word, and what must be found under it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Part {
    word: usize,
    mask: u64,
    want: u64,
}

/// A bit, and whether it must be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// The bit.
    pub bit: u32,
    /// Whether it must be set.
    pub set: bool,
}

/// What a base asks of the bits of one profile.
#[derive(Debug, Clone, Default)]
pub struct Steps {
    /// Those that set bits, in their order.
    inner: Vec<(Step, u32)>,
    /// How many of those follow one another that set bits of one word, none of which the
    /// others read: first those that read one word, then those that read two.
    runs: Vec<[usize; 2]>,
    /// Those that are asked for themselves, and the rows that they put down.
    narrow: Vec<(Step, u32)>,
    /// The same for those that read two words.
    wide: Vec<(Step, u32)>,
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
        let place = NonZero::new(left)?.trailing_zeros() as usize;
        left &= left - 1;
        Some(place)
    })
}

/// The places of the bits of some words.
#[inline]
pub fn all_places(words: &[u64]) -> impl Iterator<Item = usize> + '_ {
    words.iter().enumerate().flat_map(|(at, word)| places(*word).map(move |place| at * 64 + place))
}

/// Masks on words in the making.
#[derive(Default)]
struct Masks {
    parts: Vec<Part>,
    /// Whether a bit must be set and must not.
    is_never: bool,
}

impl Masks {
    fn join(&mut self, Wanted { bit, set }: Wanted) {
        let (word, mask) = ((bit / 64) as usize, 1_u64 << (bit % 64));
        let want = if set { mask } else { 0 };
        match self.parts.iter_mut().find(|part| part.word == word) {
            Some(part) => {
                self.is_never |= part.mask & mask != 0 && part.want & mask != want;
                part.mask |= mask;
                part.want |= want;
            }
            None => self.parts.push(Part { word, mask, want }),
        }
    }
}

impl Step {
    /// Asks for the first two of these masks.
    fn new(masks: &Masks) -> Step {
        let mut parts = [Part::default(); 2];
        parts.iter_mut().zip(&masks.parts).for_each(|(to, part)| *to = *part);
        if masks.is_never {
            // Nothing is found where nothing is looked at.
            parts = [Part { want: 1, ..Part::default() }, Part::default()];
        }
        let step = Step { parts, flips: false };
        let [Part { mask, want, .. }, other] = parts;
        // One bit that is set is not one that is not.
        if other.mask == 0 && mask.is_power_of_two() && want == mask {
            return Step { parts: [Part { want: 0, ..parts[0] }, other], flips: true };
        }
        step
    }

    /// Asks for all of these bits, as far as two words hold them.
    #[must_use]
    pub fn all(bits: impl Iterator<Item = u32>) -> Step {
        let mut masks = Masks::default();
        bits.for_each(|bit| masks.join(Wanted { bit, set: true }));
        Step::new(&masks)
    }

    fn opposite(self) -> Step {
        Step { flips: !self.flips, ..self }
    }

    /// Whether it is only asked if none of its bits is set, or if any is.
    fn is_any(&self) -> bool {
        self.parts.iter().all(|part| part.want == 0)
    }

    /// Whether it asks for a bit.
    fn reads(&self, bit: u32) -> bool {
        let (word, mask) = ((bit / 64) as usize, 1 << (bit % 64));
        self.parts.iter().any(|part| part.word == word && part.mask & mask != 0)
    }

    /// Whether it asks for bits of two words.
    fn is_wide(&self) -> bool {
        self.parts[1].mask != 0
    }

    /// Whether it holds, if its first word of bits is this one and it reads no other.
    #[inline]
    fn holds_in(&self, word: u64) -> bool {
        ((word & self.parts[0].mask) == self.parts[0].want) != self.flips
    }

    /// Whether it holds under these bits.
    #[inline]
    #[must_use]
    pub fn holds(&self, bits: &[u64]) -> bool {
        let [a, b] = &self.parts;
        let differs = ((bits[a.word] & a.mask) ^ a.want) | ((bits[b.word] & b.mask) ^ b.want);
        (differs == 0) != self.flips
    }
}

impl Steps {
    /// Asks for a formula, for which [`Steps::holding`] puts down a row.
    pub fn ask(&mut self, formula: &Formula, row: u32, literals: &mut Literals) {
        let step = self.compile(formula, literals);
        if step.is_wide() { &mut self.wide } else { &mut self.narrow }.push((step, row));
    }

    /// By which bits it is seen that these formulas hold; what has none yet has them side by side.
    pub fn bits(&mut self, formulas: &[Formula], literals: &mut Literals) -> Vec<Wanted> {
        let steps: Vec<Step> = formulas.iter().map(|formula| self.compile(formula, literals)).collect();
        steps.into_iter().map(|step| self.keep(step, literals)).collect()
    }

    /// Takes out the steps that only ask whether any of some bits is set which the rows of
    /// answers set, as `sown` says: the rows can set the step's bit themselves. Gives the
    /// masks of each, by word, and its bit, which counts as sown from then on.
    pub fn sow(&mut self, sown: &mut [u64]) -> Vec<([(usize, u64); 2], u32)> {
        let mut found = Vec::new();
        self.inner.retain(|(step, bit)| {
            let is_sown = step.parts.iter().all(|part| part.mask & !sown[part.word] == 0);
            let is_left = !(step.flips && step.is_any() && is_sown);
            if !is_left {
                set(sown, *bit, true);
                found.push((step.parts.map(|part| (part.word, part.mask)), *bit));
            }
            is_left
        });
        self.group();
        found
    }

    /// Groups the steps that can be worked out together.
    fn group(&mut self) {
        self.runs.clear();
        let mut from = 0;
        while let Some((_, first)) = self.inner.get(from) {
            let word = first / 64;
            let joins = |at: usize| {
                let (step, bit) = &self.inner[at];
                bit / 64 == word && self.inner[from..at].iter().all(|(_, other)| !step.reads(*other))
            };
            let len = (from..self.inner.len()).take_while(|at| joins(*at)).count();
            let run = &mut self.inner[from..from + len];
            run.sort_by_key(|(step, _)| step.is_wide());
            let narrow = run.partition_point(|(step, _)| !step.is_wide());
            self.runs.push([narrow, len - narrow]);
            from += len;
        }
    }

    /// By which bit it is seen that a step holds.
    fn keep(&mut self, step: Step, literals: &mut Literals) -> Wanted {
        // Of a step and its opposite the one is kept that rows may be able to set.
        let kept = Step { flips: step.is_any(), ..step };
        let known = self.inner.iter().find(|(other, _)| *other == kept).map(|(_, bit)| *bit);
        let bit = known.unwrap_or_else(|| {
            let bit = literals.spare();
            self.inner.push((kept, bit));
            bit
        });
        Wanted { bit, set: step.flips == kept.flips }
    }

    /// Adds what must be found for a formula to hold, or not to.
    fn gather(&mut self, formula: &Formula, yes: bool, masks: &mut Masks, literals: &mut Literals) {
        match (formula, yes) {
            (Formula::Bit(bit), _) => masks.join(Wanted { bit: *bit, set: yes }),
            (Formula::Not(part), _) => self.gather(part, !yes, masks, literals),
            (Formula::All(parts), true) | (Formula::Any(parts), false) => {
                for part in parts {
                    self.gather(part, yes, masks, literals);
                }
            }
            (Formula::All(_), false) | (Formula::Any(_), true) => {
                let step = self.compile(formula, literals);
                let Wanted { bit, set } = self.keep(step, literals);
                masks.join(Wanted { bit, set: set == yes });
            }
        }
    }

    fn compile(&mut self, formula: &Formula, literals: &mut Literals) -> Step {
        let yes = !matches!(formula, Formula::Any(_));
        let mut masks = Masks::default();
        match formula {
            Formula::Not(part) => return self.compile(part, literals).opposite(),
            _ => self.gather(formula, yes, &mut masks, literals),
        }
        while masks.parts.len() > 2 && !masks.is_never {
            let two = Masks { parts: masks.parts.drain(..2).collect(), is_never: false };
            let wanted = self.keep(Step::new(&two), literals);
            masks.join(wanted);
        }
        let step = Step::new(&masks);
        if yes { step } else { step.opposite() }
    }

    /// How many formulas are asked for.
    #[must_use]
    pub fn asked(&self) -> usize {
        self.narrow.len() + self.wide.len()
    }

    /// Sets the bits that only steps know. A word is written once per run, so that no step waits for the one before.
    #[inline]
    pub fn work_out(&self, bits: &mut [u64]) {
        let mut left = self.inner.as_slice();
        for [narrow, wide] in &self.runs {
            let Some((run, rest)) = left.split_at_checked(narrow + wide) else { return };
            left = rest;
            let (narrow, wide) = run.split_at(*narrow);
            let mut found = 0;
            for (step, bit) in narrow {
                found |= u64::from(step.holds_in(bits[step.parts[0].word])) << (bit % 64);
            }
            for (step, bit) in wide {
                found |= u64::from(step.holds(bits)) << (bit % 64);
            }
            if let Some(word) = run.first().and_then(|(_, bit)| bits.get_mut((bit / 64) as usize)) {
                *word |= found;
            }
        }
    }

    /// Puts down the row of every formula that holds, from a place on; gives the place after
    /// the last. There is room for the rows of all.
    #[inline]
    pub fn holding(&self, bits: &[u64], rows: &mut [u32], from: usize) -> usize {
        let mut end = from;
        // Every row is written and only the end moves, since no branch here can be foreseen.
        let mut put = |row: u32, holds: bool| {
            if let Some(place) = rows.get_mut(end) {
                *place = row;
            }
            end += usize::from(holds);
        };
        if let [word] = bits {
            self.narrow.iter().for_each(|(step, row)| put(*row, step.holds_in(*word)));
        } else {
            self.narrow.iter().for_each(|(step, row)| put(*row, step.holds_in(bits[step.parts[0].word])));
            self.wide.iter().for_each(|(step, row)| put(*row, step.holds(bits)));
        }
        end
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
            Formula::All(vec![bit(5), Formula::Not(Box::new(Formula::Any(vec![bit(5), bit(6)]))), bit(200)]),
            Formula::Any(vec![bit(8), Formula::Not(Box::new(bit(8)))]),
            Formula::All(vec![bit(12), Formula::Any(vec![bit(13), bit(90)]), Formula::Not(Box::new(bit(14)))]),
            Formula::Any(vec![Formula::Not(Box::new(bit(12))), Formula::Not(Box::new(Formula::Any(vec![bit(13), bit(90)])))]),
        ];
        let mut literals = Literals::default();
        for at in 0..300 {
            literals.bit(&Condition::Yes { fact: FactId::new(at) }, true);
        }
        let mut steps = Steps::default();
        for (formula, row) in formulas.iter().zip(100..) {
            steps.ask(formula, row, &mut literals);
        }
        assert_eq!(steps.asked(), formulas.len());
        // What rows could set is set before.
        let mut sown = vec![0; literals.words()];
        (0..250).for_each(|at| set(&mut sown, at, true));
        let from_rows = steps.sow(&mut sown);
        assert!(!from_rows.is_empty());
        let mut seed = 1_u64;
        for round in 0..2_000 {
            let mut bits = vec![0; literals.words()];
            for at in 0..300 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                set(&mut bits, at, (seed >> 33) % 40 >= round % 40);
            }
            for (masks, bit) in &from_rows {
                let holds = masks.iter().any(|(word, mask)| bits[*word] & mask != 0);
                set(&mut bits, *bit, holds);
            }
            steps.work_out(&mut bits);
            let mut rows = vec![99; steps.asked() + 1];
            let end = steps.holding(&bits, &mut rows, 1);
            rows.truncate(end);
            rows.sort_unstable_by_key(|row| (*row != 99, *row));
            let wanted = formulas.iter().zip(100..).filter(|(one, _)| plain(one, &bits)).map(|(_, row)| row);
            assert_eq!(rows, std::iter::once(99).chain(wanted).collect::<Vec<u32>>());
        }
    }
}
