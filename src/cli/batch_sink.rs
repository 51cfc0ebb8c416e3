//! Where the lines of a batch go, and what can cut it short.

use super::Door;
use super::output;
use super::stream::{Drafts, Stream};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use qun::batch::complete::{Fault, Reject};
use qun::batch::run::Sink;
use qun::report::diagnostics::headline;
use qun::text::{Lang, harmless_line};
use qun::words;
use serde_json::{Value, json};
use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How many bad rows are named on stderr where no file takes them.
const NAMED: u64 = 10;

/// Everything that a block of verdicts is handed to.
pub struct Writer<'a> {
    pub out: Stream,
    pub rejects: Rejects<'a>,
    pub progress: Option<Progress>,
    /// Held while lines are written, so that nothing ends within a line.
    pub writing: Arc<Mutex<()>>,
}

impl Sink for Writer<'_> {
    fn take(&mut self, lines: &[u8], rejects: &[Reject], rows: u64, bytes: u64) -> io::Result<()> {
        let _whole = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        self.out.write_all(lines)?;
        rejects.iter().try_for_each(|reject| self.rejects.take(reject))?;
        if let Some(progress) = &self.progress {
            progress.advance(rows, bytes);
        }
        Ok(())
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

    fn take(&mut self, reject: &Reject) -> io::Result<()> {
        self.count += 1;
        let name = self.names.get(reject.origin.file).map_or("-", String::as_str);
        let Some(fault) = reject.faults.first() else { return Ok(()) };
        if let Some(stream) = &mut self.stream {
            let mut found = account(fault);
            found["file"] = name.into();
            found["row"] = reject.origin.row.into();
            if reject.faults.len() > 1 {
                found["more"] = reject.faults[1..].iter().map(account).collect();
            }
            return writeln!(stream, "{found}");
        }
        if self.count <= NAMED {
            let number = |number: u64| number.to_string();
            let field = fault.field.as_ref().map(|field| harmless_line(field));
            let key = if field.is_some() { "batch.bad-row-field" } else { "batch.bad-row" };
            let gaps = [
                ("file", name),
                ("row", &number(reject.origin.row)),
                ("line", &number(fault.line)),
                ("column", &number(fault.column)),
                ("field", field.as_deref().unwrap_or_default()),
                ("reason", reason(fault.diagnostic.name, self.door.lang)),
            ];
            output::complain(&format!("{}: {}", words::say("level.error", self.door.lang), self.door.fill(key, &gaps)));
        }
        Ok(())
    }

    /// Says how many bad rows were not named.
    pub fn close(&self) {
        if self.stream.is_none() && self.count > NAMED {
            output::complain(&self.door.fill("batch.more-bad-rows", &[("n", &(self.count - NAMED).to_string())]));
        }
    }
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

/// A line on a terminal: how far, how fast, how long still.
pub struct Progress {
    bar: ProgressBar,
    rows: std::sync::atomic::AtomicU64,
}

impl Progress {
    /// Only on a terminal that can redraw a line.
    pub fn new(total: Option<u64>) -> Option<Progress> {
        if !io::stderr().is_terminal() || std::env::var_os("TERM").is_some_and(|term| term == "dumb") {
            return None;
        }
        let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::stderr_with_hz(5));
        let template = match total {
            Some(_) => "{percent:>3}% [{bar:30}] {msg}  {binary_bytes_per_sec}  {eta}",
            None => "{spinner} {binary_bytes} {msg}  {binary_bytes_per_sec}  {elapsed}",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("=> "));
        }
        Some(Progress { bar, rows: std::sync::atomic::AtomicU64::new(0) })
    }

    fn advance(&self, rows: u64, bytes: u64) {
        let rows = self.rows.fetch_add(rows, Ordering::Relaxed) + rows;
        let rate = u128::from(rows) * 1_000 / self.bar.elapsed().as_millis().max(1);
        self.bar.inc(bytes);
        self.bar.set_message(format!("{rows} ({rate}/s)"));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// Ctrl-C: the block in hand is finished; where the run waits for input, it ends
/// after a moment, between two lines.
pub struct Interruption {
    pub stop: Arc<AtomicBool>,
    pub writing: Arc<Mutex<()>>,
}

impl Interruption {
    pub fn watch(drafts: &Drafts) -> Interruption {
        let (stop, writing) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::new(())));
        let (flag, held, drafts) = (Arc::clone(&stop), Arc::clone(&writing), Arc::clone(drafts));
        let watched = ctrlc::set_handler(move || {
            if !flag.swap(true, Ordering::Relaxed) {
                std::thread::sleep(Duration::from_millis(300));
                let _whole = held.lock().unwrap_or_else(PoisonError::into_inner);
                leave(&drafts);
            }
        });
        drop(watched); // without a handler Ctrl-C ends the process at once, as it does elsewhere
        Interruption { stop, writing }
    }
}

fn leave(drafts: &Drafts) {
    for path in drafts.lock().unwrap_or_else(PoisonError::into_inner).iter() {
        let _ = std::fs::remove_file(path);
    }
    std::process::exit(130);
}
