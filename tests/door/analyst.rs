//! What an analyst asks of a run besides verdicts: the input kept, missing answers,
//! packed files, profiles in TOML, a rule that fails, and receipts.

use crate::batch::{ROWS, files, folder, qun};
use serde_json::{Value, json};
use std::fs;
use std::io::Write;

fn lines(output: &std::process::Output) -> Vec<Value> {
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("JSON: {line}"))).collect()
}

#[test]
fn the_input_is_kept_in_lines_of_json_whatever_it_was_written_in() {
    let row = "{ \"id\" :\t\"a\", \"pet\":\"dog\",\"town\":\"Z\u{202e}x\",\"size\":12.50 }\n";
    let output = qun().args(["--keep", "--ignore-unknown"]).write_stdin(row).output().expect("it runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(!text.contains('\u{202e}') && text.contains("12.50"), "{text}");
    assert_eq!(lines(&output)[0]["input"], json!({ "id": "a", "pet": "dog", "town": "Z\u{202e}x", "size": 12.5 }));

    let spread = "[{\n\t\"id\": \"a\",\r\n  \"pet\": \"dog\"\n}]";
    let output = qun().args(["--keep", "--input-format", "json"]).write_stdin(spread).output().expect("it runs");
    assert_eq!(lines(&output)[0]["input"], json!({ "id": "a", "pet": "dog" }));

    let table = "id,pet,town,town\na,cat,\"Z,\"\"x\",y\n";
    let output =
        qun().args(["--keep", "--ignore-unknown", "--input-format", "csv"]).write_stdin(table).output().expect("it runs");
    assert_eq!(lines(&output)[0]["input"], json!({ "id": "a", "pet": "cat", "town": "Z,\"x", "town'": "y" }));

    let output = qun().args(["--keep", "--detail", "full"]).write_stdin("{\"pet\":\"cat\"}").output().expect("it runs");
    assert_eq!(lines(&output)[0]["input"], json!({ "pet": "cat" }));

    qun().args(["--keep", "--format", "csv"]).write_stdin(ROWS).assert().code(2);
}

#[test]
fn a_profile_in_toml_is_a_row_and_its_faults_have_their_places() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("a.toml"), "\u{FEFF}id = \"a\"\npet = \"dog\"\nwalks = true\n").expect("written");
    fs::write(path("b.toml"), "id = \"b\"\n\npet = \"cow\"\n").expect("written");
    fs::write(path("c.toml"), " \n").expect("written");
    fs::write(path("d.toml"), "pet = \n").expect("written");
    let all = ["a.toml", "b.toml", "c.toml", "d.toml"].map(path);
    let output = qun().args(all).args(["--keep", "--rejects"]).arg(path("bad.jsonl")).output().expect("it runs");
    assert_eq!(output.status.code(), Some(1));
    let found = lines(&output);
    assert_eq!((found.len(), &found[0]["id"], &found[0]["row"]), (1, &json!("a"), &json!(1)));
    assert_eq!(found[0]["kind"]["chosen"], json!(["canine"]));
    assert_eq!(found[0]["input"], json!({ "id": "a", "pet": "dog", "walks": true }));
    let bad = fs::read_to_string(path("bad.jsonl")).expect("there");
    let bad: Vec<Value> = bad.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let told: Vec<_> = bad.iter().map(|one| (one["row"].as_u64(), one["line"].as_u64(), one["reason"].as_str())).collect();
    assert_eq!(told[0], (Some(2), Some(3), Some("unknown-answer")));
    assert_eq!(told[1], (Some(3), Some(1), Some("empty-profile")));
    assert_eq!(told[2], (Some(4), Some(1), Some("broken-profile")));
}

