//! Many profiles at once: equal to one at a time, whatever the path, the number
//! of threads and the size of the blocks.

#![allow(clippy::missing_docs_in_private_items, clippy::disallowed_methods, reason = "a test may look around")]
#![allow(clippy::inconsistent_struct_constructor, reason = "what differs stands first")]

mod agreement;
mod bad;
mod bad_rows;
mod bases;
mod ends;
mod equal;
mod fuzz;
mod hostile;
mod rows;
mod rules;
mod settling;
mod shapes;
mod sql;
mod tables;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use qun::answer::{Answer, Answers};
use qun::batch::Batch;
use qun::batch::complete::Reject;
use qun::batch::options::Options;
use qun::batch::run::{End, Sink, run};
use qun::batch::source::{Feed, Form, Input};
use qun::batch::tally::Tally;
use qun::diagnostic::Files;
use qun::fact::{Fact, Kind, decimal};
use qun::ids::{OptionId, OptionSet};
use qun::kb::{Folder, KnowledgeBase};
use std::hash::{BuildHasher, RandomState};
use std::io;
use std::path::Path;
use std::sync::atomic::AtomicBool;

/// A runner of so many random cases. Its seed is printed where a test fails, and
/// `QUN_SEED` brings the same cases again.
#[allow(clippy::print_stdout, reason = "the seed of a failing run is read off its output")]
fn runner(cases: u32) -> TestRunner {
    let given = std::env::var("QUN_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed: u64 = given.unwrap_or_else(|| RandomState::new().hash_one(cases));
    println!("QUN_SEED={seed} brings these cases again");
    let bytes: Vec<u8> = seed.to_le_bytes().into_iter().cycle().take(32).collect();
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    TestRunner::new_with_rng(Config { cases, failure_persistence: None, ..Config::default() }, random)
}

#[test]
fn a_seed_brings_the_same_cases_again() {
    use proptest::strategy::ValueTree;
    let draw =
        |mut runner: TestRunner| (0..20).map(|_| any::<u64>().new_tree(&mut runner).expect("any").current()).collect::<Vec<_>>();
    let of = |seed: u8| TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]));
    assert_eq!(draw(of(7)), draw(of(7)));
    assert_ne!(draw(of(7)), draw(of(8)));
}

/// The toy base.
fn toy() -> KnowledgeBase {
    let (folder, _) = Folder::read(Path::new("tests/toy")).expect("the toy base is there");
    KnowledgeBase::load(&folder, &mut Files::default()).expect("the toy base is sound")
}

/// Everything that a run hands on.
#[derive(Debug, Default)]
struct Taken {
    text: String,
    rejects: Vec<Reject>,
    /// How many bytes of input it stands for.
    bytes: u64,
}

/// What comes out is compared, from whatever form of input.
impl PartialEq for Taken {
    fn eq(&self, other: &Taken) -> bool {
        self.text == other.text && self.rejects == other.rejects
    }
}

impl Sink for Taken {
    fn take(&mut self, lines: &[u8], rejects: &[Reject], _: u64, bytes: u64) -> io::Result<()> {
        self.bytes += bytes;
        self.text.push_str(std::str::from_utf8(lines).expect("lines are UTF-8"));
        self.rejects.extend_from_slice(rejects);
        Ok(())
    }
}

fn input(bytes: &[u8], form: Option<Form>) -> Input {
    Input { name: "rows".to_owned(), reader: Box::new(io::Cursor::new(bytes.to_vec())), form, encoding: None, live: false }
}

fn taken(batch: &Batch<'_>, bytes: &[u8], form: Option<Form>) -> (Taken, Tally, End) {
    let mut sink = Taken::default();
    let feed = Feed::new(vec![input(bytes, form)], batch.options.block);
    let (tally, end) = run(batch, feed, &mut sink, &AtomicBool::new(false));
    (sink, tally, end.expect("reading memory does not fail"))
}

