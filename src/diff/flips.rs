//! Who can lead after whom: per pair of leaders, a profile of the old base that
//! the new one judges so, or the proof that there is none.
//!
//! Points are sums over independent blocks of facts in both bases, so a pair is a
//! search over one joint space. What the newcomer wins over the old leader comes
//! only from blocks that differ; where these together do not bring a point, no
//! search is needed. Decisions that look at earlier ones are searched passage by
//! passage: how the earlier ones end in both bases.

use super::gains::{either, gains};
use super::joint::{self, Bases, Side, Term, set};
use super::passages::{Passage, Passages};
use crate::answer::Answers;
use crate::engine::chain::Kept;
use crate::ids::{CandidateId, DecisionId};
use crate::kb::Keep;
use crate::proof::outcome;
use crate::proof::solve::{Demand, Outcome};
use crate::proof::space::Space;
use crate::proof::terms::{Sum, above, at_least, at_most, tie};
use std::collections::BTreeMap;

/// Who can lead after whom in one decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flips {
    /// The decision, in the old base and in the new one.
    pub decision: [DecisionId; 2],
    /// Every pair of different leaders, those of the old base in their order.
    pub pairs: Vec<Pair>,
}

/// One leader after another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The leader by the old base; `None` for nobody.
    pub from: Option<CandidateId>,
    /// The leader by the new base; `None` for nobody.
    pub to: Option<CandidateId>,
    /// A profile of the old base that is judged so by both, with no answer that
    /// could be left out.
    pub found: Outcome<Answers>,
}

/// How many passages of one pair are searched jointly; more are not decided.
const MOST_PASSAGES: usize = 60;
/// Over how many profiles that reach a passage an answer is laid.
const MOST_OVERLAYS: usize = 40;

/// The leader decisions that both bases have, each with its pairs.
#[must_use]
pub fn flips(bases: &Bases<'_>) -> Vec<Flips> {
    let mut found = Vec::new();
    for (old, decision) in bases.old.decisions.pairs() {
        let Some(new) = bases.new.decision(&decision.id) else { continue };
        if decision.keep == Keep::Leaders && bases.new.decisions[new].keep == Keep::Leaders {
            found.push(Search::new(bases, [old, new]).all());
        }
    }
    found
}

/// The leader of a decision for a profile of the old base, by one of the bases.
#[must_use]
pub fn leader(bases: &Bases<'_>, side: Side, answers: &Answers, decision: DecisionId) -> Option<CandidateId> {
    match side {
        Side::Old => outcome::chosen(bases.old, answers, decision, None).leader(),
        Side::New => outcome::chosen(bases.new, &bases.carry.answers(answers), decision, None).leader(),
    }
}

/// The search for the pairs of one decision.
struct Search<'b, 'a> {
    bases: &'b Bases<'a>,
    decision: [DecisionId; 2],
    counts: [usize; 2],
    passages: Passages<'b, 'a>,
}

/// Passages that the conditions of the decision cannot tell apart, and its own space.
struct Group {
    space: Option<Space>,
    passages: Vec<Passage>,
}

impl<'b, 'a> Search<'b, 'a> {
    fn new(bases: &'b Bases<'a>, decision: [DecisionId; 2]) -> Search<'b, 'a> {
        let count = |side: Side| bases.of(side).decisions[decision[side as usize]].candidates.len();
        let counts = [count(Side::Old), count(Side::New)];
        Search { bases, decision, counts, passages: Passages::new(bases, decision) }
    }

    fn all(&self) -> Flips {
        let groups = self.groups();
        let leaders = |count: usize| CandidateId::new(count).before().map(Some).chain([None]);
        let mut pairs = Vec::new();
        for from in leaders(self.counts[0]) {
            for to in leaders(self.counts[1]).filter(|to| !self.is_same(from, *to)) {
                pairs.push(Pair { from, to, found: self.pair(from, to, &groups) });
            }
        }
        Flips { decision: self.decision, pairs }
    }

    fn is_same(&self, from: Option<CandidateId>, to: Option<CandidateId>) -> bool {
        from.map(|one| self.id(Side::Old, one)) == to.map(|one| self.id(Side::New, one))
    }

