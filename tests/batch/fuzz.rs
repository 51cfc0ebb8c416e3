//! Both readers and the printers of SQL on bytes and names that nobody would write.
//!
//! For two seconds each, or for `QUN_FUZZ_SECONDS`; `tests/fuzz` does the same for
//! as long as one likes, guided by coverage. The seed is printed, and `QUN_SEED`
//! brings the same cases again.

use super::toy;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use qun::batch::Batch;
use qun::batch::complete::Reject;
use qun::batch::options::{Detail, Options, UnknownValues};
use qun::batch::run::{Sink, run};
use qun::batch::source::{Feed, Form, Input};
use qun::export::dialect::Dialect;
use qun::export::statement;
use qun::fact::Kind;
use std::fs;
use std::io;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

/// Draws until the time is over; how often.
fn for_a_while<T: std::fmt::Debug>(of: &impl Strategy<Value = T>, mut check: impl FnMut(T)) -> u64 {
    let seconds = std::env::var("QUN_FUZZ_SECONDS").ok().and_then(|seconds| seconds.parse().ok()).unwrap_or(2);
    let (end, mut runner) = (Instant::now() + Duration::from_secs(seconds), super::runner(1));
    let mut count = 0;
    while Instant::now() < end {
        check(of.new_tree(&mut runner).expect("nothing is filtered").current());
        count += 1;
    }
    count
}

#[derive(Debug, Default, PartialEq)]
struct Taken {
    bytes: Vec<u8>,
    rejects: Vec<Reject>,
    failure: Option<String>,
}

impl Sink for Taken {
    fn take(&mut self, lines: &[u8], rejects: &[Reject], _: u64, _: u64) -> io::Result<()> {
        self.bytes.extend_from_slice(lines);
        self.rejects.extend_from_slice(rejects);
        Ok(())
    }
}

fn taken(batch: &Batch<'_>, form: Option<Form>, bytes: &[u8]) -> Taken {
    let reader = Box::new(io::Cursor::new(bytes.to_vec()));
    let feed = Feed::new(vec![Input { name: String::new(), reader, form, encoding: None, live: false }], batch.options.block);
    let mut found = Taken::default();
    let (_, end) = run(batch, feed, &mut found, &AtomicBool::new(false));
    found.failure = end.err().map(|failure| failure.to_string());
    found
}

/// Pieces that mean something to a reader, and some that never should.
fn pieces() -> Vec<Vec<u8>> {
    let words = fs::read_to_string("tests/fuzz/words.dict").expect("the words are there");
    let words =
        words.lines().filter_map(|line| line.split_once('"')?.1.rsplit_once('"').map(|(word, _)| word.as_bytes().to_vec()));
    let signs = [
        "{",
        "}",
        "[",
        "]",
        "\"",
        ":",
        ",",
        "\n",
        "\r\n",
        "\\",
        "\\u0061",
        "null",
        "true",
        "-1",
        "1e3",
        "0.5",
        " ",
        "\t",
        "?",
        "、",
        ";",
        "\u{FEFF}",
        "猫",
        "{\"pet\":\"cat\"}\n",
        "{\"toys\":[\"ball\",\"wool\"]}",
        "id,pet,walks\n",
        "a,cat,true\n",
        "pet = \"dog\"\n",
    ];
    let bytes = [&b"\x1F\x8B"[..], b"\x28\xB5\x2F\xFD", b"\xFF\xFE", b"\xC3", b"\0"];
    words.chain(signs.map(|one| one.as_bytes().to_vec())).chain(bytes.map(<[u8]>::to_vec)).collect()
}

