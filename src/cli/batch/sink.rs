//! Where the lines of a batch go, and its bad rows.

use super::progress::Progress;
use crate::cli::Door;
use crate::cli::output;
use crate::cli::stream::Stream;
use qun::batch::complete::{Fault, Reject};
use qun::batch::receipt::Sum;
use qun::batch::remarks::{Clashing, Outdated};
use qun::batch::run::Sink;
use qun::batch::source::Opened;
use qun::kb::KnowledgeBase;
use qun::report::diagnostics::headline;
use qun::text::{Lang, harmless_json, harmless_line};
use qun::words;
use serde_json::{Value, json};
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

/// How many bad rows are named on stderr where no file takes them.
const NAMED: u64 = 10;

/// Everything that a block of verdicts is handed to.
pub struct Writer<'a> {
    pub out: Stream,
    /// The sum of what goes there, if it is wanted.
    pub sum: Option<Sum>,
    pub rejects: Rejects<'a>,
    pub progress: Option<Progress>,
    /// The base, whose clashes are named, and how many were.
    pub kb: &'a KnowledgeBase,
    pub clashes: u64,
    /// How many former names were named.
    pub outdated: u64,
    /// Held while lines are written, so that nothing ends within a line.
    pub writing: Arc<Mutex<()>>,
}

impl Sink for Writer<'_> {
    fn take(&mut self, lines: &[u8], rejects: &[Reject], rows: u64, bytes: u64) -> io::Result<()> {
        let _whole = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        self.out.write_all(lines)?;
        if let Some(sum) = &mut self.sum {
            sum.add(lines);
        }
        self.rejects.take(rejects, self.progress.as_ref())?;
        if let Some(progress) = &self.progress {
            progress.advance(rows, bytes);
        }
        Ok(())
    }

    fn warn(&mut self, clashes: &[Clashing]) {
        let Rejects { door, names, .. } = &self.rejects;
        let left = usize::try_from(NAMED.saturating_sub(self.clashes)).unwrap_or(usize::MAX);
        for one in clashes.iter().take(left) {
            self.clashes += 1;
            let clash = &self.kb.clashes[one.clash];
            let name = names.get(one.origin.file).map_or("-", String::as_str);
            let row = one.origin.row.to_string();
            let gaps = [("file", name), ("row", &row), ("id", &clash.id), ("says", clash.says.get(door.lang))];
            let line = format!("{}: {}", words::say("level.warning", door.lang), door.fill("batch.clash", &gaps));
            self.progress.as_ref().map_or_else(|| output::complain(&line), |progress| progress.aside(|| output::complain(&line)));
        }
    }

    fn date(&mut self, outdated: &[Outdated]) {
        let Rejects { door, names, .. } = &self.rejects;
        let left = usize::try_from(NAMED.saturating_sub(self.outdated)).unwrap_or(usize::MAX);
        for one in outdated.iter().take(left) {
            self.outdated += 1;
            let name = names.get(one.origin.file).map_or("-", String::as_str);
            let row = one.origin.row.to_string();
            let says = headline(&one.diagnostic, door.lang);
            let key = if one.origin.row == 0 { "batch.former-head" } else { "batch.former" };
            let text = door.fill(key, &[("file", name), ("row", &row), ("says", &says)]);
            let line = format!("{}: {text}", words::say("level.warning", door.lang));
            self.progress.as_ref().map_or_else(|| output::complain(&line), |progress| progress.aside(|| output::complain(&line)));
        }
    }

    fn hear(&mut self, opened: Opened) {
        let Rejects { door, names, .. } = &self.rejects;
        let name = names.get(opened.file).map_or("-", String::as_str);
        let key = if opened.is_marked { "batch.marked" } else { "batch.guessed" };
        let text = door.fill(key, &[("file", name), ("encoding", opened.encoding.name())]);
        let line = format!("{}: {text}", words::say("level.note", door.lang));
        self.progress.as_ref().map_or_else(|| output::complain(&line), |progress| progress.aside(|| output::complain(&line)));
    }
}

/// Bad rows: to a file as JSONL, else the first few to stderr, without values.
pub struct Rejects<'a> {
    door: &'a Door,
    pub stream: Option<Stream>,
    names: Vec<String>,
    count: u64,
}

impl<'a> Rejects<'a> {
    pub fn new(door: &'a Door, stream: Option<Stream>, names: Vec<String>) -> Rejects<'a> {
        Rejects { door, stream, names, count: 0 }
    }

    fn take(&mut self, rejects: &[Reject], progress: Option<&Progress>) -> io::Result<()> {
        let before = self.count;
        self.count += rejects.len() as u64;
        let Some(stream) = &mut self.stream else {
            let left = usize::try_from(NAMED.saturating_sub(before)).unwrap_or(usize::MAX);
            for reject in rejects.iter().take(left) {
                let line = shown(self.door, &self.names, reject);
                progress.map_or_else(|| output::complain(&line), |progress| progress.aside(|| output::complain(&line)));
            }
            return Ok(());
        };
        let mut lines = Vec::new();
        for reject in rejects {
            writeln!(lines, "{}", harmless_json(&told(&self.names, reject).to_string()))?;
        }
        stream.write_all(&lines)
    }

    /// Says how many bad rows were not named.
    pub fn close(&self) {
        if self.stream.is_none() && self.count > NAMED {
            output::complain(&self.door.fill("batch.more-bad-rows", &[("n", &(self.count - NAMED).to_string())]));
        }
    }
}

/// A bad row as a line for people, without its values.
fn shown(door: &Door, names: &[String], reject: &Reject) -> String {
    let name = names.get(reject.origin.file).map_or("-", String::as_str);
    let Some(fault) = reject.faults.first() else { return String::new() };
    let field = fault.field.as_ref().map(|field| harmless_line(field));
    let key = if field.is_some() { "batch.bad-row-field" } else { "batch.bad-row" };
    let gaps = [
        ("file", name),
        ("row", &reject.origin.row.to_string()),
        ("line", &fault.line.to_string()),
        ("column", &fault.column.to_string()),
        ("field", field.as_deref().unwrap_or_default()),
        ("reason", reason(fault.diagnostic.name, door.lang)),
    ];
    format!("{}: {}", words::say("level.error", door.lang), door.fill(key, &gaps))
}

/// A bad row as a line of JSON.
fn told(names: &[String], reject: &Reject) -> Value {
    let mut found = reject.faults.first().map_or_else(|| json!({}), account);
    found["file"] = names.get(reject.origin.file).map_or("-", String::as_str).into();
    found["row"] = reject.origin.row.into();
    if reject.faults.len() > 1 {
        found["more"] = reject.faults[1..].iter().map(account).collect();
    }
    found
}

/// A reason without the values of the row.
fn reason(name: &str, lang: Lang) -> &'static str {
    words::find(&format!("batch.reason.{name}")).map_or("", |text| text.get(lang))
}

fn account(fault: &Fault) -> Value {
    let message = json!({ "zh": headline(&fault.diagnostic, Lang::Zh), "en": headline(&fault.diagnostic, Lang::En) });
    json!({
        "line": fault.line,
        "column": fault.column,
        "field": fault.field,
        "reason": fault.diagnostic.name,
        "message": message,
        "near": fault.diagnostic.near,
    })
}
