//! Tables: encodings, separators, and what a spreadsheet gets back.

use super::{answers, line, lines, taken, toy};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use qun::answer::{Answer, Answers};
use qun::batch::Batch;
use qun::batch::options::Options;
use qun::batch::run::End;
use qun::batch::source::Form;
use qun::fact::{Kind, bits, decimal};
use qun::kb::KnowledgeBase;

fn table(kb: &KnowledgeBase, options: &Options, bytes: &[u8]) -> super::Taken {
    taken(&Batch::new(kb, options.clone()), bytes, Some(Form::Csv)).0
}

/// A profile as a row of a table, lists joined by one of the separators.
fn row(kb: &KnowledgeBase, answers: &Answers, label: u8) -> String {
    let separator = ["; ", "；", "、", "|", ";"][usize::from(label % 5)];
    let cell = |(fact, one): (usize, &qun::fact::Fact)| {
        let option = |at: usize| {
            let option = &one.options()[at];
            [&option.id, &option.label.zh, &option.label.en][usize::from(label % 3)].clone()
        };
        let text = match (answers.get(fact), &one.kind) {
            (None, _) => String::new(),
            (Some(Answer::Choice(at)), _) => option(usize::from(at)),
            (Some(Answer::Choices(mask)), _) => bits(mask).map(option).collect::<Vec<_>>().join(separator),
            (Some(Answer::Number(number)), Kind::Number(range)) => decimal(number, range.decimals),
            (Some(Answer::Number(number)), _) => number.to_string(),
            (Some(Answer::YesNo(yes)), _) => {
                (if yes { ["yes", "是", "TRUE"] } else { ["no", "否", "False"] })[usize::from(label % 3)].to_owned()
            }
        };
        format!(",\"{text}\"")
    };
    format!("row-{label}{}\n", kb.facts.iter().enumerate().map(cell).collect::<String>())
}

#[test]
fn a_table_gives_what_its_rows_give_as_json() {
    let kb = toy();
    let head: String = kb.facts.iter().flat_map(|fact| [",", &fact.label.zh]).collect();
    let strategy = proptest::collection::vec((answers(&kb), any::<u8>()), 1..8);
    let mut runner = TestRunner::new(Config { cases: 300, failure_persistence: None, ..Config::default() });
    let outcome = runner.run(&strategy, |profiles| {
        let rows: String = profiles.iter().map(|(answers, label)| row(&kb, answers, *label)).collect();
        let json: Vec<_> = profiles.iter().map(|(answers, label)| line(&kb, answers, *label)).collect();
        let wanted = lines(&kb, &Options::default(), &json.join("\n"));
        for (fast, block, jobs) in [(true, 1 << 20, 1), (false, 64, 1), (true, 64, 3)] {
            let options = Options { fast, block, jobs, ..Options::default() };
            prop_assert_eq!(&table(&kb, &options, format!("id{head}\n{rows}").as_bytes()), &wanted);
        }
        Ok(())
    });
    outcome.expect("they agree");
}

#[test]
fn every_encoding_that_spreadsheets_write_is_read() {
    let kb = toy();
    let text = "编号,宠物,玩具\n一,猫,球；毛线\n二,狗,\n";
    let options = Options { ignore_unknown: true, ..Options::default() };
    let wanted = table(&kb, &options, text.as_bytes());
    assert_eq!((wanted.rejects.len(), wanted.text.lines().count()), (0, 2));
    let gbk = encoding_rs::GB18030.encode(text).0.into_owned();
    let marked = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
    let wide: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for bytes in [gbk, marked, wide] {
        assert_eq!(table(&kb, &options, &bytes), wanted);
    }
}

#[test]
fn bytes_that_cannot_be_decoded_later_are_a_bad_row_of_their_own() {
    let kb = toy();
    let mut bytes = "name,pet\n".as_bytes().to_vec();
    bytes.extend("good,cat\n".repeat(10_000).as_bytes()); // the encoding is decided by now
    bytes.extend(b"b\xFFd,cat\ngood,dog\n");
    let found = table(&kb, &Options::default(), &bytes);
    assert_eq!((found.rejects.len(), found.text.lines().count()), (1, 10_001));
    let fault = &found.rejects[0].faults[0];
    assert_eq!((fault.diagnostic.name, fault.line, fault.field.as_deref()), ("cell-not-readable", 10_002, Some("name")));
}

#[test]
fn a_row_of_another_length_is_a_bad_row() {
    let found = table(&toy(), &Options::default(), b"id,pet\na,cat\nb\nc,dog,more\nd,cow\ne,dog\n");
    let reasons: Vec<_> = found.rejects.iter().map(|one| (one.origin.row, one.faults[0].diagnostic.name)).collect();
    assert_eq!(reasons, [(2, "wrong-cell-count"), (3, "wrong-cell-count"), (4, "unknown-answer")]);
    assert_eq!(found.text.lines().count(), 2);
}

#[test]
fn a_cell_too_long_is_one_bad_row_and_the_rest_goes_on() {
    let text = format!("id,pet\na,cat\n\"{}\",cat\nb,dog\n", "x\n".repeat(3_000_000));
    let found = table(&toy(), &Options::default(), text.as_bytes());
    assert_eq!(found.rejects.len(), 1);
    assert_eq!(found.rejects[0].faults[0].diagnostic.name, "row-too-long");
    assert_eq!(found.text.lines().count(), 2);
}

#[test]
fn a_spreadsheet_gets_its_columns_back_and_no_formula() {
    let kb = toy();
    let batch = Batch::new(&kb, Options { ignore_unknown: true, ..Options::default() }).table(true);
    let (found, _, end) = taken(&batch, "id,pet,note\n1,cat,=1+1\n2,dog,\"-5\"\n3,fish,\"a, \"\"b\"\"\"\n".as_bytes(), None);
    assert_eq!(end, End::All);
    let lines: Vec<_> = found.text.split("\r\n").collect();
    let head = "\u{FEFF}id,pet,note,row,kind,kind-second,kind-margin,kind-settled,style,style-second,style-margin,style-settled,offer-open,offer-confirm,offer-later";
    assert_eq!(lines[0], head);
    assert!(lines[1].starts_with("1,cat,'=1+1,1,feline,"), "{}", lines[1]);
    assert!(lines[2].starts_with("2,dog,-5,2,canine,"), "{}", lines[2]);
    assert!(lines[3].starts_with("3,fish,\"a, \"\"b\"\"\",3,"), "{}", lines[3]);
}