/// What a batch makes of an input that is known by its name and its bytes alone.
fn taken_of(batch: &Batch<'_>, name: &str, bytes: &[u8]) -> Taken {
    let mut sink = Taken::default();
    let named = Input { name: name.to_owned(), ..input(bytes, None) };
    let (_, end) = run(batch, Feed::new(vec![named], batch.options.block), &mut sink, &AtomicBool::new(false));
    end.expect("reading memory does not fail");
    sink
}

/// What a batch of JSON lines comes to.
fn lines(kb: &KnowledgeBase, options: &Options, text: &str) -> Taken {
    taken(&Batch::new(kb, options.clone()), text.as_bytes(), Some(Form::Lines)).0
}

/// Any answer to a fact, or none; an answer only as often as `known` in ten.
fn answer(fact: &Fact, known: u32) -> BoxedStrategy<Option<Answer>> {
    let some = match &fact.kind {
        Kind::YesNo => any::<bool>().prop_map(Answer::YesNo).boxed(),
        Kind::Choice(options) => (0..options.len()).prop_map(|one| Answer::Choice(OptionId::new(one))).boxed(),
        Kind::Number(range) => {
            let (least, most) = (range.min, range.max);
            let near = least..=most.min(least + 3_000);
            prop_oneof![near, least..=most].prop_map(Answer::Number).boxed()
        }
        Kind::Choices { options, at_most, none, .. } => {
            let (none, most) = (*none, (*at_most).min(options.len()));
            let set = proptest::sample::subsequence(options.ids().collect::<Vec<_>>(), 1..=most);
            let mask = move |set: Vec<OptionId>| match none.filter(|none| set.contains(none)) {
                Some(none) => Answer::Choices(OptionSet::of(none)),
                None => Answer::Choices(set.into_iter().collect()),
            };
            set.prop_map(mask).boxed()
        }
    };
    prop_oneof![10 - known => Just(None), known => some.prop_map(Some)].boxed()
}

/// Any answers to the facts of a base: from nearly none to nearly all.
fn answers(kb: &KnowledgeBase) -> BoxedStrategy<Answers> {
    let facts = kb.facts.clone();
    let given = (1_u32..10).prop_flat_map(move |known| facts.iter().map(|fact| answer(fact, known)).collect::<Vec<_>>());
    let set = |given: Vec<Option<Answer>>| {
        let mut answers = Answers::unknown(given.len());
        answers.facts().zip(given).for_each(|(fact, answer)| answers.set(fact, answer));
        answers
    };
    given.prop_map(set).boxed()
}

/// An answer as JSON, by ids or by labels.
fn written(fact: &Fact, answer: Answer, label: u8) -> serde_json::Value {
    let option = |one: OptionId| {
        let option = &fact.options()[one];
        [&option.id, &option.label.zh, &option.label.en][usize::from(label % 3)].clone()
    };
    match (answer, &fact.kind) {
        (Answer::Choice(one), _) => option(one).into(),
        (Answer::Choices(chosen), _) => chosen.iter().map(option).collect(),
        (Answer::Number(number), Kind::Number(range)) => {
            serde_json::from_str(&decimal(number, range.decimals)).expect("plain digits are JSON")
        }
        (Answer::Number(number), _) => number.into(),
        (Answer::YesNo(yes), _) => yes.into(),
    }
}

/// A profile as a line of JSON.
fn line(kb: &KnowledgeBase, answers: &Answers, label: u8) -> String {
    let mut found = serde_json::Map::new();
    found.insert("id".to_owned(), format!("row-{label}").into());
    found.insert("name".to_owned(), "一个 \"group\"".into());
    for (fact, one) in kb.facts.pairs() {
        let key = [&one.id, &one.label.zh, &one.label.en][usize::from(label % 3)].clone();
        match answers.get(fact) {
            Some(answer) => _ = found.insert(key, written(one, answer, label)),
            None if label.is_multiple_of(2) => _ = found.insert(key, serde_json::Value::Null),
            None => {}
        }
    }
    serde_json::Value::Object(found).to_string()
}
