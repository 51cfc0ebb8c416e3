//! Which single answers settle a row, by tables (see [`crate::engine::settling`]).
//!
//! With one more answer known, a candidate's lead over a rival is what it is now
//! at worst, without the worst of that fact and with what the answer is worth.
//! That is held against 0 for every answer that evidence can tell apart. Most
//! candidates and facts are left out beforehand, since not even the best of all
//! answers would do.

use super::proof::{Lane, Open, WIDTH, Worst, at, is_ahead};
use super::steps::places;
use crate::ids::{CandidateId, FactId};

/// Buffers for finding the answers that settle a row.
#[derive(Debug, Clone, Default)]
pub struct Settling {
    /// How far ahead of the first each candidate is at worst.
    ahead: Vec<Lane>,
    /// The most by which one answer can better that.
    relief: Vec<Lane>,
    /// How far ahead of each rival a candidate is at worst.
    leads: Vec<Lane>,
}

impl Settling {
    /// Puts down the open facts, but for those declined, of which some answer
    /// makes a candidate the leader for good. `points` are the points as they
    /// stand, by which one candidate is `first`.
    pub fn find(
        &mut self,
        (worst, floor): (&Worst, i32),
        (points, first): (&[Lane], CandidateId),
        open: Open<'_>,
        declined: &[FactId],
        found: &mut Vec<FactId>,
    ) {
        let can_be_asked = |fact: FactId| !declined.contains(&fact);
        self.hold_against(first, worst, points, open, can_be_asked);
        for lane in 0..worst.lanes {
            let is_near = (self.ahead[lane] + self.relief[lane]).simd_gt(Lane::ZERO).to_bitmask();
            let is_first = if first.index() / WIDTH == lane { 1 << (first.index() % WIDTH) } else { 0 };
            for candidate in places(u64::from(is_near | is_first)).map(|place| CandidateId::new(lane * WIDTH + place)) {
                let low = worst.leads(candidate, points, open, &mut self.leads);
                let value = |of: &[Lane], place: usize| at(worst.fact(of, place), candidate);
                for (fact, place) in open.iter().copied().filter(|(fact, _)| can_be_asked(*fact)) {
                    // The points without this fact: as they stand, and at worst.
                    let least = at(points, candidate).min(low - value(&worst.low, place));
                    let has_floor = |more: i32| least + more >= floor;
                    let could = self.is_ahead(worst.by(&worst.relief, place, candidate));
                    if could && has_floor(value(&worst.high, place)) && !found.contains(&fact) {
                        let mut cells = worst.cells[place].chunks_exact(worst.lanes);
                        let drops = worst.by(&worst.drop, place, candidate);
                        let settles = |cell: &[Lane]| {
                            let own = at(cell, candidate);
                            has_floor(own) && self.stays(cell, own, drops)
                        };
                        if cells.any(settles) {
                            found.push(fact);
                        }
                    }
                }
            }
        }
        found.sort_unstable();
    }

    /// How far each candidate is ahead of the one with the most points at worst,
    /// and what one answer could better.
    fn hold_against(
        &mut self,
        first: CandidateId,
        worst: &Worst,
        points: &[Lane],
        open: Open<'_>,
        asked: impl Fn(FactId) -> bool,
    ) {
        let most = Lane::splat(at(points, first));
        self.ahead.clear();
        self.ahead
            .extend(points.iter().zip(worst.of(&worst.beside_from, first)).map(|(points, beside)| *points - most + *beside));
        self.relief.clear();
        self.relief.resize(worst.lanes, Lane::ZERO);
        for (fact, place) in open {
            for (ahead, drop) in self.ahead.iter_mut().zip(worst.by(&worst.drop_from, *place, first)) {
                *ahead -= *drop;
            }
            if asked(*fact) {
                for (most, relief) in self.relief.iter_mut().zip(worst.by(&worst.relief_from, *place, first)) {
                    *most = most.max(*relief);
                }
            }
        }
    }

    /// Whether all leads, with so much more, are leads.
    fn is_ahead(&self, more: &[Lane]) -> bool {
        self.leads.iter().zip(more).all(|(leads, more)| is_ahead(*leads + *more))
    }

    /// Whether all leads stay leads by an answer that is worth `own` to the candidate.
    fn stays(&self, cell: &[Lane], own: i32, drops: &[Lane]) -> bool {
        let own = Lane::splat(own);
        self.leads.iter().zip(cell).zip(drops).all(|((leads, rivals), drops)| is_ahead(*leads + *drops + own - *rivals))
    }
}
