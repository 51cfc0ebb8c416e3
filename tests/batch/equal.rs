//! Compiled tables give what the engine gives; the fast path what the complete reader gives.

use super::{answers, line, lines, taken, toy};
use crate::thorough::thorough;
use proptest::prelude::*;
use qun::answer::Answers;
use qun::batch::Batch;
use qun::batch::options::{Detail, Options, UnknownValues};
use qun::batch::source::Form;
use qun::engine::compiled::plan::Plan;
use qun::engine::compiled::verdict::Verdict;
use qun::engine::compiled::verify::Verify;
use qun::kb::KnowledgeBase;
use qun::profile::Profile;
use std::fmt::Write;

/// What the tables say, held against the engine.
pub fn agrees(verify: &Verify<'_>, batch: &Batch<'_>, answers: &Answers) -> Result<(), TestCaseError> {
    let verdict = &batch.judge(std::slice::from_ref(answers))[0];
    verify.answers(batch.plan(), answers, verdict).map_err(|difference| TestCaseError::fail(format!("{difference}: {answers:?}")))
}

/// A batch that leaves it to the caller to hold it against the engine.
pub fn unverified(kb: &KnowledgeBase) -> Batch<'_> {
    Batch::new(kb, Options { verify: false, ..Options::default() })
}

#[test]
fn tables_give_what_the_engine_gives_on_the_toy_base() {
    let kb = toy();
    let (verify, batch) = (Verify::new(&kb, true), unverified(&kb));
    let mut runner = super::runner(thorough(5_000, 1_000));
    runner.run(&answers(&kb), |answers| agrees(&verify, &batch, &answers)).expect("they agree");
}

#[test]
fn tables_give_what_the_engine_gives_on_the_shipped_base() {
    let kb = KnowledgeBase::embedded();
    let (verify, batch) = (Verify::new(&kb, true), unverified(&kb));
    let mut runner = super::runner(thorough(1_000, 60));
    runner.run(&answers(&kb), |answers| agrees(&verify, &batch, &answers)).expect("they agree");
}

