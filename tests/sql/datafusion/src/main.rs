//! Judges a file of profiles with DataFusion inside this very process, and holds
//! every verdict against `qun batch`.
//!
//! `qun-datafusion PROGRAM BASE FILE` asks PROGRAM, a `qun`, for the table, the
//! statements that fill it from FILE (JSONL) and the one that judges. A program of
//! one's own would ship those as texts, for one base and version.

#![allow(clippy::disallowed_methods, reason = "the rules of the program beside it are not those of a comparison")]

use anyhow::{Context, Result, bail};
use datafusion::arrow::array::{Array, Int64Array, RecordBatch, StringArray};
use datafusion::arrow::compute::{cast, concat_batches};
use datafusion::arrow::datatypes::DataType;
use datafusion::prelude::SessionContext;
use serde_json::Value;
use std::collections::HashMap;
use std::process::{Command, ExitCode};
use std::time::Instant;

/// More than a planner of long sums takes.
const STACK: usize = 64 << 20;
/// Shares in `qun batch` have four digits.
const SHARE: f64 = 0.000_05 + 1e-9;

fn main() -> Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread().thread_stack_size(STACK).build()?;
    runtime.block_on(async { tokio::spawn(run()).await? })
}

async fn run() -> Result<ExitCode> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let [program, base, file] = given.as_slice() else { bail!("usage: qun-datafusion PROGRAM BASE FILE.jsonl") };
    let sql = |more: &[&str]| told(program, &[&["export", "sql", "--dialect", "datafusion", "--kb", base], more].concat());
    let session = SessionContext::new();
    for text in [sql(&["--table"])?, sql(&["--load", "jsonl", "--file", file])?] {
        for one in statements(&text) {
            session.sql(&one).await?.collect().await?;
        }
    }
    let start = Instant::now();
    let [query] = statements(&sql(&[])?).try_into().map_err(|_| anyhow::anyhow!("more than one statement"))?;
    let batches = session.sql(&query).await?.collect().await?;
    let seconds = start.elapsed().as_secs_f64();
    let Some(first) = batches.first() else { bail!("{file} has no profiles") };
    let judged = Judged::of(&concat_batches(&first.schema(), &batches)?)?;

    let how = ["--detail", "ranked", "--unknown-values", "unknown", "--quiet"];
    let verdicts = told(program, &[&["batch", file, "--kb", base], &how[..]].concat())?;
    let (mut rows, mut values, mut faults) = (0, 0, 0);
    for line in verdicts.lines() {
        let verdict: Value = serde_json::from_str(line)?;
        let id = verdict["id"].as_str().context("a verdict has no id")?;
        let row = *judged.rows.get(id).with_context(|| format!("profile {id} is missing"))?;
        for (decision, said) in verdict.as_object().into_iter().flatten().filter(|(_, said)| said["ranked"].is_array()) {
            for (column, wanted) in columns(decision, said) {
                values += 1;
                if let Some(found) = judged.differs(&column, row, &wanted)? {
                    faults += 1;
                    eprintln!("{id}: {column} is {found}, not {wanted}");
                }
            }
        }
        rows += 1;
    }
    println!("{rows} profiles, {values} values, {faults} differ, {seconds:.2} s in DataFusion");
    Ok(ExitCode::from(u8::from(faults > 0 || rows != judged.rows.len() || values == 0)))
}

/// What a program prints.
fn told(program: &str, arguments: &[&str]) -> Result<String> {
    let found = Command::new(program).args(arguments).output().with_context(|| program.to_owned())?;
    if !found.status.success() {
        bail!("{program} {}: {}", arguments.join(" "), String::from_utf8_lossy(&found.stderr));
    }
    Ok(String::from_utf8(found.stdout)?)
}

/// The single statements of a text; no literal of a base ends a line with a semicolon.
fn statements(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with("--")).collect();
    let parts = lines.join("\n");
    parts.split(";\n").map(|one| one.trim().trim_end_matches(';').to_owned()).filter(|one| !one.is_empty()).collect()
}

/// What `qun batch` says of a decision, by the columns of the statement.
fn columns(decision: &str, said: &Value) -> Vec<(String, Value)> {
    let snake = |id: &str| id.replace('-', "_");
    let decision = snake(decision);
    let mut found = Vec::new();
    for one in said["ranked"].as_array().into_iter().flatten() {
        let id = snake(one["id"].as_str().unwrap_or_default());
        found.push((format!("{decision}_points_{id}"), one["points"].clone()));
        if one["share"].is_number() {
            found.push((format!("{decision}_share_{id}"), one["share"].clone()));
        }
    }
    if let Some(chosen) = said["chosen"].as_array() {
        let at = |number: usize| chosen.get(number).cloned().unwrap_or(Value::Null);
        found.push((decision.clone(), at(0)));
        found.push((format!("{decision}_second"), at(1)));
        found.push((format!("{decision}_margin"), said["margin"].clone()));
        return found;
    }
    for (readiness, all) in said.as_object().into_iter().flatten().filter(|(name, _)| *name != "ranked") {
        for one in all.as_array().into_iter().flatten().filter_map(Value::as_str) {
            found.push((format!("{decision}_readiness_{}", snake(one)), Value::from(readiness.as_str())));
        }
    }
    found
}

/// All that came out of the statement.
struct Judged {
    /// The row of a profile by its id.
    rows: HashMap<String, usize>,
    /// The columns, as whole numbers, numbers or texts.
    all: RecordBatch,
}

impl Judged {
    fn of(all: &RecordBatch) -> Result<Judged> {
        let ids = cast(all.column_by_name("id").context("no column `id`")?, &DataType::Utf8)?;
        let ids = ids.as_any().downcast_ref::<StringArray>().context("ids are texts")?;
        let rows = ids.iter().enumerate().filter_map(|(row, id)| Some((id?.to_owned(), row))).collect();
        Ok(Judged { rows, all: all.clone() })
    }

    /// What stands in a column instead of what is wanted.
    fn differs(&self, column: &str, row: usize, wanted: &Value) -> Result<Option<String>> {
        let cell = self.all.column_by_name(column).with_context(|| format!("no column `{column}`"))?.slice(row, 1);
        let found = if cell.is_null(0) {
            Value::Null
        } else if wanted.is_i64() {
            let cell = cast(&cell, &DataType::Int64)?;
            Value::from(cell.as_any().downcast_ref::<Int64Array>().context("a whole number")?.value(0))
        } else {
            let cell = cast(&cell, &DataType::Utf8)?;
            let text = cell.as_any().downcast_ref::<StringArray>().context("a text")?.value(0).to_owned();
            wanted.is_f64().then(|| text.parse::<f64>().ok().map(Value::from)).flatten().unwrap_or(Value::from(text))
        };
        let same = match (found.as_f64(), wanted.as_f64()) {
            (Some(found), Some(wanted)) => (found - wanted).abs() <= SHARE,
            _ => found == *wanted,
        };
        Ok((!same).then(|| found.to_string()))
    }
}
