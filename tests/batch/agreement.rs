//! Every way to judge gives the same: batch, `advise`, the library and tables.
//!
//! The profiles are drawn at random, the same ones on every machine. With
//! optimisation (`cargo test --release --lib batch_tests::agreement`) there are 10,000
//! of them, in a debug build fewer, since the engine is the slow side.

use super::equal::{agrees, unverified};
use super::tables::row;
use super::{Taken, answers, line, taken};
use crate::thorough::thorough;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use qun::advice::advise;
use qun::answer::Answers;
use qun::batch::Batch;
use qun::batch::options::{Detail, Options};
use qun::batch::source::Form;
use qun::diagnostic::Files;
use qun::engine::compiled::verify::Verify;
use qun::kb::KnowledgeBase;
use qun::report::json::judgement;
use serde_json::Value;

const PROFILES: usize = thorough(10_000, 40);
/// How many of them are advised, which says far more than the verdict.
const ADVISED: usize = thorough(100, 10);

/// Random answers, each with a number that says how they are spelled.
fn profiles(kb: &KnowledgeBase, count: usize) -> Vec<(Answers, u8)> {
    let mut runner = TestRunner::deterministic();
    let strategy = (answers(kb), proptest::num::u8::ANY);
    (0..count).map(|_| strategy.new_tree(&mut runner).expect("nothing is filtered").current()).collect()
}

fn of(kb: &KnowledgeBase, options: Options, text: &str, form: Form) -> Taken {
    taken(&Batch::new(kb, options), text.as_bytes(), Some(form)).0
}

#[test]
fn every_way_to_judge_gives_the_same_on_random_profiles() {
    let kb = KnowledgeBase::embedded();
    let profiles = profiles(&kb, PROFILES);
    let given: Vec<Answers> = profiles.iter().map(|(answers, _)| answers.clone()).collect();
    let json: String = profiles.iter().flat_map(|(answers, label)| [line(&kb, answers, *label), "\n".to_owned()]).collect();
    let head: String = kb.facts.iter().flat_map(|fact| [",", &fact.label.zh]).collect();
    let csv: String = profiles.iter().map(|(answers, label)| row(&kb, answers, *label)).collect();

    for detail in [Detail::Brief, Detail::Ranked] {
        let options = |fast| Options { detail, fast, verify: false, ..Options::default() };
        // Lines by the fast path, by the complete reader, on several threads; a table.
        let wanted = of(&kb, options(true), &json, Form::Lines);
        assert_eq!((wanted.text.lines().count(), wanted.rejects.len()), (PROFILES, 0));
        assert_eq!(of(&kb, options(false), &json, Form::Lines), wanted, "the complete reader");
        assert_eq!(of(&kb, Options { jobs: 3, block: 4 << 10, ..options(true) }, &json, Form::Lines), wanted, "several threads");
        assert_eq!(of(&kb, options(true), &format!("id{head}\n{csv}"), Form::Csv), wanted, "a table");

        // The library: the iterator gives the same lines, the slice the same verdicts.
        let batch = Batch::new(&kb, options(true));
        let slice = batch.judge(&given);
        let rows = batch.rows(std::io::Cursor::new(json.clone()));
        let mut count = 0;
        for ((found, wanted), verdict) in rows.zip(wanted.text.lines()).zip(&slice) {
            let found = found.expect("no row is bad");
            assert_eq!((found.line.as_str(), &found.verdict), (wanted, verdict), "row {}", found.row);
            count += 1;
        }
        assert_eq!(count, PROFILES);
    }

    // The engine, which `advise` asks.
    let (verify, batch) = (Verify::new(&kb, true), unverified(&kb));
    for answers in &given {
        agrees(&verify, &batch, answers).expect("the tables give what the engine gives");
    }
}

#[test]
fn advise_says_what_batch_says() {
    let kb = KnowledgeBase::embedded();
    for (answers, label) in profiles(&kb, PROFILES).into_iter().step_by(PROFILES / ADVISED) {
        let profile = line(&kb, &answers, label);
        let read = qun::profile::read(&kb.facts, "a.json", profile.as_bytes(), &mut Files::default()).expect("sound");
        let advice = judgement(&kb, &read, &advise(&kb, &read.answers));
        let found = of(&kb, Options::default(), &profile, Form::Lines);
        let verdict: Value = serde_json::from_str(&found.text).expect("one line");
        for decision in &kb.decisions {
            let said = verdict[&decision.id].as_object().expect("every decision is printed");
            assert!(said.len() >= 3, "{said:?}");
            for (key, value) in said {
                assert_eq!(value, &advice["decisions"][&decision.id][key], "{} {key} of {profile}", decision.id);
            }
        }
        assert_eq!((&verdict["id"], &verdict["kb"]), (&advice["id"], &advice["kb"]));
    }
}
