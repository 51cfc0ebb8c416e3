//! Which lines and answers can turn a verdict.
//!
//! Two worlds are compared: the profile as it stands, and the same without one
//! line, or with one answer taken back. What is looked for is a profile under
//! which the two end differently.

use super::outcome::{self, Line};
use super::search::{Query, Searches, counts};
use super::solve::{Demand, Outcome};
use super::space::{Edit, Test};
use super::terms::{self, Ending, Of, QUANTITIES, Sum, at_least, at_most};
use crate::answer::Answers;
use crate::ids::{CandidateId, CandidateRef, IndexVec};
use crate::kb::{Keep, KnowledgeBase};

/// A profile under which leaving the line out changes the verdict on its decision.
#[must_use]
pub fn line(searches: &Searches<'_>, line: Line) -> Outcome<Answers> {
    let kb = searches.kb();
    let (decision, candidate, number) = line;
    match kb.decisions[decision].keep {
        Keep::Leaders => line_of_leader(searches, line),
        Keep::All => {
            let one = kb.candidate(decision, candidate);
            let points = one.evidence[number].points;
            let mut terms = terms::of_candidate(one, None, 0);
            terms.push(counts(&one.evidence[number].when, Test::Yes, QUANTITIES));
            let sum = Of::Points.sum(0);
            // The sign of the sum turns, and no need rules the candidate out anyway. What runs fits with no points, too.
            let (low, high) = if points > 0 { (1, points) } else { (points + 1, 0) };
            let holds = at_least(&vec![(QUANTITIES, 1)], 1);
            let turns_by =
                |less: i32| vec![holds.clone(), at_least(&sum, low - less), at_most(&sum, high - less), Of::Final.none(0)];
            let demands = turns_by(0);
            // Where it is not in place, since that comes before points.
            let plainly = demands.iter().cloned().chain([Of::Done.none(0)]).collect();
            let mut any_of = if one.done.is_some() { vec![plainly, demands] } else { vec![demands] };
            any_of.extend(one.runs.is_some().then(|| turns_by(1).into_iter().chain([Of::Runs.some(0)]).collect()));
            let turns = |answers: &Answers| {
                let at = (decision, candidate);
                outcome::sorted(kb, answers, at, None) != outcome::sorted(kb, answers, at, Some(line))
            };
            searches.find(&Query { terms, quantities: QUANTITIES + 1, any_of, full: false, must: None, is_it: &turns })
        }
    }
}

fn line_of_leader(searches: &Searches<'_>, line: Line) -> Outcome<Answers> {
    let kb = searches.kb();
    let (decision, candidate, number) = line;
    let evidence = &kb.candidate(decision, candidate).evidence[number];
    let count = kb.decisions[decision].candidates.len();
    let mut terms: Vec<_> = terms::points(kb, decision, None, 0).collect();
    terms.push(counts(&evidence.when, Test::Yes, count));
    let before = |one: CandidateId| vec![(one.index(), 1)];
    let after = |one: CandidateId| {
        let mut sum = vec![(one.index(), 1)];
        sum.extend((one == candidate).then_some((count, -evidence.points)));
        sum
    };
    let holds = at_least(&vec![(count, 1)], 1);
    let mut endings = Ending::all(count);
    endings.sort_by_key(|ending| {
        let concerned = ending.kept().contains(candidate);
        if evidence.points > 0 { !concerned } else { concerned }
    });
    let turns =
        |answers: &Answers| outcome::chosen(kb, answers, decision, None) != outcome::chosen(kb, answers, decision, Some(line));
    // Most lines turn the first few endings; the rest is spelt out only for those that do not.
    let (first, rest) = endings.split_at(endings.len().min(2));
    let mut undecided = false;
    for endings in [first, rest] {
        let any_of = differing(kb, endings, count, &before, &after, &|one| one == candidate).into_iter();
        let any_of = any_of.map(|demands| demands.into_iter().chain([holds.clone()]).collect()).collect();
        let (terms, quantities) = (terms.clone(), count + 1);
        match searches.find(&Query { terms, quantities, any_of, full: false, must: None, is_it: &turns }) {
            Outcome::Shown(found) => return Outcome::Shown(found),
            Outcome::Undecided => undecided = true,
            Outcome::Impossible => {}
        }
    }
    if undecided { Outcome::Undecided } else { Outcome::Impossible }
}

