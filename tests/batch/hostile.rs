//! Input that means harm, or that somebody's program made badly: it costs no more
//! than its size, and does nothing on a screen, in a spreadsheet or to a build server.

use super::{input, lines, taken, toy};
use crate::thorough::thorough;
use proptest::strategy::{Strategy, ValueTree};
use qun::answer::Answers;
use qun::batch::Batch;
use qun::batch::options::{Detail, Options};
use qun::batch::run::{Failure, run};
use qun::batch::source::{Feed, Form, Opened};
use qun::condition::{Condition, Variable};
use qun::diagnostic::Files;
use qun::engine::judgement::{Account, Outcome};
use qun::kb::{Candidate, KnowledgeBase};
use qun::truth::Truth;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// The cells of a spreadsheet program's file; the last one is a line of its own.
fn cells(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let (mut quoted, mut chars) = (false, text.chars().peekable());
    while let Some(c) = chars.next() {
        let row = rows.last_mut().expect("there is one");
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => row.last_mut().expect("a cell").push(chars.next().expect("seen")),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(String::new()),
            '\r' if !quoted => {}
            '\n' if !quoted => rows.push(vec![String::new()]),
            c => row.last_mut().expect("a cell").push(c),
        }
    }
    rows
}

#[test]
fn no_cell_is_a_formula_and_none_forges_another() {
    let kb = toy();
    let evil = [
        "=x,=cmd|' /C calc'!A0",
        "-1\n=HYPERLINK(\"http://evil/\"&B1),x",
        "+1+1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1+1",
        "＋1",
        "－1-1",
        "＠A",
        " =1",
        "-inf",
        "=\"a\",=\"b\"",
        "-5-5",
        "\u{FEFF}=1",
    ];
    let batch = Batch::new(&kb, Options::default()).table(true, false);
    let rows: String = evil.iter().map(|id| serde_json::json!({ "id": id }).to_string() + "\n").collect();
    let (found, _, _) = taken(&batch, rows.as_bytes(), Some(Form::Lines));
    let found = cells(&found.text);
    assert_eq!(found.len(), evil.len() + 2);
    for (row, id) in found[1..].iter().zip(evil) {
        assert_eq!((row.len(), row[0].as_str()), (found[0].len(), format!("'{id}").as_str()));
    }
    // A plain number is no formula.
    let (found, _, _) = taken(&batch, b"{\"id\":\"-5.5\"}\n{\"id\":\"+1e3\"}\n", Some(Form::Lines));
    assert_eq!(cells(&found.text)[1..3].iter().map(|row| row[0].as_str()).collect::<Vec<_>>(), ["-5.5", "+1e3"]);
}

#[test]
fn the_heads_of_a_table_stay_apart() {
    let kb = toy();
    let batch = Batch::new(&kb, Options { ignore_unknown: true, ..Options::default() }).table(false, false);
    let (found, _, _) = taken(&batch, b"id,row,kind,pet\na,x,y,cat\n", Some(Form::Csv));
    let rows = cells(&found.text);
    let unique: std::collections::BTreeSet<_> = rows[0].iter().collect();
    assert_eq!(unique.len(), rows[0].len(), "{:?}", rows[0]);
    assert!(rows[0].contains(&"qun-row".to_owned()) && rows[0].contains(&"qun-kind".to_owned()));
}

/// How long it takes, at best of three.
fn time(mut what: impl FnMut()) -> Duration {
    let once = |(): ()| {
        let begin = Instant::now();
        what();
        begin.elapsed()
    };
    [(); 3].map(once).into_iter().min().expect("three")
}

#[test]
fn more_faults_take_as_much_longer_as_there_are_more() {
    let kb = toy();
    let keys = |n: usize| format!("{{{}}}", (0..n).map(|at| format!("\"hz{at}\":1")).collect::<Vec<_>>().join(","));
    let options = |n: usize| format!("{{\"toys\":[{}]}}", (0..n).map(|at| format!("\"hz{at}\"")).collect::<Vec<_>>().join(","));
    let batch = Batch::new(&kb, Options::default());
    let judge = |text: &str| assert_eq!(taken(&batch, text.as_bytes(), Some(Form::Lines)).0.rejects.len(), 1);
    let read = |text: &str| assert!(qun::profile::read(&kb.facts, "p.json", text.as_bytes(), &mut Files::default()).is_err());
    for text in [keys as fn(usize) -> String, options] {
        let (few, many) = (text(1_000), text(30_000));
        for (what, took) in [("batch", &judge as &dyn Fn(&str)), ("profile", &read)] {
            let (short, long) = (time(|| took(&few)), time(|| took(&many)));
            // Nine hundred times, if it grew by the square; a busy machine is no clock.
            assert!(long < short * 200, "{what}: {short:?}, then {long:?}");
        }
    }
}

