//! What becomes of one profile: who leads and where everything stands, by both
//! bases, and the lines and needs that differ where something does.

use super::changes::is_same_name;
use super::joint::{Bases, Side};
use crate::advice::stands::{Stands, stands};
use crate::answer::Answers;
use crate::engine::chain::Kept;
use crate::engine::kernel::{Chosen, Readiness};
use crate::ids::{CandidateId, DecisionId};
use crate::kb::{Candidate, Keep, KnowledgeBase};
use crate::text::Text;
use crate::truth::Truth;

/// What became of a profile.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Moved {
    /// Decisions that keep others.
    pub leaders: Vec<Leaders>,
    /// Candidates that stand otherwise.
    pub stands: Vec<Stood>,
}

/// A leader decision that keeps others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaders {
    /// The decision, in the old base and in the new one.
    pub decision: [DecisionId; 2],
    /// Who is kept by the old base.
    pub before: Chosen,
    /// Who is kept by the new base.
    pub after: Chosen,
    /// Whether another one leads, and not only the second differs.
    pub is_flip: bool,
    /// What counts otherwise for those who are kept.
    pub because: Vec<Because>,
}

/// A candidate that stands otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stood {
    /// The decision, in the old base and in the new one.
    pub decision: [DecisionId; 2],
    /// The candidate, in the old base and in the new one.
    pub candidate: [CandidateId; 2],
    /// Where it stood.
    pub before: Readiness,
    /// Where it stands.
    pub after: Readiness,
    /// What counts otherwise for it.
    pub because: Vec<Because>,
}

/// A line or need that counts otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Because {
    /// The id of the candidate.
    pub candidate: String,
    /// The id of the line or need, in the new base if that has it.
    pub id: String,
    /// The trait, or what is lacking.
    pub text: Text,
    /// What it counted and counts.
    pub counts: Counts,
}

/// What something counted, and what it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counts {
    /// A line, in points.
    Points(i32, i32),
    /// A need; `None` in a base that does not have it.
    Need(Option<Truth>, Option<Truth>),
}

/// A base that judged, and what it made of a profile.
struct Seen<'a> {
    kb: &'a KnowledgeBase,
    answers: Answers,
    stands: Stands,
}

/// What becomes of a profile of the old base.
#[must_use]
pub fn moved(bases: &Bases<'_>, answers: &Answers) -> Moved {
    moved_with(bases, answers, &bases.carry.answers(answers))
}

/// The same where the new base was told other answers.
#[must_use]
pub fn moved_with(bases: &Bases<'_>, old: &Answers, new: &Answers) -> Moved {
    let seen = |side: Side, answers: &Answers| {
        let kb = bases.of(side);
        Seen { kb, answers: answers.clone(), stands: stands(kb, answers) }
    };
    let (old, new) = (seen(Side::Old, old), seen(Side::New, new));
    let mut moved = Moved::default();
    for (number, decision) in old.kb.decisions.pairs() {
        let Some(other) = new.kb.decision(&decision.id) else { continue };
        let at = [number, other];
        match (decision.keep, new.kb.decisions[other].keep) {
            (Keep::Leaders, Keep::Leaders) => moved.leaders.extend(leaders(&old, &new, at)),
            (Keep::All, Keep::All) => moved.stands.extend(stood(&old, &new, at)),
            _ => {}
        }
    }
    moved
}

impl Moved {
    /// Whether nothing differs.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.leaders.is_empty() && self.stands.is_empty()
    }

    /// Whether another one leads some decision.
    #[must_use]
    pub fn is_flip(&self) -> bool {
        self.leaders.iter().any(|one| one.is_flip)
    }
}

fn leaders(old: &Seen<'_>, new: &Seen<'_>, decision: [DecisionId; 2]) -> Option<Leaders> {
    let (before, after) = (old.stands.kept.of(decision[0]), new.stands.kept.of(decision[1]));
    let name = |kb: &KnowledgeBase, decision: DecisionId, one: Option<CandidateId>| {
        one.map(|one| kb.candidate(decision, one).id.clone())
    };
    let [old_names, new_names] = [(old, before, decision[0]), (new, after, decision[1])]
        .map(|(seen, kept, decision)| [kept.leader(), kept.second()].map(|one| name(seen.kb, decision, one)));
    if old_names == new_names {
        return None;
    }
    let mut ids: Vec<&String> = old_names.iter().chain(&new_names).flatten().collect();
    ids.sort();
    ids.dedup();
    let mut because: Vec<Because> = ids.into_iter().flat_map(|id| lines(old, new, decision, id)).collect();
    sort(&mut because);
    Some(Leaders { decision, before, after, is_flip: old_names[0] != new_names[0], because })
}

