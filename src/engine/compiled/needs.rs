//! Needs: what keeps candidates from being open, all candidates at once.
//!
//! A profile's literals say which needs are met and which are not. For every
//! four neighbouring bits it is worked out beforehand which candidates lack
//! something by them, so what a profile lacks is a union of a few sets.

use crate::engine::kernel::Readiness;

/// How many candidates one set holds.
pub const SET: usize = 64;

/// How many bits are looked up at once.
const STEP: u32 = 4;

/// The needs of a decision's candidates.
#[derive(Debug, Clone, Default)]
pub struct Needs {
    /// One list per [`SET`] candidates.
    sets: Vec<Vec<Lookup>>,
}

/// What four neighbouring bits say about some candidates.
#[derive(Debug, Clone)]
struct Lookup {
    word: usize,
    shift: u32,
    missing: [Missing; 1 << STEP],
}

/// What is missing: one bit per candidate.
#[derive(Debug, Clone, Copy, Default)]
pub struct Missing {
    /// Not all needs are known to be met.
    unsure: u64,
    /// A need is known not to be met.
    lacks: u64,
    /// One that cannot change.
    never: u64,
}

/// By the bits of [`Missing`], the worst one counting.
const GROUPS: [Readiness; 8] = [
    Readiness::Open,
    Readiness::Confirm,
    Readiness::Later,
    Readiness::Later,
    Readiness::Never,
    Readiness::Never,
    Readiness::Never,
    Readiness::Never,
];

impl Needs {
    /// No needs of so many candidates.
    #[must_use]
    pub fn new(candidates: usize) -> Needs {
        Needs { sets: vec![Vec::new(); candidates.div_ceil(SET)] }
    }

    /// Adds a need of a candidate: the bits of its being met and of its not
    /// being met, and whether it cannot change.
    pub fn push(&mut self, candidate: usize, (met, unmet): (u32, u32), fixed: bool) {
        let Some(set) = self.sets.get_mut(candidate / SET) else { return };
        let one = 1_u64 << (candidate % SET);
        for (bits, missing) in lookup(set, met).missing.iter_mut().enumerate() {
            missing.unsure |= if bits >> (met % STEP) & 1 == 0 { one } else { 0 };
        }
        for (bits, missing) in lookup(set, unmet).missing.iter_mut().enumerate() {
            let lacks = if bits >> (unmet % STEP) & 1 == 1 { one } else { 0 };
            missing.lacks |= lacks;
            missing.never |= if fixed { lacks } else { 0 };
        }
    }

    /// What is missing under these bits, one entry per [`SET`] candidates.
    pub fn missing(&self, bits: &[u64], found: &mut Vec<Missing>) {
        found.clear();
        found.extend(self.sets.iter().map(|set| {
            let mut all = Missing::default();
            for lookup in set {
                let word = bits.get(lookup.word).copied().unwrap_or(0);
                let missing = &lookup.missing[(word >> lookup.shift & ((1 << STEP) - 1)) as usize];
                all.unsure |= missing.unsure;
                all.lacks |= missing.lacks;
                all.never |= missing.never;
            }
            all
        }));
    }
}

/// The lookup that a bit belongs to, made where there is none yet.
fn lookup(set: &mut Vec<Lookup>, bit: u32) -> &mut Lookup {
    let (word, shift) = ((bit / 64) as usize, bit % 64 / STEP * STEP);
    let known = set.iter().position(|one| (one.word, one.shift) == (word, shift));
    let at = known.unwrap_or_else(|| {
        set.push(Lookup { word, shift, missing: [Missing::default(); 1 << STEP] });
        set.len() - 1
    });
    &mut set[at]
}

impl Missing {
    /// The group of a candidate with points for it, by its place in the set.
    #[inline]
    #[must_use]
    pub fn group(&self, place: usize) -> Readiness {
        let bit = |set: u64, to: usize| usize::from(set >> (place % SET) & 1 == 1) << to;
        GROUPS[bit(self.unsure, 0) | bit(self.lacks, 1) | bit(self.never, 2)]
    }
}
