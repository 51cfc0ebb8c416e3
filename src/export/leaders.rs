//! Decisions that keep a leader and perhaps a second, as layers of a query.
//!
//! Candidates are ordered by one number each: points times the number of
//! candidates, plus a rest that breaks ties by the order of the base. So no two
//! are the same, and first and second are found without windows or sorting.

use super::conditions::{LEADER, SECOND, Sight};
use super::expr::{Comparison, Expr, Literal, Operator, Type};
use super::names::Names;
use super::query::{Column, Query};
use crate::condition::{Condition, Variable};
use crate::engine::kernel::Rule;
use crate::fact::Nature;
use crate::ids::{CandidateId, DecisionId, FactId};
use crate::kb::{Evidence, KnowledgeBase};

/// Less than any number that candidates are ordered by.
const LOWEST: i64 = -1_000_000_000_000;
/// Below that an exponential is 0 in ten digits, and some databases raise an error.
const LEAST_EXPONENT: f64 = -700.0;

/// Adds the layers of a leader decision.
pub fn add(kb: &KnowledgeBase, decision: DecisionId, query: &mut Query) {
    let one = &kb.decisions[decision];
    let (names, rule) = (Names::of_decision(kb, decision), Rule::of(kb));
    let all = || one.candidates.ids();
    let of = |what: &str, candidate: CandidateId| Expr::column(names.of(what, candidate));
    let inner = |what: &str, candidate: CandidateId| Expr::column(names.inner_of(what, candidate.index()));
    let whole = |what: &str| Expr::column(names.inner(what));

    let mut points: Vec<Column> = all().map(|at| (names.of("points", at), self::points(kb, decision, at))).collect();
    let sides = all().flat_map(|at| {
        let (said, more) = sides(kb, decision, at);
        [(names.inner_of("said", at.index()), said), (names.inner_of("more", at.index()), more)]
    });
    points.extend(sides);
    query.layer("points", points);

    let seen = |at: CandidateId| of("points", at).pair(Operator::Minus, inner("more", at));
    query.layer(
        "first",
        vec![
            (names.inner("first"), Expr::greatest(all().map(|at| of("points", at)).collect())),
            (names.inner("key"), Expr::greatest(all().map(|at| key(of("points", at), at, one.candidates.len())).collect())),
            (names.inner("best_said"), Expr::greatest(all().map(|at| inner("said", at)).collect())),
            (names.inner("first_seen"), Expr::greatest(all().map(seen).collect())),
        ],
    );

    let own = |at: CandidateId| key(of("points", at), at, one.candidates.len());
    let behind =
        |at: CandidateId, worth: Expr| Expr::choose(own(at).is(Comparison::Less, whole("key")), worth, Expr::whole(LOWEST));
    // One of them always holds, so the last needs no test.
    let first_of = |holds: &dyn Fn(CandidateId) -> Expr| {
        let last = one.candidates.len().saturating_sub(1);
        Expr::case(all().take(last).map(|at| (holds(at), Expr::number(at.index()))), Some(Expr::number(last)))
    };
    let near = all().map(|at| {
        let most = inner("said", at).is(Comparison::Equal, whole("best_said"));
        let close = whole("first_seen").pair(Operator::Minus, seen(at)).is(Comparison::AtMost, Expr::whole(rule.gap_margin));
        Expr::all([most, close])
    });
    let gap = Expr::all([
        whole("best_said").is(Comparison::Greater, Expr::whole(0)),
        whole("first_seen").is(Comparison::AtLeast, Expr::whole(rule.floor)),
        Expr::any(near).not(),
    ]);
    let mut second = vec![
        (names.inner("top"), first_of(&|at| own(at).is(Comparison::Equal, whole("key")))),
        (names.inner("gap"), gap),
        (names.inner("said"), first_of(&|at| inner("said", at).is(Comparison::Equal, whole("best_said")))),
        (names.inner("seen"), first_of(&|at| seen(at).is(Comparison::Equal, whole("first_seen")))),
    ];
    if one.candidates.len() > 1 {
        second.push((names.inner("next"), Expr::greatest(all().map(|at| behind(at, of("points", at))).collect())));
        second.push((names.inner("next_key"), Expr::greatest(all().map(|at| behind(at, own(at))).collect())));
    }
    second.extend(all().map(|at| (names.inner_of("odds", at.index()), odds(kb, of("points", at), whole("first")))));
    query.layer("second", second);

    let leads = whole("first").is(Comparison::AtLeast, Expr::whole(rule.floor));
    let nobody = || Expr::whole(-1);
    let mut kept = vec![(names.inner(LEADER), Expr::choose(leads.clone(), whole("top"), nobody()))];
    kept.push((
        names.inner(SECOND),
        if one.candidates.len() > 1 {
            let follows = Expr::all([
                leads,
                whole("next").is(Comparison::AtLeast, Expr::whole(rule.second_floor)),
                whole("first").pair(Operator::Minus, whole("next")).is(Comparison::AtMost, Expr::whole(rule.margin)),
            ]);
            let number = first_of(&|at| own(at).is(Comparison::Equal, whole("next_key")));
            Expr::choose(follows, number, nobody())
        } else {
            nobody()
        },
    ));
    let sum = || Expr::sum(all().map(|at| inner("odds", at)));
    kept.extend(all().map(|at| (names.of("share", at), inner("odds", at).pair(Operator::Over, sum()))));
    query.layer("kept", kept);
}

