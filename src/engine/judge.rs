//! Judging: all decisions in their order, and what follows from them together.

use super::bounds::{Endings, State, Tables};
use super::judgement::{Judgement, Next, Outcome, Ranked, Why};
use super::nearest::Neighbours;
use super::next::Ahead;
use super::score::{Kept, all_points, ranking, truths};
use super::{decide, fit, next, share, stated};
use crate::answer::{Answer, Answers};
use crate::condition::Variable;
use crate::kb::{Candidate, Keep, KnowledgeBase};

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
    neighbours: Neighbours,
}

/// The first leader decision while questions are being asked about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Its leader; `None` if it abstains.
    pub leader: Option<usize>,
    /// The question about it that comes next; `None` if none could change it.
    pub next: Option<Next>,
    /// What lies ahead; nothing about other decisions.
    pub ahead: Ahead,
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
        Judge { kb, tables: kb.decisions.iter().enumerate().map(tables).collect(), neighbours: Neighbours::new(kb) }
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
        self.consider(answers, &[]).0
    }

    /// The same for a person who counts the decisions in `done` as decided, so
    /// that the next question is none about them; and what lies ahead.
    #[must_use]
    pub fn consider(&self, answers: &Answers, done: &[usize]) -> (Judgement, Ahead) {
        let mut chain = Chain::default();
        let mut outcomes = Vec::new();
        for decision in 0..self.kb.decisions.len() {
            outcomes.push(self.decide(decision, answers, &mut chain));
        }
        let (next, ahead) = self.ahead(answers, &outcomes, &chain, done);
        let judgement = Judgement {
            gap: stated::gap(self.kb, answers, &chain.kept),
            misfits: fit::misfits(self.kb, answers, &outcomes),
            screen: fit::screen(self.kb, answers, &outcomes),
            nearest: self.neighbours.nearest(self.kb, answers),
            next,
            known: answers.known(),
            sells: !fit::running(self.kb, answers).is_empty(),
            decisions: outcomes,
        };
        (judgement, ahead)
    }

    fn decide(&self, decision: usize, answers: &Answers, chain: &mut Chain) -> Outcome {
        let kb = self.kb;
        let points = all_points(kb, decision, answers, &chain.kept);
        let assuming = self.assuming(decision, chain);
        if kb.decisions[decision].keep == Keep::All {
            let running = self.running(decision, answers);
            let groups = kb.decisions[decision].candidates.iter().zip(&points);
            let groups: Vec<_> =
                groups.map(|(candidate, points)| decide::group(candidate, *points, answers, &chain.kept)).collect();
            let ranked = ranking(&points).into_iter().map(|candidate| Ranked {
                group: Some(groups[candidate]),
                after: self.waits_for(decision, candidate, &groups, &running),
                payers: self.payers(kb.candidate(decision, candidate), answers),
                ..self.account(decision, candidate, points[candidate], answers, &chain.kept)
            });
            let ranked = ranked.collect();
            chain.kept.push(None);
            chain.endings.push(Vec::new());
            chain.certain.push(true);
            return Outcome { decision, ranked, chosen: Vec::new(), margin: None, sureness: None, assuming };
        }
        let chosen = decide::leaders(&points, kb.floor, kb.hybrid_margin);
        let state = State { answers, kept: &chain.kept, endings: &chain.endings };
        let tables = self.tables[decision].as_ref();
        let sureness =
            tables.and_then(|tables| chosen.first().map(|leader| decide::sureness(kb, tables, &state, &points, *leader)));
        let shares = share::shares(&points, kb.temperature);
        let ranked = ranking(&points).into_iter().map(|candidate| Ranked {
            share: Some(shares[candidate]),
            ..self.account(decision, candidate, points[candidate], answers, &chain.kept)
        });
        let ranked = ranked.collect();
        let endings = tables.map_or_else(Vec::new, |tables| decide::endings(kb, tables, answers, &chain.endings));
        let margin = decide::margin(&points, &chosen);
        chain.kept.push(Some(chosen.clone()));
        chain.certain.push(decide::is_certain(&endings, &chain.kept, decision));
        chain.endings.push(endings);
        Outcome { decision, ranked, chosen, margin, sureness, assuming }
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
            payers: None,
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
        let all = fit::running(self.kb, answers).into_iter();
        all.filter(|(_, of, _)| *of == decision).flat_map(|(_, _, candidates)| candidates).collect()
    }

    /// What should come before a candidate, could begin, and is not run yet.
    fn waits_for(&self, decision: usize, candidate: usize, groups: &[super::judgement::Group], running: &[usize]) -> Vec<usize> {
        let first = self.kb.candidate(decision, candidate).after.iter().copied();
        first.filter(|one| groups[*one] <= super::judgement::Group::Confirm && !running.contains(one)).collect()
    }

    fn payers(&self, candidate: &Candidate, answers: &Answers) -> Option<(i64, i64)> {
        let estimate = self.kb.estimate.as_ref()?;
        let figure = candidate.figures.iter().find(|figure| figure.id == estimate.share)?;
        let Some(Answer::Number(audience)) = answers.get(estimate.audience) else { return None };
        let of = |share: i64| i64::try_from(i128::from(audience) * i128::from(share) / 100_000).ok();
        of(figure.low).zip(of(figure.high))
    }

    /// What is asked next while the decisions in `done` count as decided, and what lies ahead.
    fn ahead(&self, answers: &Answers, outcomes: &[Outcome], chain: &Chain, done: &[usize]) -> (Option<Next>, Ahead) {
        let facts = self.kb.facts.len();
        let mut leaders = outcomes.iter().filter_map(|outcome| Some((outcome, self.tables(outcome.decision)?)));
        let first = leaders.next();
        let (mut next, mut ahead) = first.map_or_else(Default::default, |(outcome, _)| {
            let leader = outcome.chosen.first().copied();
            self.about(outcome.decision, &by_candidate(outcome), leader, answers, chain)
        });
        next = next.filter(|_| first.is_some_and(|(outcome, _)| !done.contains(&outcome.decision)));
        let mut further: Vec<Next> = next::running(self.kb, answers).collect();
        let mut needs: Vec<_> =
            outcomes.iter().flat_map(|outcome| next::opening(self.kb, outcome, answers, &chain.kept)).collect();
        needs.sort_by_key(|(worth, _)| std::cmp::Reverse(*worth));
        further.extend(needs.into_iter().map(|(_, next)| next));
        for (outcome, tables) in leaders.filter(|(outcome, _)| !outcome.sureness.is_some_and(|sureness| sureness.settled)) {
            let best = next::deciding(tables, &by_candidate(outcome), answers, &chain.endings, facts);
            if let Some(best) = best {
                let others = next::movers(tables, answers, facts).map(|fact| Next { fact, ..best.clone() });
                let others: Vec<_> = others.collect();
                further.push(best);
                further.extend(others);
            }
        }
        for one in &further {
            if !ahead.further.contains(&one.fact) {
                ahead.further.push(one.fact);
            }
        }
        if answers.known() == 0 && answers.is_open(self.kb.opening) {
            next = Some(Next { fact: self.kb.opening, why: Why::Opening });
        }
        (next.or_else(|| further.into_iter().next()), ahead)
    }

    /// The first leader decision alone: much cheaper than a whole judgement.
    #[must_use]
    pub fn verdict(&self, answers: &Answers) -> Option<Verdict> {
        let kb = self.kb;
        let first = self.tables.iter().position(Option::is_some)?;
        let mut chain = Chain::default();
        for decision in 0..first {
            self.decide(decision, answers, &mut chain);
        }
        let points = all_points(kb, first, answers, &chain.kept);
        let leader = decide::leaders(&points, kb.floor, kb.hybrid_margin).first().copied();
        let (next, ahead) = self.about(first, &points, leader, answers, &chain);
        let opening = || Next { fact: kb.opening, why: Why::Opening };
        let is_opening = answers.known() == 0 && answers.is_open(kb.opening);
        Some(Verdict { leader, next: is_opening.then(opening).or(next), ahead })
    }

    /// What is asked next about a leader decision, and what lies ahead of it.
    fn about(
        &self,
        decision: usize,
        points: &[i32],
        leader: Option<usize>,
        answers: &Answers,
        chain: &Chain,
    ) -> (Option<Next>, Ahead) {
        let mut ahead = Ahead::default();
        let Some(tables) = self.tables(decision) else { return (None, ahead) };
        let facts = self.kb.facts.len();
        ahead.deciding = next::movers(tables, answers, facts).collect();
        if let Some(leader) = leader {
            let state = State { answers, kept: &chain.kept, endings: &chain.endings };
            let against = |behind| decide::against(self.kb, tables, &state, points, leader, behind);
            let greatest = self.kb.strengths.iter().map(|(_, points)| *points).max().unwrap_or(0);
            ahead.against = against(None);
            ahead.near = ahead.against.and_then(|_| against(Some(greatest)));
        }
        let is_open = leader.is_none() || ahead.against.is_some();
        let next = is_open.then(|| next::deciding(tables, points, answers, &chain.endings, facts)).flatten();
        (next, ahead)
    }
}

/// The points of the candidates in their order.
fn by_candidate(outcome: &Outcome) -> Vec<i32> {
    let mut points = vec![0; outcome.ranked.len()];
    outcome.ranked.iter().for_each(|ranked| points[ranked.candidate] = ranked.points);
    points
}
