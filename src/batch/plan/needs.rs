//! Needs: what keeps candidates from being open, all candidates at once.
//!
//! Needs are few and shared, so each knows the set of candidates that have it.
//! What a profile lacks is then a union of sets.

use super::steps::get;
use crate::engine::judgement::Group;

/// How many candidates one set holds.
pub const SET: usize = 64;

/// The needs of a decision's candidates.
#[derive(Debug, Clone, Default)]
pub struct Needs {
    list: Vec<Need>,
    /// Per need, its candidates: [`Needs::sets`] sets.
    of: Vec<u64>,
    sets: usize,
}

#[derive(Debug, Clone, Copy)]
struct Need {
    met: u32,
    unmet: u32,
    /// All ones if it cannot change.
    fixed: u64,
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
const GROUPS: [Group; 8] =
    [Group::Open, Group::Confirm, Group::Later, Group::Later, Group::Never, Group::Never, Group::Never, Group::Never];

impl Needs {
    /// No needs of so many candidates.
    #[must_use]
    pub fn new(candidates: usize) -> Needs {
        Needs { sets: candidates.div_ceil(SET), ..Needs::default() }
    }

    /// Adds a need of a candidate: the bits of its being met and of its not
    /// being met, and whether it cannot change.
    pub fn push(&mut self, candidate: usize, (met, unmet): (u32, u32), fixed: bool) {
        let fixed = if fixed { u64::MAX } else { 0 };
        let is_same = |need: &Need| (need.met, need.unmet, need.fixed) == (met, unmet, fixed);
        let at = self.list.iter().position(is_same).unwrap_or_else(|| {
            self.list.push(Need { met, unmet, fixed });
            self.of.resize(self.list.len() * self.sets, 0);
            self.list.len() - 1
        });
        if let Some(set) = self.of.get_mut(at * self.sets + candidate / SET) {
            *set |= 1 << (candidate % SET);
        }
    }

    /// What is missing under these bits, one entry per [`SET`] candidates.
    pub fn missing(&self, bits: &[u64], found: &mut Vec<Missing>) {
        found.clear();
        for set in 0..self.sets {
            let mut missing = Missing::default();
            for (need, of) in self.list.iter().zip(self.of.iter().skip(set).step_by(self.sets)) {
                missing.unsure |= of & get(bits, need.met).wrapping_sub(1);
                let lacks = of & get(bits, need.unmet).wrapping_neg();
                missing.lacks |= lacks;
                missing.never |= lacks & need.fixed;
            }
            found.push(missing);
        }
    }
}

impl Missing {
    /// The group of a candidate with points for it, by its place in the set.
    #[inline]
    #[must_use]
    pub fn group(&self, place: usize) -> Group {
        let bit = |set: u64, to: usize| usize::from(set >> (place % SET) & 1 == 1) << to;
        GROUPS[bit(self.unsure, 0) | bit(self.lacks, 1) | bit(self.never, 2)]
    }
}
