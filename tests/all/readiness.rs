//! Where candidates stand: the table of `tests/engine/readiness.toml`, and what holds over random profiles.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use super::tables::base;
use crate::thorough::thorough;
use proptest::prelude::*;
use qun::answer::{Answer, Answers};
use qun::engine::kernel::{Law, Readiness, Runs, Standing};
use qun::ids::{FactId, IndexVec};
use qun::judge;
use qun::kb::blocks::{domain, thresholds};
use qun::kb::{Keep, KnowledgeBase};
use qun::proof::Proofs;
use qun::proof::outcome::sorted;
use qun::proof::solve::Outcome;
use qun::truth::Truth;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    #[serde(default)]
    says: String,
    given: String,
    stands: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Table {
    row: Vec<Row>,
}

#[test]
fn every_row_of_the_table_of_readiness_stands() {
    let kb = base();
    let table: Table = toml::from_str(include_str!("../engine/readiness.toml")).unwrap();
    let mut met: Vec<&str> = Vec::new();
    for row in &table.row {
        let answers = super::engine::given(&kb, &row.given.replace("; ", "\n"));
        let judged = judge(&kb, &answers);
        for (id, stands) in &row.stands {
            let found = judged
                .decisions
                .iter()
                .find_map(|outcome| outcome.readiness(kb.decisions[outcome.decision()].candidate(id)?).map(Readiness::id));
            assert_eq!(found, Some(stands.as_str()), "{id}: {} ({})", row.given, row.says);
            met.push(found.unwrap());
        }
    }
    for readiness in Readiness::ALL {
        assert!(met.contains(&readiness.id()), "no row stands on {}", readiness.id());
    }
}

#[test]
fn what_runs_is_never_told_to_begin_or_to_wait() {
    const TRUTHS: [Truth; 3] = [Truth::Yes, Truth::Unknown, Truth::No];
    let (bools, runs) = ([false, true], [Runs::No, Runs::Yes, Runs::EarnsMost]);
    let laws = [Law::Met, Law::Check, Law::Lacking, Law::Barred];
    let mut seen = 0;
    for (fits, done, waits) in bools.iter().flat_map(|a| bools.iter().flat_map(|b| bools.iter().map(|c| (*a, *b, *c)))) {
        for (runs, law) in runs.iter().flat_map(|runs| laws.iter().map(|law| (*runs, *law))) {
            for (fixed, open, proven) in
                TRUTHS.iter().flat_map(|a| TRUTHS.iter().flat_map(|b| TRUTHS.iter().map(|c| (*a, *b, *c))))
            {
                let found = Standing { fits, runs, done, law, fixed, open, proven, waits }.readiness();
                seen += 1;
                assert_eq!(found.is_running(), runs != Runs::No);
                assert_eq!(found == Readiness::Stop, runs != Runs::No && law.forbids());
                assert!(!law.forbids() || matches!(found, Readiness::Stop | Readiness::Later | Readiness::Never));
                // What does not fit is not told to see to the law first.
                assert!(fits || !matches!(found, Readiness::Open | Readiness::Confirm | Readiness::Later));
                assert!(runs != Runs::EarnsMost || found != Readiness::Drop);
                assert!(found != Readiness::Open || (fits && !waits && law == Law::Met && fixed.and(open).and(proven).is_yes()));
                // Running proves it: nothing that only running needs to prove changes what becomes of it.
                let unproven = Standing { fits, runs, done, law, fixed, open, proven: Truth::No, waits }.readiness();
                assert!(runs == Runs::No || unproven == found);
            }
        }
    }
    assert_eq!(seen, 8 * 12 * 27);
}

#[test]
fn every_rule_has_its_invariants_and_they_are_proven() {
    let kb = base();
    let proofs = Proofs::of(&kb);
    for rule in &kb.rules {
        let own = kb.invariants.iter().zip(&proofs.breaches).filter(|(one, _)| one.origin.as_ref() == Some(&rule.id));
        let own: Vec<_> = own.collect();
        assert!(own.len() >= 2 * rule.governs.len());
        for (invariant, breach) in own {
            assert_eq!(*breach, Outcome::Impossible, "{}", invariant.id);
        }
    }
}