#[test]
fn packed_inputs_are_told_by_their_first_bytes_and_damage_is_noticed() {
    let rows = "{\"id\":\"a\",\"pet\":\"cat\"}\n".repeat(600);
    let plain = qun().write_stdin(rows.clone()).output().expect("it runs").stdout;
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(&rows.as_bytes()[..6_000]).expect("packed");
    let mut gzip = gzip.finish().expect("packed");
    let mut second = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    second.write_all(&rows.as_bytes()[6_000..]).expect("packed");
    gzip.extend(second.finish().expect("packed"));
    let zstd = |bytes: &[u8]| ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest);
    // Two frames, and between them one that is to be skipped.
    let mut frames = zstd(&rows.as_bytes()[..6_000]);
    frames.extend([0x50, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3]);
    frames.extend(zstd(&rows.as_bytes()[6_000..]));
    let folder = folder();
    for (name, bytes) in [("rows.jsonl.gz", &gzip), ("rows.zst", &frames)] {
        let path = folder.path().join(name);
        fs::write(&path, bytes).expect("written");
        assert!(qun().arg(&path).output().expect("it runs").stdout == plain, "{name}");
        assert!(qun().write_stdin(bytes.clone()).output().expect("it runs").stdout == plain, "{name} by stdin");
        fs::write(&path, &bytes[..bytes.len() - 9]).expect("written");
        qun().arg(&path).assert().code(2);
    }
    let table = folder.path().join("t.csv.gz");
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(b"id,pet\na,cat\n").expect("packed");
    fs::write(&table, gzip.finish().expect("packed")).expect("written");
    assert_eq!(lines(&qun().arg(&table).output().expect("it runs"))[0]["id"], json!("a"));
    // One byte that could begin a packed input does not hold a pipe up for ever.
    qun().write_stdin("\u{1f}").assert().code(2);
}

#[test]
fn missing_answers_are_rejected_or_assumed_as_asked_and_the_output_says_so() {
    let folder = folder();
    let assumed = folder.path().join("usual.toml");
    fs::write(&assumed, "pet = \"dog\"\nwalks = true\n").expect("written");
    let how = format!("--missing=assume={}", assumed.display());
    let rows = "{\"id\":\"a\",\"pet\":\"cat\"}\n{\"id\":\"b\",\"walks\":\"?\"}\n";
    let output = qun().arg(&how).write_stdin(rows).output().expect("it runs");
    let found = lines(&output);
    assert_eq!((&found[0]["assumed"], &found[1]["assumed"]), (&json!(["walks"]), &json!(["pet"])));
    let by_hand = qun().write_stdin("{\"id\":\"a\",\"pet\":\"cat\",\"walks\":true}").output().expect("it runs");
    assert_eq!(found[0]["kind"], lines(&by_hand)[0]["kind"]);
    let table = qun().arg(&how).args(["--format", "csv"]).write_stdin(rows).output().expect("it runs");
    let table = String::from_utf8_lossy(&table.stdout).into_owned();
    assert!(table.lines().next().is_some_and(|head| head.ends_with(",assumed")), "{table}");
    assert!(table.lines().nth(1).is_some_and(|row| row.ends_with(",walks")), "{table}");

    let output = qun().args(["--missing", "strict"]).write_stdin(rows).output().expect("it runs");
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    assert!(String::from_utf8_lossy(&output.stderr).contains("no answer"));
    qun().args(["--missing", "guess"]).write_stdin(rows).assert().code(2);
    fs::write(&assumed, "pet = \"cow\"\n").expect("written");
    qun().arg(&how).write_stdin(rows).assert().code(2);
}

#[test]
fn rows_can_say_what_to_ask_next() {
    let rows = "{}\n{\"pet\":\"dog\"}\n{\"walks\":true}\n{\"pet\":\"cat\"}\n{\"says\":\"dogs\"}\n{\"pet\":\"fish\"}\n";
    let output = qun().args(["--ask-next", "--quiet"]).write_stdin(rows).output().expect("it runs");
    let (folder, _) = qun::Folder::read("tests/toy".as_ref()).expect("the toy base is there");
    let kb = qun::KnowledgeBase::load(&folder, &mut qun::Files::default()).expect("sound");
    let mut options = qun::Options::default();
    options.each_ask = true;
    let batch = qun::Batch::new(&kb, options);
    let mut seen = 0;
    for (line, row) in lines(&output).iter().zip(batch.rows(rows.as_bytes())) {
        let wanted: Value = serde_json::from_str(&row.expect("judged").line).expect("JSON");
        assert_eq!(line["ask"], wanted["ask"]);
        seen += line["ask"].as_array().expect("a list").len();
    }
    assert!(seen > 0);
}