    fn id(&self, side: Side, candidate: CandidateId) -> &'a str {
        &self.bases.of(side).candidate(self.decision[side as usize], candidate).id
    }

    /// The candidate of the old base with the id of one of the new base.
    fn twin(&self, candidate: CandidateId) -> Option<CandidateId> {
        self.bases.old.decisions[self.decision[0]].candidate(self.id(Side::New, candidate))
    }

    fn terms(&self) -> Vec<Term<'a>> {
        let [old, new] = self.decision;
        let first = joint::points(self.bases.old, Side::Old, old, 0);
        first.chain(joint::points(self.bases.new, Side::New, new, self.counts[0])).collect()
    }

    fn quantities(&self) -> usize {
        self.counts[0] + self.counts[1]
    }

    fn groups(&self) -> Vec<Group> {
        let mut groups: BTreeMap<Vec<crate::truth::Truth>, Vec<Passage>> = BTreeMap::new();
        for passage in self.passages.all() {
            groups.entry(self.passages.signature(&passage)).or_default().push(passage);
        }
        let of = |passages: Vec<Passage>| {
            let kept = passages.first().map(|one| self.passages.kept(one)).unwrap_or_default();
            Group { space: self.bases.space(&self.terms(), self.quantities(), [&kept[0], &kept[1]]), passages }
        };
        groups.into_values().map(of).collect()
    }

    fn pair(&self, from: Option<CandidateId>, to: Option<CandidateId>, groups: &[Group]) -> Outcome<Answers> {
        let demands = self.demands(from, to);
        let is_it = |answers: &Answers| {
            leader(self.bases, Side::Old, answers, self.decision[0]) == from
                && leader(self.bases, Side::New, answers, self.decision[1]) == to
        };
        let shown = |answers: Answers| Outcome::Shown(self.shortest(answers, &is_it));
        let mut left: Vec<&Passage> = Vec::new();
        let mut undecided = false;
        for group in groups {
            let Some(space) = &group.space else {
                undecided = true;
                continue;
            };
            let own = match either(space, &demands) {
                Outcome::Impossible => continue,
                Outcome::Shown(own) => own,
                Outcome::Undecided => {
                    undecided |= !self.passages.is_chained();
                    left.extend(&group.passages);
                    continue;
                }
            };
            let mut bare = Answers::unknown(self.bases.old.facts.len());
            set(&mut bare, &own);
            if is_it(&bare) {
                return shown(bare);
            }
            undecided |= !self.passages.is_chained();
            for passage in group.passages.iter().take(MOST_OVERLAYS) {
                if let Outcome::Shown(mut profile) = self.passages.reach(passage) {
                    set(&mut profile, &own);
                    if is_it(&profile) {
                        return shown(profile);
                    }
                }
            }
            left.extend(&group.passages);
        }
        if self.passages.is_chained() {
            undecided |= left.len() > MOST_PASSAGES;
            for passage in left.into_iter().take(MOST_PASSAGES) {
                match self.jointly(passage, &demands) {
                    Outcome::Shown(found) if is_it(&found) => return shown(found),
                    Outcome::Impossible => {}
                    Outcome::Shown(_) | Outcome::Undecided => undecided = true,
                }
            }
        }
        if undecided { Outcome::Undecided } else { Outcome::Impossible }
    }

    /// The pair and one passage, in one space.
    fn jointly(&self, passage: &Passage, demands: &[Demand]) -> Outcome<Answers> {
        if self.passages.reach(passage) == Outcome::Impossible {
            return Outcome::Impossible;
        }
        let mut terms = self.terms();
        let mut quantities = self.quantities();
        terms.extend(self.passages.points(&mut quantities));
        let kept: [Kept; 2] = self.passages.kept(passage);
        let Some(space) = self.bases.space(&terms, quantities, [&kept[0], &kept[1]]) else { return Outcome::Undecided };
        let mut undecided = false;
        for more in self.passages.demands(passage, self.quantities()) {
            let all: Vec<Demand> = demands.iter().chain(&more).cloned().collect();
            match either(&space, &all) {
                Outcome::Shown(found) => {
                    let mut answers = Answers::unknown(self.bases.old.facts.len());
                    set(&mut answers, &found);
                    return Outcome::Shown(answers);
                }
                Outcome::Undecided => undecided = true,
                Outcome::Impossible => {}
            }
        }
        if undecided { Outcome::Undecided } else { Outcome::Impossible }
    }

    /// What one leading in the old base and the other in the new one asks of the
    /// points, and what that says of the difference.
    fn demands(&self, from: Option<CandidateId>, to: Option<CandidateId>) -> Vec<Demand> {
        let (before, after) = (self.leads(Side::Old, from), self.leads(Side::New, to));
        let twin = |quantity: usize| Some(self.twin(CandidateId::new(quantity.checked_sub(self.counts[0])?))?.index());
        let gains = gains(&before, &after, &twin);
        before.into_iter().chain(after).chain(gains).collect()
    }

    fn of(&self, side: Side, candidate: CandidateId) -> Sum {
        vec![(if side == Side::Old { 0 } else { self.counts[0] } + candidate.index(), 1)]
    }

    fn leads(&self, side: Side, leader: Option<CandidateId>) -> Vec<Demand> {
        let (count, floor) = (self.counts[side as usize], self.bases.of(side).floor);
        let of = |one: CandidateId| self.of(side, one);
        let all = || CandidateId::new(count).before();
        match leader {
            None => all().map(|one| at_most(&of(one), floor - 1)).collect(),
            Some(one) => {
                let rivals = all().filter(|rival| *rival != one);
                let passes = rivals.map(|rival| above(&of(one), &of(rival), tie(one, rival)));
                std::iter::once(at_least(&of(one), floor)).chain(passes).collect()
            }
        }
    }

    /// The profile without the answers that it does not need.
    fn shortest(&self, mut answers: Answers, is_it: &dyn Fn(&Answers) -> bool) -> Answers {
        for fact in self.bases.old.facts.ids().rev() {
            let Some(answer) = answers.get(fact) else { continue };
            answers.set(fact, None);
            if !is_it(&answers) {
                answers.set(fact, Some(answer));
            }
        }
        answers
    }
}
