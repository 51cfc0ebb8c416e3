//! Tables: encodings, separators, and what a spreadsheet gets back.

use super::{answers, line, lines, taken, toy};
use crate::thorough::thorough;
use proptest::prelude::*;
use qun::answer::{Answer, Answers};
use qun::batch::Batch;
use qun::batch::options::Options;
use qun::batch::run::End;
use qun::batch::source::Form;
use qun::fact::{Kind, decimal};
use qun::ids::{FactId, OptionId};
use qun::kb::KnowledgeBase;

fn table(kb: &KnowledgeBase, options: &Options, bytes: &[u8]) -> super::Taken {
    taken(&Batch::new(kb, options.clone()), bytes, Some(Form::Csv)).0
}

/// A profile as a row of a table, lists joined by one of the separators.
pub(super) fn row(kb: &KnowledgeBase, answers: &Answers, label: u8) -> String {
    let separator = ["; ", "；", "、", "|", ";"][usize::from(label % 5)];
    let cell = |(fact, one): (FactId, &qun::fact::Fact)| {
        let option = |at: OptionId| {
            let option = &one.options()[at];
            [&option.id, &option.label.zh, &option.label.en][usize::from(label % 3)].clone()
        };
        let text = match (answers.get(fact), &one.kind) {
            (None, _) => String::new(),
            (Some(Answer::Choice(at)), _) => option(at),
            (Some(Answer::Choices(mask)), _) => mask.iter().map(option).collect::<Vec<_>>().join(separator),
            (Some(Answer::Number(number)), Kind::Number(range)) => decimal(number, range.decimals),
            (Some(Answer::Number(number)), _) => number.to_string(),
            (Some(Answer::YesNo(yes)), _) => {
                (if yes { ["yes", "是", "TRUE"] } else { ["no", "否", "False"] })[usize::from(label % 3)].to_owned()
            }
        };
        format!(",\"{text}\"")
    };
    format!("row-{label}{}\n", kb.facts.pairs().map(cell).collect::<String>())
}

#[test]
fn a_table_gives_what_its_rows_give_as_json() {
    let kb = toy();
    let head: String = kb.facts.iter().flat_map(|fact| [",", &fact.label.zh]).collect();
    let strategy = proptest::collection::vec((answers(&kb), any::<u8>()), 1..8);
    let mut runner = super::runner(thorough(300, 60));
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
        let found = table(&kb, &options, &bytes);
        assert_eq!(found, wanted);
        assert_eq!(found.bytes, bytes.len() as u64, "the progress counts what was read, not what it was decoded to");
    }
}

#[test]
fn bytes_that_cannot_be_decoded_later_are_a_bad_row_of_their_own() {
    let kb = toy();
    let mut bytes = "name,pet\n".as_bytes().to_vec();
    bytes.extend(format!("{},cat\n", "good".repeat(100)).repeat(200).as_bytes()); // the encoding is decided by now
    bytes.extend(b"b\xFFd,cat\ngood,dog\n");
    let found = table(&kb, &Options::default(), &bytes);
    assert_eq!((found.rejects.len(), found.text.lines().count()), (1, 201));
    let fault = &found.rejects[0].faults[0];
    assert_eq!((fault.diagnostic.name, fault.line, fault.field.as_deref()), ("cell-not-readable", 202, Some("name")));
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
    let batch = Batch::new(&kb, Options { ignore_unknown: true, ..Options::default() }).table(true, false);
    let (found, _, end) = taken(&batch, "id,pet,note\n1,cat,=1+1\n2,dog,\"-5\"\n3,fish,\"a, \"\"b\"\"\"\n".as_bytes(), None);
    assert_eq!(end, End::All);
    let lines: Vec<_> = found.text.split("\r\n").collect();
    let head = "\u{FEFF}id,pet,note,row,kind,kind-second,kind-margin,kind-settled,style,style-second,style-margin,style-settled,offer-open,offer-confirm,offer-later,offer-keep,offer-mend,offer-drop,offer-stop";
    assert_eq!(lines[0], head);
    assert!(lines[1].starts_with("1,cat,\"'=1+1\",1,feline,"), "{}", lines[1]);
    assert!(lines[2].starts_with("2,dog,-5,2,canine,"), "{}", lines[2]);
    assert!(lines[3].starts_with("3,fish,\"a, \"\"b\"\"\",3,"), "{}", lines[3]);
}