#[test]
fn a_rule_that_a_verdict_meets_fails_the_run() {
    let rows = ROWS.replace("cow", "fish");
    let run =
        |rule: &str| qun().args(["--ignore-unknown", "--fail-on", rule]).write_stdin(rows.clone()).output().expect("it runs");
    for (rule, status) in [
        ("kind.chosen = canine and margin >= 1", 1),
        ("kind.chosen = \"Canine\"", 1),
        ("kind.leader = canine and not (kind.points.feline < -99)", 1),
        ("kind.margin > 2000", 0),
        ("kind.chosen = canine and chosen = feline and settled = true and margin < 0", 0),
    ] {
        let output = run(rule);
        assert_eq!(output.status.code(), Some(status), "{rule}: {}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(lines(&output).len(), 3, "{rule}");
    }
    let errors = String::from_utf8_lossy(&run("kind.chosen = canine").stderr).into_owned();
    assert!(errors.contains("rows that meet --fail-on: 1; the first is -, row 3"), "{errors}");
    let output = run("kind.chosen = canin");
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    assert!(errors.contains("character 15") && errors.contains("`canin`") && errors.contains("canine"), "{errors}");
}

#[test]
fn a_receipt_is_checked_and_every_edit_is_found() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("in.jsonl"), ROWS).expect("written");
    fs::write(path("usual.toml"), "walks = true\n").expect("written");
    let mut command = qun();
    command.args(["--ignore-unknown", "--keep", "--detail", "ranked", "--quiet", "--jobs", "3"]);
    command.arg(format!("--missing=assume={}", path("usual.toml").display()));
    command.arg(path("in.jsonl")).arg("--output").arg(path("out.jsonl")).arg("--receipt").arg(path("receipt.toml"));
    command.assert().code(1);
    fs::remove_file(path("usual.toml")).expect("there");
    let verify = |status: i32, says: &str| {
        let mut command = assert_cmd::Command::cargo_bin("qun").expect("built");
        let output =
            command.args(["--lang", "en", "--kb", "tests/toy", "verify"]).arg(path("receipt.toml")).output().expect("runs");
        let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(status), "{text}");
        assert!(text.contains(says), "{text}");
    };
    verify(0, "3 rows judged again");
    assert_eq!(files(folder.path()), ["in.jsonl", "out.jsonl", "receipt.toml"]);
    let receipt = fs::read_to_string(path("receipt.toml")).expect("there");
    let out = fs::read_to_string(path("out.jsonl")).expect("there");
    fs::write(path("out.jsonl"), out.replace("feline", "canine")).expect("written");
    verify(1, "the output");
    fs::write(path("out.jsonl"), &out).expect("written");
    fs::write(path("in.jsonl"), ROWS.replace("dog", "cat")).expect("written");
    verify(1, "the input");
    fs::remove_file(path("in.jsonl")).expect("there");
    verify(1, "not there");
    fs::write(path("in.jsonl"), ROWS).expect("written");
    fs::write(path("receipt.toml"), receipt.replace("ranked", "brief")).expect("written");
    verify(1, "another one");
    let hash = qun::KnowledgeBase::embedded().hash().to_owned();
    let of = receipt.lines().find(|line| line.starts_with("base-hash")).expect("stated").to_owned();
    fs::write(path("receipt.toml"), receipt.replace(&of, &format!("base-hash = \"{hash}\""))).expect("written");
    verify(1, "Another base");
    // Beside the receipt, too, files are found.
    let moved = crate::batch::folder();
    for name in ["in.jsonl", "out.jsonl"] {
        fs::rename(path(name), moved.path().join(name)).expect("moved");
    }
    fs::write(moved.path().join("receipt.toml"), &receipt).expect("written");
    let mut command = assert_cmd::Command::cargo_bin("qun").expect("built");
    command.args(["--kb", "tests/toy", "verify"]).arg(moved.path().join("receipt.toml")).assert().code(0);
}
