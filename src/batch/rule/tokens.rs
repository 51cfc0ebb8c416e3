//! A rule taken apart into words, each with its place.

use std::iter::Peekable;
use std::str::CharIndices;

/// A word of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token<'a> {
    /// Its text, without quotation marks.
    pub text: &'a str,
    /// At which character of the rule it begins, from 1.
    pub at: usize,
    /// Whether it stands in quotation marks, so that it is a name whatever it says.
    pub is_quoted: bool,
}

/// The signs that stand for themselves, the longer ones first.
const SIGNS: [&str; 9] = ["<=", ">=", "!=", "==", "=", "<", ">", "(", ")"];

/// The words of a rule; at which character a quotation mark opens that is never closed.
pub fn tokens(rule: &str) -> Result<Vec<Token<'_>>, usize> {
    let mut found = Vec::new();
    let mut rest = rule.char_indices().peekable();
    let place = |at: usize| rule[..at].chars().count() + 1;
    while let Some((from, c)) = rest.peek().copied() {
        if c.is_whitespace() {
            rest.next();
        } else if let Some(sign) = sign(&rule[from..]) {
            sign.chars().for_each(|_| _ = rest.next());
            found.push(Token { text: sign, at: place(from), is_quoted: false });
        } else if matches!(c, '"' | '\'') {
            rest.next();
            let end = until(&mut rest, |other| other == c).ok_or_else(|| place(from))?;
            rest.next();
            found.push(Token { text: &rule[from + 1..end], at: place(from), is_quoted: true });
        } else {
            let ends = |other: char| other.is_whitespace() || matches!(other, '"' | '\'' | '=' | '<' | '>' | '!' | '(' | ')');
            rest.next();
            let end = until(&mut rest, ends).unwrap_or(rule.len());
            found.push(Token { text: &rule[from..end], at: place(from), is_quoted: false });
        }
    }
    Ok(found)
}

fn sign(text: &str) -> Option<&'static str> {
    SIGNS.into_iter().find(|sign| text.starts_with(sign))
}

/// Where the next character is that ends something.
fn until(rest: &mut Peekable<CharIndices<'_>>, ends: impl Fn(char) -> bool) -> Option<usize> {
    while let Some((at, c)) = rest.peek().copied() {
        if ends(c) {
            return Some(at);
        }
        rest.next();
    }
    None
}
