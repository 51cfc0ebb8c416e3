//! How everything stands under some answers: what a plan is made of, without
//! proofs and without words, so that hundreds of answers can be tried.

use crate::answer::Answers;
use crate::engine::chain::Kept;
use crate::engine::kernel::{Law, Readiness, Rule, Runs, Standing};
use crate::engine::ready;
use crate::engine::score::all_points;
use crate::ids::{CandidateId, CandidateRef, DecisionId, IndexVec, NeedId};
use crate::kb::{Keep, KnowledgeBase, NeedKind};
use crate::truth::Truth;
use std::cell::LazyCell;

/// Where a candidate of an all-keeping decision stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stand {
    /// Its points.
    pub points: i32,
    /// Where it stands.
    pub readiness: Readiness,
    /// What that hangs on.
    pub standing: Standing,
}

/// How everything stands.
#[derive(Debug, Clone)]
pub struct Stands {
    /// What each leader decision keeps.
    pub kept: Kept,
    /// By decision and candidate; nothing for decisions that keep leaders.
    pub decisions: IndexVec<DecisionId, IndexVec<CandidateId, Stand>>,
}

impl Stand {
    /// Whether most is earned with it.
    #[must_use]
    pub fn earns_most(&self) -> bool {
        self.standing.runs == Runs::EarnsMost
    }

    /// Whether the law asks for something that is not known to be there.
    #[must_use]
    pub fn is_to_check(&self) -> bool {
        self.standing.law == Law::Check
    }
}

impl Stands {
    /// Everything that stands so, as decision and candidate.
    pub fn all(&self, wanted: Readiness) -> impl Iterator<Item = CandidateRef> {
        let of = move |(decision, all): (DecisionId, &IndexVec<CandidateId, Stand>)| {
            let found = all.pairs().filter(move |(_, stand)| stand.readiness == wanted);
            found.map(move |(one, _)| (decision, one)).collect::<Vec<_>>()
        };
        self.decisions.pairs().flat_map(of)
    }
}

/// How everything stands under these answers.
#[must_use]
pub fn stands(kb: &KnowledgeBase, answers: &Answers) -> Stands {
    let mut found = Stands { kept: Kept::default(), decisions: IndexVec::new() };
    for (decision, one) in kb.decisions.pairs() {
        let points = all_points(kb, decision, answers, &found.kept);
        if one.keep == Keep::Leaders {
            found.kept.push(Some(Rule::of(kb).choose(&points)));
            found.decisions.push(IndexVec::new());
            continue;
        }
        let is_alive = |(of, served): CandidateRef| found.decisions[of][served].readiness.is_alive();
        let stops = LazyCell::new(|| ready::must_stop(kb, decision, answers, &found.kept));
        let stand = |(candidate, points): (CandidateId, &i32)| {
            let needs = ready::needs(&one.candidates[candidate], answers, &found.kept);
            let waits = ready::waits(&one.candidates[candidate], || *stops, is_alive);
            let standing = ready::standing(&one.candidates[candidate], *points, &needs, answers, &found.kept, waits);
            Stand { points: *points, readiness: standing.readiness(), standing }
        };
        let stands = points.pairs().map(stand).collect();
        found.kept.push(None);
        found.decisions.push(stands);
    }
    found
}

/// The first need of a candidate that is not met, that can be mended and that
/// running it does not prove, by its number.
#[must_use]
pub fn lacks(kb: &KnowledgeBase, at: CandidateRef, answers: &Answers, kept: &Kept) -> Option<NeedId> {
    let needs = &kb.candidate(at.0, at.1).needs;
    needs.position(|need| need.kind() == NeedKind::Open && need.when.truth(answers, kept) == Truth::No)
}
