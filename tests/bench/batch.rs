//! How long a profile takes to be read, judged and written, each by itself.
//!
//! `cargo bench --bench batch`

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use qun::answer::{Answer, Answers};
use qun::batch::Batch;
use qun::batch::fast::{MARGIN, Reader, Sheet};
use qun::batch::options::{Detail, Options};
use qun::batch::write::{Out, Texts};
use qun::engine::compiled::judging::Judging;
use qun::engine::compiled::marks::Marks;
use qun::engine::compiled::plan::Plan;
use qun::engine::compiled::verdict::Verdict;
use qun::fact::Kind;
use qun::ids::{OptionId, OptionSet};
use qun::kb::KnowledgeBase;

#[global_allocator]
static ALLOCATIONS: divan::AllocProfiler = divan::AllocProfiler::system();

fn main() {
    divan::main();
}

/// A profile that gives each fact its option number `turn`, counted round.
fn answers(kb: &KnowledgeBase, turn: usize) -> Answers {
    let mut answers = Answers::unknown(kb.facts.len());
    for (fact, one) in kb.facts.pairs().filter(|(fact, _)| !(fact.index() + turn).is_multiple_of(8)) {
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
    for (fact, one) in kb.facts.pairs() {
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

#[divan::bench]
fn parse(bencher: Bencher<'_, '_>) {
    let kb = KnowledgeBase::embedded();
    let reader = Reader::new(&Plan::new(&kb, &[]), &Options::default());
    let mut block: Vec<u8> = (0..ROWS).flat_map(|turn| line(&kb, &answers(&kb, turn)).into_bytes()).collect();
    let end = block.len();
    block.resize(end + MARGIN, 0);
    let mut sheet = Sheet::default();
    bencher.counter(ItemsCount::new(ROWS)).bench_local(|| {
        let mut at = 0;
        while at < end {
            at = reader.read(black_box(&block), at, &mut sheet).expect("every line is ordinary");
        }
    });
}

#[divan::bench]
fn score(bencher: Bencher<'_, '_>) {
    let kb = KnowledgeBase::embedded();
    let plan = Plan::new(&kb, &[]);
    let (mut judging, mut verdict) = (Judging::new(&plan, true), Verdict::default());
    let mut marks: Vec<Marks> = vec![Marks::default(); ROWS];
    marks.iter_mut().enumerate().for_each(|(turn, marks)| marks.fill(&plan, &answers(&kb, turn)));
    bencher.counter(ItemsCount::new(ROWS)).bench_local(|| {
        for one in &marks {
            judging.judge(&plan, black_box(one), &mut verdict);
        }
    });
}

#[divan::bench(args = [Detail::Brief, Detail::Ranked])]
fn format(bencher: Bencher<'_, '_>, detail: Detail) {
    let kb = KnowledgeBase::embedded();
    let batch = Batch::new(&kb, Options::default());
    let texts = Texts::new(batch.plan(), detail);
    let verdicts = batch.judge(&(0..ROWS).map(|turn| answers(&kb, turn)).collect::<Vec<_>>());
    let mut out = Out::default();
    bencher.counter(ItemsCount::new(ROWS)).bench_local(|| {
        out.truncate(0);
        for verdict in &verdicts {
            texts.line(&mut out, Some(b"a-community"), 1, black_box(verdict));
        }
    });
}