#[test]
fn many_places_are_found_as_fast_as_few() {
    let place = |files: &Files, file, at| files.line_column(&qun::diagnostic::Place { file, span: at..at });
    let mut files = Files::default();
    let text = "群\u{10000}a\n".repeat(3) + &"é".repeat(400_000);
    let file = files.add("one", text.as_str());
    assert_eq!((place(&files, file, 0), place(&files, file, 7), place(&files, file, 9)), ((1, 1), (1, 3), (2, 1)));
    assert_eq!(place(&files, file, text.len()), (4, 400_001));
    let begin = Instant::now();
    (0..20_000).for_each(|at| assert_eq!(place(&files, file, 27 + at * 40).1, at * 20 + 1));
    assert!(begin.elapsed() < Duration::from_secs(20), "{:?}", begin.elapsed());
}

#[test]
fn a_long_name_costs_no_more_than_it_is_long() {
    let kb = toy();
    let text = format!("{{\"{}\":1,\"pet\":\"{}\"}}", "x".repeat(900_000), "y".repeat(900_000));
    let begin = Instant::now();
    assert_eq!(lines(&kb, &Options::default(), &text).rejects.len(), 1);
    assert!(begin.elapsed() < Duration::from_secs(20), "{:?}", begin.elapsed());
}

#[test]
fn names_are_found_as_they_are_one_by_one() {
    for kb in [toy(), KnowledgeBase::embedded()] {
        let names = qun::profile::names::Names::new(&kb.facts);
        let written = |name: &str| {
            [name.to_owned(), format!(" {name}　"), name.replace('a', "ａ"), name.to_uppercase(), format!("{name}x")]
        };
        for (number, fact) in kb.facts.pairs() {
            for name in [&fact.id, &fact.label.zh, &fact.label.en].into_iter().flat_map(|name| written(name)) {
                assert_eq!(names.fact(&name), qun::fact::find(&kb.facts, &name), "{name}");
            }
            for name in fact.spellings().flat_map(written) {
                assert_eq!(names.option(number, &name), fact.option(&name), "{name}");
            }
        }
    }
}

/// The ids that a table has, its bad rows by line and column, and what was said of its encoding.
fn table(text: &[u8]) -> (Vec<String>, Vec<(u64, u64)>, Vec<Opened>) {
    struct Heard(super::Taken, Vec<Opened>);
    impl qun::batch::run::Sink for Heard {
        fn take(&mut self, lines: &[u8], rejects: &[qun::batch::complete::Reject], rows: u64, bytes: u64) -> std::io::Result<()> {
            self.0.take(lines, rejects, rows, bytes)
        }
        fn hear(&mut self, opened: Opened) {
            self.1.push(opened);
        }
    }
    let kb = toy();
    let batch = Batch::new(&kb, Options::default());
    let mut sink = Heard(super::Taken::default(), Vec::new());
    let (_, end) = run(&batch, Feed::new(vec![input(text, Some(Form::Csv))], 1 << 20), &mut sink, &false.into());
    end.expect("it can be read");
    let id = |line: &str| serde_json::from_str::<serde_json::Value>(line).expect("JSON")["id"].as_str().unwrap_or("").to_owned();
    let ids = sink.0.text.lines().map(id).collect();
    (ids, sink.0.rejects.iter().map(|one| (one.faults[0].line, one.faults[0].column)).collect(), sink.1)
}

