//! Rows: their order, their numbers, and the bad ones among them.

use super::bad_rows::GOOD;
use super::{lines, taken, toy};
use qun::batch::Batch;
use qun::batch::options::{Options, UnknownValues};
use qun::batch::run::End;
use qun::batch::source::Form;
use qun::fact::Kind;
use qun::ids::OptionId;

#[test]
fn a_fault_has_its_column_and_its_field() {
    let found = lines(&toy(), &Options::default(), "{\"宠物\":\"猫\",\"toys\":[\"ball\",\"drum\"]}\n");
    let fault = &found.rejects[0].faults[0];
    assert_eq!((fault.line, fault.column, fault.field.as_deref()), (1, 26, Some("toys")));
}

#[test]
fn a_run_ends_after_as_many_bad_rows_as_allowed_at_the_same_byte_for_any_jobs() {
    let kb = toy();
    let text = format!("{GOOD}\n{{\"pet\":1}}\n").repeat(500);
    let mut before = None;
    for (jobs, block) in [(1, 1 << 20), (1, 64), (3, 700), (2, 1 << 20)] {
        let batch = Batch::new(&kb, Options { jobs, block, max_errors: Some(7), ..Options::default() });
        let (found, tally, end) = taken(&batch, text.as_bytes(), Some(Form::Lines));
        assert_eq!((end, tally.rejects(), tally.judged), (End::TooManyErrors, 7, 7));
        assert_eq!(*before.get_or_insert(found.text.clone()), found.text);
    }
}

#[test]
fn unknown_values_are_dropped_and_the_rest_of_a_list_is_kept() {
    let kb = toy();
    let options = Options { unknown_values: UnknownValues::Unknown, ignore_unknown: true, ..Options::default() };
    let with = lines(
        &kb,
        &options,
        "{\"pet\":\"cow\",\"toys\":[\"drum\",\"wool\"],\"weather\":\"rain\"}\n{\"toys\":[]}\n{\"toys\":[\"drum\"]}\n",
    );
    let without = lines(&kb, &Options::default(), "{\"toys\":[\"wool\"]}\n{}\n{}\n");
    assert_eq!(with, without);
    assert_eq!(with.rejects, []);
}

#[test]
fn the_iterator_gives_what_a_run_gives() {
    let kb = toy();
    let text = format!("{GOOD}\n{{\"pet\":1}}\n\n{{\"pet\":\"dog\"}}");
    let batch = Batch::new(&kb, Options::default());
    let rows: Vec<_> = batch.rows(std::io::Cursor::new(text.clone())).collect();
    assert_eq!(rows.len(), 3);
    assert!(rows[1].is_err());
    let lines_of: String = rows.iter().flatten().map(|row| row.line.clone() + "\n").collect();
    assert_eq!(lines_of, lines(&kb, &Options::default(), &text).text);
}

#[test]
fn former_names_are_read_by_the_complete_reader_whatever_is_passed_over() {
    let mut kb = toy();
    let (pet, toys) = (kb.fact("pet").unwrap(), kb.fact("toys").unwrap());
    kb.facts[pet].former = vec!["animal".to_owned(), "动物".to_owned()];
    let Kind::Choices { options, .. } = &mut kb.facts[toys].kind else { panic!("toys are several") };
    options[OptionId::new(0)].former = vec!["sphere".to_owned(), "皮球".to_owned()];
    let old = "{\"animal\":\"cat\",\"toys\":[\"sphere\",\"wool\"]}\n{\"动物\":\"cat\",\"toys\":\"皮球\"}\n";
    let new = "{\"pet\":\"cat\",\"toys\":[\"ball\",\"wool\"]}\n{\"pet\":\"cat\",\"toys\":\"ball\"}\n";
    let lax = Options { unknown_values: UnknownValues::Unknown, ignore_unknown: true, ..Options::default() };
    for options in [Options::default(), lax.clone(), Options { fast: false, ..lax }] {
        let before = lines(&kb, &options, new);
        let (after, tally, _) = taken(&Batch::new(&kb, options.clone()), old.as_bytes(), Some(Form::Lines));
        assert_eq!((after.text, tally.outdated), (before.text, 4));
        let table = "animal,toys\ncat,sphere;wool\ncat,ball\n";
        let (cells, tally, _) = taken(&Batch::new(&kb, options), table.as_bytes(), Some(Form::Csv));
        assert_eq!((cells.text.lines().next(), tally.outdated), (lines(&kb, &Options::default(), new).text.lines().next(), 2));
    }
}
