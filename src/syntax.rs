//! TOML text to a table, with every place where its syntax is broken.

use std::ops::Range;
use toml::Spanned;
use toml::de::DeTable;

/// A place where the syntax is broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Where, on character boundaries.
    pub span: Range<usize>,
    /// What the parser says about it.
    pub reason: String,
}

/// Parses a text. Of several faults in one line or one list only the first is told,
/// and none after something that is never closed: the rest are echoes. The table holds
/// what could be made out, which is everything if nothing is broken.
#[must_use]
pub fn parse(text: &str) -> (Spanned<DeTable<'_>>, Vec<Broken>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut found: Vec<Broken> = Vec::new();
    let (mut counted, mut line, mut last_line) = (0, 0, None);
    for error in &errors {
        let span = clip(text, error.span().unwrap_or(0..0));
        // Errors come in the order of the text, nearly always.
        if span.start < counted {
            (counted, line) = (0, 0);
        }
        line += text[counted..span.start].matches('\n').count();
        counted = span.start;
        let same_list = |last: &Broken| last.reason == error.message() && last.reason.contains("between array elements");
        if last_line.replace(line) == Some(line) || found.last().is_some_and(same_list) {
            continue;
        }
        found.push(Broken { span, reason: error.message().to_owned() });
        if error.message().contains("unclosed") {
            break;
        }
    }
    (table, found)
}

/// A span that lies within the text and on character boundaries.
fn clip(text: &str, span: Range<usize>) -> Range<usize> {
    let floor = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor(span.start);
    start..floor(span.end).max(start)
}
