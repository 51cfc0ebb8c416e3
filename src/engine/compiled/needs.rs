//! Needs: what keeps candidates from being open, all candidates at once.
//!
//! A profile's literals say which needs are met and which are not. For every
//! four neighbouring bits it is worked out beforehand which candidates lack
//! something by them, so what a profile lacks is a union of a few sets. What
//! only matters of candidates that run is looked up only where some do.

use super::steps::{Wanted, get};
use super::verdict::Ruling;
use crate::engine::kernel::Readiness;
use crate::ids::{CandidateId, DecisionId};
use crate::kb::{Need, NeedKind};

/// How many candidates one set holds.
pub const SET: usize = 64;

/// How many bits are looked up at once.
const STEP: u32 = 4;

/// What the readiness of a decision's candidates hangs on, besides points.
#[derive(Debug, Clone, Default)]
pub struct Needs {
    /// One per [`SET`] candidates.
    sets: Vec<Set>,
    /// The facts that say what runs.
    pub running: Vec<Running>,
    /// Candidates that serve others, and whom, by decision and [`SET`].
    pub serves: Vec<(CandidateId, Vec<Served>)>,
}

/// Candidates of one decision and [`SET`] that something serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Served {
    /// The decision.
    pub decision: DecisionId,
    /// Which [`SET`] of its candidates.
    pub set: usize,
    /// One bit per candidate.
    pub mask: u64,
}

/// A fact whose options are the candidates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Running {
    /// The row of the first candidate.
    pub first: u32,
    /// How many of its rows stand for candidates.
    pub count: u32,
    /// The bit that the first candidate's row sets; those of the others follow, and it begins a word.
    pub bit: u32,
    /// Whether it names what most is earned with.
    pub most: bool,
}

/// What is looked up about some candidates.
#[derive(Debug, Clone, Default)]
struct Set {
    /// Of what does not run: not all needs known to be met; one not met; one that never will be.
    rests: Lookups,
    /// Of what runs or is in place: what the law asks, what is fixed, and what
    /// running does not prove, not met.
    runs: Lookups,
    /// What is in place, by a bit.
    done: Vec<(Wanted, u64)>,
    /// What makes the community larger or sell more.
    grows: u64,
}

/// Lookups by word and shift.
#[derive(Debug, Clone, Default)]
struct Lookups(Vec<Lookup>);

/// What four neighbouring bits say about some candidates.
#[derive(Debug, Clone)]
struct Lookup {
    word: usize,
    shift: u32,
    found: [[u64; 3]; 1 << STEP],
}

/// What is found out about some candidates: one bit each.
#[derive(Debug, Clone, Copy, Default)]
pub struct Found {
    /// Needs not known to be met, not met, never met.
    rests: [u64; 3],
    /// What of the law, of what is fixed, and of the rest is not met.
    lacks: [u64; 3],
    /// What runs, and what most is earned with.
    runs: [u64; 2],
    done: u64,
    /// What waits for others.
    waits: u64,
}

/// By the bits of what does not run, the worst one counting.
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

impl Lookups {
    /// Notes that a candidate is found in the `kinds`, where the bit is as it is wanted.
    fn push(&mut self, candidate: u64, Wanted { bit, set }: Wanted, kinds: [bool; 3]) {
        for (bits, found) in self.at(bit).found.iter_mut().enumerate() {
            if (bits >> (bit % STEP) & 1 == 1) == set {
                found.iter_mut().zip(kinds).for_each(|(found, kind)| *found |= if kind { candidate } else { 0 });
            }
        }
    }

    /// The lookup that a bit belongs to, made where there is none yet.
    fn at(&mut self, bit: u32) -> &mut Lookup {
        let (word, shift) = ((bit / 64) as usize, bit % 64 / STEP * STEP);
        let known = self.0.iter().position(|one| (one.word, one.shift) == (word, shift));
        let at = known.unwrap_or_else(|| {
            self.0.push(Lookup { word, shift, found: [[0; 3]; 1 << STEP] });
            self.0.len() - 1
        });
        &mut self.0[at]
    }

    #[inline]
    fn find(&self, bits: &[u64]) -> [u64; 3] {
        let mut all = [0; 3];
        for lookup in &self.0 {
            let word = bits.get(lookup.word).copied().unwrap_or(0);
            let found = &lookup.found[(word >> lookup.shift & ((1 << STEP) - 1)) as usize];
            all.iter_mut().zip(found).for_each(|(all, found)| *all |= found);
        }
        all
    }
}

/// In which set a candidate is, and by which bit.
#[inline]
#[must_use]
pub fn place(candidate: CandidateId) -> (usize, u64) {
    (candidate.index() / SET, 1 << (candidate.index() % SET))
}

impl Needs {
    /// No needs of so many candidates.
    #[must_use]
    pub fn new(candidates: usize) -> Needs {
        Needs { sets: vec![Set::default(); candidates.div_ceil(SET)], running: Vec::new(), serves: Vec::new() }
    }

