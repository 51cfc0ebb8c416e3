//! Plain lines: for screen readers, pipes, and terminals that can do nothing else.
//!
//! The dialogue goes to stderr, so that stdout holds the advice and nothing else.

use super::asker::{Asker, Prompt, Reply, hint, laid_out, width, wrapped, write};
use anyhow::Result;
use std::io::{self, BufRead, Read};

/// The longest line that is read as an answer; the rest of it is skipped.
const LONGEST: u64 = 4_096;

/// A way of asking by lines.
#[derive(Debug, Default)]
pub struct Lines {
    /// A line that was read ahead.
    ahead: Option<String>,
}

impl Lines {
    /// Asks on stdin; `ahead` is what was already read from it.
    pub fn new(ahead: Option<String>) -> Lines {
        Lines { ahead }
    }
}

impl Asker for Lines {
    fn tell(&mut self, text: &str) -> Result<()> {
        write(&wrapped(text, width()))
    }

    fn ask(&mut self, prompt: &Prompt) -> Result<Reply> {
        let (text, hint) = (laid_out(prompt, width()), wrapped(&hint(prompt), width()));
        write(&format!("{text}{hint}> "))?;
        let line = match self.ahead.take() {
            Some(line) => Some(line),
            None => read_line(&mut io::stdin().lock())?,
        };
        if let Some(line) = line {
            return Ok(Reply::Line(line));
        }
        write("\n")?;
        Ok(Reply::End)
    }
}

/// A line without its end; `None` at the end of the input. Bytes that are no text become stand-ins.
pub fn read_line(input: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    let count = input.take(LONGEST).read_until(b'\n', &mut bytes)?;
    if count == 0 {
        return Ok(None);
    }
    if bytes.last() != Some(&b'\n') {
        skip_line(input)?;
    }
    Ok(Some(String::from_utf8_lossy(&bytes).trim_end_matches(['\n', '\r']).to_owned()))
}

fn skip_line(input: &mut impl BufRead) -> io::Result<()> {
    loop {
        let buffer = input.fill_buf()?;
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let used = end.map_or(buffer.len(), |at| at + 1);
        let is_done = end.is_some() || buffer.is_empty();
        input.consume(used);
        if is_done {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_any_length_is_one_answer() {
        let long = "9".repeat(10_000);
        let mut input = io::Cursor::new(format!("1\r\n{long}\n2"));
        let mut next = || read_line(&mut input).expect("a cursor can be read");
        assert_eq!(next().as_deref(), Some("1"));
        assert_eq!(next().map(|line| line.len()), Some(4_096));
        assert_eq!(next().as_deref(), Some("2"));
        assert_eq!(next(), None);
    }
}
