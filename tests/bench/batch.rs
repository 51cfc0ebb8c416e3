//! How long a profile takes to be judged, and to be read, judged and written.
//!
//! `cargo bench --bench batch`

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use qun::{Answer, Answers, Batch, Detail, Kind, KnowledgeBase, OptionId, OptionSet, Options};

#[global_allocator]
static ALLOCATIONS: divan::AllocProfiler = divan::AllocProfiler::system();

fn main() {
    divan::main();
}

/// A profile that gives each fact its option number `turn`, counted round.
fn answers(kb: &KnowledgeBase, turn: usize) -> Answers {
    let mut answers = Answers::unknown(kb.facts().len());
    for (fact, one) in kb.facts().pairs().filter(|(fact, _)| !(fact.index() + turn).is_multiple_of(8)) {
        let answer = match &one.kind {
            Kind::Choice(options) => Answer::Choice(OptionId::new(turn % options.len())),
            Kind::Choices { options, .. } => Answer::Choices(OptionSet::of(OptionId::new(turn % options.len()))),
            Kind::Number(range) => Answer::Number(range.min),
            Kind::YesNo => Answer::YesNo(turn.is_multiple_of(2)),
        };
        answers.set(fact, Some(answer));
    }
    answers
}

fn line(kb: &KnowledgeBase, answers: &Answers) -> String {
    let mut found = serde_json::Map::new();
    found.insert("id".to_owned(), "a-community".into());
    for (fact, one) in kb.facts().pairs() {
        let value = match (answers.get(fact), &one.kind) {
            (Some(Answer::Choice(option)), _) => one.options()[option].id.clone().into(),
            (Some(Answer::Choices(chosen)), _) => chosen.iter().take(1).map(|option| one.options()[option].id.clone()).collect(),
            (Some(Answer::Number(_)), Kind::Number(range)) => {
                serde_json::from_str(&range.written(range.min)).expect("plain digits are JSON")
            }
            (Some(Answer::YesNo(yes)), _) => yes.into(),
            _ => continue,
        };
        found.insert(one.id.clone(), value);
    }
    serde_json::Value::Object(found).to_string() + "\n"
}

const ROWS: usize = 64;

/// Judged by the compiled tables alone.
#[divan::bench]
fn judge(bencher: Bencher<'_, '_>) {
    let kb = KnowledgeBase::embedded();
    let mut options = Options::default();
    options.verify = false;
    let batch = Batch::new(&kb, options);
    let profiles: Vec<Answers> = (0..ROWS).map(|turn| answers(&kb, turn)).collect();
    bencher.counter(ItemsCount::new(ROWS)).bench_local(|| batch.judge(black_box(&profiles)));
}

/// Read out of JSON, judged, and written as lines.
#[divan::bench(args = [Detail::Brief, Detail::Ranked])]
fn rows(bencher: Bencher<'_, '_>, detail: Detail) {
    let kb = KnowledgeBase::embedded();
    let mut options = Options::default();
    (options.verify, options.detail) = (false, detail);
    let batch = Batch::new(&kb, options);
    let text: String = (0..ROWS).map(|turn| line(&kb, &answers(&kb, turn))).collect();
    bencher.counter(ItemsCount::new(ROWS)).bench_local(|| {
        let rows = batch.rows(std::io::Cursor::new(black_box(&text).clone().into_bytes()));
        rows.flatten().count()
    });
}
