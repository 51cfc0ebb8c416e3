//! A line on a terminal: how far, how fast, how long still.
//!
//! It is drawn by hand. The cursor stays right behind the text: a terminal writes
//! `^C` where the cursor is, and at the last column that would open a new line and
//! leave this one behind.

use crate::cli::Door;
use crossterm::cursor::MoveToColumn;
use crossterm::style::Print;
use crossterm::terminal::{Clear, ClearType};
use qun::text::Lang;
use qun::words;
use std::io::{self, IsTerminal, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use unicode_width::UnicodeWidthChar;

/// How long a line stays before it is drawn anew.
const PAUSE: Duration = Duration::from_millis(200);
/// How many columns the bar has at its end.
const BAR: u64 = 24;

/// The progress of a run; a clone shows the same line.
#[derive(Clone)]
pub struct Progress {
    lang: Lang,
    /// The size of all inputs in bytes, if it is known.
    total: Option<u64>,
    begun: Instant,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    rows: u64,
    bytes: u64,
    drawn: Option<Instant>,
    /// Whether the line is gone for good.
    is_over: bool,
}

impl Progress {
    /// Only on a terminal that can redraw a line. With the size of all inputs in
    /// bytes it can also tell how long the rest will take.
    pub fn new(door: &Door, total: Option<u64>) -> Option<Progress> {
        if !io::stderr().is_terminal() || std::env::var_os("TERM").is_some_and(|term| term == "dumb") {
            return None;
        }
        let total = total.filter(|total| *total > 0);
        Some(Progress { lang: door.lang, total, begun: Instant::now(), state: Arc::default() })
    }

    /// Counts what was handed on.
    pub fn advance(&self, rows: u64, bytes: u64) {
        let mut state = self.state();
        state.rows += rows;
        state.bytes += bytes;
        if !state.is_over && state.drawn.is_none_or(|drawn| drawn.elapsed() >= PAUSE) {
            state.drawn = Some(Instant::now());
            let line = fitted(&self.line(&state), usize::from(crossterm::terminal::size().map_or(80, |(columns, _)| columns)));
            draw(&line);
        }
    }

    /// Takes the line away while something else is written to the terminal.
    pub fn aside(&self, write: impl FnOnce()) {
        let mut state = self.state();
        if state.drawn.take().is_some() {
            draw("");
        }
        write();
    }

    /// Takes the line away for good.
    pub fn clear(&self) {
        self.aside(|| {});
        self.state().is_over = true;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn line(&self, state: &State) -> String {
        let passed = self.begun.elapsed();
        let rate = u128::from(state.rows) * 1_000 / passed.as_millis().max(1);
        let (rows, rate) = (grouped(u128::from(state.rows)), grouped(rate));
        let said = |key, time| words::fill(key, self.lang, &[("rows", &rows), ("rate", &rate), ("time", &clock(time))]);
        let Some(total) = self.total else { return said("batch.progress-open", passed) };
        let done = state.bytes.clamp(1, total);
        let (left, parts) = (u128::from(total - done), u128::from(done));
        let rest = Duration::from_secs(u64::try_from((passed.as_millis() * left / parts).div_ceil(1_000)).unwrap_or(u64::MAX));
        let bar = "=".repeat(usize::try_from(done * BAR / total).unwrap_or(0)) + ">";
        format!("{:>3}% [{bar:24.24}] {}", done * 100 / total, said("batch.progress", rest))
    }
}

/// Draws the line in the place of the one before. If nobody takes it, nobody misses it.
fn draw(line: &str) {
    let mut err = io::BufWriter::new(io::stderr().lock());
    let _ = crossterm::queue!(err, MoveToColumn(0), Print(line), Clear(ClearType::UntilNewLine));
    let _ = err.flush();
}

/// As much of a line as leaves the last column free.
fn fitted(line: &str, columns: usize) -> String {
    let mut used = 0;
    let fits = |one: &char| {
        used += one.width().unwrap_or(0);
        used < columns
    };
    line.chars().take_while(fits).collect()
}

/// Digits in groups of three.
fn grouped(number: u128) -> String {
    let digits = number.to_string();
    let mut found = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            found.push(',');
        }
        found.push(digit);
    }
    found
}

/// A duration as `0:07`, `12:30` or `1:02:03`.
fn clock(time: Duration) -> String {
    let seconds = time.as_secs();
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_leaves_the_last_column_free() {
        assert_eq!(fitted("12345", 6), "12345");
        assert_eq!(fitted("12345", 5), "1234");
        assert_eq!(fitted("还要", 4), "还");
    }

    #[test]
    fn numbers_and_times_are_easy_to_read() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!([7, 750, 3_723].map(|seconds| clock(Duration::from_secs(seconds))), ["0:07", "12:30", "1:02:03"]);
    }
}
