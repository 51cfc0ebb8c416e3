//! How candidates can stand: conditions that can come out either way, streams
//! that can be open and can fail to be, and what must never come out.

use super::outcome;
use super::search::{Query, Searches, counts};
use super::solve::{Demand, Outcome};
use super::space::Test;
use super::terms::{self, Ending, at_least, at_most};
use crate::answer::Answers;
use crate::condition::Condition;
use crate::engine::chain::chain;
use crate::engine::kernel::Readiness;
use crate::kb::rules::{Invariant, Standing};
use crate::truth::Truth;

/// A profile under which a condition of a decision comes out as wanted.
#[must_use]
pub fn condition<'a>(searches: &Searches<'a>, decision: usize, when: &'a Condition, wanted: Truth) -> Outcome<Answers> {
    let kb = searches.kb();
    let test = if wanted == Truth::Yes { Test::Yes } else { Test::No };
    let comes_out = |answers: &Answers| when.truth(answers, &chain(kb, answers, decision)) == wanted;
    let any_of = vec![vec![at_least(&vec![(0, 1)], 1)]];
    let terms = vec![counts(when, test, 0)];
    searches.find(&Query { terms, quantities: 1, any_of, full: false, must: None, is_it: &comes_out })
}

/// A profile under which a candidate is open.
#[must_use]
pub fn open(searches: &Searches<'_>, at: (usize, usize)) -> Outcome<Answers> {
    let kb = searches.kb();
    let is_open = |answers: &Answers| outcome::sorted(kb, answers, at, None) == Readiness::Open;
    sorted(searches, at, vec![standing(Standing::Open)], false, &is_open)
}

/// A full profile under which a candidate is not open.
#[must_use]
pub fn not_open(searches: &Searches<'_>, at: (usize, usize)) -> Outcome<Answers> {
    let kb = searches.kb();
    let is_shut = |answers: &Answers| outcome::sorted(kb, answers, at, None) != Readiness::Open;
    let falls = vec![vec![at_least(&vec![(1, 1)], 1)], vec![at_most(&vec![(0, 1)], 0)]];
    sorted(searches, at, falls, true, &is_shut)
}

fn sorted(
    searches: &Searches<'_>,
    at: (usize, usize),
    any_of: Vec<Vec<Demand>>,
    full: bool,
    is_it: &dyn Fn(&Answers) -> bool,
) -> Outcome<Answers> {
    let one = searches.kb().candidate(at.0, at.1);
    let terms = terms::points_of(one, None, 0).chain(terms::needs(one, None, 1)).collect();
    searches.find(&Query { terms, quantities: 4, any_of, full, must: None, is_it })
}

/// What a standing demands of points (quantity 0) and needs (1 to 3).
fn standing(standing: Standing) -> Vec<Demand> {
    let some = |quantity: usize| at_least(&vec![(quantity, 1)], 1);
    let none = |quantity: usize| at_most(&vec![(quantity, 1)], 0);
    match standing {
        Standing::Open => vec![some(0), none(1)],
        Standing::Confirm => vec![some(0), some(1), none(2)],
        _ => vec![some(0), some(2), none(3)],
    }
}

/// A profile that breaks an invariant.
#[must_use]
pub fn breach<'a>(searches: &Searches<'a>, rule: &'a Invariant) -> Outcome<Answers> {
    let kb = searches.kb();
    let breaks = |answers: &Answers| {
        let kept = chain(kb, answers, rule.decision);
        let applies = rule.when.as_ref().is_none_or(|when| when.truth(answers, &kept).is_yes());
        let excused = rule.unless.as_ref().is_some_and(|unless| unless.truth(answers, &kept).is_yes());
        let at = (rule.decision, rule.candidate);
        let stands = match rule.standing {
            Standing::Leader => outcome::chosen(kb, answers, rule.decision, None).leader() == Some(rule.candidate),
            Standing::Chosen => outcome::chosen(kb, answers, rule.decision, None).contains(rule.candidate),
            Standing::Open => outcome::sorted(kb, answers, at, None) == Readiness::Open,
            Standing::Confirm => outcome::sorted(kb, answers, at, None) == Readiness::Confirm,
            Standing::Later => outcome::sorted(kb, answers, at, None) == Readiness::Later,
        };
        stands && applies && !excused
    };
    let (mut terms, quantities, sets): (Vec<_>, usize, Vec<Vec<Demand>>) = match rule.standing {
        Standing::Leader | Standing::Chosen => {
            let count = kb.decisions[rule.decision].candidates.len();
            let stands = |ending: &Ending| {
                let kept = ending.kept();
                kept.leader() == Some(rule.candidate) || (rule.standing == Standing::Chosen && kept.contains(rule.candidate))
            };
            let endings = Ending::all(count).into_iter().filter(stands);
            let sets = endings.flat_map(|ending| terms::ending(kb, &ending, count, 0)).collect();
            (terms::points(kb, rule.decision, None, 0).collect(), count, sets)
        }
        _ => {
            let one = kb.candidate(rule.decision, rule.candidate);
            let terms = terms::points_of(one, None, 0).chain(terms::needs(one, None, 1)).collect();
            (terms, 4, vec![standing(rule.standing)])
        }
    };
    let conditions = [(&rule.when, Test::Yes), (&rule.unless, Test::NotYes)];
    let mut demands = Vec::new();
    for (condition, test) in conditions {
        if let Some(condition) = condition {
            demands.push(at_least(&vec![(quantities + demands.len(), 1)], 1));
            terms.push(counts(condition, test, quantities + demands.len() - 1));
        }
    }
    let any_of = sets.into_iter().map(|set| set.into_iter().chain(demands.iter().cloned()).collect()).collect();
    let quantities = quantities + demands.len();
    match searches.find(&Query { terms, quantities, any_of, full: false, must: None, is_it: &breaks }) {
        Outcome::Shown(found) => Outcome::Shown(shrunk(found, &breaks)),
        other => other,
    }
}

/// The profile without the answers that it does not need to be what it is.
fn shrunk(mut profile: Answers, is_it: &dyn Fn(&Answers) -> bool) -> Answers {
    for fact in 0..profile.len() {
        let answer = profile.get(fact);
        profile.set(fact, None);
        if !is_it(&profile) {
            profile.set(fact, answer);
        }
    }
    profile
}