/// Some answers to some facts.
pub fn profile(kb: &KnowledgeBase) -> impl Strategy<Value = Answers> + use<> {
    let bounds = thresholds(kb.conditions());
    let facts: IndexVec<FactId, Vec<Answer>> = kb.facts.pairs().map(|(at, fact)| domain(fact, bounds.get(&at))).collect();
    let count = facts.len();
    proptest::collection::vec((0..4_usize, any::<usize>()), count).prop_map(move |rolls| {
        let mut answers = Answers::unknown(count);
        for (fact, (skip, roll)) in facts.ids().zip(rolls).filter(|(_, (skip, _))| *skip > 0) {
            let _ = skip;
            answers.set(fact, Some(facts[fact][roll % facts[fact].len()]));
        }
        answers
    })
}

fn stands_well(kb: &KnowledgeBase, answers: &Answers) -> Result<(), TestCaseError> {
    let judged = judge(kb, answers);
    let all_keeping = judged.decisions.iter().filter(|outcome| kb.decisions[outcome.decision()].keep == Keep::All);
    let must_stop = all_keeping.clone().any(|outcome| outcome.group(Readiness::Stop).next().is_some());
    for outcome in all_keeping {
        for stands in outcome.sorted() {
            let account = &stands.account;
            let at = (outcome.decision(), account.candidate);
            let (group, one) = (stands.readiness(), kb.candidate(at.0, at.1));
            let runs = one.runs.as_ref().is_some_and(|runs| runs.truth(answers, &()).is_yes());
            prop_assert_eq!(runs, group.is_running(), "{} is {}", &one.id, group.id());
            let law = one.needs.iter().zip(&account.needs).filter(|(need, _)| need.law);
            let unlawful = law.clone().any(|(_, truth)| *truth == Truth::No);
            prop_assert!(!unlawful || !group.is_alive(), "{} is {}", &one.id, group.id());
            prop_assert!(group != Readiness::Open || law.clone().all(|(_, truth)| truth.is_yes()));
            prop_assert!(!(must_stop && one.grows && group.can_begin()), "{} grows", &one.id);
            prop_assert_eq!(group, sorted(kb, answers, at, None), "{} by itself", &one.id);
        }
        let order = outcome.sorted().iter();
        let order: Vec<_> =
            order.map(|one| (one.readiness(), std::cmp::Reverse(one.account.points), one.account.candidate)).collect();
        prop_assert!(order.is_sorted());
    }
    Ok(())
}

#[test]
fn nothing_unlawful_goes_on_and_nothing_that_runs_waits() {
    for (kb, cases) in [(base(), 2_000), (KnowledgeBase::embedded(), 300)] {
        let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
            cases: thorough(20 * cases, cases / 10),
            failure_persistence: None,
            ..ProptestConfig::default()
        });
        runner.run(&profile(&kb), |answers| stands_well(&kb, &answers)).unwrap();
        for case in &kb.cases {
            stands_well(&kb, &case.answers).unwrap();
        }
    }
}

#[test]
fn nine_cases_of_ten_have_something_to_go_on_with_or_to_begin() {
    let kb = KnowledgeBase::embedded();
    let streams = kb.plan.sections.unwrap().begin.decision;
    let has_none = |case: &&qun::kb::Case| {
        let stands = qun::advice::stands::stands(&kb, &case.answers);
        !stands.decisions[streams].iter().any(|stand| matches!(stand.readiness, Readiness::Keep | Readiness::Open))
    };
    let without: Vec<&str> = kb.cases.iter().filter(has_none).map(|case| case.id.as_str()).collect();
    assert!(without.len() * 10 <= kb.cases.len(), "{without:?}");
}
