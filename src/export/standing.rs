//! Decisions that keep all their candidates, as layers of a query.
//!
//! Where a candidate stands is a function of a few values with two to four
//! possibilities each. The kernel is asked for all of them, and what it says is
//! written as a tree of cases: nothing here knows what readiness means.

use super::conditions::{Known, Sight};
use super::expr::{Comparison, Expr, Joint};
use super::leaders::points;
use super::names::Names;
use super::query::{Column, Query};
use crate::condition::Condition;
use crate::engine::kernel::{Law, Readiness, Runs, Standing, least_points};
use crate::ids::{CandidateId, CandidateRef, DecisionId};
use crate::kb::{Candidate, Keep, KnowledgeBase, Need, NeedKind};
use crate::truth::Truth;

/// Truths by their number in a column: the worst is the least.
const TRUTHS: [Truth; 3] = [Truth::No, Truth::Unknown, Truth::Yes];
/// What the law asks, likewise: the worst is the greatest.
const LAWS: [Law; 4] = [Law::Met, Law::Check, Law::Lacking, Law::Barred];
/// Whether a candidate runs.
const RUNS: [Runs; 3] = [Runs::No, Runs::Yes, Runs::EarnsMost];

/// A value that readiness hangs on.
struct Input {
    /// What its column is called.
    what: &'static str,
    /// What it can be, by number.
    values: Vec<usize>,
    /// Its number.
    worth: Expr,
    /// Puts a value down.
    set: fn(&mut Standing, usize),
}

/// Adds the layers of a decision that keeps all. What needs are worth goes to `known`.
pub fn add<'a>(kb: &'a KnowledgeBase, decision: DecisionId, query: &mut Query, known: &mut Vec<Known<'a>>) {
    let one = &kb.decisions[decision];
    let names = Names::of_decision(kb, decision);
    let mut columns: Vec<Column> = one.candidates.ids().map(|at| (names.of("points", at), points(kb, decision, at))).collect();
    let before = known.len();
    for need in one.candidates.iter().flat_map(|one| &one.needs) {
        if known.iter().any(|(known, _)| **known == need.when) {
            continue;
        }
        let sight = Sight::all(kb);
        let (yes, no) = (sight.yes(&need.when), sight.no(&need.when));
        let column = names.inner_of("need", known.len() - before);
        columns.push((column.clone(), Expr::case([(yes, Expr::whole(2)), (no, Expr::whole(0))], Some(Expr::whole(1)))));
        known.push((&need.when, column));
    }
    query.layer("points", columns);

    let sight = Sight { known, ..Sight::all(kb) };
    if one.grows() {
        let stops = kb.stops(decision).map(|stop| sight.yes(stop));
        let stops = Expr::choose(factored(stops), Expr::bool(true), Expr::bool(false));
        query.layer("stops", vec![(names.inner("must_stop"), stops)]);
    }
    let (mut columns, mut standings) = (Vec::new(), Vec::new());
    for at in one.candidates.ids() {
        let inputs = inputs(&sight, decision, at);
        let open = inputs.iter().filter(|input| input.values.len() > 1);
        columns.extend(open.map(|input| (names.inner_of(input.what, at.index()), input.worth.clone())));
        let tree = tree(&inputs, &mut Vec::new(), &|what| Expr::column(names.inner_of(what, at.index())));
        standings.push((names.inner_of("stands", at.index()), tree));
    }
    query.layer("standing", columns);
    query.layer("readiness", standings);
}

/// Whether one of these holds, those with the same first part taken together.
fn factored(all: impl Iterator<Item = Expr>) -> Expr {
    let mut groups: Vec<(Expr, Vec<Expr>)> = Vec::new();
    for one in all {
        let (first, rest) = match one {
            Expr::Chain(Joint::And, mut parts) => {
                let first = parts.remove(0);
                (first, Expr::all(parts))
            }
            other => (other, Expr::bool(true)),
        };
        match groups.iter_mut().find(|(known, _)| *known == first) {
            Some((_, rests)) => rests.push(rest),
            None => groups.push((first, vec![rest])),
        }
    }
    Expr::any(groups.into_iter().map(|(first, rests)| Expr::all([first, Expr::any(rests)])))
}