/// What a line is turned into before it is read.
#[derive(Debug, Clone)]
enum Damage {
    None,
    Spaced,
    Cut(usize),
    Replaced(usize, char),
    Inserted(usize, &'static str),
    Escaped,
    Exponent,
}

fn damage() -> impl Strategy<Value = Damage> {
    let bits = proptest::sample::select(vec![
        "\"", "\\", ",", ":", "[", "]", "{", "}", " ", "\t", "null", "0", "-", ".5", "e3", "\u{7f}", "群", "\"x\":1,", "\r",
        "\\u0041", "\\ud800",
    ]);
    prop_oneof![
        4 => Just(Damage::None),
        2 => Just(Damage::Spaced),
        1 => any::<usize>().prop_map(Damage::Cut),
        2 => (any::<usize>(), proptest::char::range(' ', '~')).prop_map(|(at, with)| Damage::Replaced(at, with)),
        3 => (any::<usize>(), bits).prop_map(|(at, text)| Damage::Inserted(at, text)),
        1 => Just(Damage::Escaped),
        1 => Just(Damage::Exponent),
    ]
}

fn damaged(line: &str, damage: &Damage) -> String {
    let place = |at: usize| {
        let at = at % (line.len() + 1);
        line.char_indices().map(|(place, _)| place).take_while(|place| *place <= at).last().unwrap_or(0)
    };
    match damage {
        Damage::None => line.to_owned(),
        Damage::Spaced => line.replace(':', " : ").replace(',', ", "),
        Damage::Cut(at) => line[..place(*at)].to_owned(),
        Damage::Replaced(at, with) => {
            let at = place(*at);
            let rest: String = line[at..].chars().skip(1).collect();
            format!("{}{with}{rest}", &line[..at])
        }
        Damage::Inserted(at, text) => format!("{}{text}{}", &line[..place(*at)], &line[place(*at)..]),
        Damage::Escaped => line.replace('o', "\\u006f"),
        Damage::Exponent => line.replace("0,", "0e0,"),
    }
}

fn paths_agree(kb: &KnowledgeBase, cases: u32) {
    let profiles = proptest::collection::vec((answers(kb), any::<u8>(), damage()), 1..12);
    let strategy = (profiles, any::<bool>(), any::<bool>());
    let mut runner = super::runner(cases);
    let outcome = runner.run(&strategy, |(profiles, ignore_unknown, drop)| {
        let unknown_values = if drop { UnknownValues::Unknown } else { UnknownValues::Reject };
        let detail = if ignore_unknown { Detail::Ranked } else { Detail::Brief };
        let fast = Options { ignore_unknown, unknown_values, detail, ..Options::default() };
        let slow = Options { fast: false, verify: false, ..fast.clone() };
        let mut text = String::new();
        for (answers, label, damage) in &profiles {
            let _ = writeln!(text, "{}", damaged(&line(kb, answers, *label), damage));
        }
        prop_assert_eq!(lines(kb, &fast, &text), lines(kb, &slow, &text), "{}", text);
        prop_assert_eq!(profiles_of(kb, fast, &text), profiles_of(kb, slow, &text), "{}", text);
        Ok(())
    });
    outcome.expect("both paths agree");
}

/// All that a caller may lean on of each profile.
fn profiles_of(kb: &KnowledgeBase, options: Options, text: &str) -> String {
    let all = |profile: &Profile, verdict: &Verdict, row, text: &mut String| {
        let Profile { id, answers, streams, .. } = profile;
        let _ = writeln!(text, "{row} {id:?} {answers:?} {streams:?} {:?}", verdict.rulings);
    };
    taken(&Batch::new(kb, options).whole(all), text.as_bytes(), Some(Form::Lines)).0.text
}

#[test]
fn the_fast_path_gives_what_the_complete_reader_gives() {
    paths_agree(&toy(), thorough(1_500, 100));
}

#[test]
fn the_fast_path_gives_what_the_complete_reader_gives_on_the_shipped_base() {
    paths_agree(&KnowledgeBase::embedded(), thorough(200, 4));
}

#[test]
fn ordinary_lines_do_take_the_fast_path() {
    use qun::batch::fast::{MARGIN, Reader, Sheet};
    for kb in [toy(), KnowledgeBase::embedded()] {
        let mut plan = Plan::new(&kb, &[]);
        for keeps_answers in [false, true] {
            if keeps_answers {
                plan.keep_answers();
            }
            let reader = Reader::new(&plan, &Options::default());
            let mut runner = super::runner(thorough(250, 50));
            let outcome = runner.run(&(answers(&kb), any::<u8>()), |(answers, label)| {
                let text = line(&kb, &answers, label) + "\n";
                let bytes = [text.as_bytes(), &[0; MARGIN]].concat();
                prop_assert_eq!(reader.read(&bytes, 0, &mut Sheet::default()), Some(text.len()), "{}", text);
                Ok(())
            });
            outcome.expect("all are taken");
        }
    }
}

/// Rows that told the paths apart once, or that come close to it; `_` stands for
/// filling, so that each place of interest meets every boundary of a block of bytes.
const ODD: [&str; 40] = [
    "[\"pet\":\"cat\"}",
    "[]}",
    "[}",
    "{]",
    "{\"pet\":\"cat\"]",
    "{\"toys\":[\"ball\"}}",
    "{\"toys\":{\"ball\"]}",
    "{\"toys\":[\"ball\":\"wool\"]}",
    "{\"toys\":[,\"ball\"]}",
    "{\"toys\":[\"ball\",]}",
    "{\"toys\":[]}",
    "{,}",
    "{\"pet\"}",
    "{\"pet\":}",
    "{\"pet\",\"cat\"}",
    "{\"pet\"::\"cat\"}",
    "{\"pet\":\"cat\"\"size\":1}",
    "{\"pet\":\"cat\",,\"size\":1}",
    "{\"pet\":\"cat\"}}",
    "{\"pet\":\"cat\"} x",
    "x{\"pet\":\"cat\"}",
    "{\"name\":\"_\",\"pet\":\"cat\"}",
    "{\"name\":\"_\\\\\",\"pet\":\"cat\"}",
    "{\"name\":\"_\\\"\",\"pet\":\"cat\"}",
    "{\"name\":\"_\\\\\\\"\",\"pet\":\"dog\"}",
    "{\"name\":\"_\",\"pet\":\"c\\u0061t\"}",
    "{\"name\":\"_\",\"p\\u0065t\":\"cat\"}",
    "{\"name\":\"_\\\",\"pet\":\"cat\"}",
    "{\"name\":\"_\t\",\"pet\":\"cat\"}",
    "{\"name\":\"_\",\"size\":4.5,\"walks\":true,\"toys\":[\"ball\",\"wool\"]}",
    "{\"name\":\"_\",\"size\":-0,\"walks\":truex}",
    "{\"name\":\"_\",\"size\":00}",
    "{\"name\":\"_\",\"size\":1.}",
    "{\"name\":\"_\",\"size\":.5}",
    "{\"name\":\"_\",\"size\":1e1}",
    "{\"name\":\"_\",\"walks\":nul}",
    "{\"name\":\"_\",\"pet\":\"cat\",\"pet\":\"cat\"}",
    "{\"name\":\"_\",\"name\":\"b\",\"id\":\"_\",\"id\":\"c\"}",
    "{\"id\":\"_{}[]:,\",\"pet\" : \"fish\" }",
    "{\"_\":{\"a\":[1,{\"b\":\"}\"}]},\"pet\":\"dog\"}",
];

#[test]
fn odd_rows_at_every_boundary_are_read_alike() {
    let kb = toy();
    for (ignore_unknown, unknown_values) in [(false, UnknownValues::Reject), (true, UnknownValues::Unknown)] {
        let fast = Options { ignore_unknown, unknown_values, ..Options::default() };
        let slow = Options { fast: false, ..fast.clone() };
        for filling in (0..70).step_by(thorough(1, 3)) {
            let text = ODD.map(|row| row.replace('_', &"x".repeat(filling))).join("\n");
            let (found, wanted) = (lines(&kb, &fast, &text), lines(&kb, &slow, &text));
            assert_eq!(found.text.lines().count() + found.rejects.len(), ODD.len());
            for (found, wanted) in found.text.lines().zip(wanted.text.lines()) {
                assert_eq!(found, wanted, "filled with {filling}");
            }
            assert_eq!(found, wanted, "filled with {filling}");
        }
    }
}