#[test]
fn an_encoding_is_guessed_only_if_it_looks_like_it_and_never_in_silence() {
    // UTF-8 with a stray byte of Latin-1; Latin-1 alone.
    assert_eq!(table(b"id,pet\ncaf\xc3\xa9,cat\nna\xefve x,cat\n"), (vec!["café".to_owned()], vec![(3, 1)], Vec::new()));
    assert_eq!(table(b"id,pet\nna\xefve,cat\nb,dog\n"), (vec!["b".to_owned()], vec![(2, 1)], Vec::new()));
    let text = "id,pet\n社群一号,cat\n";
    let gbk = encoding_rs::GB18030.encode(text).0.into_owned();
    let guessed = Opened { file: 0, encoding: encoding_rs::GB18030, is_marked: false };
    assert_eq!(table(&gbk), (vec!["社群一号".to_owned()], Vec::new(), vec![guessed]));
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let guessed = Opened { encoding: encoding_rs::UTF_16LE, ..guessed };
    assert_eq!(table(&wide), (vec!["社群一号".to_owned()], Vec::new(), vec![guessed]));
    let marked = [b"\xFF\xFE", &wide[..]].concat();
    assert_eq!(table(&marked).2, [Opened { is_marked: true, ..guessed }]);
    assert_eq!(table(text.as_bytes()).2, []);
}

#[test]
fn json_escapes_what_a_screen_or_a_build_server_would_obey() {
    let kb = toy();
    let ids = ["a\u{9b}2J", "b\u{202e}x", "c\u{7f}", "d\u{2028}", "e\u{e0041}", "##[group]x", "群 plain"];
    let rows: String = ids.iter().map(|id| serde_json::json!({ "id": id }).to_string() + "\n").collect();
    for fast in [true, false] {
        let found = lines(&kb, &Options { fast, ..Options::default() }, &rows);
        assert!(!found.text.contains(qun::text::is_treacherous) && !found.text.contains("##["), "{}", found.text);
        let read = found.text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON")["id"].clone());
        assert_eq!(read.collect::<Vec<_>>(), ids);
    }
    // On a screen a table has stand-ins.
    let seen = Batch::new(&kb, Options::default()).table(false, true);
    let (found, _, _) = taken(&seen, b"{\"id\":\"a\\u001b[2J\"}\n", Some(Form::Lines));
    assert!(found.text.contains("\na?[2J,1,"), "{}", found.text);
}

/// The whole judgement of a row, put together from what the engine says of it.
fn whole(kb: &KnowledgeBase, answers: &Answers, row: u64) -> Value {
    let judged = qun::judge(kb, answers);
    let by = |condition: &Condition| -> Vec<&str> {
        let known = |one: &Variable| match *one {
            Variable::Fact(fact) => answers.get(fact).map(|_| kb.facts[fact].id.as_str()),
            Variable::Choice(earlier) => {
                (judged.decisions[earlier].leader().is_some()).then_some(kb.decisions[earlier].id.as_str())
            }
        };
        condition.variables().iter().filter_map(known).collect()
    };
    let account = |of: &Candidate, one: &Account| {
        let lines = of.evidence.iter().zip(&one.lines).filter(|(_, truth)| truth.is_yes());
        let needs = |wanted: Truth| -> Vec<&str> {
            of.needs.iter().zip(&one.needs).filter(|(_, truth)| **truth == wanted).map(|(need, _)| need.id.as_str()).collect()
        };
        json!({
            "id": of.id, "points": one.points, "lacks": needs(Truth::No), "unsure": needs(Truth::Unknown),
            "lines": lines.map(|(line, _)| json!({ "id": line.id, "by": by(&line.when) })).collect::<Vec<_>>(),
        })
    };
    let gap = judged.gap.as_ref().map(|gap| {
        let name = |one| kb.candidate(gap.decision, one).id.as_str();
        json!({ "decision": kb.decisions[gap.decision].id, "stated": name(gap.stated), "observed": name(gap.observed) })
    });
    let clashes = kb.clashes_in(answers).map(|clash| json!({ "id": clash.id, "by": by(&clash.when) }));
    let mut found = json!({
        "id": null, "row": row, "kb": { "version": kb.version, "hash": kb.hash },
        "known": answers.known(), "gap": gap, "clashes": clashes.collect::<Vec<_>>(),
    });
    for (decision, outcome) in kb.decisions.pairs().map(|(number, one)| (one, &judged.decisions[number])) {
        let id = |one| decision.candidates[one].id.as_str();
        found[&decision.id] = match outcome {
            Outcome::Leaders(of) => {
                let ranked = of.ranked.iter().map(|one| {
                    let mut told = account(&decision.candidates[one.account.candidate], &one.account);
                    told["share"] = (f64::from(one.share) / 10_000.0).into();
                    told
                });
                json!({
                    "chosen": of.chosen().iter().map(id).collect::<Vec<_>>(), "margin": of.lead.and_then(|lead| lead.margin),
                    "settled": outcome.is_settled(), "ranked": ranked.collect::<Vec<_>>(),
                })
            }
            Outcome::All(of) => {
                let ranked = of.sorted.iter().map(|one| {
                    let mut told = account(&decision.candidates[one.account.candidate], &one.account);
                    told["group"] = one.readiness().id().into();
                    told
                });
                let mut told = json!({ "ranked": ranked.collect::<Vec<_>>() });
                for group in qun::engine::ready::lists(kb, of.decision) {
                    told[group.id()] = of.group(group).map(|one| id(one.account.candidate)).collect();
                }
                told
            }
        };
    }
    found
}