fn differing(
    kb: &KnowledgeBase,
    endings: &[Ending],
    count: usize,
    before: &dyn Fn(CandidateId) -> Sum,
    after: &dyn Fn(CandidateId) -> Sum,
    moved: &dyn Fn(CandidateId) -> bool,
) -> Vec<Vec<Demand>> {
    let mut found = Vec::new();
    for ending in endings {
        let stands = terms::ends(kb, *ending, count, before);
        for otherwise in terms::ends_otherwise(kb, *ending, count, after, moved) {
            found.extend(stands.iter().map(|demands| demands.iter().chain(&otherwise).cloned().collect::<Vec<_>>()));
        }
    }
    found
}

/// Whether an edit turns the verdict of a decision, or of one candidate of one that keeps all.
#[must_use]
pub fn turns(kb: &KnowledgeBase, answers: &Answers, edit: Edit, at: CandidateRef) -> bool {
    let now = answers.get(edit.fact);
    let left = edit.of(now);
    if now.is_none() || left == now {
        return false;
    }
    let mut edited = answers.clone();
    edited.set(edit.fact, left);
    match kb.decisions[at.0].keep {
        Keep::Leaders => outcome::chosen(kb, answers, at.0, None) != outcome::chosen(kb, &edited, at.0, None),
        Keep::All => outcome::sorted(kb, answers, at, None) != outcome::sorted(kb, &edited, at, None),
    }
}

/// A profile with the edited answer under which taking it back changes the
/// verdict on a decision (or on one candidate of it). A change that an earlier
/// decision hands on shows at that decision already.
#[must_use]
pub fn edit(searches: &Searches<'_>, edit: Edit, must: Vec<Option<crate::answer::Answer>>, at: CandidateRef) -> Outcome<Answers> {
    let kb = searches.kb();
    let is_it = |answers: &Answers| {
        let earlier = at.0.before().filter(|decision| kb.decisions[*decision].keep == Keep::Leaders);
        turns(kb, answers, edit, at)
            || earlier.into_iter().any(|decision| turns(kb, answers, edit, (decision, CandidateId::default())))
    };
    let must = Some((edit.fact, must));
    match kb.decisions[at.0].keep {
        Keep::Leaders => {
            let count = kb.decisions[at.0].candidates.len();
            let terms = terms::points(kb, at.0, None, 0).chain(terms::points(kb, at.0, Some(edit), count)).collect();
            let reads = |one: CandidateId| {
                let reads = crate::condition::Variable::Fact(edit.fact);
                kb.candidate(at.0, one).evidence.iter().any(|line| line.when.variables().contains(&reads))
            };
            let moved: IndexVec<CandidateId, bool> = kb.decisions[at.0].candidates.ids().map(reads).collect();
            let before = |one: CandidateId| vec![(one.index(), 1)];
            let after = |one: CandidateId| vec![(count + one.index(), 1)];
            let any_of = differing(kb, &Ending::all(count), count, &before, &after, &|one| moved[one]);
            searches.find(&Query { terms, quantities: 2 * count, any_of, full: false, must, is_it: &is_it })
        }
        Keep::All => {
            let one = kb.candidate(at.0, at.1);
            let mut terms = terms::of_candidate(one, None, 0);
            terms.extend(terms::of_candidate(one, Some(edit), QUANTITIES));
            let mut any_of = Vec::new();
            for (here, there) in [(0, QUANTITIES), (QUANTITIES, 0)] {
                for bar in [Of::Unsure, Of::Unmet, Of::Final] {
                    // Here it is sorted no worse than the bar, there worse.
                    let stands = [Of::Points.some(here), bar.none(here), Of::Runs.none(0), Of::Done.none(here)];
                    for falls in [Of::Points.none(there), bar.some(there)] {
                        any_of.push(stands.iter().cloned().chain([falls]).collect());
                    }
                }
                // Here it runs and is kept, there it has to be stopped, mended or dropped.
                let kept = [Of::Points.not_below(here), Of::Law.none(here), Of::Fixed.none(here), Of::Open.none(here)];
                let falls = [Of::Points.below(there), Of::Law.some(there), Of::Fixed.some(there), Of::Open.some(there)];
                let falls = falls.into_iter().filter(|_| one.runs.is_some());
                any_of.extend(falls.map(|falls| kept.iter().cloned().chain([Of::Runs.some(0), falls]).collect()));
            }
            searches.find(&Query { terms, quantities: 2 * QUANTITIES, any_of, full: false, must, is_it: &is_it })
        }
    }
}
