//! What every way of asking can do: tell something, and ask one thing.

use anyhow::Result;
use qun::text::no_commands;
use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write};
use unicode_width::UnicodeWidthStr;

/// Something to be answered with one line.
#[derive(Debug, Clone, Default)]
pub struct Prompt {
    /// How far the person is.
    pub progress: Option<String>,
    /// The question.
    pub question: String,
    /// How to find the answer, and what is the answer now.
    pub notes: Vec<String>,
    /// The options; the first is number 1.
    pub options: Vec<String>,
    /// Keys besides them, with what they do.
    pub keys: Vec<(char, String)>,
    /// How to answer.
    pub how: String,
    /// Whether exactly one option or key is wanted, so that it can be picked from a list.
    pub one: bool,
    /// Whether several options may be picked from a list.
    pub some: bool,
    /// The options of several that are the answer now.
    pub picked: Vec<usize>,
    /// The number of the option that is the answer now.
    pub chosen: Option<usize>,
}

/// What the person did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// A line, perhaps empty; a picked option is its number.
    Line(String),
    /// Ctrl-C.
    Interrupted,
    /// The end of the input.
    End,
}

/// A way of asking.
pub trait Asker {
    /// Tells something; the text may have several lines and need wrapping.
    fn tell(&mut self, text: &str) -> Result<()>;

    /// Asks and waits.
    fn ask(&mut self, prompt: &Prompt) -> Result<Reply>;

    /// Whether a person sees at once what was picked.
    fn echoes(&self) -> bool {
        false
    }
}

/// A text set for a terminal: every line wrapped, the rest of a line indented like its beginning.
pub fn wrapped(text: &str, width: usize) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let indent = line.len() - line.trim_start().len();
        let rest = " ".repeat(indent.min(width / 3));
        let options = textwrap::Options::new(width.max(20)).subsequent_indent(&rest);
        for piece in textwrap::wrap(line, options) {
            out.push_str(piece.trim_end());
            out.push('\n');
        }
    }
    out
}

/// The columns of the terminal that the dialogue is on.
pub fn width() -> usize {
    if io::stderr().is_terminal() { textwrap::termwidth().clamp(20, 100) } else { 80 }
}

/// Writes to stderr, which the dialogue is on; stdout holds the advice and nothing else.
pub fn write(text: &str) -> Result<()> {
    let mut err = io::stderr().lock();
    err.write_all(no_commands(text).as_bytes())?;
    err.flush()?;
    Ok(())
}

/// How to answer, with the keys, as one line.
pub fn hint(prompt: &Prompt) -> String {
    let keys = prompt.keys.iter().map(|(key, does)| format!("{key} {does}"));
    let parts = std::iter::once(prompt.how.clone()).filter(|how| !how.is_empty()).chain(keys);
    format!("  {}", parts.collect::<Vec<_>>().join(" · "))
}

/// From how many options on a terminal sets them in columns.
const MANY: usize = 12;

/// A prompt as plain text: everything but the place where one types, one line per option.
pub fn laid_out(prompt: &Prompt, width: usize) -> String {
    above(prompt, width) + &one_per_line(&prompt.options, width)
}

/// The same with many short options in columns, so that the question stays in sight.
pub fn laid_out_in_columns(prompt: &Prompt, width: usize) -> String {
    let widest = prompt.options.iter().map(|option| option.width() + 7).max().unwrap_or(width);
    let columns = width / widest.max(1);
    if prompt.options.len() <= MANY || columns < 2 {
        return laid_out(prompt, width);
    }
    let rows = prompt.options.len().div_ceil(columns);
    let mut out = above(prompt, width);
    for row in 0..rows {
        let mut line = String::new();
        for (at, option) in prompt.options.iter().enumerate().skip(row).step_by(rows) {
            let space = widest.saturating_sub(option.width() + 5);
            let _ = write!(line, "{:>3}  {option}{}", at + 1, " ".repeat(space));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

fn above(prompt: &Prompt, width: usize) -> String {
    let mut out = String::from("\n");
    for line in prompt.progress.iter().map(|text| format!("[{text}]")).chain([prompt.question.clone()]) {
        out.push_str(&wrapped(&line, width));
    }
    for note in &prompt.notes {
        out.push_str(&wrapped(&format!("  {note}"), width));
    }
    out
}

fn one_per_line(options: &[String], width: usize) -> String {
    let mut out = String::new();
    for (at, option) in options.iter().enumerate() {
        let head = format!("{:>3}  ", at + 1);
        let options = textwrap::Options::new(width.max(20)).initial_indent(&head).subsequent_indent("     ");
        for piece in textwrap::wrap(option, options) {
            out.push_str(piece.trim_end());
            out.push('\n');
        }
    }
    out
}