/// What comes out of a leader decision.
pub fn result(kb: &KnowledgeBase, decision: DecisionId) -> Vec<Column> {
    let one = &kb.decisions[decision];
    let names = Names::of_decision(kb, decision);
    let whole = |what: &str| Expr::column(names.inner(what));
    let id = |at: CandidateId| Expr::text(&one.candidates[at].id);
    let by_number = |number: Expr| Expr::case(one.candidates.ids().map(|at| (number.clone().equals(at.index()), id(at))), None);
    let where_apart = |number: Expr| Expr::case([(whole("gap"), by_number(number))], None);
    let margin = if one.candidates.len() > 1 {
        let leads = whole(LEADER).is(Comparison::AtLeast, Expr::whole(0));
        Expr::case([(leads, whole("first").pair(Operator::Minus, whole("next")))], None)
    } else {
        Expr::case([], None).cast(Type::Whole)
    };
    let mut found = vec![
        (names.leader(), by_number(whole(LEADER))),
        (names.whole("second"), by_number(whole(SECOND))),
        (names.whole("margin"), margin),
        (names.whole("stated"), where_apart(whole("said"))),
        (names.whole("observed"), where_apart(whole("seen"))),
    ];
    for what in ["points", "share"] {
        found.extend(one.candidates.ids().map(|at| (names.of(what, at), Expr::column(names.of(what, at)))));
    }
    found
}

/// The points of a candidate.
pub fn points(kb: &KnowledgeBase, decision: DecisionId, candidate: CandidateId) -> Expr {
    let lines = lines(kb, decision, candidate).map(|line| (&line.when, line.points));
    Sight::all(kb).points(lines).cast(Type::Whole)
}

fn lines(kb: &KnowledgeBase, decision: DecisionId, candidate: CandidateId) -> std::slice::Iter<'_, Evidence> {
    kb.candidate(decision, candidate).evidence.iter()
}

/// The points of a candidate by what is said alone, and how much less it has by
/// what is seen alone than by both.
fn sides(kb: &KnowledgeBase, decision: DecisionId, candidate: CandidateId) -> (Expr, Expr) {
    let is_said = |fact: FactId| kb.facts[fact].nature == Nature::Stated;
    let is_seen = |fact: FactId| kb.facts[fact].nature == Nature::Observed;
    let said = Sight { facts: &is_said, choices: false, ..Sight::all(kb) };
    let seen = Sight { facts: &is_seen, ..Sight::all(kb) };
    let reads_said = |when: &Condition| when.variables().iter().any(|one| matches!(one, Variable::Fact(fact) if is_said(*fact)));
    let all = || lines(kb, decision, candidate).map(|line| (&line.when, line.points));
    let touched = || all().filter(|(when, _)| reads_said(when));
    let more = Sight::all(kb).points(touched());
    let still = seen.points(touched());
    let more = if still == Expr::whole(0) { more } else { more.pair(Operator::Minus, still) };
    (said.points(all()).cast(Type::Whole), more.cast(Type::Whole))
}

/// The number that a candidate is ordered by.
fn key(points: Expr, candidate: CandidateId, candidates: usize) -> Expr {
    Expr::sum([points.pair(Operator::Times, Expr::number(candidates)), Expr::number(candidates - 1 - candidate.index())])
}

/// The odds of a candidate against the first; see [`crate::engine::share`].
fn odds(kb: &KnowledgeBase, points: Expr, first: Expr) -> Expr {
    let double = |number: f64| Expr::Literal(Literal::Double(number));
    #[expect(clippy::cast_precision_loss, reason = "a temperature is at most 100,000 thousandths")]
    let temperature = kb.temperature as f64 / 1_000.0;
    let per_point = double(core::f64::consts::LN_10 / 10.0 / temperature);
    let behind = points.pair(Operator::Minus, first).cast(Type::Double).pair(Operator::Times, per_point);
    Expr::Call(super::expr::Function::Exp, vec![Expr::greatest(vec![behind, double(LEAST_EXPONENT)])])
}