/// What comes out of a decision that keeps all.
pub fn result(kb: &KnowledgeBase, decision: DecisionId) -> Vec<Column> {
    let one = &kb.decisions[decision];
    let names = Names::of_decision(kb, decision);
    let stands = |at: CandidateId| {
        let number = Expr::column(names.inner_of("stands", at.index()));
        let cases =
            Readiness::ALL.iter().enumerate().map(|(of, readiness)| (number.clone().equals(of), Expr::text(readiness.id())));
        (names.of("readiness", at), Expr::case(cases, None))
    };
    let points = one.candidates.ids().map(|at| (names.of("points", at), Expr::column(names.of("points", at))));
    one.candidates.ids().map(stands).chain(points).collect()
}

/// All that the readiness of a candidate hangs on.
fn inputs(sight: &Sight<'_>, decision: DecisionId, candidate: CandidateId) -> Vec<Input> {
    let kb = sight.kb;
    let one = kb.candidate(decision, candidate);
    let holds = |condition: &Option<Condition>| condition.as_ref().map_or(Expr::bool(false), |condition| sight.yes(condition));
    let most = holds(&one.earns_most);
    let runs = Expr::case([(most, Expr::whole(2)), (holds(&one.runs), Expr::whole(1))], Some(Expr::whole(0)));
    let points = Expr::column(Names::of_decision(kb, decision).of("points", candidate));
    let runs_at_all = one.runs.is_some() || one.earns_most.is_some();
    let speaks = points.clone().is(Comparison::AtLeast, Expr::whole(least_points(false)));
    let fits = if runs_at_all {
        let is_free = points.is(Comparison::AtLeast, Expr::whole(least_points(true)));
        Expr::any([speaks, Expr::all([is_free, Expr::any([holds(&one.earns_most), holds(&one.runs)])])])
    } else {
        speaks
    };
    let runs_or_not = if runs_at_all { vec![0, 1, 2] } else { vec![0] };
    let waits = waits(kb, decision, one);
    vec![
        Input { what: "runs", values: runs_or_not, worth: runs, set: |all, at| all.runs = RUNS[at] },
        law(one, sight),
        whether("fits", fits, |all, at| all.fits = at == 1),
        needs(one, "fixed", &[NeedKind::Fixed], sight, |all, at| all.fixed = TRUTHS[at]),
        whether("done", holds(&one.done), |all, at| all.done = at == 1),
        whether("waits", waits, |all, at| all.waits = at == 1),
        needs(one, "open", &[NeedKind::Open], sight, |all, at| all.open = TRUTHS[at]),
        needs(one, "proven", &[NeedKind::Time, NeedKind::Proven], sight, |all, at| all.proven = TRUTHS[at]),
    ]
}

/// Whether something is so: 1 or 0.
fn whether(what: &'static str, holds: Expr, set: fn(&mut Standing, usize)) -> Input {
    let values = if holds == Expr::bool(false) { vec![0] } else { vec![0, 1] };
    Input { what, values, worth: Expr::choose(holds, Expr::whole(1), Expr::whole(0)), set }
}

/// The truth of a need, by number.
fn truth(need: &Need, sight: &Sight<'_>) -> Expr {
    let column = sight.known.iter().find(|(known, _)| **known == need.when).map(|(_, column)| Expr::column(column));
    column.unwrap_or(Expr::whole(1))
}