fn stood(old: &Seen<'_>, new: &Seen<'_>, decision: [DecisionId; 2]) -> Vec<Stood> {
    let mut found = Vec::new();
    for (number, one) in old.kb.decisions[decision[0]].candidates.pairs() {
        let Some(other) = new.kb.decisions[decision[1]].candidate(&one.id) else { continue };
        let before = old.stands.decisions[decision[0]][number].readiness;
        let after = new.stands.decisions[decision[1]][other].readiness;
        if before != after {
            let mut because = needs(old, new, one, new.kb.candidate(decision[1], other));
            let mut points = lines(old, new, decision, &one.id);
            sort(&mut points);
            because.extend(points);
            found.push(Stood { decision, candidate: [number, other], before, after, because });
        }
    }
    found
}

/// The lines of a candidate that count otherwise.
fn lines(old: &Seen<'_>, new: &Seen<'_>, decision: [DecisionId; 2], id: &str) -> Vec<Because> {
    let find = |seen: &Seen<'_>, decision: DecisionId| seen.kb.decisions[decision].candidate(id);
    let one = find(old, decision[0]).map(|one| old.kb.candidate(decision[0], one));
    let other = find(new, decision[1]).map(|one| new.kb.candidate(decision[1], one));
    let worth = |seen: &Seen<'_>, line: Option<&crate::kb::Evidence>| {
        line.filter(|line| line.when.truth(&seen.answers, &seen.stands.kept).is_yes()).map_or(0, |line| line.points)
    };
    let (before, after) = (evidence(one), evidence(other));
    let pairs = pairs(&before, &after, |line| (&line.id, &line.statement));
    let because = pairs.into_iter().filter_map(|(one, other)| {
        let counts = (worth(old, one), worth(new, other));
        let line = other.or(one)?;
        let (candidate, id, text) = (id.to_owned(), line.id.clone(), line.statement.clone());
        (counts.0 != counts.1).then_some(Because { candidate, id, text, counts: Counts::Points(counts.0, counts.1) })
    });
    because.collect()
}

fn evidence(one: Option<&Candidate>) -> Vec<&crate::kb::Evidence> {
    one.into_iter().flat_map(|one| one.evidence.iter()).collect()
}

/// The needs of a candidate that come out otherwise.
fn needs(old: &Seen<'_>, new: &Seen<'_>, one: &Candidate, other: &Candidate) -> Vec<Because> {
    let worth = |need: Option<&crate::kb::Need>, answers: &Answers, kept: &Kept| need.map(|need| need.when.truth(answers, kept));
    let (before, after): (Vec<_>, Vec<_>) = (one.needs.iter().collect(), other.needs.iter().collect());
    let pairs = pairs(&before, &after, |need| (&need.id, &need.lacks));
    let because = pairs.into_iter().filter_map(|(before, after)| {
        let counts = (worth(before, &old.answers, &old.stands.kept), worth(after, &new.answers, &new.stands.kept));
        let need = after.or(before)?;
        // A need that is met is as good as none.
        let is_met = |truth: Option<Truth>| truth.is_none_or(Truth::is_yes);
        let is_same = counts.0 == counts.1 || (is_met(counts.0) && is_met(counts.1));
        let (candidate, id, text) = (one.id.clone(), need.id.clone(), need.lacks.clone());
        (!is_same).then_some(Because { candidate, id, text, counts: Counts::Need(counts.0, counts.1) })
    });
    because.collect()
}

/// What belongs together: the same id, else the same words; what one base has alone stands alone.
fn pairs<'t, T>(
    before: &[&'t T],
    after: &[&'t T],
    named: impl Fn(&'t T) -> (&'t String, &'t Text),
) -> Vec<(Option<&'t T>, Option<&'t T>)> {
    let mut left: Vec<&T> = after.to_vec();
    let mut alone: Vec<&T> = Vec::new();
    let mut found = Vec::new();
    for one in before {
        match left.iter().position(|other| named(one).0 == named(other).0) {
            Some(at) => found.push((Some(*one), Some(left.remove(at)))),
            None => alone.push(one),
        }
    }
    for one in alone {
        let twin = left.iter().position(|other| is_same_name(named(one).1, named(other).1));
        found.push((Some(one), twin.map(|at| left.remove(at))));
    }
    found.extend(left.into_iter().map(|one| (None, Some(one))));
    found
}

/// What moves most comes first.
fn sort(because: &mut [Because]) {
    because.sort_by_key(|one| match one.counts {
        Counts::Points(before, after) => std::cmp::Reverse((after - before).abs()),
        Counts::Need(..) => std::cmp::Reverse(i32::MAX),
    });
}
