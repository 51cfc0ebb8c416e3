//! The course of questions: what is asked next, and what lies ahead.

use super::next::{self, Ahead, Next, Why};
use crate::answer::Answers;
use crate::engine::bounds::State;
use crate::engine::decide;
use crate::engine::judge::Judge;
use crate::engine::judgement::Judgement;
use crate::engine::kernel::{Points, Rule};
use crate::engine::score::all_points;
use crate::ids::{CandidateId, DecisionId};

/// The first leader decision while questions are being asked about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Its leader; `None` if it abstains.
    pub leader: Option<CandidateId>,
    /// The question about it that comes next; `None` if none could change it.
    pub next: Option<Next>,
    /// What lies ahead; nothing about other decisions.
    pub ahead: Ahead,
}

/// What is asked next while the decisions in `done` count as decided, so that the
/// next question is none about them; and what lies ahead.
#[must_use]
pub fn course(judge: &Judge<'_>, answers: &Answers, judged: &Judgement, done: &[DecisionId]) -> (Option<Next>, Ahead) {
    let kb = judge.kb();
    let mut leaders = judged.decisions.iter().filter_map(|outcome| Some((outcome, judge.tables(outcome.decision())?)));
    let first = leaders.next();
    let (mut next, mut ahead) = first.map_or_else(Default::default, |(outcome, _)| {
        about(judge, outcome.decision(), (&outcome.points(), outcome.leader()), answers, judged)
    });
    next = next.filter(|_| first.is_some_and(|(outcome, _)| !done.contains(&outcome.decision())));
    let mut further: Vec<Next> = next::running(kb, answers).collect();
    let mut needs: Vec<_> =
        judged.decisions.iter().flat_map(|outcome| next::opening(kb, outcome, answers, &judged.kept)).collect();
    needs.sort_by_key(|(worth, _)| std::cmp::Reverse(*worth));
    further.extend(needs.into_iter().map(|(_, next)| next));
    for (outcome, tables) in leaders.filter(|(outcome, _)| !outcome.is_settled()) {
        let best = next::deciding(tables, &outcome.points(), answers, &judged.endings);
        if let Some(best) = best {
            let others = next::movers(tables, answers).map(|fact| Next { fact, ..best.clone() });
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
    if answers.known() == 0 && answers.is_open(kb.opening) {
        next = Some(Next { fact: kb.opening, why: Why::Opening });
    }
    (next.or_else(|| further.into_iter().next()), ahead)
}

/// The first leader decision alone: much cheaper than a whole judgement.
#[must_use]
pub fn verdict(judge: &Judge<'_>, answers: &Answers) -> Option<Verdict> {
    let kb = judge.kb();
    let first = kb.decisions.ids().find(|decision| judge.tables(*decision).is_some())?;
    let earlier = judge.before(first, answers);
    let points = all_points(kb, first, answers, &earlier.kept);
    let leader = Rule::of(kb).choose(&points).leader();
    let (next, ahead) = about(judge, first, (&points, leader), answers, &earlier);
    let opening = || Next { fact: kb.opening, why: Why::Opening };
    let is_opening = answers.known() == 0 && answers.is_open(kb.opening);
    Some(Verdict { leader, next: is_opening.then(opening).or(next), ahead })
}

/// What is asked next about a leader decision, and what lies ahead of it.
fn about(
    judge: &Judge<'_>,
    decision: DecisionId,
    (points, leader): (&Points, Option<CandidateId>),
    answers: &Answers,
    judged: &Judgement,
) -> (Option<Next>, Ahead) {
    let mut ahead = Ahead::default();
    let Some(tables) = judge.tables(decision) else { return (None, ahead) };
    let kb = judge.kb();
    ahead.deciding = next::movers(tables, answers).collect();
    if let Some(leader) = leader {
        let state = State { answers, kept: &judged.kept, endings: &judged.endings };
        let against = |behind| decide::against(kb, tables, &state, points, leader, behind);
        let greatest = kb.strengths.iter().map(|(_, points)| *points).max().unwrap_or(0);
        ahead.against = against(None);
        ahead.near = ahead.against.and_then(|_| against(Some(greatest)));
    }
    let is_open = leader.is_none() || ahead.against.is_some();
    let next = is_open.then(|| next::deciding(tables, points, answers, &judged.endings)).flatten();
    (next, ahead)
}
