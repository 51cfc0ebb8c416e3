//! `toml-1-1-forms`: spellings that only TOML 1.1 knows.
//!
//! The loader understands them; most editors and other programs do not yet.

use super::{Lint, Subject};
use crate::diagnostic::{Diagnostic, FileId, Level, Place};

pub(super) struct Toml11Forms;

impl Lint for Toml11Forms {
    fn name(&self) -> &'static str {
        "toml-1-1-forms"
    }

    fn level(&self) -> Option<Level> {
        Some(Level::Error)
    }

    fn check(&self, on: &Subject<'_>, found: &mut Vec<Diagnostic>) {
        for file in on.files.ids() {
            let mut scan = Scan { text: on.files.text(file).as_bytes(), at: 0, file, found: Vec::new() };
            scan.run();
            found.extend(scan.found.into_iter().map(|(place, form)| self.finding(&place).because(form)));
        }
    }
}

/// A walk over a file that is known to parse.
struct Scan<'a> {
    text: &'a [u8],
    at: usize,
    file: FileId,
    found: Vec<(Place, &'static str)>,
}

impl Scan<'_> {
    fn run(&mut self) {
        let mut open: Vec<(u8, usize)> = Vec::new();
        let mut comma = None;
        while let Some(byte) = self.text.get(self.at).copied() {
            match byte {
                b'#' => {
                    while self.text.get(self.at).is_some_and(|byte| *byte != b'\n') {
                        self.at += 1;
                    }
                    continue;
                }
                b'"' | b'\'' => {
                    self.string(byte);
                    comma = None;
                    continue;
                }
                b'{' | b'[' => open.push((byte, self.at)),
                b'}' | b']' => {
                    let table = open.pop().is_some_and(|(mark, _)| mark == b'{');
                    if let (true, Some(at)) = (table, comma) {
                        self.report(at, 1, "trailing-comma");
                    }
                }
                b'\n' => {
                    if let Some((b'{', at)) = open.last().copied() {
                        self.report(at, 1, "several-lines");
                        open.retain(|(_, start)| *start != at);
                        open.push((b'(', at)); // told once
                    }
                }
                _ => {}
            }
            match byte {
                b',' => comma = Some(self.at),
                b' ' | b'\t' | b'\n' | b'\r' => {}
                _ => comma = None,
            }
            self.at += 1;
        }
    }

    /// Steps over a string of any of the four kinds.
    fn string(&mut self, quote: u8) {
        let long = [quote; 3];
        let is_long = self.text[self.at..].starts_with(&long);
        self.at += if is_long { 3 } else { 1 };
        while let Some(byte) = self.text.get(self.at).copied() {
            if byte == b'\\' && quote == b'"' {
                if matches!(self.text.get(self.at + 1), Some(b'e' | b'x')) {
                    self.report(self.at, 2, "escape");
                }
                self.at += 2;
            } else if byte == quote && !is_long {
                self.at += 1;
                return;
            } else if is_long && self.text[self.at..].starts_with(&long) {
                self.at += 3;
                while self.text.get(self.at) == Some(&quote) {
                    self.at += 1;
                }
                return;
            } else {
                self.at += 1;
            }
        }
    }

    fn report(&mut self, at: usize, length: usize, form: &'static str) {
        self.found.push((Place { file: self.file, span: at..at + length }, form));
    }
}