/// Where each first fault of a row is: row, line, column, field, reason.
fn places(found: &super::Taken) -> Vec<(u64, u64, u64, Option<&str>, &str)> {
    let place = |one: &'_ qun::batch::complete::Reject| {
        let fault = &one.faults[0];
        (one.origin.row, fault.line, fault.column, fault.field.clone(), fault.diagnostic.name)
    };
    let found = found.rejects.iter().map(place);
    found.map(|(row, line, column, field, name)| (row, line, column, field.map(|field| &*field.leak()), name)).collect()
}

#[test]
fn lists_are_split_at_every_separator_with_blanks_around_them() {
    let kb = toy();
    let cells =
        ["ball;wool", "ball；wool", "ball、wool", "ball|wool", " ball ； wool ", "球、毛线；", "　球　|毛线", "wool;ball"];
    let rows: String = cells.iter().flat_map(|cell| ["\"", cell, "\"\n"]).collect();
    let wanted = lines(&kb, &Options::default(), &"{\"toys\":[\"ball\",\"wool\"]}\n".repeat(cells.len()));
    let bad = "猫,ball；drum\n狗,ball、球\n鱼,；、| \n 猫 ,ball；none\n 犬 , ball ; wool \n";
    for fast in [true, false] {
        let options = Options { fast, ..Options::default() };
        assert_eq!(table(&kb, &options, format!("toys\n{rows}").as_bytes()), wanted);
        let found = table(&kb, &options, format!("pet,toys\n{bad}").as_bytes());
        let toys = Some("toys");
        let wanted = [
            (1, 2, 2, toys, "unknown-answer"),
            (2, 3, 2, toys, "option-given-twice"),
            (3, 4, 2, toys, "empty-list"),
            (4, 5, 2, toys, "none-and-others"),
            (5, 6, 1, Some("pet"), "unknown-answer"),
        ];
        assert_eq!(places(&found), wanted);
    }
}

#[test]
fn a_row_is_told_by_the_line_on_which_it_begins() {
    let kb = toy();
    let text = "\n\nname,pet\na,cow\n\n\n\"b\nb\",cow\nc,cow\n";
    for (text, block) in [(text.to_owned(), 1 << 20), (text.replace('\n', "\r\n"), 64), (text.replace('\n', "\r\n"), 1 << 20)] {
        let options = Options { block, ..Options::default() };
        let lines: Vec<_> = places(&table(&kb, &options, text.as_bytes())).iter().map(|place| place.1).collect();
        assert_eq!(lines, [4, 7, 9], "{text:?}");
    }
}

#[test]
fn a_column_that_comes_twice_keeps_its_own_number() {
    let options = Options { ignore_unknown: true, ..Options::default() };
    let mut bytes = "note,pet,note\n".as_bytes().to_vec();
    bytes.extend(format!("{},cat,b\n", "a".repeat(400)).repeat(200).as_bytes());
    bytes.extend(b"a,cat,\xFF\n");
    let found = table(&toy(), &options, &bytes);
    assert_eq!(places(&found), [(201, 202, 3, Some("note"), "cell-not-readable")]);
}

#[test]
fn rows_lost_in_a_quotation_that_never_ends_are_told() {
    let options = Options { ignore_unknown: true, ..Options::default() };
    let open = |text: &str| table(&toy(), &options, text.as_bytes());
    let found = open("pet,note\ncat,x\ndog,\"y\ncat,z\ncat,z\n");
    assert_eq!((found.text.lines().count(), places(&found)), (1, vec![(2, 3, 2, Some("note"), "quote-not-closed")]));
    let found = open(&format!("pet,note\ncat,x\ndog,\"{}", "cat,z\n".repeat(500_000)));
    assert_eq!((found.text.lines().count(), found.rejects[0].faults[0].diagnostic.name), (1, "quote-not-closed"));
    for sound in ["pet,note\ncat,\"x\"", "pet,note\ncat,\"x\"\n", "pet,note\ncat,\"\"", "pet,note\ncat,x\"", "pet,note\n", ""] {
        assert_eq!(open(sound).rejects, [], "{sound}");
    }
}

#[test]
fn heads_that_never_end_stop_the_run() {
    let kb = toy();
    for heads in ["id,\"pet\na,cat\n".to_owned(), format!("{}\na,cat\n", "id,".repeat(1_000_000))] {
        let batch = Batch::new(&kb, Options { ignore_unknown: true, ..Options::default() });
        let feed = qun::batch::source::Feed::new(vec![super::input(heads.as_bytes(), Some(Form::Csv))], 1 << 20);
        let (_, end) = qun::batch::run::run(&batch, feed, &mut super::Taken::default(), &false.into());
        assert!(matches!(end, Err(qun::batch::run::Failure::Heads(0))), "{end:?}");
    }
}
