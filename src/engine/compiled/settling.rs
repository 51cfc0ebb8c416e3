//! Which single answers settle a row, by tables (see [`crate::engine::settling`]).
//!
//! With one more answer known, a candidate's lead over a rival is what it is now
//! at worst, without the worst of that fact and with what the answer is worth.
//! That is held against 0 for every answer that evidence can tell apart. Most
//! candidates and facts are left out beforehand, since not even the best of all
//! answers would do.

use super::proof::{FAR, Lane, WIDTH, Worst, is_ahead, lane};
use crate::engine::kernel::Points;
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

/// What is open: facts that the decision reads, each with its place in the tables.
type Open<'a> = &'a [(FactId, usize)];

impl Settling {
    /// Puts down the open facts, but for those declined, of which some answer
    /// makes a candidate the leader for good. `points` are the points as they stand.
    pub fn find(
        &mut self,
        (worst, floor): (&Worst, i32),
        points: &Points,
        open: Open<'_>,
        declined: &[FactId],
        found: &mut Vec<FactId>,
    ) {
        let can_be_asked = |fact: FactId| !declined.contains(&fact);
        let Some(first) = points.ids().min_by_key(|one| (std::cmp::Reverse(points[*one]), *one)) else { return };
        self.hold_against(first, worst, points, open, can_be_asked);
        for candidate in points.ids() {
            let (lane, column) = lane(candidate);
            if candidate != first && self.ahead[lane][column] + self.relief[lane][column] <= 0 {
                continue;
            }
            let low = self.lead(candidate, worst, points, open);
            let value = |of: &[Lane], place: usize| of[place * worst.lanes + lane][column];
            for (fact, place) in open.iter().copied().filter(|(fact, _)| can_be_asked(*fact)) {
                // The points without this fact: as they stand, and at worst.
                let least = points[candidate].min(low - value(&worst.low, place));
                let has_floor = |more: i32| least + more >= floor;
                let could = self.is_ahead(&worst.relief, (place, candidate), worst);
                if could && has_floor(value(&worst.high, place)) && !found.contains(&fact) {
                    let mut cells = worst.cells[place].chunks_exact(worst.lanes);
                    let drops = &worst.drop[(place * worst.candidates + candidate.index()) * worst.lanes..];
                    let settles = |cell: &[Lane]| has_floor(cell[lane][column]) && self.stays(cell, cell[lane][column], drops);
                    if cells.any(settles) {
                        found.push(fact);
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
        points: &Points,
        open: Open<'_>,
        asked: impl Fn(FactId) -> bool,
    ) {
        self.ahead.clear();
        self.ahead.resize(worst.lanes, [-FAR; WIDTH]);
        for (number, (ahead, points_of)) in self.ahead.as_flattened_mut().iter_mut().zip(points).enumerate() {
            *ahead = points_of - points[first] + i32::from(number < first.index());
        }
        self.relief.clear();
        self.relief.resize(worst.lanes, [0; WIDTH]);
        for (fact, place) in open {
            let from = (place * worst.candidates + first.index()) * worst.lanes;
            let (drops, reliefs) = (&worst.drop_from[from..], &worst.relief_from[from..]);
            for (ahead, drop) in self.ahead.iter_mut().zip(drops) {
                ahead.iter_mut().zip(drop).for_each(|(ahead, drop)| *ahead -= drop);
            }
            if asked(*fact) {
                for (most, relief) in self.relief.iter_mut().zip(reliefs) {
                    most.iter_mut().zip(relief).for_each(|(most, relief)| *most = (*most).max(*relief));
                }
            }
        }
    }

    /// How far a candidate is ahead of each rival at worst; gives its least points.
    fn lead(&mut self, candidate: CandidateId, worst: &Worst, points: &Points, open: Open<'_>) -> i32 {
        let (lane, column) = lane(candidate);
        self.leads.clear();
        self.leads.resize(worst.lanes, [FAR; WIDTH]);
        for (number, (lead, rival)) in self.leads.as_flattened_mut().iter_mut().zip(points).enumerate() {
            *lead = points[candidate] - rival + i32::from(candidate.index() < number);
        }
        self.leads[lane][column] = FAR;
        let mut low = points[candidate];
        for (_, place) in open {
            let drops = &worst.drop[(place * worst.candidates + candidate.index()) * worst.lanes..];
            for (leads, drop) in self.leads.iter_mut().zip(drops) {
                leads.iter_mut().zip(drop).for_each(|(lead, drop)| *lead -= drop);
            }
            low += worst.low[place * worst.lanes + lane][column];
        }
        low
    }

    /// Whether all leads, with so much more, are leads.
    fn is_ahead(&self, more: &[Lane], (place, candidate): (usize, CandidateId), worst: &Worst) -> bool {
        let more = &more[(place * worst.candidates + candidate.index()) * worst.lanes..];
        self.leads.iter().zip(more).all(|(leads, more)| {
            let mut sum = *leads;
            sum.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
            is_ahead(&sum)
        })
    }

    /// Whether all leads stay leads by an answer that is worth `own` to the candidate.
    fn stays(&self, cell: &[Lane], own: i32, drops: &[Lane]) -> bool {
        self.leads.iter().zip(cell).zip(drops).all(|((leads, cell), drops)| {
            let mut sum = *leads;
            sum.iter_mut().zip(drops).zip(cell).for_each(|((sum, drop), rival)| *sum += drop + own - rival);
            is_ahead(&sum)
        })
    }
}
