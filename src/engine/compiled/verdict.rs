//! What was decided about one profile, as the compiled tables tell it.

use crate::engine::kernel::{Points, Readiness};
use crate::ids::{CandidateId, DecisionId, FactId, IndexVec};

/// What was decided about one profile.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdict {
    /// One per decision of the base; those not asked for are empty.
    pub rulings: IndexVec<DecisionId, Ruling>,
    /// Whether what is stated and what is observed point to different candidates.
    pub gap: bool,
    /// Whether every fact is known.
    pub complete: bool,
    /// Open facts of which some answer alone would settle the first leader
    /// decision (see `engine::settling`), in the order of the base; none
    /// if it is settled, or if nobody asked.
    pub ask: Vec<FactId>,
}

/// What came out of one decision.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ruling {
    /// Points by candidate.
    pub points: Points,
    /// Candidates, the most points first. Of a decision that keeps all, only
    /// those with points for them, that run, or that are in place.
    pub order: Vec<CandidateId>,
    /// For leader decisions: the leader, perhaps a second; empty if it abstains.
    pub chosen: Vec<CandidateId>,
    /// Points of the leader over the next.
    pub margin: Option<i32>,
    /// Whether no completion takes the first place from the leader.
    pub settled: bool,
    /// For decisions that keep all: the group of each candidate in `order`.
    pub groups: Vec<Readiness>,
    /// For decisions that keep all: what runs and goes on, or could begin, one
    /// bit per candidate.
    pub(crate) alive: Vec<u64>,
    /// Whether something runs that the law forbids.
    pub must_stop: bool,
    /// For leader decisions: shares in ten-thousandths, in `order`.
    pub shares: Vec<u32>,
}

impl Ruling {
    /// Where a candidate of a decision that keeps all stands.
    #[must_use]
    pub fn stands(&self, one: CandidateId) -> Readiness {
        let place = self.order.iter().position(|other| *other == one);
        place.and_then(|at| self.groups.get(at)).copied().unwrap_or(Readiness::Never)
    }
}