#[test]
#[allow(clippy::print_stdout, reason = "how much was tried belongs to the outcome")]
fn both_readers_take_the_same_from_any_bytes() {
    let kb = toy();
    let pair = |way: u8| {
        let fast = Options {
            ignore_unknown: way & 1 != 0,
            unknown_values: if way & 2 != 0 { UnknownValues::Unknown } else { UnknownValues::Reject },
            detail: if way & 4 != 0 { Detail::Ranked } else { Detail::Brief },
            keep: way & 2 != 0,
            ..Options::default()
        };
        let complete = Options { fast: false, block: 64, ..fast.clone() };
        [Batch::new(&kb, fast), Batch::new(&kb, complete)]
    };
    let batches: Vec<[Batch<'_>; 2]> = (0..8).map(pair).collect();
    let forms = [None, Some(Form::Lines), Some(Form::Json), Some(Form::Csv), Some(Form::Tsv), Some(Form::Toml)];
    let piece = prop_oneof![9 => prop::sample::select(pieces()), 1 => prop::collection::vec(any::<u8>(), 1..4)];
    let of = (0..8_usize, prop::sample::select(forms.to_vec()), prop::collection::vec(piece, 0..40));
    let count = for_a_while(&of, |(way, form, pieces)| {
        let bytes = pieces.concat();
        let [fast, complete] = &batches[way];
        let (fast, complete) = (taken(fast, form, &bytes), taken(complete, form, &bytes));
        assert_eq!(fast, complete, "{form:?} {:?}", String::from_utf8_lossy(&bytes));
        for line in String::from_utf8(fast.bytes).expect("lines are UTF-8").lines() {
            serde_json::from_str::<serde_json::Value>(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        }
    });
    println!("{count} inputs read by both");
}

/// The texts of a statement as the database reads them, and whether its brackets
/// match outside of them. Written from the manuals, not from the printer.
fn texts(sql: &str, dialect: Dialect) -> (Vec<String>, bool) {
    let escapes = matches!(dialect, Dialect::ClickHouse | Dialect::Spark);
    let name = if dialect == Dialect::Spark { '`' } else { '"' };
    let (mut found, mut depth, mut chars) = (Vec::new(), 0_i64, sql.chars().peekable());
    let mut matches = true;
    while let Some(c) = chars.next() {
        match c {
            '-' if chars.peek() == Some(&'-') => while chars.next().is_some_and(|c| c != '\n') {},
            '(' => depth += 1,
            ')' => depth -= 1,
            c if c == '\'' || c == name => {
                let mut text = String::new();
                loop {
                    match chars.next() {
                        None => return (found, false),
                        Some('\\') if escapes && (c == '\'' || dialect == Dialect::ClickHouse) => {
                            text.extend(chars.next());
                        }
                        Some(other) if other == c && chars.peek() == Some(&c) && !(escapes && c == '\'') => {
                            text.extend(chars.next());
                        }
                        Some(other) if other == c => break,
                        Some(other) => text.push(other),
                    }
                }
                if c == '\'' {
                    found.push(text);
                }
            }
            _ => {}
        }
        matches &= depth >= 0;
    }
    (found, matches && depth == 0)
}

#[test]
#[allow(clippy::print_stdout, reason = "how much was tried belongs to the outcome")]
fn whatever_options_are_called_every_dialect_reads_it_back() {
    let odd = prop::sample::select(vec![
        "'", "\"", "\\", "`", "''", "\\'", "--", "/*", "*/", ";", "\n", "$1", "%s", "{x}", "?", "猫", "’", "\u{0}",
    ]);
    let word =
        prop::collection::vec(prop_oneof![odd.prop_map(str::to_owned), "[a-z]{0,3}", any::<char>().prop_map(String::from)], 1..6);
    let of = (
        prop::collection::vec(word.prop_map(|parts| parts.concat()), 40),
        prop::sample::select(vec![Dialect::DuckDb, Dialect::DataFusion, Dialect::ClickHouse, Dialect::Postgres, Dialect::Spark]),
    );
    let count = for_a_while(&of, |(words, dialect)| {
        let mut kb = toy();
        let mut words = words.into_iter().enumerate().map(|(at, word)| format!("{word}{at}"));
        let mut called = Vec::new();
        for fact in &mut kb.facts {
            if let Kind::Choice(options) = &mut fact.kind {
                for option in options.iter_mut() {
                    option.label.zh = words.next().unwrap_or_default();
                    called.push(option.label.zh.clone());
                }
            }
        }
        let sql = statement(&kb, &super::sql::export(dialect)).expect("it can be exported");
        let (texts, matches) = texts(&sql, dialect);
        assert!(matches, "{dialect:?}: {called:?}");
        for one in called {
            assert!(texts.contains(&qun::spelling::normal(&one)) || texts.contains(&one), "{dialect:?}: {one:?}");
        }
    });
    println!("{count} statements read back");
}