    /// Adds a need of a candidate: by which bits it is seen that it is met, and that it is not.
    pub fn push(&mut self, candidate: CandidateId, (met, unmet): (Wanted, Wanted), need: &Need) {
        let (at, one) = place(candidate);
        let Some(set) = self.sets.get_mut(at) else { return };
        let kind = need.kind();
        let never = kind == NeedKind::Fixed || (kind == NeedKind::Law && !need.obtainable);
        set.rests.push(one, Wanted { set: !met.set, ..met }, [true, false, false]);
        set.rests.push(one, unmet, [false, true, never]);
        if !matches!(kind, NeedKind::Time | NeedKind::Proven) {
            let kinds = [NeedKind::Law, NeedKind::Fixed, NeedKind::Open].map(|one| one == kind);
            set.runs.push(one, unmet, kinds);
        }
    }

    /// Notes by which bit a candidate is in place.
    pub fn done(&mut self, candidate: CandidateId, bit: Wanted) {
        let (at, one) = place(candidate);
        if let Some(set) = self.sets.get_mut(at) {
            set.done.push((bit, one));
        }
    }

    /// Notes that a candidate makes the community larger or sell more.
    pub fn grows(&mut self, candidate: CandidateId) {
        let (at, one) = place(candidate);
        if let Some(set) = self.sets.get_mut(at) {
            set.grows |= one;
        }
    }

    /// What is found out about the candidates, one entry per [`SET`] of them,
    /// given the literals and the rulings before. The second result says whether
    /// something must stop.
    pub fn find(&self, bits: &[u64], earlier: &[Ruling], found: &mut Vec<Found>) -> bool {
        found.clear();
        found.resize(self.sets.len(), Found::default());
        for running in &self.running {
            let words = bits.iter().skip((running.bit / 64) as usize).take((running.count as usize).div_ceil(SET));
            for (found, runs) in found.iter_mut().zip(words) {
                found.runs[0] |= runs;
                found.runs[1] |= if running.most { *runs } else { 0 };
            }
        }
        let mut must_stop = earlier.iter().any(|ruling| ruling.must_stop);
        for (set, found) in self.sets.iter().zip(found.iter_mut()) {
            found.rests = set.rests.find(bits);
            let is_done = |wanted: &Wanted| (get(bits, wanted.bit) == 1) == wanted.set;
            found.done = set.done.iter().fold(0, |all, (wanted, one)| if is_done(wanted) { all | one } else { all });
            if found.runs[0] | found.done != 0 {
                found.lacks = set.runs.find(bits);
                must_stop |= found.runs[0] & found.lacks[0] != 0;
            }
        }
        for (candidate, served) in &self.serves {
            let is_alive =
                |one: &Served| earlier[one.decision.index()].alive.get(one.set).is_some_and(|alive| alive & one.mask != 0);
            if !served.iter().any(is_alive) {
                let (at, one) = place(*candidate);
                found[at].waits |= one;
            }
        }
        if must_stop {
            self.sets.iter().zip(found.iter_mut()).for_each(|(set, found)| found.waits |= set.grows);
        }
        must_stop
    }
}

impl Found {
    /// The candidates that run.
    #[inline]
    #[must_use]
    pub fn running(&self) -> u64 {
        self.runs[0]
    }

    /// The candidates that are in place, whether they fit or not.
    #[inline]
    #[must_use]
    pub fn in_place(&self) -> u64 {
        self.done & !self.runs[0] & !self.lacks[0]
    }

    /// Where a candidate of the set stands, by whether it fits.
    #[inline]
    #[must_use]
    pub fn group(&self, candidate: CandidateId, fits: bool) -> Readiness {
        let place = candidate.index() % SET;
        let bit = |set: u64, to: usize| usize::from(set >> place & 1 == 1) << to;
        if (self.runs[0] | self.done | self.waits) >> place & 1 == 0 && fits {
            return GROUPS[bit(self.rests[0], 0) | bit(self.rests[1], 1) | bit(self.rests[2], 2)];
        }
        self.apart(place, fits)
    }

    /// The same for what runs, is in place, waits or does not fit.
    fn apart(&self, place: usize, fits: bool) -> Readiness {
        let has = |set: u64| set >> place & 1 == 1;
        let [law, fixed, open] = self.lacks.map(has);
        if has(self.runs[0]) {
            return match (law, fits && !fixed, open) {
                (true, ..) => Readiness::Stop,
                (_, false, _) if has(self.runs[1]) => Readiness::Mend,
                (_, false, _) => Readiness::Drop,
                (_, true, true) => Readiness::Mend,
                (_, true, false) => Readiness::Keep,
            };
        }
        if has(self.done) && !law {
            return Readiness::InPlace;
        }
        match (fits, has(self.rests[2]), has(self.waits) || has(self.rests[1]), has(self.rests[0])) {
            (false, ..) | (_, true, ..) => Readiness::Never,
            (.., true, _) => Readiness::Later,
            (.., true) => Readiness::Confirm,
            (.., false) => Readiness::Open,
        }
    }
}
