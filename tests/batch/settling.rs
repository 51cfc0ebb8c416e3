//! Which question would settle a row: held to brute force, and the engine beside the tables.

use super::{answers, taken, toy};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use qun::answer::Answers;
use qun::batch::Batch;
use qun::batch::options::Options;
use qun::batch::source::Form;
use qun::engine::bounds::{Endings, State, Tables};
use qun::engine::chain::Kept;
use qun::engine::judge::Judge;
use qun::engine::kernel::Rule;
use qun::engine::score::all_points;
use qun::engine::settling::is_settled as proven;
use qun::ids::{DecisionId, FactId, IndexVec};
use qun::kb::KnowledgeBase;
use qun::kb::blocks::{domain, thresholds};

/// Random answers, the same ones on every machine; every seventh open fact is declined.
fn profiles(kb: &KnowledgeBase, count: usize) -> Vec<Answers> {
    let mut runner = TestRunner::deterministic();
    let strategy = answers(kb);
    let mut profiles: Vec<Answers> =
        (0..count).map(|_| strategy.new_tree(&mut runner).expect("nothing is filtered").current()).collect();
    for (number, answers) in profiles.iter_mut().enumerate() {
        answers
            .facts()
            .filter(|fact| answers.is_open(*fact))
            .skip(number % 7)
            .step_by(7)
            .collect::<Vec<_>>()
            .into_iter()
            .for_each(|fact| answers.decline(fact));
    }
    profiles
}

/// The facts of which some answer makes `is_settled` true: every answer of every open fact is tried.
fn by_force(kb: &KnowledgeBase, answers: &Answers, is_settled: impl Fn(&Answers) -> bool) -> Vec<FactId> {
    if is_settled(answers) {
        return Vec::new();
    }
    let cuts = thresholds(kb.conditions());
    let settles = |fact: &FactId| {
        // Where there are very many sets of options, those of the first eight will do.
        let mut all = domain(&kb.facts[*fact], cuts.get(fact)).into_iter().take(300);
        all.any(|answer| {
            let mut answers = answers.clone();
            answers.set(*fact, Some(answer));
            is_settled(&answers)
        })
    };
    kb.facts.ids().filter(|fact| answers.is_open(*fact)).filter(settles).collect()
}

/// Compares, and gives how many facts settle something and how many rows are not settled by any.
fn compare(kb: &KnowledgeBase, profiles: &[Answers], is_settled: impl Fn(&Answers) -> bool) -> (usize, usize) {
    let batch = Batch::new(kb, Options { verify: false, ..Options::default() });
    let verdicts = batch.judge(profiles);
    let mut seen = (0, 0);
    for (answers, verdict) in profiles.iter().zip(&verdicts) {
        assert_eq!(verdict.ask, by_force(kb, answers, &is_settled), "{answers:?}");
        seen.0 += verdict.ask.len();
        seen.1 += usize::from(verdict.ask.is_empty() && !verdict.rulings[DecisionId::new(0)].settled);
    }
    seen
}

#[test]
fn the_facts_that_settle_a_row_are_those_that_brute_force_finds_on_the_toy_base() {
    let kb = toy();
    let judge = Judge::new(&kb);
    let is_settled = |answers: &Answers| judge.judge(answers).decisions[DecisionId::new(0)].is_settled();
    let (settling, without) = compare(&kb, &profiles(&kb, 150), is_settled);
    assert!(settling > 50 && without > 5, "{settling} {without}");
}

#[test]
fn the_facts_that_settle_a_row_are_those_that_brute_force_finds_on_the_shipped_base() {
    let kb = KnowledgeBase::embedded();
    let tables = Tables::of(&kb, DecisionId::new(0)).expect("it keeps leaders");
    let is_settled = |answers: &Answers| {
        let (kept, endings) = (Kept::default(), Endings::default());
        let points = all_points(&kb, DecisionId::new(0), answers, &kept);
        let leader = Rule::of(&kb).choose(&points).leader();
        let state = State { answers, kept: &kept, endings: &endings };
        leader.is_some_and(|leader| proven(&kb, &tables, &state, &points, leader))
    };
    let (settling, without) = compare(&kb, &profiles(&kb, 100), is_settled);
    assert!(settling > 10 && without > 5, "{settling} {without}");
}

#[test]
fn nobody_asks_for_settling_facts_and_none_are_found() {
    let kb = toy();
    let batch = Batch::new(&kb, Options { ask_next: false, ..Options::default() });
    assert!(batch.judge(&profiles(&kb, 50)).iter().all(|verdict| verdict.ask.is_empty()));
}

#[test]
fn the_question_to_ask_next_is_counted_over_the_rows() {
    let kb = toy();
    let batch = Batch::new(&kb, Options::default());
    let rows = "{}\n{\"pet\":\"cat\"}\n{\"pet\":\"?\"}\n";
    let (_, tally, _) = taken(&batch, rows.as_bytes(), Some(Form::Lines));
    let mut wanted = IndexVec::filled(0, kb.facts.len());
    for row in ["{}", "{\"pet\":\"cat\"}", "{\"pet\":\"?\"}"] {
        let found = batch.rows(row.as_bytes()).next().expect("a row").expect("a good one");
        found.verdict.ask.iter().for_each(|fact| wanted[*fact] += 1);
    }
    assert_eq!(tally.ask, wanted);
}
