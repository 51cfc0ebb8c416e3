//! Judging: all decisions in their order, each seeing what the earlier ones chose.

use super::bounds::{Endings, State, Tables};
use super::chain::Kept;
use super::judgement::{Account, Judgement, Lead, Outcome, Ranked, Ranking, Sorted, Sorting};
use super::kernel::{self, Points, Readiness, Rule, ranking};
use super::score::{all_points, truths};
use super::{decide, ready, share, stated};
use crate::answer::Answers;
use crate::condition::Variable;
use crate::ids::{CandidateId, CandidateRef, DecisionId, IndexVec};
use crate::kb::{Keep, KnowledgeBase};
use std::cell::LazyCell;
use std::collections::BTreeSet;

/// The whole account of one profile.
///
/// ```
/// use qun::{Answers, DecisionId, KnowledgeBase, judge};
/// let kb = KnowledgeBase::embedded();
/// let nothing = judge(&kb, &Answers::unknown(kb.facts().len()));
/// assert!(nothing.decisions[DecisionId::new(0)].lead().is_none()); // it abstains
/// ```
#[must_use]
pub fn judge(kb: &KnowledgeBase, answers: &Answers) -> Judgement {
    Judge::new(kb).judge(answers)
}

/// A base with its tables, for judging many profiles.
#[derive(Debug, Clone)]
pub struct Judge<'a> {
    kb: &'a KnowledgeBase,
    /// One per decision; `None` for those that keep all or prove nothing.
    tables: IndexVec<DecisionId, Option<Tables>>,
}

/// What is carried from one decision to the next.
#[derive(Default)]
struct Chain {
    kept: Kept,
    endings: Endings,
    certain: IndexVec<DecisionId, bool>,
    /// What of earlier decisions runs and goes on, or could begin.
    alive: BTreeSet<CandidateRef>,
}

impl<'a> Judge<'a> {
    /// Compiles a base.
    #[must_use]
    pub fn new(kb: &'a KnowledgeBase) -> Judge<'a> {
        Judge { kb, tables: kb.decisions.ids().map(|decision| Tables::of(kb, decision)).collect() }
    }

    /// The knowledge base.
    #[must_use]
    pub fn kb(&self) -> &'a KnowledgeBase {
        self.kb
    }

    /// The tables of a leader decision.
    #[must_use]
    pub(crate) fn tables(&self, decision: DecisionId) -> Option<&Tables> {
        self.tables[decision].as_ref()
    }

    /// The whole account of one profile.
    #[must_use]
    pub fn judge(&self, answers: &Answers) -> Judgement {
        self.before(self.kb.decisions.end(), answers)
    }

    /// The decisions before `end`, and nothing of it or after it.
    #[must_use]
    pub fn before(&self, end: DecisionId, answers: &Answers) -> Judgement {
        let mut chain = Chain::default();
        let decisions = end.before().map(|decision| self.decide(decision, answers, &mut chain)).collect();
        let gap = stated::gap(self.kb, answers, &chain.kept);
        Judgement { decisions, gap, known: answers.known(), kept: chain.kept, endings: chain.endings }
    }

    fn decide(&self, decision: DecisionId, answers: &Answers, chain: &mut Chain) -> Outcome {
        let points = all_points(self.kb, decision, answers, &chain.kept);
        let assuming = self.assuming(decision, chain);
        match self.kb.decisions[decision].keep {
            Keep::Leaders => {
                let (ranked, lead) = self.ranked(decision, &points, answers, chain);
                Outcome::Leaders(Ranking { decision, ranked, lead, assuming })
            }
            Keep::All => {
                let sorted = self.sorted(decision, &points, answers, chain);
                chain
                    .alive
                    .extend(sorted.iter().filter(|one| one.readiness().is_alive()).map(|one| (decision, one.account.candidate)));
                chain.kept.push(None);
                chain.endings.push(Vec::new());
                chain.certain.push(true);
                Outcome::All(Sorting { decision, sorted, assuming })
            }
        }
    }

    /// The candidates of a leader decision by points, and who leads; noted in the chain.
    fn ranked(&self, decision: DecisionId, points: &Points, answers: &Answers, chain: &mut Chain) -> (Vec<Ranked>, Option<Lead>) {
        let kb = self.kb;
        let kept = Rule::of(kb).choose(points);
        let state = State { answers, kept: &chain.kept, endings: &chain.endings };
        let tables = self.tables[decision].as_ref();
        let lead = kept.leader().map(|leader| Lead {
            leader,
            second: kept.second(),
            margin: kernel::margin(points),
            sureness: tables.map(|tables| decide::sureness(kb, tables, &state, points, leader)),
        });
        let shares: IndexVec<CandidateId, u32> = share::shares(points, kb.temperature).into();
        let ranked = ranking(points).into_iter().map(|candidate| Ranked {
            account: self.account(decision, candidate, points[candidate], answers, &chain.kept),
            share: shares[candidate],
        });
        let ranked = ranked.collect();
        let endings = tables.map_or_else(Vec::new, |tables| decide::endings(kb, tables, answers, &chain.endings));
        chain.kept.push(Some(kept));
        chain.certain.push(decide::is_certain(&endings, kept));
        chain.endings.push(endings);
        (ranked, lead)
    }

    fn account(&self, decision: DecisionId, candidate: CandidateId, points: i32, answers: &Answers, kept: &Kept) -> Account {
        let one = self.kb.candidate(decision, candidate);
        Account { candidate, points, lines: truths(one, answers, kept), needs: ready::needs(one, answers, kept) }
    }

    /// The earlier decisions that this one reads and that are not certain.
    fn assuming(&self, decision: DecisionId, chain: &Chain) -> Vec<DecisionId> {
        let read = |earlier: &DecisionId| {
            self.kb.decisions[decision].conditions().any(|one| one.variables().contains(&Variable::Choice(*earlier)))
        };
        decision.before().filter(|earlier| !chain.certain[*earlier]).filter(read).collect()
    }

    /// The candidates of an all-keeping decision, in the order in which they are shown.
    fn sorted(&self, decision: DecisionId, points: &Points, answers: &Answers, chain: &Chain) -> Vec<Sorted> {
        let kb = self.kb;
        let stops = LazyCell::new(|| ready::must_stop(kb, decision, answers, &chain.kept));
        let stand = |candidate: CandidateId| {
            let account = self.account(decision, candidate, points[candidate], answers, &chain.kept);
            let one = kb.candidate(decision, candidate);
            let waits = ready::waits(one, || *stops, |served| chain.alive.contains(&served));
            let standing = ready::standing(one, account.points, &account.needs, answers, &chain.kept, waits);
            Sorted { account, standing, after: Vec::new() }
        };
        let mut all: Vec<Sorted> = points.ids().map(stand).collect();
        let groups: IndexVec<CandidateId, Readiness> = all.iter().map(Sorted::readiness).collect();
        for one in &mut all {
            one.after = self.waits_for(decision, one.account.candidate, &groups);
        }
        let order = kernel::order(&groups, points);
        let mut all: IndexVec<CandidateId, Option<Sorted>> = all.into_iter().map(Some).collect();
        order.into_iter().filter_map(|candidate| all[candidate].take()).collect()
    }

    /// What should come before a candidate, could begin, and is not run yet.
    fn waits_for(
        &self,
        decision: DecisionId,
        candidate: CandidateId,
        groups: &IndexVec<CandidateId, Readiness>,
    ) -> Vec<CandidateId> {
        let first = self.kb.candidate(decision, candidate).after.iter().copied();
        first.filter(|one| groups[*one].can_begin()).collect()
    }
}
