//! The exported statement gives what the engine gives, whatever the base.
//!
//! The statement is worked out by the small evaluator of `export`, so no
//! database is needed here; `tests/sql/` runs it on five of them.

use super::bases::random;
use super::{answers, toy};
use proptest::prelude::*;
use qun::engine::judge::Judge;
use qun::export::agree::difference;
use qun::export::dialect::Dialect;
use qun::export::{Export, Refusal, query, statement};
use qun::ids::FactId;
use qun::kb::KnowledgeBase;

fn agrees(kb: &KnowledgeBase, cases: u32) {
    let (judge, query) = (Judge::new(kb), query(kb, &[]));
    let outcome = super::runner(cases).run(&answers(kb), |answers| {
        difference(&judge, &query, &[], &answers).map_err(|found| TestCaseError::fail(format!("{found}: {answers:?}")))
    });
    outcome.expect("they agree");
}

#[test]
fn statements_give_what_the_engine_gives_on_the_toy_base() {
    agrees(&toy(), 2_000);
}

#[test]
fn statements_give_what_the_engine_gives_on_the_shipped_base() {
    agrees(&KnowledgeBase::embedded(), 60);
}

#[test]
fn statements_give_what_the_engine_gives_on_bases_of_every_shape() {
    let mut runner = super::runner(40);
    let outcome = runner.run(&any::<u64>(), |seed| {
        let kb = random(seed);
        let (judge, query) = (Judge::new(&kb), query(&kb, &[]));
        let mut inner = super::runner(20);
        let found = inner.run(&answers(&kb), |answers| {
            difference(&judge, &query, &[], &answers).map_err(|found| TestCaseError::fail(format!("{found}: {answers:?}")))
        });
        found.map_err(|found| TestCaseError::fail(found.to_string()))
    });
    outcome.expect("they agree");
}

/// Every way in which the manifest can set the rule of choosing.
#[test]
fn statements_follow_floors_and_margins() {
    for (floor, second_floor, margin) in [(0, 0, 0), (5, -3, 3), (8, 8, 40), (-20, 6, 1)] {
        let mut kb = toy();
        (kb.floor, kb.second_floor, kb.hybrid_margin) = (floor, second_floor, margin);
        agrees(&kb, 300);
    }
}

#[test]
fn a_decision_alone_comes_with_what_it_hangs_on_and_shows_only_itself() {
    let kb = toy();
    for decision in kb.decisions.ids() {
        let (judge, query) = (Judge::new(&kb), query(&kb, &[decision]));
        let outcome = super::runner(200).run(&answers(&kb), |answers| {
            difference(&judge, &query, &[decision], &answers).map_err(|found| TestCaseError::fail(found.to_string()))
        });
        outcome.expect("they agree");
        let start = format!("{}_", kb.decisions[decision].id);
        let foreign =
            |name: &String| !name.starts_with(&start) && !name.starts_with("clash_") && *name != kb.decisions[decision].id;
        let others: Vec<_> = query.result.iter().map(|(name, _)| name).filter(|name| foreign(name)).collect();
        assert_eq!(others, ["id"]);
    }
}

#[test]
fn what_a_database_cannot_hold_is_refused() {
    let mut kb = toy();
    kb.facts[FactId::new(0)].id = "a".repeat(70);
    let long = |dialect| statement(&kb, &export(dialect));
    assert!(matches!(long(Dialect::Postgres), Err(Refusal::LongName(_))));
    assert!(long(Dialect::DuckDb).is_ok());
    let mut kb = toy();
    kb.facts[FactId::new(1)].id = kb.facts[FactId::new(0)].id.clone();
    assert_eq!(statement(&kb, &export(Dialect::Spark)), Err(Refusal::SameName(kb.facts[FactId::new(0)].id.clone())));
    let mut kb = toy();
    kb.facts[FactId::new(0)].id = "toys-known".to_owned();
    assert_eq!(statement(&kb, &export(Dialect::Spark)), Err(Refusal::SameName("toys_known".to_owned())));
}

#[test]
fn a_statement_that_differs_from_the_engine_is_not_handed_out() {
    let kb = toy();
    let (judge, mut query) = (Judge::new(&kb), query(&kb, &[]));
    let (_, columns) = query.layers.iter_mut().find(|(name, _)| name.ends_with("kept")).expect("leaders are kept");
    let leader = columns.iter_mut().find(|(name, _)| name.ends_with("__leader")).expect("the leader is kept");
    leader.1 = qun::export::expr::Expr::whole(0);
    let outcome = super::runner(200).run(&answers(&kb), |answers| {
        difference(&judge, &query, &[], &answers).map_err(|found| TestCaseError::fail(found.to_string()))
    });
    assert!(outcome.is_err());
}

/// All decisions over the table `profiles`.
pub(super) fn export(dialect: Dialect) -> Export {
    Export { dialect, decisions: Vec::new(), table: "profiles".to_owned() }
}

/// A layer at a time fits into a method of Java, and a list is not made a table of for every spelling.
#[test]
fn spark_is_spared_what_it_chokes_on() {
    let text = |dialect| statement(&toy(), &export(dialect)).expect("the toy base is exported");
    let (spark, duckdb) = (text(Dialect::Spark), text(Dialect::DuckDb));
    let settings: Vec<&str> = spark.lines().filter(|line| line.starts_with("SET ")).collect();
    assert_eq!(settings, ["SET spark.sql.codegen.wholeStage = false;"]);
    assert!(spark.contains("array_contains(") && !spark.contains("arrays_overlap("));
    assert!(duckdb.contains("list_has_any(") && !duckdb.contains("SET "));
}
