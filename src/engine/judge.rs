//! Judging: all decisions in their order, each seeing what the earlier ones chose.

use super::bounds::{Endings, State, Tables};
use super::chain::Kept;
use super::judgement::{Judgement, Outcome, Ranked};
use super::kernel::{self, Readiness, Rule, ranking};
use super::running::running;
use super::score::{all_points, truths};
use super::{decide, share, stated};
use crate::answer::Answers;
use crate::condition::Variable;
use crate::kb::{Keep, KnowledgeBase};

/// The whole account of one profile.
///
/// ```
/// use qun::{answer::{Answer, Answers}, engine::judge, kb::KnowledgeBase};
/// let kb = KnowledgeBase::embedded();
/// let nothing = judge(&kb, &Answers::unknown(kb.facts.len()));
/// assert!(nothing.decisions[0].chosen.is_empty()); // it abstains
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
    tables: Vec<Option<Tables>>,
}

/// What is carried from one decision to the next.
#[derive(Default)]
struct Chain {
    kept: Kept,
    endings: Endings,
    certain: Vec<bool>,
}

impl<'a> Judge<'a> {
    /// Compiles a base.
    #[must_use]
    pub fn new(kb: &'a KnowledgeBase) -> Judge<'a> {
        let tables = |(number, decision): (usize, &crate::kb::Decision)| {
            (decision.keep == Keep::Leaders && !decision.unproven).then(|| Tables::new(kb, number))
        };
        Judge { kb, tables: kb.decisions.iter().enumerate().map(tables).collect() }
    }

    /// The knowledge base.
    #[must_use]
    pub fn kb(&self) -> &'a KnowledgeBase {
        self.kb
    }

    /// The tables of a leader decision.
    #[must_use]
    pub fn tables(&self, decision: usize) -> Option<&Tables> {
        self.tables[decision].as_ref()
    }

    /// The whole account of one profile.
    #[must_use]
    pub fn judge(&self, answers: &Answers) -> Judgement {
        self.before(self.kb.decisions.len(), answers)
    }

    /// The decisions before the one with number `end`, and nothing of it or after it.
    #[must_use]
    pub fn before(&self, end: usize, answers: &Answers) -> Judgement {
        let mut chain = Chain::default();
        let decisions: Vec<Outcome> = (0..end).map(|decision| self.decide(decision, answers, &mut chain)).collect();
        let gap = stated::gap(self.kb, answers, &chain.kept);
        Judgement { decisions, gap, known: answers.known(), kept: chain.kept, endings: chain.endings }
    }

    fn decide(&self, decision: usize, answers: &Answers, chain: &mut Chain) -> Outcome {
        let kb = self.kb;
        let points = all_points(kb, decision, answers, &chain.kept);
        let assuming = self.assuming(decision, chain);
        if kb.decisions[decision].keep == Keep::All {
            let running = self.running(decision, answers);
            let groups = kb.decisions[decision].candidates.iter().zip(&points);
            let groups: Vec<_> =
                groups.map(|(candidate, points)| decide::readiness(candidate, *points, answers, &chain.kept)).collect();
            let ranked = ranking(&points).into_iter().map(|candidate| Ranked {
                group: Some(groups[candidate]),
                after: self.waits_for(decision, candidate, &groups, &running),
                ..self.account(decision, candidate, points[candidate], answers, &chain.kept)
            });
            let ranked = ranked.collect();
            chain.kept.push(None);
            chain.endings.push(Vec::new());
            chain.certain.push(true);
            return Outcome { decision, ranked, chosen: Vec::new(), margin: None, sureness: None, assuming };
        }
        let kept = Rule::of(kb).choose(&points);
        let state = State { answers, kept: &chain.kept, endings: &chain.endings };
        let tables = self.tables[decision].as_ref();
        let sureness =
            tables.and_then(|tables| kept.leader().map(|leader| decide::sureness(kb, tables, &state, &points, leader)));
        let shares = share::shares(&points, kb.temperature);
        let ranked = ranking(&points).into_iter().map(|candidate| Ranked {
            share: Some(shares[candidate]),
            ..self.account(decision, candidate, points[candidate], answers, &chain.kept)
        });
        let ranked = ranked.collect();
        let endings = tables.map_or_else(Vec::new, |tables| decide::endings(kb, tables, answers, &chain.endings));
        let margin = kept.leader().and_then(|_| kernel::margin(&points));
        chain.kept.push(Some(kept));
        chain.certain.push(decide::is_certain(&endings, kept));
        chain.endings.push(endings);
        Outcome { decision, ranked, chosen: kept.iter().collect(), margin, sureness, assuming }
    }

    fn account(&self, decision: usize, candidate: usize, points: i32, answers: &Answers, kept: &Kept) -> Ranked {
        let one = self.kb.candidate(decision, candidate);
        Ranked {
            candidate,
            points,
            share: None,
            group: None,
            lines: truths(one, answers, kept),
            needs: one.needs.iter().map(|need| need.when.truth(answers, kept)).collect(),
            after: Vec::new(),
        }
    }

    /// The earlier decisions that this one reads and that are not certain.
    fn assuming(&self, decision: usize, chain: &Chain) -> Vec<usize> {
        let read = |earlier: &usize| {
            self.kb.decisions[decision].conditions().any(|one| one.variables().contains(&Variable::Choice(*earlier)))
        };
        (0..decision).filter(|earlier| !chain.certain[*earlier]).filter(read).collect()
    }

    fn running(&self, decision: usize, answers: &Answers) -> Vec<usize> {
        let all = running(self.kb, answers).into_iter();
        all.filter(|one| one.decision == decision).flat_map(|one| one.candidates).collect()
    }

    /// What should come before a candidate, could begin, and is not run yet.
    fn waits_for(&self, decision: usize, candidate: usize, groups: &[Readiness], running: &[usize]) -> Vec<usize> {
        let first = self.kb.candidate(decision, candidate).after.iter().copied();
        first.filter(|one| groups[*one] <= Readiness::Confirm && !running.contains(one)).collect()
    }
}