/// What the law asks: the worst that the kernel makes of its needs. Needs of which
/// it makes the same are taken together, by the worst of their truths.
fn law(one: &Candidate, sight: &Sight<'_>) -> Input {
    let place = |law: Law| LAWS.iter().position(|one| *one == law).unwrap_or(0);
    let mut groups: Vec<([usize; 3], Vec<Expr>)> = Vec::new();
    for asked in one.needs.iter().filter(|need| need.kind() == NeedKind::Law) {
        let places = TRUTHS.map(|truth| place(Law::of(truth, asked.obtainable)));
        match groups.iter_mut().find(|(known, _)| *known == places && places.is_sorted_by(|a, b| a >= b)) {
            Some((_, all)) => all.push(truth(asked, sight)),
            None => groups.push((places, vec![truth(asked, sight)])),
        }
    }
    let mut values: Vec<usize> = groups.iter().flat_map(|(places, _)| *places).chain([place(Law::default())]).collect();
    values.sort_unstable();
    values.dedup();
    let worst = groups.into_iter().map(|(places, all)| {
        let truth = Expr::least(all);
        let cases = [0, 2].map(|at: usize| (truth.clone().equals(at), Expr::number(places[at])));
        Expr::case(cases, Some(Expr::number(places[1])))
    });
    let worst: Vec<Expr> = worst.collect();
    let worth = if worst.is_empty() { Expr::number(place(Law::default())) } else { Expr::greatest(worst) };
    Input { what: "law", values, worth, set: |all, at| all.law = LAWS[at] }
}

/// Needs of some kinds: all of them together are worth what the worst is.
fn needs(one: &Candidate, what: &'static str, kinds: &[NeedKind], sight: &Sight<'_>, set: fn(&mut Standing, usize)) -> Input {
    let all: Vec<Expr> = one.needs.iter().filter(|one| kinds.contains(&one.kind())).map(|one| truth(one, sight)).collect();
    if all.is_empty() {
        return Input { what, values: vec![2], worth: Expr::whole(2), set };
    }
    Input { what, values: vec![0, 1, 2], worth: Expr::least(all), set }
}

/// Whether a candidate waits for others; see [`crate::engine::ready::waits`].
fn waits(kb: &KnowledgeBase, decision: DecisionId, one: &Candidate) -> Expr {
    let is_alive = |(earlier, candidate): &CandidateRef| {
        let alive = Readiness::ALL.iter().enumerate().filter(|(_, one)| one.is_alive());
        let alive = alive.filter_map(|(at, _)| i64::try_from(at).ok());
        // Only what was sorted before can be alive.
        if *earlier >= decision || kb.decisions[*earlier].keep == Keep::Leaders {
            return Expr::bool(false);
        }
        Expr::column(Names::of_decision(kb, *earlier).inner_of("stands", candidate.index())).one_of(alive)
    };
    let serves_nobody = if one.serves.is_empty() { Expr::bool(false) } else { Expr::any(one.serves.iter().map(is_alive)).not() };
    let stops = if one.grows { Expr::column(Names::of_decision(kb, decision).inner("must_stop")) } else { Expr::bool(false) };
    Expr::any([serves_nobody, stops])
}

/// What the kernel says, as cases over the inputs that are still open. Where it
/// says the same whatever an input is, that input is not looked at.
fn tree(inputs: &[Input], chosen: &mut Vec<usize>, column: &dyn Fn(&'static str) -> Expr) -> Expr {
    let Some(input) = inputs.get(chosen.len()) else {
        let mut standing = Standing::default();
        inputs.iter().zip(chosen.iter()).for_each(|(input, at)| (input.set)(&mut standing, *at));
        let place = Readiness::ALL.iter().position(|one| *one == standing.readiness());
        return Expr::number(place.unwrap_or(Readiness::ALL.len()));
    };
    let mut groups: Vec<(Expr, Vec<i64>)> = Vec::new();
    for at in &input.values {
        chosen.push(*at);
        let below = tree(inputs, chosen, column);
        chosen.pop();
        let number = i64::try_from(*at).unwrap_or(i64::MAX);
        match groups.iter_mut().find(|(known, _)| *known == below) {
            Some((_, values)) => values.push(number),
            None => groups.push((below, vec![number])),
        }
    }
    let last = groups.pop().map(|(below, _)| below);
    Expr::case(groups.into_iter().map(|(below, values)| (column(input.what).one_of(values), below)), last)
}