#[test]
fn a_line_of_the_whole_judgement_says_what_the_judgement_says_and_keeps_to_its_schema() {
    for kb in [toy(), KnowledgeBase::embedded()] {
        let schema: Value = serde_json::from_str(&qun::report::schema::render(&kb, "row").expect("there is one")).expect("JSON");
        let schema = jsonschema::validator_for(&schema).expect("a schema");
        let mut runner = super::runner(1);
        for detail in [Detail::Full, Detail::Ranked, Detail::Brief] {
            for fast in [true, false] {
                let options = Options { detail, fast, ..Options::default() };
                let given: Vec<Answers> = (0..thorough(12, 5))
                    .map(|_| super::answers(&kb).new_tree(&mut runner).expect("nothing is filtered").current())
                    .collect();
                let rows: String =
                    given.iter().map(|answers| super::line(&kb, answers, 0).replace("\"id\":\"row-0\",", "") + "\n").collect();
                let found = lines(&kb, &options, &rows);
                assert_eq!(found.text.lines().count(), given.len(), "{:?}", found.rejects.first());
                for ((line, answers), row) in found.text.lines().zip(&given).zip(1..) {
                    let line: Value = serde_json::from_str(line).expect("JSON");
                    let errors: Vec<String> =
                        schema.iter_errors(&line).map(|error| format!("{error} at {}", error.instance_path())).collect();
                    assert!(errors.is_empty(), "{errors:?}");
                    if detail == Detail::Full {
                        assert_eq!(line, whole(&kb, answers, row));
                    }
                }
            }
        }
    }
}

#[test]
fn only_sources_become_links() {
    use qun::report::page::{Block, Cited, Page};
    let line = || vec!["a <https://example.org/>".to_owned()];
    let url = Some("https://example.org/".to_owned());
    let cited = vec![Cited { id: String::new(), title: "a".to_owned(), url, copy_of: None }];
    let of = |block| qun::report::markdown::render(&Page { screen: vec![block], sections: Vec::new() }, qun::text::Lang::En);
    assert!(of(Block::Sources(cited)).contains(" <https://"));
    assert!(!of(Block::Points(line())).contains(" <https://"));
}

#[test]
fn json_in_utf_16_is_named() {
    let kb = toy();
    let batch = Batch::new(&kb, Options::default());
    let wide: Vec<u8> = "{\"pet\":\"cat\"}\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
    let feed = Feed::new(vec![input(&wide, Some(Form::Lines))], 1 << 20);
    let (_, end) = run(&batch, feed, &mut super::Taken::default(), &false.into());
    assert!(matches!(end, Err(Failure::Encoding(0, other)) if other.0 == encoding_rs::UTF_16BE), "{end:?}");
}

#[test]
fn a_limit_that_is_passed_is_named() {
    let digits = lines(&toy(), &Options::default(), &format!("{{\"size\":1.{}}}", "0".repeat(40)));
    let fault = &digits.rejects[0].faults[0].diagnostic;
    assert_eq!((fault.name, fault.particular("limit")), ("number-too-long", "40"));
}
